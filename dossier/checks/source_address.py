"""A source that was read says where and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E115",
    "source-address",
    "shape",
    "error",
    "A source has `url` and `accessed`, unless `read` is none.",
    "Readers must be able to open what was read, and to know on which day it said so.",
    "Add the address and the day it was read, or set 'read: none' if nobody has read it.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for source in register.sources.values():
        if source.read == "none":
            continue
        missing = [name for name in ("url", "accessed") if getattr(source, name) is None]
        if missing:
            yield RULE.at(source.place.span("id"), f"'{source.id}' has no {' and no '.join(missing)}")
