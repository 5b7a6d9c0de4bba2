"""A table as CSV (RFC 4180: UTF-8, commas, lines end in CR LF). Part of `export`."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from dossier.export.columns import Cell, Column, Table

SEPARATOR = " | "
"""Between the values of one cell. No id and no address can hold it."""
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


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


def as_csv(table: Table) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([cell(value, column) for value, column in zip(row, table.columns, strict=True)])
    return file.getvalue().encode()
