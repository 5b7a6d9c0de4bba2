"""The months a text names, in English and French."""

from __future__ import annotations

import re

from dossier.checks.numbers import ISO_DATE

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
_MONTH = {code: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") for code, names in _NUMBER.items()}
_BEFORE = {
    "en": re.compile(r"(?:\d(?:st|nd|rd|th)?|\b(?:in|of|since|until|by|early|late|mid|from|to|and|last))[ \u00a0-]$"),
    "fr": re.compile(r"(?:\d(?:er)?|\b(?:en|de|depuis|début|fin|mi|au|à|et|le))[ \u00a0-]$"),
}
_AFTER = re.compile(r"[ \u00a0]\d")


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
