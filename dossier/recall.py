"""Records from memory: a register that finds what it is asked for, where the memory says it stands.

Part of the pipeline's way to redo only what an edit touches. A file is read again when a record in it is first needed;
in a preview the records of the whole dossier are still at hand, and just the changed ones are let go.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from typing import Any, TypeAlias

from dossier.document import Document
from dossier.frozen import replace
from dossier.link import nameless, register_of, stood
from dossier.memory import Memory, Stood
from dossier.model import COLLECTIONS, Company, ContentPage, Part, Record, Search, Site
from dossier.pointers import WAYS, Said, pointers, ways_back
from dossier.register import Records, Register
from dossier.shelf import Made, Shelf

KEPT = tuple(name for name in COLLECTIONS if name != "searches")
Row = tuple[str, str, str, int]
Digests: TypeAlias = "array[int]"
Way = tuple[str, str, str, list[Said]]


def place_of(path: str) -> str:
    """A file's place among all: the order in which files are read, as a string that sorts."""
    *folders, name = path.split("/")
    first = "" if path == "data/site.yaml" else "content" if folders[:1] == ["content"] else "data"
    return (
        {"": "0", "data": "1", "content": "2"}[first] + "".join(f"\x021{each}" for each in folders[1:]) + f"\x020{name}"
    )


def named(records: Records, path: str) -> Iterator[tuple[str, str, int, Part]]:
    """The records of one file: collection, name, number in the collection, record."""
    for collection in COLLECTIONS:
        number = 0
        for index, record in enumerate(getattr(records, collection)):
            identity = record.id
            if identity is None:
                identity, number = nameless(path, collection, number), number + 1
            yield collection, identity, index, record
    for page in records.content:
        yield "content", f"content/{page.name}.{page.language}", 0, page


def marks_of(document: Document, records: Records) -> Digests:
    """A digest of the lines that each record of a file is typed in, with what the file says for all of them, in the
    order of `named`. To be asked for before the document forgets."""
    lines = document.lines()
    about = " ".join(name for name, _ in records.abouts).encode()[:64]
    marks: Digests = array("q")
    for _, _, _, record in named(records, document.path):
        node = record.place.node
        # A block ends where the next begins: one line more than its own does no harm.
        typed = "\n".join(lines[node.start[0] - 1 : node.end[0]]).encode("utf-8", "surrogatepass")
        marks.append(int.from_bytes(blake2b(typed, digest_size=8, key=about).digest(), signed=True))
    return marks


def rows_of(records: Records, path: str, marks: Digests) -> tuple[list[Row], list[Way]]:
    """What the memory keeps of a file: its records, and what they add to the shelves that lead back."""
    file = place_of(path)
    rows: list[Row] = []
    ways: dict[tuple[str, str, str], list[Said]] = {}
    ranks = {name: f"{rank:02}" for rank, name in enumerate((*COLLECTIONS, "content"))}
    for (collection, name, index, record), mark in zip(named(records, path), marks, strict=True):
        rank = ranks[collection]
        rows.append((name, collection, f"{rank}{file}\x01{index:06}", mark))
        if isinstance(record, Company):
            rows += [
                (entity.id, "legal_entities", f"{rank}{file}\x01{index:06}/{number}", mark)
                for number, entity in enumerate(record.legal_entities)
            ]
        for shelf, key, told in ways_back(record, name, pointers(record)):
            ways.setdefault((shelf, key, rank + file), []).append(told)
    return rows, [(shelf, key, place, told) for (shelf, key, place), told in ways.items()]


class Recall:
    """Finds records by name. `one` gives the record of a file by its collection and number there."""

    def __init__(self, memory: Memory, one: Callable[[str, str, int], Part | None]) -> None:
        self.memory = memory
        self._one = one

    def find(self, collection: str | None, name: str) -> Any:
        """The record called `name`, where it is of `collection` (or of any)."""
        where = self.memory.record(name)
        if where is None or (collection is not None and where.collection != collection):
            return None
        if collection is None and where.collection not in KEPT:
            return None
        return self.at(where)

    def at(self, where: Stood) -> Any:
        number = where.place.rpartition("\x01")[2]
        if where.collection == "legal_entities":
            company, _, entity = number.partition("/")
            owner: Any = self._one(where.file, "companies", int(company))
            return owner.legal_entities[int(entity)]
        return self._one(where.file, where.collection, int(number))

    def _back(self, way: str, key: str) -> Any:
        told = self.memory.told(way, key)
        return stood(way, told, partial(self.find, None), self._search) if told else None

    def _search(self, name: str) -> Search | None:
        found: Search | None = self.find("searches", name)
        return found

    def content(self) -> tuple[ContentPage, ...]:
        """All prose pages, in the order of their files."""
        found = (self.memory.record(name) for name in self.memory.names("content"))
        return tuple(self.at(where) for where in found if where)

    def register(self, site: Site) -> Register:
        """A register with nothing on its shelves yet."""
        shelves: dict[str, Any] = {
            name: Shelf(name, {}, partial(self.find, name), partial(self.memory.names, name), by_id=True)
            for name in (*KEPT, "legal_entities")
        }
        ways = {name: Shelf(name, {}, partial(self._back, name), partial(self.memory.keys, name)) for name in WAYS}
        records: Shelf[Record] = Shelf("records", {}, partial(self.find, None), self._every, by_id=True)
        return register_of(site, shelves, records, (), self.content(), ways)

    def _every(self) -> Iterable[str]:
        return (name for collection in KEPT for name in self.memory.names(collection))

    def renewed(self, register: Register, names: Iterable[str], keys: Iterable[tuple[str, str]]) -> Register:
        """A register that was at hand, without the records and the ways back that are no longer what they were."""
        names, keys = set(names), set(keys)
        for name in (*KEPT, "legal_entities"):
            shelf: Shelf[Any] = getattr(register, name)
            shelf.renew(names, partial(self.find, name), partial(self.memory.names, name))
        every: Any = register.records
        every.renew(names, partial(self.find, None), self._every)
        for way in WAYS:
            back: Shelf[Any] = getattr(register, way)
            stale = [key for shelf, key in keys if shelf == way]
            back.renew(stale, partial(self._back, way), partial(self.memory.keys, way))
        for made in register.computed:
            assert isinstance(made, Made)
            made.forget()
        return replace(register, searches=(), content=self.content())
