"""A reply in the company's words stands beside a claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W508",
    "unshown-reply",
    "fairness",
    "warning",
    "A company's own words are named by a claim, in `reply`.",
    "A reply is printed beside the claims that name it; one that no claim names is never seen.",
    "Add its id to the 'reply' of each claim that it answers.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for response in register.responses.values():
        if response.status in ("responded", "declined") and not register.answering.get(response.id):
            yield RULE.at(response.place.span("id"), f"no claim names the response '{response.id}'")
