"""The schemas in an editor: what yaml-language-server offers, shows and marks while a data file of this repository is
edited, with the settings that VS Code has here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.cli import main
from tests.editor.language_server import HERE, Editor, editor
from tests.editor.transcript import PAGE, talk
from tests.site_tests.tools import ROOT, yaml_language_server

pytestmark = pytest.mark.xdist_group("editor")

FILE = "data/dossiers/roshel.yaml"
CLAIM = """\
about: roshel
claims:
  - id: roshel-order-again
    kind: order
    mode: reported
    statement: {en: "The Herald reported an order.", fr: "The Herald a fait état d’une commande."}
    citations:
      - source: cp-2025-12-02-roshel-order
        quote: a bulk order
    reply: roshel-no-reply
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """A copy of this dossier, open in an editor."""
    command = yaml_language_server()
    root = tmp_path_factory.mktemp("edited")
    shutil.copytree(ROOT / "data", root / "data")
    assert main(["schema", "--root", str(root), "--quiet"]) == 0
    with editor(command, root) as it:
        yield it


def at(text: str, cursor: str) -> str:
    """The text with the cursor where `cursor` has it."""
    assert text.count(cursor.replace(HERE, "")) == 1
    return text.replace(cursor.replace(HERE, ""), cursor)


def marked(opened: Editor, text: str, path: str = FILE) -> list[str]:
    """What is marked, each with its line as it is counted in files."""
    found = opened.open(path, text)
    return [f"{each['range']['start']['line'] + 1}: {each['message']}" for each in found]


def test_nothing_is_marked_in_the_files_of_this_repository(opened: Editor) -> None:
    files = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in ROOT.glob("data/**/*.yaml")}
    assert len(files) > 10
    assert {path: said for path, text in files.items() if (said := marked(opened, text, path))} == {}


def test_a_citation_is_completed_with_the_ids_of_sources(opened: Editor) -> None:
    offered = opened.completion(FILE, at(CLAIM.replace("cp-2025-12-02-roshel-order", ""), f"source: {HERE}\n"))
    assert "cp-2025-12-02-roshel-order" in offered
    source = offered["cp-2025-12-02-roshel-order"]
    assert source["textEdit"]["newText"] == "cp-2025-12-02-roshel-order"
    assert source["documentation"].startswith("ICE ordering fleet of 20 armoured vehicles from Canadian firm (")
    assert "roshel" not in offered, "a company is no source"


def test_a_citation_in_braces_is_completed_too(opened: Editor) -> None:
    text = f"about: roshel\nclaims:\n  - id: again\n    citations: [{{source: {HERE}}}]\n"
    assert "cp-2025-12-02-roshel-order" in opened.completion(FILE, text)


def test_a_word_is_completed_with_those_allowed(opened: Editor) -> None:
    offered = opened.completion(FILE, at(CLAIM.replace("kind: order", "kind: "), f"kind: {HERE}\n"))
    kinds = ["contract", "order", "service", "property-transaction", "subcontract", "subsidy", "profile", "other"]
    assert list(offered) == kinds


def test_a_record_is_completed_with_its_keys(opened: Editor) -> None:
    offered = opened.completion(FILE, CLAIM + f"    {HERE}\n")
    assert {"verified", "counterparty", "amount", "withdrawn"} <= set(offered)
    assert not {"kind", "mode", "statement"} & set(offered), "what is there already"


def test_a_text_is_completed_with_the_languages_of_the_site(opened: Editor) -> None:
    assert list(opened.completion(FILE, CLAIM + f"    note:\n      {HERE}\n")) == ["en", "fr"]


@pytest.mark.parametrize(
    ("cursor", "says"),
    [
        (f"mo{HERE}de: reported", "Who stands behind the statement, not whether it is true."),
        (f"sou{HERE}rce: cp-2025", "Id of the source."),
        (f"rep{HERE}ly: roshel", "Id of the company's response, or several."),
        (f"claims{HERE}:", "A statement about a company by a named source."),
    ],
)
def test_a_key_shows_its_sentence_and_where_to_read_on(opened: Editor, cursor: str, says: str) -> None:
    shown = opened.hover(FILE, at(CLAIM, cursor))
    assert shown.startswith(says)
    assert "docs/data-format.md#" in shown


def test_an_id_shows_what_it_stands_for(opened: Editor) -> None:
    shown = opened.hover(FILE, at(CLAIM, f"source: cp-2025{HERE}-12-02-roshel-order"))
    assert "ICE ordering fleet of 20 armoured vehicles from Canadian firm" in shown
    assert "Hootsuite" not in shown, "the other sources"


def test_slips_are_marked_where_they_are(opened: Editor) -> None:
    text = CLAIM.replace("mode: reported", "mode: reportd").replace("reply:", "repply:").replace("fr:", "er:")
    assert marked(opened, text) == [
        "5: Write one of: recorded, reported, alleged, acknowledged, denied, adjudicated.",
        "6: Write a text, or one for each language: en, fr.",
        "10: Property repply is not allowed.",
    ]


def test_what_is_missing_is_marked_at_its_record(opened: Editor) -> None:
    assert marked(opened, CLAIM.replace("    kind: order\n", "")) == ['3: Missing property "kind".']
    assert marked(opened, CLAIM.replace("about: roshel\n", "")) == ['2: Missing property "company".']


def test_an_id_that_is_not_known_yet_is_not_marked(opened: Editor) -> None:
    assert marked(opened, CLAIM.replace("cp-2025-12-02-roshel-order", "cp-2026-not-yet")) == []


def test_a_first_line_names_the_schema_where_no_settings_do(opened: Editor) -> None:
    """As `docs/editors.md` says: from the file's own folder."""
    slip = "no-collection: []\n"
    assert marked(opened, slip, "elsewhere/roshel.yaml") == []
    line = "# yaml-language-server: $schema=../.schemas/data.json\n"
    assert line in (ROOT / "docs/editors.md").read_text("utf-8")
    assert marked(opened, line + slip, "elsewhere/roshel.yaml") == ["2: Property no-collection is not allowed."]


def test_the_site_file_has_a_schema_of_its_own(opened: Editor) -> None:
    text = (ROOT / "data/site.yaml").read_text("utf-8").replace("base_url: https://", "base_url: ")
    assert marked(opened, text, "data/site.yaml")[0].endswith(
        "Write an address that begins with https:// or http://, as in https://example.org/page."
    )


def test_the_transcript_is_what_is_said(tmp_path: Path) -> None:
    """After a change: `python -m tests.editor.transcript`."""
    assert talk(tmp_path) == PAGE.read_text("utf-8")
