"""Amounts of a company, drawn to one scale a currency. Kinds are never added together."""

from __future__ import annotations

from decimal import Decimal

from dossier.model import Amount, Claim
from dossier.plan.edition import Edition
from dossier.plan.notes import Notes
from dossier.plan.vocabulary import AMOUNT, AMOUNT_SHAPE
from dossier.views import AmountRow, AmountTable, Link


def amount_tables(edition: Edition, notes: Notes, claims: tuple[Claim, ...]) -> tuple[AmountTable, ...]:
    """One table a currency, the largest amount first."""
    by_currency: dict[str, list[tuple[Amount, Claim]]] = {}
    for claim in claims:
        if claim.amount and not claim.withdrawn:
            by_currency.setdefault(claim.amount.currency, []).append((claim.amount, claim))
    tables = []
    for currency in sorted(by_currency, key=lambda c: (-len(by_currency[c]), c)):
        pairs = sorted(by_currency[currency], key=lambda pair: (-pair[0].value, pair[1].id))
        largest = max(pairs[0][0].value, Decimal(1))
        tables.append(
            AmountTable(
                edition.say(
                    "Amounts in %(currency)s, each with its kind", currency=edition.language.currency(currency)
                ),
                tuple(_row(edition, notes, amount, claim, float(amount.value / largest)) for amount, claim in pairs),
            )
        )
    return tuple(tables)


def _row(edition: Edition, notes: Notes, amount: Amount, claim: Claim, share: float) -> AmountRow:
    language = edition.language
    money = language.money(amount.value, amount.currency)
    if amount.approximate:
        money = edition.say("about %(money)s", money=money)
    says = edition.say(
        "%(shape)s, %(share)s hundredths of the scale",
        shape=edition.say(AMOUNT_SHAPE[amount.kind]),
        share=max(1, round(share * 100)),
    )
    return AmountRow(
        money,
        edition.say(AMOUNT[amount.kind]),
        amount.kind,
        f"{max(share * 99, 0.6):.1f}%",
        says,
        Link(edition.heading(claim), f"#{claim.id}"),
        notes.cites(claim.supports[:1]),
    )
