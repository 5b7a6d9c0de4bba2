"""A register as one file sees it: what is gone through is the file's own, what is looked up is anywhere.

Part of `checks`. A rule goes through the records it judges and looks up what it needs to judge them, by id or by a way
back; so all findings of a dossier are those of its files together, and a file can be judged by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from dossier.checks.walk import Walk
from dossier.frozen import dataclass, field, fields
from dossier.model import COLLECTIONS, Part, Record, Search
from dossier.register import Records, Register

V = TypeVar("V")
RECORDS = tuple(name for name in COLLECTIONS if name != "searches")


class Own(Mapping[str, V]):
    """A mapping that goes through what one file holds, and finds whatever the `whole` one holds."""

    __slots__ = ("get", "own", "whole")

    def __init__(self, own: dict[str, V], whole: Mapping[str, V]) -> None:
        self.own, self.whole = own, whole
        self.get = whole.get  # type: ignore[method-assign]  # rules look up more than they do anything else

    def __getitem__(self, key: str) -> V:
        return self.whole[key]

    def __contains__(self, key: object) -> bool:
        return key in self.whole

    def __iter__(self) -> Iterator[str]:
        return iter(self.own)

    def __len__(self) -> int:
        return len(self.own)

    def values(self) -> Any:
        return self.own.values()

    def items(self) -> Any:
        return self.own.items()


@dataclass(frozen=True, slots=True, eq=False)
class Within(Register):
    """A register as one file sees it. `walk` is what there is to judge, `abouts` what files say they are about."""

    walk: Walk = field(kw_only=True)
    abouts: Mapping[str, str] = field(kw_only=True)


_OWN = (*RECORDS, "records", "legal_entities", "searches", "content")
_SHARED = tuple(each.name for each in fields(Register) if each.name not in _OWN)


def within(register: Register, mine: Records) -> Within:
    """The register as the file sees it that holds `mine`; of records of one id it holds the one the register has."""
    seen: dict[str, Any] = {name: getattr(register, name) for name in _SHARED}
    records: dict[str, Record] = {}
    find = register.records.get
    for name in RECORDS:
        own: dict[str, Record] = {}
        for record in getattr(mine, name):
            found = find(record.id)
            if found is record or _is(record, found):
                own[record.id] = records[record.id] = record
        seen[name] = Own(own, getattr(register, name))
    searches = tuple(search for search in mine.searches if search.id is None or _is(search, _found(search, register)))
    entities = {entity.id: entity for company in mine.companies for entity in company.legal_entities}
    return Within(
        **seen,
        records=Own(records, register.records),
        legal_entities=Own(entities, register.legal_entities),
        searches=searches,
        content=mine.content,
        walk=Walk((*(() if mine.site is None else (mine.site,)), *records.values(), *searches, *mine.content)),
        abouts={span.file: about for about, span in mine.abouts},
    )


def _found(search: Search, register: Register) -> Search | None:
    return next((each for each in register.searches_of.get(search.company or "", ()) if each.id == search.id), None)


def _is(part: Part, found: Part | None) -> bool:
    """Whether the one found is the same. Where its file was read again, it is another object."""
    if found is None or found is part:
        return found is not None
    return found.place.document is not part.place.document and found.place.document.path == part.place.document.path
