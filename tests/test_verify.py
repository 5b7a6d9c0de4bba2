"""Seeking quotes in stored copies: what is noted, what is said, and what no text can talk us into."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dossier.copies import Copy, gathered, read_copies, state_of, written
from dossier.quotes import digest, text_digest
from dossier.stored import Store
from dossier.verify import Verified, differing, run
from tests import given

OLD, NEW = date(2026, 11, 1), date(2026, 11, 23)
QUOTE = "twenty loaves of rye bread"
TEXT = "The ministry ordered twenty loaves of rye bread for the spring.\nNobody else did.\n"
CHANGED = TEXT.replace("twenty", "thirty")
DATA = """\
companies:
  - id: crust
    name: Crust
    nexus:
      - {kind: founded, citations: [{source: hum, quote: "founded in the valley"}]}
sources:
  - {id: echo, type: webpage, title: Rye, publisher: Pond Echo, url: https://e.example/, accessed: 2026-11-01, language: en, role: reporting}
  - {id: hum, type: webpage, title: Hum, publisher: Hum, url: https://h.example/, accessed: 2026-11-01, language: en, role: record}
claims:
  - id: crust-rye
    company: crust
    kind: order
    mode: reported
    statement: {en: Echo reported an order., fr: Echo a rapporté une commande.}
    citations:
      - source: echo
        quote: "twenty loaves of rye bread"
    withdrawn: {date: 2026-11-20, reason: wrong}
events:
  - id: spring
    date: 2026-04
    kind: other
    title: {en: Spring, fr: Printemps}
    citations: [{source: echo, quote: "Twenty Loaves  of rye bread"}, {source: echo}]
"""  # noqa: E501


class Desk:
    """A dossier's folder with stored texts, and what was said while quotes were sought in them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self.copies = gathered([], [])
        (root / "data").mkdir()

    def has(self, source: str, day: date, text: str, kind: str = "html") -> None:
        Store(self.root / ".snapshots").keep(source, day, text, None)
        copy = Copy(source, day, text_digest(text), "live", kind)  # type: ignore[arg-type]
        self.copies = self.copies.with_copy(copy)
        self.lock.write_text(written(self.copies))

    @property
    def lock(self) -> Path:
        return self.root / "data/snapshots.lock"

    def verify(self, data: str = DATA, only: tuple[str, ...] = ()) -> Verified:
        self.said.clear()
        verified = run(self.root, given.register(data), self.root / ".snapshots", self.said.append, only)
        assert verified.problems or not self.lock.exists() or self.lock.read_text() == written(verified.copies)
        return verified


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def quotes(desk: Desk) -> list[str]:
    """The lock's lines about quotes, without their directives."""
    return [line.rpartition(" ")[0] for line in desk.lock.read_text().splitlines() if line.startswith("quote")]


def test_words_that_stand_are_noted_once_for_all_who_cite_them(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT)
    verified = desk.verify()
    assert quotes(desk) == [f"quote echo {digest(QUOTE)} 2026-11-23 exact"]
    assert [(each.citation.source, each.state.kind) for each in verified.outcomes] == [
        ("hum", "no-copy"),
        ("echo", "verified"),
        ("echo", "verified"),
    ]
    assert desk.said == ["2  found in the newest copy", "1  no copy of the source"]
    assert verified.exit_code == 0
    (proof,) = verified.copies.proof("echo", QUOTE)
    assert proof.directive.startswith("text=")


def test_words_that_do_not_stand_are_shown_at_their_place_with_the_nearest(desk: Desk) -> None:
    desk.has("echo", NEW, CHANGED)
    verified = desk.verify(DATA.replace("Twenty Loaves  of", "Thirty loaves of"))
    assert verified.exit_code == 1
    assert quotes(desk) == sorted(
        [
            f"quote echo {digest(QUOTE)} 2026-11-23 missing",
            f"quote echo {digest('thirty loaves of rye bread')} 2026-11-23 exact",
        ]
    )
    told = desk.said[0].splitlines()
    assert told[:4] == [
        "data/companies.yaml:17:16: error these words are not in the copy of echo of 2026-11-23",
        '   17 |         quote: "twenty loaves of rye bread"',
        "      |                ^",
        "  -> Quote the page word for word, or cite the source that has the words.",
    ]
    assert told[4].startswith("  also nearest there: ")
    assert "[-twenty-]{+thirty+} loaves of rye bread" in told[4]
    assert desk.said[1:] == ["1  found in the newest copy", "1  not found", "1  no copy of the source"]


def test_a_page_that_changed_is_drift(desk: Desk) -> None:
    desk.has("echo", OLD, TEXT)
    desk.has("echo", NEW, CHANGED)
    verified = desk.verify()
    state = state_of(verified.copies, "echo", QUOTE)
    assert (state.kind, state.found, state.missing) == ("drifted", OLD, NEW)
    assert "these words stood in the copy of echo of 2026-11-01, and do not in that of 2026-11-23" in desk.said[0]
    assert verified.exit_code == 1


def test_a_page_that_got_the_words_later_is_no_drift(desk: Desk) -> None:
    desk.has("echo", OLD, CHANGED)
    desk.has("echo", NEW, TEXT)
    assert desk.verify().exit_code == 0


def test_a_quote_that_leaves_words_out_and_says_so(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT)
    data = DATA.replace('"twenty loaves of rye bread"', '"ministry ordered twenty loaves […] for the spring"')
    verified = desk.verify(data)
    state = state_of(verified.copies, "echo", "ministry ordered twenty loaves […] for the spring")
    assert (state.kind, state.in_parts) == ("verified", True)


def test_in_a_pdf_no_browser_follows_a_text_fragment(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT, "pdf")
    (proof,) = desk.verify().copies.proof("echo", QUOTE)
    assert (proof.state, proof.directive) == ("exact", "")


def test_a_text_that_was_tampered_with_proves_nothing(desk: Desk) -> None:
    desk.has("echo", NEW, CHANGED)
    desk.verify()
    before = desk.lock.read_text()
    (desk.root / ".snapshots/echo/2026-11-23.txt").write_text(TEXT)
    verified = desk.verify()
    assert verified.refused == (
        "the stored text of 2026-11-23 was not used: it is not the one whose digest stands in data/snapshots.lock",
    )
    assert verified.exit_code == 1
    assert desk.lock.read_text() == before


def test_a_text_that_cannot_be_read_proves_nothing(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT)
    (desk.root / ".snapshots/echo/2026-11-23.txt").write_bytes(b"\xff\xfe\xff")
    assert desk.verify().refused == ("the stored text of 2026-11-23 was not used: the text is no UTF-8",)


def test_in_a_fresh_clone_proofs_stay_as_they_were_noted(desk: Desk) -> None:
    desk.has("echo", OLD, TEXT)
    desk.has("echo", NEW, CHANGED)
    desk.verify()
    before = desk.lock.read_text()
    for file in (desk.root / ".snapshots/echo").iterdir():
        file.unlink()
    verified = desk.verify()
    assert desk.lock.read_text() == before
    assert verified.absent == 2
    assert "The texts of 2 copies are not on this machine: what was found in them stays as it was noted." in desk.said
    assert verified.exit_code == 1, "the newest copy still lacks the words"


def test_a_quote_that_was_changed_leaves_the_lock_and_is_unsought_without_its_text(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT)
    desk.verify()
    (desk.root / ".snapshots/echo/2026-11-23.txt").unlink()
    verified = desk.verify(DATA.replace("wenty", "hirty"))
    assert quotes(desk) == []
    assert [each.state.kind for each in verified.outcomes] == ["no-copy", "unsought", "unsought"]
    assert verified.exit_code == 0
    assert "2  not sought: the text of the copy is not on this machine" in desk.said


def test_only_some_sources(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT)
    desk.has("hum", NEW, "It was founded in the valley.")
    desk.verify()
    before = quotes(desk)
    assert len(before) == 2
    verified = desk.verify(DATA.replace("founded in the valley", "founded on the hill"), only=("echo",))
    assert quotes(desk) == before
    assert [each.citation.source for each in verified.outcomes] == ["echo", "echo"]


def test_a_damaged_lock_is_left_as_it_is(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT)
    desk.lock.write_text(desk.lock.read_text() + "copy echo\n")
    before = desk.lock.read_text()
    verified = desk.verify()
    assert [problem.rule.code for problem in verified.problems] == ["E708"]
    assert (verified.exit_code, desk.lock.read_text()) == (1, before)


def test_the_same_lock_twice(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT)
    desk.verify()
    first = desk.lock.read_bytes()
    desk.verify()
    assert desk.lock.read_bytes() == first
    assert read_copies(first.decode())[1] == []


def test_nothing_to_verify(desk: Desk) -> None:
    assert desk.verify("companies:\n  - {id: crust, name: Crust}\n").exit_code == 0
    assert desk.said == ["No citation quotes words."]
    assert not desk.lock.exists()


@pytest.mark.parametrize(
    ("quote", "passage", "marked"),
    [
        ("a contract for 900 vans", "a contract for 500 vans", "a contract for [-900-]{+500+} vans"),
        ("twenty loaves", "“Twenty” loaves,", "“Twenty” loaves,"),
        ("all of it", "all it", "all [-of-] it"),
        ("all it", "all of it", "all {+of+} it"),
        ("a " * 5000, "b " * 5000, f"[-{'a ' * 119}a-]{{+{'b ' * 119}b+}}"),
    ],
)
def test_what_differs_is_marked(quote: str, passage: str, marked: str) -> None:
    assert differing(quote, passage) == marked


def test_what_a_page_says_reaches_no_terminal_unescaped(desk: Desk) -> None:
    desk.has("echo", NEW, TEXT.replace("twenty", "\x1b[2Jthirty"))
    desk.verify()
    assert not any("\x1b" in line for line in desk.said)
