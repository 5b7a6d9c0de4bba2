"""What the search of the site is made of: the words of a text, what they weigh, which file holds what, and its page.

`templates/scripts/search/4-words.js` finds words in the same way; `tests/site_tests/test_search_browser.py` holds both
to it. Words are not stemmed here: the reader's browser does that, of the few words that come into question.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.patterns import regex
from dossier.views import Letter, Link

UNITS_A_SHARD = 150
"""Companies (four sources weigh as one) that share the files of one shard."""
MOST_NAMED = 150
"""Companies that the index without a script still names on its first page."""
MOST_OF_BODY, HEAVIEST = 7, 26
"""The most that a word may weigh below the heading of an entry, and in all: weights are written as one letter."""

MOST_CAPITALS = 12
"""Capitals up to which a text without small letters may be a few acronyms; one with more is a heading that shouts."""

STOPS = frozenset(
    "the of and to in for by that it is was with as at from on be are an this which or its has had have were "
    "le la les des du de un une et en au aux que qui dans par sur est ce cette se sa ses il elle ils ont été "
    "ete avec pour ne pas plus qu".split()
)
"""Words that nearly every text has, in either language: no index of them. A word that means something in the other
language (car, son, us) is none of them."""

_TOKEN = regex(
    r"([0-9]{1,3}(?:[ .,'’\u00a0\u202f][0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?(?![^\W_])|((?:[A-Z]\.){2,})|([^\W_]+)"
)
_ACRONYM = regex(r"[A-Z]{2,5}")
_SMALL, _CAPITAL = regex(r"[a-zà-öø-ÿ]"), regex(r"[A-Z]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def folded(word: str) -> str:
    """A word without accents, ligatures and case."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word)
    return "".join([c for c in plain if unicodedata.category(c)[0] != "M"]).lower().translate(_LIGATURES)


@lru_cache(maxsize=65536)
def _indexed(word: str) -> str:
    """A word as the index has it; '' for one it leaves out."""
    plain = folded(word) if len(word) > 1 else ""
    return "" if plain in STOPS else plain


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order. An acronym keeps its capitals, so that WHO is not who, unless the whole text is in
    capitals; a number loses its separators (7,234,926.20 and 7 234 926,20 are 7234926.2); single letters are left out,
    and so what an elision leaves (l’, d’)."""
    has_small = _SMALL.search(text) is not None or len(_CAPITAL.findall(text)) <= MOST_CAPITALS
    found: list[str] = []
    for whole, part, dotted, word in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        if word:
            if has_small and word.isupper() and _ACRONYM.fullmatch(word):
                found.append(word)
            elif plain := _indexed(word):
                found.append(plain)
        elif dotted:
            found.append(dotted.replace(".", ""))
        else:
            digits = "".join([sign for sign in whole if sign.isdigit()])
            decimals = part.rstrip("0")
            found.append(f"{digits}.{decimals}" if decimals else digits)
    return tuple(found)


Told = tuple[int, str, str]
"""A text of an entry: what a word of it weighs, the words, and their language where it is not the page's."""


def weights(texts: Iterable[Told]) -> dict[str, int]:
    """Each word of an entry, and what it weighs there: the sum over the texts that have it, of which the first is the
    heading. What weighs more than `MOST_OF_BODY` stands there."""
    head: dict[str, int] = {}
    body: dict[str, int] = {}
    for number, (weight, text, _) in enumerate(texts):
        found = body if number else head
        words = words_of(text)
        mine = dict.fromkeys(words, weight)
        if len(mine) < len(words):
            for word, often in Counter(words).items():
                mine[word] = weight if often == 1 else 2 * weight
        for word, sum_ in mine.items():
            found[word] = found.get(word, 0) + sum_
    for word, sum_ in body.items():  # without `min`: a large dossier asks it of millions of words
        whole = head.get(word, 0) + (sum_ if sum_ < MOST_OF_BODY else MOST_OF_BODY)
        head[word] = whole if whole < HEAVIEST else HEAVIEST
    return head


def breadth_of(companies: int, sources: int) -> int:
    """In how many shards the index of words stands: a power of two, so that it seldom changes. 1 is a small dossier,
    of which one file holds everything."""
    breadth = 1
    while breadth * UNITS_A_SHARD < companies + sources / 4:
        breadth *= 2
    return breadth


def shards_of_entries(breadth: int) -> int:
    """Entries stand in more and smaller files than words: of these a reader needs one a word, of those one a result."""
    return 1 if breadth == 1 else breadth * 8


@lru_cache(maxsize=65536)
def shard_of(name: str, shards: int) -> int:
    """The shard of an entry, by its id."""
    return crc32(name.encode()) % shards


@lru_cache(maxsize=65536)
def shard_of_word(word: str, breadth: int) -> int:
    """The shard of a word: its first two letters decide, which nearly all of its forms share."""
    return shard_of(word[:2].lower(), breadth)


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class SearchPage(Page):
    """The search, and the whole index for those without a script: of all companies, or of those of one letter. Each
    company comes with its claims."""

    title: str
    trail: tuple[Link, ...]
    lede: str
    letters: tuple[Letter, ...]
    companies: tuple[tuple[Link, tuple[Link, ...]], ...]
    agencies: tuple[Link, ...]
    demands: tuple[Link, ...]
    more: tuple[Link, ...]
    is_part: bool

    template = "pages/search.html"
