"""Markdown to markup, by markdown-it, with a break where a citation or figure goes. Part of `prose`.

Raw HTML and images are not Markdown here: the first is printed as the text it is, the second is not an element of
prose. Nesting and length are bounded, since the text may come from a stranger.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from dossier.patterns import regex
from dossier.prose import BREAK
from dossier.values import FIGURE, GROUP, Figure, Mark, marks_in

_SAFE_LINK = regex(r"(?i)(?:https?://|mailto:|#|[a-z0-9._-]+/|[a-z0-9._-]+\.html|\.\.?/)")


def _citation(state: StateInline, silent: bool) -> bool:
    """`[@id, locator; @id]`, before the rule for links sees the bracket."""
    if state.src[state.pos] != "[":
        return False
    match = GROUP.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        for mark in marks_in(match[1]):
            token = state.push("citation", "", 0)
            token.meta = {"mark": mark}
    state.pos = match.end()
    return True


def _figure(state: StateInline, silent: bool) -> bool:
    """`{claims}`: a computed figure."""
    if state.src[state.pos] != "{":
        return False
    match = FIGURE.match(state.src, state.pos)
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
        return BREAK

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


_STOP = regex(r"[\n!#$%&*+\-:<=>@\[\\\]^_`{}~]")


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


def marked_up(markdown: str, headings_from: int, inline: bool) -> tuple[str, list[Mark | Figure]]:
    """The markup, and what goes where it breaks."""
    env: dict[str, Any] = {"marks": []}
    tokens = _MARKDOWN.parseInline(markdown, env) if inline else _MARKDOWN.parse(markdown, env)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + headings_from - 1, 6)}"
        elif token.type in ("th_open", "td_open") and (style := str(token.attrs.pop("style", ""))):
            # The policy of the pages lets no style attribute in.
            token.attrs["class"] = style.replace("text-align:", "align-")
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env), env["marks"]
