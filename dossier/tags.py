"""Templates cut into text and tags, as Jinja cuts them. Part of `compiled`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.frozen import dataclass
from dossier.patterns import regex

_TAG = regex(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)


@dataclass(slots=True)
class Piece:
    """Text (`kind` is ''), or the words inside a `{{ }}` or a `{% %}`."""

    kind: str
    words: str


def pieces(source: str) -> Iterator[Piece]:
    """The pieces of a template in order, without its comments.

    White space goes as with Jinja's `trim_blocks` and `lstrip_blocks`: a tag takes the blanks before it that begin a
    line, and the end of its line; a tag with a minus all white space on that side, one with a plus none.
    """
    parts = _TAG.split(source.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n"))
    takes, at_start = "", True
    for text, tag in zip(parts[::2], [*parts[1::2], ""], strict=True):
        rest = text.lstrip() if takes == "-" else text.removeprefix(takes)
        at_start = at_start or text[: len(text) - len(rest)].endswith("\n")
        kind, inside = tag[:2], tag[2:-2]
        line = rest.rfind("\n") + 1
        if inside.startswith("-"):
            rest = rest.rstrip()
        elif kind in ("{%", "{#") and not inside.startswith("+") and (line or at_start) and rest[line:].isspace():
            rest = rest[:line]
        yield Piece("", rest)
        if inside[:1] in ("-", "+"):
            inside = inside[1:]
        takes, at_start = "" if kind == "{{" else "\n", False
        if inside.endswith("-"):
            inside, takes = inside[:-1], "-"
        elif inside.endswith("+") and kind != "{{":
            inside, takes = inside[:-1], ""
        if kind in ("{%", "{{"):
            yield Piece(kind, inside.strip())
