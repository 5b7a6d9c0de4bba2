"""Where words may be cut out of a page without becoming other words, or another figure.

A quote is a piece of a page. "500" is none of "1,500", "500 %" or "-500", "profit" none of "non-profit", "can" none of
"can't", "$500" none of "US$500"; a bare "500" says nothing of a currency and may be cut out of either. In doubt a cut
is refused: a quote that is then not found can be made longer by a word, one that is found wrongly misleads.

All texts here are normalised (`wording.py`).
"""

from __future__ import annotations

import re
import unicodedata

from dossier.patterns import regex

NEAR = 40
"""How many characters around a cut are looked at."""

_MONEY = "$€£¥¢₤₹"
_GLUE = ".,:/·×⁄^%'\""
_COMPARED = "<>≤≥±≠~≈^×+"
_PARTS_OF_ONE = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|"
    "eighty|ninety|hundred|half|a|un|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|"
    "cinquante|soixante|cent|cents|mille"
)
_SCALES = (
    "hundreds?|thousands?|millions?|billions?|trillions?|dozens?|bn|mn|mio|mrd|mille|milliers?|milliards?|cents?|[kmb]"
)
_NUMBER_LAST = regex(rf"(?:[{_MONEY}\d{_PARTS_OF_ONE}]|\b(?:{_ONES}))\Z")
_SCALE_AFTER = regex(rf"[ -]?(?:{_SCALES})\b")
_FIGURE_FIRST = regex(rf"(?:[a-z]{{0,3}}[{_MONEY}] ?)?(?:\.?\d|[{_PARTS_OF_ONE}])")
_FIGURE_LAST = regex(rf"(?:\d|[{_PARTS_OF_ONE}])(?: ?[{_MONEY}])?\Z")
_CURRENCY_LAST = regex(rf"[a-z]{{0,3}}[{_MONEY}] ?\Z")
_DASHED = regex(rf"\d ?[{_MONEY}]? ?- ?[{_MONEY}]?\Z")
_SIGN_LAST = regex(r"(?<![^\W\d_])(?<![^\W\d_]-)-\Z")
_AFTER_FIGURE = regex(
    rf"""\ ?(?: [%‰‱{_PARTS_OF_ONE}] | \d+[/⁄]\d | per\ ?cent\b | pour\ cent\b | p\.\ ?100
           | [{_MONEY}]\ ?(?:us|u\.s\.|ca|can|au|nz|hk)\b | u\.s\. | usd\b | cad\b | cdn\b )
    |\ ?-\ ?[{_MONEY}]?\.?\d
    |[{re.escape(_GLUE)}][{_MONEY}]?\d""",
    re.VERBOSE,
)
"""What makes another figure of the one before it: a share, a fraction, a currency, the end of a range, more digits."""
_COUNTRY_AFTER = regex(r" ?(?:us|u\.s\.|ca|can|cad|usd|au|nz|hk)\b|\d")
_FRACTION_FIRST = regex(rf"\d+[/⁄]\d|[{_PARTS_OF_ONE}]")
_FIRST_GROUP = regex(r"\d{3}(?!\d)")
_LAST_GROUP = regex(r"(?<!\d)\d{1,3}\Z")
_UNSPACED = regex("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese: written without blanks between words."""


def may_begin(before: str, words: str, hyphen: bool = True, loose: bool = False) -> bool:
    """Whether `words` may be cut out after `before`, of which the last `NEAR` characters do.

    `hyphen` says that a dash at the end of `before` is a hyphen in the text as written. With `loose` a word may be cut,
    a figure may not: "[h]e" stands for "He".
    """
    first, last = words[:1], before[-1:]
    if not last:
        return True
    if _letter(first) and _letter(last):
        return _both(_UNSPACED, first, last) or (loose and first.isalpha() and last.isalpha())
    if first in _MONEY and _letter(last):
        return False
    if first in _GLUE + "-" and last.isnumeric():
        return False
    if hyphen and last == "-" and _letter(first) and _letter(before[-2:-1]):
        return False
    return not _FIGURE_FIRST.match(words) or _before_figure(_CURRENCY_LAST.sub("", before), words)


def _before_figure(before: str, words: str) -> bool:
    last, earlier = before[-1:], before[-2:-1]
    if (last and last in _COMPARED) or _SIGN_LAST.search(before) or _DASHED.search(before):
        return False
    if last and last in ".," and not before.endswith("..."):
        return False
    if last and last in _GLUE and earlier.isnumeric():
        return False
    if last == " " and earlier.isnumeric():
        grouped = _LAST_GROUP.search(before[:-1]) and _FIRST_GROUP.match(words)
        return not (grouped or _FRACTION_FIRST.match(words))
    return True


def may_end(words: str, after: str, hyphen: bool = True, loose: bool = False) -> bool:
    """Whether `words` may be cut out before `after`; the counterpart of `may_begin`."""
    words = words[-NEAR:]
    last, following = words[-1:], after[:1]
    if not following:
        return True
    if unicodedata.combining(following) or unicodedata.category(following) == "Me":
        return False
    if _letter(last) and _letter(following):
        return _both(_UNSPACED, last, following) or (loose and last.isalpha() and following.isalpha())
    if last in _MONEY and (_letter(following) or _COUNTRY_AFTER.match(after)):
        return False
    if last in _GLUE + _COMPARED + "-" and following.isnumeric():
        return False
    if _letter(last) and following == "'" and after[1:2].isalpha():
        return False
    if hyphen and following == "-" and _letter(last) and _letter(after[1:2]):
        return False
    if _SCALE_AFTER.match(after) and _NUMBER_LAST.search(words):
        return False
    return not _FIGURE_LAST.search(words) or _after_figure(words, after)


def _after_figure(words: str, after: str) -> bool:
    grouped = after[:1] == " " and _FIRST_GROUP.match(after, 1) and _LAST_GROUP.search(words)
    return not (grouped or _AFTER_FIGURE.match(after))


def _letter(sign: str) -> bool:
    """A letter, a digit or a number of any kind, '²' and '½' among them."""
    return sign.isalnum() or sign.isnumeric()


def _both(pattern: re.Pattern[str], one: str, other: str) -> bool:
    return bool(pattern.match(one) and pattern.match(other))
