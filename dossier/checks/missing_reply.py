"""Who is said to have done something is heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E501",
    "missing-reply",
    "fairness",
    "error",
    "An adverse claim names the company's reply, or the record that none was found.",
    "Fairness asks that the other side is heard and shown, and so do many courts of those who report what others say.",
    "Add 'reply:' with the id of a response; where none was found, write one with 'status: none-found' and name it.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        if not claim.reply and claim.is_adverse:
            known = [response.id for response in register.responses_of.get(claim.company, ())]
            yield RULE.at(
                claim.place.span("id"),
                f"'{claim.id}' is adverse and names no reply",
                f"Add 'reply:' with one of: {', '.join(known[:6])}{' …' if len(known) > 6 else ''}; "
                "or write a response that fits, such as one with 'status: none-found'."
                if known
                else "",
            )
