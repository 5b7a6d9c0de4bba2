"""Numbers in public registers have the shape and check digits of their register, and belong to one company."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dossier.document import Span
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

SHAPES = {
    "wikidata": (r"Q[1-9]\d*", "Q and digits, as in Q42"),
    "lei": (r"[A-Z0-9]{18}\d{2}", "20 capitals and digits (ISO 17442)"),
    "uei": (r"[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}", "12 capitals and digits, without the letters I and O (SAM.gov)"),
    "cik": (r"\d{1,10}", "1 to 10 digits (SEC)"),
    "bn": (r"\d{9}(?:R[CMPTZ]\d{4})?", "9 digits, as in 123456782 (Canada Revenue Agency)"),
}


def lei_holds(text: str) -> bool:
    """ISO 7064 mod 97-10, as ISO 17442 asks: letters as numbers from 10, the remainder is 1."""
    return int("".join(str(int(character, 36)) for character in text)) % 97 == 1


def luhn_holds(digits: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _fault(kind: str, text: str) -> tuple[str, str]:
    """What is wrong with an identifier, and what to do about it; nothing where it holds."""
    pattern, says = SHAPES[kind]
    if not re.fullmatch(pattern, text, re.ASCII):
        bare = re.sub(r"[\s-]", "", text).upper()
        return f"'{text}' is not {says}", f"Write {bare}." if re.fullmatch(pattern, bare, re.ASCII) else ""
    if (kind == "lei" and not lei_holds(text)) or (kind == "bn" and not luhn_holds(text[:9])):
        return f"the check digits of '{text}' are wrong", ""
    return "", ""


def check(register: Register, today: date) -> Iterator[Problem]:
    seen: dict[tuple[str, str], tuple[str, Span]] = {}
    for company in register.companies.values():
        for kind in SHAPES if company.identifiers else ():
            text = getattr(company.identifiers, kind)
            if text is None:
                continue
            span = company.place.span("identifiers", kind)
            fault, remedy = _fault(kind, text)
            if fault:
                yield RULE.at(span, fault, remedy)
                continue
            number = text[:9] if kind == "bn" else text.lstrip("0") if kind == "cik" else text
            other, first = seen.setdefault((kind, number), (company.id, span))
            if other != company.id:
                yield RULE.at(
                    span,
                    f"'{text}' is the {kind} of '{other}' already",
                    f"Find out which of the two it belongs to, or make one record of '{other}' and '{company.id}'.",
                    [(first, "first used here")],
                )
