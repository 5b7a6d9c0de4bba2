"""Records to register: ids unique, references resolved, and the way back from everything that is referred to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from dossier.addresses import IN_PLACE, SECTIONS, Addresses
from dossier.document import Place, Span
from dossier.model import COLLECTIONS, Citation, Claim, ContentPage, Part, Record, Source
from dossier.nearest import did_you_mean, nearest
from dossier.origins import Lineage, standing
from dossier.problems import Problem
from dossier.register import UNKNOWN, Backlink, Fall, Records, Register, Standing
from dossier.shape import BAD_VALUE, DANGLING, DOUBLED_ID
from dossier.values import ID, Prose, Ref, Text

Keys = tuple[str | int, ...]

SHORTEST = 3
"""Names this short are no misspelling of one another: `ap`, `cp`, `afp`."""
MOST_HINTS = 100
"""Dangling references that are compared with every id to say which was meant."""
MOST_ABOVE = 200
"""Sources above one claim that the question "what falls if it falls" is asked of: no honest lineage has more."""


@cache
def _fields_of(cls: type[Any]) -> tuple[tuple[str, Ref | None], ...]:
    """The fields of a record that can hold references, each with what its ids may name."""
    hints = get_type_hints(cls, include_extras=True)
    return tuple((each.name, _ref_in(hints[each.name])) for each in fields(cls) if each.name != "place")


def _ref_in(annotation: Any) -> Ref | None:
    if get_origin(annotation) is Annotated:
        for extra in get_args(annotation)[1:]:
            if isinstance(extra, Ref):
                return extra
    for part in get_args(annotation):
        if (found := _ref_in(part)) is not None:
            return found
    return None


def references(part: Part, keys: Keys = ()) -> Iterator[tuple[str, Ref, Keys]]:
    """Every id a record names in its keys: the id, what it may name, and the keys that lead to it."""
    for name, ref in _fields_of(type(part)):  # type: ignore[arg-type]  # mypy on frozen classes as keys
        value = getattr(part, name)
        if value is None or isinstance(value, (Text, Prose)):
            continue
        for at, item in _items(value, (*keys, name)):
            if isinstance(item, Part):
                yield from references(item, at)
            elif ref is not None and isinstance(item, str):
                yield item, ref, at


def _items(value: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, tuple):
        yield from (((*keys, index), item) for index, item in enumerate(value))
    else:
        yield keys, value


def marks(part: Part, keys: Keys = ()) -> Iterator[tuple[str, str, Keys]]:
    """Every citation in a record's prose: the source's id, what was typed, and the keys of the text it stands in."""
    for each in fields(part):
        value = getattr(part, each.name)
        for at, item in _items(value, (*keys, each.name)):
            if isinstance(item, Part):
                yield from marks(item, at)
            elif isinstance(item, Prose):
                for code, passage in item:
                    for mark in passage.marks:
                        yield mark.source, mark.typed, (*at, code)


def citations(part: Part) -> Iterator[Citation]:
    """Every structured citation of a record, at any depth."""
    for each in fields(part):
        for _, item in _items(getattr(part, each.name), ()):
            if isinstance(item, Citation):
                yield item
            elif isinstance(item, Part):
                yield from citations(item)


class _Linking:
    """Ids taken, and findings, while records are linked."""

    def __init__(self, records: Records) -> None:
        self.given = records
        self.taken: dict[str, tuple[str, Span]] = {}
        self.problems: list[Problem] = []
        self.dangling = 0
        self._known: dict[Ref, frozenset[str]] = {}

    def take(self, collection: str, identity: str, place: Place, keys: Keys = ("id",)) -> bool:
        """Note the id as used; false where it was used before."""
        span = place.span(*keys)
        if identity in self.taken:
            other, first = self.taken[identity]
            what = "" if other == collection else f" in {other}"
            self.problems.append(
                DOUBLED_ID.at(span, f"the id '{identity}' is taken already{what}", also=[(first, "first used here")])
            )
            return False
        self.taken[identity] = (collection, span)
        return True

    def known(self, ref: Ref) -> frozenset[str]:
        """The words a reference may be, once all ids are taken."""
        if ref not in self._known:
            every = "*" in ref.collections
            ids = (name for name, (collection, _) in self.taken.items() if every or collection in ref.collections)
            self._known[ref] = frozenset((*ids, *ref.also))
        return self._known[ref]

    def looks_misspelt(self, name: str, ref: Ref) -> bool:
        """Whether a name has the shape of an id and is near one: two spellings of a publisher would be two origins."""
        return len(name) > SHORTEST and ID.fits(name) and nearest(name, self.known(ref)) is not None

    def resolve(self, name: str, ref: Ref, span: Span) -> bool:
        """Whether `name` is a record of the kind asked for, noting a finding where it is not."""
        collection = self.taken.get(name, ("",))[0]
        if name in ref.also or collection in ref.collections or (collection and "*" in ref.collections):
            return True
        if name in self.given.lost:
            return True
        wanted = " or ".join(_singular(c) for c in ref.collections) if "*" not in ref.collections else "record"
        if collection:
            article = "an" if wanted[0] in "aeiou" else "a"
            message = f"'{name[:80]}' is in {collection}, and {article} {wanted} belongs here"
        else:
            message = f"there is no {wanted} '{name[:80]}'"
        self.dangling += 1
        hint = did_you_mean(name, self.known(ref)) if self.dangling <= MOST_HINTS else ""
        self.problems.append(DANGLING.at(span, message, hint))
        return False


def _singular(collection: str) -> str:
    return {"companies": "company", "agencies": "agency", "legal_entities": "legal entity"}.get(
        collection, collection.removesuffix("s")
    )


def link(records: Records) -> tuple[Register | None, tuple[Problem, ...]]:
    """The register, or None where there is no site file to stand on; and every reference that leads nowhere.

    A record whose references fail stays in the register without what they named, so that later rules still see it.
    """
    linking = _Linking(records)
    by_collection: dict[str, dict[str, Record]] = {name: {} for name in COLLECTIONS}
    everything: dict[str, Record] = {}
    entities: dict[str, Any] = {}
    for name in COLLECTIONS:
        for record in getattr(records, name):
            identity: str | None = record.id
            if identity is None or not linking.take(name, identity, record.place):
                continue
            if isinstance(record, Record):
                by_collection[name][record.id] = record
                everything[record.id] = record
        if name == "companies":
            for company in records.companies:
                for index, entity in enumerate(company.legal_entities):
                    if linking.take("legal_entities", entity.id, company.place, ("legal_entities", index, "id")):
                        entities[entity.id] = entity
    company_ids = Ref(("companies",))
    good_abouts = {name for name, span in records.abouts if linking.resolve(name, company_ids, span)}
    whole = [record for name in COLLECTIONS for record in getattr(records, name)]
    for record in whole:
        typed_company = record.place.at("company").node is not record.place.node
        for name, ref, keys in references(record):
            if keys == ("company",) and not typed_company and (name in good_abouts or records.abouts):
                continue
            if ref.or_text and (name in linking.taken or not linking.looks_misspelt(name, ref)):
                continue
            linking.resolve(name, ref, record.place.span(*keys))
    source_ids = Ref(("sources",))
    for part in (*whole, *records.content):
        for name, typed, keys in marks(part):
            place = part.place
            linking.resolve(
                name, source_ids, place.span_of(typed, *keys) if keys[0] != "body" else place.span_of(typed, "body")
            )
    if records.site is None:
        return None, tuple(linking.problems)
    linking.problems += _address_problems(records.site.languages, records.content)
    register = _register(records, by_collection, everything, entities)
    return register, tuple(linking.problems)


def _address_problems(languages: tuple[str, ...], content: tuple[ContentPage, ...]) -> Iterator[Problem]:
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


def _register(
    records: Records, by_collection: dict[str, Any], everything: dict[str, Record], entities: dict[str, Any]
) -> Register:
    assert records.site is not None
    sources: dict[str, Source] = by_collection["sources"]
    claims: dict[str, Claim] = by_collection["claims"]
    claims_of: dict[str, list[Claim]] = {}
    for claim in claims.values():
        claims_of.setdefault(claim.company, []).append(claim)
    derived: dict[str, list[str]] = {}
    for source in sources.values():
        for parent in source.derived_from:
            if parent != UNKNOWN:
                derived.setdefault(parent, []).append(source.id)
    lineage = Lineage(sources, by_collection["publishers"])
    standings = {claim.id: _standing(claim, by_collection, lineage, sources) for claim in claims.values()}
    return Register(
        site=records.site,
        **{name: found for name, found in by_collection.items() if name != "searches"},
        legal_entities=entities,
        searches=records.searches,
        content=records.content,
        records=everything,
        publishers_by_name={words: p for p in reversed(records.publishers) for _, words in p.name},
        lost=records.lost,
        claims_of={company: tuple(found) for company, found in claims_of.items()},
        backlinks=_backlinks(records, everything),
        derived={parent: tuple(found) for parent, found in derived.items()},
        standing=standings,
        falls=_falls(by_collection, lineage, sources, standings),
        cycles=_cycles(sources),
    )


def _standing(
    claim: Claim, by_collection: dict[str, Any], lineage: Lineage, sources: dict[str, Source], without: str = ""
) -> Standing:
    replies = tuple(by_collection["responses"][r] for r in claim.reply if r in by_collection["responses"])
    return standing(claim, by_collection["companies"].get(claim.company), replies, lineage, sources, without)


def _backlinks(records: Records, everything: dict[str, Record]) -> dict[str, tuple[Backlink, ...]]:
    found: dict[str, list[Backlink]] = {}
    for record in everything.values():
        for citation in citations(record):
            found.setdefault(citation.source, []).append(Backlink(record.id, citation.quote, citation.intent))
        for source in dict.fromkeys(source for source, _, _ in marks(record)):
            found.setdefault(source, []).append(Backlink(record.id, None, "context"))
    for page in records.content:
        for source in dict.fromkeys(source for source, _, _ in marks(page)):
            found.setdefault(source, []).append(Backlink(f"content/{page.name}", None, "context"))
    return {source: tuple(dict.fromkeys(links)) for source, links in found.items()}


def _falls(
    by_collection: dict[str, Any], lineage: Lineage, sources: dict[str, Source], standings: dict[str, Standing]
) -> dict[str, tuple[Fall, ...]]:
    """For each source, the live claims that rest on it, and how each would stand without it."""
    fallen: dict[str, list[Fall]] = {}
    for name, claim in sorted(by_collection["claims"].items()):
        if standings[name].label == "withdrawn":
            continue
        reached = {citation.source for citation in claim.supports if citation.source in sources}
        left = list(reached)
        while left and len(reached) < MOST_ABOVE:
            parents = {p for p in sources[left.pop()].derived_from if p in sources} - reached
            reached |= parents
            left += parents
        for source in sorted(reached):
            fallen.setdefault(source, []).append(Fall(name, _standing(claim, by_collection, lineage, sources, source)))
    return {source: tuple(falls) for source, falls in fallen.items()}


def _cycles(sources: dict[str, Source]) -> tuple[tuple[str, ...], ...]:
    """Chains of derivation that lead back to their beginning, each once, from its first id in the alphabet."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()
    for start in sorted(sources):
        if start in done:
            continue
        path, on_path = [start], {start}
        walks = [iter(sources[start].derived_from)]
        while walks:
            parent = next((p for p in walks[-1] if p in sources and p not in done), None)
            if parent is None:
                walks.pop()
                on_path.discard(path[-1])
                done.add(path.pop())
            elif parent in on_path:
                chain = path[path.index(parent) :]
                first = chain.index(min(chain))
                found.setdefault(frozenset(chain), (*chain[first:], *chain[:first]))
            else:
                path.append(parent)
                on_path.add(parent)
                walks.append(iter(sources[parent].derived_from))
    return tuple(found.values())
