"""`build.py check`: what is wrong with the data. With `--fix`, what can be mended safely is mended first."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dossier.commands import Asked
from dossier.fix import fixes
from dossier.frozen import replace
from dossier.keep import replace_bytes
from dossier.ledgers import edited, ledgers_of, published_in
from dossier.pipeline import RULES, examine
from dossier.published import LOCK_FILE
from dossier.report import as_github, as_json, as_sarif, as_text, count, visible
from dossier.terminal import colour, note, parted, progress, refuse, say, today_of

_MOST = 20
_FORMATS = ("text", "json", "github", "sarif")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=_FORMATS, default="text", help="for people, or for a machine (default: text)"
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first mend what can only have been meant one way: blanks, line ends, tabs, missing quotation marks, "
        "dates such as 2025/11/28; comments and all other lines stay",
    )
    parser.add_argument(
        "--preview", action="store_true", help="with --fix: print what would change, as a diff, and write nothing"
    )
    parser.add_argument(
        "--lock",
        type=Path,
        metavar="FILE",
        help=f"compare with this lock, such as the base commit's, and not with {LOCK_FILE}",
    )


def _fixed(asked: Asked) -> None:
    for file, fixed in list(fixes(asked.root)):
        if file.is_symlink() or file.read_bytes() != fixed.before:
            note(f"{fixed.path}: left as it is, since it changed in the meantime")
            continue
        replace_bytes(file, fixed.after)
        note(f"{fixed.path}: mended: {'; '.join(fixed.what)}")


def _previewed(asked: Asked) -> int:
    found = [fixed for _, fixed in fixes(asked.root)]
    diff = "".join(fixed.diff for fixed in found)
    if diff:
        say("\n".join(map(visible, diff.rstrip("\n").split("\n"))) if sys.stdout.isatty() else diff.removesuffix("\n"))
    number = f"{len(found)} file{'' if len(found) == 1 else 's'}" if found else "Nothing"
    note(f"{number} would change; nothing is written.")
    return 0


def do(asked: Asked) -> int:
    if asked.options.preview:
        return _previewed(asked)
    if asked.options.fix:
        _fixed(asked)
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
