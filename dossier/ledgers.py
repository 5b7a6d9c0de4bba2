"""Files beside the data that only the program writes: what was published, and which quotes were found in which copies.

They change seldom, and with them everything is made anew; so pages and rules read them without anybody taking note.
"""

from __future__ import annotations

from pathlib import Path

from dossier.copies import PATH as COPIES_FILE
from dossier.copies import Copies, read_copies
from dossier.frozen import dataclass, replace
from dossier.link import Linked
from dossier.load import LOCK_MB, read_lock_file
from dossier.past import Past
from dossier.problems import Problem
from dossier.published import LOCK_FILE, PLACES, Lock, Locked, read_lock, renewed
from dossier.register import Register

LEDGERS = (LOCK_FILE, COPIES_FILE)


@dataclass(frozen=True, slots=True)
class Ledgers:
    """What the ledgers of a dossier say, and what is wrong with them."""

    published: Lock
    copies: Copies
    problems: tuple[Problem, ...] = ()

    def laid_beside(self, register: Register) -> Register:
        """A register that knows what they say."""
        return replace(register, published=self.published, copies=self.copies)


def ledgers_of(root: Path) -> Ledgers:
    """Those of the dossier at `root`; empty ones where there are none."""
    text, unreadable = read_lock_file(root, LOCK_FILE)
    published, damaged = read_lock(text)
    text, unread = read_lock_file(root, COPIES_FILE)
    copies, torn = read_copies(text)
    return Ledgers(published, copies, (*unreadable, *damaged, *unread, *torn))


def published_in(file: Path) -> Lock:
    """What another lock says was published, such as the base commit's; `file` may be a pipe.

    Raises `OSError` where there is none, and `ValueError` with a line for people where it is no whole lock.
    """
    with file.open("rb") as opened:
        raw = opened.read(int(LOCK_MB * 1_000_000) + 1)
    if len(raw) > LOCK_MB * 1_000_000:
        raise ValueError(f"{file} has more than {LOCK_MB:g} MB")
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ValueError(f"{file} is not text in UTF-8") from None
    if not text:
        raise ValueError(f"{file} is empty: was there a lock to write into it?")
    lock, damaged = read_lock(text, str(file))
    if damaged:
        raise ValueError(f"{damaged[0].span}: {damaged[0].message}")
    return lock


def lock_of(register: Register, day: str) -> dict[str, Locked]:
    """The lock once this register is published on `day`. What is gone from it stays locked as it was."""
    lock = dict(register.published)
    for collection in PLACES:
        for part in register.searches if collection == "searches" else getattr(register, collection).values():
            if part.id is not None:
                lock[part.id] = renewed(register.published.get(part.id), part.id, collection, part, day)
    return lock


def edited(own: Lock, base: Lock, register: Register) -> tuple[str, ...]:
    """Ids whose line in a lock is not the one of the `base`, nor what publishing this register would make of that."""
    wanted = lock_of(replace(register, published=base), "")
    names = sorted(name for name in own.keys() | base.keys() if own.get(name) != base.get(name))
    return tuple(name for name in names if not _explained(own.get(name), wanted.get(name)))


def _explained(line: Locked | None, wanted: Locked | None) -> bool:
    """Whether a line is the wanted one, in which the days of what is new are open."""
    if line is None or wanted is None:
        return False
    return line == replace(wanted, first=wanted.first or line.first, since=wanted.since or line.since)


def with_ledgers(linked: Linked, ledgers: Ledgers) -> Linked:
    """What was linked, its register laid beside the ledgers."""
    return replace(linked, register=linked.register and ledgers.laid_beside(linked.register))


def with_past(register: Register, past: Past) -> Register:
    """The register laid beside what was said before."""
    return replace(register, past=past)
