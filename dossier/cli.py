"""The command line: arguments and exit codes. What each command does is in `commands/`.

0: no errors. 1: errors (with `--strict`, warnings too). 2: wrong use, or a fault of the machine, in one line. A fault
of this program is an exception with its traceback.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from dossier import __version__
from dossier.commands import COMMANDS, DESK, STRICT, Asked
from dossier.terminal import refuse

HERE = Path(__file__).parent
_EXAMPLES = """\
examples:
  build.py                          build the site into output/
  build.py check                    say what is wrong with the data, and build nothing
  build.py serve                    show the site in a browser and rebuild it on every save
  build.py explain E201             say what a rule asks for, and why
  build.py stats                    count what the dossier holds, and name its weak points
  build.py why index.html           say what a page was made from
  build.py --root ../other          build the dossier in another folder
  build.py check --format github    annotate a pull request from a workflow

exit codes: 0 no errors, 1 errors, 2 wrong use or a fault of the machine
"""


class _Parser(argparse.ArgumentParser):
    """Wrong use in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


class _Command:
    """The parser of a command, made when the command is asked for: its `module` says what it takes."""

    def __init__(self, module: str, **said: Any) -> None:
        self.module = module
        self.said = said

    def parse_known_args(self, *given: Any, **named: Any) -> Any:
        parser = _Parser(**self.said)
        import_module(f"dossier.commands.{self.module}").arguments(parser)
        return parser.parse_known_args(*given, **named)


def _parser() -> _Parser:
    # No defaults here: an option given before the command must survive the command's own parser.
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--root", type=Path, metavar="DIR", help="the folder that holds data/ and content/ (default: beside build.py)"
    )
    common.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: output/ in the root)")
    strict = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    strict.add_argument("--strict", action="store_true", help="count warnings as errors")
    parser = _Parser(
        prog="build.py",
        description="Check a dossier's YAML files and build its website. Without a command, it builds.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common, strict],
        allow_abbrev=False,
    )
    import_module("dossier.commands.build").arguments(parser)
    parser.add_argument("--version", action="version", version=f"dossier {__version__}")
    later: Any = _Command  # which stands for a parser without being one
    commands: Any = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=later, prog=parser.prog
    )
    for name, does in COMMANDS.items():
        parents = [common, strict] if name in STRICT else [common]
        description = f"{does[0].upper()}{does[1:]}."
        module = name.replace("-", "_")
        commands.add_parser(
            name, help=does, module=module, description=description, parents=parents, allow_abbrev=False
        )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    given = _parser().parse_args(arguments)
    root = getattr(given, "root", HERE.parent)
    output = getattr(given, "output", root / "output")
    asked = Asked(root, output, getattr(given, "strict", False), given)
    try:
        done: int = import_module(f"dossier.commands.{(given.command or 'build').replace('-', '_')}").do(asked)
        return done
    except KeyboardInterrupt:
        return 130
    except ModuleNotFoundError as error:
        if (error.name or "dossier").split(".")[0] == "dossier":
            raise
        target = "desk" if given.command in DESK else "site"
        return refuse(f"{error.name} is not installed for this Python: run 'make {target}', which sets up .venv/")
    except OSError as error:
        # jinja2 has an OSError of its own, which is no fault of the machine.
        if type(error).__module__ not in ("builtins", "shutil", "socket"):
            raise
        return refuse(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))
