"""`build.py invite`: the letter to a company as files, and what is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar
from turbohtml import parse

from dossier.cli import main
from dossier.draft import draft
from dossier.frozen import replace
from dossier.invite import NO_PDF, invitation
from dossier.pipeline import examine
from dossier.plan.desk import letter_page
from dossier.values import Html

REPOSITORY = Path(__file__).parents[1]
BAKERIES = REPOSITORY / "tests/sites/bakeries"
DAY = "1795305600"
"""22 November 2026."""
HOSTILE = "</title><script>alert(1)</script> Bcc: all@crust.example"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("data", "content"):
        shutil.copytree(BAKERIES / folder, tmp_path / "root" / folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "root"


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main(["--root", str(root), "invite", *map(str, arguments)])
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / "data" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_written_and_said(root: Path, run: Run) -> None:
    code, out, err = run("golden-crust", "--deadline", "2026-12-10")
    folder = root / "invitations/golden-crust"
    assert (code, err) == (0, "")
    assert names(folder) == {"reply-en.html", "reply-en.pdf", "reply-en.txt", "deadline.ics"}
    assert all(str(folder / name) in out for name in names(folder))
    _, _, record = out.partition("responses:\n")
    assert record == (
        "  - id: golden-crust-invited-2026-11-22\n    company: golden-crust\n    status: invited\n"
        "    date: 2026-11-22\n    deadline: 2026-12-10\n"
    )
    (root / "data/invited.yaml").write_text(f"responses:\n{record}")
    assert examine(root, date(2026, 11, 22)).stands


def test_an_invitation_on_file_sets_the_deadline(root: Path, run: Run) -> None:
    code, out, _ = run("eclair", "--to", root / "out")
    assert code == 0
    assert "is on file as 'eclair-invited'" in out
    assert "responses:" not in out
    (event,) = Calendar.from_ical((root / "out/deadline.ics").read_text()).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 12, 15)
    assert event["UID"] == "eclair-invited@bakeries.example"
    assert "15 December 2026" in (root / "out/reply-en.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (
            ["night-oven"],
            "no open invitation of night-oven is on file: give a deadline, --deadline 2026-12-06 or later",
        ),
        (["night-oven", "--deadline", "2026-12-05"], "2026-12-05 leaves less than 14 days to answer: give --deadline"),
        (["night-oven", "--deadline", "soon"], "'soon' is not a day: write it like 2026-12-15"),
        (["night-ovn"], "there is no company 'night-ovn'. Did you mean 'night-oven'?"),
        (
            ["ovens-42", "--deadline", "2026-12-15"],
            "no claim about ovens-42 calls for a reply: there is nothing to ask",
        ),
        (["eclair", "--language", "de"], "'de' is not a language of this site: en, fr"),
    ],
)
def test_what_is_refused(root: Path, run: Run, arguments: list[str], why: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert why in err
    assert err.count("\n") == 1
    assert not (root / "invitations").exists()


def test_fourteen_days_are_enough(run: Run) -> None:
    assert run("night-oven", "--deadline", "2026-12-06")[0] == 0


def test_an_old_invitation_does_not_set_a_day_too_near(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAY) + 20 * 86400))
    code, _, err = run("eclair")
    assert code == 2
    assert "2026-12-15 leaves less than 14 days to answer: give --deadline 2026-12-26 or later" in err


def test_nothing_is_written_into_the_site_or_through_a_link(root: Path, run: Run, tmp_path: Path) -> None:
    code, _, err = run("eclair", "--to", root / "output/letters")
    assert code == 2
    assert "lies in the output" in err
    (root / "invitations").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (root / "invitations/eclair").symlink_to(tmp_path / "elsewhere")
    code, _, err = run("eclair")
    assert code == 2
    assert "is a link to another place" in err
    assert names(tmp_path / "elsewhere") == set()
    kept = tmp_path / "kept"
    kept.write_text("kept")
    (root / "letters").mkdir()
    (root / "letters/reply-en.txt").symlink_to(kept)
    assert run("eclair", "--to", root / "letters")[0] == 0
    assert kept.read_text() == "kept"


def test_errors_in_the_data_come_first(root: Path, run: Run) -> None:
    edit(root, "dossiers/others.yaml", "mode: reported", "mode: rumoured")
    code, out, _ = run("eclair")
    assert code == 1
    assert "'rumoured' is not one of" in out
    assert not (root / "invitations").exists()


# The document.


@pytest.mark.parametrize(
    ("language", "path"), [("en", "companies/eclair/reply/"), ("fr", "fr/entreprises/eclair/reponse/")]
)
def test_the_document_stands_alone(root: Path, run: Run, language: str, path: str) -> None:
    run("eclair", "--language", language)
    page = parse((root / f"invitations/eclair/reply-{language}.html").read_text("utf-8"))
    assert page.select_one("script, link, img, iframe, base") is None
    style = page.select_one("style")
    assert style is not None
    assert all(address.startswith('"#') for address in re.findall(r"url\((.*?)\)", style.text))
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy is not None
    assert policy.attr("content") == "default-src 'none'; style-src 'unsafe-inline'"
    hrefs = [link.attr("href") or "" for link in page.select("a[href]")]
    assert all(href.startswith(("https://", "mailto:", "#")) for href in hrefs)
    assert f"https://bakeries.example/dossier/{path.rpartition('/re')[0]}/#eclair-sun-cakes" in hrefs
    here = {each.attr("id") for each in page.select("[id]")}
    assert {href[1:] for href in hrefs if href.startswith("#")} <= here


def test_the_letter_says_what_the_desk_says_in_french(root: Path, run: Run) -> None:
    run("eclair", "--language", "fr")
    words = parse((root / "invitations/eclair/reply-fr.html").read_text("utf-8"))
    heading = words.select_one("h1")
    assert heading is not None
    assert heading.text == "Demande de commentaires\u00a0: Éclair & Fils"
    assert "Que devient" not in words.text
    assert "Ce que devient votre réponse" in words.text


# The PDF.


def test_the_pdf_is_tagged_named_and_in_its_language(root: Path, run: Run) -> None:
    run("golden-crust", "--language", "fr", "--deadline", "2026-12-10")
    path = root / "invitations/golden-crust/reply-fr.pdf"
    raw = path.read_bytes()
    document = pypdfium2.PdfDocument(path)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    assert document.get_metadata_value("Title").startswith("Demande de commentaires")
    said = (pypdfium2.raw.FPDF_WCHAR * 20)()
    length = pypdfium2.raw.FPDFCatalog_GetLanguage(document, said, 40)
    assert bytes(said)[: length - 2].decode("utf-16-le") == "fr-CA"
    streams = re.findall(rb"stream\n(.*?)\nendstream", raw, re.DOTALL)
    assert any(
        b"<pdfuaid:part>1<" in _inflated(stream) or b'pdfuaid:part="1"' in _inflated(stream) for stream in streams
    )
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Ce que devient votre réponse" in words
    assert "Répondre à l’affirmation 1:" in words.replace("\u00a0", "")
    document.close()


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_the_same_bytes_each_time(root: Path, run: Run) -> None:
    for folder in ("one", "two"):
        assert run("golden-crust", "--deadline", "2026-12-10", "--to", root / folder)[0] == 0
    assert names(root / "one") == names(root / "two")
    for name in names(root / "one"):
        assert (root / "one" / name).read_bytes() == (root / "two" / name).read_bytes(), name


def test_without_the_means_for_a_pdf_the_rest_is_written(root: Path) -> None:
    """In a process of its own, in which WeasyPrint cannot be imported."""
    program = "import sys; sys.modules['weasyprint'] = None; from dossier.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, "--root", str(root), "invite", "eclair", "--to", str(root / "out")],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == f"{NO_PDF}\n"
    assert names(root / "out") == {"reply-en.html", "reply-en.txt", "deadline.ics"}


# The draft.


def lines(root: Path, run: Run, *arguments: str, language: str = "en") -> list[str]:
    assert run("eclair", "--language", language, "--to", root / "out", *arguments)[0] == 0
    return (root / f"out/reply-{language}.txt").read_text("utf-8").split("\n")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_draft_is_plain_text_for_mail(root: Path, run: Run, language: str) -> None:
    found = lines(root, run, language=language)
    assert found[0].startswith("Subject: ")
    assert found[1] == ""
    assert all(len(line) <= 72 or re.match(r"https://\S+$", line) for line in found)
    assert all(line == line.rstrip(" ") and not line.startswith((">", "From ")) for line in found)
    text = "\n".join(found)
    assert "eclair-sun-cakes" in text
    assert "https://archive.example/gazette" in text
    assert "“sun cakes since August 2024”" in text
    assert ("15 December 2026" if language == "en" else "15 décembre 2026") in text


def test_no_name_makes_a_header_a_quote_or_a_message(root: Path, run: Run) -> None:
    edit(root, "companies.yaml", "name: Éclair & Fils", f"name: '{HOSTILE}'")
    statement = "Éclair & Fils has baked sun cakes since August 2024, The Crumb Gazette reported."
    told = "From us > The Crumb Gazette reported sun cakes since August 2024."
    edit(root, "dossiers/others.yaml", f"en: {statement}", f"en: '{told}'")
    found = lines(root, run)
    assert found[0] == f"Subject: Request for comment: {HOSTILE}"
    assert found[1] == ""
    assert f" {told}" in found
    page = parse((root / "out/reply-en.html").read_text("utf-8"))
    assert page.select_one("script") is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_no_line_end_in_a_title_makes_a_header(root: Path, end: str) -> None:
    """Data may hold none of these; the draft does not rely on it."""
    register = examine(root, date(2026, 11, 22)).register
    assert register
    invited = invitation(register, "eclair", "en", None, date(2026, 11, 22))
    page = letter_page(invited.edition, invited.company, invited.deadline, Html(""))
    text = draft(invited.edition, invited.company, replace(page, title=f"A{end}Bcc: all@crust.example"))
    assert text.split("\n")[:2] == ["Subject: A Bcc: all@crust.example", ""]
    assert len(text.split("\n\n", 1)[0].splitlines()) == 1
