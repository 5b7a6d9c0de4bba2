"""Files for machines: what a journalist's spreadsheet, a reader's program and a reference manager find in them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date
from decimal import Decimal
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest

from dossier.dates import parse_edtf
from dossier.export import export
from dossier.export.addresses import Absolute
from dossier.export.bibliography import csl_date, ris, work
from dossier.export.columns import Cell, Column, table
from dossier.export.database import as_sqlite
from dossier.export.database import rows as stored
from dossier.export.spreadsheet import cell
from dossier.export.web import entry
from dossier.frozen import replace
from dossier.link import link
from dossier.load import read_yaml
from dossier.model import COLLECTIONS, Kind
from dossier.pages import CSP_OF_SCRIPTS, CSP_OF_SITE
from dossier.register import Label, Records, Register
from dossier.validate import validate

# Judges from outside. None of them has types, and an import statement would ask for them.
jsonschema, rispy, pybtex = (import_module(name) for name in ("jsonschema", "rispy", "pybtex.database"))

TODAY = date(2026, 11, 22)
CSL_SCHEMA = Path(__file__).parents[2] / "shared/testdata/schemas/csl-data.json"

SITE = """
title: {en: Who dredges, fr: Qui drague}
base_url: https://example.org/harbour/
languages: [en, fr]
repository: https://example.org/repository
contact: mailto:desk@example.org
licence: CC BY-SA 4.0
publisher: The harbour desk
description: Who dredges the harbour.
"""

COMPANIES = """
companies:
  - id: birch
    name: Birch & Sons
  - id: alder
    name: Alder
    aliases: [Alder Inc., Aulne]
    sector: {en: Dredging, fr: Dragage}
    headquarters: {city: Hull, country: CA}
    identifiers: {wikidata: Q42}
    nexus:
      - {kind: founded, citations: [{source: gazette, quote: founded in Hull}]}
      - {kind: founded, citations: [{source: relay, quote: née à Hull}]}
      - {kind: listed, citations: [{source: relay, quote: cotée}]}
    legal_entities:
      - {id: alder-gmbh, name: Alder GmbH, relation: subsidiary}
agencies:
  - {id: board, name: {en: Harbour Board, fr: Régie du port}, country: CA}
publishers:
  - {id: wire-service, name: {en: The Wire, fr: Le Fil}}
demands:
  - id: stop-dredging
    by: {name: Harbour Friends, organization: true}
    addressed_to: board
    date: 2026-02
    text: Stop.
    status: open
    citations: [{source: gazette}]
events:
  - {id: vote, date: 2026-03-01, kind: parliament, title: A vote, citations: [{source: gazette, quote: a vote}]}
searches:
  - {where: The press, query: A reply of Birch, date: 2026-01-02, company: birch}
  - {where: The press, query: The permit, date: 2026-01-02}
corrections:
  - {id: mended, date: 2026-05-01, target: alder-order, kind: correction}
tombstones:
  - {id: gone, date: 2026-05-02, reason: A double.}
"""

CLAIMS = """
about: alder
claims:
  - id: alder-service
    kind: service
    mode: reported
    statement: {en: "=SUM(A1) is what the Gazette printed."}
    citations: [{source: gazette, quote: =SUM(A1)}]
    withdrawn: {date: 2026-04-01, reason: duplicate}
  - id: alder-order
    kind: order
    mode: reported
    date: 2025-11-28
    party: alder-gmbh
    counterparty: board
    amount: {value: 7234926.20, currency: USD, kind: obligated}
    statement:
      en: The Gazette reported an order of "20" barges.
      fr: Selon la Gazette, « 20 » barges ont été commandées.
    note: |-
      - One origin [@memo].

      *Thin.*
    citations:
      - {source: gazette, quote: an order, locator: p. 2, translation: {fr: une commande}}
      - {source: relay, quote: ordered}
      - {source: gazette, quote: barges}
      - {source: rumour, quote: perhaps not, intent: disputes}
    differs_from: [{claim: alder-profile}]
    reply: [alder-says-no, alder-silent]
  - id: alder-profile
    kind: profile
    mode: reported
    date: 2024/2025
    amount: {value: 300, currency: CAD, kind: estimate, approximate: true}
    statement: The Gazette says that Alder dredges.
    citations: [{source: gazette, quote: Alder dredges}]
responses:
  - {id: alder-silent, status: no-response, date: 2026-02-01}
  - id: alder-says-no
    status: responded
    date: 2026-01-05
    position: disputes
    citations: [{source: rumour, quote: "no"}]
"""

BIRCH = """
about: birch
claims:
  - id: birch-order
    kind: order
    mode: alleged
    date: 2023
    statement: A rumour has it.
    citations: [{source: rumour, quote: has it}]
    reply: birch-asked
responses:
  - {id: birch-asked, status: none-found, date: 2026-01-05}
"""

SOURCES = r"""
sources:
  - id: rumour
    type: webpage
    title: '100 % of {Birch}_& ~ $5 #1 C:\dredge ^up'
    publisher: A blog
    issued: 2026-01~
    accessed: 2026-02-01
    url: https://example.org/a_b?x=1&y={2}%20#part
    language: en
    role: commentary
    derived_from: unknown
    availability: retracted
  - id: relay
    type: article-newspaper
    title: Les barges
    author: [Anne Aune, Service de presse and friends]
    publisher: Le Relais
    wire: wire-service
    issued: 2025-12-02
    accessed: 2026-02-01
    url: https://example.org/relais
    language: fr
    role: reporting
    derived_from: gazette
  - id: gazette
    type: report
    title: The barges
    publisher: The Gazette
    publisher_of_record: The Gazette
    issued: 2025-12
    accessed: 2026-02-01
    url: https://example.org/gazette
    language: en
    role: reporting
    archives: [{url: https://archive.example/1}, {url: https://archive.example/2, captured: 2026-02-01}]
  - id: memo
    type: document
    title: A memo
    publisher: wire-service
    wire: unknown
    language: en
    role: record
    read: none
"""


def records_of(*texts: str, site: str = SITE) -> Records:
    paths = ("data/site.yaml", *(f"data/{index}.yaml" for index in range(len(texts))))
    read = [read_yaml(text.encode(), path) for text, path in zip((site, *texts), paths, strict=True)]
    records, slips = validate(tuple(document for document, _ in read))
    assert not slips
    assert not any(problems for _, problems in read)
    return records


def register_of(*texts: str, site: str = SITE) -> Register:
    register, loose = link(records_of(*texts, site=site))
    assert not loose
    assert register is not None
    return register


@pytest.fixture(scope="module")
def register() -> Register:
    return register_of(COMPANIES, CLAIMS, BIRCH, SOURCES)


@pytest.fixture(scope="module")
def files(register: Register) -> dict[str, bytes]:
    pages = (
        ("index.html", (("en", "index.html"), ("fr", "fr/index.html"))),
        ("fr/index.html", (("en", "index.html"), ("fr", "fr/index.html"))),
        ("companies/alder/index.html", (("en", "companies/alder/index.html"),)),
        ("companies/birch/index.html", ()),
        ("404.html", ()),
    )
    made = export(register, TODAY, pages)
    assert len({file.path for file in made}) == len(made)
    return {file.path: file.content for file in made}


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode(), newline="")))


def row(files: dict[str, bytes], name: str, identity: str) -> dict[str, str]:
    return next(each for each in rows(files, name) if each["id"] == identity)


def resources(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    package = json.loads(files["data/datapackage.json"])
    return {resource["path"]: resource for resource in package["resources"]}


def test_the_files_stand_where_others_look_for_them(files: dict[str, bytes]) -> None:
    data = (
        "claims.csv companies.csv sources.csv dossier.json dossier.sqlite datapackage.json sources.bib sources.ris"
        " sources.csl.json"
    )
    assert set(files) == {*(f"data/{name}" for name in data.split()), "sitemap.xml", "_headers", "robots.txt"}


def test_the_order_of_the_data_files_plays_no_part(files: dict[str, bytes]) -> None:
    records = records_of(COMPANIES, CLAIMS, BIRCH, SOURCES)
    turned = replace(records, **{name: getattr(records, name)[::-1] for name in COLLECTIONS})
    again, _ = link(turned)
    assert again is not None
    assert list(again.sources) == ["memo", "gazette", "relay", "rumour"]
    for file in export(again, TODAY, ()):
        if file.path != "sitemap.xml":
            assert file.content == files[file.path], file.path


# Tables

COLUMNS = {
    "claims": """
        id company title_en title_fr kind mode date planned party counterparty amount_value amount_currency amount_kind
        amount_approximate statement_en statement_fr note_en note_fr verified adverse reply withdrawn_date
        withdrawn_reason withdrawn_note_en withdrawn_note_fr withdrawn_replaced_by company_name url label links origins
        origin_names disputed_on_record supporting_sources other_sources differs_from reply_status reply_position""",
    "companies": """
        id name aliases sector_en sector_fr headquarters_city headquarters_region headquarters_country website
        identifiers_wikidata identifiers_lei identifiers_uei identifiers_cik identifiers_bn summary_en summary_fr
        unknown_en unknown_fr apart_en apart_fr nexus legal_entities url claims withdrawn_claims""",
    "sources": """
        id type title author publisher publisher_of_record wire issued accessed url language role derived_from read
        availability note_en note_fr publisher_name publisher_of_record_name wire_name archives cited_by load
        dossier_url""",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_that_others_rely_on(files: dict[str, bytes], name: str) -> None:
    assert list(rows(files, name)[0]) == COLUMNS[name].split()


def test_a_row_says_what_was_typed_and_what_was_computed(files: dict[str, bytes]) -> None:
    claim = {key: value for key, value in row(files, "claims", "alder-order").items() if value}
    assert claim == {
        "id": "alder-order",
        "company": "alder",
        "kind": "order",
        "mode": "reported",
        "date": "2025-11-28",
        "planned": "false",
        "party": "alder-gmbh",
        "counterparty": "board",
        "amount_value": "7234926.20",
        "amount_currency": "USD",
        "amount_kind": "obligated",
        "amount_approximate": "false",
        "statement_en": 'The Gazette reported an order of "20" barges.',
        "statement_fr": "Selon la Gazette, « 20 » barges ont été commandées.",
        "note_en": "'- One origin [@memo].\n\n*Thin.*",
        "adverse": "true",
        "reply": "alder-says-no | alder-silent",
        "company_name": "Alder",
        "url": "https://example.org/harbour/companies/alder/#alder-order",
        "label": "disputed",
        "links": "2",
        "origins": "1",
        "origin_names": "The Gazette",
        "disputed_on_record": "false",
        "supporting_sources": "gazette | relay",
        "other_sources": "rumour",
        "differs_from": "alder-profile",
        "reply_status": "responded | no-response",
        "reply_position": "disputes | none",
    }


@pytest.mark.parametrize(
    ("name", "identity", "column", "expected"),
    [
        ("claims", "alder-profile", "adverse", "false"),
        ("claims", "alder-profile", "amount_value", "300"),
        ("claims", "alder-profile", "amount_approximate", "true"),
        ("claims", "alder-profile", "statement_fr", ""),
        ("claims", "alder-service", "statement_en", "'=SUM(A1) is what the Gazette printed."),
        ("claims", "alder-service", "withdrawn_reason", "duplicate"),
        ("claims", "alder-service", "label", "withdrawn"),
        ("claims", "birch-order", "origins", "0"),
        ("companies", "alder", "aliases", "Alder Inc. | Aulne"),
        ("companies", "alder", "headquarters_city", "Hull"),
        ("companies", "alder", "nexus", "founded | listed"),
        ("companies", "alder", "legal_entities", "Alder GmbH"),
        ("companies", "alder", "claims", "2"),
        ("companies", "alder", "withdrawn_claims", "1"),
        ("companies", "birch", "url", "https://example.org/harbour/companies/birch/"),
        ("sources", "gazette", "archives", "https://archive.example/1 | https://archive.example/2"),
        ("sources", "gazette", "cited_by", "alder-order | alder-profile"),
        ("sources", "gazette", "load", "alder-order | alder-profile"),
        ("sources", "memo", "cited_by", "alder-order"),
        ("sources", "memo", "publisher_name", "The Wire"),
        ("sources", "relay", "load", ""),
        ("sources", "relay", "derived_from", "gazette"),
        ("sources", "relay", "dossier_url", "https://example.org/harbour/sources/relay/"),
        ("sources", "relay", "wire_name", "The Wire"),
        ("sources", "rumour", "issued", "2026-01~"),
        ("sources", "rumour", "cited_by", "alder-order | birch-order"),
        ("sources", "rumour", "load", ""),
    ],
)
def test_cells(files: dict[str, bytes], name: str, identity: str, column: str, expected: str) -> None:
    assert row(files, name, identity)[column] == expected


def test_rows_stand_by_company_then_date_then_id(files: dict[str, bytes]) -> None:
    ids = [each["id"] for each in rows(files, "claims")]
    assert ids == ["alder-profile", "alder-order", "alder-service", "birch-order"]


def test_lines_end_as_rfc_4180_says_and_words_keep_their_own(files: dict[str, bytes]) -> None:
    for name in COLUMNS:
        content = files[f"data/{name}.csv"]
        assert content.endswith(b"\r\n")
        assert content.count(b"\r\n") == 1 + len(rows(files, name))


TEXT, TRUTH = Column("c", "", str), Column("c", "", bool, "boolean")


@pytest.mark.parametrize(
    ("value", "column", "expected"),
    [
        ("=1+1", TEXT, "'=1+1"),
        ("+1 (416) 555-0100", TEXT, "'+1 (416) 555-0100"),
        ("-cmd", TEXT, "'-cmd"),
        ("@SUM(A1)", TEXT, "'@SUM(A1)"),
        ("\t=1", TEXT, "'\t=1"),
        (("=a", "b"), TEXT, "'=a | b"),
        ("-12.50", TEXT, "-12.50"),
        ("+3", TEXT, "+3"),
        ("-3-3", TEXT, "'-3-3"),
        ("1=1", TEXT, "1=1"),
        (Decimal("0.0000001"), TEXT, "0.0000001"),
        (None, TEXT, ""),
        ((), TEXT, ""),
        (False, TRUTH, "false"),
        (None, TRUTH, ""),
    ],
)
def test_no_cell_is_a_formula(value: Cell, column: Column, expected: str) -> None:
    assert cell(value, column) == expected


def test_addresses_follow_the_first_language() -> None:
    site = SITE.replace("[en, fr]", "[fr, en]").replace("harbour/\n", "harbour\n")
    french = register_of(COMPANIES, CLAIMS, BIRCH, SOURCES, site=site)
    made = {file.path: file.content for file in export(french, TODAY, [("index.html", ())])}
    url = row(made, "claims", "alder-order")["url"]
    assert url == "https://example.org/harbour/entreprises/alder/#alder-order"
    assert "https://example.org/harbour/</loc>" in made["sitemap.xml"].decode()


# The package


def test_the_package_describes_every_file_as_it_is(files: dict[str, bytes]) -> None:
    described = resources(files)
    beside = {path.removeprefix("data/") for path in files if path.startswith("data/")} - {"datapackage.json"}
    assert set(described) == beside
    for path, resource in described.items():
        content = files[f"data/{path}"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"


@pytest.mark.parametrize("name", COLUMNS)
def test_the_schema_names_the_columns_and_explains_each(files: dict[str, bytes], name: str) -> None:
    schema = resources(files)[f"{name}.csv"]["schema"]
    assert [field["name"] for field in schema["fields"]] == COLUMNS[name].split()
    assert all(len(field["description"]) > 3 for field in schema["fields"])
    assert schema["primaryKey"] == "id"
    for line in rows(files, name):
        for field in schema["fields"]:
            value, duty = line[field["name"]], field.get("constraints", {})
            assert value or not duty.get("required"), field["name"]
            assert not value or value in duty.get("enum", [value]), field["name"]


def test_the_schema_says_what_is_no_free_text(files: dict[str, bytes]) -> None:
    schema = resources(files)["claims.csv"]["schema"]
    types = {field["name"]: field["type"] for field in schema["fields"] if field["type"] != "string"}
    assert types == {
        "planned": "boolean",
        "amount_value": "number",
        "amount_approximate": "boolean",
        "adverse": "boolean",
        "links": "integer",
        "origins": "integer",
        "disputed_on_record": "boolean",
    }
    allowed = {field["name"]: field.get("constraints", {}).get("enum") for field in schema["fields"]}
    assert allowed["label"] == list(get_args(Label))
    assert allowed["kind"] == list(get_args(Kind))
    assert schema["foreignKeys"] == [
        {"fields": "company", "reference": {"resource": "companies", "fields": "id"}},
        {"fields": "withdrawn_replaced_by", "reference": {"resource": "claims", "fields": "id"}},
    ]


def test_the_package_says_whose_it_is_and_how_to_read_it(files: dict[str, bytes]) -> None:
    package = json.loads(files["data/datapackage.json"])
    assert package["licenses"] == [{"name": "CC-BY-SA-4.0", "title": "CC BY-SA 4.0"}]
    assert package["contributors"] == [{"title": "The harbour desk", "role": "publisher"}]
    assert package["created"] == "2026-11-22T00:00:00Z"
    assert package["description"].startswith("Who dredges the harbour. ")
    assert "apostrophe" in package["description"]


def test_a_licence_of_ones_own_is_named_in_its_own_words() -> None:
    site = SITE.replace("CC BY-SA 4.0", "Ask us first")
    files = {
        file.path: file.content for file in export(register_of(COMPANIES, CLAIMS, BIRCH, SOURCES, site=site), TODAY, ())
    }
    package = json.loads(files["data/datapackage.json"])
    assert package["licenses"] == [{"path": "https://example.org/harbour/", "title": "Ask us first"}]


# One document


def test_the_document_holds_records_as_typed_and_their_standing(files: dict[str, bytes]) -> None:
    whole = json.loads(files["data/dossier.json"])
    assert (whole["format"], whole["generated_for"], whole["licence"]) == (1, "2026-11-22", {"en": "CC BY-SA 4.0"})
    claim = whole["claims"]["alder-profile"]
    (citation,) = claim.pop("citations")
    assert (citation["source"], citation["quote"], citation["intent"]) == ("gazette", "Alder dredges", "supports")
    assert claim == {
        "id": "alder-profile",
        "company": "alder",
        "kind": "profile",
        "mode": "reported",
        "date": "2024/2025",
        "planned": False,
        "amount": {"value": "300", "currency": "CAD", "kind": "estimate", "approximate": True},
        "statement": {"en": "The Gazette says that Alder dredges."},
        "differs_from": [],
        "reply": [],
        "computed": {
            "url": "https://example.org/harbour/companies/alder/#alder-profile",
            "adverse": False,
            "label": "reported",
            "links": 1,
            "origins": [{"key": "the gazette", "name": "The Gazette", "kind": "reporting", "through": ["gazette"]}],
            "disputed_on_record": False,
        },
    }
    assert whole["sources"]["gazette"]["computed"] == {
        "url": "https://example.org/harbour/sources/gazette/",
        "cited_by": ["alder-order", "alder-profile"],
        "derived": ["relay"],
        "load": ["alder-order", "alder-profile"],
    }
    assert whole["claims"]["alder-order"]["note"] == {"en": "- One origin [@memo].\n\n*Thin.*"}
    assert [reason["kind"] for reason in whole["companies"]["alder"]["nexus"]] == ["founded", "founded", "listed"]


def test_the_document_holds_every_collection(files: dict[str, bytes], register: Register) -> None:
    whole = json.loads(files["data/dossier.json"])
    assert {name: len(whole[name]) for name in whole if isinstance(whole[name], (dict, list))} == {
        "licence": 1,
        "site": 9,
        "companies": 2,
        "agencies": 1,
        "publishers": 1,
        "sources": 4,
        "claims": 4,
        "responses": 3,
        "demands": 1,
        "events": 1,
        "corrections": 1,
        "tombstones": 1,
        "searches": 2,
    }
    assert [search["query"]["en"] for search in whole["searches"]] == ["The permit", "A reply of Birch"]
    assert "« 20 » barges" in files["data/dossier.json"].decode()


def test_an_empty_collection_is_there_and_empty() -> None:
    files = {file.path: file.content for file in export(register_of(), TODAY, ())}
    whole = json.loads(files["data/dossier.json"])
    assert (whole["claims"], whole["searches"]) == ({}, [])
    assert json.loads(files["data/sources.csl.json"]) == []
    assert files["data/claims.csv"].decode().split(",")[0] == "id"


# The database


@pytest.fixture(scope="module")
def database(files: dict[str, bytes]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["data/dossier.sqlite"])
    return connection


def test_the_database_is_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    counts = {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    assert counts == {
        "about": 6,
        "companies": 2,
        "legal_entities": 1,
        "agencies": 1,
        "publishers": 1,
        "sources": 4,
        "claims": 4,
        "citations": 13,
        "responses": 3,
        "events": 1,
        "demands": 1,
        "searches": 2,
        "corrections": 1,
        "tombstones": 1,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT value FROM about WHERE key = 'generated_for'", [("2026-11-22",)]),
        ("SELECT value FROM about WHERE key = 'licence_en'", [("CC BY-SA 4.0",)]),
        (
            "SELECT claims.id, companies.name, agencies.name_fr, amount_value FROM claims"
            " JOIN companies ON companies.id = company JOIN agencies ON agencies.id = counterparty",
            [("alder-order", "Alder", "Régie du port", 7234926.2)],
        ),
        (
            "SELECT id, label, adverse FROM claims WHERE amount_value IS NOT NULL ORDER BY amount_value",
            [("alder-profile", "reported", 0), ("alder-order", "disputed", 1)],
        ),
        (
            "SELECT reply.value, status FROM claims, json_each(reply) AS reply"
            " JOIN responses ON responses.id = reply.value WHERE claims.id = 'alder-order' ORDER BY reply.key",
            [("alder-says-no", "responded"), ("alder-silent", "no-response")],
        ),
        (
            'SELECT "key", number, source, quote, locator, intent, translation_fr FROM citations'
            " WHERE record = 'alder-order' ORDER BY number",
            [
                ("citations", 1, "gazette", "an order", "p. 2", "supports", "une commande"),
                ("citations", 2, "relay", "ordered", None, "supports", None),
                ("citations", 3, "gazette", "barges", None, "supports", None),
                ("citations", 4, "rumour", "perhaps not", None, "disputes", None),
            ],
        ),
        (
            "SELECT collection, \"key\", number, source FROM citations WHERE record = 'alder' ORDER BY number",
            [
                ("companies", "nexus", 1, "gazette"),
                ("companies", "nexus", 2, "relay"),
                ("companies", "nexus", 3, "relay"),
            ],
        ),
        ("SELECT claims FROM responses WHERE id = 'birch-asked'", [('["birch-order"]',)]),
        ("SELECT by_name, by_organization FROM demands", [("Harbour Friends", 1)]),
        ("SELECT statement_en FROM claims WHERE id = 'alder-service'", [("=SUM(A1) is what the Gazette printed.",)]),
    ],
)
def test_the_database_answers(database: sqlite3.Connection, query: str, expected: list[tuple[Any, ...]]) -> None:
    assert database.execute(query).fetchall() == expected


def test_the_schema_of_the_database_explains_its_columns(database: sqlite3.Connection) -> None:
    (schema,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'claims'").fetchone()
    assert '"company" TEXT NOT NULL REFERENCES "companies" ("id"), -- Id of the company' in schema
    assert '"amount_value" NUMERIC, -- ' in schema


def test_every_sqlite_library_writes_the_same_bytes() -> None:
    """Made with 3.39.4, 3.40.1, 3.43.2, 3.46.1, 3.50.4 and 3.54.1. Rows are many and of every length, so that pages are
    split and words overflow them."""
    columns = (
        Column("id", "An id.", lambda n: f"k{n * 7919 % 1000:03}-{n}", required=True),
        Column("words", "Words.", lambda n: "é–x" * (n % 50 if n % 99 else 5000)),
        Column("amount", "An amount.", lambda n: Decimal(n) / 4, "number"),
        Column("odd", "Whether it is odd.", lambda n: n % 2 == 1, "boolean"),
        Column("values", "Several.", lambda n: ("ö", str(n)) if n % 3 else None, "list"),
    )
    many = table("many", "Many rows.", columns)
    by_id = sorted((many.cells(number) for number in range(1000)), key=lambda cells: str(cells[0]))
    content = b"".join(as_sqlite([many], {"format": "1"}, lambda name: (stored(many, [cells]) for cells in by_id)))
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute('SELECT count(*), sum(amount), sum(odd) FROM "many"').fetchone() == (1000, 124875.0, 500)
    assert sha256(content).hexdigest() == "7da43d107fe959a9fde63be7b94378e5a95baca1abfd6250195b5f540d7c88e7"


# Bibliographies

IDS = ["gazette", "memo", "relay", "rumour"]


def test_csl_names_every_source(files: dict[str, bytes]) -> None:
    items = {item["id"]: item for item in json.loads(files["data/sources.csl.json"])}
    assert list(items) == IDS
    assert items["relay"] == {
        "id": "relay",
        "type": "article-newspaper",
        "title": "Les barges",
        "author": [{"literal": "Anne Aune"}, {"literal": "Service de presse and friends"}],
        "container-title": "Le Relais",
        "original-publisher": "Le Fil",
        "issued": {"date-parts": [[2025, 12, 2]]},
        "accessed": {"date-parts": [[2026, 2, 1]]},
        "language": "fr",
        "URL": "https://example.org/relais",
    }
    assert items["memo"] == {
        "id": "memo",
        "type": "document",
        "title": "A memo",
        "publisher": "The Wire",
        "language": "en",
    }
    assert "original-publisher" not in items["gazette"]
    assert items["rumour"]["status"] == "retracted"


@pytest.mark.skipif(not CSL_SCHEMA.is_file(), reason="the schema of CSL-JSON is not beside the repository")
def test_csl_keeps_its_schema(files: dict[str, bytes], register: Register) -> None:
    jsonschema.validate(json.loads(files["data/sources.csl.json"]), json.loads(CSL_SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2025-11-28", {"date-parts": [[2025, 11, 28]]}),
        ("2026-01", {"date-parts": [[2026, 1]]}),
        ("2024", {"date-parts": [[2024]]}),
        ("2024-XX", {"date-parts": [[2024]]}),
        ("2026-01~", {"date-parts": [[2026, 1]], "circa": True}),
        ("2026?", {"date-parts": [[2026]], "circa": True}),
        ("2024-08/2025", {"date-parts": [[2024, 8], [2025]]}),
        ("2024-22", {"date-parts": [[2024]], "season": 2}),
        ("2024-08/..", {"raw": "2024-08/.."}),
        ("../2024", {"raw": "../2024"}),
        ("2024-21/2024-22", {"raw": "2024-21/2024-22"}),
        ("198X", {"raw": "198X"}),
        ("19XX", {"raw": "19XX"}),
    ],
)
def test_csl_dates_say_no_more_than_was_typed(typed: str, expected: dict[str, Any]) -> None:
    assert csl_date(parse_edtf(typed)) == expected


def test_bibtex_is_read_back_as_it_was_meant(files: dict[str, bytes]) -> None:
    entries = pybtex.parse_string(files["data/sources.bib"].decode(), "bibtex").entries
    assert list(entries) == IDS
    assert [entries[key].type for key in IDS] == ["misc", "misc", "article", "online"]
    relay, rumour = entries["relay"], entries["rumour"]
    assert [str(person) for person in relay.persons["author"]] == ["{Anne Aune}", "{Service de presse and friends}"]
    assert dict(relay.fields) == {
        "title": "{Les barges}",
        "journal": "Le Relais",
        "origpublisher": "Le Fil",
        "date": "2025-12-02",
        "year": "2025",
        "url": "https://example.org/relais",
        "urldate": "2026-02-01",
        "language": "fr",
    }
    assert rumour.fields["title"] == (
        r"{100 \% of \textbraceleft{}Birch\textbraceright{}\_\& \textasciitilde{} \$5 \#1"
        r" C:\textbackslash{}dredge \textasciicircum{}up}"
    )
    assert rumour.fields["url"] == "https://example.org/a_b?x=1&y=%7B2%7D%20#part"
    assert rumour.fields["date"] == "2026-01~"
    assert rumour.fields["pubstate"] == "retracted"


def test_ris_is_read_back_as_it_was_meant(files: dict[str, bytes]) -> None:
    text = files["data/sources.ris"].decode()
    entries = {entry["id"]: entry for entry in rispy.loads(text)}
    assert list(entries) == IDS
    assert entries["relay"] == {
        "type_of_reference": "NEWS",
        "id": "relay",
        "title": "Les barges",
        "authors": ["Anne Aune", "Service de presse and friends"],
        "secondary_title": "Le Relais",
        "year": "2025",
        "date": "2025/12/02/",
        "urls": ["https://example.org/relais"],
        "access_date": "2026/02/01/",
        "language": "fr",
        "notes": ["Original publisher: Le Fil"],
    }
    assert entries["rumour"]["title"] == r"100 % of {Birch}_& ~ $5 #1 C:\dredge ^up"
    assert entries["rumour"]["date"] == "2026/01//2026-01~"
    assert entries["rumour"]["notes"] == ["Retracted"]
    assert text.count("\r\n") == text.count("\n")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2024", ["PY  - 2024", "DA  - 2024///"]),
        ("2024-08/..", ["PY  - 2024", "DA  - 2024/08//2024-08/.."]),
        ("2024-22", ["PY  - 2024", "DA  - 2024///2024-22"]),
        ("198X", ["DA  - ///198X"]),
        ("../2024", ["DA  - ///../2024"]),
    ],
)
def test_ris_dates_say_no_more_than_was_typed(typed: str, expected: list[str]) -> None:
    register = register_of(SOURCES.split("  - id: relay")[0].replace("2026-01~", typed))
    lines = ris(work(register, register.sources["rumour"])).splitlines()
    assert [line for line in lines if line.startswith(("PY", "DA"))] == expected


# What search engines and servers read


def test_the_sitemap_lists_pages_and_their_language_versions(files: dict[str, bytes]) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {
        url.findtext("s:loc", "", names): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)
        }
        for url in ElementTree.fromstring(files["sitemap.xml"]).findall("s:url", names)
    }
    both = {"en": "https://example.org/harbour/", "fr": "https://example.org/harbour/fr/"}
    assert list(found.items()) == [
        ("https://example.org/harbour/companies/alder/", {}),
        ("https://example.org/harbour/companies/birch/", {}),
        ("https://example.org/harbour/fr/", both),
        ("https://example.org/harbour/", both),
    ]


def test_a_sitemap_takes_absolute_addresses_and_escapes_all() -> None:
    versions = (("en", "https://example.org/harbour/a/?b&c"), ("fr", "fr/à&b/index.html"))
    text = entry(("a/index.html", versions), Absolute("https://example.org/b&c/", "en"))
    assert "<loc>https://example.org/b&amp;c/a/</loc>" in text
    assert 'hreflang="en" href="https://example.org/harbour/a/?b&amp;c"/>' in text
    assert 'hreflang="fr" href="https://example.org/b&amp;c/fr/%C3%A0%26b/"/>' in text


def test_headers_send_the_policy_of_the_pages_and_forbid_frames_around_what_is_typed(files: dict[str, bytes]) -> None:
    assert files["_headers"].decode().split("\n") == [
        "/*",
        f"  Content-Security-Policy: {CSP_OF_SITE}",
        "  Referrer-Policy: no-referrer",
        "  X-Content-Type-Options: nosniff",
        "/contribute/draft/*",
        f"  Content-Security-Policy: {CSP_OF_SCRIPTS}; frame-ancestors 'none'",
        "/fr/contribuer/brouillon/*",
        f"  Content-Security-Policy: {CSP_OF_SCRIPTS}; frame-ancestors 'none'",
        "/feed.xml",
        "  Content-Type: application/atom+xml; charset=utf-8",
        "/*/feed.xml",
        "  Content-Type: application/atom+xml; charset=utf-8",
        "/feed.json",
        "  Content-Type: application/feed+json; charset=utf-8",
        "/*/feed.json",
        "  Content-Type: application/feed+json; charset=utf-8",
        "",
    ]


def test_robots_may_read_everything(files: dict[str, bytes]) -> None:
    text = "User-agent: *\nAllow: /\n\nSitemap: https://example.org/harbour/sitemap.xml\n"
    assert files["robots.txt"].decode() == text
