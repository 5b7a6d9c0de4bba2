"""The cards of a company: its claims made to stand on pages of others, where each takes itself back."""

from __future__ import annotations

import re

from dossier.addresses import relative
from dossier.card import CSP_OF_CARDS, Card, CardPage, CardQuote, CardReply, CardSource
from dossier.frozen import replace
from dossier.model import Claim, Company, Tombstone
from dossier.pages import CompanyPage, Frame, Page
from dossier.patterns import regex
from dossier.plan.edition import Edition
from dossier.plan.gone import instead, removed
from dossier.plan.vocabulary import STATE
from dossier.values import Html
from dossier.views import ClaimView, Gone, Link, Note, Piece, Quote, Reply, Words

CARD = "card"
_FOREIGN = regex(r"[a-z][a-z+.-]*:", re.IGNORECASE)
_LINK, _OUT_OF_THE_FRAME = "<a href=", '<a target="_blank" rel="noopener" href='


def card_page(edition: Edition, company: Company, page: CompanyPage) -> Page:
    """Every claim of a company as a card, as its own `page` has it; what is withdrawn or gone says so in its place."""
    here = edition.path("companies", company.id, CARD)
    full = relative(here, edition.path("companies", company.id))
    return CardPage(
        frame=_frame(edition, company.id, edition.say("%(company)s: claims and replies", company=company.name)),
        name=company.name,
        all=edition.say(
            "All claims about %(company)s in this dossier. If the one that was to stand here alone is not among them, "
            "it is no longer made about this company.",
            company=company.name,
        )
        if page.claims
        else edition.say("No claim about %(company)s stands in this dossier.", company=company.name),
        full=Link(edition.say("What the dossier says now"), full),
        answer=Link(edition.say("Answer or correct"), f"{full}#answer"),
        cards=tuple([_card(edition, here, each) for each in page.claims]),
        gone=tuple([replace(each, instead=_out(each.instead)) for each in page.gone]),
        gone_as=edition.say("Removed claim"),
    )


def card_of_gone(edition: Edition, tombstone: Tombstone) -> Page:
    """What stands in the place of the cards of a company that is gone."""
    here = edition.path("companies", tombstone.id, CARD)
    why = edition.language.text(tombstone.reason)
    gone = Gone(tombstone.id, removed(edition, tombstone), why, instead(edition, here, tombstone))
    return CardPage(
        frame=_frame(edition, tombstone.id, edition.say("Removed")),
        name=edition.say("Removed"),
        all="",
        full=Link(edition.say("What the dossier says now"), relative(here, edition.path())),
        answer=None,
        cards=(),
        gone=(gone,),
        gone_as=edition.say("What stood here is no longer in the dossier."),
    )


def _frame(edition: Edition, company: str, title: str) -> Frame:
    """The frame of a card: search engines are to list the page of the company, not this one."""
    frame = edition.frame("companies", company, CARD, title=title, noindex=True)
    frame.canonical = edition.absolute(edition.path("companies", company))
    frame.csp = CSP_OF_CARDS
    return frame


def _card(edition: Edition, here: str, view: ClaimView) -> Card:
    claim = edition.register.claims[view.id]
    return Card(
        id=view.id,
        heading=view.heading,
        label=view.label,
        statement=view.statement,
        statement_lang=view.statement_lang,
        older=view.older,
        amount=view.amount,
        withdrawn=view.withdrawn,
        notes=_notes(view.notes),
        sources=_sources(edition, here, claim, view.quotes),
        replies=tuple([_reply(reply) for reply in view.replies]),
        no_reply=view.no_reply,
        foot=view.foot[1:],  # without its number on that page
        full=Link(edition.say("With its quotes and how the label comes about"), edition.claim_href(here, claim)),
    )


def _sources(edition: Edition, here: str, claim: Claim, quotes: tuple[Quote, ...]) -> tuple[CardSource, ...]:
    """Each source once, with the first words it is cited for: what supports the claim before what disputes it."""
    register = edition.register
    quoted = {(quote.text, quote.by): quote for quote in quotes}
    found: dict[str, CardSource] = {}
    for citation in sorted(claim.citations, key=lambda each: each.intent != "supports"):
        source = register.sources.get(citation.source)
        if source is None or source.id in found:
            continue
        by = edition.dated(source)
        words = edition.language.quoted(citation.quote, source.language) if citation.quote else ""
        if quote := quoted.get((words, by)):
            found[source.id] = _source(quote)
        else:
            says = (edition.say(STATE[source.availability]),) if source.availability in STATE else ()
            link = Link(by, source.url or edition.source_href(here, source.id))
            found[source.id] = CardSource(link, citation.locator or "", says)
    names = edition.told_apart([register.sources[each] for each in found])
    return tuple([replace(each, link=Link(names[name], each.link.href)) for name, each in found.items()])


def _source(quote: Quote) -> CardSource:
    return CardSource(
        Link(quote.by, _href(quote.href)), quote.locator, tuple(filter(None, (quote.intent, *quote.marks)))
    )


def _reply(reply: Reply) -> CardReply:
    return CardReply(
        heading=reply.heading,
        label=reply.label,
        statement=_outwards(reply.statement),
        quotes=tuple([CardQuote(each.text, each.lang, each.translation, _source(each)) for each in reply.quotes]),
        opening=reply.opening,
        opening_lang=reply.opening_lang,
        whole=_out(reply.whole),
        notes=_notes(reply.notes),
    )


def _notes(found: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple([Note(each.about, _outwards(each.words), _out(each.link)) for each in found])


def _outwards(words: Words) -> Words:
    """A text without its citations, which lead to notes of another page, and with links that leave the frame."""
    return tuple([Piece(Html(piece.html.replace(_LINK, _OUT_OF_THE_FRAME))) for piece in words])


def _out(link: Link | None) -> Link | None:
    return link and replace(link, href=_href(link.href))


def _href(href: str) -> str:
    """A link of the company's page as it leads from the folder below."""
    if _FOREIGN.match(href):
        return href
    return f"../index.html{href}" if href.startswith("#") else f"../{href}"
