"""Records to register: ids unique, references resolved, and the way back from everything that is referred to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from dossier.addresses import IN_PLACE, SECTIONS, Addresses
from dossier.document import Place, Span
from dossier.frozen import dataclass
from dossier.model import COLLECTIONS, Claim, Company, ContentPage, Part, Record, Search, Site, Source
from dossier.nearest import did_you_mean, nearest
from dossier.origins import Lineage, standing
from dossier.pointers import WAYS, Keys, Pointers, pointers, ways_back
from dossier.problems import Problem
from dossier.register import Backlink, Fall, Records, Register, Standing
from dossier.shape import BAD_VALUE, DANGLING, DOUBLED_ID
from dossier.shelf import Made, Shelf, note
from dossier.values import ID, Ref

_COLLECTION_OF = {cls: name for name, cls in COLLECTIONS.items()}
SHORTEST = 3
"""Names this short are no misspelling of one another: `ap`, `cp`, `afp`."""
MOST_HINTS = 100
"""Dangling references that are compared with every id to say which was meant."""
MOST_BELOW = 200
"""Sources below one that the question "what falls if it falls" is asked through: no honest lineage has more."""


class Ids:
    """Which ids there are. `collection_of` says where one belongs, `of` names all of some collections, `file_of` which
    file one stands in."""

    def __init__(
        self,
        collection_of: Callable[[str], str | None],
        of: Callable[[tuple[str, ...]], Iterable[str]],
        lost: frozenset[str] = frozenset(),
        file_of: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._collection_of = collection_of
        self._of = of
        self.lost = lost
        self.file_of = file_of
        self.dangling = 0
        self._known: dict[Ref, frozenset[str]] = {}

    def collection_of(self, name: str) -> str | None:
        note(name)
        return self._collection_of(name)

    def known(self, ref: Ref) -> frozenset[str]:
        """The words a reference may be."""
        collections = (*COLLECTIONS, "legal_entities") if "*" in ref.collections else ref.collections
        for name in collections:
            note("*" + name)
        if ref not in self._known:
            self._known[ref] = frozenset((*self._of(tuple(collections)), *ref.also))
        return self._known[ref]

    def looks_misspelt(self, name: str, ref: Ref) -> bool:
        """Whether a name has the shape of an id and is near one: two spellings of a publisher would be two origins."""
        return len(name) > SHORTEST and ID.fits(name) and nearest(name, self.known(ref)) is not None

    def fault(self, name: str, ref: Ref) -> tuple[str, str] | None:
        """What is wrong where `name` stands for a record, and what was meant; None where it leads to one."""
        collection = self.collection_of(name)
        if name in ref.also or collection in ref.collections or (collection and "*" in ref.collections):
            return None
        if name in self.lost:
            return None
        wanted = " or ".join(_singular(c) for c in ref.collections) if "*" not in ref.collections else "record"
        if collection:
            article = "an" if wanted[0] in "aeiou" else "a"
            message = f"'{name[:80]}' is in {collection}, and {article} {wanted} belongs here"
        else:
            message = f"there is no {wanted} '{name[:80]}'"
        self.dangling += 1
        return message, did_you_mean(name, self.known(ref)) if self.dangling <= MOST_HINTS else ""


def _singular(collection: str) -> str:
    return {"companies": "company", "agencies": "agency", "legal_entities": "legal entity"}.get(
        collection, collection.removesuffix("s")
    )


_SOURCES = Ref(("sources",))
_COMPANIES = Ref(("companies",))


def unresolved(
    parts: Iterable[tuple[Part, Pointers]], abouts: Iterable[tuple[str, Span]], ids: Ids
) -> Iterator[Problem]:
    """Every reference that leads nowhere, of the records and pages of a file (or of several)."""
    abouts = tuple(abouts)
    for name, span in abouts:
        if fault := ids.fault(name, _COMPANIES):
            yield DANGLING.at(span, *fault)
    for part, pointed in parts:
        for name, ref, keys in pointed.references:
            if ref.or_text and (ids.collection_of(name) or not ids.looks_misspelt(name, ref)):
                continue
            if fault := ids.fault(name, ref):
                given = keys == ("company",) and part.place.at("company").node is part.place.node
                if not (given and abouts):  # `about` was named above
                    yield DANGLING.at(part.place.span(*keys), *fault)
        for name, typed, keys in pointed.marks:
            if fault := ids.fault(name, _SOURCES):
                at = keys if keys[0] != "body" else ("body",)
                yield DANGLING.at(part.place.span_of(typed, *at), *fault)


_Used = Record | tuple[Company, int]
"""Who uses an id: a record, or the legal entity of this number of a company."""


def _where(used: _Used) -> tuple[str, Place, Keys]:
    """The collection that an id is of, and where it is typed."""
    if isinstance(used, tuple):
        company, index = used
        return "legal_entities", company.place, ("legal_entities", index, "id")
    return _COLLECTION_OF[type(used)], used.place, ("id",)


@dataclass(frozen=True, slots=True)
class Linked:
    """A register; which ids there are; and ids used twice."""

    register: Register | None
    ids: Ids
    problems: tuple[Problem, ...]


def link(records: Records) -> tuple[Register | None, tuple[Problem, ...]]:
    """The register, or None where there is no site file to stand on; and every reference that leads nowhere.

    A record whose references fail stays in the register without what they named, so that later rules still see it.
    """
    linked = linked_up(records)
    parts: list[Part] = [each for name in COLLECTIONS for each in getattr(records, name)]
    parts += records.content
    found = unresolved(((part, pointers(part)) for part in parts), records.abouts, linked.ids)
    return linked.register, (*linked.problems, *found)


def nameless(path: str, collection: str, number: int) -> str:
    """What a record without an id is called: by its file, and its number among those there."""
    return f"{path}#{collection}/{number}"


def linked_up(records: Records) -> Linked:
    """Records on their shelves, with the ways back; references are not looked at."""
    problems: list[Problem] = []
    taken: dict[str, _Used] = {}

    def take(identity: str, used: _Used) -> bool:
        """Note the id as used; false where it was used before."""
        if identity not in taken:
            taken[identity] = used
            return True
        (other, first, there), (collection, place, keys) = _where(taken[identity]), _where(used)
        what = "" if other == collection else f" in {other}"
        said = f"the id '{identity}' is taken already{what}"
        problems.append(DOUBLED_ID.at(place.span(*keys), said, also=[(first.span(*there), "first used here")]))
        return False

    held: dict[str, dict[str, Any]] = {name: {} for name in (*COLLECTIONS, "legal_entities")}
    for name in COLLECTIONS:
        met: Counter[str] = Counter()
        for record in getattr(records, name):
            if record.id is None or take(record.id, record):
                path = record.place.document.path
                own = record.id or nameless(path, name, met[path])
                met[path] += record.id is None
                held[name][own] = record
        if name == "companies":
            for company in records.companies:
                for index, entity in enumerate(company.legal_entities):
                    if take(entity.id, (company, index)):
                        held["legal_entities"][entity.id] = entity

    def of(collections: tuple[str, ...]) -> Iterable[str]:
        return (name for name in taken if _where(taken[name])[0] in collections)

    def file_of(name: str) -> str | None:
        if name in taken:
            return _where(taken[name])[1].document.path
        path, numbered, _ = name.partition("#")
        return path if numbered else None

    ids = Ids(lambda name: _where(taken[name])[0] if name in taken else None, of, records.lost, file_of)
    if records.site is None:
        return Linked(None, ids, tuple(problems))
    problems += address_problems(records.site.languages, records.content)
    shelves = {name: Shelf(name, found, by_id=True) for name, found in held.items()}
    backs: dict[str, dict[str, Any]] = {name: {} for name in WAYS}
    named = chain.from_iterable(held[name].items() for name in COLLECTIONS)
    pages = ((f"content/{page.name}", page) for page in records.content)
    part: Part
    for own, part in chain(named, pages):
        alone = (own,)
        for shelf, key, told in ways_back(part, own, pointers(part)):
            found = backs[shelf]
            if shelf == "backlinks":
                found.setdefault(key, []).append(Backlink(*told))
            elif shelf == "look_alikes":  # of many spellings, nearly all are one company's
                found[key] = (*found[key], own) if key in found else alone
            elif shelf != "typed_at":  # which every claim and source knows
                found.setdefault(key, []).append(told)
    searches = shelves.pop("searches")
    by_id = {name: record for each in COLLECTIONS if each != "searches" for name, record in held[each].items()}
    every = Shelf("records", by_id, by_id=True)
    for name, found in backs.items():
        for key, said in found.items():
            found[key] = stood(name, said, every.get, searches.get)
    ways = {name: Shelf(name, found) for name, found in backs.items()}
    ways["typed_at"] = Shelf("typed_at", {}, partial(_typed_at, by_id), lambda: [*held["claims"], *held["sources"]])
    register = register_of(records.site, shelves, every, tuple(searches.values()), records.content, ways, records.lost)
    return Linked(register, ids, tuple(problems))


def _typed_at(records: Mapping[str, Record], name: str) -> tuple[str, int] | None:
    record = records.get(name)
    return (record.place.document.path, record.place.line) if isinstance(record, (Claim, Source)) else None


def stood(way: str, told: list[Any], record: Callable[[str], Any], search: Callable[[str], Search | None]) -> Any:
    """What a shelf that leads back holds under one key, from what records said of themselves, in order."""
    if way == "backlinks":
        return tuple(dict.fromkeys(each if isinstance(each, Backlink) else Backlink(*each) for each in told))
    if way in ("derived", "answering", "look_alikes", "identified", "page_languages", "page_texts"):
        return tuple(told)
    if way == "typed_at":
        return told[0]
    if way == "publishers_by_name":
        return record(told[0])
    find = search if way == "searches_of" else record
    return tuple(found for each in told if (found := find(each)) is not None)


def register_of(
    site: Site,
    shelves: Mapping[str, Any],
    records: Shelf[Record],
    searches: tuple[Search, ...],
    content: tuple[ContentPage, ...],
    ways: Mapping[str, Any],
    lost: frozenset[str] = frozenset(),
) -> Register:
    """A register of these shelves, with what is computed of a claim made when it is asked for."""
    claims: Mapping[str, Claim] = shelves["claims"]
    lineage = Lineage(shelves["sources"], shelves["publishers"], ways["publishers_by_name"])
    stands: Made[Standing] = Made("standing", partial(_standing, shelves, lineage), lambda: claims)
    falls: Made[tuple[Fall, ...]] = Made("falls", partial(_falls, shelves, ways, lineage), lambda: shelves["sources"])
    register = Register(
        site=site, **shelves, searches=searches, content=content, records=records, lost=lost, **ways,
        standing=stands, falls=falls, ends=lineage.ends_of,
        cited=Made("cited", lambda source: register.counting(source), lambda: shelves["sources"]),
    )  # fmt: skip
    return register


def _standing(shelves: Mapping[str, Any], lineage: Lineage, name: str, without: str = "") -> Standing | None:
    claim: Claim | None = shelves["claims"].get(name)
    if claim is None:
        return None
    replies = tuple(reply for each in claim.reply if (reply := shelves["responses"].get(each)) is not None)
    company: Company | None = shelves["companies"].get(claim.company)
    return standing(claim, company, replies, lineage, shelves["sources"], without)


def _falls(
    shelves: Mapping[str, Any], ways: Mapping[str, Any], lineage: Lineage, source: str
) -> tuple[Fall, ...] | None:
    """The live claims that rest on a source, straight or through what derives from it, and how each would stand
    without it; None where there are none."""
    below = [source]
    met = {source}
    for each in below:
        new = [child for child in ways["derived"].get(each, ()) if child not in met]
        met.update(new)
        below += new
        if len(below) >= MOST_BELOW:
            break
    links = [link for each in below for link in ways["backlinks"].get(each, ()) if link.intent == "supports"]
    found = []
    for name in sorted({link.record for link in links}):
        claim: Claim | None = shelves["claims"].get(name)
        if claim is not None and claim.withdrawn is None:
            found.append(Fall(name, _standing(shelves, lineage, name, source)))  # type: ignore[arg-type]
    return tuple(found) or None


def address_problems(languages: tuple[str, ...], content: tuple[ContentPage, ...]) -> Iterator[Problem]:
    """Content pages whose address is another page's already."""
    addresses = Addresses(languages[0], {(page.name, page.language): page.slug for page in content if page.slug})
    taken = {addresses.page(code, *section) for code in languages for section in ((), *((name,) for name in SECTIONS))}
    for page in content:
        if page.name in IN_PLACE:
            continue
        path = addresses.page(page.language, page.name)
        if path in taken:
            address = path.removesuffix("index.html")
            yield BAD_VALUE.at(
                page.place.span("slug"),
                f"/{address} is the address of another page already",
                "Give the page another name, or another 'slug'.",
            )
        taken.add(path)
