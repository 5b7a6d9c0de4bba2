"""A company that was not asked is asked soon, and readers learn why it was not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E504",
    "not-asked",
    "fairness",
    "error",
    "A response with status not-asked gives its reason, and is replaced within 30 days.",
    "Not asking is an exception that readers must be able to judge; left alone, it would become the habit.",
    "Ask the company, then set 'status: invited' with a `deadline`, or what came of it.",
)

DAYS = timedelta(30)


def check(register: Register, today: date) -> Iterator[Problem]:
    for response in register.responses.values():
        if response.status != "not-asked":
            continue
        if response.reason is None:
            yield RULE.at(
                response.place.span("status"),
                f"'{response.id}' does not say why the company was not asked",
                "Add 'reason:' with a sentence for readers.",
            )
        if response.date.latest < today - DAYS:
            days = (today - response.date.latest).days
            yield RULE.at(response.place.span("date"), f"'{response.id}' is {days} days old; it expired after 30")
