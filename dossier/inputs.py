"""What a build is made from, seen from outside: the data files, and all else that a page depends on.

A file that looks as it did is not read again: size, both times and number are compared (as git does), so that setting a
time back hides nothing. One that looks different is read, and only other content counts as a change.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import adler32, crc32

from dossier.memory import sign_of
from dossier.patterns import regex

HERE = Path(__file__).parent


def scan(root: Path) -> dict[str, str]:
    """How every file below data/ and content/ looks, by path. Raises `FileNotFoundError` where there is no data/."""
    _expect(root)
    found: dict[str, str] = {}
    for folder in ("data", "content"):
        found.update(_signs(str(root), folder))
    return found


def look(root: Path, path: str) -> str | None:
    """How the file at one path of a scan looks; '' where there is none. None for what only a scan of everything can
    tell: a folder, or a path that a scan passes over."""
    if any(name[:1] in (".", "#", "") or name[-1] == "~" for name in path.split("/")):
        return None
    try:
        found = os.lstat(root / path)
    except FileNotFoundError:
        return ""
    except OSError:
        return None
    return None if stat.S_ISDIR(found.st_mode) else sign_of(found)


def _expect(root: Path) -> None:
    if not (root / "data").is_dir():
        raise FileNotFoundError(f"{root / 'data'} is not there: name the folder that holds data/ with --root")


def _signs(root: str, folder: str) -> Iterator[tuple[str, str]]:
    below = []
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                name = entry.name
                if name[0] in ".#" or name[-1] == "~":
                    continue
                path = f"{folder}/{name}"
                if entry.is_dir(follow_symlinks=False):
                    below.append(path)
                else:
                    yield path, sign_of(entry.stat(follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return
    for path in below:
        yield from _signs(root, path)


def looks(signs: dict[str, str]) -> str:
    """All of a scan as one short text."""
    return str(crc32("\n".join(f"{path} {sign}" for path, sign in sorted(signs.items())).encode("utf-8", "replace")))


def presentation(root: Path) -> tuple[Path, ...]:
    """The folders, beside the data, that pages are made from: a root's own win over ours."""
    return (root / "templates", HERE.parent / "templates", HERE / "locale")


def program(root: Path) -> Iterator[str]:
    """Every file of the program, its templates and its translations."""
    for folder in dict.fromkeys((HERE, *presentation(root))):
        for parent, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
            yield from (f"{parent}/{name}" for name in sorted(names) if not name.endswith((".pyc", "~")))


def stamp(root: Path) -> str:
    """How the program, its templates and its libraries look: with another stamp, everything is made anew. Raises
    `FileNotFoundError` where there is no data/, so that nothing is remembered of a folder that was misspelt."""
    _expect(root)
    signs = [f"{path} {sign_of(os.stat(path))}" for path in program(root)]  # noqa: PTH116  # of hundreds, at every start
    signs += [sign_of(Path(each).stat()) for each in sys.path if each.endswith("-packages") and Path(each).is_dir()]
    return f"{crc32(chr(10).join(signs).encode()):08x}{adler32(chr(10).join(signs).encode()):08x}"


def git_folders(root: Path) -> tuple[Path, Path] | None:
    """The folder in which git keeps what is this checkout's own, and the one that all checkouts of a repository share;
    None where the dossier at `root` is in no repository. Nothing is run for it."""
    for folder in (root.resolve(), *root.resolve().parents):
        place = folder / ".git"
        try:
            if place.is_dir():
                return place, place
            if place.is_file():
                own = folder / _line(place).removeprefix("gitdir:").strip()
                shared = own / "commondir"
                return own, (own / _line(shared) if shared.is_file() else own)
        except OSError:
            return None
    return None


def head_of(root: Path) -> str:
    """The id of the commit that is checked out where the dossier stands; '' where there is none, or none that can be
    read without git. Takes no process: a build of nothing new asks for it."""
    folders = git_folders(root)
    if folders is None:
        return ""
    own, shared = folders
    try:
        told = _line(own / "HEAD")
        for _ in range(5):
            if _COMMIT.fullmatch(told):
                return told
            name = told.removeprefix("ref:").strip()
            if not told.startswith("ref:") or not _BRANCH.fullmatch(name) or ".." in name:
                return ""
            place = next((folder / name for folder in (own, shared) if (folder / name).is_file()), None)
            told = _line(place) if place else _packed(shared / "packed-refs", name)
    except OSError:
        pass
    return ""


_COMMIT = regex(r"[0-9a-f]{40}|[0-9a-f]{64}")
_BRANCH = regex(r"refs/[^\0-\x20\x7f~^:?*\[\\]+")


def _line(file: Path) -> str:
    """The first line of one of git's own small files."""
    with file.open("r", encoding="utf-8", errors="replace") as opened:
        return opened.readline(4096).strip()


def _packed(file: Path, name: str) -> str:
    with file.open("r", encoding="utf-8", errors="replace") as opened:
        return next((line[: -len(name) - 2] for line in opened if line.endswith(f" {name}\n")), "")
