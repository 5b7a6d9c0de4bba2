"""Did you mean: the known word nearest to a typed one, by the steps of rustc's `edit_distance.rs`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")


def _parts(plain: str) -> tuple[str, ...]:
    return tuple(sorted(plain.split("-")))


@lru_cache(maxsize=32)
def _looked_up(known: frozenset[str]) -> tuple[dict[str, str], list[str], dict[tuple[str, ...], str]]:
    """Known words by their plain spelling, those spellings in a list, and by their parts: made once for many slips."""
    plainly: dict[str, str] = {}
    for word in sorted(known):
        plainly.setdefault(_plain(word), word)
    parts: dict[tuple[str, ...], str] = {}
    for plain, word in plainly.items():
        parts.setdefault(_parts(plain), word)
    return plainly, list(plainly), parts


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The known word that `typed` was probably meant to be, or None where none is near.

    Case and hyphens aside first, then at most a third of the letters wrong, then the same words in another order. Of
    several that are as near, the first in the alphabet.
    """
    if len(typed) > 200:
        return None
    plainly, spellings, parts = _looked_up(frozenset(known))
    meant = _plain(typed)
    if meant in plainly:
        return plainly[meant]
    # Imported here: only a slip needs it, and a build without one should not wait for it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    found = extractOne(meant, spellings, scorer=OSA.distance, score_cutoff=max(len(typed), 3) // 3)
    return plainly[found[0]] if found else parts.get(_parts(meant))


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """A sentence for the remedy line, or '' where nothing is near."""
    word = nearest(typed, known)
    return f"Did you mean '{word}'?" if word else ""
