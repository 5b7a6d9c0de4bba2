"""The same inputs and the same date give the same site on every machine, byte for byte and mode for mode."""

from __future__ import annotations

import shutil
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.site_tests.building import DAY, DOSSIER, errors_of, run_build, sample_sites
from tests.site_tests.tools import ROOT

ONE_MACHINE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "SOURCE_DATE_EPOCH": DAY}
ANOTHER = {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": DAY}
SOURCES = ("build.py", "dossier", "templates", "data", "content", "tests/sites")


def copy_sources(folder: Path, sources: Path = ROOT) -> Path:
    """Program and dossier in a folder of their own, in the history they have here, if any."""
    if (sources / ".git").exists():
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(sources), str(folder)], check=True)
    for name in SOURCES:
        if (sources / name).is_dir():
            shutil.copytree(sources / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (sources / name).exists():
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(sources / name, folder / name)
    return folder


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and folder below, with its mode and its bytes."""
    return {
        each.relative_to(folder).as_posix(): (stat.S_IMODE(each.lstat().st_mode), _content(each))
        for each in sorted(folder.rglob("*"))
    }


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def differences(one: Mapping[str, tuple[int, bytes]], other: Mapping[str, tuple[int, bytes]]) -> list[str]:
    found = [f"{path}: only in one of the builds" for path in sorted({*one} ^ {*other})]
    for path in sorted({*one} & {*other}):
        if one[path][0] != other[path][0]:
            found.append(f"{path}: modes {one[path][0]:o} and {other[path][0]:o}")
        lines = zip(one[path][1].split(b"\n"), other[path][1].split(b"\n"), strict=False)
        found += [f"{path}: {a[:200]!r} is not {b[:200]!r}" for a, b in lines if a != b][:1]
        if len(one[path][1]) != len(other[path][1]):
            found.append(f"{path}: {len(one[path][1])} and {len(other[path][1])} bytes")
    return found


def built(program: Path, root: Path, output: Path, environment: Mapping[str, str], umask: int) -> Path:
    result = run_build(root, output, environment, program, umask)
    assert result.returncode == 0, errors_of(result)
    return output


@pytest.mark.xdist_group("reproducible")
@pytest.mark.parametrize("name", [DOSSIER, *sample_sites()])
def test_two_machines_build_the_same_site(tmp_path: Path, name: str) -> None:
    here = copy_sources(tmp_path / "here")
    there = copy_sources(tmp_path / "somewhere else" / "été")
    below = "." if name == DOSSIER else f"tests/sites/{name}"
    one = built(here, here / below, tmp_path / "one", ONE_MACHINE, 0o022)
    other = built(there, there / below, there / "output", ANOTHER, 0o077)
    assert tree(one)
    assert differences(tree(one), tree(other)) == []


@pytest.mark.xdist_group("reproducible")
def test_building_over_an_older_site_is_like_building_anew(tmp_path: Path) -> None:
    """A page whose record is gone goes, a page that changed is written, and nothing else remains of the older site."""
    root = copy_sources(tmp_path / "root")
    note = root / "content" / "passing.en.md"
    note.parent.mkdir(exist_ok=True)
    note.write_text("---\ntitle: In passing\n---\n\nA page that will not stay.\n", encoding="utf-8")
    older = tree(built(root, root, tmp_path / "one", ONE_MACHINE, 0o022))
    note.unlink()
    over = tree(built(root, root, tmp_path / "one", ONE_MACHINE, 0o022))
    anew = tree(built(root, root, tmp_path / "two", ONE_MACHINE, 0o022))
    assert differences(over, anew) == []
    assert differences(older, anew) != []


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"a": (0o644, b"x")}, []),
        ({"a": (0o600, b"x")}, ["a: modes 644 and 600"]),
        ({"a": (0o644, b"y")}, ["a: b'x' is not b'y'"]),
        ({"a": (0o644, b"x\n")}, ["a: 1 and 2 bytes"]),
        ({"a": (0o644, b"x"), "b": (0o644, b"")}, ["b: only in one of the builds"]),
    ],
)
def test_differences_are_found(other: dict[str, tuple[int, bytes]], said: list[str]) -> None:
    assert differences({"a": (0o644, b"x")}, other) == said
