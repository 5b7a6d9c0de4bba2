"""What a dossier holds, and where it is weak, as numbers and ids: what the pages count, for a terminal or a machine.

The numbers are those of the pages, from the same functions (`plan/counts.py`, `plan/weak.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any, get_args

from dossier.model import Kind, Mode, Status
from dossier.plan.counts import Counts, added, of_company, of_source
from dossier.plan.weak import IN_VAIN, falling, loses, unanswered, unchecked, uncopied, unproved
from dossier.register import Label, Register

Stats = dict[str, Any]
"""Plain values, for JSON. Keys stay as they are; words that no record has yet are there with 0."""


def stats(register: Register, today: date) -> Stats:
    """Everything that is counted of a dossier as of a day. Claims and links are those that stand; words are quoted."""
    counts = counted(register, today)
    return {
        "date": today.isoformat(),
        "companies": counts.companies,
        "claims": {"live": counts.claims, "withdrawn": counts.withdrawn},
        "links": counts.links,
        "sources": {"read": counts.sources_read, "not_read": counts.read["none"], "no_archive": counts.bare},
        "origins": len(counts.origins),
        "labels": {word: counts.labels[word] for word in get_args(Label) if word != "withdrawn"},
        "modes": {word: counts.modes[word] for word in get_args(Mode)},
        "kinds": {word: counts.kinds[word] for word in get_args(Kind)},
        "quotes": counts.quotes,
        "quotes_verified": counts.quotes - counts.unproved,
        "words_quoted": counts.words,
        "replies": {word: counts.replies[word] for word in get_args(Status)},
        "publishers": list(_publishers(register, counts)),
        "weak_points": _weak_points(register, today),
    }


def counted(register: Register, today: date) -> Counts:
    """The sums of the pages."""
    companies = (of_company(register, company, today) for company in register.companies.values())
    return added(chain(companies, (of_source(register, source) for source in register.sources.values())))


def _publishers(register: Register, counts: Counts) -> Iterator[Stats]:
    """Publishers by how many claims cite them, with their share of all claims; a claim may cite several."""
    found = {key: register.publishers.get(key) for key in {*counts.makers, *counts.sources_of}}
    named = {key: each.name.versions[0][1] if each else key for key, each in found.items()}
    for key in sorted(found, key=lambda key: (-counts.makers[key], named[key].casefold(), key)):
        yield {
            "id": key if found[key] else None,
            "name": named[key],
            "sources": counts.sources_of[key],
            "claims": counts.makers[key],
            "share": round(counts.makers[key] / counts.claims, 4) if counts.claims else 0,
        }


def _weak_points(register: Register, today: date) -> dict[str, list[Stats]]:
    companies = list(register.companies.values())
    return {
        "rest_on_one_source": [
            {
                "source": source.id,
                "loses": [fall.claim for fall in falls if loses(register, fall)],
                "changes": [
                    {
                        "claim": fall.claim,
                        "label": register.standing[fall.claim].label,
                        "without": fall.without.label,
                    }
                    for fall in falls
                    if not loses(register, fall)
                ],
            }
            for source in register.sources.values()
            if (falls := falling(register, source))
        ],
        "no_archived_copy": [{"claim": claim.id} for each in companies for claim in uncopied(register, each)],
        "quotes_in_vain": [
            {"source": source.id, "quote": words, "state": state.kind}
            for source in register.sources.values()
            for words, state in unproved(register, source)
            if state.kind in IN_VAIN
        ],
        "no_answer": [
            {
                "response": response.id,
                "company": each.id,
                "status": response.status,
                "date": response.date.text,
                "deadline": response.deadline.text if response.deadline else None,
            }
            for each in companies
            for response in unanswered(register, each)
        ],
        "not_checked_lately": [
            {"claim": claim.id, "verified": claim.verified.text if claim.verified else None}
            for each in companies
            for claim in unchecked(register, each, today)
        ],
    }
