"""A table as CSV (RFC 4180: UTF-8, commas, lines end in CR LF). Part of `export`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from dossier.export.columns import Cell, Column, Table
from dossier.patterns import regex

SEPARATOR = " | "
"""Between the values of one cell. No id and no address can hold it."""
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_RISKY = frozenset(_RUNS)
_NUMBER = regex(r"[+-]?\d+(?:\.\d+)?")


def cell(value: Cell, column: Column) -> str:
    """A cell as a file prints it: nothing for no value, the text as typed, with an apostrophe before whatever a
    spreadsheet would run as a formula."""
    if value is None:
        return ""
    if column.kind == "boolean":
        return "true" if value else "false"
    if isinstance(value, tuple):
        text = SEPARATOR.join(value)
    else:
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"'{text}" if text.startswith(_RUNS) and not _NUMBER.fullmatch(text) else text


def head(table: Table) -> str:
    return _lines([[column.name for column in table.columns]])


def rows(table: Table, cells: Iterable[Iterable[Cell]]) -> str:
    """Rows of a table, one below the other. Most cells are empty or plain words, which need no second look."""
    columns = table.columns
    return _lines(
        [
            value if value is None or (value.__class__ is str and value[:1] not in _RISKY) else cell(value, column)
            for value, column in zip(row, columns, strict=True)
        ]
        for row in cells
    )


def _lines(rows: Iterable[Iterable[Cell]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue()
