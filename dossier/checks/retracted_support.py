"""A live claim has support that its publisher still stands by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import cited, live_claims, supported
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E206",
    "retracted-support",
    "evidence",
    "error",
    "A claim does not rest on retracted sources alone.",
    "Its own publisher no longer says so.",
    "Withdraw the claim with 'withdrawn: {date: ..., reason: source-retracted}', or cite a source that stands.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        if supported(claim, register, lambda source: source.availability != "retracted"):
            continue
        if sources := cited(claim.supports, register):
            also = [(source.place.span("availability"), "retracted") for source in sources]
            yield RULE.at(
                claim.place.key_span("citations"),
                f"this claim rests only on what was retracted: {', '.join(s.id for s in sources)}",
                also=also,
            )
