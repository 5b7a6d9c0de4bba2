"""Words without the accidents of typesetting, and where in the text each of them stood.

What may differ between a quote and its page is the set of a printer's choices: the shape of quote marks and dashes,
blanks, soft hyphens, capitals, ligatures. What may never differ is a figure. So Unicode's compatibility form (NFKC) is
taken of everything but signs that it would melt into the digits beside them: "500²" is not 5002, "1½" is not 11/2.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache

from dossier.frozen import dataclass
from dossier.patterns import regex

_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
"""What joins the letter before it: accents on their own, Hebrew and Arabic points, the later parts of a Hangul one."""
_UNSEEN = "\u00ad\u180e\u200b-\u200f\u2060\ufeff\u2066\u2069\ufe00-\ufe0f"
"""Soft hyphen, zero-width blanks and joiners, marks of direction, variants. Overrides stay: they change the order."""
_SINGLE = "'`´‘’‚‛‹›ʹʻʼʽˈ′‵＇｀"
_DOUBLE = '"“”„‟«»″‶〃〝〞〟＂'
_OPENING, _CLOSING = "«‹", "»›"
_DIGITS_ABOVE = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS_BELOW = "₀₁₂₃₄₅₆₇₈₉"
_LEVEL = str.maketrans(_DIGITS_ABOVE + _DIGITS_BELOW, "01234567890123456789")

# Each text is cut into pieces: runs of common ASCII, which stand for themselves, and all else one by one. Every branch
# begins with another character, and none can give back what it took: the time is that of the text's length.
_COMMON = r"[!#$%&()*+,./:;<=>?@\[\]^_{|}~0-9A-Za-z\\]"
_PIECE = regex(
    rf"""(?P<common>{_COMMON}+(?:[ ](?!%){_COMMON}+)*(?![{_MARKS}]))
    |(?P<blank>[\s{_UNSEEN}]+)
    |(?P<level>[{_DIGITS_ABOVE}{_DIGITS_BELOW}]+)
    |(?P<other>.[{_MARKS}]*)""",
    re.VERBOSE | re.DOTALL,
)
_TORN = regex(r"\u00ad[ \t\xa0]*\r?\n")
_WORD = regex(r"\w+")
_LINE_END = regex(r"[ \t\xa0]*\r?\n")


@lru_cache(maxsize=4096)
def _folded(cluster: str) -> str:
    """One character with its marks, as it is compared."""
    if cluster in _SINGLE:
        return "'"
    if cluster in _DOUBLE:
        return '"'
    category = unicodedata.category(cluster[0])
    if category == "Pd" or cluster in "\u2212\u2043":
        return "-"
    plain = unicodedata.normalize("NFKC", cluster)
    if plain == "\u2212":
        return "-"
    # A sign whose plain form brings digits (½, ①, ㏠), or letters that a word would swallow (™), stays a sign.
    if category == "So" or (category != "Nd" and any(map(str.isdigit, plain))):
        plain = unicodedata.normalize("NFC", cluster)
    return unicodedata.normalize("NFKC", plain.casefold()) if category not in ("So", "No") else plain


@dataclass(frozen=True, eq=False)
class Wording:
    """A text as it is compared. Piece k of `plain` begins at `starts[k]`, in the text at `origins[k]`.

    In the text it goes up to `ends[k]`: runs of common letters character by character, any other piece as a whole.
    `breaks` are places in `plain` of "- " where a line of the text ends in a hyphen; True where letters stand around.
    """

    plain: str
    starts: list[int]
    origins: list[int]
    ends: list[int]
    breaks: dict[int, bool]
    source: str

    def begins(self, at: int) -> int:
        """Where in the text the character `at` of `plain` begins."""
        k = bisect_right(self.starts, at) - 1
        return min(self.origins[k] + at - self.starts[k], self.ends[k]) if self.starts else 0

    def stops(self, at: int) -> int:
        """Where in the text the character before `at` of `plain` ends."""
        k = bisect_right(self.starts, at - 1) - 1
        piece = (self.starts[k + 1] if k + 1 < len(self.starts) else len(self.plain)) - self.starts[k]
        if at - self.starts[k] == piece:
            return self.ends[k]
        return min(self.origins[k] + at - self.starts[k], self.ends[k])

    def at(self, place: int) -> int:
        """Where in `plain` a place of the text stands; what was left out stands where the next begins."""
        k = bisect_right(self.origins, place) - 1
        if k < 0:
            return 0
        following = self.starts[k + 1] if k + 1 < len(self.starts) else len(self.plain)
        return following if place >= self.ends[k] else min(self.starts[k] + place - self.origins[k], following)

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Each word of `plain`, and the places where it begins."""
        found: dict[str, list[int]] = {}
        for word in _WORD.finditer(self.plain):
            found.setdefault(word.group(), []).append(word.start())
        return found

    @cached_property
    def squeezed(self) -> tuple[str, list[int]]:
        """`plain` without hyphens and blanks, and where each character of it stands in `plain`."""
        places = [at for at, sign in enumerate(self.plain) if sign not in "- "]
        return "".join([self.plain[at] for at in places]), places


def read(text: str) -> Wording:
    """The wording of a text of any length, in time that grows as the length does."""
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    breaks: dict[int, bool] = {}
    length = 0
    last = ""
    swallow = False  # after « the blank belongs to the mark
    measure = False  # 5' and 5" are feet and inches

    for piece in _PIECE.finditer(text):
        kind, word, at, end = piece.lastgroup, piece.group(), piece.start(), piece.end()
        if kind == "common":
            plain = word.lower()
        elif kind == "blank":
            plain = _blank(text, at, end, last, swallow)
            if plain and last == "-" and _ends_line(text, at):
                before, after = text[at - 2 : at - 1], text[end : end + 1]
                if before.isalnum() and after.isalnum():
                    breaks[length - 1] = before.isalpha() and after.isalpha()
        elif kind == "level":
            plain = _levelled(word, last, text[end : end + 1])
        else:
            plain = _folded(word)
        if kind != "blank":
            swallow = word in _OPENING
        if plain in ("'", '"'):
            measure = last.isdigit() or (measure and last in "'")
            if not measure:
                # One mark within another, or two single ones for a double, are one mark.
                plain = "" if last == "'" else "'"
        if not plain:
            continue
        parts.append(plain)
        starts.append(length)
        origins.append(at)
        ends.append(end)
        length += len(plain)
        last = plain[-1]
    if last == " ":
        parts[-1] = ""
        for column in (starts, origins, ends):
            column.pop()
    return Wording("".join(parts), starts, origins, ends, breaks, text)


def _blank(text: str, at: int, end: int, last: str, swallow: bool) -> str:
    run, following = text[at:end], text[end : end + 1]
    if not (run.isspace() or any(map(str.isspace, run))) or last in ("", " "):
        return ""
    if swallow or following in _CLOSING or (following in "%‰" and last.isdigit()):
        return ""
    # A soft hyphen at the end of a line shows that one word goes on in the next.
    return "" if _TORN.search(run) else " "


def _ends_line(text: str, at: int) -> bool:
    return text[at - 1] in "-\u2010\u2011" and bool(_LINE_END.match(text, at))


def _levelled(digits: str, before: str, after: str) -> str:
    """Digits above or below the line: plain after a letter (CO₂, m²), where they can join no figure."""
    return digits.translate(_LEVEL) if before.isalpha() and not after.isdigit() else digits


@lru_cache(maxsize=4)
def page(text: str) -> Wording:
    """The wording of a page, in which many quotes are sought one after the other."""
    return read(text)


def normalised(text: str) -> str:
    """A text as quotes are compared: see the head of this module for what it keeps and what it lets go."""
    return read(text).plain
