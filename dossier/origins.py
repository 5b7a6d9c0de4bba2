"""Where information first came from, and the label that follows. Part of `link`.

Counting links is not counting sources: a wire story printed by nine papers is one origin, and so is one public
register behind any number of front ends. An origin is what is left when every supporting citation is followed through
`derived_from` to its end. The reader's page is `methodology`; the terms follow PROV-O (`wasDerivedFrom`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dossier.model import Citation, Claim, Company, Publisher, Response, Source
from dossier.register import UNKNOWN, Label, Origin, OriginKind, Standing
from dossier.shelf import Made

OFFICIAL = "record"
_FIRST: tuple[OriginKind, ...] = ("reporting", "record", "statement", "other")
"""Which kind an origin with several is of, and in which order origins are told apart: not that of the citations."""


class Lineage:
    """Derivations of sources, followed once each.

    `without` leaves one source out, with all that is known only through it: the question "what falls if it falls".
    """

    def __init__(
        self, sources: Mapping[str, Source], publishers: Mapping[str, Publisher], by_name: Mapping[str, Publisher]
    ) -> None:
        self._sources = sources
        self._publishers = publishers
        self._by_name = by_name
        self.ends_of = Made("ends", self._followed, lambda: sources)

    def publisher_key(self, name: str) -> str:
        """One key for a publisher, whether a source names it by id or by any of its names."""
        if name in self._publishers:
            return name
        named = self._by_name.get(name)
        return named.id if named else name.casefold()

    def publisher_name(self, key: str, fallback: str) -> str:
        publisher = self._publishers.get(key)
        return publisher.name.versions[0][1] if publisher else fallback

    def owner_key(self, name: str) -> str:
        """The owner at the end of the chain of owners; the publisher itself where no owner is recorded."""
        key = self.publisher_key(name)
        chain = [key]
        while (publisher := self._publishers.get(key)) and publisher.owner:
            key = self.publisher_key(publisher.owner)
            if key in chain:
                return min(chain[chain.index(key) :])
            chain.append(key)
        return key

    def ends(self, source: str, without: str = "") -> frozenset[str]:
        """Ids of the sources at the end of every derivation of `source`; empty where the lineage is unknown."""
        return self._followed(source, without) if without else self.ends_of[source]

    def _followed(self, source: str, without: str = "") -> frozenset[str]:
        found, met, left = set(), {source}, [source]
        while left:
            name = left.pop()
            record = self._sources.get(name)
            if record is None or name == without or record.availability == "retracted":
                continue
            if record.derived_from:
                left += [parent for parent in record.derived_from if parent not in met]
                met.update(record.derived_from)
            elif record.wire != UNKNOWN:
                found.add(name)
        return frozenset(found)

    def origins(self, supports: Iterable[Citation], without: str = "") -> tuple[Origin, ...]:
        """The origins behind these citations, in the order first met.

        A publisher is one origin however many of its texts are cited. Publishers of one owner are one, unless each has
        reporting of its own.
        """
        met: dict[str, tuple[str, OriginKind, str, list[tuple[str, str]]]] = {}
        for citation in supports:
            source = citation.source
            firsthand = citation.firsthand and source != without and not self._is_retracted(source)
            for end in [source] if firsthand else sorted(self.ends(source, without)):
                key, name, kind, owner = self._origin_of(self._sources[end])
                _, before, _, through = met.setdefault(key, (name, kind, owner, []))
                through.append((source, end))
                if _FIRST.index(kind) < _FIRST.index(before):
                    met[key] = (name, kind, owner, through)
        kept: dict[str, tuple[str, OriginKind, str, list[tuple[str, str]]]] = {}
        for key, (name, kind, owner, through) in sorted(met.items(), key=lambda item: _FIRST.index(item[1][1])):
            family = next((k for k, v in kept.items() if v[2] == owner and (kind != "reporting" or v[1] != kind)), None)
            if family is None or kind == "record":
                kept[key] = (name, kind, owner, through)
            else:
                kept[family][3].extend(through)
        order = [key for key in met if key in kept]
        return tuple(_origin(key, *kept[key]) for key in order)

    def _is_retracted(self, source: str) -> bool:
        return self._sources[source].availability == "retracted"

    def is_own_word(self, source: Source, company: Company | None) -> bool:
        """Whether a source is the company's own statement; an intermediary is another company and speaks for itself."""
        if company is None or source.role != "statement" or self._is_retracted(source.id):
            return False
        names = {
            company.id,
            company.name.casefold(),
            *(alias.casefold() for alias in company.aliases),
            *(entity.name.casefold() for entity in company.legal_entities if entity.relation != "intermediary"),
        }
        maker = source.publisher_of_record or source.publisher
        publisher = self._publishers.get(self.publisher_key(maker))
        said = {maker, *(words for _, words in publisher.name)} if publisher else {maker}
        return any(name in names or name.casefold() in names for name in said)

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


def _origin(key: str, name: str, kind: OriginKind, _owner: str, ways: list[tuple[str, str]]) -> Origin:
    """An origin with its ways, each a cited source and the source at the end of its lineage."""
    through, first = (tuple(dict.fromkeys(each)) for each in zip(*ways, strict=True))
    return Origin(key, name, kind, through, first)


def standing(
    claim: Claim,
    company: Company | None,
    replies: tuple[Response, ...],
    lineage: Lineage,
    sources: Mapping[str, Source],
    without: str = "",
) -> Standing:
    """Links, origins and label of a claim, as they would be `without` one source."""
    supports = [c for c in claim.supports if c.source in sources and c.source != without]
    left = tuple(dict.fromkeys(c.source for c in supports))
    origins = lineage.origins(supports, without)
    on_record = any(sources[s].role == OFFICIAL and sources[s].availability != "retracted" for s in left)
    disputed = any(reply.position == "disputes" for reply in replies)
    own_word = claim.mode == "acknowledged" or any(lineage.is_own_word(sources[s], company) for s in left)
    accepted = own_word or any(reply.position == "accepts" for reply in replies)
    return Standing(
        len(left),
        origins,
        _label(claim, disputed, on_record, accepted, len(origins)),
        disputed_on_record=disputed and on_record,
    )


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
