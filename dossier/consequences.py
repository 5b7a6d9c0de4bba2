"""What follows from a change: of claims that stand differently, of the pages, of the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import get_args

from dossier.difference import Deed, Grade, Revised, Side, findings, graded, revised
from dossier.frozen import dataclass, replace
from dossier.pipeline import examine
from dossier.plan import plan
from dossier.problems import Problem
from dossier.register import Label, Register

# Keys of a record that how a claim stands can come from.
_TELLING = {
    "claims": ("citations", "mode", "reply", "withdrawn"),
    "sources": ("derived_from", "wire", "role", "publisher", "publisher_of_record", "availability"),
    "responses": ("status", "position"),
    "publishers": ("owner", "name"),
    "companies": ("name", "aliases", "legal_entities"),
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """A claim that is on both sides and stands differently, and the records whose change that comes from."""

    claim: str
    before: Grade
    after: Grade
    causes: tuple[tuple[str, Deed], ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """Paths of pages that say something else, that are new, and that are gone."""

    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.changed) + len(self.added) + len(self.removed)


@dataclass(frozen=True, slots=True)
class Difference:
    """All of it. `counts` are names with the numbers before and after, `pages` is None where an error stands on one of
    the sides, `notes` are for people."""

    counts: tuple[tuple[str, int, int], ...]
    records: tuple[Revised, ...]
    consequences: tuple[Consequence, ...]
    new: tuple[Problem, ...]
    mended: tuple[Problem, ...]
    pages: Turned | None
    notes: tuple[str, ...] = ()


def side_of(root: Path, today: date) -> Side:
    """The dossier at `root`, as of a day; an empty one where there is no data."""
    if not (root / "data").is_dir():
        return Side(None)
    examined = examine(root, today)
    register = examined.register
    if register is None or not examined.stands:
        return Side(register, examined.problems)
    # Without the lines that pages link to: an edit above a record moves it, and that is no change to read.
    pages = plan(replace(register, typed_at={}), today)
    return Side(register, examined.problems, {page.frame.path: page for page in pages})


def difference(before: Side, after: Side, notes: Iterable[str] = ()) -> Difference:
    """What became of a dossier from one state to the other."""
    records = revised(before, after)
    new, mended = findings(before, after)
    follows = tuple(_consequences(before.register, after.register, records))
    return Difference(
        tuple(_counted(before, after)), records, follows, new, mended, _turned(before, after), tuple(notes)
    )


def _consequences(
    before: Register | None, after: Register | None, records: tuple[Revised, ...]
) -> Iterator[Consequence]:
    if before is None or after is None:
        return
    deeds = {each.id: each.deed for each in records if _tells(each)}
    for name in sorted(before.claims.keys() & after.claims.keys()):
        old, new = graded(before, name), graded(after, name)
        if old and new and old != new:
            behind = {each for register in (before, after) for each in _behind(register, name)}
            causes = tuple((each, deeds[each]) for each in sorted(behind) if each in deeds)
            yield Consequence(name, old, new, causes)


def _tells(record: Revised) -> bool:
    telling = _TELLING.get(record.collection, ())
    return bool(telling) and (record.deed != "changed" or any(edit.key in telling for edit in record.edits))


def _behind(register: Register, claim: str) -> Iterator[str]:
    """Ids of all that decides how a claim stands: itself, its replies, its company, its sources back to their origins,
    and who published them."""
    record = register.claims[claim]
    yield claim
    yield record.company
    yield from record.reply
    met, left = set[str](), [citation.source for citation in record.supports]
    while left:
        name = left.pop()
        if name in met:
            continue
        met.add(name)
        yield name
        source = register.sources.get(name)
        if source is None:
            continue
        left += source.derived_from
        for maker in filter(None, (source.publisher, source.publisher_of_record, source.wire)):
            owners = set[str]()
            while maker and (publisher := register.publisher(maker)) and publisher.id not in owners:
                owners.add(publisher.id)
                maker = publisher.owner or ""
            yield from owners


def _turned(before: Side, after: Side) -> Turned | None:
    if before.pages is None or after.pages is None:
        return None
    old, new = before.pages, after.pages
    return Turned(
        tuple(sorted(path for path in old.keys() & new.keys() if old[path] != new[path])),
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
    )


def _counted(before: Side, after: Side) -> Iterator[tuple[str, int, int]]:
    """What each side holds: records, links, origins and labels of the claims that stand."""
    one, other = _numbers(before.register), _numbers(after.register)
    yield from ((name, one.get(name, 0), other.get(name, 0)) for name in dict.fromkeys((*other, *one)))
    for severity in ("error", "warning"):
        numbers = [sum(each.severity == severity for each in side.problems) for side in (before, after)]
        yield f"{severity}s", numbers[0], numbers[1]


def _numbers(register: Register | None) -> Mapping[str, int]:
    if register is None:
        return {}
    live = [register.standing[each.id] for each in register.claims.values() if not each.withdrawn]
    found = {
        "companies": len(register.companies),
        "claims": len(live),
        "claims withdrawn": len(register.claims) - len(live),
        "sources": len(register.sources),
        "links": sum(each.links for each in live),
        "origins": len({origin.key for each in live for origin in each.origins}),
        "replies": len(register.responses),
        "demands": len(register.demands),
        "events": len(register.events),
        "corrections": len(register.corrections),
    }
    labels = [word for word in get_args(Label) if word != "withdrawn"]
    return found | {f"{word} claims": sum(each.label == word for each in live) for word in labels}
