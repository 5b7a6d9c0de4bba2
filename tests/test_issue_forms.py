"""Issue forms: made of the model, and read as a stranger's text that only becomes words in a data file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.block import as_block
from dossier.cli import main
from dossier.document import Mapping, Node, Scalar, Sequence
from dossier.issue_forms import Field, Form, Unreadable, as_file, as_form, forms, read_answers, records_of
from dossier.load import read_yaml
from tests.given import SITE, read

ROOT = Path(__file__).parents[1]
FORMS = {form.file: form for form in forms(("en", "fr"))}
ANSWERS = {
    "Company": "crust",
    "Statement in English": "The Gazette reported that Golden Crust sells cakes.",
    "Kind": "order",
    "Mode": "reported",
    "Date": "2026-11",
    "Citation: quote": "sells cakes",
    "Source: title": "Cakes: a report",
    "Source: publisher": "Gazette",
    "Source: issued": "2026-11-02",
    "Source: accessed": "2026-11-20",
    "Source: url": "https://gazette.example/cakes",
    "Source: type": "article-newspaper",
    "Source: language": "en",
    "Source: role": "reporting",
    "Reply: status": "none-found",
    "Reply: date": "2026-11-20",
}
COMPANY = "companies:\n- {id: crust, name: Golden Crust}\n"


def body(form: Form, answers: dict[str, str]) -> str:
    """An issue's text, as GitHub makes it of a filled form."""
    return "\n\n".join(f"### {each.label}\n\n{answers.get(each.label, '_No response_')}" for each in form.fields)


def claim_file(more: dict[str, str] | None = None) -> str:
    answers = ANSWERS | (more or {})
    form = FORMS["propose-claim.yml"]
    return as_file(read_answers(body(form, answers), tuple(FORMS.values())), 12)


def test_a_filled_form_is_a_data_file() -> None:
    text = claim_file()
    assert text == (
        "# Made of issue 12. Ids are permanent: choose them before merging.\n\n"
        "sources:\n"
        "  - id: gazette-2026-11-02-crust-12\n"
        "    type: article-newspaper\n"
        '    title: "Cakes: a report"\n'
        "    publisher: Gazette\n"
        "    issued: 2026-11-02\n"
        "    accessed: 2026-11-20\n"
        '    url: "https://gazette.example/cakes"\n'
        "    language: en\n"
        "    role: reporting\n"
        "\n"
        "claims:\n"
        "  - id: crust-order-2026-11-12\n"
        "    company: crust\n"
        "    kind: order\n"
        "    mode: reported\n"
        "    date: 2026-11\n"
        "    statement:\n"
        "      en: The Gazette reported that Golden Crust sells cakes.\n"
        "    citations:\n"
        "      - source: gazette-2026-11-02-crust-12\n"
        "        quote: sells cakes\n"
        "    reply:\n"
        "      - crust-reply-12\n"
        "\n"
        "responses:\n"
        "  - id: crust-reply-12\n"
        "    company: crust\n"
        "    status: none-found\n"
        "    date: 2026-11-20\n"
    )
    assert read({"data/site.yaml": SITE, "data/a.yaml": COMPANY, "data/b.yaml": text}).said == []


def test_a_source_on_file_is_cited_by_its_id() -> None:
    answers = {label: text for label, text in ANSWERS.items() if not label.startswith("Source:")}
    form = FORMS["propose-claim.yml"]
    made = records_of(read_answers(body(form, answers | {"Citation: source": "gazette"}), (form,)), 12)
    assert "sources" not in made
    assert made["claims"][0]["citations"] == [{"source": "gazette", "quote": "sells cakes"}]


def test_an_answer_keeps_its_paragraphs() -> None:
    form = FORMS["answer.yml"]
    answers = {"Company": "crust", "Date": "2026-11-20", "Text in French": "Madame,\n\nC’est faux : rien.\n# fin"}
    text = as_file(read_answers(body(form, answers), (form,)), 3)
    given_ = read({"data/site.yaml": SITE, "data/a.yaml": COMPANY, "data/b.yaml": text})
    assert given_.said == []
    (response,) = given_.records.responses
    assert response.text is not None
    assert (response.status, response.text.get("fr")) == ("responded", answers["Text in French"])


@pytest.mark.parametrize("file", FORMS)
def test_every_form_can_be_filled_and_every_key_is_one_of_the_model(file: str) -> None:
    form = FORMS[file]
    assert len({each.label for each in form.fields}) == len({each.id for each in form.fields}) == len(form.fields)
    answers = {each.label: each.options[0] if each.options else "2026-11-20" for each in form.fields}
    if not form.is_data:
        with pytest.raises(Unreadable, match="no file is made of it"):
            as_file(read_answers(body(form, answers), (form,)), 1)
        return
    text = as_file(read_answers(body(form, answers), (form,)), 1)
    said = read({"data/site.yaml": SITE, "data/b.yaml": text}).said
    assert [each for each in said if "E106" in each or "E101" in each] == [], "no unknown key, and it is YAML"


def test_what_a_form_demands_the_model_demands() -> None:
    labels = {each.label: each for each in FORMS["propose-claim.yml"].fields}
    assert labels["Kind"].required
    assert labels["Kind"].options[:2] == ("contract", "order")
    assert not labels["Date"].required
    options = [option for form in FORMS.values() for each in form.fields for option in each.options]
    assert "none" not in options, "a word that GitHub keeps for itself"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Kind": "bribe"}, "“Kind” is none of: contract"),
        ({"Company": ""}, "“Company” is empty"),
        ({"Statement in English": ""}, "“Statement” is empty in every language"),
        ({"Date": "2026\u202e-11"}, "“Date” holds a character that cannot be seen: U+202E"),
        ({"Citation: quote": "x\n### Kind\n\norder"}, "“Kind” stands twice"),
        ({"Citation: quote": "x" * 70_000}, "more than 65,536 characters"),
    ],
)
def test_what_cannot_be_read_is_said(change: dict[str, str], message: str) -> None:
    form = FORMS["propose-claim.yml"]
    with pytest.raises(Unreadable, match=re.escape(message)):
        read_answers(body(form, ANSWERS | change), (form,))


def test_an_issue_that_is_no_form_is_refused() -> None:
    with pytest.raises(Unreadable, match="headings of a form"):
        read_answers("### Kind\n\norder", tuple(FORMS.values()))


@pytest.mark.parametrize(
    "hostile",
    [
        "x\nclaims:\n- id: other",
        '"\nabout: other',
        "&a *a !!python/object",
        "{a: [",
        "# no",
        "- x",
        "x: y",
        "|\n  x",
        "%YAML",
    ],
)
def test_nothing_typed_leaves_its_place(hostile: str) -> None:
    text = claim_file({"Citation: quote": hostile})
    given_ = read({"data/site.yaml": SITE, "data/a.yaml": COMPANY, "data/b.yaml": text})
    assert given_.said == []
    (claim,) = given_.records.claims
    assert claim.citations[0].quote == " ".join(hostile.split())


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(each) for each in node.items]
    return {name: plain(each) for name, each in node.entries.items()}


texts = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"])
    | st.sampled_from("\n:# -'\"|>&*!%@`,[]{}?")
)


values = st.dictionaries(st.sampled_from("abcdef"), texts | st.lists(texts, min_size=1, max_size=3), min_size=1)


@settings(max_examples=100, deadline=None)
@given(values, st.booleans())
def test_every_text_reads_back_as_it_was(value: dict[str, str | list[str]], data: bool) -> None:
    document, problems = read_yaml(as_block(value, data=data).encode(), "data/a.yaml")
    assert [str(each) for each in problems] == []
    assert isinstance(document.root, Mapping)
    assert plain(document.root) == value


@pytest.mark.parametrize("file", FORMS)
def test_the_forms_in_the_repository_are_those_of_the_model(file: str) -> None:
    """After a change of the model: build.py issue-forms."""
    assert (ROOT / ".github/ISSUE_TEMPLATE" / file).read_text("utf-8") == as_form(FORMS[file])


def dossier(root: Path) -> Path:
    (root / "data").mkdir(parents=True)
    (root / "data/site.yaml").write_text(SITE, "utf-8")
    (root / "data/a.yaml").write_text(COMPANY, "utf-8")
    return root


def test_the_command_writes_the_file_of_an_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, event = dossier(tmp_path / "root"), tmp_path / "event.json"
    text = body(FORMS["propose-claim.yml"], ANSWERS).replace("\n", "\r\n")
    event.write_text(json.dumps({"issue": {"number": 12, "body": text}}), "utf-8")
    assert main(["--root", str(root), "read-form", str(event)]) == 0
    assert capsys.readouterr().out == "data/proposals/issue-12.yaml\n"
    assert (root / "data/proposals/issue-12.yaml").read_text("utf-8") == claim_file()


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("{", 2),
        ('{"issue": {"number": "../../x", "body": ""}}', 2),
        ('{"issue": {"number": true, "body": ""}}', 2),
        ('{"issue": {"number": 1, "body": null}}', 1),
    ],
)
def test_an_event_that_is_none_writes_nothing(event: str, code: int, tmp_path: Path) -> None:
    root, file = dossier(tmp_path / "root"), tmp_path / "event.json"
    file.write_text(event, "utf-8")
    assert main(["--root", str(root), "read-form", str(file)]) == code
    assert sorted(path.name for path in root.rglob("*.yaml")) == ["a.yaml", "site.yaml"]


def test_the_forms_are_written_and_checked(tmp_path: Path) -> None:
    root = dossier(tmp_path / "root")
    assert main(["--root", str(root), "issue-forms", "--check"]) == 1
    assert main(["--root", str(root), "issue-forms"]) == 0
    assert main(["--root", str(root), "issue-forms", "--check"]) == 0
    assert {path.name for path in (root / ".github/ISSUE_TEMPLATE").iterdir()} == set(FORMS)


def test_field_headings_are_plain() -> None:
    fields: list[Field] = [each for form in FORMS.values() for each in form.fields]
    assert all(re.fullmatch(r"[A-Z][\w :-]+", each.label) for each in fields)
    assert all(re.fullmatch(r"[\w-]+", each.id) for each in fields)
