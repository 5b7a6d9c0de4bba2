"""`build.py fmt`: data files in canonical order and layout."""

from __future__ import annotations

import argparse
from difflib import unified_diff
from pathlib import Path

from dossier.commands import Asked
from dossier.keep import replace_text
from dossier.layout import Laid, data_files, lay_out
from dossier.report import as_text, visible
from dossier.terminal import aside, colour, progress, refuse, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="data files (default: all)")
    parser.add_argument("--check", action="store_true", help="list the files that would change, and write nothing")
    parser.add_argument("--preview", action="store_true", help="show what would change, and write nothing")


def do(asked: Asked) -> int:
    found, languages, limit = data_files(asked.root)
    if asked.options.files:
        by_file = {Path(each.file).resolve(): each for each in found}
        for named in asked.options.files:
            if _whole(named, asked.root) not in by_file:
                return refuse(f"{named} is not a data file of this dossier, which are the .yaml files below data/")
        wanted = {_whole(named, asked.root) for named in asked.options.files}
        found = [each for file, each in by_file.items() if file in wanted]
    with progress("Reading …"):
        laid = [lay_out(each, languages, limit) for each in found]
    changed = [each for each in laid if each.after is not None and each.after != each.before]
    for each in changed:
        if asked.options.preview:
            say(_difference(each))
        elif asked.options.check:
            say(visible(f"{each.path}: not in canonical layout"))
        elif each.file.read_bytes() != each.before.encode():
            aside(visible(f"{each.path}: changed meanwhile, left as it is"))
        else:
            replace_text(each.file, each.after or "")
            say(visible(f"{each.path}: laid out"))
    left = [each for each in laid if each.after is None]
    if problems := tuple(problem for each in left for problem in each.problems):
        say(as_text(problems, asked.root, colour()))
    for each in left:
        aside(visible(f"{each.path}: left as it is" + (f": {each.why}" if each.why else "")))
    said = "would change" if asked.options.check or asked.options.preview else "changed"
    say(f"{len(laid):,} files, {len(changed):,} {said}, {len(left):,} left as they are.")
    return 1 if left or (changed and asked.options.check) else 0


def _whole(named: Path, root: Path) -> Path:
    """A file named from here, or else from the root."""
    return (named if named.exists() else root / named).resolve()


def _difference(laid: Laid) -> str:
    before, after = laid.before.splitlines(), (laid.after or "").splitlines()
    return "\n".join(visible(line) for line in unified_diff(before, after, laid.path, laid.path, lineterm=""))
