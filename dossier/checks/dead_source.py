"""A source whose address is dead can still be read in an archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W212",
    "dead-source",
    "evidence",
    "warning",
    "A source whose address is dead has an archived copy.",
    "Nobody can check it any more.",
    "Look for a copy at web.archive.org or archive.today and add it under 'archives:', or cite another source.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for source in register.sources.values():
        if source.availability == "dead" and not source.archives:
            yield RULE.at(source.place.span("availability"), f"'{source.id}' is dead and has no archived copy")
