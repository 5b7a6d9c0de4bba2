"""What one version quotes, the other quotes too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dossier.checks.parts import span_at, texts
from dossier.checks.walk import live
from dossier.checks.words import QUOTED, without_marks
from dossier.model import Citation
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W606",
    "uneven-quotes",
    "language",
    "warning",
    "Words in quotation marks in one version of a text stand in quotation marks in the other.",
    "Quotation marks say whose words these are. Without them the dossier says it itself; with them alone in one "
    "language, it puts words in someone's mouth there. A sentence that is broken by 'she said' is one quote or two.",
    "Quote in both versions, or tell it without quotation marks in both.",
)

READ = ("en", "fr")
_TAG = regex(r",?\s[^.;:!?]{1,60}?,?\s", re.DOTALL)
"""What may stand between two halves of one quote: the one who speaks."""
_SINGLE = regex(r"‘|(?<!\w)'\w[^'\n]{0,200}'(?!\w)")
"""Quotation marks that look like apostrophes: where they stand, nothing can be counted."""


def check(register: Register, today: date) -> Iterator[Problem]:
    for field in texts(register):
        if len(field.versions) < 2 or isinstance(field.part, Citation) or not live(field.owner):
            continue
        written = [(code, without_marks(words)) for code, words in field.versions if code in READ]
        if len(written) < 2 or not any(mark in words for _, words in written for mark in '«“"'):
            continue
        quoted = {code: [match.span() for match in QUOTED.finditer(words)] for code, words in written}
        for code, words in written:
            for other, others in written:
                least, most = _fewest(words, quoted[code]), len(quoted[other])
                if code == other or least <= most or _SINGLE.search(others):
                    continue
                also = [(field.place(other).span(), f"the text in {other}")]
                start, end = quoted[code][0]
                said = f"{words[start:end]} is quoted in {code}, and {other} quotes nothing"
                if most:
                    said = f"{code} quotes {least} passages, and {other} {most}"
                yield RULE.at(span_at(field.place(code), words, start, end), said, also=also)


def _fewest(words: str, quoted: list[tuple[int, int]]) -> int:
    """How many quotes there are if two that only the one who speaks stands between are one."""
    joined = 0
    for (_, end), (start, _) in pairwise(quoted):
        tag = words[end:start]
        if _TAG.fullmatch(tag) and (tag.startswith(",") or words[end - 2 : end - 1] == ","):
            joined += 1
    return len(quoted) - joined
