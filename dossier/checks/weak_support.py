"""An adverse claim rests on more than summaries and advocacy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import cited, live_claims, supported
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E204",
    "weak-support",
    "evidence",
    "error",
    "An adverse claim has a supporting source whose role is neither summary nor advocacy.",
    "A summary repeats what others found, and an advocate argues a case: neither has checked it for the reader.",
    "Cite the report or record behind it, or leave the claim out; as context such sources may stay.",
)

WEAK = ("summary", "advocacy")


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        if not claim.is_adverse or supported(claim, register, lambda source: source.role not in WEAK):
            continue
        if sources := cited(claim.supports, register):
            named = ", ".join(f"'{source.id}' ({source.role})" for source in sources)
            yield RULE.at(claim.place.key_span("citations"), f"this adverse claim rests only on {named}")
