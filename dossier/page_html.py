"""The text of an HTML page as a reader sees it: blocks as lines, words whole, nothing that is not shown."""

from __future__ import annotations

import re

import turbohtml

from dossier.patterns import regex

NOTE = "\u2060"
"""What is left of the mark of a note, a word joiner: unseen, but links to words must keep away from it."""
MOST_NODES = 2_000_000
MOST_TITLE = 500

_LEFT_OUT = frozenset(
    "head script style template noscript noframes iframe object embed applet audio video canvas svg map select "
    "datalist textarea input button meter progress rp del s strike".split()
)
"""What is no text, what stands in for something else, and what was struck out: it is said no more."""
_APART = frozenset("iframe object embed audio video canvas svg img select textarea input button meter progress".split())
"""What stands in a line and keeps what is before it from what is behind it."""
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol "
    "optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp".split()
)
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_LEVELS = {"sup": _RAISED, "sub": _LOWERED}
_NOT_SHOWN = regex(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_BLANKS = regex(r"[ \t\n\r\f]+")
_AROUND_LINES = regex(r"[ ]*\n[ \n]*")


class TooMuch(Exception):
    """A page of more elements or letters than is read; the message says so in a sentence."""


def read(markup: str, most: int) -> tuple[str, str]:
    """The text and the title of a page. Raises `TooMuch` where the text is longer than `most` characters.

    Digits above and below the line stay so: 10<sup>6</sup> is 10⁶ and not 106. Of the mark of a note `NOTE` is left.
    """
    document = turbohtml.parse(markup, positions=False, scripting=True)
    title = document.find("title")
    return _text(document, most), " ".join((title.text if title else "").split())[:MOST_TITLE]


def _text(document: turbohtml.Document, most: int) -> str:
    """The tree is walked with a stack of its own: a page may nest deeper than Python can call."""
    said: list[str] = []
    stack: list[turbohtml.Node | str] = [document]
    levels: list[dict[int, int]] = []
    as_typed = 0
    length = nodes = 0
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            if node in _LEVELS:
                levels.pop()
            elif node == "pre":
                as_typed -= 1
                said.append("\n")
            else:
                said.append(node)
        elif isinstance(node, turbohtml.Text):
            words = node.text if as_typed else _BLANKS.sub(" ", node.text)
            said.append(words.translate(levels[-1]) if levels else words)
            length += len(words)
        elif isinstance(node, turbohtml.Element):
            name = node.tag
            if name in _APART:
                said.append(" ")
            if name in _LEFT_OUT or name == "img" or _unseen(node):
                continue
            if name in _LEVELS:
                if _is_note(node):
                    said.append(NOTE)
                    continue
                levels.append(_LEVELS[name])
                stack.append(name)
            elif name in _BLOCKS:
                said.append("\n")
                as_typed += name == "pre"
                stack.append("pre" if name == "pre" else "\n")
            stack.extend(reversed(node.children))
        elif isinstance(node, turbohtml.Document):
            stack.extend(reversed(node.children))
        nodes += 1
        if nodes > MOST_NODES or length > 2 * most:
            raise TooMuch("the page holds more text or markup than any article does")
    joined = re.sub(" {2,}", " ", "".join(said))
    return _AROUND_LINES.sub("\n", joined.replace("\r", "\n")).strip(" \n")


def _unseen(element: turbohtml.Element) -> bool:
    attributes = element.attrs
    if "hidden" in attributes:
        return True
    if element.tag == "dialog" and "open" not in attributes:
        return True
    style = attributes.get("style")
    return isinstance(style, str) and bool(_NOT_SHOWN.search(style))


def _is_note(raised: turbohtml.Element) -> bool:
    """Whether it is the mark of a note: a link within the page, or in words of its role."""
    if raised.tag != "sup":
        return False
    if raised.attrs.get("role") == "doc-noteref":
        return True
    # No deeper than [<a>3</a>] within one more element: a search of all below would be asked again of each below.
    inside = [node for node in raised.children[:5] if isinstance(node, turbohtml.Element)]
    inside += [node for each in inside for node in each.children[:5] if isinstance(node, turbohtml.Element)]
    return any(node.tag == "a" and str(node.attrs.get("href") or "").startswith("#") for node in inside)
