"""Register to pages: which pages there are, the numbers of notes, the order of claims, and what is said beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dossier.dates import parse_edtf
from dossier.frozen import fields, is_dataclass
from dossier.model import Part
from dossier.pages import CompanyPage, DemandsPage, HomePage, NotFoundPage, Page, TimelinePage
from dossier.plan.companies import claims_in_order, letter_of, sort_key
from dossier.plan.days import machine_date
from dossier.plan.edition import text_fragment
from dossier.plan.notes import _letter
from dossier.source_page import SourcePage
from dossier.views import Back, Cite, Link, Words
from tests.given import SITE, company_page, pages, register


def sources(*names: str) -> str:
    return "sources:\n" + "".join(
        f"- {{id: {name}, type: book, title: {name.title()}, publisher: {name.upper()}, language: en, role: reporting,"
        f" issued: 2025, url: https://{name}.example/}}\n" for name in names)  # fmt: skip


def claim(name: str, more: str = "", kind: str = "order", citations: str = "{source: alpha, quote: words}") -> str:
    typed = f"{more}, citations: [{citations}]" if more else f"citations: [{citations}]"
    return f"- {{id: {name}, company: crust, kind: {kind}, mode: reported, statement: S, {typed}}}\n"


CRUST = "companies:\n- {id: crust, name: Golden Crust}\n"


def printed(value: Any) -> Iterator[Cite]:
    """Every citation of a page in the order of its fields, which is that of the template."""
    if isinstance(value, Cite):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from printed(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from printed(getattr(value, each.name))


NOTED = (
    "companies:\n"
    "- id: crust\n"
    "  name: Golden Crust\n"
    "  summary: First [@delta]. Then [@alpha, p. 3; @delta].\n"
    "  nexus: [{kind: founded, citations: [{source: beta, quote: b}]}]\n"
    "  facts:\n"
    "  - {label: L, text: 'Words [@gamma].', citations: [{source: gamma, quote: c}, {source: delta, quote: d}]}\n"
    "  unknown: ['Nobody knows [@zeta].']\n"
    + sources("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta")
    + "claims:\n"
    + claim("order", "note: 'See [@eta].', reply: said-so",
            citations="{source: epsilon, quote: e, intent: context}, {source: beta, quote: b, locator: p. 9}")
    + "responses:\n"
    "- {id: said-so, company: crust, status: responded, date: 2025, statement: 'No [@alpha].', "
    "citations: [{source: eta, quote: no}]}\n"
)  # fmt: skip


@pytest.fixture(scope="module")
def noted() -> CompanyPage:
    return company_page(NOTED)


def test_notes_are_numbered_in_the_order_of_their_first_use(noted: CompanyPage) -> None:
    """Summary, facts, then the claim: what supports before what is context, the note, the reply; then the unknown."""
    assert [(each.number, each.title) for each in noted.references] == [
        (1, "Delta"), (2, "Alpha"), (3, "Beta"), (4, "Gamma"), (5, "Epsilon"), (6, "Eta"), (7, "Zeta"),
    ]  # fmt: skip


def test_every_citation_is_led_back_to(noted: CompanyPage) -> None:
    anchors = [(cite.number, cite.anchor) for cite in printed(noted)]
    assert len(set(anchors)) == len(anchors)
    assert sorted(anchors) == sorted((each.number, back.anchor) for each in noted.references for back in each.backs)
    assert [back.letter for back in noted.references[0].backs] == ["a", "b", "c"]
    assert [back.anchor for back in noted.references[0].backs] == ["cite-1-1", "cite-1-2", "cite-1-3"]


def test_a_source_that_the_words_cite_is_not_cited_beside_them_again(noted: CompanyPage) -> None:
    (fact,) = [row for row in noted.facts if row.label == "L"]
    assert [cite.number for cite in printed(fact)] == [4, 1]


def test_a_citation_keeps_where_in_the_source_it_looks(noted: CompanyPage) -> None:
    assert [cite.locator for cite in printed(noted.summary)] == ["", "p. 3", ""]
    assert [quote.locator for quote in noted.claims[0].quotes] == ["p. 9", ""]
    assert [quote.intent for quote in noted.claims[0].quotes] == ["", "For context"]


def test_each_page_counts_from_one(noted: CompanyPage) -> None:
    for page in pages(NOTED).values():
        assert [each.number for each in page.references] == [*range(1, len(page.references) + 1)]
        assert {cite.number for cite in printed(page)} == {each.number for each in page.references}


def test_pages_that_hold_the_same_are_the_same() -> None:
    before, after = pages(NOTED), pages(NOTED.replace("Nobody knows", "Nobody says"))
    assert before == pages(NOTED)
    changed = {path for path in before if before[path] != after[path]}
    assert {path for path in changed if "crust" in path} == {
        "companies/crust/index.html",
        "companies/crust/cite/index.html",
        "fr/entreprises/crust/index.html",
        "fr/entreprises/crust/citer/index.html",
    }
    assert not changed & {"sources/alpha/index.html", "data/index.html"}
    assert Cite(1, "a") != Back("1", "a")
    assert repr(Cite(1, "a")) == "Cite(number=1, anchor='a', locator='')"


@pytest.mark.parametrize(
    ("index", "letters"),
    [(0, "a"), (25, "z"), (26, "aa"), (27, "ab"), (51, "az"), (52, "ba"), (701, "zz"), (702, "aaa")],
)
def test_ways_back_are_lettered_like_columns(index: int, letters: str) -> None:
    assert _letter(index) == letters


# The claims of a company in the order of its page: business first, what still holds before what is over, the latest
# beginning first, then what has no date, other matters, profiles, and what is withdrawn.
ORDERED = [
    ("ongoing", "date: 2019/..", "contract"),
    ("latest", "date: 2025-06-01", "order"),
    ("earlier", "date: 2025-05/2025-12", "service"),
    ("a-same", "date: 2024", "order"),
    ("b-same", "date: 2024-01-01", "order"),
    ("early", "date: ../2026", "subsidy"),
    ("undated", "", "order"),
    ("other-ongoing", "date: 2026/..", "other"),
    ("other", "date: 2026", "other"),
    ("profile", "date: 2026", "profile"),
    ("withdrawn-late", "date: 2026, withdrawn: {date: 2026, reason: wrong}", "order"),
    ("withdrawn", "date: 2025, withdrawn: {date: 2026, reason: wrong}", "order"),
]


def test_claims_stand_in_one_order_whatever_that_of_the_files() -> None:
    for rows in (ORDERED, ORDERED[::-1]):
        claims = register(CRUST + sources("alpha") + "claims:\n" + "".join(claim(*row) for row in rows)).claims
        assert [each.id for each in claims_in_order(tuple(claims.values()))] == [name for name, _, _ in ORDERED]


@pytest.mark.parametrize(
    ("name", "key", "letter"),
    [("Éclair", "eclair", "E"), ("eclair", "eclair", "E"), ("ÅB", "ab", "A"), ("42 Ovens", "42 ovens", "#"),
     ("“Quoted”", "“quoted”", "#"), ("Ōno", "ono", "O"), ("Ζ", "ζ", "Ζ")],
)  # fmt: skip
def test_names_sort_without_accents(name: str, key: str, letter: str) -> None:
    assert (sort_key(name), letter_of(name)) == (key, letter)


FALLING = CRUST + sources("alpha", "beta") + (
    "- {id: copy, type: book, title: Copy, publisher: C, language: en, role: summary, derived_from: alpha}\n"
    "claims:\n" + claim("one") + claim("both", citations="{source: alpha}, {source: beta}")
    + claim("far", citations="{source: copy}"))  # fmt: skip


def falls(page: Page) -> list[tuple[str, str, str, str]]:
    assert isinstance(page, SourcePage)
    return [(fall.what.href.partition("#")[2], fall.with_it, fall.without, fall.then) for fall in page.falls]


def test_a_source_says_what_falls_with_it() -> None:
    planned = pages(FALLING)
    lost = "Would lose its last origin and need another source, or be withdrawn"
    assert falls(planned["sources/alpha/index.html"]) == [
        ("both", "2 links, 2 origins", "1 link, 1 origin", "Would read: Reported"),
        ("far", "1 link, 1 origin", "1 link, no origin", lost),
        ("one", "1 link, 1 origin", "0 links, no origin", lost),
    ]
    assert falls(planned["sources/beta/index.html"]) == [
        ("both", "2 links, 2 origins", "1 link, 1 origin", "Would read: Reported")]  # fmt: skip
    page = planned["sources/alpha/index.html"]
    assert isinstance(page, SourcePage)
    assert page.falls_intro == "If this source fell, 2 claims would lose their last origin."


def lineage(page: Page) -> Iterator[str]:
    assert isinstance(page, SourcePage)
    left = [(each, 0) for each in reversed(page.lineage)]
    while left:
        line, depth = left.pop()
        yield f"{'-' * depth}{line.link.text if line.link else 'here'}"
        left += [(child, depth + 1) for child in reversed(line.below)]


LINEAGE = CRUST + sources("alpha", "beta", "gamma") + "".join(
    f"- {{id: {name}, type: book, title: {name.title()}, publisher: P, language: en, role: summary, "
    f"derived_from: [{parents}]}}\n"
    for name, parents in (("mid", "alpha, beta"), ("mid2", "alpha"), ("low", "mid, mid2"), ("lowest", "low"))
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("gamma", []),
        ("alpha", ["here", "-Mid", "--Low", "---Lowest", "-Mid2", "--Low"]),
        ("mid", ["Alpha", "-here", "--Low", "---Lowest", "Beta", "-here"]),
        ("low", ["Alpha", "-Mid", "--here", "---Lowest", "-Mid2", "--here", "Beta", "-Mid"]),
    ],
)
def test_a_source_stands_in_the_tree_of_its_lineage(source: str, tree: list[str]) -> None:
    """From the originals down to it, and on to what rests on it; where ways meet again, nothing is repeated below."""
    assert [*lineage(pages(LINEAGE)[f"sources/{source}/index.html"])] == tree


def test_a_lineage_of_many_crossing_ways_is_drawn_once() -> None:
    rungs = "".join(
        f"- {{id: {name}{i:02}, type: book, title: T, publisher: P, language: en, role: summary, "
        f"derived_from: [{', '.join(f'{other}{i - 1:02}' for other in 'abcdefgh') if i else ''}]}}\n"
        for i in range(12) for name in "abcdefgh")  # fmt: skip
    planned = pages(CRUST + "sources:\n" + rungs)
    assert len([*lineage(planned["sources/a00/index.html"])]) < 1000


SMALL = CRUST + sources("alpha") + "claims:\n" + claim("order", "date: 2025")


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        (SMALL, ["timeline", "companies/crust", "sources/alpha", "changes", "corrections", "data", "search"],
         ["agencies", "demands", "fr/demandes"]),
        (SMALL.replace(", date: 2025", ""), [], ["timeline"]),
        (SMALL + "agencies: [{id: ministry, name: M}]", ["agencies/ministry", "fr/organismes/ministry"], []),
        (SMALL + "demands: [{id: de, by: {name: N}, addressed_to: crust, date: 2025, text: T, status: open, "
         "citations: []}]", ["demands", "fr/demandes"], []),
        (CRUST + "demands: [{id: de, by: {name: N}, addressed_to: crust, date: 2025, text: T, status: open, "
         "citations: []}]", ["demands", "timeline", "fr/chronologie"], []),
        (SMALL + "tombstones: [{id: old, date: 2026, reason: R}]", ["companies/old", "sources/old"], []),
        ("companies: []", ["companies", "sources"], ["timeline"]),
    ],
)  # fmt: skip
def test_a_page_is_there_when_it_has_something_to_say(text: str, present: list[str], absent: list[str]) -> None:
    paths = {*pages(text)}
    assert {"index.html", "404.html", "fr/index.html"} <= paths
    assert {f"{path}/index.html" for path in present} <= paths
    assert not {f"{path}/index.html" for path in absent} & paths


def test_a_dossier_in_one_language_has_one_tree() -> None:
    assert not [path for path in pages(SMALL, SITE.replace("[en, fr]", "[en]")) if path.startswith(("fr/", "en/"))]


@pytest.mark.parametrize(("first", "other"), [("en", "fr"), ("fr", "en"), ("de", "en"), ("en", "pt-BR"), ("zz", "fr")])
def test_any_language_may_come_first_or_last(first: str, other: str) -> None:
    """One without a catalogue of its own speaks English around its own texts."""
    planned = pages(SMALL, SITE.replace("[en, fr]", f"[{first}, {other}]"))
    assert planned["index.html"].frame.code == first
    assert planned[f"{other}/index.html"].frame.alternates[0] == (first, "https://dossier.example/")


def linked(value: Any) -> Iterator[Link]:
    if isinstance(value, Link):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from linked(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from linked(getattr(value, each.name))


def test_no_page_holds_a_record(noted: CompanyPage) -> None:
    """A page holds just what it prints: with a record in hand a template could walk past the numbering."""

    def held(value: Any) -> Iterator[Any]:
        yield value
        for inner in value if isinstance(value, tuple) else (
                [getattr(value, each.name) for each in fields(value)] if is_dataclass(value) else []):  # fmt: skip
            yield from held(inner)

    assert [value for value in held(noted) if isinstance(value, Part)] == []
    assert len([*linked(noted)]) > 10


DATED = (
    CRUST
    + sources("alpha")
    + """\
events:
- {id: ev-old, date: ../2024, kind: other, title: Old, citations: [{source: alpha, quote: q}]}
- {id: ev-new, date: 2025-03, kind: court, title: New, text: 'Words [@alpha].', citations: [{source: alpha}]}
- {id: ev-mid, date: 198X, kind: protest, title: Mid, citations: [], involved: [crust]}
claims:
"""
    + claim("order", "date: 2025-02-01")
    + claim("gone", "date: 2024, withdrawn: {date: 2025, reason: wrong}")
)


def test_the_timeline_goes_from_the_earliest_year_to_the_latest() -> None:
    page = pages(DATED)["timeline/index.html"]
    assert isinstance(page, TimelinePage)
    assert [
        (group.year, [day.anchor or (day.link and day.link.href) for day in group.days]) for group in page.years
    ] == [
        ("1980", ["ev-mid"]),
        ("2024", ["ev-old"]),
        ("2025", ["../companies/crust/index.html#order", "ev-new"]),
    ]
    assert [each.number for each in page.references] == [1]


@pytest.mark.parametrize(
    ("typed", "machine"),
    [("2025-02-01", "2025-02-01"), ("2025-02", "2025-02"), ("0999", "0999"), ("2025~", "2025"), ("2025-XX-XX", "2025"),
     ("198X", ""), ("19XX", ""), ("2025-21", ""), ("2025/2026", ""), ("2025/..", ""), ("../2025", "")],
)  # fmt: skip
def test_a_machine_reads_a_date_only_where_html_knows_one(typed: str, machine: str) -> None:
    assert machine_date(parse_edtf(typed)) == machine


@pytest.mark.parametrize(
    ("url", "words", "link"),
    [
        ("https://a.example/", "two words", "https://a.example/#:~:text=two%20words"),
        ("https://a.example/#part", "é, a-b & c", "https://a.example/#part:~:text=%C3%A9%2C%20a%2Db%20%26%20c"),
        ("https://a.example/", '"<b>', "https://a.example/#:~:text=%22%3Cb%3E"),
    ],
)
def test_a_link_to_a_source_leads_to_the_words(url: str, words: str, link: str) -> None:
    assert text_fragment(url, words) == link


LINKS = [
    ("", "https://alpha.example/#:~:text=words"),
    ("availability: paywalled", "https://alpha.example/#:~:text=words"),
    ("availability: dead", "../../sources/alpha/index.html"),
    ("availability: retracted", "../../sources/alpha/index.html"),
]


@pytest.mark.parametrize(("availability", "href"), LINKS)
def test_a_quote_links_to_the_page_while_there_is_one(availability: str, href: str) -> None:
    page = company_page(SMALL.replace("url: https", f"{availability}, url: https" if availability else "url: https"))
    (quote,) = page.claims[0].quotes
    assert quote.href == href
    (reference,) = page.references
    assert (reference.live is None) == (availability == "availability: dead")
    assert reference.struck == (availability == "availability: retracted")
    assert bool(reference.state) == bool(availability)


FOREIGN = SMALL.replace("language: en", "language: fr").replace("quote: words", "quote: mots, translation: {en: words}")


def test_a_quote_keeps_its_language_and_the_translation_is_ours() -> None:
    planned = pages(FOREIGN)
    english, french = planned["companies/crust/index.html"], planned["fr/entreprises/crust/index.html"]
    assert isinstance(english, CompanyPage)
    assert isinstance(french, CompanyPage)
    (quote,), (own,) = english.claims[0].quotes, french.claims[0].quotes
    assert (quote.text, quote.lang, quote.translation) == ("«\u00a0mots\u00a0»", "fr", "“words”")
    assert (own.text, own.lang, own.translation) == ("«\u00a0mots\u00a0»", "", "")


def said(words: Words) -> str:
    return "".join(piece.html for piece in words)


def test_prose_that_lacks_a_language_says_which_it_has() -> None:
    text = SMALL.replace("name: Golden Crust}", "name: Golden Crust, summary: {en: One.}, apart: {fr: Deux.}}")
    planned = pages(text)
    english, french = planned["companies/crust/index.html"], planned["fr/entreprises/crust/index.html"]
    assert isinstance(english, CompanyPage)
    assert isinstance(french, CompanyPage)
    assert (said(english.summary), said(english.apart)) == ("One.", '<span lang="fr">Deux.</span>')
    assert (said(french.summary), said(french.apart)) == ('<span lang="en">One.</span>', "Deux.")


def test_amounts_of_a_kind_and_currency_are_never_added() -> None:
    amounts = [
        ("a1", 100, "CAD", "ceiling"),
        ("a2", 50, "CAD", "ceiling"),
        ("a3", 7, "EUR", "unclear"),
        ("a4", 0, "EUR", "current"),
    ]
    text = CRUST + sources("alpha") + "claims:\n" + "".join(
        claim(name, f"amount: {{value: {value}, currency: {currency}, kind: {kind}}}")
        for name, value, currency, kind in amounts)  # fmt: skip
    tables = company_page(text).amounts
    assert [[(row.money, row.shape, row.width) for row in table.rows] for table in tables] == [
        [("C$100", "ceiling", "99.0%"), ("C$50", "ceiling", "49.5%")],
        [("€7", "unclear", "99.0%"), ("€0", "current", "0.6%")],
    ]


ASKED = (
    CRUST
    + sources("alpha")
    + """\
agencies: [{id: ministry, name: Ministry}]
demands:
- id: de
  by: {name: N, role: {en: Member, fr: membre}}
  addressed_to: ministry
  date: 2025-05
  text: T
  status: refused
  citations: [{source: alpha, quote: q}]
  history:
  - {date: 2025-05, status: open}
  - {date: 2025-06, status: refused, note: 'No [@alpha].', citations: [{source: alpha}]}
- {id: other, by: {name: O, organization: true}, addressed_to: crust, date: 2025, text: T2, status: open, citations: []}
events:
- {id: says, date: 2025-06, kind: government, title: No, involved: [de], citations: [{source: alpha, quote: no}]}
- {id: before, date: 2025-04, kind: parliament, title: Earlier, involved: [de], citations: []}
- {id: protest, date: 2025-07, kind: protest, title: Protest, involved: [de], citations: []}
"""
)


def test_a_demand_stands_beside_what_governments_and_parliaments_answered() -> None:
    page = pages(ASKED)["demands/index.html"]
    assert isinstance(page, DemandsPage)
    one, other = (demand for demand, _ in page.demands)
    assert [(answer.heading, answer.label.count) for answer in one.answers] == [
        ("Earlier, April 2025", "before the demand"),
        ("No, June 2025", ""),
    ]
    assert (one.no_answer, bool(other.no_answer)) == ("", True)
    assert [(step.status, step.when) for step in one.history] == [("Open", "May 2025"), ("Refused", "June 2025")]
    assert (one.addressed.href, other.addressed.href) == (
        "../agencies/ministry/index.html",
        "../companies/crust/index.html",
    )
    assert one.asked_by == "Asked by N, Member"


def test_the_front_page_computes_its_numbers() -> None:
    text = FALLING.replace("name: Golden Crust}", "name: Golden Crust}\n- {id: oven, name: Oven}")
    planned = pages(
        text, home_en="---\ntitle: H\n---\nWe hold {claims} claims, {sources} sources, {origins} origins.\n"
    )
    page = planned["index.html"]
    assert isinstance(page, HomePage)
    assert said(page.body) == "We hold 3 claims, 3 sources, 2 origins."
    assert [number for number, _ in page.numbers] == [
        "2 companies",
        "3 claims",
        "3 sources",
        "0 companies with a reply",
    ]


def test_the_page_for_a_wrong_address_speaks_every_language() -> None:
    page = pages(SMALL)["404.html"]
    assert isinstance(page, NotFoundPage)
    assert [(each.lang, each.title) for each in page.told] == [
        ("en-CA", "Page not found"), ("fr-CA", "Page introuvable"),
    ]  # fmt: skip
    assert all(link.href.startswith("https://dossier.example/fr/") for link in page.told[1].links)
