"""What is carried away: PDFs of companies and of the whole, the ZIP, and the option that asks for them."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest

from dossier.carried import MOST_IN_BOOK, ZIP, ZIP_DIGEST
from dossier.carry import files_of
from dossier.cli import main
from dossier.language import language
from dossier.pages import DataPage, Page
from dossier.paper import settled
from dossier.pdf import NEEDS, as_pdf, parsed
from dossier.pipeline import examine
from dossier.plan import addresses_of, sections_of
from dossier.plan.companies import company_page
from dossier.plan.edition import Edition
from dossier.render import Renderer
from tests import given

ROOT = Path(__file__).parents[1]
BAKERIES = ROOT / "tests/sites/bakeries"
MINIMAL = ROOT / "tests/sites/minimal"
DAY = date(2026, 11, 22)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    shutil.copytree(MINIMAL, tmp_path / "root")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main(["--root", str(tmp_path / "root"), *map(str, arguments)])
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".dossier"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# A company on paper.


@pytest.fixture(scope="module")
def on_paper() -> tuple[bytes, str]:
    """The PDF of a bakery's page, and the page that tells of it."""
    code, name = "fr", "golden-crust"
    register = examine(BAKERIES, DAY).register
    assert register
    words = language(code, register.languages[0])
    edition = Edition(
        register, words, addresses_of(register), DAY, sections_of(register), carried=frozenset({"pdf"})
    )  # fmt: skip
    page = company_page(edition, register.companies[name])
    pdf, html = files_of(page, edition, Renderer(register.languages[0], BAKERIES))
    assert pdf.path == page.frame.path.replace("index.html", f"{name}-{code}.pdf")
    return pdf.content, html.content.decode()


def inflated(raw: bytes) -> bytes:
    """A PDF with what is packed in it unpacked."""

    def unpacked(found: re.Match[bytes]) -> bytes:
        try:
            return zlib.decompress(found[1])
        except zlib.error:
            return found[0]

    return re.sub(rb"stream\n(.*?)\nendstream", unpacked, raw, flags=re.DOTALL)


def words_of(document: pypdfium2.PdfDocument) -> str:
    return " ".join("".join(page.get_textpage().get_text_bounded() for page in document).split())


def language_of(document: pypdfium2.PdfDocument) -> str:
    said = (pypdfium2.raw.FPDF_WCHAR * 20)()
    length = pypdfium2.raw.FPDFCatalog_GetLanguage(document, said, 40)
    return bytes(said)[: length - 2].decode("utf-16-le")


def test_a_company_on_paper(on_paper: tuple[bytes, str]) -> None:
    raw, html = on_paper
    assert f"Cette page en PDF ({-(-len(raw) // 1000)} ko)" in html
    assert 'href="golden-crust-fr.pdf"' in html

    document = pypdfium2.PdfDocument(raw)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    assert language_of(document) == "fr-CA"
    assert document.get_metadata_value("Title").startswith("Golden Crust")
    assert document.get_metadata_value("Author") == "Le Bureau des miettes"
    assert next(each.get_title() for each in document.get_toc()) == "Golden Crust"
    plain = inflated(raw)
    assert b"<pdfuaid:part>1<" in plain or b'pdfuaid:part="1"' in plain

    words = words_of(document)
    assert "https://bakeries.example/dossier/fr/entreprises/golden-crust/" in words
    # Why a label stands is behind a click on the page, and printed here.
    why = re.findall(r'<details class="why">.*?</summary>\s*<div>\s*<p>([^<]{20,60})', html, re.DOTALL)
    assert why
    assert [each for each in why if " ".join(unescape(each).split()) not in words] == []
    # Menus and forms are not for paper.
    assert "Aller au contenu" not in words
    # The look is the same on every machine.
    fonts = set(re.findall(rb"/BaseFont /\w{6}\+([\w-]+)", plain))
    assert fonts
    assert all(name.startswith(b"Dossier-") for name in fonts), fonts
    # Every source's address, whole; long ones are broken at the ends of lines.
    seen = re.sub(r"\s", "", words)
    _, _, references = html.partition('<ol class="references">')
    live = re.findall(r'<a href="(http[^"]+)"', references.partition("</ol>")[0])
    assert len(live) > 3
    assert [each for each in live if re.sub(r"\s", "", unescape(each)) not in seen] == []
    # The language of a quote that is in another one.
    assert b"/Lang (en" in plain
    document.close()


def test_no_link_leads_into_the_void(on_paper: tuple[bytes, str]) -> None:
    plain = inflated(on_paper[0])
    addresses = {each.decode("latin-1") for each in re.findall(rb"/URI \(((?:[^()\\]|\\.)*)\)", plain)}
    assert len(addresses) > 5
    assert {urlsplit(each).scheme for each in addresses} <= {"http", "https", "mailto"}
    # The claim's own link leads to what is said of it now.
    assert any(each.startswith("https://bakeries.example/dossier/fr/entreprises/golden-crust/#") for each in addresses)
    named = set(re.findall(rb"/Dest \(([^)]*)\)", plain))
    there = set(re.findall(rb"\(((?:ref|cite)-[\w-]+)\)", plain))
    assert named
    assert {each for each in named if each.startswith((b"ref-", b"cite-"))} <= there


def test_money_is_drawn_as_on_the_page() -> None:
    """An amount without its paint is a solid bar, and says that a ceiling was paid."""
    from dossier.painted import SVG, paint

    renderer = Renderer("en", BAKERIES)
    register = examine(BAKERIES, DAY).register
    assert register
    assert renderer.stylesheet
    edition = Edition(register, given.ENGLISH, addresses_of(register), DAY)
    page = company_page(edition, register.companies["golden-crust"])
    root = parsed(renderer.file(page).content.decode())
    paint(root, renderer.stylesheet.content.decode(), "Any")
    bars = {}
    for drawing in root.iter(f"{SVG}svg"):
        for bar in drawing.findall(f"{SVG}rect"):
            fill = bar.get("fill") or drawing.get("fill")
            bars[bar.get("class")] = (fill, bar.get("stroke-dasharray") or "")
            assert fill, bar.attrib
            if fill and fill.startswith("url"):
                assert fill[5:-1] in {each.get("id") for each in drawing.iter(f"{SVG}pattern")}
    assert bars["bar__ceiling"] == ("none", "")
    assert bars["bar__obligated"][0] == "currentColor"
    assert bars["bar__unclear"][0] == "none"
    assert bars["bar__unclear"][1]
    assert (bars["bar__estimate"][0] or "").startswith("url(#")


def test_where_links_lead() -> None:
    page = """<main id="content">
      <form>gone</form>stays<a href="../b/index.html">b</a><a href="../c/index.html#x">c</a><a href="#x">x</a>
      <a href="#x" rel="bookmark">permanent</a><a href="mailto:d@d.example">mail</a><a href="//else.example/">else</a>
      <p id="x" aria-labelledby="x y" hidden></p><i id="y"></i></main>"""
    root = parsed(page)
    settled(root, "https://d.example/s/a/", {"https://d.example/s/c/": "c."}, "a.")
    hrefs = [each.get("href") for each in root.iter("a")]
    assert hrefs == [
        "https://d.example/s/b/", "#c.x", "#a.x", "https://d.example/s/a/#x", "mailto:d@d.example",
        "https://else.example/",
    ]  # fmt: skip
    assert "stays" in "".join(root.itertext())
    assert "gone" not in "".join(root.itertext())
    assert [each.get("id") for each in root.iter() if each.get("id")] == ["a.content", "a.y"]


def test_a_document_fetches_nothing(tmp_path: Path) -> None:
    """Not from the web, and not from the disk."""
    (tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>secret</text></svg>")
    page = f'<html lang="en"><title>t</title><p>words</p><img alt="a" src="file://{tmp_path}/secret.svg">'
    assert "secret" not in words_of(pypdfium2.PdfDocument(as_pdf(page)))


# The whole.


def test_a_site_to_carry(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    code, out, err = run("--output", one, "--with", "pdf,zip")
    assert (code, err) == (0, "")
    assert "files written" in out
    made = files(one)
    assert run("--output", two, "--with", "zip,pdf")[0] == 0
    assert files(two) == made
    assert {path for path in made if path.endswith((".pdf", ".zip", ".sha256"))} == {
        "companies/pond-bread/pond-bread-en.pdf", "data/dossier-en.pdf", ZIP, ZIP_DIGEST,
    }  # fmt: skip

    digest, _, name = made[ZIP_DIGEST].decode().strip().partition("  ")
    assert digest == hashlib.sha256(made[ZIP]).hexdigest()
    assert name == ZIP.rpartition("/")[2]
    with zipfile.ZipFile(io.BytesIO(made[ZIP])) as held:
        assert held.testzip() is None
        entries = held.infolist()
        inside = {each.filename.removeprefix("dossier-2026-11-22/"): held.read(each) for each in entries}
    assert [each.filename for each in entries] == sorted(each.filename for each in entries)
    assert {(each.date_time, each.external_attr, each.extra) for each in entries} == {
        ((2026, 11, 22, 0, 0, 0), 0o100644 << 16, b"")
    }
    readme = inside.pop("README.txt").decode()
    assert inside == {path: content for path, content in made.items() if path not in (ZIP, ZIP_DIGEST)}
    assert all(each in readme for each in ("22 November 2026", "index.html", "https://ducks.example/", "CC0"))
    # It cannot hold itself: what leads to it leads to the web.
    assert f'href="https://ducks.example/{ZIP}"' in inside["data/index.html"].decode()

    book = pypdfium2.PdfDocument(made["data/dossier-en.pdf"])
    words = words_of(book)
    assert all(each in words for each in ("Contents", "Pond Bread feeds ducks", "The labels", "Corrections"))
    assert re.search(r"Pond Bread[ .]+\d+ Timeline|Pond Bread[ .]+\d+ Sources", words)
    titles = [each.get_title() for each in book.get_toc()]
    assert titles.index("Pond Bread") < titles.index("Sources") < titles.index("Corrections")
    # A link from one part to another stays in the document.
    assert b"(companies_pond-bread_.pond-bread-feeds)" in inflated(made["data/dossier-en.pdf"])
    book.close()

    # The next plain build has none of it, and remembers nothing of it.
    assert run("--output", one)[0] == 0
    plain = files(one)
    assert {path for path in made if path not in plain} == {
        path for path in made if path.endswith((".pdf", ".zip", ".sha256"))
    }
    assert not [path for path, content in plain.items() if b".pdf" in content or b"dossier-site" in content]


def data_page(companies: int, carried: str) -> DataPage:
    told = "companies:\n" + "".join(f"  - {{id: firm-{n}, name: Firm {n}}}\n" for n in range(companies))
    register = given.register(told)
    from dossier.plan import Planner
    from dossier.plan.lines import Lines

    lines = Lines(lambda name: iter(()), lambda beginning: {}, lambda name: iter(()))
    planner = Planner(
        register, DAY, lines, sections_of(register), lambda name: getattr(register, name), frozenset({carried})
    )
    pages: list[Page] = [*planner.plan("data:").pages]
    assert isinstance(pages[0], DataPage)
    return pages[0]


def test_too_many_companies_for_one_document() -> None:
    names = [each.link.text for each in data_page(MOST_IN_BOOK, "pdf").downloads]
    assert "dossier-en.pdf" in names
    many = data_page(MOST_IN_BOOK + 1, "pdf").downloads
    assert "dossier-en.pdf" not in [each.link.text for each in many]
    assert any("too many" in each.says for each in many)
    assert not any("too many" in each.says for each in data_page(MOST_IN_BOOK + 1, "zip").downloads)


# The option.


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--with", "pdf,zap"), "'zap' is none of pdf, images, zip or all"),
        (("--with", ""), "'' is none of"),
        (("--with", "zip", "--shard", "1/2"), "leave --shard and --compare-clean out"),
        (("--with", "zip", "--compare-clean"), "leave --shard and --compare-clean out"),
    ],
)
def test_what_cannot_be_asked(run: Run, tmp_path: Path, asked: tuple[str, ...], said: str) -> None:
    code, out, err = run("--output", tmp_path / "out", *asked)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_the_means_nothing_is_written(run: Run, tmp_path: Path) -> None:
    """In a process of its own, in which WeasyPrint cannot be imported."""
    program = "import sys; sys.modules['weasyprint'] = None; from dossier.cli import main; sys.exit(main(sys.argv[1:]))"
    asked = ["--root", str(tmp_path / "root"), "--output", str(tmp_path / "out"), "--with", "pdf,zip"]
    done = subprocess.run(
        [sys.executable, "-c", program, *asked], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"build.py: --with pdf takes {NEEDS}\n"
    assert not (tmp_path / "out").exists()
