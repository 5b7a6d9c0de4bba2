"""Two companies whose names look alike may be one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.model import Company
from dossier.names import bare, folded, look_alike, spellings
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W706",
    "look-alike-name",
    "integrity",
    "warning",
    "No two companies have names that look alike.",
    "Either one company has two records, or readers will take one for the other. Names are compared without case, "
    "accents, blanks and legal forms; those of six letters or more may not be one letter apart either.",
    "Make one record of the two; or, where they are two firms, give each name what tells it apart. If one is another "
    "name of the first, put it in its `aliases`.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for company in register.companies.values():
        before: set[str] = set()
        for spelling in spellings(company.name):
            ids = register.look_alikes.get(spelling, ())
            if len(ids) > 1:
                before.update(ids[: ids.index(company.id)])
        others = sorted((register.companies[name] for name in before), key=lambda other: other.place.span("name"))
        for other in others:
            if not look_alike(bare(company.name), bare(other.name)):
                continue
            if not _is_alias(company, other) and not _is_alias(other, company):
                yield RULE.at(
                    company.place.span("name"),
                    f"'{company.name}' looks like '{other.name}'",
                    also=[(other.place.span("name"), f"the name of '{other.id}'")],
                )


def _is_alias(company: Company, other: Company) -> bool:
    return folded(company.name) in {folded(alias) for alias in other.aliases}
