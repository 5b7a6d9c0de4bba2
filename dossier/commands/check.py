"""`build.py check`: what is wrong with the data."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from dossier.commands import Asked
from dossier.ledgers import edited, ledgers_of, published_in
from dossier.pipeline import RULES, examine
from dossier.published import LOCK_FILE
from dossier.report import as_github, as_json, as_sarif, as_text, count
from dossier.terminal import colour, note, parted, progress, refuse, say, today_of

_MOST = 20
_FORMATS = ("text", "json", "github", "sarif")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=_FORMATS, default="text", help="for people, or for a machine (default: text)"
    )
    parser.add_argument(
        "--lock",
        type=Path,
        metavar="FILE",
        help=f"compare with this lock, such as the base commit's, and not with {LOCK_FILE}",
    )


def do(asked: Asked) -> int:
    ledgers = ledgers_of(asked.root)
    own, file = ledgers.published, asked.options.lock
    if file is not None:
        try:
            base = published_in(file)
        except ValueError as error:
            return refuse(str(error))
        # The line that a finding names is one of the dossier's own lock, which is there to be opened.
        base = {name: replace(each, line=own[name].line if name in own else 0) for name, each in base.items()}
        ledgers = replace(ledgers, published=base)
    today = today_of(asked.root)
    with progress("Checking …"):
        examined = examine(asked.root, today.date, ledgers)
    if file is not None and examined.register and (names := edited(own, base, examined.register)):
        shown = ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
        note(f"This pull request edits {LOCK_FILE}, which only publishing writes: {len(names):,} lines ({shown}).")
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
