"""What stays from one build to the next, and what of it an edit touches.

The one place that knows of past builds. A unit of work (a data file that is judged; a company, source, agency or list
that is planned) is done again when something it looked up has changed, and only then: what it looked up was noted by
the shelves (`shelf.py`), what it made is in the memory (`memory.py`). Whatever is unusual (an error, a changed template
or site file, a damaged memory) makes everything anew, which is always right.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.built import Built
from dossier.document import Document
from dossier.findings import problem, told
from dossier.frozen import replace
from dossier.inputs import look, looks, scan
from dossier.ledgers import LEDGERS, ledgers_of, with_past
from dossier.load import SITE_FILE, limit_of
from dossier.memory import Altered, Marks, Memory, beside, marked
from dossier.pages import File, Stream
from dossier.past import Past
from dossier.paths import check_shape
from dossier.problems import Problem, in_order
from dossier.recall import Recall, marks_of, named, place_of, rows_of
from dossier.register import Records, Register
from dossier.reread import Reread, Unusual
from dossier.shelf import Shelf, noting
from dossier.touched import Touched, touched
from dossier.unchanged import stamp_of
from dossier.units import Made, Shard, make
from dossier.write import Written, branches, stands

if TYPE_CHECKING:
    from dossier.export import Machines
    from dossier.link import Ids
    from dossier.plan import Planner
    from dossier.render import Renderer

RECORDS = ("company", "source", "others")
"""Kinds of units that hand in lines of records; sums of lines are planned after them, and last the lists."""
FOR_MACHINES = ("data/", "sitemap.xml/")
"""Lists that files for machines are made of begin so."""
LISTS = 100
"""Lists from which a second process brings more than it costs."""
SPELT = "search-words/"
"""Lists whose files are made of those that stand begin so."""
MOST_AGAIN = 2000
"""Units beyond which an edit is no edit any more: everything anew is as fast, and needs less memory."""


class Sitting:
    """A root, its memory, and in a preview what is at hand of the build before. `output` is where the site stands."""

    def __init__(
        self,
        root: Path,
        memory: Memory,
        output: Path | None = None,
        shard: Shard | None = None,
        carried: frozenset[str] = frozenset(),
    ) -> None:
        self.root = root
        self.carried = carried
        self.shard = shard or Shard()
        self.memory = memory
        self.output = output
        self.register: Register | None = None
        self.machines_later = False
        """Leave the files for machines, which are of the whole dossier, until `for_machines` is asked for them."""
        self.stumbled: Exception | None = None
        """What kept the last edit from being redone, where that was no ordinary reason: a damaged memory, or a fault of
        ours, which tests look for here."""
        self.standing = self._read
        """Gives a file of the site as the last build left it, which may be all that a file of words needs."""
        self._rendering: Renderer | None = None
        self._machines: Machines | None = None
        self._altered: Altered = {}
        self._is_all_altered = False
        self._signs: dict[str, str] = {}
        self._files = Reread(root, memory)
        self._judged: list[tuple[str, Marks, list[Problem]]] = []
        self._notes: tuple[str, ...] = ()

    @classmethod
    def at(cls, root: Path, output: Path, today: date) -> Sitting:
        """The sitting that goes on with what the last build into `output` left, if it was of this root, date and
        program."""
        return cls(root, Memory(beside(output), stamp_of(root, today)), output)

    def close(self) -> None:
        self.memory.close()

    def keep(self, built: Built, written: Written, count: str = "") -> None:
        """Remember what was built, now that it stands in the output, and how many findings it has, in words."""
        if self.output is None:
            return
        self.memory.set_value("count", count)
        left = [(each.path, each.size, each.time) for each in written.left.values()]
        # After a swap all folders are the twin's.
        others = [name for name, _ in self.memory.branches()] if written.atomic and not built.anew else ()
        found = branches(self.output, [*(path for path, _, _ in left), *built.gone], others)
        self.memory.leave(left, built.gone, found, anew=built.anew)
        if self._machines is not None:
            measured = json.loads(self.memory.value("measured") or "{}") | self._machines.measured()
            self.memory.set_value("measured", json.dumps(measured))
            # Only now: files that could not be published are still to be made.
            self.memory.set_value("machines", "")
            self._machines = None
        self.memory.commit()

    # Everything anew.

    def begin(self) -> None:
        """Before the files are read: what is written while they are will look different next time."""
        self.register = self._rendering = None
        self._files, self._judged = Reread(self.root, self.memory), []
        self._machines, self._altered, self._is_all_altered = None, {}, False
        self._signs = scan(self.root)

    def read(self, document: Document, records: Records) -> None:
        self._files.marks[document.path] = marks_of(document, records) if document.readable else array("q")

    def judged(self, path: str, read: set[str], found: list[Problem], ids: Ids) -> None:
        self._judged.append((path, marked({_kept(key, ids.file_of) for key in read}), found))

    def everything(
        self, register: Register, shares: dict[str, Records], today: date, notes: tuple[str, ...]
    ) -> Iterator[File | Stream]:
        """Every file of the site, as it is made."""
        from dossier.export import files
        from dossier.plan import sections_of
        from dossier.workers import shared

        # Not before: after an error, what is known of the last good state is still worth its while.
        if not self.memory.is_new or self.memory.files():
            self.memory.forget()
        self.register, self._files.shares, self._notes = register, shares, notes
        self._remember(register, shares)
        site = register.site.place.document
        self.memory.set_value("reading", json.dumps((limit_of(site), register.languages)))
        self.memory.set_value("sections", json.dumps(sorted(sections_of(register))))
        past = register.past
        self.memory.set_value("past", json.dumps((past.reach, past.begins, past.head)))
        self.memory.take_past(past.told.items())
        planner, renderer = self.planner(today), self._renderer(register)
        self.memory.set_value("breadth", str(planner.breadth))
        yield from (file for file in renderer.assets if self.shard.has(file.path))
        work = partial(make, planner, renderer, self.shard)
        first, *units = planner.records()
        # What the first needs for all, such as templates, is then there for every process. A document of many pages
        # takes seconds, a page a thousandth of one.
        for made in chain([work(first)], shared(units, work, 2 if self.carried else None)):
            yield from self._taken(made)
        for unit in planner.sums():
            yield from self._taken(work(unit))
        first, *units = planner.lists()
        yield from self._taken(work(first))
        yield from self._lists(units, work)
        self._machines = files(register, today, self.memory.bytes_of)
        for file in self._machines:
            if self.shard.has(file.path):
                yield file

    def _lists(self, units: list[str], work: Callable[[str], Made]) -> Iterator[File]:
        """The files of lists, whose lines all stand in the memory by now. Who shares the work reads them there; so the
        lists are noted when all are made, since nobody may write to what others read."""
        from dossier.workers import shared

        noted: list[Made] = []
        alone = not self.memory.lend()
        for made in map(work, units) if alone else shared(units, work, LISTS, self.memory.read_elsewhere):
            yield from self._taken(made) if alone else made.files
            if not alone:
                noted.append(replace(made, files=tuple(File(file.path, b"") for file in made.files)))
        for made in noted:
            self._taken(made)

    def _taken(self, made: Made) -> tuple[File, ...]:
        """The files of a unit, which is remembered."""
        self.memory.take_unit(made.unit, made.read, made.lines, [file.path for file in made.files])
        return made.files

    def planner(self, today: date, altered: Altered | None = None) -> Planner:
        """Plans what the memory knows of the register at hand; lists that are `altered` may be made of what stands."""
        from dossier.plan import Planner
        from dossier.plan.lines import Lines

        assert self.register
        sections = frozenset(json.loads(self.memory.value("sections") or "[]"))
        lines = Lines(
            self.memory.lines,
            self.memory.lists,
            self.memory.places,
            partial(self._kept_of, {} if altered is None else altered),
        )
        return Planner(self.register, today, lines, sections, self.memory.names, self.carried)

    def _kept_of(self, altered: Altered, name: str, path: str) -> tuple[bytes, dict[str, bool]] | None:
        content = self.standing(path) if name in altered else None
        return None if content is None else (content, {at: told is not None for at, told in altered[name].items()})

    def _read(self, path: str) -> bytes | None:
        with suppress(OSError):
            return (self.output / path).read_bytes() if self.output else None
        return None

    def _remember(self, register: Register, shares: dict[str, Records]) -> None:
        """Note every file: what it holds, what leads back to it, what was found in it."""
        for path, sign in self._signs.items():
            rows, ways = rows_of(shares[path], path, self._files.marks[path]) if path in shares else ([], [])
            self.memory.take_file(path, place_of(path), sign, rows, ways)
        for path, read, found in self._judged:
            self.memory.find(path, told(found, register.site))
            self.memory.take_unit(f"file:{path}", read, (), [])
        self._judged, self._files.marks = [], {}  # they are asked for when their files are read again
        self._settle(looks(self._signs))

    def _settle(self, inputs: str) -> None:
        self.memory.set_value("inputs", inputs)
        self.memory.set_value("notes", json.dumps(self._notes))
        if self.register:
            self.memory.set_value("front", _front(self.register))

    def _renderer(self, register: Register) -> Renderer:
        """The templates, read once: other ones are another stamp, and so another sitting."""
        from dossier.render import Renderer

        if self._rendering is None:
            self._rendering = Renderer(register.languages[0], self.root)
        return self._rendering

    # What an edit touches.

    def redone(self, today: date, saved: Collection[str] = ()) -> Built | None:
        """What has to be made again, made; None where everything has to be. `saved` may name the files that have
        changed since the last time: no others are looked at."""
        if self.memory.is_new:
            return None
        try:
            return self._redone(today, saved)
        except Unusual:
            pass
        except (sqlite3.Error, ArithmeticError, LookupError, ValueError, TypeError, AttributeError) as error:
            # A memory that does not hold together says nothing of the dossier: what is wrong with that shows anew.
            self.stumbled = error
        with suppress(sqlite3.Error):
            self.memory.rollback()
        return None

    def _redone(self, today: date, saved: Collection[str]) -> Built:
        memory = self.memory
        self._notes, self._machines = self._said(), None
        signs, before, inputs = self._looked(saved)
        # In a preview nobody else writes there, and looking at every page takes longer than an edit.
        if self.output is not None and self.register is None and not stands(self.output, *memory.left()):
            raise Unusual
        if inputs and memory.value("inputs") == inputs and memory.value("machines") != "stale":
            return Built((), self._found(), self._said(), anew=False)
        changed = [path for path, sign in signs.items() if sign and before.get(path) != sign]
        gone = [path for path in before if not signs.get(path)]
        if any(_is_unusual(path) for path in (*changed, *gone)):
            raise Unusual
        edit = touched(memory, self._files, signs, changed, gone)
        if edit.turned and not edit.turned.isdisjoint(ledgers_of(self.root).published):
            raise Unusual  # what was published may not go in silence, and may come back
        register = self._recalled(edit.names, edit.ways)
        if any(path.startswith("content/") for path in (*changed, *gone)) and memory.value("front") != _front(register):
            raise Unusual
        dirty = memory.readers(edit.keys)
        for path in gone:
            memory.drop_unit(f"file:{path}")
        self._judge(
            {unit[5:] for unit in dirty if unit.startswith("file:")}.union(changed) - set(gone), register, today
        )
        problems = self._found()
        if any(problem.severity == "error" for problem in problems):
            raise Unusual
        files, removed = self._make(register, today, dirty, edit)
        self._files.close()
        self._settle(inputs)
        return Built(files, problems, self._said(), anew=False, gone=tuple(removed))

    def _looked(self, saved: Collection[str]) -> tuple[dict[str, str], dict[str, str], str]:
        """How files look now ('' for those that are gone), how they looked, and the looks of all in short; '' where
        only those were looked at that were saved."""
        if self.register is not None and saved:
            found = {path: sign for path in saved if (sign := look(self.root, path)) is not None}
            if len(found) == len(saved):
                return found, {path: sign for path in saved if (sign := self.memory.sign(path)) is not None}, ""
        found = scan(self.root)
        return found, self.memory.files(), looks(found)

    def _recalled(self, names: set[str], ways: set[tuple[str, str]]) -> Register:
        recall = Recall(self.memory, self._files.one)
        if self.register is not None:
            return recall.renewed(self.register, names, ways)
        site = self._files.share(SITE_FILE).site
        if site is None:
            raise Unusual
        ledgers = ledgers_of(self.root)
        if ledgers.problems:
            raise Unusual
        return with_past(ledgers.laid_beside(recall.register(site)), self._past())

    def _past(self) -> Past:
        """What was said before, as the memory has it: of a record when it is asked for."""
        reach, begins, head = json.loads(self.memory.value("past") or "")
        return Past(reach, begins, head, Shelf("past", {}, self.memory.past, self.memory.pasts))

    def _judge(self, paths: Iterable[str], register: Register, today: date) -> None:
        """Judge these files again."""
        from dossier.checks import check_file
        from dossier.link import Ids, unresolved
        from dossier.pointers import pointers

        memory = self.memory

        def collection_of(name: str) -> str | None:
            stood = memory.record(name)
            return stood.collection if stood else None

        def of(collections: tuple[str, ...]) -> Iterator[str]:
            return (name for collection in collections for name in memory.names(collection))

        @cache
        def file_of(name: str) -> str | None:
            stood = memory.record(name)
            return stood.file if stood else None

        ids = Ids(collection_of, of)
        for path in sorted(paths):
            mine = self._files.share(path)
            with noting() as looked_up:
                parts = [(part, pointers(part)) for _, _, _, part in named(mine, path)]
                found = [*unresolved(parts, mine.abouts, ids), *check_file(register, mine, today)]
            memory.find(path, told(found, register.site))
            memory.take_unit(f"file:{path}", marked({_kept(key, file_of) for key in looked_up}), (), [])

    def _make(
        self, register: Register, today: date, dirty: set[str], edit: Touched
    ) -> tuple[list[File | Stream], list[str]]:
        """Plan and render the units that an edit touches: records first, then sums and lists whose lines are not what
        they were, then the files for machines. Gives the files made, and the paths of those that are no more."""
        memory, self.register = self.memory, register
        memory.resized.clear()
        respelt: Altered = {}
        planner, renderer = self.planner(today, respelt), self._renderer(register)
        if memory.value("breadth") != str(planner.breadth):
            raise Unusual  # the index of words stands in more shards now, or in fewer
        made_files: dict[str, File | Stream] = {}
        removed: set[str] = set()
        lists: set[str] = set()

        def note(altered: Altered) -> None:
            lists.update(altered)
            for name, places in altered.items():
                if name.startswith(FOR_MACHINES):
                    self._altered.setdefault(name, {}).update(places)
                elif name.startswith(SPELT):
                    respelt.setdefault(name, {}).update(places)

        def remove(paths: Iterable[str]) -> None:
            for path in paths:
                check_shape(path)  # a memory is not to be trusted with what is deleted
                removed.add(path)

        def drop(unit: str) -> None:
            pages, left = memory.drop_unit(unit)
            remove(pages)
            note(left)

        def again(unit: str) -> None:
            remove(memory.pages(unit))
            made = make(planner, renderer, self.shard, unit)
            note(memory.take_unit(unit, made.read, made.lines, [file.path for file in made.files]))
            made_files.update((file.path, file) for file in made.files)

        for unit in sorted(edit.gone):
            drop(unit)
        todo = {unit for unit in dirty if unit.partition(":")[0] in RECORDS} - edit.gone | edit.new
        if len(todo) > MOST_AGAIN:
            raise Unusual
        for unit in sorted(todo):
            again(unit)
        if planner.editions[0].sections != self._sections(register):
            raise Unusual
        wanted = [*planner.sums(), *planner.lists()]
        there = memory.units(but=(*RECORDS, "file"))
        for unit in sorted(there.difference(wanted)):
            drop(unit)
        dirty, asked = set(dirty), set[str]()
        for unit in wanted:
            # Of the lists of a family pages look up how long these are: that one reads otherwise is nothing to them.
            keys = {f"lines={name}" for name in lists} | {f"lists={name.rpartition('/')[0]}" for name in memory.resized}
            if keys := keys - asked:
                dirty |= memory.readers(keys)
                asked |= keys
            if unit in dirty or unit not in there:
                again(unit)
        if self._altered and memory.value("machines") != "stale":
            memory.set_value("machines", "stale")
            self._is_all_altered = True
        if not self.machines_later:
            made_files.update((file.path, file) for file in self.for_machines(today))
        return list(made_files.values()), sorted(removed - made_files.keys())

    def for_machines(self, today: date) -> list[File | Stream]:
        """The files for machines, where they are not what they should be. To be kept as any others."""
        from dossier.export import files

        memory = self.memory
        if self.register is None or memory.value("machines") != "stale":
            return []
        known = json.loads(memory.value("measured") or "{}")
        if self._is_all_altered and self.output is not None:
            self._machines = files(
                self.register, today, memory.bytes_of,
                known=known, changed=self._altered, before=self.output, changed_lines=self._altered,
            )  # fmt: skip
        else:
            self._machines = files(self.register, today, memory.bytes_of)
        self._altered, self._is_all_altered = {}, False
        return list(self._machines)

    def _sections(self, register: Register) -> frozenset[str]:
        """The sections that menus name, as `plan.sections_of` has them of a whole register."""
        from dossier.plan import sections

        return sections(self.memory.names, bool(self.memory.lists(f"timeline/{register.languages[0]}/")))

    def _found(self) -> tuple[Problem, ...]:
        texts = list(self.memory.findings())
        if not texts:
            return ()
        from dossier.checks import RULES

        return in_order(problem(each, RULES) for text in texts for each in json.loads(text))

    def _said(self) -> tuple[str, ...]:
        return tuple(json.loads(self.memory.value("notes") or "[]"))


def _kept(key: str, file_of: Callable[[str], str | None]) -> str:
    """A key as the judging of a file keeps it: findings name lines, so they depend on all of a file they look into."""
    file = None if key.startswith("*") or "=" in key else file_of(key)
    return f"@{file}" if file else key


def _front(register: Register) -> str:
    """What menus and addresses say of prose pages: every page of the site shows it."""
    return json.dumps([
        (page.name, page.language, page.title, page.menu, page.slug, str(page.order), page.description)
        for page in register.content
    ])  # fmt: skip


def _is_unusual(path: str) -> bool:
    """A file that is no plain data file or page, and that the build has an opinion on; the site file, or a ledger."""
    if path == SITE_FILE or path in LEDGERS:
        return True
    right, wrong = (".yaml", ".yml") if path.startswith("data/") else (".md", ".markdown")
    return path.lower().endswith((right, wrong)) and not path.endswith(right)
