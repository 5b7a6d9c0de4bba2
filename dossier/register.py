"""The records of a dossier, linked: what every rule and every page is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dossier.copies import Copies
from dossier.document import Span
from dossier.frozen import dataclass, field
from dossier.model import (
    Agency,
    Claim,
    Company,
    ContentPage,
    Correction,
    Demand,
    Event,
    LegalEntity,
    Publisher,
    Record,
    Response,
    Search,
    Site,
    Source,
    Tombstone,
)
from dossier.past import NO_PAST, Past
from dossier.published import Lock

UNKNOWN = "unknown"
"""What `derived_from` and `wire` say where the lineage is not known."""

NO_COPIES = Copies()

OriginKind = Literal["record", "reporting", "statement", "other"]
Label = Literal["withdrawn", "disputed", "on-record", "acknowledged", "corroborated", "reported", "alleged"]


@dataclass(frozen=True, slots=True)
class Records:
    """What validation could read. `lost` are ids that were typed in records or files that could not be read: they
    exist, so that naming them is no second mistake."""

    site: Site | None
    companies: tuple[Company, ...] = ()
    agencies: tuple[Agency, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    responses: tuple[Response, ...] = ()
    demands: tuple[Demand, ...] = ()
    events: tuple[Event, ...] = ()
    corrections: tuple[Correction, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    searches: tuple[Search, ...] = ()
    content: tuple[ContentPage, ...] = ()
    abouts: tuple[tuple[str, Span], ...] = ()
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where information first came from: one publisher or news agency, one public register, one subject's own word.

    `key` tells origins apart, `name` is for readers, `through` are the cited sources that lead to it, `first` those at
    the end of their lineage: of several publishers where one owner makes them one origin.
    """

    key: str
    name: str
    kind: OriginKind
    through: tuple[str, ...]
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the build computes of a claim: the distinct sources that support it, their origins, the label."""

    links: int
    origins: tuple[Origin, ...]
    label: Label
    disputed_on_record: bool = False


@dataclass(frozen=True, slots=True)
class Fall:
    """What becomes of a live claim if one source falls, with all that rests on it."""

    claim: str
    without: Standing


@dataclass(frozen=True, slots=True)
class Backlink:
    """One place that cites a source: the record's id, the words relied on (None in prose), and the intent."""

    record: str
    quote: str | None
    intent: str


@dataclass(frozen=True, slots=True)
class Register:
    """All records by id, and what points at what. Mappings keep the order of the files.

    Below `publishers_by_name` stand the ways back: by company `claims_of` and `responses_of`, by company or agency
    `events_of`, by agency `claims_with`, by addressee `demands_to`, by company or '' `searches_of`, by target
    `corrections_of`; by source what cites it (`backlinks`), what derives from it (`derived`) and `corrections_with`; by
    response the ids of the claims that name it (`answering`); by spelling of a name (`names.py`) the companies that
    have it (`look_alikes`), by identifier those it stands with (`identified`); by content page `page_languages` and
    `page_texts`, the Markdown of each language; by company (or what replaced them) the tombstones `gone_of` it; by
    claim or source where it is `typed_at`: the file, and the line in it.

    What is computed of a record is made when it is asked for: of a claim how it stands, of a source what falls with it,
    where its lineage `ends` and what it is `cited` by that counts. `published` says what was locked, `copies` which
    quotes were found in copies of their sources, `past` what was said before.
    """

    site: Site
    companies: Mapping[str, Company]
    agencies: Mapping[str, Agency]
    publishers: Mapping[str, Publisher]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    responses: Mapping[str, Response]
    demands: Mapping[str, Demand]
    events: Mapping[str, Event]
    corrections: Mapping[str, Correction]
    tombstones: Mapping[str, Tombstone]
    legal_entities: Mapping[str, LegalEntity]
    searches: tuple[Search, ...]
    content: tuple[ContentPage, ...]
    records: Mapping[str, Record]
    publishers_by_name: Mapping[str, Publisher] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    claims_of: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    backlinks: Mapping[str, tuple[Backlink, ...]] = field(default_factory=dict)
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    responses_of: Mapping[str, tuple[Response, ...]] = field(default_factory=dict)
    answering: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    claims_with: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    events_of: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    demands_to: Mapping[str, tuple[Demand, ...]] = field(default_factory=dict)
    searches_of: Mapping[str, tuple[Search, ...]] = field(default_factory=dict)
    corrections_of: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    standing: Mapping[str, Standing] = field(default_factory=dict)
    falls: Mapping[str, tuple[Fall, ...]] = field(default_factory=dict)
    ends: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cited: Mapping[str, tuple[Backlink, ...]] = field(default_factory=dict)
    corrections_with: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    look_alikes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    identified: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page_languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page_texts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    gone_of: Mapping[str, tuple[Tombstone, ...]] = field(default_factory=dict)
    typed_at: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    published: Lock = field(default_factory=dict)
    copies: Copies = NO_COPIES
    past: Past = NO_PAST

    @property
    def languages(self) -> tuple[str, ...]:
        return self.site.languages

    def is_withdrawn(self, record: str) -> bool:
        """Whether an id is that of a claim that is no longer made."""
        claim = self.claims.get(record)
        return claim is not None and claim.withdrawn is not None

    def is_moot(self, answer: str) -> bool:
        """Whether every claim that names a response is withdrawn: it is no longer counted and dated."""
        claims = self.answering.get(answer, ())
        return bool(claims) and all(self.is_withdrawn(claim) for claim in claims)

    @property
    def computed(self) -> tuple[Mapping[str, object], ...]:
        """What is made of records when it is asked for."""
        return self.standing, self.falls, self.ends, self.cited

    def counting(self, source: str) -> tuple[Backlink, ...]:
        """What cites a source and counts: not withdrawn claims, nor answers to these alone. It stands in `cited`."""
        links = self.backlinks.get(source, ())
        return tuple([x for x in links if not self.is_withdrawn(x.record) and not self.is_moot(x.record)])

    def publisher(self, name: str) -> Publisher | None:
        """The publisher record a source names, by id or by its name in any language."""
        return self.publishers.get(name) or self.publishers_by_name.get(name)
