"""Values as YAML in block style: what the program writes itself, of words that anybody may have typed.

Whatever a text holds, it reads back as it was: a text that YAML could take for something else stands between double
quotes, where JSON's escapes are YAML's too (yaml.org/spec/1.2.2, 7.3.1). Nothing is folded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from dossier.patterns import regex

Value = str | bool | int | Mapping[str, "Value"] | Sequence["Value"]

_PLAIN = regex(r"[A-Za-z0-9](?:[\w ./(),’é-]*[\w./)])?")
_TAKEN = regex(r"(?i:true|false|yes|no|on|off|null|y|n)|[0-9.,_+-]+|0[xob].*|[0-9.]+e[0-9]+")
"""Words that readers of YAML take for something else than text."""


def as_text(text: str) -> str:
    """One text, as it is written after a key."""
    if _PLAIN.fullmatch(text) and not _TAKEN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def as_date_or_text(text: str) -> str:
    """The same for our own data files, which are read as text: days and numbers stand as they are."""
    return text if re.fullmatch(r"[0-9]+(?:[.-][0-9]+)*", text) else as_text(text)


def as_block(value: Mapping[str, Value], depth: int = 0, data: bool = False) -> str:
    """A mapping with its keys in order, two spaces a level. `data` leaves days and numbers without quotes."""
    return "".join(f"{line}\n" for line in _lines(value, depth, data))


def _lines(value: Mapping[str, Value], depth: int, data: bool) -> Iterator[str]:
    margin = "  " * depth
    for key, each in value.items():
        if isinstance(each, Mapping):
            yield f"{margin}{key}:"
            yield from _lines(each, depth + 1, data)
        elif isinstance(each, Sequence) and not isinstance(each, str):
            yield f"{margin}{key}:"
            for item in each:
                yield from _item(item, depth + 1, data)
        elif isinstance(each, str) and "\n" in each and _stands(each):
            yield f"{margin}{key}: |-"
            yield from (f"{margin}  {line}".rstrip() for line in each.split("\n"))
        else:
            yield f"{margin}{key}: {_scalar(each, data)}"


def _item(item: Value, depth: int, data: bool) -> Iterator[str]:
    margin = "  " * depth
    if isinstance(item, Mapping):
        first, *rest = _lines(item, depth + 1, data)
        yield f"{margin}- {first.lstrip()}"
        yield from rest
    else:
        yield f"{margin}- {_scalar(item, data)}"


def _scalar(value: Value, data: bool) -> str:
    if isinstance(value, str):
        return as_date_or_text(value) if data else as_text(value)
    return json.dumps(value)


def _stands(text: str) -> bool:
    """Whether a text can be a literal block: no blank at an end of a line, and none before the first word."""
    lines = text.split("\n")
    return text == text.strip() and all(line == line.rstrip() and "\t" not in line for line in lines)
