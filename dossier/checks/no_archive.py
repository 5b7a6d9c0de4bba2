"""A source has an archived copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W210",
    "no-archive",
    "evidence",
    "warning",
    "A source that was read has an archived copy.",
    "Pages move, change and vanish; the copy shows what stood there.",
    "Save the page at web.archive.org/save and add the copy's address under 'archives:'.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for source in register.sources.values():
        if source.url and source.read != "none" and not source.archives and source.availability != "dead":
            yield RULE.at(source.place.span("url"), f"'{source.id}' has no archived copy")
