"""What is supported, disputed and not known: every claim on one side, and beside it what contradicts it."""

from __future__ import annotations

import re

import pytest

from dossier.overview import OverviewPage
from dossier.pages import AgencyPage, CompanyPage, DemandsPage, HomePage, Page
from dossier.standing import Side, Stand, Standing
from tests.given import pages

SOURCES = (
    "sources:\n"
    + "".join(
        f"- {{id: {name}, type: webpage, title: T, publisher: {maker}, url: https://{name}.example/, "
        f"accessed: 2026-01-05, language: en, role: {role}}}\n"
        for name, maker, role in (
            ("notice", "Register", "record"),
            ("alpha", "Alpha", "reporting"),
            ("beta", "Beta", "reporting"),
            ("own", "Crust", "statement"),
        )
    )
    + """\
agencies:
- {id: weather, name: {en: Weather, fr: Météo}, abbreviation: {en: WX, fr: MT}}
- {id: empty, name: Empty}
"""
)
COMPANIES = """\
companies:
- id: crust
  name: Crust
  unknown:
  - {en: "Who ate it. One paper says birds [@alpha].", fr: "Qui l’a mangé. Un journal dit des oiseaux [@alpha]."}
  - {en: "Which U.S. agency of Mr. Rain paid [@alpha], and when.", fr: "Quel organisme a payé [@alpha], et quand."}
  - {en: "Whether it rained: nobody looked.", fr: "S’il a plu : personne n’a regardé."}
- {id: rye, name: Rye}
searches:
- {company: crust, where: Cellar, query: bread, date: 2026-02}
- {where: Attic, query: cake, date: 2026-02}
"""


def claim(name: str, cited: str, more: str = "", company: str = "crust") -> str:
    cites = ", ".join(f"{{source: {each}, quote: {each} says {name}}}" for each in cited.split())
    return (
        f"- {{id: {name}, company: {company}, kind: contract, mode: reported, date: 2025-01-{ord(name[0]) - 90:02}, "
        f"title: {{en: T {name}, fr: T {name}}}, statement: {{en: S, fr: S}}, "
        f"citations: [{cites}]{', ' + more if more else ''}}}\n"
    )


CLAIMS = "claims:\n" + "".join(
    [
        claim("record", "notice", "reply: said-no, counterparty: weather"),
        claim("spoken", "own"),
        claim("double", "alpha beta", "differs_from: [{claim: single, note: {en: Not so., fr: Non.}}]"),
        claim("single", "alpha", "differs_from: [{claim: double}, {claim: gone}], counterparty: weather"),
        claim("refuted", "alpha", "reply: said-no"),
        claim("gone", "alpha beta", "withdrawn: {date: 2026-01, reason: wrong}, differs_from: [{claim: single}]"),
        claim("talkback", "beta", "counterparty: weather, differs_from: [{claim: ryebread}]", "rye").replace(
            "mode: reported", "mode: denied"
        ),
        claim("ryebread", "alpha", "differs_from: [{claim: talkback}]", "rye"),
    ]
)
REPLIES = """\
responses:
- id: said-no
  company: crust
  status: responded
  date: 2025-02
  position: disputes
  citations: [{source: own, quote: we say no}]
"""
DOSSIER = COMPANIES + SOURCES + CLAIMS + REPLIES


@pytest.fixture(scope="module")
def planned() -> dict[str, Page]:
    return pages(DOSSIER)


def told(stand: Stand) -> str:
    """`2 claims: T a (says) / T b | and 1 more`."""
    items = " / ".join(
        f"{item.link.text}{f' ({item.says})' if item.says else ''}{f' {item.other.text}' if item.other else ''}"
        for item in stand.items
    )
    return stand.count + (f": {items}" if items else "") + (f" | {stand.more.text}" if stand.more else "")


def sides(standing: Standing) -> dict[str, list[str]]:
    return {side.heading: [told(stand) for stand in side.stands] for side in standing.sides}


def company(planned: dict[str, Page], path: str) -> CompanyPage:
    page = planned[path]
    assert isinstance(page, CompanyPage)
    return page


def home(planned: dict[str, Page]) -> HomePage:
    page = planned["index.html"]
    assert isinstance(page, HomePage)
    return page


def test_a_company_on_its_page(planned: dict[str, Page]) -> None:
    """Every claim that stands is on one side; what the company or another claim says against it stands beside it."""
    page = company(planned, "companies/crust/index.html")
    assert sides(page.standing) == {
        "On record, acknowledged or corroborated": ["3 claims: T spoken / T record / T double (another claim differs)"],
        "On one origin": ["1 claim: T single (another claim differs)"],
        "Disputed, or told in two ways": [
            "1 disputed by the company: T refuted",
            "1 on record, disputed by the company all the same: T record",
            "1 point told in two ways: T single (Other account:) T double",
        ],
        "Not known": [
            "3 open questions: Who ate it / Which U.S. agency of Mr. Rain paid … | and 1 more",
            "3 claims with no reply on file",
            "1 search that found nothing",
        ],
    }
    assert page.standing.says == ("Claims by their replies: 2 answered, 3 that call for none.",)
    ids = {claim.id for claim in page.claims} | {"claims", "unknown"}
    stands = [stand for side in page.standing.sides for stand in side.stands]
    links = [link for stand in stands for item in stand.items for link in (item.link, item.other)]
    for link in (*links, *(stand.more for stand in stands)):
        assert link is None or link.href[1:] in ids, link


def test_the_sides_add_up_to_the_claims_that_stand(planned: dict[str, Page]) -> None:
    def claims(side: Side) -> int:
        number = re.match(r"\d+", side.stands[0].count)
        return int(number[0]) if number else 0

    assert [claims(side) for side in home(planned).standing.sides[:3]] == [3, 3, 1]
    assert home(planned).numbers[1][0] == "7 claims"


def test_an_agency_that_says_otherwise_is_named(planned: dict[str, Page]) -> None:
    """Its denial is the other account, whichever of the two was filed first."""
    page = company(planned, "companies/rye/index.html")
    assert sides(page.standing)["Disputed, or told in two ways"] == [
        "1 point told in two ways: T ryebread (WX says otherwise:) T talkback"
    ]
    french = company(planned, "fr/entreprises/rye/index.html")
    assert sides(french.standing)["Contesté, ou versions différentes"] == [
        "1 point où les versions diffèrent: T ryebread (Version de MT\u00a0:) T talkback"
    ]


def test_an_agency_by_its_claims(planned: dict[str, Page]) -> None:
    page, empty = planned["agencies/weather/index.html"], planned["agencies/empty/index.html"]
    assert isinstance(page, AgencyPage)
    assert isinstance(empty, AgencyPage)
    assert page.standing
    found = sides(page.standing)
    assert found["On record, acknowledged or corroborated"] == [
        "1 claim: Crust: T record (On record, 1 link, 1 origin, disputed by the company)"
    ]
    assert found["Disputed, or told in two ways"] == [
        "2 points told in two ways: Crust: T single (Other account:) Crust: T double | and 1 more"
    ]
    assert found["Not known"] == ["2 claims with no reply on file: Crust (1 claim) / Rye (1 claim)"]
    assert empty.standing is None


def test_the_front_page(planned: dict[str, Page]) -> None:
    """The same sides, with the company before each claim, a question with its company, and the way to the rest."""
    found = sides(home(planned).standing)
    assert found["Disputed, or told in two ways"][0] == (
        "1 disputed by the company: Crust: T refuted (Disputed, 1 link, 1 origin)"
    )
    assert found["Not known"] == [
        "3 open questions: Who ate it (Crust) | and 2 more",
        "1 company with no reply on file: Rye",
        "2 searches that found nothing",
    ]
    more = [stand.more.href for side in home(planned).standing.sides for stand in side.stands if stand.more]
    assert more == ["overview/index.html#supported_h", "overview/index.html#contradicted_h", "#unknown"]


def test_the_overview_holds_every_claim_once(planned: dict[str, Page]) -> None:
    page = planned["overview/index.html"]
    assert isinstance(page, OverviewPage)
    listed = {anchor: [row.head.text for row in rows] for anchor, _, _, _, rows in page.parts}
    assert listed == {
        "supported": ["Crust: T spoken", "Crust: T record", "Crust: T double"],
        "single": ["Crust: T single", "Rye: T talkback", "Rye: T ryebread"],
        "disputed": ["Crust: T refuted"],
    }
    assert [(pair.link.text, pair.other and pair.other.text) for pair in page.pairs] == [
        ("Crust: T single", "Crust: T double"),
        ("Rye: T ryebread", "Rye: T talkback"),
    ]
    assert "fr/apercu/index.html" in planned


def test_where_nothing_is_on_file_every_side_says_so() -> None:
    page = company(pages("companies: [{id: crust, name: Crust}]"), "companies/crust/index.html")
    assert {told for side in sides(page.standing).values() for told in side} == {"None on file"}
    assert page.standing.says == ()


def test_two_companies_that_contradict_each_other_are_one_point() -> None:
    text = DOSSIER.replace("differs_from: [{claim: talkback}]", "differs_from: [{claim: talkback}, {claim: spoken}]")
    both = pages(text.replace(claim("spoken", "own"), claim("spoken", "own", "differs_from: [{claim: ryebread}]")))
    found = [
        stand
        for path in ("companies/crust/index.html", "companies/rye/index.html")
        for stand in company(both, path).standing.sides[2].stands
        if "two ways" in stand.count
    ]
    assert home(both).standing.sides[2].stands[-1].count == "3 points told in two ways"
    assert sum(int(stand.count.split()[0]) for stand in found) == 3


DEMAND = """\
demands:
- id: de
  by: {name: N, role: {en: Member, fr: membre}}
  addressed_to: weather
  date: 2025-05
  text: {en: T, fr: T}
  status: refused
  citations: [{source: alpha, quote: q}]
  history:
  - {date: 2025-05, status: open}
  - date: 2025-08
    status: refused
    note: {en: 'Voted down [@alpha], twice.', fr: 'Rejeté [@alpha].'}
    citations: [{source: alpha}]
- id: other
  by: {name: O, organization: true}
  addressed_to: crust
  date: 2025
  text: {en: U, fr: U}
  status: open
  citations: []
events:
- {id: before, date: 2025-04, kind: parliament, title: {en: Earlier, fr: Avant}, involved: [de], citations: []}
- {id: says, date: 2025-06, kind: government, title: {en: Later, fr: Ensuite}, involved: [de], citations: []}
"""


def test_a_demand_by_what_was_done_since() -> None:
    """In order of date, nothing from before it, and no more said of an answer than that none was found."""
    page = pages(COMPANIES + SOURCES + DEMAND)["demands/index.html"]
    assert isinstance(page, DemandsPage)
    one, other = (sides(standing) for _, standing in page.demands)
    assert one["What was done since"] == [
        "2 dated entries since: Later (June 2025) / Voted down … (August 2025, Refused)"
    ]
    assert one["Not known"] == [": Nothing later than August 2025 is on file."]
    assert other["What was done since"] == ["Nothing is on file."]
    assert other["Not known"] == [
        ": No answer to it was found in the sources consulted. / Nothing later than 2025 is on file."
    ]
    assert [row.cells[1] for row in page.rows] == ["2 on file", "None found"]


def test_the_front_page_says_of_money_only_how_many_and_between_which() -> None:
    """By kind and currency; a withdrawn claim's amount is none, and nothing is a sum."""
    amounts = [(7, "CAD", "ceiling", ""), (90, "CAD", "ceiling", ", approximate: true"), (5, "USD", "ceiling", "")]
    more = [f"amount: {{value: {v}, currency: {c}, kind: {kind}{about}}}" for v, c, kind, about in amounts]
    text = COMPANIES + SOURCES + "claims:\n" + "".join(
        claim(name, "alpha", each + (", counterparty: weather" if name == "b1" else ""))
        for name, each in zip(("a1", "b1", "c1"), more, strict=True)
    ) + claim("d1", "alpha", more[0].replace("7", "900") + ", withdrawn: {date: 2026-01, reason: wrong}")  # fmt: skip
    found = pages(text)
    assert [(row.kind, row.currency, row.claims, row.extent) for row in home(found).money] == [
        ("Ceiling", "CAD", "2 claims", "C$7 to about C$90"),
        ("Ceiling", "USD", "1 claim", "US$5"),
    ]
    agency, overview = found["agencies/weather/index.html"], found["overview/index.html"]
    assert isinstance(agency, AgencyPage)
    assert isinstance(overview, OverviewPage)
    (table,) = agency.amounts
    assert [(row.money, row.width, row.what.text) for row in table.rows] == [("about C$90", "99.0%", "Crust: T b1")]
    assert [[(row.money, row.shape, row.width) for row in table.rows] for table in overview.amounts] == [
        [("about C$90", "ceiling", "99.0%"), ("C$7", "ceiling", "7.7%")],
        [("US$5", "ceiling", "99.0%")],
    ]


def test_the_picture_of_months_holds_every_entry() -> None:
    """Its table has the same figures by year; what is known by its year is as wide as one."""
    dates = ["2024-03", "2024-03-05", "2024-07", "2025", "1850-01"]
    text = COMPANIES + SOURCES + "claims:\n" + "".join(
        re.sub(r"date: [\d-]+", f"date: {date}", claim(f"a{index}", "alpha")) for index, date in enumerate(dates)
    )  # fmt: skip
    months = home(pages(text)).months
    assert months
    assert [(link.text, number) for link, number in months.rows] == [
        ("2025", "1 entry"), ("2024", "3 entries"), ("1850", "1 entry"),
    ]  # fmt: skip
    assert months.rows[0][0].href == "timeline/index.html#year_2025"
    assert [(bar.shape, bar.x, bar.height) for bar in months.bars] == [
        ("months__year", "50.00%", 36), ("months__month", "8.33%", 72), ("months__month", "25.00%", 36),
    ]  # fmt: skip
    assert months.says == "4 entries in 2 years. The fullest year is 2024, with 3 entries."


def test_an_overview_of_many_claims_has_a_page_a_letter() -> None:
    """Nothing is lost and nothing twice; the first page has the numbers alone."""
    text = COMPANIES + SOURCES + "claims:\n" + "".join(
        claim(f"a{index}", "alpha beta" if index % 2 else "alpha", company="rye" if index < 530 else "crust")
        for index in range(540)
    )  # fmt: skip
    found = {path: page for path, page in pages(text).items() if path.startswith("overview/")}
    assert sorted(found) == [f"overview/{each}index.html" for each in ("c/", "", "r/2/", "r/")]
    listed = [
        row.head.href.partition("#")[2]
        for page in found.values()
        if isinstance(page, OverviewPage)
        for *_, rows in page.parts
        for row in rows
    ]
    assert sorted(listed) == sorted(f"a{index}" for index in range(540))
    first = found["overview/index.html"]
    assert isinstance(first, OverviewPage)
    assert first.parts == ()
    assert [(row.head.text, row.cells) for _, row in first.contents] == [
        ("On record, acknowledged or corroborated", ("270 claims",)),
        ("On one origin", ("270 claims",)),
    ]
