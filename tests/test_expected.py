"""The words of key pages of the sample sites, as they were last read and found right.

`python -m tests.expected` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from dossier import model
from dossier.frozen import fields
from dossier.model import COLLECTIONS, Part, Reason, SourceType
from dossier.pipeline import examine
from dossier.register import Label
from tests import expected
from tests.expected import SITES, TODAY, as_text, built, page_of, rewrite, watched

pages = cache(built)


@pytest.mark.parametrize(
    ("site", "file"), [*watched()], ids=[file.relative_to(SITES).as_posix() for _, file in watched()]
)
def test_a_page_says_what_it_said(site: Path, file: Path) -> None:
    said = as_text(pages(site)[page_of(file, site / "expected")]).splitlines()
    before = file.read_text("utf-8").splitlines()
    changed = [*unified_diff(before, said, "expected", "built", lineterm="", n=1)]
    assert not changed, "\n".join([*changed, "If that is meant: python -m tests.expected"])


@pytest.mark.parametrize("name", ["bakeries", "minimal"])
def test_a_sample_site_is_watched_and_has_no_error(name: str) -> None:
    assert [file for site, file in watched() if site.name == name]
    assert [problem for problem in examine(SITES / name, TODAY).problems if problem.severity == "error"] == []


# Vocabularies that a sample site need not speak out: CSL's types of works, and why a claim was withdrawn.
NOT_ALL_OF = (SourceType, Reason)


def words_used(part: Part) -> Iterator[tuple[str, str]]:
    """Every key of a record that takes one of several words, with the word it has."""
    for each in fields(part):
        value = getattr(part, each.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Part):
                yield from words_used(item)
            elif isinstance(item, str):
                yield f"{type(part).__name__}.{each.name}", item


def words_known() -> Iterator[tuple[str, str]]:
    """Every key of the model that takes one of several words, with each of them."""
    classes = [cls for cls in vars(model).values() if isinstance(cls, type) and issubclass(cls, Part)]
    for cls in classes:
        for name, annotation in get_type_hints(cls).items():
            for kind in (annotation, *get_args(annotation)):
                if get_origin(kind) is Literal and kind not in NOT_ALL_OF:
                    yield from ((f"{cls.__name__}.{name}", word) for word in get_args(kind))


def test_the_bakeries_speak_every_word_of_the_model() -> None:
    register = examine(SITES / "bakeries", TODAY).register
    assert register is not None
    used = {pair for record in (*register.records.values(), *register.searches) for pair in words_used(record)}
    known = {pair for pair in words_known() if not pair[0].startswith(("Severe.", "Step.", "Hosting."))}
    assert len(known) > 60
    assert sorted(known - used) == []
    assert {standing.label for standing in register.standing.values()} == {*get_args(Label)}
    assert any(standing.disputed_on_record for standing in register.standing.values())
    for name in COLLECTIONS:
        assert getattr(register, name), name


def test_a_page_becomes_the_text_it_shows() -> None:
    html = """<html><body><header>no</header><main><h1>A  <em>title</em></h1><p>One
        <a href="#x">two</a>.</p><ul><li><p>three</p></li><li>four</li></ul><s>five</s>
        <table><tr><th>six</th><td>seven</td></tr></table></main></body></html>"""
    assert as_text(html) == "# A title\nOne two <#x>.\n- three\n- four\nfive (struck)\n| six | seven\n"


@pytest.mark.parametrize("ci", ["true", "1"])
def test_ci_never_rewrites(ci: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(expected, "watched", lambda: pytest.fail("looked at the files"))
    assert rewrite() == 2


def test_rewriting_writes_what_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CI", raising=False)
    file = tmp_path / "expected/index.txt"
    file.parent.mkdir()
    file.write_text("")
    monkeypatch.setattr(expected, "SITES", tmp_path.parent)
    monkeypatch.setattr(expected, "watched", lambda: iter([(tmp_path, file)]))
    monkeypatch.setattr(expected, "built", lambda site: {"index.html": "<main><p>Words</p></main>"})
    assert rewrite() == 0
    assert file.read_text() == "Words\n"
