"""Every pointer of a record into a source, as one table. Part of `export`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import Any, get_args

from dossier.export.columns import Column, Table, table, typed
from dossier.frozen import annotated, dataclass, fields
from dossier.model import COLLECTIONS, Citation, Part, Record

_NUMBERS = {name: f"{number:02} " for number, name in enumerate(COLLECTIONS)}


@dataclass(slots=True, eq=False)
class Cited:
    """A citation, and where it stands."""

    collection: str
    record: str
    key: str
    number: int
    citation: Citation


def citations(codes: tuple[str, ...]) -> Table:
    """One row a citation, at whatever depth of a record; those inside prose are in the sources' `cited_by`."""
    return table(
        "citations",
        "Every pointer of a record into a source, with the words relied on; those inside prose are left out.",
        (
            Column("collection", "The table of the record that cites.", attrgetter("collection"), required=True),
            Column("record", "Id of the record that cites.", attrgetter("record"), required=True),
            Column("key", "The key of the record under which the citation stands.", attrgetter("key"), required=True),
            Column(
                "number",
                "Its place among the record's citations, from 1.",
                attrgetter("number"),
                "integer",
                required=True,
            ),
            *typed(Citation, codes, of="citation"),
        ),
        by=("collection", "record"),
        place=lambda collection, record: _NUMBERS[collection] + record,
    )


def cited(collection: str, record: Record) -> list[Cited]:
    """The citations of a record, in the order of its keys."""
    found = [(key, each) for key, value in _values(record) for each in _below(value)]
    return [Cited(collection, record.id, key, number, each) for number, (key, each) in enumerate(found, 1)]


def _values(part: Any) -> list[tuple[str, Any]]:
    return [(key, getattr(part, key)) for key in _citing(type(part))]  # type: ignore[arg-type]  # as in link.py


def _below(value: Any) -> Iterator[Citation]:
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _below(item)
    elif isinstance(value, Part):
        for _, held in _values(value):
            yield from _below(held)


@cache
def _citing(cls: type[Any]) -> tuple[str, ...]:
    """The keys of a record or part that hold citations, at whatever depth."""
    hints = annotated(cls)
    return tuple(each.name for each in fields(cls) if _holds(hints[each.name]))


def _holds(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation is Citation or bool(_citing(annotation))  # type: ignore[arg-type]
    return any(_holds(each) for each in get_args(annotation))
