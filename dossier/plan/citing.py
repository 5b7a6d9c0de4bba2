"""The page on which a company's page and its claims are cited, embedded and corrected."""

from __future__ import annotations

from html import escape

from dossier.addresses import relative
from dossier.card import HEIGHT
from dossier.cite_page import CitePage, CiteView
from dossier.citing import Cited, Format
from dossier.model import Claim, Company
from dossier.pages import Page
from dossier.plan.cite_formats import PEOPLE, formats
from dossier.plan.cited import cited_claim, cited_company
from dossier.plan.claims import words_quoted
from dossier.plan.companies import claims_of
from dossier.plan.edition import Edition
from dossier.plan.report_links import report_links
from dossier.views import Link

CITE = "cite"
WIDTH = 480
"""Pixels of an embedded card; a narrower page makes it narrower."""


def cite_page(edition: Edition, company: Company) -> Page:
    """The page as a whole, then each claim in the order of the company's page."""
    here = edition.path("companies", company.id, CITE)
    claims = claims_of(edition, company)
    whole = cited_company(edition, company)
    views = tuple([_claim(edition, here, claim, whole) for claim in claims])
    title = edition.say("Cite, embed or correct: %(company)s", company=company.name)
    how = [edition.say("Where a style asks for the day on which you read the page, add it.")]
    if whole.day:
        how.append(edition.say("The date in a citation is the day on which the text came to say what it says."))
    if edition.register.past.reach != "none":
        how.append(
            edition.say("The version names what the page said; the history of the page tells what has changed since.")
        )
    return CitePage(
        frame=edition.frame("companies", company.id, CITE, title=title, noindex=True, cited=whole, scripts=("copy",)),
        title=title,
        trail=(
            Link(edition.say("Companies"), relative(here, edition.path("companies"))),
            edition.company_link(here, company),
        ),
        lede=edition.say(
            "Each claim is a statement by a named source. To cite this dossier is not to cite that source: cite the "
            "original too. It is linked with each claim."
        ),
        how=tuple(how),
        contents=tuple([Link(view.heading, f"#{view.anchor}") for view in views]),
        whole=_view(edition, here, whole, "", edition.say("The whole page")),
        claims=views,
    )


def _claim(edition: Edition, here: str, claim: Claim, page: Cited) -> CiteView:
    view = _view(edition, here, cited_claim(edition, claim, page), claim.id, edition.listed(claim), claim.company)
    if claim.withdrawn:
        when = edition.language.date(claim.withdrawn.date)
        view.says = (edition.say("This claim was withdrawn, %(date)s. Cite it as withdrawn, if at all.", date=when),)
    view.sources = _sources(edition, here, claim)
    view.foot = (words_quoted(edition, claim),)
    view.reports = report_links(edition, claim)
    return view


def _view(edition: Edition, here: str, cited: Cited, anchor: str, heading: str, company: str = "") -> CiteView:
    company = company or cited.id
    at = f"{edition.path('companies', company)}#{anchor}" if anchor else edition.path("companies", company)
    all_formats = formats(edition, cited)
    return CiteView(
        anchor=anchor,
        heading=heading,
        permanent=Link(cited.url, relative(here, at)),
        says=(),
        sources=(),
        styles=all_formats[:PEOPLE],
        programs=all_formats[PEOPLE:],
        embed=Format(edition.say("To embed it"), _frame_of_card(edition, cited, company, anchor), code=True),
    )


def _frame_of_card(edition: Edition, cited: Cited, company: str, anchor: str) -> str:
    """A frame that shows the card: it needs no script, and takes itself back where the claim is."""
    card = edition.absolute(edition.path("companies", company, "card")) + (f"#{anchor}" if anchor else "")
    title = escape(edition.say("%(company)s: %(what)s", company=edition.site_title, what=cited.title))
    return (
        f'<iframe src="{escape(card)}" title="{title}" width="{WIDTH}" height="{HEIGHT}" loading="lazy" '
        'style="max-width: 100%; border: 1px solid"></iframe>'
    )


def _sources(edition: Edition, here: str, claim: Claim) -> tuple[Link, ...]:
    """The sources a claim rests on, each by the page where it stands; by ours where that is dead or was retracted."""
    cited = [edition.register.sources.get(citation.source) for citation in claim.supports]
    sources = {source.id: source for source in cited if source}
    found = []
    for name, words in edition.told_apart(sources.values()).items():
        source = sources[name]
        is_there = source.url and source.availability not in ("dead", "retracted")
        href = source.url if is_there else edition.source_href(here, source.id)
        found.append(Link(words, href or ""))
    return tuple(found)
