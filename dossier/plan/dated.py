"""The lists of dates: the timeline and the changes, on one page or a page a year or month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from heapq import nlargest
from itertools import groupby

from dossier.addresses import relative
from dossier.dates import Edtf, parse_edtf
from dossier.frozen import dataclass, replace
from dossier.pages import ChangesPage, Page, TimelinePage
from dossier.plan.days import Dated, day, strip, year_of
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines
from dossier.plan.notes import Notes
from dossier.plan.paging import months, periods, year_of_list
from dossier.views import Day, Days, Link, Row


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it was handed in. `said` is None for an event: it is told anew where it is printed."""

    date: Edtf
    answer: bool
    id: str
    said: Day | None

    @property
    def order(self) -> tuple[Date, Date, str]:
        return (self.date.earliest, self.date.latest, self.id)


def _family(edition: Edition, name: str) -> str:
    return f"{name}/{edition.code}"


def _told(lines: Lines, lists: Iterable[str], here: str) -> list[Told]:
    """The entries of these lists, in no order: one known by its year stands in another list than those of a month."""
    return [Told(parse_edtf(text), *rest) for name in lists for text, *rest in lines.of(name, here)]


def _event(edition: Edition, here: str, name: str, notes: Notes | None = None) -> Day:
    """An event told in full where notes are given, else as a link to there."""
    event = edition.register.events[name]
    made = day(edition, here, Dated(event.date, event), notes)
    return replace(made, anchor=name) if notes else made


def parts_of(section: str, codes: Iterable[str], lines: Lines) -> dict[str, list[str]]:
    """The pages that a list by date has besides its first, each with the parts of its lists' names after the language:
    those of all languages together, since one may tell more than another, and every page has its counterpart."""
    most: dict[str, int] = {}
    for code in codes:
        for name, length in lines.lengths(f"{section}/{code}").items():
            month = name.rsplit("/", 1)[1]
            most[month] = max(most.get(month, 0), length)
    found = periods({f"/{month}": length for month, length in most.items()})
    return {period: [name.removeprefix("/") for name in lists] for period, lists in found.items()}


def _parts(edition: Edition, section: str, lines: Lines) -> dict[str, list[str]]:
    """The same, each with its lists in the edition's language."""
    family = _family(edition, section)
    found = parts_of(section, edition.register.languages, lines)
    return {period: [f"{family}/{month}" for month in named] for period, named in found.items()}


def timeline_page(edition: Edition, lines: Lines, period: str = "") -> Page:
    """Everything with a date. Events are told in full on the first page, so that their addresses stay when the list
    outgrows it; claims and replies link to where they stand."""
    lengths = lines.lengths(_family(edition, "timeline"))
    parts = _parts(edition, "timeline", lines)
    path = ("timeline", period) if period else ("timeline",)
    here = edition.path(*path)
    notes = Notes(edition, here)
    lists = parts[period] if period else [] if parts else months(lengths)
    found = _told(lines, lists, here)
    if parts and not period:
        found = [Told(event.date, False, event.id, None) for event in edition.register.events.values()]
    years: dict[int, list[Day]] = {}
    told = sorted(found, key=lambda each: (year_of(each.date), each.order))
    for each in told:
        said = each.said or _event(edition, here, each.id, None if period else notes)
        years.setdefault(year_of(each.date), []).append(said)
    title = edition.say("Timeline")
    named = f"{title}, {_period(edition, period)}" if period else title
    return TimelinePage(
        frame=edition.frame(*path, title=named),
        title=named,
        trail=(Link(title, relative(here, edition.path("timeline"))),) if period else (),
        lede=edition.say(
            "What was done, reported, asked and answered, by date. Dates are no more precise than the sources."
        ),
        contents=_contents(edition, here, "timeline", parts, lengths) if not period else (),
        strip=strip(edition, told),
        years=tuple(Days(str(year), tuple(days)) for year, days in years.items()),
        references=notes.references(),
    )


def _period(edition: Edition, period: str) -> str:
    """2025, or March 2025."""
    return edition.language.date(parse_edtf(period.removesuffix("-00"))) if len(period) in (4, 7) else period


def _contents(
    edition: Edition, here: str, section: str, parts: dict[str, list[str]], lengths: dict[str, int]
) -> tuple[Row, ...]:
    """The parts of a list, each with how many entries it has."""
    return tuple(
        Row(
            Link(_period(edition, period), relative(here, edition.path(section, period))),
            (edition.count("%(n)s entry", "%(n)s entries", sum(lengths.get(name, 0) for name in lists)),),
        )
        for period, lists in parts.items()
    )


def latest(edition: Edition, lines: Lines, here: str, most: int) -> list[Day]:
    """The entries of the timeline with the latest dates, the latest first, for another page."""
    found: list[Told] = []

    def is_enough() -> bool:
        # What has no known beginning comes before everything, whatever year it stands under.
        return sum(each.date.start is not None for each in found) >= most

    lists = months(lines.lengths(_family(edition, "timeline")))
    for _, mine in groupby(reversed(lists), key=year_of_list):
        for name in mine:
            # Of a date in no one month only its year is known here: it may be later than those of the last months.
            if name.endswith("-00") or not is_enough():
                found += _told(lines, [name], here)
        if is_enough():
            break
    chosen = nlargest(most, found, key=lambda each: each.order)
    return [each.said or _event(edition, here, each.id) for each in chosen]


def changes_page(edition: Edition, lines: Lines, said: dict[str, str], period: str = "") -> Page:
    """What changed after it was published: corrections, withdrawals, removals, replies, changes of status."""
    lengths = lines.lengths(_family(edition, "changes"))
    parts = _parts(edition, "changes", lines)
    path = ("changes", period) if period else ("changes",)
    here = edition.path(*path)
    notes = Notes(edition, here, said)
    body = edition.content("changes") if not period else None
    words = notes.words(body.body) if body else ()
    lists = parts[period] if period else [] if parts else months(lengths)
    days = tuple(each for name in reversed(lists) for each in lines.of(name, here))
    title = edition.say("Changes")
    named = f"{title}, {_period(edition, period)}" if period else title
    return ChangesPage(
        frame=edition.frame(*path, title=named, feed="" if period else edition.path()),
        title=named,
        trail=(Link(title, relative(here, edition.path("changes"))),) if period else (),
        lede=edition.say("Corrections, withdrawals, replies and changes of status, the latest first."),
        body=words,
        contents=_contents(edition, here, "changes", dict(reversed(parts.items())), lengths) if not period else (),
        days=days,
        none="" if days or parts else edition.say("No change so far."),
        references=notes.references(),
    )
