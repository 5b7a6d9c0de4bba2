"""One source is not quoted at length, all quotes of the dossier taken together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.walk import Walk
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
    for source in register.sources.values():
        links = register.backlinks.get(source.id, ())
        if sum([len(link.quote.split()) for link in links if link.quote]) <= MOST:
            continue
        quotes: dict[str, tuple[int, Span]] = {}
        for name in dict.fromkeys(link.record for link in links if link.quote):
            for citation in Walk((register.records[name],)).parts.get(Citation, ()):
                if citation.quote and citation.source == source.id:
                    said = " ".join(citation.quote.casefold().split())
                    quotes.setdefault(said, (count_words(citation.quote), citation.place.span("quote")))
        found = sorted(quotes.values(), key=lambda quote: (-quote[0], quote[1]))
        words = sum(length for length, _ in found)
        if words > MOST:
            yield RULE.at(
                source.place.span("id"),
                f"{words} words of '{source.id}' are quoted, in {len(found)} quotes",
                also=[(span, f"{length} words") for length, span in found[:3]],
            )
