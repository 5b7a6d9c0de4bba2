"""Real git repositories for tests: data files, committed on the days that a test needs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from dossier.git import past_of
from dossier.past import Past
from tests.given import SITE


class Repository:
    """A repository of its own at `folder`, with a dossier at `root` in it."""

    def __init__(self, folder: Path, root: str = "") -> None:
        self.folder = folder
        self.root = folder / root
        (self.root / "data").mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("site", SITE)

    def git(self, *words: str, day: str = "2026-01-01") -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        when = f"{day}T12:00:00+0000" if len(day) == 10 else day
        environment = {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": "2000-01-01T00:00:00+0000"}
        done = subprocess.run(
            ["git", *identity, *words], cwd=self.folder, env=environment, check=True, capture_output=True
        )
        return done.stdout.decode().strip()

    def write(self, name: str, text: str | bytes) -> None:
        file = self.root / f"data/{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, day: str, **files: str | bytes | None) -> str:
        """Commit data files by name, without those that are None; gives the beginning of the commit's id."""
        for name, text in files.items():
            if text is None:
                (self.root / f"data/{name}.yaml").unlink()
            else:
                self.write(name, text)
        self.git("add", "--all", ".")
        self.git("commit", "--quiet", "--allow-empty", "-m", "x", day=day)
        return self.git("rev-parse", "HEAD")[:12]

    def past(self) -> Past:
        return past_of(self.root, os.environ)
