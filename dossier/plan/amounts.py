"""Amounts, each with its kind, drawn to one scale a currency. They are never added together.

On the page of a company the largest comes first. Where companies meet, they stand in the order of the alphabet: an
amount is no rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dossier.frozen import replace
from dossier.model import Amount, Claim
from dossier.plan.counts import Counts
from dossier.plan.edition import Edition
from dossier.plan.lines import ROOT
from dossier.plan.notes import Notes
from dossier.plan.vocabulary import AMOUNT, AMOUNT_SAYS, AMOUNT_SHAPE
from dossier.standing import MoneyRow
from dossier.views import AmountRow, AmountTable, Cite, Link


def amount_tables(edition: Edition, notes: Notes, claims: tuple[Claim, ...]) -> tuple[AmountTable, ...]:
    """The amounts of one company: one table a currency."""
    named = [claim for claim in claims if claim.amount and not claim.withdrawn]
    rows = []
    for claim in sorted(named, key=lambda each: (_currency(named, each), -_value(each), each.id)):
        assert claim.amount
        link = Link(edition.heading(claim), f"#{claim.id}")
        made = _row(edition, claim.amount, link, notes.cites(claim.supports[:1]))
        rows.append((claim.amount.currency, claim.amount.value, made))
    return drawn(edition, rows)


def _currency(named: Sequence[Claim], claim: Claim) -> tuple[int, str]:
    """The place of a claim's currency: that of most claims first."""
    assert claim.amount
    mine = claim.amount.currency
    return -sum(each.amount is not None and each.amount.currency == mine for each in named), mine


def _value(claim: Claim) -> Decimal:
    assert claim.amount
    return claim.amount.value


def amount_row(edition: Edition, claim: Claim) -> AmountRow:
    """An amount for pages of several companies, to be drawn there: its claim stands under the company's name."""
    assert claim.amount
    return _row(edition, claim.amount, Link(edition.named(claim), edition.claim_href(ROOT, claim)), ())


def _row(edition: Edition, amount: Amount, what: Link, cites: tuple[Cite, ...]) -> AmountRow:
    money = _money(edition, amount.value, amount.currency, amount.approximate)
    return AmountRow(money, edition.say(AMOUNT[amount.kind]), amount.kind, "", "", what, cites)


def _money(edition: Edition, value: Decimal, currency: str, approximate: bool) -> str:
    money = edition.language.money(value, currency)
    return edition.say("about %(money)s", money=money) if approximate else money


def drawn(edition: Edition, rows: Sequence[tuple[str, Decimal, AmountRow]]) -> tuple[AmountTable, ...]:
    """Currency, value and row of each amount as tables: one a currency, that of most amounts first, each to a scale
    of its own, which its caption says."""
    tables: dict[str, list[tuple[Decimal, AmountRow]]] = {}
    for currency, value, row in rows:
        tables.setdefault(currency, []).append((value, row))
    made = []
    for currency, mine in sorted(tables.items(), key=lambda each: (-len(each[1]), each[0])):
        largest = max(value for value, _ in mine)
        caption = edition.say(
            "Amounts in %(currency)s, each with its kind. One scale: the full width is %(money)s.",
            currency=edition.language.currency(currency),
            money=edition.language.money(largest, currency),
        )
        scale = max(largest, Decimal(1))
        made.append(AmountTable(caption, tuple([_drawn(edition, row, float(value / scale)) for value, row in mine])))
    return tuple(made)


def _drawn(edition: Edition, row: AmountRow, share: float) -> AmountRow:
    says = edition.say(
        "%(shape)s, %(share)s hundredths of the scale",
        shape=edition.say(AMOUNT_SHAPE[row.shape]),
        share=max(1, round(share * 100)),
    )
    return replace(row, width=f"{max(share * 99, 0.6):.1f}%", says=says)


def money_rows(edition: Edition, counts: Counts) -> tuple[MoneyRow, ...]:
    """How many claims name an amount, by kind and currency, and between which: no sum."""
    order = list(AMOUNT)
    rows = []
    for currency, kind in sorted(counts.money, key=lambda key: (order.index(key[1]), key[0])):
        extent = counts.money[currency, kind]
        least, most = (_money(edition, value, currency, about) for value, about in (extent.least, extent.most))
        means = edition.say(AMOUNT_SAYS[kind])
        rows.append(
            MoneyRow(
                kind=edition.say(AMOUNT[kind]),
                means=means[:1].upper() + means[1:],
                currency=currency,
                claims=edition.count("%(n)s claim", "%(n)s claims", extent.number),
                extent=most if extent.number == 1 else edition.say("%(least)s to %(most)s", least=least, most=most),
            )
        )
    return tuple(rows)
