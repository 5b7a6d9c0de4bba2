"""How much a finding weighs in this dossier: `policy.severity` may raise a rule, and lower one where it says why.

A rule that reading itself enforces cannot be lowered: what it sets aside would be gone from the site in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dossier.model import Severe, Site
from dossier.nearest import did_you_mean
from dossier.problems import Problem, Rule, Severity
from dossier.shape import BAD_VALUE, MISSING_FIELD, SHAPE_RULES


def weighed(
    problems: Iterable[Problem], site: Site | None, rules: Mapping[str, Rule]
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """The problems with this dossier's severities and what is wrong with those, and a note for each rule lowered."""
    severities: dict[str, Severity] = {}
    notes: list[str] = []
    wrong: list[Problem] = []
    for severe in site.policy.severity if site and site.policy else ():
        if problem := _fault(severe, rules, severities):
            wrong.append(problem)
            continue
        rule = rules[severe.rule]
        severities[rule.code] = severe.severity
        if rule.severity == "error" and severe.severity == "warning":
            notes.append(f"{rule.code} {rule.name} is a warning here ({severe.place.span('rule')}): {severe.reason}")
    counted = (problem.as_severe_as(severities.get(problem.rule.code, problem.severity)) for problem in problems)
    return (*counted, *wrong), tuple(notes)


def _fault(severe: Severe, rules: Mapping[str, Rule], seen: Mapping[str, Severity]) -> Problem | None:
    span = severe.place.span("rule")
    rule = rules.get(severe.rule)
    if rule is None:
        named = next((rule.code for rule in rules.values() if rule.name == severe.rule), None)
        hint = f"Did you mean '{named}'?" if named else did_you_mean(severe.rule, rules)
        return BAD_VALUE.at(
            span, f"'{severe.rule[:60]}' is not the code of a rule", hint or "See docs/rules.md for them."
        )
    if rule.code in seen:
        return BAD_VALUE.at(span, f"{rule.code} has a severity already", "Keep one of the two.")
    if severe.severity == "error" or rule.severity == "warning":
        return None
    if rule in SHAPE_RULES:
        message = f"{rule.code} cannot be lowered: a record that cannot be read would be left out in silence"
        return BAD_VALUE.at(span, message, "Remove this entry, and mend the record.")
    if not severe.reason:
        remedy = "Add 'reason: …', which is printed at every build; until then the rule counts as an error."
        return MISSING_FIELD.at(span, f"{rule.code} is lowered without a reason", remedy)
    return None
