"""Documents to records: every key is known, every value is of its kind, and each finding says where and what to do."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from dossier.document import Span
from dossier.frozen import fields
from dossier.load import load, read_content, read_yaml
from dossier.model import COLLECTIONS, Claim, ContentPage, Part, Site
from dossier.problems import Problem
from dossier.reading import RESERVED, keys_of
from dossier.validate import Share, gathered, read_document, read_one, validate
from dossier.values import COUNTRY, ID, URL, Prose, Text
from tests.given import SITE, Given, data, read
from tests.site_tests.tools import ROOT

SOURCE = "{id: alpha, type: book, title: T, publisher: P, language: en, role: record}"
FILE = "data/companies.yaml"
CLAIM = "id: order, company: crust, kind: order, mode: recorded, statement: S, citations: [{source: alpha}]"
RECORDS = f"companies: [{{id: crust, name: Crust}}]\nsources: [{SOURCE}]\n"


def claim(more: str) -> Given:
    """A claim with more keys, typed at column 3 of line 5."""
    return data(f"{RECORDS}claims:\n- {{{CLAIM},\n  {more}}}\n")


def only_claim(given: Given) -> Claim:
    assert given.said == []
    (found,) = given.records.claims
    return found


# What is typed, and what the record holds. Scalars arrive as text; the field says how it is read.
READ: list[tuple[str, str, object]] = [
    ("title: NO", "title", Text((("en", "NO"),))),
    ("title: {fr: F, en: E}", "title", Text((("en", "E"), ("fr", "F")))),
    ("title: {fr: F}", "title", Text((("fr", "F"),))),
    ("title: '  two\n   words  '", "title", Text((("en", "two words"),))),
    ("title: 'null'", "title", Text((("en", "null"),))),
    ("planned: true", "planned", True),
    ("adverse: false", "adverse", False),
    ("reply: beta", "reply", ("beta",)),
    ("reply: [beta, gamma]", "reply", ("beta", "gamma")),
    ("reply: []", "reply", ()),
    ("date: 2026-01", "date.text", "2026-01"),
    ("amount: {value: 1.10, currency: CAD, kind: unclear}", "amount.value", Decimal("1.10")),
    ("amount: {value: '007', currency: CAD, kind: unclear}", "amount.value", Decimal(7)),
]


@pytest.mark.parametrize(("typed", "path", "value"), READ, ids=[typed for typed, _, _ in READ])
def test_a_value_is_read_as_its_field_says(typed: str, path: str, value: object) -> None:
    given = claim(typed)
    assert [line for line in given.said if "E111" not in line] == []
    found: Any = given.records.claims[0]
    for name in path.split("."):
        found = getattr(found, name)
    assert found == value
    assert type(found) is type(value)


# What is typed at 5:3, and the finding: its place, and the remedy where it knows one.
REFUSED = [
    ("counterpartie: x", "5:3: E106 'counterpartie' is not a key of a claim", "Did you mean 'counterparty'?"),
    ("colour: red", "5:3: E106 'colour' is not a key of a claim", "Its keys: id, company, title, kind, mode, date, "),
    ("place: x", "5:3: E106 'place' is not a key of a claim", "Its keys: id, company, title, "),
    ("note: {de: x}", "5:10: E106 'de' is not a language of this site", "Its languages: en, fr."),
    ("note: {fre: x}", "5:10: E106 'fre' is not a language of this site", "Did you mean 'fr'?"),
    ("note: ''", "5:9: E107 there is no value here", "Write one, or remove the line."),
    ("note: ", "5:9: E107 there is no value here", "Write one, or remove the line."),
    ("note: ~", "5:9: E107 there is no value here", "Write one, or remove the line."),
    ("note: {}", "5:9: E107 a text in no language", "Write 'en: ...'."),
    ("note: {fr: }", "5:14: E107 there is no value here", "Write one, or remove the line."),
    ("note: [a]", "5:9: E108 a list where a text belongs", "Write it without brackets and dash: a"),
    ("note: {en: [a, b]}", "5:14: E108 a list where a text belongs", "Write a text."),
    (
        "reply: {a: b}",
        "5:10: E108 a single record where a list belongs",
        "Put brackets around it: [{a: b}]",
    ),
    ("reply: ~", "5:10: E107 there is no list here", "Write one, or remove the line."),
    ("reply: [a, {b: c}]", "5:14: E108 a record with keys where an id belongs", "Write an id."),
    ("reply: [ab, ab]", "5:15: E108 'ab' stands twice in this list", "Keep one of the two."),
    ("differs_from: [x]", "5:18: E108 a single value where a record with keys belongs", "Write the keys of the record"),
    ("differs_from: [{note: x}]", "5:18: E107 this difference has no 'claim'", "Add a line 'claim: …'."),
    ("differs_from: [{clam: x}]", "5:19: E106 'clam' is not a key of a difference", "Did you mean 'claim'?"),
    ("planned: yes", "5:12: E108 'yes' is neither true nor false", "Write true."),
    ("planned: True", "5:12: E108 'True' is neither true nor false", "Write true."),
    ("date: 2026-13", "5:9: E301 '2026-13' is not a date: there is no month 13", "Write the year, month and day"),
    ("date: 2026/1/5", "5:9: E301 '2026/1/5' is not a date", "Did you mean 2026-01-05?"),
    ("date: 2026-5", "5:9: E301 '2026-5' is not a date", "Did you mean 2026-05?"),
    ("amount: {value: '1,200', currency: CAD, kind: unclear}", "5:19: E108 '1,200' is not a number", "Write 1200."),
    ("amount: {value: $5 200.10, currency: CAD, kind: unclear}", "5:19: E108 '$5 200.10' is not", "Write 5200.10."),
    (
        "amount: {value: -5, currency: CAD, kind: unclear}",
        "5:19: E108 '-5' is not a number",
        "Write it like this: 7234",
    ),
    ("amount: {value: 1e3, currency: CAD, kind: unclear}", "5:19: E108 '1e3' is not a number", "Write it like this"),
    ("amount: {value: 1.5 million, currency: CAD, kind: unclear}", "5:19: E108 '1.5 million' is not", "Write it like"),
    ("amount: {value: '7.234,50', currency: CAD, kind: unclear}", "5:19: E108 '7.234,50' is not", "Write it like this"),
    ("amount: {value: ٣, currency: CAD, kind: unclear}", "5:19: E108 '٣' is not a number", "Write it like this: 7234"),
    (
        "amount: {value: 5, currency: cad, kind: unclear}",
        "5:32: E108 'cad' is not a currency code",
        "Write it like this",
    ),
    ("amount: {value: 5, currency: CAD, kind: celing}", "5:43: E108 'celing' is not one of: obligated", "'ceiling'?"),
    ("amount: 5", "5:11: E108 a single value where a record with keys belongs", "Write the keys of the record"),
]


@pytest.mark.parametrize(("typed", "finding", "remedy"), REFUSED, ids=[typed for typed, _, _ in REFUSED])
def test_a_value_of_another_kind_is_refused_at_its_place(typed: str, finding: str, remedy: str) -> None:
    given = claim(typed)
    (found,) = [problem for problem in given.problems if line(problem).startswith(f"{FILE}:{finding}")]
    assert remedy in found.remedy


def line(problem: Problem) -> str:
    return f"{problem.span}: {problem.rule.code} {problem.message}"


def test_an_unknown_key_leaves_the_record_standing() -> None:
    given = claim("colour: red")
    assert given.said == [f"{FILE}:5:3: E106 'colour' is not a key of a claim"]
    assert [each.id for each in given.records.claims] == ["order"]


@pytest.mark.parametrize("typed", ["planned: maybe", "note: {de: x}", "date: May", "reply: [a, [b]]"])
def test_a_bad_value_sets_its_record_aside_in_one_finding(typed: str) -> None:
    """Half a record is worse than none; what names it is no second mistake."""
    given = claim(f"{typed}}}\n- {{{CLAIM.replace('order', 'other', 1)}, differs_from: [{{claim: order}}]")
    assert len(given.said) == 1
    assert [each.id for each in given.records.claims] == ["other"]
    assert given.records.lost == {"order"}


def test_every_finding_of_a_record_is_said_at_once() -> None:
    given = data("claims:\n- id: UPPER\n  kind: ordr\n  mode: said\n  date: May\n  colour: red\n")
    assert [each.partition(" ")[2][:4] for each in given.said] == ["E107", "E107", "E107", "E109", "E108", "E108",
                                                                   "E301", "E106"]  # fmt: skip
    assert [each for each in given.said if "E107" in each] == [
        f"{FILE}:2:3: E107 this claim has no 'citations'",
        f"{FILE}:2:3: E107 this claim has no 'company'",
        f"{FILE}:2:3: E107 this claim has no 'statement'",
    ]


# A data file, and all that is said of it.
FILES = [
    ("- id: x", ["1:1: E108 a list where the collections of a file belong"]),
    ("words", ["1:1: E108 a single value where the collections of a file belong"]),
    ("claim: []", ["1:1: E106 'claim' is not a collection"]),
    ("zebras: []", ["1:1: E106 'zebras' is not a collection"]),
    ("claims:", []),
    ("claims: []", []),
    ("claims: {}", ["1:9: E108 claims is not a list"]),
    ("claims: x", ["1:9: E108 claims is not a list"]),
    ("claims: [x]", ["1:10: E108 a single value where a record with keys belongs"]),
    ("claims: [[x]]", ["1:10: E108 a list where a record with keys belongs"]),
    ("about: [crust]", ["1:8: E108 a list where the id of a company belongs"]),
    ("about:", ["1:7: E107 there is no value here"]),
    ("about: crust", ["1:8: E111 there is no company 'crust'"]),
    ("companies: [{id: a, name: A}]", [f"1:18: E109 'a' is not {ID.says}"]),
    ("companies: [{id: claims, name: A}]", ["1:18: E109 'claims' is a word that pages use for their own anchors"]),
    ("agencies: [{id: ab, name: A, website: ftp://x}]",
     [f"1:39: E704 'ftp://x' is not {URL.says}"]),
    ("agencies: [{id: ab, name: A, country: Canada}]",
     [f"1:39: E108 'Canada' is not {COUNTRY.says}"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), FILES, ids=[text for text, _ in FILES])
def test_a_file_is_a_mapping_of_collections(text: str, said: list[str]) -> None:
    assert data(text).said == [f"{FILE}:{each}" for each in said]


@pytest.mark.parametrize("text", [f"claim:\n- {{{CLAIM}}}", f"claims: {{a: {{{CLAIM}}}}}", f"- {{{CLAIM}}}"])
def test_ids_of_what_cannot_be_read_are_known_all_the_same(text: str) -> None:
    assert data(text).records.lost == {"order"}


ABOUT = "about: crust\n" + RECORDS


@pytest.mark.parametrize(
    ("typed", "company"), [("", "crust"), ("company: crust, ", "crust"), ("company: other, ", "other")]
)
def test_about_gives_the_company_of_claims_responses_and_searches(typed: str, company: str) -> None:
    given = data(
        ABOUT.replace("Crust}", "Crust}, {id: other, name: Other}")
        + f"claims: [{{{CLAIM.replace('company: crust, ', typed)}}}]\n"
        + f"responses: [{{{typed}id: reply-one, status: declined, date: 2026}}]\n"
        + f"searches: [{{{typed}where: W, query: Q, date: 2026}}]\n"
    )
    assert given.said == []
    claims, responses, searches = given.records.claims, given.records.responses, given.records.searches
    assert [claims[0].company, responses[0].company, searches[0].company] == [company] * 3


def test_about_is_for_no_other_collection() -> None:
    given = data("about: crust\ncompanies: [{id: crust, name: Crust}]\nagencies: [{id: ministry, name: M}]\n")
    assert given.said == []


# The site file, and what is said of it.
SITES = [
    (SITE.replace("title: A dossier\n", ""), ["1:1: E107 this site has no 'title'"]),
    (SITE.replace("[en, fr]", "[]"), ["3:12: E107 there is no language here"]),
    (SITE.replace("[en, fr]", "[en, en]"), ["3:17: E108 'en' stands twice in this list"]),
    (SITE.replace("[en, fr]", "[en, french]"), ["3:17: E108 'french' is not"]),
    (SITE.replace("[en, fr]", "en"), ["3:12: E108 a single value where a list belongs"]),
    (SITE.replace("[en, fr]", "[fr]"), []),
    (SITE.replace("[en, fr]", "[en, fr-CA, pt]"), []),
    (SITE.replace("https://code", "git://code"), ["4:13: E704 'git://code.example/dossier' is not an address that "
                                                  "begins with https:// or http://"]),
    (SITE.replace("desk@dossier.example", "mailto:desk@dossier.example"), []),
    (SITE.replace("desk@dossier.example", "https://dossier.example/write"), []),
    (SITE.replace("desk@dossier.example", "the desk"), ["5:10: E704 'the desk' is not mailto: and an e-mail address, "
                                                        "or an https:// address"]),
    (SITE.replace("desk@dossier.example", "x@javascript:alert(1)"),
     ["5:10: E704 'x@javascript:alert(1)' is not mailto: and an e-mail address, or an https:// address"]),
    (SITE + "policy: {severity: [{rule: E1}]}", ["8:21: E107 this severe has no 'severity'"]),
    (SITE + "definitions: [{term: T, text: X}]", []),
]  # fmt: skip


@pytest.mark.parametrize(("site", "said"), SITES)
def test_the_site_file_is_read_like_a_record(site: str, said: list[str]) -> None:
    given = data("companies: [{id: crust, name: Golden Crust, sector: Bread}]", site)
    assert len(given.said) == len(said)
    assert all(line.startswith(f"data/site.yaml:{each}") for line, each in zip(given.said, said, strict=True))
    assert (given.register is None) == bool(said)


@pytest.mark.parametrize("typed", ["[en, french]", "[fr, english]", "en", "[]", "[[en], fr]", "{en: fr}"])
def test_a_slip_in_the_languages_is_no_slip_in_every_text(typed: str) -> None:
    site = SITE.replace("[en, fr]", typed)
    given = data("companies: [{id: crust, name: C, sector: {en: a, fr: b}, apart: {fr: c}}]", site)
    assert [each.partition(":")[0] for each in given.said] == ["data/site.yaml"]


def test_without_a_site_file_one_finding_says_so() -> None:
    given = read({FILE: "companies: [{id: crust, name: {en: a, fr: b}}]\nagencies: [{id: ab, name: {en: a, fr: b}}]"})
    assert given.said == [
        f"{FILE}:1:31: E108 a record with keys where a text belongs",
        "data/site.yaml:1:1: E107 there is no data/site.yaml",
    ]
    assert read({}).said == ["data/site.yaml:1:1: E107 there is no data/site.yaml"]


PAGE = "---\ntitle: About us\nmenu: About\norder: 5\n---\nSome *words*.\n"


def test_a_prose_page_takes_name_and_language_from_its_file() -> None:
    given = read({"data/site.yaml": SITE, "content/about-us.fr.md": PAGE})
    (page,) = given.records.content
    assert given.said == []
    assert (page.name, page.language, page.title, page.menu) == ("about-us", "fr", "About us", "About")
    assert page.order == Decimal(5)
    assert page.body.text == Text((("fr", "Some *words*.\n"),))


@pytest.mark.parametrize(
    "path",
    ["content/about.md", "content/about.de.md", "content/About.en.md", "content/a.en.md", "content/x/about.en.md",
     "content/../about.en.md", "content/..x.en.md", "content/about.en.fr.md", "content/%2e%2e.en.md"],
)  # fmt: skip
def test_a_prose_page_of_another_name_is_refused(path: str) -> None:
    given = read({"data/site.yaml": SITE, path: PAGE})
    (said,) = given.said
    assert said == f"{path}:1:1: E108 '{path.rpartition('/')[2]}' is not a page's name in a language of the site"
    assert given.problems[0].remedy == "Name it like this: methodology.en.md"
    assert given.records.content == ()


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("menu: x", "1:1: E107 this content page has no 'title'"),
        ("title: x\nname: y", "3:1: E106 'name' is not a key of a content page"),
        ("title: x\nslug: Ü", f"3:7: E109 'Ü' is not {ID.says}"),
        ("title: x\norder: last", "3:8: E108 'last' is not a number with a point and no separators"),
    ],
)
def test_the_front_matter_of_a_page_is_read_like_a_record(front: str, said: str) -> None:
    given = read({"data/site.yaml": SITE, "content/about.en.md": f"---\n{front}\n---\n"})
    assert given.said == [f"content/about.en.md:{said}"]


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("&#x202e;", "U+202E"),
        ("&#8238;", "U+202E"),
        ("&shy;", "U+00AD"),
        ("&ZeroWidthSpace;", "U+200B"),
        ('[a](https://b.example "&#x202e;")', "U+202E"),
    ],
)
def test_prose_brings_in_no_hidden_character(reference: str, code: str) -> None:
    company = f"companies:\n- id: crust\n  name: C\n  summary:\n    en: a {reference}\n"
    given = read({"data/site.yaml": SITE, FILE: company, "content/about.en.md": PAGE + reference})
    assert given.said == [
        f"content/about.en.md:6:1: E703 a character reference for {code}",
        f"{FILE}:5:9: E703 a character reference for {code}",
    ]


@pytest.mark.parametrize("cls", [*COLLECTIONS.values(), Site, ContentPage], ids=lambda cls: cls.__name__)
def test_every_key_of_the_model_has_a_reader_and_a_sentence(cls: type[Part]) -> None:
    hints = get_type_hints(cls, include_extras=True)
    shown = {each.name: each for each in fields(cls) if not each.metadata.get("hidden")}
    assert [*keys_of(cls)] == [*shown]  # type: ignore[arg-type]  # mypy: frozen classes as keys
    assert [name for name, each in shown.items() if not each.metadata.get("doc", "").endswith(".")] == []
    assert {*shown} <= {*hints}


def test_every_anchor_of_a_template_is_reserved() -> None:
    """Else a record of that id would stand on the page a second time."""
    found = {
        name
        for file in (ROOT / "templates").rglob("*.html")
        if file.name != "draft.html"  # no record stands there
        for name in re.findall(r' id="([a-z0-9-]+)"', file.read_text("utf-8"))
    }
    assert {"claims", "references", "corrections"} <= found
    assert sorted(name for name in found if not RESERVED.fullmatch(name)) == []


def test_prose_is_read_in_every_language() -> None:
    note = only_claim(claim("note: {fr: 'Un [@alpha].', en: 'One [@alpha, p. 2].'}")).note
    assert isinstance(note, Prose)
    assert [(code, mark.source, mark.locator) for code, passage in note for mark in passage.marks] == [
        ("en", "alpha", "p. 2"),
        ("fr", "alpha", ""),
    ]


HALF = f"""\
about: crust
{RECORDS}claims:
- {{{CLAIM}}}
- {{id: bad-one, kind: no-kind}}
- {{{CLAIM.replace("id: order, company: crust,", "id: second,")}}}
responses: ~
clams: [{{id: lost-one}}]
"""


def share(text: str, path: str = FILE) -> Share:
    return read_document(read_yaml(text.encode(), path)[0], ("en",))


def test_a_file_is_read_by_itself() -> None:
    found = share(HALF)
    assert {name: [record.id for record in records] for name, records in found.records.items()} == {
        "companies": ["crust"], "sources": ["alpha"], "claims": ["order", "second"],
    }  # fmt: skip
    assert found.abouts == (("crust", Span(FILE, 1, 8)),)
    assert found.lost == {"bad-one", "lost-one"}
    assert {problem.rule.code for problem in found.problems} == {"E106", "E107", "E108"}
    assert (found.path, found.site, found.content) == (FILE, None, None)


def test_the_site_and_a_page_are_shares_too() -> None:
    site = share(SITE, "data/site.yaml").site
    assert site
    assert site.languages == ("en", "fr")
    page = read_document(read_content(PAGE.encode(), "content/about.en.md")[0], ("en",)).content
    assert page
    assert page.place.span("title").line == 2


def test_shares_together_are_the_records() -> None:
    files = {"data/site.yaml": SITE, FILE: HALF, "data/b.yaml": HALF.replace("id: ", "id: b-")}
    documents = tuple(read_yaml(text.encode(), path)[0] for path, text in files.items())
    shares = [read_document(document, ("en",)) for document in documents]
    assert gathered(shares) == validate(documents)
    assert len(gathered(shares)[0].claims) == 4
    assert [problem.message for problem in gathered(shares[1:])[1]][-1] == "there is no data/site.yaml"


@pytest.mark.parametrize(
    ("collection", "index", "identity"),
    [("companies", 0, "crust"), ("claims", 0, "order"), ("claims", 1, None), ("claims", 2, "second"),
     ("claims", 3, None), ("claims", -1, None), ("responses", 0, None), ("events", 0, None)],
)  # fmt: skip
def test_one_record_is_read_alone(collection: str, index: int, identity: str | None) -> None:
    document, _ = read_yaml(HALF.encode(), FILE)
    found = read_one(document, collection, index, ("en",))
    assert (found and found.id) == identity
    if isinstance(found, Claim):
        assert found in share(HALF).records["claims"]
        assert found.company == "crust", "which `about` gives"


def test_records_keep_their_places_when_their_file_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/site.yaml").write_text(SITE)
    (tmp_path / FILE).write_text(f"{RECORDS}claims:\n- {{{CLAIM}}}\n")
    documents, _ = load(tmp_path)
    (claim,) = validate(documents)[0].claims
    assert claim.place.document._written is None
    line = f"- {{{CLAIM}}}"
    assert claim.place.span("kind") == Span(FILE, 4, line.index("kind: order") + 7)
    assert claim.citations[0].place.key_span("source") == Span(FILE, 4, line.index("source") + 1)
    assert claim.place.at("citations", 0).node.start == (4, line.index("source"))
