"""Dated entries: what was done, reported or answered, as a list and as a picture."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from typing import Protocol

from dossier.addresses import relative
from dossier.dates import Edtf
from dossier.frozen import dataclass
from dossier.model import OWN_WORDS, Claim, Correction, Demand, Event, Response
from dossier.plan.claims import answered
from dossier.plan.edition import Edition
from dossier.plan.notes import Notes, plain
from dossier.plan.vocabulary import CORRECTION, EVENT, KIND, RAISED
from dossier.views import Cite, Day, Link, Quote, Strip, StripMarks, StripYear, Words

WIDTH_OF_MONTH = 0.8
MARK, STEP, TALLEST = 8, 11, 176
"""Pixels: a mark, a mark with its gap, and the most that a stack may take (taller ones are drawn closer)."""


class Marked(Protocol):
    """What the picture shows of an entry: when, and whether the company speaks."""

    @property
    def date(self) -> Edtf: ...
    @property
    def answer(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry before it is said: its date, what it is about, and whether the company speaks."""

    date: Edtf
    record: Claim | Event | Response | Demand
    answer: bool = False

    @property
    def order(self) -> tuple[Date, Date, str]:
        return (self.date.earliest, self.date.latest, self.record.id)


def year_of(when: Edtf) -> int:
    """The year that an entry stands under: the first it speaks of."""
    point = when.start or when.end
    assert point
    return point.year


def in_order(entries: Iterable[Dated]) -> list[Dated]:
    return sorted(entries, key=lambda entry: entry.order)


def dated_of_company(edition: Edition, company: str) -> list[Dated]:
    """Every dated claim, answer, event and demand of one company."""
    register = edition.register
    claims = [Dated(c.date, c) for c in register.claims_of.get(company, ()) if c.date and not c.withdrawn]
    given = [r for r in register.responses_of.get(company, ()) if r.status in OWN_WORDS and not register.is_moot(r.id)]
    answers = [Dated(r.date, r, answer=True) for r in given]
    events = [Dated(e.date, e) for e in register.events_of.get(company, ())]
    demands = [Dated(d.date, d) for d in register.demands_to.get(company, ())]
    return in_order([*claims, *answers, *events, *demands])


def day(
    edition: Edition, here: str, entry: Dated, notes: Notes | None = None, company: bool = True, brief: bool = False
) -> Day:
    """An entry as printed. With `notes` an event is told in full and cited; without, it links to where it is.

    `company` says whether the company's name stands before a claim or an answer. A `brief` entry is its title alone,
    cited all the same: what an answer says stands beside its claim, and an event is told in full on the timeline.
    """
    register, language, record = edition.register, edition.language, entry.record
    words: Words = ()
    cites: tuple[Cite, ...] = ()
    quotes: tuple[Quote, ...] = ()
    link: Link | None = None
    title = ""
    if isinstance(record, Claim):
        heading = edition.named(record) if company else edition.heading(record)
        link = Link(heading, edition.claim_href(here, record))
        kind, group = edition.say(KIND[record.kind]), "claim"
    elif isinstance(record, Response):
        name = register.companies[record.company].name
        claim = answered(edition, record)
        said = edition.say("%(company)s answers", company=name)
        if claim and (company or brief):
            # Two answers of one day are told apart by what they answer, also by those who hear the links alone.
            said = edition.say("%(company)s answers on “%(what)s”", company=name, what=edition.heading(claim))
        link = Link(said, edition.claim_href(here, claim)) if claim else None
        title = "" if link else said
        words = notes.words(record.statement) if notes and record.statement and not brief else ()
        kind, group = edition.say("Reply"), "reply"
    elif isinstance(record, Demand):
        heading = language.text(record.title or record.text)
        link = Link(
            edition.say("%(who)s asks: %(what)s", who=record.by.name, what=heading),
            relative(here, f"{edition.path('demands')}#{record.id}"),
        )
        kind, group = edition.say("Demand"), "demand"
    else:
        title = language.text(record.title)
        kind, group = edition.say(EVENT[record.kind]), "event"
        if notes and not brief:
            cites = notes.cites(tuple(c for c in record.citations if not c.quote))
            words = notes.words(record.text)
            quotes = notes.quotes(record.citations)
        else:
            link, title = Link(title, relative(here, f"{edition.path('timeline')}#{record.id}")), ""
            told = dict.fromkeys(citation.source for citation in record.citations)
            cites = tuple([notes.cite(each) for each in told if each in register.sources]) if notes else ()
    return Day(
        when=language.date(entry.date),
        datetime=machine_date(entry.date),
        kind=kind,
        group="" if brief else group,  # nothing is filtered where entries are brief
        title=title,
        link=link,
        words=words,
        cites=cites,
        quotes=quotes,
        answer=entry.answer,
    )


def correction_day(edition: Edition, here: str, correction: Correction) -> Day:
    """A correction as an entry: what changed, before and after."""
    language, register = edition.language, edition.register
    said = [language.text(correction.text)]
    if correction.before and correction.after:
        said.append(
            edition.say(
                "Before: %(before)s Now: %(after)s",
                before=language.text(correction.before),
                after=language.text(correction.after),
            )
        )
    if correction.raised_by:
        said.append(edition.say(RAISED[correction.raised_by]) + ".")
    target = register.records.get(correction.target)
    link = None
    if isinstance(target, Claim) and target.company in register.companies:
        link = Link(edition.heading(target), edition.claim_href(here, target))
    return Day(
        when=language.date(correction.date),
        datetime=machine_date(correction.date),
        kind=edition.say(CORRECTION[correction.kind]),
        group="correction",
        title="" if link else correction.target,
        link=link,
        words=(plain(" ".join(filter(None, said))),),
        anchor=correction.id,
    )


def machine_date(when: Edtf) -> str:
    """For `<time datetime>`: a day, month or year as HTML knows them; '' where the date is none of these."""
    point = when.start
    if when.interval or point is None or point.decade or point.century or (point.month or 0) > 12:
        return ""
    return "-".join(
        f"{part:0{4 if not index else 2}d}"
        for index, part in enumerate(filter(None, (point.year, point.month, point.day)))
    )


def strip(edition: Edition, entries: Iterable[Marked]) -> Strip | None:
    """One mark an entry, stacked by month; None where there is too little to draw."""
    dated = [entry for entry in entries if entry.date.start and entry.date.start.year > 1900]
    if len(dated) < 3:
        return None
    first, last = dated[0].date.earliest.year, max(_end(entry).year for entry in dated)
    years = last - first + 1
    months = years * 12
    stacks: dict[tuple[int, bool], int] = {}
    placed: list[tuple[int, int, int, bool]] = []
    # Dates known only by their year lie lowest and take the whole year; months stand on top of them.
    for entry in sorted(dated, key=lambda entry: entry.date.start is None or entry.date.start.month is not None):
        start = entry.date.earliest
        month = (start.year - first) * 12 + start.month - 1
        span = 12 if entry.date.start and entry.date.start.month is None else 1
        height = stacks.get((month, entry.answer), 0)
        for each in range(month, month + span):
            stacks[each, entry.answer] = height + 1
        placed.append((month, height, span, entry.answer))
    above = max((h for (_, answer), h in stacks.items() if not answer), default=0)
    below = max((h for (_, answer), h in stacks.items() if answer), default=0)
    step = min(STEP, max(3, TALLEST // max(above, 1)))
    mark = min(MARK, step - 1)
    line = above * step + 6
    whole = line + below * step + 26
    shapes: dict[str, list[str]] = {}
    for year in range(0, years, years // 8 or 1):
        shapes.setdefault("strip__year", []).append(f"M{year * 12} 0v{whole - 14}")
    piles: dict[tuple[str, float], list[int]] = {}
    for month, height, span, answer in placed:
        if answer:
            width = f"{WIDTH_OF_MONTH * span}".lstrip("0")
            shapes.setdefault("strip__answer", []).append(
                f"M{month} {line + 3 + height * step}h{width}v{mark}h-{width}z"
            )
        else:
            shape = "strip__vague" if span > 1 else "strip__mark"
            piles.setdefault((shape, month + span * WIDTH_OF_MONTH / 2), []).append(height)
    for (shape, middle), heights in piles.items():
        # Marks that lie on each other are one dashed line, as wide as a mark; dashes run from its foot.
        for height in sorted(heights):
            if height - 1 not in heights:
                top = height
                while top + 1 in heights:
                    top += 1
                foot = f"M{middle:g} {line - 3 - height * step}"
                shapes.setdefault(shape, []).append(f"{foot}v-{(top - height) * step + mark}")
    marks = tuple(StripMarks(shape, "".join(paths)) for shape, paths in shapes.items())
    ticks = tuple(
        StripYear(_percent(year * 12, months), str(first + year)) for year in range(0, years, years // 8 or 1)
    )
    says = edition.say(
        "Dated entries by month, %(first)s to %(last)s: %(entries)s, of which %(answers)s. All are in the list below.",
        first=first,
        last=last,
        entries=edition.count("%(n)s entry", "%(n)s entries", len(dated)),
        answers=edition.count("%(n)s is an answer", "%(n)s are answers", sum(e.answer for e in dated)),
    )
    return Strip(says, ticks, marks, months, whole, line, f"{mark} {step - mark}")


def _end(entry: Marked) -> Date:
    return entry.date.known_latest if entry.date.start else entry.date.latest


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}%"
