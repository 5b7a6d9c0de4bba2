"""What was said before, from real repositories: record by record, whatever happened to lines and files."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

import dossier.git
from dossier.git import past_of
from dossier.inputs import head_of
from dossier.past import NO_PAST, Change, Edit, Past, Wording, outdated, wordings
from tests.repository import Repository

BREAD = """\
about: crust
claims:
  - id: bread
    kind: contract
    mode: reported
    date: 2025-03
    amount: {value: 500.50, currency: CAD, kind: ceiling}
    statement: {en: "The Gazette reported bread.", fr: "La Gazette a parlé de pain."}
    citations:
      - {source: gazette, quote: all the bread}
      - {source: notice}
    verified: 2026-01-01
"""
SAME = """\
# The same, typed otherwise.
claims:
  - verified: "2026-01-01"
    citations: [{source: notice}, {quote: 'all the bread', source: gazette}]
    statement:
      fr: >-
        La Gazette
        a parlé de pain.
      en: "The  Gazette reported bread. "
    amount:
      kind: ceiling
      currency: CAD
      value: 500.50
    date: 2025-03
    mode: reported
    kind: contract
    company: crust
    id: bread
"""
ROLLS = "claims:\n  - {id: rolls, company: crust, kind: other, mode: reported, statement: Rolls., citations: []}\n"


@pytest.fixture
def here(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def told(past: Past, name: str) -> list[tuple[str, str]]:
    return [(change.day, change.deed) for change in past.of(name)]


def test_what_is_new_is_told_with_what_lasts(here: Repository) -> None:
    commit = here.commit("2026-01-02", a=BREAD)
    past = here.past()
    assert (past.reach, past.begins, past.head[:12]) == ("whole", "2026-01-02", commit)
    assert past.of("bread") == (
        Change(
            "2026-01-02",
            commit,
            "new",
            "claims",
            (
                Edit("amount", "", "", "500.5 CAD ceiling"),
                Edit("date", "", "", "2025-03"),
                Edit("mode", "", "", "reported"),
                Edit("statement", "en", "", "The Gazette reported bread."),
                Edit("statement", "fr", "", "La Gazette a parlé de pain."),
            ),
        ),
    )
    assert past.first("bread") == past.last("bread") == "2026-01-02"
    assert past.of("crumb") == ()
    assert past.first("crumb") == past.last("crumb") == ""


def test_typing_moving_and_renaming_change_nothing(here: Repository) -> None:
    here.commit("2026-01-02", a=BREAD)
    here.commit("2026-01-03", a=SAME)
    here.commit("2026-01-04", a=ROLLS, b=BREAD)
    here.commit("2026-01-05", a=None, b=ROLLS.replace("Rolls.", "{en: Rolls.}") + SAME.split("claims:\n")[1])
    here.git("mv", "data/b.yaml", "data/c.yaml")
    here.commit("2026-01-06")
    here.commit("2026-01-07", **{"deep/er": (here.root / "data/c.yaml").read_text(), "c": None})
    past = here.past()
    assert told(past, "bread") == [("2026-01-02", "new")]
    assert told(past, "rolls") == [("2026-01-04", "new")]


@pytest.mark.parametrize(
    ("before", "after", "edit"),
    [
        (
            "reported bread",
            "reported rye",
            Edit("statement", "en", "The Gazette reported bread.", "The Gazette reported rye."),
        ),
        ("500.50", "501", Edit("amount", "", "500.5 CAD ceiling", "501 CAD ceiling")),
        (
            "kind: ceiling}",
            "kind: ceiling, approximate: true}",
            Edit("amount", "", "500.5 CAD ceiling", "500.5 CAD ceiling about"),
        ),
        ("2025-03", "2025-04", Edit("date", "", "2025-03", "2025-04")),
        ("mode: reported", "mode: recorded", Edit("mode", "", "reported", "recorded")),
        ("      - {source: notice}\n", "", Edit("citations", removed=1)),
        ("{source: notice}", "{source: third}\n      - {source: fourth}", Edit("citations", added=2, removed=1)),
        ("    verified: 2026-01-01\n", "", Edit("verified", "", "2026-01-01", "")),
        ("    verified: 2026-01-01\n", "    verified: 2026-01-01\n    note: Stale.\n", Edit("note", "en", "", "…")),
        ("    verified", "    reply: one\n    verified", Edit("reply", "", "", "one")),
        ("about: crust", "about: flake", Edit("company", "", "crust", "flake")),
        (
            "    verified: 2026-01-01\n",
            "    verified: 2026-01-01\n    withdrawn: {date: 2026-02-01, reason: wrong}\n",
            Edit("withdrawn", "", "", "2026-02-01 wrong"),
        ),
    ],
)
def test_a_change_is_told_by_key(here: Repository, before: str, after: str, edit: Edit) -> None:
    here.commit("2026-01-02", a=BREAD)
    commit = here.commit("2026-01-03", a=BREAD.replace(before, after))
    assert here.past().of("bread")[1:] == (Change("2026-01-03", commit, "changed", "claims", (edit,)),)


def test_a_list_of_one_may_lose_its_dash(here: Repository) -> None:
    here.commit("2026-01-02", a=BREAD + "    reply: one\n")
    here.commit("2026-01-03", a=BREAD + "    reply: [one, two]\n")
    assert here.past().of("bread")[1].edits == (Edit("reply", added=1),)


def test_a_record_that_stands_twice_is_there_while_it_stands_once(here: Repository) -> None:
    here.commit("2026-01-02", a=BREAD)
    here.commit("2026-01-03", b=BREAD.replace("reported", "recorded"))
    here.commit("2026-01-04", a=ROLLS)
    here.commit("2026-01-05", b=ROLLS, c=BREAD)
    here.commit("2026-01-06", c=None)
    deeds = [("2026-01-02", "new"), ("2026-01-04", "changed"), ("2026-01-05", "changed"), ("2026-01-06", "gone")]
    assert told(here.past(), "bread") == deeds
    assert told(here.past(), "rolls") == [("2026-01-04", "new")]


def test_what_goes_and_comes_back(here: Repository) -> None:
    here.commit("2026-01-02", a=BREAD, b=ROLLS)
    here.commit("2026-01-03", a=None)
    past = here.past()
    assert told(past, "bread") == [("2026-01-02", "new"), ("2026-01-03", "gone")]
    assert Edit("statement", "en", "The Gazette reported bread.", "") in past.of("bread")[1].edits
    assert past.gone_of("crust") == ("bread",)
    here.commit("2026-01-04", z=BREAD)
    past = here.past()
    assert [deed for _, deed in told(past, "bread")] == ["new", "gone", "new"]
    assert past.gone_of("crust") == ()
    assert past.first("bread") == "2026-01-02"


@pytest.mark.parametrize(
    "unreadable",
    [
        b"claims:\n  - id: bread\n   kind: x\n",
        b"\xff\xfe",
        b"",
        b"a: &a [*a]\n",
        b"claims: " + b"[" * 5000,
        b"x: \xe2\x80\xae\n",
        b"claims:\n" + b"  - {id: many, statement: x}\n" * 90_000,
    ],
    ids=["not YAML", "not UTF-8", "empty", "an alias", "deep", "hidden", "large"],
)
def test_a_version_that_cannot_be_read_is_passed_over(here: Repository, unreadable: bytes) -> None:
    here.commit("2026-01-02", a=BREAD)
    here.commit("2026-01-03", a=unreadable)
    here.commit("2026-01-04", a=BREAD.replace("bread.", "rye."))
    assert told(here.past(), "bread") == [("2026-01-02", "new"), ("2026-01-04", "changed")]
    assert here.past().of("many") == ()


def test_records_of_any_shape_do_no_harm(here: Repository) -> None:
    here.commit(
        "2026-01-02",
        a="claims:\n  - x\n  - {id: [a]}\n  - id: {a: b}\n  - {statement: y}\n"
        "  - {id: odd, amount: lots, withdrawn: [1], statement: [a, b], date: {x: y}, company: {a: b}, citations: x}\n",
    )
    here.commit("2026-01-03", a="claims: {id: odd}\n")
    here.commit(
        "2026-01-04",
        a="claims:\n  - {id: odd, amount: {value: 1e999999999, currency: {a: b}}, statement: {en: {a: b}}}\n",
    )
    assert [deed for _, deed in told(here.past(), "odd")] == ["new", "gone", "new"]


def test_of_a_merge_what_it_brought_on_its_day(here: Repository) -> None:
    here.commit("2026-01-02", a=BREAD)
    here.git("checkout", "--quiet", "-b", "proposal")
    here.commit("2026-01-03", b=ROLLS)
    here.commit("2026-01-04", b=ROLLS.replace("Rolls.", "Buns."))
    here.git("checkout", "--quiet", "main")
    here.commit("2026-01-05", a=BREAD.replace("bread.", "rye."))
    here.git("merge", "--quiet", "--no-ff", "-m", "x", "proposal", day="2026-01-06")
    past = here.past()
    assert told(past, "rolls") == [("2026-01-06", "new")]
    assert wordings(past.of("rolls"), "statement", "en") == (Wording("Buns.", "2026-01-06"),)
    assert told(past, "bread") == [("2026-01-02", "new"), ("2026-01-05", "changed")]


def test_days_are_those_of_utc(here: Repository) -> None:
    here.commit("2026-03-05T00:01:00+0900", a=BREAD)
    assert here.past().begins == "2026-03-04"


def test_a_shallow_clone_knows_a_part(here: Repository, tmp_path: Path) -> None:
    here.commit("2026-01-02", a=BREAD)
    here.commit("2026-01-03", a=BREAD.replace("bread.", "rye."))
    here.commit("2026-01-04", b=ROLLS)
    for depth, reach, begins, deeds in [
        ("1", "part", "2026-01-04", ["known"]),
        ("2", "part", "2026-01-03", ["known"]),
        ("9", "whole", "2026-01-02", ["new", "changed"]),
    ]:
        clone = tmp_path / depth
        here.git("clone", "--quiet", f"--depth={depth}", f"file://{here.folder}", str(clone))
        past = past_of(clone, os.environ)
        assert (past.reach, past.begins) == (reach, begins)
        assert [deed for _, deed in told(past, "bread")] == deeds
        assert past.first("bread") == ("2026-01-02" if reach == "whole" else "")
        assert past.last("bread") == ("2026-01-03" if reach == "whole" else "")


def test_a_dossier_below_a_folder_of_its_repository(tmp_path: Path) -> None:
    here = Repository(tmp_path / "repository", "dossiers/one")
    commit = here.commit("2026-01-02", a=BREAD)
    (here.folder / "data").mkdir()
    (here.folder / "data/a.yaml").write_text(ROLLS)
    here.git("add", "--all", ".")
    here.git("commit", "--quiet", "-m", "x", day="2026-01-03")
    past = here.past()
    assert told(past, "bread") == [("2026-01-02", "new")]
    assert past.of("rolls") == ()
    assert past.head[:12] != commit


def test_no_repository_no_commit_and_no_git(here: Repository, tmp_path: Path) -> None:
    assert past_of(tmp_path, os.environ) == NO_PAST
    assert here.past() == NO_PAST
    here.commit("2026-01-02", a=BREAD)
    assert past_of(here.root, {**os.environ, "PATH": "/nowhere"}) == NO_PAST
    assert here.past().reach == "whole"
    # A dossier that its repository does not track has no history, whatever else that has.
    (here.folder / "own/data").mkdir(parents=True)
    (here.folder / "own/data/a.yaml").write_text(BREAD)
    assert past_of(here.folder / "own", os.environ) == NO_PAST


def loose(here: Repository, blob: str) -> Path:
    return here.folder / f".git/objects/{blob[:2]}/{blob[2:]}"


@pytest.mark.parametrize("harm", ["missing", "cut short", "not zlib", "other words"])
def test_before_a_damaged_version_nothing_is_known(here: Repository, harm: str) -> None:
    """Or the change would be told of the day on which the file could next be read."""
    here.commit("2026-01-02", a=BREAD, b=ROLLS)
    here.commit("2026-01-03", a=BREAD.replace("bread.", "rye."))
    blob = here.git("rev-parse", "HEAD:data/a.yaml")
    here.commit("2026-01-04", b=ROLLS.replace("Rolls.", "Buns."))
    here.commit("2026-01-05", a=BREAD.replace("bread.", "oats."))
    file = loose(here, blob)
    raw = file.read_bytes()
    file.chmod(0o644)
    if harm == "missing":
        file.unlink()
    elif harm == "cut short":
        file.write_bytes(raw[: len(raw) // 2])
    elif harm == "not zlib":
        file.write_bytes(b"x" * len(raw))
    else:
        file.write_bytes(loose(here, here.git("rev-parse", "HEAD:data/b.yaml")).read_bytes())
    past = here.past()
    assert (past.reach, past.begins) == ("part", "2026-01-04")
    assert told(past, "rolls") == [("2026-01-04", "known")]
    assert told(past, "bread") == [("2026-01-05", "known")]


def test_bounds_make_it_a_part(here: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(2, 8):
        here.commit(f"2026-01-0{day}", a=BREAD.replace("bread.", f"bread {day}."), **({"b": ROLLS} if day == 2 else {}))
    monkeypatch.setattr(dossier.git, "MOST_COMMITS", 3)
    past = here.past()
    assert (past.reach, past.begins) == ("part", "2026-01-05")
    assert told(past, "rolls") == [("2026-01-05", "known")]
    assert [deed for _, deed in told(past, "bread")] == ["known", "changed", "changed"]
    monkeypatch.setattr(dossier.git, "MOST_COMMITS", 20_000)
    monkeypatch.setattr(dossier.git, "MOST_MB", 2.5 * len(BREAD) / 1_000_000)
    past = here.past()
    assert (past.reach, past.begins) == ("part", "2026-01-06")
    assert told(past, "rolls") == [("2026-01-06", "known")]


def test_git_that_hangs_is_not_waited_for(here: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here.commit("2026-01-02", a=BREAD)
    real = subprocess.run(["which", "git"], capture_output=True, check=True).stdout.decode().strip()
    slow = tmp_path / "bin/git"
    slow.parent.mkdir()
    slow.write_text(f'#!/bin/sh\ncase "$*" in *--batch) exec sleep 60;; esac\nexec {real} "$@"\n')
    slow.chmod(0o755)
    monkeypatch.setattr(dossier.git, "PATIENCE", 1)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    started = time.monotonic()
    assert here.past() == NO_PAST
    assert time.monotonic() - started < 10


def test_nothing_that_a_repository_configures_is_run(here: Repository, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    (here.root / ".gitattributes").write_text("*.yaml diff=trap filter=trap\n")
    here.commit("2026-01-02", a=BREAD)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "gpg.program",
        "diff.external",
        "diff.trap.textconv",
        "diff.trap.command",
        "filter.trap.smudge",
        "filter.trap.clean",
        "core.sshCommand",
        "alias.log",
        "alias.cat-file",
    ):
        here.git("config", key, str(trap))
    for key, value in (
        ("log.showSignature", "true"),
        ("log.follow", "true"),
        ("log.showRoot", "false"),
        ("log.diffMerges", "off"),
        ("log.date", "relative"),
        ("color.ui", "always"),
        ("diff.renames", "copies"),
        ("log.decorate", "full"),
        ("format.pretty", "%B"),
    ):
        here.git("config", key, value)
    signer = tmp_path / "signer.sh"
    signed = "echo '[GNUPG:] SIG_CREATED ' >&2\necho '-----BEGIN PGP SIGNATURE-----'\n"
    signer.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat >/dev/null\n{signed}")
    signer.chmod(0o755)
    here.git("config", "gpg.program", str(signer))
    here.write("b", ROLLS)
    here.git("add", "--all", ".")
    here.git("commit", "--quiet", "-S", "-m", "x", day="2026-01-03")
    (tmp_path / "sprung").unlink()
    assert told(here.past(), "bread") == [("2026-01-02", "new")]
    assert not (tmp_path / "sprung").exists()


def test_paths_and_kinds_of_files_that_are_no_data(here: Repository, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(BREAD.replace("id: bread", "id: secret"))
    (here.root / "data/link.yaml").symlink_to(tmp_path / "secret.yaml")
    odd = os.fsencode(here.root) + b"/data/\xff\n:odd \t.yaml"
    Path(os.fsdecode(odd)).write_text(ROLLS)
    here.write(".hidden", BREAD.replace("id: bread", "id: hidden"))
    here.write("notes.yml", "x: y")
    here.commit("2026-01-02", a=BREAD)
    past = here.past()
    assert [name for name in past.told if not name.startswith("@")] == ["bread", "rolls"]


def test_another_repository_in_the_environment_is_not_ours(here: Repository, tmp_path: Path) -> None:
    here.commit("2026-01-02", a=BREAD)
    elsewhere = {"GIT_DIR": str(tmp_path / "none"), "GIT_INDEX_FILE": "none", "GIT_WORK_TREE": "none"}
    assert past_of(here.root, {**os.environ, **elsewhere}) == here.past()


def test_the_commit_that_is_checked_out(here: Repository, tmp_path: Path) -> None:
    assert head_of(here.root) == head_of(tmp_path) == ""
    here.commit("2026-01-02", a=BREAD)
    head = here.git("rev-parse", "HEAD")
    assert head_of(here.root) == head
    here.git("pack-refs", "--all")
    assert not (here.folder / ".git/refs/heads/main").exists()
    assert head_of(here.root) == head
    here.git("worktree", "add", "--quiet", "-b", "group/other", str(tmp_path / "beside"))
    other = Repository.__new__(Repository)
    other.folder = other.root = tmp_path / "beside"
    later = other.commit("2026-01-03", b=ROLLS)
    assert head_of(other.root)[:12] == later
    assert told(other.past(), "rolls") == [("2026-01-03", "new")]
    assert head_of(here.root) == head
    here.git("checkout", "--quiet", "--detach")
    assert head_of(here.root) == head
    (here.folder / "x").write_text(head)
    for hostile in ("ref: ../../secret", "ref: refs/heads/../../../x", "ref: refs/heads/none", "x" * 9999, ""):
        (here.folder / ".git/HEAD").write_text(hostile)
        assert head_of(here.root) == ""


def texts(*changes: tuple[str, str, str, str]) -> tuple[Change, ...]:
    return tuple(
        Change(day, "x", "new" if not before else "changed", "claims", (Edit("statement", language, before, after),))
        for day, language, before, after in changes
    )


def test_wordings_from_day_until_day() -> None:
    changes = (
        *texts(
            ("2026-01-02", "en", "", "One."), ("2026-01-03", "en", "One.", "Two."), ("2026-01-03", "fr", "", "Deux.")
        ),
        Change("2026-01-05", "x", "gone", "claims", (Edit("statement", "en", "Two.", ""),)),
    )
    assert wordings(changes, "statement", "en") == (
        Wording("One.", "2026-01-02", "2026-01-03"),
        Wording("Two.", "2026-01-03", "2026-01-05"),
    )
    assert wordings(changes, "statement", "fr") == (Wording("Deux.", "2026-01-03"),)


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ([("2026-01-02", "en", "", "One."), ("2026-01-02", "fr", "", "Un.")], ""),
        (
            [("2026-01-02", "en", "", "One."), ("2026-01-02", "fr", "", "Un."), ("2026-01-04", "en", "One.", "Two.")],
            "2026-01-04",
        ),
        (
            [
                ("2026-01-02", "en", "", "One."),
                ("2026-01-02", "fr", "", "Un."),
                ("2026-01-04", "en", "One.", "Two."),
                ("2026-01-05", "fr", "Un.", "Deux."),
            ],
            "",
        ),
        (
            [
                ("2026-01-02", "en", "", "One."),
                ("2026-01-02", "fr", "", "Un."),
                ("2026-01-04", "en", "One.", "Two."),
                ("2026-01-04", "fr", "Un.", "Deux."),
            ],
            "",
        ),
        ([("2026-01-02", "en", "", "One."), ("2026-01-04", "en", "One.", "Two.")], ""),
    ],
)
def test_a_translation_that_is_older_than_its_original(changes: list[tuple[str, str, str, str]], day: str) -> None:
    assert outdated(texts(*changes), "statement", "en", "fr") == day
