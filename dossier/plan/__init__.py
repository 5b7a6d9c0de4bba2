"""Register to pages: which pages exist, in which order they print, and the number of every note."""

from __future__ import annotations

from datetime import date

from dossier.addresses import Addresses
from dossier.language import language
from dossier.pages import Page
from dossier.plan.agencies import agencies_page, agency_page
from dossier.plan.companies import companies_page, company_page
from dossier.plan.demands import demands_page
from dossier.plan.edition import Edition
from dossier.plan.home import home_page
from dossier.plan.others import (
    changes_page,
    content_pages,
    corrections_page,
    data_page,
    not_found_page,
    timeline_page,
    tombstone_page,
)
from dossier.plan.sources import source_page, sources_page
from dossier.register import Register


def addresses_of(register: Register) -> Addresses:
    """Where the pages of this dossier stand."""
    slugs = {(page.name, page.language): page.slug for page in register.content if page.slug}
    return Addresses(register.languages[0], slugs)


def plan(register: Register, today: date) -> tuple[Page, ...]:
    """Every page in every language. A page holds just what it prints."""
    addresses = addresses_of(register)
    pages: list[Page] = []
    for code in register.languages:
        edition = Edition(register, language(code, register.languages[0]), addresses, today)
        pages += _edition(edition)
    pages.append(
        not_found_page(Edition(register, language(register.languages[0], register.languages[0]), addresses, today))
    )
    return tuple(pages)


def _edition(edition: Edition) -> list[Page]:
    register = edition.register
    pages = [home_page(edition), companies_page(edition)]
    pages += [company_page(edition, company) for company in register.companies.values()]
    pages.append(sources_page(edition))
    pages += [source_page(edition, source) for source in register.sources.values()]
    if register.agencies:
        pages.append(agencies_page(edition))
        pages += [agency_page(edition, agency) for agency in register.agencies.values()]
    if register.demands:
        pages.append(demands_page(edition))
    if edition.has_timeline:
        pages.append(timeline_page(edition))
    pages += [changes_page(edition), corrections_page(edition), data_page(edition)]
    pages += content_pages(edition)
    for tombstone in register.tombstones.values():
        pages += [
            tombstone_page(edition, tombstone, section, tombstone.id)
            for section in ("companies", "sources", "agencies")
        ]
    return pages
