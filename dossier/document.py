"""Text as written, and where each key stands in it.

A document is one YAML file, read as text: every scalar is the string its author typed, and every node keeps the place
where it begins and ends. Lines and columns count from 1 and columns count characters, as editors show them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from dossier.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A place a contributor can open: the file relative to the root (always with `/`), line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def __lt__(self, other: Span) -> bool:
        return (self.file, self.line, self.column) < (other.file, other.line, other.column)


class Scalar:
    """One value, as the text between its quotes or block marks. `plain` is true where nothing quotes it.

    Nodes are made by the hundred thousand, so they are plain classes: a frozen one takes four times as long to make.
    """

    __slots__ = ("end", "plain", "start", "text")

    def __init__(self, text: str, start: tuple[int, int], end: tuple[int, int], plain: bool = True) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.plain = plain


class Mapping:
    """Values by key in the order written, and where each key stands. A doubled key is here once: the loader has named
    it."""

    __slots__ = ("end", "entries", "keys", "start")

    def __init__(
        self,
        entries: dict[str, Node],
        keys: dict[str, tuple[int, int]],
        start: tuple[int, int],
        end: tuple[int, int],
    ) -> None:
        self.entries = entries
        self.keys = keys
        self.start = start
        self.end = end

    def get(self, key: str) -> Node | None:
        return self.entries.get(key)


class Sequence:
    """A list in the order written."""

    __slots__ = ("end", "items", "start")

    def __init__(self, items: list[Node], start: tuple[int, int], end: tuple[int, int]) -> None:
        self.items = items
        self.start = start
        self.end = end


Node = Scalar | Mapping | Sequence


class Written:
    """What stands in a file: its text, its lines, the node at its top."""

    __slots__ = ("_lines", "root", "text")

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.root = root
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines


class Document:
    """One file: its path relative to the root, its text and the node at its top. Of a file that was refused
    (`readable` is false) the node holds the ids that seem to stand in it, and nothing else.

    The texts and nodes of a large dossier are many times the size of its records. So a document can forget them: with
    `again` it gets them when they are next asked for, which is where there is something to say. `again` gives None
    where the file has changed in between: then the document is an empty one, and all its places are its beginning.
    """

    __slots__ = ("_again", "_written", "path", "readable")

    def __init__(
        self,
        path: str,
        text: str,
        root: Node,
        readable: bool = True,
        again: Callable[[], Written | None] | None = None,
    ) -> None:
        self.path = path
        self.readable = readable
        self._written: Written | None = Written(text, root)
        self._again = again

    def forget(self) -> None:
        """Hold no more than what is needed to read the file again; nothing is forgotten that cannot be read again."""
        if self._again is not None:
            self._written = None

    @property
    def written(self) -> Written:
        if self._written is not None:
            return self._written
        return (self._again and self._again()) or Written("", Mapping({}, {}, (1, 1), (1, 1)))

    @property
    def text(self) -> str:
        return self.written.text

    @property
    def root(self) -> Node:
        return self.written.root

    def lines(self) -> list[str]:
        return self.written.lines

    @property
    def place(self) -> Place:
        return Place(self, self.root)


def _start(node: Node) -> tuple[int, int]:
    return node.start


def _mapping_at(root: Node, start: tuple[int, int]) -> Node:
    """The mapping that begins there: no two begin at the same place. The root where there is none."""
    node = root
    while not (isinstance(node, Mapping) and node.start == start):
        if isinstance(node, Scalar):
            return root
        inner = node.items if isinstance(node, Sequence) else [*node.entries.values()]
        number = bisect_right(inner, start, key=_start)
        if not number:
            return root
        node = inner[number - 1]
    return node


_COLUMNS = 30
"""Bits for the column, in a number that is a line and a column."""


class Place:
    """A node of a document. What a record holds on to, so that any later message can point at what was typed.

    For prose pages, which are not YAML below their front matter, `node` is a scalar that covers the text.
    """

    __slots__ = ("_at", "document")

    def __init__(self, document: Document, at: Node | int) -> None:
        self.document = document
        self._at = at

    @classmethod
    def kept(cls, document: Document, mapping: Mapping) -> Place:
        """The place of a mapping, by where it begins: it holds no node, so that the document can forget it."""
        line, column = mapping.start
        return cls(document, line << _COLUMNS | column)

    @property
    def line(self) -> int:
        """The line it begins on. Unlike a span, it is told without reading a forgotten file again."""
        return self._at >> _COLUMNS if isinstance(self._at, int) else self._at.start[0]

    @property
    def node(self) -> Node:
        if not isinstance(self._at, int):
            return self._at
        return _mapping_at(self.document.root, (self._at >> _COLUMNS, self._at & (1 << _COLUMNS) - 1))

    def at(self, *keys: str | int) -> Place:
        """The place `keys` lead to; where one is missing, the deepest place that exists."""
        node = self.node
        for key in keys:
            step: Node | None = None
            if isinstance(node, Mapping) and isinstance(key, str):
                step = node.get(key)
            elif isinstance(node, Sequence) and isinstance(key, int) and key < len(node.items):
                step = node.items[key]
            if step is None:
                break
            node = step
        return Place(self.document, node)

    def span(self, *keys: str | int) -> Span:
        """Where the value under `keys` begins; for a missing one, where the record around it begins."""
        line, column = self.at(*keys).node.start
        return Span(self.document.path, line, column)

    def key_span(self, *keys: str | int) -> Span:
        """Where the last of `keys` itself is written, which for a value on later lines is what a reader looks for."""
        around = self.at(*keys[:-1]).node
        if isinstance(around, Mapping) and keys and keys[-1] in around.entries:
            line, column = around.keys[str(keys[-1])]
            return Span(self.document.path, line, column)
        return self.span(*keys)

    def span_of(self, words: str, *keys: str | int) -> Span:
        """Where `words` stand inside the value under `keys`, whatever its quoting; else where the value begins.

        White space in `words` matches any run of white space, since a folded block breaks its lines anywhere.
        """
        node = self.at(*keys).node
        lines = self.document.lines()
        first, last = node.start[0] - 1, min(node.end[0], len(lines))
        region = "\n".join(lines[first:last])
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        found = re.search(pattern, region[node.start[1] - 1 :]) if pattern else None
        if not found:
            return self.span(*keys)
        before = region[: node.start[1] - 1 + found.start()]
        line = first + 1 + before.count("\n")
        return Span(self.document.path, line, len(before) - (before.rfind("\n") + 1) + 1)
