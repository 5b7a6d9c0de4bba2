"""Lists that outgrow a page: by letter, or by year and month.

A dossier of a few hundred records has one page a list. A larger one has a page of parts, and a page for each part, so
that no page of the site grows without end and an edit touches one part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

MOST = 500
"""Lines that one page prints."""


def in_alphabet(letters: Iterable[str]) -> list[str]:
    """A to Z after '#', which stands for what begins with no letter."""
    return sorted(set(letters), key=lambda letter: (letter != "#", letter))


def letters(lengths: Mapping[str, int]) -> dict[str, str]:
    """Letter to list, in the order of the alphabet, for lists named `<family>/<letter>`."""
    found = {name.rsplit("/", 1)[1]: name for name in lengths}
    return {letter: found[letter] for letter in in_alphabet(found)}


def lettered(lengths: Mapping[str, int]) -> list[str]:
    """The parts a list by letter is printed in, besides its first page: none where that holds it all."""
    return list(letters(lengths)) if sum(lengths.values()) > MOST else []


def part_of_letter(letter: str) -> str:
    """The address of a letter's page. Ids have two characters or more, so none is in its way."""
    return letter.lower() if letter.isascii() and letter.isalpha() else "0" if letter == "#" else f"_{ord(letter):x}"


def year_of_list(name: str) -> int:
    return _month(name)[0]


def _month(name: str) -> tuple[int, int]:
    year, _, month = name.rsplit("/", 1)[1].rpartition("-")
    return int(year), int(month)


def months(lengths: Mapping[str, int]) -> list[str]:
    """Lists named `<family>/<year>-<month>`, the earliest first; month 00 holds what is of no one month."""
    return sorted(lengths, key=_month)


def periods(lengths: Mapping[str, int]) -> dict[str, list[str]]:
    """The parts a list by date is printed in, besides its first page: a year, or a month of a year that is too full.
    Each with its lists. None where the first page holds it all."""
    if sum(lengths.values()) <= MOST:
        return {}
    found: dict[str, list[str]] = {}
    for year, group in groupby(months(lengths), key=year_of_list):
        mine = list(group)
        if sum(lengths[name] for name in mine) <= MOST or len(mine) == 1:
            found[str(year)] = mine
        else:
            found.update({name.rsplit("/", 1)[1]: [name] for name in mine})
    return found
