"""Claims that contradict each other point at each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims
from dossier.checks.walk import live
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E209",
    "one-sided-difference",
    "evidence",
    "error",
    "Where a claim differs from another, the other says so too.",
    "Whichever of the two a reader meets, the other side must stand beside it.",
    "Add the same to the other claim.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        for difference in claim.differs_from:
            other = register.claims.get(difference.claim)
            if other is not None and other.id == claim.id:
                yield RULE.at(
                    difference.place.span("claim"), "a claim that differs from itself", "Name the claim it contradicts."
                )
            elif other and live(other) and all(back.claim != claim.id for back in other.differs_from):
                yield RULE.at(
                    difference.place.span("claim"),
                    f"'{other.id}' does not point back to '{claim.id}'",
                    f"Add to '{other.id}': differs_from: [{{claim: {claim.id}}}]",
                    [(other.place.span("id"), "the other claim")],
                )
