"""Slips in lists and groups of keys that are written between brackets or braces, on one line. Part of `load`."""

from __future__ import annotations

import re

from dossier.mend import LONGEST, Mend, in_quotes, pair_in
from dossier.patterns import regex

_FLOW_KEY = regex(r"(?P<before>[{,] *)(?P<key>[a-z_]{2,40}): +")
_CLOSERS = {"[": "]", "{": "}"}


def brackets(lines: list[str], at: int) -> Mend | None:
    """A text that begins with a bracket, or brackets with something in them that needs quotation marks."""
    pair = pair_in(lines[at])
    value, column = (pair.value, pair.column) if pair else (lines[at].strip(" -"), 1)
    if not value or value[0] not in _CLOSERS or len(value) > LONGEST:
        return None
    if (found := braced(lines[at])) and found[1] != lines[at]:
        message = "the text between these braces holds a mark that divides them"
        return Mend(at, found[0], message, "Put that text between quotation marks:", found[1])
    end = _closed(value)
    if not end:
        closing = "".join(_CLOSERS[each] for each in reversed(_open(value)))
        what = "bracket" if value[0] == "[" else "brace"
        message = f"a {what} is opened here and never closed"
        return Mend(at, lines[at].index(value) + 1, message, "Close it:", lines[at].rstrip() + closing)
    if not pair or not value[end:].strip() or value[end:].lstrip()[0] == "#":
        return None
    what = "a list" if value[0] == "[" else "a group of keys"
    message = f"text that begins with {value[0]} is taken for {what}"
    return Mend(at, column, message, "Put the whole text between quotation marks:", pair.put(in_quotes(value)))


def _closed(words: str) -> int:
    """Where the bracket that the words begin with is closed; 0 where it is not."""
    level = 0
    for end, each in enumerate(words, 1):
        level += (each in "[{") - (each in "]}")
        if not level:
            return end
    return 0


def _open(words: str) -> list[str]:
    """The brackets that are still open at the end, outside quotation marks."""
    stack: list[str] = []
    for each in re.sub(r'"(?:[^"\\]|\\.)*"', "", words):
        if each in _CLOSERS:
            stack.append(each)
        elif each in "]}" and stack:
            stack.pop()
    return stack


def braced(line: str) -> tuple[int, str] | None:
    """The line with quotation marks around texts between braces that need them, and the column of the first."""
    if len(line) > LONGEST:
        return None
    keys = list(_FLOW_KEY.finditer(line))
    pieces, last, first = [], 0, 0
    for number, key in enumerate(keys):
        until = keys[number + 1].start() if number + 1 < len(keys) else len(line.rstrip())
        raw = line[key.end() : until]
        words = raw.rstrip("]} ") if number + 1 == len(keys) else raw.rstrip()
        if words and words[0] not in "\"'[{" and re.search(r",|: |:$| #|^[@`%&*!>|]|[\[\]{}]", words):
            first = first or key.end() + 1
            pieces.append(line[last : key.end()] + in_quotes(words))
            last = key.end() + len(words)
    return (first, "".join(pieces) + line[last:]) if pieces else None
