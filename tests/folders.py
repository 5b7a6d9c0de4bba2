"""What stands in a folder, to be compared with what stood there."""

from __future__ import annotations

from pathlib import Path

from dossier.write import MARKER


def _files(folder: Path) -> dict[str, Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(folder).as_posix(): path for path in found}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the marker."""
    return {path: file.read_bytes() for path, file in _files(folder).items()}


def traces(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of each file but the marker."""
    return {path: (file.lstat().st_ino, file.lstat().st_mtime_ns) for path, file in _files(folder).items()}
