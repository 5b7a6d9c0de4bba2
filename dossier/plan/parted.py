"""Several lists that share a page, and are parted together where one page would not hold them: a page a letter, and
more than one for a letter that is too full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from dossier.addresses import relative
from dossier.frozen import dataclass
from dossier.plan import paging
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines, read
from dossier.plan.paging import in_alphabet, letters, part_of_letter
from dossier.plan.registers import alphabet
from dossier.views import Letter


@dataclass(frozen=True, slots=True)
class Parted:
    """The lists `<family>-<kind>/<language>/<letter>` of a section, in the order in which a page prints `kinds`. A page
    is named by its letter, `T/2` and on where it is not the first of it; the first page of all has no name."""

    section: str
    family: str
    kinds: tuple[str, ...]

    def pages(self, codes: tuple[str, ...], lines: Lines) -> list[str]:
        """The names of the pages beside the first, in every language. None where the first page holds all."""
        sizes: Counter[str] = Counter()
        for code in codes:
            mine: Counter[str] = Counter()
            for kind in self.kinds:
                lengths = lines.lengths(f"{self.family}-{kind}/{code}")
                mine.update({letter: lengths[name] for letter, name in letters(lengths).items()})
            # Each language has the same lines, under letters of its own.
            if mine.total() <= paging.MOST:
                return []
            sizes |= mine
        return [
            f"{letter}/{part}" if part > 1 else letter
            for letter in in_alphabet(sizes)
            for part in range(1, (sizes[letter] + paging.MOST - 1) // paging.MOST + 1)
        ]

    def path(self, name: str) -> tuple[str, ...]:
        """What names a page's address."""
        letter, _, part = name.partition("/")
        return (self.section, *([part_of_letter(letter)] if letter else []), *([part] if part else []))

    def all(self, edition: Edition, lines: Lines, here: str, kind: str) -> Iterator[Any]:
        """All lines of a kind, letter by letter."""
        for name in letters(lines.lengths(f"{self.family}-{kind}/{edition.code}")).values():
            yield from lines.of(name, here)

    def of(self, edition: Edition, lines: Lines, here: str, name: str) -> dict[str, list[Any]]:
        """The lines of a page by kind, as they stand in the lists: those that are passed over are not read."""
        letter, _, part = name.partition("/")
        first = (int(part or 1) - 1) * paging.MOST
        last = first + paging.MOST
        found: dict[str, list[Any]] = {}
        for kind in self.kinds:
            family = f"{self.family}-{kind}/{edition.code}"
            length = lines.lengths(family).get(f"{family}/{letter}", 0)
            if first < length and last > 0:
                told = islice(lines.texts(f"{family}/{letter}"), max(first, 0), last)
                found[kind] = [read(text, here) for text in told]
            first, last = first - length, last - length
        return found

    def ways(self, edition: Edition, name: str, pages: list[str]) -> tuple[tuple[Letter, ...], tuple[Letter, ...]]:
        """From a page to each letter, and to the other pages of its own letter where it has more than one."""
        here = edition.path(*self.path(name))
        found = {each: relative(here, edition.path(*self.path(each))) for each in pages}
        mine = [each for each in pages if each.partition("/")[0] == name.partition("/")[0]] if name else []
        numbered = [Letter(str(n), "" if each == name else found[each]) for n, each in enumerate(mine, 1)]
        return (
            alphabet({each: href for each, href in found.items() if "/" not in each}) if pages else (),
            tuple(numbered) if mine[1:] else (),
        )
