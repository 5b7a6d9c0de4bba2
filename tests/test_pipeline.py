"""The sentence as a whole: what stands in the way of a site, and what a preview need not render again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dossier import render
from dossier.pages import File, Page
from dossier.pipeline import Built, Memory, build, examine, publish

TODAY = date(2026, 11, 22)
SITE = """\
title: A small dossier
base_url: https://dossier.example/
languages: [en]
repository: https://code.example/dossier
contact: desk@dossier.example
licence: CC0
publisher: The editors
"""
COMPANIES = "companies:\n  - {id: alder, name: Alder}\n  - {id: garda, name: Garda}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/site.yaml").write_text(SITE)
    (tmp_path / "data/companies.yaml").write_text(COMPANIES)
    return tmp_path


def test_while_an_error_stands_there_is_no_site(root: Path) -> None:
    assert build(root, TODAY).files
    (root / "data/companies.yaml").write_text(COMPANIES + "    nam: x\n")
    built = build(root, TODAY)
    assert built.files is None
    assert any(problem.severity == "error" for problem in built.problems)
    with pytest.raises(ValueError, match="no site to publish"):
        publish(built, root / "output")


def test_an_empty_folder_is_an_error_and_not_an_empty_site(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    examined = examine(tmp_path, TODAY)
    assert not examined.stands
    assert [str(problem.span) for problem in examined.problems] == ["data/site.yaml:1:1"]


def test_a_folder_without_data_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--root"):
        examine(tmp_path, TODAY)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that were rendered."""
    paths: list[str] = []
    real = render.render

    def counting(pages: Sequence[Page], default: str, root: Path | None = None) -> tuple[File, ...]:
        paths.extend(page.frame.path for page in pages)
        return real(pages, default, root)

    monkeypatch.setattr(render, "render", counting)
    return paths


def files(built: Built) -> dict[str, bytes]:
    assert built.files
    found = {file.path: file.content for file in built.files}
    assert len(found) == len(built.files)
    return found


def test_a_preview_renders_only_pages_that_changed_and_the_site_is_the_same(root: Path, rendered: list[str]) -> None:
    memory = Memory()
    build(root, TODAY, memory)
    assert "companies/garda/index.html" in rendered

    def again() -> list[str]:
        rendered.clear()
        remembered = files(build(root, TODAY, memory))
        paths = sorted(rendered)
        assert remembered == files(build(root, TODAY))
        return paths

    assert again() == []
    (root / "data/companies.yaml").write_text(COMPANIES.replace("name: Garda", "name: GardaWorld"))
    paths = again()
    assert "companies/garda/index.html" in paths
    assert "companies/alder/index.html" not in paths
    (root / "templates/pages").mkdir(parents=True)
    (root / "templates/pages/company.html").write_text("<p>my own</p>")
    assert "companies/alder/index.html" in again()
    (root / "data/companies.yaml").write_text("companies: []\n")
    assert not any(path.startswith("companies/alder") for path in files(build(root, TODAY, memory)))
