"""What a citation of a company's page or of a claim names: title, address, day and version.

The day is that on which the text came to say what it says, and not that on which it was last checked or built: for a
claim since when the lock has its wording, else its last change in git; for a page its last change in git, else the last
day in the lock. Where neither knows what stands there now, there is none.
"""

from __future__ import annotations

from dossier.citing import Cited
from dossier.model import Claim, Company
from dossier.plan.edition import Edition
from dossier.plan.vocabulary import LABEL
from dossier.published import changed


def cited_company(edition: Edition, company: Company) -> Cited:
    """The page of a company as a whole."""
    url, version = edition.absolute(edition.path("companies", company.id)), edition.version_of(company)
    return Cited(company.id, company.name, url, _day_of_company(edition, company, version), version)


def cited_claim(edition: Edition, claim: Claim, page: Cited) -> Cited:
    """One claim of a company's page: its heading under the company's name, and that it is a claim, with its label: what
    is cited is what sources say, not what the editors found to be so."""
    title = edition.say(
        "%(company)s: %(what)s (claim: %(label)s)",
        company=page.title,
        what=edition.heading(claim),
        label=edition.say(LABEL[edition.register.standing[claim.id].label]),
    )
    past = edition.register.past
    states = past.states_of(page.id)
    is_committed = bool(states) and states[-1].version == page.version
    day = _locked(edition, claim) or (past.last(claim.id) if is_committed else "")
    return Cited(claim.id, title, f"{page.url}#{claim.id}", day, page.version)


def _day_of_company(edition: Edition, company: Company, version: str) -> str:
    """The day on which the history knows the version to have come; without it, the last one in the lock."""
    states = edition.register.past.states_of(company.id)
    # Where a history that is known in part begins, nobody knows when what is there came to be.
    begun = states[1:] if edition.register.past.reach == "part" else states
    if begun and begun[-1].version == version:
        return begun[-1].day
    claims = edition.register.claims_of.get(company.id, ())
    days = [_locked(edition, claim) for claim in claims if not claim.withdrawn]
    return max(days) if days and all(days) else ""


def _locked(edition: Edition, claim: Claim) -> str:
    """Since when a claim says what it says, as far as the lock knows it; '' for one that says something else by now."""
    locked = edition.register.published.get(claim.id)
    return locked.since if locked and not changed(locked, claim) else ""
