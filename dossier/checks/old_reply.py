"""A reply can answer only what had been said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims
from dossier.model import Response
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W507",
    "old-reply",
    "fairness",
    "warning",
    "The reply to a claim, or one of several, is not older than what the claim is about.",
    "Printed side by side, it would seem to answer what its author could not know. An approximate date counts a month "
    "wider.",
    "Look for a later answer; where the old one does speak to the claim, say in the claim's note that it came before.",
)

MONTH = 31


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        if not claim.reply or claim.planned or claim.date is None or claim.date.start is None:
            continue
        replies = [reply for name in claim.reply if (reply := register.responses.get(name)) is not None]
        if len(replies) < len(claim.reply):
            continue
        first = claim.date.earliest.toordinal() - (MONTH if claim.date.start.approximate else 0)
        latest = max(replies, key=_last) if len(replies) > 1 else replies[0]
        if _last(latest) < first:
            yield RULE.at(
                claim.place.key_span("reply"),
                f"'{latest.id}' is of {latest.date}, before the claim's date, {claim.date}",
                also=[(latest.place.span("date"), "the reply")],
            )


def _last(response: Response) -> int:
    """The last day of a reply as a number, which has no end where the calendar has one."""
    approximate = response.date.end and response.date.end.approximate
    return response.date.known_latest.toordinal() + (MONTH if approximate else 0)
