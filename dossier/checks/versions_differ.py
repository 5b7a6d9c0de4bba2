"""Both languages say the same numbers, months and codes, and cite the same sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dossier.checks.months import months
from dossier.checks.numbers import Number, codes, numbers, spelled
from dossier.checks.parts import span_at, texts
from dossier.checks.walk import live
from dossier.checks.words import once, without_marks
from dossier.document import Place
from dossier.model import Citation, Part
from dossier.problems import Problem, Rule
from dossier.register import Register
from dossier.values import Prose

RULE = Rule(
    "W603",
    "versions-differ",
    "language",
    "warning",
    "The versions of a text name the same numbers, months and codes, and cite the same sources.",
    "Each reader has one version only, and must not be told another sum or date than the rest. '2.8 million' and "
    "'2 800 000' are the same number; a small number may be digits in one version and a word in the other. A quote is "
    "compared with its translation.",
    "Correct the version that is wrong.",
)

READ = ("en", "fr")
"""Languages whose numbers and months are known here."""


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a text, where it stands, and what it names."""

    language: str
    words: str
    part: Part
    keys: tuple[str | int, ...]
    numbers: tuple[Number, ...]
    months: dict[int, tuple[int, int]]
    possible_months: frozenset[int]
    codes: dict[str, tuple[int, int]]

    @property
    def place(self) -> Place:
        return self.part.place.at(*self.keys)


def _read(language: str, words: str, part: Part, keys: tuple[str | int, ...]) -> _Version:
    bare = without_marks(words)
    return _Version(language, bare, part, keys, numbers(bare, language), *months(bare, language), codes(bare))


def check(register: Register, today: date) -> Iterator[Problem]:
    for field in texts(register):
        part = field.part
        if (len(field.versions) < 2 and not isinstance(part, Citation)) or not live(field.owner):
            continue
        written = [(code, words, (*field.keys, code)) for code, words in field.versions if code in READ]
        if isinstance(part, Citation):
            source = register.sources.get(part.source)
            if part.quote and source and source.language in READ:
                written = [version for version in written if version[0] != source.language]
                written.append((source.language, part.quote, ("quote",)))
        if len(written) < 2:
            continue
        versions = [_read(code, words, part, keys) for code, words, keys in written]
        for one in versions:
            for other in versions:
                if one is not other:
                    yield from _missing(one, other)
        if isinstance(field.value, Prose):
            yield from _cites_less(field.value, versions, register)


def _missing(one: _Version, other: _Version) -> Iterator[Problem]:
    """What `one` version names and the `other` does not."""
    if not (one.numbers or one.months or one.codes):
        return
    known = {value for number in other.numbers for value in number.values}
    unmatched = [number for number in one.numbers if not number.among(known)]
    in_words = spelled(other.words, other.language) if unmatched else frozenset()
    places = [(number.start, number.end) for number in unmatched if not number.among(in_words)]
    places += [place for month, place in one.months.items() if month not in other.possible_months]
    places += [place for code, place in one.codes.items() if code not in other.codes]
    for start, end in once(one.words, places):
        yield RULE.at(
            span_at(one.place, one.words, start, end),
            f"'{one.words[start:end]}' stands in {one.language} and not in {other.language}",
            also=[(other.place.span(), f"the text in {other.language}")],
        )


def _cites_less(prose: Prose, versions: list[_Version], register: Register) -> Iterator[Problem]:
    """Sources that one version of a prose cites and another does not."""
    passages = dict(prose)
    if any(mark.source not in register.sources for passage in passages.values() for mark in passage.marks):
        return  # A mark that is misspelt has its own finding.
    for one in versions:
        for other in versions:
            there = {mark.source for mark in passages[other.language].marks}
            for mark in {mark.source: mark for mark in passages[one.language].marks}.values():
                if mark.source not in there:
                    yield RULE.at(
                        one.place.span_of(mark.typed),
                        f"'{mark.source}' is cited in {one.language} and not in {other.language}",
                        also=[(other.place.span(), f"the text in {other.language}")],
                    )
