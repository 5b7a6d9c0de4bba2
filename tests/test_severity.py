"""What `policy.severity` in data/site.yaml may change."""

from __future__ import annotations

import pytest

from dossier.document import Span
from dossier.load import read_yaml
from dossier.model import Site
from dossier.pipeline import RULES
from dossier.problems import Problem
from dossier.severity import weighed
from dossier.validate import validate

SITE = """\
title: x
base_url: https://dossier.example/
languages: [en]
repository: https://code.example/
contact: a@dossier.example
licence: x
publisher: x
policy:
  severity:
"""


def site(*entries: str) -> Site:
    text = SITE + "".join(f"    - {{{entry}}}\n" for entry in entries)
    document, _ = read_yaml(text.encode(), "data/site.yaml")
    assert document
    records, problems = validate((document,))
    assert not problems
    assert records.site
    return records.site


def found(code: str) -> Problem:
    return RULES[code].at(Span("data/x.yaml"), "x")


@pytest.mark.parametrize(
    ("entry", "code", "severity"),
    [
        ("rule: W210, severity: error", "W210", "error"),
        ("rule: E201, severity: warning, reason: so", "E201", "warning"),
        ("rule: E201, severity: error", "E201", "error"),
        ("rule: W210, severity: warning", "W210", "warning"),
        ("rule: W210, severity: error", "W211", "warning"),
    ],
)
def test_a_rule_is_raised_freely_and_lowered_with_a_reason(entry: str, code: str, severity: str) -> None:
    problems, _ = weighed([found(code)], site(entry), RULES)
    assert [problem.severity for problem in problems] == [severity]


def test_lowering_is_noted_and_nothing_else_is() -> None:
    _, notes = weighed([], site("rule: E201, severity: warning, reason: so", "rule: W210, severity: error"), RULES)
    assert notes == ("E201 unsupported-claim is a warning here (data/site.yaml:10:14): so",)
    assert weighed([], None, RULES) == ((), ())


@pytest.mark.parametrize(
    ("entries", "message", "remedy"),
    [
        (["rule: E201, severity: warning"], "E201 is lowered without a reason", "Add 'reason: …'"),
        (["rule: E2O1, severity: error"], "'E2O1' is not the code of a rule", "Did you mean 'E201'?"),
        (["rule: no-archive, severity: error"], "'no-archive' is not the code", "Did you mean 'W210'?"),
        (["rule: E107, severity: warning, reason: so"], "E107 cannot be lowered", "Remove this entry"),
        (["rule: W210, severity: error"] * 2, "W210 has a severity already", "Keep one"),
    ],
)
def test_what_does_not_count_is_a_finding_in_its_place(entries: list[str], message: str, remedy: str) -> None:
    given = [found("E201"), found("E107")]
    problems, notes = weighed(given, site(*entries), RULES)
    (wrong,) = [problem for problem in problems if problem not in given]
    assert (wrong.span, wrong.severity) == (Span("data/site.yaml", 9 + len(entries), 14), "error")
    assert wrong.message.startswith(message)
    assert wrong.remedy.startswith(remedy)
    assert notes == ()
    assert [problem.severity for problem in problems[:2]] == ["error", "error"]
