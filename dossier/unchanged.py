"""Whether there is anything to do. Imports next to nothing, since most of a build of nothing new is imports."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

from dossier.inputs import head_of, looks, scan, stamp
from dossier.memory import Memory, beside
from dossier.stood import stands


def unchanged(root: Path, output: Path, today: date) -> tuple[list[str], str] | None:
    """What the last build had to say (its notes, and how many findings of which kind), where the next one would come
    to the same and the output stands as it left it; else None."""
    place = beside(output)
    if not place.is_file() or place.is_symlink():
        return None
    try:
        memory = Memory(place, stamp_of(root, today))
        try:
            if (
                memory.is_new
                or memory.value("machines") == "stale"
                or memory.value("inputs") != looks(scan(root))
                or not stands(output, *memory.left())
            ):
                return None
            return [str(note) for note in json.loads(memory.value("notes") or "[]")], memory.value("count") or ""
        finally:
            memory.close()
    except (sqlite3.Error, ValueError, TypeError, OSError):
        return None


def stamp_of(root: Path, today: date) -> str:
    """All that a build depends on besides the data."""
    return f"{today.isoformat()} {stamp(root)} {head_of(root)} {root.resolve()}"
