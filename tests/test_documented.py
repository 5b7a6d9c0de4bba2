"""The documents say what the program does: examples build, tables are complete, links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from dossier import model
from dossier.dates import parse_edtf
from dossier.fields import keys, nested, noun, renewed, words_of
from dossier.language import language
from dossier.model import COLLECTIONS, ContentPage, Part, Site
from dossier.pipeline import build, examine
from dossier.reading import RESERVED, keys_of
from dossier.report import as_text
from dossier.values import FIGURES

ROOT = Path(__file__).parents[1]
DATA_FORMAT, ARCHITECTURE = ROOT / "docs/data-format.md", ROOT / "docs/architecture.md"
CONTRIBUTING, README = ROOT / "CONTRIBUTING.md", ROOT / "README.md"
PAGES = (README, CONTRIBUTING, *sorted((ROOT / "docs").glob("*.md")))
TODAY = date(2026, 11, 22)
RECORDS = (*COLLECTIONS.values(), *nested(), Site, ContentPage)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"(?:---\n)?# ((?:data|content)/\S+)\n")


def blocks(page: Path, kind: str) -> list[str]:
    return [text for name, text in _FENCE.findall(page.read_text("utf-8")) if name == kind]


def files(*pages: Path) -> dict[str, str]:
    """The whole files that stand in these documents: a block that begins with the name of its file."""
    found: dict[str, str] = {}
    for page in pages:
        for text in (*blocks(page, "yaml"), *blocks(page, "markdown")):
            if match := _FILE.match(text):
                assert match[1] not in found, f"{match[1]} stands twice"
                found[match[1]] = text
    return found


def written(root: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def report(root: Path) -> str:
    return as_text(examine(root, TODAY).problems, root)


def first_cells(text: str) -> list[str]:
    """What stands in code in the first column of the tables of a text."""
    rows = re.findall(r"^\| (.*?) \|", text, re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize(
    ("pages", "at_least"),
    [((DATA_FORMAT,), 8), ((README,), 2), ((DATA_FORMAT, CONTRIBUTING), 9)],
    ids=["data format", "readme", "contributing"],
)
def test_the_examples_are_a_dossier_without_a_finding(pages: tuple[Path, ...], at_least: int, tmp_path: Path) -> None:
    texts = files(*pages)
    assert len(texts) >= at_least
    root = written(tmp_path, texts)
    assert report(root) == "No errors, no warnings."
    assert build(root, TODAY).files


@pytest.mark.parametrize("page", sorted((ROOT / "content").glob("contribute.*.md")), ids=lambda page: page.name)
def test_the_example_on_the_site_has_no_error(page: Path, tmp_path: Path) -> None:
    site = files(README)["data/site.yaml"].replace("[en]", "[en, fr]")
    root = written(tmp_path, {"data/site.yaml": site, "data/example.yaml": blocks(page, "yaml")[0]})
    assert [found.message for found in examine(root, TODAY).problems if found.severity == "error"] == []


def test_the_examples_hold_every_collection() -> None:
    tops = {
        name for text in files(DATA_FORMAT).values() for name in re.findall(r"^(\w+):(?:$| +#)", text, re.MULTILINE)
    }
    assert set(COLLECTIONS) - tops == set()


def test_the_report_shown_to_contributors_is_what_the_checker_says(tmp_path: Path) -> None:
    texts = files(DATA_FORMAT, CONTRIBUTING)
    name = "data/dossiers/thistledown.yaml"
    lines = texts[name].splitlines(keepends=True)
    assert lines[8] == "    counterparty: ministry-of-weather\n"
    lines[8] = "    counterpary: ministry-of-weather\n"
    slips = [line for line in lines if not line.startswith("    reply:")]
    assert len(slips) == len(lines) - 1
    assert [report(written(tmp_path, {**texts, name: "".join(slips)})) + "\n"] == blocks(CONTRIBUTING, "text")


def test_the_tables_of_keys_are_up_to_date() -> None:
    """After a change to the model: `make docs`."""
    page = DATA_FORMAT.read_text("utf-8")
    assert page == renewed(page)


def test_every_key_that_is_read_is_in_the_tables() -> None:
    page = DATA_FORMAT.read_text("utf-8").partition("## Every key")[2]
    sections = dict(re.findall(r"^#### (.+?)\n(.*?)(?=^###|\Z)", page, re.MULTILINE | re.DOTALL))
    named = {**COLLECTIONS, **{noun(cls): cls for cls in (*nested(), Site, ContentPage)}}
    assert {heading: first_cells(text) for heading, text in sections.items()} == {
        heading: list(keys_of(cls)) for heading, cls in named.items()
    }


def test_every_record_of_the_model_is_in_the_tables() -> None:
    classes = {each for each in vars(model).values() if isinstance(each, type) and issubclass(each, Part)}
    assert classes - {Part, model.Record} == set(RECORDS)


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_every_key_says_what_it_means(cls: type[Part]) -> None:
    assert [each.name for each, _ in keys(cls) if not each.metadata.get("doc", "").endswith(".")] == []


def test_every_word_a_key_may_take_is_explained() -> None:
    explained = DATA_FORMAT.read_text("utf-8").partition("## What the words mean")[2].partition("## Every key")[0]
    tables = Counter(tuple(first_cells(table)) for table in re.split(r"^\*\*", explained, flags=re.MULTILINE))
    asked = {words_of(annotation) for cls in RECORDS for _, annotation in keys(cls)}
    short = asked - {(), get_args(model.SourceType), ("error", "warning")}
    assert {frozenset(words) for words in short} == {frozenset(table) for table in tables if table}


def test_every_figure_is_explained() -> None:
    page = DATA_FORMAT.read_text("utf-8")
    assert [cell for cell in first_cells(page) if cell.startswith("{")] == [f"{{{name}}}" for name in FIGURES]


def test_dates_are_shown_as_the_table_says() -> None:
    page = DATA_FORMAT.read_text("utf-8")
    table = re.findall(r"^\| `([\dX/.~?%-]+)` \| (.+?) \| (.+?) \|$", page, re.MULTILINE)
    assert len(table) > 15
    dates = [(typed, parse_edtf(typed)) for typed, _, _ in table]
    assert [(typed, *(language(code, "en").date(day) for code in ("en", "fr"))) for typed, day in dates] == table


def test_the_words_said_to_be_taken_are_taken() -> None:
    sentence = DATA_FORMAT.read_text("utf-8").partition("The pages keep some words")[2].partition(".")[0]
    named = re.findall(r"`([^`]+)`", sentence)
    assert len(named) > 5
    assert [word for word in named if not RESERVED.fullmatch(word)] == []


def commands() -> list[str]:
    said = subprocess.run([sys.executable, "build.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = said.stdout.partition("\ncommands:\n")[2].partition("\n\n")[0]
    return re.findall(r"^    (\S+)  ", listed, re.MULTILINE)


def test_every_command_is_documented() -> None:
    offered = commands()
    assert {"check", "serve"} <= set(offered)
    said = "".join(page.read_text("utf-8") for page in PAGES)
    assert [name for name in offered if not re.search(rf"build\.py {name}\b", said)] == []


def test_documented_commands_are_offered() -> None:
    """In code, a word after `build.py` that is no option is a command."""
    used = {name for page in PAGES for name in re.findall(r"build\.py ([a-z-]{2,})", page.read_text("utf-8"))}
    assert {name for name in used if not name.startswith("-")} - set(commands()) == set()


def test_documented_targets_are_offered() -> None:
    made = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    used = {name for page in PAGES for name in re.findall(r"^make (\w+)|`make (\w+)", page.read_text("utf-8"), re.M)}
    assert {name for pair in used for name in pair if name} - set(made) == set()


def is_rule(module: Path) -> bool:
    return module.parent.name == "checks" and bool(re.search(r"^RULE\b", module.read_text("utf-8"), re.MULTILINE))


def test_the_table_of_modules_is_complete() -> None:
    """Rules are left to docs/rules.md."""
    table = ARCHITECTURE.read_text("utf-8").partition("## Modules")[2].partition("\n## ")[0].partition("|---")[2]
    named = first_cells(table)
    package = ROOT / "dossier"
    assert [name for name in named if not (package / name).exists()] == []
    modules = [path for path in package.rglob("*.py") if path.name != "__init__.py" and not is_rule(path)]
    packages = [path.parent for path in package.glob("*/__init__.py")]
    there = [each.relative_to(package).as_posix() for each in modules]
    there += [f"{each.relative_to(package).as_posix()}/" for each in packages]
    assert set(there) - set(named) == set()
    assert [name for name, count in Counter(named).items() if count > 1] == []


def anchors(page: Path) -> list[str]:
    """The anchors that GitHub gives to the headings of a page."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def links(page: Path) -> Iterable[str]:
    text = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page.read_text("utf-8")))
    return re.findall(r"\]\(([^)\s]+)\)", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        if "://" in path or path.startswith("mailto:"):
            continue
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []
    assert [name for name, count in Counter(anchors(page)).items() if count > 1] == []
