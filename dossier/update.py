"""A few files of a site made new, by a build that knows which: no look is taken at the others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from dossier.beside import Held, busy, followed, placed, standing
from dossier.pages import File, Stream
from dossier.paths import Paths, check_shape
from dossier.stage import Stage, Written
from dossier.stood import MARKER
from dossier.tree import InPlace, Left, Tree, mirror, put


def update(output: Path, changed: Iterable[File | Stream], gone: Iterable[str], swap: bool) -> Written:
    """Bring the site in `output` up to date at these paths, of which the counts speak; all else stays.

    With `swap`, readers see one change, and a build that is killed leaves the old site whole or the new one. Without,
    each file changes by itself, as it comes. What is both gone and changed is changed. Raises `OSError` where no site
    of ours stands or another build is at work on it, `ValueError` for paths no planner should make or that have no room
    beside those that stand.
    """
    return _swapped(output, changed, gone) if swap else _in_place(output, changed, gone)


def _swapped(output: Path, changed: Iterable[File | Stream], gone: Iterable[str]) -> Written:
    with _Update(output) as stage:
        for path in gone:
            stage.drop(path)
        for file in changed:
            stage.put(file)
        return stage.publish()


def _in_place(output: Path, changed: Iterable[File | Stream], gone: Iterable[str]) -> Written:
    output = placed(output)
    stood = standing(output)
    place = InPlace(str(output))
    paths, touched = Paths(place, lambda: place), set[str]()
    left: dict[str, Left] = {}
    removed = set[str]()
    try:
        with followed(output, stood, touched):
            for path in gone:
                check_shape(path)
                touched.add(path)
                if place.find(path) and place.drop(path):
                    removed.add(path)
            for file in changed:
                paths.add(file.path)
                touched.add(file.path)
                left[file.path] = put(file, place, lambda: place)
    finally:
        stood.leave()
    written = sum(not each.same for each in left.values())
    return Written(written, len(left) - written, len(removed - left.keys()), atomic=False, left=left)


class _Update(Stage):
    """A stage that holds all that stands, from the first: the twin, or if there is none, a new folder full of links."""

    def __init__(self, output: Path) -> None:
        super().__init__(output, twin=True)
        self._dropped: set[str] = set()
        self._stray: set[str] = set()

    def __enter__(self) -> Self:
        super().__enter__()
        if not self._stood:
            self._stood = standing(self.output)
        self._paths = Paths(self._old, self._among)
        return self

    def drop(self, path: str) -> None:
        """To come before what is put, which may need its place."""
        check_shape(path)
        if self._old.find(path):
            self._dropped.add(path)
            self._new().drop(path)

    def put(self, file: File | Stream) -> Left:
        if file.path in self._dropped:
            self._dropped.remove(file.path)
            mirror(self._old, self._new(), [file.path])
        return super().put(file)

    def _among(self) -> Tree:
        new = self._new()
        return self._old if self.singly else new

    def _open(self) -> Held:
        held = super()._open()
        if not self.singly and not held.is_twin:
            new, found = Tree(str(held.path)), self._old.scan()
            for path in found.files - {MARKER}:
                new.link(self._old, path)
            held.is_twin = True
            self._stray = found.strange | {folder for folder in found.folders if not new.is_folder(folder)}
        return held

    def _complete(self, new: Tree) -> None:
        """It is, unless what stood then does so no more."""
        if self._stood and not self._stood.is_at(self.output):
            raise busy(self.output)

    def _stale(self) -> tuple[set[str], set[str]]:
        return self._dropped, self._stray

    def _give_back(self, held: Held) -> None:
        self._paths.files |= self._dropped
        super()._give_back(held)
