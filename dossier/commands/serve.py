"""`build.py serve`: the site on this machine, made new at every save."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Collection
from datetime import date
from functools import cache, partial
from pathlib import Path

from dossier.built import Built, held
from dossier.clock import preview_date
from dossier.commands import Asked
from dossier.editors import Editor, pattern_of
from dossier.git import past_of
from dossier.inputs import presentation, stamp
from dossier.language import forget
from dossier.local import listen
from dossier.pages import File
from dossier.patterns import regex
from dossier.pipeline import Sitting, accept, build, publish, published
from dossier.serve import Preview, run
from dossier.terminal import asked as asked_of
from dossier.terminal import refuse, say
from dossier.watch import Watch

_PLAIN = regex(r"data/.+\.yaml|content/.+\.md", re.DOTALL)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, help="default: 8000; 0 takes any that is free")
    parser.add_argument("--host", default="127.0.0.1", help="an address of this machine (default: 127.0.0.1)")
    parser.add_argument(
        "--editor",
        type=_editor,
        default="vscode",
        help="what opens a finding's file: vscode (default), idea, none, or an address with {file}, {line}, {column}",
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number up to 65535")
    return int(text)


def _editor(text: str) -> str:
    try:
        return pattern_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def names_in(root: Path, saved: Collection[Path]) -> list[str]:
    """Data files and pages of prose by their names in the dossier; none where anything else is among them."""
    place = root.resolve()
    names = [path.relative_to(place).as_posix() for path in saved if path.is_relative_to(place)]
    plain = [name for name in names if _PLAIN.fullmatch(name)]
    return plain if len(plain) == len(saved) else []


def do(asked: Asked) -> int:
    if asked.strict:
        return refuse("--strict belongs to a build or a check, not to serve")
    root, output = asked.root, asked.output
    accept(output, root)
    # Once: a preview is of what is being edited, not of what is being committed.
    past = cache(partial(past_of, root, os.environ))
    sitting: Sitting | None = None
    begun: tuple[date, str] | None = None

    def make(saved: Collection[Path]) -> Built:
        """What has changed since the last time, from what is at hand; anew on another day, by other templates, or when
        somebody has taken the site away. Only where nothing but data was saved do templates need no look."""
        nonlocal sitting, begun
        today, names = preview_date(os.environ), names_in(root, saved)
        if sitting is None or begun != (today, begun[1] if names and begun else stamp(root)) or not output.is_dir():
            if sitting:
                sitting.close()
                forget()
            sitting, begun = Sitting.at(root, output, today), (today, stamp(root))
            sitting.machines_later = True
        try:
            built = build(root, today, sitting, past, saved=names)
            if built.files is not None:
                built.files = tuple(held(file) for file in built.files)
        except BaseException:
            begun = None  # what a build that broke off has left is no ground to build on
            raise
        return built

    def bring(built: Built) -> Callable[[], None]:
        """The pages stand when it returns; that they do is noted by what it gives."""
        nonlocal begun
        try:
            written = publish(built, output, singly=True)
        except BaseException:
            begun = None  # what stands is not what is known, and the next pages are made of both
            raise
        return partial(sitting.keep, built, written) if sitting else lambda: None

    def later() -> tuple[File, ...]:
        """The files for machines, which nobody waits for."""
        if sitting is None:
            return ()
        made = tuple(held(file) for file in sitting.for_machines(preview_date(os.environ)))
        if made:
            bring(Built(made, (), (), anew=False))()
        return made

    asked_of(lambda: preview_date(os.environ))
    watch = Watch([root / "data", root / "content", *presentation(root)], ignored=[output])
    preview = Preview(
        root,
        templates=presentation(root),
        make=make,
        publish=bring,
        published=lambda: published(output),
        later=later,
        say=say,
        editor=Editor.at(asked.options.editor, root, presentation(root)),
    )
    return run(preview, listen(asked.options.host, asked.options.port), watch)
