"""Cards: what a claim says where it stands on a page of others, and that it takes itself back there."""

from __future__ import annotations

from collections.abc import Mapping

import turbohtml

from dossier.card import CSP_OF_CARDS, Card, CardPage
from dossier.pages import Page
from dossier.render import Renderer
from tests.given import pages

BASE = """\
companies:
- {id: crust, name: Golden Crust}
- {id: rye, name: Rye House}
agencies: [{id: weather, name: {en: Ministry of Weather, fr: ministère de la Météo}}]
sources:
- {id: alpha, type: book, title: Alpha, publisher: A Press, language: en, role: reporting, issued: 2025,
   accessed: 2026-01-01, url: https://alpha.example/}
- {id: beta, type: book, title: Beta, publisher: B Press, language: en, role: record, issued: 2025,
   accessed: 2026-01-01, url: https://beta.example/, availability: retracted}
claims:
- id: rolls
  company: crust
  kind: order
  mode: reported
  date: 2025-03-04
  counterparty: weather
  amount: {value: 100, currency: CAD, kind: ceiling}
  statement: {en: "Crust sold <rolls> & more.", fr: Crust a vendu des petits pains.}
  note:
    en: "As [the paper](https://paper.example/) said [@beta]."
    fr: "Selon [le journal](https://paper.example/) [@beta]."
  citations:
  - {source: beta, quote: no rolls, intent: disputes}
  - {source: alpha, quote: rolls for the rain, locator: p. 4}
  - {source: alpha, quote: more rolls}
  verified: 2026-01-02
  reply: crust-on-rolls
"""
ANSWER = """\
responses:
- {id: crust-on-rolls, company: crust, status: responded, date: 2026-06-01, position: disputes,
   statement: {en: The bakery denies it., fr: La boulangerie le nie.},
   citations: [{source: alpha, quote: no rolls at all}]}
"""
CARD, FICHE = "companies/crust/card/index.html", "fr/entreprises/crust/fiche/index.html"
WITHDRAWN = "  withdrawn: {date: 2026-07-01, reason: wrong, note: {en: Sold by Rye., fr: Vendus par Rye.}}\n"


def card_page(found: Mapping[str, Page], path: str = CARD) -> CardPage:
    page = found[path]
    assert isinstance(page, CardPage)
    return page


def one(text: str = BASE + ANSWER, path: str = CARD) -> Card:
    """The only card of the bakery."""
    (card,) = card_page(pages(text), path).cards
    return card


def printed(page: Page) -> turbohtml.Document:
    return turbohtml.parse(Renderer("en").file(page).content.decode())


def test_a_card_says_what_the_page_of_its_company_says() -> None:
    card = one()
    assert (card.id, card.heading) == ("rolls", "Order by Ministry of Weather, 4 March 2025")
    assert (card.label.word, card.label.count) == ("Disputed", "1 link, 1 origin")
    assert card.amount == ("C$100", "ceiling: the most it may reach, not a payment")
    (reply,) = card.replies
    assert reply.heading == "Reply by Golden Crust, 1 June 2026"
    assert [quote.text for quote in reply.quotes] == ["“no rolls at all”"]
    assert card.full.href == "../index.html#rolls"
    assert card.foot == ("Checked 2 January 2026",)


def test_each_source_stands_once_and_what_supports_the_claim_first() -> None:
    first, second = one().sources
    assert (first.link.text, first.locator, first.says) == ("A Press, 2025", "p. 4", ())
    assert first.link.href == "https://alpha.example/#:~:text=rolls%20for%20the%20rain"
    assert (second.link.text, second.says) == ("B Press, 2025", ("Says otherwise", "Retracted by its publisher"))


def test_every_link_opens_outside_the_frame_and_nothing_runs() -> None:
    tree = printed(card_page(pages(BASE + ANSWER)))
    links = tree.select("a[href]")
    assert "https://paper.example/" in [link.attr("href") for link in links]
    assert [link.attr("href") for link in links if link.attr("target") != "_blank"] == []
    assert [link.attr("href") for link in links if link.attr("rel") != "noopener"] == []
    assert tree.select("script, form, img, iframe, a[href^='#']") == []
    assert tree.select("meta[http-equiv]")[0].attr("content") == CSP_OF_CARDS
    assert "Crust sold <rolls> & more." in tree.select("article")[0].text


def test_search_engines_are_led_to_the_company() -> None:
    tree = printed(card_page(pages(BASE + ANSWER)))
    assert tree.select("meta[name=robots]")[0].attr("content") == "noindex"
    assert tree.select("link[rel=canonical]")[0].attr("href") == "https://dossier.example/companies/crust/"
    assert tree.select("[data-claim]") == []


def test_a_withdrawn_claim_takes_itself_back() -> None:
    page = card_page(pages(BASE + WITHDRAWN + ANSWER))
    assert page.cards[0].label.count == "1 July 2026, wrong"
    article = printed(page).select("article#rolls")[0]
    assert [struck.text for struck in article.select("s")] == [
        "Crust sold <rolls> & more.",
        "C$100, ceiling: the most it may reach, not a payment",
    ]
    assert "Withdrawn, 1 July 2026. What it said was wrong. Sold by Rye." in " ".join(article.text.split())


def test_a_correction_is_told() -> None:
    text = (
        BASE
        + ANSWER
        + (
            "corrections:\n- {id: mended, date: 2026-05-05, target: rolls, kind: correction, before: a, after: b,"
            " raised_by: reader, text: {en: Rolls not buns., fr: Des petits pains.}}\n"
        )
    )
    assert [note.about for note in one(text).notes][-1] == "Changed, 5 May 2026."


REMOVED = """\
tombstones:
- {id: buns, company: crust, date: 2026-02-03, reason: {en: Never sold., fr: Jamais vendus.}, replaced_by: rolls}
"""


def test_at_the_place_of_a_claim_that_is_gone_stands_its_notice() -> None:
    page = card_page(pages(BASE + ANSWER + REMOVED))
    article = printed(page).select("article#buns")[0]
    said = " ".join(article.text.split())
    assert said.startswith("Removed claim Removed 3 February 2026. Never sold. In its place: Golden Crust:")
    assert article.select("a")[0].attr("href") == "../index.html#rolls"


def test_where_a_company_was_its_card_says_that_it_is_gone() -> None:
    gone = "tombstones:\n- {id: oats, date: 2026-02-03, reason: {en: A mistake., fr: Une erreur.}, replaced_by: rye}\n"
    page = card_page(pages(BASE + ANSWER + gone), "companies/oats/card/index.html")
    assert (page.name, page.cards, page.gone_as) == ("Removed", (), "What stood here is no longer in the dossier.")
    assert "A mistake. In its place: Rye House" in " ".join(printed(page).select("article#oats")[0].text.split())
    assert page.frame.canonical == "https://dossier.example/companies/oats/"


def test_a_company_of_which_nothing_is_claimed() -> None:
    page = card_page(pages(BASE + ANSWER), "companies/rye/card/index.html")
    assert page.all == "No claim about Rye House stands in this dossier."
    assert page.cards == ()


def test_the_french_card_speaks_french() -> None:
    page = card_page(pages(BASE + ANSWER), FICHE)
    assert page.cards[0].statement == "Crust a vendu des petits pains."
    assert page.all.startswith("Toutes les affirmations du dossier au sujet de Golden Crust.")
    assert page.frame.lang == "fr-CA"
