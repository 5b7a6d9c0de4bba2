"""Text to nodes: YAML as its author typed it, with the place of every node. Part of `load`.

What is commonly written is read by `quick`. All else is for `judge`, which asks PyYAML and has the words for what is
wrong; it is imported when it is needed, since that takes longer than reading a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier.document import Node, Span
from dossier.problems import Problem
from dossier.quick import quick
from dossier.shape import HIDDEN_CHARACTER, NOT_TEXT, NOT_YAML
from dossier.values import HIDDEN

if TYPE_CHECKING:
    from dossier.mend import Mend

MAX_DEPTH = 50
MAX_VALUE = 20_000
MAX_MB = 2.0
NODES_PER_MB = 100_000
_LONG = 300_000
"""Characters of a text beyond which nothing is tried to mend it."""


class Refused(Exception):
    """Why a file cannot be read, and the line as it was probably meant; never leaves `load`."""

    def __init__(self, problem: Problem, mend: Mend | None = None) -> None:
        self.problem = problem
        self.mend = mend


def parse(text: str, path: str, first_line: int = 1, max_mb: float = MAX_MB) -> tuple[Node, list[Problem]]:
    """The node at the top of YAML `text`, and findings that leave it readable (doubled keys).

    `first_line` is where the text begins in its file. The text is one that `checked_text` let through. Raises `Refused`
    where nothing can be read.
    """
    most = int(max_mb * NODES_PER_MB)
    root = quick(text, first_line, most)
    if root is not None:
        return root, []
    from dossier.judge import judge

    return judge(text, path, first_line, most)


def named(character: str) -> str:
    """A character that cannot be shown, as Unicode names it."""
    return f"U+{ord(character):04X}"


def checked_text(raw: bytes, path: str) -> str:
    """The bytes as text. Raises `Refused` where they are not UTF-8 or hold what no editor shows."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        byte = raw[error.start : error.start + 1]
        message = f"this character is not stored as UTF-8 (byte 0x{byte.hex().upper()})"
        older = byte.decode("latin-1")
        remedy = "Save the file again with the encoding UTF-8"
        remedy += f"; in an older encoding, this is '{older}'." if older.isalpha() else "."
        raise Refused(NOT_TEXT.at(Span(path, line, column), message, remedy)) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if hidden := HIDDEN.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        column = hidden.start() - text.rfind("\n", 0, hidden.start())
        span = Span(path, line, column)
        if hidden[0] == "\t":
            raise Refused(NOT_YAML.at(span, "a tab, which only looks like spaces", _without_tabs(text, line)))
        raise Refused(HIDDEN_CHARACTER.at(span, f"the hidden character {named(hidden[0])}"))
    return text


def _without_tabs(text: str, line: int) -> str:
    """What to write for a line with tabs in it, by the first width with which the text reads."""
    from dossier.mend import LONGEST, untabbed

    lines = text.split("\n")
    if len(lines[line - 1]) > LONGEST or len(text) > _LONG:
        return "Replace each tab by two spaces."
    widths = (width for width in (2, 4, 8) if quick("\n".join(untabbed(each, width) for each in lines)) is not None)
    return f"Type spaces instead:\n{untabbed(lines[line - 1], next(widths, 2))}"
