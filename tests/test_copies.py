"""The lock of copies: what a line says, what a damaged one is met with, how a quote stands."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.copies import HEAD, LARGEST, Copies, Copy, Proof, State, fits, gathered, read_copies, state_of, written
from dossier.frozen import replace
from dossier.quotes import digest

OLD, NEW = date(2026, 11, 1), date(2026, 11, 23)
RYE = "twenty loaves of rye"
ECHO = Copy("echo", OLD, "a" * 64, "live", "html")
AGAIN = replace(ECHO, captured=NEW, digest="b" * 64)
FOUND = Proof("echo", digest(RYE), OLD, "exact", "text=twenty%20loaves,rye")
LACKS = Proof("echo", digest(RYE), NEW, "missing")

LOCK = f"""\
{HEAD}
copy echo 2026-11-01 {"a" * 64} live html
copy echo 2026-11-23 {"b" * 64} live html
copy echo-two 2026-11-02 {"c" * 64} archive pdf
quote echo {digest(RYE)} 2026-11-01 exact text=twenty%20loaves,rye
quote echo {digest(RYE)} 2026-11-23 missing -
"""


def test_a_lock_reads_as_it_was_written() -> None:
    copies, problems = read_copies(LOCK)
    assert problems == []
    assert copies.of("echo") == (ECHO, AGAIN)
    assert copies.of("nobody") == ()
    assert copies.proof("echo", "TWENTY loaves\nof rye") == (FOUND, LACKS)
    assert copies.proof("echo", "thirty loaves of rye") == ()
    assert written(copies) == LOCK


def test_a_dossier_without_a_lock_has_no_copies() -> None:
    assert read_copies("") == (Copies(), [])
    assert written(Copies()) == HEAD + "\n"
    assert read_copies(written(Copies())) == (Copies(), [])


def test_lines_may_stand_in_any_order_and_are_written_in_one() -> None:
    head, *lines = LOCK.splitlines()
    copies, problems = read_copies("\n".join([head, *reversed(lines)]) + "\n")
    assert problems == []
    assert written(copies) == LOCK


A, Q = "a" * 64, digest(RYE)


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("", 1, "'' begins no line of this file: 'copy' or 'quote' does"),
        ("<<<<<<< HEAD", 1, "'<<<<<<<' begins no line of this file: 'copy' or 'quote' does"),
        (f"copy ../etc 2026-11-01 {A} live html", 6, "'../etc' is not the id of a source"),
        (f"copy echo 2026-02-30 {A} live html", 11, "'2026-02-30' is not a day like 2026-11-23"),
        (f"copy echo 20261101 {A} live html", 11, "'20261101' is not a day like 2026-11-23"),
        ("copy echo 2026-11-01 abc live html", 22, "'abc' is not a SHA-256 of 64 hex digits"),
        (f"copy echo 2026-11-01 {A} mail html", 87, "'mail' is not one of live, archive, file"),
        (f"copy echo 2026-11-01 {A} live gif", 92, "'gif' is not one of html, pdf, text"),
        (f"copy echo 2026-11-01 {A} live", 91, "a line that begins with 'copy' has 5 words after it"),
        (f"copy echo 2026-11-01 {A} live html more", 97, "a line that begins with 'copy' has 5 words after it"),
        (f"copy  echo 2026-11-01 {A} live html", 6, "'' is not the id of a source"),
        (f"copy echo 2026-11-01 {A} live html\r", 92, "'html\\r' is not one of html, pdf, text"),
        (f"copy echo 2026-11-01 {A} live html", 6, "there is another line for the copy of echo of 2026-11-01"),
        (f"quote echo {A} 2026-11-01 exact -", 12, f"'{A}' is not the 32 hex digits of a quote"),
        (f"quote echo {Q} 2026-11-01 fuzzy -", 56, "'fuzzy' is not one of exact, parts, missing"),
        (f'quote echo {Q} 2026-11-01 exact "onclick=', 62, "'\"onclick=' is not a text fragment or '-'"),
        (f"quote echo {Q} 2026-11-01 exact -", 7, "there is another line for this quote in the copy of echo"),
        (f"quote echo {Q} 2026-11-09 exact -", 7, "there is no copy of echo of 2026-11-09 in which it could be sought"),
    ],
)
def test_a_damaged_line_is_found_at_its_word_and_left_out(line: str, column: int, message: str) -> None:
    copies, problems = read_copies(f"{LOCK}{line}\n", "data/snapshots.lock")
    assert [(str(each.span), each.rule.code, each.message) for each in problems] == [
        (f"data/snapshots.lock:7:{column}", "E708", message)
    ]
    assert written(copies) == LOCK


def test_a_lock_without_its_first_line() -> None:
    _, problems = read_copies(LOCK.replace(" 1\n", " 2\n"))
    assert [(each.span.line, each.message) for each in problems] == [(1, f"the first line is not {HEAD!r}")]


def test_a_huge_lock_is_not_read() -> None:
    copies, problems = read_copies(LOCK + "x" * LARGEST)
    assert (copies, len(problems)) == (Copies(), 1)


@pytest.mark.parametrize(
    ("proofs", "quote", "state"),
    [
        ([FOUND], RYE, State("verified", found=OLD, directive=FOUND.directive)),
        ([replace(FOUND, state="parts")], RYE, State("verified", OLD, in_parts=True, directive=FOUND.directive)),
        ([FOUND, LACKS], RYE, State("drifted", found=OLD, missing=NEW, directive=FOUND.directive)),
        ([replace(LACKS, captured=OLD), replace(FOUND, captured=NEW)], RYE,
         State("verified", found=NEW, directive=FOUND.directive)),
        ([FOUND, replace(FOUND, captured=NEW)], RYE, State("verified", found=NEW, directive=FOUND.directive)),
        ([LACKS], RYE, State("missing", missing=NEW)),
        ([FOUND, LACKS], "thirty loaves of rye", State("unsought", copied=NEW)),
        ([], RYE, State("unsought", copied=NEW)),
    ],
    ids=["verified", "in parts", "drifted", "added later", "verified twice", "missing", "quote changed", "unsought"],
)  # fmt: skip
def test_how_a_quote_stands(proofs: list[Proof], quote: str, state: State) -> None:
    assert state_of(gathered([ECHO, AGAIN], proofs), "echo", quote) == state


def test_a_source_without_a_copy() -> None:
    assert state_of(Copies(), "echo", RYE) == State("no-copy")


def test_a_new_copy_stands_beside_the_old_and_takes_the_place_of_one_of_its_day() -> None:
    copies = gathered([ECHO], [FOUND]).with_copy(AGAIN)
    assert copies.of("echo") == (ECHO, AGAIN)
    assert copies.proof("echo", RYE) == (FOUND,)
    same = copies.with_copy(replace(ECHO, via="file"))
    assert same.of("echo") == (replace(ECHO, via="file"), AGAIN)
    assert same.proof("echo", RYE) == (FOUND,)
    other = copies.with_copy(replace(ECHO, digest="d" * 64))
    assert other.proof("echo", RYE) == (), "what was found in the text of before is not known of this one"


def test_what_a_directive_may_hold() -> None:
    assert fits("text=a-,b%20c,-d&text=e")
    for words in ("", "a b", 'a"b', "a<b", "a#b", "é", "a" * 4001, "text=a\n"):
        assert not fits(words)
