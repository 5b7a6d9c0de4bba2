"""A pull request that changes what was published, from the error to the lock: as contributors and editors meet it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.cli import main
from dossier.pipeline import Sitting, build, publish
from dossier.published import LOCK_FILE, read_lock
from dossier.report import as_text
from tests.edits import SITES
from tests.test_sitting import TODAY, built_into

REPOSITORY = Path(__file__).parents[1]
DAYS = {"first": 1795305600, "then": 1795392000, "later": 1796256000}
"""Noon or midnight of 22 and 23 November and 3 December 2026."""
COMPANY = "data/dossiers/golden-crust.yaml"
STOOD, STANDS = "awarded Golden Crust a contract for bread", "awarded Golden Crust a contract for rye bread"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command line in the dossier's folder, on one of the `DAYS`."""

    def run(*arguments: object, day: str = "then") -> tuple[int, str, str]:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAYS[day]))
        capsys.readouterr()
        code = main(["--root", str(tmp_path / "root"), *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def root(tmp_path: Path, run: Run) -> Path:
    """A dossier that was published, and locked, on the first day."""
    for folder in ("data", "content"):
        shutil.copytree(SITES / "bakeries" / folder, tmp_path / "root" / folder)
    assert run("lock", day="first")[0] == 0
    return tmp_path / "root"


def alter(root: Path, old: str, new: str, file: str = COMPANY) -> None:
    text = (root / file).read_text("utf-8")
    assert text.count(old) == 1
    (root / file).write_text(text.replace(old, new), "utf-8")


def printed(out: str, collection: str = "corrections") -> str:
    """The record that a finding prints, as a contributor selects it."""
    return out.partition(f"\n{collection}:\n")[1].lstrip() + out.partition(f"\n{collection}:\n")[2].partition("\n\n")[0]


def paste(root: Path, record: str, file: str = "data/corrections/new.yaml") -> None:
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text(record + "\n", "utf-8")


def in_own_words(record: str) -> str:
    return record.replace("What readers should know.", "It was rye.").replace(
        "Ce que les lecteurs doivent savoir.", "C’était du seigle."
    )


def locked(root: Path, name: str) -> tuple[str, str, str]:
    found = read_lock((root / LOCK_FILE).read_text("utf-8"))[0][name]
    return found.collection, found.first, found.since


def test_one_word_of_a_published_statement(root: Path, run: Run) -> None:
    assert run("check")[0] == 0
    alter(root, STOOD, STANDS)
    code, out, _ = run("check")
    assert code == 1
    assert f"{COMPANY}:13:11: error E702 'gc-storm-bread' does not say what was published on 2026-11-22: " in out
    record = printed(out)
    paste(root, record)
    code, out, _ = run("check")
    assert code == 1, "the words to be replaced are no correction"
    assert out.count("E702") == 2
    paste(root, in_own_words(record))
    assert run("check", "--strict")[:2] == (0, "No errors, no warnings.\n")
    code, out, _ = run("lock", day="later")
    assert code == 0
    assert out == (
        "data/published.lock: 1 new, 1 changed, 83 as they were\n"
        "  new: gc-storm-bread-2026-11-23\n  changed: gc-storm-bread\n"
    )
    assert locked(root, "gc-storm-bread") == ("claims", "2026-11-22", "2026-12-03")
    assert locked(root, "gc-storm-bread-2026-11-23") == ("corrections", "2026-12-03", "")
    alter(root, STANDS, STOOD)
    code, out, _ = run("check", day="later")
    assert code == 1, "a correction explains one change"
    assert "what was published on 2026-12-03" in out


@pytest.mark.parametrize(
    "words",
    [
        'He said: "rolls" - #1, no?',
        "back\\slash \\n \\u0041 \\",
        "{en: rolls} [a, b] & *c !d |e >f %g @h `i`",
        "'single' \"double\" ''",
        "- a list? - no: yes",
        "café\u00a0: «\u00a0pain\u00a0» 🥖 e\u0301 \u200d \ue000 \U000f0000",
        "two\n\nparagraphs: of\n  bread\n",
        "null",
        "x" * 19_000,
    ],
)
def test_what_is_printed_can_be_pasted_whatever_the_statement_is(words: str, root: Path, run: Run) -> None:
    said = "The Ministry of Weather awarded Golden Crust a contract for bread, the Register of Public Contracts shows."
    alter(root, f"en: {said}", f"en: {json.dumps(said + words, ensure_ascii=False)}")
    code, out, _ = run("check")
    assert code == 1
    paste(root, in_own_words(printed(out)))
    code, out, _ = run("check")
    assert code == 0
    assert locked(root, "gc-storm-bread") == ("claims", "2026-11-22", "2026-11-22")


def test_every_format_has_the_record(root: Path, run: Run) -> None:
    alter(root, STOOD, STANDS)
    record = printed(run("check")[1])
    assert record.startswith("corrections:\n  - id: gc-storm-bread-2026-11-23\n    date: 2026-11-23\n")
    (found,) = json.loads(run("check", "--format", "json")[1])
    assert record in found["remedy"]
    assert record.replace("\n", "%0A") in run("check", "--format", "github")[1]
    (result,) = json.loads(run("check", "--format", "sarif")[1])["runs"][0]["results"]
    assert record in result["message"]["text"]


def test_the_id_that_is_printed_is_free(root: Path, run: Run) -> None:
    alter(root, STOOD, STANDS)
    taken = "corrections:\n  - {id: gc-storm-bread-2026-11-23, date: 2026-11-20, target: golden-crust, kind: update}\n"
    paste(root, taken, "data/taken.yaml")
    assert "\n  - id: gc-storm-bread-2026-11-23-2\n" in run("check")[1]


def test_a_correction_with_a_slip_is_told_and_the_change_is_not(root: Path, run: Run) -> None:
    alter(root, STOOD, STANDS)
    paste(root, in_own_words(printed(run("check")[1])).replace("kind: correction", "kind: mistake"))
    out = run("check")[1]
    assert "E108" in out
    assert "E702" not in out


def test_a_claim_may_move_to_another_file(root: Path, run: Run) -> None:
    text = (root / COMPANY).read_text("utf-8")
    start = text.index("  - id: gc-storm-bread\n")
    end = text.index("  - id: gc-cloud-cakes\n")
    (root / COMPANY).write_text(text[:start] + text[end:], "utf-8")
    code, out, _ = run("check")
    assert code == 1
    assert "data/published.lock:" in out
    assert "error E701 'gc-storm-bread' was published in claims on 2026-11-22 and is not there any more" in out
    (root / "data/dossiers/more.yaml").write_text("about: golden-crust\nclaims:\n" + text[start:end], "utf-8")
    assert run("check")[0] == 0


def test_a_company_that_goes_leaves_a_tombstone_for_all_that_was_published_of_it(root: Path, run: Run) -> None:
    paste(root, "companies:\n  - {id: late-oven, name: Late Oven}\n", "data/late.yaml")
    assert run("lock")[0] == 0
    (root / "data/late.yaml").unlink()
    code, out, _ = run("check")
    assert code == 1
    record = printed(out, "tombstones")
    assert record.startswith("tombstones:\n  - id: late-oven\n    date: 2026-11-23\n    reason:\n      en: ")
    paste(root, record)
    assert run("check")[0] == 1
    paste(root, record.replace("Why it is gone.", "It never opened.").replace("Pourquoi cela", "Jamais cela"))
    assert run("check")[0] == 0
    assert run("lock", day="later")[1].endswith("\n  gone: late-oven\n")
    assert locked(root, "late-oven") == ("tombstones", "2026-11-23", "")
    (root / "data/corrections/new.yaml").unlink()
    assert "'late-oven' was published in tombstones" in run("check")[1], "a tombstone does not go either"


def test_lock_writes_nothing_while_an_error_stands_or_in_a_dry_run(root: Path, run: Run) -> None:
    before = (root / LOCK_FILE).read_bytes()
    alter(root, STOOD, STANDS)
    code, out, err = run("lock")
    assert code == 1
    assert "error E702" in out
    assert "Nothing was locked" in err
    alter(root, STANDS, STOOD)
    paste(root, "agencies:\n  - {id: new-office, name: {en: New Office, fr: Bureau neuf}}\n", "data/new.yaml")
    code, out, err = run("lock", "--dry-run")
    assert (code, out) == (0, "data/published.lock: 1 new, 84 as they were\n  new: new-office\n")
    assert "Nothing was written" in err
    assert (root / LOCK_FILE).read_bytes() == before
    assert run("lock")[0] == 0
    assert (root / LOCK_FILE).read_bytes() != before
    assert [path.name for path in (root / "data").iterdir() if path.name.startswith(".")] == []


def test_locking_again_leaves_the_file_alone(root: Path, run: Run) -> None:
    file = root / LOCK_FILE
    before = file.stat()
    assert run("lock", day="later")[:2] == (0, "data/published.lock: 84 as they were\n")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_damaged_lock_is_only_replaced_when_that_is_asked_for(root: Path, run: Run) -> None:
    file = root / LOCK_FILE
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("gc-storm-bread claims 2026", "gc-storm-bread claims 26"), "utf-8")
    code, out, _ = run("lock", day="later")
    assert code == 1
    assert "error E708 the line is not one that a lock has" in out
    assert file.read_text("utf-8") != whole
    code, out, _ = run("lock", "--anew", day="later")
    assert (code, out) == (0, "data/published.lock: 1 new, 83 as they were\n  new: gc-storm-bread\n")
    assert file.read_text("utf-8") == whole.replace(
        "gc-storm-bread claims 2026-11-22 2026-11-22", "gc-storm-bread claims 2026-12-03 2026-12-03"
    )


def test_what_can_be_read_of_a_damaged_lock_still_holds(root: Path, run: Run) -> None:
    with (root / LOCK_FILE).open("a") as lock:
        lock.write("<<<<<<< HEAD\n")
    alter(root, STOOD, STANDS)
    code, out, _ = run("lock", "--anew")
    assert code == 1
    assert "E702" in out


def test_a_link_in_place_of_the_lock_is_replaced_and_not_followed(root: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("keep")
    (root / LOCK_FILE).unlink()
    (root / LOCK_FILE).symlink_to(target)
    assert run("lock")[0] == 1
    assert run("lock", "--anew")[0] == 0
    assert target.read_text() == "keep"
    assert not (root / LOCK_FILE).is_symlink()


def test_a_folder_that_cannot_be_written_is_one_line(root: Path) -> None:
    (root / LOCK_FILE).unlink()
    (root / LOCK_FILE).mkdir()
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "lock", "--anew"]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1795305600"}
    )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1].startswith("build.py: ")
    assert "Traceback" not in done.stderr
    assert [path.name for path in (root / "data").iterdir() if path.name.startswith(".")] == []


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@bakery.example", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def base(root: Path, tmp_path: Path) -> Path:
    """The lock of the base commit, as docs/publishing.md has a workflow take it."""
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "published")
    file = tmp_path / "base.lock"
    file.write_text(git(root, "show", f"HEAD:{LOCK_FILE}"), "utf-8")
    return file


def test_a_pull_request_does_not_get_past_by_changing_the_lock(root: Path, base: Path, run: Run) -> None:
    alter(root, STOOD, STANDS)
    (root / LOCK_FILE).unlink()
    assert run("lock", day="later")[0] == 0
    git(root, "commit", "-qam", "nothing to see here")
    assert run("check", day="later")[0] == 0, "its own lock has nothing against it"
    code, out, err = run("check", "--lock", base, day="later")
    assert code == 1
    assert "error E702 'gc-storm-bread'" in out
    assert "This pull request edits data/published.lock, which only publishing writes: 84 lines (assembly-sits, " in err


def test_a_pull_request_that_leaves_the_lock_alone_is_not_told_of_it(root: Path, base: Path, run: Run) -> None:
    paste(root, "agencies:\n  - {id: new-office, name: {en: New Office, fr: Bureau neuf}}\n", "data/new.yaml")
    assert "lock" not in "".join(map(str, run("check", "--lock", base)[1:]))
    assert run("lock")[0] == 0
    code, _, err = run("check", "--lock", base)
    assert code == 0
    assert "lock" not in err, "what publishing would write is no edit"


def test_a_gone_record_points_into_the_dossiers_own_lock(root: Path, base: Path, run: Run) -> None:
    whole = base.read_text("utf-8")
    base.write_text(whole + "late-oven companies 2026-11-22\nwet-oven companies 2026-11-22\n", "utf-8")
    with (root / LOCK_FILE).open("a") as lock:
        lock.write("wet-oven companies 2026-11-22\n")
    out = run("check", "--lock", base)[1]
    assert "data/published.lock:1:1: error E701 'late-oven'" in out
    line = (root / LOCK_FILE).read_text("utf-8").count("\n")
    assert f"data/published.lock:{line}:1: error E701 'wet-oven'" in out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file or directory"),
        (b"", "is empty: was there a lock to write into it?"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"fatal: path does not exist\n", ":1:1: the file does not begin with '# dossier lock 1:'"),
    ],
)
def test_a_lock_to_compare_with_that_is_none_is_wrong_use(
    content: bytes | None, said: str, root: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "base.lock"
    if content is not None:
        file.write_bytes(content)
    code, out, err = run("check", "--lock", file)
    assert (code, out) == (2, "")
    assert said in err
    assert err.strip().count("\n") == 0


def page(root: Path, path: str) -> str:
    return (root / "output" / path / "index.html").read_text("utf-8").replace("\u00a0", " ")


def test_the_page_says_since_when_the_wording_stands(root: Path, run: Run) -> None:
    assert run()[0] == 0
    assert "Wording unchanged since 22 November 2026" in page(root, "companies/golden-crust")
    assert "Libellé inchangé depuis le 22 novembre 2026" in page(root, "fr/entreprises/golden-crust")
    alter(root, STOOD, STANDS)
    record = printed(run("check")[1]).replace("kind: correction", "kind: clarification")
    paste(root, in_own_words(record))
    assert run()[0] == 0
    there = page(root, "companies/golden-crust").count("Wording unchanged since")
    assert "It was rye." in page(root, "companies/golden-crust")
    assert "It was rye." in page(root, "corrections")
    assert run("lock", day="later")[0] == 0
    assert run(day="later")[0] == 0
    said = page(root, "companies/golden-crust")
    assert "Published 22 November 2026, wording changed 3 December 2026" in said
    assert said.count("Wording unchanged since") == there, "between change and lock the page does not say 'unchanged'"
    assert "Publié le 22 novembre 2026, libellé modifié le 3 décembre 2026" in page(root, "fr/entreprises/golden-crust")


def test_without_a_lock_nothing_is_said(root: Path, run: Run) -> None:
    (root / LOCK_FILE).unlink()
    assert run()[0] == 0
    assert "Wording" not in page(root, "companies/golden-crust")


def test_a_correction_in_another_file_is_seen_by_the_next_build(root: Path, tmp_path: Path) -> None:
    """What explains a change may stand anywhere: taking it away judges the claim's file again."""
    output = tmp_path / "site"
    alter(root, STOOD, STANDS)
    correction = "corrections:\n  - {id: rye, date: 2026-11-22, target: TARGET, kind: update}\n"
    paste(root, correction.replace("TARGET", "gc-storm-bread"))
    assert built_into(root, output)
    paste(root, correction.replace("TARGET", "golden-crust"))
    sitting = Sitting.at(root, output, TODAY)
    built = build(root, TODAY, sitting)
    sitting.close()
    assert built.files is None
    assert [problem.rule.code for problem in built.problems if problem.severity == "error"] == ["E702"]
    paste(root, correction.replace("TARGET", "gc-storm-bread") + "\n")
    sitting = Sitting.at(root, output, TODAY)
    again = build(root, TODAY, sitting)
    assert not again.anew, as_text(again.problems, root)
    publish(again, output)
    sitting.close()
