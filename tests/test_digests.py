"""Versions: what a page once printed is found again in the history, with what has changed since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dossier.digests import digest, said_by_key, version
from dossier.document import Mapping, Sequence
from dossier.history_page import PastVersion
from dossier.load import read_yaml
from dossier.past import NO_PAST, Change, Edit, Past
from dossier.pipeline import Sitting, publish
from dossier.pipeline import build as built_of
from dossier.plan.versions import became
from tests.repository import Repository
from tests.test_history import CLAIM, CRUMBS, OATS, RYE, SOURCES, TODAY, company, history, pages, pond
from tests.test_past import loose

BRAN = OATS.replace("sold oats", "sold bran").replace("de l’avoine", "du son")
MORE = CLAIM.format(id="more", en="It sold more, The Daily Quack reported.", fr="Plus, selon The Daily Quack.")
WRONG = RYE + "    withdrawn: {date: 2026-01-05, reason: wrong, note: {en: Misread., fr: Mal lu.}}\n"
SPOKE = """\
responses:
  - {id: spoke, status: declined, date: 2026-01-07, company: pond, citations: [{source: quack, quote: no words}]}
"""
GONE = "tombstones:\n  - {id: crumbs, date: 2026-01-06, reason: {en: Said twice., fr: Dit deux fois.}, company: pond}\n"
MENDED = """\
corrections:
  - {id: oats-corrected, date: 2026-01-08, target: oats, kind: clarification, raised_by: reader,
     text: {en: "Bran, not oats.", fr: "Du son, pas de l’avoine."}}
"""
LAKE = "companies:\n  - {id: lake, name: Lake}\n"
MOVED = OATS.replace("reply: silent", "adverse: false") + "    company: lake\n"
FRENCH = "fr/entreprises/pond"


@pytest.fixture
def here(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repository")
    made.commit("2026-01-02", pond=pond(OATS, RYE, CRUMBS), sources=SOURCES)
    return made


def printed(here: Repository) -> str:
    """The version that a build of the folder as it stands prints; its history takes no part in it."""
    found = pages(here, NO_PAST)
    english, french = company(found).version, company(found, f"{FRENCH}/index.html").version
    assert english
    assert french
    assert english.href == french.href == ""
    name = english.text.removeprefix("Version ")
    assert french.text == f"Version {name}"
    return name


def told(here: Repository, past: Past | None = None) -> dict[str, PastVersion]:
    """The versions of a company's history, by name."""
    return {each.anchor.removeprefix("v-"): each for each in history(pages(here, past)).versions}


def test_what_was_once_printed_is_found_in_the_history(here: Repository) -> None:
    seen = [printed(here)]

    def step(day: str, **files: str | bytes | None) -> None:
        here.commit(day, **files)
        seen.append(printed(here))

    step("2026-01-03", pond=pond(BRAN, RYE, CRUMBS))
    step("2026-01-04", pond=pond(BRAN, RYE, CRUMBS, MORE))
    step("2026-01-05", pond=pond(BRAN, WRONG, CRUMBS, MORE))
    step("2026-01-06", pond=pond(BRAN, WRONG, MORE), gone=GONE)
    answered = BRAN.replace("reply: silent", "reply: spoke")
    step("2026-01-07", pond=pond(answered, WRONG, MORE), spoke=SPOKE)
    step("2026-01-08", changes=MENDED)
    step("2026-01-09", pond=pond(answered, WRONG, MORE, more=" bread"))
    step(
        "2026-01-09",
        pond=pond(answered, WRONG, MORE.replace("verified: 2026-01-01", "verified: 2026-01-09"), more=" bread"),
    )
    assert len(set(seen)) == 9
    found = told(here)
    assert list(found) == seen[::-1]
    rest = ["1 new reply", "the summary or the facts changed", "1 correction or update"]
    details, more = "1 claim changed in its sources or details", "1 new claim"
    assert [found[name].since.removeprefix("Since then: ").removesuffix(".").split(", ") for name in seen] == [
        ["1 claim reworded", more, "1 claim withdrawn", "1 claim removed", *rest],
        [more, "1 claim withdrawn", "1 claim removed", details, *rest],
        ["1 claim withdrawn", "1 claim removed", details, "1 claim checked again", *rest],
        ["1 claim removed", details, "1 claim checked again", *rest],
        [details, "1 claim checked again", *rest],
        ["1 claim checked again", *rest[1:]],
        ["1 claim checked again", rest[1]],
        ["1 claim checked again"],
        ["It is what the page says now"],
    ]
    assert [found[name].period for name in (seen[0], seen[-2], seen[-1])] == [
        "2 January 2026 until 3 January 2026",
        "9 January 2026",
        "Since 9 January 2026",
    ]
    assert found[seen[0]].arrived == f"You followed a link to version {seen[0]} of 2 January 2026."
    heading = "Service, December 2025"
    assert [(each.what, [(link.text, link.href) for link in each.records]) for each in found[seen[0]].become] == [
        ("Reworded", [(heading, "#wordings-oats")]),
        ("New", [(heading, "../index.html#more")]),
        ("Withdrawn", [(heading, "../index.html#rye")]),
        ("Removed", [(heading, "")]),
        ("New reply", [("Reply by Pond Bread, 7 January 2026", "../index.html#oats")]),
    ]
    onward = [found[name].onward for name in seen]
    assert [link and link.href for link in onward[:2]] == ["#2026-01-03", "#2026-01-04"]
    assert onward[-1] is None
    link = company(pages(here)).version
    assert link
    assert link.href == f"history/index.html#v-{seen[-1]}"


def test_typing_order_files_and_other_records_make_no_version(here: Repository) -> None:
    first = printed(here)
    typed = pond(
        CRUMBS,
        RYE,
        OATS.replace("    kind: service\n    mode: reported\n", "    mode: 'reported'\n    kind: >-\n      service\n"),
    )
    here.commit("2026-01-03", pond=typed.replace("name: Pond Bread", 'name: "Pond  Bread"'))
    assert printed(here) == first
    here.git("mv", "data/pond.yaml", "data/brook.yaml")
    here.commit("2026-01-04")
    claims, responses = typed.split("responses:")
    here.commit("2026-01-05", brook=claims, apart=f"about: pond\nresponses:{responses}")
    here.commit("2026-01-06", lake=LAKE, sources=SOURCES.replace("Ducks fed", "Ducks were fed"))
    assert printed(here) == first
    assert [(name, each.period) for name, each in told(here).items()] == [(first, "Since 2 January 2026")]


def test_a_text_in_the_first_language_may_name_it(here: Repository) -> None:
    bare = LAKE.replace("name: Lake", "name: Lake, summary: It swims [@quack].")
    here.commit("2026-01-03", lake=bare)
    here.commit("2026-01-04", lake=bare.replace("It swims [@quack].", '{en: "It swims [@quack]."}'))
    found = pages(here)
    assert len(history(found, "companies/lake/history/index.html").versions) == 1


def test_a_version_that_came_back_stood_twice(here: Repository) -> None:
    first = printed(here)
    here.commit("2026-01-03", pond=pond(BRAN, RYE, CRUMBS))
    second = printed(here)
    here.commit("2026-01-05", pond=pond(OATS, RYE, CRUMBS))
    assert printed(here) == first
    here.commit("2026-01-07", pond=pond(OATS, RYE, CRUMBS, MORE))
    third = printed(here)
    found = told(here)
    assert list(found) == [third, first, second]
    assert found[first].period == "2 January 2026 until 3 January 2026; 5 January 2026 until 7 January 2026"
    assert found[first].since == "Since then: 1 new claim."
    assert found[first].arrived == f"You followed a link to version {first} of 5 January 2026."
    assert found[second].since == "Since then: 1 claim reworded, 1 new claim."


def test_words_that_are_back_are_not_counted(here: Repository) -> None:
    here.commit("2026-01-03", pond=pond(BRAN, RYE, CRUMBS))
    here.commit("2026-01-05", pond=pond(OATS, RYE, CRUMBS, MORE))
    assert [each.since for each in told(here).values()][2] == "Since then: 1 new claim."


def test_a_correction_goes_where_its_target_goes(here: Repository) -> None:
    """The target is gone to another company, and comes back: as builds of those files have it."""
    seen = [printed(here)]
    here.commit("2026-01-08", changes=MENDED, lake=LAKE)
    seen.append(printed(here))
    here.commit("2026-01-09", pond=pond(RYE, CRUMBS), lake=LAKE + "claims:\n" + MOVED)
    seen.append(printed(here))
    at_lake = company(pages(here, NO_PAST), "companies/lake/index.html").version
    assert at_lake
    here.commit("2026-01-10", pond=pond(OATS, RYE, CRUMBS), lake=LAKE)
    seen.append(printed(here))
    here.commit("2026-01-11", changes=None)
    seen.append(printed(here))
    past = here.past()
    assert [state.version for state in past.states_of("pond")] == seen
    assert at_lake.text == f"Version {past.states_of('lake')[1].version}"
    assert [seen[3], seen[4]] == [seen[1], seen[0]]


def test_of_what_was_redacted_a_version_shows_no_words(here: Repository) -> None:
    first = printed(here)
    hidden = MENDED.replace("clarification", "redaction").replace("target: oats", "target: crumbs")
    here.commit("2026-01-03", pond=pond(OATS, RYE, CRUMBS.replace("sold crumbs", "sold")), changes=hidden)
    found = told(here)[first]
    assert found.since == "Since then: 1 claim reworded, 1 correction or update."
    assert "crumbs" not in repr(found).replace("wordings-crumbs", "")


def test_what_is_not_committed_is_told_as_such(here: Repository) -> None:
    first = printed(here)
    here.write("pond", pond(BRAN, RYE, CRUMBS))
    now = printed(here)
    found = told(here)
    assert list(found) == [now, first]
    assert (found[now].period, found[now].since) == (
        "What the page says now. It is not part of the known history yet.",
        "It is what the page says now.",
    )
    assert found[first].since == "Later changes are not part of the known history yet."


def test_before_a_shallow_history_versions_are_not_known(here: Repository, tmp_path: Path) -> None:
    first = printed(here)
    here.commit("2026-01-03", pond=pond(BRAN, RYE, CRUMBS))
    here.commit("2026-01-05", pond=pond(BRAN, RYE, CRUMBS, MORE))
    second = next(iter(told(here).keys() - {first, printed(here)}))
    here.git("clone", "--quiet", "--depth=2", f"file://{here.folder}", str(tmp_path / "clone"))
    clone = object.__new__(Repository)
    clone.folder = clone.root = tmp_path / "clone"
    found = told(clone)
    assert list(found) == [printed(here), second]
    assert found[second].period == "3 January 2026 or earlier until 5 January 2026"


def test_while_the_words_of_a_file_are_missing_no_version_is_told(here: Repository) -> None:
    """It would be of half the records, and a name that was never printed."""
    claims, responses = pond(OATS, RYE, CRUMBS).split("responses:")
    here.commit("2026-01-03", pond=claims, apart=f"about: pond\nresponses:{responses}")
    here.commit("2026-01-04", apart=f"about: pond\nresponses:{responses}".replace("2026-01-01", "2026-01-02"))
    lost = here.git("rev-parse", "HEAD:data/apart.yaml")
    here.commit("2026-01-05", pond=claims.replace("sold oats", "sold bran"))
    here.commit("2026-01-06", apart=f"about: pond\nresponses:{responses}")
    here.commit("2026-01-07", pond=claims.replace("sold oats", "sold rice"))
    loose(here, lost).unlink()
    past = here.past()
    assert [state.day for state in past.states_of("pond")] == ["2026-01-06", "2026-01-07"]
    assert past.states_of("pond")[-1].version == printed(here)


def test_a_company_that_is_taken_away_and_comes_back(here: Repository) -> None:
    first = printed(here)
    here.commit(
        "2026-01-03",
        pond=pond(OATS, RYE, CRUMBS).replace("id: pond\n", "id: mere\n").replace("about: pond", "about: mere"),
    )
    here.commit("2026-01-04", pond=pond(OATS, RYE, CRUMBS))
    states = here.past().states_of("pond")
    assert [(state.day, state.version) for state in states] == [
        ("2026-01-02", first),
        ("2026-01-03", ""),
        ("2026-01-04", first),
    ]
    assert told(here)[first].period == "2 January 2026 until 3 January 2026; Since 4 January 2026"


def test_an_edit_makes_another_version_at_once(here: Repository, tmp_path: Path) -> None:
    """From the memory, as from a clean build."""
    output = tmp_path / "site"

    def make(into: Path) -> str:
        sitting = Sitting.at(here.root, into, TODAY)
        built = built_of(here.root, TODAY, sitting, here.past)
        sitting.keep(built, publish(built, into))
        sitting.close()
        return (into / "companies/pond/index.html").read_text("utf-8") if not built.anew or into != output else ""

    make(output)
    here.write("spoke", SPOKE)
    edited = make(output)
    assert f"#v-{printed(here)}" in edited
    assert edited == make(tmp_path / "clean")
    shutil.rmtree(tmp_path / "clean")


def keys_of(text: str) -> dict[str, str]:
    document, _ = read_yaml(text.encode(), "data/x.yaml")
    assert isinstance(document.root, Mapping)
    claims = document.root.get("claims")
    assert isinstance(claims, Sequence)
    assert isinstance(claims.items[0], Mapping)
    return said_by_key("claims", claims.items[0], "pond", "en")


def test_a_version_is_for_ever() -> None:
    """Printed in letters and on paper: no later program may count otherwise."""
    keys = keys_of("claims:\n" + RYE.replace("It sold", '\\"It\\"  sold').replace("2025-12", "'2025-12'"))
    assert keys == {
        "kind": '"service"',
        "mode": '"reported"',
        "date": '"2025-12"',
        "statement": '{"en":"\\"It\\" sold rye, The Daily Quack reported.",'
        '"fr":"Elle a vendu du seigle, selon The Daily Quack."}',
        "citations": '[{"quote":"fed the ducks","source":"quack"}]',
        "verified": '"2026-01-01"',
        "reply": '"silent"',
        "company": '"pond"',
    }
    assert f"{digest('claims', 'rye', keys):032x}" == "8e3950afd74338366076d32f5691a5ba"
    assert version("pond", 2**128 - 1) == version("pond", -1) == "2333ffd3e2"
    assert keys_of("claims:\n  - {note: {en: e\u0301}, x: [b, a]}") == {
        "note": '"é"',
        "x": '["a","b"]',
        "company": '"pond"',
    }


def edited(deed: str, *edits: Edit) -> Change:
    return Change("2026-01-01", "c", deed, "claims", edits)  # type: ignore[arg-type]


STATEMENT, BACK = Edit("statement", "en", "a", "b"), Edit("statement", "en", "b", "a")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ([edited("changed", STATEMENT)], "reworded"),
        ([edited("changed", STATEMENT), edited("changed", BACK)], ""),
        ([edited("changed", Edit("statement", "fr", "a", "b"))], "other"),
        ([edited("changed", Edit("amount", "", "1 CAD", "2 CAD"))], "reworded"),
        ([edited("changed", Edit("verified", "", "a", "b"))], "checked"),
        ([edited("changed", Edit("verified", "", "a", "b"), Edit("citations", added=1))], "other"),
        ([edited("changed", Edit("citations", added=1)), edited("changed", Edit("citations", removed=1))], "other"),
        ([edited("changed", Edit("note", "en", "…", "…"))], "other"),
        ([edited("changed", Edit("withdrawn", "", "", "2026-01-01 wrong"), STATEMENT)], "withdrawn"),
        ([edited("changed", Edit("withdrawn", "", "2026-01-01 wrong", ""))], "other"),
        ([edited("new", STATEMENT), edited("changed", BACK)], "new"),
        ([edited("new"), edited("gone")], ""),
        ([edited("changed", STATEMENT), edited("gone")], "gone"),
        ([edited("gone", Edit("statement", "en", "a")), edited("new", Edit("statement", "en", "", "a"))], ""),
        ([edited("gone", Edit("statement", "en", "a")), edited("new", Edit("statement", "en", "", "b"))], "reworded"),
    ],
)  # fmt: skip
def test_what_became_of_a_claim(changes: list[Change], word: str) -> None:
    assert became(changes, "en") == word
