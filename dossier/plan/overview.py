"""All claims by what stands behind them, and all amounts; a page a letter of the companies where one would not do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from dossier.addresses import relative
from dossier.overview import OverviewPage
from dossier.pages import Page
from dossier.plan.amounts import drawn
from dossier.plan.columns import MEANS
from dossier.plan.counts import Counts
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines, read
from dossier.plan.paging import MOST, in_alphabet, letters, part_of_letter
from dossier.plan.registers import alphabet
from dossier.plan.sides import SIDES
from dossier.standing import Item
from dossier.views import Letter, Link, Row

KINDS = (*SIDES, "contradicted", "amounts")
"""Lists of the overview, in the order of the page; each is also the anchor of its part."""


def pages_of_overview(codes: tuple[str, ...], lines: Lines) -> list[str]:
    """The pages beside the first, in every language: a letter each, `T/2` and on where one page would not hold a
    letter. None where the first page holds all."""
    sizes: Counter[str] = Counter()
    for code in codes:
        mine: Counter[str] = Counter()
        for kind in KINDS:
            lengths = lines.lengths(f"overview-{kind}/{code}")
            mine.update({letter: lengths[name] for letter, name in letters(lengths).items()})
        if mine.total() <= MOST:
            return []
        sizes |= mine
    return [
        f"{letter}/{part}" if part > 1 else letter
        for letter in in_alphabet(sizes)
        for part in range(1, (sizes[letter] + MOST - 1) // MOST + 1)
    ]


def _path(name: str) -> tuple[str, ...]:
    letter, _, part = name.partition("/")
    return ("overview", *([part_of_letter(letter)] if letter else []), *([part] if part else []))


def overview_page(edition: Edition, lines: Lines, counts: Counts | None, name: str = "") -> Page:
    """Every claim that stands, or those of companies of one letter. Where there are pages by letter, the first has the
    numbers alone."""
    pages = pages_of_overview(edition.register.languages, lines)
    here = edition.path(*_path(name))
    letter, _, part = name.partition("/")
    told = _some(edition, lines, here, letter, (int(part or 1) - 1) * MOST) if name else {}
    if not name and not pages:
        told = {kind: list(_whole(edition, lines, here, kind)) for kind in KINDS}
    title = edition.say("Claims by what stands behind them")
    named = ", ".join(filter(None, (title, letter, part)))
    found = {each: relative(here, edition.path(*_path(each))) for each in pages}
    mine = [each for each in pages if each.partition("/")[0] == letter] if name else []
    numbers = _numbers(edition, counts) if counts else {}
    headings = {kind: edition.say(MEANS[kind][0]) for kind in KINDS}
    return OverviewPage(
        frame=edition.frame(*_path(name), title=named),
        title=named,
        trail=(Link(title, relative(here, edition.path("overview"))),) if name else (),
        lede=edition.say(
            "Each claim stands once, under its label; claims that differ are listed again. Companies are in "
            "alphabetical order, which says nothing about them."
        ),
        contents=tuple(
            Row(Link(headings[kind], f"#{kind}_h" if told.get(kind) else ""), (numbers[kind],))
            for kind in KINDS
            if numbers.get(kind)
        ),
        letters=alphabet({each: href for each, href in found.items() if "/" not in each}) if pages else (),
        pages=tuple(
            [Letter(str(n), "" if each == name else found[each]) for n, each in enumerate(mine, 1)] if mine[1:] else []
        ),
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


def _whole(edition: Edition, lines: Lines, here: str, kind: str) -> Iterator[Any]:
    for name in letters(lines.lengths(f"overview-{kind}/{edition.code}")).values():
        yield from lines.of(name, here)


def _some(edition: Edition, lines: Lines, here: str, letter: str, first: int) -> dict[str, list[Any]]:
    """The lines of a letter from one on, as many as a page prints; those that are passed over are not read."""
    found: dict[str, list[Any]] = {}
    last = first + MOST
    for kind in KINDS:
        family = f"overview-{kind}/{edition.code}"
        length = lines.lengths(family).get(f"{family}/{letter}", 0)
        if first < length and last > 0:
            told = islice(lines.texts(f"{family}/{letter}"), max(first, 0), last)
            found[kind] = [read(text, here) for text in told]
        first, last = first - length, last - length
    return found


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
