"""Who is asked has time to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E503",
    "short-deadline",
    "fairness",
    "error",
    "An invited company has a deadline, 14 days away or more.",
    "An answer that nobody had time to give is not the company's silence.",
    "Set `deadline` to 14 days after `date` or later, and tell the company so.",
)

DAYS = 14


def check(register: Register, today: date) -> Iterator[Problem]:
    for response in register.responses.values():
        if response.status != "invited":
            continue
        soonest = date.fromordinal(min(response.date.earliest.toordinal() + DAYS, date.max.toordinal()))
        if response.deadline is None:
            yield RULE.at(
                response.place.span("status"),
                f"'{response.id}' invites an answer and sets no deadline",
                f"Add 'deadline: {soonest}' or a later day, and tell the company so.",
            )
        elif response.deadline.latest < soonest:
            days = (response.deadline.latest - response.date.earliest).days
            yield RULE.at(
                response.place.span("deadline"),
                f"{response.deadline} leaves {days} days after the invitation of {response.date}",
                f"Set it to {soonest} or later, and tell the company so.",
                [(response.place.span("date"), "invited")],
            )
