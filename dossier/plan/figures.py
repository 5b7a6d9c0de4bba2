"""Computed figures that prose may name, such as `{claims}`: a free-typed count would be wrong after the next edit."""

from __future__ import annotations

from dossier.plan.edition import Edition


def figures(edition: Edition) -> dict[str, str]:
    """Every figure of `values.FIGURES`, in the language's digits."""
    register, number = edition.register, edition.language.number
    live = [claim for claim in register.claims.values() if not claim.withdrawn]
    origins = {origin.key for c in live for origin in register.standing[c.id].origins}
    quotes = {(s, link.quote) for s, links in register.backlinks.items() for link in links if link.quote}
    verified = max((c.verified for c in live if c.verified), key=lambda date: date.latest, default=None)
    return {
        "companies": number(len(register.companies)),
        "claims": number(len(live)),
        "sources": number(sum(s.read != "none" for s in register.sources.values())),
        "origins": number(len(origins)),
        "responses": number(len(register.responses)),
        "demands": number(len(register.demands)),
        "events": number(len(register.events)),
        "agencies": number(len(register.agencies)),
        "quotes": number(len(quotes)),
        "checked": edition.language.date(verified),
    }
