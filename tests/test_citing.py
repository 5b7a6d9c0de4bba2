"""How pages and claims are cited: in each style and language, with hostile words, with dates and versions."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

import pytest

from dossier.cite_page import CitePage, CiteView
from dossier.citing import Format, one_line
from dossier.frozen import replace
from dossier.pages import CompanyPage, Page
from dossier.past import Past, State, written_states
from dossier.plan import plan
from dossier.published import Locked, meaning
from dossier.register import Register
from dossier.render import render
from tests.given import SITE, TODAY, register

rispy, pybtex = (import_module(name) for name in ("rispy", "pybtex.database"))
DATA = """\
companies:
- {id: crust, name: Golden Crust}
claims:
- {id: cakes, company: crust, kind: order, mode: reported, title: {en: The cakes, fr: Les gâteaux}, reply: none-found,
   statement: {en: 'The Gazette reported cakes.', fr: 'Des gâteaux, selon la Gazette.'},
   citations: [{source: gazette, quote: cakes}, {source: gone, quote: cakes}]}
- {id: rolls, company: crust, kind: other, mode: reported, title: Rolls, statement: Rolls., reply: none-found,
   citations: [{source: gazette, quote: rolls}], withdrawn: {date: 2026-11-20, reason: wrong}}
responses:
- {id: none-found, company: crust, status: none-found, date: 2026-11-20}
sources:
- {id: gazette, type: book, title: The cakes, publisher: Gazette, language: en, role: reporting, issued: 2025,
   url: 'https://gazette.example/', accessed: 2026-11-20}
- {id: gone, type: book, title: Gone, publisher: Herald, language: en, role: reporting, availability: dead,
   url: 'https://herald.example/', accessed: 2026-11-20}
"""
ENGLISH, FRENCH = "companies/crust/cite/index.html", "fr/entreprises/crust/citer/index.html"
HOSTILE = "A|b}} {{c [x](y) ]] '''d''' <b>&amp; ~~~~ \\%$#_^{ \"q\" « é » @x{, = TY - ELEC"
CSL = set(
    "id type title author container-title publisher issued version URL language".split()
)  # of https://github.com/citation-style-language/schema, csl-data.json


def locked(found: Register) -> Register:
    """With a lock that has the claim on the cakes since 1 November."""
    claim = found.claims["cakes"]
    return replace(found, published={"cakes": Locked("cakes", "claims", "2026-10-01", "2026-11-01", meaning(claim))})


def pages_of(found: Register) -> dict[str, Page]:
    return {page.frame.path: page for page in plan(found, TODAY)}


def cited(page: Page, claim: str = "") -> CiteView:
    assert isinstance(page, CitePage)
    return next(view for view in (page.whole, *page.claims) if view.anchor == claim)


def texts(view: CiteView) -> dict[str, str]:
    return {each.name: str(each.text) for each in (*view.styles, *view.programs)}


def parsed(formats: dict[str, str]) -> tuple[Any, Any, Any]:
    """The entries that reference managers make of BibTeX, RIS and CSL-JSON."""
    (bibtex,) = pybtex.parse_string(formats["BibTeX"], "bibtex").entries.values()
    (ris,) = rispy.loads(formats["RIS"])
    (csl,) = json.loads(formats["CSL-JSON"])
    return bibtex, ris, csl


def test_a_claim_in_english() -> None:
    view = cited(pages_of(locked(register(DATA)))[ENGLISH], "cakes")
    version = re.search(r"version (\w{10}),", texts(view)["MLA"])
    assert version
    title = "Golden Crust: The cakes (claim: Corroborated)"
    v, url = version[1], "https://dossier.example/companies/crust/#cakes"
    assert texts(view) == {
        "APA": f"The desk. (2026, November 1). <i>{title}</i> (Version {v}). A dossier. {url}",
        "Chicago": f"The desk. “{title}.” A dossier. Version {v}. Last modified November 1, 2026. "
        f"{url}.",
        "MLA": f"“{title}.” <i>A dossier</i>, version {v}, The desk, 1 Nov. 2026, {url}.",
        "Wikipedia": f"{{{{cite web |author=The desk |title={title} |url={url} |website=A dossier "
        f"|date=2026-11-01 |id=Version {v} |access-date=}}}}",
        "BibTeX": f"@online{{cakes,\nauthor = {{{{The desk}}}},\ntitle = {{{{{title}}}}},\n"
        f"organization = {{A dossier}},\ndate = {{2026-11-01}},\nyear = {{2026}},\nversion = {{{v}}},\n"
        f"url = {{{url}}},\nlanguage = {{en}},\n}}",
        "RIS": f"TY  - ELEC\nID  - cakes\nTI  - {title}\nAU  - The desk\nT2  - A dossier\n"
        f"PB  - The desk\nPY  - 2026\nDA  - 2026/11/01/\nET  - {v}\nUR  - {url}\nLA  - en\nER  - ",
        "CSL-JSON": json.dumps([{
            "id": "cakes", "type": "webpage", "title": title, "author": [{"literal": "The desk"}],
            "container-title": "A dossier", "publisher": "The desk", "issued": {"date-parts": [[2026, 11, 1]]},
            "version": v, "URL": url, "language": "en",
        }]),
    }  # fmt: skip


def test_a_claim_in_french() -> None:
    view = cited(pages_of(locked(register(DATA)))[FRENCH], "cakes")
    said, nbsp = texts(view), "\u00a0"
    v, url = re.findall(r"version (\w{10})", said["MLA"])[0], "https://dossier.example/fr/entreprises/crust/#cakes"
    title = f"Golden Crust{nbsp}: Les gâteaux (affirmation{nbsp}: Corroboré)"
    assert said["APA"] == f"The desk. (2026, 1er{nbsp}novembre). <i>{title}</i> (version {v}). A dossier. {url}"
    assert said["Chicago"] == (
        f"The desk. «{nbsp}{title}{nbsp}». A dossier. Version {v}. "
        f"Dernière modification le 1er{nbsp}novembre 2026. {url}."
    )
    assert said["MLA"] == (
        f"«{nbsp}{title}{nbsp}». <i>A dossier</i>, version {v}, The desk, 1er{nbsp}nov. 2026, {url}."
    )
    assert said["Wikipédia"] == (
        f"{{{{Lien web |langue=fr |auteur institutionnel=The desk |titre={title} |url={url} "
        "|site=A dossier |date=2026-11-01 |consulté le=}}"
    )


def test_what_has_no_known_day_is_undated() -> None:
    pages = pages_of(register(DATA))
    for path, said in ((ENGLISH, "(n.d.)"), (FRENCH, "(s.\u00a0d.)")):
        formats = texts(cited(pages[path], "cakes"))
        assert f"The desk. {said}. <i>" in formats["APA"]
        bibtex, ris, csl = parsed(formats)
        assert "year" not in bibtex.fields
        assert ("year" in ris, "issued" in csl) == (False, False)


def test_a_wording_that_the_lock_does_not_know_has_no_day() -> None:
    found = register(DATA)
    old = Locked("cakes", "claims", "2026-10-01", "2026-11-01", (("statement.en", "0" * 32),))
    view = cited(pages_of(replace(found, published={"cakes": old}))[ENGLISH], "cakes")
    assert "(n.d.)" in texts(view)["APA"]


@pytest.mark.parametrize(("reach", "states", "day"), [
    ("whole", ["now"], "(2026, November 2)"), ("part", ["old", "now"], "(2026, November 2)"),
    ("part", ["now"], "(n.d.)"), ("whole", ["now", "old"], "(n.d.)"), ("whole", [], "(n.d.)"),
])  # fmt: skip
def test_the_day_of_a_page_is_that_of_its_version(reach: Any, states: list[str], day: str) -> None:
    """What is not committed has none, nor what was there when a history that is known in part begins."""
    found = register(DATA)
    view = cited(pages_of(found)[ENGLISH])
    now = re.findall(r"Version (\w{10})", texts(view)["APA"])[0]
    told = [State("2026-11-02", str(n), now if each == "now" else "0" * 10) for n, each in enumerate(states)]
    past = Past(reach, "2026-10-01", "1", {"#crust": written_states(told)})
    assert f"The desk. {day}. <i>Golden Crust</i>" in texts(cited(pages_of(replace(found, past=past))[ENGLISH]))["APA"]


def test_a_withdrawn_claim_says_so_in_every_format() -> None:
    page = pages_of(register(DATA))[ENGLISH]
    assert isinstance(page, CitePage)
    view = cited(page, "rolls")
    assert [link.text for link in page.contents if link.href == "#rolls"] == ["Rolls (withdrawn)"]
    assert view.says == ("This claim was withdrawn, 20 November 2026. Cite it as withdrawn, if at all.",)
    assert all("Rolls (claim: Withdrawn)" in text for text in texts(view).values())


def test_the_original_is_to_be_cited_too() -> None:
    pages = pages_of(register(DATA))
    page = pages[ENGLISH]
    assert isinstance(page, CitePage)
    assert "cite the original too" in page.lede
    assert [(link.text, link.href) for link in cited(page, "cakes").sources] == [
        ("Gazette, 2025", "https://gazette.example/"), ("Herald, undated", "../../../sources/gone/index.html"),
    ]  # fmt: skip


def hostile(words: str = HOSTILE) -> dict[str, Page]:
    typed = json.dumps(words)
    data = DATA.replace("name: Golden Crust", f"name: {typed}").replace("{en: The cakes, fr: Les gâteaux}", typed)
    site = SITE.replace("title: A dossier", f"title: {typed}").replace("publisher: The desk", f"publisher: {typed}")
    return pages_of(register(data, site))


@pytest.mark.parametrize("path", [ENGLISH, FRENCH, "sources/gazette/index.html"])
def test_hostile_words_stay_in_their_field(path: str) -> None:
    page = hostile()[path]
    formats = page.frame.cite or (*cited(page, "cakes").styles, *cited(page, "cakes").programs)
    told = {each.name: str(each.text) for each in formats}
    bibtex, ris, csl = parsed(told)
    assert csl["author"] == [{"literal": HOSTILE}]
    assert csl.keys() <= CSL
    assert (ris["authors"], ris["secondary_title"], ris["type_of_reference"]) == ([HOSTILE], HOSTILE, "ELEC")
    assert set(bibtex.fields) <= {"title", "organization", "version", "url", "language"}
    assert "\\textbackslash{}\\%\\$\\#\\_" in bibtex.fields["organization"]
    template = next(text for name, text in told.items() if name.startswith("Wiki"))
    inside = template[2:-2]
    assert (template[:2], template[-2:]) == ("{{", "}}")
    assert not re.search(r"[{}\[\]<>~']", inside)
    assert len(inside.split("|")) == len(re.findall(r"\|[a-zé -]+=", inside)) + 1
    for style in ("APA", "Chicago", "MLA"):
        assert "<b>" not in told[style]
        assert re.sub(r"</?i>", "", told[style]).count("<") == 0


def test_a_line_break_would_end_a_field() -> None:
    assert one_line("two\nER  - lines\r\n \tand\u00a0more ") == "two ER - lines and\u00a0more"


class Frames(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_code_that_embeds_a_claim_is_one_frame() -> None:
    ((tag, attributes),) = Frames(str(cited(hostile()[ENGLISH], "cakes").embed.text)).found
    assert (tag, attributes["src"]) == ("iframe", "https://dossier.example/companies/crust/card/#cakes")
    assert attributes["loading"] == "lazy"
    assert HOSTILE in (attributes["title"] or "")
    assert not [name for name in attributes if name.startswith("on")]


def test_every_page_but_a_notice_says_how_it_is_cited() -> None:
    pages = pages_of(register(DATA))
    for path, page in pages.items():
        is_own = path.startswith(("companies/crust/", "fr/entreprises/crust/"))
        assert bool(page.frame.cite) is not (is_own or page.frame.noindex), path
    company = pages["companies/crust/index.html"]
    assert isinstance(company, CompanyPage)
    assert [view.cite.href for view in company.claims if view.cite] == [
        "cite/index.html#cakes",
        "cite/index.html#rolls",
    ]
    names = [each.name for each in pages["index.html"].frame.cite]
    assert names == ["APA", "Chicago", "MLA", "Wikipedia", "BibTeX", "RIS", "CSL-JSON"]
    assert pages["index.html"].frame.cite[0] == Format(
        "APA", "The desk. (n.d.). <i>A dossier</i>. https://dossier.example/"
    )


def test_a_title_in_another_language_says_so() -> None:
    """Of a source on a French page: in a style its own words do; what is for programs is of several languages."""
    formats = {each.name: each for each in pages_of(register(DATA))["fr/sources/gazette/index.html"].frame.cite}
    assert '<i lang="en">The cakes (Gazette, 2025)</i>' in formats["APA"].text
    assert '«\u00a0<span lang="en">The cakes (Gazette, 2025)</span>\u00a0».' in formats["Chicago"].text
    assert [each.lang for each in formats.values()] == ["", "", "", "mul", "mul", "mul", "mul"]
    assert "language = {fr}" in formats["BibTeX"].text, "that of our page"


def test_zotero_takes_a_page_for_a_web_page() -> None:
    """It takes what has a `citation_title` for an article of a journal, and its editors for a person with two names."""
    files = {file.path: file.content.decode() for file in render(plan(locked(register(DATA)), TODAY), "en")}
    told = dict(re.findall(r'<meta name="([^"]+)" content="([^"]*)">', files["fr/entreprises/crust/index.html"]))
    assert not [name for name in told if name.startswith("citation_")]
    assert {name: told[name] for name in told if name.startswith("DC.")} == {
        "DC.title": "Golden Crust", "DC.creator": "The desk", "DC.publisher": "The desk", "DC.language": "fr-CA",
        "DC.identifier": "https://dossier.example/fr/entreprises/crust/", "DC.rights": "CC0",
        "DC.date": "2026-11-01",
    }  # fmt: skip
    assert "DC." not in files["companies/crust/cite/index.html"], "the page that is cited is another"
