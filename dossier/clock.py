"""The one date a build knows: what is later than it has not happened, and what is printed as today is this day.

`SOURCE_DATE_EPOCH` (reproducible-builds.org/specs/source-date-epoch), else the day of the last commit, else today. Days
are UTC's. Where data/ or content/ hold changes that are not committed, the last commit is not their date: then it is
today, or else a source read this morning would lie in the future until it is committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from dossier.frozen import dataclass
from dossier.git import day_of, git


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
    commit = git(root, environment, "cat-file", "commit", "HEAD").decode("utf-8", "replace")
    day = _committed(commit) if commit else None
    if day is None:
        return Today(today, f"There is no commit to take a date from: built as of today, {today} (UTC).")
    status = "status --porcelain --untracked-files=normal --ignore-submodules -- data content"
    changes = git(root, environment, *status.split())
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
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= 12) or (day := day_of(int(epoch))) is None:
        raise ValueError(f"SOURCE_DATE_EPOCH is {epoch[:40]!r}: it takes a number of seconds since 1970, in digits")
    return day


def _committed(commit: str) -> date | None:
    """The day in the header of a commit as git stores it: `committer NAME <ADDRESS> SECONDS ZONE`."""
    header, _, _ = commit.partition("\n\n")
    for line in header.splitlines():
        if line.startswith("committer "):
            seconds = line.rpartition("> ")[2].partition(" ")[0]
            return day_of(int(seconds)) if seconds.isdigit() else None
    return None
