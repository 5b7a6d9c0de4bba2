"""A file that says what it is about holds records of that company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from dossier.checks.parts import abouts
from dossier.model import Claim, Company, Response, Search
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W114",
    "odd-file",
    "shape",
    "warning",
    "A file that opens with `about` holds the records of that company and no other.",
    "Whoever reviews a company reads its file; what stands in another file is missed.",
    "Move the record to the company's own file, or correct `about` or `company`.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    records: Iterator[Company | Claim | Response | Search] = chain(
        register.companies.values(), register.claims.values(), register.responses.values(), register.searches
    )
    files = abouts(register)
    for record in records if files else ():
        file_about = files.get(record.place.document.path)
        company = record.id if isinstance(record, Company) else record.company
        if file_about is not None and company and company != file_about:
            span = record.place.span("id" if isinstance(record, Company) else "company")
            yield RULE.at(span, f"a record of '{company}' in a file about '{file_about}'")
