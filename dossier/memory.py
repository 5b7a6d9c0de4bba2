"""What past builds left: one SQLite file beside the output, read only through plain values.

It holds where every record stands, what leads back to what, the findings of each file, what each unit of work read and
handed in, and which pages it made. Nothing in it is code, nothing in it is trusted: one that is damaged, foreign or of
another program, date or set of templates is thrown away, and the next build makes everything anew.

Who read a key is kept as pairs of numbers in buckets: the key's CRC-32 and the unit. Two keys of one number only make
a build redo a little more than it must.
"""

from __future__ import annotations

import json
import os
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from zlib import crc32

if TYPE_CHECKING:
    from dossier.pointers import Said

FORMAT = "dossier memory 1"
BUCKETS = 4096

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (path TEXT PRIMARY KEY, place TEXT NOT NULL, sign TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (name TEXT PRIMARY KEY, collection TEXT NOT NULL, file TEXT NOT NULL, place TEXT NOT NULL,
    digest INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX record_file ON record (file);
CREATE INDEX record_collection ON record (collection, place);
CREATE TABLE way (shelf TEXT NOT NULL, key TEXT NOT NULL, place TEXT NOT NULL, file TEXT NOT NULL, told TEXT NOT NULL,
    PRIMARY KEY (shelf, key, place)) WITHOUT ROWID;
CREATE INDEX way_file ON way (file);
CREATE TABLE finding (file TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unit (number INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, pages TEXT NOT NULL);
CREATE TABLE line (list TEXT NOT NULL, place TEXT NOT NULL, told TEXT NOT NULL, unit INTEGER NOT NULL);
CREATE TABLE length (list TEXT PRIMARY KEY, lines INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE stood (path TEXT PRIMARY KEY, size INTEGER NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE branch (path TEXT PRIMARY KEY, time INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE past (name TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE reader (bucket INTEGER PRIMARY KEY, pairs BLOB NOT NULL);
"""

_ORDER = """
CREATE UNIQUE INDEX line_place ON line (list, place);
CREATE INDEX line_unit ON line (unit);
INSERT INTO length SELECT list, count(*) FROM line GROUP BY list;
"""
"""Made when lines are first asked for: filling a table in order of arrival takes half of the time."""

Line = tuple[str, str, str]
"""A list's name, the place in it (places sort as bytes do), and what stands there."""
Marks: TypeAlias = "array[int]"
"""What was read, each key by its number (`marked`)."""
Altered = dict[str, dict[str, str | None]]
"""By list and place, what stands there now that did not before; None where nothing does any more."""


class Stood(NamedTuple):
    """Where a record stands: its collection, the file, its place in order, and a digest of the lines it is typed in."""

    collection: str
    file: str
    place: str
    digest: int


class Memory:
    """The memory at `path`, or one that is gone with the process (`path` None). Opened for one build or one preview.

    `stamp` is all that a build depends on besides the data files. A memory of another stamp is emptied.
    """

    def __init__(self, path: Path | None, stamp: str) -> None:
        self.path = path
        self.stamp = stamp
        self._readers: dict[int, array[int]] = defaultdict(lambda: array("I"))
        self.resized: set[str] = set()
        """Lists that units have made longer or shorter. Emptied by who minds them."""
        self._next = 1
        self.is_new = True
        self._is_in_order = True
        self._is_kept = False
        self._waiting: list[tuple[str, str, str, int]] = []
        self._opened = self._open()

    def _open(self) -> sqlite3.Connection:
        if self.path is not None and self.path.is_file():
            with suppress(sqlite3.Error, OSError, ValueError, TypeError):
                opened = _connected(str(self.path))
                found = dict(opened.execute("SELECT name, value FROM meta"))
                if found.get("format") == FORMAT and found.get("stamp") == self.stamp and found.get("whole") == "yes":
                    (last,) = opened.execute("SELECT coalesce(max(number), 0) FROM unit").fetchone()
                    self._next, self.is_new, self._is_kept = int(last) + 1, False, True
                    return opened
                opened.close()
        return self._anew()

    def _anew(self) -> sqlite3.Connection:
        self._is_in_order, self._waiting = False, []
        self.is_new, self._next = True, 1
        if self.path is not None:
            # Where nothing can be written, nothing is remembered. What else that means is for others to say.
            with suppress(sqlite3.Error, OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                for name in (self.path, Path(f"{self.path}-journal")):
                    name.unlink(missing_ok=True)
                opened = self._begun(str(self.path))
                self._is_kept = True
                return opened
        self._is_kept = False
        return self._begun("")

    def _begun(self, path: str) -> sqlite3.Connection:
        opened = _connected(path)
        # Nothing to go back to: a build that is cut short leaves a memory that is not whole.
        opened.execute("PRAGMA journal_mode = OFF")
        opened.executescript(_TABLES)
        opened.execute("INSERT INTO meta VALUES ('format', ?), ('stamp', ?)", (FORMAT, self.stamp))
        return opened

    def forget(self) -> None:
        """Empty the memory: everything is made anew."""
        self.close()
        self._readers.clear()
        self._opened = self._anew()

    def commit(self) -> None:
        """Keep what was noted since the last time. A build that ends before leaves the memory as it was, or empty."""
        self._put_in_order()
        self._keep_readers()
        self._opened.execute("INSERT OR REPLACE INTO meta VALUES ('whole', 'yes')")
        self._opened.commit()
        if self.is_new:
            self._opened.execute("PRAGMA journal_mode = DELETE")
        self.is_new = False

    def rollback(self) -> None:
        self._readers.clear()
        self._opened.rollback()

    def close(self) -> None:
        self._opened.close()

    # What is asked and noted of the build as a whole.

    def lend(self) -> bool:
        """Whether other processes may read all that was noted so far: until it is written to again."""
        self._put_in_order()
        self._opened.commit()
        return self._is_kept

    def read_elsewhere(self) -> None:
        """In a copy of the process that was forked after `lend`: read by a connection of its own. The other one is left
        as it is, since to close it would let go of what the first process holds."""
        assert self.path
        self._lent = self._opened
        self._opened = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)

    def value(self, name: str) -> str | None:
        found = self._opened.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def set_value(self, name: str, value: str) -> None:
        self._opened.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Files, the records in them, and what leads back.

    def files(self) -> dict[str, str]:
        """How every file looked, by path."""
        return dict(self._opened.execute("SELECT path, sign FROM file"))

    def sign(self, path: str) -> str | None:
        """How a file looked; None where it was not known."""
        row = self._opened.execute("SELECT sign FROM file WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else None

    def take_file(
        self,
        path: str,
        place: str,
        sign: str,
        records: Iterable[tuple[str, str, str, int]],
        ways: Iterable[tuple[str, str, str, list[Said]]],
    ) -> None:
        """Note a data file: its records as (name, collection, place, digest), what it adds to shelves as (shelf, key,
        place, told). Raises `sqlite3.IntegrityError` where a record's name is taken by another file."""
        run = self._opened.executemany
        self._opened.execute("INSERT INTO file VALUES (?, ?, ?)", (path, place, sign))
        run("INSERT INTO record VALUES (?, ?, ?, ?, ?)", ((n, c, path, at, mark) for n, c, at, mark in records))
        rows = ((shelf, key, at, path, json.dumps(told)) for shelf, key, at, told in ways)
        run("INSERT INTO way VALUES (?, ?, ?, ?, ?)", rows)

    def drop_file(self, path: str) -> tuple[dict[str, Stood], dict[tuple[str, str, str], list[Said]]]:
        """Forget a file; gives what was known of it: its records by name, and what it added to shelves."""
        run = self._opened.execute
        records = {
            name: Stood(collection, path, place, digest)
            for name, collection, place, digest in run(
                "SELECT name, collection, place, digest FROM record WHERE file = ?", (path,)
            )
        }
        ways = {
            (shelf, key, place): _said(told)
            for shelf, key, place, told in run("SELECT shelf, key, place, told FROM way WHERE file = ?", (path,))
        }
        for table in ("record", "way", "finding"):
            run(f"DELETE FROM {table} WHERE file = ?", (path,))
        run("DELETE FROM file WHERE path = ?", (path,))
        return records, ways

    def record(self, name: str) -> Stood | None:
        row = self._opened.execute(
            "SELECT collection, file, place, digest FROM record WHERE name = ?", (name,)
        ).fetchone()
        return Stood(*row) if row else None

    def names(self, collection: str) -> list[str]:
        """Names of all records of a collection, in the order of the files."""
        rows = self._opened.execute("SELECT name FROM record WHERE collection = ? ORDER BY place", (collection,))
        return [name for (name,) in rows]

    def told(self, shelf: str, key: str) -> list[Said]:
        """What records add to a shelf under a key, in order."""
        rows = self._opened.execute("SELECT told FROM way WHERE shelf = ? AND key = ? ORDER BY place", (shelf, key))
        return [each for (told,) in rows for each in _said(told)]

    def keys(self, shelf: str) -> list[str]:
        rows = self._opened.execute("SELECT DISTINCT key FROM way WHERE shelf = ? ORDER BY place", (shelf,))
        return [key for (key,) in rows]

    # What was said before.

    def take_past(self, told: Iterable[tuple[str, str]]) -> None:
        """Note the changes of each record, by its name."""
        self._opened.executemany("INSERT INTO past VALUES (?, ?)", told)

    def past(self, name: str) -> str | None:
        row = self._opened.execute("SELECT told FROM past WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def pasts(self) -> list[str]:
        return [name for (name,) in self._opened.execute("SELECT name FROM past ORDER BY name")]

    # Findings.

    def find(self, file: str, told: str) -> None:
        """Note the findings of a file; '' where there are none."""
        self._opened.execute("DELETE FROM finding WHERE file = ?", (file,))
        if told:
            self._opened.execute("INSERT INTO finding VALUES (?, ?)", (file, told))

    def findings(self) -> Iterator[str]:
        return (told for (told,) in self._opened.execute("SELECT told FROM finding ORDER BY file"))

    # Units of work: what they read, which lines they handed in, which pages they made.

    def number(self, unit: str) -> int:
        """The number of a unit, given now where it has none."""
        row = self._opened.execute("SELECT number FROM unit WHERE name = ?", (unit,)).fetchone()
        if row:
            return int(row[0])
        number, self._next = self._next, self._next + 1
        self._opened.execute("INSERT INTO unit VALUES (?, ?, '[]')", (number, unit))
        return number

    def take_unit(self, unit: str, read: Marks, lines: Iterable[Line], pages: list[str]) -> Altered:
        """Note what a unit read and made. Gives the lines that are not what they were."""
        number = self.number(unit)
        for mark in read:
            pairs = self._readers[mark % BUCKETS]
            pairs.append(mark)
            pairs.append(number)
        new = {(name, place): told for name, place, told in lines}
        if pages or not self.is_new:
            self._opened.execute("UPDATE unit SET pages = ? WHERE number = ?", (json.dumps(pages), number))
        if self.is_new:
            self._resize((), new)
            self._insert(new, number)
            return {}
        rows = self._opened.execute("SELECT list, place, told FROM line WHERE unit = ?", (number,))
        old = {(name, place): told for name, place, told in rows}
        self._resize(old, new)
        gone = [key for key, told in old.items() if new.get(key) != told]
        self._opened.executemany("DELETE FROM line WHERE list = ? AND place = ?", gone)
        self._insert({key: told for key, told in new.items() if old.get(key) != told}, number)
        altered: Altered = {}
        for name, place in gone:
            altered.setdefault(name, {})[place] = None
        for (name, place), told in new.items():
            if old.get((name, place)) != told:
                altered.setdefault(name, {})[place] = told
        return altered

    def _resize(self, old: Collection[tuple[str, str]], new: Collection[tuple[str, str]]) -> None:
        """Note how much longer lists are, or shorter, that have these lines for those."""
        if not self._is_in_order:
            return  # they are counted all at once
        grown = Counter(name for name, _ in new)
        grown.subtract(name for name, _ in old)
        more = {name: lines for name, lines in grown.items() if lines}
        self.resized.update(more)
        query = "INSERT INTO length VALUES (?, ?) ON CONFLICT (list) DO UPDATE SET lines = lines + excluded.lines"
        self._opened.executemany(query, more.items())

    def _insert(self, lines: dict[tuple[str, str], str], number: int) -> None:
        self._waiting += [(name, place, told, number) for (name, place), told in lines.items()]
        if self._is_in_order or len(self._waiting) > 2000:
            self._flush()

    def _flush(self) -> None:
        self._opened.executemany("INSERT INTO line VALUES (?, ?, ?, ?)", self._waiting)
        self._waiting = []

    def _put_in_order(self) -> None:
        if not self._is_in_order:
            self._flush()
            self._opened.executescript(_ORDER)
            self._is_in_order = True

    def drop_unit(self, unit: str) -> tuple[list[str], Altered]:
        """Forget a unit; gives the pages it had made, and the lines that are gone with it."""
        row = self._opened.execute("SELECT number, pages FROM unit WHERE name = ?", (unit,)).fetchone()
        if row is None:
            return [], {}
        number, pages = row
        altered: Altered = {}
        gone = self._opened.execute("SELECT list, place FROM line WHERE unit = ?", (number,)).fetchall()
        for name, place in gone:
            altered.setdefault(name, {})[place] = None
        self._resize(gone, ())
        self._opened.execute("DELETE FROM line WHERE unit = ?", (number,))
        self._opened.execute("DELETE FROM unit WHERE number = ?", (number,))
        return _texts(pages), altered

    def pages(self, unit: str) -> list[str]:
        """Paths of the pages a unit made last."""
        row = self._opened.execute("SELECT pages FROM unit WHERE name = ?", (unit,)).fetchone()
        return _texts(row[0]) if row else []

    def units(self, but: Iterable[str]) -> set[str]:
        """Names of all units but those of some kinds: names begin with their kind and a colon. Reads no others, since
        nearly all units are of records and files."""
        query, found, begin = "SELECT name FROM unit WHERE name >= ?", set[str](), ""
        for kind in sorted(but):
            found.update(name for (name,) in self._opened.execute(f"{query} AND name < ?", (begin, f"{kind}:")))
            begin = f"{kind};"
        found.update(name for (name,) in self._opened.execute(query, (begin,)))
        return found

    def made(self) -> Iterator[str]:
        """Paths of all pages."""
        for (pages,) in self._opened.execute("SELECT pages FROM unit ORDER BY number"):
            yield from _texts(pages)

    def maker(self, path: str) -> str | None:
        """The unit that made a page."""
        quoted = json.dumps(path)
        rows = self._opened.execute("SELECT name, pages FROM unit WHERE instr(pages, ?)", (quoted,))
        return next((str(name) for name, pages in rows if path in _texts(pages)), None)

    def readers(self, keys: Iterable[str]) -> set[str]:
        """Names of the units that read any of these keys (and perhaps a few that did not)."""
        numbers: set[int] = set()
        for key in keys:
            (mark,) = marked([key])
            pairs = self._bucket(mark % BUCKETS) + self._readers.get(mark % BUCKETS, array("I"))
            marks = pairs[::2]
            at = -1
            with suppress(ValueError):
                while True:
                    at = marks.index(mark, at + 1)
                    numbers.add(pairs[2 * at + 1])
        return {name for number in sorted(numbers) if (name := self._name(number)) is not None}

    def _name(self, number: int) -> str | None:
        row = self._opened.execute("SELECT name FROM unit WHERE number = ?", (number,)).fetchone()
        return str(row[0]) if row else None

    def _bucket(self, bucket: int) -> array[int]:
        row = self._opened.execute("SELECT pairs FROM reader WHERE bucket = ?", (bucket,)).fetchone()
        pairs: array[int] = array("I")
        if row and len(row[0]) % (2 * pairs.itemsize) == 0:
            pairs.frombytes(row[0])
        return pairs

    def _keep_readers(self) -> None:
        rows = []
        for bucket, pairs in self._readers.items():
            new = pairs.tobytes()
            if not self.is_new:
                known, width = self._bucket(bucket).tobytes(), 2 * pairs.itemsize
                more = {new[at : at + width] for at in range(0, len(new), width)}
                new = b"".join(pair for pair in sorted(more) if not _is_among(pair, known))
                if not new:
                    continue
                new = known + new
            rows.append((bucket, new))
        self._opened.executemany("INSERT OR REPLACE INTO reader VALUES (?, ?)", rows)
        if not self.is_new:
            self._readers.clear()

    # How the output was left.

    def leave(
        self,
        files: Iterable[tuple[str, int, int]],
        gone: Iterable[str],
        branches: Mapping[str, int],
        anew: bool = True,
    ) -> None:
        """Note files of the output, those that are gone from it, and its folders that hold folders: all, or those that
        are no longer as they were. One without a time is gone."""
        run = self._opened.executemany
        run("DELETE FROM stood WHERE path = ?", ((path,) for path in gone))
        run("INSERT OR REPLACE INTO stood VALUES (?, ?, ?)", files)
        if anew:
            self._opened.execute("DELETE FROM branch")
        run("INSERT OR REPLACE INTO branch VALUES (?, ?)", branches.items())
        self._opened.execute("DELETE FROM branch WHERE time = 0")

    def left(self) -> tuple[list[tuple[str, int, int]], list[tuple[str, int]]]:
        """Files of the output as they were left, and its folders that hold folders."""
        return self._opened.execute("SELECT path, size, time FROM stood").fetchall(), self.branches()

    def branches(self) -> list[tuple[str, int]]:
        return self._opened.execute("SELECT path, time FROM branch").fetchall()

    # Lines.

    def lines(self, name: str) -> Iterator[str]:
        """What stands in a list, in order."""
        self._put_in_order()
        rows = self._opened.execute("SELECT told FROM line WHERE list = ? ORDER BY place", (name,))
        return (told for (told,) in rows)

    def places(self, name: str) -> Iterator[str]:
        """The places of a list, in order: they stand together in the memory, as lines do not."""
        self._put_in_order()
        return (
            place for (place,) in self._opened.execute("SELECT place FROM line WHERE list = ? ORDER BY place", (name,))
        )

    def bytes_of(self, name: str) -> Iterator[bytes]:
        """The same as bytes, for files that are joined of them."""
        self._put_in_order()
        rows = self._opened.execute("SELECT CAST(told AS BLOB) FROM line WHERE list = ? ORDER BY place", (name,))
        return (told for (told,) in rows)

    def lists(self, beginning: str) -> dict[str, int]:
        """Lists whose names begin so, in order, with how many lines each has."""
        self._put_in_order()
        rows = self._opened.execute(
            "SELECT list, lines FROM length WHERE list >= ? AND list < ? AND lines > 0 ORDER BY list",
            (beginning, beginning + "\uffff"),
        )
        return dict(rows)


def _connected(path: str) -> sqlite3.Connection:
    # It can be made again at any time: no waiting for the disk. A preview begins in one thread and goes on in another.
    opened = sqlite3.connect(path, cached_statements=256, check_same_thread=False)
    opened.execute("PRAGMA synchronous = OFF")
    opened.execute("PRAGMA trusted_schema = OFF")
    opened.execute("PRAGMA cell_size_check = ON")
    return opened


def _is_among(pair: bytes, pairs: bytes) -> bool:
    at = pairs.find(pair)
    while at > 0 and at % len(pair):  # found across two of them
        at = pairs.find(pair, at + 1)
    return at >= 0


def _said(told: str) -> list[Said]:
    return [tuple(each) if isinstance(each, list) else each for each in json.loads(told)]


def _texts(told: Any) -> list[str]:
    found = json.loads(told)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def marked(keys: Iterable[str]) -> Marks:
    """Keys as the numbers that are kept of them: a set of keys takes twenty times the room."""
    return array("I", [crc32(key.encode()) for key in keys])


def beside(output: Path) -> Path:
    """Where the memory of the builds into `output` lies."""
    place = output.absolute()
    return place.with_name(f".{place.name}.memory")


def sign_of(found: os.stat_result) -> str:
    """How a file looks from outside: size, both times, number. Every write changes it, whoever sets times back."""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
