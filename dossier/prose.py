"""Markdown to passages: markup the build made itself, with citation marks and figures found where they stand.

Citations follow Pandoc's Markdown (pandoc.org/MANUAL.html#citation-syntax), of which `[@id]`, `[@id, locator]` and
`[@a; @b]` are read. Raw HTML and images are not Markdown here: the first is printed as the text it is, the second is
not an element of prose. Nesting and length are bounded, since the text may come from a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from dossier.values import Figure, Html, Mark, Passage

_GROUP = re.compile(r"\[@([^\[\]]{1,400})\]")
_FIGURE = re.compile(r"\{([a-z_]{2,40})\}")
_SAFE_LINK = re.compile(r"(?i)(?:https?://|mailto:|#|[a-z0-9._-]+/|[a-z0-9._-]+\.html|\.\.?/)")
_BREAK = "\x00"


def _citation(state: StateInline, silent: bool) -> bool:
    """`[@id, locator; @id]`, before the rule for links sees the bracket."""
    if state.src[state.pos] != "[":
        return False
    match = _GROUP.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        for part in match[1].split(";"):
            source, _, locator = part.strip().removeprefix("@").partition(",")
            token = state.push("citation", "", 0)
            token.meta = {"mark": Mark(source.strip(), " ".join(locator.split()), match[0])}
    state.pos = match.end()
    return True


def _figure(state: StateInline, silent: bool) -> bool:
    """`{claims}`: a computed figure."""
    if state.src[state.pos] != "{":
        return False
    match = _FIGURE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("figure", "", 0)
        token.meta = {"mark": Figure(match[1])}
    state.pos = match.end()
    return True


class _Renderer(RendererHTML):
    """Leaves a break where a citation or figure goes, and keeps what goes there in the order met."""

    def _mark(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        env["marks"].append(tokens[index].meta["mark"])
        return _BREAK

    citation = figure = _mark


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20, "typographer": False}, renderer_cls=_Renderer)
    reader.enable("table").disable(["image", "html_block", "html_inline", "reference"])
    reader.inline.ruler.before("link", "citation", _citation)
    reader.inline.ruler.before("link", "figure", _figure)
    reader.inline.ruler.enable(["citation", "figure"])
    reader.validateLink = lambda url: bool(_SAFE_LINK.match(url.strip()))  # type: ignore[method-assign]
    text_rule = reader.inline.ruler
    text_rule.at("text", _text)
    return reader


_STOP = re.compile(r"[\n!#$%&*+\-:<=>@\[\\\]^_`{}~]")


def _text(state: StateInline, silent: bool) -> bool:
    """Plain text up to the next character that could begin something; the brace is one of those here."""
    found = _STOP.search(state.src, state.pos)
    end = found.start() if found else state.posMax
    if end > state.posMax:
        end = state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


_MARKDOWN = _reader()


@lru_cache(maxsize=8192)
def parse_prose(markdown: str, headings_from: int = 3, inline: bool = False) -> Passage:
    """Markdown as a passage. `headings_from` is the level that `#` becomes, since every page has one `h1` of its own.

    `inline` reads one sentence without a paragraph around it.
    """
    env: dict[str, Any] = {"marks": []}
    tokens = _MARKDOWN.parseInline(markdown, env) if inline else _MARKDOWN.parse(markdown, env)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + headings_from - 1, 6)}"
        elif token.type in ("th_open", "td_open") and (style := str(token.attrs.pop("style", ""))):
            # The policy of the pages lets no style attribute in.
            token.attrs["class"] = style.replace("text-align:", "align-")
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env)
    parts: list[Html | Mark | Figure] = []
    for piece, mark in zip(html.split(_BREAK), [*env["marks"], None], strict=True):
        if piece:
            # A citation belongs to the words before it: no blank may part them at a line's end.
            parts.append(Html(piece.rstrip(" \n") if isinstance(mark, Mark) else piece))
        if mark is not None:
            parts.append(mark)
    return Passage(markdown, tuple(parts))


_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_FOREIGN_LINK = re.compile(r"\]\(\s*<?(?!https?:|mailto:)([a-z][a-z0-9+.-]{0,30}:|//)[^)\s]{0,80}", re.IGNORECASE)
_NO_GROUP = re.compile(
    r"\[(?!@)[^\[\]()\n]{0,40}@[a-z0-9-]{2,80}[^\[\]\n]{0,40}\](?!\()|\[@[a-z0-9-]{0,80}[^\[\]\n]{0,40}$|"
    r"(?<![\w.@\[;-])\(?@[a-z0-9]+-[a-z0-9-]{2,80}",
    re.MULTILINE,
)


def slips(passage: Passage) -> Iterator[tuple[str, str]]:
    """What looks like a citation or a link and is read as neither: the kind of slip, and the words as typed."""
    if "@" not in passage.markdown and "](" not in passage.markdown:
        return
    words = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), passage.markdown)
    yield from (("link", match[0].removeprefix("](")) for match in _FOREIGN_LINK.finditer(words))
    outside = _GROUP.sub(lambda group: " " * len(group[0]), words)
    yield from (("citation", match[0]) for match in _NO_GROUP.finditer(outside))
    yield from (("citation", mark.typed) for mark in passage.marks if "@" in mark.locator)


def paragraphs(markdown: str) -> list[str]:
    """The blocks of a passage, as typed: what blank lines part."""
    return [block.strip() for block in re.split(r"\n\s*\n", markdown) if block.strip()]
