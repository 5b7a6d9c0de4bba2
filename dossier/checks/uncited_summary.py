"""Every paragraph of a company's summary cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import span_at
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

_PARAGRAPH = re.compile(r"\S(?:.|\n(?! *\n))*")


def check(register: Register, today: date) -> Iterator[Problem]:
    for company in register.companies.values():
        for language, passage in company.summary or ():
            for paragraph in _PARAGRAPH.finditer(passage.markdown):
                words = paragraph[0].strip()
                if words.startswith("#") or any(mark.typed in words for mark in passage.marks):
                    continue
                opening = words.split()
                start = paragraph.start()
                yield RULE.at(
                    span_at(company.place.at("summary", language), passage.markdown, start, start + len(opening[0])),
                    f"the paragraph '{' '.join(opening[:5])}{' …' if len(opening) > 5 else ''}' cites nothing",
                )
