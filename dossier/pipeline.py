"""The sentence: load -> validate -> link -> check -> plan -> render -> write.

Each verb returns what is whole and the problems it found, so one run shows all of them. While an error stands, nothing
is planned, rendered or written. Nothing here asks for the date, the environment or the network.

What past builds left, and what of it an edit touches, is the business of one place, `sitting.py`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol

from dossier.built import Built, held
from dossier.checks import RULES, check_file, check_whole
from dossier.document import Document
from dossier.frozen import dataclass
from dossier.inputs import presentation
from dossier.ledgers import Ledgers, ledgers_of, with_ledgers, with_past
from dossier.link import Ids, linked_up, unresolved
from dossier.load import SITE_FILE, files_of, limit_of
from dossier.load import read as load_one
from dossier.memory import Memory
from dossier.parse import MAX_MB
from dossier.past import NO_PAST, Past
from dossier.pointers import pointers
from dossier.problems import Problem, in_order
from dossier.published import LOCK_FILE
from dossier.recall import named
from dossier.register import Records, Register
from dossier.severity import weighed
from dossier.shelf import noting
from dossier.sitting import Sitting
from dossier.validate import gathered, languages_of, read_document
from dossier.write import Written, accept, published, replace, update, write


@dataclass(frozen=True, slots=True)
class Examined:
    """What the files of a dossier say, and all that is wrong with it. `notes` are for people, at every run."""

    register: Register | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether a site may be made of it."""
        return self.register is not None and not any(problem.severity == "error" for problem in self.problems)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Python's search for reference cycles: nearly all that a build makes lives until its end, and looking through
    it again and again takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_undisturbed()
def examine(root: Path, today: date, ledgers: Ledgers | None = None) -> Examined:
    """Read and check the dossier at `root` as of `today`; against its own lock, or that of other `ledgers`."""
    return _examined(root, today, ledgers or ledgers_of(root))[0]


class Watcher(Protocol):
    """Told of each file while a dossier is examined: what stands in it, and what judging it looked up and found."""

    def read(self, document: Document, records: Records) -> None: ...

    def judged(self, path: str, read: set[str], found: list[Problem], ids: Ids) -> None: ...


def _examined(
    root: Path, today: date, ledgers: Ledgers, watcher: Watcher | None = None
) -> tuple[Examined, dict[str, Records]]:
    shares: dict[str, Records] = {}
    read, found = [], []
    limit, languages = MAX_MB, languages_of(None)
    for each in files_of(root):
        document, wrong = load_one(each, limit)
        if each.path == SITE_FILE:
            limit, languages = limit_of(document), languages_of(document)
        share = read_document(document, languages)
        shares[each.path] = share.together
        if watcher:
            watcher.read(document, shares[each.path])
        document.forget()
        read.append(share)
        found += wrong
    records, misread = gathered(read)
    linked = with_ledgers(linked_up(records), ledgers)
    found += [*ledgers.problems, *misread, *linked.problems]
    for path, mine in shares.items():
        with noting() as looked_up:
            parts = [(part, pointers(part)) for _, _, _, part in named(mine, path)]
            wrong = [*unresolved(parts, mine.abouts, linked.ids)]
            if linked.register:
                wrong += check_file(linked.register, mine, today)
        if watcher:
            watcher.judged(path, looked_up, wrong, linked.ids)
        found += wrong
    if linked.register and (whole := list(check_whole(linked.register, today))):
        found += whole
        if watcher:  # they are about what the lock names
            watcher.judged(LOCK_FILE, set(), whole, linked.ids)
    problems, notes = weighed(found, records.site, RULES)
    return Examined(linked.register, in_order(problems), notes), shares


def build(
    root: Path,
    today: date,
    sitting: Sitting | None = None,
    past: Callable[[], Past] | None = None,
    carried: frozenset[str] = frozenset(),
    saved: Collection[str] = (),
) -> Built:
    """The site of the dossier at `root`. The same for the same files and date, on every machine.

    With a `sitting`, which remembers the builds before, just what has changed since is made, while its files are taken;
    without, every file is there at once; where `saved` names the files that changed since its last build, no others are
    looked at. `past` is asked for what was said before when everything is made anew.
    `carried` (of `carried.KINDS`) is made beside the pages; such a build is anew and keeps nothing in mind.
    """
    if carried:
        with _undisturbed():
            return _anew(root, today, Sitting(root, Memory(None, ""), carried=carried), past)
    if sitting is not None:
        with _undisturbed():
            return sitting.redone(today, saved) or _anew(root, today, sitting, past)
    built = _anew(root, today, Sitting(root, Memory(None, "")), past)
    if built.files is not None:
        built.files = tuple(held(each) for each in built.files)
    return built


def _anew(root: Path, today: date, sitting: Sitting, past: Callable[[], Past] | None) -> Built:
    sitting.begin()
    examined, shares = _examined(root, today, ledgers_of(root), sitting)
    if not examined.stands or (register := examined.register) is None:
        return Built(None, examined.problems, examined.notes)
    register = with_past(register, past() if past else NO_PAST)
    made = sitting.everything(register, shares, today, examined.notes)
    if sitting.carried:
        from dossier.carry import carry  # what it is made with is not there for every build

        made = carry(made, register, today, sitting.carried, root)
    return Built(made, examined.problems, examined.notes)


@_undisturbed()
def publish(built: Built, output: Path, singly: bool = False) -> Written:
    """Bring `output` to hold the site: in one swap, or page by page for a preview."""
    if built.files is None:
        raise ValueError("there is no site to publish while an error stands")
    if built.anew:
        return replace(built.files, output) if singly else write(built.files, output)
    if not built.files and not built.gone:
        return Written(0, 0, 0)
    return update(output, built.files, built.gone, swap=not singly)


__all__ = [
    "RULES", "Built", "Examined", "Ledgers", "Sitting", "Written", "accept", "build", "examine", "ledgers_of",
    "presentation", "publish",
    "published",
]  # fmt: skip
