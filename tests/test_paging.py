"""Lists that outgrow a page: in parts, with nothing lost, everything found, and addresses that stay."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import turbohtml

from dossier import render
from dossier.built import held
from dossier.memory import Memory
from dossier.pages import TimelinePage
from dossier.pipeline import Sitting, build
from dossier.plan import paging
from dossier.plan.dated import parts_of
from dossier.plan.lines import Lines
from dossier.plan.paging import in_alphabet, lettered, letters, months, part_of_letter, periods
from tests.expected import SITES, TODAY
from tests.given import pages
from tests.site_tests.published import Page, Site
from tests.site_tests.test_html import RULES, complaints

BAKERIES = SITES / "bakeries"


def site_of(root: Path) -> Site:
    files = build(root, TODAY).files
    assert files is not None
    return Site("https://bakeries.example/dossier/", ("en", "fr"), {each.path: held(each).content for each in files})


@pytest.fixture(scope="module")
def whole() -> Site:
    """The bakeries with one page a list."""
    return site_of(BAKERIES)


@pytest.fixture(scope="module")
def split() -> Site:
    """The same, where no page may print more than three lines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "MOST", 3)
        # What a template says for a large dossier alone is plain too: else Jinja makes it, in silence and slowly.
        patch.setattr(render, "_kept_environment", None)
        return site_of(BAKERIES)


PARTS = {
    "companies": ["0", "e", "g", "n"],
    "sources": ["a", "b", "c", "g", "i", "l", "m", "n", "o", "r", "t", "w"],
    "changes": ["2025", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-10"],
    "timeline": [
        "1900", "1980", "2024", "2025-00", "2025-06", "2025-07", "2025-11", "2025-12",
        "2026-00", "2026-01", "2026-02", "2026-03", "2026-05", "2026-10", "2027",
    ],
}  # fmt: skip
FRENCH = {"companies": "entreprises", "changes": "changements", "timeline": "chronologie", "sources": "sources"}


def parts(site: Site, section: str, language: str = "en") -> list[Page]:
    """The pages of the parts of a list, in order."""
    folder = section if language == "en" else f"fr/{FRENCH[section]}"
    found = [
        page
        for page in site.pages.values()
        if re.fullmatch(rf"{folder}/(?:\w|\d{{4}}(?:-\d\d)?)/index.html", page.path)
    ]
    return sorted(found, key=lambda page: page.path)


def first(site: Site, section: str, language: str = "en") -> Page:
    return site.pages[f"{section}/index.html" if language == "en" else f"fr/{FRENCH[section]}/index.html"]


def entry(item: turbohtml.Element) -> tuple[str, str, str]:
    """A dated entry by its date, its kind and what it is called, without the words that follow."""
    named = item.select_one("div > a, div > b")
    assert named is not None
    when, kind = item.select_one("time, .day"), item.select_one(".mode")
    assert when is not None
    assert kind is not None
    return when.text, kind.text, named.text


def entries(page: Page) -> list[tuple[str, str, str]]:
    return [entry(item) for item in page.select("li.days__item")]


def leads(page: Page, site: Site, selector: str) -> list[str]:
    """Where the links of a page lead."""
    found = (site.target(page.path, link.attr("href") or "") for link in page.select(selector))
    return [target[0] for target in found if target]


@pytest.mark.parametrize("rule", RULES)
def test_a_site_in_parts_keeps_every_rule(rule: str, split: Site) -> None:
    assert complaints(rule, split) == []


@pytest.mark.parametrize("section", PARTS)
def test_a_list_is_split_as_its_length_asks(section: str, split: Site, whole: Site) -> None:
    for language in ("en", "fr"):
        assert [page.path.split("/")[-2] for page in parts(split, section, language)] == PARTS[section]
        assert parts(whole, section, language) == []
        linked = leads(first(split, section, language), split, "main a")
        assert [page.path for page in parts(split, section, language) if page.path not in linked] == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("section", "selector"), [("companies", ".companies th a"), ("sources", ".publisher__sources a")]
)
def test_no_record_is_lost_and_none_doubled(
    section: str, selector: str, language: str, split: Site, whole: Site
) -> None:
    listed = leads(first(whole, section, language), whole, selector)
    found = [path for page in parts(split, section, language) for path in leads(page, split, selector)]
    assert len(listed) > 3
    assert Counter(found) == Counter(listed)
    assert leads(first(split, section, language), split, selector) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("section", ["timeline", "changes"])
def test_every_entry_stands_in_one_part_and_in_order(section: str, language: str, split: Site, whole: Site) -> None:
    listed = entries(first(whole, section, language))
    found = {page.path: entries(page) for page in parts(split, section, language)}
    assert sum(map(Counter, found.values()), Counter()) == Counter(listed)
    for held_here in found.values():
        assert held_here == [each for each in listed if each in held_here]


@pytest.mark.parametrize("section", ["timeline", "changes"])
def test_the_first_page_counts_what_the_parts_hold(section: str, split: Site, whole: Site) -> None:
    table = first(split, section).select("main tbody tr")
    said = [int(row.select("td")[-1].text.split()[0]) for row in table]
    linked = [
        leads(first(split, section), split, f"main tbody tr:nth-child({n}) a")[0] for n in range(1, len(said) + 1)
    ]
    assert said == [len(entries(split.pages[path])) for path in linked]
    assert sum(said) == len(entries(first(whole, section))) > 10


def test_an_event_keeps_its_address_and_is_told_in_full_there(split: Site, whole: Site) -> None:
    told = {
        name: each
        for name, each in first(whole, "timeline").ids.items()
        if "days__item--event" in (each.attr("class") or "")
    }
    assert len(told) > 3
    for name, each in told.items():
        again = first(split, "timeline").ids[name]
        assert entry(again) == entry(each)
        assert len(again.select("blockquote")) == len(each.select("blockquote"))
    in_parts = [item for page in parts(split, "timeline") for item in page.select("li.days__item--event")]
    assert len(in_parts) == len(told)
    assert not [item for item in in_parts if item.select("blockquote") or item.attr("id")]


def test_the_menu_and_the_way_back_are_those_of_the_list(split: Site) -> None:
    for section in PARTS:
        for page in parts(split, section):
            assert leads(page, split, "nav.trail a") == [first(split, section).path]


# A dossier whose publishers begin with another letter in another language.
TWO_NAMES = """\
companies: [{id: crust, name: Crust}]
publishers:
  - {id: bee, name: {en: The Bee, fr: Abeille}}
  - {id: zebra, name: {en: Zebra, fr: Zèbre}}
sources:
  - id: bee-buzz
    type: report
    title: Buzz
    publisher: bee
    accessed: 2026-11-20
    url: https://bee.example/
    language: en
    role: reporting
  - id: zebra-stripes
    type: report
    title: Stripes
    publisher: zebra
    accessed: 2026-11-20
    url: https://zebra.example/
    language: en
    role: reporting
"""


def test_a_letter_of_one_language_has_its_page_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST", 1)
    planned = pages(TWO_NAMES)
    for folder, letter in (("sources", "T"), ("fr/sources", "A")):
        index, mine = planned[f"{folder}/index.html"], planned[f"{folder}/{letter.lower()}/index.html"]
        assert [each.letter for each in index.letters if each.href] == ["A", "T", "Z"]  # type: ignore[attr-defined]
        assert [row.link.text for _, _, rows in mine.groups for row in rows] == ["Buzz"]  # type: ignore[attr-defined]
    assert planned["sources/a/index.html"].lede == "0 sources"  # type: ignore[attr-defined]


def test_what_no_month_is_known_of_stands_where_its_year_puts_it() -> None:
    dates = [
        "2024",
        "2025",
        "2025-01-01",
        "2025-01-01/2025-12-31",
        "2025-03",
        "2025-21",
        "2025-12-31",
        "../2025-06",
        "2026-02",
        "19XX",
    ]
    events = "".join(
        f"  - {{id: e{number}, kind: other, date: {when}, title: {{en: {number}, fr: {number}}},"
        " citations: [{source: bee-buzz, quote: buzz, translation: {fr: bzz}}]}\n"
        for number, when in enumerate(dates)
    )
    planned = pages(f"{TWO_NAMES}events:\n{events}")
    timeline, home = planned["timeline/index.html"], planned["index.html"]
    assert isinstance(timeline, TimelinePage)
    said = [(group.year, [dates[int(each.title)] for each in group.days]) for group in timeline.years]
    assert said == [
        ("1900", ["19XX"]),
        ("2024", ["2024"]),
        ("2025", ["../2025-06", "2025-01-01", "2025", "2025-01-01/2025-12-31", "2025-03", "2025-21", "2025-12-31"]),
        ("2026", ["2026-02"]),
    ]
    latest = [dates[int(each.link.text)] for each in home.latest if each.link]  # type: ignore[attr-defined]
    assert latest == ["2026-02", "2025-12-31", "2025-21", "2025-03", "2025-01-01/2025-12-31", "2025"]


def test_an_edit_can_add_and_end_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST", 3)
    root = tmp_path / "bakeries"
    shutil.copytree(BAKERIES, root, ignore=shutil.ignore_patterns("expected"))
    sitting = Sitting(root, Memory(None, ""))
    site: dict[str, bytes] = {}
    ovens = "  - {id: ovens-42, name: 42 Ovens}\n"
    for name, old, new, made, gone in (
        ("sources.yaml", "sources:", "sources:", "timeline/2026-10", None),
        ("dossiers/others.yaml", "date: 2026-10-01", "date: 2026-09-01", "timeline/2026-09", "timeline/2026-10"),
        ("companies.yaml", "name: Night Oven", "name: The Night Oven", "companies/t", "companies/n"),
        ("companies.yaml", ovens, "", "companies", "companies/t"),
    ):
        path = root / "data" / name
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        built = build(root, TODAY, sitting)
        assert built.files is not None
        fresh = {each.path: held(each).content for each in built.files}
        sitting.memory.commit()
        assert built.anew == (not site)
        assert f"{made}/index.html" in fresh
        assert gone is None or f"{gone}/index.html" in built.gone
        site = {each: site[each] for each in site.keys() - set(built.gone)} | fresh
        assert site == site_of(root).files


# How lists are parted.


def test_letters_follow_what_begins_with_none() -> None:
    assert in_alphabet(["B", "É", "#", "A", "Я", "B"]) == ["#", "A", "B", "É", "Я"]
    assert letters({"x/y/B": 1, "x/y/#": 2}) == {"#": "x/y/#", "B": "x/y/B"}


@pytest.mark.parametrize(
    ("letter", "part"), [("A", "a"), ("Z", "z"), ("#", "0"), ("Я", "_42f"), ("Œ", "_152"), ("ノ", "_30ce")]
)
def test_a_letter_has_an_address_that_every_disk_holds(letter: str, part: str) -> None:
    assert part_of_letter(letter) == part


def test_a_list_is_whole_up_to_its_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST", 5)
    assert lettered({"f/A": 2, "f/B": 3}) == []
    assert lettered({"f/B": 3, "f/A": 3}) == ["A", "B"]
    assert periods({"f/2025-01": 2, "f/2026-00": 3}) == {}
    assert periods({"f/2026-01": 6, "f/2025-12": 1}) == {"2025": ["f/2025-12"], "2026": ["f/2026-01"]}
    assert periods({"f/2026-02": 3, "f/2026-00": 1, "f/2026-01": 2, "f/2025-01": 2, "f/2025-00": 3}) == {
        "2025": ["f/2025-00", "f/2025-01"],
        "2026-00": ["f/2026-00"],
        "2026-01": ["f/2026-01"],
        "2026-02": ["f/2026-02"],
    }


def test_months_go_by_number() -> None:
    names = ["f/2026-10", "f/2026-02", "f/2026-00", "f/999-01", "f/10000-01"]
    assert months(dict.fromkeys(names, 1)) == ["f/999-01", "f/2026-00", "f/2026-02", "f/2026-10", "f/10000-01"]


def test_a_list_by_date_has_the_same_parts_in_every_language() -> None:
    """A history may tell more rewordings in one language than in another; no page may lack its counterpart."""
    lengths = {"changes/en/2020-04": 501, "changes/fr/2019-02": 1, "changes/fr/2020-04": 2}
    lines = Lines(
        lambda _: iter(()),
        lambda family: {k: n for k, n in lengths.items() if k.startswith(family)},
        lambda _: iter(()),
    )
    parts = {"2019": ["2019-02"], "2020": ["2020-04"]}
    assert parts_of("changes", ("en", "fr"), lines) == parts_of("changes", ("fr", "en"), lines) == parts
    assert parts_of("changes", ("fr",), lines) == {}
