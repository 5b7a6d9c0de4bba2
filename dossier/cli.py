"""The command line: arguments, exit codes, and what a person sees on the way.

0: no errors. 1: errors (with `--strict`, warnings too). 2: wrong use, or a fault of the machine, in one line. A fault
of this program is an exception with its traceback. What was asked for goes to standard output, the rest to standard
error.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from dossier import __version__

if TYPE_CHECKING:
    from dossier.problems import Problem

HERE = Path(__file__).parent
_FORMATS = ("text", "json", "github", "sarif")
_EXAMPLES = """\
examples:
  build.py                          build the site into output/
  build.py check                    say what is wrong with the data, and build nothing
  build.py serve                    show the site in a browser and rebuild it on every save
  build.py explain E201             say what a rule asks for, and why
  build.py --root ../other          build the dossier in another folder
  build.py check --format github    annotate a pull request from a workflow

exit codes: 0 no errors, 1 errors, 2 wrong use or a fault of the machine
"""


class _Parser(argparse.ArgumentParser):
    """Wrong use in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _parser() -> _Parser:
    # No defaults here: an option given before the command must survive the command's own parser.
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--root", type=Path, metavar="DIR", help="the folder that holds data/ and content/ (default: beside build.py)"
    )
    common.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: output/ in the root)")
    strict = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    strict.add_argument("--strict", action="store_true", help="count warnings as errors")
    shape = argparse.RawDescriptionHelpFormatter
    parser = _Parser(
        prog="build.py",
        description="Check a dossier's YAML files and build its website. Without a command, it builds.",
        epilog=_EXAMPLES,
        formatter_class=shape,
        parents=[common, strict],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"dossier {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, help: str, *parents: _Parser) -> _Parser:
        return commands.add_parser(
            name, help=help, description=f"{help[0].upper()}{help[1:]}.", parents=[common, *parents], allow_abbrev=False
        )

    check = command("check", "say what is wrong with the data, and build nothing", strict)
    check.add_argument(
        "--format", choices=_FORMATS, default="text", help="for people, or for a machine (default: text)"
    )
    serve = command("serve", "show the site on this machine and rebuild it on every save")
    serve.add_argument("--port", type=_port, default=8000, help="default: 8000; 0 takes any that is free")
    serve.add_argument("--host", default="127.0.0.1", help="an address of this machine (default: 127.0.0.1)")
    explain = command("explain", "say what a rule asks for, and why; without a code, list all rules")
    explain.add_argument("code", nargs="?", help="code or name of the rule, such as E201")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number up to 65535")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    given = _parser().parse_args(arguments)
    root = getattr(given, "root", HERE.parent)
    output = getattr(given, "output", root / "output")
    strict = getattr(given, "strict", False)
    try:
        if given.command == "explain":
            return _explain(given.code)
        if given.command == "check":
            return _check(root, given.format, strict)
        if given.command == "serve":
            if strict:
                return _refuse("--strict belongs to a build or a check, not to serve")
            return _serve(root, output, given.host, given.port)
        return _build(root, output, strict)
    except KeyboardInterrupt:
        return 130
    except ModuleNotFoundError as error:
        if (error.name or "dossier").split(".")[0] == "dossier":
            raise
        return _refuse(f"{error.name} is not installed for this Python: run 'make site', which sets up .venv/")
    except OSError as error:
        # jinja2 has an OSError of its own, which is no fault of the machine.
        if type(error).__module__ not in ("builtins", "shutil", "socket"):
            raise
        return _refuse(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))


def _refuse(why: str) -> int:
    from dossier.report import visible

    _say(f"build.py: {visible(why)}", sys.stderr)
    return 2


def _say(text: str, stream: TextIO | None = None) -> None:
    """Print, and be quiet once nobody reads any more."""
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _note(*notes: str) -> None:
    from dossier.report import visible

    for note in filter(None, notes):
        _say(visible(note), sys.stderr)


@contextmanager
def _progress(text: str) -> Iterator[None]:
    """A line on a terminal for as long as something takes."""
    shown = sys.stderr.isatty()
    if shown:
        print(text, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _today(root: Path) -> Any:
    """The date to build with. Ends the program where the environment names one that is none."""
    from dossier.clock import build_date

    try:
        return build_date(root, os.environ)
    except ValueError as error:
        raise SystemExit(_refuse(str(error))) from None


def _parted(problems: Iterable[Problem], strict: bool) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems that a run fails by, and the others."""
    parted: tuple[list[Problem], list[Problem]] = [], []
    for problem in problems:
        parted[0 if strict or problem.severity == "error" else 1].append(problem)
    return tuple(parted[0]), tuple(parted[1])


def _build(root: Path, output: Path, strict: bool) -> int:
    from dossier.pipeline import accept, build, publish
    from dossier.report import as_text, count, printed, slip_in_template

    started = time.perf_counter()
    accept(output, root)
    today = _today(root)
    try:
        with _progress("Building …"):
            built = build(root, today.date)
    except Exception as error:
        if slip := slip_in_template(error, [root / "templates"]):
            _say(printed(slip, _colour()))
            return 1
        raise
    _note(today.note, *built.notes)
    grave, minor = _parted(built.problems, strict)
    if grave:
        _say(as_text(grave, root, _colour()))
    if minor:
        _say(f"{count(minor)}: run 'build.py check' to see them.")
    if grave:
        _say(f"Nothing was written: {output} is as it was.", sys.stderr)
        return 1
    with _progress("Writing …"):
        written = publish(built, output)
    _note(written.note)
    numbers = f"{written.written:,} files written, {written.kept:,} kept, {written.removed:,} removed"
    _say(f"{output}: {numbers} in {time.perf_counter() - started:.1f} s")
    return 0


def _check(root: Path, form: str, strict: bool) -> int:
    from dossier.pipeline import RULES, examine
    from dossier.report import as_github, as_json, as_sarif, as_text, count

    today = _today(root)
    with _progress("Checking …"):
        examined = examine(root, today.date)
    problems = examined.problems
    _note(today.note, *examined.notes)
    if form == "text":
        _say(as_text(problems, root, _colour()))
    elif form == "json":
        _say(as_json(problems))
    elif form == "sarif":
        _say(as_sarif(problems, RULES.values()))
    else:
        _say("\n".join([*filter(None, [as_github(problems)]), f"{count(problems)}."]))
    return 1 if _parted(problems, strict)[0] else 0


def _serve(root: Path, output: Path, host: str, port: int) -> int:
    from dossier.pipeline import Memory, accept, build, presentation, publish, published
    from dossier.serve import Preview, listen, run
    from dossier.watch import Watch

    accept(output, root)
    _today(root)
    memory = Memory()
    watch = Watch([root / "data", root / "content", *presentation(root)], ignored=[output])
    preview = Preview(
        root,
        templates=presentation(root),
        make=lambda: build(root, _today(root).date, memory),
        publish=lambda built: publish(built, output, singly=True),
        published=lambda: published(output),
        say=_say,
    )
    return run(preview, listen(host, port), watch)


def _explain(code: str | None) -> int:
    from dossier.nearest import did_you_mean
    from dossier.pipeline import RULES
    from dossier.report import explained

    if code is None:
        for rule in sorted(RULES.values(), key=lambda rule: rule.code):
            _say(f"{rule.code}  {rule.severity:<8} {rule.sentence}")
        return 0
    found = next((rule for rule in RULES.values() if code.upper() == rule.code or code.lower() == rule.name), None)
    if found is None:
        return _refuse(f"there is no rule '{code}'. {did_you_mean(code.upper(), RULES)}".rstrip())
    _say(explained(found))
    return 0
