"""A quote is short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import citations
from dossier.checks.words import count_words
from dossier.problems import Problem, Rule
from dossier.register import Register
from dossier.values import MOST_QUOTED

RULE = Rule(
    "E208",
    "long-quote",
    "evidence",
    "error",
    "A quote has at most 25 words.",
    "It is there to prove one statement; more than that is copying, which the law allows less freely.",
    "Keep the words that carry the statement: cut at the ends, never inside.",
)

MOST = MOST_QUOTED


def check(register: Register, today: date) -> Iterator[Problem]:
    for citation in citations(register):
        if not citation.quote or len(citation.quote.split()) <= MOST:
            continue
        words = count_words(citation.quote)
        if words > MOST:
            yield RULE.at(
                citation.place.span("quote"),
                f"a quote of {words} words",
                f"Cut it at its ends, never inside: {MOST} words is the most.",
            )
