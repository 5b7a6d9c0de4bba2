"""What was published changes in the open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dossier.checks import draft
from dossier.model import Claim, Correction, Response, Tombstone
from dossier.problems import Problem, Rule
from dossier.published import Locked, bare, changed, digest, meaning
from dossier.register import Register
from dossier.values import Text

RULE = Rule(
    "E702",
    "silent-change",
    "integrity",
    "error",
    "A claim or reply that was published changes its words, amount, date or mode only with a correction that says so.",
    "Readers have quoted it, and the company has read it. "
    "What was published is kept, as digests, in data/published.lock.",
    "Take the change back, or add a correction whose target is this record.",
)

_LANGUAGES = {"en": "English", "fr": "French"}


def check(register: Register, today: date) -> Iterator[Problem]:
    for correction in register.corrections.values():
        yield from _left_open(correction, "text", correction.text)
    for tombstone in register.tombstones.values():
        yield from _left_open(tombstone, "reason", tombstone.reason)
    if not register.published:
        return
    for claim in register.claims.values():
        yield from _silent(register, claim, "claims", today)
    for response in register.responses.values():
        yield from _silent(register, response, "responses", today)
    for correction in register.corrections.values():
        if correction.id not in register.published:
            yield from _misquoted(register, correction)


def _left_open(record: Correction | Tombstone, key: str, text: Text | None) -> Iterator[Problem]:
    for code, words in text or ():
        if draft.is_open(words):
            said = f"'{key}' of '{record.id}' is still what the checker wrote for you to replace"
            yield RULE.at(record.place.span(key, code), said, "Say it in your own words.")


def _new(register: Register, target: str) -> list[Correction]:
    """The corrections of a record that were not published yet."""
    return [each for each in register.corrections_of.get(target, ()) if each.id not in register.published]


def _silent(register: Register, record: Claim | Response, collection: str, today: date) -> Iterator[Problem]:
    locked = register.published.get(record.id)
    if locked is None or locked.collection != collection:
        return
    names = changed(locked, record)
    if not names or _new(register, record.id):
        return
    if any(name.startswith(f"{record.id}-") for name in register.lost):
        return  # most likely its correction, with a slip that is told already
    told = ", ".join(_told(name, locked, record) for name in names)
    said = f"'{record.id}' does not say what was published on {locked.since or locked.first}: {told}"
    # All languages of a statement, of which one has changed: readers of the others get it too.
    after = record.statement if isinstance(record, Claim) and _is_said_otherwise(names) else ()
    file, lines = draft.correction(register, record.id, after, today)
    remedy = f"Take the change back, or put this into a file such as {file}, and say in 'text' why:"
    yield RULE.at(record.place.span(*names[0].split(".")), said, f"{remedy}\n\n{lines}\n")


def _is_said_otherwise(names: Iterable[str]) -> bool:
    return any(name.startswith("statement.") for name in names)


def _told(name: str, locked: Locked, record: Claim | Response) -> str:
    """What became of one of the names that `changed` gives."""
    key, _, code = name.partition(".")
    what = f"the {key} in {_LANGUAGES.get(code, code)}" if code else f"the {key}"
    if name not in dict(meaning(record)):
        return f"{what} is gone"
    return f"{what} {'has changed' if name in dict(locked.digests) else 'is new'}"


def _misquoted(register: Register, correction: Correction) -> Iterator[Problem]:
    """Where a new correction says that words stood there, or stand there now, which do not."""
    claim, locked = register.claims.get(correction.target), register.published.get(correction.target)
    if claim is None or locked is None or not (correction.before or correction.after):
        return
    if not _is_said_otherwise(changed(locked, claim)):
        return  # what it tells of is no text that we know
    published = dict(locked.digests)
    others = [each for each in _new(register, claim.id) if each.id != correction.id]
    for code, words in correction.before or ():
        name = f"statement.{code}"
        stood = {published.get(name), *(digest(each.after.get(code) or "") for each in others if each.after)}
        if name in published and digest(words) not in stood:
            said = f"'before' of '{correction.id}' is not the statement of '{claim.id}' that was published"
            remedy = "Write the whole statement as it was published, or leave 'before' out: nobody is misquoted."
            yield RULE.at(correction.place.span("before", code), said, remedy)
    for code, words in () if others else correction.after or ():
        now = bare(claim.statement.get(code) or "")
        if now and bare(words) not in now:
            said = f"'after' of '{correction.id}' does not stand in the statement of '{claim.id}'"
            yield RULE.at(correction.place.span("after", code), said, "Write what the statement says now.")
