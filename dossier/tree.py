"""A folder that holds a site, under relative paths with `/`: what is found in it, put into it and taken out of it.

Plain strings and single system calls, since a `Path` and a Python file for each of 40,000 pages take longer than the
pages. No link below the folder is followed: one that stands where a folder must be makes room for it.
"""

# ruff: noqa: PTH101, PTH102, PTH105, PTH106, PTH108, PTH112, PTH123 (paths are plain strings here, as said above)

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import IO, NamedTuple

from dossier.frozen import dataclass, field
from dossier.pages import File, Stream

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_BLOCK = 1 << 18


class Left(NamedTuple):
    """A file as it was left, with its time in nanoseconds. `same`: so it stood before, and was not touched."""

    path: str
    size: int
    time: int
    same: bool


@dataclass(frozen=True, slots=True)
class Found:
    """All that stands in a folder, by relative path. `strange` is what is neither file nor folder."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    strange: set[str] = field(default_factory=set)


class Tree:
    """One folder. Remembers which folders below it are real, so each is asked for or made once."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._real = {"": True}
        self._exact: bool | None = None

    def at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def find(self, path: str) -> os.stat_result | None:
        """The file at `path`; None for what is no file, or stands behind a link."""
        if not self.is_folder(path.rpartition("/")[0]):
            return None
        try:
            found = os.lstat(self.at(path))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found if stat.S_ISREG(found.st_mode) else None

    def is_folder(self, path: str) -> bool:
        real = self._real.get(path)
        if real is None:
            if not self.is_folder(path.rpartition("/")[0]):
                return False  # what the folder above says already: of a site that is not there, each has one
            real = self._real[path] = _is_folder(self.at(path))
        return real

    def scan(self, without: str = "") -> Found:
        found = Found()
        waiting = [""] if os.path.isdir(self.root) else []
        while waiting:
            prefix = waiting.pop()
            with os.scandir(self.at(prefix)) as entries:
                for entry in entries:
                    path = prefix + entry.name
                    if path == without:
                        continue
                    if entry.is_file(follow_symlinks=False):
                        found.files.add(path)
                    elif entry.is_dir(follow_symlinks=False):
                        found.folders.add(path)
                        waiting.append(path + "/")
                    else:
                        found.strange.add(path)
        return found

    def read(self, path: str) -> bytes:
        with open(self.at(path), "rb", buffering=0) as file:
            return file.read()

    def folder(self, path: str) -> None:
        """Make `path` a real folder with mode 0755 whatever the umask, and those it lies in."""
        if self._real.get(path):
            return
        self.folder(path.rpartition("/")[0])
        name = self.at(path)
        try:
            os.mkdir(name, 0o755)
        except FileExistsError:
            mode = os.lstat(name).st_mode
            if not stat.S_ISDIR(mode):
                os.unlink(name)
                os.mkdir(name, 0o755)
            if stat.S_IMODE(mode) != 0o755:
                os.chmod(name, 0o755)
        else:
            # The umask and what folders inherit are the same for all: one look says whether modes must be mended.
            if self._exact is None:
                self._exact = stat.S_IMODE(os.lstat(name).st_mode) == 0o755
            if not self._exact:
                os.chmod(name, 0o755)
        self._real[path] = True

    def create(self, path: str, content: bytes | Iterable[bytes]) -> os.stat_result:
        """A new file with mode 0644 whatever the umask, in the place of whatever stands there."""
        self.folder(path.rpartition("/")[0])
        name = self.at(path)
        try:
            handle = os.open(name, _NEW, 0o644)
        except FileExistsError:
            self.clear(path)
            handle = os.open(name, _NEW, 0o644)
        try:
            if isinstance(content, bytes):
                rest = memoryview(content)
                while rest:
                    rest = rest[os.write(handle, rest) :]
            else:
                with open(handle, "wb", _BLOCK, closefd=False) as file:
                    file.writelines(content)
            made = os.fstat(handle)
        finally:
            os.close(handle)
        if stat.S_IMODE(made.st_mode) != 0o644:
            os.chmod(name, 0o644)
        return made

    def link(self, source: Tree, path: str) -> None:
        """The very file that stands at `path` in `source`; or a copy with its time, where there are no hard links."""
        self.folder(path.rpartition("/")[0])
        one, other = source.at(path), self.at(path)
        try:
            os.link(one, other, follow_symlinks=False)
        except FileExistsError:
            if not os.path.samestat(os.lstat(one), os.lstat(other)):
                self.clear(path)
                self.link(source, path)
        except FileNotFoundError:
            raise
        except (OSError, NotImplementedError):
            self.copy(source, path)

    def copy(self, source: Tree, path: str) -> None:
        with open(source.at(path), "rb") as file:
            self.create(path, iter(lambda: file.read(_BLOCK), b""))
            time = os.fstat(file.fileno()).st_mtime_ns
        os.utime(self.at(path), ns=(time, time))

    def clear(self, path: str) -> None:
        """Delete what stands at `path`, whatever it is."""
        name = self.at(path)
        if not _is_folder(name):
            os.unlink(name)
            return
        shutil.rmtree(name)
        self._real = {each: real for each, real in self._real.items() if not f"{each}/".startswith(f"{path}/")}

    def drop(self, path: str) -> bool:
        """Delete what stands at `path`, and the folders that are empty then. False where nothing stood."""
        folder = path.rpartition("/")[0]
        if not self.is_folder(folder):
            return False
        try:
            self.clear(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        with suppress(OSError):
            while folder:
                os.rmdir(self.at(folder))
                del self._real[folder]
                folder = folder.rpartition("/")[0]
        return True


class InPlace(Tree):
    """The folder that readers see: each file is replaced by a whole one, in one step."""

    def create(self, path: str, content: bytes | Iterable[bytes]) -> os.stat_result:
        folder, slash, name = path.rpartition("/")
        new = f"{folder}{slash}.{name}.new"
        try:
            made = super().create(new, content)
            self._move(self.at(new), path)
        except BaseException:
            with suppress(OSError):
                os.unlink(self.at(new))
            raise
        return made

    def take(self, source: Tree, path: str) -> None:
        """Move a file here from another folder; copy it, where that is on another disk."""
        self.folder(path.rpartition("/")[0])
        try:
            self._move(source.at(path), path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            self.copy(source, path)

    def _move(self, new: str, path: str) -> None:
        try:
            os.replace(new, self.at(path))
        except (IsADirectoryError, PermissionError):
            self.clear(path)
            os.replace(new, self.at(path))


def put(file: File | Stream, old: Tree, new: Callable[[], Tree]) -> Left:
    """Make `file` in the folder that `new` gives; only look, where the same bytes stand in `old` already."""
    path, found = file.path, old.find(file.path)
    if isinstance(file, File):
        if found and found.st_size == len(file.content) and old.read(path) == file.content:
            return _left(path, found, same=True)
        return _left(path, new().create(path, file.content))
    if not found:
        return _left(path, new().create(path, file.chunks()))
    with open(old.at(path), "rb", _BLOCK) as standing:
        differing = _differing(file.chunks(), standing)
        if differing is None:
            return _left(path, found, same=True)
        return _left(path, new().create(path, differing))


def mirror(source: Tree, target: Tree, paths: Iterable[str]) -> None:
    """Make `target` hold at these paths what `source` holds there, be it nothing."""
    for path in paths:
        if source.find(path):
            target.link(source, path)
        else:
            target.drop(path)


def _left(path: str, found: os.stat_result, same: bool = False) -> Left:
    return Left(path, found.st_size, found.st_mtime_ns, same)


def _differing(chunks: Iterator[bytes], standing: IO[bytes]) -> Iterator[bytes] | None:
    """All that is to be written, where it differs from what stands: made once, and read from there as far as equal."""
    equal = 0
    for chunk in chunks:
        if standing.read(len(chunk)) != chunk:
            return chain(_head(standing, equal), (chunk,), chunks)
        equal += len(chunk)
    return _head(standing, equal) if standing.read(1) else None


def _head(file: IO[bytes], size: int) -> Iterator[bytes]:
    file.seek(0)
    while size:
        block = file.read(min(size, _BLOCK))
        if not block:
            raise OSError(f"{file.name} was cut short while it was read")
        yield block
        size -= len(block)


def _is_folder(name: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(name).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
