"""Numbers in a statement come from a quote or a field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dossier.checks.numbers import numbers, spelled
from dossier.checks.parts import live_claims, span_at
from dossier.checks.words import once
from dossier.model import Claim
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W403",
    "unbacked-number",
    "money",
    "warning",
    "A number in a statement stands in a quote of the claim or in one of its fields.",
    "A number is what gets repeated, and a slip in it is what gets the whole dossier doubted.",
    "Quote the words that give the number, put it in `amount` or `date`, or say it without a number.",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for claim in live_claims(register):
        found = [(code, words, [*numbers(words, code)]) for code, words in claim.statement.versions]
        found = [each for each in found if each[2]]
        for known in (_in_amount, _in_dates, _in_quotes, _in_words_and_names):
            if found:
                values = known(claim, register)
                rest = ((code, words, [n for n in left if not n.among(values)]) for code, words, left in found)
                found = [each for each in rest if each[2]]
        for language, words, left in found:
            for start, end in once(words, ((number.start, number.end) for number in left)):
                yield RULE.at(
                    span_at(claim.place.at("statement", language), words, start, end),
                    f"'{words[start:end]}' stands in no quote of this claim and in none of its fields",
                )


def _in_amount(claim: Claim, register: Register) -> set[Decimal]:
    return {claim.amount.value} if claim.amount else set()


def _in_dates(claim: Claim, register: Register) -> set[int]:
    """Years and days of the claim and of its sources."""
    sources = [register.sources.get(citation.source) for citation in claim.citations]
    dates = filter(None, (claim.date, *(source.issued for source in sources if source)))
    points = [point for day in dates for point in (day.start, day.end) if point]
    return {n for point in points for n in (point.year, point.day) if n}


def _in_quotes(claim: Claim, register: Register) -> set[Decimal]:
    quotes = _quotes(claim, register)
    return {value for words, language in quotes for number in numbers(words, language) for value in number.values}


def _in_words_and_names(claim: Claim, register: Register) -> set[Decimal]:
    """Numbers spelled out in quotes, and those in names and titles."""
    known = {value for words, language in _quotes(claim, register) for value in spelled(words, language)}
    for words, language in _names(claim, register):
        known |= spelled(words, language)
        known.update(value for number in numbers(words, language) for value in number.values)
    return known


def _quotes(claim: Claim, register: Register) -> Iterator[tuple[str, str]]:
    """The words of the claim's quotes and their translations, with their language."""
    for citation in claim.citations:
        source = register.sources.get(citation.source)
        if citation.quote:
            yield citation.quote, source.language if source else register.languages[0]
        yield from ((words, language) for language, words in citation.translation or ())


def _names(claim: Claim, register: Register) -> Iterator[tuple[str, str]]:
    """Names of the company, its legal entities, the agency and the publishers, and titles of the sources."""
    for citation in claim.citations:
        if source := register.sources.get(citation.source):
            yield source.title, source.language
            for name in filter(None, (source.publisher, source.publisher_of_record, source.wire)):
                publisher = register.publisher(name)
                yield from ((words, code) for code, words in publisher.name) if publisher else [(name, "en")]
    if company := register.companies.get(claim.company):
        yield from ((name, "en") for name in (company.name, *company.aliases))
        yield from ((entity.name, "en") for entity in company.legal_entities)
    if agency := register.agencies.get(claim.counterparty or ""):
        yield from ((words, code) for code, words in agency.name)
