"""Tables as values, and the columns that follow from the model. Part of `export`.

The annotations of `model.py` say which columns a record has, so that a new key is exported on the day it is named, with
the sentence that explains it. What is computed of a record is added by hand in `tables.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from dossier.dates import Edtf
from dossier.model import Part
from dossier.values import URL, Prose, Ref, Text

FORMAT = 1
"""Version of what is published: names and meanings of columns and keys. It rises when one of them changes or goes."""

Cell = str | int | Decimal | tuple[str, ...] | None
"""What a table holds: a date is the text that was typed, a bool is an int, several values are a tuple."""

Kind = Literal["string", "date", "markdown", "uri", "integer", "number", "boolean", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the sentence that explains it, and how its cell is read from a row's record.

    `refers` is the table whose ids it holds, `allowed` the only values it may have, `language` that of its texts.
    """

    name: str
    doc: str
    value: Callable[[Any], Cell]
    kind: Kind = "string"
    required: bool = False
    refers: str = ""
    allowed: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    doc: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def keyed(self) -> bool:
        """Whether every row has an id."""
        return any(column.name == "id" and column.required for column in self.columns)


def table(name: str, doc: str, columns: Iterable[Column], records: Iterable[Any]) -> Table:
    """The table with one row a record, in the order given. Of two columns of one name the later stands."""
    chosen = tuple({column.name: column for column in columns}.values())
    return Table(name, doc, chosen, tuple(tuple(column.value(record) for column in chosen) for record in records))


def typed(
    cls: type[Any],
    languages: tuple[str, ...],
    prefix: str = "",
    of: Callable[[Any], Any] = lambda row: row,
    required: bool = True,
) -> tuple[Column, ...]:
    """A column for each key of `cls`; for texts, one a language; for a part of a record, one for each of its keys.

    Lists of parts (citations, facts) have no column: they are tables of their own or are left to `dossier.json`.
    `of` leads from a table's row to the object that has the keys, or to None.
    """
    hints = get_type_hints(cls, include_extras=True)
    return tuple(
        column
        for each in fields(cls)
        if not each.metadata.get("hidden")
        for column in _columns(
            prefix + each.name,
            each.metadata["doc"],
            hints[each.name],
            _reach(of, each.name),
            languages,
            required and each.default is MISSING,
        )
    )


def _reach(of: Callable[[Any], Any], key: str) -> Callable[[Any], Any]:
    return lambda row: getattr(holder, key) if (holder := of(row)) is not None else None


def _plain(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The annotation without `| None` and `Annotated`, and what was annotated."""
    extras: tuple[Any, ...] = ()
    while get_origin(annotation) in (Union, UnionType, Annotated):
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            extras += tuple(more)
        else:
            annotation = next(part for part in get_args(annotation) if part is not NoneType)
    return annotation, extras


def _columns(
    name: str, doc: str, annotation: Any, read: Callable[[Any], Any], languages: tuple[str, ...], required: bool
) -> Iterator[Column]:
    base, extras = _plain(annotation)
    if base in (Text, Prose):
        for code in languages:
            yield Column(
                f"{name}_{code}", doc, _version(read, code), "string" if base is Text else "markdown", language=code
            )
    elif get_origin(base) is tuple:
        item, _ = _plain(get_args(base)[0])
        if item in (Text, Prose):
            for code in languages:
                yield Column(f"{name}_{code}", doc, _version(read, code), "list", language=code)
        elif not _is_part(item):
            yield Column(name, doc, read, "list")
    elif _is_part(base):
        yield from typed(base, languages, f"{name}_", read, required)
    elif get_origin(base) is Literal:
        yield Column(name, doc, read, required=required, allowed=get_args(base))
    elif base is Edtf:
        yield Column(name, doc, lambda row: date.text if (date := read(row)) is not None else None, "date", required)
    else:
        refers = next((extra.collections[0] for extra in extras if isinstance(extra, Ref) and _is_key(extra)), "")
        kinds: dict[Any, Kind] = {bool: "boolean", Decimal: "number"}
        yield Column(name, doc, read, "uri" if URL in extras else kinds.get(base, "string"), required, refers)


def _is_part(base: Any) -> bool:
    return isinstance(base, type) and issubclass(base, Part)


def _is_key(ref: Ref) -> bool:
    """Whether the value is always the id of a record of one table."""
    return len(ref.collections) == 1 and ref.collections != ("*",) and not ref.also and not ref.or_text


def _version(read: Callable[[Any], Any], code: str) -> Callable[[Any], Cell]:
    """The words in one language, and nothing where that language has none: a missing translation stays visible."""

    def words(text: Text | Prose | None) -> str | None:
        return None if text is None else (text if isinstance(text, Text) else text.text).get(code)

    def value(row: Any) -> Cell:
        found = read(row)
        if isinstance(found, tuple):
            return tuple(said for each in found if (said := words(each)) is not None)
        return words(found)

    return value
