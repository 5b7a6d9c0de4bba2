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


MOST_NAMED = 12
"""Sources of one circle that a message names."""
MOST_ABOVE = 1000
"""Sources looked through above one source: no honest lineage has more."""


def check(register: Register, today: date) -> Iterator[Problem]:
    for source in register.sources.values():
        for circle in circles(register, source.id):
            named = circle[1:MOST_NAMED]
            also = [(register.sources[name].place.span("derived_from"), "and from here") for name in named]
            ways = (*circle, circle[0])
            if len(circle) > MOST_NAMED:
                ways = (*circle[:MOST_NAMED], f"{len(circle) - MOST_NAMED:,} more", circle[0])
            said = f"a circle: {' from '.join(ways)}"
            yield RULE.at(source.place.span("derived_from"), said, also=also)


def circles(register: Register, start: str) -> Iterator[tuple[str, ...]]:
    """The shortest ways from a source back to itself, one for each source that leads there, through others that come
    after it in the alphabet: so each circle is found once, at its first id."""
    came: dict[str, str] = {}
    left = [start]
    for each in left:
        record = register.sources.get(each)
        for parent in record.derived_from if record else ():
            if parent == start:
                way = [each]
                while way[-1] != start:
                    way.append(came[way[-1]])
                yield tuple(way[::-1])
            elif parent > start and parent not in came and len(came) < MOST_ABOVE:
                came[parent] = each
                left.append(parent)
