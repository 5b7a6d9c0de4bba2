"""The sentence as a whole: what stands in the way of a site, and what an edit makes anew: just what it touches, and the
same as if everything had been made."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dossier import sitting as sittings
from dossier.built import Built, held
from dossier.memory import Memory
from dossier.pages import File, Page
from dossier.pipeline import Sitting, build, examine, publish
from dossier.render import Renderer

TODAY = date(2026, 11, 22)
BAKERIES = Path(__file__).parent / "sites/bakeries"
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
    """The paths of the pages that were rendered in this process."""
    paths: list[str] = []
    real = Renderer.file

    def counting(self: Renderer, page: Page) -> File:
        paths.append(page.frame.path)
        return real(self, page)

    monkeypatch.setattr(Renderer, "file", counting)
    return paths


def files(built: Built) -> dict[str, bytes]:
    assert built.files is not None
    found = [held(file) for file in built.files]
    assert len({file.path for file in found}) == len(found)
    return {file.path: file.content for file in found}


class Preview:
    """A sitting that goes on from edit to edit, and the site as it would stand after each."""

    def __init__(self, root: Path, rendered: list[str]) -> None:
        self.root, self.rendered = root, rendered
        self.sitting = Sitting(root, Memory(None, ""))
        self.site: dict[str, bytes] = {}

    def again(self) -> list[str]:
        """Build once more; the pages that were rendered. What stands then is what a clean build makes."""
        self.rendered.clear()
        built = build(self.root, TODAY, self.sitting)
        made = files(built)
        paths = sorted(self.rendered)
        self.sitting.memory.commit()
        kept = {} if built.anew else {path: self.site[path] for path in self.site.keys() - set(built.gone)}
        self.site = kept | made
        assert self.site == files(build(self.root, TODAY))
        return paths


@pytest.fixture
def preview(root: Path, rendered: list[str]) -> Preview:
    return Preview(root, rendered)


def test_a_preview_renders_only_pages_that_changed_and_the_site_is_the_same(root: Path, preview: Preview) -> None:
    assert "companies/garda/index.html" in preview.again()
    assert preview.again() == []
    (root / "data/companies.yaml").write_text(COMPANIES.replace("name: Garda", "name: GardaWorld"))
    paths = preview.again()
    assert "companies/garda/index.html" in paths
    assert "companies/alder/index.html" not in paths
    (root / "data/companies.yaml").write_text("companies: []\n")
    assert "index.html" in preview.again()
    assert not any(path.startswith("companies/alder") for path in preview.site)


def test_a_file_that_says_what_it_said_renders_nothing(root: Path, preview: Preview) -> None:
    preview.again()
    (root / "data/companies.yaml").write_text(COMPANIES + "# a note for editors\n")
    assert preview.again() == []


def test_an_error_stands_until_it_is_mended(root: Path, preview: Preview) -> None:
    preview.again()
    (root / "data/companies.yaml").write_text(COMPANIES + "    nam: x\n")
    for _ in range(2):
        built = build(root, TODAY, preview.sitting)
        assert built.files is None
        assert built.problems == build(root, TODAY).problems
    (root / "data/companies.yaml").write_text(COMPANIES)
    preview.again()
    assert "companies/alder/index.html" in preview.site


# From process to process: each build has its memory from the disk alone.


@pytest.fixture
def bakeries(tmp_path: Path) -> Path:
    shutil.copytree(BAKERIES, tmp_path / "bakeries", ignore=shutil.ignore_patterns("expected"))
    return tmp_path / "bakeries"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "site"


def published(root: Path, output: Path, today: date = TODAY) -> Built:
    """One build as the command line runs it."""
    sitting = Sitting.at(root, output, today)
    try:
        built = build(root, today, sitting)
        if built.files is not None:
            sitting.keep(built, publish(built, output))
    finally:
        sitting.close()
    return built


def stands(output: Path) -> dict[str, bytes]:
    marker = ".dossier-output"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and path.name != marker
    }


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def edited(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: replaced(root / name, old, new)


OVENS = "  - {id: ovens-42, name: 42 Ovens}\n"
RETRACTION = "  - {id: retraction-gold, date: 2026-06-01, target: gc-gold-flour, kind: retraction, raised_by: editor}\n"
MIRROR = "url: https://mirror.example/4711"
NEW = "  - {id: tidal-loaf, name: Tidal Loaf}\n"
EDITS = {
    "a name": edited("data/companies.yaml", OVENS, OVENS.replace("42 Ovens", "43 Ovens")),
    "a title that many pages show": edited("data/sources.yaml", "title: Open notices", "title: Open notes"),
    "who owns a publisher": edited("data/companies.yaml", "owner: Loaf Media", "owner: Crumb Media"),
    "a claim's year": edited("data/dossiers/golden-crust.yaml", "date: 2026-05-01", "date: 2025-05-01"),
    "a claim's agency": edited("data/dossiers/golden-crust.yaml", "    counterparty: cloud-office\n", ""),
    "a company that is new": edited("data/companies.yaml", OVENS, OVENS + NEW),
    "a company that is gone": edited("data/companies.yaml", OVENS, ""),
    "a correction that is gone": edited("data/changes.yaml", RETRACTION, ""),
    "a file that is new": lambda root: (root / "data/more.yaml").write_text("companies:\n" + NEW),
    "a file of another name": lambda root: (root / "data/changes.yaml").rename(root / "data/amended.yaml"),
    "words of a page of prose": edited("content/methodology.en.md", "printed nine times", "printed ten times"),
    "a line that moves all others down": edited("data/sources.yaml", "sources:\n", "# Read in May.\nsources:\n"),
    "a warning that is new": edited("data/sources.yaml", MIRROR, MIRROR + "?utm_source=x"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_makes_what_a_clean_build_makes(edit: Callable[[Path], object], bakeries: Path, output: Path) -> None:
    published(bakeries, output)
    edit(bakeries)
    clean = build(bakeries, TODAY)
    for number in range(2):
        built = published(bakeries, output)
        assert not built.anew
        assert stands(output) == files(clean)
        assert (built.problems, built.notes) == (clean.problems, clean.notes)
        assert number == 0 or not list(built.files or ())


def test_an_edit_is_undone_without_a_trace(bakeries: Path, output: Path) -> None:
    published(bakeries, output)
    before = stands(output)
    sources = bakeries / "data/sources.yaml"
    text = sources.read_text("utf-8")
    replaced(sources, "title: Open notices", "title: Open notes")
    published(bakeries, output)
    assert stands(output) != before
    sources.write_text(text, "utf-8")
    assert not published(bakeries, output).anew
    assert stands(output) == before


def test_an_edit_makes_no_page_that_does_not_show_it(bakeries: Path, output: Path) -> None:
    published(bakeries, output)
    before = {path: path.stat().st_ino for path in output.rglob("*.html")}
    EDITS["a name"](bakeries)
    published(bakeries, output)
    new = {path.relative_to(output).as_posix() for path in before if path.stat().st_ino != before[path]}
    pages = (
        "index.html", "{0}/index.html", "{0}/ovens-42/index.html", "{0}/ovens-42/{1}/index.html",
        "{0}/ovens-42/{2}/index.html", "{0}/ovens-42/{3}/index.html", "{0}/{4}/index.html", "{5}/index.html",
    )  # fmt: skip
    assert new == {
        *(page.format("companies", "reply", "card", "cite", "compare", "search") for page in pages),
        *(f"fr/{page.format('entreprises', 'reponse', 'fiche', 'citer', 'comparer', 'recherche')}" for page in pages),
    }


# What is unusual makes everything anew. (What harm may come to a memory or an output is for test_sitting.py.)


def ruled_otherwise(root: Path) -> None:
    replaced(root / "data/site.yaml", "max_file_mb: 3", "max_file_mb: 4")


def called_otherwise(root: Path) -> None:
    replaced(root / "content/methodology.en.md", "menu: Method", "menu: Methods")


def templated(root: Path) -> None:
    (root / "templates/pages").mkdir(parents=True)
    (root / "templates/pages/tombstone.html").write_text("<p>my own</p>")


@pytest.mark.parametrize("change", [ruled_otherwise, called_otherwise, templated])
def test_what_all_pages_may_depend_on_makes_all_pages(
    change: Callable[[Path], object], bakeries: Path, output: Path
) -> None:
    published(bakeries, output)
    change(bakeries)
    assert published(bakeries, output).anew
    assert stands(output) == files(build(bakeries, TODAY))


def test_an_edit_of_most_of_it_makes_all_pages(bakeries: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(bakeries, output)
    monkeypatch.setattr(sittings, "MOST_AGAIN", 1)
    EDITS["a title that many pages show"](bakeries)
    assert published(bakeries, output).anew
    assert stands(output) == files(build(bakeries, TODAY))


def test_what_was_not_published_is_made_again(bakeries: Path, output: Path) -> None:
    published(bakeries, output)
    EDITS["a name"](bakeries)
    for keeps in (False, True):
        sitting = Sitting.at(bakeries, output, TODAY)
        built = build(bakeries, TODAY, sitting)
        assert list(built.files or ()), "nothing was kept of the build before"
        if keeps:
            sitting.keep(built, publish(built, output))
        sitting.close()
    assert not list(published(bakeries, output).files or ())


def test_a_build_that_ends_between_page_and_memory_is_seen(bakeries: Path, output: Path) -> None:
    published(bakeries, output)
    EDITS["a name"](bakeries)
    sitting = Sitting.at(bakeries, output, TODAY)
    publish(build(bakeries, TODAY, sitting), output)
    sitting.close()
    published(bakeries, output)
    assert stands(output) == files(build(bakeries, TODAY))


def test_an_error_leaves_memory_and_site_as_they_were(bakeries: Path, output: Path) -> None:
    published(bakeries, output)
    before = stands(output)
    EDITS["a name"](bakeries)
    replaced(bakeries / "data/sources.yaml", "title: Open notices", "titel: Open notices")
    for _ in range(2):
        built = published(bakeries, output)
        assert built.files is None
        assert built.problems == build(bakeries, TODAY).problems
        assert stands(output) == before
    replaced(bakeries / "data/sources.yaml", "titel: Open notices", "title: Open notices")
    published(bakeries, output)
    assert stands(output) == files(build(bakeries, TODAY))
