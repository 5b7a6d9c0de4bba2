"""A claim has a citation that supports it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E201",
    "unsupported-claim",
    "evidence",
    "error",
    "A claim has at least one citation that supports it.",
    "Every sentence of fact on the site shows where it comes from; a citation for context or against it does not.",
    "Add a citation with 'intent: supports' (or no intent), or withdraw the claim.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        if not claim.supports:
            intents = " and ".join(dict.fromkeys(citation.intent for citation in claim.citations))
            message = "no citation supports this claim" + (f", only {intents}" if intents else "")
            yield RULE.at(claim.place.key_span("citations"), message)
