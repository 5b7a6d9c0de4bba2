"""`build.py archive`: find or make an archived copy of each source that has none."""

from __future__ import annotations

import argparse
import os

from dossier.archive import run
from dossier.clock import preview_date
from dossier.commands import Asked
from dossier.commands.register import register_of
from dossier.terminal import asked as asked_of
from dossier.terminal import say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="*", help="ids of sources (default: all that have no archived copy)")
    parser.add_argument("--write", action="store_true", help="write the addresses of the copies into the data")


def do(asked: Asked) -> int:
    register = register_of(asked.root, asked_of(lambda: preview_date(os.environ)))
    if register is None:
        return 1
    return run(asked.root, register, say, only=asked.options.source, write=asked.options.write).exit_code
