"""What a company answered is cited like anything else, or stands there in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E502",
    "uncited-reply",
    "fairness",
    "error",
    "A response that was given or declined has a citation, or the whole answer in `text`.",
    "Words put into a company's mouth without a source are the worst mistake a dossier can make.",
    "Cite where the answer stands; give it in full as `text` where it was sent to you; or set 'status: none-found'.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for response in register.responses.values():
        if response.status in ("responded", "declined") and not response.citations and not response.text:
            yield RULE.at(
                response.place.span("status"), f"'{response.id}' has status {response.status} and no citation"
            )
