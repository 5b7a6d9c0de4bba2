"""What is supported, disputed and not known: of the whole dossier, a company, an agency, a demand. Decided here alone.

A claim stands on the side of its label (`sides.py`). What contradicts it stands beside it under "disputed", whatever
the label, so that nothing well supported hides that it is told otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from html import unescape
from itertools import islice

from dossier.addresses import relative
from dossier.model import OWN_WORDS, Claim, Company
from dossier.patterns import regex
from dossier.plan.claims import best_reply, replies_to
from dossier.plan.columns import (
    MOST,
    differ,
    found_nothing,
    on_record,
    open_questions,
    quiet,
    sides,
    silent,
    stand,
    waiting,
)
from dossier.plan.counts import Counts
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines
from dossier.plan.sides import SIDE_OF, SIDES, pairs
from dossier.plan.vocabulary import REPLY_COUNT
from dossier.standing import Item, Standing
from dossier.values import Html, Prose
from dossier.views import Link, Row

MOST_BESIDE = 2
"""The same where the columns stand beside a long name."""
LONGEST = 110
"""Characters of a question, where its first sentence is longer."""
_TAG = regex(r"<[^>]*>")
_BLANKS = regex(r"[ \t\n]+")
_STOP = regex(r"[.?!](?=[»”]?\s+[A-ZÀ-Ý«“])|\s?:(?=\s)")
_SHORT = frozenset("Mr Mrs Ms Dr St Ste Mme Mlle No Inc Ltd Corp Co Jr Sr Sen Rep Gov Gen p para art vs".split())
"""Abbreviations whose point ends no sentence, as far as dossiers are likely to hold them."""


def is_answerable(claim: Claim) -> bool:
    """Whether a reply is owed to a claim or was given: what a reader comes for."""
    return claim.is_adverse or bool(claim.reply)


def latest_first(claims: Iterable[Claim]) -> list[Claim]:
    """As they are named here: what asks for an answer before what is background, the latest first."""

    def order(claim: Claim) -> tuple[bool, int, str]:
        return not is_answerable(claim), -(claim.date.earliest if claim.date else date.min).toordinal(), claim.id

    return sorted(claims, key=order)


def has_words(edition: Edition, claim: Claim) -> bool:
    """Whether words of the company stand beside a claim."""
    return any(reply.status in OWN_WORDS for reply in replies_to(edition, claim))


def standing_of_company(edition: Edition, here: str, company: Company, live: Sequence[Claim]) -> Standing:
    """A company by its claims that stand (`live`): links lead to places of its own page."""
    register = edition.register

    both = list(pairs(register, live))
    contested = {claim.id for pair in both for claim in pair}

    def item(claim: Claim) -> Item:
        link = Link(edition.heading(claim), edition.claim_href(here, claim))
        return Item(link, edition.say("another claim differs") if claim.id in contested else "")

    by_side: dict[str, list[Item]] = {side: [] for side in SIDES}
    also: list[Item] = []
    for claim in latest_first(live):
        standing = register.standing[claim.id]
        by_side[SIDE_OF[standing.label]].append(item(claim))
        if standing.disputed_on_record:
            also.append(item(claim))
    told = [contradicted(edition, here, *pair) for pair in both]
    unanswered = sum(is_answerable(claim) and not has_words(edition, claim) for claim in live)
    searches = len(register.searches_of.get(company.id, ()))
    questions = [question(edition, each, "#unknown") for each in company.unknown]
    numbers = {side: len(found) for side, found in by_side.items()}
    return Standing(
        sides=sides(
            edition,
            numbers,
            lambda side: (by_side[side], "#claims"),
            [
                *stand(edition, on_record(edition, len(also)), also, len(also), "#claims"),
                *stand(edition, differ(edition, len(told)), told, len(told), "#claims", 1),
            ],
            [
                *stand(edition, open_questions(edition, len(questions)), questions, len(questions), "#unknown", 2),
                *stand(edition, silent(edition, unanswered), (), 0, ""),
                *stand(edition, found_nothing(edition, searches), (), 0, ""),
            ],
        ),
        says=tuple(filter(None, [answers_said(edition, live)])),
        words=_words(edition, here),
    )


def answers_said(edition: Edition, live: Sequence[Claim]) -> str:
    """How a company answered its claims, each counted once, under the reply that says most."""
    found: Counter[str] = Counter()
    for claim in live:
        best = best_reply(replies_to(edition, claim))
        found[best.status if best else "none-owed"] += 1
    told = [edition.count(*REPLY_COUNT[status], found[status]) for status in REPLY_COUNT if found[status]]
    if not told:
        return ""
    return edition.say("Claims by their replies: %(list)s.", list=", ".join(told))


def standing_of_site(edition: Edition, lines: Lines, counts: Counts) -> Standing:
    """The whole dossier, for its front page: claims by label, with the latest of each side as companies handed them
    in."""
    code, here = edition.code, edition.path()
    overview = relative(here, edition.path("overview"))

    def named(side: str) -> tuple[list[Item], str]:
        rows: Iterable[tuple[Row, bool]] = islice(lines.of(f"{side}/{code}", here), MOST)
        return [_item_of(edition, *told) for told in rows], f"{overview}#{side}_h"

    told = [_pair_of(each) for each in islice(lines.of(f"contradicted/{code}", here), MOST)]
    also = [_item_of(edition, *told) for told in islice(lines.of(f"on-record-disputed/{code}", here), MOST)]
    asked = []
    for name in islice(lines.of(f"unknown/{code}", here), MOST):
        company = edition.register.companies[name]
        made = question(edition, company.unknown[0], edition.company_link(here, company).href + "#unknown")
        asked.append(Item(made.link, company.name))
    speechless = [Item(link) for link in islice(lines.of(f"silent/{code}", here), MOST)]
    sought = counts.searches + len(edition.register.searches_of.get("", ()))
    numbers = {side: sum(counts.labels[label] for label in labels) for side, labels in SIDES.items()}
    companies = relative(here, edition.path("companies"))
    return Standing(
        sides=sides(
            edition,
            numbers,
            named,
            [
                *stand(edition, on_record(edition, counts.also), also, counts.also, f"{overview}#supported_h"),
                *stand(edition, differ(edition, counts.pairs), told, counts.pairs, f"{overview}#contradicted_h", 1),
            ],
            [
                *stand(edition, open_questions(edition, counts.open), asked, counts.open, "#unknown"),
                *stand(edition, quiet(edition, counts.silent), speechless, counts.silent, companies),
                *stand(edition, found_nothing(edition, sought), (), 0, ""),
            ],
        ),
        words=Link(edition.say("What the words mean"), "#labels"),
    )


def standing_of_agency(edition: Edition, here: str, agency: str, lines: Lines, rows: Sequence[Row]) -> Standing | None:
    """An agency by its claims, as companies handed them in, and by what was asked of it; None without either."""
    register, code = edition.register, edition.code
    by_side: dict[str, list[Item]] = {side: [] for side in SIDES}
    told = [_pair_of(each) for each in lines.of(f"contradicted-agency/{code}/{agency}", here)]
    contested = {link.href for each in told for link in (each.link, each.other) if link}
    for row in rows:
        assert row.label
        by_side[SIDE_OF[row.label.shape]].append(_item_of(edition, row, row.head.href in contested))
    told_nothing = list(lines.of(f"silent-agency/{code}/{agency}", here))
    unanswered = sum(number for _, number in told_nothing)
    companies = [Item(link, edition.count("%(n)s claim", "%(n)s claims", number)) for link, number in told_nothing]
    unmet = [each for each in register.demands_to.get(agency, ()) if each.status == "open"]
    asked = [
        Item(
            Link(edition.language.text(each.title or each.text), relative(here, f"{edition.path('demands')}#{each.id}"))
        )
        for each in unmet
    ]
    if not (rows or asked):
        return None
    return Standing(
        sides=sides(
            edition,
            {side: len(found) for side, found in by_side.items()},
            lambda side: (by_side[side][:MOST_BESIDE], "#claims"),
            stand(edition, differ(edition, len(told)), told, len(told), "#claims", 1),
            [
                *stand(edition, silent(edition, unanswered), companies, len(companies), "#claims"),
                *stand(edition, waiting(edition, len(asked)), asked, len(asked), "#demands"),
            ],
        ),
        words=_words(edition, here),
    )


def _words(edition: Edition, here: str) -> Link:
    return Link(edition.say("What the words mean"), relative(here, f"{edition.path()}#labels"))


def _item_of(edition: Edition, row: Row, is_contested: bool) -> Item:
    assert row.label
    says = f"{row.label.word}, {row.label.count}"
    return Item(row.head, f"{says}; {edition.say('another claim differs')}" if is_contested else says)


def _pair_of(told: tuple[Row, str, Link]) -> Item:
    row, says, other = told
    return Item(row.head, says, other)


def contradicted(edition: Edition, here: str, claim: Claim, other: Claim) -> Item:
    """A claim with the one that tells it otherwise, and whose word that is where an agency denies it."""
    if claim.mode == "denied" and other.mode != "denied":
        claim, other = other, claim
    return Item(
        Link(edition.heading(claim), edition.claim_href(here, claim)),
        other_side(edition, other),
        Link(edition.heading(other), edition.claim_href(here, other)),
    )


def other_side(edition: Edition, other: Claim) -> str:
    agency = edition.register.agencies.get(other.counterparty or "") if other.mode == "denied" else None
    if agency:
        return edition.say("%(agency)s says otherwise:", agency=edition.agency_name(agency, short=True))
    return edition.say("Other account:")


def question(edition: Edition, prose: Prose, href: str) -> Item:
    """The first sentence of what is not known, without its notes: those stand where it is told in full."""
    code = edition.code
    if prose.get(code) is None:
        code = edition.language.default if prose.get(edition.language.default) else prose.languages[0]
    passage = prose.get(code)
    assert passage is not None
    texts = [_plain(part) for part in passage.parts if isinstance(part, Html)]
    said, rest = next(((each, "".join(texts[at + 1 :])) for at, each in enumerate(texts) if each.strip()), ("", ""))
    sentence = _first_sentence(said.strip())
    is_cut = (
        sentence == said.strip() and rest.strip()[:1] not in ("", ".", "?", "!", ":") and sentence[-1:] not in ".?!"
    )
    if len(sentence) > LONGEST:
        sentence, is_cut = sentence[:LONGEST].rsplit(" ", 1)[0], True
    sentence = sentence.rstrip(".,;") + (" …" if is_cut else "")
    if code == edition.code:
        sentence = edition.language.typeset(sentence)
    return Item(Link(sentence, href, lang="" if code == edition.code else code))


def _plain(html: Html) -> str:
    return _BLANKS.sub(" ", unescape(_TAG.sub("", html)))


def _first_sentence(said: str) -> str:
    """Up to a stop or a colon; the point after an initial or an abbreviation is none."""
    for stop in _STOP.finditer(said):
        word = said[: stop.start()].rpartition(" ")[2].lstrip("(«“")
        if stop[0] != "." or not ("." in word or len(word) == 1 or word in _SHORT):
            return said[: stop.start()]
    return said
