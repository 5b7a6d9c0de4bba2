"""What was looked for and not found."""

from __future__ import annotations

from dossier.model import Search
from dossier.plan.edition import Edition
from dossier.views import Looked


def looked(edition: Edition, here: str, search: Search, named: bool = True) -> Looked:
    """A search as printed; `named` adds the company it was about."""
    language = edition.language
    company = edition.register.companies.get(search.company or "") if named else None
    query = language.text(search.query)
    return Looked(
        query=query[:1].upper() + query[1:],
        where=language.text(search.where),
        when=language.date(search.date),
        result=language.text(search.result) or edition.say("Nothing was found."),
        company=edition.company_link(here, company) if company else None,
    )
