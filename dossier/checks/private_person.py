"""Persons are named for their public role alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E506",
    "private-person",
    "fairness",
    "error",
    "Who makes a demand is an organization, or a person with a public role.",
    "Private persons are not named here, whatever they asked for.",
    "Add 'role:' with the public office, or 'organization: true' if it is one; else remove the demand.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for demand in register.demands.values():
        if demand.by.role is None and not demand.by.organization:
            yield RULE.at(demand.by.place.span("name"), f"'{demand.by.name}' has no public role")
