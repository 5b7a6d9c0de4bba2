"""Agencies: what is claimed about business with each, what each did, what was asked of it."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

from dossier.addresses import relative
from dossier.listing import AgenciesPage
from dossier.model import Agency
from dossier.pages import AgencyPage, Page
from dossier.plan.amounts import drawn
from dossier.plan.companies import sort_key
from dossier.plan.counts import Counts
from dossier.plan.days import Dated, day, in_order
from dossier.plan.demands import demand_row
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines
from dossier.plan.matrix import matrix
from dossier.plan.notes import Notes, plain
from dossier.plan.paging import MOST
from dossier.plan.standing import standing_of_agency
from dossier.views import Fact, Link, Row


def agency_link(edition: Edition, here: str, agency: Agency) -> Link:
    return Link(edition.agency_name(agency), relative(here, edition.path("agencies", agency.id)))


def listed_agency(edition: Edition, here: str, agency: Agency) -> Link:
    """An agency where a reader looks for it in a list: with its abbreviation, by which claims name it."""
    name, short = edition.agency_name(agency), edition.agency_name(agency, short=True)
    said = name if short in name or name.endswith(")") else f"{name} ({short})"
    return Link(said, agency_link(edition, here, agency).href)


def agencies_page(edition: Edition, lines: Lines, counts: Counts) -> Page:
    """All agencies by name, each with how much is filed under it, and the companies that claims name beside them."""
    register = edition.register
    here = edition.path("agencies")
    rows = []
    for agency in sorted(register.agencies.values(), key=lambda a: (sort_key(edition.agency_name(a)), a.id)):
        claims = counts.agencies[agency.id]
        events = len(register.events_of.get(agency.id, ()))
        country = edition.language.country(agency.country) if agency.country else ""
        rows.append(
            Row(
                listed_agency(edition, here, agency),
                (
                    country,
                    edition.count("%(n)s claim", "%(n)s claims", claims),
                    edition.count("%(n)s event", "%(n)s events", events),
                ),
            )
        )
    return AgenciesPage(
        frame=edition.frame("agencies", title=edition.say("Agencies")),
        title=edition.say("Agencies"),
        lede=edition.say("Public bodies that claims, events and demands name."),
        rows=tuple(rows),
        matrix=matrix(edition, lines, here),
    )


def agency_page(edition: Edition, agency: Agency, lines: Lines) -> Page:
    """One agency. Its claims are the lines that companies handed in."""
    register, language = edition.register, edition.language
    here = edition.path("agencies", agency.id)
    notes = Notes(edition, here)
    rows = tuple(lines.of(f"agency/{edition.code}/{agency.id}", here))
    amounts = islice(lines.of(f"agency-amounts/{edition.code}/{agency.id}", here), MOST)
    events = in_order(Dated(event.date, event) for event in register.events_of.get(agency.id, ()))
    days = tuple(day(edition, here, entry, notes) for entry in events)
    facts = []
    if agency.abbreviation:
        facts.append(Fact(edition.say("Abbreviation"), (plain(language.text(agency.abbreviation)),)))
    if agency.parent and agency.parent in register.agencies:
        facts.append(Fact(edition.say("Part of"), (), agency_link(edition, here, register.agencies[agency.parent])))
    if agency.country:
        facts.append(Fact(edition.say("Country"), (plain(language.country(agency.country)),)))
    if agency.website:
        facts.append(
            Fact(edition.say("Website"), (), Link(agency.website.split("://", 1)[-1].strip("/"), agency.website))
        )
    name = edition.agency_name(agency)
    foreign = "" if agency.name.get(edition.code) else agency.name.languages[0]
    below = tuple(
        agency_link(edition, here, other)
        for other in sorted(register.agencies.values(), key=lambda a: sort_key(edition.agency_name(a)))
        if other.parent == agency.id
    )
    said = edition.say(
        "Named as the other side in %(claims)s; involved in %(events)s.",
        claims=edition.count("%(n)s claim", "%(n)s claims", len(rows)),
        events=edition.count("%(n)s event", "%(n)s events", len(events)),
    )
    return AgencyPage(
        frame=edition.frame(
            "agencies",
            agency.id,
            title=name,
            description=edition.say("Claims, events and demands that name %(agency)s.", agency=name),
            feed=here,
            title_lang=foreign,
        ),
        name=name,
        name_lang=foreign,
        trail=(Link(edition.say("Agencies"), relative(here, edition.path("agencies"))),),
        counts=said,
        facts=tuple(facts),
        standing=standing_of_agency(edition, here, agency.id, lines, rows),
        claims=rows,
        amounts=drawn(edition, tuple((currency, Decimal(value), row) for currency, value, row in amounts)),
        days=days,
        demands=tuple(demand_row(edition, here, d) for d in register.demands_to.get(agency.id, ())),
        below=below,
        references=notes.references(),
    )
