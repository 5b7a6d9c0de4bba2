"""All versions say the same numbers, dates and codes, and cite the same sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from dossier.checks.months import months, other_dates, whole_dates
from dossier.checks.numbers import Number, codes, numbers, spelled
from dossier.checks.parts import span_at, texts
from dossier.checks.walk import live
from dossier.checks.words import once, without_marks
from dossier.document import Place, Span
from dossier.frozen import dataclass
from dossier.model import Citation, ContentPage, Part
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register
from dossier.values import GROUP, Mark, Prose, marks_in

RULE = Rule(
    "W603",
    "versions-differ",
    "language",
    "warning",
    "The versions of a text name the same numbers, dates and codes, and cite the same sources.",
    "Each reader has one version only, and must not be told another sum or date than the rest. '2.8 million' and "
    "'2 800 000' are the same number; a small number may be digits in one version and a word in the other. A quote is "
    "compared with its translation, a content page with the same page in the other language.",
    "Correct the version that is wrong.",
)

READ = ("en", "fr")
"""Languages whose numbers and months are known here."""
_DIGITS = regex(r"\d+")
_EXAMPLE = regex(r"^ {0,3}(`{3,20}|~{3,20}).*?^ {0,3}\1", re.DOTALL | re.MULTILINE)
_FIGURE = regex(r"\{[a-z]{1,20}\}")


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a text, and what it names. `part` is None where it is looked up in a file of its own."""

    language: str
    typed: str
    words: str
    part: Part | None
    keys: tuple[str | int, ...]
    numbers: tuple[Number, ...]
    months: dict[int, tuple[int, int]]
    possible_months: frozenset[int]
    codes: dict[str, tuple[int, int]]

    @property
    def place(self) -> Place:
        assert self.part
        return self.part.place.at(*self.keys)

    @property
    def also(self) -> list[tuple[Span, str]]:
        return [(self.place.span(), f"the text in {self.language}")] if self.part else []


def _read(language: str, words: str, part: Part | None = None, keys: tuple[str | int, ...] = ()) -> _Version:
    bare = without_marks(words)
    return _Version(language, words, bare, part, keys, numbers(bare, language), *months(bare, language), codes(bare))


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
                        yield from _cites_less(one, other, register)
    for page in register.content:
        yield from _pages(page, register)


def _pages(page: ContentPage, register: Register) -> Iterator[Problem]:
    """What a content page names and its version in another language does not."""
    passage = page.body.get(page.language)
    if page.language not in READ or passage is None:
        return
    one = _read(page.language, _in_a_line(passage.markdown), page, ("body", page.language))
    for code, text in register.page_texts.get(page.name, ()):
        if code != page.language and code in READ:
            other = _other_page(code, text)
            yield from _missing(one, other)
            yield from _cites_less(one, other, register)
            lacking = [figure for figure in _FIGURE.finditer(one.words) if figure[0] not in other.words]
            yield from _said(one, other, [figure.span() for figure in lacking])


@lru_cache(maxsize=64)
def _other_page(code: str, text: str) -> _Version:
    return _read(code, _in_a_line(text))


def _in_a_line(markdown: str) -> str:
    """The words of a page, not its examples, as they are printed: a number may be cut by the end of a line."""
    return " ".join(_EXAMPLE.sub(" ", markdown).split())


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
    if not places and one.months and other.months:
        # All parts are there: are they put together alike?
        places = other_dates(whole_dates(one.words, one.language), whole_dates(other.words, other.language))
    yield from _said(one, other, places)


def _said(one: _Version, other: _Version, places: Iterable[tuple[int, int]]) -> Iterator[Problem]:
    for start, end in once(one.words, places):
        yield RULE.at(
            span_at(one.place, one.words, start, end),
            f"'{one.words[start:end]}' stands in {one.language} and not in {other.language}",
            also=other.also,
        )


def _marks(version: _Version) -> list[Mark]:
    return [mark for group in GROUP.finditer(version.typed) for mark in marks_in(group[1])]


def _figures(mark: Mark) -> tuple[str, ...]:
    """The figures of a locator: "para. 4" and « par. 4 » are the same place."""
    return tuple(_DIGITS.findall(mark.locator))


def _cites_less(one: _Version, other: _Version, register: Register) -> Iterator[Problem]:
    """Sources, and places in them, that `one` version of a prose cites and the `other` does not."""
    if "[@" not in one.typed:
        return
    ours, theirs = _marks(one), _marks(other)
    if any(mark.source not in register.sources for mark in (*ours, *theirs)):
        return  # A mark that is misspelt has its own finding.
    sources = {mark.source for mark in theirs}
    located = {(mark.source, _figures(mark)) for mark in theirs}
    for mark in {mark.source: mark for mark in ours}.values():
        if mark.source not in sources:
            yield RULE.at(
                one.place.span_of(mark.typed),
                f"'{mark.source}' is cited in {one.language} and not in {other.language}",
                also=other.also,
            )
    for mark in {(mark.source, _figures(mark)): mark for mark in ours}.values():
        if mark.source in sources and (mark.source, _figures(mark)) not in located:
            where = f"'{mark.locator}' of '{mark.source}'" if mark.locator else f"'{mark.source}' without a locator"
            yield RULE.at(
                one.place.span_of(mark.typed),
                f"{where} is cited in {one.language} and not in {other.language}",
                also=other.also,
            )
