"""What stands in a data file beside its keys and values: comments and empty lines, each with its place."""

from __future__ import annotations

from typing import NamedTuple

from dossier.document import Document, Mapping, Node, Scalar, Sequence
from dossier.patterns import regex

BLOCK_HEAD = regex(r"([>|])([+-]?[1-9]?|[1-9][+-]?)(?: +(#.*))? *$")
"""The marks of a block of text, and a comment beside them."""
LAST = 10**9
"""A line or column after all others."""
_QUOTED = regex(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


class Remark(NamedTuple):
    """A comment, or an empty line where `text` is ''. `column` counts from 0; `alone` on its line, or beside."""

    line: int
    column: int
    text: str
    alone: bool


def remarks_in(document: Document) -> list[Remark]:
    """What stands in a file beside its keys and values, in the order typed."""
    lines = document.lines()
    covered: dict[int, list[tuple[int, int]]] = {}
    headed: list[Remark] = []

    def cover(start: tuple[int, int], end: tuple[int, int]) -> None:
        for line in range(start[0], end[0] + 1):
            first = start[1] - 1 if line == start[0] else 0
            covered.setdefault(line, []).append((first, end[1] - 1 if line == end[0] else LAST))

    def walk(node: Node) -> None:
        if isinstance(node, Scalar):
            line, column = node.start
            if not node.plain and (head := BLOCK_HEAD.match(lines[line - 1], column - 1)):
                if head[3]:
                    headed.append(Remark(line, head.start(3), head[3].rstrip(), False))
                cover(node.start, (last_of(node, lines), LAST))
            elif node.start != node.end:
                cover(node.start, node.end)
            return
        for key, value in node.entries.items() if isinstance(node, Mapping) else ():
            assert isinstance(node, Mapping)
            line, column = node.keys[key]
            typed = _QUOTED.match(lines[line - 1], column - 1)
            cover((line, column), (line, column + (len(typed[0]) if typed else len(key))))
            walk(value)
        for value in node.items if isinstance(node, Sequence) else ():
            walk(value)

    walk(document.root)
    found = list(headed)
    for number, line in enumerate(lines, start=1):
        taken = covered.get(number, [])
        if not line.strip():
            if not taken:
                found.append(Remark(number, 0, "", True))
            continue
        at = line.find("#")
        while at >= 0 and any(first <= at < end for first, end in taken):
            at = line.find("#", at + 1)
        if at >= 0:
            found.append(Remark(number, at, line[at:].rstrip(), not line[:at].strip()))
    if found and not found[-1].text:
        found.pop()  # what comes after the last line end
    return sorted(found)


def last_of(block: Scalar, lines: list[str]) -> int:
    """The last line of a block that holds words; the line of its marks where none does."""
    last = min(block.end[0] - (block.end[1] == 1), len(lines))
    first = block.start[0]
    margin = next((margin_of(line) for line in lines[first:last] if line.strip()), 0)
    while last > first and (not lines[last - 1].strip() or margin_of(lines[last - 1]) < margin):
        last -= 1
    return last


def margin_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
