"""What the command line offers as proof: a comparison with a clean build, the parts of a site, why a page is so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dossier import sitting, workers
from dossier.cli import main
from tests.edits import SITES
from tests.folders import tree


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("data", "content"):
        shutil.copytree(SITES / "bakeries" / folder, tmp_path / "root" / folder)
    return tmp_path / "root"


def build(root: Path, output: Path, *more: str) -> int:
    return main(["--root", str(root), "--output", str(output), *more])


def test_a_build_is_compared_with_a_clean_one(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "site"
    assert build(root, output) == 0
    file = root / "data/companies.yaml"
    file.write_text(file.read_text("utf-8").replace("name: Night Oven", "name: Nightly Oven"), "utf-8")
    assert build(root, output, "--compare-clean") == 0
    files = len(tree(output)) + 1  # with the marker
    assert f"All {files:,} files are those of a clean build." in capsys.readouterr().out
    assert [path.name for path in tmp_path.glob(".site.clean-*")] == []


def test_a_difference_is_named_and_fails(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    assert build(root, output) == 0
    monkeypatch.setattr("dossier.sitting.stands", lambda *_: True)
    (output / "index.html").write_text("another page")
    (output / "stray.html").write_text("nobody made this")
    assert build(root, output, "--compare-clean") == 1
    said = capsys.readouterr().err
    assert "2 of " in said
    assert "  index.html\n  stray.html" in said


@pytest.mark.parametrize("parts", [1, 3, 7])
def test_parts_laid_together_are_the_site(parts: int, root: Path, tmp_path: Path) -> None:
    assert build(root, tmp_path / "whole") == 0
    whole = tree(tmp_path / "whole")
    together: dict[str, bytes] = {}
    for number in range(1, parts + 1):
        assert build(root, tmp_path / f"part{number}", "--shard", f"{number}/{parts}") == 0
        part = tree(tmp_path / f"part{number}")
        assert part.keys() & together.keys() <= {".dossier-output"}
        together |= part
    assert together == whole


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "1/0", "-1/3"])
def test_what_is_no_part_is_refused(text: str, root: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        build(root, tmp_path / "site", "--shard", text)
    assert stopped.value.code == 2


def test_why_names_records_keys_lists_and_templates(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "companies/golden-crust/", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert "companies/golden-crust/index.html is made by the unit 'company:golden-crust'" in said
    (line,) = (line for line in said.splitlines() if ": golden-crust: " in line)
    assert line.startswith("  data/companies.yaml:3:")
    assert {"name", "summary", "nexus"} <= set(line.rpartition(": ")[2].split(", "))
    assert "gazette-loaves: " in said
    assert "claims_of=golden-crust" in said
    assert "pages/company.html" in said
    assert "base.html" in said
    assert "eclair:" not in said
    assert main(["why", "index.html", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert "lines=counts" in said
    assert "content/home.en" in said


def test_a_key_that_a_page_does_not_print_is_not_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "sources/gazette-loaves/", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    (line,) = (line for line in said.splitlines() if ": golden-crust: " in line)
    assert "summary" not in line.rpartition(": ")[2].split(", ")


def test_what_a_label_follows_from_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sources that no one cites and owners that no page names decide how many origins a claim has."""
    assert main(["why", "companies/golden-crust/", "--root", str(root)]) == 0
    keys = {
        name: set(keys.split(", "))
        for name, keys in (
            line.split(": ")[1:3] for line in capsys.readouterr().out.splitlines() if line.startswith("  data/")
        )
    }
    assert "wire" in keys["gazette-fog"]
    assert "derived_from" in keys["digest-fog"]
    assert "availability" in keys["wire-fog"]
    assert "owner" in keys["crumb-gazette"]


def test_a_page_nobody_makes_has_no_reason(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "no/such/page/", "--root", str(root)]) == 2
    assert "no/such/page/index.html" in capsys.readouterr().err


def test_several_processes_make_the_same_site(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(root, tmp_path / "alone") == 0
    monkeypatch.setattr(workers, "ENOUGH", 2)
    monkeypatch.setattr(workers, "processors", lambda: 3)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setattr(workers, "LIFE", 3)
    monkeypatch.setattr(sitting, "LISTS", 2)
    assert build(root, tmp_path / "together") == 0
    assert tree(tmp_path / "together") == tree(tmp_path / "alone")


def test_what_a_process_stumbles_over_is_told_as_if_it_were_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "ENOUGH", 2)
    monkeypatch.setattr(workers, "processors", lambda: 2)
    monkeypatch.setattr("threading.active_count", lambda: 1)

    def make(unit: str) -> int:
        return 10 // int(unit)

    assert sorted(workers.shared([str(n) for n in range(1, 60)], make)) == sorted(10 // n for n in range(1, 60))
    with pytest.raises(ZeroDivisionError):
        list(workers.shared([str(n) for n in range(60)], make))


def is_left(process: int) -> bool:
    """Whether it is a child of ours still. Others may have children here: a browser, say."""
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_processes_follow_one_another_and_none_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 3)
    monkeypatch.setattr(workers, "TOGETHER", 1)
    monkeypatch.setattr(workers, "LIFE", 1000)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    opened = set(Path("/dev/fd").iterdir())
    begun: list[int] = []
    fork = os.fork

    def noted() -> int:
        begun.append(fork())
        return begun[-1]

    monkeypatch.setattr(os, "fork", noted)

    # More units than a pipe holds numbers of.
    made = dict(workers.shared([str(n) for n in range(20_000)], lambda unit: (unit, os.getpid()), 2))
    assert len(made) == 20_000
    assert len(set(made.values())) >= 20
    assert os.getpid() not in made.values()
    assert set(Path("/dev/fd").iterdir()) == opened
    assert set(made.values()) <= set(begun)
    assert not any(map(is_left, begun))

    half = workers.shared([str(n) for n in range(2000)], int, 2)
    assert next(half) >= 0
    del half  # as when writing stumbles
    assert set(Path("/dev/fd").iterdir()) == opened
    assert not any(map(is_left, begun))
