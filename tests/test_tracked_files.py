"""What is in the repository: nothing built, nothing of one machine, and lock files that name no host."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PINS = ("requirements.lock", "requirements-desk.lock", "requirements-dev.lock")
LOCKS = (*PINS, "package-lock.json")
IS_LOCK = re.compile(r"(?:^|/)(?:[\w-]*\.lock|[\w-]*-lock\.\w+)$")
BUILT = re.compile(
    r"^(?:output|\.venv|\.schemas|node_modules)/|^\.output\.|(?:^|/)(?:__pycache__|\.\w+_cache|\.hypothesis)/|\.(?:mo|pyc)$"
)
# Written with blanks, so that this file names none of them.
_REGISTRIES = ("pypi org", "pythonhosted org", "npmjs org", "npmjs com", "yarnpkg com", "deb debian org", "crates io")
REGISTRIES = re.compile("|".join(re.escape(host.replace(" ", ".")) for host in _REGISTRIES))
MACHINE_PATHS = re.compile(r"(?<![\w.:/~%-])/(?:root|work|home/\w+|Users/\w+)/")


def tracked() -> list[str]:
    """The files of the repository, or of a copy that has no history: those git would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]
    every = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
    return [path for path in every if not BUILT.search(path) and not path.startswith(".git/")]


def named(pattern: re.Pattern[str], text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if pattern.search(line)]


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registries", "machine paths"])
def test_no_file_names_a_registry_or_a_place_on_one_machine(pattern: re.Pattern[str]) -> None:
    found = {path: named(pattern, (ROOT / path).read_text("utf-8", "replace")) for path in tracked()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_nothing_built_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert [path for path in listed.splitlines() if BUILT.search(path)] == []


def test_lock_files_name_no_host() -> None:
    locks = [path for path in tracked() if IS_LOCK.search(path)]
    assert set(LOCKS) < set(locks)
    hosts = re.compile(r"https?:|index-url|find-links|\"resolved\"|@ file|git\+")
    assert {path: found for path in locks if (found := named(hosts, (ROOT / path).read_text()))} == {}


@pytest.mark.parametrize("path", PINS)
def test_every_pin_has_a_hash(path: str) -> None:
    pins = re.split(r"^(?=\w)", (ROOT / path).read_text(), flags=re.MULTILINE)[1:]
    assert pins
    assert [pin.partition("\n")[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("path", PINS)
def test_what_pyproject_asks_for_is_pinned(path: str) -> None:
    """After a change to pyproject.toml: `make lock`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = [*project["project"]["dependencies"], *(groups["dev"] if "dev" in path else ())]
    asked += groups["desk"] if path != "requirements.lock" else ()
    names = {re.split(r"[^\w.-]", each)[0].lower() for each in asked if isinstance(each, str)}
    assert names - {*re.findall(r"^([\w.-]+)==", (ROOT / path).read_text(), re.MULTILINE)} == set()


def test_each_lock_file_pins_what_the_smaller_one_does() -> None:
    pinned = [{*re.findall(r"^[\w.-]+==\S+", (ROOT / path).read_text(), re.MULTILINE)} for path in PINS]
    assert pinned[0] - pinned[1] == pinned[1] - pinned[2] == set()


@pytest.mark.parametrize(
    ("pattern", "text", "is_named"),
    [
        (REGISTRIES, "https://files.python" + "hosted.org/packages/", True),
        (REGISTRIES, "https://www.python.org/", False),
        (MACHINE_PATHS, "cd /work" + "/main", True),
        (MACHINE_PATHS, "path=/ro" + "ot/.venv", True),
        (MACHINE_PATHS, "https://news.example/work/report", False),
        (BUILT, "output/index.html", True),
        (BUILT, ".output.memory", True),
        (BUILT, ".output.twin-1-2/index.html", True),
        (BUILT, "dossier/__pycache__/load.pyc", True),
        (BUILT, "tests/sites/small/output.md", False),
    ],
)
def test_the_patterns_find_what_they_should(pattern: re.Pattern[str], text: str, is_named: bool) -> None:
    assert bool(named(pattern, text)) is is_named
