"""Nothing is read or archived before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E302",
    "accessed-before-issued",
    "time",
    "error",
    "A source is read and archived on or after the day it was published.",
    "One of the two days is wrong, or it is not the text that was read.",
    "Correct `issued`, `accessed` or `captured`.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for source in register.sources.values():
        issued = source.issued
        if not issued:
            continue
        first = issued.earliest
        if source.accessed and source.accessed.latest < first:
            yield RULE.at(
                source.place.span("accessed"),
                f"read on {source.accessed}, but published on {issued}",
                also=[(source.place.span("issued"), "issued")],
            )
        for archive in source.archives:
            if archive.captured and archive.captured.latest < first:
                yield RULE.at(
                    archive.place.span("captured"),
                    f"archived on {archive.captured}, but published on {issued}",
                    also=[(source.place.span("issued"), "issued")],
                )
