"""What each record hands in to the files for machines: lines, each for one list and with its place there.

A line is a list's name, an order key and a text. The name begins with the path of the file that is made of it. Keys
differ within a list, and sorted as strings (which is as their bytes in UTF-8) they put the texts in the order of the
file: no record needs to know of any other. What belongs to one company and stands together in a file is one line.
Part of `export`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossier.export import bibliography, database, spreadsheet, whole
from dossier.export.addresses import Absolute
from dossier.export.citations import cited
from dossier.export.columns import Cell, Table
from dossier.export.computed import (
    EntityRow,
    Row,
    claim_rows,
    company_row,
    response_row,
    searches_in_order,
    source_row,
)
from dossier.export.tables import tables
from dossier.model import Company, Record, Source
from dossier.register import Register

Line = tuple[str, str, str]
"""List, order key, text."""

BIBLIOGRAPHIES = {
    "data/sources.bib": bibliography.bibtex,
    "data/sources.ris": bibliography.ris,
    "data/sources.csl.json": bibliography.csl,
}
_REST = ("agencies", "publishers", "demands", "events", "corrections", "tombstones")


def lines_of_company(register: Register, company: Company) -> Iterator[Line]:
    """A company, its legal entities, claims, responses and searches, and all that these cite."""
    made, identity = tables(register.languages), company.id
    row = company_row(register, Absolute.of(register), company)
    cells = made["companies"].cells(row)
    yield sheet("companies"), identity, spreadsheet.rows(made["companies"], (cells,))
    yield from _record(made, "companies", row, cells)
    for entity in company.legal_entities:
        yield _stored(made["legal_entities"], [made["legal_entities"].cells(EntityRow(entity, identity))])
    claims = []
    for claim in claim_rows(register, row):
        cells = made["claims"].cells(claim)
        claims.append(cells)
        yield from _record(made, "claims", claim, cells)
    if claims:
        yield sheet("claims"), identity, spreadsheet.rows(made["claims"], claims)
    for answer in register.responses_of.get(identity, ()):
        response = response_row(register, answer)
        yield from _record(made, "responses", response, made["responses"].cells(response))
    yield from _searches(register, identity)


def lines_of_source(register: Register, source: Source) -> Iterator[Line]:
    """A source, in tables and bibliographies. Every source has its entry in these, also an original that was not read:
    a lineage cited without its end misleads."""
    made, row = tables(register.languages), source_row(register, Absolute.of(register), source)
    cells = made["sources"].cells(row)
    yield sheet("sources"), source.id, spreadsheet.rows(made["sources"], (cells,))
    yield from _record(made, "sources", row, cells)
    work = bibliography.work(register, source)
    for path, entry in BIBLIOGRAPHIES.items():
        yield path, source.id, entry(work)


def lines_of_rest(register: Register) -> Iterator[Line]:
    """All other records, of which there are few, and the searches that are about no company."""
    at, made = Absolute.of(register), tables(register.languages)
    for name in _REST:
        for record in getattr(register, name).values():
            row = Row(record, at.page(name, record.id) if name == "agencies" else "")
            yield from _record(made, name, row, made[name].cells(row))
    yield from _searches(register, "")


def sheet(name: str) -> str:
    """The list whose texts are the rows of a published table."""
    return f"data/{name}.csv"


def _record(made: dict[str, Table], name: str, row: Any, cells: list[Cell]) -> Iterator[Line]:
    """A record in the document and the database, with its citations."""
    record: Record = row.record
    yield whole.collection(name), record.id, whole.member(row)
    yield _stored(made[name], [cells])
    if found := cited(name, record):
        table = made["citations"]
        yield _stored(table, [table.cells(each) for each in found])


def _stored(table: Table, rows: list[list[Cell]]) -> Line:
    return database.rows_of(table.name), table.place(rows[0]), database.rows(table, rows)


def _searches(register: Register, about: str) -> Iterator[Line]:
    if found := searches_in_order(register.searches_of.get(about, ())):
        table = tables(register.languages)["searches"]
        yield whole.collection("searches"), about, ",\n".join([whole.searched(search) for search in found])
        yield _stored(table, [table.cells(Row(search)) for search in found])
