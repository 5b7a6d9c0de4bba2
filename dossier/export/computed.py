"""What is said of a record beyond what was typed, looked up by id alone, and the order records stand in.

Part of `export`. A row is what columns and the one document read: the record, and what the build computed of it. Making
one reads only what the record names and what names it, never a whole collection.

Orders hold on every machine and owe nothing to the data files: claims by company, then first possible day (the undated
last), then id; searches by company, day, and what was looked for; all other records by id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dossier.dates import Edtf
from dossier.export.addresses import Absolute
from dossier.frozen import dataclass
from dossier.model import Claim, Company, LegalEntity, Record, Response, Search, Source
from dossier.register import Register, Standing


@dataclass(slots=True, eq=False)
class Row:
    """A record of which nothing is computed, but where it has a page of its own, that page's address."""

    record: Record | Search
    url: str = ""


@dataclass(slots=True, eq=False)
class CompanyRow:
    record: Company
    url: str
    claims: tuple[Claim, ...]


@dataclass(slots=True, eq=False)
class EntityRow:
    record: LegalEntity
    company: str


@dataclass(slots=True, eq=False)
class ClaimRow:
    record: Claim
    url: str
    company_name: str
    standing: Standing
    replies: tuple[Response, ...]


@dataclass(slots=True, eq=False)
class ResponseRow:
    """`claims` are the ids of those it answers."""

    record: Response
    claims: tuple[str, ...]


@dataclass(slots=True, eq=False)
class SourceRow:
    """`cited_by` are the ids of the claims that stand and cite it, for whatever reason and wherever in them; `load` of
    those that lose their last origin if it falls."""

    record: Source
    url: str
    cited_by: tuple[str, ...]
    derived: tuple[str, ...]
    load: tuple[str, ...]
    publisher: str
    publisher_of_record: str | None
    wire: str | None


def company_row(register: Register, at: Absolute, company: Company) -> CompanyRow:
    return CompanyRow(company, at.page("companies", company.id), register.claims_of.get(company.id, ()))


def claim_rows(register: Register, company: CompanyRow) -> list[ClaimRow]:
    """The claims about one company, in order."""
    url, name, standing, responses = company.url, company.record.name, register.standing, register.responses
    return [
        ClaimRow(
            claim, f"{url}#{claim.id}", name, standing[claim.id], tuple(responses[answer] for answer in claim.reply)
        )
        for claim in sorted(company.claims, key=lambda claim: (*_day(claim.date), claim.id))
    ]


def response_row(register: Register, answer: Response) -> ResponseRow:
    return ResponseRow(answer, tuple(sorted(register.answering.get(answer.id, ()))))


def source_row(register: Register, at: Absolute, source: Source) -> SourceRow:
    citing = {link.record for link in register.backlinks.get(source.id, ())}
    falls, standing = register.falls.get(source.id, ()), register.standing
    record, wire = source.publisher_of_record, source.wire
    return SourceRow(
        source,
        at.page("sources", source.id),
        tuple(sorted(name for name in citing if name in register.claims and not register.is_withdrawn(name))),
        tuple(sorted(register.derived.get(source.id, ()))),
        tuple(fall.claim for fall in falls if not fall.without.origins and standing[fall.claim].origins),
        publisher_name(register, source.publisher),
        publisher_name(register, record) if record else None,
        publisher_name(register, wire) if wire else None,
    )


def publisher_name(register: Register, name: str, language: str = "") -> str:
    """A publisher in words, in `language` where it has a name in it, else in the site's first language."""
    publisher = register.publisher(name)
    if publisher is None:
        return name
    return publisher.name.get(language) or publisher.name.get(register.languages[0]) or publisher.name.versions[0][1]


def searches_in_order(searches: Iterable[Search]) -> list[Search]:
    """By day and what was looked for: few searches have an id."""

    def order(search: Search) -> tuple[Any, ...]:
        return *_day(search.date), search.query.versions, search.where.versions, search.id or ""

    return sorted(searches, key=order)


def _day(day: Edtf | None) -> tuple[bool, date]:
    return day is None, day.earliest if day else date.max
