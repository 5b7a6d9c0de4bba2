"""What is stated happened before its sources said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims
from dossier.model import Claim, Event
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E303",
    "after-its-sources",
    "time",
    "error",
    "A claim or event does not begin after its latest dated source, unless it is planned.",
    "A source cannot report what had not happened yet; the date is wrong, or a plan is told as a fact.",
    "Correct the date, cite a source from after it, or add 'planned: true'.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    records: list[Claim | Event] = [*live_claims(register), *register.events.values()]
    for record in records:
        if record.date is None or record.planned:
            continue
        found = [register.sources.get(citation.source) for citation in record.citations]
        issued = [(source.issued.known_latest, source) for source in found if source and source.issued]
        if None in found or not issued:
            continue
        day, source = max(issued, key=lambda dated: dated[0])
        if record.date.earliest > day:
            yield RULE.at(
                record.place.span("date"),
                f"{record.date} lies after its latest source, '{source.id}' of {source.issued}",
                also=[(source.place.span("issued"), "the latest source")],
            )
