"""The tables as one SQLite file, the same bytes on every machine. Part of `export`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from decimal import Decimal

from dossier.export.columns import FORMAT, Cell, Column, Table

_PAGE = 4096
# NUMERIC and not REAL: how a REAL without a fraction is stored depends on the library.
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}


def as_sqlite(tables: Iterable[Table], about: dict[str, str]) -> bytes:
    """Every table, and `about`, which says what the file is.

    Several values of a cell are a JSON array (`json_each` takes it apart), a boolean is 0 or 1. A comment in the schema
    explains each column.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        # How a library was compiled must not show: neither in the layout nor in bytes that nothing uses. Its version
        # does not, since the header of a database in memory keeps zeros for it and for the change counter.
        for pragma in ("encoding='UTF-8'", f"page_size={_PAGE}", "auto_vacuum=NONE", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.execute('CREATE TABLE "about" (\n  "key" TEXT NOT NULL,\n  "value" TEXT NOT NULL\n)')
        connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        for table in tables:
            connection.execute(_schema(table))
            marks = ", ".join("?" * len(table.columns))
            # By id where there is one, so that pages of the index are filled one after the other and never split.
            rows = [tuple(map(_stored, row, table.columns)) for row in table.rows]
            if table.keyed:
                key = next(index for index, column in enumerate(table.columns) if column.name == "id")
                rows.sort(key=lambda row: str(row[key]))
            connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)
        connection.execute("COMMIT")
        content = bytearray(connection.serialize())
    finally:
        connection.close()
    _clear_gaps(content)
    return bytes(content)


def _clear_gaps(content: bytearray) -> None:
    """Zero what lies unused in each page of a tree, where libraries leave different remains of splitting pages.

    A page has a header of 8 or 12 bytes, two bytes a cell, the gap, and the cells. Pages of any other kind begin with a
    zero here: only a file of 64 GB would have one that does not.
    """
    for page in range(0, len(content), _PAGE):
        header = page + (100 if page == 0 else 0)
        size = {2: 12, 5: 12, 10: 8, 13: 8}.get(content[header])
        if size:
            cells, begin = (int.from_bytes(content[header + at : header + at + 2], "big") for at in (3, 5))
            gap = slice(header + size + 2 * cells, page + begin)
            content[gap] = bytes(len(content[gap]))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _schema(table: Table) -> str:
    last = len(table.columns) - 1
    lines = [
        f"  {_declared(column, table)}{'' if index == last else ','} -- {_explained(column)}"
        for index, column in enumerate(table.columns)
    ]
    return "\n".join((f"CREATE TABLE {_quoted(table.name)} ( -- {table.doc}", *lines, ")"))


def _declared(column: Column, table: Table) -> str:
    words = [_quoted(column.name), _TYPES.get(column.kind, "TEXT")]
    if column.name == "id" and table.keyed:
        words.append("PRIMARY KEY")
    if column.required:
        words.append("NOT NULL")
    if column.refers:
        words.append(f'REFERENCES {_quoted(column.refers)} ("id")')
    return " ".join(words)


def _explained(column: Column) -> str:
    return f"{column.doc} ({column.language})" if column.language else column.doc


def _stored(value: Cell, column: Column) -> str | int | float | None:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    if column.kind == "boolean":
        return None if value is None else int(bool(value))
    return float(value) if isinstance(value, Decimal) else value
