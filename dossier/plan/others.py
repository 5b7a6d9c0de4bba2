"""Pages that hold one list or one text: corrections, prose, data, tombstones, the 404."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.addresses import relative
from dossier.frozen import replace
from dossier.model import ContentPage as Prose
from dossier.model import Tombstone
from dossier.pages import ChangesPage, ContentPage, DataPage, NotFound, NotFoundPage, Page, TombstonePage
from dossier.plan.carrying import downloads as carried_downloads
from dossier.plan.days import correction_day
from dossier.plan.desk import DEADLINES
from dossier.plan.drafts import DRAFT
from dossier.plan.edition import Edition
from dossier.plan.gone import instead, removed
from dossier.plan.lines import Lines
from dossier.plan.notes import Notes
from dossier.views import Download, Link


def corrections_page(edition: Edition, said: dict[str, str]) -> Page:
    """Every correction, and how corrections are made."""
    here = edition.path("corrections")
    notes = Notes(edition, here, said)
    body = edition.content("corrections")
    found = sorted(edition.register.corrections.values(), key=lambda c: (-c.date.latest.toordinal(), c.id))
    words = notes.words(body.body) if body else ()
    return ChangesPage(
        frame=edition.frame("corrections", title=body.title if body else edition.say("Corrections"), feed=here),
        title=body.title if body else edition.say("Corrections"),
        lede=edition.count("%(n)s correction so far.", "%(n)s corrections so far.", len(found))
        if found
        else edition.say("No correction so far."),
        trail=(),
        contents=(),
        body=words,
        days=tuple(correction_day(edition, here, c) for c in found),
        none="" if found else edition.say("Nothing published here has been corrected yet."),
        references=notes.references(),
    )


def content_page(edition: Edition, page: Prose, said: dict[str, str]) -> Page:
    """A prose page that has a page of its own. `said` are the computed figures."""
    here = edition.path(page.name)
    notes = Notes(edition, here, said)
    others = tuple(other.language for other in edition.register.content if other.name == page.name)
    body = notes.words(page.body)
    return ContentPage(
        frame=edition.frame(page.name, title=page.title, description=page.description or "", others=others),
        title=page.title,
        trail=(Link(edition.say("Home"), relative(here, edition.path())),),
        body=body,
        references=notes.references(),
    )


def data_page(edition: Edition, lines: Lines) -> Page:
    """What can be downloaded."""
    here = edition.path("data")
    root = relative(here, "x").removesuffix("x")
    files: tuple[tuple[str, str], ...] = (
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
    if any(True for _ in lines.texts(DEADLINES)):
        says = edition.say("The days by which companies were asked to answer (iCalendar).")
        files += (("reply-deadlines.ics", says),)
    return DataPage(
        frame=edition.frame("data", title=edition.say("Data")),
        title=edition.say("Data"),
        lede=edition.say(
            "All that these pages print, for machines. Licence: %(licence)s.",
            licence=edition.language.text(edition.register.site.licence),
        ),
        draft=Link(edition.say("Draft a contribution"), relative(here, edition.path(DRAFT))),
        downloads=(
            *(Download(Link(name, f"{root}data/{name}"), says) for name, says in files),
            *carried_downloads(edition, root),
        ),
    )


def tombstone_page(edition: Edition, tombstone: Tombstone, *parts: str) -> Page:
    """The address of a record that is gone: no search engine lists it, and no sitemap."""
    here = edition.path(*parts)
    return TombstonePage(
        frame=edition.frame(*parts, title=edition.say("Removed"), noindex=True),
        title=edition.say("This page was removed"),
        words=edition.language.text(tombstone.reason),
        when=removed(edition, tombstone),
        instead=instead(edition, here, tombstone),
    )


def not_found_page(edition: Edition, others: Sequence[Edition]) -> Page:
    """404.html, which a server may show at any depth and to readers of any language: its links are absolute, and the
    `others` say the same."""
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
        feeds=tuple((kind, title, base + href) for kind, title, href in frame.feeds),
    )
    return NotFoundPage(frame=frame, told=tuple(_not_found(each, base) for each in (edition, *others)))


def _not_found(edition: Edition, base: str) -> NotFound:
    links = [Link(edition.say("Companies"), "companies")]
    if "timeline" in edition.sections:
        links.append(Link(edition.say("Timeline"), "timeline"))
    links += [Link(edition.say("Sources"), "sources"), Link(edition.say("Search"), "search")]
    return NotFound(
        lang=edition.language.tag,
        title=edition.say("Page not found"),
        lede=edition.say(
            "There is no page at this address. Ids are permanent here, so the address was probably "
            "mistyped; what is removed leaves a notice."
        ),
        links=tuple(Link(each.text, base + edition.path(each.href)) for each in links),
    )
