"""How a quote says that it leaves something out: "…", "...", "[…]", "(…)", or words of an editor between brackets."""

from __future__ import annotations

from dossier.patterns import regex

OMISSION = regex(r"\[[^\[\]\d]{0,200}\]|\(\s?(?:\.\.\.|…)\s?\)|…|\.(?:[ \xa0]?\.){2,}")
"""Brackets that hold a figure are no omission: a figure that is put in would seem to be proved by the words around."""


def inserts(mark: str) -> bool:
    """Whether an omission is a word, or a piece of one, put in: "dispute[s]", "[The company]"."""
    return mark.startswith("[") and "…" not in mark and "..." not in mark
