"""What a person sees on the way: lines of output, notes, a line while something takes long.

What was asked for goes to standard output, the rest to standard error. Imports little: a build of nothing new is mostly
imports.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from dossier.clock import Today
    from dossier.problems import Problem

T = TypeVar("T")


def say(text: str, stream: TextIO | None = None) -> None:
    """Print, and be quiet once nobody reads any more."""
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def aside(text: str) -> None:
    """Say what was not asked for."""
    say(text, sys.stderr)


def note(*notes: str) -> None:
    """Say notes that are not empty; what stands in them may come from files."""
    for each in filter(None, notes):
        aside(each if each.isascii() and each.isprintable() else _visible(each))


def refuse(why: str) -> int:
    """Say in one line why nothing is done. Gives the exit code of wrong use and of a machine's fault."""
    aside(f"build.py: {_visible(why)}")
    return 2


def _visible(text: str) -> str:
    from dossier.report import visible

    return visible(text)


@contextmanager
def progress(text: str) -> Iterator[None]:
    """A line on a terminal for as long as something takes."""
    shown = sys.stderr.isatty()
    if shown:
        print(text, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def today_of(root: Path) -> Today:
    """The date to build with."""
    from dossier.clock import build_date

    return asked(lambda: build_date(root, os.environ))


def asked(date_of: Callable[[], T]) -> T:
    """A date of the clock. Ends the program where the environment names one that is none."""
    try:
        return date_of()
    except ValueError as error:
        raise SystemExit(refuse(str(error))) from None


def now() -> float:
    return time.perf_counter()


def since(started: float) -> str:
    return f"{time.perf_counter() - started:.1f} s"


def parted(problems: Iterable[Problem], strict: bool) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems that a run fails by, and the others."""
    both: tuple[list[Problem], list[Problem]] = [], []
    for problem in problems:
        both[0 if strict or problem.severity == "error" else 1].append(problem)
    return tuple(both[0]), tuple(both[1])
