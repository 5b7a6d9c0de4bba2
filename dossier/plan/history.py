"""The history of one company: what changed in its dossier, by day, and how each claim was worded over time.

What stands in a history was never checked by the rules of today, and some of it not by any: whatever is found there is
shown as text, and a value that is none we know as it was typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from dossier.addresses import relative
from dossier.frozen import dataclass
from dossier.history_page import Alteration, Altered, HistoryPage, PastDay, Worded, Wordings
from dossier.model import Claim, Company, Correction
from dossier.pages import Page
from dossier.past import TOLD, Change, Edit, wordings
from dossier.plan.companies import claims_of
from dossier.plan.days import correction_day
from dossier.plan.edition import Edition
from dossier.plan.notes import plain
from dossier.plan.rewordings import date_as_told, explaining, is_redacted, name_it_had, on
from dossier.plan.versions import Followed, versions
from dossier.plan.vocabulary import AMOUNT, CORRECTION, DEED, KEY, KIND, MODE, POSITION, REASON, REPLY
from dossier.values import CURRENCY
from dossier.views import Link, Note

OF_MEANING = ("statement", "amount", "date", "mode", "status", "position")
"""Keys of which a change wants a reason."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A record whose past is told: what it is called, and where it stands, if it does."""

    id: str
    title: str
    href: str = ""


def history_page(edition: Edition, company: Company) -> Page:
    """Only to be asked for where the past is known."""
    register = edition.register
    here = edition.path("companies", company.id, "history")
    claims = claims_of(edition, company)
    days: dict[str, list[Altered]] = {}
    new: dict[str, list[Link]] = {}
    explained: set[str] = set()
    told = list(_records(edition, company, claims))
    for each in told:
        for change in register.past.of(each.id):
            if change.deed == "new":
                new.setdefault(change.day, []).append(_link(here, each) or Link(each.title, ""))
            elif change.deed != "known":
                because = explaining(edition, each.id, change)
                explained.update(correction.id for correction in because)
                days.setdefault(change.day, []).append(_altered(edition, here, each, change, because))
    for each in told:
        for correction in register.corrections_of.get(each.id, ()):
            if correction.id not in explained:
                entry = Altered(edition.say(CORRECTION[correction.kind]), each.title, _link(here, each))
                entry.reasons = (_note(edition, here, correction),)
                days.setdefault(correction.date.known_latest.isoformat(), []).append(entry)
    title = edition.say("History of the page on %(company)s", company=company.name)
    return HistoryPage(
        frame=edition.frame("companies", company.id, "history", title=title, noindex=True),
        title=title,
        trail=(
            Link(edition.say("Companies"), relative(here, edition.path("companies"))),
            edition.company_link(here, company),
        ),
        reach=_reach(edition),
        days=tuple(
            _day(edition, day, days.get(day, []), new.get(day, []))
            for day in sorted(days.keys() | new.keys(), reverse=True)
        ),
        none="" if days or new else edition.say("No change so far."),
        wordings=tuple(made for claim in claims if (made := _wordings(edition, here, claim))),
        versions=versions(edition, company, tuple(_followed(edition, here, told)), days.keys() | new.keys()),
    )


def _followed(edition: Edition, here: str, told: Iterable[_Told]) -> Iterator[Followed]:
    """The records of which versions are made, those that are gone among them, with all their changes."""
    register = edition.register
    for each in told:
        changes = register.past.of(each.id)
        if changes:
            link = _link(here, each) or Link(each.title, "")
            if len(wordings(changes, "statement", edition.code)) > 1 and each.id in register.claims:
                link = Link(each.title, f"#wordings-{each.id}")
            yield Followed(link, changes)
        for correction in register.corrections_of.get(each.id, ()):
            if changes := register.past.of(correction.id):
                yield Followed(Link("", ""), changes)


def _day(edition: Edition, day: str, records: list[Altered], new: list[Link]) -> PastDay:
    when = on(edition, day)
    return PastDay(day, when, edition.say("As of %(date)s", date=when), tuple(records), tuple(new))


def _reach(edition: Edition) -> str:
    past = edition.register.past
    if past.reach == "whole":
        return edition.say("Kept since %(date)s.", date=on(edition, past.begins))
    return edition.say(
        "Known since %(date)s. Earlier history is not known here: this build was made from a copy without it.",
        date=on(edition, past.begins),
    )


def _records(edition: Edition, company: Company, claims: tuple[Claim, ...]) -> Iterator[_Told]:
    """The company, its claims and replies, then the claims that are gone."""
    register = edition.register
    page = edition.path("companies", company.id)
    yield _Told(company.id, company.name, page)
    for claim in claims:
        yield _Told(claim.id, edition.heading(claim), f"{page}#{claim.id}")
    named = edition.say("Reply by %(company)s", company=company.name, of_company=edition.language.of(company.name))
    replies = sorted(register.responses_of.get(company.id, ()), key=lambda r: (r.date.earliest, r.id))
    days = Counter(edition.language.date(response.date) for response in replies)
    for response in replies:
        beside = next((name for name in register.answering.get(response.id, ()) if name in register.claims), "")
        when = edition.language.date(response.date)
        title = edition.say("%(what)s, %(date)s", what=named, date=when)
        if beside and days[when] > 1:
            title = edition.say("%(reply)s, on “%(what)s”", reply=title, what=edition.heading(register.claims[beside]))
        yield _Told(response.id, title, f"{page}#{beside}" if beside else "")
    for name in register.past.gone_of(company.id):
        if name not in register.records or name in register.tombstones:
            yield _Told(name, name_it_had(edition, name))


def _link(here: str, told: _Told) -> Link | None:
    return Link(told.title, relative(here, told.href)) if told.href else None


def _altered(edition: Edition, here: str, told: _Told, change: Change, because: tuple[Correction, ...]) -> Altered:
    """What one commit did to a record."""
    is_gone, is_hidden = change.deed == "gone", is_redacted(edition, told.id)
    edits = change.edits if change.deed == "changed" else ()
    kind = DEED[change.deed]
    if any(edit.key == "withdrawn" and edit.after for edit in edits):
        kind = DEED["withdrawn"]
    reasons = [_note(edition, here, each) for each in because]
    tombstone = edition.register.tombstones.get(told.id) if is_gone else None
    if tombstone:
        reasons.append(Note(edition.say("Why."), (plain(edition.language.text(tombstone.reason)),)))
    wants_reason = is_gone or any(edit.key in OF_MEANING for edit in edits)
    is_unexplained = wants_reason and not reasons and not any(edit.key == "withdrawn" for edit in edits)
    return Altered(
        edition.say(kind),
        told.title,
        _link(here, told),
        tuple(_alteration(edition, change.collection, edit, is_hidden) for edit in edits),
        tuple(reasons),
        edition.say("No reason recorded.") if is_unexplained else "",
        _last_words(edition, change) if is_gone and not is_hidden and (tombstone or _was_withdrawn(change)) else "",
    )


def _note(edition: Edition, here: str, correction: Correction) -> Note:
    said = correction_day(edition, here, correction)
    about = edition.say("%(what)s, %(date)s.", what=said.kind, date=said.when)
    return Note(about, said.words)


def _was_withdrawn(change: Change) -> bool:
    return any(edit.key == "withdrawn" for edit in change.edits)


def _last_words(edition: Edition, change: Change) -> str:
    """The statement of a record that is gone: in this language, else in the one it had."""
    said = {edit.language: edit.before for edit in change.edits if edit.key == "statement"}
    return said.get(edition.code) or said.get(edition.register.languages[0]) or next(iter(said.values()), "")


def _alteration(edition: Edition, collection: str, edit: Edit, is_hidden: bool) -> Alteration:
    """One key, before and after, in words."""
    key = edition.say(KEY[edit.key]) if edit.key in KEY else edit.key
    if edit.language and edit.language != edition.code:
        name = edition.language.language_name(edit.language)
        key = edition.say("%(what)s (%(language)s)", what=key, language=name)
    lang = edit.language if edit.language != edition.code else ""
    if edit.added or edit.removed:
        return Alteration(key, "", "", says=_counted(edition, edit))
    if is_hidden:
        return Alteration(key, "", "", says=edition.say("changed; the words are not shown, to protect somebody"))
    if TOLD in (edit.before, edit.after) or not (edit.before or edit.after):
        word = "added" if not edit.before else "removed" if not edit.after else "changed"
        if not (edit.before or edit.after):
            word = "changed"
        return Alteration(key, "", "", says=edition.say(_HOW[word]))
    before, after = (_said(edition, collection, edit.key, value) for value in (edit.before, edit.after))
    return Alteration(key, before, after, lang)


def _counted(edition: Edition, edit: Edit) -> str:
    """What became of the items of a list: as many as went and came are taken for changed ones."""
    changed = min(edit.added, edit.removed)
    said = (
        (changed, edition.count("%(n)s changed", "%(n)s changed", changed)),
        (edit.added - changed, edition.count("%(n)s added", "%(n)s added", edit.added - changed)),
        (edit.removed - changed, edition.count("%(n)s removed", "%(n)s removed", edit.removed - changed)),
    )
    return ", ".join(words for number, words in said if number)


def _(message: str) -> str:
    return message


_HOW = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}


def _said(edition: Edition, collection: str, key: str, value: str) -> str:
    """A value as it stood, in the words of today where they fit."""
    if key == "amount":
        return _money(edition, value)
    if key == "withdrawn" and value:
        when, _, reason = value.partition(" ")
        return edition.say(
            "%(date)s, %(reason)s", date=date_as_told(edition, when), reason=_word(edition, REASON, reason)
        )
    if key in ("date", "verified", "deadline"):
        return date_as_told(edition, value)
    if key == "status" and collection == "responses":
        return edition.say(REPLY[value][0]) if value in REPLY else value
    return _word(edition, {"mode": MODE, "kind": KIND, "position": POSITION}.get(key, {}), value)


def _word(edition: Edition, words: dict[str, str], value: str) -> str:
    return edition.say(words[value]) if words.get(value) else value


def _money(edition: Edition, value: str) -> str:
    """An amount as `past` tells it: `5.5 CAD ceiling about`."""
    number, _, rest = value.partition(" ")
    currency, _, kind = rest.partition(" ")
    kind, _, about = kind.partition(" ")
    try:
        amount = Decimal(number)
    except InvalidOperation:
        return value
    if not (number.replace(".", "").isdigit() and len(number) < 24 and CURRENCY.fits(currency)):
        return value
    money = edition.language.money(amount, currency)
    money = edition.say("about %(money)s", money=money) if about else money
    return f"{money}, {_word(edition, AMOUNT, kind).lower()}" if kind else money


def _wordings(edition: Edition, here: str, claim: Claim) -> Wordings | None:
    """What a claim said in this language, and from when until when."""
    found = wordings(edition.register.past.of(claim.id), "statement", edition.code)
    if not found:
        return None
    link = Link(edition.heading(claim), edition.claim_href(here, claim))
    if is_redacted(edition, claim.id) and len(found) > 1:
        says = edition.say("Earlier wordings are not shown, to protect somebody.")
        return Wordings(f"wordings-{claim.id}", link, (), says)
    versions: list[Worded] = []
    anchors = _anchors(f"{claim.id}-{each.since}" for each in found)
    for each, anchor in zip(found, anchors, strict=True):
        since = on(edition, each.since)
        period = (
            edition.say("Since %(date)s", date=since)
            if not each.until
            else since
            if each.until == each.since
            else edition.say("%(start)s until %(end)s", start=since, end=on(edition, each.until))
        )
        versions.append(Worded(anchor, period, edition.language.typeset(each.text), bool(each.until)))
    return Wordings(f"wordings-{claim.id}", link, tuple(versions))


def _anchors(wanted: Iterable[str]) -> Iterator[str]:
    """Names for versions; those of one day are counted."""
    met: dict[str, int] = {}
    for name in wanted:
        met[name] = met.get(name, 0) + 1
        yield name if met[name] == 1 else f"{name}-{met[name]}"
