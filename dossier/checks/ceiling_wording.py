"""The words for a ceiling and the kind of an amount agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live_claims, span_at
from dossier.checks.words import outside_quotes
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E402",
    "ceiling-wording",
    "money",
    "error",
    "A statement that says 'up to' has an amount of kind ceiling, and the other way round, in each language.",
    "A ceiling is what may be spent at most. Printed as a sum that was spent, it is false, and the difference is often "
    "tenfold. 'Up to' counts where a sum of money follows: it is also said of days, vehicles and years.",
    "Say 'up to' (« jusqu’à ») in every language and set 'kind: ceiling', or neither.",
)

_B = "[ \u00a0\u202f]"
_DIGITS = r"\d[\d.,\u00a0\u202f ]*"
_POWER = "(?:thousand|million|billion|mille|milliard)"
_CODE = "(?-i:[A-Z]{3})"
_SUM = (
    rf"(?:(?:an?|the|about|some|around|nearly|roughly|another|total|of|environ|près|quelque|une?|de|du){_B}+)*"
    rf"(?:(?:[A-Z]{{1,3}}{_B}?)?[$€£]|{_CODE}{_B}\d|{_DIGITS}(?:[MGk]{_B}?)?[$€£]"
    rf"|{_DIGITS}-?(?:{_POWER}|dollar|{_CODE}\b)|\w+{_B}{_POWER})"
)
_EN = rf"\bup to(?={_B}+{_SUM})|\bmaximum\b(?![ -]security)|\bceilings?\b|\bnot[ -]to[ -]exceed\b"
_FR = (
    rf"\bjusqu['’]à(?={_B}+{_SUM})|(?<!sécurité )\bmaxima(?:le?s?|ux)\b|\bmaximum\b"
    r"|\bplafon(?:ds?|née?s?)\b|\bau plus\b(?! (?:tard|tôt|haut|bas|près|vite|fort))"
)
SAYS_CEILING = {"en": regex(_EN, re.IGNORECASE), "fr": regex(_FR, re.IGNORECASE)}
# Wordings that also tell readers so, where the amount is known to be a ceiling.
TELLS_CEILING = {
    "en": regex(rf"{_EN}|\b(?:up to|capped|cap|at most|as much as|no more than|limit)\b", re.IGNORECASE),
    "fr": regex(rf"{_FR}|jusqu['’]à|\blimite|\b(?:dépass|excéd)(?:er|ant)\b", re.IGNORECASE),
}
_STEMS = {
    "en": ("up to", "maximum", "ceiling", "exceed"),
    "fr": ("jusqu", "maxima", "maximum", "plafon", "au plus"),
}
"""One of these stands in whatever says so, and looking for letters is many times as fast as a pattern."""
_SUGGESTED = {"en": "'up to'", "fr": "« jusqu’à »"}


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        if (amount := claim.amount) is None:
            continue
        for language, words in claim.statement.versions:
            if language not in SAYS_CEILING:
                continue
            if amount.kind == "ceiling":
                if not TELLS_CEILING[language].search(words):
                    yield RULE.at(
                        claim.place.span("statement", language),
                        "the amount is a ceiling, and the statement does not say so",
                        f"Say {_SUGGESTED[language]} before the sum, or correct the amount's kind.",
                        [(amount.place.span("kind"), f"kind: {amount.kind}")],
                    )
            elif found := _says_ceiling(words, language):
                yield RULE.at(
                    span_at(claim.place.at("statement", language), words, *found.span()),
                    f"the statement says '{found[0]}', and the amount is of kind {amount.kind}",
                    "Set 'kind: ceiling' if the sum is the most it may reach; else leave these words out.",
                    [(amount.place.span("kind"), f"kind: {amount.kind}")],
                )


def _says_ceiling(words: str, language: str) -> re.Match[str] | None:
    lowered = words.lower()
    for stem in _STEMS[language]:
        if stem in lowered:
            return SAYS_CEILING[language].search(outside_quotes(words))
    return None
