"""The ways from a claim or source to its line in the data, and to an issue about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dossier.built import held
from dossier.cite_page import CitePage
from dossier.language import language
from dossier.memory import Memory
from dossier.pipeline import Sitting, build
from dossier.published import meaning
from dossier.source_page import SourcePage
from dossier.views import Link
from tests.given import SITE, pages, register

TODAY = date(2026, 11, 22)
HOSTED = SITE.replace("https://code.example/dossier", "https://github.com/puddle/dossier")
DATA = """\
companies:
- {id: crust, name: Golden Crust}
claims:
- {id: cakes, company: crust, kind: order, mode: reported, statement: {en: 'Cakes & "pies", she said', fr: Des gâteaux},
   citations: [{source: gazette, quote: cakes}]}
sources:
- {id: gazette, type: book, title: The cakes, publisher: Gazette, language: en, role: reporting, issued: 2025,
   url: https://gazette.example/}
"""

FILE = """\
companies:
- {id: NAME, name: Golden NAME}
claims:
- {id: NAME-cakes, company: NAME, kind: order, mode: reported, reply: NAME-none,
   statement: {en: The Gazette reported cakes., fr: 'Des gâteaux, selon la Gazette.'},
   citations: [{source: NAME-gazette, quote: cakes}]}
responses:
- {id: NAME-none, company: NAME, status: none-found, date: 2026-11-20}
"""
SOURCE = """\
- {id: NAME-gazette, type: book, title: The NAME, publisher: Gazette, language: en, role: reporting, issued: 2025,
   accessed: 2026-11-20, url: 'https://gazette.example/NAME'}
"""


def claim_links(
    data: str = DATA, site: str = HOSTED, path: str = "companies/crust/cite/index.html"
) -> tuple[Link, ...]:
    page = pages(data, site)[path]
    assert isinstance(page, CitePage)
    return page.claims[0].reports


def source_links(site: str = HOSTED) -> tuple[Link, ...]:
    page = pages(DATA, site)["sources/gazette/index.html"]
    assert isinstance(page, SourcePage)
    return page.reports


def test_a_claim_leads_to_its_file_and_line() -> None:
    edit, line, *_ = claim_links()
    assert edit == Link("Edit this", "https://github.com/puddle/dossier/edit/main/data/companies.yaml")
    assert line == Link(
        "Line 4 of data/companies.yaml", "https://github.com/puddle/dossier/blob/main/data/companies.yaml#L4"
    )


def test_a_source_leads_to_its_line_too() -> None:
    assert source_links()[1].href.endswith("/blob/main/data/companies.yaml#L7")


def test_the_branch_and_the_kind_of_host_are_data() -> None:
    site = SITE + "host: {kind: forgejo, branch: published}\n"
    edit, line, *_ = claim_links(site=site.replace("code.example/dossier", "code.example/desk/dossier"))
    assert edit.href == "https://code.example/desk/dossier/_edit/published/data/companies.yaml"
    assert line.href == "https://code.example/desk/dossier/src/branch/published/data/companies.yaml#L4"


def test_an_issue_names_record_page_version_and_words() -> None:
    _, _, error, challenge = claim_links()
    claim = register(DATA, HOSTED).claims["cakes"]
    version = dict(meaning(claim))["statement.en"][:12]
    asked = parse_qs(urlsplit(error.href).query)
    assert error.text == "Report an error"
    assert asked["title"] == ["Error in cakes"]
    assert asked["body"] == [
        "Record: cakes\n"
        "Page: https://dossier.example/companies/crust/#cakes\n"
        f"Version: {version}\n\n"
        '> Cakes & "pies", she said\n\n'
        "What is wrong, and what shows it?\n"
    ]
    assert challenge.text == "Challenge this"
    assert parse_qs(urlsplit(challenge.href).query)["title"] == ["Challenge to cakes"]


def test_an_issue_speaks_the_language_of_its_page() -> None:
    error = claim_links(path="fr/entreprises/crust/citer/index.html")[2]
    body = parse_qs(urlsplit(error.href).query)["body"][0]
    assert "> Des gâteaux" in body
    assert body.startswith(language("fr", "en").said["Record: %(id)s"] % {"id": "cakes"})


def test_an_unknown_host_means_a_letter() -> None:
    error, challenge = claim_links(site=SITE)
    assert error.href.startswith("mailto:desk@dossier.example?subject=Error%20in%20cakes&body=Record%3A%20cakes%0D%0A")
    assert "+" not in error.href, "RFC 6068 knows no plus for a space"
    assert challenge.text == "Challenge this"


def test_a_contact_that_is_a_page_is_linked_as_it_is() -> None:
    site = SITE.replace("desk@dossier.example", "https://dossier.example/write")
    assert {link.href for link in claim_links(site=site)} == {"https://dossier.example/write"}


def test_a_long_statement_is_cut() -> None:
    error = claim_links(DATA.replace("Cakes &", "Cakes " * 2000))[2]
    assert len(error.href) < 2000
    assert "%E2%80%A6" in error.href


@pytest.mark.parametrize("hostile", ["]( javascript:alert", "<script>", "&body=x#frag"])
def test_words_cannot_leave_their_place_in_the_address(hostile: str) -> None:
    error = claim_links(DATA.replace("Cakes &", hostile))[2]
    parts = urlsplit(error.href)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "github.com", "")
    assert list(parse_qs(parts.query)) == ["title", "body"]
    assert hostile in parse_qs(parts.query)["body"][0]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two companies, a file each, and their sources in a third file."""
    folder = tmp_path / "root"
    (folder / "data").mkdir(parents=True)
    (folder / "data/site.yaml").write_text(HOSTED, "utf-8")
    sources = "sources:\n"
    for name in ("crust", "crumb"):
        (folder / f"data/{name}.yaml").write_text(FILE.replace("NAME", name), "utf-8")
        sources += SOURCE.replace("NAME", name)
    (folder / "data/sources.yaml").write_text(sources, "utf-8")
    return folder


def made(root: Path, sitting: Sitting) -> dict[str, bytes]:
    built = build(root, TODAY, sitting)
    assert built.files is not None, [str(each) for each in built.problems if each.severity == "error"]
    assert sitting.stumbled is None
    files = {file.path: file.content for file in map(held, built.files)}
    sitting.memory.commit()
    return files


@pytest.mark.parametrize("fresh", [True, False], ids=["a process each", "one process"])
def test_an_edit_above_moves_the_lines_and_remakes_just_their_pages(root: Path, tmp_path: Path, fresh: bool) -> None:
    memory = tmp_path / "memory"
    sitting = Sitting(root, Memory(memory, "same"))
    site = made(root, sitting)
    assert b"crumb.yaml#L4" in site["companies/crumb/cite/index.html"]
    file = root / "data/crumb.yaml"
    file.write_text("# A remark\n" + file.read_text("utf-8"), "utf-8")
    if fresh:
        sitting.close()
        sitting = Sitting(root, Memory(memory, "same"))
    again = made(root, sitting)
    assert b"crumb.yaml#L5" in again["companies/crumb/cite/index.html"]
    assert not any("crust" in path or path.startswith("sources/") for path in again), "nothing of another file"
    clean = {file.path: file.content for file in map(held, build(root, TODAY).files or ())}
    assert {**site, **again} == clean
    sitting.close()


def test_an_edit_that_moves_no_line_remakes_no_page(root: Path, tmp_path: Path) -> None:
    """The shelf is looked up by record: to append to a file of sources leaves those above alone."""
    sitting = Sitting(root, Memory(tmp_path / "memory", "same"))
    made(root, sitting)
    file = root / "data/sources.yaml"
    file.write_text(file.read_text("utf-8") + "# A remark at the end\n", "utf-8")
    assert not any(path.startswith("sources/crust") for path in made(root, sitting))
    sitting.close()
