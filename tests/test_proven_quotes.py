"""What a page says of a quote: verified against which copy, or not and why."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from dossier.built import held
from dossier.copies import PATH, Copy, Proof, Sought, gathered, written
from dossier.pipeline import build
from dossier.quotes import digest

TODAY = date(2026, 11, 22)
SITES = Path(__file__).parent / "sites"
SOURCE, WORDS = "gazette-loaves", "rolls worth some €3,000"
FIRST, LATER = date(2026, 3, 1), date(2026, 4, 1)
"""Days of two copies."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("data", "content"):
        shutil.copytree(SITES / "bakeries" / folder, tmp_path / "root" / folder)
    return tmp_path / "root"


def pages(root: Path, copies: list[date], proofs: list[tuple[date, Sought, str]]) -> dict[str, str]:
    kept = [Copy(SOURCE, day, str(day.month) * 64, "live", "html") for day in copies]
    sought = [Proof(SOURCE, digest(WORDS), day, state, directive) for day, state, directive in proofs]
    (root / PATH).write_text(written(gathered(kept, sought)), "utf-8")
    files = build(root, TODAY).files
    assert files is not None
    return {file.path: held(file).content.decode() for file in files if file.path.endswith(".html")}


def company(root: Path, copies: list[date], proofs: list[tuple[date, Sought, str]], french: bool = False) -> str:
    """The caption of the quote on its company's page."""
    made = pages(root, copies, proofs)
    page = made["fr/entreprises/golden-crust/index.html" if french else "companies/golden-crust/index.html"]
    found = re.search(r"rolls worth some.*?<figcaption>(.*?)</figcaption>", page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("copies", "proofs", "said"),
    [
        ([FIRST], [], "Quote not verified: not yet looked for in the copy of 1 March 2026."),
        ([FIRST], [(FIRST, "exact", "")], "Quote verified: found word for word in the copy of 1 March 2026."),
        ([FIRST], [(FIRST, "parts", "")], "Quote verified in parts: each was found in the copy of 1 March 2026."),
        ([FIRST], [(FIRST, "missing", "")], "Quote not verified: not found word for word in the copy of 1 March 2026."),
        (
            [FIRST, LATER],
            [(FIRST, "exact", ""), (LATER, "missing", "")],
            "Quote found in the copy of 1 March 2026, and no longer in that of 1 April 2026.",
        ),
        (
            [FIRST, LATER],
            [(FIRST, "missing", ""), (LATER, "exact", "")],
            "Quote verified: found word for word in the copy of 1 April 2026.",
        ),
    ],
)
def test_a_quote_says_how_it_stands(
    copies: list[date], proofs: list[tuple[date, Sought, str]], said: str, root: Path
) -> None:
    assert f"<small>{said}</small>" in company(root, copies, proofs)


def test_where_no_copy_is_kept_the_page_says_so_once(root: Path) -> None:
    said = "No quote here is verified: no copy of the quoted pages is kept."
    bare, kept = (pages(root, copies, [])["companies/golden-crust/index.html"] for copies in ([], [FIRST]))
    assert (bare.count(said), bare.count("Quote not verified")) == (1, 0)
    assert (kept.count(said), "Quote not verified: no copy of the page is kept." in kept) == (0, True)


def test_french_says_so_too(root: Path) -> None:
    said = "Citation attestée\xa0: retrouvée mot pour mot dans la copie du 1er\xa0mars 2026."
    assert said in company(root, [FIRST], [(FIRST, "exact", "")], french=True)


def test_a_quote_whose_words_changed_is_not_verified_by_the_old_proof(root: Path) -> None:
    file = root / "data/dossiers/golden-crust.yaml"
    file.write_text(file.read_text("utf-8").replace("rolls worth some €3,000", "rolls worth some €3,001"), "utf-8")
    assert "not yet looked for" in company(root, [FIRST], [(FIRST, "exact", "")])


def test_the_link_leads_where_the_words_were_found(root: Path) -> None:
    caption = company(root, [FIRST], [(FIRST, "exact", "text=bread-,rolls,%E2%82%AC3%2C000")])
    assert "#story:~:text=bread-,rolls,%E2%82%AC3%2C000" in caption


def test_a_source_lists_its_copies_and_shows_that_it_changed(root: Path) -> None:
    page = pages(root, [FIRST, LATER], [(FIRST, "exact", ""), (LATER, "missing", "")])[f"sources/{SOURCE}/index.html"]
    rows = re.findall(r'<tr><th scope="row">([^<]+)<.*?<td>([^<]*)</td><td><code class="digest">(\w+)', page)
    assert rows == [
        ("1 April 2026", "0 of 1 quotes found", "4" * 64),
        ("1 March 2026", "1 of 1 quotes found", "3" * 64),
    ]


def test_a_damaged_line_is_a_finding(root: Path) -> None:
    (root / PATH).write_text(written(gathered([], [])) + "copy gazette-loaves yesterday\n", "utf-8")
    built = build(root, TODAY)
    assert built.files is None
    assert [(str(problem.span), problem.rule.code) for problem in built.problems if problem.severity == "error"] == [
        (f"{PATH}:2:21", "E708")
    ]


def test_a_quote_sought_in_vain_is_a_weak_point(root: Path) -> None:
    page = pages(root, [FIRST, LATER], [(FIRST, "exact", ""), (LATER, "missing", "")])["weak-points/index.html"]
    part = page.partition('id="quotes"')[2].partition("</section>")[0]
    assert "1 was looked for in vain." in part
    assert "1 quote is not in its newest copy." in part
    assert f"sources/{SOURCE}/" in part


def test_a_verified_quote_is_none(root: Path) -> None:
    numbers = []
    for proofs in ([], [(FIRST, "exact", "")]):
        page = pages(root, [FIRST], proofs)["weak-points/index.html"]  # type: ignore[arg-type]
        found = re.search(r"(\d+) quotes were not found in a stored copy", page)
        assert found
        numbers.append(int(found[1]))
    assert numbers[0] - numbers[1] == 1
