"""The months a text names, in English and French, and the dates they are part of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from dossier.checks.numbers import ISO_DATE
from dossier.patterns import regex

# Short forms in French count with their point alone: "sept" is also seven.
_NAMES = {
    "en": (
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    "fr": (
        "janvier janv.",
        "février févr.",
        "mars",
        "avril avr.",
        "mai",
        "juin",
        "juillet juil.",
        "août aout",
        "septembre sept.",
        "octobre oct.",
        "novembre nov.",
        "décembre déc.",
    ),
}
_NUMBER = {
    code: {name: number for number, line in enumerate(lines, 1) for name in line.split()}
    for code, lines in _NAMES.items()
}
_MONTH = {code: regex(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") for code, names in _NUMBER.items()}
_BEFORE = {
    "en": regex(r"(?:\d(?:st|nd|rd|th)?|\b(?:in|of|since|until|by|early|late|mid|from|to|and|last))[ \u00a0-]$"),
    "fr": regex(r"(?:\d(?:er)?|\b(?:en|de|depuis|début|fin|mi|au|à|et|le))[ \u00a0-]$"),
}
_AFTER = regex(r"[ \u00a0]\d")


def months(text: str, language: str) -> tuple[dict[int, tuple[int, int]], frozenset[int]]:
    """The months a text names for certain, each with where it stands, and those it may name: "May" is also a verb."""
    certain = {int(date[2]): date.span(2) for date in ISO_DATE.finditer(text)} if "-" in text else {}
    possible = set(certain)
    lowered = text.lower()
    names = _NUMBER.get(language, {})
    for name in names:  # Most texts name none: looking for the letters first is many times as fast as the pattern.
        if name in lowered:
            break
    else:
        return certain, frozenset(possible)
    for match in _MONTH[language].finditer(lowered):
        possible.add(names[match[0]])
        in_a_date = _BEFORE[language].search(lowered[: match.start()][-12:]) or _AFTER.match(lowered, match.end())
        if in_a_date and (language != "en" or text[match.start()].isupper()):
            certain.setdefault(names[match[0]], match.span())
    return certain, frozenset(possible)


_DAY = r"\d{1,2}(?:st|nd|rd|th|er)?(?!\w)"
_DAYS = rf"(?P<days>(?<![\d.,$]){_DAY}(?:(?:, ?| ?[–-] ?| (?:and|et|to|au|or|ou) (?:le )?){_DAY}){{0,5}})"
_ANY = {code: "|".join(map(re.escape, sorted(names, key=len, reverse=True))) for code, names in _NUMBER.items()}
_IN = {code: rf"(?<!\w)(?P<month>(?i:{names}))(?!\w)" for code, names in _ANY.items()}
_WHOLE = {
    "en": (
        regex(rf"{_DAYS}[ -]{_IN['en']}(?:,? (?P<year>\d{{4}})(?!\d))?"),
        regex(rf"{_IN['en']} {_DAYS}(?:,? (?P<year>\d{{4}})(?!\d))?"),
        regex(rf"{_IN['en']},? (?P<year>\d{{4}})(?!\d)"),
    ),
    "fr": (
        regex(rf"{_DAYS} {_IN['fr']}(?: (?P<year>\d{{4}})(?!\d))?"),
        regex(rf"{_IN['fr']} (?P<year>\d{{4}})(?!\d)"),
    ),
}


class Whole(NamedTuple):
    """A month with a day, a year or both, and where it stands in the text."""

    month: int
    day: int | None
    year: int | None
    place: tuple[int, int]


def whole_dates(text: str, language: str) -> tuple[Whole, ...]:
    """The dates of a text that say more than a month. « Les 3 et 4 mars » are two; "3 March" has no year."""
    found = [Whole(int(date[2]), int(date[3]), int(date[1]), date.span()) for date in ISO_DATE.finditer(text)]
    even = text.replace("\u00a0", " ")
    taken = bytearray(len(even))  # letters that are part of a date already
    for pattern in _WHOLE.get(language, ()):
        for match in pattern.finditer(even):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            parts = match.groupdict()
            month, year = _NUMBER[language][parts["month"].lower()], int(parts["year"]) if parts["year"] else None
            days: list[int | None] = [int(day) for day in re.findall(r"\d+", parts.get("days") or "")]
            found += [Whole(month, day, year, match.span()) for day in days or [None]]
    return tuple(found)


def other_dates(ones: Iterable[Whole], others: Iterable[Whole]) -> list[tuple[int, int]]:
    """Where the dates stand that are put together otherwise elsewhere: "3 March and 4 April" for « 4 mars et 3 avril ».

    A month is compared only where both texts name as many days, or years, of it: "the 5th" may stand without it.
    """
    ones, others = tuple(ones), tuple(others)
    found = []
    for read in (_day, _year, _day_and_year):
        here, there = {read(each) for each in ones} - {None}, {read(each) for each in others} - {None}
        for each in ones:
            key = read(each)
            if key is None or key in there:
                continue
            count = [sum(other[0] == each.month for other in side if other) for side in (here, there)]
            if count[0] == count[1]:
                found.append(each.place)
    return found


def _day(date: Whole) -> tuple[int, ...] | None:
    return None if date.day is None else (date.month, date.day)


def _year(date: Whole) -> tuple[int, ...] | None:
    return None if date.year is None else (date.month, date.year)


def _day_and_year(date: Whole) -> tuple[int, ...] | None:
    return None if date.day is None or date.year is None else (date.month, date.day, date.year)
