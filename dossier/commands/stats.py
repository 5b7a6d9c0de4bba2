"""`build.py stats`: what the dossier counts, and its weak points."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from dossier.commands import Asked
from dossier.pipeline import examine
from dossier.report import as_text, visible
from dossier.stats import stats
from dossier.terminal import colour, note, parted, progress, say, today_of

_FORMATS = ("text", "json")
_WIDTH = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=_FORMATS, default="text", help="for people, or for a machine (default: text)"
    )


def do(asked: Asked) -> int:
    today = today_of(asked.root)
    with progress("Counting …"):
        examined = examine(asked.root, today.date)
        found = stats(examined.register, today.date) if examined.stands and examined.register else None
    note(today.note, *examined.notes)
    if found is None:
        # What was set aside would be missing from every number.
        say(as_text(parted(examined.problems, strict=False)[0], asked.root, colour()))
        return 1
    say(json.dumps(found, indent=2) if asked.options.format == "json" else "\n".join(told(found)))
    return 0


def told(found: dict[str, Any]) -> Iterator[str]:
    """The numbers in columns; then each weak point by its id, a line a thing."""
    claims, sources, weak = found["claims"], found["sources"], found["weak_points"]
    yield f"As of {found['date']}"
    yield ""
    yield from _column(
        {
            "companies": found["companies"],
            "claims": claims["live"],
            "claims withdrawn": claims["withdrawn"],
            "links from claims to sources": found["links"],
            "origins": found["origins"],
            "sources read": sources["read"],
            "sources not read": sources["not_read"],
            "sources without an archived copy": sources["no_archive"],
            "quotes": found["quotes"],
            "quotes verified in a stored copy": found["quotes_verified"],
            "words quoted": found["words_quoted"],
        }
    )
    for heading, key in (("Labels", "labels"), ("Modes", "modes"), ("Kinds", "kinds"), ("Replies", "replies")):
        yield from ("", heading, *_column({word: number for word, number in found[key].items() if number}))
    yield from ("", "Publishers: claims that cite them, share of all claims, sources")
    for each in found["publishers"]:
        if each["claims"]:
            share = f"{100 * each['share']:.1f} %"
            yield f"  {_cut(each['name'])} {each['claims']:>6,} {share:>8} {each['sources']:>6,}"
    falls = weak["rest_on_one_source"]
    lost = {claim for each in falls for claim in each["loses"]}
    yield from ("", f"Claims that would lose their last origin if one source fell: {len(lost):,}")
    for each in falls:
        if each["loses"]:
            yield f"  {visible(each['source'])}: {', '.join(map(visible, each['loses']))}"
    changed = {change["claim"] for each in falls for change in each["changes"]} - lost
    yield from ("", f"Claims that would get another label if one source fell: {len(changed):,}")
    for each in falls:
        for change in each["changes"]:
            yield visible(f"  {each['source']}: {change['claim']}, {change['label']}, then {change['without']}")
    bare = weak["no_archived_copy"]
    yield from ("", f"Claims none of whose sources has an archived copy: {len(bare):,}")
    yield from (visible(f"  {each['claim']}") for each in bare)
    vain = weak["quotes_in_vain"]
    yield from ("", f"Quotes looked for in vain in a stored copy: {len(vain):,}")
    yield from (visible(f"  {each['source']}: {each['quote']} ({each['state']})") for each in vain)
    yield from ("", f"Questions without an answer: {len(weak['no_answer']):,}")
    for each in weak["no_answer"]:
        due = f", due {each['deadline']}" if each["deadline"] else ""
        yield visible(f"  {each['response']}: {each['company']}, {each['status']}, {each['date']}{due}")
    late = weak["not_checked_lately"]
    yield from ("", f"Claims not checked in the last 180 days: {len(late):,}")
    yield from (visible(f"  {each['claim']}: {each['verified'] or 'never'}") for each in late)


def _column(numbers: dict[str, int]) -> Iterator[str]:
    return (f"  {name:<{_WIDTH}} {number:>6,}" for name, number in numbers.items())


def _cut(name: str) -> str:
    name = visible(name)
    return f"{name[: _WIDTH - 1]}…" if len(name) > _WIDTH else f"{name:<{_WIDTH}}"
