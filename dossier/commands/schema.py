"""`build.py schema`: what editors are told of the data format, as files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from dossier.commands import Asked
from dossier.keep import replace_text
from dossier.schema import known_so_far
from dossier.terminal import progress, refuse, say

FOLDER = ".schemas"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="DIR", help=f"where the files go (default: {FOLDER}/ in the root)")
    parser.add_argument("--quiet", action="store_true", help="say nothing but what went wrong")


def do(asked: Asked) -> int:
    """Findings are left to `check`: an editor is wanted most while something is wrong."""
    folder = asked.options.to or asked.root / FOLDER
    if not asked.options.to and folder.is_symlink():
        # It may have come with a pull request, and would lead out of the root.
        return refuse(f"{FOLDER} is a link to another folder: remove it, or name a folder with --to")
    with progress("Reading …"):
        found = known_so_far(asked.root)
    for name, schema in found.items():
        path, text = folder / name, json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        # Editors read a file again when it changes: what is as it was stays.
        if path.is_symlink() or not path.is_file() or path.read_bytes() != text.encode():
            replace_text(path, text)
    if not asked.options.quiet:
        shown = folder if asked.options.to else FOLDER
        say(f"Wrote {', '.join(found)} to {shown}: see docs/editors.md for what reads them.")
    return 0
