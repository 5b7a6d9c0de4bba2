"""What pages say of a record's past: earlier wordings, a translation older than its original, why something changed."""

from __future__ import annotations

from datetime import date, timedelta

from dossier.addresses import relative
from dossier.dates import parse_edtf
from dossier.model import Claim, Company, Correction
from dossier.past import Change, outdated, wordings
from dossier.plan.edition import Edition
from dossier.plan.vocabulary import KIND, WITH
from dossier.values import Prose, Text
from dossier.views import Link

MEANING = ("statement", "amount", "date", "mode")
"""What a claim says: what the lock holds."""
A_DAY = timedelta(days=1)
"""How far a commit may lie from the date of what explains it: days are UTC's, and dates are typed where people live."""


def on(edition: Edition, day: str) -> str:
    """A day of the history in words."""
    return edition.language.date(parse_edtf(day))


def history_link(edition: Edition, here: str, company: str, text: str, anchor: str = "") -> Link | None:
    """To the history of a company; None in a build without it."""
    if edition.register.past.reach == "none":
        return None
    page = edition.path("companies", company, "history")
    return Link(text, relative(here, f"{page}#{anchor}" if anchor else page))


def earlier(edition: Edition, here: str, claim: Claim) -> Link | None:
    """To the earlier wordings of a claim in this language, where there are any."""
    found = wordings(edition.register.past.of(claim.id), "statement", edition.code)
    if len(found) < 2:
        return None
    return history_link(edition, here, claim.company, edition.say("Earlier wordings"), f"wordings-{claim.id}")


def older_translation(edition: Edition, record: Claim | Company, key: str, text: Text | Prose | None) -> str:
    """That the text of a key in this language is older than in the site's first; '' where it is not, is no translation,
    or was changed since the last commit."""
    original = edition.register.languages[0]
    if edition.code == original or text is None or text.get(edition.code) is None:
        return ""
    changes = edition.register.past.of(record.id)
    day = outdated(changes, key, original, edition.code)
    if not day:
        return ""
    if isinstance(text, Text):
        committed = wordings(changes, key, edition.code)
        if committed and committed[-1].text != " ".join((text.get(edition.code) or "").split()):
            return ""
    return edition.say("Translation older than the original of %(date)s", date=on(edition, day))


def is_reworded(change: Change, language: str) -> bool:
    """Whether a claim said something else afterwards, in this language or in its fields; not that it was withdrawn,
    which is told as such."""
    keys = {edit.key for edit in change.edits if edit.language in ("", language)}
    return change.deed == "changed" and "withdrawn" not in keys and not keys.isdisjoint(MEANING)


def explaining(edition: Edition, name: str, change: Change) -> tuple[Correction, ...]:
    """The corrections of a record that tell why a change was made: of the same commit, or dated on that day."""
    register = edition.register
    return tuple(
        each
        for each in register.corrections_of.get(name, ())
        if _came_with(edition, each, change) or _covers(each, date.fromisoformat(change.day))
    )


def _came_with(edition: Edition, correction: Correction, change: Change) -> bool:
    told = edition.register.past.of(correction.id)
    return bool(told) and told[0].deed == "new" and told[0].commit == change.commit


def _covers(correction: Correction, day: date) -> bool:
    return correction.date.earliest <= day + A_DAY and day - A_DAY <= correction.date.latest


def date_as_told(edition: Edition, value: str) -> str:
    """A date of the past in words; as it was typed where it is none."""
    try:
        return edition.language.date(parse_edtf(value))
    except ValueError:
        return value


def name_it_had(edition: Edition, name: str, with_company: bool = False) -> str:
    """What a record was called that is gone; its id where that is not known, or where something was removed from it to
    protect somebody. A claim is called by its company besides, where a page does not stand for that."""
    changes = edition.register.past.of(name)
    if not changes or changes[-1].deed != "gone" or is_redacted(edition, name):
        return name
    had = {(edit.key, edit.language): edit.before for edit in changes[-1].edits}
    company = edition.register.companies.get(had.get(("company", ""), ""))
    titles = (had.get((key, code), "") for key in ("title", "name") for code in (edition.code, _first(edition), ""))
    said = edition.language.typeset(next(filter(None, titles), ""))
    when = "" if said else date_as_told(edition, had.get(("date", ""), ""))
    if changes[-1].collection == "responses" and company:
        of_company, with_company = edition.language.of(company.name), False
        said = edition.say("Reply by %(company)s", company=company.name, of_company=of_company)
    elif not said and changes[-1].collection == "claims" and (kind := had.get(("kind", ""), "")) in KIND:
        agency = edition.register.agencies.get(had.get(("counterparty", ""), ""))
        said = edition.say(KIND[kind])
        if agency:
            said = edition.say(WITH[kind], agency=edition.agency_name(agency, short=True))
    if not said:
        return name
    said = edition.say("%(what)s, %(date)s", what=said, date=when) if when else said
    if with_company and company:
        return edition.say("%(company)s: %(what)s", company=company.name, what=said)
    return said


def _first(edition: Edition) -> str:
    return edition.register.languages[0]


def is_redacted(edition: Edition, name: str) -> bool:
    """Whether something was removed from a record to protect somebody: then its earlier words are not shown again."""
    return any(each.kind == "redaction" for each in edition.register.corrections_of.get(name, ()))
