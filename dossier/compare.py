"""The proof that remembering changes nothing: the site built clean beside, and compared byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from dossier.memory import Memory
from dossier.past import Past
from dossier.pipeline import Sitting, build, publish


def differing(root: Path, today: date, output: Path, past: Callable[[], Past] | None = None) -> tuple[int, list[str]]:
    """Builds the dossier at `root` with nothing remembered, and gives how many files that made and which of them, or
    of those in `output`, are not the same there."""
    with tempfile.TemporaryDirectory(
        prefix=f".{output.absolute().name}.clean-", dir=output.absolute().parent
    ) as folder:
        clean = Path(folder) / "site"
        sitting = Sitting(root, Memory(None, ""))
        try:
            built = build(root, today, sitting, past)
            publish(built, clean)
        finally:
            sitting.close()
        return len(list(_files(clean))), sorted(_unlike(clean, output))


def _files(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _unlike(one: Path, other: Path) -> Iterator[str]:
    names, others = set(_files(one)), set(_files(other))
    yield from names ^ others
    for name in names & others:
        if (one / name).read_bytes() != (other / name).read_bytes():
            yield name
