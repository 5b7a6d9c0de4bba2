"""Files to disk: the whole site appears in one swap, and a build that is killed leaves the old site whole.

A build is staged in a folder beside the output, where files whose bytes are unchanged are hard links to the ones that
stand (so they keep inode and time), and the two folders are exchanged in one system call. Where a file system cannot do
that, the files are still written, and the note says that the publication was not atomic.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path, PurePosixPath, PureWindowsPath

from dossier.exchange import Mounted, publish
from dossier.pages import File

MARKER = ".dossier-output"
"""Says that a folder is a build's own and may be replaced or deleted by the next one. Starts with a dot: not a page."""
_MARK = b"dossier output 1\n"
_SINGLY = "Not published in one swap: {why}. Pages were replaced one by one."


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, left as they were and removed, and whether readers saw one change or several."""

    written: int
    kept: int
    removed: int
    atomic: bool = True
    note: str = ""


def accept(output: Path, root: Path) -> None:
    """Raise `OSError`, before any work, where the site must not go: over its own sources, or over another's files."""
    place, sources = output.resolve(), root.resolve()
    kept = [sources / name for name in ("data", "content", "templates")]
    if place == sources or any(each == place or each.is_relative_to(place) for each in kept):
        raise FileExistsError(f"{output} holds the dossier's own sources: name another folder with --output")
    if any(place.is_relative_to(each) for each in kept):
        raise FileExistsError(f"{output} lies among the dossier's own sources: name another folder with --output")
    _placed(output)


def _placed(output: Path) -> Path:
    """The folder's own place, its parents' links followed. Raises `OSError` where a build may not replace it."""
    place = output.absolute().parent.resolve() / output.absolute().name
    if place.name in ("", ".."):
        raise FileExistsError(f"{output} is no name for the site's folder")
    if place.is_symlink():
        raise FileExistsError(f"{output} is a link, and the site must be a real folder: remove the link")
    if place.exists() and not place.is_dir():
        raise FileExistsError(f"{output} is a file, and the site must be a folder: remove it")
    if place.exists() and not _is_ours(place):
        raise FileExistsError(
            f"{output} holds files that no build put there: name another folder with --output, or remove it yourself"
        )
    return place


def _is_ours(folder: Path) -> bool:
    """A folder with our marker, or one with nothing in it."""
    marker = folder / MARKER
    if marker.is_file() and not marker.is_symlink():
        return True
    with os.scandir(folder) as entries:
        return next(entries, None) is None


def check_paths(files: Iterable[File]) -> None:
    """Raise `ValueError` for paths that leave the output folder, or that not every disk can hold side by side."""
    names: dict[str, str] = {}
    taken: dict[str, bool] = {}

    def take(path: str, is_file: bool) -> None:
        if names.setdefault(unicodedata.normalize("NFC", path).casefold(), path) != path:
            raise ValueError(f"'{path}' differs only in case from another path of the site")
        if taken.setdefault(path, is_file) != is_file:
            raise ValueError(f"'{path}' is both a file and a folder")

    for file in files:
        parts = file.path.split("/")
        if {"", ".", ".."} & set(parts) or "\\" in file.path or PureWindowsPath(file.path).drive:
            raise ValueError(f"{file.path!r} is not a relative path below the output folder")
        if any(ord(character) < 32 for character in file.path) or parts == [MARKER]:
            raise ValueError(f"{file.path!r} is no name for a file of the site")
        if file.path in taken:
            raise ValueError(f"'{file.path}' is made twice, or is a folder as well")
        take(file.path, is_file=True)
        for folder in accumulate(parts[:-1], "{}/{}".format):
            take(folder, is_file=False)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands in a folder now, by relative path. `strange` is all that is neither file nor folder."""

    files: dict[str, int]
    folders: set[str]
    strange: set[str]


def _standing(output: Path) -> _Standing:
    found = _Standing({}, set(), set())
    waiting = [""] if output.is_dir() else []
    while waiting:
        prefix = waiting.pop()
        with os.scandir(output / prefix) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_file(follow_symlinks=False):
                    found.files[path] = entry.stat(follow_symlinks=False).st_size
                elif entry.is_dir(follow_symlinks=False):
                    found.folders.add(path)
                    waiting.append(path + "/")
                else:
                    found.strange.add(path)
    return found


@dataclass(frozen=True, slots=True)
class _Change:
    """What is wanted in `output`, what stands there, and which of it is the same already, byte for byte."""

    output: Path
    wanted: dict[str, bytes]
    folders: frozenset[str]
    standing: _Standing
    same: frozenset[str]

    @property
    def is_nothing(self) -> bool:
        standing = self.standing
        return (
            len(self.same) == len(self.wanted) == len(standing.files)
            and not standing.strange
            and standing.folders == self.folders
        )

    def done(self, atomic: bool = True, note: str = "") -> Written:
        kept = len(self.same - {MARKER})
        return Written(
            len(self.wanted) - 1 - kept, kept, len(self.standing.files.keys() - self.wanted.keys()), atomic, note
        )


def _change(files: tuple[File, ...], output: Path) -> _Change:
    wanted = {MARKER: _MARK, **{file.path: file.content for file in sorted(files, key=lambda file: file.path)}}
    folders = frozenset(parent.as_posix() for path in wanted for parent in PurePosixPath(path).parents) - {"."}
    standing = _standing(output)
    same = frozenset(
        path
        for path, content in wanted.items()
        if standing.files.get(path) == len(content) and (output / path).read_bytes() == content
    )
    return _Change(output, wanted, folders, standing, same)


def _create(path: Path, content: bytes) -> None:
    """A new file with mode 0644, whatever the umask."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    path.chmod(0o644)


def _folder(path: Path) -> None:
    path.mkdir(exist_ok=True)
    path.chmod(0o755)


def write(files: tuple[File, ...], output: Path) -> Written:
    """Make `output` hold `files` and nothing else, in one swap. Touches nothing where that is so already.

    Raises `OSError` where `output` is not a folder we may replace, `ValueError` for paths no planner should make.
    """
    change = _prepared(files, output)
    output = change.output
    if change.is_nothing:
        return change.done()
    if output.is_dir() and output.stat().st_dev != output.parent.stat().st_dev:
        return _singly(change, "the folder is a mount point")
    try:
        stage = Path(tempfile.mkdtemp(prefix=f".{output.name}.new-", dir=output.parent))
    except PermissionError:
        if not output.is_dir():
            raise
        return _singly(change, "the folder around it may not be written to")
    try:
        with _marked(stage):
            _fill(stage, change)
            note = publish(stage, output)
    except Mounted:
        return _singly(change, "the folder is a mount point")
    finally:
        _remove(stage)
    return change.done(not note, note)


def replace(files: tuple[File, ...], output: Path) -> Written:
    """As `write`, but each page by itself: for a preview, where no reader waits and few pages change."""
    change = _prepared(files, output)
    return change.done() if change.is_nothing else _singly(change)


def published(output: Path) -> dict[str, bytes]:
    """The files of the site that stands in `output`, by path; none where no build of ours put one there."""
    place = output.absolute()
    if place.is_symlink() or not (place / MARKER).is_file():
        return {}
    return {path: (place / path).read_bytes() for path in _standing(place).files if path != MARKER}


def _prepared(files: tuple[File, ...], output: Path) -> _Change:
    check_paths(files)
    output = _placed(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(output)
    return _change(files, output)


def _clear_leftovers(output: Path) -> None:
    """Delete what killed builds left beside `output`; or, where one was killed between two renames, put it back."""
    for kind in ("old", "new"):
        for left in output.parent.glob(f".{glob.escape(output.name)}.{kind}-*"):
            if left.is_symlink() or not (left / MARKER).is_file():
                continue
            with (left / MARKER).open("rb") as marker:
                in_use = not _lock(marker.fileno())
            if in_use:
                continue
            if kind == "old" and not output.exists():
                left.rename(output)
            else:
                _remove(left)


def _remove(tree: Path) -> None:
    """Delete a folder of ours, the marker last: one that is cut short is still known as ours the next time."""
    with suppress(FileNotFoundError), os.scandir(tree) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            elif entry.name != MARKER:
                with suppress(OSError):
                    Path(entry.path).unlink()
    with suppress(OSError):
        if [each.name for each in tree.iterdir()] == [MARKER]:
            (tree / MARKER).unlink()
        tree.rmdir()


@contextmanager
def _marked(stage: Path) -> Iterator[None]:
    """Mark `stage` as ours, and as in use for as long as this process lives."""
    _create(stage / MARKER, _MARK)
    with (stage / MARKER).open("rb") as marker:
        _lock(marker.fileno())
        yield


def _lock(handle: int) -> bool:
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return True
    except OSError:
        return False
    return True


def _fill(stage: Path, change: _Change) -> None:
    stage.chmod(0o755)
    for folder in sorted(change.folders):
        _folder(stage / folder)
    for path, content in change.wanted.items():
        if path == MARKER:
            continue
        if path in change.same:
            try:
                os.link(change.output / path, stage / path, follow_symlinks=False)
                continue
            except (OSError, NotImplementedError):
                pass  # no hard links here, or another build took the file away: the bytes are at hand
        _create(stage / path, content)


def _singly(change: _Change, why: str = "") -> Written:
    """Bring the output to what is wanted file by file: new pages first, then what is stale goes."""
    output, standing = change.output, change.standing
    files = standing.files.keys() | standing.strange
    output.mkdir(exist_ok=True)
    for path in files & change.folders:
        (output / path).unlink()
    for path in standing.folders & change.wanted.keys():
        shutil.rmtree(output / path)
    for path in sorted(change.folders):
        _folder(output / path)
    for path, content in change.wanted.items():
        if path not in change.same:
            new = (output / path).with_name(f".{PurePosixPath(path).name}.new")
            new.unlink(missing_ok=True)
            _create(new, content)
            new.replace(output / path)
    for path in files - change.wanted.keys() - change.folders:
        with suppress(FileNotFoundError, NotADirectoryError):  # gone with a folder that had to make room
            (output / path).unlink()
    for path in sorted(standing.folders - change.folders, reverse=True):
        with suppress(OSError):
            (output / path).rmdir()
    return change.done(False, _SINGLY.format(why=why) if why else "")
