"""`build.py snapshot`: keep a copy of what sources say, so that quotes can be looked for in it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from dossier.clock import preview_date
from dossier.commands import Asked, day
from dossier.commands.register import register_of
from dossier.report import as_text
from dossier.snapshot import run
from dossier.stored import FOLDER
from dossier.terminal import asked as asked_of
from dossier.terminal import colour, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="*", help="ids of sources (default: all that have no copy yet)")
    parser.add_argument("--again", action="store_true", help="copy sources again that have a copy")
    parser.add_argument(
        "--from", dest="folder", type=Path, metavar="DIR", help="take SOURCE.html, .pdf or .txt in DIR, not the web's"
    )
    parser.add_argument(
        "--captured", type=day, metavar="YYYY-MM-DD", help="the day the files in DIR were saved (default: today)"
    )


def do(asked: Asked) -> int:
    options = asked.options
    # A copy is of today, whatever the day of the last commit.
    today = asked_of(lambda: preview_date(os.environ))
    register = register_of(asked.root, today)
    if register is None:
        return 1
    taken = run(
        asked.root, register, asked.root / FOLDER, today, say,
        only=options.source, again=options.again, from_dir=options.folder, captured=options.captured,
    )  # fmt: skip
    if taken.problems:
        say(as_text(taken.problems, asked.root, colour()))
    return taken.exit_code
