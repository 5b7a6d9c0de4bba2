"""One unit of work: a company, source or agency, or one list of the site, planned and rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from dossier.frozen import dataclass
from dossier.memory import Marks, marked
from dossier.pages import File
from dossier.shelf import noting

if TYPE_CHECKING:
    from dossier.plan import Planner
    from dossier.render import Renderer


@dataclass(frozen=True, slots=True)
class Made:
    """What one unit came to: what it looked up, the lines it hands in, its files."""

    unit: str
    read: Marks
    lines: tuple[tuple[str, str, str], ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` (from 1) of `of` parts in which a site is built: each file is in one of them, by its path."""

    number: int = 1
    of: int = 1

    def has(self, path: str) -> bool:
        return self.of == 1 or crc32(path.encode()) % self.of == self.number - 1


def make(planner: Planner, renderer: Renderer, shard: Shard, unit: str) -> Made:
    """Plan one unit, make its pages and feeds that are in the shard, and note what planning looked up."""
    from dossier.export import files_of_feed, lines_of_company, lines_of_rest, lines_of_source, sitemap_line

    kind, _, name = unit.partition(":")
    register = planner.register
    with noting() as looked_up:
        planned = planner.plan(unit)
        lines = [*planned.lines]
        if kind == "company":
            lines += lines_of_company(register, register.companies[name])
        elif kind == "source":
            lines += lines_of_source(register, register.sources[name])
        elif kind == "others":
            lines += lines_of_rest(register)
        calendar = _calendar(planner) if kind == "calendar" else None
    frames = (page.frame for page in planned.pages if not page.frame.noindex)
    lines += [sitemap_line(register, frame.path, frame.alternates) for frame in frames]
    if planner.editions[0].carried:
        from dossier.carry import files_of

        editions = {edition.code: edition for edition in planner.editions}
        files = [file for page in planned.pages for file in files_of(page, editions[page.frame.code], renderer)]
    else:
        files = [renderer.file(page) for page in planned.pages if shard.has(page.frame.path)]
    for feed in planned.feeds:
        files += files_of_feed(feed, shard.has)
    files += [file for file in planned.files if shard.has(file.path)]
    if calendar and shard.has(calendar.path):
        files.append(calendar)
    return Made(unit, marked(looked_up), tuple(lines), tuple(files))


def _calendar(planner: Planner) -> File:
    """The days by which companies were asked to answer, made of lines as the lists of the site are."""
    from dossier.export.calendar import Due, as_calendar
    from dossier.plan.desk import DEADLINES

    dues = [Due(*told) for told in planner.lines.of(DEADLINES)]
    return File("data/reply-deadlines.ics", as_calendar(dues, planner.editions[0].today))
