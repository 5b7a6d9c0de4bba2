"""One source is not quoted at length, all quotes of the dossier taken together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import parts
from dossier.checks.words import count_words
from dossier.document import Span
from dossier.model import Citation
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W211",
    "much-quoted",
    "evidence",
    "warning",
    "The quotes from one source have at most 120 words together.",
    "Short quotes are fair dealing; many of them from one article begin to replace it.",
    "Shorten the longest quotes, or rest some statements on another source. The same words count once.",
)

MOST = 120


def check(register: Register, today: date) -> Iterator[Problem]:
    quotes: dict[str, dict[str, tuple[int, Span]]] = {}
    for _, part in parts(register):
        if isinstance(part, Citation) and part.quote:
            quotes.setdefault(part.source, {}).setdefault(
                " ".join(part.quote.casefold().split()), (count_words(part.quote), part.place.span("quote"))
            )
    for source in register.sources.values():
        found = sorted(quotes.get(source.id, {}).values(), key=lambda quote: (-quote[0], quote[1]))
        words = sum(length for length, _ in found)
        if words > MOST:
            yield RULE.at(
                source.place.span("id"),
                f"{words} words of '{source.id}' are quoted, in {len(found)} quotes",
                also=[(span, f"{length} words") for length, span in found[:3]],
            )
