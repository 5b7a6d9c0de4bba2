"""Only what was read is cited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import citations, marks
from dossier.document import Span
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E203",
    "unread-source",
    "evidence",
    "error",
    "A source with `read: none` is never cited; it only ends the lineage of others.",
    "Nobody has seen what it says: only the texts that report it can be quoted.",
    "Cite the text that was read instead, and let that source's `derived_from` name this one.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for citation in citations(register):
        source = register.sources.get(citation.source)
        if source is not None and source.read == "none":
            yield _finding(citation.source, citation.place.span("source"), register)
    for field, language, mark in marks(register):
        source = register.sources.get(mark.source)
        if source is not None and source.read == "none":
            yield _finding(mark.source, field.place(language).span_of(mark.source), register)


def _finding(name: str, span: Span, register: Register) -> Problem:
    through = ", ".join(register.derived.get(name, ()))
    remedy = f"Cite a text that reports it instead: {through}." if through else ""
    return RULE.at(span, f"'{name}' was never read", remedy)
