"""Lines that records hand in, to files for machines: tables, one document, one database, bibliographies, and what
servers read.

Everything stands at the root of the output, once for all languages. The same lines and date give the same bytes on
every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from dossier.export import bibliography
from dossier.export.addresses import Absolute
from dossier.export.before import Before, Changed
from dossier.export.columns import FORMAT, Table
from dossier.export.database import as_sqlite, rows_of
from dossier.export.feeds import files_of_feed
from dossier.export.joined import Lines, Text, joined
from dossier.export.lines import Line, lines_of_company, lines_of_rest, lines_of_source, sheet
from dossier.export.package import Measure, Measured, as_package
from dossier.export.spreadsheet import head
from dossier.export.tables import tables
from dossier.export.web import PAGES, Listed, entries, headers, robots, sitemap, sitemap_line
from dossier.export.whole import as_json, collection
from dossier.frozen import dataclass
from dossier.model import COLLECTIONS
from dossier.pages import File, Stream
from dossier.register import Register

__all__ = [
    "PUBLISHED", "Changed", "Line", "Lines", "Listed", "Machines", "Measure", "all_lines", "export", "files",
    "files_of_feed", "lines_of_company", "lines_of_rest", "lines_of_source", "sitemap_line",
]  # fmt: skip

PUBLISHED = ("claims", "companies", "sources")
"""Tables that are published as CSV, each in a file of its name."""


@dataclass(frozen=True, slots=True, eq=False)
class Machines:
    """The files for machines that have to be made, in an order in which each can be written once."""

    files: tuple[File | Stream, ...]
    _data: tuple[Measured, ...]

    def __iter__(self) -> Iterator[File | Stream]:
        return iter(self.files)

    def measured(self) -> dict[str, Measure]:
        """Size and hash of each data file as it stands when all is written, and asked then: what the next build calls
        `known`. Files that nobody read are not in it."""
        return {each.path: each.found for each in self._data if each.found}


def files(
    register: Register,
    today: date,
    lines: Lines,
    listed: Iterable[Listed] | None = None,
    *,
    known: Mapping[str, Measure] | None = None,
    changed: Container[str] | None = None,
    before: Path | None = None,
    changed_lines: Mapping[str, Changed] | None = None,
) -> Machines:
    """All files for machines, made of lines: of the register, no more is asked than its site.

    After a build of the same date, site and program, only those that it would leave wrong: `changed` are the names of
    the lists whose lines are not what they were, `known` the size and hash of each data file as it stands. A data file
    that is not known is made. `before` is the folder of the site as it stands: what is as it was in the document and
    the database there is taken from them, if nobody touched these. For that `changed_lines` has, for every changed list
    that they are made of, all the places at which something else stands now, and what (None: nothing).

    `listed` are the HTML pages for the sitemap in the order of their paths, where no lines hold them. The package
    describes the data files by size and hash: written after them, it costs nothing.
    """
    made, at = tables(register.languages), Absolute.of(register)
    known = known or {}
    about = {
        "format": str(FORMAT),
        "generated_for": today.isoformat(),
        "url": at.base,
        **{f"title_{code}": words for code, words in register.site.title},
        **{f"licence_{code}": words for code, words in register.site.licence},
    }
    document, database = "data/dossier.json", "data/dossier.sqlite"
    recorded, stored = tuple(map(collection, COLLECTIONS)), tuple(map(rows_of, made))

    def old(path: str, lists: tuple[str, ...]) -> Before | None:
        told = None if changed is None else changed_lines
        if before is None or told is None or path not in known:
            return None
        is_told = all(name in told for name in lists if name in (changed or ()))
        return Before(before / path, known[path], told) if is_told else None

    data = (
        *(_of_one_list(sheet(name), partial(_sheet, made[name]), lines) for name in PUBLISHED),
        Measured(document, recorded, partial(as_json, register, today, lines, old(document, recorded))),
        Measured(database, stored, partial(as_sqlite, tuple(made.values()), about, lines, old(database, stored))),
        _of_one_list("data/sources.bib", bibliography.as_bibtex, lines),
        _of_one_list("data/sources.ris", joined, lines),
        _of_one_list("data/sources.csl.json", bibliography.as_csl, lines),
    )
    for each in data:
        if changed is not None and not any(name in changed for name in each.lists):
            each.found = known.get(each.path)
    wanted: list[File | Stream] = [each.stream for each in data if each.found is None]
    if wanted:
        wanted.append(Stream("data/datapackage.json", lambda: iter((as_package(register, today, made, data),))))
    if changed is None or PAGES in changed:
        pages = tuple(listed) if isinstance(listed, Iterator) else listed
        wanted.append(Stream("sitemap.xml", lambda: sitemap(lines(PAGES) if pages is None else entries(pages, at))))
    if changed is None:
        wanted += File("_headers", headers(register.languages)), File("robots.txt", robots(at))
    return Machines(tuple(wanted), data)


def _of_one_list(path: str, make: Callable[[Iterator[Text]], Iterator[bytes]], lines: Lines) -> Measured:
    return Measured(path, (path,), lambda: make(lines(path)))


def _sheet(table: Table, rows: Iterator[Text]) -> Iterator[bytes]:
    yield head(table).encode()
    yield from joined(rows)


def all_lines(register: Register) -> Iterator[Line]:
    """The lines of every record."""
    companies = (lines_of_company(register, company) for company in register.companies.values())
    sources = (lines_of_source(register, source) for source in register.sources.values())
    return chain(chain.from_iterable(companies), chain.from_iterable(sources), lines_of_rest(register))


def export(register: Register, today: date, pages: Iterable[Listed]) -> tuple[File, ...]:
    """All files for machines at once, where there is room for it. The order of `pages` plays no part."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, key, text in all_lines(register):
        found.setdefault(name, []).append((key, text))
    for texts in found.values():
        texts.sort()
    made = files(register, today, lambda name: (text for _, text in found.get(name, ())), sorted(pages))
    return tuple(each if isinstance(each, File) else File(each.path, b"".join(each.chunks())) for each in made)
