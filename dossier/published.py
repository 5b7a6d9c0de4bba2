"""The lock: what was published, so that nothing published changes silently.

`data/published.lock` has a line a record: id, collection, the day it was first locked. A claim has besides the day
since when it says what it says, and a digest each of its statement in every language, its amount, date and mode; so has
a company's reply in its own words. Digests are the first 128 bits of SHA-256, in hexadecimal, of the text in Unicode's
form NFC with its blanks made one: breaking a line differently changes nothing, any other sign does.

Only `build.py lock` writes it, after review.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize

from dossier.document import Span
from dossier.model import COLLECTIONS, Claim, Record, Response
from dossier.problems import Problem
from dossier.shape import DAMAGED_LOCK

LOCK_FILE = "data/published.lock"
HEAD = "# dossier lock 1: what was published. 'build.py lock' writes it, after review; docs/evidence.md says how."
OWN_WORDS = ("responded", "declined")
"""Replies that tell what a company says: their words are locked."""

_LINE = re.compile(
    r"(?P<id>[a-z0-9-]{2,80}) (?P<collection>[a-z_]+) (?P<first>\d{4}-\d\d-\d\d)"
    r"(?: (?P<since>\d{4}-\d\d-\d\d)(?P<digests>(?: [a-z]+(?:\.[A-Za-z-]+)?:[0-9a-f]{32})+))?"
)


@dataclass(frozen=True, slots=True)
class Locked:
    """A record as it was published: first on which day, unchanged since which (days as ISO 8601 writes them), and a
    digest by name (`statement.en`, `amount`); the line of the lock it stands in."""

    id: str
    collection: str
    first: str
    since: str = ""
    digests: tuple[tuple[str, str], ...] = ()
    line: int = 0


Lock = Mapping[str, Locked]
"""What was published, by id. Empty where nothing was."""


def digest(text: str) -> str:
    return sha256(" ".join(normalize("NFC", text).split()).encode()).hexdigest()[:32]


def meaning(record: Record) -> tuple[tuple[str, str], ...]:
    """What of a record may not change silently: names and digests, in the order of the names. Nothing for most."""
    if isinstance(record, Claim):
        found = {f"statement.{code}": words for code, words in record.statement}
        found["mode"] = record.mode
        if record.date:
            found["date"] = str(record.date)
        if amount := record.amount:
            about = " about" if amount.approximate else ""
            found["amount"] = f"{amount.value.normalize():f} {amount.currency} {amount.kind}{about}"
    elif isinstance(record, Response) and record.status in OWN_WORDS and record.statement:
        found = {f"statement.{code}": passage.markdown for code, passage in record.statement.versions}
        found["position"] = record.position
    else:
        return ()
    return tuple((name, digest(text)) for name, text in sorted(found.items()))


def changed(locked: Locked, record: Record) -> tuple[str, ...]:
    """The names of what a record says otherwise than when it was published: changed, added or gone."""
    before, after = dict(locked.digests), dict(meaning(record))
    return tuple(name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name))


def read_lock(text: str, path: str = LOCK_FILE) -> tuple[dict[str, Locked], list[Problem]]:
    """The lock as it is written, and each line that is not as `written` would have it."""
    lock: dict[str, Locked] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if not found or (found["collection"] not in (*COLLECTIONS, "legal_entities")) or found["id"] in lock:
            twice = found is not None and found["id"] in lock
            said = f"'{found['id']}' is locked twice" if found and twice else "the line is not one that a lock has"
            problems.append(DAMAGED_LOCK.at(Span(path, number), said))
            continue
        digests = tuple(_pair(each) for each in (found["digests"] or "").split())
        lock[found["id"]] = Locked(
            found["id"], found["collection"], found["first"], found["since"] or "", digests, number
        )
    return lock, problems


def _pair(typed: str) -> tuple[str, str]:
    name, _, digest = typed.rpartition(":")
    return name, digest


def written(locked: Iterable[Locked]) -> str:
    """A lock as a file, by id."""
    lines = [
        " ".join([
            each.id, each.collection, each.first, *([each.since] if each.digests else ()),
            *(f"{name}:{digest}" for name, digest in each.digests),
        ])
        for each in sorted(locked, key=lambda each: each.id)
    ]  # fmt: skip
    return "\n".join([HEAD, *lines, ""])
