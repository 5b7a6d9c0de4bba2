"""What is stated happened before its sources said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims
from dossier.model import Citation, Claim, Event, Source
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
        if (source := _latest_before(record.date.earliest, record.citations, register)) is not None:
            yield RULE.at(
                record.place.span("date"),
                f"{record.date} lies after its latest source, '{source.id}' of {source.issued}",
                also=[(source.place.span("issued"), "the latest source")],
            )


def _latest_before(day: date, citations: tuple[Citation, ...], register: Register) -> Source | None:
    """The latest dated source of these, if all of them end before the day; None where a source is not there."""
    latest, last = None, date.min
    for citation in citations:
        source = register.sources.get(citation.source)
        if source is None:
            return None
        if source.issued is not None:
            issued = source.issued.known_latest
            if issued >= day:
                return None
            if latest is None or issued > last:
                latest, last = source, issued
    return latest
