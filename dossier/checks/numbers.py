"""The numbers a text names, whichever language wrote them: 2.8 million, 2,8 M$ and 2 800 000 are one number.

English parts thousands with a comma and decimals with a point; every other language is read as French is, with a blank
and a comma. What cannot be told apart (`853,343` in French) is read both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from dossier.patterns import regex

_B = "[ \u00a0\u202f]"
# A pattern that begins with a digit is found several times as fast as one that begins by looking back.
_FIRST = r"\d(?<!\w\d)(?<!\d[.,]\d)"
_REST = r"\d{0,2}(?:,\d{3})+\.\d+|\d{0,2}(?:,\d{3}){2,}"
_ENGLISH = rf"(?P<number>{_FIRST}(?:\d{{0,2}}(?:[,\u00a0\u202f]\d{{3}}(?!\d))+(?:\.\d+)?|\d*(?:\.\d+)?))"
_FRENCH = rf"(?P<number>{_FIRST}(?:{_REST}|\d{{0,2}}(?:{_B}\d{{3}}(?!\d))+(?:,\d+)?|\d*(?:[.,]\d+)?))"
_AS_ENGLISH = regex(rf"\d(?:{_REST})")
_TIMES = (
    rf"(?:(?:{_B}|-)?(?P<word>thousand|millions?|billions?|trillions?|mille|milliards?)\b"
    rf"|{_B}?(?P<letter>[MGk])(?={_B}?\$)|(?P<tail>M|bn|B|K|k|m)\b)?"
)
_NUMBER = {True: regex(_ENGLISH + _TIMES), False: regex(_FRENCH + _TIMES)}
_POWER = {
    "thousand": 3,
    "mille": 3,
    "k": 3,
    "K": 3,
    "million": 6,
    "millions": 6,
    "M": 6,
    "m": 6,
    "billion": 9,
    "billions": 9,
    "milliard": 9,
    "milliards": 9,
    "bn": 9,
    "B": 9,
    "G": 9,
    "trillion": 12,
    "trillions": 12,
}
_DIGIT = regex(r"\d")
_LAST_DIGIT = regex(r".*\d", re.DOTALL)
_POWERS_LENGTH = 16
"""A blank, "milliards" and what follows, with room to spare."""
ISO_DATE = regex(r"\b(\d{4})-(\d{2})-(\d{2})\b")
# Codes that hold digits: C-233, e-7146, G20, 4x4, 70CMSD26C00000012; but not 2nd, 1er, 40M, 9h30 or Q1.
_CODE = regex(
    r"(?<![\w-])(?:[A-Z]{1,5}-\d[\w-]*|e-\d+|(?![QT][1-4]\b)[A-Z][A-Za-z]*\d\w*"
    r"|\d+(?!(?:st|nd|rd|th|s|er|re|e|es|ème|ième|h\d*|M|K|k|B|m|bn)\b)[A-Za-z]\w*)"
)
_LIKE_A_CODE = regex(r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z]-\d)|(?=[A-Za-z]))")

_SPELLED = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf vingt",
}
_MORE_SPELLED = {
    "en": {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "fifth": 5,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
        "dozen": 12,
        "hundred": 100,
        "thousand": 1000,
    },
    "fr": {
        "une": 1,
        "premier": 1,
        "première": 1,
        "deuxième": 2,
        "troisième": 3,
        "quatrième": 4,
        "cinquième": 5,
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "quatre-vingts": 80,
        "douzaine": 12,
        "cent": 100,
        "mille": 1000,
    },
}
_VALUES = {
    code: {word: Decimal(n) for n, word in enumerate(words.split())}
    | {word: Decimal(n) for word, n in _MORE_SPELLED[code].items()}
    for code, words in _SPELLED.items()
}
_WORD = regex(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Number(NamedTuple):
    """A number as it stands in a text: its words, where they begin and end, and each value it can have."""

    words: str
    start: int
    end: int
    values: frozenset[Decimal]

    def among(self, known: Iterable[Decimal | int]) -> bool:
        return not self.values.isdisjoint(known)


def _readings(digits: str, english: bool) -> set[Decimal]:
    bare = "".join(digits.split())
    if english or _AS_ENGLISH.fullmatch(bare):
        return {Decimal(bare.replace(",", ""))}
    found = {Decimal(bare.replace(",", "."))}
    if re.fullmatch(r"\d{1,3},\d{3}", bare):
        found.add(Decimal(bare.replace(",", "")))
    return found


@lru_cache(maxsize=1024)
def _values(digits: str, times: str | None, english: bool) -> frozenset[Decimal]:
    power = 12 if times in ("billion", "billions") and not english else _POWER.get(times or "", 0)
    return frozenset([(value.scaleb(power) if power else value).normalize() for value in _readings(digits, english)])


@lru_cache(maxsize=1024)
def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers written in digits, codes such as C-233 left out. A date like 2025-11-28 gives its year and day."""
    if (first := _DIGIT.search(text)) is None or (last := _LAST_DIGIT.match(text)) is None:
        return ()
    # From the word with the first digit to the power of ten after the last one: nothing else is looked at.
    begin = text.rfind(" ", 0, first.start()) + 1
    near = text[begin : last.end() + _POWERS_LENGTH]
    english = language == "en"
    found: list[Number] = []

    def take_date(date: re.Match[str]) -> str:
        for group in (1, 3):
            start, end = date.span(group)
            found.append(Number(date[group], begin + start, begin + end, frozenset({Decimal(date[group])})))
        return " " * len(date[0])

    rest = ISO_DATE.sub(take_date, near) if "-" in near else near
    rest = _CODE.sub(lambda code: " " * len(code[0]), rest) if _LIKE_A_CODE.search(rest) else rest
    for match in _NUMBER[english].finditer(rest):
        digits, word, letter, tail = match.groups()
        times = word or letter or tail
        start, end = match.span()
        if times == "m" and near[max(0, start - 1) : start] not in ("$", "€", "£"):
            times, end = None, match.end("number")
        found.append(Number(near[start:end], begin + start, begin + end, _values(digits, times, english)))
    return tuple(sorted(found, key=attrgetter("start"))) if len(found) > 1 else tuple(found)


def spelled(text: str, language: str) -> frozenset[Decimal]:
    """The numbers written in words, as far as twenty and in tens; parts of compounds too ("three-year")."""
    values = _VALUES.get(language, {})
    words = _WORD.findall(text.casefold())
    return frozenset(values[part] for word in words for part in (word, *word.split("-")) if part in values)


def codes(text: str) -> dict[str, tuple[int, int]]:
    """Codes that hold digits (C-233, e-7146), in capitals, each with where it stands."""
    return {code[0].upper(): code.span() for code in _CODE.finditer(text)} if _LIKE_A_CODE.search(text) else {}
