"""Dates that claim no more than their author knew: EDTF level 1 (ISO 8601-2:2019, Annex A; loc.gov/standards/datetime).

Read here and not by a library: the `edtf` package takes about 10 ms a date and gives open ends as floats. It judges
this module in `tests/test_dates.py` instead. Years run from 0001 to 9999, since that is what a calendar here can hold.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

from dossier.frozen import dataclass
from dossier.patterns import regex

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
POINT = regex(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date: the parts that were written, and the first and last day they allow.

    `month` may be a season of EDTF (21 spring to 24 winter). `decade` and `century` say that the year's last digits
    were left open (`198X`, `19XX`).
    """

    year: int
    month: int | None
    day: int | None
    approximate: bool
    uncertain: bool
    earliest: date
    latest: date
    decade: bool = False
    century: bool = False


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as typed. `start` is None for an open or unknown beginning; `end` equals `start` for a single date and is
    None for an interval that is open or whose end is not known (`open_end` tells `..` from an unknown end)."""

    text: str
    start: Point | None
    end: Point | None
    interval: bool = False
    open_end: bool = False

    @property
    def earliest(self) -> date:
        return self.start.earliest if self.start else FIRST

    @property
    def latest(self) -> date:
        return self.end.latest if self.end else LAST

    @property
    def known_latest(self) -> date:
        """The last day that the date itself speaks of: an open end says nothing about the future."""
        end = self.end or self.start
        return end.latest if end else FIRST

    def __str__(self) -> str:
        return self.text


def _point(text: str) -> Point:
    match = POINT.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is not a date")
    year_text, month_text, day_text, mark = match.groups()
    low, high = int(year_text.replace("X", "0")), int(year_text.replace("X", "9"))
    if high < 1:
        raise ValueError("years begin at 0001")
    low = max(low, 1)
    month = int(month_text) if month_text and month_text != "XX" else None
    day = int(day_text) if day_text and day_text != "XX" else None
    if low != high and month_text:
        raise ValueError("a year with open digits takes no month")
    if day is not None and month is None:
        raise ValueError("a day needs its month")
    if month is None:
        earliest, latest = date(low, 1, 1), date(high, 12, 31)
    elif 21 <= month <= 24:
        if day_text:
            raise ValueError("a season takes no day")
        first = {21: 3, 22: 6, 23: 9, 24: 12}[month]
        over = low + 1 if month == 24 else low
        last = (first + 1) % 12 + 1
        earliest = date(low, first, 1)
        latest = date(over, last, monthrange(over, last)[1]) if over <= LAST.year else LAST
    elif 1 <= month <= 12:
        days = monthrange(low, month)[1]
        if day is not None and not 1 <= day <= days:
            raise ValueError(f"{year_text}-{month_text} has {days} days")
        earliest, latest = date(low, month, day or 1), date(low, month, day or days)
    else:
        raise ValueError(f"there is no month {month_text}")
    return Point(
        low,
        month,
        day,
        mark in ("~", "%") if mark else False,
        mark in ("?", "%") if mark else False,
        earliest,
        latest,
        decade=year_text.endswith("X") and not year_text.endswith("XX"),
        century=year_text.endswith("XX"),
    )


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> Edtf:
    """An EDTF level 1 string as a date. Raises `ValueError` with a sentence that says what is wrong."""
    if "/" not in text:
        point = _point(text)
        return Edtf(text, point, point)
    left, _, right = text.partition("/")
    if left in ("", "..") and right in ("", ".."):
        raise ValueError("an interval needs a beginning or an end")
    start = None if left in ("", "..") else _point(left)
    end = None if right in ("", "..") else _point(right)
    if start and end and end.latest < start.earliest:
        raise ValueError("the end lies before the start")
    return Edtf(text, start, end, interval=True, open_end=right == "..")
