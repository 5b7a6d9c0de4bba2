"""Safe fixes as suggestions on the lines that a pull request changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dossier.fix import Fixed
from dossier.suggestions import MOST, Replaced, changed, replaced, review

BEFORE = "claims:  \n- id: a\n  date: 28 Nov 2025\n  note: x\n  text: y   \n"
AFTER = "claims:\n- id: a\n  date: 2025-11-28\n  note: x\n  text: y\n"


def diff(before: str, after: str, path: str = "data/a.yaml") -> str:
    return Fixed(path, before.encode(), after.encode(), ()).diff


def changes(folder: Path, before: str, after: str) -> str:
    """What git says of a change, without context."""
    for name, text in (("old", before), ("new", after)):
        (folder / name / "data").mkdir(parents=True)
        (folder / name / "data/a.yaml").write_text(text, "utf-8")
    command = ["git", "diff", "--no-index", "--unified=0", "old/data/a.yaml", "new/data/a.yaml"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    return said.replace("a/old/", "a/").replace("b/new/", "b/")


def test_runs_of_replaced_lines() -> None:
    assert list(replaced(diff(BEFORE, AFTER))) == [
        Replaced("data/a.yaml", 1, 1, ("claims:",)),
        Replaced("data/a.yaml", 3, 3, ("  date: 2025-11-28",)),
        Replaced("data/a.yaml", 5, 5, ("  text: y",)),
    ]


def test_lines_that_look_like_heads_of_a_diff_are_lines() -> None:
    before = "-- a/x\n++ b/evil.yaml\n@@ -1 +1 @@ \n"
    found = list(replaced(diff(before, before.replace("@@ \n", "@@\n"))))
    assert found == [Replaced("data/a.yaml", 3, 3, ("@@ -1 +1 @@",))]


def test_only_lines_of_the_pull_request_are_suggested_on(tmp_path: Path) -> None:
    base = BEFORE.replace("  date: 28 Nov 2025\n", "")
    said = changes(tmp_path, base, BEFORE)
    assert changed(said) == {"data/a.yaml": {3}}
    found = review(diff(BEFORE, AFTER), said)
    assert found is not None
    assert found["comments"] == [
        {"path": "data/a.yaml", "line": 3, "side": "RIGHT", "body": "```suggestion\n  date: 2025-11-28\n```"}
    ]


@pytest.mark.parametrize(("text", "fence"), [("a ``` b", "````"), ("`````", "``````"), ("plain", "```")])
def test_nothing_typed_ends_the_code(text: str, fence: str) -> None:
    found = review(diff(f"{text} \n", f"{text}\n"), "+++ b/data/a.yaml\n@@ -0,0 +1 @@\n+x\n")
    assert found is not None
    assert f"'{fence}suggestion\\n{text}\\n{fence}'" in repr(found["comments"])


def test_several_lines_are_one_suggestion_and_many_are_cut() -> None:
    before = "".join(f"k{n}: v \nkeep: {n}\n" for n in range(50))
    found = review(diff(before, before.replace("v ", "v")), "+++ b/data/a.yaml\n@@ -0,0 +1,100 @@\n")
    assert found is not None
    assert len(found["comments"]) == MOST  # type: ignore[arg-type]
    pair = review(diff("a: b \nc: d \n", "a: b\nc: d\n"), "+++ b/data/a.yaml\n@@ -0,0 +1,2 @@\n")
    assert pair is not None
    assert pair["comments"] == [
        {"path": "data/a.yaml", "line": 2, "side": "RIGHT", "start_line": 1, "start_side": "RIGHT",
         "body": "```suggestion\na: b\nc: d\n```"}
    ]  # fmt: skip


def test_nothing_is_printed_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "fixes").write_text("", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "dossier.suggestions", tmp_path / "fixes", tmp_path / "fixes"],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == ""
