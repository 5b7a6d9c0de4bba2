"""What the site counts of itself: each company and source hands in its part, here they are added up."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal

from dossier.dates import Edtf, parse_edtf
from dossier.frozen import dataclass, field
from dossier.json_text import encoder
from dossier.model import OWN_WORDS, Company, Source
from dossier.plan.lines import Lines
from dossier.plan.sides import pairs
from dossier.plan.weak import IN_VAIN, falling, live, loses, unanswered, unchecked, uncopied, unproved
from dossier.register import Register

_told = encoder()

LIST = "counts"


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
    verified = max((c.verified for c in standing if c.verified), key=lambda day: day.latest, default=None)
    told = {
        "company": 1,
        "labels": Counter(each.label for each in stand.values()),
        "kinds": Counter(claim.kind for claim in standing),
        "modes": Counter(claim.mode for claim in standing),
        "withdrawn": len(mine) - len(standing),
        "links": sum(each.links for each in stand.values()),
        "origins": sorted({origin.key for each in stand.values() for origin in each.origins}),
        "once": sum(len(each.origins) == 1 for each in stand.values()),
        "answered": int(any(reply and reply.status in OWN_WORDS for reply in replies)),
        "responses": Counter(
            each.status for each in register.responses_of.get(company.id, ()) if not register.is_moot(each.id)
        ),
        "verified": verified.text if verified else "",
        "agencies": Counter(claim.counterparty for claim in standing if claim.counterparty),
        "makers": makers,
        "also": sum(each.disputed_on_record for each in stand.values()),
        "pairs": sum(1 for _ in pairs(register, mine)),
        "open": len(company.unknown),
        "searches": len(register.searches_of.get(company.id, ())),
        "money": [
            (claim.amount.currency, claim.amount.kind, str(claim.amount.value), claim.amount.approximate)
            for claim in standing
            if claim.amount
        ],
        "uncopied": len(uncopied(register, company)),
        "unanswered": len(unanswered(register, company)),
        "unchecked": len(unchecked(register, company, today)),
    }
    return _told(told)


def of_source(register: Register, source: Source) -> str:
    """What a source adds."""
    links = register.cited[source.id]
    falls = falling(register, source)
    quotes = {link.quote for link in links if link.quote}
    unproved_here = [state.kind for _, state in unproved(register, source)]
    told = {
        "maker": maker(register, source),
        "read": source.read,
        "bare": int(not source.archives),
        "quotes": len(quotes),
        "unproved": len(unproved_here),
        "in_vain": sum(kind in IN_VAIN for kind in unproved_here),
        "words": sum(len(quote.split()) for quote in quotes),
        "loses": [fall.claim for fall in falls if loses(register, fall)],
        "changes": [fall.claim for fall in falls if not loses(register, fall)],
    }
    return _told(told)


@dataclass(slots=True)
class Extent:
    """How many amounts there are of a kind and currency; the least and the most, and whether each is approximate."""

    number: int = 0
    least: tuple[Decimal, bool] = (Decimal(0), False)
    most: tuple[Decimal, bool] = (Decimal(0), False)

    def take(self, value: Decimal, approximate: bool) -> None:
        if not self.number or value < self.least[0]:
            self.least = (value, approximate)
        if not self.number or value > self.most[0]:
            self.most = (value, approximate)
        self.number += 1


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


def added(lines: Lines) -> Counts:
    """Everything that was handed in, added up."""
    found = Counts()
    last = date.min
    for told in lines.texts(LIST):
        part = json.loads(told)
        if "company" in part:
            found.companies += 1
            found.labels.update(part["labels"])
            found.kinds.update(part["kinds"])
            found.modes.update(part["modes"])
            found.withdrawn += part["withdrawn"]
            found.links += part["links"]
            found.origins.update(part["origins"])
            found.once += part["once"]
            found.answered += part["answered"]
            found.replies.update(part["responses"])
            found.agencies.update(part["agencies"])
            found.makers.update(part["makers"])
            found.also += part["also"]
            found.pairs += part["pairs"]
            found.open += part["open"]
            found.searches += part["searches"]
            found.silent += int(bool(part["labels"]) and not part["answered"])
            for currency, kind, value, approximate in part["money"]:
                extent = found.money.setdefault((currency, kind), Extent())
                extent.take(Decimal(value), approximate)
            found.uncopied += part["uncopied"]
            found.unanswered += part["unanswered"]
            found.unchecked += part["unchecked"]
            if part["verified"] and (day := parse_edtf(part["verified"])).latest > last:
                found.verified, last = day, day.latest
        else:
            found.sources_of[part["maker"]] += 1
            found.read[part["read"]] += 1
            found.bare += part["bare"] if part["read"] != "none" else 0
            found.quotes += part["quotes"]
            found.unproved += part["unproved"]
            found.in_vain += part["in_vain"]
            found.words += part["words"]
            found.loses.update(part["loses"])
            found.changes.update(part["changes"])
    return found
