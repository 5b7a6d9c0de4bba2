"""A statement that rests on someone's word says whose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import cited, live_claims
from dossier.checks.words import outside_quotes
from dossier.model import Claim, Source
from dossier.names import folded
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E601",
    "unattributed-claim",
    "language",
    "error",
    "A reported, alleged or denied claim says in its statement who says so, in each language.",
    "Without it the dossier itself would be saying so. Naming a cited publisher or author is enough, and so is a verb "
    "of saying, or 'according to', with someone beside it. 'Reportedly', 'it is said' and 'sources say' name no one.",
    "Begin or end with who says so: 'The Tuesday Post reported', 'according to the lawsuit'.",
)

MODES = ("reported", "alleged", "denied")

# Verbs that also mean something else ("gave a contract", « a attribué un contrat ») are left out.
_EN = (
    "according to|in the words of|says?|said|saying|tells?|told|telling|wrote|writes?|found|finds?|shows?|showed|stated"
    "|(?:report|alleg|claim|announc|cit|describ|confirm|assert|argu|estimat|call|credit|disclos|reveal|not|indicat|mention"
    "|quot|acknowledg|accus|insist|respond|publish|declar|warn|explain|outlin|affirm|recount|contend)(?:s|es|ed|ing)"
    "|(?:den|repl|testif|identif|specif|clarif)(?:y|ies|ied|ying)"
)
_FR = (
    "selon|d['’]après|aux? dires? d[eu]s?|de l['’]avis d[eu]s?|di(?:t|sent|sait|saient|sant)|prétend(?:ent|ait|u)?"
    "|(?:dé|é)?cri(?:t|vent|vait|vaient|vant)|sout(?:ient|iennent|enait|enaient|enu|enant)"
    "|reconn(?:aît|ait|aissent|aissait|u|aissant)|dé(?:ment|mentent|mentait|menti)|répon(?:d|dent|dait|du)"
    "|fai(?:t|sait|saient|sant) (?:savoir|état)"
    "|(?:rapport|déclar|affirm|all[èé]gu|indiqu|confirm|annon[cç]|ni|estim|précis|rév[èé]l|montr|not|signal|qualifi|racont"
    "|mentionn|expliqu|évoqu|cit|parl|situ|chiffr|accus|publi|recens|dévoil|constat|calcul|soulign)"
    "(?:e|ent|ait|aient|ant|é(?:e?s?(?= par\\b))?)"
)
# Forms of the same verbs that leave out who says so.
_EN_NO_ONE = (
    r"(?:is|are|was|were|been|being|be) (?:\w+ly )?(?:\w+ed|said|told|found|shown|written)(?! by\b)"
    r"|(?:the|an?|its|their|this|these) \w+ed"
    r"|(?:some|many|people|sources|critics|observers|others|insiders) (?:have )?"
    r"(?:say|said|(?:claim|report|alleg|argu)e?d?)"
    r"|according to (?:some|critics|people|observers|insiders|(?:\w+ )?(?:reports|sources|rumou?rs))"
)
_FR_NO_ONE = (
    r"(?:est|sont|été|était|étaient|serait|seraient|fut|furent) (?:\w+ment )?\w+(?:é|i|u|t|s)e?s?(?!\w)(?! par\b)"
    r"|on (?:dit|rapporte|raconte|affirme|prétend)|dit-on"
    r"|(?:selon|d['’]après) "
    r"(?:certain(?:e?s)|plusieurs|la rumeur|(?:des|les) (?:sources|rumeurs|critiques|reportages|médias))"
)


def _words(pattern: str) -> re.Pattern[str]:
    """Of a text in lower case: leaving case to the pattern takes four times as long."""
    return regex(rf"(?<!\w)(?:{pattern})(?!\w)".replace(" ", r"\s+"))


SAYS = {"en": _words(_EN), "fr": _words(_FR)}
NAMES_NO_ONE = {"en": _words(_EN_NO_ONE), "fr": _words(_FR_NO_ONE)}


_COMMON = {
    "en": ("said", "reported", "according to", "wrote", "told", "noted", "announced", "found"),
    "fr": ("selon", "rapporté", "rapporte", "affirme", "déclaré", "annoncé", "allègue", "écrit"),
}
"""Words that say so by themselves, those met most often."""
_NEAR = 5
"""Words before such a word that are looked at: no form that leaves out who says so has as many."""


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        if claim.mode not in MODES:
            continue
        for language, words in claim.statement.versions:
            if language not in SAYS or says_who(words, language):
                continue
            sources = cited(claim.citations, register)
            if sources is not None and not _names_one(claim, sources, words, register):
                yield RULE.at(
                    claim.place.span("statement", language),
                    f"this {claim.mode} claim does not say who says so",
                    _suggestion(sources, language, register),
                )


def says_who(words: str, language: str) -> bool:
    """Whether the words, outside quotes, attribute what they say to someone."""
    text = outside_quotes(words).lower()
    if _plainly(text, language):
        return True
    return SAYS[language].search(NAMES_NO_ONE[language].sub(" ", text)) is not None


def _plainly(text: str, language: str) -> bool:
    """Whether a common word says so with nothing near it that could leave out who: a quick yes for most statements."""
    for word in _COMMON[language]:
        at = text.find(word)
        if at < 0 or _is_letter(text[at - 1 : at]) or _is_letter(text[at + len(word) : at + len(word) + 1]):
            continue
        before = text[:at].rsplit(None, _NEAR)
        if NAMES_NO_ONE[language].search(text, len(before[0]) if len(before) > _NEAR else 0) is None:
            return True
    return False


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _printed(name: str, register: Register) -> dict[str, str]:
    """The names of a publisher by language; one that is typed rather than recorded serves every language."""
    publisher = register.publisher(name)
    return dict(publisher.name) if publisher else {"": name}


def _names_one(claim: Claim, sources: tuple[Source, ...], words: str, register: Register) -> bool:
    """Whether a cited publisher or author is named, apart from the company and agency the claim is about."""
    company, agency = register.companies.get(claim.company), register.agencies.get(claim.counterparty or "")
    parties = [company.name, *company.aliases] if company else []
    parties += [name for text in (agency.name, agency.abbreviation) for _, name in text or ()] if agency else []
    text = folded(words)
    for party in sorted(parties, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(folded(party))}(?!\w)", " ", text)
    names = [author for source in sources for author in source.author]
    for source in sources:
        for name in filter(None, (source.publisher, source.publisher_of_record, source.wire)):
            names += _printed(name, register).values()
    return any(re.search(rf"(?<!\w){re.escape(folded(name).removeprefix('the '))}(?!\w)", text) for name in names)


def _suggestion(sources: tuple[Source, ...], language: str, register: Register) -> str:
    if not sources:
        return ""
    printed = _printed(sources[0].publisher_of_record or sources[0].publisher, register)
    name = printed.get(language) or next(iter(printed.values()))
    return f"End it with « selon {name} »." if language == "fr" else f"End it with ', {name} reported'."
