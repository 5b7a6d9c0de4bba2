"""Currencies are ones that exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import parts
from dossier.model import Amount
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E401",
    "unknown-currency",
    "money",
    "error",
    "A currency is a code of ISO 4217.",
    "Dollars are not one currency, and 'CDN' is none at all.",
    "Write the code of ISO 4217: CAD, USD, EUR, GBP. If the source does not name the currency, leave the amount out.",
)

COMMON = frozenset(("CAD", "USD", "EUR", "GBP"))
SLIPS = {
    "CDN": "CAD",
    "CND": "CAD",
    "DOL": "CAD or USD",
    "USA": "USD",
    "USS": "USD",
    "EUO": "EUR",
    "UKP": "GBP",
    "STG": "GBP",
    "RMB": "CNY",
    "YEN": "JPY",
}


def check(register: Register, today: date) -> Iterator[Problem]:
    for part in parts(register, Amount):
        if part.currency in COMMON:
            continue
        # Imported here: hardly any dossier needs the whole list.
        from babel.core import get_global

        if part.currency not in get_global("all_currencies"):
            slip = SLIPS.get(part.currency)
            yield RULE.at(
                part.place.span("currency"),
                f"there is no currency '{part.currency}'",
                f"Did you mean {slip}?" if slip else "",
            )
