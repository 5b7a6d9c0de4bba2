"""Findings as people and machines read them."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from dossier.document import Span
from dossier.pipeline import RULES, examine
from dossier.problems import Problem, Rule
from dossier.report import (
    MOST,
    WIDTH,
    as_github,
    as_json,
    as_sarif,
    as_text,
    count,
    explained,
    printed,
    quoted,
    slip_in_template,
    visible,
)
from dossier.rulebook import CASES, read_cases

RULE = Rule("E201", "unsupported-claim", "evidence", "error", "A claim is supported.", "Why.", "Add a citation.")
HINT = Rule("W210", "no-archive", "evidence", "warning", "A source has a copy.", "Why not.", "Save the page.")
SCHEMA = Path(__file__).parents[2] / "shared/testdata/schemas/sarif-2.1.0.json"
YAML = """\
claims:
  - id: alder-order
    statment: "An order\tfor \x1b[31mvehicles"
"""


def problem(line: int = 3, column: int = 5, message: str = "no such key", rule: Rule = RULE, **more: Any) -> Problem:
    return rule.at(Span("data/alder.yaml", line, column), message, **more)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/alder.yaml").write_text(YAML)
    return tmp_path


def test_text_quotes_the_line_and_says_what_to_do(root: Path) -> None:
    also = [(Span("data/other.yaml", 7, 3), "first here")]
    shown = as_text((problem(2, 9, "'alder-order' is taken", also=also), problem(rule=HINT, column=27)), root)
    assert shown == (
        "data/alder.yaml:3:27: warning W210 no such key\n"
        '    3 |     statment: "An order\\tfor \\u001b[31mvehicles"\n'
        "      |                            ^\n"
        "  -> Save the page.\n"
        "data/alder.yaml:2:9: error E201 'alder-order' is taken\n"
        "    2 |   - id: alder-order\n"
        "      |         ^\n"
        "  -> Add a citation.\n"
        "  also data/other.yaml:7:3: first here\n"
        "\n"
        "1 error, 1 warning in 1 file."
    )


def test_colour_is_ours_alone(root: Path) -> None:
    lines = as_text((problem(message="\x1b[2Jgone"),), root, colour=True).splitlines()
    assert lines[0] == "\x1b[1mdata/alder.yaml:3:5\x1b[0m: \x1b[1;31merror E201\x1b[0m \\u001b[2Jgone"
    assert "\x1b" not in as_text((problem(message="\x1b[2Jgone"),), root)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with a space", "plain, with a space"),
        ("été « 10\u00a0% »", "été « 10\u00a0% »"),
        ("a\tb\rc\nd", "a\\tb\\u000dc\\u000ad"),
        ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
        ("\x9b31m", "\\u009b31m"),
        ("ab\u202ecd\u2066", "ab\\u202ecd\\u2066"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("lone \ud800", "lone \\ud800"),
        ("👩\u200d🌾", "👩\u200d🌾"),
    ],
)
def test_what_is_invisible_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("line", "column", "text", "caret"),
    [
        ("abc", 1, "abc", 0),
        ("abc", 4, "abc", 3),
        ("abc", 9, "abc", 3),
        ("\tabc", 2, "\\tabc", 2),
        ("日本 x", 4, "日本 x", 5),
        ("e\u0301 x", 4, "e\u0301 x", 2),
        ("x" * 300, 1, "x" * WIDTH + "…", 0),
        ("x" * 300, 300, "…" + "x" * 51, 51),
        ("x" * 300, 150, "…" + "x" * WIDTH + "…", 51),
    ],
)
def test_a_line_is_cut_around_its_column(line: str, column: int, text: str, caret: int) -> None:
    found = quoted(line, 1, column)
    assert (found.text, found.caret) == (text, caret)


def test_a_file_that_cannot_be_read_is_not_quoted(root: Path) -> None:
    (root / "secret").write_text("password: 1\n")
    (root / "data/link.yaml").symlink_to(root / "secret")
    for file in ("data/link.yaml", "data/none.yaml", "data"):
        shown = as_text((RULE.at(Span(file), "a link, not a file"),), root)
        assert shown.splitlines()[:2] == [f"{file}:1:1: error E201 a link, not a file", "  -> Add a citation."]


def test_many_findings_of_one_rule_in_one_file_are_folded(root: Path) -> None:
    many = tuple(problem(line, message=f"finding {line}") for line in range(1, MOST + 1235))
    lines = as_text((*many, RULE.at(Span("data/z.yaml"), "last")), root).splitlines()
    assert "data/alder.yaml: 1,234 more of E201 in this file" in lines
    assert f"data/alder.yaml:{MOST}:5: error E201 finding {MOST}" in lines
    assert f"data/alder.yaml:{MOST + 1}:5: error E201 finding {MOST + 1}" not in lines
    assert lines.index("data/alder.yaml: 1,234 more of E201 in this file") < lines.index(
        "data/z.yaml:1:1: error E201 last"
    )
    assert lines[-1] == "1,435 errors in 2 files."
    assert len(json.loads(as_json(many))) == MOST + 1234


@pytest.mark.parametrize(
    ("errors", "warnings", "said"),
    [
        (0, 0, "No errors, no warnings"),
        (1, 0, "1 error in 1 file"),
        (0, 2, "2 warnings in 1 file"),
        (3, 1, "3 errors, 1 warning in 1 file"),
    ],
)
def test_the_closing_line_counts(errors: int, warnings: int, said: str) -> None:
    assert count([problem()] * errors + [problem(rule=HINT)] * warnings) == said


def test_json_is_a_list_of_objects() -> None:
    also = [(Span("data/other.yaml", 7, 3), "first here")]
    assert json.loads(as_json((problem(also=also).as_severe_as("warning"),))) == [
        {
            "code": "E201",
            "rule": "unsupported-claim",
            "severity": "warning",
            "file": "data/alder.yaml",
            "line": 3,
            "column": 5,
            "message": "no such key",
            "remedy": "Add a citation.",
            "also": [{"file": "data/other.yaml", "line": 7, "column": 3, "message": "first here"}],
        }
    ]
    assert json.loads(as_json(())) == []


def test_github_annotations_are_escaped() -> None:
    hostile = RULE.at(Span("data/a,b:c%.yaml", 3, 5), "100 %\n::warning::\x1b[2J\r", "Do: this, now")
    assert as_github((hostile,)) == (
        "::error file=data/a%2Cb%3Ac%25.yaml,line=3,col=5,title=E201 unsupported-claim"
        "::100 %25%0A::warning::\\u001b[2J\\u000d%0ADo: this, now"
    )
    assert as_github((problem(rule=HINT),)).startswith(
        "::warning file=data/alder.yaml,line=3,col=5,title=W210 no-archive::"
    )


def test_github_gets_a_line_a_finding_errors_first() -> None:
    mixed = (problem(2, rule=HINT), problem(3, message="one\ntwo"), problem(4, rule=HINT), problem(5))
    lines = as_github(mixed).split("\n")
    assert [re.match("::(error|warning) .*line=([0-9]+)", line).groups() for line in lines] == [  # type: ignore[union-attr]
        ("error", "3"),
        ("error", "5"),
        ("warning", "2"),
        ("warning", "4"),
    ]


def test_what_github_would_drop_is_in_the_log_and_counted() -> None:
    many = (
        *(problem(line, rule=HINT) for line in range(1, 14)),
        *(problem(line, message="x\n::error::y ##[error]z") for line in range(1, 12)),
    )
    lines = as_github(many).split("\n")
    commands = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert commands == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert [line for line in lines if not line.startswith("::")] == [
        "data/alder.yaml:11:5: error E201 x ::error::y # #[error]z -> Add a citation.",
        *(f"data/alder.yaml:{line}:5: warning W210 no such key -> Save the page." for line in (11, 12, 13)),
    ]
    assert lines[-1] == (
        "::notice title=Not all is shown here::1 more error and 3 more warnings are in the log of this step."
    )
    assert len(as_github(many[:10]).split("\n")) == 10, "ten are all shown"


def sound(sarif: Any) -> None:
    """What SARIF 2.1.0 asks of the parts we write (sections 3.13 to 3.52), for where its schema is not at hand."""
    assert (sarif["version"], {*sarif}) == ("2.1.0", {"$schema", "version", "runs"})
    (run,) = sarif["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    for result in run["results"]:
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            physical = place["physicalLocation"]
            assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", physical["artifactLocation"]["uri"])
            assert physical["region"]["startLine"] >= 1 <= physical["region"]["startColumn"]


def test_sarif_of_every_case_is_sound_and_holds_to_its_schema(tmp_path: Path) -> None:
    """Of real findings: all bad examples of the rules together."""
    for code, case in read_cases(CASES).items():
        for path, text in case.bad.items():
            name = Path(path)
            (tmp_path / name.parent).mkdir(parents=True, exist_ok=True)
            (tmp_path / name.parent / f"{code}-{name.name}").write_text(text.replace("·", "\t"), "utf-8")
    shutil.copy(CASES / "base/data/site.yaml", tmp_path / "data/site.yaml")
    problems = examine(tmp_path, date(2026, 6, 1)).problems
    assert len(problems) > 100
    sarif = json.loads(as_sarif(problems, RULES.values()))
    assert len(sarif["runs"][0]["results"]) == len(problems)
    sound(sarif)
    jsonschema = pytest.importorskip("jsonschema")
    if SCHEMA.is_file():
        jsonschema.validate(sarif, json.loads(SCHEMA.read_text("utf-8")))


def test_sarif_holds_to_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    if not SCHEMA.is_file():
        pytest.skip("the schema of SARIF 2.1.0 is not here")
    also = [(Span("data/été.yaml", 7, 3), "first here")]
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for problems in ((), (problem(also=also), problem(rule=HINT))):
        jsonschema.validate(json.loads(as_sarif(problems, [HINT])), schema)


def test_sarif_lists_rules_with_help_and_points_at_places() -> None:
    also = [(Span("data/été.yaml", 7, 3), "first here")]
    run = json.loads(as_sarif((problem(also=also).as_severe_as("warning"),), [HINT, RULE]))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["help"]["text"]) for rule in rules] == [
        ("W210", "Save the page."),
        ("E201", "Add a citation."),
    ]
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "E201"
    assert result["level"] == "warning"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 5}
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/%C3%A9t%C3%A9.yaml"


def test_a_slip_in_a_template_is_found_in_its_line(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "page.html").write_text('<p>\n{% include "part.html" %}\n')
    (templates / "part.html").write_text("<b>\n\n  {{ nobody.name }}</b>\n")
    (templates / "broken.html").write_text("<p>\n{% if %}\n")
    environment = Environment(loader=FileSystemLoader(templates), undefined=StrictUndefined)
    found = []
    for name in ("page.html", "broken.html"):
        with pytest.raises(TemplateError) as raised:
            environment.get_template(name).render()
        assert slip_in_template(raised.value, [tmp_path / "elsewhere"]) is None
        slip = slip_in_template(raised.value, [templates])
        assert slip
        found.append(printed(slip))
    assert found == [
        "templates/part.html:3:3: error UndefinedError: 'nobody' is undefined\n"
        "    3 |   {{ nobody.name }}</b>\n"
        "      |   ^",
        "templates/broken.html:2:1: error TemplateSyntaxError: Expected an expression, got 'end of statement block'\n"
        "    2 | {% if %}\n"
        "      | ^",
    ]


def test_a_rule_is_explained() -> None:
    assert explained(RULE) == (
        "E201 unsupported-claim (error, evidence)\n\nA claim is supported.\nWhy.\n\n  -> Add a citation."
    )
