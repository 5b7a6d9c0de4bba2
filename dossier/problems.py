"""What a contributor must mend, and the rule it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from dossier.document import Span
from dossier.frozen import dataclass, replace

Severity = Literal["error", "warning"]
Group = Literal["shape", "evidence", "time", "money", "fairness", "language", "integrity"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what `docs/rules.md`, `explain` and every message about it are made from.

    `sentence` states the rule as a duty. `why` is for the reader who disagrees. `remedy` is what to do, and is printed
    under each finding unless the finding brings a nearer one.
    """

    code: str
    name: str
    group: Group
    severity: Severity
    sentence: str
    why: str
    remedy: str

    def at(self, span: Span, message: str, remedy: str = "", also: Iterable[tuple[Span, str]] = ()) -> Problem:
        return Problem(self, span, message, remedy or self.remedy, tuple(also), self.severity)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: the rule, the place, what is wrong there, what to do, and other places that belong to it."""

    rule: Rule
    span: Span
    message: str
    remedy: str
    also: tuple[tuple[Span, str], ...]
    severity: Severity

    def as_severe_as(self, severity: Severity) -> Problem:
        return replace(self, severity=severity)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors and warnings together, file by file and line by line, each once."""
    return tuple(dict.fromkeys(sorted(problems, key=lambda p: (p.span, p.rule.code, p.message))))
