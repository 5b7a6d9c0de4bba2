"""The lock: what was published, so that nothing published changes silently.

`data/published.lock` has a line a record: id, collection, the day it was first locked. A claim has besides the day
since when it says what it says, and a digest each of its statement in every language, its amount, date and mode; so has
a company's own reply, with its position and all of its text. Digests are the first 128 bits of SHA-256, in hexadecimal,
of the text in Unicode's form NFC with its blanks made one: breaking a line differently changes nothing, any other sign
does.

Only `build.py lock` writes it, after review.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from unicodedata import normalize

from dossier.document import Span
from dossier.frozen import dataclass, field
from dossier.model import COLLECTIONS, OWN_WORDS, Claim, Part, Response
from dossier.patterns import regex
from dossier.problems import Problem
from dossier.shape import DAMAGED_LOCK

LOCK_FILE = "data/published.lock"
_FIRST_WORDS = "# dossier lock 1:"
HEAD = "# dossier lock 1: what was published. 'build.py lock' writes it, after review; docs/publishing.md says how."

PLACES = (*COLLECTIONS, "legal_entities")
"""Where an id can stand."""
MOST = 100
"""Lines that are told as damaged; after that many, the rest of the file is not looked at."""

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LINE = regex(
    rf"([a-z0-9-]{{2,80}}) ({'|'.join(PLACES)}) ({_DAY})"
    rf"(?: ({_DAY})((?: [a-z]{{1,20}}(?:\.[A-Za-z-]{{1,10}})?:[0-9a-f]{{32}}){{1,999}}))?"
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
    line: int = field(default=0, compare=False)


Lock = Mapping[str, Locked]
"""What was published, by id. Empty where nothing was."""


def bare(text: str) -> str:
    """A text as it is compared: in Unicode's form NFC, its blanks made one."""
    return " ".join(normalize("NFC", text).split())


def digest(text: str) -> str:
    return sha256(bare(text).encode()).hexdigest()[:32]


def meaning(record: Part) -> tuple[tuple[str, str], ...]:
    """What of a record may not change silently: names and digests, in the order of the names. Nothing for most."""
    if isinstance(record, Claim):
        found = {f"statement.{code}": words for code, words in record.statement}
        found["mode"] = record.mode
        if record.date:
            found["date"] = str(record.date)
        if amount := record.amount:
            about = " about" if amount.approximate else ""
            found["amount"] = f"{amount.value.normalize():f} {amount.currency} {amount.kind}{about}"
    elif isinstance(record, Response) and record.status in OWN_WORDS:
        found = {f"statement.{code}": passage.markdown for code, passage in record.statement or ()}
        found |= {f"text.{code}": words for code, words in record.text or ()}
        found["position"] = record.position
    else:
        return ()
    return tuple((name, digest(text)) for name, text in sorted(found.items()))


def changed(locked: Locked, record: Part) -> tuple[str, ...]:
    """The names of what a record says otherwise than when it was published: changed, added or gone."""
    found = meaning(record)
    if found == locked.digests:
        return ()
    before, after = dict(locked.digests), dict(found)
    return tuple(name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name))


def renewed(before: Locked | None, name: str, collection: str, record: Part, day: str) -> Locked:
    """What the lock says of a record from `day` on; `before` is what it said, None of a new record."""
    digests, first = meaning(record), before.first if before else day
    if not digests:
        since = ""
    elif before is None or not before.since:
        since = first
    else:
        since = before.since if digests == before.digests else day
    return Locked(name, collection, first, since, digests, before.line if before else 0)


def read_lock(text: str, path: str = LOCK_FILE) -> tuple[dict[str, Locked], list[Problem]]:
    """The lock as it is written, and each line that is not as `written` would have it, up to `MOST` of them."""
    lock: dict[str, Locked] = {}
    problems: list[Problem] = []
    if text and not text.startswith(_FIRST_WORDS):
        problems.append(DAMAGED_LOCK.at(Span(path), f"the file does not begin with '{_FIRST_WORDS}'"))
    days: dict[str, bool] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        locked = _locked(found, days, number) if found else None
        if locked is not None and locked.id not in lock:
            lock[locked.id] = locked
            continue
        if len(problems) >= MOST:
            said = "so many lines are damaged that the rest was not looked at"
            problems.append(DAMAGED_LOCK.at(Span(path, number), said))
            break
        said = f"'{locked.id}' is locked twice" if locked else "the line is not one that a lock has"
        problems.append(DAMAGED_LOCK.at(Span(path, number), said))
    return lock, problems


def _locked(found: re.Match[str], days: dict[str, bool], number: int) -> Locked | None:
    """A line, None where it holds a day that no calendar has or a name twice. `days` are those seen so far."""
    name, collection, first, since, typed = found.groups()
    for day in (first, since):
        if day is not None and day not in days:
            days[day] = _is_day(day)
    digests = tuple([(each[:-33], each[-32:]) for each in typed.split()]) if typed else ()
    if not days[first] or not days.get(since, True) or len(dict(digests)) < len(digests):
        return None
    return Locked(name, collection, first, since or "", digests, number)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


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
