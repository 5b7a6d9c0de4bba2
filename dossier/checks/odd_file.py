"""A file that says what it is about holds records of that company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from dossier.document import Mapping, Scalar
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
    for record in records:
        root = record.place.document.root
        about = root.get("about") if isinstance(root, Mapping) else None
        if not isinstance(about, Scalar):
            continue
        company = record.id if isinstance(record, Company) else record.company
        file_about = about.text.strip()
        if company and company != file_about:
            span = record.place.span("id" if isinstance(record, Company) else "company")
            yield RULE.at(span, f"a record of '{company}' in a file about '{file_about}'")
