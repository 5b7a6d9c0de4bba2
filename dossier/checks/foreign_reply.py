"""A claim shows the reply of its own company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E505",
    "foreign-reply",
    "fairness",
    "error",
    "The reply to a claim is one of the company the claim is about.",
    "Another firm's words would be printed as this one's answer.",
    "Name a response of the claim's own company.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        for index, name in enumerate(claim.reply):
            response = register.responses.get(name)
            if response is None or response.company == claim.company:
                continue
            if claim.company in register.companies and response.company in register.companies:
                own = [reply.id for reply in register.responses_of.get(claim.company, ())]
                yield RULE.at(
                    claim.place.span("reply", index),
                    f"'{name}' is a reply by '{response.company}', and the claim is about '{claim.company}'",
                    f"The responses of '{claim.company}': {', '.join(own)}." if own else "",
                )
