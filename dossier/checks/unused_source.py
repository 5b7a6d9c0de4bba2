"""Every source is cited, or stands in the lineage of one that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W113",
    "unused-source",
    "shape",
    "warning",
    "Every source is cited, or a cited source derives from it.",
    "A source nobody cites proves nothing; often the citation was forgotten or its id misspelt.",
    "Cite it where its words are relied on, or remove the record.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    if register.lost:
        return  # What cites it may be among the records that could not be read.
    uncited = [name for name in register.sources if not _is_cited(name, register)]
    used = _with_cited_below(uncited, register) if uncited else ()
    for name in uncited:
        if name not in used:
            span = register.sources[name].place.span("id")
            yield RULE.at(span, f"nothing cites '{name}', and nothing cited derives from it")


def _is_cited(source: str, register: Register) -> bool:
    return bool(register.backlinks.get(source) or register.corrections_with.get(source))


def _with_cited_below(uncited: list[str], register: Register) -> set[str]:
    """Those of these sources that something cited derives from, and what lies between."""
    above: dict[str, list[str]] = {name: [] for name in uncited}
    used: list[str] = []
    left = [*uncited]
    for name in left:
        for child in register.derived.get(name, ()):
            if child not in above:
                above[child] = []
                (used if _is_cited(child, register) else left).append(child)
            above[child].append(name)
    for name in used:
        used += above.pop(name, [])
    return set(used)
