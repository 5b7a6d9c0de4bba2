"""The dossier's own records are counted by the build, never by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import parts, span_at
from dossier.checks.words import once, outside_quotes
from dossier.model import Part, Site
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E705",
    "typed-count",
    "integrity",
    "error",
    "Nobody types how many claims, companies, sources, origins, replies, demands or events the dossier has.",
    "The next record makes the number false. Prose pages, the site's description and the companies' summaries are "
    "looked at, outside quotes. A sentence with a citation counts what its source counts; 'two origins or more' and "
    "'at least three sources' are thresholds; and neither 'one' nor 'two' in letters is taken for a count.",
    "On a prose page write the computed figure, such as {claims}; elsewhere say it without a number.",
)

_NOUNS = {
    "en": {
        "claims?": "claims",
        "compan(?:y|ies)": "companies",
        "sources?": "sources",
        "origins?": "origins",
        "repl(?:y|ies)": "responses",
        "responses?": "responses",
        "demands?": "demands",
        "events?": "events",
    },
    "fr": {
        "affirmations?": "claims",
        "entreprises?": "companies",
        "sources?": "sources",
        "origines?": "origins",
        "réponses?": "responses",
        "demandes?": "demands",
        "[ée]v[éè]nements?": "events",
    },
}
_STEMS = {
    "en": "claim compan source origin repl response demand event".split(),
    "fr": "affirmation entreprise source origine réponse demande évén évèn evén evèn".split(),
}
"""What these nouns begin with."""
_NUMBERS = {
    "en": r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?"
    r"|(?:a|one|several) hundred|(?:dozens|hundreds) of|a dozen",
    "fr": r"trois|quatre|cinq|six|sept|huit|neuf|dix(?:-\w+)?|onze|douze|treize|quatorze|quinze|seize|vingt(?:-\w+)*"
    r"|(?:trente|(?:quar|cinqu|soix)ante)(?:-\w+)*|quatre-vingt\S*|cents?|(?:une|des) \w+aines? d[e'’]",
}
_AT_LEAST = {
    "en": "at least|at most|more than|fewer than|less than|up to|minimum of",
    "fr": "au moins|au plus|plus de|moins de|jusqu['’]à|minimum de",
}
_OR_MORE = {"en": "or (?:more|fewer|less)", "fr": "ou (?:plus|moins)|au (?:moins|plus)"}


def _count(code: str) -> re.Pattern[str]:
    number = rf"(?!(?:19|20)\d\d\b)\d[\d.,\u00a0\u202f]*|{_NUMBERS[code]}"
    nouns = "|".join(_NOUNS[code])
    pattern = (
        rf"(?:(?P<at_least>{_AT_LEAST[code]}) +)?(?<![\w.,$])"
        rf"(?P<count>(?:{number})(?: +|(?<=['’]))(?:{nouns}))(?!\w)(?! +(?:{_OR_MORE[code]}))"
    )
    return regex(pattern.replace(" ", "[\\s\u00a0\u202f]"), re.IGNORECASE)


COUNT = {code: _count(code) for code in _NOUNS}
_LAST = {
    "en": tuple("three four five six seven eight nine ten eleven twelve teen ty hundred of dozen".split()),
    "fr": tuple(
        "trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente ante cent cents "
        "de".split()
    ),
}
"""What the last word before a noun ends in, where it ends a number that has neither digits nor a hyphen."""
_SENTENCE = regex(r"(?:[^.!?\n]|[.!?](?!\s)|\n(?! *\n))+[.!?]?")


def check(register: Register, today: date) -> Iterator[Problem]:
    for page in register.content:
        for name in ("title", "menu", "description"):
            yield from _counts(getattr(page, name) or "", page.language, page, (name,))
        for language, passage in page.body:
            yield from _counts(passage.markdown, language, page, ("body",), computed=True)
    for site in parts(register, Site):
        for language, words in site.description or ():
            yield from _counts(words, language, site, ("description", language))
    for company in register.companies.values():
        for language, passage in company.summary or ():
            yield from _counts(passage.markdown, language, company, ("summary", language))


def _counts(words: str, language: str, part: Part, keys: tuple[str, ...], computed: bool = False) -> Iterator[Problem]:
    """`keys` lead to the words in `part`; `computed` says whether figures can stand there."""
    found = {(start, end): figure for start, end, figure in counts(words, language)}
    for start, end in once(words, found):
        figure = found[start, end]
        yield RULE.at(
            span_at(part.place.at(*keys), words, start, end),
            f"'{' '.join(words[start:end].split())}' is a count typed by hand",
            "Write {" + figure + "} for the number." if computed else "Say it without a number.",
        )


def counts(words: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Where a text counts records by hand, and the figure that would count them."""
    words = outside_quotes(words)
    for sentence in _SENTENCE.finditer(words) if language in COUNT and _may_count(words, language) else ():
        for found in COUNT[language].finditer(sentence[0]):
            if not found["at_least"] and "[@" not in sentence[0]:
                figure = next(
                    figure
                    for noun, figure in _NOUNS[language].items()
                    if re.search(rf"(?:{noun})$", found["count"], re.IGNORECASE)
                )
                yield sentence.start() + found.start("count"), sentence.start() + found.end("count"), figure


def _may_count(words: str, language: str) -> bool:
    """Whether a number may stand before one of the nouns: the pattern takes fifty times as long to say so."""
    lowered = words.lower()
    for stem in _STEMS[language]:
        at = lowered.find(stem, 1)
        while at > 0:
            before = lowered[at - 1]
            if before in "'’":
                return True
            if before.isspace():
                number = lowered[max(0, at - 80) : at].split()[-1:] or [""]
                end = number[0]
                if end[-1:].isdigit() or end.endswith(_LAST[language]) or end[-1:] in ".," or "-" in end:
                    return True
            at = lowered.find(stem, at + 1)
    return False
