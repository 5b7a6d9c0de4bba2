"""What is withdrawn, removed or over: it stays in sight, is explained, and counts for nothing."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
import turbohtml

from dossier.built import held
from dossier.export import export
from dossier.frozen import replace
from dossier.listing import CompaniesPage
from dossier.pages import CompanyPage, HomePage, Page, TombstonePage
from dossier.pipeline import build
from dossier.source_page import SourcePage
from dossier.values import FIGURES as FIGURE_NAMES
from tests.given import SITE, TODAY, company_page, data, pages, register

BASE = """\
companies:
- {id: crust, name: Golden Crust}
- {id: rye, name: Rye House}
agencies: [{id: weather, name: {en: Ministry of Weather, fr: ministère de la Météo}}]
sources:
- {id: alpha, type: book, title: Alpha, publisher: A Press, language: en, role: reporting, issued: 2025,
   accessed: 2026-01-01, url: https://alpha.example/}
- {id: beta, type: book, title: Beta, publisher: B Press, language: en, role: record, issued: 2025,
   accessed: 2026-01-01, url: https://beta.example/}
claims:
- id: rolls
  company: crust
  kind: order
  mode: reported
  date: 2025-03-04
  counterparty: weather
  amount: {value: 100, currency: CAD, kind: obligated}
  statement: {en: Crust sold rolls., fr: Crust a vendu des petits pains.}
  citations: [{source: alpha, quote: rolls for the rain}]
  verified: 2026-01-02
"""
CAKES = """\
- id: cakes
  company: crust
  kind: service
  mode: reported
  date: 2026-05-06
  counterparty: weather
  amount: {value: 99999, currency: CAD, kind: obligated}
  statement: {en: Crust sold cakes., fr: Crust a vendu des gâteaux.}
  citations: [{source: alpha, quote: cakes for the sun}, {source: beta, quote: a line of cakes}]
  verified: 2026-06-07
  reply: crust-on-cakes
"""
ANSWER = """\
responses:
- {id: crust-on-cakes, company: crust, status: responded, date: 2026-06-01, position: disputes,
   citations: [{source: alpha, quote: no cakes at all}]}
"""
WITHDRAWN = "  withdrawn: {date: 2026-07-01, reason: wrong}\n"


FIGURES = "---\ntitle: About\n---\n" + " ".join("{" + name + "}" for name in FIGURE_NAMES) + "\n"


def planned(text: str) -> dict[str, Page]:
    """The pages of a dossier, one of which prints every computed figure."""
    return pages(text, about_en=FIGURES, about_fr=FIGURES)


def test_what_is_withdrawn_counts_for_nothing_on_any_page() -> None:
    """The site is that of a dossier which never held the claim, but for the pages that tell what became of it."""
    never, withdrawn = planned(BASE), planned(BASE + CAKES + WITHDRAWN + ANSWER)
    assert never.keys() == withdrawn.keys()
    changed = {path for path in never if never[path] != withdrawn[path] and not path.startswith("fr/")}
    assert changed == {
        "index.html",  # that one was withdrawn
        "companies/crust/index.html",  # struck, and explained
        "companies/crust/card/index.html",  # the same on pages of others
        "companies/crust/cite/index.html",  # to be cited as withdrawn
        "companies/crust/reply/index.html",  # what the company was asked once
        "changes/index.html",  # that it was withdrawn, and what was answered before
        "sources/alpha/index.html",  # that a withdrawn claim cites it
        "sources/beta/index.html",
        "search/index.html",  # where it is still found, as withdrawn
        "contribute/draft/index.html",  # that its id is taken
    }
    before, after = never["index.html"], withdrawn["index.html"]
    assert isinstance(before, HomePage)
    assert isinstance(after, HomePage)
    assert after.changed.startswith("1 claim was withdrawn")
    assert replace(after, changed=before.changed) == before
    # The claim would have been seen on these pages.
    made = planned(BASE + CAKES + ANSWER)
    assert {path for path in never if never[path] != made[path]} >= {
        "index.html", "about/index.html", "companies/index.html", "sources/index.html", "timeline/index.html",
        "agencies/index.html", "agencies/weather/index.html", "fr/index.html",
    }  # fmt: skip


def test_its_company_counts_and_draws_what_stands() -> None:
    page = company_page(BASE + CAKES + WITHDRAWN + ANSWER)
    before = company_page(BASE)
    assert page.counts == f"{before.counts} 1 withdrawn claim is not counted."
    assert [[row.money for row in table.rows] for table in page.amounts] == [["C$100"]]
    assert (page.days, page.strip, page.checked) == (before.days, before.strip, before.checked)
    assert [claim.id for claim in page.claims] == ["rolls", "cakes"]
    assert [claim.foot[0] for claim in page.claims] == ["Claim 1 of 1", "Withdrawn, and counted nowhere"]
    assert page.claims[1].replies[0].label.word == "Answered"


def test_its_sources_are_cited_by_what_stands() -> None:
    source = planned(BASE + CAKES + WITHDRAWN + ANSWER)["sources/beta/index.html"]
    assert isinstance(source, SourcePage)
    assert (source.cited_by, source.falls) == ((), ())
    assert source.counts == "Cited in 0 places, for 0 quotes. 1 withdrawn claim cites it too and is not counted."


@pytest.mark.parametrize(
    ("reason", "says", "french"),
    [
        ("wrong", "What it said was wrong.", "Son contenu était inexact."),
        ("superseded", "Later information has taken its place.", "Des renseignements plus récents l’ont remplacée."),
        ("wrong-entity", "What it said is about another company.", "Son contenu concerne une autre entreprise."),
        (
            "source-retracted",
            "A source that it rested on was retracted.",
            "Une source sur laquelle elle reposait a été rétractée.",
        ),
        ("unverifiable", "No source was found to bear it out.", "Aucune source ne permet de l’étayer."),
        ("duplicate", "Another claim says the same.", "Une autre affirmation dit la même chose."),
    ],
)
def test_every_reason_is_given_in_words(reason: str, says: str, french: str) -> None:
    text = BASE + CAKES + f"  withdrawn: {{date: 2026-07-01, reason: {reason}, note: {{en: See it., fr: Voyez.}}}}\n"
    for path, words, note in (("companies", says, "See it."), ("fr/entreprises", french, "Voyez.")):
        page = planned(text + ANSWER)[f"{path}/crust/index.html"]
        assert isinstance(page, CompanyPage)
        (remark,) = page.claims[1].notes
        assert f"{words} {note}" in remark.words[0].html
        assert "2026" in remark.about


def test_what_stands_in_its_place_is_named_where_the_data_says_so() -> None:
    text = BASE + CAKES + "  withdrawn: {date: 2026-07-01, reason: duplicate, replaced_by: rolls}\n" + ANSWER
    link = company_page(text).claims[1].notes[1].link
    assert link is not None
    assert link.href == "#rolls"
    assert [note.link for note in company_page(BASE + CAKES + WITHDRAWN + ANSWER).claims[1].notes] == [None]
    wrong = data(text.replace("replaced_by: rolls", "replaced_by: alpha"))
    assert any("'alpha' is in sources, and a claim belongs here" in said for said in wrong.said)


def test_a_claim_that_differs_from_a_withdrawn_one_says_so() -> None:
    text = (
        BASE + "  differs_from: [{claim: cakes}]\n" + CAKES + "  differs_from: [{claim: rolls}]\n" + WITHDRAWN + ANSWER
    )
    rolls, cakes = company_page(text).claims
    assert [note.link.text for note in rolls.notes if note.link] == [
        "Service to Ministry of Weather, 6 May 2026 (withdrawn)"
    ]
    assert [note.link.text for note in cakes.notes if note.link] == ["Order by Ministry of Weather, 4 March 2025"]


def test_a_reply_is_counted_while_one_claim_that_names_it_stands() -> None:
    both = BASE + "  reply: crust-on-cakes\n" + CAKES + WITHDRAWN + ANSWER
    (answer,) = [day for day in company_page(both).days if day.answer]
    assert answer.link is not None
    assert answer.link.href == "#rolls"
    first = BASE + "  reply: crust-on-cakes\n  withdrawn: {date: 2026-07-01, reason: wrong}\n" + CAKES + ANSWER
    (other,) = [day for day in company_page(first).days if day.answer]
    assert other.link is not None
    assert other.link.href == "#cakes"
    assert not [day for day in company_page(BASE + CAKES + WITHDRAWN + ANSWER).days if day.answer]


def test_a_company_of_which_nothing_stands_says_so() -> None:
    text = BASE + CAKES.replace("company: crust", "company: rye") + WITHDRAWN + ANSWER.replace("crust,", "rye,")
    page = company_page(text, "rye")
    assert page.counts == "No claim stands; 1 was withdrawn."
    assert (page.amounts, page.days, page.strip, page.checked) == ((), (), None, "")
    listed = planned(text)["companies/index.html"]
    assert isinstance(listed, CompaniesPage)
    (row,) = [each for each in listed.rows if each.anchor == "rye"]
    assert (row.said, row.claims) == ("No claim stands; 1 was withdrawn.", 0)
    assert (row.agencies, row.labels, row.kinds, row.years, row.replies, row.answered) == ((), (), (), "", (), 0)


def test_files_for_machines_hold_it_with_its_state(tmp_path: Path) -> None:
    files = {file.path: file.content for file in export(register(BASE + CAKES + WITHDRAWN + ANSWER), TODAY, ())}

    def rows(name: str) -> dict[str, dict[str, str]]:
        found = csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode("utf-8-sig")))
        return {row["id"]: row for row in found}

    cakes = rows("claims")["cakes"]
    assert (cakes["label"], cakes["withdrawn_date"], cakes["withdrawn_reason"]) == ("withdrawn", "2026-07-01", "wrong")
    assert (rows("companies")["crust"]["claims"], rows("companies")["crust"]["withdrawn_claims"]) == ("1", "1")
    sources = rows("sources")
    assert (sources["alpha"]["cited_by"], sources["beta"]["cited_by"]) == ("rolls", "")
    assert (sources["alpha"]["load"], sources["beta"]["load"]) == ("rolls", "")
    whole = json.loads(files["data/dossier.json"])
    assert whole["claims"]["cakes"]["withdrawn"] == {"date": "2026-07-01", "reason": "wrong"}
    assert whole["claims"]["cakes"]["computed"]["label"] == "withdrawn"
    assert whole["sources"]["beta"]["computed"]["cited_by"] == []
    company = whole["companies"]["crust"]["computed"]
    assert (company["claims"], company["withdrawn_claims"]) == (["rolls"], ["cakes"])
    (tmp_path / "dossier.sqlite").write_bytes(files["data/dossier.sqlite"])
    with sqlite3.connect(tmp_path / "dossier.sqlite") as database:
        assert database.execute("SELECT id, withdrawn_reason FROM claims WHERE label = 'withdrawn'").fetchall() == [
            ("cakes", "wrong")
        ]


GONE = """\
tombstones:
- {id: old-crust, date: 2026-04-01, reason: {en: It stood here twice., fr: Elle figurait deux fois.},
   replaced_by: crust}
- {id: older-crust, date: 2026-03-01, reason: {en: A slip., fr: Une coquille.}, replaced_by: old-crust}
- {id: old-rolls, date: 2026-04-02, reason: {en: One claim of two., fr: Une affirmation sur deux.}, replaced_by: rolls}
- {id: buns, date: 2026-04-03, reason: {en: Not about business., fr: Hors sujet.}, company: rye}
"""


def test_the_address_of_a_record_that_is_gone_says_what_became_of_it() -> None:
    made = planned(BASE + GONE)
    for name, day in (("old-crust", "1 April 2026"), ("older-crust", "1 March 2026")):
        page = made[f"companies/{name}/index.html"]
        assert isinstance(page, TombstonePage)
        assert page.frame.noindex
        assert page.frame.canonical == f"https://dossier.example/companies/{name}/"
        assert page.when == f"Removed {day}."
        assert page.instead is not None
        assert (page.instead.text, page.instead.href) == ("Golden Crust", "../crust/index.html")
    french = made["fr/sources/old-crust/index.html"]
    assert isinstance(french, TombstonePage)
    assert french.when == "Suppression faite le 1er\u00a0avril 2026."


def test_the_address_of_a_claim_that_is_gone_is_a_place_on_its_companys_page() -> None:
    made = planned(BASE + GONE)
    crust, rye = (made[f"companies/{name}/index.html"] for name in ("crust", "rye"))
    assert isinstance(crust, CompanyPage)
    assert isinstance(rye, CompanyPage)
    assert [(each.id, each.when, each.why) for each in rye.gone] == [
        ("buns", "Removed 3 April 2026.", "Not about business.")
    ]
    (gone,) = crust.gone
    assert gone.id == "old-rolls"
    assert gone.instead is not None
    assert gone.instead.href == "#rolls"
    assert not {path for path in made if "buns" in path or "old-rolls" in path}


def site(root: Path, text: str) -> dict[str, str]:
    """The files of a site that is built of these records."""
    (root / "data").mkdir(parents=True)
    (root / "data/site.yaml").write_text(SITE, "utf-8")
    (root / "data/all.yaml").write_text(text, "utf-8")
    built = build(root, TODAY)
    assert built.files is not None, [(str(problem.span), problem.message) for problem in built.problems]
    files = map(held, built.files)
    return {file.path: file.content.decode("utf-8", "replace") for file in files if not file.path.endswith(".sqlite")}


SOUND = (
    BASE.replace("Crust sold rolls.", "'A Press reported that Crust sold rolls.'")
    .replace("Crust a vendu des petits pains.", "'A Press rapporte que Crust a vendu des petits pains.'")
    .replace("  verified: 2026-01-02\n", "  verified: 2026-01-02\n  adverse: false\n")
)


def test_pages_of_the_built_site(tmp_path: Path) -> None:
    files = site(tmp_path / "dossier", SOUND + CAKES + WITHDRAWN + ANSWER + GONE)
    page = turbohtml.parse(files["companies/crust/index.html"])
    (cakes,) = page.select("[data-claim=cakes]")
    assert cakes.select("s")[0].text == "Crust sold cakes."
    assert len(cakes.select(".amount s")) == 1
    (old,) = page.select("#old-rolls")
    assert "data-claim" not in old.attrs
    assert [each.attr("href") for each in old.select("a")] == ["#rolls"]
    notice = turbohtml.parse(files["companies/old-crust/index.html"])
    assert [each.attr("content") for each in notice.select("meta[name=robots]")] == ["noindex"]
    assert [each.attr("href") for each in notice.select("main a")] == ["../crust/index.html"]
    assert "old-crust" not in files["sitemap.xml"]
    assert "companies/crust/" in files["sitemap.xml"]


@pytest.mark.parametrize(
    ("typed", "kind", "said"),
    [
        ("2020/2022", "contract", "period ended 2022"),
        ("../2022-05-04", "order", "period ended 4 May 2022"),
        ("2020-01/2020-03~", "service", "period ended about March 2020"),
        ("2020/..", "contract", ""),
        ("2020/", "contract", ""),
        ("2020/2029", "contract", ""),
        ("2020", "contract", ""),
        ("2024-07-24/2024-07-25", "contract", ""),  # a sitting of two days is no relation
        ("2020/2022", "other", ""),
    ],
)
def test_a_relation_whose_period_is_over_says_so(typed: str, kind: str, said: str) -> None:
    text = BASE.replace("date: 2025-03-04", f"date: {typed}").replace("kind: order", f"kind: {kind}")
    page = company_page(text)
    (claim,) = page.claims
    assert claim.label.count.removeprefix("1 link, 1 origin") == (f"; {said}" if said else "")
    assert ("has ended" in page.counts) is bool(said)
    assert not claim.withdrawn
    assert page.days


def test_a_company_says_when_all_its_business_is_over() -> None:
    over = CAKES.replace("date: 2026-05-06", "date: 2018/2021-11") + ANSWER
    text = BASE.replace("date: 2025-03-04", "date: 2020/2022") + over
    said = "The period of every business relation told here has ended (the last: 2022)."
    assert company_page(text).counts.endswith(said)
    made = planned(text)
    listed, french = made["companies/index.html"], made["fr/entreprises/index.html"]
    assert isinstance(listed, CompaniesPage)
    assert isinstance(french, CompaniesPage)
    assert listed.rows[0].years_note == said
    assert (
        french.rows[0].years_note
        == "Toutes les relations d’affaires décrites ici portent sur une période qui a pris fin (la dernière, en 2022)."
    )
    assert "has ended" not in company_page(BASE + over).counts
    assert "has ended" not in company_page(BASE, "rye").counts


def test_what_still_holds_stands_before_what_is_over() -> None:
    text = BASE.replace("date: 2025-03-04", "date: 2020/2022") + CAKES.replace("date: 2026-05-06", "date: 2019/..")
    assert [claim.id for claim in company_page(text + ANSWER).claims] == ["cakes", "rolls"]


def test_the_day_decides_what_is_over() -> None:
    from dossier.plan import plan

    text = register(BASE.replace("date: 2025-03-04", "date: 2025/2026-11-22"))
    for day, said in ((date(2026, 11, 22), False), (date(2026, 11, 23), True)):
        page = {page.frame.path: page for page in plan(text, day)}["companies/crust/index.html"]
        assert isinstance(page, CompanyPage)
        assert ("period ended" in page.claims[0].label.count) is said
