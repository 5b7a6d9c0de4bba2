"""What a build is made from, seen from outside: the data files, and all else that a page depends on.

A file that looks as it did is not read again: size, both times and number are compared (as git does), so that setting a
time back hides nothing. One that looks different is read, and only other content counts as a change.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import adler32, crc32

from dossier.memory import sign_of

HERE = Path(__file__).parent


def scan(root: Path) -> dict[str, str]:
    """How every file below data/ and content/ looks, by path. Raises `FileNotFoundError` where there is no data/."""
    _expect(root)
    found: dict[str, str] = {}
    for folder in ("data", "content"):
        found.update(_signs(str(root), folder))
    return found


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


def program(root: Path) -> Iterable[Path]:
    """Every file of the program, its templates and its translations."""
    for folder in dict.fromkeys((HERE, *presentation(root))):
        for parent, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
            yield from (Path(parent, name) for name in sorted(names) if not name.endswith((".pyc", "~")))


def stamp(root: Path) -> str:
    """How the program, its templates and its libraries look: with another stamp, everything is made anew. Raises
    `FileNotFoundError` where there is no data/, so that nothing is remembered of a folder that was misspelt."""
    _expect(root)
    signs = [f"{path} {sign_of(path.stat())}" for path in program(root)]
    signs += [sign_of(Path(each).stat()) for each in sys.path if each.endswith("-packages") and Path(each).is_dir()]
    return f"{crc32(chr(10).join(signs).encode()):08x}{adler32(chr(10).join(signs).encode()):08x}"
