"""What is said of records beyond what was typed, and the order they stand in. Part of `export`.

Orders hold on every machine and owe nothing to the data files: claims by company, then first possible day (the undated
last), then id; what else belongs to a company by company and day; all other records by id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dossier.dates import Edtf
from dossier.model import Claim, Response, Search, Source
from dossier.register import Register


def publisher_name(register: Register, name: str, language: str = "") -> str:
    """A publisher in words, in `language` where it has a name in it, else in the site's first language."""
    publisher = register.publisher(name)
    if publisher is None:
        return name
    return publisher.name.get(language) or publisher.name.get(register.languages[0]) or publisher.name.versions[0][1]


def cited_by(register: Register, source: Source) -> tuple[str, ...]:
    """Ids of the claims that cite a source, for whatever reason and wherever in them."""
    citing = {link.record for link in register.backlinks.get(source.id, ())}
    return tuple(sorted(record for record in citing if record in register.claims))


def load(register: Register, source: Source) -> tuple[str, ...]:
    """Ids of the live claims that lose their last origin if a source falls."""
    falls = register.falls.get(source.id, ())
    return tuple(fall.claim for fall in falls if register.standing[fall.claim].origins and not fall.without.origins)


def by_id(records: Iterable[Any]) -> list[Any]:
    return sorted(records, key=lambda record: str(record.id))


def claims_in_order(register: Register) -> list[Claim]:
    return sorted(register.claims.values(), key=lambda claim: (claim.company, *_day(claim.date), claim.id))


def responses_in_order(register: Register) -> list[Response]:
    return sorted(register.responses.values(), key=lambda answer: (answer.company, *_day(answer.date), answer.id))


def searches_in_order(register: Register) -> list[Search]:
    """By company, day, and what was looked for: few searches have an id."""

    def order(search: Search) -> tuple[Any, ...]:
        return search.company or "", *_day(search.date), search.query.versions, search.where.versions, search.id or ""

    return sorted(register.searches, key=order)


def _day(day: Edtf | None) -> tuple[bool, date]:
    return day is None, day.earliest if day else date.max
