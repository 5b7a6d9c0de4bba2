"""Markdown to passages: markup the build made itself, with citation marks and figures found where they stand.

Citations follow Pandoc's Markdown (pandoc.org/MANUAL.html#citation-syntax), of which `[@id]`, `[@id, locator]` and
`[@a; @b]` are read.

Most prose is paragraphs of words with citations and few other marks. Those are read here, which takes a hundredth of
the time, and come out as markdown-it would have them (`tests/test_prose.py` compares); all else is for `markdown`,
which is imported when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dossier.patterns import regex
from dossier.values import FIGURE, GROUP, Figure, Html, Mark, Passage, marks_in

BREAK = "\x00"
"""What stands in markup where a citation or figure goes."""

_SHORT = 8
"""Characters of markup that is likely to end other texts too."""

_PARAGRAPHS = regex(r"\n\n+")
_BLOCK = regex(r"[ #>+=|~:-]|[0-9]+[.)]")
"""What begins a line that is more than words: of a heading, list, table, rule, or code."""
_EMPHASIS = regex(r"(?<![^ \n(])(\*\*?)(\w(?:[^*\x00\[\]]*\w)?)\1(?![\w*])")
"""Words between asterisks that can be nothing else: a blank before them, and none but words in them."""
_LINK = regex(
    r"\[([^\W_](?:(?:[^\W_]|[ ,.’\n-])*[^\W_])?)\]"
    r"\(((?:https?://[a-z0-9.-]+(?:/[A-Za-z0-9./_-]*)?|[a-z0-9_-]+/[A-Za-z0-9./_-]*|[a-z0-9_-]+\.html))\)"
)
"""A link with words for its text, to an address that needs no encoding."""
_MARK = regex(rf"{GROUP.pattern}|{FIGURE.pattern}")
_HEADING = regex(r"(#{1,6}) (\w(?:[^\n#]*[^\n# ])?)")
_INLINE = regex(r"[*_`\\<\[\]{\r\t]|&(?! )")
"""What may be a mark in a line, in what is left without the marks above."""


def _inside(found: re.Match[str]) -> str:
    return found[2]


def _linked(found: re.Match[str]) -> str:
    return f'<a href="{found[2]}">{found[1]}</a>'


def _emphasized(found: re.Match[str]) -> str:
    return f"<em>{found[2]}</em>" if len(found[1]) == 1 else f"<strong>{found[2]}</strong>"


def _plain(markdown: str, headings_from: int) -> tuple[str, list[Mark | Figure]] | None:
    """The markup of paragraphs and headings that are words, citations, figures, emphasis and links, and what goes where
    it breaks; None where something else is there."""
    markdown = markdown.strip("\n")
    lines = markdown.split("\n")
    if BREAK in markdown or not markdown:
        return None
    headings = 0
    for line in lines:
        if line and (line[-1] == " " or _BLOCK.match(line)):
            if line[0] != "#":
                return None
            headings += 1
    html = []
    marks: list[Mark | Figure] = []
    for paragraph in _PARAGRAPHS.split(markdown) if "\n\n" in markdown else (markdown,):
        words = paragraph.strip()
        element = "p"
        if paragraph[:1] == "#":
            heading = _HEADING.fullmatch(paragraph)
            if heading is None:
                return None
            headings -= 1
            element, words = f"h{min(len(heading[1]) + headings_from - 1, 6)}", heading[2].strip()
        if "[@" in words or "{" in words:
            words, *pieces = _MARK.split(words)
            for group, figure, after in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
                found = [*marks_in(group)] if group else [Figure(figure)]
                marks += found
                words += BREAK * len(found) + after
        emphasized, linked = "*" in words, "](" in words
        bare = _EMPHASIS.sub(_inside, words) if emphasized else words
        if _INLINE.search(_LINK.sub("", bare) if linked else bare):
            return None
        words = words.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")
        if emphasized:
            words = _EMPHASIS.sub(_emphasized, words)
        if linked:
            words = _LINK.sub(_linked, words)
        html.append(f"<{element}>{words}</{element}>\n")
    # A heading that no blank lines part from its neighbours was taken for words.
    return None if headings else ("".join(html), marks)


def parse_prose(markdown: str, headings_from: int = 3, inline: bool = False) -> Passage:
    """Markdown as a passage. `headings_from` is the level that `#` becomes, since every page has one `h1` of its own.

    `inline` reads one sentence without a paragraph around it.
    """
    plain = None if inline else _plain(markdown, headings_from)
    return _passage(markdown, *plain) if plain else _marked_up(markdown, headings_from, inline)


@lru_cache(maxsize=2048)
def _marked_up(markdown: str, headings_from: int, inline: bool) -> Passage:
    from dossier.markdown import marked_up

    return _passage(markdown, *marked_up(markdown, headings_from, inline))


@lru_cache(maxsize=256)
def _end(words: str) -> Html:
    """What follows a last citation is nearly always the same."""
    return Html(words)


def _passage(markdown: str, html: str, marks: list[Mark | Figure]) -> Passage:
    """A passage of this markup, parted where it breaks."""
    if not marks:
        return Passage(markdown, (Html(html),) if html else ())
    parts: list[Html | Mark | Figure] = []
    for piece, mark in zip(html.split(BREAK), [*marks, None], strict=True):
        if piece:
            # A citation belongs to the words before it: no blank may part them at a line's end.
            words = piece.rstrip(" \n") if isinstance(mark, Mark) else piece
            parts.append(_end(words) if len(words) <= _SHORT else Html(words))
        if mark is not None:
            parts.append(mark)
    return Passage(markdown, tuple(parts))


_CODE = regex(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_FOREIGN_LINK = regex(r"\]\(\s*<?(?!https?:|mailto:)([a-z][a-z0-9+.-]{0,30}:|//)[^)\s]{0,80}", re.IGNORECASE)
_IN_LOCATOR = regex(r",[^;\[\]]*@")
_NO_GROUP = regex(
    r"\[(?!@)[^\[\]()\n]{0,40}@[a-z0-9-]{2,80}[^\[\]\n]{0,40}\](?!\()|\[@[a-z0-9-]{0,80}[^\[\]\n]{0,40}$|"
    r"(?<![\w.@\[;-])\(?@[a-z0-9]+-[a-z0-9-]{2,80}",
    re.MULTILINE,
)


def slips(passage: Passage) -> Iterator[tuple[str, str]]:
    """What looks like a citation or a link and is read as neither: the kind of slip, and the words as typed."""
    if "@" not in passage.markdown and "](" not in passage.markdown:
        return
    words = passage.markdown
    if "`" in words or "~" in words:
        words = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), words)
    if "](" in words:
        yield from (("link", match[0].removeprefix("](")) for match in _FOREIGN_LINK.finditer(words))
    if "@" in GROUP.sub("", words):
        outside = GROUP.sub(lambda group: " " * len(group[0]), words)
        yield from (("citation", match[0]) for match in _NO_GROUP.finditer(outside))
    if _IN_LOCATOR.search(passage.markdown):
        yield from (("citation", mark.typed) for mark in passage.marks if "@" in mark.locator)


def paragraphs(markdown: str) -> list[str]:
    """The blocks of a passage, as typed: what blank lines part."""
    return [block.strip() for block in re.split(r"\n\s*\n", markdown) if block.strip()]
