"""All claims by what stands behind them, and all amounts; a page a letter of the companies where one would not do."""

from __future__ import annotations

from decimal import Decimal

from dossier.addresses import relative
from dossier.overview import OverviewPage
from dossier.pages import Page
from dossier.plan.amounts import drawn
from dossier.plan.columns import MEANS
from dossier.plan.counts import Counts
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines
from dossier.plan.parted import Parted
from dossier.plan.sides import SIDES
from dossier.standing import Item
from dossier.views import Link, Row

KINDS = (*SIDES, "contradicted", "amounts")
"""Lists of the overview, in the order of the page; each is also the anchor of its part."""
PARTED = Parted("overview", "overview", KINDS)


def overview_page(edition: Edition, lines: Lines, counts: Counts | None, name: str = "") -> Page:
    """Every claim that stands, or those of companies of one letter. Where there are pages by letter, the first has the
    numbers alone."""
    pages = PARTED.pages(edition.register.languages, lines)
    path = PARTED.path(name)
    here = edition.path(*path)
    told = PARTED.of(edition, lines, here, name) if name else {}
    if not name and not pages:
        told = {kind: list(PARTED.all(edition, lines, here, kind)) for kind in KINDS}
    title = edition.say("Claims by what stands behind them")
    named = ", ".join(filter(None, (title, *name.split("/"))))
    by_letter, by_part = PARTED.ways(edition, name, pages)
    numbers = _numbers(edition, counts) if counts else {}
    headings = {kind: edition.say(MEANS[kind][0]) for kind in KINDS}
    return OverviewPage(
        frame=edition.frame(*path, title=named),
        title=named,
        trail=(Link(title, relative(here, edition.path("overview"))),) if name else (),
        lede=edition.say(
            "Each claim stands once, under its label; claims that differ are listed again. Companies are in "
            "alphabetical order, which says nothing about them."
        ),
        contents=tuple(
            ("", Row(Link(headings[kind], f"#{kind}_h"), (numbers[kind],)))
            if told.get(kind)
            else (f"{kind}_h", Row(Link(headings[kind], ""), (numbers[kind],)))
            for kind in KINDS
            if numbers.get(kind)
        ),
        letters=by_letter,
        pages=by_part,
        parts=tuple(
            (kind, headings[kind], edition.say(MEANS[kind][1]), numbers.get(kind, ""), tuple(told[kind]))
            for kind in SIDES
            if told.get(kind)
        ),
        pairs=tuple(
            Item(row.head, f"{row.label.word}, {row.label.count}. {says}", other)
            for row, says, other in told.get("contradicted", ())
        ),
        amounts=drawn(edition, [(money, Decimal(value), row) for money, value, row in told.get("amounts", ())]),
    )


def _numbers(edition: Edition, counts: Counts) -> dict[str, str]:
    """How many there are of each kind, in words; '' for none."""
    found = {side: sum(counts.labels[label] for label in labels) for side, labels in SIDES.items()}
    said = {
        kind: edition.count("%(n)s claim", "%(n)s claims", number) if number else "" for kind, number in found.items()
    }
    amounts = sum(extent.number for extent in counts.money.values())
    said["contradicted"] = edition.count("%(n)s pair", "%(n)s pairs", counts.pairs) if counts.pairs else ""
    said["amounts"] = edition.count("%(n)s amount", "%(n)s amounts", amounts) if amounts else ""
    return said
