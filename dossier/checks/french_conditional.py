"""In French, what is alleged stands in the conditional."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims
from dossier.checks.words import outside_quotes
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W605",
    "french-conditional",
    "language",
    "warning",
    "An alleged claim is told in French in the conditional, or with the verb « alléguer ».",
    "French readers take the indicative for an established fact, even after « selon ».",
    "Write « aurait fourni » for « a fourni », « serait » for « est », or « allègue que ».",
)

CONDITIONAL = regex(
    r"(?<!\w)(?:(?:\w*(?:er|ir|rr|dr|ettr|battr|[ao][iî]tr|evr|[uv]ivr|clur|ompr|aincr)|aur|saur)ai(?:t|ent)(?!\w)|all[éè]gu)",
    re.IGNORECASE,
)
"""A guess from endings: an imperfect such as « tirait » passes as well, « était » and « montrait » do not.
« Connaitrait », as written since 1990, counts."""


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        if claim.mode != "alleged":
            continue
        words = claim.statement.get("fr")
        if words and not CONDITIONAL.search(outside_quotes(words)):
            yield RULE.at(claim.place.span("statement", "fr"), "this alleged claim has no verb in the conditional")
