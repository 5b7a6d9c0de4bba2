"""What French does around a date or a name, which no catalogue can hold: articles, contraction, elision."""

from __future__ import annotations

import unicodedata

from dossier.dates import Point
from dossier.patterns import regex

# A blank that no line may end with: before : » $ %, after «, inside a number, before a unit of money.
_BOUND = regex(
    r"(?<=«) | (?=[:»%$])|(?<=\d) (?=\d{3}(?!\d)|[MG]\$)|(?<=\d) (?=millions? |milliards? )|(?<=\$) (?=US|CA)"
)
_MAY_BIND = regex(r"[«»:%$\d]")

_CONTRACTED = {"de": {"le": "du", "les": "des"}, "à": {"le": "au", "les": "aux"}}


def after(preposition: str, words: str) -> str:
    """« de » or « à » before words that may open with an article: « du 4 mai », « d’août », « au Devoir »."""
    article, _, rest = words.partition(" ")
    if rest and article.lower() in _CONTRACTED[preposition]:
        return f"{_CONTRACTED[preposition][article.lower()]} {rest}"
    first = unicodedata.normalize("NFKD", words)[:1].lower()
    return f"d’{words}" if preposition == "de" and first in tuple("aeiou") else f"{preposition} {words}"


def the(point: Point, said: str) -> str:
    """A date with the article it takes after a preposition: « le 4 mai 2026 », « l’été 2026 », « mai 2026 »."""
    if point.decade:
        return f"les {said}"
    if (point.month or 0) > 12:
        return f"le {said}" if point.month == 21 else f"l’{said}"
    return f"le {said}" if point.day else said


def end(point: Point, said: str) -> str:
    """An end of a span, its doubt said behind it: « le 4 mai 2026 environ »."""
    doubts = (" environ" if point.approximate else "") + (" (date incertaine)" if point.uncertain else "")
    return the(point, said) + doubts


def until(words: str) -> str:
    """An end of a span as it follows « jusqu’ »: « jusqu’au 4 mai », « jusqu’en mai », « jusqu’à l’été »."""
    to = after("à", words)
    return f"en {words}" if to == f"à {words}" and not words.startswith("l’") else to


def on(point: Point, said: str) -> str:
    """When something was done: « le 4 mai 2026 », « en mai 2026 », « à l’été 2026 », « dans les années 2020 »."""
    if point.decade:
        return f"dans {the(point, said)}"
    if (point.month or 0) > 12:
        return after("à", the(point, said))
    return the(point, said) if point.day or point.century else f"en {said}"


def bound(words: str) -> str:
    """French as it is set: what was typed with an ordinary blank, as most keyboards have it, holds together."""
    return _BOUND.sub("\u00a0", words) if _MAY_BIND.search(words) else words
