"""What is weak in a company's claims and in what rests on a source, as lines for the page of weak points."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.model import Claim, Company, Response, Source
from dossier.plan.claims import answered
from dossier.plan.companies import claims_in_order, letter_of, sort_key
from dossier.plan.edition import Edition
from dossier.plan.lines import ROOT, Line, written
from dossier.plan.vocabulary import LABEL
from dossier.plan.weak import IN_VAIN, falling, loses, unanswered, unchecked, uncopied, unproved
from dossier.register import Fall
from dossier.views import Link
from dossier.weak_points import WeakRow

MOST_ITEMS = 30
"""Claims that are named under one source or company; its own page has them all."""


def lines_of_company(edition: Edition, company: Company) -> Iterator[Line]:
    """What is weak in a company's claims and replies, a line a kind."""
    register = edition.register
    code, letter, name = edition.code, letter_of(company.name), f"{sort_key(company.name)}\x01{company.id}"
    items: dict[str, list[tuple[Link, str]]] = {
        "copies": [(_claim_link(edition, claim), "") for claim in claims_in_order(uncopied(register, company))],
        "answers": [(_reply_link(edition, each), _asked(edition, each)) for each in unanswered(register, company)],
        "checks": [
            (_claim_link(edition, claim), _checked(edition, claim))
            for claim in claims_in_order(unchecked(register, company, edition.today))
        ],
    }
    for kind, found in items.items():
        if found:
            row = _row(edition, edition.company_link(ROOT, company), "", found)
            yield f"weak-{kind}/{code}/{letter}", name, written((0, 0, row))


def lines_of_source(edition: Edition, source: Source) -> Iterator[Line]:
    """What falls with a source, and its quotes that were sought in vain, under the letter it has in the list of
    sources."""
    register = edition.register
    if falls := falling(register, source):
        yield _line_of_falls(edition, source, falls)
    if lacking := [words for words, state in unproved(register, source) if state.kind in IN_VAIN]:
        maker = edition.maker(source)
        row = _row(edition, _head(edition, source), edition.dated(source), [])
        row.says = edition.count(
            "%(n)s quote is not in its newest copy.", "%(n)s quotes are not in its newest copy.", len(lacking)
        )
        place = f"{sort_key(maker)}\x01{maker}\x01{source.id}"
        yield f"weak-quotes/{edition.code}/{letter_of(maker)}", place, written((0, 0, row))


def _head(edition: Edition, source: Source) -> Link:
    lang = "" if source.language.startswith(edition.code) else source.language
    return Link(source.title, edition.source_href(ROOT, source.id), lang=lang)


def _line_of_falls(edition: Edition, source: Source, falls: tuple[Fall, ...]) -> Line:
    register = edition.register
    lost = sum(loses(register, fall) for fall in falls)
    items = []
    for fall in falls:
        claim = register.claims[fall.claim]
        link = Link(edition.named(claim), edition.claim_href(ROOT, claim))
        label = edition.say(LABEL[fall.without.label])
        items.append((link, "" if loses(register, fall) else edition.say("Would read: %(label)s", label=label)))
    maker = edition.maker(source)
    # An original often has the title of the copy that was read.
    by = [edition.dated(source), *([edition.say("original, not read")] if source.read == "none" else [])]
    row = _row(edition, _head(edition, source), " · ".join(by), items)
    if lost:
        row.says = edition.count(
            "Without it, %(n)s claim would have no origin left.",
            "Without it, %(n)s claims would have no origin left.",
            lost,
        )
    place = f"{9_999_999 - lost:07}{9_999_999 - len(falls):07} {sort_key(maker)}\x01{maker}\x01{source.id}"
    return f"weak-falls/{edition.code}/{letter_of(maker)}", place, written((lost, len(falls), row))


def _row(edition: Edition, head: Link, by: str, items: list[tuple[Link, str]]) -> WeakRow:
    more = len(items) - MOST_ITEMS
    said = edition.count("%(n)s more on its own page", "%(n)s more on its own page", more) if more > 0 else ""
    return WeakRow(head, by, "", tuple(items[:MOST_ITEMS]), said)


def _claim_link(edition: Edition, claim: Claim) -> Link:
    return Link(edition.heading(claim), edition.claim_href(ROOT, claim))


def _reply_link(edition: Edition, response: Response) -> Link:
    claim = answered(edition, response)
    if claim:
        return _claim_link(edition, claim)
    return edition.company_link(ROOT, edition.register.companies[response.company])


def _asked(edition: Edition, response: Response) -> str:
    """When a company was asked, and until when it may answer or might have."""
    said = edition.language
    when = {"date": said.date(response.date), "on_date": said.on(response.date)}
    if response.status == "no-response":
        return edition.say("No answer, %(date)s", date=when["date"])
    if response.deadline is None:
        return edition.say("Invited %(date)s", **when)
    due = {"due": said.date(response.deadline), "on_due": said.on(response.deadline)}
    if response.deadline.latest < edition.today:
        return edition.say("Invited %(date)s; an answer was due by %(due)s", **when, **due)
    return edition.say("Invited %(date)s; an answer is due by %(due)s", **when, **due)


def _checked(edition: Edition, claim: Claim) -> str:
    if claim.verified is None:
        return edition.say("Never checked")
    language = edition.language
    return edition.say("Checked %(date)s", date=language.date(claim.verified), on_date=language.on(claim.verified))
