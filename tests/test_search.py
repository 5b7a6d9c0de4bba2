"""What records hand to the search: words, weights, shards, and that a large index says what a small one says."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import turbohtml

from dossier import searching
from dossier.pages import File
from dossier.pipeline import build
from dossier.plan import search
from dossier.plan.hand_in import APART
from dossier.plan.searched import _words, respelt
from dossier.searching import (
    HEAVIEST,
    MOST_OF_BODY,
    SearchPage,
    breadth_of,
    shard_of,
    shard_of_word,
    shards_of_entries,
    weights,
    words_of,
)
from tests.edits import Dossier
from tests.given import TODAY, pages, register
from tests.test_form import planner
from tests.test_sitting import Remembering, clean, rename_a_bakery

SITES = Path(__file__).parent / "sites"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Enquête à l’Œuvre", "enquete oeuvre"),
        ("l'agence d’un qu’elle aujourd'hui", "agence aujourd hui"),
        ("the company's sole-source order", "company sole source order"),
        ("$7,234,926.20", "7234926.2"),
        ("7 234 926,20\u00a0$ US", "7234926.2 US"),
        ("7\u202f234\u00a0926", "7234926"),
        ("$7.2 million; 7,2 millions; 8.00", "7.2 million 7.2 millions 8"),
        ("28 Nov. 2025, 300 rolls", "28 nov 2025 300 rolls"),
        ("the 28th, 4x4, M4", "28th 4x4 m4"),
        ("ICE melts ice; the U.S. and DHS", "ICE melts ice US DHS"),
        ("ICE", "ICE"),
        ("AN ORDER FOR TENTS", "order tents"),
        ("e\u0301te\u0301", ""),
        ("Zoe\u0308 Straße", "zoe strasse"),
        ("<script>alert(1)</script>", "script alert 1 script"),
        ("", ""),
    ],
)
def test_words_of_a_text(text: str, words: str) -> None:
    assert list(words_of(text)) == words.split()


def test_a_word_weighs_by_where_it_stands_and_a_heading_is_told_from_the_rest() -> None:
    found = weights([(8, "Storm bread", ""), (4, "bread bread bread", ""), (4, "flour", ""), (2, "flour", "")])
    assert found == {"storm": 8, "bread": 8 + MOST_OF_BODY, "flour": 6}
    assert weights([(12, "oven oven", ""), (4, "oven oven", "")]) == {"oven": HEAVIEST}
    assert max(weights([(1, "", ""), *[(4, "oven", "")] * 9]).values()) == MOST_OF_BODY


def test_shards_grow_by_doubling() -> None:
    assert [breadth_of(*each) for each in ((0, 0), (6, 144), (100, 200), (1000, 3000), (10_000, 30_000))] == [
        1, 1, 1, 16, 128,
    ]  # fmt: skip
    assert (shards_of_entries(1), shards_of_entries(16)) == (1, 128)


def files_of(site: str) -> dict[str, bytes]:
    built = build(SITES / site, TODAY)
    assert built.files is not None
    return {file.path: file.content for file in built.files if isinstance(file, File)}


def held(files: dict[str, bytes], code: str, name: str) -> Any:
    """What a file of the index hands to the script."""
    text = files[f"search/data/{code}/{name}.js"].decode()
    assert text.startswith(f'searchPart("{name}",')
    return json.loads(text.partition(",")[2].removesuffix(");\n"))


def test_a_small_dossier_has_one_file_a_language() -> None:
    files = files_of("bakeries")
    assert sorted(path for path in files if path.startswith("search/data/")) == [
        "search/data/en/entries-0.js",
        "search/data/fr/entries-0.js",
    ]
    entries = {key.partition("~")[0]: told for key, _, told in held(files, "en", "entries-0")}
    golden = {entry[0]: entry for entry in entries["golden-crust"]}
    said = json.dumps(golden["gc-cloud-cakes"], ensure_ascii=False)
    assert "C$1,200,000 (1.2 million)" in said
    assert "no cakes were ordered" in said, "the words of the company's reply"
    assert golden["gc-gold-flour"][2][1] == "withdrawn"
    assert "No reply" not in json.dumps(entries), "that no reply was found is none of the company's words"


def test_a_large_index_has_the_words_and_weights_of_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    small = files_of("bakeries")
    monkeypatch.setattr(searching, "UNITS_A_SHARD", 2)
    large = files_of("bakeries")
    shards = sum(path.startswith("search/data/en/words-") for path in large)
    assert shards >= 4
    entries = {key: told for key, _, told in held(small, "en", "entries-0")}
    wanted = {
        (word, key, number): weight
        for key, told in entries.items()
        for number, entry in enumerate(told)
        for word, weight in weights([(text[0], text[1], "") for text in entry[6]]).items()
    }
    found = {}
    for shard in range(shards):
        keys, words = held(large, "en", f"words-{shard}")
        for word, told in words.items():
            assert shard_of_word(word, shards) == shard
            unit = 0
            for post in told.split(","):
                gap, _, places = post.partition(":")
                unit += int(gap)
                while places:
                    number = len(places) - len(places.lstrip("0123456789"))
                    found[word, keys[unit], int(places[:number])] = ord(places[number]) - 96
                    places = places[number + 1 :]
    assert found == wanted
    marks = dict(held(large, "en", "marks-0"))
    assert {key: [[each[1], *each[2]] for each in told] for key, told in entries.items()} == marks
    parts = [held(large, "en", f"entries-{shard}") for shard in range(shards_of_entries(shards))]
    assert {each[0]: each[2] for part in parts for each in part} == entries
    for shard, part in enumerate(parts):
        assert all(shard_of(key.partition("~")[0], len(parts)) == shard for key, _, _ in part)


def test_the_index_without_a_script_names_every_company_and_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    companies = "\n".join(f"  - {{id: firm-{n:02}, name: {'AB'[n % 2]}irm {n}}}" for n in range(6))
    text = f"companies:\n{companies}\n"
    whole = pages(text)["search/index.html"]
    assert isinstance(whole, SearchPage)
    assert [link.text for link, _ in whole.companies] == ["Airm 0", "Airm 2", "Airm 4", "Birm 1", "Birm 3", "Birm 5"]
    monkeypatch.setattr("dossier.plan.searched.MOST_NAMED", 5)
    parted = pages(text)
    first, letter = parted["search/index.html"], parted["fr/recherche/b/index.html"]
    assert isinstance(first, SearchPage)
    assert isinstance(letter, SearchPage)
    assert first.companies == ()
    assert {each.letter: each.href for each in first.letters if each.href} == {
        "A": "a/index.html",
        "B": "b/index.html",
    }
    assert [link.href for link, _ in letter.companies] == [f"../../entreprises/firm-0{n}/index.html" for n in (1, 3, 5)]
    assert letter.frame.scripts == ()


def test_the_index_without_a_script_says_what_is_withdrawn() -> None:
    root = Path(__file__).parent / "sites" / "bakeries"
    (made,) = [each for each in build(root, TODAY).files or () if each.path == "search/index.html"]
    assert isinstance(made, File)
    page = turbohtml.parse(made.content.decode())
    (link,) = page.select("main a[href$='#gc-gold-flour']")
    assert link.text.endswith(" (withdrawn)")


def test_a_key_changes_when_the_entries_of_a_page_do() -> None:
    claim = "{id: {name}, company: crust, kind: profile, mode: reported, statement: It bakes., citations: []}"

    def key(*names: str) -> str:
        claims = ", ".join(claim.replace("{name}", name) for name in names)
        return _first_key(f"companies: [{{id: crust, name: Golden Crust}}]\nclaims: [{claims}]\n")

    assert len({key("one"), key("two"), key("one", "two")}) == 3
    assert key("one") == key("one")


def _first_key(text: str) -> str:
    given = register(text)
    lines = search.from_company(planner(given).editions[0], given.companies["crust"], 1)
    return next(str(json.loads(told)[0]) for name, _, told in lines if name.startswith("search-entries/"))


def test_a_large_index_follows_edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "UNITS_A_SHARD", 2)
    dossier = Dossier(tmp_path / "root", "bakeries", 5)
    remembering = Remembering(dossier.root, fresh=True)
    remembering.build()
    for _ in range(3):
        told = dossier.edit()
        made, _ = remembering.build()
        wanted, _ = clean(dossier.root)
        if made is None or wanted is None:
            break
        assert {path for path in wanted.keys() | made.keys() if wanted.get(path) != made.get(path)} == set(), told
    remembering.sitting.close()
    assert remembering.went_on


def test_another_word_of_a_company_respells_the_file_that_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "UNITS_A_SHARD", 2)
    respelt_ones: list[bool] = []

    def counted(told: str, altered: dict[str, bool]) -> str:
        found = respelt(told, altered)
        respelt_ones.append(bool(found))
        return found

    monkeypatch.setattr("dossier.plan.searched.respelt", counted)
    remembering = Remembering(Dossier(tmp_path / "root", "bakeries", 0).root, fresh=True)
    remembering.build()
    rename_a_bakery(remembering.root)
    made, _ = remembering.build()
    assert made == clean(remembering.root)[0]
    assert any(respelt_ones), "no file of words was made of the one that stood"
    remembering.sitting.close()


def test_a_file_of_words_is_respelt_as_it_would_be_made_anew() -> None:
    chance = random.Random(1)
    words = [*(f"w{number}" for number in range(60)), "7234926.2", "WHO", "été"]

    def spelt() -> str:
        mine = chance.sample(words, chance.randrange(1, 12))
        return ";".join(f"{word}={chance.randrange(4)}{chance.choice('abc')}" for word in sorted(mine))

    def place(unit: str) -> str:
        return f"{unit}{APART}ab|{units[unit]}"

    respelt_ones = 0
    for _ in range(200):
        units = {f"unit-{number:02}": spelt() for number in range(chance.randrange(1, 40))}
        told = _words(map(place, sorted(units)))
        altered = {}
        for unit in chance.sample(sorted(units), min(len(units), 3)):
            altered[place(unit)] = False
            units[unit] = spelt()
            altered[place(unit)] = True
        found = respelt(told, altered)
        respelt_ones += bool(found)
        assert found in ("", _words(map(place, sorted(units))))
    assert respelt_ones > 150


@pytest.mark.parametrize("altered", [
    {f"b{APART}1|x=0a": True},
    {f"a{APART}1|x=0a;y=1b": False},
    {f"a{APART}1|x=0a;y=1b": False, f"a{APART}2|x=0a": True},
    {f"a{APART}1|x=0z;y=1b": False, f"a{APART}1|y=1b": True},
], ids=["a unit came", "a unit went", "a unit has other entries", "another file stands"])  # fmt: skip
def test_a_file_of_words_is_made_anew_where_more_has_changed(altered: dict[str, bool]) -> None:
    assert respelt(_words(iter([f"a{APART}1|x=0a;y=1b"])), altered) == ""
    assert respelt("", altered) == ""
