"""`build.py issue-forms`: the forms for people who never see YAML, written from the model."""

from __future__ import annotations

import argparse

from dossier.commands import Asked
from dossier.commands.register import register_of
from dossier.issue_forms import as_form, forms
from dossier.keep import replace_text
from dossier.terminal import aside, say, today_of

FOLDER = ".github/ISSUE_TEMPLATE"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="say which forms are not as they should be, write nothing")


def do(asked: Asked) -> int:
    register = register_of(asked.root, today_of(asked.root).date)
    if register is None:
        return 1
    stale = 0
    for form in forms(register.languages):
        path, text = asked.root / FOLDER / form.file, as_form(form)
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        stale += 1
        say(f"{FOLDER}/{form.file}")
        if not asked.options.check:
            replace_text(path, text)
    if stale and asked.options.check:
        aside("These forms are not what the model says: run 'build.py issue-forms'.")
        return 1
    return 0
