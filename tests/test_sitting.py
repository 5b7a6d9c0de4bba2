"""What is remembered changes nothing: after every edit, the site is that of a clean build, byte for byte."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dossier.built import held
from dossier.commands.serve import names_in
from dossier.inputs import look, scan
from dossier.memory import Memory, beside, marked
from dossier.pages import File, Stream
from dossier.pipeline import Sitting, build, publish
from dossier.problems import Problem
from dossier.published import HEAD, LOCK_FILE
from dossier.update import update
from tests.edits import SITES, Dossier
from tests.folders import tree

TODAY = date(2026, 11, 22)
EDITS = 9
SEEDS = range(int(os.environ.get("DOSSIER_SEQUENCES", "4")))
"""Sequences of edits for each site and manner; `DOSSIER_SEQUENCES=100` compares as many as patience allows."""


def held_by_path(files: Iterable[File | Stream]) -> dict[str, bytes]:
    return {file.path: file.content for file in map(held, files)}


class Remembering:
    """A build that goes on from the last one: in a new process each time, in one, or in one that is told what was saved
    and looks at nothing else."""

    def __init__(self, root: Path, fresh: bool, told: bool = False) -> None:
        self.root, self.fresh, self.told = root, fresh, told
        self.looks: dict[str, str] = {}
        self.memory = root.parent / "memory"
        self.sitting = Sitting(root, Memory(self.memory, "same"))
        self.site: dict[str, bytes] = {}
        self.sitting.standing = lambda path: self.site.get(path)
        self.went_on = 0

    def build(self) -> tuple[dict[str, bytes] | None, tuple[object, ...]]:
        """The site as it stands now, and the findings."""
        if self.fresh:
            self.sitting.close()
            self.sitting = Sitting(self.root, Memory(self.memory, "same"))
            self.sitting.standing = lambda path: self.site.get(path)
        before, self.looks = self.looks, scan(self.root)
        saved = {path for path, _ in before.items() ^ self.looks.items()} if self.told else ()
        built = build(self.root, TODAY, self.sitting, saved=names_in(self.root, [self.root / path for path in saved]))
        assert self.sitting.stumbled is None
        if built.files is None:
            return None, built.problems
        files = held_by_path(built.files)
        if built.anew:
            self.site = {}
        else:
            self.went_on += 1
        for path in built.gone:
            del self.site[path]
        self.site |= files
        self.sitting.memory.commit()
        counted = "SELECT list, count(*) FROM line GROUP BY list"
        with sqlite3.connect(self.memory) as memory:
            assert self.sitting.memory.lists("") == dict(memory.execute(counted))
        memory.close()
        return self.site, built.problems


def clean(root: Path) -> tuple[dict[str, bytes] | None, tuple[object, ...]]:
    built = build(root, TODAY)
    return (None if built.files is None else held_by_path(built.files)), built.problems


@pytest.mark.parametrize("manner", ["a process each", "one process", "told what was saved"])
@pytest.mark.parametrize("site", ["bakeries", "french-first"])
@pytest.mark.parametrize("seed", SEEDS)
def test_after_every_edit_the_site_is_that_of_a_clean_build(
    seed: int, site: str, manner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dossier.searching.UNITS_A_SHARD", 3)  # an index in several files, as large dossiers have
    fresh = manner == "a process each"
    dossier = Dossier(tmp_path / "root", site, seed * 7919 + fresh)
    remembering = Remembering(dossier.root, fresh, manner == "told what was saved")
    remembering.build()
    told = []
    for _ in range(EDITS):
        kept = tmp_path / "kept"
        shutil.copytree(dossier.root, kept)
        told.append(dossier.edit())
        made, found = remembering.build()
        wanted, problems = clean(dossier.root)
        assert found == problems, told
        if wanted is None or made is None:
            assert made is wanted, told
            # An edit that does not stand is taken back, as a contributor would.
            shutil.rmtree(dossier.root)
            kept.rename(dossier.root)
            continue
        assert {path for path in wanted.keys() | made.keys() if wanted.get(path) != made.get(path)} == set(), told
        shutil.rmtree(kept)
    remembering.sitting.close()


def test_the_comparison_sees_a_reading_that_goes_unnoticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.memory.Memory.readers", lambda self, keys: set())

    def compare() -> None:
        for seed in range(6):
            root = tmp_path / str(seed)
            test_after_every_edit_the_site_is_that_of_a_clean_build(
                seed, "bakeries", "a process each", root, monkeypatch
            )

    with pytest.raises(AssertionError):
        compare()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("data", "content"):
        shutil.copytree(SITES / "bakeries" / folder, tmp_path / "root" / folder)
    return tmp_path / "root"


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier in `root` with its site in `site`, for tests that leave both whole."""
    folder = tmp_path_factory.mktemp("standing")
    for name in ("data", "content"):
        shutil.copytree(SITES / "bakeries" / name, folder / "root" / name)
    assert built_into(folder / "root", folder / "site")
    return folder


_clean_trees: dict[str, dict[str, bytes]] = {}


def clean_tree(root: Path) -> dict[str, bytes]:
    """What a clean build of a dossier lays into a folder; made once of the same sources."""
    sources = repr(sorted(tree(root).items()))
    if sources not in _clean_trees:
        with TemporaryDirectory() as folder:
            assert built_into(root, Path(folder) / "clean")
            _clean_trees[sources] = tree(Path(folder) / "clean")
    return _clean_trees[sources]


def built_into(root: Path, output: Path) -> bool:
    """Build as the command line does; whether that made everything anew."""
    sitting = Sitting.at(root, output, TODAY)
    built = build(root, TODAY, sitting)
    sitting.keep(built, publish(built, output))
    sitting.close()
    return built.anew


def rename_a_bakery(root: Path) -> None:
    file = root / "data/companies.yaml"
    file.write_text(file.read_text("utf-8").replace("name: Night Oven", "name: Nightly Oven"), "utf-8")


def test_a_second_build_has_nothing_to_do_and_an_edit_little(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert built_into(root, output)
    first = tree(output)
    assert not built_into(root, output)
    assert tree(output) == first
    rename_a_bakery(root)
    assert not built_into(root, output)
    assert b"Nightly Oven" in (output / "companies/night-oven/index.html").read_bytes()


def test_an_edit_forgets_nothing_of_what_other_files_were_judged_by(root: Path) -> None:
    remembering = Remembering(root, fresh=True)
    remembering.build()
    rename_a_bakery(root)
    remembering.build()
    file = root / "data/sources.yaml"
    file.write_text(file.read_text("utf-8").replace("availability: paywalled", "availability: retracted"), "utf-8")
    made, found = remembering.build()
    assert made is None
    assert found == clean(root)[1]
    remembering.sitting.close()


def test_who_read_what_is_kept_once_and_found_again(tmp_path: Path) -> None:
    chance, read = random.Random(7), dict[str, set[str]]()
    for _ in range(3):
        memory = Memory(tmp_path / "memory", "same")
        for unit in chance.sample(range(3000), 1500):
            keys = read.setdefault(f"source:{unit}", set())
            keys |= {f"key-{chance.randrange(4)}", f"key-{unit % 5}"}
            memory.take_unit(f"source:{unit}", marked(keys), (), [])
        memory.commit()
        for key in {key for keys in read.values() for key in keys}:
            assert memory.readers([key]) == {unit for unit, keys in read.items() if key in keys}
        memory.close()
    with sqlite3.connect(tmp_path / "memory") as opened:
        (size,) = opened.execute("SELECT sum(length(pairs)) FROM reader").fetchone()
    opened.close()
    assert size == sum(map(len, read.values())) * 8


def test_pages_that_count_stay_while_the_figures_do(root: Path) -> None:
    remembering = Remembering(root, fresh=True)
    remembering.build()
    file = root / "data/dossiers/others.yaml"
    file.write_text(file.read_text("utf-8").replace("the cakes are round [", "the cakes are quite round ["), "utf-8")
    remembering.sitting.close()
    remembering.sitting = Sitting(root, Memory(remembering.memory, "same"))
    built = build(root, TODAY, remembering.sitting)
    assert built.files
    assert not built.anew
    paths = {file.path for file in built.files}
    assert "sources/gazette-loaves/index.html" in paths
    assert paths.isdisjoint({"index.html", "weak-points/index.html", "agencies/index.html"})
    remembering.sitting.close()


def test_what_was_saved_unheard_is_seen_when_all_is_looked_at(root: Path) -> None:
    sitting = Sitting(root, Memory(None, ""))
    sitting.machines_later = True
    held_by_path(build(root, TODAY, sitting).files or ())
    sitting.memory.commit()
    page = root / "content/methodology.en.md"
    page.write_text(page.read_text("utf-8") + "\nMore of it.\n", "utf-8")
    rename_a_bakery(root)
    made = held_by_path(build(root, TODAY, sitting, saved=["data/companies.yaml"]).files or ())
    assert "companies/night-oven/index.html" in made
    assert "methodology/index.html" not in made
    made = held_by_path(build(root, TODAY, sitting).files or ())
    assert "methodology/index.html" in made
    assert held_by_path(build(root, TODAY, sitting).files or ()) == {}


def test_a_folder_that_somebody_adds_while_a_preview_goes_on_is_seen(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert built_into(root, output)
    sitting = Sitting.at(root, output, TODAY)
    rename_a_bakery(root)
    built = build(root, TODAY, sitting)
    files = tuple(map(held, built.files or ()))
    touched = {part for file in files for part in Path(file.path).parents}
    stray = next(name for name, _ in sitting.memory.branches() if Path(name) not in touched)
    (output / stray / "stray").mkdir()
    written = update(output, files, (), swap=False)
    sitting.keep(built, written)
    sitting.close()
    assert built_into(root, output), "everything anew, since the output is not as it was left"
    assert not (output / stray / "stray").exists()


def test_only_data_can_be_looked_at_by_its_name(root: Path, tmp_path: Path) -> None:
    assert names_in(root, [root / "data/a/b.yaml", root / "content/about.en.md"]) == [
        "data/a/b.yaml",
        "content/about.en.md",
    ]
    for other in ("templates/x.html", "data/a.yml", "data", "../data/x.yaml"):
        assert names_in(root, [root / "data/a.yaml", (root / other).resolve()]) == []
    assert look(root, "data/companies.yaml") == scan(root)["data/companies.yaml"]
    assert look(root, "data/none.yaml") == ""
    for passed_over in (
        "data/.a.yaml",
        "data/.git/a.yaml",
        "data/#a.yaml",
        "data/a.yaml~",
        "data/companies.yaml/a.yaml",
    ):
        assert look(root, passed_over) is None
    (root / "data/folder.yaml").mkdir()
    assert look(root, "data/folder.yaml") is None


def test_a_build_that_ends_in_an_error_forgets_nothing(root: Path, tmp_path: Path) -> None:
    output, file = tmp_path / "site", root / "data/companies.yaml"
    assert built_into(root, output)
    good = file.read_text("utf-8")
    file.write_text(good.replace("name: Night Oven", "nome: Night Oven"), "utf-8")
    sitting = Sitting.at(root, output, TODAY)
    assert build(root, TODAY, sitting).files is None
    sitting.close()
    file.write_text(good, "utf-8")
    assert not built_into(root, output)
    rename_a_bakery(root)
    assert not built_into(root, output)
    assert b"Nightly Oven" in (output / "companies/night-oven/index.html").read_bytes()


def test_what_was_published_and_is_gone_is_told_at_every_build(root: Path, tmp_path: Path) -> None:
    """Where the dossier makes a warning of it, which stays when only another file is judged again."""
    site = root / "data/site.yaml"
    kept = site.read_text("utf-8")
    assert "  severity:\n" in kept
    lowered = "  severity:\n    - {rule: E701, severity: warning, reason: We try it.}\n"
    site.write_text(kept.replace("  severity:\n", lowered), "utf-8")
    (root / LOCK_FILE).write_text(f"{HEAD}\nonce-there companies 2026-01-01\n", "utf-8")
    remembering = Remembering(root, fresh=True)
    for _ in range(2):
        _, found = remembering.build()
        assert [problem.rule.code for problem in found if isinstance(problem, Problem)].count("E701") == 1
        rename_a_bakery(root)
    assert remembering.went_on == 1
    remembering.sitting.close()


@pytest.mark.parametrize(
    "harm",
    [
        lambda memory: memory.write_bytes(b"this is no database"),
        lambda memory: memory.write_bytes(memory.read_bytes()[:5000]),
        lambda memory: memory.write_bytes(memory.read_bytes()[:4096] + os.urandom(40_000)),
        lambda memory: memory.write_bytes(b""),
        lambda memory: memory.unlink(),
        lambda memory: changed(memory, "UPDATE meta SET value = 'dossier memory 0' WHERE name = 'format'"),
        lambda memory: changed(memory, "UPDATE meta SET value = 'another program' WHERE name = 'stamp'"),
        lambda memory: changed(memory, "DELETE FROM meta WHERE name = 'whole'"),
        lambda memory: changed(memory, "DROP TABLE line"),
        lambda memory: changed(memory, "DROP TABLE meta"),
        lambda memory: changed(memory, "UPDATE line SET told = '{'"),
        lambda memory: changed(memory, 'UPDATE line SET told = \'[{"Popen": ["touch stolen"]}]\''),
        lambda memory: changed(memory, "UPDATE record SET place = 'x'"),
        lambda memory: changed(memory, "UPDATE way SET told = '7'"),
        lambda memory: changed(memory, "UPDATE finding SET told = '[[1]]'"),
        lambda memory: changed(memory, "UPDATE unit SET pages = '[\"../../stolen\"]'"),
        lambda memory: changed(memory, "DELETE FROM record"),
        lambda memory: changed(memory, "DELETE FROM unit"),
        lambda memory: changed(memory, "UPDATE reader SET pairs = x'01'"),
    ],
)
def test_a_memory_that_is_damaged_or_foreign_makes_everything_anew(harm: object, standing: Path) -> None:
    root, output = standing / "root", standing / "site"
    assert callable(harm)
    harm(beside(output))
    exchange(root / "data/companies.yaml", "name: Night Oven", "name: Nightly Oven")
    built_into(root, output)
    # What a lie in it may do is leave a page as it was: never run, reach outside, or stop a build.
    assert not list(standing.glob("**/stolen"))
    assert tree(output).keys() == clean_tree(root).keys()
    exchange(root / "data/site.yaml", "title: ", "title:  ")
    assert built_into(root, output)
    assert tree(output) == clean_tree(root)


def exchange(file: Path, one: str, other: str) -> None:
    """Put a word for another one, or that one for this."""
    text = file.read_text("utf-8")
    old, new = (other, one) if other in text else (one, other)
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def changed(memory: Path, statement: str) -> None:
    with sqlite3.connect(memory) as opened:
        opened.execute(statement)
    opened.close()


def test_a_memory_that_is_a_link_is_replaced_and_what_it_points_at_stays(root: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    beside(tmp_path / "site").symlink_to(precious)
    assert built_into(root, tmp_path / "site")
    assert precious.read_text() == "mine"
    assert not beside(tmp_path / "site").is_symlink()


@pytest.mark.parametrize("harm", ["edited", "removed", "folder removed", "folder added"])
def test_an_output_that_was_tampered_with_is_mended(harm: str, root: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    built_into(root, output)
    first = tree(output)
    page = output / "companies/night-oven/index.html"
    if harm == "edited":
        page.write_bytes(page.read_bytes().replace(b"Night", b"Bright"))
    elif harm == "removed":
        page.unlink()
    elif harm == "folder removed":
        shutil.rmtree(page.parent)
    else:
        (output / "companies/stray").mkdir()
        (output / "companies/stray/index.html").write_text("stray")
    assert built_into(root, output)
    assert tree(output) == first


def test_times_that_were_set_back_hide_no_edit(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    built_into(root, output)
    file = root / "data/companies.yaml"
    before = file.stat()
    file.write_text(file.read_text("utf-8").replace("name: Night Oven", "name: Light Oven"), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    built_into(root, output)
    assert b"Light Oven" in (output / "companies/night-oven/index.html").read_bytes()


def test_a_sitting_may_go_on_in_another_thread(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "not" / "yet" / "there"
    assert built_into(root, output)
    sitting = Sitting.at(root, output, TODAY)
    rename_a_bakery(root)
    with ThreadPoolExecutor(1) as other:
        built = other.submit(build, root, TODAY, sitting).result()
    assert not built.anew
    sitting.close()


def test_another_day_makes_everything_anew(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    built_into(root, output)
    sitting = Sitting.at(root, output, date(2026, 11, 23))
    assert build(root, date(2026, 11, 23), sitting).anew
    sitting.close()
