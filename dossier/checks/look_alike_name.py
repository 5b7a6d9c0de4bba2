"""Two companies whose names look alike may be one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dossier.checks.words import folded
from dossier.model import Company
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

LEGAL_FORM = re.compile(
    r"\b(?:inc|incorporated|llc|llp|lp|ltd|limited|ltee|limitee|corp|corporation|co|company|compagnie|cie|plc|gmbh|ag|kg"
    r"|sa|sas|sarl|sencrl|senc|enr|nv|bv|ab|oy|spa|srl|ulc|group|groupe|holdings?)\b"
)
LOOK_ALIKES = str.maketrans("01358|аеорсухіѕјɡ", "olesblaeopcyxisjg")
"""Digits and Cyrillic letters drawn like Latin ones."""
LONG, TOO_LONG = 6, 200


def bare(name: str) -> str:
    """A name without case, accents, legal forms, blanks and characters that look like others."""
    text = re.sub(r"[^\w\s|]", "", folded(name))
    return re.sub(r"[\s_]", "", LEGAL_FORM.sub(" ", text) or text).translate(LOOK_ALIKES)


def one_edit_apart(a: str, b: str) -> bool:
    """One letter added, left out, changed, or two neighbours exchanged."""
    if len(a) > len(b):
        a, b = b, a
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :] and len(b) - len(a) == 1
    swapped = a[:start] + a[start + 1 : start + 2] + a[start : start + 1] + a[start + 2 :]
    return a[start + 1 :] == b[start + 1 :] or swapped == b


def check(register: Register, today: date) -> Iterator[Problem]:
    seen: dict[str, list[Company]] = {}
    for company in register.companies.values():
        name = bare(company.name)
        # Two names are one letter apart only if they agree with one letter left out of each.
        keys = {name}
        if LONG <= len(name) <= TOO_LONG:
            keys |= {name[:i] + name[i + 1 :] for i in range(len(name))}
        others = {other.id: other for key in keys for other in seen.get(key, ())}
        for other in others.values():
            if look_alike(name, bare(other.name)) and not _is_alias(company, other) and not _is_alias(other, company):
                yield RULE.at(
                    company.place.span("name"),
                    f"'{company.name}' looks like '{other.name}'",
                    also=[(other.place.span("name"), f"the name of '{other.id}'")],
                )
        for key in keys:
            seen.setdefault(key, []).append(company)


def look_alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= LONG and one_edit_apart(a, b))


def _is_alias(company: Company, other: Company) -> bool:
    return folded(company.name) in {folded(alias) for alias in other.aliases}
