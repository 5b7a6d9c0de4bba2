"""What each record hands to the lists of the site: its entry, its dated entries, its rows on other pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.addresses import relative
from dossier.dates import Edtf
from dossier.model import OWN_WORDS, Claim, Company, Event, Source
from dossier.plan.companies import claims_of, entry, letter_of, sort_key
from dossier.plan.compare import lines_to_compare
from dossier.plan.days import Dated, correction_day, day, machine_date, year_of
from dossier.plan.edition import Edition
from dossier.plan.lines import ROOT, Line, falling, written
from dossier.plan.notes import plain
from dossier.plan.rewordings import explaining, history_link, is_reworded, name_it_had, on
from dossier.plan.standing_lines import lines_of_standing
from dossier.plan.tabled import company_row
from dossier.plan.vocabulary import DEMAND, REASON
from dossier.plan.weak_lines import lines_of_company, lines_of_source
from dossier.views import Day, Link

APART = "\x01"
"""Parts a name from what follows it in a place: no character sorts before it."""


def from_company(edition: Edition, company: Company) -> Iterator[Line]:
    """A company in its lists, its claims and replies in theirs."""
    register, code = edition.register, edition.code
    name = f"{sort_key(company.name)}{APART}{company.id}"
    made = (bool(company.apart), entry(edition, ROOT, company), company_row(edition, ROOT, company))
    yield f"companies/{code}/{letter_of(company.name)}", name, written(made)
    yield from lines_to_compare(edition, company, name)
    if company.unknown:
        yield f"unknown/{code}", name, written(company.id)
    claims = claims_of(edition, company)
    for claim in claims:
        if claim.withdrawn:
            yield from _change(edition, claim.withdrawn.date.latest, claim.id, _withdrawn(edition, claim))
        elif claim.date:
            yield _dated(edition, Dated(claim.date, claim))
    for answer in register.responses_of.get(company.id, ()):
        if answer.status in OWN_WORDS:
            told = Dated(answer.date, answer, answer=True)
            if not register.is_moot(answer.id):
                yield _dated(edition, told)
            yield from _change(edition, answer.date.known_latest, answer.id, day(edition, ROOT, told))
    yield from _from_past(edition, company, claims)
    yield from lines_of_standing(edition, company, claims)
    yield from lines_of_company(edition, company)


def _from_past(edition: Edition, company: Company, claims: tuple[Claim, ...]) -> Iterator[Line]:
    """What only the history tells: claims that came after its first day, and what was reworded without a correction,
    which would tell it."""
    past, new = edition.register.past, dict[str, int]()
    for claim in claims:
        for change in past.of(claim.id):
            if change.deed == "new" and change.day != past.begins:
                new[change.day] = new.get(change.day, 0) + 1
            elif is_reworded(change, edition.code) and not explaining(edition, claim.id, change):
                link = history_link(edition, ROOT, company.id, edition.named(claim), change.day)
                said = Day(on(edition, change.day), change.day, edition.say("Wording changed"), "correction", "", link)
                yield from _change(edition, date.fromisoformat(change.day), claim.id, said, f" {change.commit}")
    for day_, number in new.items():
        link = history_link(edition, ROOT, company.id, company.name, day_)
        kind = edition.count("%(n)s new claim", "%(n)s new claims", number)
        said = Day(on(edition, day_), day_, kind, "claim", "", link)
        yield from _change(edition, date.fromisoformat(day_), company.id, said, " new")


def _begun(when: Edtf | None) -> int:
    return when.earliest.toordinal() if when else 0


def _withdrawn(edition: Edition, claim: Claim) -> Day:
    assert claim.withdrawn
    return Day(
        edition.language.date(claim.withdrawn.date),
        machine_date(claim.withdrawn.date),
        edition.say("Withdrawn"),
        "correction",
        "",
        Link(edition.heading(claim), edition.claim_href(ROOT, claim)),
        (plain(edition.say(REASON[claim.withdrawn.reason])),),
    )


def _dated(edition: Edition, told: Dated) -> Line:
    """A dated entry for the timeline: the date as typed, whether it is an answer, its id, and what is printed. An event
    is told in full where it stands, with notes of that page: nothing of it is handed in."""
    start = told.date.start
    month = start.month if start and start.month is not None and start.month <= 12 else 0
    name = f"timeline/{edition.code}/{year_of(told.date)}-{month:02}"
    place = f"{told.date.earliest.isoformat()} {told.date.latest.isoformat()} {told.record.id}"
    said = None if isinstance(told.record, Event) else day(edition, ROOT, told)
    return name, place, written((told.date.text, told.answer, told.record.id, said))


def _change(edition: Edition, when: date, name: str, said: Day, part: str = "") -> Iterator[Line]:
    yield f"changes/{edition.code}/{when.year}-{when.month:02}", f"{falling(when)} {name}{part}", written(said)


def from_source(edition: Edition, source: Source) -> Iterator[Line]:
    """A source in the list of sources, under whose work it is."""
    # Imported here, since that module imports what lists of sources are made with.
    from dossier.plan.sources import disclosure, source_row

    maker = edition.maker(source)
    begun = _begun(source.issued)
    place = f"{sort_key(maker)}{APART}{maker}{APART}{begun:07} {source.id}"
    told = (maker, disclosure(edition, source), source_row(edition, ROOT, source))
    yield f"sources/{edition.code}/{letter_of(maker)}", place, written(told)
    yield from lines_of_source(edition, source)


def from_others(edition: Edition) -> Iterator[Line]:
    """Events, demands, corrections and removals in the lists of dates."""
    register, language = edition.register, edition.language
    for event in register.events.values():
        yield _dated(edition, Dated(event.date, event))
    for demand in register.demands.values():
        yield _dated(edition, Dated(demand.date, demand))
        link = Link(
            language.text(demand.title or demand.text), relative(ROOT, f"{edition.path('demands')}#{demand.id}")
        )
        for index, step in enumerate(demand.history[1:]):
            said = Day(
                language.date(step.date), machine_date(step.date), edition.say(DEMAND[step.status]), "demand", "", link
            )
            yield from _change(edition, step.date.latest, demand.id, said, f" {index:03}")
    for correction in register.corrections.values():
        yield from _change(edition, correction.date.latest, correction.id, correction_day(edition, ROOT, correction))
    for tombstone in register.tombstones.values():
        said = Day(
            language.date(tombstone.date),
            machine_date(tombstone.date),
            edition.say("Removed"),
            "correction",
            name_it_had(edition, tombstone.id, with_company=True),
            None,
            (plain(language.text(tombstone.reason)),),
        )
        yield from _change(edition, tombstone.date.latest, tombstone.id, said)
