"""A record put into a data file after its fellows; all else stays byte for byte.

Whether it did is not taken on trust: the file is read again before anything is written, and must say what it said and
the new record besides.
"""

from __future__ import annotations

from typing import Any

from dossier.document import Mapping, Node, Sequence
from dossier.frozen import dataclass
from dossier.layout import keys_in_order, said
from dossier.load import read_yaml
from dossier.model import COLLECTIONS, Part
from dossier.outline import Entry, Group, Leaf, as_item, lines_of, written
from dossier.patterns import regex
from dossier.values import HIDDEN

Value = Any
"""What a record holds: a text as it is to be read, a list of values, or values by key. An outline of it is typed."""

_DASH = regex(rb"( *)-(?: |\r?$)")
_INLINE = ("amount", "headquarters", "identifiers")
"""Records of short words, which stand in braces."""


class NotAdded(Exception):
    """Why the record has to be put there by hand, in a few words."""


@dataclass(frozen=True, slots=True)
class Added:
    """A data file with the new record, which stands in its lines `first` to `last`."""

    content: bytes
    first: int
    last: int


def outline(values: dict[str, Value], cls: type[Part], languages: tuple[str, ...]) -> Group:
    """A record as it is typed: keys in canonical order, lists of words in brackets, quotes between quotes."""
    return _group(values, cls, languages)


def _group(value: Value, inner: type[Part] | str | None, languages: tuple[str, ...]) -> Group:
    if isinstance(value, list):
        entries = [Entry("", _value("", each, inner, languages)) for each in value]
        return Group(tuple(entries), True, all(isinstance(each, str) for each in value))
    kinds = keys_in_order(inner) if isinstance(inner, type) else {}
    order = [*kinds] if kinds else list(languages)
    places = {key: place for place, key in enumerate(order)}
    keys = sorted(value, key=lambda key: places.get(key, len(places)))
    return Group(tuple(Entry(key, _value(key, value[key], kinds.get(key), languages)) for key in keys), False)


def _value(key: str, value: Value, inner: type[Part] | str | None, languages: tuple[str, ...]) -> Leaf | Group:
    if isinstance(value, str):
        if "\n" in value:
            return Leaf(value, "", "|-", tuple(value.split("\n"))) if _fits_block(value) else _quoted(value)
        return _quoted(value) if key == "quote" else Leaf(value, written(value))
    group = _group(value, inner, languages)
    if key in _INLINE or group.flow:
        short = (Entry(each.key, _in_brackets(each.value)) for each in group.entries)
        return Group(tuple(short), group.is_list, True)
    return group


def _fits_block(text: str) -> bool:
    """Whether the lines of a text are kept as they are by a block: it ends with words, and begins with them."""
    return not text.startswith((" ", "\n")) and not text.endswith("\n") and " \n" not in text


def _quoted(text: str) -> Leaf:
    return Leaf(text, written(text, quoted=True))


def _in_brackets(value: Leaf | Group) -> Leaf | Group:
    return Leaf(value.text, written(value.text, in_brackets=True)) if isinstance(value, Leaf) else value


def typed(values: dict[str, Value], cls: type[Part], languages: tuple[str, ...], indent: int = 2) -> list[str]:
    """The lines of a record as an item of its collection."""
    return list(lines_of(as_item(outline(values, cls, languages)), indent))


def with_record(
    raw: bytes, path: str, collection: str, values: dict[str, Value], languages: tuple[str, ...], max_mb: float
) -> Added:
    """The data file with one more record at the end of its collection; `raw` is b'' for a file that is to be made.

    Raises `NotAdded`.
    """
    if any(HIDDEN.search(text) for text in _texts(values)):
        raise NotAdded("a value holds a character that no file may hold")
    before: Node = Mapping({}, {}, (1, 1), (1, 1))
    found = 0
    if raw.strip(b"\xef\xbb\xbf \r\n"):
        document, problems = read_yaml(raw, path, max_mb)
        if not document.readable or problems:
            raise NotAdded("the file has a slip that has to be mended first: see 'build.py check'")
        before, found = document.root, len(problems)
    if not isinstance(before, Mapping):
        raise NotAdded("the file holds no 'key: value' lines")
    lines = raw.split(b"\n")
    end = b"\r" if lines[0].endswith(b"\r") else b""
    fellows = before.get(collection)
    if fellows is None:
        at, indent, apart = _end_of(lines), 2, bool(before.entries)
        new = [f"{collection}:", *typed(values, COLLECTIONS[collection], languages, indent)]
    elif isinstance(fellows, Sequence) and fellows.items:
        at, indent = _after(lines, fellows)
        new, apart = typed(values, COLLECTIONS[collection], languages, indent), True
    else:
        raise NotAdded(f"'{collection}:' has no list below it")
    if at == len(lines):  # the last line has no end
        lines[-1] += end
        lines.append(b"")
    put = [each.encode("utf-8") + end for each in ["", *new][0 if apart else 1 :]]
    rest = lines[at:] if at < len(lines) else []
    changed = b"\n".join([*lines[:at], *put, *(rest or [b""])])
    after, left = read_yaml(changed, path, max_mb)
    expected = said(before)
    expected[collection] = [*expected.get(collection, ()), _plainly(values)]
    if not after.readable or len(left) != found or said(after.root) != expected:
        raise NotAdded("the file would not say the same with it")
    first = at + 1 + apart + (fellows is None)
    return Added(changed, first, at + len(put))


def _texts(value: Value) -> list[str]:
    if isinstance(value, str):
        return value.split("\n")
    return [text for each in (value if isinstance(value, list) else value.values()) for text in _texts(each)]


def _plainly(value: Value) -> Value:
    """The values as they are read: each text by itself."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [_plainly(each) for each in value]
    return {key: _plainly(each) for key, each in value.items()}


def _end_of(lines: list[bytes]) -> int:
    """The number of lines up to the last one that holds something."""
    at = len(lines)
    while at and not lines[at - 1].strip(b" \r\xef\xbb\xbf"):
        at -= 1
    return at


def _after(lines: list[bytes], fellows: Sequence) -> tuple[int, int]:
    """How many lines stand before the place after the last record of a list, and the column of its dashes."""
    begin = fellows.items[-1].start[0]
    while begin > fellows.start[0] and not _DASH.match(lines[begin - 1]):
        begin -= 1
    dash = _DASH.match(lines[begin - 1])
    if dash is None or lines[fellows.start[0] - 1][fellows.start[1] - 1 : fellows.start[1]] == b"[":
        raise NotAdded("the list is written between brackets")
    indent = len(dash[1])
    at = begin
    while at < len(lines) and (not (line := lines[at].strip(b"\r")).strip() or _deeper(line, indent)):
        at += 1
    return begin + _end_of(lines[begin:at]), indent


def _deeper(line: bytes, indent: int) -> bool:
    """Whether a line belongs to a record whose dash stands after `indent` blanks: to its keys, values and comments."""
    return len(line) - len(line.lstrip(b" ")) > indent
