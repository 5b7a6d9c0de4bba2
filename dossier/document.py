"""Text as written, and where each key stands in it.

A document is one YAML file, read as text: every scalar is the string its author typed, and every node keeps the place
where it begins and ends. Lines and columns count from 1 and columns count characters, as editors show them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place a contributor can open: the file relative to the root (always with `/`), line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, as the text between its quotes or block marks. `plain` is true where nothing quotes it."""

    text: str
    start: tuple[int, int]
    end: tuple[int, int]
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their nodes in the order written. Keys are unique: the loader has refused doubled ones."""

    entries: dict[str, tuple[Scalar, Node]]
    start: tuple[int, int]
    end: tuple[int, int]

    def get(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return entry[1] if entry else None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list in the order written."""

    items: tuple[Node, ...]
    start: tuple[int, int]
    end: tuple[int, int]


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file: its path relative to the root, its text and the node at its top. Of a file that was refused
    (`readable` is false) the node holds the ids that seem to stand in it, and nothing else."""

    path: str
    text: str
    root: Node
    readable: bool = True

    def lines(self) -> list[str]:
        return self.text.split("\n")

    @property
    def place(self) -> Place:
        return Place(self, self.root)


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A node of a document. What a record holds on to, so that any later message can point at what was typed.

    For prose pages, which are not YAML below their front matter, `node` is a scalar that covers the text.
    """

    document: Document
    node: Node

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
            line, column = around.entries[str(keys[-1])][0].start
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
