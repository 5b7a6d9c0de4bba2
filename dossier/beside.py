"""Where a site may stand, and what a build keeps beside it: its stage, what killed builds left, and the twin.

The *twin* is a second folder with the very same files (hard links), named after the site that it mirrors. With it, an
update neither makes nor removes a folder for each page: it changes the twin, exchanges the two, and brings up to date
the one that stood. Whoever works on it takes it by renaming, so a twin under its own name is always whole.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from dossier.stood import MARKER
from dossier.tree import Tree, mirror

MARK = b"dossier output 1\n"


def placed(output: Path) -> Path:
    """The folder's own place, its parents' links followed. Raises `OSError` where a build may not replace it."""
    place = output.absolute().parent.resolve() / output.absolute().name
    if place.name in ("", ".."):
        raise FileExistsError(f"{output} is no name for the site's folder")
    if place.is_symlink():
        raise FileExistsError(f"{output} is a link, and the site must be a real folder: remove the link")
    if place.exists() and not place.is_dir():
        raise FileExistsError(f"{output} is a file, and the site must be a folder: remove it")
    if place.exists() and not is_ours(place) and any(place.iterdir()):
        raise FileExistsError(
            f"{output} holds files that no build put there: name another folder with --output, or remove it yourself"
        )
    return place


def is_ours(folder: Path) -> bool:
    marker = folder / MARKER
    return not folder.is_symlink() and marker.is_file() and not marker.is_symlink()


class Held:
    """A folder of ours that nobody else takes or clears away, for as long as this process lives."""

    def __init__(self, path: Path, lock: IO[bytes], is_twin: bool = False) -> None:
        self.path, self.is_twin = path, is_twin
        self.lock = lock

    @classmethod
    def new(cls, output: Path, within: Path) -> Held:
        """An empty folder for `output`, beside it or inside it."""
        name = "dossier" if within == output else output.name
        path = Path(tempfile.mkdtemp(prefix=f".{name}.new-", dir=within))
        held = None
        with suppress(FileNotFoundError):
            path.chmod(0o755)
            Tree(str(path)).create(MARKER, MARK)
            held = hold(path)
        if held is None:
            raise FileExistsError(f"{path} was taken by another build")
        return held

    @classmethod
    def twin(cls, output: Path) -> Held | None:
        """The twin of what stands at `output`, taken under the name of a stage; None where there is none to take."""
        if not output.exists() or (held := hold(_twin(output))) is None:
            return None
        path = None
        try:
            path = Path(tempfile.mkdtemp(prefix=f".{output.name}.new-", dir=output.parent))
            held.path.rename(path)
        except OSError as error:
            if path:
                path.rmdir()
            held.leave()
            if isinstance(error, FileNotFoundError):
                return None
            raise
        held.path, held.is_twin = path, True
        return held

    def is_at(self, path: Path) -> bool:
        """Whether `path` is still this folder, under whatever name it was taken."""
        try:
            return os.path.samestat(os.fstat(self.lock.fileno()), (path / MARKER).lstat())
        except (FileNotFoundError, NotADirectoryError):
            return False

    def follow(self, output: Path, paths: Iterable[str]) -> None:
        """Become the twin of what stands at `output`, from which this folder differs at no more than these paths."""
        try:
            mirror(Tree(str(output)), Tree(str(self.path)), paths)
            self.path.rename(_twin(output))
        except OSError:
            self.remove()
        self.leave()

    def leave(self) -> None:
        if not self.lock.closed:
            # A process that was forked meanwhile has the lock as well, and may outlive its use.
            _lock(self.lock.fileno(), free=True)
            self.lock.close()

    def remove(self) -> None:
        """Delete the folder, the marker last: one that is cut short is still known as ours the next time."""
        with suppress(OSError):
            for entry in self.path.iterdir():
                if entry.is_symlink() or not entry.is_dir():
                    if entry.name != MARKER:
                        entry.unlink()
                else:
                    shutil.rmtree(entry, ignore_errors=True)
        with suppress(OSError):
            if [each.name for each in self.path.iterdir()] == [MARKER]:
                (self.path / MARKER).unlink()
            self.path.rmdir()
        self.leave()


def hold(folder: Path) -> Held | None:
    """`folder`, if it is ours and nobody holds it."""
    if not is_ours(folder):
        return None
    try:
        marker = (folder / MARKER).open("rb")
    except FileNotFoundError:
        return None
    if _lock(marker.fileno()):
        return Held(folder, marker)
    marker.close()
    return None


def standing(output: Path) -> Held:
    """The site that stands at `output`. Raises `OSError` where there is none, or another build is at work on it."""
    if not is_ours(output):
        raise FileNotFoundError(f"{output} holds no site that could be brought up to date")
    if held := hold(output):
        return held
    raise busy(output)


def busy(output: Path) -> OSError:
    return BlockingIOError(f"another build is at work on {output}")


@contextmanager
def followed(output: Path, stood: Held | None, paths: Collection[str]) -> Iterator[None]:
    """For as long as what `stood` at `output` is changed in place, take its twin; then let it follow at these paths."""
    twin = None
    try:
        twin = Held.twin(output) if stood else None
    except PermissionError:
        os.utime(output)  # what stands is no more what the twin is named after
    try:
        yield
    finally:
        if twin and stood and stood.is_at(output):
            twin.follow(output, paths)
        elif twin:
            twin.remove()


def clear_leftovers(output: Path) -> None:
    """Delete what killed builds left beside `output`, and the twin of what stands there no more; or, where a build was
    killed between two renames, put the site back."""
    for kind in ("old", "new", "twin"):
        for left in output.parent.glob(f".{glob.escape(output.name)}.{kind}-*"):
            if kind == "twin" and output.exists() and left == _twin(output):
                continue
            if held := hold(left):
                if kind == "old" and not output.exists():
                    left.rename(output)
                    held.leave()
                else:
                    held.remove()
            elif kind == "new":
                with suppress(OSError):
                    left.rmdir()  # killed before there was a marker in it: nothing that is not empty goes


def _twin(output: Path) -> Path:
    """A folder that is exchanged keeps its number and time: the name says of which one, as it was, this is the twin."""
    root = output.stat()
    return output.with_name(f".{output.name}.twin-{root.st_ino:x}-{root.st_mtime_ns:x}")


def _lock(handle: int, free: bool = False) -> bool:
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_UN if free else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return True
    except OSError:
        return False
    return True
