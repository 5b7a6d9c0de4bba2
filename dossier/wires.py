"""Whose story a page carries: the news agency that its byline, dateline or last lines name.

Nine papers that print one agency's story are one origin, so a story that is not known as one counts too much.
"""

from __future__ import annotations

import re

from dossier.described import Described
from dossier.patterns import regex

AGENCIES: tuple[tuple[str, ...], ...] = (
    ("The Canadian Press", "La Presse Canadienne", "Canadian Press", "Presse Canadienne"),
    ("The Associated Press", "Associated Press"),
    ("Agence France-Presse", "Agence France Presse"),
    ("Reuters",),
    ("United Press International",),
    ("Agence QMI", "QMI Agency"),
)
"""Names of each agency, the one that a record would bear first."""
_LETTERS = {"CP": 0, "PC": 0, "AP": 1, "AFP": 2, "REUTERS": 3, "UPI": 4, "QMI": 5}
_ALL = "|".join(re.escape(name) for names in AGENCIES for name in names)
_NAMED = regex(rf"\b(?<!Thomson )({_ALL})\b", re.IGNORECASE)
_DATELINE = regex(rf"\(({'|'.join(_LETTERS)}|{_ALL})\)\s*[-–—]", re.IGNORECASE)
_DASHED = regex(rf"^[^\n.]{{2,60}}[-–—]\s*({_ALL})\s*$", re.MULTILINE | re.IGNORECASE)
_LAST = regex(
    rf"(?:report by|reportage de|texte de|article de|dépêche de|©|copyright)\s*(?:\(c\)\s*)?(?:\d{{4}}\s*)?({_ALL})\b",
    re.IGNORECASE,
)
_HELPED = regex(r"(?:with files from|avec (?:des informations|l’aide|la collaboration) de)\s*$", re.IGNORECASE)
_HEAD = 1_500


def agency(page: Described, text: str) -> tuple[tuple[str, ...], str] | None:
    """The names of the agency whose story it is, and where the page says so; None where it names none.

    An agency that only helped ("with files from") is not whose story it is.
    """
    for each in (*page.of("author"), *page.of("byline")):
        if found := _in_byline(each.value):
            return found, each.where
    if match := _DATELINE.search(text[:_HEAD]):
        return _names(match[1]), "the dateline"
    if match := _DASHED.search(text[:_HEAD]):
        return _names(match[1]), "the byline in the text"
    if match := _LAST.search(text[-5_000:]):
        return _names(match[1]), "a line in the text"
    return None


def is_agency(name: str) -> bool:
    """Whether a name is an agency's, and no person's."""
    return name.upper() in _LETTERS or _NAMED.fullmatch(name) is not None


def _in_byline(text: str) -> tuple[str, ...] | None:
    if text.upper() in _LETTERS:
        return _names(text)
    match = _NAMED.search(text)
    return _names(match[1]) if match and not _HELPED.search(text[: match.start()]) else None


def _names(found: str) -> tuple[str, ...]:
    if found.upper() in _LETTERS:
        return AGENCIES[_LETTERS[found.upper()]]
    return next(names for names in AGENCIES if found.casefold() in [name.casefold() for name in names])
