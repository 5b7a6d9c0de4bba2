"""The lock: what counts as another meaning, what a damaged lock is, and that a hostile one stops nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from dossier.checks import check, check_whole
from dossier.checks.draft import is_open
from dossier.frozen import replace
from dossier.ledgers import edited, ledgers_of, lock_of, published_in
from dossier.load import LOCK_MB
from dossier.problems import Problem
from dossier.published import HEAD, LOCK_FILE, MOST, Locked, changed, read_lock, written
from dossier.register import Register
from tests.given import register

FIRST, TODAY = date(2026, 11, 22), date(2026, 11, 23)
DOSSIER = """\
agencies:
  - {id: ministry, name: Ministry of Weather}
companies:
  - id: crust
    name: Crust
    legal_entities: [{id: crust-ltd, name: Crust Limited, relation: registered-name}]
claims:
  - id: crust-loaves
    company: crust
    kind: order
    mode: reported
    date: 2026-03-02
    amount: {value: 7234926.20, currency: USD, kind: obligated}
    statement:
      en: "The café ordered loaves for US$7,234,926.20, The Post reported."
      fr: "Le café a commandé des miches, selon The Post."
    citations: [{source: post, quote: ordered loaves}]
    reply: crust-says
responses:
  - id: crust-says
    company: crust
    status: responded
    date: 2026-03-04
    position: disputes
    statement: {en: "Crust says [@post] that it baked rolls.", fr: "Crust dit avoir fait des petits pains [@post]."}
    citations: [{source: post, quote: it baked rolls}]
  - {id: crust-silent, company: crust, status: none-found, date: 2026-03-05}
sources:
  - {id: post, type: article-newspaper, title: Loaves, publisher: The Post, language: en, role: reporting,
     url: "https://post.example/loaves", accessed: 2026-11-01}
searches:
  - {id: no-tender, company: crust, where: The gazette, query: Crust, date: 2026-11-01}
"""
PUBLISHED = lock_of(register(DOSSIER), FIRST.isoformat())


def against(text: str, lock: dict[str, Locked] | None = None) -> tuple[Problem, ...]:
    """What the two rules find in a dossier that was published as `PUBLISHED`."""
    known = replace(register(text), published=PUBLISHED if lock is None else lock)
    found = (*check(known, TODAY), *check_whole(known, TODAY))
    return tuple(problem for problem in found if problem.rule.code in ("E701", "E702"))


def said(text: str) -> list[str]:
    return [problem.message.partition(": ")[2] or problem.message for problem in against(text)]


def edit(*pairs: str) -> str:
    """The dossier with each first text replaced by the one after it."""
    text = DOSSIER
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "same",
    [
        DOSSIER,
        normalize("NFD", DOSSIER),
        edit("7234926.20, c", "7234926.2, c"),
        edit("7234926.20, c", "07234926.2000, c"),
        edit(
            'en: "The café ordered',
            "en: >-\n        The café\n        ordered",
            'The Post reported."',
            "The Post reported.",
        ),
        edit('"Le café', "'Le  café", 'selon The Post."', "selon The Post.'"),
        edit("des miches", "des\u00a0miches"),
        edit('{en: "Crust says [@post] that', '{en: "Crust says\n      [@post] that '),
        edit("kind: order\n", "kind: service\n    verified: 2026-11-21\n"),
        edit("quote: ordered loaves", "quote: loaves were ordered"),
        edit("name: Crust\n", "name: Crust Bakers\n"),
        edit("status: none-found, date: 2026-03-05", "status: no-response, date: 2026-03-06"),
    ],
    ids=[
        "nothing",
        "NFD",
        "a zero",
        "zeros",
        "folded",
        "quoting",
        "no-break space",
        "prose",
        "kind, verified",
        "quote",
        "name",
        "no own words",
    ],
)
def test_what_is_no_change(same: str) -> None:
    assert said(same) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ordered loaves for", "ordered rolls for", "the statement in English has changed"),
        ("café ordered", "cafe ordered", "the statement in English has changed"),
        ("The café ordered", "the café ordered", "the statement in English has changed"),
        ("des miches", "les miches", "the statement in French has changed"),
        ("7234926.20, c", "7234926.21, c", "the amount has changed"),
        ("currency: USD", "currency: CAD", "the amount has changed"),
        ("kind: obligated", "kind: ceiling", "the amount has changed"),
        ("kind: obligated", "kind: obligated, approximate: true", "the amount has changed"),
        ("    amount: {value: 7234926.20, currency: USD, kind: obligated}\n", "", "the amount is gone"),
        ("mode: reported", "mode: recorded", "the mode has changed"),
        ("date: 2026-03-02", "date: 2026-03", "the date has changed"),
        ("    date: 2026-03-02\n", "", "the date is gone"),
        ('      fr: "Le café a commandé des miches, selon The Post."\n', "", "the statement in French is gone"),
        ("it baked rolls.\"", "it baked no rolls.\"", "the statement in English has changed"),
        ("position: disputes", "position: accepts", "the position has changed"),
        ("status: none-found", "status: declined", "the position is new"),
    ],
)  # fmt: skip
def test_what_is_a_change(old: str, new: str, told: str) -> None:
    assert said(edit(old, new)) == [told]


def test_a_withdrawn_claim_may_not_say_something_else_either() -> None:
    withdrawn = "    withdrawn: {date: 2026-11-22, reason: wrong}\n"
    assert said(edit("    mode: reported\n", "    mode: reported\n" + withdrawn)) == []
    assert said(edit("    mode: reported\n", "    mode: denied\n" + withdrawn)) == ["the mode has changed"]


def test_all_that_changed_is_one_finding_at_the_first_of_it() -> None:
    (found,) = against(
        edit("ordered loaves for", "ordered rolls for", "7234926.20, c", "7.20, c", "    date: 2026-03-02\n", "")
    )
    assert found.message == (
        "'crust-loaves' does not say what was published on 2026-11-22: "
        "the amount has changed, the date is gone, the statement in English has changed"
    )
    assert (found.span.line, found.span.column) == (12, 13)


CORRECTION = """\
corrections:
  - {{id: {id}, date: 2026-11-23, target: crust-loaves, kind: {kind}, text: {{en: We misread it., fr: Mal lu.}}{more}}}
"""


MISQUOTED = "'before' of 'mended' is not the statement of 'crust-loaves' that was published"
MISSAID = "'after' of 'mended' does not stand in the statement of 'crust-loaves'"


def corrected(name: str = "mended", kind: str = "correction", more: str = "") -> str:
    return edit("ordered loaves for", "ordered rolls for") + CORRECTION.format(id=name, kind=kind, more=more)


@pytest.mark.parametrize("kind", ["correction", "update", "clarification", "retraction", "redaction"])
def test_a_new_correction_of_any_kind_explains_a_change(kind: str) -> None:
    assert said(corrected(kind=kind)) == []


def test_a_correction_that_was_published_explains_no_later_change() -> None:
    lock = {**PUBLISHED, "mended": Locked("mended", "corrections", "2026-11-22")}
    assert [problem.rule.code for problem in against(corrected(), lock)] == ["E702"]


def test_a_correction_of_another_record_explains_nothing() -> None:
    assert said(corrected().replace("target: crust-loaves", "target: crust-says")) != []


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (', before: {en: "The café ordered loaves for US$7,234,926.20, The Post reported."}', []),
        (', before: {en: "The café ordered  loaves for US$7,234,926.20, The Post reported."}', []),
        (', before: {en: "The café ordered a loaf."}', [MISQUOTED]),
        (', before: {fr: "Autre chose."}', [MISQUOTED]),
        (', after: {en: "ordered rolls"}', []),
        (', after: {en: "ordered cakes"}', [MISSAID]),
    ],
)  # fmt: skip
def test_nobody_misquotes_what_stood_there_or_stands_there(more: str, told: list[str]) -> None:
    assert said(corrected(more=more)) == told


def test_what_stood_elsewhere_than_in_the_statement_is_not_known() -> None:
    amount = edit("7234926.20, c", "7.20, c") + CORRECTION.format(id="mended", kind="correction", more=", before: much")
    assert said(amount) == []


def test_two_corrections_before_the_next_lock_may_tell_of_what_lay_between() -> None:
    between = ', after: {en: "ordered buns"}'
    second = "  - {id: again, date: 2026-11-23, target: crust-loaves, kind: update, before: {en: ordered buns}}\n"
    assert said(corrected(more=between) + second) == []
    assert said(corrected() + second) != []


@pytest.mark.parametrize(
    "record",
    [
        CORRECTION.format(id="open", kind="update", more="").replace("We misread it.", "What readers  should know."),
        CORRECTION.format(id="open", kind="update", more="").replace("Mal lu.", "Ce que les lecteurs doivent savoir."),
        "tombstones:\n  - {id: open, date: 2026-11-23, reason: {en: Why it is gone., fr: Partie.}}\n",
    ],
)
@pytest.mark.parametrize("lock", [PUBLISHED, {}], ids=["locked", "no lock"])
def test_the_words_to_be_replaced_are_not_published(record: str, lock: dict[str, Locked]) -> None:
    (found,) = against(DOSSIER + record, lock)
    assert found.message.endswith("of 'open' is still what the checker wrote for you to replace")


def test_other_words_are_the_contributors_own() -> None:
    assert not is_open("What readers should know: the sum was wrong.")


def test_an_id_that_is_gone_leaves_a_tombstone() -> None:
    start = DOSSIER.index("claims:")
    less = DOSSIER[:start] + DOSSIER[DOSSIER.index("responses:") :]
    (found,) = against(less)
    assert found.message == "'crust-loaves' was published in claims on 2026-11-22 and is not there any more"
    assert against(less + "tombstones:\n  - {id: crust-loaves, date: 2026-11-23, reason: Wrong.}\n") == ()


def test_every_kind_of_record_is_locked() -> None:
    assert {locked.collection for locked in PUBLISHED.values()} == {
        "agencies", "claims", "companies", "legal_entities", "responses", "searches", "sources",
    }  # fmt: skip
    assert len(against("agencies: []\n")) == len(PUBLISHED)


def test_an_id_is_not_used_again() -> None:
    protest = "{id: crust-silent, date: 2026-03-01, kind: protest, title: Rolls, citations: [{source: post}]}"
    again = edit("id: crust-silent", "id: crust-quiet") + f"events:\n  - {protest}\n"
    assert [problem.message for problem in against(again)] == [
        "'crust-silent' was published in responses and is now in events"
    ]


def test_a_tombstone_that_comes_to_life_is_another_record() -> None:
    lock = {**PUBLISHED, "ministry": Locked("ministry", "tombstones", "2026-11-22")}
    assert [p.message for p in against(DOSSIER, lock)] == [
        "'ministry' was published in tombstones and is now in agencies"
    ]


def test_locking_keeps_first_days_and_moves_those_of_what_changed() -> None:
    later = lock_of(replace(register(corrected()), published=PUBLISHED), "2026-12-03")
    claim, reply, news = later["crust-loaves"], later["crust-says"], later["mended"]
    assert (claim.first, claim.since) == ("2026-11-22", "2026-12-03")
    assert reply == PUBLISHED["crust-says"]
    assert (news.first, news.since) == ("2026-12-03", "")
    assert changed(claim, register(corrected()).claims["crust-loaves"]) == ()


def test_what_is_gone_stays_locked() -> None:
    less = register("tombstones:\n  - {id: post, date: 2026-11-23, reason: Gone.}\n")
    gone = lock_of(replace(less, published=PUBLISHED), "2026-12-03")
    assert gone.keys() == PUBLISHED.keys()
    assert gone["post"] == Locked("post", "tombstones", "2026-11-22")
    assert gone["crust"] == PUBLISHED["crust"]


def test_what_is_written_is_what_is_read() -> None:
    text = written(PUBLISHED.values())
    assert read_lock(text) == (PUBLISHED, [])
    assert text.startswith(HEAD + "\n")
    assert read_lock(text)[0]["crust"].line == text.split("\n").index("crust companies 2026-11-22") + 1


LINE = "crust-loaves claims 2026-11-22 2026-11-22 mode:" + "0" * 32


@pytest.mark.parametrize(
    "line",
    [
        "crust", "crust companies",
        "crust firms 2026-11-22", "Crust companies 2026-11-22", "crust companies 2026-13-22",
        "crust companies ２０２６-11-22", "crust companies 2026-11-22 2026-11-22", f"{LINE}0", f"{LINE[:-1]}G",
        f"{LINE} mode:{'1' * 32}", f" {LINE}", f"{LINE} ", f"{LINE}\x1b[2J", f"{LINE}\x0b", f"{LINE}\u2028",
        "x" * 3_000_000,
        f"{LINE}{f' a:{0:032}' * 50_000}", "<<<<<<< HEAD",
    ],
)  # fmt: skip
def test_a_line_that_is_not_the_programs_is_told(line: str) -> None:
    started = time.process_time()
    lock, (problem,) = read_lock(f"{HEAD}\n{line}\npost sources 2026-11-22\n")
    assert time.process_time() - started < 1
    assert (problem.rule.code, str(problem.span)) == ("E708", f"{LOCK_FILE}:2:1")
    assert list(lock) == ["post"]
    assert len(problem.message) < 100


def test_a_lock_begins_as_one() -> None:
    _, (problem,) = read_lock("# dossier lock 2: from the future\ncrust companies 2026-11-22\n")
    assert problem.message == "the file does not begin with '# dossier lock 1:'"


def test_a_million_damaged_lines_are_not_a_million_findings() -> None:
    started = time.process_time()
    lock, problems = read_lock(HEAD + "\n" + "crust companies 2026-11-22\n" * 1_000_000)
    assert (len(lock), len(problems)) == (1, MOST + 1)
    assert problems[-1].message == "so many lines are damaged that the rest was not looked at"
    assert time.process_time() - started < 3


def test_line_ends_of_another_system_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / LOCK_FILE
    file.write_bytes(written(PUBLISHED.values()).replace("\n", "\r\n").encode())
    assert (ledgers_of(tmp_path).published, ledgers_of(tmp_path).problems) == (PUBLISHED, ())
    assert published_in(file) == PUBLISHED


def test_a_lock_too_large_or_no_file_is_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / LOCK_FILE
    with file.open("wb") as opened:
        opened.truncate(int(LOCK_MB * 1_000_000) + 1)
    assert [problem.rule.code for problem in ledgers_of(tmp_path).problems] == ["E104"]
    with pytest.raises(ValueError, match="has more than 100 MB"):
        published_in(file)
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    assert [problem.rule.code for problem in ledgers_of(tmp_path).problems] == ["E105"]


Hand = Callable[[dict[str, Locked], Register], dict[str, Locked]]


def without(lock: dict[str, Locked], gone: str) -> dict[str, Locked]:
    return {name: locked for name, locked in lock.items() if name != gone}


def altered(lock: dict[str, Locked], name: str, **fields: Any) -> dict[str, Locked]:
    return lock | {name: replace(lock[name], **fields)}


@pytest.mark.parametrize(
    ("hand", "found"),
    [
        (lambda lock, now: lock, ()),
        (lambda lock, now: lock_of(replace(now, published=lock), "2026-12-03"), ()),
        (lambda lock, now: without(lock, "post"), ("post",)),
        (lambda lock, now: altered(lock, "crust-loaves", digests=()), ("crust-loaves",)),
        (lambda lock, now: altered(lock, "crust-loaves", since="2020-01-01"), ("crust-loaves",)),
        (lambda lock, now: altered(lock, "post", first="2020-01-01"), ("post",)),
        (lambda lock, now: lock | {"nobody": Locked("nobody", "claims", "2026-11-22")}, ("nobody",)),
    ],
    ids=["as it was", "as publishing would have it", "a line less", "no digests", "older", "older still", "nobody's"],
)  # fmt: skip
def test_a_lock_that_somebody_edited(hand: Hand, found: tuple[str, ...]) -> None:
    now = register(corrected())
    assert edited(hand(PUBLISHED, now), PUBLISHED, now) == found
