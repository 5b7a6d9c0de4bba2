"""`build.py stats` says what the pages say, in the same numbers; and its keys stay."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dossier.cli import main
from dossier.commands.stats import told
from dossier.pages import HomePage, Page
from dossier.pipeline import examine
from dossier.plan import plan
from dossier.plan.counts import added, of_company, of_source
from dossier.register import Register
from dossier.source_page import SourcesPage
from dossier.stats import Stats, stats
from dossier.weak_points import WeakPointsPage, WeakRow

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
DOSSIERS = {"the dossier": ROOT, **{each.parent.name: each.parent for each in (ROOT / "tests/sites").glob("*/data")}}


@dataclass(frozen=True)
class Both:
    """One dossier: its register, its statistics, and the pages of its first language by template."""

    register: Register
    stats: Stats
    pages: dict[str, Page]


def examined(root: Path) -> Register:
    found = examine(root, TODAY)
    assert found.stands
    assert found.register
    return found.register


@pytest.fixture(scope="module", params=sorted(DOSSIERS))
def both(request: pytest.FixtureRequest) -> Both:
    register = examined(DOSSIERS[request.param])
    first = register.languages[0]
    pages = {
        page.template: page for page in plan(register, TODAY) if page.frame.code == first and not page.frame.noindex
    }
    return Both(register, stats(register, TODAY), pages)


def first_number(text: str) -> int:
    match = re.match(r"[\d,\u00a0\u202f ]*\d", text)
    return int(re.sub(r"\D", "", match[0])) if match else 0


def test_the_home_page_says_the_same(both: Both) -> None:
    home, found = both.pages["pages/home.html"], both.stats
    assert isinstance(home, HomePage)
    companies, claims, sources, _ = home.numbers
    assert first_number(companies[0]) == found["companies"]
    assert first_number(claims[0]) == found["claims"]["live"]
    assert first_number(sources[0]) == found["sources"]["read"]
    origins = re.search(r"\d[\d,]*", sources[1])
    assert origins
    assert int(origins[0].replace(",", "")) == found["origins"]
    assert {each.label.shape: first_number(each.says) for each in home.by_label} == {
        word: number for word, number in found["labels"].items() if number
    }


def test_the_page_of_weak_points_says_the_same(both: Both) -> None:
    page, weak = both.pages["pages/weak.html"], both.stats["weak_points"]
    assert isinstance(page, WeakPointsPage)
    by_anchor = {part.anchor: part for part in page.parts}
    count = {part.anchor: int(part.count) for part in page.parts}
    lost = {claim for each in weak["rest_on_one_source"] for claim in each["loses"]}
    changed = {each["claim"] for one in weak["rest_on_one_source"] for each in one["changes"]}
    assert count["falls"] == len(lost | changed)
    assert count["copies"] == len(weak["no_archived_copy"])
    assert count["answers"] == len(weak["no_answer"])
    assert count["checks"] == len(weak["not_checked_lately"])
    assert fragments(by_anchor["copies"].rows) == sorted(each["claim"] for each in weak["no_archived_copy"])
    assert fragments(by_anchor["checks"].rows) == sorted(each["claim"] for each in weak["not_checked_lately"])
    rows = {row.head.href.split("/")[-2]: fragments((row,)) for row in by_anchor["falls"].rows}
    assert rows == {
        each["source"]: sorted([*each["loses"], *(change["claim"] for change in each["changes"])])
        for each in weak["rest_on_one_source"]
    }


def fragments(rows: tuple[WeakRow, ...]) -> list[str]:
    return sorted(link.href.partition("#")[2] for row in rows for link, _ in row.items)


def test_the_list_of_sources_says_the_same(both: Both) -> None:
    page = both.pages["pages/sources.html"]
    assert isinstance(page, SourcesPage)
    shown = sorted((first_number(each.claims), first_number(each.sources)) for each in page.shares)
    mine = [(each["claims"], each["sources"]) for each in both.stats["publishers"] if each["claims"]]
    assert all(each in mine for each in shown)
    assert [each["claims"] for each in both.stats["publishers"]][: len(shown)] == sorted(
        (n for n, _ in shown), reverse=True
    )


def test_the_records_say_the_same(both: Both) -> None:
    """Counted anew, claim by claim, and not through what pages are counted with."""
    register, found = both.register, both.stats
    live = [claim for claim in register.claims.values() if not claim.withdrawn]
    assert found["claims"] == {"live": len(live), "withdrawn": len(register.claims) - len(live)}
    for key, word in (("kinds", "kind"), ("modes", "mode")):
        assert {word: n for word, n in found[key].items() if n} == counted(getattr(claim, word) for claim in live)
    assert sum(found["labels"].values()) == sum(found["kinds"].values()) == len(live)
    assert found["links"] == sum(len({each.source for each in claim.supports}) for claim in live)
    assert sum(found["replies"].values()) == len(register.responses)
    assert found["sources"]["read"] + found["sources"]["not_read"] == len(register.sources)
    assert sum(each["sources"] for each in found["publishers"]) == len(register.sources)
    for each in found["weak_points"]["rest_on_one_source"]:
        for claim in each["loses"]:
            origins = register.standing[claim].origins
            assert origins
            assert all(each["source"] in _above(register, source) for one in origins for source in one.through)


def counted(words: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def _above(register: Register, source: str) -> set[str]:
    """A source, and all that it rests on."""
    met = {source}
    left = [source]
    for each in left:
        new = {parent for parent in register.sources[each].derived_from if parent in register.sources} - met
        met |= new
        left += sorted(new)
    return met


def shape(value: Any) -> Any:
    """The keys of a value, without what stands there."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None


def test_keys_stay() -> None:
    """Programs of others read them: none is renamed or left out where there is nothing to count."""
    found = stats(examined(DOSSIERS["bakeries"]), TODAY)
    assert list(found) == [
        "date", "companies", "claims", "links", "sources", "origins", "labels", "modes", "kinds", "quotes",
        "quotes_verified", "words_quoted", "replies", "publishers", "weak_points",
    ]  # fmt: skip
    assert shape(found["claims"]) == {"live": None, "withdrawn": None}
    assert shape(found["sources"]) == {"read": None, "not_read": None, "no_archive": None}
    assert list(found["labels"]) == [
        "disputed", "on-record", "acknowledged", "corroborated", "reported", "alleged",
    ]  # fmt: skip
    assert list(found["modes"]) == ["recorded", "reported", "alleged", "acknowledged", "denied", "adjudicated"]
    assert list(found["replies"]) == ["responded", "declined", "no-response", "none-found", "not-asked", "invited"]
    assert set(found["publishers"][0]) == {"id", "name", "sources", "claims", "share"}
    weak = found["weak_points"]
    assert list(weak) == [
        "rest_on_one_source", "no_archived_copy", "quotes_in_vain", "no_answer", "not_checked_lately",
    ]  # fmt: skip
    assert set(weak["rest_on_one_source"][0]) == {"source", "loses", "changes"}
    assert set(weak["no_answer"][0]) == {"response", "company", "status", "date", "deadline"}
    empty = stats(examined(DOSSIERS["minimal"]), TODAY)
    for key in ("claims", "sources", "labels", "modes", "kinds", "replies"):
        assert list(empty[key]) == list(found[key])
    assert list(empty["weak_points"]) == list(weak)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["stats", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


def test_json_is_what_was_counted(run: Run) -> None:
    code, out, _ = run("--root", DOSSIERS["bakeries"], "--format", "json")
    assert code == 0
    assert json.loads(out) == json.loads(json.dumps(stats(examined(DOSSIERS["bakeries"]), TODAY)))


def test_text_names_each_weak_point(run: Run) -> None:
    code, out, _ = run("--root", DOSSIERS["bakeries"])
    found = stats(examined(DOSSIERS["bakeries"]), TODAY)
    assert code == 0
    assert out.startswith("As of 2026-11-22\n")
    rows = dict(re.findall(r"^  (\S.*?) {2,}([\d,]+)$", out, re.MULTILINE))
    assert (rows["companies"], rows["claims"]) == (str(found["companies"]), str(found["claims"]["live"]))
    assert rows["words quoted"] == f"{found['words_quoted']:,}"
    weak = found["weak_points"]
    for each in (*weak["no_archived_copy"], *weak["not_checked_lately"]):
        assert each["claim"] in out
    assert "eclair-invited: eclair, invited, 2026-11-15, due 2026-12-15" in out
    for each in weak["rest_on_one_source"]:
        assert f"  {each['source']}: " in out


def test_nothing_is_counted_of_what_does_not_stand(tmp_path: Path, run: Run) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/site.yaml").write_text((DOSSIERS["minimal"] / "data/site.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "data/companies.yaml").write_text("companies:\n- {id: alder, name: Alder, nickname: Al}\n")
    code, out, _ = run("--root", tmp_path)
    assert code == 1
    assert "data/companies.yaml:2:" in out
    assert "As of" not in out


def test_what_strangers_typed_stays_text(tmp_path: Path) -> None:
    """A name as long as a screen, or of another direction, moves no column and no cursor."""
    found = stats(examined(DOSSIERS["bakeries"]), TODAY)
    found["publishers"][0] |= {"name": "\u202eevil\x1b[2J" + "x" * 500}
    text = "\n".join(told(found))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "x" * 60 not in text


def test_it_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "stats", "--root", str(DOSSIERS["minimal"]), "--format", "json"],
        env={"SOURCE_DATE_EPOCH": "1795305600"}, cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["date"] == "2026-11-22"


@pytest.mark.parametrize("name", ["the dossier", "bakeries"])
def test_figures_are_the_same_in_whatever_order_and_parts_they_are_added_up(name: str) -> None:
    register = examine(DOSSIERS[name], TODAY).register
    assert register
    parts = [of_company(register, each, TODAY) for each in register.companies.values()]
    parts += [of_source(register, each) for each in register.sources.values()]
    whole = added(parts)
    assert whole.claims
    assert whole.money
    for number in (1, 2, 7):
        sums = [added(parts[index::number]).told() for index in range(number)]
        assert added(reversed(sums)) == whole
    assert added([whole.told()]) == whole
