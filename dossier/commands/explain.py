"""`build.py explain`: what a rule asks for."""

from __future__ import annotations

import argparse

from dossier.commands import Asked
from dossier.nearest import did_you_mean
from dossier.pipeline import RULES
from dossier.report import explained
from dossier.terminal import refuse, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", help="code or name of the rule, such as E201")


def do(asked: Asked) -> int:
    code = asked.options.code
    if code is None:
        for rule in sorted(RULES.values(), key=lambda rule: rule.code):
            say(f"{rule.code}  {rule.severity:<8} {rule.sentence}")
        return 0
    found = next((rule for rule in RULES.values() if code.upper() == rule.code or code.lower() == rule.name), None)
    if found is None:
        return refuse(f"there is no rule '{code}'. {did_you_mean(code.upper(), RULES)}".rstrip())
    say(explained(found))
    return 0
