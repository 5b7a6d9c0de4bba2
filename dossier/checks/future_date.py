"""Nothing has happened yet on a day that has not come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import walk
from dossier.checks.walk import dates_of
from dossier.dates import Edtf
from dossier.model import Claim, Event
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E304",
    "future-date",
    "time",
    "error",
    "No date lies after the day of the build, but deadlines and the dates of planned claims and events.",
    "Nobody can have read, verified or answered anything on a day that has not come. A partial date counts from its "
    "first day.",
    "Correct the date; on a claim or event that lies ahead, add 'planned: true'.",
)

AHEAD = ("deadline",)


def check(register: Register, today: date) -> Iterator[Problem]:
    for cls, found in walk(register).parts.items():
        for name in dates_of(cls):  # type: ignore[arg-type]  # mypy on frozen classes as keys
            if name in AHEAD:
                continue
            for part in found:
                value: Edtf | None = getattr(part, name)
                if value is None or value.earliest <= today:
                    continue
                if name != "date" or not (isinstance(part, (Claim, Event)) and part.planned):
                    yield RULE.at(
                        part.place.span(name), f"{name} is {value}, which lies after {today}, the day of this build"
                    )
