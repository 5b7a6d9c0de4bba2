"""Files to disk: the whole site appears in one swap, and a build that is killed leaves the old site whole.

A build is staged in a folder beside the output, where files whose bytes are unchanged are hard links to the ones that
stand (so they keep inode and time), and the two folders are exchanged in one system call. Where a file system cannot do
that, the files are still written, and the note says that the publication was not atomic.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from dossier.beside import is_ours, placed
from dossier.pages import File, Stream
from dossier.paths import Paths
from dossier.stage import Stage, Worker, Written
from dossier.stood import MARKER, stands
from dossier.tree import Left, Tree
from dossier.update import update


def accept(output: Path, root: Path) -> None:
    """Raise `OSError`, before any work, where the site must not go: over its own sources, or over another's files."""
    place, sources = output.resolve(), root.resolve()
    kept = [sources / name for name in ("data", "content", "templates")]
    if place == sources or any(each == place or each.is_relative_to(place) for each in kept):
        raise FileExistsError(f"{output} holds the dossier's own sources: name another folder with --output")
    if any(place.is_relative_to(each) for each in kept):
        raise FileExistsError(f"{output} lies among the dossier's own sources: name another folder with --output")
    placed(output)


def check_paths(files: Iterable[File | Stream]) -> None:
    """Raise `ValueError` for paths that leave the output folder, or that not every disk can hold side by side."""
    paths = Paths()
    for file in files:
        paths.add(file.path)


def write(files: Iterable[File | Stream], output: Path, twin: bool = False) -> Written:
    """Make `output` hold `files` and nothing else, in one swap. Touches nothing where that is so already.

    `twin` makes the first `update` that swaps as quick as those after it. Raises `OSError` where `output` is not a
    folder we may replace, `ValueError` for paths no planner should make.
    """
    with Stage(output, twin=twin) as stage:
        for file in files:
            stage.put(file)
        return stage.publish()


def replace(files: Iterable[File | Stream], output: Path) -> Written:
    """As `write`, but each page by itself: for a preview, where no reader waits and few pages change."""
    with Stage(output, singly=True) as stage:
        for file in files:
            stage.put(file)
        return stage.publish()


def published(output: Path) -> dict[str, bytes]:
    """The files of the site that stands in `output`, by path; none where no build of ours put one there."""
    if not is_ours(output.absolute()):
        return {}
    tree = Tree(str(output.absolute()))
    return {path: tree.read(path) for path in tree.scan().files if not path.startswith(".dossier")}


def branches(output: Path, paths: Iterable[str], others: Iterable[str] = ()) -> dict[str, int]:
    """The folders of a site that hold the folders of these files, and others, with their times in nanoseconds, to be
    recorded for `stands`; 0 for one that went with all its pages."""
    folders = {path.rpartition("/")[0] for path in paths}
    names = {"", *others}
    for folder in folders:
        while folder and (folder := folder.rpartition("/")[0]) not in names:
            names.add(folder)
    root = str(output.absolute())
    return {name: _time(f"{root}/{name}") for name in sorted(names)}


def _time(path: str) -> int:
    try:
        return os.lstat(path).st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return 0


__all__ = [
    "MARKER", "Left", "Stage", "Worker", "Written", "accept", "branches", "check_paths", "published", "replace",
    "stands", "update", "write",
]  # fmt: skip
