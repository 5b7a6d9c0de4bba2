"""What is weak in a dossier, by its own count: of each company and of each source, before any words are put to it."""

from __future__ import annotations

from datetime import date, timedelta

from dossier.copies import State, state_of
from dossier.model import Claim, Company, Response, Source
from dossier.register import Fall, Register

DAYS = 180
"""Days after which a claim should have been checked again: those of W305, here for every claim."""
UNANSWERED = ("invited", "no-response")
"""Statuses of a response that say that somebody asked, and nothing of an answer."""

IN_VAIN = ("missing", "drifted")
"""How a quote stands that was sought in the newest copy and is not in it."""


def falling(register: Register, source: Source) -> tuple[Fall, ...]:
    """The claims that would lose their last origin, or change their label, if a source fell with all that rests on it.
    Those that would lose their last origin come first."""
    lost, changed = [], []
    for fall in register.falls.get(source.id, ()):
        if loses(register, fall):
            lost.append(fall)
        elif fall.without.label != register.standing[fall.claim].label:
            changed.append(fall)
    return (*lost, *changed)


def loses(register: Register, fall: Fall) -> bool:
    """Whether a claim that has an origin would have none left."""
    return not fall.without.origins and bool(register.standing[fall.claim].origins)


def live(register: Register, company: Company) -> list[Claim]:
    """The claims of a company that are not withdrawn."""
    return [claim for claim in register.claims_of.get(company.id, ()) if not claim.withdrawn]


def uncopied(register: Register, company: Company) -> tuple[Claim, ...]:
    """Live claims none of whose supporting sources has an archived copy on record."""
    return tuple(
        claim
        for claim in live(register, company)
        if not any((source := register.sources.get(each.source)) and source.archives for each in claim.supports)
    )


def unproved(register: Register, source: Source) -> tuple[tuple[str, State], ...]:
    """Quotes of a source that no stored copy proves, and how each stands: those that were sought in vain come first."""
    quotes = sorted({link.quote for link in register.cited[source.id] if link.quote})
    found = [(words, state_of(register.copies, source.id, words)) for words in quotes]
    rest = [(words, state) for words, state in found if state.kind != "verified"]
    return tuple(sorted(rest, key=lambda each: each[1].kind not in IN_VAIN))


def unanswered(register: Register, company: Company) -> tuple[Response, ...]:
    """Questions to a company that have no answer, whether one is due still or not: the earliest first."""
    found = (each for each in register.responses_of.get(company.id, ()) if each.status in UNANSWERED)
    return tuple(sorted(found, key=lambda each: (each.date.latest, each.id)))


def unchecked(register: Register, company: Company, today: date) -> tuple[Claim, ...]:
    """Live claims that nobody has compared with their sources for `DAYS` days, or ever."""
    since = today - timedelta(DAYS)
    return tuple(claim for claim in live(register, company) if claim.verified is None or claim.verified.latest < since)
