"""The build date: the environment's, else the last commit's, else today."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dossier.clock import Today, build_date

# One minute after midnight in Tokyo: the day before in UTC.
COMMITTED = "2026-03-05T00:01:00+0900"
DAY = date(2026, 3, 4)


def git(folder: Path, *words: str, **environment: str) -> None:
    identity = ("-c", "user.name=A > B", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *words], cwd=folder, env={**os.environ, **environment}, check=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of a repository, with one commit."""
    folder = tmp_path / "repository/dossiers/one"
    (folder / "data").mkdir(parents=True)
    (folder / "data/site.yaml").write_text("title: x\n")
    git(tmp_path / "repository", "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "committer <x> 1 +0000", GIT_COMMITTER_DATE=COMMITTED)
    return folder


def test_the_environment_comes_first(root: Path) -> None:
    assert build_date(root, {**os.environ, "SOURCE_DATE_EPOCH": "86399"}) == Today(date(1970, 1, 1))
    assert build_date(root, {**os.environ, "SOURCE_DATE_EPOCH": "86400"}) == Today(date(1970, 1, 2))


def test_then_the_day_of_the_last_commit_in_utc(root: Path) -> None:
    assert build_date(root, os.environ) == Today(DAY)
    assert build_date(root, {**os.environ, "SOURCE_DATE_EPOCH": "", "TZ": "Asia/Tokyo"}) == Today(DAY)


@pytest.mark.parametrize("change", ["data/site.yaml", "data/new.yaml", "content/about.en.md"])
def test_today_where_changes_are_not_committed(root: Path, change: str) -> None:
    """Or a source that was read this morning would lie in the future until it is committed."""
    (root / change).parent.mkdir(exist_ok=True)
    (root / change).write_text("changed\n")
    found = build_date(root, os.environ)
    assert found.date == datetime.now(UTC).date()
    assert "not committed" in found.note


def test_changes_elsewhere_have_no_date(root: Path) -> None:
    (root / "notes.txt").write_text("x")
    (root.parent / "data.txt").write_text("x")
    assert build_date(root, os.environ) == Today(DAY)


@pytest.mark.parametrize("path", ["", "/nowhere"])
def test_today_with_a_note_where_there_is_no_commit(tmp_path: Path, path: str) -> None:
    environment = {**os.environ, **({"PATH": path} if path else {})}
    found = build_date(tmp_path, environment)
    assert found.date == datetime.now(UTC).date()
    assert "no commit" in found.note


def test_another_repository_in_the_environment_is_not_ours(root: Path, tmp_path: Path) -> None:
    """Git sets these for the hooks it runs, a build among them."""
    elsewhere = {"GIT_DIR": str(tmp_path / "none"), "GIT_INDEX_FILE": "none", "GIT_WORK_TREE": "none"}
    assert build_date(root, {**os.environ, **elsewhere}) == Today(DAY)


def test_what_the_repository_configures_is_not_run(root: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "pager.status", "gpg.program", "core.sshCommand", "alias.status"):
        git(root, "config", key, str(trap))
    git(root, "config", "log.showSignature", "true")
    git(root, "config", "status.showUntrackedFiles", "no")
    assert build_date(root, os.environ) == Today(DAY)
    (root / "data/new.yaml").write_text("x")
    assert "not committed" in build_date(root, os.environ).note
    assert not (tmp_path / "sprung").exists()
