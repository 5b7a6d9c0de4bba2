"""`build.py diff`: what changes between two commits, claim by claim, and what follows from it."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from dossier.checkout import NotThere, commit_of, put
from dossier.commands import Asked
from dossier.consequences import difference, side_of
from dossier.review import as_json, as_markdown, as_text
from dossier.terminal import colour, note, progress, refuse, say, today_of

_FORMATS = ("text", "markdown", "json")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", metavar="BASE", help="the commit to compare with: a branch, a tag, an id")
    parser.add_argument("head", metavar="HEAD", nargs="?", help="the other commit (default: the files as they stand)")
    parser.add_argument(
        "--format", choices=_FORMATS, default="text", help="for people, for a comment, or for a program (default: text)"
    )


def do(asked: Asked) -> int:
    # One day for both: what only time changes is no part of a change.
    today = today_of(asked.root)
    try:
        with progress("Comparing …"), tempfile.TemporaryDirectory(prefix="dossier-diff-") as folder:
            names = [_named(asked.root, name) for name in (asked.options.base, asked.options.head)]
            notes = [f"From {names[0][:12]} to {names[1][:12] or 'the files as they stand'}, as of {today.date}."]
            sides = []
            for name, commit in zip(("base", "head"), names, strict=True):
                root = Path(folder, name) if commit else asked.root
                if commit and (links := put(asked.root, os.environ, commit, root)):
                    notes.append(f"Links to other files at {commit[:12]} are left out: {links:,}.")
                side = side_of(root, today.date)
                if side.register is None:
                    where = f"at {commit[:12]}" if commit else "here"
                    notes.append(f"There is no dossier that can be read {where}: it counts as empty.")
                sides.append(side)
            found = difference(sides[0], sides[1], notes)
            told = {"text": lambda: as_text(found, colour()), "markdown": lambda: as_markdown(found)}
            text = told.get(asked.options.format, lambda: as_json(found))()
    except NotThere as reason:
        return refuse(str(reason))
    note(today.note)
    say(text)
    return 0


def _named(root: Path, name: str | None) -> str:
    """The id of a commit; '' for the files as they stand."""
    return "" if name is None else commit_of(root, os.environ, name)
