"""Every pointer of a record into a source, as one table. Part of `export`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from dossier.export.columns import Cell, Column, Table, table, typed
from dossier.export.computed import by_id
from dossier.model import COLLECTIONS, Citation, Part, Record
from dossier.register import Register


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation, and where it stands."""

    collection: str
    record: str
    key: str
    number: int
    citation: Citation


def citations(register: Register) -> Table:
    """One row a citation, at whatever depth of a record; those inside prose are in the sources' `cited_by`."""
    return table(
        "citations",
        "Every pointer of a record into a source, with the words relied on; those inside prose are left out.",
        (
            _column("collection", "The table of the record that cites."),
            _column("record", "Id of the record that cites."),
            _column("key", "The key of the record under which the citation stands."),
            _column("number", "Its place among the record's citations, from 1."),
            *typed(Citation, register.languages, of=lambda row: row.citation),
        ),
        _cited(register),
    )


def _column(name: str, doc: str) -> Column:
    def value(row: _Cited) -> Cell:
        found: Cell = getattr(row, name)
        return found

    return Column(name, doc, value, "integer" if name == "number" else "string", True)


def _cited(register: Register) -> Iterator[_Cited]:
    for collection in COLLECTIONS:
        if collection == "searches":  # which cite nothing, and need no id
            continue
        records: list[Record] = by_id(getattr(register, collection).values())
        for record in records:
            found = ((each.name, cited) for each in fields(record) for cited in _below(getattr(record, each.name)))
            for number, (key, citation) in enumerate(found, 1):
                yield _Cited(collection, record.id, key, number, citation)


def _below(value: Any) -> Iterator[Citation]:
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _below(item)
    elif isinstance(value, Part):
        for each in fields(value):
            yield from _below(getattr(value, each.name))
