"""The files of a dossier as they stood at a commit, put into a folder of their own.

Neither `git archive` nor `git worktree` is asked: what they give depends on attributes that a commit brings along, so
that a stranger could leave a file out of what a reviewer is shown. Trees and blobs are read as they are stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from dossier.git import PATIENCE, PLAIN_FILES, Damaged, git, objects_of
from dossier.keep import replace_bytes

MOST_FILES = 50_000
MOST_MB = 300
FOLDERS = ("data", "content")
_ENDINGS = (".yaml", ".yml", ".md", ".markdown", ".lock")


class NotThere(Exception):
    """Why a commit cannot be had, in a line for people."""


def commit_of(root: Path, environment: Mapping[str, str], name: str) -> str:
    """The id of the commit that people call `name`: a branch, a tag, an id or its beginning. Raises `NotThere`."""
    # A name that git would take for an option, a range or a file is none; `^{commit}` makes a tag its commit.
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    told = git(root, environment, *words).decode("ascii", "replace").strip() if name and "\0" not in name else ""
    if len(told) not in (40, 64) or not all(digit in "0123456789abcdef" for digit in told):
        raise NotThere(
            f"there is no commit called {name[:80]!r} here: name a branch, a tag or a commit that 'git log' shows "
            "(git fetch brings those of a server)"
        )
    return told


def put(root: Path, environment: Mapping[str, str], commit: str, folder: Path) -> int:
    """Put the data files and prose pages of a commit into `folder`, as they stood below the dossier's `root`. Gives the
    number of links among them, which are left out as a build leaves them out. Raises `NotThere`."""
    found, links = [*_listed(root, environment, commit)], 0
    if len(found) > MOST_FILES or sum(size for _, _, _, size in found) > MOST_MB * 1_000_000:
        raise NotThere(f"commit {commit[:12]} holds more than {MOST_FILES:,} files or {MOST_MB} MB of data to compare")
    with objects_of(root, environment) as objects:
        for path, is_plain, blob, size in found:
            if not is_plain:
                links += 1
                continue
            try:
                raw = objects.read(blob, size)
            except Damaged:
                raise NotThere(
                    f"git cannot give {path[:200]!r} of commit {commit[:12]}: its copy here is damaged, or not whole"
                ) from None
            if not objects.are_sound:
                raise NotThere(f"git did not give all of commit {commit[:12]} within {PATIENCE} seconds")
            replace_bytes(folder / path, raw)
    return links


def _listed(root: Path, environment: Mapping[str, str], commit: str) -> Iterator[tuple[str, bool, str, int]]:
    """Each file that a build may read: path, whether it is a plain file, its blob, its size in bytes."""
    folders = [f"{name}/" for name in FOLDERS]
    told = git(root, environment, "ls-tree", "-r", "-z", "-l", commit, "--", *folders, patience=PATIENCE)
    for row in told.split(b"\0"):
        about, _, raw = row.partition(b"\t")
        parts = about.split()
        path = raw.decode("utf-8", "surrogateescape")
        if len(parts) == 4 and _is_read(path):
            yield path, parts[0] in PLAIN_FILES, parts[2].decode("ascii"), int(parts[3]) if parts[3].isdigit() else 0


def _is_read(path: str) -> bool:
    """Whether a build would look at a file of this path. A tree that was made by hand may hold any path at all, such as
    one that leads out of the folder."""
    steps = path.split("/")
    is_inside = steps[0] in FOLDERS and all(step and step[0] not in ".#" and "\\" not in step for step in steps)
    return is_inside and path.lower().endswith(_ENDINGS)
