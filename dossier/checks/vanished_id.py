"""No id that was published goes without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from dossier.checks import draft
from dossier.document import Span
from dossier.model import COLLECTIONS
from dossier.problems import Problem, Rule
from dossier.published import LOCK_FILE
from dossier.register import Register

RULE = Rule(
    "E701",
    "vanished-id",
    "integrity",
    "error",
    "An id that was published stays what it was, or becomes a tombstone.",
    "Ids are addresses: someone has linked to it. Its page says that it is gone, and why.",
    "Put the record back, or add a tombstone with its id.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    """Of the dossier as a whole: whether an id is anywhere is not to be seen in one file."""
    if not register.published:
        return
    held = _held(register)
    for name, locked in register.published.items():
        if name in held[locked.collection] or name in held["tombstones"] or name in register.lost:
            continue
        span = Span(LOCK_FILE, locked.line or 1)
        now = next((collection for collection, ids in held.items() if name in ids), None)
        if now is not None:
            said = f"'{name}' was published in {locked.collection} and is now in {now}"
            yield RULE.at(span, said, "An id is never used again: give the newer record another one.")
            continue
        file, lines = draft.tombstone(register, name, today)
        remedy = f"Put the record back, or put this into a file such as {file}, and say why it is gone:"
        yield RULE.at(
            span,
            f"'{name}' was published in {locked.collection} on {locked.first} and is not there any more",
            f"{remedy}\n\n{lines}\n",
        )


def _held(register: Register) -> Mapping[str, frozenset[str]]:
    """Every id by its collection."""
    held = {name: frozenset(getattr(register, name)) for name in COLLECTIONS if name != "searches"}
    searches = frozenset(search.id for search in register.searches if search.id)
    return {**held, "legal_entities": frozenset(register.legal_entities), "searches": searches}
