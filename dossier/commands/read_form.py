"""`build.py read-form`: an issue that answers a form, as one data file. What a workflow does with a filled form."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from dossier.commands import Asked
from dossier.commands.register import register_of
from dossier.issue_forms import Unreadable, as_file, forms, read_answers
from dossier.keep import replace_text
from dossier.terminal import aside, refuse, say, today_of

FOLDER = "data/proposals"
MOST_BYTES = 1_000_000
"""Of an event: what a host sends of an issue is far below it."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", type=Path, metavar="EVENT", help="the event as GitHub tells it to a workflow, in JSON")


def do(asked: Asked) -> int:
    path: Path = asked.options.event
    if path.stat().st_size > MOST_BYTES:
        return refuse(f"{path}: more than {MOST_BYTES:,} bytes are no event of an issue")
    try:
        issue = json.loads(path.read_text("utf-8"))["issue"]
        number, body = issue["number"], issue["body"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return refuse(f"{path}: not an event of an issue")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 10**9:
        return refuse(f"{path}: the issue has no number")
    register = register_of(asked.root, today_of(asked.root).date)
    if register is None:
        return 1
    try:
        text = as_file(read_answers(body if isinstance(body, str) else "", forms(register.languages)), number)
    except Unreadable as error:
        aside(str(error))
        return 1
    file = f"{FOLDER}/issue-{number}.yaml"
    replace_text(asked.root / file, text)
    say(file)
    return 0
