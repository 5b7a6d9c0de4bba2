"""Numbers in public registers have the shape and check digits of their register, and belong to one company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.identifiers import fault, typed, whose
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E112",
    "bad-identifier",
    "shape",
    "error",
    "An identifier has the shape and check digits its register gives it, and belongs to one company.",
    "A wrong digit points readers, and every machine that joins data by these numbers, at another firm.",
    "Copy the identifier again from the register itself.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for company in register.companies.values():
        for kind, text in typed(company):
            wrong, remedy = fault(kind, text)
            if wrong:
                yield RULE.at(company.place.span("identifiers", kind), wrong, remedy)
                continue
            other = register.companies[register.identified[whose(kind, text)][0]]
            if other.id != company.id:
                yield RULE.at(
                    company.place.span("identifiers", kind),
                    f"'{text}' is the {kind} of '{other.id}' already",
                    f"Find out which of the two it belongs to, or make one record of '{other.id}' and '{company.id}'.",
                    [(other.place.span("identifiers", kind), "first used here")],
                )
