"""The register for commands that work on sources: it need not be ready to be published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dossier.pipeline import examine
from dossier.register import Register
from dossier.report import as_text
from dossier.terminal import colour, parted, progress, say


def register_of(root: Path, today: date) -> Register | None:
    """What the files say, whatever the rules say to it. None where there is no site file to stand on: that is said."""
    with progress("Reading …"):
        examined = examine(root, today)
    if examined.register is None:
        say(as_text(parted(examined.problems, strict=False)[0], root, colour()))
    return examined.register
