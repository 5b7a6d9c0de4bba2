"""What a company hands in of its claims by what stands behind them: to the front page, the overview and agencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from dossier.model import Claim, Company
from dossier.plan.amounts import amount_row
from dossier.plan.claims import claim_label
from dossier.plan.companies import letter_of, order_of, sort_key
from dossier.plan.edition import Edition
from dossier.plan.lines import ROOT, Line, falling, written
from dossier.plan.sides import SIDE_OF, pairs
from dossier.plan.standing import has_words, is_answerable, latest_first, other_side
from dossier.plan.vocabulary import KIND
from dossier.views import Link, Row

MOST_OF_ONE = 2
"""Claims of one company that the front page names of a side, so that no company fills it."""


def lines_of_standing(edition: Edition, company: Company, claims: tuple[Claim, ...]) -> Iterator[Line]:
    """The claims of a company that stand, by side: `claims` are all of them in the order of its page."""
    register, code, letter = edition.register, edition.code, letter_of(company.name)
    name = f"{sort_key(company.name)}\x01{company.id}"
    live = [claim for claim in claims if not claim.withdrawn]
    rows = {claim.id: claim_row(edition, claim) for claim in live}
    for claim in live:
        side, order = SIDE_OF[register.standing[claim.id].label], order_of(claim)
        yield f"overview-{side}/{code}/{letter}", f"{name} {order}", written(rows[claim.id])
        with_agency = claim.counterparty in register.agencies
        if with_agency:
            yield f"agency/{code}/{claim.counterparty}", order, written(_in_full(edition, claim, rows[claim.id]))
        if claim.amount:
            told = written((claim.amount.currency, str(claim.amount.value), amount_row(edition, claim)))
            yield f"overview-amounts/{code}/{letter}", f"{name} {order}", told
            if with_agency:
                yield f"agency-amounts/{code}/{claim.counterparty}", f"{name} {order}", told
    contested = {each.id for pair in pairs(register, claims) for each in pair}
    named: Counter[str] = Counter()
    for claim in latest_first(claim for claim in live if is_answerable(claim)):
        standing = register.standing[claim.id]
        for side in (SIDE_OF[standing.label], *(["on-record-disputed"] if standing.disputed_on_record else [])):
            named[side] += 1
            if named[side] <= MOST_OF_ONE:
                told = written((rows[claim.id], claim.id in contested))
                yield f"{side}/{code}", _place(claim), told
    yield from _pairs(edition, name, letter, claims)
    if live and not any(has_words(edition, claim) for claim in live):
        yield f"silent/{code}", name, written(edition.company_link(ROOT, company))
    silent = Counter(claim.counterparty for claim in live if is_answerable(claim) and not has_words(edition, claim))
    for agency, number in silent.items():
        if agency in register.agencies:
            yield f"silent-agency/{code}/{agency}", name, written((edition.company_link(ROOT, company), number))


def _pairs(edition: Edition, name: str, letter: str, claims: tuple[Claim, ...]) -> Iterator[Line]:
    """Claims that contradict each other, where they are met first."""
    code = edition.code
    for index, (claim, other) in enumerate(pairs(edition.register, claims)):
        if claim.mode == "denied" and other.mode != "denied":
            claim, other = other, claim
        row, there = claim_row(edition, claim), claim_row(edition, other).head
        told = written((row, other_side(edition, other), there))
        if index < MOST_OF_ONE:
            yield f"contradicted/{code}", f"{_place(claim)} {other.id}", told
        yield f"overview-contradicted/{code}/{letter}", f"{name} {order_of(claim)} {other.id}", told
        for agency in dict.fromkeys((claim.counterparty, other.counterparty)):
            if agency in edition.register.agencies:
                yield f"contradicted-agency/{code}/{agency}", f"{name} {order_of(claim)} {other.id}", told


def _place(claim: Claim) -> str:
    return f"{falling(claim.date.earliest if claim.date else date.min)} {claim.id}"


def claim_row(edition: Edition, claim: Claim) -> Row:
    """A claim as a row of another page: under its company's name, with its date."""
    date_ = edition.language.date(claim.date)
    return Row(Link(edition.named(claim), edition.claim_href(ROOT, claim)), (date_,), claim_label(edition, claim))


def _in_full(edition: Edition, claim: Claim, row: Row) -> Row:
    """The same with the kind of business and the amount."""
    money = amount_row(edition, claim).money if claim.amount else ""
    return Row(row.head, (edition.say(KIND[claim.kind]), *row.cells, money), row.label)
