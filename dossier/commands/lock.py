"""`build.py lock`: note what is published, so that it cannot change silently from then on."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from dossier.commands import Asked
from dossier.frozen import replace
from dossier.keep import replace_text
from dossier.ledgers import ledgers_of, lock_of
from dossier.pipeline import examine
from dossier.published import LOCK_FILE, Lock, written
from dossier.report import as_text
from dossier.terminal import aside, colour, note, parted, progress, say, today_of

_MOST = 20
"""Ids that are named; the others are counted."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would be locked, and write nothing")
    parser.add_argument(
        "--anew",
        action="store_true",
        help="put a damaged lock in order: lines that can be read hold, the other records are locked as new",
    )


def do(asked: Asked) -> int:
    today = today_of(asked.root)
    ledgers = ledgers_of(asked.root)
    if asked.options.anew:
        ledgers = replace(ledgers, problems=tuple(p for p in ledgers.problems if p.span.file != LOCK_FILE))
    with progress("Checking …"):
        examined = examine(asked.root, today.date, ledgers)
    note(today.note, *examined.notes)
    register = examined.register
    if register is None or not examined.stands:
        say(as_text(parted(examined.problems, strict=False)[0], asked.root, colour()))
        aside(f"Nothing was locked: {LOCK_FILE} is as it was.")
        return 1
    lock = lock_of(register, today.date.isoformat())
    say(_told(ledgers.published, lock))
    path, text = asked.root / LOCK_FILE, written(lock.values())
    if asked.options.dry_run:
        aside(f"Nothing was written: this was a dry run, and {LOCK_FILE} is as it was.")
    elif path.is_symlink() or not path.is_file() or path.read_bytes() != text.encode():
        replace_text(path, text)
    return 0


def _told(before: Lock, after: Lock) -> str:
    """What is new, changed or gone, in numbers and by name."""
    news = {
        "new": [name for name in after if name not in before],
        "changed": [name for name, locked in before.items() if after[name].digests != locked.digests],
        "gone": [name for name, locked in before.items() if after[name].collection != locked.collection],
    }
    gone = {*news["gone"]}
    news["changed"] = [name for name in news["changed"] if name not in gone]
    same = len(after) - sum(map(len, news.values()))
    counts = ", ".join(f"{len(names):,} {what}" for what, names in news.items() if names)
    head = f"{LOCK_FILE}: {counts}, {same:,} as they were" if counts else f"{LOCK_FILE}: {same:,} as they were"
    return "\n".join([head, *(f"  {what}: {_listed(names)}" for what, names in news.items() if names)])


def _listed(names: Iterable[str]) -> str:
    names = sorted(names)
    return ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST:,} more" if len(names) > _MOST else "")
