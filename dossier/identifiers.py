"""Numbers in public registers: their shape, their check digits, and which two are one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.model import Company

SHAPES = {
    "wikidata": (r"Q[1-9]\d*", "Q and digits, as in Q42"),
    "lei": (r"[A-Z0-9]{18}\d{2}", "20 capitals and digits (ISO 17442)"),
    "uei": (r"[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}", "12 capitals and digits, without the letters I and O (SAM.gov)"),
    "cik": (r"\d{1,10}", "1 to 10 digits (SEC)"),
    "bn": (r"\d{9}(?:R[CMPTZ]\d{4})?", "9 digits, as in 123456782 (Canada Revenue Agency)"),
}


def typed(company: Company) -> Iterator[tuple[str, str]]:
    """The identifiers of a company, each with the key it stands under."""
    for kind in SHAPES if company.identifiers else ():
        text = getattr(company.identifiers, kind)
        if text is not None:
            yield kind, text


def lei_holds(text: str) -> bool:
    """ISO 7064 mod 97-10, as ISO 17442 asks: letters as numbers from 10, the remainder is 1."""
    return int("".join(str(int(character, 36)) for character in text)) % 97 == 1


def luhn_holds(digits: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def fault(kind: str, text: str) -> tuple[str, str]:
    """What is wrong with an identifier, and what to do about it; nothing where it holds."""
    pattern, says = SHAPES[kind]
    if not re.fullmatch(pattern, text, re.ASCII):
        plain = re.sub(r"[\s-]", "", text).upper()
        return f"'{text}' is not {says}", f"Write {plain}." if re.fullmatch(pattern, plain, re.ASCII) else ""
    if (kind == "lei" and not lei_holds(text)) or (kind == "bn" and not luhn_holds(text[:9])):
        return f"the check digits of '{text}' are wrong", ""
    return "", ""


def whose(kind: str, text: str) -> str:
    """The same for every way to write one company's identifier: programs of a business number and leading zeros say
    nothing of who it is."""
    return f"{kind} {text[:9] if kind == 'bn' else text.lstrip('0') if kind == 'cik' else text}"
