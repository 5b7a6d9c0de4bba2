"""What the site counts of itself: each company and source hands in its part, here they are added up."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from dossier.dates import Edtf, parse_edtf
from dossier.model import Company, Source
from dossier.plan.lines import Lines
from dossier.register import Register

LIST = "counts"
OWN_WORDS = ("responded", "declined")
"""Statuses of a response that holds words of the company."""


def maker(register: Register, source: Source) -> str:
    """Whose work a source is: the publisher's id, or the name as typed."""
    name = source.publisher_of_record or source.publisher
    publisher = register.publisher(name)
    return publisher.id if publisher else name


def of_company(register: Register, company: Company) -> str:
    """What a company adds."""
    mine = register.claims_of.get(company.id, ())
    live = [claim for claim in mine if not claim.withdrawn]
    stand = {claim.id: register.standing[claim.id] for claim in live}
    makers: Counter[str] = Counter()
    for claim in live:
        cited = (register.sources.get(citation.source) for citation in claim.supports)
        makers.update({maker(register, source) for source in cited if source})
    replies = [register.responses.get(reply) for claim in live for reply in claim.reply]
    verified = max((c.verified for c in live if c.verified), key=lambda day: day.latest, default=None)
    told = {
        "company": 1,
        "labels": Counter(stand[claim.id].label for claim in live),
        "withdrawn": len(mine) - len(live),
        "origins": sorted({origin.key for each in stand.values() for origin in each.origins}),
        "once": sum(len(each.origins) == 1 for each in stand.values()),
        "answered": int(any(reply and reply.status in OWN_WORDS for reply in replies)),
        "responses": len(register.responses_of.get(company.id, ())),
        "verified": verified.text if verified else "",
        "agencies": Counter(claim.counterparty for claim in live if claim.counterparty),
        "makers": makers,
    }
    return json.dumps(told, sort_keys=True)


def of_source(register: Register, source: Source) -> str:
    """What a source adds."""
    links = register.backlinks.get(source.id, ())
    falls = register.falls.get(source.id, ())
    told = {
        "maker": maker(register, source),
        "read": source.read,
        "bare": int(not source.archives),
        "quotes": len({link.quote for link in links if link.quote}),
        "loses": [fall.claim for fall in falls if not fall.without.origins],
    }
    return json.dumps(told, sort_keys=True)


@dataclass(slots=True)
class Counts:
    """The sums. `loses` are claims that would lose their last origin if one source fell; `makers` count claims and
    sources of each publisher."""

    companies: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    withdrawn: int = 0
    origins: set[str] = field(default_factory=set)
    once: int = 0
    answered: int = 0
    responses: int = 0
    verified: Edtf | None = None
    agencies: Counter[str] = field(default_factory=Counter)
    makers: Counter[str] = field(default_factory=Counter)
    sources_of: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    bare: int = 0
    quotes: int = 0
    loses: set[str] = field(default_factory=set)

    @property
    def claims(self) -> int:
        """Claims that stand."""
        return self.labels.total()

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
            found.withdrawn += part["withdrawn"]
            found.origins.update(part["origins"])
            found.once += part["once"]
            found.answered += part["answered"]
            found.responses += part["responses"]
            found.agencies.update(part["agencies"])
            found.makers.update(part["makers"])
            if part["verified"] and (day := parse_edtf(part["verified"])).latest > last:
                found.verified, last = day, day.latest
        else:
            found.sources_of[part["maker"]] += 1
            found.read[part["read"]] += 1
            found.bare += part["bare"] if part["read"] != "none" else 0
            found.quotes += part["quotes"]
            found.loses.update(part["loses"])
    return found
