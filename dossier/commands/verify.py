"""`build.py verify`: look for each quote in the copies of its source."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from dossier import snapshot
from dossier.clock import preview_date
from dossier.commands import Asked, day
from dossier.commands.register import register_of
from dossier.report import as_text
from dossier.stored import FOLDER
from dossier.terminal import asked as asked_of
from dossier.terminal import colour, say
from dossier.verify import run


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="*", help="ids of sources (default: all)")
    parser.add_argument(
        "--from", dest="folder", type=Path, metavar="DIR", help="first copy SOURCE.html, .pdf or .txt in DIR"
    )
    parser.add_argument(
        "--captured", type=day, metavar="YYYY-MM-DD", help="the day the files in DIR were saved (default: today)"
    )


def do(asked: Asked) -> int:
    root, options = asked.root, asked.options
    today = asked_of(lambda: preview_date(os.environ))
    register = register_of(root, today)
    if register is None:
        return 1
    store = root / FOLDER
    if options.folder is not None:
        taken = snapshot.run(
            root, register, store, today, say,
            only=options.source, from_dir=options.folder, captured=options.captured,
        )  # fmt: skip
        if taken.problems:
            say(as_text(taken.problems, root, colour()))
            return 1
    verified = run(root, register, store, say, only=options.source)
    if verified.problems:
        say(as_text(verified.problems, root, colour()))
    return verified.exit_code
