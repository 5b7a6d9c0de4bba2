"""Names as readers take them: how they are compared, and which look alike."""

from __future__ import annotations

import unicodedata

from dossier.patterns import regex

LEGAL_FORMS = frozenset(
    "inc incorporated llc llp lp ltd limited ltee limitee corp corporation co company compagnie cie plc gmbh ag kg sa "
    "sas sarl sencrl senc enr nv bv ab oy spa srl ulc group groupe holding holdings".split()
)
LOOK_ALIKES = str.maketrans("01358|аеорсухіѕјɡ", "olesblaeopcyxisjg", "_")
"""Digits and Cyrillic letters drawn like Latin ones."""
LONG, TOO_LONG = 6, 200
_MARKS = regex(r"[^\w\s|]")


def folded(text: str) -> str:
    """Words without case, accents or kinds of apostrophe and blank, for comparison alone."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def bare(name: str) -> str:
    """A name without case, accents, legal forms, blanks and characters that look like others."""
    words = _MARKS.sub("", folded(name)).replace("|", " | ").split()
    return "".join(word for word in words if word not in LEGAL_FORMS).translate(LOOK_ALIKES)


def spellings(name: str) -> tuple[str, ...]:
    """The bare name, and for a long one each that is left of it without one letter: two names look alike only if they
    have one of these in common."""
    name = bare(name)
    shorter = (name[:i] + name[i + 1 :] for i in range(len(name))) if LONG <= len(name) <= TOO_LONG else ()
    return tuple(dict.fromkeys((name, *shorter)))


def look_alike(a: str, b: str) -> bool:
    """Whether two bare names do."""
    return a == b or (min(len(a), len(b)) >= LONG and one_edit_apart(a, b))


def one_edit_apart(a: str, b: str) -> bool:
    """One letter added, left out, changed, or two neighbours exchanged."""
    if len(a) > len(b):
        a, b = b, a
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :] and len(b) - len(a) == 1
    swapped = a[:start] + a[start + 1 : start + 2] + a[start : start + 1] + a[start + 2 :]
    return a[start + 1 :] == b[start + 1 :] or swapped == b
