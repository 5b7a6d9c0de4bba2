"""Pages that hold one list or one text: timeline, changes, corrections, prose, data, tombstones, the 404."""

from __future__ import annotations

from dataclasses import replace

from dossier.addresses import IN_PLACE, relative
from dossier.model import Tombstone
from dossier.pages import ChangesPage, ContentPage, DataPage, NotFoundPage, Page, TimelinePage, TombstonePage
from dossier.plan.claims import OWN_WORDS
from dossier.plan.days import Dated, by_year, correction_day, dated_of_all, day, machine_date, strip
from dossier.plan.edition import Edition
from dossier.plan.figures import figures
from dossier.plan.notes import Notes, plain
from dossier.plan.vocabulary import DEMAND, REASON
from dossier.views import Day, Download, Link


def timeline_page(edition: Edition) -> Page:
    """Everything with a date. Events are told here in full; claims and replies link to their page."""
    here = edition.path("timeline")
    notes = Notes(edition, here)
    entries = dated_of_all(edition)
    return TimelinePage(
        frame=edition.frame("timeline", title=edition.say("Timeline")),
        title=edition.say("Timeline"),
        lede=edition.say(
            "What was done, reported, asked and answered, by date. Dates are no more precise than the sources."
        ),
        strip=strip(edition, entries),
        years=by_year(edition, here, entries, notes),
        references=notes.references(),
    )


def corrections_page(edition: Edition) -> Page:
    """Every correction, and how corrections are made."""
    here = edition.path("corrections")
    notes = Notes(edition, here, figures(edition))
    body = edition.content("corrections")
    found = sorted(edition.register.corrections.values(), key=lambda c: (-c.date.latest.toordinal(), c.id))
    words = notes.words(body.body) if body else ()
    return ChangesPage(
        frame=edition.frame("corrections", title=body.title if body else edition.say("Corrections")),
        title=body.title if body else edition.say("Corrections"),
        lede=edition.count("%(n)s correction so far.", "%(n)s corrections so far.", len(found))
        if found
        else edition.say("No correction so far."),
        body=words,
        days=tuple(correction_day(edition, here, c) for c in found),
        none="" if found else edition.say("Nothing published here has been corrected yet."),
        references=notes.references(),
    )


def changes_page(edition: Edition) -> Page:
    """What changed after it was published: corrections, withdrawals, removals, replies, changes of status."""
    register, language = edition.register, edition.language
    here = edition.path("changes")
    notes = Notes(edition, here, figures(edition))
    body = edition.content("changes")
    words = notes.words(body.body) if body else ()
    dated: list[tuple[int, str, Day]] = []
    for correction in register.corrections.values():
        dated.append((correction.date.latest.toordinal(), correction.id, correction_day(edition, here, correction)))
    for claim in register.claims.values():
        if claim.withdrawn:
            made = Day(
                language.date(claim.withdrawn.date),
                machine_date(claim.withdrawn.date),
                edition.say("Withdrawn"),
                "correction",
                "",
                Link(edition.heading(claim), edition.claim_href(here, claim)),
                (plain(edition.say(REASON[claim.withdrawn.reason])),),
            )
            dated.append((claim.withdrawn.date.latest.toordinal(), claim.id, made))
    for tombstone in register.tombstones.values():
        made = Day(
            language.date(tombstone.date),
            machine_date(tombstone.date),
            edition.say("Removed"),
            "correction",
            tombstone.id,
            None,
            (plain(language.text(tombstone.reason)),),
        )
        dated.append((tombstone.date.latest.toordinal(), tombstone.id, made))
    for response in register.responses.values():
        if response.status in OWN_WORDS:
            dated.append(
                (
                    response.date.known_latest.toordinal(),
                    response.id,
                    day(edition, here, Dated(response.date, response, answer=True)),
                )
            )
    for demand in register.demands.values():
        for step in demand.history[1:]:
            link = Link(
                language.text(demand.title or demand.text), relative(here, f"{edition.path('demands')}#{demand.id}")
            )
            dated.append(
                (
                    step.date.latest.toordinal(),
                    demand.id,
                    Day(
                        language.date(step.date),
                        machine_date(step.date),
                        edition.say(DEMAND[step.status]),
                        "demand",
                        "",
                        link,
                    ),
                )
            )
    ordered = [made for _, _, made in sorted(dated, key=lambda each: (-each[0], each[1]))]
    return ChangesPage(
        frame=edition.frame("changes", title=edition.say("Changes")),
        title=edition.say("Changes"),
        lede=edition.say("Corrections, withdrawals, replies and changes of status, the latest first."),
        body=words,
        days=tuple(ordered),
        none="" if ordered else edition.say("No change so far."),
        references=notes.references(),
    )


def content_pages(edition: Edition) -> list[Page]:
    """A page for each prose page that has one of its own."""
    made: list[Page] = []
    for name, page in edition.pages.items():
        if name in IN_PLACE:
            continue
        here = edition.path(name)
        notes = Notes(edition, here, figures(edition))
        others = tuple(other.language for other in edition.register.content if other.name == name)
        body = notes.words(page.body)
        made.append(
            ContentPage(
                frame=edition.frame(name, title=page.title, description=page.description or "", others=others),
                title=page.title,
                trail=(Link(edition.say("Home"), relative(here, edition.path())),),
                body=body,
                references=notes.references(),
            )
        )
    return made


def data_page(edition: Edition) -> Page:
    """What can be downloaded."""
    here = edition.path("data")
    root = relative(here, "x").removesuffix("x")
    files = (
        ("claims.csv", edition.say("Every claim: wording, label, origins, amount, dates, reply.")),
        ("companies.csv", edition.say("Every company, with counts.")),
        ("sources.csv", edition.say("Every source, with what cites it.")),
        ("dossier.json", edition.say("The whole dossier as one document.")),
        ("dossier.sqlite", edition.say("The whole dossier as a database.")),
        ("datapackage.json", edition.say("What the columns mean (Frictionless Data Package).")),
        ("sources.bib", edition.say("The sources for BibTeX.")),
        ("sources.ris", edition.say("The sources for reference managers (RIS).")),
        ("sources.csl.json", edition.say("The sources as CSL-JSON, for Zotero and Pandoc.")),
    )
    return DataPage(
        frame=edition.frame("data", title=edition.say("Data")),
        title=edition.say("Data"),
        lede=edition.say(
            "All that these pages print, for machines. Licence: %(licence)s.",
            licence=edition.language.text(edition.register.site.licence),
        ),
        downloads=tuple(Download(Link(name, f"{root}data/{name}"), says) for name, says in files),
    )


def tombstone_page(edition: Edition, tombstone: Tombstone, *parts: str) -> Page:
    """The address of a record that is gone."""
    register = edition.register
    here = edition.path(*parts)
    instead = None
    if tombstone.replaced_by and tombstone.replaced_by in register.companies:
        instead = edition.company_link(here, register.companies[tombstone.replaced_by])
    elif tombstone.replaced_by and tombstone.replaced_by in register.sources:
        source = register.sources[tombstone.replaced_by]
        instead = Link(source.title, edition.source_href(here, source.id))
    return TombstonePage(
        frame=edition.frame(*parts, title=edition.say("Removed"), noindex=True),
        title=edition.say("This page was removed"),
        words=edition.language.text(tombstone.reason),
        when=edition.language.date(tombstone.date),
        instead=instead,
    )


def not_found_page(edition: Edition) -> Page:
    """404.html, which a server may show at any depth: its links are absolute."""
    frame = edition.frame("404", title=edition.say("Page not found"), path="404.html", noindex=True, others=())

    def absolute(link: Link) -> Link:
        return Link(link.text, edition.register.site.base_url.rstrip("/") + "/" + link.href, link.lang)

    base = edition.register.site.base_url.rstrip("/") + "/"
    frame = replace(
        frame,
        menu=tuple(absolute(each) for each in frame.menu),
        home=base + frame.home,
        root=base,
        footer=tuple(absolute(each) for each in frame.footer),
        alternates=(),
        languages=tuple(absolute(each) for each in frame.languages),
        canonical="",
    )
    links = [Link(edition.say("Companies"), "companies")]
    if edition.has_timeline:
        links.append(Link(edition.say("Timeline"), "timeline"))
    links.append(Link(edition.say("Sources"), "sources"))
    return NotFoundPage(
        frame=frame,
        title=edition.say("Page not found"),
        lede=edition.say(
            "There is no page at this address. Ids are permanent here, so the address was probably "
            "mistyped; what is removed leaves a notice."
        ),
        links=tuple(Link(each.text, base + edition.path(each.href)) for each in links),
    )
