"""What the site counts of itself: each company and source hands in its part, here they are added up.

In two steps: parts by shard (a *sum*), then those sums. An edit adds up one shard anew, and where that comes to the
same, nothing that counts is touched. So the order of parts must be nothing to the result.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dossier.dates import Edtf, parse_edtf
from dossier.frozen import dataclass, field, fields
from dossier.model import OWN_WORDS, Company, Source
from dossier.plan.sides import pairs
from dossier.plan.weak import IN_VAIN, falling, live, loses, unanswered, unchecked, uncopied, unproved
from dossier.register import Register

LIST, SUMS = "counts", "sums"
"""The one line that pages count by; the sums it is made of. The parts of each sum are in a list of its own, `shard`."""


def shard(number: int | str) -> str:
    return f"parts/{number}"


def maker(register: Register, source: Source) -> str:
    """Whose work a source is: the publisher's id, or the name as typed."""
    name = source.publisher_of_record or source.publisher
    publisher = register.publisher(name)
    return publisher.id if publisher else name


def of_company(register: Register, company: Company, today: date) -> str:
    """What a company adds."""
    mine = register.claims_of.get(company.id, ())
    standing = live(register, company)
    stand = {claim.id: register.standing[claim.id] for claim in standing}
    makers: Counter[str] = Counter()
    for claim in standing:
        cited = (register.sources.get(citation.source) for citation in claim.supports)
        makers.update({maker(register, source) for source in cited if source})
    replies = [register.responses.get(reply) for claim in standing for reply in claim.reply]
    money: dict[str, Extent] = {}
    for claim in standing:
        if claim.amount:
            each = Extent.of(claim.amount.value, claim.amount.approximate)
            _take_extent(money, f"{claim.amount.currency} {claim.amount.kind}", each)
    verified = max((c.verified for c in standing if c.verified), key=_lateness, default=None)
    answered = any(reply and reply.status in OWN_WORDS for reply in replies)
    return _told({
        "companies": 1,
        "labels": Counter(each.label for each in stand.values()),
        "kinds": Counter(claim.kind for claim in standing),
        "modes": Counter(claim.mode for claim in standing),
        "withdrawn": len(mine) - len(standing),
        "links": sum(each.links for each in stand.values()),
        "origins": {origin.key for each in stand.values() for origin in each.origins},
        "once": sum(len(each.origins) == 1 for each in stand.values()),
        "answered": int(answered),
        "silent": int(bool(standing) and not answered),
        "replies": Counter(
            each.status for each in register.responses_of.get(company.id, ()) if not register.is_moot(each.id)
        ),
        "verified": verified,
        "agencies": Counter(claim.counterparty for claim in standing if claim.counterparty),
        "makers": makers,
        "also": sum(each.disputed_on_record for each in stand.values()),
        "pairs": sum(1 for _ in pairs(register, mine)),
        "open": len(company.unknown),
        "searches": len(register.searches_of.get(company.id, ())),
        "money": money,
        "uncopied": len(uncopied(register, company)),
        "unanswered": len(unanswered(register, company)),
        "unchecked": len(unchecked(register, company, today)),
    })  # fmt: skip


def of_source(register: Register, source: Source) -> str:
    """What a source adds."""
    links = register.cited[source.id]
    falls = falling(register, source)
    quotes = {link.quote for link in links if link.quote}
    unproved_here = [state.kind for _, state in unproved(register, source)]
    return _told({
        "sources_of": {maker(register, source): 1},
        "read": {source.read: 1},
        "bare": int(not source.archives and source.read != "none"),
        "quotes": len(quotes),
        "unproved": len(unproved_here),
        "in_vain": sum(kind in IN_VAIN for kind in unproved_here),
        "words": sum(len(quote.split()) for quote in quotes),
        "loses": {fall.claim for fall in falls if loses(register, fall)},
        "changes": {fall.claim for fall in falls if not loses(register, fall)},
    })  # fmt: skip


@dataclass(slots=True)
class Extent:
    """How many amounts there are of a kind and currency; the least and the most, and whether each is approximate. Of
    equal amounts one that is not approximate is told."""

    number: int
    least: tuple[Decimal, bool]
    most: tuple[Decimal, bool]

    @classmethod
    def of(cls, value: Decimal, approximate: bool) -> Extent:
        return cls(1, (value, approximate), (value, approximate))

    def take(self, other: Extent) -> None:
        self.number += other.number
        self.least = min(self.least, other.least, key=lambda each: (*each, str(each[0])))
        self.most = max(self.most, other.most, key=lambda each: (each[0], not each[1], str(each[0])))


@dataclass(slots=True)
class Counts:
    """The sums. `loses` are claims that would lose their last origin if one source fell, `changes` those that would
    change their label; `makers` and `sources_of` count claims and sources of each publisher; `words` are those
    quoted; of the quotes some are `unproved` by a stored copy, of which some were sought `in_vain`. `also` are claims
    on record that the company disputes, `pairs` claims that contradict each other, `open` questions and `searches`
    those of companies; `silent` companies are those of whose claims none has their words beside it. `money` has by
    currency and kind how many amounts there are, and the least and the most of them: they are never summed.
    """

    companies: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    modes: Counter[str] = field(default_factory=Counter)
    withdrawn: int = 0
    links: int = 0
    origins: set[str] = field(default_factory=set)
    once: int = 0
    answered: int = 0
    replies: Counter[str] = field(default_factory=Counter)
    verified: Edtf | None = None
    agencies: Counter[str] = field(default_factory=Counter)
    makers: Counter[str] = field(default_factory=Counter)
    sources_of: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    bare: int = 0
    quotes: int = 0
    words: int = 0
    loses: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    also: int = 0
    pairs: int = 0
    open: int = 0
    searches: int = 0
    silent: int = 0
    money: dict[tuple[str, str], Extent] = field(default_factory=dict)
    uncopied: int = 0
    unanswered: int = 0
    unchecked: int = 0
    unproved: int = 0
    in_vain: int = 0

    @property
    def claims(self) -> int:
        """Claims that stand."""
        return self.labels.total()

    @property
    def responses(self) -> int:
        return self.replies.total()

    @property
    def sources_read(self) -> int:
        return self.read.total() - self.read["none"]

    def take(self, told: str) -> None:
        """Add a part."""
        for name, part in json.loads(told).items():
            mine = getattr(self, name)
            if isinstance(mine, int):
                setattr(self, name, mine + part)
            elif name == "money":
                for kind, (number, least, most) in part.items():
                    currency, _, kind = kind.partition(" ")
                    extent = Extent(number, *((Decimal(value), bool(about)) for value, about in (least, most)))
                    _take_extent(self.money, (currency, kind), extent)
            elif name == "verified":
                days = filter(None, (self.verified, parse_edtf(part)))
                self.verified = max(days, key=_lateness)
            else:
                mine.update(part)

    def told(self) -> str:
        """All of it as one part."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        found["money"] = {" ".join(key): extent for key, extent in self.money.items()}
        return _told(found)


def added(parts: Iterable[str]) -> Counts:
    """Parts, or sums of some, added up."""
    found = Counts()
    for told in parts:
        found.take(told)
    return found


def _lateness(day: Edtf) -> tuple[date, date, str]:
    """Of two days that end alike the more exact one is later."""
    return day.latest, day.earliest, day.text


def _take_extent(money: dict[Any, Extent], key: object, extent: Extent) -> None:
    if key in money:
        money[key].take(extent)
    else:
        money[key] = extent


def _told(part: Mapping[str, Any]) -> str:
    """A part as text; what is nothing is left out."""
    return json.dumps({name: value for name, value in part.items() if value}, sort_keys=True, default=_plain)


def _plain(value: set[str] | Edtf | Extent) -> Any:
    if isinstance(value, set):
        return sorted(value)
    if isinstance(value, Edtf):
        return value.text
    return [value.number, *((str(amount), about) for amount, about in (value.least, value.most))]
