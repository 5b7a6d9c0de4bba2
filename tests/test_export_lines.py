"""Files for machines are made of lines: in whatever order records hand them in, and without walking the register."""

from __future__ import annotations

import csv
import io
import json
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import pytest

from dossier.export import (
    Line,
    Lines,
    all_lines,
    database,
    export,
    files,
    lines_of_company,
    lines_of_rest,
    lines_of_source,
    sitemap_line,
)
from dossier.export.addresses import Absolute
from dossier.export.database import rows_of
from dossier.export.joined import joined
from dossier.export.tables import tables
from dossier.export.web import PAGES as LISTED
from dossier.export.web import entries
from dossier.export.whole import collection
from dossier.frozen import fields, replace
from dossier.link import link
from dossier.load import load
from dossier.model import COLLECTIONS, Claim
from dossier.pages import File, Stream
from dossier.register import Register
from dossier.validate import validate
from tests import given
from tests.site_tests.building import DOSSIER, sample_sites
from tests.site_tests.tools import ROOT

Changes = dict[str, dict[str, str | None]]

TODAY = date(2026, 11, 22)
WHOLE = ("data/dossier.json", "data/dossier.sqlite")
"""Files of the whole dossier that are made of those of the build before."""
PAGES = [
    ("404.html", ()),
    ("companies/index.html", ()),
    ("fr/index.html", (("en", "index.html"), ("fr", "fr/index.html"))),
    ("index.html", (("en", "index.html"), ("fr", "fr/index.html"))),
]


@cache
def register_of(site: str) -> Register:
    documents, _ = load(ROOT if site == DOSSIER else ROOT / "tests/sites" / site)
    records, _ = validate(documents)
    register, _ = link(records)
    assert register is not None
    return register


@pytest.fixture(scope="module", params=[DOSSIER, *sample_sites()])
def register(request: pytest.FixtureRequest) -> Register:
    return register_of(request.param)


class Store:
    """Lines as a database keeps them: one of each key in a list, in the order of the keys' bytes."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.asked: set[str] = set()
        self.kept = sqlite3.connect(":memory:")
        self.kept.execute("CREATE TABLE line (list TEXT, key TEXT, text TEXT, PRIMARY KEY (list, key))")
        self.kept.executemany("INSERT INTO line VALUES (?, ?, ?)", lines)

    def __call__(self, name: str) -> Iterator[str]:
        self.asked.add(name)
        found = self.kept.execute("SELECT text FROM line WHERE list = ? ORDER BY key", (name,))
        return (text for (text,) in found)


def content(file: File | Stream) -> bytes:
    return file.content if isinstance(file, File) else b"".join(file.chunks())


def made(register: Register, lines: Lines) -> dict[str, bytes]:
    return {file.path: content(file) for file in files(register, TODAY, lines, PAGES)}


def test_the_order_in_which_records_hand_in_plays_no_part(register: Register) -> None:
    turns: list[Callable[[], Iterable[Line]]] = [lambda: lines_of_rest(register)]
    turns += [lambda company=company: lines_of_company(register, company) for company in register.companies.values()]  # type: ignore[misc]
    turns += [lambda source=source: lines_of_source(register, source) for source in register.sources.values()]  # type: ignore[misc]
    random.Random(7).shuffle(turns)
    handed_in = [line for turn in turns for line in turn()]
    assert handed_in != [*all_lines(register)]
    store = Store(handed_in)
    shuffled = [*PAGES]
    random.Random(7).shuffle(shuffled)
    whole = {file.path: file.content for file in export(register, TODAY, shuffled)}
    from_lines = made(register, store)
    assert list(from_lines) == list(whole)
    for path, expected in whole.items():
        assert from_lines[path] == expected, path
    lists = {name for name, _, _ in handed_in}
    assert lists <= store.asked, "lines that no file is made of"
    assert all(any(name == path or name.startswith(f"{path}/") for path in whole) for name in lists)


def test_every_record_stands_in_its_place(register: Register) -> None:
    found = made(register, Store(all_lines(register)))

    def order(claim: Claim) -> tuple[Any, ...]:
        return claim.company, claim.date is None, claim.date.earliest if claim.date else None, claim.id

    rows = csv.DictReader(io.StringIO(found["data/claims.csv"].decode(), newline=""))
    assert [row["id"] for row in rows] == [claim.id for claim in sorted(register.claims.values(), key=order)]
    whole = json.loads(found["data/dossier.json"])
    opened = sqlite3.connect(":memory:")
    opened.deserialize(found["data/dossier.sqlite"])
    for name in ("companies", "sources", "claims", "responses", "agencies", "publishers", "demands", "events"):
        ids = sorted(getattr(register, name))
        assert list(whole[name]) == ids
        assert [key for (key,) in opened.execute(f'SELECT id FROM "{name}" ORDER BY rowid')] == ids
    assert [entry["id"] for entry in json.loads(found["data/sources.csl.json"])] == sorted(register.sources)
    assert len(whole["searches"]) == len(register.searches)
    pointers = opened.execute("SELECT collection, record, number FROM citations ORDER BY rowid").fetchall()
    assert pointers == sorted(pointers, key=lambda each: ([*COLLECTIONS].index(each[0]), *each[1:]))
    assert {record for _, record, _ in pointers} >= register.claims.keys()
    for answer, claims in opened.execute("SELECT id, claims FROM responses"):
        assert json.loads(claims) == sorted(claim.id for claim in register.claims.values() if answer in claim.reply)


class Unwalked(Mapping[str, Any]):
    """A collection in which records are looked up, and never walked."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self.found = found

    def __getitem__(self, key: str) -> Any:
        return self.found[key]

    def __contains__(self, key: object) -> bool:
        return key in self.found

    def __iter__(self) -> NoReturn:
        raise AssertionError("what one record hands in must not depend on all others")

    def __len__(self) -> NoReturn:
        raise AssertionError("what one record hands in must not depend on how many there are")


def test_lines_of_a_record_look_up_and_never_walk() -> None:
    register = register_of("bakeries")
    values = {each.name: getattr(register, each.name) for each in fields(register)}
    closed: dict[str, Any] = {name: Unwalked(found) for name, found in values.items() if isinstance(found, Mapping)}
    assert {"claims", "records", "backlinks", "answering", "searches_of"} <= closed.keys()
    closed_register = replace(register, **closed, searches=(), content=())
    for company in register.companies.values():
        assert [*lines_of_company(closed_register, company)] == [*lines_of_company(register, company)]
    for source in register.sources.values():
        assert [*lines_of_source(closed_register, source)] == [*lines_of_source(register, source)]


def test_searches_that_say_the_same_keep_to_their_file() -> None:
    text = """
companies: [{id: rye, name: Rye}, {id: rye-and-sons, name: Rye and Sons}]
searches:
  - {company: rye-and-sons, where: The press, query: A reply, date: 2026-01-01}
  - {company: rye, where: The press, query: A reply, date: 2026-01-02, result: The second.}
  - {company: rye, where: The press, query: A reply, date: 2026-01-02, result: The first.}
  - {company: rye, where: The press, query: A, date: 2026-01-02}
  - {where: The press, query: Anything, date: 2026-02-01}
"""
    found = made(register := given.register(text), Store(all_lines(register)))
    searches = json.loads(found["data/dossier.json"])["searches"]
    said = [(each.get("company"), each["query"]["en"], each.get("result", {}).get("en")) for each in searches]
    assert said == [
        (None, "Anything", None),
        ("rye", "A", None),
        ("rye", "A reply", "The second."),
        ("rye", "A reply", "The first."),
        ("rye-and-sons", "A reply", None),
    ]


@pytest.mark.parametrize("read", [0, 1, None])
def test_the_package_measures_what_was_not_read_to_its_end(read: int | None) -> None:
    register = register_of("bakeries")
    expected = made(register, store := Store(all_lines(register)))
    found = [*files(register, TODAY, store, PAGES)]
    streams = {file.path: file for file in found if isinstance(file, Stream)}
    for path, stream in streams.items():
        if path.startswith("data/") and path != "data/datapackage.json":
            for _ in islice(stream.chunks(), read):
                pass
    package = content(streams["data/datapackage.json"])
    assert package == expected["data/datapackage.json"]
    described = {each["path"]: each["hash"] for each in json.loads(package)["resources"]}
    assert described["dossier.json"] == f"sha256:{sha256(expected['data/dossier.json']).hexdigest()}"


def test_texts_may_be_handed_in_as_bytes(register: Register) -> None:
    store = Store(all_lines(register))
    assert made(register, lambda name: (text.encode() for text in store(name))) == made(register, store)


def test_a_stream_may_be_read_again_and_pages_be_named_once() -> None:
    register = register_of("bakeries")
    store = Store(all_lines(register))
    for file in files(register, TODAY, store, iter(PAGES)):
        assert content(file) == content(file)


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 1000])
def test_texts_are_joined_piece_by_piece_as_they_would_be_at_once(count: int) -> None:
    texts = [f"é{number}" for number in range(count)]
    pieces = [*joined(iter(texts), b",\n")]
    assert b"".join(pieces).decode() == ",\n".join(texts)
    assert len(pieces) == -(-count // 64)
    assert [*joined((text.encode() for text in texts), b",\n")] == pieces


def test_pages_out_of_order_are_no_sitemap() -> None:
    with pytest.raises(ValueError, match="in the order of their paths"):
        [*entries(reversed(PAGES), Absolute("https://dossier.example/", "en"))]


def test_pages_that_hand_in_lines_make_the_same_sitemap(register: Register) -> None:
    shuffled = random.Random(7).sample(PAGES, len(PAGES))
    store = Store(sitemap_line(register, path, versions) for path, versions in shuffled)
    found = {file.path: content(file) for file in files(register, TODAY, store)}
    assert found["sitemap.xml"] == made(register, Store(()))["sitemap.xml"]
    assert found["sitemap.xml"].count(b"<url>") == 3
    assert LISTED in store.asked


def lists_of(register: Register) -> list[str]:
    return sorted({name for name, _, _ in all_lines(register)})


def test_a_list_that_changed_makes_its_own_files_and_the_package_again() -> None:
    register = register_of("bakeries")
    lines = [*all_lines(register)]
    whole = files(register, TODAY, Store(lines), PAGES)
    for file in whole:
        content(file)
    known = whole.measured()
    assert len(known) == 8
    assert lists_of(register)
    for name in lists_of(register):
        path = next(path for path in known if name == path or name.startswith(f"{path}/"))
        first = next(line for line in lines if line[0] == name)
        edited = [line for line in lines if line is not first]
        again = files(register, TODAY, store := Store(edited), known=known, changed={name})
        assert [file.path for file in again] == [path, "data/datapackage.json"]
        expected = made(register, store)
        for file in again:
            assert content(file) == expected[file.path], name
        assert again.measured() == {
            each: (len(text), sha256(text).hexdigest())
            for each, text in expected.items()
            if each in known
        }  # fmt: skip


def test_nothing_is_made_again_where_nothing_changed() -> None:
    register = register_of("bakeries")
    known = {path: (len(text), sha256(text).hexdigest()) for path, text in made(register, Store(())).items()}

    def again(known: dict[str, tuple[int, str]], *changed: str) -> list[str]:
        return [file.path for file in files(register, TODAY, Store(()), known=known, changed=changed)]

    assert again(known) == []
    assert again(known, "companies/en/A", "data/claims") == []
    assert again(known, LISTED) == ["sitemap.xml"]
    del known["data/sources.ris"]
    assert again(known) == ["data/sources.ris", "data/datapackage.json"]


def words_of_any_length(chance: random.Random) -> str:
    return "".join(chance.choices("aé–😀 ", k=chance.choice([0, 9, 90, 900, 9000])))


def edited(register: Register, lines: dict[tuple[str, str], str], chance: random.Random) -> dict[tuple[str, str], str]:
    """A few rows of each table of the database longer or shorter, gone, or new: for some lines, several; and a few
    records of the document."""
    found = dict(lines)
    for table in tables(register.languages).values():
        name = rows_of(table.name)
        places = [key for each, key in lines if each == name]
        for key in chance.sample(places, min(len(places), 4)):
            rows = json.loads(f"[{lines[name, key]}]")
            for row in rows:
                row[-1] = words_of_any_length(chance)
            change = chance.choice(["gone", "new", "other", "other"])
            if change == "gone":
                del found[name, key]
            elif change == "new" and table.name not in ("citations", "searches"):
                new = [row.copy() for row in rows]
                new[0][0] = key + chance.choice(["-", "-2", "z"])
                found[name, new[0][0]] = json.dumps(new)[1:-1]
            else:
                found[name, key] = json.dumps(rows * chance.choice([1, 2] if table.name == "citations" else [1]))[1:-1]
    for name in map(collection, COLLECTIONS):
        places = [key for each, key in lines if each == name]
        for key in chance.sample(places, min(len(places), 3)):
            also = key + chance.choice(["", "-", "z"])
            found[name, also] = f'"{also}": {json.dumps({"said": words_of_any_length(chance)}, ensure_ascii=False)}'
            if chance.random() < 0.3:
                del found[name, key]
    return found


def since(before: dict[tuple[str, str], str], now: dict[tuple[str, str], str]) -> Changes:
    found: Changes = {}
    for name, key in before.keys() | now.keys():
        if before.get((name, key)) != now.get((name, key)):
            found.setdefault(name, {})[key] = now.get((name, key))
    return found


def left(folder: Path, files: dict[str, bytes]) -> dict[str, tuple[int, str]]:
    """The document and the database left in a folder, as the build before does; gives what it knows of them."""
    (folder / "data").mkdir(exist_ok=True)
    for path in WHOLE:
        (folder / path).write_bytes(files[path])
    return {path: (len(files[path]), sha256(files[path]).hexdigest()) for path in WHOLE}


def made_again(
    register: Register, store: Store, folder: Path, known: dict[str, tuple[int, str]], changed: Changes
) -> dict[str, bytes]:
    """The document and the database after an edit, where those of the build before stand in `folder`."""
    again = files(register, TODAY, store, known=known, changed=changed, before=folder, changed_lines=changed)
    return {file.path: content(file) for file in again if file.path in WHOLE}


@pytest.mark.parametrize("seed", range(6))
def test_what_is_made_of_the_build_before_is_the_same_byte_for_byte(
    register: Register, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_MANY", 1)
    chance = random.Random(seed)
    lines = {(name, key): text for name, key, text in all_lines(register)}
    found = made(register, Store((*key, text) for key, text in lines.items()))
    for _ in range(3):
        known = left(tmp_path, found)
        now = edited(register, lines, chance)
        store = Store((*key, text) for key, text in now.items())
        again = made_again(register, store, tmp_path, known, since(lines, now))
        assert rows_of("claims") not in store.asked
        found = made(register, store)
        assert again == {path: found[path] for path in WHOLE}
        lines = now


@pytest.mark.parametrize("path", WHOLE)
def test_a_file_that_is_not_what_it_was_is_left_alone(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_MANY", 1)
    register, file = register_of("bakeries"), tmp_path / path
    lines = [*all_lines(register)]
    found = made(register, Store(lines))
    expected = found[path]
    known = left(tmp_path, found)
    name = {WHOLE[0]: collection("claims"), WHOLE[1]: rows_of("claims")}[path]
    place, text = next((key, text) for each, key, text in lines if each == name)
    file.unlink()

    def asked(changed_lines: Changes | None) -> bool:
        store = Store(lines)
        again = files(
            register, TODAY, store, known=known, changed={name}, before=tmp_path, changed_lines=changed_lines
        )  # fmt: skip
        assert next(content(each) for each in again if each.path == path) == expected
        return name in store.asked

    changed: Changes = {name: {place: text}}
    assert asked(changed), "there is none"
    file.write_bytes(expected)
    assert not asked(changed)
    assert asked(None), "what changed is not told"
    assert asked({}), "what changed is not told"
    file.write_bytes(expected[:-1] + b"!")
    assert asked(changed), "another hash"
    (tmp_path / "elsewhere").write_bytes(expected)
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    assert asked(changed), "no file of its own"


def members(count: int) -> dict[tuple[str, str], str]:
    """Lines of a document as long as a large one's: beyond what is read at a time."""
    filler = "é" * 5_000
    return {(collection("claims"), f"c-{n:03}"): f'"c-{n:03}": {{"said": "{filler}{n}"}}' for n in range(count)} | {
        # Called as collections are, and one that ends as these do.
        (collection("companies"), name): f'"{name}": {{"said": "\\n\\"claims\\": {{"}}'
        for name in ("claims", "responses", "zz")
    }


@pytest.mark.parametrize(
    ("changed", "is_whole"),
    [
        ({"c-000": "other", "c-050": "other", "c-051": None}, False),
        ({"c-000": None}, False),
        ({"a": "new", "c-0500": "new", "c-0501": "new", "c-097": "other"}, False),
        ({"c-0500": None}, False),
        ({"c-099": "other"}, True),
        ({"c-098": None}, False),
        ({"c-099": None}, True),
        ({"d": "new"}, True),
        ({f"c-{n:03}": None for n in range(100)}, True),
    ],
)
def test_a_document_is_made_of_the_one_before_but_for_what_changed(
    changed: dict[str, str | None], is_whole: bool, tmp_path: Path
) -> None:
    register, lines, name = register_of("bakeries"), members(100), collection("claims")
    known = left(tmp_path, made(register, Store((*key, text) for key, text in lines.items())))
    now = {key: told and f'"{key}": {{"said": "{told}"}}' for key, told in changed.items()}
    for key, text in now.items():
        lines.pop((name, key), None)
        if text is not None:
            lines[name, key] = text
    store = Store((*key, text) for key, text in lines.items())
    again = made_again(register, store, tmp_path, known, {name: now})
    assert (name in store.asked) is is_whole
    assert collection("companies") not in store.asked
    assert again[WHOLE[0]] == made(register, store)[WHOLE[0]]


def test_a_table_of_which_much_changed_is_filled_anew(tmp_path: Path) -> None:
    register = register_of("bakeries")
    store = Store(all_lines(register))
    found = made(register, store)
    known = left(tmp_path, found)
    name = rows_of("claims")
    changed: Changes = {name: {key: text for each, key, text in all_lines(register) if each == name}}
    store.asked.clear()
    assert made_again(register, store, tmp_path, known, changed)[WHOLE[1]] == found[WHOLE[1]]
    assert name in store.asked
    assert rows_of("companies") not in store.asked
