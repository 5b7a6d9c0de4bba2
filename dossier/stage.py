"""A site being written: put together beside the one that stands, then put in its place in one step.

Files come one at a time, so no more than one is held in memory, and several processes may write them. A file that
stands already stays the very file it is, with its inode and time. Until `publish`, nothing readers see is touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from dossier.beside import MARK, Held, clear_leftovers, followed, hold, is_ours, placed, standing
from dossier.exchange import Mounted, publish
from dossier.frozen import dataclass, field, replace
from dossier.pages import File, Stream
from dossier.paths import Paths, check_shape
from dossier.stood import MARKER
from dossier.tree import InPlace, Left, Tree, put

_SINGLY = "Not published in one swap: {why}. Pages were replaced one by one."
_MOUNTED = "the folder is a mount point"


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, left as they were and removed, and whether readers saw one change or several.

    `left` says how each file stands now that was put or kept: what `stands` asks for.
    """

    written: int
    kept: int
    removed: int
    atomic: bool = True
    note: str = ""
    left: Mapping[str, Left] = field(default_factory=dict, compare=False, repr=False)


class Worker:
    """Puts files into a stage from another process. What `put` returns is to be handed to `Stage.add`."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = Tree(old), Tree(new)

    def put(self, file: File | Stream) -> Left:
        check_shape(file.path)
        return put(file, self._old, lambda: self._new)


class Stage:
    """The next state of the site in `output`: what is not put or kept is gone. Without `publish` nothing comes of it.

    `singly` replaces page by page, for a preview. `twin` leaves a twin for the next time (see `beside`): the folder
    that stood, brought up to date, or for a first site a new one. A twin that is there is used and kept in any case.
    """

    def __init__(self, output: Path, singly: bool = False, twin: bool = False) -> None:
        self.output, self.singly, self.twin = output, singly, twin
        self.left: dict[str, Left] = {}
        self._paths = Paths()
        self._stood: Held | None = None
        self._held: Held | None = None
        self._shared = False
        self._note = ""

    def __enter__(self) -> Self:
        """Raises `OSError` where the folder is not one that we may replace."""
        self.output = placed(self.output)
        self.output.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(self.output)
        self._old = Tree(str(self.output))
        self._is_first = not is_ours(self.output)
        self.singly = self.singly and not self._is_first
        self._stood = standing(self.output) if self.singly else hold(self.output)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._held:
            self._give_back(self._held)
        if self._stood:
            self._stood.leave()

    def put(self, file: File | Stream) -> Left:
        """Raises `ValueError` for paths no planner should make."""
        self._paths.add(file.path)
        left = self.left[file.path] = put(file, self._old, self._new)
        return left

    def keep(self, path: str) -> Left:
        """The file that stands at `path`, known to be the right one."""
        self._paths.add(path)
        found = self._old.find(path)
        if not found:
            raise FileNotFoundError(f"{self._old.at(path)} does not stand, and cannot be kept")
        left = self.left[path] = Left(path, found.st_size, found.st_mtime_ns, same=True)
        return left

    def worker(self) -> Worker:
        """For another process, forked or sent to: it may put files that nobody else puts."""
        self._shared = True
        return Worker(self._old.root, self._new().root)

    def add(self, left: Iterable[Left]) -> None:
        """What a worker has put."""
        for each in left:
            self._paths.add(each.path)
            self.left[each.path] = each

    def publish(self) -> Written:
        """Make the output hold what was put. Touches nothing where that is so already."""
        written = {path for path, left in self.left.items() if not left.same}
        gone, stray = self._stale()
        done = Written(len(written), len(self.left) - len(written), len(gone), left=self.left)
        if not written and not gone and not stray and self._is_marked():
            self._shared = False
            return done
        new = self._new()
        stale = (gone | stray) - self._paths.files - self._paths.folders
        try:
            if not self.singly:
                self._complete(new)
                return replace(done, note=(note := self._swap(written | stale)), atomic=not note)
        except Mounted:
            self._note = _SINGLY.format(why=_MOUNTED)
        self._replace(new, written, stale)
        return replace(done, atomic=False, note=self._note)

    def _stale(self) -> tuple[set[str], set[str]]:
        """Files that stand and are not wanted, and what else stands in the way."""
        found = self._old.scan(self._held.path.name if self._held and self.singly else "")
        return found.files - self._paths.files, (found.strange | found.folders) - self._paths.folders

    def _is_marked(self) -> bool:
        return bool(self._old.find(MARKER)) and self._old.read(MARKER) == MARK

    def _mark(self) -> None:
        if not self._is_marked():
            InPlace(str(self.output)).create(MARKER, MARK)

    def _new(self) -> Tree:
        """The stage; made when it is needed, since often nothing differs."""
        if not self._held:
            self._held = self._open()
            self._tree = Tree(str(self._held.path))
        return self._tree

    def _open(self) -> Held:
        output = self.output
        if output.is_dir() and output.stat().st_dev != output.parent.stat().st_dev:
            self._note = _SINGLY.format(why=_MOUNTED)
        else:
            try:
                twin = Held.twin(output) if self._stood and not self.singly else None
                return twin or Held.new(output, output.parent)
            except PermissionError:
                if not output.is_dir():
                    raise
                self._note = _SINGLY.format(why="the folder around it may not be written to")
        self.singly = True
        self._mark()
        return Held.new(output, output)

    def _complete(self, new: Tree) -> None:
        """Add what was kept; take out of a twin what was not."""
        if self._held and self._held.is_twin:
            self.twin, self._held.is_twin = True, False
            found = new.scan()
            for path in (found.files | found.strange | found.folders) - self._paths.files - self._paths.folders:
                new.drop(path)
        for path, left in self.left.items():
            if left.same:
                new.link(self._old, path)
                linked = os.lstat(new.at(path))
                if (linked.st_size, linked.st_mtime_ns) != (left.size, left.time):
                    raise OSError(f"{self._old.at(path)} was changed by another build while this one was at work")

    def _swap(self, changed: Iterable[str]) -> str:
        """Exchange the folders. What stood is removed, or is the twin once it is brought up to date."""
        held, stood = self._held, self._stood
        assert held
        note = publish(held.path, self.output)
        self._held = None
        if self.twin and stood and stood.is_at(held.path) and held.is_at(self.output):
            stood.path = held.path
            stood.follow(self.output, changed)
            held.leave()
            return note
        if self.twin and self._is_first:
            Held.new(self.output, self.output.parent).follow(self.output, self._paths.files - {MARKER})
        held.remove()
        return note

    def _replace(self, new: Tree, written: Iterable[str], stale: Iterable[str]) -> None:
        """Bring the output to what is wanted file by file: new pages first, then what is stale goes."""
        self._mark()
        place = InPlace(str(self.output))
        with followed(self.output, self._stood, {*written, *stale}):
            for path in written:
                place.take(new, path)
            for path in stale:
                place.drop(path)

    def _give_back(self, held: Held) -> None:
        """Nothing was published."""
        if held.is_twin and not self._shared and self._stood and self._stood.is_at(self.output):
            held.follow(self.output, self._paths.files - {MARKER})
        else:
            held.remove()
