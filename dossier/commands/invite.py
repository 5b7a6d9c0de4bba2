"""`build.py invite`: a company asked for its answer, as files to send. Nothing is sent."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from dossier.clock import preview_date
from dossier.commands import Asked, day
from dossier.invite import NO_PDF, Refused, files_of, invitation, on_paper, record
from dossier.keep import replace_bytes
from dossier.nearest import did_you_mean
from dossier.pipeline import examine
from dossier.report import as_text
from dossier.terminal import aside, colour, parted, progress, refuse, say
from dossier.terminal import asked as asked_of


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("company", help="id of the company")
    parser.add_argument("--language", metavar="CODE", help="language of the letter (default: the site's first)")
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="where to write (default: invitations/COMPANY/ in the root)"
    )
    parser.add_argument(
        "--deadline",
        type=day,
        metavar="YYYY-MM-DD",
        help="14 days ahead or more (default: that of an invitation on file)",
    )


def do(asked: Asked) -> int:
    root, name, code = asked.root, asked.options.company, asked.options.language
    # A letter goes out today, whatever the day of the last commit.
    today = asked_of(lambda: preview_date(os.environ))
    with progress("Reading …"):
        examined = examine(root, today)
    register = examined.register
    if register is None or not examined.stands:
        say(as_text(parted(examined.problems, strict=False)[0], root, colour()))
        return 1
    if name not in register.companies:
        return refuse(f"there is no company '{name}'. {did_you_mean(name, register.companies)}".rstrip())
    code = code or register.languages[0]
    if code not in register.languages:
        return refuse(f"'{code}' is not a language of this site: {', '.join(register.languages)}")
    folder = asked.options.to or root / "invitations" / name
    if folder.resolve().is_relative_to(asked.output.resolve()):
        return refuse(f"{folder} lies in the output, which is published and made anew: name another folder")
    if asked.options.to is None and folder.resolve() != root.resolve() / "invitations" / name:
        return refuse(f"{folder} is a link to another place: name the folder with --to")
    try:
        invited = invitation(register, name, code, asked.options.deadline, today)
    except Refused as why:
        return refuse(str(why))
    with progress("Writing …"):
        files = files_of(invited, root)
        pdf = on_paper(files[0])
        written = (*files, pdf) if pdf else files
        for file in written:
            replace_bytes(folder / file.path, file.content)
    say("\n".join(f"{folder / file.path}" for file in written))
    if invited.recorded:
        say(f"\nThe invitation is on file as '{invited.recorded.id}'. Nothing was sent.")
    else:
        say(
            "\nNothing was sent. Once it is, add this to the data, and name it in 'reply:' of the claims asked about:\n"
        )
        say(record(invited))
    if pdf is None:
        aside(NO_PDF)
        return 2
    return 0
