"""What can be asked of `build.py`, one command a module.

Each has `arguments(parser)`, which adds what it takes beside the common options, and `do(asked)`, which does it and
gives the exit code. A module is imported when its command is asked for.
"""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path

from dossier.frozen import dataclass

COMMANDS = {
    "check": "say what is wrong with the data, and build nothing",
    "serve": "show the site on this machine and rebuild it on every save",
    "invite": "write to a company for its answer: a page, a PDF, an e-mail draft; nothing is sent",
    "lock": "note what is published, after review, so that it cannot change silently",
    "snapshot": "keep a copy of what the sources say, to look for quotes in",
    "verify": "look for each quote in the copies of its source",
    "archive": "find or make an archived copy of each source that has none",
    "new": "make a company, claim, source or response: by questions, or by flags",
    "fmt": "put data files into canonical order and layout; comments stay",
    "schema": "write JSON Schemas of the data, with the ids known so far, for editors",
    "add-source": "make the record of a page from its address, with where each value comes from",
    "diff": "say what changes between two commits, claim by claim, and what follows from it",
    "issue-forms": "write the forms by which people who never see YAML propose and report",
    "read-form": "turn a filled form into a data file, to be checked",
    "stats": "count what the dossier holds, and name its weak points",
    "why": "say what a page was made from: records, their keys, templates",
    "explain": "say what a rule asks for, and why; without a code, list all rules",
}
"""Each command in a line, in the order of `--help`. Without a command, `build` is meant."""
STRICT = ("check",)
"""Commands that can count warnings as errors, as a build can."""

DESK = ("invite", "snapshot", "verify", "archive", "add-source")
"""Commands that need libraries which no build asks for: `make desk` installs them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What all commands are told, and the options of one."""

    root: Path
    output: Path
    strict: bool
    options: Namespace


def day(text: str) -> date:
    """A day as an option. Raises what argparse tells as wrong use."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day: write it like 2026-12-15") from None
