"""Register to pages: which pages exist, in which order they print, and the number of every note.

Pages are planned unit by unit. A unit is one company, source or agency, or one list of the site, in all languages. The
first kind also hands in lines (`lines.py`); lists are planned from those, afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import chain

from dossier.addresses import IN_PLACE, Addresses
from dossier.feed import Feed
from dossier.frozen import dataclass
from dossier.language import language
from dossier.model import OWN_WORDS
from dossier.pages import CompanyPage, File, Page
from dossier.plan import counts as counting
from dossier.plan import feeds, hand_in, search
from dossier.plan.agencies import agencies_page, agency_page
from dossier.plan.card import card_of_gone, card_page
from dossier.plan.citing import cite_page
from dossier.plan.companies import company_page
from dossier.plan.comparable import SECTION as COMPARE
from dossier.plan.comparable import is_comparable
from dossier.plan.compare import compare_page
from dossier.plan.counts import Counts, added
from dossier.plan.dated import changes_page, parts_of, timeline_page
from dossier.plan.demands import demands_page
from dossier.plan.desk import DEADLINES, deadlines, desk_page
from dossier.plan.drafts import draft_page
from dossier.plan.edition import Edition
from dossier.plan.feeds import company_feed, listed_feed
from dossier.plan.figures import figures
from dossier.plan.gone import was_claim
from dossier.plan.history import history_page
from dossier.plan.home import home_page
from dossier.plan.lines import Line, Lines
from dossier.plan.news import of_company
from dossier.plan.others import content_page, corrections_page, data_page, not_found_page, tombstone_page
from dossier.plan.overview import PARTED as OVERVIEW
from dossier.plan.overview import overview_page
from dossier.plan.paging import lettered
from dossier.plan.pictures import Pictures
from dossier.plan.registers import companies_page, letters_of_sources, sources_page
from dossier.plan.searched import index_file, names_of_files, parts_of_index, search_page
from dossier.plan.sources import source_page
from dossier.plan.weak_points import PARTED as WEAK_POINTS
from dossier.plan.weak_points import weak_points_page
from dossier.register import Register
from dossier.searching import breadth_of, shard_of
from dossier.shelf import note

GONE = ("companies", "sources", "agencies")
"""Sections in which a record that is gone leaves a notice; of a claim the page of its company has one."""


def addresses_of(register: Register) -> Addresses:
    """Where the pages of this dossier stand."""
    slugs = {(page.name, page.language): page.slug for page in register.content if page.slug}
    return Addresses(register.languages[0], slugs)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one unit makes: its pages, their feeds and what their scripts read, and the lines it hands to lists."""

    pages: tuple[Page, ...]
    lines: tuple[Line, ...] = ()
    feeds: tuple[Feed, ...] = ()
    files: tuple[File, ...] = ()


class Planner:
    """Plans units of one register. `lines` gives what units have handed in; `sections` are those of `sections_of`,
    which every page's menu must know before the first is planned; `names` gives the ids of a collection, in order."""

    def __init__(
        self,
        register: Register,
        today: date,
        lines: Lines,
        sections: frozenset[str],
        names: Callable[[str], Iterable[str]],
        carried: frozenset[str] = frozenset(),
    ) -> None:
        self.register = register
        self.lines = lines
        self._names = names
        self._counts: Counts | None = None
        self._built = today.isoformat()
        self.breadth = breadth_of(*(sum(1 for _ in names(each)) for each in ("companies", "sources")))
        addresses = addresses_of(register)
        first = register.languages[0]
        self.editions = [
            Edition(register, language(code, first), addresses, today, sections, carried) for code in register.languages
        ]
        drawn = self.editions if "images" in carried else []
        self._pictures = {edition.code: Pictures(edition) for edition in drawn}

    @property
    def counts(self) -> Counts:
        if self._counts is None:
            self._counts = added(self.lines.texts(counting.LIST))
        note(f"lines={counting.LIST}")
        return self._counts

    def records(self) -> Iterator[str]:
        """The units of records: each company in the order of the files, and after it the sources that it is the first
        to cite. What is looked up together then lies together in memory, of which a process copies what it looks at."""
        left = dict.fromkeys(self._names("sources"))
        for name in self._names("companies"):
            yield f"company:{name}"
            for claim in self.register.claims_of.get(name, ()):
                for citation in claim.citations:
                    if citation.source in left:
                        del left[citation.source]
                        yield f"source:{citation.source}"
        yield from (f"source:{name}" for name in left)
        yield "others:"

    def sums(self) -> Iterator[str]:
        """The units that add up what records hand in, for the lists: by shard, and then these sums."""
        yield from (f"sum:{number}" for number in range(self.breadth))
        yield "sum:"

    def lists(self) -> Iterator[str]:
        """The units that are planned once all lines are handed in."""
        register, lines, code = self.register, self.lines, self.editions[0].code
        yield from ("home:", "companies:", "sources:", "changes:", "corrections:", "data:", "missing:", "draft:")
        yield from (f"companies:{letter}" for letter in lettered(lines.lengths(f"companies/{code}")))
        yield from (f"sources:{letter}" for letter in letters_of_sources(register.languages, lines))
        yield "overview:"
        yield from (f"overview:{page}" for page in OVERVIEW.pages(register.languages, lines))
        yield "weak:"
        yield from (f"weak:{page}" for page in WEAK_POINTS.pages(register.languages, lines))
        sections = self.editions[0].sections
        if COMPARE in sections:
            yield "compare:"
        if "timeline" in sections:
            yield "timeline:"
            yield from (f"timeline:{period}" for period in parts_of("timeline", register.languages, lines))
        yield from (f"changes:{period}" for period in parts_of("changes", register.languages, lines))
        if "agencies" in sections:
            yield "agencies:"
            yield from (f"agency:{name}" for name in self._names("agencies"))
        if "demands" in sections:
            yield "demands:"
        if any(True for _ in lines.texts(DEADLINES)):
            yield "calendar:"
        yield "search:"
        yield from (f"search:{letter}" for letter in parts_of_index(lines, code))
        yield from (f"index:{name}" for name in names_of_files(self.breadth))
        pages = dict.fromkeys(page.name for page in register.content)
        yield from (f"content:{name}" for name in pages if name not in IN_PLACE)
        yield from (f"gone:{name}" for name in self._names("tombstones"))

    def plan(self, unit: str) -> Planned:
        """The pages and lines of a unit. Raises `KeyError` for a unit of a record that is not there."""
        kind, _, name = unit.partition(":")
        planned = self._planned(kind, name)
        for page in planned.pages if self._pictures else ():
            page.frame.images = self._pictures[page.frame.code].images(kind, name)
        return planned

    def _planned(self, kind: str, name: str) -> Planned:
        if kind == "draft":
            drafts = [draft_page(edition, self._names) for edition in self.editions]
            files = {file.path: file for _, files in drafts for file in files}
            return Planned(tuple(page for page, _ in drafts), files=tuple(files.values()))
        if kind == "search":
            found = [search_page(edition, self.lines, self.breadth, name) for edition in self.editions]
            return Planned(tuple(page for page, _ in found), files=tuple(file for _, files in found for file in files))
        if kind == "index":
            return Planned((), files=tuple(index_file(edition, self.lines, name) for edition in self.editions))
        made = [(edition, page) for edition in self.editions for page in self._pages(edition, kind, name)]
        lines = [*self._lines(kind, name)]
        followed = [(edition, page) for edition, page in made if page.frame.follow]
        if kind == "company":
            company, told = self.register.companies[name], []
            for edition, page in followed:
                own = of_company(edition, company)
                told.append(company_feed(edition, page, company, own, self._built))
                lines += feeds.from_company(edition, own)
        else:
            told = [listed_feed(edition, page, self.lines, kind, name, self._built) for edition, page in followed]
        return Planned(tuple([page for _, page in made]), tuple(lines), tuple(told))

    def _lines(self, kind: str, name: str) -> Iterator[Line]:
        register = self.register
        if kind == "company":
            company = register.companies[name]
            shard = counting.shard(shard_of(name, self.breadth))
            yield shard, f"company {name}", counting.of_company(register, company, self.editions[0].today)
            yield from deadlines(self.editions[0], company)
            for edition in self.editions:
                yield from hand_in.from_company(edition, company)
                yield from search.from_company(edition, company, self.breadth)
        elif kind == "source":
            source = register.sources[name]
            shard = counting.shard(shard_of(name, self.breadth))
            yield shard, f"source {name}", counting.of_source(register, source)
            for edition in self.editions:
                yield from hand_in.from_source(edition, source)
                yield from search.from_source(edition, source, self.breadth)
        elif kind == "others":
            for edition in self.editions:
                yield from hand_in.from_others(edition)
                yield from search.from_others(edition, self.breadth)
                yield from feeds.from_others(edition)
        elif kind == "sum":
            into, of = (counting.SUMS, counting.shard(name)) if name else (counting.LIST, counting.SUMS)
            yield into, name, added(self.lines.texts(of)).told()

    def _pages(self, edition: Edition, kind: str, name: str) -> Iterator[Page]:
        register, lines = self.register, self.lines
        make: dict[str, Callable[[], Page]] = {
            "company": lambda: company_page(edition, register.companies[name]),
            "source": lambda: source_page(edition, register.sources[name]),
            "agency": lambda: agency_page(edition, register.agencies[name], lines),
            "home": lambda: home_page(edition, lines, self.counts),
            "companies": lambda: companies_page(edition, lines, name),
            "sources": lambda: sources_page(edition, lines, self.counts if not name else None, name),
            "weak": lambda: weak_points_page(edition, lines, self.counts if not name else None, name),
            "overview": lambda: overview_page(edition, lines, self.counts if not name else None, name),
            "agencies": lambda: agencies_page(edition, lines, self.counts),
            "compare": lambda: compare_page(edition, lines),
            "demands": lambda: demands_page(edition),
            "timeline": lambda: timeline_page(edition, lines, name),
            "changes": lambda: changes_page(edition, lines, figures(edition, self.counts) if not name else {}, name),
            "corrections": lambda: corrections_page(edition, figures(edition, self.counts)),
            "data": lambda: data_page(edition, lines),
        }
        if kind in make:
            yield (page := make[kind]())
            if isinstance(page, CompanyPage):
                yield desk_page(edition, register.companies[name])
                yield card_page(edition, register.companies[name], page)
                yield cite_page(edition, register.companies[name])
                if register.past.reach != "none":
                    yield history_page(edition, register.companies[name])
        elif kind == "missing" and edition is self.editions[0]:
            yield not_found_page(edition, self.editions[1:])
        elif kind == "content" and (prose := edition.content(name)):
            yield content_page(edition, prose, figures(edition, self.counts))
        elif kind == "gone":
            tombstone = register.tombstones[name]
            for section in () if was_claim(edition, tombstone) else GONE:
                yield tombstone_page(edition, tombstone, section, name)
            if not was_claim(edition, tombstone):
                yield card_of_gone(edition, tombstone)


def plan(register: Register, today: date) -> tuple[Page, ...]:
    """Every page in every language, all at once. A page holds just what it prints."""
    held: dict[str, dict[str, str]] = {}

    def read(name: str) -> Iterator[str]:
        mine = held.get(name, {})
        return (mine[place] for place in sorted(mine))

    def lengths(beginning: str) -> dict[str, int]:
        return {name: len(mine) for name, mine in held.items() if name.startswith(beginning)}

    lines = Lines(read, lengths, lambda name: iter(sorted(held.get(name, ()))))
    planner = Planner(register, today, lines, sections_of(register), lambda collection: getattr(register, collection))
    pages: list[Page] = []
    for unit in chain(planner.records(), planner.sums()):
        planned = planner.plan(unit)
        pages += planned.pages
        for name, place, told in planned.lines:
            held.setdefault(name, {})[place] = told
    for unit in planner.lists():
        pages += planner.plan(unit).pages
    return tuple(pages)


def sections_of(register: Register) -> frozenset[str]:
    """The sections that there are only where something stands in them: timeline, agencies, demands, and companies side
    by side."""
    is_dated = (
        any(True for _ in register.events)
        or any(True for _ in register.demands)
        or any(claim.date and not claim.withdrawn for claim in register.claims.values())
        or any(answer.status in OWN_WORDS for answer in register.responses.values())
    )
    return sections(lambda collection: getattr(register, collection), is_dated)


def sections(names: Callable[[str], Collection[str]], is_dated: bool) -> frozenset[str]:
    """The same of the ids in each collection, and whether anything has a date."""
    there = {name for name in ("agencies", "demands") if names(name)}
    there |= {COMPARE} if is_comparable(names("companies")) else set()
    return frozenset(there | ({"timeline"} if is_dated else set()))
