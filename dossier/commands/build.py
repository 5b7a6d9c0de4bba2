"""`build.py`: the site. Imports what a build of nothing new needs, and the rest when there is something to do."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.commands import Asked
from dossier.terminal import aside, colour, note, now, parted, progress, refuse, say, since, today_of
from dossier.unchanged import unchanged

if TYPE_CHECKING:
    from dossier.past import Past
    from dossier.pipeline import Built, Written

_WARNINGS = "{}: run 'build.py check' to see them."
_NOTHING = "{}: nothing has changed in {}"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--compare-clean", action="store_true", help="afterwards build clean beside, and compare byte for byte"
    )
    parser.add_argument(
        "--shard", type=_shard, metavar="I/N", help="build part I of N: the parts, laid together, are the site"
    )
    parser.add_argument(
        "--with",
        type=_carried,
        dest="carried",
        default=frozenset(),
        metavar="KINDS",
        help="make besides: pdf, images, zip, with commas between, or all (docs/publishing.md); takes what 'make desk' "
        "sets up",
    )


def _carried(text: str) -> frozenset[str]:
    from dossier.carried import KINDS  # views of pages come with it, which a build of nothing new does without

    asked = frozenset(KINDS if text == "all" else text.split(","))
    if unknown := sorted(asked.difference(KINDS)):
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(KINDS)} or all: write 'pdf,zip'")
    return asked


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= 10_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a part: write 1/3 for the first of three")
    return int(number), int(of)


def do(asked: Asked) -> int:
    started = now()
    root, output, strict = asked.root, asked.output, asked.strict
    shard, compare, carried = asked.options.shard, asked.options.compare_clean, asked.options.carried
    if carried and (shard or compare):
        return refuse("--with makes everything anew, and whole: leave --shard and --compare-clean out")
    if carried:
        from dossier.carry import lacking

        if lacks := lacking(carried):
            return refuse(lacks)
    today = today_of(root)
    if not (strict or shard or compare or carried) and (known := unchanged(root, output, today.date)):
        notes, found = known
        note(today.note, *notes)
        say("\n".join(filter(None, (found and _WARNINGS.format(found), _NOTHING.format(output, since(started))))))
        return 0
    from dossier.git import past_of
    from dossier.memory import Memory
    from dossier.pipeline import Sitting, accept, build, publish
    from dossier.report import as_text, count, printed, slip_in_template
    from dossier.units import Shard

    accept(output, root)
    past = cache(partial(past_of, root, os.environ))
    sitting = Sitting(root, Memory(None, ""), shard=Shard(*shard)) if shard else Sitting.at(root, output, today.date)
    if carried:  # what will stand then is not what the memory of past builds knows
        sitting.memory.forget()
    try:
        with progress("Building …"):
            built = build(root, today.date, sitting, past, carried)
        note(today.note, *built.notes)
        grave, minor = parted(built.problems, strict)
        if grave:
            say(as_text(grave, root, colour()))
        if minor:
            say(_WARNINGS.format(count(minor)))
        if grave:
            aside(f"Nothing was written: {output} is as it was.")
            return 1
        with progress("Writing …"):
            written = publish(built, output)
            if not carried:
                sitting.keep(built, written, count(minor) if minor else "")
    except Exception as error:
        if slip := slip_in_template(error, [root / "templates"]):
            say(printed(slip, colour()))
            return 1
        raise
    finally:
        sitting.close()
    note(written.note)
    say(f"{output}: {_told(built, written)} in {since(started)}")
    return _compare(root, output, today.date, past) if compare else 0


def _compare(root: Path, output: Path, today: date, past: Callable[[], Past]) -> int:
    from dossier.compare import differing

    with progress("Comparing …"):
        files, unlike = differing(root, today, output, past)
    if unlike:
        aside(f"{len(unlike):,} of {files:,} files are not those of a clean build:")
        aside("\n".join(f"  {path}" for path in unlike[:20]))
        aside("This is a fault of the program: please report it. Removing the output folder makes a clean site.")
        return 1
    say(f"All {files:,} files are those of a clean build.")
    return 0


def _told(built: Built, written: Written) -> str:
    """What a build did, in numbers."""
    if not (built.anew or written.written or written.removed):
        return "nothing has changed"
    numbers = f"{written.written:,} files written, {written.kept:,} kept, {written.removed:,} removed"
    return numbers if built.anew else f"{written.written:,} files written, {written.removed:,} removed, the others kept"
