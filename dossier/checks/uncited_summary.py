"""Every paragraph of a company's summary cites."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import span_at
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E207",
    "uncited-summary",
    "evidence",
    "error",
    "Every paragraph of a company's summary has a citation, in each language.",
    "The summary is what most readers read, and all that some quote.",
    "End the paragraph with its source: [@source-id].",
)

_BREAK = regex(r"\n(?= *\n)")


def check(register: Register, today: date) -> Iterator[Problem]:
    for company in register.companies.values():
        for language, passage in company.summary or ():
            typed, start = {mark.typed for mark in passage.marks}, 0
            for paragraph in _BREAK.split(passage.markdown):
                begins, start = start, start + len(paragraph) + 1
                words = paragraph.strip()
                if not words or words.startswith("#") or any(mark in words for mark in typed):
                    continue
                opening = words.split()
                begins += paragraph.index(words)
                yield RULE.at(
                    span_at(company.place.at("summary", language), passage.markdown, begins, begins + len(opening[0])),
                    f"the paragraph '{' '.join(opening[:5])}{' …' if len(opening) > 5 else ''}' cites nothing",
                )
