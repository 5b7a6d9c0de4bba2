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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO, TypeVar

from dossier import __version__
from dossier.unchanged import unchanged

if TYPE_CHECKING:
    from datetime import date

    from dossier.clock import Today
    from dossier.pages import File
    from dossier.pipeline import Built, Written
    from dossier.problems import Problem

_WARNINGS = "{}: run 'build.py check' to see them."
_NOTHING = "{}: nothing has changed in {}"
T = TypeVar("T")
HERE = Path(__file__).parent
_FORMATS = ("text", "json", "github", "sarif")
_EXAMPLES = """\
examples:
  build.py                          build the site into output/
  build.py check                    say what is wrong with the data, and build nothing
  build.py serve                    show the site in a browser and rebuild it on every save
  build.py explain E201             say what a rule asks for, and why
  build.py why index.html           say what a page was made from
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
    parser.add_argument(
        "--compare-clean", action="store_true", help="afterwards build clean beside, and compare byte for byte"
    )
    parser.add_argument(
        "--shard", type=_shard, metavar="I/N", help="build part I of N: the parts, laid together, are the site"
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
    why = command("why", "say what a page was made from: records, their keys, templates")
    why.add_argument("path", help="a page below the output, such as companies/acme/index.html")
    explain = command("explain", "say what a rule asks for, and why; without a code, list all rules")
    explain.add_argument("code", nargs="?", help="code or name of the rule, such as E201")
    return parser


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= 10_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a part: write 1/3 for the first of three")
    return int(number), int(of)


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
        if given.command == "why":
            return _why(root, output, given.path)
        return _build(root, output, strict, given.shard, given.compare_clean)
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
    for note in filter(None, notes):
        _say(note if note.isascii() and note.isprintable() else _visible(note), sys.stderr)


def _visible(text: str) -> str:
    from dossier.report import visible

    return visible(text)


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


def _today(root: Path) -> Today:
    """The date to build with."""
    from dossier.clock import build_date

    return _asked(lambda: build_date(root, os.environ))


def _asked(date_of: Callable[[], T]) -> T:
    """A date of the clock. Ends the program where the environment names one that is none."""
    try:
        return date_of()
    except ValueError as error:
        raise SystemExit(_refuse(str(error))) from None


def _parted(problems: Iterable[Problem], strict: bool) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems that a run fails by, and the others."""
    parted: tuple[list[Problem], list[Problem]] = [], []
    for problem in problems:
        parted[0 if strict or problem.severity == "error" else 1].append(problem)
    return tuple(parted[0]), tuple(parted[1])


def _build(root: Path, output: Path, strict: bool, shard: tuple[int, int] | None, compare: bool) -> int:
    started = time.perf_counter()
    today = _today(root)
    if not (strict or shard or compare) and (known := unchanged(root, output, today.date)):
        notes, found = known
        _note(today.note, *notes)
        _say("\n".join(filter(None, (found and _WARNINGS.format(found), _NOTHING.format(output, _since(started))))))
        return 0
    from dossier.memory import Memory
    from dossier.pipeline import Sitting, accept, build, publish
    from dossier.report import as_text, count, printed, slip_in_template
    from dossier.units import Shard

    accept(output, root)
    sitting = Sitting(root, Memory(None, ""), shard=Shard(*shard)) if shard else Sitting.at(root, output, today.date)
    try:
        with _progress("Building …"):
            built = build(root, today.date, sitting)
        _note(today.note, *built.notes)
        grave, minor = _parted(built.problems, strict)
        if grave:
            _say(as_text(grave, root, _colour()))
        if minor:
            _say(_WARNINGS.format(count(minor)))
        if grave:
            _say(f"Nothing was written: {output} is as it was.", sys.stderr)
            return 1
        with _progress("Writing …"):
            written = publish(built, output)
            sitting.keep(built, written, count(minor) if minor else "")
    except Exception as error:
        if slip := slip_in_template(error, [root / "templates"]):
            _say(printed(slip, _colour()))
            return 1
        raise
    finally:
        sitting.close()
    _note(written.note)
    _say(f"{output}: {_told(built, written)} in {_since(started)}")
    return _compare(root, output, today.date) if compare else 0


def _compare(root: Path, output: Path, today: date) -> int:
    from dossier.compare import differing

    with _progress("Comparing …"):
        files, unlike = differing(root, today, output)
    if unlike:
        _say(f"{len(unlike):,} of {files:,} files are not those of a clean build:", sys.stderr)
        _say("\n".join(f"  {path}" for path in unlike[:20]), sys.stderr)
        _say(
            "This is a fault of the program: please report it. Removing the output folder makes a clean site.",
            sys.stderr,
        )
        return 1
    _say(f"All {files:,} files are those of a clean build.")
    return 0


def _why(root: Path, output: Path, path: str) -> int:
    from dossier.memory import Memory
    from dossier.pipeline import Sitting, build
    from dossier.report import as_text
    from dossier.why import told, why

    today = _today(root).date
    path = path.removeprefix("./").removeprefix(f"{output.name}/").lstrip("/")
    path = f"{path}index.html" if path.endswith("/") or not path else path
    sitting = Sitting(root, Memory(None, ""))
    with _progress("Building …"):
        built = build(root, today, sitting)
        if built.files is None:
            _say(as_text(_parted(built.problems, strict=False)[0], root, _colour()))
            return 1
        for _ in built.files:
            pass
    found = why(sitting, today, path)
    if found is None:
        return _refuse(f"no record and no list makes {path}: name a page, such as companies/acme/index.html")
    _say(told(found))
    return 0


def _since(started: float) -> str:
    return f"{time.perf_counter() - started:.1f} s"


def _told(built: Built, written: Written) -> str:
    """What a build did, in numbers."""
    if not (built.anew or written.written or written.removed):
        return "nothing has changed"
    numbers = f"{written.written:,} files written, {written.kept:,} kept, {written.removed:,} removed"
    return numbers if built.anew else f"{written.written:,} files written, {written.removed:,} removed, the others kept"


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
    from dossier.built import Built, held
    from dossier.clock import preview_date
    from dossier.inputs import presentation, stamp
    from dossier.language import forget
    from dossier.pipeline import Sitting, accept, build, publish, published
    from dossier.serve import Preview, listen, run
    from dossier.watch import Watch

    accept(output, root)
    sitting: Sitting | None = None
    begun: object = None

    def make() -> Built:
        """What has changed since the last time, from what is at hand; anew on another day, or by other templates."""
        nonlocal sitting, begun
        today = preview_date(os.environ)
        if sitting is None or begun != (today, stamp(root)):
            if sitting:
                sitting.close()
                forget()
            sitting, begun = Sitting.at(root, output, today), (today, stamp(root))
            sitting.machines_later = True
        built = build(root, today, sitting)
        if built.files is not None:
            built.files = tuple(held(file) for file in built.files)
        return built

    def bring(built: Built) -> None:
        written = publish(built, output, singly=True)
        if sitting:
            sitting.keep(built, written)

    def later() -> tuple[File, ...]:
        """The files for machines, which nobody waits for."""
        if sitting is None:
            return ()
        made = tuple(held(file) for file in sitting.for_machines(preview_date(os.environ)))
        if made:
            bring(Built(made, (), (), anew=False))
        return made

    _asked(lambda: preview_date(os.environ))
    watch = Watch([root / "data", root / "content", *presentation(root)], ignored=[output])
    preview = Preview(
        root,
        templates=presentation(root),
        make=make,
        publish=bring,
        published=lambda: published(output),
        later=later,
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
