"""Did you mean: the known word nearest to a typed one, by the steps of rustc's `edit_distance.rs`."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The known word that `typed` was probably meant to be, or None where none is near.

    Case and hyphens aside first, then at most a third of the letters wrong, then the same words in another order.
    """
    if len(typed) > 200:
        return None
    words = sorted(set(known))

    def plain(word: str) -> str:
        return word.casefold().replace("_", "-").replace(" ", "-")

    for word in words:
        if plain(word) == plain(typed):
            return word
    # Imported here: only a slip needs it, and a build without one should not wait for it.
    from rapidfuzz.distance import OSA

    allowed = max(len(typed), 3) // 3
    distance, best = min(((OSA.distance(plain(typed), plain(word)), word) for word in words), default=(allowed + 1, ""))
    if distance <= allowed:
        return best
    for word in words:
        if sorted(plain(word).split("-")) == sorted(plain(typed).split("-")):
            return word
    return None


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """A sentence for the remedy line, or '' where nothing is near."""
    word = nearest(typed, known)
    return f"Did you mean '{word}'?" if word else ""
