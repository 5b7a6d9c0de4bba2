"""A citation of a text quotes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import citations
from dossier.model import NOT_TEXT
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E202",
    "missing-quote",
    "evidence",
    "error",
    "A citation of a text quotes the words it relies on.",
    "The reader sees the source's own words without a click, and `verify` can find them in the page again. What is "
    "heard or seen rather than read needs no quote: broadcasts, films, music, performances, speeches, interviews, "
    "personal communications, events, maps, figures, graphics, data sets and software.",
    "Add 'quote:' with at most 25 words, exactly as the source prints them.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for citation in citations(register):
        if citation.quote is not None:
            continue
        source = register.sources.get(citation.source)
        if source and source.type not in NOT_TEXT and source.read != "none":
            yield RULE.at(citation.place.span("source"), f"the citation of '{source.id}' has no quote")
