"""Where companies can be compared, and the way there."""

from __future__ import annotations

from collections.abc import Collection

from dossier.addresses import relative
from dossier.model import Company
from dossier.plan.edition import Edition
from dossier.views import Link

COMPARE = "companies/compare"
"""The page, by its English address."""
SECTION = "compare"
"""The section that a dossier has where `is_comparable` says so."""
MOST = 60
"""Companies that one page holds beside each other."""


def is_comparable(companies: Collection[object]) -> bool:
    return 2 <= len(companies) <= MOST


def compare_link(edition: Edition, here: str, company: Company | None = None) -> Link | None:
    """To the page of comparisons, with a company chosen; None where there is no such page."""
    if SECTION not in edition.sections:
        return None
    href = relative(here, edition.path(COMPARE))
    if company is None:
        return Link(edition.say("Two companies side by side"), href)
    return Link(edition.say("Beside another company"), f"{href}?a={company.id}")
