"""The tables as one SQLite file, the same bytes on every machine. Part of `export`."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from json.encoder import encode_basestring
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dossier.export.before import Before, Changed
from dossier.export.columns import FORMAT, Cell, Column, Table
from dossier.export.joined import Lines, Text, joined
from dossier.json_text import encoder

Stored = str | int | float | None

_PATH = "data/dossier.sqlite"
_encode = encoder()
_PAGE = 4096
_TOGETHER = 256
"""Pages written at a time."""
_MANY = 16
"""One changed line of so many makes a table that is filled anew: each is looked for."""
_HEADER = 100
_UNSAID = (slice(24, 28), slice(92, 100))
"""Where the header says how often the file was changed, and by which version of the library."""
# NUMERIC and not REAL: how a REAL without a fraction is stored depends on the library.
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}


def rows_of(name: str) -> str:
    """The list whose texts are the rows of a table."""
    return f"{_PATH}/{name}"


def rows(table: Table, cells: Iterable[list[Cell]]) -> str:
    """Rows as a text of their list: JSON arrays with commas between them."""
    stored: list[list[Any]] = [row.copy() for row in cells]
    for row in stored:
        for index, column in table.odd:
            if row[index] is not None:
                row[index] = _stored(row[index], column)
    return _encode(stored)[1:-1]


def as_sqlite(
    tables: Iterable[Table], about: dict[str, str], lines: Lines, before: Before | None = None
) -> Iterator[bytes]:
    """Every table, and `about`, which says what the file is. Rows that are as they were are taken from `before`: the
    same rows in the same order give the same bytes, and no text has to be read as JSON.

    Several values of a cell are a JSON array (`json_each` takes it apart), a boolean is 0 or 1. A comment in the schema
    explains each column. The rows of a table with ids come by id, so that pages of its index are filled one after the
    other and never split.
    """
    with TemporaryDirectory(prefix="dossier-") as folder:
        path = Path(folder) / "dossier.sqlite"
        connection = sqlite3.connect(path, isolation_level=None, uri=True)
        try:
            _fill(connection, tables, about, lines, before if before and _attached(connection, before) else None)
        finally:
            connection.close()
        with path.open("rb") as file:
            for number, content in enumerate(iter(lambda: bytearray(file.read(_TOGETHER * _PAGE)), b"")):
                if number == 0:
                    for unsaid in _UNSAID:
                        content[unsaid] = bytes(len(content[unsaid]))
                _clear_gaps(content, _HEADER if number == 0 else 0)
                yield bytes(content)


def _fill(
    connection: sqlite3.Connection, tables: Iterable[Table], about: dict[str, str], lines: Lines, before: Before | None
) -> None:
    # How a library was compiled must not show: neither in the layout nor in bytes that nothing uses. The file is not
    # one that anybody else opens, or that would have to outlast a crash.
    for pragma in (
        "encoding='UTF-8'",
        f"page_size={_PAGE}",
        "auto_vacuum=NONE",
        "secure_delete=ON",
        "journal_mode=OFF",
        "synchronous=OFF",
        "locking_mode=EXCLUSIVE",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    connection.execute(f"PRAGMA user_version={FORMAT}")
    connection.execute('CREATE TABLE "about" (\n  "key" TEXT NOT NULL,\n  "value" TEXT NOT NULL\n)')
    connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    for table in tables:
        connection.execute(_schema(table))
        if before:
            _renew(connection, table, before.changed.get(rows_of(table.name), {}), lines)
        else:
            _insert(connection, table, lines(rows_of(table.name)))
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, table: Table, texts: Iterable[Text]) -> None:
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO main.{_quoted(table.name)} VALUES ({marks})", _rows(iter(texts)))


def _renew(connection: sqlite3.Connection, table: Table, changed: Changed, lines: Lines) -> None:
    """The rows of a table as they were, but for those of the lines that changed. Rows have numbers from 1 without gaps,
    in the order of their places: in a fresh table, and so in this one."""
    name = _quoted(table.name)

    def place(number: int) -> str:
        row = connection.execute(f"SELECT * FROM before.{name} WHERE rowid = ?", (number + 1,))
        return table.place(row.fetchone())

    def keep(begin: int, end: int) -> None:
        copy = f"INSERT INTO main.{name} SELECT * FROM before.{name} WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
        connection.execute(copy, (begin, end))

    schema = connection.execute("SELECT sql FROM before.sqlite_master WHERE name = ?", (table.name,)).fetchone()
    count = connection.execute(f"SELECT coalesce(max(rowid), 0) FROM before.{name}").fetchone()[0] if schema else 0
    if schema != (_schema(table),) or _MANY * len(changed) > count:
        _insert(connection, table, lines(rows_of(table.name)))
        return
    numbers, done = range(count), 0
    for at, text in sorted(changed.items()):
        begin = bisect_left(numbers, at, done, key=place)
        keep(done, begin)
        done = bisect_right(numbers, at, begin, key=place)
        if text is not None:
            _insert(connection, table, (text,))
    keep(done, count)


def _attached(connection: sqlite3.Connection, before: Before) -> bool:
    """Read the database of the build before as `before`, if it is as that build left it."""
    with suppress(OSError, sqlite3.Error):
        if file := before.opened():
            file.close()
            address = f"{before.path.absolute().as_uri()}?mode=ro&immutable=1"
            connection.execute("ATTACH ? AS before", (address,))
            return True
    return False


def _rows(texts: Iterator[Text]) -> Iterator[list[Stored]]:
    for piece in joined(texts, b","):
        yield from json.loads(b"[%b]" % piece.removeprefix(b","))


def _clear_gaps(content: bytearray, before: int) -> None:
    """Zero what lies unused in each page of a tree, where libraries leave different remains of splitting pages.

    A page has a header of 8 or 12 bytes, two bytes a cell, the gap, and the cells. Pages of any other kind begin with a
    zero here: only a file of 64 GB would have one that does not. The first page has the header of the file `before`.
    """
    for page in range(0, len(content), _PAGE):
        header = page + (before if page == 0 else 0)
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


def _stored(value: Cell, column: Column) -> Stored:
    if isinstance(value, tuple):
        return f"[{', '.join(map(encode_basestring, value))}]"
    if column.kind == "boolean":
        return int(bool(value))
    return float(value) if isinstance(value, Decimal) else value
