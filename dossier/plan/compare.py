"""Companies side by side: the same headings for each, nothing ranked, nothing added up across kinds."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.addresses import relative
from dossier.listing import ComparePage, Glance, Said
from dossier.model import Claim, Company
from dossier.plan.claims import claim_label
from dossier.plan.companies import claims_of, tally
from dossier.plan.comparable import COMPARE, SECTION
from dossier.plan.edition import Edition
from dossier.plan.lines import ROOT, Line, Lines, written
from dossier.plan.standing import question
from dossier.plan.tabled import company_row, rule
from dossier.plan.vocabulary import AMOUNT, AMOUNT_SAYS
from dossier.views import Link

MOST_CLAIMS = 8
"""Claims that a column names under one label, and amounts of one kind."""
MOST_UNKNOWN = 6


def lines_to_compare(edition: Edition, company: Company, place: str) -> Iterator[Line]:
    if SECTION in edition.sections:
        yield f"compare/{edition.code}", place, written(glance(edition, ROOT, company))


def compare_page(edition: Edition, lines: Lines) -> ComparePage:
    here = edition.path(COMPARE)
    companies: tuple[Glance, ...] = tuple(lines.of(f"compare/{edition.code}", here))
    title = edition.say("Two companies side by side")
    return ComparePage(
        frame=edition.frame(COMPARE, title=title, section="companies", scripts=("compare",)),
        title=title,
        trail=(Link(edition.say("Companies"), relative(here, edition.path("companies"))),),
        lede=edition.say(
            "The same questions to each company. Nothing is ranked, and amounts are not added up: how much is on file "
            "depends on what sources told, and says nothing of itself."
        ),
        companies=companies,
        rule=rule(edition, here),
    )


def glance(edition: Edition, here: str, company: Company) -> Glance:
    """A company as a column."""
    register = edition.register
    mine = register.claims_of.get(company.id, ())
    live = tuple(claim for claim in claims_of(edition, company) if not claim.withdrawn)
    row = company_row(edition, here, company)
    page = relative(here, edition.path("companies", company.id))
    apart = [Said(edition.say("Kept apart; its page says why."))] if company.apart else []
    questions = [question(edition, each, f"{page}#unknown").link for each in company.unknown]
    more = len(questions) - MOST_UNKNOWN
    return Glance(
        anchor=company.id,
        link=row.link,
        what=(*(Said(text) for text in (row.what, row.place[1], row.also) if text), *apart),
        claims=(Said(tally(edition, mine)[0] if mine else row.said),),
        labels=tuple(
            Said(
                label=label,
                below=_first(
                    edition,
                    page,
                    [_claim(edition, here, each) for each in live if register.standing[each.id].label == label.shape],
                ),
            )
            for label in row.labels
        ),
        agencies=tuple(Said(link=each.link, remark=each.claims.text) for each in row.agencies),
        amounts=tuple(_amounts(edition, here, page, live)),
        years=tuple(Said(text) for text in (row.years, row.years_note) if text),
        replies=tuple(Said(label=label) for _, label in row.replies),
        unknown=(
            *(Said(link=link) for link in questions[:MOST_UNKNOWN]),
            *([Said(link=Link(_more(edition, more), f"{page}#unknown"))] if more > 0 else []),
        ),
    )


def _claim(edition: Edition, here: str, claim: Claim) -> Said:
    """A claim by name, and what its label alone does not tell."""
    told = []
    if edition.register.standing[claim.id].disputed_on_record:
        told.append(edition.say("disputed by the company"))
    if any(not each.withdrawn for each in _others(edition, claim)):
        told.append(edition.say("another claim differs"))
    return Said(link=Link(edition.heading(claim), edition.claim_href(here, claim)), remark="; ".join(told))


def _others(edition: Edition, claim: Claim) -> Iterator[Claim]:
    for difference in claim.differs_from:
        other = edition.register.claims.get(difference.claim)
        if other:
            yield other


def _amounts(edition: Edition, here: str, page: str, claims: tuple[Claim, ...]) -> Iterator[Said]:
    """Each amount under its kind, in the order of the claims that name it."""
    language = edition.language
    for kind in AMOUNT:
        found = []
        for claim in claims:
            if claim.amount is None or claim.amount.kind != kind:
                continue
            money = language.money(claim.amount.value, claim.amount.currency)
            if claim.amount.approximate:
                money = edition.say("about %(money)s", money=money)
            label = claim_label(edition, claim).word
            found.append(Said(link=Link(money, edition.claim_href(here, claim)), remark=label))
        if found:
            yield Said(edition.say(AMOUNT_SAYS[kind]), below=_first(edition, f"{page}#amounts", found))


def _first(edition: Edition, page: str, found: list[Said]) -> tuple[Said, ...]:
    """As many as a column holds, then how many more there are."""
    more = len(found) - MOST_CLAIMS
    if more <= 0:
        return tuple(found)
    return (*found[:MOST_CLAIMS], Said(link=Link(_more(edition, more), page)))


def _more(edition: Edition, number: int) -> str:
    return edition.count("%(n)s more", "%(n)s more", number)
