"""Findings as text that can be kept, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from dossier.document import Span
from dossier.model import Site
from dossier.problems import Problem, Rule


def told(problems: Iterable[Problem], site: Site) -> str:
    """Findings as text, as severe as this dossier takes them; '' where there are none."""
    severities = {each.rule: each.severity for each in site.policy.severity} if site.policy else {}
    rows = [
        [p.rule.code, _place(p.span), p.message, p.remedy, [[_place(span), says] for span, says in p.also],
         severities.get(p.rule.code, p.severity)]
        for p in problems
    ]  # fmt: skip
    return json.dumps(rows) if rows else ""


def _place(span: Span) -> list[str | int]:
    return [span.file, span.line, span.column]


def problem(row: Any, rules: Mapping[str, Rule]) -> Problem:
    code, place, message, remedy, also, severity = row
    others = tuple((Span(*span), says) for span, says in also)
    return Problem(rules[code], Span(*place), message, remedy, others, severity)
