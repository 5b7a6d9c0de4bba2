"""`build.py check`: what is wrong with the data."""

from __future__ import annotations

import argparse

from dossier.commands import Asked
from dossier.pipeline import RULES, examine
from dossier.report import as_github, as_json, as_sarif, as_text, count
from dossier.terminal import colour, note, parted, progress, say, today_of

_FORMATS = ("text", "json", "github", "sarif")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=_FORMATS, default="text", help="for people, or for a machine (default: text)"
    )


def do(asked: Asked) -> int:
    today = today_of(asked.root)
    with progress("Checking …"):
        examined = examine(asked.root, today.date)
    problems, form = examined.problems, asked.options.format
    note(today.note, *examined.notes)
    if form == "text":
        say(as_text(problems, asked.root, colour()))
    elif form == "json":
        say(as_json(problems))
    elif form == "sarif":
        say(as_sarif(problems, RULES.values()))
    else:
        say("\n".join([*filter(None, [as_github(problems)]), f"{count(problems)}."]))
    return 1 if parted(problems, asked.strict)[0] else 0
