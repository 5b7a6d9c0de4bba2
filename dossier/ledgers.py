"""Files beside the data that only the program writes: what was published, and which quotes were found in which copies.

They change seldom, and with them everything is made anew; so pages and rules read them without anybody taking note.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from dossier.link import Linked
from dossier.load import read_lock_file
from dossier.problems import Problem
from dossier.published import LOCK_FILE, Lock, read_lock
from dossier.register import Register

LEDGERS = (LOCK_FILE,)


@dataclass(frozen=True, slots=True)
class Ledgers:
    """What the ledgers of a dossier say, and what is wrong with them."""

    published: Lock
    problems: tuple[Problem, ...] = ()

    def laid_beside(self, register: Register) -> Register:
        """A register that knows what they say."""
        return replace(register, published=self.published)


def ledgers_of(root: Path) -> Ledgers:
    """Those of the dossier at `root`; empty ones where there are none."""
    text, unreadable = read_lock_file(root, LOCK_FILE)
    published, damaged = read_lock(text)
    return Ledgers(published, (*unreadable, *damaged))


def with_ledgers(linked: Linked, ledgers: Ledgers) -> Linked:
    """What was linked, its register laid beside the ledgers."""
    return replace(linked, register=linked.register and ledgers.laid_beside(linked.register))
