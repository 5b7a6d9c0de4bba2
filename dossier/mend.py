"""A line as it was probably meant, and words as values in YAML. Part of `load`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dossier.frozen import dataclass, fields
from dossier.model import COLLECTIONS, Part, Site
from dossier.patterns import regex

_PAIR = regex(r"(?P<before>(?P<lead> *(?:- +)*)(?P<key>[A-Za-z_][\w-]*) *: +)(?P<value>\S(?:.*\S)?) *")
QUOTED = {'"': regex(r'"(?:[^"\\]|\\.)*"'), "'": regex(r"'(?:[^']|'')*'")}
"""What stands between quotation marks, by the mark."""
LONGEST = 4_000
"""Characters of a line in which slips are looked for."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What is wrong in a line (`line` from 0, `column` from 1) and the line, or lines, to put in its place.

    `safe` says that nothing else can have been meant, so that a program may do it.
    """

    line: int
    column: int
    message: str
    says: str
    new: str
    safe: bool = False

    @property
    def remedy(self) -> str:
        return f"{self.says}\n{self.new}" if self.new else self.says

    def applied(self, lines: list[str]) -> list[str]:
        return [*lines[: self.line], *self.new.split("\n"), *lines[self.line + 1 :]]


@cache
def known_keys() -> frozenset[str]:
    """Every key that some record has, and the names of collections."""

    def parts(cls: type[Part]) -> Iterator[type[Part]]:
        yield cls
        for each in cls.__subclasses__():
            yield from parts(each)

    names = {each.name for cls in (*parts(Part), Site) for each in fields(cls)}
    return frozenset({*names, *COLLECTIONS, "about", "en", "fr"} - {"place"})


def in_quotes(words: str) -> str:
    """The words as a quoted value in YAML."""
    if '"' in words and "'" not in words and "\\" not in words:
        return f"'{words}'"
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value in a line of their own: what stands before the value, the value, the comment after it."""

    before: str
    lead: str
    key: str
    value: str
    comment: str

    @property
    def column(self) -> int:
        """Where the value begins, from 1."""
        return len(self.before) + 1

    def put(self, value: str) -> str:
        """The line with another value."""
        return f"{self.before}{value}{self.comment}"


def pair_in(line: str) -> Pair | None:
    found = _PAIR.fullmatch(line)
    if not found:
        return None
    value = found["value"]
    closed = QUOTED[value[0]].match(value) if value[0] in QUOTED else None
    at = f"{value} ".find(" # ", closed.end() if closed else 0)
    words = value[:at].rstrip() if at > 0 else value
    return Pair(found["before"], found["lead"], found["key"], words, value[len(words) :])


def untabbed(line: str, width: int = 2) -> str:
    """The line with spaces for its tabs: so many for each that indents, else one."""
    indent = re.match(r"[ \t]*", line)
    assert indent
    return indent[0].replace("\t", " " * width) + re.sub(r" ?\t[ \t]*", " ", line[indent.end() :]).rstrip(" ")
