"""Whether a site still stands as a build left it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

MARKER = ".dossier-output"
"""Says that a folder is a build's own and may be replaced or deleted by the next one. Starts with a dot: not a page."""


def stands(output: Path, files: Iterable[tuple[str, int, int]], folders: Iterable[tuple[str, int]]) -> bool:
    """Whether a site still stands as it was left, by each file's path, size and time, and the times of its `branches`.

    Sees every file that was edited, replaced or removed, and every folder that was added; not a file that was added
    beside pages in a folder of theirs.
    """
    root, look = str(output.absolute()), os.lstat
    try:
        if not stat.S_ISDIR(look(root).st_mode) or not stat.S_ISREG(look(f"{root}/{MARKER}").st_mode):
            return False
        for path, time in folders:
            found = look(f"{root}/{path}")
            if found.st_mtime_ns != time or not stat.S_ISDIR(found.st_mode):
                return False
        for path, size, time in files:
            found = look(f"{root}/{path}")
            if found.st_mtime_ns != time or found.st_size != size or not stat.S_ISREG(found.st_mode):
                return False
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True
