"""What stands in a data file as a person types it, and the lines it makes: keys, values, the comments beside them.

The layout is that of this repository's data: two blanks a level, the dash of a list under its key, texts that do not
fit into 120 columns as folded blocks, short records in braces where they were typed so, an empty line between records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dossier.frozen import dataclass, replace
from dossier.model import COLLECTIONS
from dossier.patterns import regex

WIDTH = 120
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_PLAIN_ENDS = regex(r": | #|:$|^ | $|[\n\\]")
_IN_BRACKETS = regex(r"[,\[\]{}:?#]")
_FOLDED = regex(r"[^ \n]+(?: [^ \n]+)*(?:\n+[^ \n]+(?: [^ \n]+)*)*")
"""A text that can be broken at any blank: no two blanks side by side, none at an end of a line."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value. `typed` is how it stands on one line; `head` and `block` are its marks and lines where it is a block,
    without their margin."""

    text: str
    typed: str = ""
    head: str = ""
    block: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A key or, where `key` is '', an item of a list. `before` are the comments above it, '' for an empty line."""

    key: str
    value: Leaf | Group
    before: tuple[str, ...] = ()
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A record or a list. `flow`: it is to stay in brackets while it fits. `foot` are comments after its last entry."""

    entries: tuple[Entry, ...]
    is_list: bool
    flow: bool = False
    foot: tuple[str, ...] = ()


def written(text: str, in_brackets: bool = False, quoted: bool = False) -> str:
    """A value on one line, between quotes where YAML would read something else without them."""
    plain = text and not quoted and text[0] not in _INDICATORS and not _PLAIN_ENDS.search(text)
    if plain and text not in ("~", "null") and not (in_brackets and _IN_BRACKETS.search(text)):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def on_one_line(value: Leaf | Group) -> str | None:
    """The value as it stands after its key; None where it needs lines of its own."""
    if isinstance(value, Leaf):
        return None if value.head else value.typed
    if not value.entries:
        return None if value.foot else "[]" if value.is_list else "{}"
    if not value.flow or value.foot or any(each.before or each.beside for each in value.entries):
        return None
    inside = [(each.key, on_one_line(each.value)) for each in value.entries]
    if any(shown is None for _, shown in inside):
        return None
    shown = ", ".join(f"{key}: {one}" if key else str(one) for key, one in inside)
    return f"[{shown}]" if value.is_list else f"{{{shown}}}"


def folded(text: str, width: int) -> tuple[str, ...] | None:
    """The lines of a folded block, none longer than `width` if words allow; None where folding would change the
    text."""
    if not _FOLDED.fullmatch(text):
        return None
    lines: list[str] = []
    for part in re.split(r"(\n+)", text):
        if part.startswith("\n"):
            lines.extend([""] * len(part))
            continue
        line = ""
        for word in part.split(" "):
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return tuple(lines)


def _leaf(value: Leaf, head: str, indent: int, beside: str) -> Iterator[str]:
    margin, room = " " * indent, WIDTH - indent
    block, mark = value.block, value.head
    if not mark:
        line = f"{head} {value.typed}" if value.typed else head
        filled = folded(value.text, room) if len(line) > WIDTH and " " in value.text else None
        if filled is None:
            yield line + beside
            return
        block, mark = filled, ">-"
    elif mark[0] == ">" and any(len(line) > room for line in block):
        block = folded(value.text.removesuffix("\n") if mark == ">" else value.text, room) or block
    yield f"{head} {mark}{beside}"
    yield from (margin + line if line else "" for line in block)


def lines_of(entry: Entry, indent: int) -> Iterator[str]:
    """An entry whose key or dash stands after `indent` blanks, without the comments above it."""
    head = " " * indent + (f"{entry.key}:" if entry.key else "-")
    beside = f"  {entry.beside}" if entry.beside else ""
    value = entry.value
    if isinstance(value, Leaf):
        yield from _leaf(value, head, indent + 2, beside)
        return
    one = on_one_line(value)
    if one is not None and (len(head) + 1 + len(one) <= WIDTH or not value.entries):
        yield f"{head} {one}{beside}"
        return
    if entry.key or value.is_list or not value.entries:
        yield head + beside
        yield from _inside(value, indent + 2)
        return
    first, *others = _inside(_bare(value), indent + 2)
    yield head + first[indent + 1 :]
    yield from others


def _inside(group: Group, indent: int) -> Iterator[str]:
    margin = " " * indent
    for entry in group.entries:
        yield from (margin + line for line in above(entry) if line)
        yield from lines_of(entry, indent)
    yield from (margin + line for line in group.foot if line)


def above(entry: Entry) -> tuple[str, ...]:
    """The comments above an item: its own, and those above the first key of its record, which stands beside the
    dash."""
    value = entry.value
    if not entry.key and isinstance(value, Group) and value.entries and not value.is_list:
        return (*entry.before, *value.entries[0].before)
    return entry.before


def as_item(group: Group) -> Entry:
    """A record as an item of a list."""
    return Entry("", group)


def _bare(group: Group) -> Group:
    """A record whose first key has no comments above it: they stand above the dash."""
    first, *others = group.entries
    return replace(group, entries=(replace(first, before=()), *others))


def _spaced(lines: Iterable[str], apart: bool) -> Iterator[str]:
    """Comments with at most one empty line between two of them, and one before them where `apart`."""
    last = None
    for line in ("", *lines) if apart else lines:
        if line or last != "":
            yield line
        last = line


def _records(group: Group) -> Iterator[str]:
    one_line = True
    for number, entry in enumerate(group.entries):
        lines = [*lines_of(entry, 2)]
        comments = above(entry)
        if not number:
            comments = tuple(_spaced(comments, apart=True))[1:]
        else:
            comments = tuple(_spaced(comments, apart=not (one_line and len(lines) == 1)))
        yield from (f"  {line}" if line else "" for line in comments)
        yield from lines
        one_line = len(lines) == 1
    yield from (f"  {line}" if line else "" for line in _spaced(group.foot, apart=False))


def text_of(root: Group) -> str:
    """The whole file."""
    lines: list[str] = []
    after_records = False
    for number, entry in enumerate(root.entries):
        value = entry.value
        is_records = entry.key in COLLECTIONS and isinstance(value, Group) and on_one_line(value) is None
        comments = tuple(_spaced(entry.before, apart=not number or is_records or after_records))
        lines += comments if number else comments[1:]
        if is_records and isinstance(value, Group) and value.is_list:
            lines.append(f"{entry.key}:" + (f"  {entry.beside}" if entry.beside else ""))
            lines += _records(value)
        else:
            lines += lines_of(entry, 0)
        after_records = is_records
    lines += _spaced(root.foot, apart=False)
    return "\n".join(lines).strip("\n") + "\n"
