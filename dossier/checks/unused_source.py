"""Every source is cited, or stands in the lineage of one that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W113",
    "unused-source",
    "shape",
    "warning",
    "Every source is cited, or a cited source derives from it.",
    "A source nobody cites proves nothing; often the citation was forgotten or its id misspelt.",
    "Cite it where its words are relied on, or remove the record.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    if register.lost:
        return  # What cites it may be among the records that could not be read.
    used = set(register.backlinks)
    used |= {correction.source for correction in register.corrections.values() if correction.source}
    wave = list(used)
    while wave:
        source = register.sources.get(wave.pop())
        new = set(source.derived_from) - used if source else set()
        used |= new
        wave.extend(new)
    for source in register.sources.values():
        if source.id not in used:
            yield RULE.at(source.place.span("id"), f"nothing cites '{source.id}', and nothing cited derives from it")
