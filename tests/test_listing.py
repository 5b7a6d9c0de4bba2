"""Companies in a table, two side by side, and by agency: what is told, what is not counted, what is never added."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import turbohtml

from dossier.built import held
from dossier.listing import AgenciesPage, CompaniesPage, CompanyRow, ComparePage, Glance, Matrix, Said
from dossier.memory import Memory
from dossier.pages import CompanyPage
from dossier.pipeline import Sitting, build
from dossier.plan import comparable, compare, matrix, plan
from dossier.render import render
from tests.expected import SITES
from tests.given import SITE, TODAY, data, pages, register
from tests.test_withdrawn import ANSWER, BASE, CAKES, WITHDRAWN

HOSTILE = "=1+1<script>alert(1)</script>&\"'"
CITED = "citations: [{source: alpha, quote: rolls for the rain}]"
PLACE = "headquarters: {city: Halifax, region: NS, country: CA}"
TOWN = "\n- {id: town, name: {en: Town of Rain, fr: Ville de la Pluie}, abbreviation: {en: ToR, fr: VdP}}\nsources:"
AGENCIES = BASE.replace(
    "agencies: [{id: weather, name: {en: Ministry of Weather, fr: ministère de la Météo}}]\nsources:",
    f"agencies:\n- {{id: weather, name: {{en: Ministry of Weather, fr: ministère de la Météo}}}}{TOWN}",
)


def claim(name: str, kind: str, rest: str, company: str = "crust") -> str:
    return (
        f"- {{id: {name}, company: {company}, kind: {kind}, mode: reported, {rest}, "
        f"statement: {{en: Alpha says so., fr: Selon Alpha.}}, {CITED}}}\n"
    )


def company(name: str) -> str:
    return f"- {{id: {name}, name: {name}}}\n"


def table(text: str, path: str = "companies/index.html", site: str = SITE) -> CompaniesPage:
    page = pages(text, site)[path]
    assert isinstance(page, CompaniesPage)
    return page


def row(text: str, name: str = "crust", path: str = "companies/index.html") -> CompanyRow:
    (found,) = [each for each in (*table(text, path).rows, *table(text, path).apart) if each.anchor == name]
    return found


def glances(text: str, path: str = "companies/compare/index.html") -> dict[str, Glance]:
    page = pages(text)[path]
    assert isinstance(page, ComparePage)
    return {each.anchor: each for each in page.companies}


def by_agency(text: str) -> Matrix:
    page = pages(text)["agencies/index.html"]
    assert isinstance(page, AgenciesPage)
    assert page.matrix
    return page.matrix


def told(lines: tuple[Said, ...]) -> list[tuple[str, list[str]]]:
    """What stands in a cell: each line as read, and what stands below it."""

    def read(line: Said) -> str:
        label = f"{line.label.word} {line.label.count}" if line.label else ""
        return " ".join(filter(None, (label, line.link.text if line.link else "", line.text, line.remark)))

    return [(read(line), [read(each) for each in line.below]) for line in lines]


def test_a_row_tells_how_much_is_on_file_under_which_words() -> None:
    found = row(AGENCIES + claim("tents", "service", "date: 2019-02/.., counterparty: town") + CAKES + ANSWER)
    assert (found.claims, found.said) == (3, "3 claims")
    assert [(each.key, each.link.text, each.count) for each in found.agencies] == [
        ("weather", "Ministry of Weather", "2"),
        ("town", "ToR", "1"),
    ]
    assert [(label.word, label.count) for label in found.labels] == [("On record", "1"), ("Reported", "2")]
    assert found.kinds == (("order", "Order"), ("service", "Service"))
    assert (found.first, found.years, found.years_note) == (2019, "2019–2026", "1 with no end date")
    assert [(key, label.word, label.count) for key, label in found.replies] == [("responded", "Answered", "1")]
    assert found.answered == 1


def test_what_is_withdrawn_counts_in_no_column() -> None:
    counted = row(BASE + CAKES + ANSWER)
    assert (counted.claims, counted.years, counted.answered) == (2, "2025–2026", 1)
    assert row(BASE + CAKES + WITHDRAWN + ANSWER) == row(BASE)
    gone = AGENCIES.replace("  verified: 2026-01-02\n", f"  verified: 2026-01-02\n{WITHDRAWN}")
    assert row(gone).said == "No claim stands; 1 was withdrawn."
    assert glances(gone)["crust"].claims == (Said("No claim stands; 1 was withdrawn."),)
    agencies = pages(gone)["agencies/index.html"]
    assert isinstance(agencies, AgenciesPage)
    assert agencies.matrix is None


def test_a_place_is_told_only_where_a_cited_nexus_carries_it() -> None:
    placed = BASE.replace("name: Golden Crust}", f"name: Golden Crust, {PLACE}}}")
    assert row(placed).place == ("", "")
    nexus = placed.replace(PLACE, f"{PLACE}, nexus: [{{kind: headquartered, {CITED}}}]")
    assert row(nexus).place == ("Nova Scotia", "Halifax, Nova Scotia")
    assert row(nexus, path="fr/entreprises/index.html").place[0] == "Nouvelle-Écosse"
    abroad = nexus.replace("city: Halifax, region: NS, country: CA", "city: Oslo, country: NO")
    assert row(abroad).place == ("Norway", "Oslo, Norway")


def test_a_date_with_open_digits_names_no_year() -> None:
    assert row(BASE + claim("old", "order", "date: 19XX")).years == "2025"
    assert row(BASE.replace("date: 2025-03-04", "date: 199X")).years == ""


def test_companies_kept_apart_stand_apart_and_rules_beside_the_number() -> None:
    rule = "inclusion: {en: When a source says so., fr: Non.}\ndefinitions:\n- {term: Bread, text: Food.}\n"
    text = BASE.replace("name: Rye House}", "name: Rye House, apart: {en: It bakes nothing., fr: Rien.}}")
    page = table(text, site=SITE + rule)
    assert ([each.anchor for each in page.rows], [each.anchor for each in page.apart]) == (["crust"], ["rye"])
    assert (page.rule.inclusion, page.rule.definitions) == ("When a source says so.", (("Bread", "Food."),))
    assert told(glances(text)["rye"].what) == [("Kept apart; its page says why.", [])]


def test_side_by_side_nothing_is_added_up() -> None:
    more = claim("cap", "contract", "amount: {value: 300, currency: USD, kind: ceiling, approximate: true}")
    found = glances(BASE + more + CAKES + ANSWER)
    assert told(found["crust"].amounts) == [
        ("obligated: committed by the agency", ["C$99,999 On record", "C$100 Reported"]),
        ("ceiling: the most it may reach, not a payment", ["about US$300 Reported"]),
    ]
    assert [line for line, _ in told(found["crust"].labels)] == ["On record 1", "Reported 2"]
    assert told(found["crust"].labels)[0][1] == ["Service to Ministry of Weather, 6 May 2026 disputed by the company"]
    assert told(found["crust"].replies) == [("Answered 1", [])]
    assert found["rye"].claims == (Said("No claim on file"),)
    assert (found["rye"].labels, found["rye"].amounts, found["rye"].unknown) == ((), (), ())
    assert glances(BASE, "fr/entreprises/comparer/index.html").keys() == {"crust", "rye"}


def test_a_column_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "MOST_CLAIMS", 2)
    text = BASE + "".join(claim(f"more-{n}", "order", f"date: 2024-0{n}") for n in range(1, 5))
    (line,) = glances(text)["crust"].labels
    assert [each.link.text for each in line.below if each.link][1:] == ["Order, April 2024", "3 more"]
    assert line.below[-1].link
    assert line.below[-1].link.href == "../crust/index.html"


def test_the_page_of_comparisons_stands_where_it_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def paths(text: str) -> tuple[bool, bool]:
        planned = pages(text)
        crust = planned["companies/crust/index.html"]
        assert isinstance(crust, CompanyPage)
        if crust.compare:
            assert crust.compare.href == "../compare/index.html?a=crust"
        return "companies/compare/index.html" in planned, crust.compare is not None

    assert paths(BASE) == (True, True)
    assert paths("companies: [{id: crust, name: Golden Crust}]") == (False, False)
    monkeypatch.setattr(comparable, "MOST", 1)
    assert paths(BASE) == (False, False)


@pytest.mark.parametrize("name", ["compare", "comparer"])
def test_no_company_takes_the_address_of_comparisons(name: str) -> None:
    (said,) = data(f"companies: [{{id: {name}, name: Acme}}]").said
    assert f"E109 '{name}' is a word that pages use" in said


def test_claims_by_company_and_agency() -> None:
    denial = claim("no", "other", "counterparty: town, date: 2026").replace("mode: reported", "mode: denied")
    found = by_agency(AGENCIES + CAKES + denial + claim("oats", "order", "counterparty: town", "rye") + ANSWER)
    assert [each.text for each in found.agencies] == ["Ministry of Weather", "ToR"]
    cells = {
        each.company.text: [
            (named.claims.text, named.claims.href, [(label.shape, label.count) for label in named.labels])
            if named
            else None
            for _, named in each.cells
        ]
        for each in found.rows
    }
    assert cells == {
        "Golden Crust": [
            ("2 claims", "../companies/crust/index.html#cakes", [("on-record", "1"), ("reported", "1")]),
            ("1 claim", "../companies/crust/index.html#no", [("reported", "")]),
        ],
        "Rye House": [None, ("1 claim", "../companies/rye/index.html#oats", [("reported", "")])],
    }
    assert [each.label.shape for each in found.legend] == ["on-record", "reported"]


@pytest.mark.parametrize("most", ["MOST_COMPANIES", "MOST_AGENCIES"])
def test_a_table_too_large_to_read_is_left_out_and_says_so(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = AGENCIES + claim("tents", "service", "counterparty: town")
    assert by_agency(text).rows
    monkeypatch.setattr(matrix, most, 1)
    left_out = by_agency(text)
    assert not left_out.rows
    assert left_out.says.startswith("There are more companies or agencies than")


def test_hostile_names_stay_text_on_every_page() -> None:
    quoted = HOSTILE.replace('"', '\\"')
    text = AGENCIES.replace("name: Golden Crust}", f'name: "{quoted}", aliases: ["{quoted}"], sector: "{quoted}"}}')
    files = {file.path: file.content.decode() for file in render(plan(register(text), TODAY), "en")}
    for path in ("companies/index.html", "companies/compare/index.html", "agencies/index.html"):
        page = turbohtml.parse(files[path])
        assert not list(page.select("main script"))
        assert HOSTILE in [each.text for each in page.select("main a[href$='crust/index.html']")], path


def test_an_edit_can_make_companies_comparable_and_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page, the ways to it and the lines it is made of come and go as in a clean build."""
    monkeypatch.setattr(comparable, "MOST", 3)
    root = tmp_path / "bakeries"
    shutil.copytree(SITES / "bakeries", root, ignore=shutil.ignore_patterns("expected"))
    sitting = Sitting(root, Memory(None, ""))
    ovens, path, site = "  - {id: ovens-42, name: 42 Ovens}\n", root / "data/companies.yaml", dict[str, bytes]()
    edits = (("name: Night Oven", "name: Night Oven", False), (ovens, "", True), ("name: Night Oven", "name: A", True),
             ("agencies:", f"{ovens}agencies:", False))  # fmt: skip
    for old, new, is_there in edits:
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        built = build(root, TODAY, sitting)
        assert built.files is not None, built.problems
        site = {} if built.anew else {each: site[each] for each in site.keys() - set(built.gone)}
        site |= {each.path: held(each).content for each in built.files}
        sitting.memory.commit()
        assert ("companies/compare/index.html" in site) is is_there
        assert (b"compare/index.html?a=golden-crust" in site["companies/golden-crust/index.html"]) is is_there
        clean = build(root, TODAY).files
        assert clean is not None
        assert site == {each.path: held(each).content for each in clean}
