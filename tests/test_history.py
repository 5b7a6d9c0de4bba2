"""Pages that tell what was said before, from a real repository of four commits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from dossier.git import past_of
from dossier.history_page import Altered, HistoryPage
from dossier.memory import Memory
from dossier.pages import ChangesPage, CompanyPage, Page
from dossier.past import Past
from dossier.pipeline import Sitting, build, publish
from dossier.unchanged import stamp_of, unchanged
from dossier.why import why
from tests.folders import tree
from tests.repository import Repository

TODAY = date(2026, 2, 1)
NBSP = "\u00a0"
SOURCES = """\
sources:
  - {id: quack, type: article-newspaper, title: Ducks fed, publisher: The Daily Quack, language: en, role: reporting,
     issued: 2025-12-30, url: "https://quack.example/fed", accessed: 2025-12-31}
"""
CLAIM = """\
  - id: {id}
    kind: service
    mode: reported
    date: 2025-12
    statement: {{en: "{en}", fr: "{fr}"}}
    citations: [{{source: quack, quote: fed the ducks}}]
    verified: 2026-01-01
    reply: silent
"""
POND = """\
companies:
  - id: pond
    name: Pond Bread
    summary: {{en: "It bakes{more} [@quack].", fr: "Elle cuit [@quack]."}}
claims:
{claims}
responses:
  - {{id: silent, status: none-found, date: 2026-01-01}}
"""
OATS = CLAIM.format(
    id="oats", en="It sold oats, The Daily Quack reported.", fr="Elle a vendu de l’avoine, selon The Daily Quack."
)
RYE = CLAIM.format(
    id="rye", en="It sold rye, The Daily Quack reported.", fr="Elle a vendu du seigle, selon The Daily Quack."
)
CRUMBS = CLAIM.format(
    id="crumbs", en="It sold crumbs, The Daily Quack reported.", fr="Elle a vendu des miettes, selon The Daily Quack."
)
CORRECTED = """\
corrections:
  - {id: rye-corrected, date: 2026-01-10, target: rye, kind: correction, raised_by: reader,
     text: {en: "The grain was <b>misread</b>.", fr: "Le grain a été mal lu."}}
tombstones:
  - {id: crumbs, date: 2026-01-10, reason: {en: Said twice., fr: Dit deux fois.}, company: pond}
"""


def pond(*claims: str, more: str = "") -> str:
    return "about: pond\n" + POND.format(claims="".join(claims).rstrip("\n"), more=more)


@pytest.fixture
def here(tmp_path: Path) -> Repository:
    """Three claims; a later one, and one reworded in English alone; one corrected and one gone; another summary."""
    made = Repository(tmp_path / "repository")
    made.commit("2026-01-02", pond=pond(OATS, RYE, CRUMBS), sources=SOURCES)
    oats = OATS.replace("sold oats", "sold oats & bran")
    more = CLAIM.format(
        id="more", en="It sold more, The Daily Quack reported.", fr="Elle a vendu plus, selon The Daily Quack."
    )
    made.commit("2026-01-05", pond=pond(oats, RYE, CRUMBS, more))
    rye = RYE.replace("sold rye", "sold spelt").replace("du seigle", "de l’épeautre")
    made.commit("2026-01-11", pond=pond(oats, rye, more), changes=CORRECTED)
    made.commit("2026-01-20", pond=pond(more, rye, oats, more=" bread"))
    return made


def pages(here: Repository, past: Past | None = None) -> dict[str, Page]:
    """Every page of the site, planned by a real build."""
    sitting = Sitting(here.root, Memory(None, ""))
    known = here.past() if past is None else past
    built = build(here.root, TODAY, sitting, lambda: known)
    assert built.files is not None, built.problems
    made = [*built.files]
    planner = sitting.planner(TODAY)
    units = [*planner.records(), *planner.lists()]
    found = {page.frame.path: page for unit in units for page in planner.plan(unit).pages}
    assert made
    sitting.close()
    return found


def history(found: dict[str, Page], path: str = "companies/pond/history/index.html") -> HistoryPage:
    page = found[path]
    assert isinstance(page, HistoryPage)
    return page


def company(found: dict[str, Page], path: str = "companies/pond/index.html") -> CompanyPage:
    page = found[path]
    assert isinstance(page, CompanyPage)
    return page


def said(records: tuple[Altered, ...]) -> Iterator[tuple[object, ...]]:
    for each in records:
        altered = [(one.key, one.before, one.after, one.says) for one in each.alterations]
        reasons = [(note.about, "".join(piece.html for piece in note.words)) for note in each.reasons]
        yield each.kind, each.title, altered, reasons + ([(each.unexplained, "")] if each.unexplained else [])


def test_the_history_of_a_company(here: Repository) -> None:
    page = history(pages(here))
    assert page.title == "History of the page on Pond Bread"
    assert page.reach == "Kept since 2 January 2026."
    assert [(day.day, day.as_of) for day in page.days] == [
        ("2026-01-20", "As of 20 January 2026"),
        ("2026-01-11", "As of 11 January 2026"),
        ("2026-01-05", "As of 5 January 2026"),
        ("2026-01-02", "As of 2 January 2026"),
    ]
    last, third, second, first = page.days
    heading = "Service, December 2025"
    assert list(said(last.records)) == [("Changed", "Pond Bread", [("Summary", "", "", "changed")], [])]
    correction = "The grain was &lt;b&gt;misread&lt;/b&gt;. Raised by a reader."
    assert list(said(third.records)) == [
        ("Changed", heading, [
            ("Wording", "It sold rye, The Daily Quack reported.", "It sold spelt, The Daily Quack reported.", ""),
            ("Wording (French)", "Elle a vendu du seigle, selon The Daily Quack.",
             "Elle a vendu de l’épeautre, selon The Daily Quack.", ""),
        ], [("Correction, 10 January 2026.", correction)]),
        ("Removed", heading, [], [("Why.", "Said twice.")]),
    ]  # fmt: skip
    assert third.records[1].last_words == "It sold crumbs, The Daily Quack reported."
    assert [one.lang for one in third.records[0].alterations] == ["", "fr"]
    assert [(kind, reasons) for kind, _, _, reasons in said(second.records)] == [
        ("Changed", [("No reason recorded.", "")])
    ]
    assert [link.href for link in second.new] == ["../index.html#more"]
    assert [(link.text, link.href) for link in first.new] == [
        ("Pond Bread", "../index.html"), (heading, "../index.html#oats"), (heading, "../index.html#rye"),
        ("Reply by Pond Bread, 1 January 2026", "../index.html#more"), (heading, ""),
    ]  # fmt: skip
    oats = next(each for each in page.wordings if each.anchor == "wordings-oats")
    assert [(one.anchor, one.period, one.is_past) for one in oats.versions] == [
        ("oats-2026-01-02", "2 January 2026 until 5 January 2026", True),
        ("oats-2026-01-05", "Since 5 January 2026", False),
    ]
    assert [each.anchor for each in page.wordings] == ["wordings-more", "wordings-oats", "wordings-rye"]


def test_a_withdrawal_has_nothing_before_it(here: Repository) -> None:
    gone = RYE + "    withdrawn: {date: 2026-01-21, reason: wrong}\n"
    here.commit("2026-01-21", pond=pond(gone))
    first = history(pages(here)).days[0]
    told = next(each for each in said(first.records) if each[0] == "Withdrawn")
    assert ("Withdrawal", "", "21 January 2026, wrong", "") in told[2]  # type: ignore[operator]


def test_in_french(here: Repository) -> None:
    page = history(pages(here), "fr/entreprises/pond/historique/index.html")
    assert page.title == "Historique de la page sur Pond Bread"
    assert page.reach == "Tenu depuis le 2 janvier 2026."
    assert page.days[1].as_of == "Version du 11 janvier 2026"
    assert [key for key, *_ in next(said(page.days[1].records))[2]] == ["Libellé (anglais)", "Libellé"]  # type: ignore[attr-defined]
    assert page.days[1].records[1].last_words == "Elle a vendu des miettes, selon The Daily Quack."
    oats = next(each for each in page.wordings if each.anchor == "wordings-oats")
    assert [one.period for one in oats.versions] == ["Depuis le 2 janvier 2026"]


def test_the_company_page_leads_there(here: Repository) -> None:
    found = pages(here)
    page = company(found)
    assert page.history is not None
    assert (page.history.text, page.history.href, page.untold) == ("History of this page", "history/index.html", "")
    earlier = {claim.id: claim.earlier.href if claim.earlier else "" for claim in page.claims}
    assert earlier == {
        "oats": "history/index.html#wordings-oats", "rye": "history/index.html#wordings-rye", "more": "",
    }  # fmt: skip
    french = company(found, "fr/entreprises/pond/index.html")
    assert [claim.id for claim in french.claims if claim.earlier] == ["rye"]


def test_a_translation_older_than_its_original_says_so(here: Repository) -> None:
    found = pages(here)
    french, english = company(found, "fr/entreprises/pond/index.html"), company(found)
    older = "Traduction antérieure à l’original du 5 janvier 2026"
    assert {claim.id: claim.older for claim in french.claims} == {"oats": older, "rye": "", "more": ""}
    assert french.summary_older == "Traduction antérieure à l’original du 20 janvier 2026"
    assert {claim.older for claim in english.claims} == {english.summary_older} == {""}
    # What a translator has mended and not yet committed is no longer older.
    text = (here.root / "data/pond.yaml").read_text("utf-8")
    here.write("pond", text.replace("de l’avoine", "de l’avoine et du son"))
    french = company(pages(here), "fr/entreprises/pond/index.html")
    assert {claim.older for claim in french.claims} == {""}


def test_without_history_nothing_is_invented(here: Repository) -> None:
    found = pages(here, Past())
    assert not [path for path in found if "histor" in path]
    page = company(found)
    assert page.history is None
    assert page.untold == "The history of this dossier is not part of this build."
    assert {claim.earlier for claim in page.claims} == {None}


def test_a_shallow_clone_says_so(here: Repository, tmp_path: Path) -> None:
    here.git("clone", "--quiet", "--depth=2", f"file://{here.folder}", str(tmp_path / "clone"))
    clone = Repository.__new__(Repository)
    clone.folder = clone.root = tmp_path / "clone"
    page = history(pages(clone))
    assert page.reach.startswith("Known since 11 January 2026. Earlier history is not known here")
    assert [day.day for day in page.days] == ["2026-01-20", "2026-01-10"]
    assert [(each.kind, each.title) for each in page.days[1].records] == [("Correction", "Service, December 2025")]
    assert all(not day.new for day in page.days)


def test_what_was_redacted_is_not_shown_again(here: Repository) -> None:
    here.commit("2026-01-25", changes=CORRECTED.replace("kind: correction", "kind: redaction"))
    site = build(here.root, TODAY, None, here.past)
    assert site.files is not None
    shown = b"".join(file.content for file in site.files if "histor" in file.path)  # type: ignore[union-attr]
    assert b"sold oats, The" in shown
    assert b"sold rye" not in shown
    assert b"du seigle" not in shown
    page = history(pages(here))
    (rye,) = (each for each in page.days[1].records if each.link and each.link.href.endswith("#rye"))
    hidden = "changed; the words are not shown, to protect somebody"
    assert [(one.key, one.before, one.after, one.says) for one in rye.alterations] == [
        ("Wording", "", "", hidden), ("Wording (French)", "", "", hidden),
    ]  # fmt: skip
    wording = next(each for each in page.wordings if each.anchor == "wordings-rye")
    assert (wording.versions, wording.says) == ((), "Earlier wordings are not shown, to protect somebody.")


def test_a_claim_that_vanished_without_a_word_is_only_named(here: Repository) -> None:
    here.commit("2026-01-25", changes=CORRECTED[: CORRECTED.index("tombstones")])
    page = history(pages(here))
    gone = next(each for day in page.days for each in day.records if each.kind == "Removed")
    assert (gone.title, gone.link) == ("Service, December 2025", None)
    assert (gone.last_words, gone.reasons, gone.unexplained) == ("", (), "No reason recorded.")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("title: {en: Old crumbs, fr: Vieilles miettes}", "Old crumbs"),
        ("title: {fr: Vieilles miettes}", "Service, December 2025"),
        ("kind: 'service <b>'", "crumbs"),
        ("date: soon", "Service, soon"),
        ("counterparty: nobody", "Service, December 2025"),
    ],
)
def test_what_is_gone_is_called_as_it_was(here: Repository, said: str, named: str) -> None:
    key = said.split(":", maxsplit=1)[0]
    crumbs = "".join(line for line in CRUMBS.splitlines(keepends=True) if not line.startswith(f"    {key}:"))
    here.commit("2026-01-25", pond=pond(OATS, RYE, crumbs + f"    {said}\n"))
    here.commit("2026-01-26", pond=pond(OATS, RYE))
    found = pages(here)
    assert named in [each.title for each in history(found).days[0].records]
    changes = found["changes/index.html"]
    assert isinstance(changes, ChangesPage)
    told = next(day.title for day in changes.days if day.kind == "Removed")
    assert told == (f"Pond Bread: {named}" if named != "crumbs" else named)


def test_what_is_gone_and_redacted_is_called_by_its_id(here: Repository) -> None:
    hidden = CORRECTED.replace("target: rye, kind: correction", "target: crumbs, kind: redaction")
    here.commit("2026-01-25", changes=hidden)
    assert "crumbs" in [each.title for day in history(pages(here)).days for each in day.records]


def test_changes_tell_what_is_new_and_what_was_reworded_without_a_correction(here: Repository) -> None:
    page = pages(here)["changes/index.html"]
    assert isinstance(page, ChangesPage)
    assert [(day.when, day.kind, day.link.href if day.link else "") for day in page.days] == [
        ("10 January 2026", "Removed", ""),
        ("10 January 2026", "Correction", "../companies/pond/index.html#rye"),
        ("5 January 2026", "Wording changed", "../companies/pond/history/index.html#2026-01-05"),
        ("5 January 2026", "1 new claim", "../companies/pond/history/index.html#2026-01-05"),
    ]
    french = pages(here)["fr/changements/index.html"]
    assert isinstance(french, ChangesPage)
    assert [day.kind for day in french.days][2:] == ["1 nouvelle affirmation"]


@pytest.mark.parametrize(
    ("dated", "is_together", "explains"),
    [
        ("2025-06-01", True, True),
        ("2025-06-01", False, False),
        ("2026-01-23", False, True),
        ("2026-01-21", False, False),
        ("2026-01", False, True),
    ],
)
def test_a_correction_explains_what_came_with_it_or_on_its_day(
    here: Repository, dated: str, is_together: bool, explains: bool
) -> None:
    corrected = (
        f"corrections:\n  - {{id: more-corrected, date: {dated}, target: more, kind: correction, text: Less.}}\n"
    )
    reworded = (here.root / "data/pond.yaml").read_text("utf-8").replace("sold more", "sold less")
    if is_together:
        here.commit("2026-01-24", pond=reworded, corrected=corrected)
    else:
        here.commit("2026-01-22", corrected=corrected)
        here.commit("2026-01-24", pond=reworded)
    day = next(each for each in history(pages(here)).days if each.day == "2026-01-24")
    (more,) = (each for each in day.records if each.link and each.link.href.endswith("#more"))
    assert bool(more.reasons) == explains
    assert bool(more.unexplained) != explains


def test_values_that_no_rule_of_today_would_let_through(here: Repository) -> None:
    odd = [
        "{value: 1e99, currency: USD, kind: odd}",
        "{value: -5, currency: '<b>', kind: ceiling}",
        "lots",
        "{}",
        "{value: 5, currency: CAD, kind: ceiling, approximate: true}",
    ]
    text = (here.root / "data/pond.yaml").read_text("utf-8")
    for number, amount in enumerate(odd):
        changed = text.replace(
            "    mode: reported\n",
            f"    mode: odd{number}\n    amount: {amount}\n    withdrawn: {{date: never, reason: '{number}'}}\n",
            1,
        )
        here.commit(f"2026-01-2{number + 1}", pond=changed.replace("date: 2025-12", f"date: around {number}", 1))
    here.commit("2026-01-27", pond=text)
    page = history(pages(here))
    shown = [one for day in page.days for each in day.records for one in each.alterations if one.key == "Amount"]
    assert ("1e99 USD odd", "-5 <b> ceiling") in [(one.before, one.after) for one in shown]
    assert "about C$5, ceiling" in [one.before for one in shown]
    site = build(here.root, TODAY, None, here.past)
    assert site.files is not None
    assert b"-5 &lt;b&gt; ceiling" in b"".join(f.content for f in site.files if "history" in f.path)  # type: ignore[union-attr]


def built_into(here: Repository, output: Path, past: Past | None = None) -> bool:
    sitting = Sitting.at(here.root, output, TODAY)
    built = build(here.root, TODAY, sitting, here.past if past is None else lambda: past)
    assert built.files is not None, built.problems
    sitting.keep(built, publish(built, output))
    sitting.close()
    return built.anew


def test_an_edit_in_a_new_process_knows_the_past_from_memory(here: Repository, tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert built_into(here, output)
    assert unchanged(here.root, output, TODAY) is not None
    text = (here.root / "data/pond.yaml").read_text("utf-8")
    here.write("pond", text.replace("It sold more", "It sold much more"))
    assert not built_into(here, output, Past())
    assert "Earlier wordings" in (output / "companies/pond/index.html").read_text("utf-8")
    clean = tmp_path / "clean"
    built_into(here, clean)
    assert tree(output) == tree(clean)


def test_another_commit_makes_everything_anew(here: Repository, tmp_path: Path) -> None:
    output = tmp_path / "site"
    built_into(here, output)
    before = stamp_of(here.root, TODAY)
    here.commit("2026-01-25")
    assert stamp_of(here.root, TODAY) != before
    assert unchanged(here.root, output, TODAY) is None
    assert built_into(here, output)
    assert not built_into(here, output)


def test_why_a_history_is_as_it_is(here: Repository) -> None:
    sitting = Sitting(here.root, Memory(None, ""))
    built = build(here.root, TODAY, sitting, partial(past_of, here.root, os.environ))
    assert built.files is not None
    for _ in built.files:
        pass
    found = why(sitting, TODAY, "companies/pond/history/index.html")
    assert found is not None
    assert found.unit == "company:pond"
    assert "pages/history.html" in found.templates
    sitting.close()
