"""What changed, entry by entry: what feeds tell. A claim counts as new on the day it was first locked; without a lock
nothing is known of that day, and nothing is said of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote, urljoin, urlsplit

from dossier.dates import FIRST, Edtf
from dossier.feed import FeedEntry
from dossier.frozen import dataclass
from dossier.model import OWN_WORDS, Agency, Claim, Company, Correction, Demand, Response, Tombstone
from dossier.patterns import regex
from dossier.plan.claims import answered, replies_to, reply_label
from dossier.plan.days import correction_day
from dossier.plan.edition import Edition
from dossier.plan.lines import ROOT, falling
from dossier.plan.notes import Notes
from dossier.plan.vocabulary import CORRECTION, DEMAND, REASON
from dossier.values import Prose, Text

_OWN_LINK = regex(r'href="(?![a-z][a-z0-9+.-]*:)([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class News:
    """An entry and its place among others, the latest first; `agencies` are those whose feeds tell it too."""

    place: str
    entry: FeedEntry
    agencies: tuple[str, ...] = ()


def of_company(edition: Edition, company: Company) -> list[News]:
    """A company's claims and replies as they came and changed; corrections and demands are told apart from these."""
    register = edition.register
    claims = register.claims_of.get(company.id, ())
    replies = [each for each in register.responses_of.get(company.id, ()) if each.status in OWN_WORDS]
    return [
        *(news for claim in claims for news in _of_claim(edition, company, claim)),
        *(news for reply in replies for news in _of_reply(edition, company, reply, claims)),
    ]


def about_company(edition: Edition, company: Company, corrections: Iterable[Correction]) -> Iterator[News]:
    """What others tell of it: its `corrections`, and the demands addressed to it."""
    yield from (of_correction(edition, each) for each in corrections)
    for demand in edition.register.demands_to.get(company.id, ()):
        yield from of_demand(edition, demand)


def of_rest(edition: Edition) -> Iterator[News]:
    """What is about no one company: demands, removals. Corrections are told by `of_correction`."""
    for demand in edition.register.demands.values():
        yield from of_demand(edition, demand)
    for tombstone in edition.register.tombstones.values():
        yield _removed(edition, tombstone)


def _rewordings(edition: Edition, record: Claim | Response) -> Iterator[str]:
    """The days on which a record came to say something else. The lock knows the last one. What git knows of all that
    were before belongs here."""
    locked = edition.register.published.get(record.id)
    if locked and locked.since and locked.since != locked.first:
        corrected = {_day(each.date) for each in edition.register.corrections_of.get(record.id, ())}
        if locked.since not in corrected:  # else the correction tells it, and why
            yield locked.since


def _of_claim(edition: Edition, company: Company, claim: Claim) -> Iterator[News]:
    locked = edition.register.published.get(claim.id)
    if not (locked or claim.withdrawn):
        return
    url = edition.absolute(edition.path("companies", company.id)) + f"#{claim.id}"
    agencies = _agencies(edition, claim.counterparty)
    title = edition.named(claim)
    gone = _day(claim.withdrawn.date) if claim.withdrawn else ""

    def told(what: str, day: str, kind: str, html: str, *later: str) -> News:
        return _news(edition, claim.id, what, day, kind, title, url, html, agencies, later)

    if locked:
        words = _claim(edition, claim, url)
        kind = edition.say("New claim, since withdrawn") if gone else edition.say("New claim")
        replied = [_day(each.date) for each in replies_to(edition, claim) if each.status in OWN_WORDS]
        yield told("new", locked.first, kind, words, locked.since, gone, *replied)
        for day in _rewordings(edition, claim):
            yield told("wording", day, edition.say("Wording changed"), words, gone, *replied)
    if gone:
        yield told("withdrawn", gone, edition.say("Withdrawn"), _withdrawn(edition, claim))


def _of_reply(edition: Edition, company: Company, reply: Response, claims: Iterable[Claim]) -> Iterator[News]:
    claim = answered(edition, reply)
    page = edition.absolute(edition.path("companies", company.id))
    url = f"{page}#{claim.id}" if claim else page
    title = company.name
    if claim:
        title = edition.named(claim)
    agencies = _agencies(edition, *(each.counterparty for each in claims if reply.id in each.reply))
    html = _reply(edition, reply, url)
    days = [*_rewordings(edition, reply)]
    day, kind = _day(reply.date), edition.say("Reply")
    yield _news(edition, reply.id, "reply", day, kind, title, url, html, agencies, days)
    for day in days:
        yield _news(edition, reply.id, "wording", day, edition.say("Wording changed"), title, url, html, agencies)


def of_correction(edition: Edition, correction: Correction) -> News:
    """A correction of any kind. One about a claim links to the claim, any other to where it is told."""
    register = edition.register
    target = register.records.get(correction.target)
    url = edition.absolute(edition.path("corrections")) + f"#{correction.id}"
    title, agency = correction.target, None
    if isinstance(target, Claim) and target.company in register.companies:
        url = edition.absolute(edition.path("companies", target.company)) + f"#{target.id}"
        title = edition.named(target)
        agency = target.counterparty
    elif isinstance(target, Company):
        title = target.name
    elif isinstance(target, Response) and target.company in register.companies:
        title = edition.say(
            "Reply by %(company)s",
            company=(name := register.companies[target.company].name),
            of_company=edition.language.of(name),
        )
    elif isinstance(target, Demand):
        title, agency = edition.language.text(target.title or target.text), target.addressed_to
    elif isinstance(target, Agency):
        title, agency = edition.agency_name(target), target.id
    html = "".join(f"<p>{piece.html}</p>" for piece in correction_day(edition, ROOT, correction).words if piece.html)
    kind = edition.say(CORRECTION[correction.kind])
    day, agencies = _day(correction.date), _agencies(edition, agency)
    return _news(edition, correction.id, "correction", day, kind, title, url, html, agencies)


def of_demand(edition: Edition, demand: Demand) -> Iterator[News]:
    """What became of a demand, from the second step on: the first is that it was asked."""
    title = edition.language.text(demand.title or demand.text)
    url = edition.absolute(edition.path("demands")) + f"#{demand.id}"
    agencies = _agencies(edition, demand.addressed_to)
    met: Counter[tuple[str, str]] = Counter()
    for step in demand.history[1:]:
        day = _day(step.date)
        met[step.status, day] += 1
        what = step.status if met[step.status, day] == 1 else f"{step.status}-{met[step.status, day]}"
        html = _prose(edition, step.note, url)
        yield _news(edition, demand.id, what, day, edition.say(DEMAND[step.status]), title, url, html, agencies)


def _removed(edition: Edition, tombstone: Tombstone) -> News:
    url = edition.absolute(edition.path("changes"))
    html, day = _text(edition, tombstone.reason), _day(tombstone.date)
    return _news(edition, tombstone.id, "removed", day, edition.say("Removed"), tombstone.id, url, html)


def _news(
    edition: Edition, record: str, what: str, day: str, kind: str, title: str, url: str, html: str,
    agencies: tuple[str, ...] = (), later: Iterable[str] = (),
) -> News:  # fmt: skip
    """`later` are days on which what the entry tells was changed or answered; '' for none."""
    entry = FeedEntry(
        f"{tag(edition.register.site.base_url, edition.code)}{record}/{what}/{day}",
        url,
        kind,
        edition.say("%(kind)s – %(title)s", kind=kind, title=title),
        day,
        max((day, *later)),
        html or f"<p>{escape(title)}</p>",
    )
    return News(f"{falling(date.fromisoformat(day))} {record} {what}", entry, agencies)


def _day(when: Edtf) -> str:
    """The first day of what a date names last: a month counts from its first day, so that no entry lies ahead."""
    point = when.end or when.start
    return (point.earliest if point else FIRST).isoformat()


@lru_cache(maxsize=16)
def tag(base: str, code: str) -> str:
    """How ids of a site's feeds begin: a tag URI (RFC 4151) of the site's host, made with the year of this format."""
    at = urlsplit(base)
    host = at.hostname or ""
    host = quote(host if host.isascii() else host.encode("idna").decode())
    return f"tag:{host},2026:{quote(unescape(at.path).strip('/'))}/{code}/"


def _agencies(edition: Edition, *names: str | None) -> tuple[str, ...]:
    """Those of the names that are agencies, each once."""
    agencies = edition.register.agencies
    return tuple([name for name in dict.fromkeys(names) if name and name in agencies])


def _claim(edition: Edition, claim: Claim, url: str) -> str:
    """A claim never goes without what is known of a reply; one that was withdrawn is not said again."""
    if claim.withdrawn:
        return _withdrawn(edition, claim)
    replies = [_reply(edition, reply, url) for reply in replies_to(edition, claim)]
    if not replies:
        replies = [f"<p>{escape(edition.say('No reply is owed: this sentence puts no blame on the company.'))}</p>"]
    return _text(edition, claim.statement) + "".join(replies)


def _reply(edition: Edition, reply: Response, url: str) -> str:
    label = reply_label(edition, reply)
    said = f"{label.word}, {label.count}" if label.count else label.word
    head = edition.say("%(kind)s – %(title)s", kind=edition.say("Reply"), title=said)
    return f"<p>{escape(head)}</p>" + _prose(edition, reply.statement, url)


def _withdrawn(edition: Edition, claim: Claim) -> str:
    assert claim.withdrawn
    when = edition.say("Withdrawn, %(date)s.", date=edition.language.date(claim.withdrawn.date))
    why = edition.say("Reason: %(reason)s.", reason=edition.say(REASON[claim.withdrawn.reason]))
    return f"<p>{escape(when)} {escape(why)}</p>{_text(edition, claim.withdrawn.note)}"


def _text(edition: Edition, text: Text | None) -> str:
    if text is None:
        return ""
    lang = "" if text.get(edition.code) else f' lang="{text.languages[0]}"'
    return f"<p{lang}>{escape(edition.language.text(text))}</p>"


def _prose(edition: Edition, prose: Prose | None, url: str) -> str:
    """Prose without the numbers of its citations, its links absolute."""
    html = "".join(piece.html for piece in Notes(edition, ROOT).words(prose))
    html = _OWN_LINK.sub(lambda link: f'href="{escape(urljoin(url, unescape(link[1])))}"', html)
    return html if not html or html.startswith(("<p", "<ul", "<ol", "<div", "<h", "<bl", "<pre")) else f"<p>{html}</p>"
