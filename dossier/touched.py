"""What an edit touches: the difference between what files held and what they hold now, as keys of what was read."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.frozen import dataclass, field
from dossier.memory import Memory, Stood
from dossier.pointers import Said
from dossier.recall import place_of, rows_of
from dossier.reread import Reread, Unusual


@dataclass(slots=True)
class Touched:
    """`keys` are those of shelves that are no longer what they were, `ways` all ways back of the files, `names` all
    their records, `new` and `gone` units of companies and sources; `turned` the ids that came or went."""

    keys: set[str]
    ways: set[tuple[str, str]]
    names: set[str]
    turned: set[str]
    new: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


def touched(memory: Memory, files: Reread, signs: Mapping[str, str], changed: list[str], gone: list[str]) -> Touched:
    """Note in the memory what the files `changed` (with their `signs`) and `gone` hold now, and tell the difference.
    Raises `Unusual` where an id moved to another collection."""
    old_rows: dict[str, Stood] = {}
    old_ways: dict[tuple[str, str, str], list[Said]] = {}
    for path in (*changed, *gone):
        rows, ways = memory.drop_file(path)
        old_rows.update(rows)
        old_ways.update(ways)
    files.forget((*changed, *gone))
    new_rows: dict[str, int] = {}
    collections: dict[str, str] = {name: stood.collection for name, stood in old_rows.items()}
    new_ways: dict[tuple[str, str, str], list[Said]] = {}
    for path in changed:
        share = files.share(path)
        rows_, ways_ = rows_of(share, path, files.marks[path])
        memory.take_file(path, place_of(path), signs[path], rows_, ways_)
        for name, collection, _, mark in rows_:
            if collections.get(name, collection) != collection:
                raise Unusual
            new_rows[name], collections[name] = mark, collection
        new_ways.update({(shelf, key, place): said for shelf, key, place, said in ways_})
    found = Touched(
        {f"@{path}" for path in (*changed, *gone)},
        {(shelf, key) for shelf, key, _ in (*old_ways, *new_ways)},
        set(collections),
        set(old_rows.keys() ^ new_rows.keys()),
    )
    altered = {
        name
        for name in old_rows.keys() | new_rows.keys()
        if name not in old_rows or old_rows[name].digest != new_rows.get(name)
    }
    for name in altered:
        found.keys |= {name, f"*{collections[name]}", "*records"}
    # A shelf that leads back to a record hands out the record: who looked there has read it.
    for way in old_ways.keys() | new_ways.keys():
        told = old_ways.get(way)
        if told != new_ways.get(way) or not altered.isdisjoint(told or ()):
            found.keys |= {f"{way[0]}={way[1]}", f"*{way[0]}"}
    if found.turned:
        found.keys.add("*ids")
    for name in found.turned:
        kind = {"companies": "company", "sources": "source"}.get(collections[name])
        if kind:
            (found.gone if name in old_rows else found.new).add(f"{kind}:{name}")
    return found
