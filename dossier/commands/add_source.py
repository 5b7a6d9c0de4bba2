"""`build.py add-source`: the record of a page, from its address."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from dossier.add_source import Draft, drafted, known, shown
from dossier.added import Added, NotAdded, typed, with_record
from dossier.answers import Refusal
from dossier.archive import wayback
from dossier.clock import preview_date
from dossier.commands import Asked
from dossier.fetch import Client, agent
from dossier.keep import replace_bytes
from dossier.model import Source
from dossier.newly import Standing, add, faults, keys, missing, proposed_id, standing
from dossier.pipeline import examine
from dossier.report import as_text, visible
from dossier.terminal import aside, colour, progress, refuse, say
from dossier.terminal import asked as asked_of
from dossier.wayback import Wayback

GIVEN = ("id", "title", "type", "publisher", "issued", "language", "role", "read", "wire")
"""Keys that a person may say better than the page."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the address of the page")
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.add_argument("--into", metavar="FILE", help="the data file, such as data/sources/press.yaml")
    for key in GIVEN:
        parser.add_argument(f"--{key}", metavar="TEXT", help=keys(Source)[key].doc.replace("%", "%%"))


def do(asked: Asked) -> int:
    today = asked_of(lambda: preview_date(os.environ))
    with progress("Reading …"):
        stood = standing(asked.root)
    repository = stood.records.site.repository if stood.records.site else ""
    ask = input if sys.stdin.isatty() and sys.stdout.isatty() else None
    return run(asked, stood, today, Client(agent(repository)), wayback(repository), ask)


def run(
    asked: Asked,
    stood: Standing,
    today: date,
    client: Client,
    archive: Wayback | None,
    ask: Callable[[str], str] | None,
) -> int:
    """Fetch the page, show its record, write it. `ask` puts a question to a person; None where there is nobody."""
    options, url = asked.options, asked.options.url
    given = {key: value for key in GIVEN if (value := getattr(options, key))}
    for key, value in given.items():
        if wrong := faults(stood, keys(Source)[key], value):
            return refuse(f"--{key}: {wrong[0][0]}. {wrong[0][1]}".rstrip())
    if there := known(url, stood):
        return _there(there)
    with progress("Asking for the page …"):
        answer = client.fetch(url)
    if isinstance(answer, Refusal):
        aside(visible(f"The page was not had: {answer.reason}. Its record can be written with 'build.py new source'."))
        return 1
    with progress("Looking for an archived copy …"):
        draft = drafted(stood, url, answer, today, given, archive)
    if there := known(str(draft.values.get("url", "")), stood):
        return _there(there)
    draft.values.setdefault("id", proposed_id("source", draft.values, stood.taken))
    say("\n".join(visible(line) for line in shown(draft)))
    if lacking := [*missing(Source, draft.values)]:
        return refuse(f"these are missing: {', '.join(f'--{name}' for name in lacking)}")
    try:
        path, added = _put(stood, draft, options.into)
    except NotAdded as why:
        return refuse(f"nothing was written: {why}")
    lines = typed(draft.values, Source, stood.languages)
    say("\n".join(["", f"{path}:{added.first}", *map(visible, lines), ""]))
    if not options.yes:
        if ask is None:
            return refuse("this is no terminal to ask on: add --yes to write it")
        try:
            sure = ask(f"Write it to {visible(path)}? [y/N] ").strip().casefold()
        except EOFError:
            sure = ""
        if sure not in ("y", "yes", "o", "oui"):
            say("Nothing was written.")
            return 0
    replace_bytes(asked.root / path, added.content)
    say(f"{path}:{added.first}: written")
    return _checked(asked.root, today, path, added)


def _there(source: Source) -> int:
    say(f"The dossier has this page: {source.id} ({source.place.span()})")
    return 0


def _put(stood: Standing, draft: Draft, into: str | None) -> tuple[str, Added]:
    """The file and what is to stand in it. Raises `NotAdded`."""
    if into is None:
        return add(stood, "source", draft.values)
    path = Path(into).as_posix()
    if all(each.path != path for each in stood.documents):
        raise NotAdded(f"there is no data file {into[:200]}: name one below data/")
    raw = (stood.root / path).read_bytes()
    return path, with_record(raw, path, "sources", draft.values, stood.languages, stood.limit)


def _checked(root: Path, today: date, path: str, added: Added) -> int:
    """Say what the rules say to the new record."""
    with progress("Checking …"):
        problems = examine(root, today).problems
    mine = tuple(p for p in problems if p.span.file == path and added.first <= p.span.line <= added.last)
    say(as_text(mine, root, colour()))
    return 1 if any(each.severity == "error" for each in mine) else 0
