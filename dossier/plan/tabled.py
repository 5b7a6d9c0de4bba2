"""A company as a row of the table of companies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dossier.addresses import relative
from dossier.listing import CompanyRow, Named, Rule
from dossier.model import OWN_WORDS, Claim, Company
from dossier.plan.claims import best_reply, replies_to
from dossier.plan.companies import BUSINESS, claims_of, letter_of, place_of, sort_key, tally
from dossier.plan.edition import Edition
from dossier.plan.ended import all_ended
from dossier.plan.vocabulary import KIND, LABEL, REGION, REPLY
from dossier.views import Label, Link


def company_row(edition: Edition, here: str, company: Company) -> CompanyRow:
    """What is said of a company in a row. Withdrawn claims count nowhere; a place is told only where a cited nexus
    carries it."""
    language, register = edition.language, edition.register
    mine = register.claims_of.get(company.id, ())
    claims = tuple(claim for claim in claims_of(edition, company) if not claim.withdrawn)
    best = [best_reply(replies_to(edition, claim)) for claim in claims]
    replies = Counter[str](reply.status for reply in best if reply)
    years = _years(claims)
    return CompanyRow(
        anchor=company.id,
        letter=letter_of(company.name),
        link=edition.company_link(here, company),
        what=language.text(company.sector),
        also=edition.say("Also %(names)s", names=language.listed(company.aliases)) if company.aliases else "",
        place=(_region(edition, company), place_of(edition, company)) if company.nexus else ("", ""),
        agencies=named(edition, here, claims),
        claims=len(claims),
        said=edition.count("%(n)s claim", "%(n)s claims", len(claims))
        if claims
        else tally(edition, mine)[0]
        if mine
        else edition.say("No claim on file"),
        labels=_labels(edition, claims),
        kinds=tuple(
            (kind, edition.say(KIND[kind])) for kind in BUSINESS if any(claim.kind == kind for claim in claims)
        ),
        first=years[0] if years else 0,
        years=f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else "",
        years_note=all_ended(edition, claims) or _open(edition, claims),
        answered=sum(replies[status] for status in OWN_WORDS),
        replies=tuple(
            (status, Label(edition.say(word), shape, language.number(replies[status])))
            for status, (word, shape) in REPLY.items()
            if replies[status]
        ),
    )


def named(edition: Edition, here: str, claims: tuple[Claim, ...]) -> tuple[Named, ...]:
    """The agencies that live claims name as the other side, by name. `claims` are in the order of their page."""
    register = edition.register
    by_agency: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.counterparty:
            by_agency.setdefault(claim.counterparty, []).append(claim)
    found = []
    for name, some in by_agency.items():
        agency = register.agencies.get(name)
        if agency is None:
            continue
        said = edition.agency_name(agency, short=True)
        found.append(
            Named(
                key=name,
                link=Link(said, relative(here, edition.path("agencies", name))),
                count=edition.language.number(len(some)),
                claims=Link(edition.count("%(n)s claim", "%(n)s claims", len(some)), edition.claim_href(here, some[0])),
                labels=_labels(edition, some),
            )
        )
    return tuple(sorted(found, key=lambda each: (sort_key(each.link.text), each.key)))


def _labels(edition: Edition, claims: Sequence[Claim]) -> tuple[Label, ...]:
    """How many claims have which label."""
    found: list[str] = [edition.register.standing[claim.id].label for claim in claims]
    return tuple(
        Label(edition.say(word), label, edition.language.number(number))
        for label, word in LABEL.items()
        if (number := found.count(label))
    )


def _region(edition: Edition, company: Company) -> str:
    """The province of a company; of one elsewhere or without, its country."""
    at = company.headquarters
    if at is None:
        return ""
    if at.region:
        known = at.country in (None, "CA") and at.region in REGION
        return edition.say(REGION[at.region]) if known else at.region
    return edition.language.country(at.country) if at.country else ""


def _years(claims: tuple[Claim, ...]) -> list[int]:
    """The first and the last year that dates name, or the one; a date that leaves digits open names none."""
    points = [point for claim in claims if claim.date for point in (claim.date.start, claim.date.end) if point]
    years = [point.year for point in points if not (point.decade or point.century)]
    return sorted({min(years), max(years)}) if years else []


def _open(edition: Edition, claims: tuple[Claim, ...]) -> str:
    """How many claims tell of what began and has no end on file."""
    number = sum(claim.date is not None and claim.date.open_end for claim in claims)
    return edition.count("%(n)s with no end date", "%(n)s with no end date", number) if number else ""


def rule(edition: Edition, here: str) -> Rule:
    """What counts as a company of this dossier, to stand where companies are counted or compared."""
    language, site = edition.language, edition.register.site
    return Rule(
        language.text(site.inclusion),
        tuple((language.text(each.term), language.text(each.text)) for each in site.definitions),
        Link(edition.say("What the labels mean"), relative(here, f"{edition.path()}#labels")),
    )
