"""`build.py why`: what a page was made from."""

from __future__ import annotations

import argparse
import os
from functools import partial

from dossier.commands import Asked
from dossier.git import past_of
from dossier.memory import Memory
from dossier.pipeline import Sitting, build
from dossier.report import as_text
from dossier.terminal import colour, parted, progress, refuse, say, today_of
from dossier.why import told, why


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", help="a page below the output, such as companies/acme/index.html")


def do(asked: Asked) -> int:
    root, path = asked.root, asked.options.path
    today = today_of(root).date
    path = path.removeprefix("./").removeprefix(f"{asked.output.name}/").lstrip("/")
    path = f"{path}index.html" if path.endswith("/") or not path else path
    sitting = Sitting(root, Memory(None, ""))
    with progress("Building …"):
        built = build(root, today, sitting, partial(past_of, root, os.environ))
        if built.files is None:
            say(as_text(parted(built.problems, strict=False)[0], root, colour()))
            return 1
        for _ in built.files:
            pass
    found = why(sitting, today, path)
    if found is None:
        return refuse(f"no record and no list makes {path}: name a page, such as companies/acme/index.html")
    say(told(found))
    return 0
