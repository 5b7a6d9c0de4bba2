"""Sites built once for all tests, as their editors build them: by `build.py`, in a process of its own."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.site_tests.published import Site, read
from tests.site_tests.tools import ROOT

DOSSIER = "the dossier"
DAY = "1795305600"
"""22 November 2026, the date of every build of a sample site."""


def sample_sites() -> list[str]:
    """The names of the small whole sites in tests/sites/."""
    return sorted(each.parent.name for each in (ROOT / "tests/sites").glob("*/data"))


def run_build(
    root: Path, output: Path, environment: Mapping[str, str], program: Path = ROOT, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """One run of the command line. `environment` is all the environment that the run has, but for PATH and HOME."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(program / "build.py"), "--root", str(root), "--output", str(output)],
        cwd=root,
        env={**kept, **environment},
        umask=umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def errors_of(result: subprocess.CompletedProcess[str]) -> str:
    """What a failed run said, but for its warnings: they are many, and fail nothing."""
    findings = re.split(r"\n(?=\S)", f"{result.stdout}\n{result.stderr}")
    return "\n".join(each for each in findings if ": warning " not in each)


def build_once(name: str, factory: pytest.TempPathFactory) -> Site:
    """The built site, shared by all workers of the run: the first to come builds, the others wait for it."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    shared = (factory.getbasetemp().parent if is_worker else factory.getbasetemp()) / "sites"
    shared.mkdir(exist_ok=True)
    root = ROOT if name == DOSSIER else ROOT / "tests/sites" / name
    output = shared / name.replace(" ", "-")
    with (shared / f"{output.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        failure = shared / f"{output.name}.failure"
        if failure.exists():
            pytest.fail(f"{name} does not build, as said before", pytrace=False)
        if not output.exists():
            # The dossier is built as `make site` builds it, at its own date; a sample site always at the same.
            result = run_build(root, output, {} if name == DOSSIER else {"SOURCE_DATE_EPOCH": DAY})
            if result.returncode != 0:
                failure.touch()
                pytest.fail(f"{name} does not build:\n{errors_of(result)}", pytrace=False)
    about = yaml.safe_load((root / "data/site.yaml").read_text(encoding="utf-8"))
    return read(output, about["base_url"], tuple(about["languages"]))


@pytest.fixture(scope="session", params=[DOSSIER, *sample_sites()])
def built_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Each site in turn: the dossier of this repository, and the sample sites."""
    return build_once(request.param, tmp_path_factory)


@pytest.fixture(scope="session")
def built_dossier(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The dossier of this repository."""
    return build_once(DOSSIER, tmp_path_factory)
