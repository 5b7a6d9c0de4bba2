"""`build.py new`: a record by questions on a terminal, or by flags; put where its fellows stand."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dossier.added import Added, NotAdded, Value
from dossier.clock import preview_date
from dossier.commands import Asked
from dossier.dialogue import Dialogue
from dossier.keep import replace_bytes
from dossier.language import LOCALES
from dossier.model import COLLECTIONS, Part
from dossier.newly import KINDS, Standing, add, faults, keys, missing, proposed_id, put, standing
from dossier.pipeline import examine
from dossier.problems import Problem
from dossier.report import as_text, visible
from dossier.terminal import aside, colour, progress, refuse, say
from dossier.terminal import asked as asked_of

_DEEPEST = 3
_SAID = "given"


class _Given(argparse.Action):
    """Keeps each flag with its path, in the order typed: that tells one citation from the next."""

    def __call__(
        self, parser: Any, namespace: Any, values: str | Sequence[Any] | None, option: str | None = None
    ) -> None:
        namespace.__dict__.setdefault(_SAID, []).append((str(option).removeprefix("--"), values))


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for kind, collection in KINDS.items():
        article = "a"
        one = kinds.add_parser(
            kind,
            help=f"{article} {kind}",
            allow_abbrev=False,
            description=f"Make {article} {kind}. On a terminal, what no flag says is asked for.",
            argument_default=argparse.SUPPRESS,
        )
        one.add_argument("--yes", action="store_true", help="ask nothing: take the id proposed, and write")
        one.add_argument("--root", type=Path, metavar="DIR", help="the folder that holds data/")
        for path, doc in _flags(COLLECTIONS[collection]):
            one.add_argument(
                f"--{path}", action=_Given, metavar="TEXT", help=doc.replace("%", "%%") or argparse.SUPPRESS
            )


def _flags(cls: type[Part], above: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    """Every key as a flag with its sentence: `amount.value`, `statement`, `statement.fr`."""
    for key in keys(cls).values():
        path = f"{above}{key.name}"
        if key.inner is None:
            yield path, key.doc
        elif depth < _DEEPEST:
            yield from _flags(key.inner, f"{path}.", depth + 1)
        if key.holds == "text":
            yield from ((f"{path}.{code}", "") for code in ("en", *sorted(each.name for each in LOCALES.iterdir())))


def do(asked: Asked) -> int:
    kind, root = asked.options.what, getattr(asked.options, "root", asked.root)
    cls = COLLECTIONS[KINDS[kind]]
    with progress("Reading …"):
        stood = standing(root)
    values: dict[str, Value] = {}
    for path, text in getattr(asked.options, _SAID, ()):
        if not put(values, cls, path.split("."), text, stood.languages[0]):
            return refuse(f"--{path} is given twice")
    if wrong := [*_wrong(stood, cls, values)]:
        return refuse(wrong[0])
    today = asked_of(lambda: preview_date(os.environ))
    dialogue = Dialogue(stood, today, input)
    sure = getattr(asked.options, "yes", False)
    if not sure and sys.stdin.isatty() and sys.stdout.isatty():
        try:
            return _by_questions(dialogue, kind, cls, values)
        except EOFError:
            aside("\nNothing was written.")
            return 2
    lacking = [f"--{path}" for path in missing(cls, values)] + ([] if sure else ["--yes"])
    if lacking:
        return refuse(f"this is no terminal to ask on, and these are missing: {', '.join(lacking)}")
    values.setdefault("id", proposed_id(kind, values, stood.taken))
    try:
        path, added = add(stood, kind, values)
    except NotAdded as why:
        return _by_hand(stood, str(why))
    return _written(stood, path, added)


def _wrong(stood: Standing, cls: type[Part], values: dict[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        for message, remedy in faults(stood, keys(cls)[name], value):
            yield f"--{name}: {message}. {remedy}".rstrip()


def _by_questions(dialogue: Dialogue, kind: str, cls: type[Part], values: dict[str, Value]) -> int:
    say(f"A new {kind}. Enter takes what stands in brackets; Ctrl-C stops, and nothing is written.")
    dialogue.fill(kind, cls, values)
    try:
        path, added = add(dialogue.stood, kind, values)
    except NotAdded as why:
        return _by_hand(dialogue.stood, str(why))
    lines = added.content.decode("utf-8").splitlines()[added.first - 1 : added.last]
    say("\n" + "\n".join(map(visible, lines)) + "\n")
    if not dialogue.yes(f"Write it to {path}? [Y/n] ", default=True):
        say("Nothing was written.")
        return 0
    return _written(dialogue.stood, path, added)


def _by_hand(stood: Standing, why: str) -> int:
    return refuse(f"nothing was written: {why}")


def _written(stood: Standing, path: str, added: Added) -> int:
    """Write the file, and say what is to be said about the new record."""
    replace_bytes(stood.root / path, added.content)
    say(f"{path}:{added.first}: written")
    today = asked_of(lambda: preview_date(os.environ))
    with progress("Checking …"):
        problems = examine(stood.root, today).problems
    mine = tuple(each for each in problems if _is_about(each, path, added))
    say(as_text(mine, stood.root, colour()))
    return 1 if any(each.severity == "error" for each in mine) else 0


def _is_about(problem: Problem, path: str, added: Added) -> bool:
    spans = (problem.span, *(span for span, _ in problem.also))
    return any(span.file == path and added.first <= span.line <= added.last for span in spans)
