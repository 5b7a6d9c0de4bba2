"""The one date a build knows: what is later than it has not happened, and what is printed as today is this day.

`SOURCE_DATE_EPOCH` (reproducible-builds.org/specs/source-date-epoch), else the day of the last commit, else today. Days
are UTC's. Where data/ or content/ hold changes that are not committed, the last commit is not their date: then it is
today, or else a source read this morning would lie in the future until it is committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

_SECONDS = 5
# What a hook exports so that git finds another repository, index or configuration than the folder's own.
_ELSEWHERE = ("DIR", "WORK_TREE", "INDEX_FILE", "COMMON_DIR", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES",
              "NAMESPACE", "PREFIX", "TRACE", "TRACE2", "EXTERNAL_DIFF")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Today:
    """The date of the build, and a note where it is one that the next build may not share."""

    date: date
    note: str = ""


def build_date(root: Path, environment: Mapping[str, str]) -> Today:
    """The date to build the dossier at `root` with. Raises `ValueError` for a `SOURCE_DATE_EPOCH` that is no time."""
    if fixed := _fixed(environment):
        return Today(fixed)
    today = datetime.now(UTC).date()
    commit = _git(root, environment, "cat-file commit HEAD")
    day = _committed(commit) if commit else None
    if day is None:
        return Today(today, f"There is no commit to take a date from: built as of today, {today} (UTC).")
    status = "status --porcelain --untracked-files=normal --ignore-submodules -- data content"
    changes = _git(root, environment, status)
    if changes and day < today:
        return Today(today, f"data/ or content/ hold changes that are not committed: built as of today, {today} (UTC).")
    return Today(day)


def preview_date(environment: Mapping[str, str]) -> date:
    """The date of a preview, which is there to be edited: today, without asking git at every save. Raises as above."""
    return _fixed(environment) or datetime.now(UTC).date()


def _fixed(environment: Mapping[str, str]) -> date | None:
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= 12) or (day := _day(int(epoch))) is None:
        raise ValueError(f"SOURCE_DATE_EPOCH is {epoch[:40]!r}: it takes a number of seconds since 1970, in digits")
    return day


def _day(seconds: int) -> date | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _committed(commit: str) -> date | None:
    """The day in the header of a commit as git stores it: `committer NAME <ADDRESS> SECONDS ZONE`."""
    header, _, _ = commit.partition("\n\n")
    for line in header.splitlines():
        if line.startswith("committer "):
            seconds = line.rpartition("> ")[2].partition(" ")[0]
            return _day(int(seconds)) if seconds.isdigit() else None
    return None


def _git(root: Path, environment: Mapping[str, str], command: str) -> str:
    """What git says, or '' where there is no git, no repository, no commit, or no answer in time.

    Neither hooks, pagers nor signature checks run for these two commands, and the file system monitor is off.
    """
    calm = (
        "--no-optional-locks",
        "--no-replace-objects",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.untrackedCache=false",
    )
    clean = {name: value for name, value in environment.items() if name not in {f"GIT_{word}" for word in _ELSEWHERE}}
    if not any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents)):
        return ""
    import subprocess  # late: it takes longer than a build of nothing new

    try:
        done = subprocess.run(
            ("git", *calm, "-C", str(root), *command.split()),
            env={**clean, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
