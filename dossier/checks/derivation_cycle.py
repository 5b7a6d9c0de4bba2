"""Lineage leads to a beginning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E205",
    "derivation-cycle",
    "evidence",
    "error",
    "No source derives from itself, directly or through others.",
    "Going round in a circle, information never came from anywhere, and its origins cannot be counted.",
    "Find out which text came first, and remove the others from its `derived_from`.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for cycle in register.cycles:
        first = register.sources[cycle[0]]
        also = [(register.sources[name].place.span("derived_from"), "and from here") for name in cycle[1:]]
        yield RULE.at(first.place.span("derived_from"), f"a circle: {' from '.join((*cycle, cycle[0]))}", also=also)
