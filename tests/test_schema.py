"""JSON Schemas for editors: the keys and words of the model, and no other judgement than that of the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from dossier.cli import main
from dossier.dates import parse_edtf
from dossier.document import Document, Mapping, Node, Scalar
from dossier.fields import keys, nested, words_of
from dossier.frozen import MISSING
from dossier.known import APART
from dossier.load import load, read_yaml
from dossier.model import COLLECTIONS, WITH_ABOUT, ContentPage, Part, Site
from dossier.reading import keys_of
from dossier.register import Records
from dossier.rulebook import CASES, read_cases
from dossier.schema import known_so_far, schemas
from dossier.validate import read_document
from tests.given import data as given_data

ROOT = Path(__file__).parents[1]
SITES = (ROOT, *sorted(ROOT.glob("tests/sites/*/")), CASES / "base")
LANGUAGES = ("en", "fr")
NO_RECORDS = Records(None)

BARE = schemas(NO_RECORDS, LANGUAGES)
"""The schemas of a dossier that holds nothing yet."""


def typed(node: Node) -> Any:
    """A node as an editor's YAML has it: plain scalars as the core schema of YAML 1.2 (10.3.2) resolves them."""
    if isinstance(node, Mapping):
        return {name: typed(value) for name, value in node.entries.items()}
    if not isinstance(node, Scalar):
        return [typed(item) for item in node.items]
    text = node.text
    if not node.plain:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if re.fullmatch("true|True|TRUE|false|False|FALSE", text):
        return text.lower() == "true"
    if re.fullmatch("[-+]?[0-9]+", text):
        return int(text)
    return float(text) if re.fullmatch(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", text) else text


def wrong(schema: dict[str, Any], value: Any) -> list[str]:
    """What a validator finds, each with its place."""
    found = Draft7Validator(schema).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


def of_yaml(text: str, name: str = "data.json", made: dict[str, Any] = BARE) -> list[str]:
    document, problems = read_yaml(text.encode(), "data/example.yaml")
    assert document.readable, problems
    return wrong(made[name], typed(document.root))


def records_of(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: found for name, found in schema["definitions"].items() if "properties" in found}


def name_of(cls: type[Part]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower()


def everywhere() -> Iterator[tuple[type[Part], dict[str, Any]]]:
    """Every record of the model, with its schema."""
    data, site = records_of(BARE["data.json"]), records_of(BARE["site.json"])
    both = {**data, **site}
    yield from ((cls, both[name_of(cls)]) for cls in (*COLLECTIONS.values(), *nested()))
    yield Site, BARE["site.json"]
    yield ContentPage, BARE["page.json"]


ALL = list(everywhere())
each_record = pytest.mark.parametrize(("cls", "schema"), ALL, ids=[name_of(cls) for cls, _ in ALL])


@pytest.mark.parametrize("name", list(BARE))
def test_it_is_json_schema(name: str) -> None:
    Draft7Validator.check_schema(BARE[name])
    assert BARE[name]["$schema"] == "http://json-schema.org/draft-07/schema#"


@each_record
def test_its_keys_are_those_of_the_model(cls: type[Part], schema: dict[str, Any]) -> None:
    assert list(schema["properties"]) == list(keys_of(cls))  # type: ignore[arg-type]  # mypy: frozen classes as keys
    assert schema["additionalProperties"] is False
    required = {each.name for each, _ in keys(cls) if each.default is MISSING}
    by_about = {"company"} if cls in [COLLECTIONS[name] for name in WITH_ABOUT] else set()
    assert set(schema["required"]) == required - by_about
    for each, annotation in keys(cls):
        found = schema["properties"][each.name]
        assert found["description"].startswith(each.metadata["doc"])
        assert tuple(words(found)) == words_of(annotation)


def words(schema: Any) -> list[str]:
    """The words a value is one of, in a list or by itself."""
    inside = [schema, *schema.get("anyOf", ()), schema.get("items", {})]
    return next((each["enum"] for each in inside if "enum" in each), [])


def walked(schema: Any) -> Iterator[dict[str, Any]]:
    for inside in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from walked(inside)
    if isinstance(schema, dict):
        yield schema


def test_nothing_stands_beside_a_reference() -> None:
    """Draft 7 reads nothing there (draft-handrews-json-schema-01, 8.3)."""
    referring = [each for schema in BARE.values() for each in walked(schema) if "$ref" in each]
    assert len(referring) > 20
    assert [each for each in referring if len(each) > 1] == []


def test_every_collection_has_its_list() -> None:
    assert list(BARE["data.json"]["properties"]) == [*COLLECTIONS, "about"]
    assert set(records_of(BARE["data.json"])) | set(records_of(BARE["site.json"])) == {
        name_of(cls) for cls in (*COLLECTIONS.values(), *nested())
    }


def documents() -> list[Any]:
    return [pytest.param(site, id=site.relative_to(ROOT).as_posix()) for site in SITES]


@pytest.mark.parametrize("root", documents())
def test_all_that_is_published_here_is_let_stand(root: Path) -> None:
    made = known_so_far(root)
    found: dict[str, list[str]] = {}
    files, problems = load(root)
    assert files
    assert problems == ()
    for document in files:
        value = typed(document.root)
        name = "site.json" if document.path == "data/site.yaml" else "data.json"
        if document.path.endswith(".md"):
            del value["body"]
            name = "page.json"
        found[document.path] = wrong(made[name], value)
    assert {path: said for path, said in found.items() if said} == {}


def case_files() -> Iterator[Any]:
    """The data files of the cases that are YAML: of others nobody asks a schema."""
    for code, case in read_cases(CASES).items():
        for kind, files in (("bad", case.bad), ("good", case.good)):
            for path, text in files.items():
                document, _ = read_yaml(text.replace("·", "\t").replace("¤", "\u200b").encode(), path)
                if path.endswith(".yaml") and document.readable:
                    yield pytest.param(document, id=f"{code}-{kind}-{path}")


@pytest.mark.parametrize("document", list(case_files()))
def test_it_judges_the_cases_of_the_rules_as_the_reader_does(document: Document) -> None:
    """What is good, or wrong in a way no schema can see, is let stand; what the reader refuses is refused."""
    found = read_document(document, LANGUAGES).problems
    said = wrong(BARE["site.json" if document.path == "data/site.yaml" else "data.json"], typed(document.root))
    assert bool(said) == bool(found), (said, found)


CLAIM = "{id: alder-rye, company: alder, kind: order, mode: reported, statement: Rye, citations: []}"
SLIPS = {
    "unknown collection": "clams: []",
    "a list at the top": "- id: alder",
    "one record for a list": "companies: {id: alder, name: Alder}",
    "a text for a record": "companies: [alder]",
    "unknown key": "companies: [{id: alder, nmae: Alder, name: Alder}]",
    "no name": "companies: [{id: alder}]",
    "an empty value": "companies: [{id: alder, name: }]",
    "capitals in an id": "companies: [{id: Alder, name: Alder}]",
    "an id of one letter": "companies: [{id: a, name: Alder}]",
    "an id that pages use": "companies: [{id: timeline, name: Alder}]",
    "an id that pages use, with a number": "companies: [{id: ref-12, name: Alder}]",
    "a list for a word": "companies: [{id: alder, name: [Alder]}]",
    "a record for a word": "companies: [{id: alder, name: {en: Alder}}]",
    "one word for a list": "companies: [{id: alder, name: Alder, aliases: Alder Inc.}]",
    "a word twice in a list": "companies: [{id: alder, name: Alder, aliases: [A, A]}]",
    "another language": "companies: [{id: alder, name: Alder, sector: {er: Bread}}]",
    "a text in no language": "companies: [{id: alder, name: Alder, sector: {}}]",
    "a citation in a text": "companies: [{id: alder, name: Alder, sector: 'Bread [@echo]'}]",
    "an address without its beginning": "companies: [{id: alder, name: Alder, website: www.alder.example}]",
    "an address that runs a script": "companies: [{id: alder, name: Alder, website: 'javascript:alert(1)'}]",
    "an address with a blank": "companies: [{id: alder, name: Alder, website: 'https://alder.example/a b'}]",
    "a country in full": "companies: [{id: alder, name: Alder, headquarters: {country: Canada}}]",
    "unknown word": f"claims: [{CLAIM.replace('order', 'ordre')}]",
    "no company and no about": f"claims: [{CLAIM.replace('company: alder, ', '')}]",
    "separators in a number": f"claims: [{CLAIM[:-1]}, amount: {{value: '1,500', currency: CAD, kind: ceiling}}}}]",
    "a number below nothing": f"claims: [{CLAIM[:-1]}, amount: {{value: -3, currency: CAD, kind: ceiling}}}}]",
    "a sign for a currency": f"claims: [{CLAIM[:-1]}, amount: {{value: 3, currency: $, kind: ceiling}}}}]",
    "money without its kind": f"claims: [{CLAIM[:-1]}, amount: {{value: 3, currency: CAD}}}}]",
    "yes for true": f"claims: [{CLAIM[:-1]}, planned: yes}}]",
    "the day first": f"claims: [{CLAIM[:-1]}, date: 28/11/2025}}]",
    "a month in words": f"claims: [{CLAIM[:-1]}, date: Nov 2025}}]",
    "a thirteenth month": f"claims: [{CLAIM[:-1]}, date: 2025-13}}]",
    "a date without hyphens": f"claims: [{CLAIM[:-1]}, date: 20251128}}]",
    "a citation that is a word": f"claims: [{CLAIM.replace('[]', '[echo]')}]",
    "a citation of nothing": f"claims: [{CLAIM.replace('[]', '[{quote: rye}]')}]",
    "nothing about whom": "about:",
}
"""Slips by name: what an editor marks, and the reader refuses."""


@pytest.mark.parametrize("text", SLIPS.values(), ids=list(SLIPS))
def test_what_the_reader_refuses_it_refuses(text: str) -> None:
    document, _ = read_yaml(text.encode(), "data/example.yaml")
    assert read_document(document, LANGUAGES).problems
    assert of_yaml(text)


FINE = {
    "nothing in a list": "claims:",
    "a number for an id": "companies: [{id: 404, name: 3}]",
    "a year": f"claims: [{CLAIM[:-1]}, date: 2025}}]",
    "quotes around everything": f"claims: [{CLAIM[:-1]}, date: '2025', planned: 'true'}}]",
    "a number in quotes": f"claims: [{CLAIM[:-1]}, amount: {{value: '7234926.20', currency: CAD, kind: ceiling}}}}]",
    "a season, in doubt": f"claims: [{CLAIM[:-1]}, date: 2025-21~}}]",
    "Norway": "companies: [{id: alder, name: Alder, headquarters: {country: NO}}]",
    "one reply or several": f"claims: [{CLAIM[:-1]}, reply: one}}, {CLAIM[:-1]}, reply: [one, two]}}]",
    "about names the company": f"about: alder\nclaims: [{CLAIM.replace('company: alder, ', '')}]",
    "a search about nobody": "searches: [{where: A register, query: Rye, date: 2025}]",
    "HTTPS": "companies: [{id: alder, name: Alder, website: HTTPS://alder.example}]",
    "unknown origin": "sources: [{id: aa, type: book, title: A, publisher: B, language: en, role: record, "
    "derived_from: unknown}]",
}


@pytest.mark.parametrize("text", FINE.values(), ids=list(FINE))
def test_what_the_reader_lets_stand_it_lets_stand(text: str) -> None:
    document, _ = read_yaml(text.encode(), "data/example.yaml")
    assert read_document(document, LANGUAGES).problems == ()
    assert of_yaml(text) == []


def test_dates_have_the_form_that_is_read() -> None:
    """Of every way to put these parts together. Days of a month and the order of an interval are left to the reader."""
    fits = re.compile(BARE["data.json"]["definitions"]["claim"]["properties"]["date"]["pattern"]).search
    years = ("0000", "000X", "0001", "00XX", "2024", "202X", "20XX", "2XXX", "204", "20245", "XXXX", "y2024", "-204")
    months = ("", "-00", "-01", "-09", "-12", "-13", "-20", "-21", "-24", "-25", "-XX", "-1X", "-1", "-X", "/01")
    days = ("", "-00", "-01", "-10", "-28", "-XX", "-32", "-1", "-1X", "-3X")
    points = [year + month + day for year in years for month in months for day in days]
    marked = [f"2024-01{mark}" for mark in ("?", "~", "%", "!", "??", "~%")]
    ends = ("", "..", "2024", "2024-01~", "2024-13", "x")
    spans = [f"{left}/{right}" for left in ends for right in ends] + ["2024/2025/2026", "...", "..", "", "/"]
    read = 0
    for text in (*points, *marked, *spans):
        try:
            parse_edtf(text)
            is_read = True
        except ValueError:
            is_read = False
        read += is_read
        assert bool(fits(text)) == is_read, text
    assert read > 60
    assert fits("2025-02-30")
    assert fits("2025/2024")


REST = "type: report, publisher: Pond Echo, language: en, role: record, read: none"
SOURCES = "".join(f"  - {{id: {name}, title: Report of {name}, {REST}}}\n" for name in ("echo", "hum"))
KNOWN = f"""\
companies:
  - id: alder
    name: Alder
    legal_entities: [{{id: alder-inc, name: Alder Inc., relation: registered-name}}]
agencies: [{{id: ministry, name: {{en: Ministry of Weather, fr: Ministère du temps}}}}]
responses: [{{id: alder-none, company: alder, status: none-found, date: 2026-05-20}}]
sources:
{SOURCES}"""


def offered_for(schema: dict[str, Any], name: str) -> dict[str, str]:
    """The ids that are offered where a reference of that name stands, and what is said of each."""
    alternatives = schema["definitions"][name]["anyOf"]
    return {each["enum"][0]: each.get("enumDescriptions", [""])[0] for each in alternatives if "enum" in each}


def test_ids_known_so_far_are_offered_with_what_they_stand_for() -> None:
    made = schemas(given_data(KNOWN).records, LANGUAGES)["data.json"]
    assert offered_for(made, "sources") == {
        "echo": "Report of echo (type: report; publisher: Pond Echo; language: en; role: record)",
        "hum": "Report of hum (type: report; publisher: Pond Echo; language: en; role: record)",
    }
    assert offered_for(made, "companies") == {"alder": "Alder"}
    assert offered_for(made, "agencies") == {"ministry": "Ministry of Weather"}
    assert offered_for(made, "legal_entities") == {"alder-inc": "Alder Inc. (relation: registered-name)"}
    assert offered_for(made, "responses") == {"alder-none": "company: alder; status: none-found; date: 2026-05-20"}
    assert list(offered_for(made, "sources-or-unknown")) == ["unknown", "echo", "hum"]
    assert set(offered_for(made, "any")) == {"alder", "alder-inc", "ministry", "alder-none", "echo", "hum"}


def test_an_id_that_is_not_known_yet_is_let_stand() -> None:
    made = schemas(given_data(KNOWN).records, LANGUAGES)
    cited = f"claims: [{CLAIM.replace('[]', '[{source: not-yet}]')}]"
    assert of_yaml(cited, made=made) == []
    assert of_yaml(cited.replace("not-yet", "Not yet"), made=made)


def test_of_many_ids_none_is_compared_with_every_value() -> None:
    rows = [f"  - {{id: s-{number}, title: T, {REST}}}\n" for number in range(APART + 1)]

    def definition(some: list[str]) -> dict[str, Any]:
        made = schemas(given_data(f"sources:\n{''.join(some)}").records, LANGUAGES)["data.json"]
        found: dict[str, Any] = made["definitions"]["sources"]
        return found

    assert len(definition(rows[1:])["anyOf"]) == APART + 1
    more = definition(rows)
    assert "anyOf" not in more
    assert [each["body"] for each in more["defaultSnippets"]] == [f"s-{number}" for number in range(APART + 1)]
    assert wrong(more, "s-new") == []
    assert wrong(more, "S new")


def test_a_title_from_a_stranger_is_cut() -> None:
    made = schemas(given_data(KNOWN.replace("Report of echo", "x " * 4000)).records, LANGUAGES)["data.json"]
    assert len(offered_for(made, "sources")["echo"]) < 250


@pytest.mark.parametrize(
    ("repository", "link"),
    [
        (
            "https://github.com/example/dossier",
            "https://github.com/example/dossier/blob/main/docs/data-format.md#claims",
        ),
        ("https://code.example/dossier", None),
    ],
)
def test_the_sentence_leads_to_the_tables(repository: str, link: str | None, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    site = (ROOT / "tests/sites/minimal/data/site.yaml").read_text("utf-8")
    (tmp_path / "data/site.yaml").write_text(re.sub("(?m)^repository: .*", f"repository: {repository}", site), "utf-8")
    kind = known_so_far(tmp_path)["data.json"]["definitions"]["claim"]["properties"]["kind"]
    assert kind.get("markdownDescription") == (link and f"{kind['description']}\n\n[Data format]({link})")


def written(folder: Path) -> dict[str, Any]:
    return {file.name: json.loads(file.read_text("utf-8")) for file in folder.iterdir()}


def test_the_command_writes_them_whatever_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/companies.yaml").write_text(
        "companies:\n  - {id: alder, name: Alder}\n  - {id: birch}\n", "utf-8"
    )
    (tmp_path / "data/torn.yaml").write_text("claims:\n  - id: 'alder", "utf-8")
    assert main(["schema", "--root", str(tmp_path)]) == 0
    made = written(tmp_path / ".schemas")
    assert set(made) == {"data.json", "site.json", "page.json"}
    assert offered_for(made["data.json"], "companies") == {"alder": "Alder"}
    assert capsys.readouterr().out == (
        "Wrote data.json, site.json, page.json to .schemas: see docs/editors.md for what reads them.\n"
    )


def test_a_file_that_is_as_it_was_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    folder = tmp_path / "elsewhere"
    asked = ["schema", "--root", str(tmp_path), "--to", str(folder), "--quiet"]
    assert main(asked) == 0
    before = {file.name: file.stat().st_ino for file in folder.iterdir()}
    (tmp_path / "data/companies.yaml").write_text("companies: [{id: alder, name: Alder}]\n", "utf-8")
    assert main(asked) == 0
    after = {file.name: file.stat().st_ino for file in folder.iterdir()}
    assert [name for name in before if before[name] != after[name]] == ["data.json"]
    assert capsys.readouterr().out == ""


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    (root / "data").mkdir(parents=True)
    other.mkdir()
    (root / ".schemas").symlink_to(other)
    assert main(["schema", "--root", str(root)]) == 2
    assert list(other.iterdir()) == []
    assert "is a link to another folder" in capsys.readouterr().err


def test_editors_are_told_where_they_are() -> None:
    told = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {*told} == {f".schemas/{name}" for name in BARE if name != "page.json"}
    assert "/.schemas/" in (ROOT / ".gitignore").read_text("utf-8").split()
