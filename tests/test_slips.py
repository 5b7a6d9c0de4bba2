"""Forty slips and more that people make in YAML: `slips.md` has each with its message, letter for letter."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from dossier.pipeline import RULES, examine
from dossier.problems import Problem
from dossier.report import findings, printed
from dossier.rulebook import CASES

TABLE = Path(__file__).parent / "slips.md"
TODAY = date(2026, 6, 1)
JARGON = re.compile(
    r"\b(mapping|scalar|tokens?|nodes?|parse[rd]?|sequence|stream|flow|boolean|null|string|integer|regex|EOF|dict)\b"
)


class Slip(NamedTuple):
    title: str
    path: str
    typed: str
    said: str


def _slips() -> list[Slip]:
    found = []
    for part in TABLE.read_text("utf-8").split("\n## ")[1:]:
        path = re.search(r"^(data/\S+):$", part, re.MULTILINE)
        typed = re.search(r"```yaml\n(.*?)```\n", part, re.DOTALL)
        said = re.search(r"```text\n(.*?)```\n", part, re.DOTALL)
        assert typed, part
        assert said or "Nothing is said." in part, part
        title = part.partition("\n")[0]
        found.append(Slip(title, path[1] if path else "data/slip.yaml", typed[1], said[1] if said else ""))
    return found


SLIPS = _slips()
every_slip = pytest.mark.parametrize("slip", SLIPS, ids=[slip.title for slip in SLIPS])


def as_bytes(typed: str) -> bytes:
    """The bytes of a file for its text in the table."""
    shown = typed.replace("·", "\t").replace("¤", "\u200b")
    shown = re.sub("‹U\\+([0-9A-F]{4})›", lambda found: chr(int(found[1], 16)), shown)
    pieces = re.split("‹0x([0-9A-F]{2})›", shown)
    return b"".join(bytes.fromhex(each) if number % 2 else each.encode() for number, each in enumerate(pieces))


def checked(root: Path, slip: Slip, raw: bytes) -> tuple[Problem, ...]:
    shutil.copytree(CASES / "base", root, dirs_exist_ok=True)
    (root / slip.path).write_bytes(raw)
    return examine(root, TODAY).problems


@every_slip
def test_what_is_said_of_a_slip(slip: Slip, tmp_path: Path) -> None:
    problems = checked(tmp_path, slip, as_bytes(slip.typed))
    assert "".join(f"{printed(each)}\n" for each in findings(problems, tmp_path)) == slip.said
    assert len(problems) == bool(slip.said), "one slip, one message"


def pasted(raw: bytes, problem: Problem) -> bytes | None:
    """The file with what the remedy says put where the finding is; None where it has nothing to paste."""
    lines = raw.decode("utf-8").split("\n")
    at, column = problem.span.line - 1, problem.span.column - 1
    first, _, new = problem.remedy.partition("\n")
    if new:
        old = len(new.split("\n")) if "other lines alike" in first else 1
        return "\n".join([*lines[:at], new, *lines[at + old :]]).encode()
    typed = re.search(r"'(.+?)'", problem.message)
    word = re.search(
        r"(?:Did you mean '?|Write it like this: |Write (?=[0-9]|true)|around it: |and dash: )(.+?)(?:'?\?|\.)?$", first
    )
    if not word:
        return None
    if "brackets" in first:
        value = re.search(r"\S.*$", lines[at][column:])
        assert value
        lines[at] = lines[at][:column] + word[1]
    elif typed:
        assert typed[1] in lines[at][column:]
        lines[at] = lines[at][:column] + lines[at][column:].replace(typed[1], word[1], 1)
    return "\n".join(lines).encode()


BY_HAND = {
    "E101 git",
    "E102",  # which of the two to keep
    "E103 a line of three hyphens",
    "E103 YAML takes '&baker'",
    "E105",  # how a file is stored and named
    "E107",  # nobody knows what was left out
    "E208",
    "E301 '03/04/2026'",  # two readings
    "E301 '2026-02-30'",
    "E703",
}
"""What only a person can decide or do, by the beginning of its finding."""


@every_slip
def test_what_to_do_can_be_pasted_and_mends_the_file(slip: Slip, tmp_path: Path) -> None:
    raw = as_bytes(slip.typed)
    for turn in range(4):
        errors = [each for each in checked(tmp_path, slip, raw) if each.severity == "error"]
        if not errors:
            return
        said = f"{errors[0].rule.code} {errors[0].message}"
        if said.startswith(tuple(BY_HAND)):
            assert not turn
            return
        done = pasted(raw, errors[0])
        assert done is not None, f"nothing to paste: {errors[0].remedy}"
        assert done != raw
        raw = done
    raise AssertionError(f"still wrong: {said}")


def test_there_are_forty_and_each_is_numbered() -> None:
    assert len(SLIPS) >= 40
    assert [int(slip.title.partition(".")[0]) for slip in SLIPS] == [*range(1, len(SLIPS) + 1)]
    assert len({slip.typed for slip in SLIPS}) == len(SLIPS)


def test_no_message_needs_a_programmer() -> None:
    said = [line for slip in SLIPS for line in slip.said.splitlines() if "error" in line or "->" in line]
    assert [line for line in said if JARGON.search(line)] == []
    from dossier.sayings import _SAYINGS

    assert [words for _, *words in _SAYINGS if JARGON.search(" ".join(words))] == []
    assert [rule.code for rule in RULES.values() if rule.group == "shape" and JARGON.search(rule.remedy)] == []
