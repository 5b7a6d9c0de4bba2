"""Computed figures that prose may name, such as `{claims}`: a free-typed count would be wrong after the next edit."""

from __future__ import annotations

from dossier.plan.counts import Counts
from dossier.plan.edition import Edition


def figures(edition: Edition, counts: Counts) -> dict[str, str]:
    """Every figure of `values.FIGURES`, in the language's digits."""
    register, number = edition.register, edition.language.number
    return {
        "companies": number(counts.companies),
        "claims": number(counts.claims),
        "sources": number(counts.sources_read),
        "origins": number(len(counts.origins)),
        "responses": number(counts.responses),
        "demands": number(len(register.demands)),
        "events": number(len(register.events)),
        "agencies": number(len(register.agencies)),
        "quotes": number(counts.quotes),
        "checked": edition.language.date(counts.verified),
    }
