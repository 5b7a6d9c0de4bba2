"""How many dated entries each month has: the timeline of a whole dossier as one picture, however long it is.

The picture is made of the lengths of lists alone (`timeline/<language>/<year>-<month>`), so that it costs nothing to
have ten thousand entries. Month 00 holds what is known by its year, or by less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dossier.addresses import relative
from dossier.plan.edition import Edition
from dossier.plan.paging import periods, year_of_list
from dossier.standing import Month, Months
from dossier.views import Link

HEIGHT = 72
"""Pixels that the fullest month takes."""
MOST_YEARS = 40
"""Years beyond which bars are of years, not months."""
EARLIEST = 1900
LEAST = 3


def months_drawn(edition: Edition, here: str, lengths: Mapping[str, int]) -> Months | None:
    """The picture, with the same figures by year; None where there is too little to draw."""
    found = {_month(name): number for name, number in lengths.items() if number}
    drawn = {month: number for month, number in found.items() if month[0] >= EARLIEST}
    if sum(drawn.values()) < LEAST:
        return None
    years: Counter[int] = Counter()
    for (year, _), number in found.items():
        years[year] += number
    first, last = min(drawn)[0], max(drawn)[0]
    span = last - first + 1
    by_month = span <= MOST_YEARS
    bars = _bars(drawn if by_month else {(year, 0): n for year, n in years.items() if year >= EARLIEST}, first, span)
    most = max(drawn.values()) if by_month else max(n for year, n in years.items() if year >= EARLIEST)
    entries = edition.count("%(n)s entry", "%(n)s entries", most)
    told = edition.count("%(n)s entry", "%(n)s entries", sum(drawn.values()))
    return Months(
        title=edition.say("Dated entries, %(first)s to %(last)s", first=first, last=last),
        says=edition.say(
            "%(entries)s in %(years)s. The fullest year is %(year)s, with %(most)s.",
            entries=told,
            years=edition.count("%(n)s year", "%(n)s years", span),
            year=(full := max((year for year in years if year >= EARLIEST), key=lambda each: (years[each], each))),
            most=edition.count("%(n)s entry", "%(n)s entries", years[full]),
        ),
        ticks=tuple((_percent(year, span), str(first + year)) for year in range(0, span, max(1, (span + 5) // 6))),
        bars=tuple(bars),
        scale=(
            edition.say(
                "A bar is a month; the tallest is %(entries)s. Pale and a year wide: known by the year alone.",
                entries=entries,
            )
            if by_month
            else edition.say("A bar is a year; the tallest is %(entries)s.", entries=entries)
        ),
        rows=tuple(_rows(edition, here, lengths, years)),
    )


def _month(name: str) -> tuple[int, int]:
    year, _, month = name.rsplit("/", 1)[1].rpartition("-")
    return int(year), int(month)


def _bars(drawn: Mapping[tuple[int, int], int], first: int, span: int) -> list[Month]:
    """Those a year wide come first: the others stand before them."""
    most = max(drawn.values())
    bars = []
    for (year, month), number in sorted(drawn.items(), key=lambda each: (each[0][1] != 0, each[0])):
        height = max(2, round(number / most * HEIGHT))
        place = (year - first) * 12 + max(month - 1, 0)
        shape = "months__month" if month else "months__year"
        width = _percent(0.8 if month else 11.8, span * 12)
        bars.append(Month(_percent(place, span * 12), HEIGHT - height, width, height, shape))
    return bars


def _rows(edition: Edition, here: str, lengths: Mapping[str, int], years: Mapping[int, int]) -> list[tuple[Link, str]]:
    """The years, the latest first, each with where its entries stand."""
    parts = periods(lengths)
    timeline = edition.path("timeline")
    pages: dict[int, str] = {}
    for period, lists in parts.items():
        pages.setdefault(year_of_list(lists[0]), period)
    rows = []
    for year in sorted(years, reverse=True):
        path = edition.path("timeline", pages[year]) if year in pages else timeline
        link = Link(str(year), relative(here, f"{path}#year_{year}"))
        rows.append((link, edition.count("%(n)s entry", "%(n)s entries", years[year])))
    return rows


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}%"
