"""Tables as values, and the columns that follow from the model. Part of `export`.

The annotations of `model.py` say which columns a record has, so that a new key is exported on the day it is named, with
the sentence that explains it. What is computed of a record is added by hand in `tables.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter, itemgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from dossier.dates import Edtf
from dossier.frozen import MISSING, annotated, dataclass, fields
from dossier.model import Part
from dossier.values import URL, Prose, Ref, Text

FORMAT = 1
"""Version of what is published: names and meanings of columns and keys. It rises when one of them changes or goes."""

Cell = str | int | Decimal | tuple[str, ...] | None
"""What a table holds: a date is the text that was typed, a bool is an int, several values are a tuple."""

Kind = Literal["string", "date", "markdown", "uri", "integer", "number", "boolean", "list"]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its name, the sentence that explains it, and how its cell is read from a row (see `computed.py`).

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


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns, and no rows: these are read one by one, of whatever record is at hand.

    `odd` are the columns, with their numbers, whose cells are neither words nor whole numbers. `place` says of a row's
    cells where in the table it stands: rows of one place stand together, and come from one line.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    values: tuple[Callable[[Any], Cell], ...]
    odd: tuple[tuple[int, Column], ...]
    place: Callable[[Sequence[Any]], str]

    def cells(self, row: Any) -> list[Cell]:
        return [value(row) for value in self.values]

    @property
    def keyed(self) -> bool:
        """Whether every row has an id."""
        return any(column.name == "id" and column.required for column in self.columns)


def table(
    name: str,
    doc: str,
    columns: Iterable[Column],
    by: tuple[str, ...] = ("id",),
    place: Callable[..., str] | None = None,
) -> Table:
    """The table of these columns. Of two of one name the later stands. Rows stand by what `place` makes of the cells of
    the columns `by`; without it, by the one cell."""
    chosen = tuple({column.name: column for column in columns}.values())
    names = [column.name for column in chosen]
    odd = tuple(each for each in enumerate(chosen) if each[1].kind in ("boolean", "list", "number"))
    read: Callable[[Sequence[Any]], Any] = itemgetter(*(names.index(each) for each in by))
    if place is None:
        stands = read
    elif len(by) == 1:
        stands = lambda cells: place(read(cells))  # noqa: E731
    else:
        stands = lambda cells: place(*read(cells))  # noqa: E731
    return Table(name, doc, chosen, tuple(column.value for column in chosen), odd, stands)


def typed(cls: type[Any], languages: tuple[str, ...], of: str = "record") -> tuple[Column, ...]:
    """A column for each key of `cls`; for texts, one a language; for a part of a record, one for each of its keys.

    Lists of parts (citations, facts) have no column: they are tables of their own or are left to `dossier.json`.
    `of` is where in a table's row the object stands that has the keys.
    """
    return tuple(_typed(cls, languages, "", lambda key: attrgetter(f"{of}.{key}"), True))


def _typed(
    cls: type[Any],
    languages: tuple[str, ...],
    prefix: str,
    reach: Callable[[str], Callable[[Any], Any]],
    required: bool,
) -> Iterator[Column]:
    hints = annotated(cls)
    for each in fields(cls):
        if not each.metadata.get("hidden"):
            yield from _columns(
                prefix + each.name,
                each.metadata["doc"],
                hints[each.name],
                reach(each.name),
                languages,
                required and each.default is MISSING,
            )


def _within(read: Callable[[Any], Any]) -> Callable[[str], Callable[[Any], Any]]:
    """Leads to the keys of a part, which is None where nothing was typed."""
    return lambda key: lambda row: getattr(part, key) if (part := read(row)) is not None else None


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
            kind: Kind = "string" if base is Text else "markdown"
            yield Column(f"{name}_{code}", doc, _version(read, _said_in(base, code)), kind, language=code)
    elif get_origin(base) is tuple:
        item, _ = _plain(get_args(base)[0])
        if item in (Text, Prose):
            for code in languages:
                yield Column(f"{name}_{code}", doc, _versions(read, _said_in(item, code)), "list", language=code)
        elif not _is_part(item):
            yield Column(name, doc, read, "list")
    elif _is_part(base):
        yield from _typed(base, languages, f"{name}_", _within(read), required)
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


def _said_in(base: type[Any], code: str) -> Callable[[Any], str | None]:
    """Finds the words in one language, none where that language has none: a missing translation stays visible."""

    def text(found: Text) -> str | None:
        for language, words in found.versions:
            if language == code:
                return words
        return None

    def prose(found: Prose) -> str | None:
        for language, passage in found.versions:
            if language == code:
                return passage.markdown
        return None

    return text if base is Text else prose


def _version(read: Callable[[Any], Any], said: Callable[[Any], str | None]) -> Callable[[Any], Cell]:
    return lambda row: said(found) if (found := read(row)) is not None else None


def _versions(read: Callable[[Any], Any], said: Callable[[Any], str | None]) -> Callable[[Any], Cell]:
    def value(row: Any) -> Cell:
        if (found := read(row)) is None:
            return None
        return tuple(words for each in found if (words := said(each)) is not None)

    return value
