"""A file can be judged by itself: what the rules find in the files of a dossier, one by one, is what they find in all
of it; and to find it they go through no more than the file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import pytest

import dossier.checks
from dossier.checks import CHECKS, check, check_file
from dossier.checks.own import within
from dossier.document import Document
from dossier.frozen import replace
from dossier.link import link
from dossier.load import load
from dossier.model import COLLECTIONS, Company, LegalEntity, Part, Site
from dossier.problems import Problem, Rule, in_order
from dossier.published import LOCK_FILE, read_lock
from dossier.register import Records, Register
from dossier.rulebook import CASES, read_cases
from dossier.shelf import noting
from dossier.validate import validate
from tests.filled import Filling
from tests.given import SITE, data, read
from tests.site_tests.tools import ROOT
from tests.test_hostile import TEXT, URL

TODAY = date(2026, 6, 1)
SITES = [ROOT, *sorted(path for path in (ROOT / "tests/sites").iterdir() if path.is_dir())]
BASE = {
    path.relative_to(CASES / "base").as_posix(): path.read_text("utf-8")
    for path in sorted((CASES / "base").rglob("*"))
    if path.suffix in (".yaml", ".md")
}
ALL = read_cases(CASES)


def file_of(part: Part) -> str:
    return part.place.document.path


def shares(records: Records, named: Callable[[Part], object]) -> dict[object, Records]:
    """Records by what `named` gives for them: all of one file together, or each alone."""
    found: dict[object, dict[str, list[Part]]] = {}
    for name in (*COLLECTIONS, "content"):
        for part in getattr(records, name):
            found.setdefault(named(part), {}).setdefault(name, []).append(part)
    if records.site:
        found.setdefault(named(records.site), {})
    made = {}
    for key, held in found.items():
        site = records.site if records.site and named(records.site) == key else None
        files = {file_of(part) for part in chain.from_iterable(held.values())}
        made[key] = Records(
            site,
            abouts=tuple(about for about in records.abouts if about[1].file in files),
            **{name: tuple(parts) for name, parts in held.items()},  # type: ignore[arg-type]
        )
    return made


def judged(register: Register, mine: Records, today: date) -> tuple[tuple[Problem, ...], set[str]]:
    """What is found in a file, and what was looked up for it."""
    with noting() as looked_up:
        return check_file(register, mine, today), looked_up


def findings(register: Register, records: Records, today: date = TODAY) -> tuple[Problem, ...]:
    """All findings, once it is seen that those of each file and those of each record by itself are the same."""
    whole = check(register, today)
    files = {path: judged(register, mine, today) for path, mine in shares(records, file_of).items()}
    assert in_order(chain.from_iterable(found for found, _ in files.values())) == whole
    assert [path for path, (found, _) in files.items() if {problem.span.file for problem in found} - {path}] == []
    assert {key for _, looked_up in files.values() for key in looked_up if key.startswith("*")} == set()
    alone = [check_file(register, mine, today) for mine in shares(records, id).values()]
    assert in_order(chain.from_iterable(alone)) == whole
    return whole


def of(root: Path) -> tuple[Register, Records]:
    records, _ = validate(load(root)[0])
    register, _ = link(records)
    assert register
    return register, records


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
@pytest.mark.parametrize("today", [TODAY, date(2021, 2, 3)], ids=["then", "before"])
def test_a_dossier_is_judged_file_by_file(root: Path, today: date) -> None:
    findings(*of(root), today)


@pytest.mark.parametrize("code", ALL)
def test_every_case_is_judged_file_by_file(code: str) -> None:
    case = ALL[code]
    for files in (case.bad, case.good):
        typed = {path: text.replace("·", "\t").replace("¤", "\u200b") for path, text in files.items()}
        given = read({path: text for path, text in {**BASE, **typed}.items() if path.endswith((".yaml", ".md"))})
        assert given.register
        lock, _ = read_lock(typed.get(LOCK_FILE, ""))
        found = findings(replace(given.register, published=lock), given.records, case.today or TODAY)
        if code in {module.RULE.code for module in CHECKS}:
            assert {problem.rule.code for problem in found} == ({code} if files is case.bad else set())


@pytest.mark.parametrize("turn", range(8))
def test_a_filled_dossier_is_judged_file_by_file(turn: int) -> None:
    for filling in (Filling("A scandal of 12 claims in May §{}§", turn=turn), Filling(TEXT, URL, turn)):
        given = read(filling.files())
        assert given.register
        assert findings(given.register, given.records)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    subprocess.run([sys.executable, str(ROOT / "bench/corpus.py"), "30", str(folder)], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(("today", "any_found"), [(date(2026, 6, 30), False), (date(2024, 1, 1), True)])
def test_an_invented_dossier_is_judged_file_by_file(corpus: Path, today: date, any_found: bool) -> None:
    assert bool(findings(*of(corpus), today)) is any_found


def test_a_file_is_not_read_again_to_find_nothing(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents forget their text: whoever asks for a place has something to say."""
    register, records = of(corpus)

    def read_again(document: Document) -> None:
        raise AssertionError(f"{document.path} is read again")

    monkeypatch.setattr(Document, "written", property(read_again))
    for mine in shares(records, file_of).values():
        assert check_file(register, mine, date(2026, 6, 30)) == ()


# Each rule that looks beyond a file, with what it looks for in another file: what is found there is the later file's.
ROLL = "{{id: {0}, type: report, title: On rolls, publisher: The Oven, language: en, role: reporting, read: {1}{2}}}"
READ = ", accessed: 2025-05-05, url: 'https://oven.example/', archives: [{url: 'https://archive.example/'}]"
CLAIM = (
    "claims: [{{id: {0}, company: {1}, kind: order, mode: reported, statement: The Oven reported it.,"
    " citations: [{{source: {2}, quote: '{3}'}}]{4}}}]"
)
REPLY = "responses: [{{id: {0}, company: {1}, status: {2}, date: 2025-06-06, citations: [{{source: {3}, quote: no}}]}}]"
WORDS = " ".join(f"word{number}" for number in range(25))
SPREAD: dict[str, tuple[str, ...]] = {
    "E112": (
        "companies: [{id: elm, name: Elm, identifiers: {lei: 5493001KJTIIGC8Y1R12, cik: '0001'}}]",
        "companies: [{id: oak, name: Oak, identifiers: {lei: 5493001KJTIIGC8Y1R12, cik: '1'}}]",
        "companies: [{id: yew, name: Yew, identifiers: {lei: 5493001KJTIIGC8Y1R13}}]",
    ),
    "W113": (
        f"sources: [{ROLL.format('aa', 'whole', READ + ', derived_from: bb')}]",
        f"sources: [{ROLL.format('bb', 'whole', READ + ', derived_from: [aa, cc]')}]",
        f"sources: [{ROLL.format('cc', 'whole', READ)}, {ROLL.format('dd', 'whole', READ)}]",
        f"sources: [{ROLL.format('ee', 'whole', READ + ', derived_from: dd')}, {ROLL.format('ff', 'whole', READ)}]",
        f"sources: [{ROLL.format('gg', 'whole', READ + ', derived_from: ff')}]",
        "corrections: [{id: mended, date: 2025-07-07, target: ff, kind: update, source: gg, text: It rose.}]",
        "searches: [{where: There, query: Rolls, date: 2025-07-07}]",
    ),
    "E203": (
        f"sources: [{ROLL.format('aa', 'none', '')}]",
        f"sources: [{ROLL.format('bb', 'whole', READ + ', derived_from: aa')}]",
        "companies: [{id: elm, name: Elm, summary: 'It bakes [@aa] [@bb].'}]",
        CLAIM.format("order", "elm", "aa", "Rolls", ", adverse: false"),
    ),
    "E205": (
        f"sources: [{ROLL.format('bb', 'whole', READ + ', derived_from: cc')}]",
        f"sources: [{ROLL.format('aa', 'whole', READ + ', derived_from: bb')}]",
        f"sources: [{ROLL.format('cc', 'whole', READ + ', derived_from: aa')}]",
        "companies: [{id: elm, name: Elm, summary: 'It bakes [@aa].'}]",
    ),
    "W211": (
        f"sources: [{ROLL.format('aa', 'whole', READ)}]",
        "companies: [{id: elm, name: Elm}]",
        *(CLAIM.format(f"order-{n}", "elm", "aa", f"{n} {WORDS[:-7]}", ", adverse: false") for n in range(5)),
    ),
    "E501": (
        f"sources: [{ROLL.format('aa', 'whole', READ)}]",
        "companies: [{id: elm, name: Elm}]",
        CLAIM.format("order", "elm", "aa", "Rolls", ""),
        REPLY.format("elm-said", "elm", "none-found", "aa"),
    ),
    "E505": (
        f"sources: [{ROLL.format('aa', 'whole', READ)}]",
        "companies: [{id: elm, name: Elm}]",
        "companies: [{id: oak, name: Oak}]",
        CLAIM.format("order", "elm", "aa", "Rolls", ", reply: oak-said"),
        REPLY.format("oak-said", "oak", "none-found", "aa"),
        REPLY.format("elm-said", "elm", "none-found", "aa"),
    ),
    "W508": (
        f"sources: [{ROLL.format('aa', 'whole', READ)}]",
        "companies: [{id: elm, name: Elm}]",
        CLAIM.format("order", "elm", "aa", "Rolls", ", reply: elm-said"),
        REPLY.format("elm-said", "elm", "declined", "aa"),
        REPLY.format("elm-added", "elm", "declined", "aa"),
    ),
    "W706": (
        "companies: [{id: elm, name: Elm Bread}]",
        "companies: [{id: oak, name: Elm-Bread Ltd.}]",
        "companies: [{id: yew, name: Eml Bread}]",
        "companies: [{id: fir, name: Fir Bread, aliases: [Elm Braed]}]",
        "companies: [{id: ash, name: Elm Braed}]",
    ),
}
SAID = {
    "E112": ["data/1.yaml: '5493001KJTIIGC8Y1R12' is the lei of 'elm' already",
             "data/1.yaml: '1' is the cik of 'elm' already",
             "data/2.yaml: the check digits of '5493001KJTIIGC8Y1R13' are wrong"],
    "W113": [f"data/{file}.yaml: nothing cites '{name}', and nothing cited derives from it"
             for file, name in ((0, "aa"), (1, "bb"), (2, "cc"), (2, "dd"), (3, "ee"))],
    "E203": ["data/2.yaml: 'aa' was never read", "data/3.yaml: 'aa' was never read"],
    "E205": ["data/1.yaml: a circle: aa from bb from cc from aa"],
    "W211": ["data/0.yaml: 125 words of 'aa' are quoted, in 5 quotes"],
    "E501": ["data/2.yaml: 'order' is adverse and names no reply"],
    "E505": ["data/3.yaml: 'oak-said' is a reply by 'oak', and the claim is about 'elm'"],
    "W508": ["data/4.yaml: no claim names the response 'elm-added'"],
    "W706": ["data/1.yaml: 'Elm-Bread Ltd.' looks like 'Elm Bread'", "data/2.yaml: 'Eml Bread' looks like 'Elm Bread'",
             "data/2.yaml: 'Eml Bread' looks like 'Elm-Bread Ltd.'", "data/4.yaml: 'Elm Braed' looks like 'Elm Bread'",
             "data/4.yaml: 'Elm Braed' looks like 'Elm-Bread Ltd.'"],
}  # fmt: skip
ENGLISH = SITE.replace("[en, fr]", "[en]")


@pytest.mark.parametrize("code", SPREAD)
def test_what_a_rule_compares_may_stand_in_any_file(code: str) -> None:
    given = read({"data/site.yaml": ENGLISH, **{f"data/{n}.yaml": text for n, text in enumerate(SPREAD[code])}})
    assert given.said == []
    assert given.register
    found = findings(given.register, given.records)
    assert sorted(f"{p.span.file}: {p.message}" for p in found if p.rule.code == code) == sorted(SAID[code])


def test_a_page_without_its_translation_is_named_once() -> None:
    page = "---\ntitle: T\n---\nWords.\n"
    site = SITE.replace("[en, fr]", "[en, fr, de]")
    given = data("agencies: []", site, about_en=page, about_fr=page, news_fr=page)
    assert given.register
    found = [p for p in findings(given.register, given.records) if p.rule.code == "W604" and "page" in p.message]
    assert [(problem.span.file, problem.message) for problem in found] == [
        ("content/about.en.md", "the page 'about' is not written in de"),
        ("content/news.fr.md", "the page 'news' is not written in de"),
        ("content/news.fr.md", "the page 'news' is not written in en"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"sources: [{ROLL.format('aa', 'whole', '')}]",
        "searches: [{id: aa, where: There, query: Rolls, date: 2027-07-07}]",
    ],
)
def test_of_two_records_with_one_id_the_first_is_judged(text: str) -> None:
    given = read({"data/site.yaml": ENGLISH, "data/0.yaml": text, "data/1.yaml": text})
    assert [problem.rule.code for problem in given.problems] == ["E110"]
    assert given.register
    assert {problem.span.file for problem in findings(given.register, given.records)} == {"data/0.yaml"}


def test_a_file_goes_through_its_own_and_finds_all() -> None:
    texts = [f"companies: [{{id: {name}, name: N, legal_entities: [{{id: {name}-inc, name: N, relation: parent}}]}}]"
             for name in ("elm", "oak")]  # fmt: skip
    given = read({"data/site.yaml": SITE, "data/0.yaml": texts[0], "data/1.yaml": texts[1]})
    assert given.register
    mine = shares(given.records, file_of)
    seen = within(given.register, mine["data/1.yaml"])
    for shelf, name, other in (
        (seen.companies, "oak", "elm"), (seen.records, "oak", "elm"), (seen.legal_entities, "oak-inc", "elm-inc")
    ):  # fmt: skip
        assert [*shelf] == [*dict(shelf.items())] == [record.id for record in shelf.values()] == [name]
        assert len(shelf) == 1
        assert other in shelf
        assert shelf[other] is shelf.get(other)
        assert shelf.get("yew") is None
        assert "yew" not in shelf
    assert seen.site is given.register.site
    assert [*seen.walk.parts] == [Company, LegalEntity]
    assert [*within(given.register, mine["data/site.yaml"]).walk.parts] == [Site]


RULE = Rule("E999", "planted", "shape", "error", "A claim stands alone.", "It is planted.", "Pull it up.")


def by_accumulating(register: Register, today: date) -> Iterator[Problem]:
    """Remembers what it met: of claims with one statement it finds all but the first."""
    met: set[str] = set()
    for claim in register.claims.values():
        if (words := str(claim.statement)) in met:
            yield RULE.at(claim.place.span("id"), "said before")
        met.add(words)


def by_going_through_a_way_back(register: Register, today: date) -> Iterator[Problem]:
    """Finds what it should, at the price of the whole dossier."""
    cited = set(register.backlinks)
    for source in register.sources.values():
        if source.id not in cited:
            yield RULE.at(source.place.span("id"), "not cited")


def by_going_through_records_elsewhere(register: Register, today: date) -> Iterator[Problem]:
    """Speaks of a record of another file."""
    for source in register.sources.values():
        for way in register.backlinks.get(source.id, ()):
            yield RULE.at(register.records[way.record].place.span("id"), "cites")


@pytest.mark.parametrize("planted", [by_accumulating, by_going_through_a_way_back, by_going_through_records_elsewhere])
def test_a_rule_that_goes_through_everything_is_caught(
    planted: Callable[[Register, date], Iterator[Problem]], monkeypatch: pytest.MonkeyPatch
) -> None:
    files: Mapping[str, str] = {
        "data/site.yaml": ENGLISH,
        "data/0.yaml": "companies: [{id: elm, name: Elm}]",
        "data/1.yaml": f"sources: [{ROLL.format('aa', 'whole', READ)}]",
        "data/2.yaml": CLAIM.format("order-1", "elm", "aa", "Rolls", ""),
        "data/3.yaml": CLAIM.format("order-2", "elm", "aa", "Rolls", ""),
    }
    given = read(files)
    assert given.register
    findings(given.register, given.records)
    monkeypatch.setattr(dossier.checks, "CHECKS", (*CHECKS, SimpleNamespace(RULE=RULE, check=planted)))
    with pytest.raises(AssertionError):
        findings(given.register, given.records)
