"""Whether a page holds the words that are quoted from it. Only an exact match of normalised words says that it does.

A quote may have omissions of its own (`omissions.py`). Then each of its parts is sought exactly, in order and close
together. What an editor put between brackets is not proved by that.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Literal

from dossier.cuts import NEAR, may_begin, may_end
from dossier.frozen import dataclass
from dossier.omissions import OMISSION, inserts
from dossier.wording import Wording, normalised, page

__all__ = ["Found", "Part", "State", "digest", "find", "normalised", "parts", "text_digest"]

State = Literal["exact", "parts", "missing"]

TOGETHER = 600
"""How many characters may stand between two parts of a quote."""
MOST_PARTS = 12
MOST_PLACES = 5_000
"""How often a quote is tried on a page where it keeps standing within other words."""
PASSAGE = 200
LEAST_LIKE = 60.0
"""From which likeness (of 100) a passage is worth showing."""

_HYPHENS = "-\u2010\u2011"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands: `text[start:end]` of the text as it was given, from its first part to its last.

    `nearest` is what of a page without the quote is most like it, in the page's words, or ''.
    """

    state: State
    start: int = 0
    end: int = 0
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between the omissions of a quote, normalised. Where an omission cut a word, that end is loose."""

    words: str
    loose_start: bool = False
    loose_end: bool = False


def digest(quote: str) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of a quote as it is compared: other quote marks change nothing."""
    return hashlib.sha256(normalised(quote).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def text_digest(text: str) -> str:
    """The SHA-256 of a text as it stands, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def parts(quote: str) -> tuple[Part, ...]:
    """The words of a quote between its own omissions; one part where it has none, none where it has no word."""
    plain = normalised(quote)
    found = []
    at = 0
    cut = False
    for start, end in (*(mark.span() for mark in OMISSION.finditer(plain)), (len(plain), len(plain))):
        words = plain[at:start]
        # "dispute[s]": the bracket goes on with the word before it. An ellipsis or a blank ends it.
        inside = inserts(plain[start:end])
        if any(map(str.isalnum, words)):
            found.append(Part(words.strip(), cut and words[:1].isalpha(), inside and words[-1:].isalpha()))
        at, cut = end, inside
    return tuple(found)


def find(quote: str, text: str) -> Found:
    """The quote in a text: its first place, or the passage that is nearest.

    Made for many quotes in one text, one after the other: the text is normalised once. The time is bounded for every
    quote and text.
    """
    on = page(text)
    plain = normalised(quote)
    if not any(map(str.isalnum, plain)):
        return Found("missing")
    for start, end in _places(Part(plain), on):
        return Found("exact", on.begins(start), on.stops(end))
    pieces = parts(quote)
    if pieces and pieces != (Part(plain),) and len(pieces) <= MOST_PARTS:
        span = _together(pieces, on)
        if span:
            return Found("parts", on.begins(span[0]), on.stops(span[1]))
    return Found("missing", nearest=_nearest(plain, on, text))


def _places(part: Part, on: Wording) -> Iterator[tuple[int, int]]:
    """Where a part stands in a wording as words of their own, from the first place on; torn words after whole ones."""
    words, plain = part.words, on.plain
    at = plain.find(words)
    for _ in range(MOST_PLACES):
        if at < 0:
            break
        if _stands(part, on, at, at + len(words)):
            yield at, at + len(words)
        at = plain.find(words, at + 1)
    if on.breaks:
        yield from _torn_places(part, on)


def _torn_places(part: Part, on: Wording) -> Iterator[tuple[int, int]]:
    """Where the words stand with one of them torn by the end of a line: "govern-" and "ment", or "Toronto-", "based".

    Hyphens and blanks are left out of both to find where to look; there each reading of each line's end is tried.
    """
    squeezed, places = on.squeezed
    sought = part.words.replace("-", "").replace(" ", "")
    at = squeezed.find(sought) if sought else -1
    for _ in range(MOST_PLACES // 10):
        if at < 0:
            return
        start = places[at]
        end = _read_over(part.words, on, start)
        if end and _stands(part, on, start, end):
            yield start, end
        at = squeezed.find(sought, at + 1)


def _read_over(words: str, on: Wording, start: int) -> int:
    """Where the words end that begin at `start`, read over the ends of lines; 0 where other words stand there."""
    plain, at, i = on.plain, start, 0
    while i < len(words):
        if at in on.breaks:
            if words[i] == "-":
                i += 2 if words[i + 1 : i + 2] == " " else 1
            elif not on.breaks[at]:
                return 0
            at += 2
            continue
        if plain[at : at + 1] != words[i]:
            return 0
        at += 1
        i += 1
    return at


def _stands(part: Part, on: Wording, start: int, end: int) -> bool:
    """Whether what stands there may be cut out, see `cuts.py`. A line's end within a word is no place to cut."""
    if end in on.breaks or start - 2 in on.breaks or start - 1 in on.breaks or end - 1 in on.breaks:
        return False
    before, words, after = on.plain[max(0, start - NEAR) : start], on.plain[start:end], on.plain[end : end + NEAR]
    return may_begin(before, words, _hyphen(on, start - 1), part.loose_start) and may_end(
        words, after, _hyphen(on, end), part.loose_end
    )


def _hyphen(on: Wording, at: int) -> bool:
    """Whether the dash at a place is a hyphen as written: a longer dash joins no words."""
    return 0 <= at < len(on.plain) and on.plain[at] == "-" and on.source[on.begins(at)] in _HYPHENS


def _together(pieces: tuple[Part, ...], on: Wording) -> tuple[int, int] | None:
    """Where all parts stand in order, none further than `TOGETHER` from the one before; the first such place."""
    reached = _some(pieces[0], on)
    for piece in pieces[1:]:
        further = []
        k = -1
        for start, end in _some(piece, on):
            # Of the chains that can go on here the one that ended last is the closest.
            while k + 1 < len(reached) and reached[k + 1][1] <= start:
                k += 1
            if k >= 0 and start <= reached[k][1] + TOGETHER:
                further.append((reached[k][0], end))
        reached = further
    return reached[0] if reached else None


def _some(piece: Part, on: Wording) -> list[tuple[int, int]]:
    """The places of a part, in the order of the page."""
    return sorted(dict(_places(piece, on)).items())


def _nearest(plain: str, on: Wording, text: str) -> str:
    """The passage of at most `PASSAGE` characters that is most like the quote: around its rarest words."""
    # Imported here: only a quote that is not found needs it.
    from rapidfuzz.fuzz import partial_ratio_alignment, ratio

    sought = plain[: PASSAGE - 20]
    words = {each.group(): each.start() for each in list(re.finditer(r"\w+", sought))[:40]}
    known = [word for word in words if word in on.words]
    best, best_at = 0.0, -1
    for word in sorted(known, key=lambda word: (len(on.words[word]) / len(word), word))[:5]:
        for at in on.words[word][:60]:
            start = max(0, at - words[word])
            likeness = ratio(sought, on.plain[start : start + len(sought)])
            if likeness > best:
                best, best_at = likeness, start
    if best_at < 0:
        return ""
    margin = min(60, len(sought))
    low = max(0, best_at - margin)
    around = on.plain[low : best_at + len(sought) + margin]
    placed = partial_ratio_alignment(sought, around) if len(around) >= len(sought) else None
    if (placed.score if placed else best) < LEAST_LIKE:
        return ""
    start, end = (low + placed.dest_start, low + placed.dest_end) if placed else (low, len(on.plain))
    while start > 0 and on.plain[start - 1].isalnum():
        start -= 1
    while end < len(on.plain) and on.plain[end].isalnum() and end - start < PASSAGE:
        end += 1
    return " ".join(text[on.begins(start) : on.stops(end)].split())[:PASSAGE]
