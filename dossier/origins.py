"""Where information first came from, and the label that follows. Part of `link`.

Counting links is not counting sources: a wire story printed by nine papers is one origin, and so is one public
register behind any number of front ends. An origin is what is left when every supporting citation is followed through
`derived_from` to its end. The reader's page is `methodology`; the terms follow PROV-O (`wasDerivedFrom`).
"""

from __future__ import annotations

from collections.abc import Mapping

from dossier.model import Claim, Company, Publisher, Response, Source
from dossier.register import UNKNOWN, Label, Origin, OriginKind, Standing

OFFICIAL = "record"


class Lineage:
    """Derivations of all sources, followed once each.

    `without` leaves one source out, with all that is known only through it: the question "what falls if it falls".
    """

    def __init__(self, sources: Mapping[str, Source], publishers: Mapping[str, Publisher]) -> None:
        self._sources = sources
        self._publishers = publishers
        self._by_name = {words: p.id for p in publishers.values() for _, words in p.name}
        self._ends: dict[str, frozenset[str]] = {}

    def publisher_key(self, name: str) -> str:
        """One key for a publisher, whether a source names it by id or by any of its names."""
        return name if name in self._publishers else self._by_name.get(name, name.casefold())

    def publisher_name(self, key: str, fallback: str) -> str:
        publisher = self._publishers.get(key)
        return publisher.name.versions[0][1] if publisher else fallback

    def owner_key(self, name: str) -> str:
        """The owner at the end of the chain of owners; the publisher itself where no owner is recorded."""
        key = self.publisher_key(name)
        seen = {key}
        while (publisher := self._publishers.get(key)) and publisher.owner:
            key = self.publisher_key(publisher.owner)
            if key in seen:
                break
            seen.add(key)
        return key

    def ends(self, source: str, without: str = "", path: frozenset[str] = frozenset()) -> frozenset[str]:
        """Ids of the sources at the end of every derivation of `source`; empty where the lineage is unknown."""
        if source == without or source in path or source not in self._sources:
            return frozenset()
        if not without and not path and source in self._ends:
            return self._ends[source]
        record = self._sources[source]
        if record.availability == "retracted":
            found: frozenset[str] = frozenset()
        elif record.derived_from:
            found = frozenset().union(*(
                self.ends(parent, without, path | {source}) for parent in record.derived_from if parent != UNKNOWN))
        else:
            found = frozenset({source})
        if not without and not path:
            self._ends[source] = found
        return found

    def origins(self, supports: tuple[str, ...], without: str = "") -> tuple[Origin, ...]:
        """The origins behind these sources, in the order first met.

        A publisher is one origin however many of its texts are cited. Publishers of one owner are one, unless each has
        reporting of its own.
        """
        met: dict[str, tuple[str, OriginKind, str, list[str]]] = {}
        for source in dict.fromkeys(supports):
            for end in sorted(self.ends(source, without)):
                key, name, kind, owner = self._origin_of(self._sources[end])
                met.setdefault(key, (name, kind, owner, []))[3].append(source)
        kept: dict[str, tuple[str, OriginKind, str, list[str]]] = {}
        for key, (name, kind, owner, through) in sorted(met.items(), key=lambda item: item[1][1] != "reporting"):
            family = next((k for k, v in kept.items() if v[2] == owner and (kind != "reporting" or v[1] != kind)), None)
            if family is None or kind == "record":
                kept[key] = (name, kind, owner, through)
            else:
                kept[family][3].extend(through)
        order = [key for key in met if key in kept]
        return tuple(Origin(key, kept[key][0], kept[key][1], tuple(dict.fromkeys(kept[key][3]))) for key in order)

    def _origin_of(self, source: Source) -> tuple[str, str, OriginKind, str]:
        """Key, name, kind and owner of the origin that a source at the end of a lineage is."""
        maker = source.publisher_of_record or source.publisher
        if source.wire and source.wire != UNKNOWN:
            maker = source.wire
        key = self.publisher_key(maker)
        name = self.publisher_name(key, maker)
        kind: OriginKind = "other"
        if source.role == OFFICIAL:
            kind = "record"
        elif source.role in ("reporting", "statement"):
            kind = "reporting" if source.role == "reporting" else "statement"
        return (f"{key}/record" if kind == "record" else key), name, kind, self.owner_key(maker)


def _is_own_word(source: Source, company: Company | None) -> bool:
    """Whether a source is the company's own statement."""
    if company is None or source.role != "statement":
        return False
    names = {company.id, company.name.casefold(), *(alias.casefold() for alias in company.aliases),
             *(entity.name.casefold() for entity in company.legal_entities)}
    maker = source.publisher_of_record or source.publisher
    return maker in names or maker.casefold() in names


def standing(claim: Claim, company: Company | None, replies: tuple[Response, ...], lineage: Lineage,
             sources: Mapping[str, Source], without: str = "") -> Standing:
    """Links, origins and label of a claim, as they would be `without` one source."""
    cited = tuple(dict.fromkeys(c.source for c in claim.supports if c.source in sources))
    left = tuple(source for source in cited if source != without)
    origins = lineage.origins(left, without)
    on_record = any(sources[s].role == OFFICIAL and sources[s].availability != "retracted" for s in left)
    disputed = any(reply.position == "disputes" for reply in replies)
    own_word = claim.mode == "acknowledged" or any(_is_own_word(sources[s], company) for s in left)
    accepted = own_word or any(reply.position == "accepts" for reply in replies)
    return Standing(len(left), origins, _label(claim, disputed, on_record, accepted, len(origins)),
                    disputed_on_record=disputed and on_record)


def _label(claim: Claim, disputed: bool, on_record: bool, accepted: bool, origins: int) -> Label:
    """The first that fits."""
    if claim.withdrawn:
        return "withdrawn"
    if disputed and not on_record:
        return "disputed"
    if on_record:
        return "on-record"
    if accepted:
        return "acknowledged"
    if origins >= 2:
        return "corroborated"
    return "reported" if origins == 1 else "alleged"
