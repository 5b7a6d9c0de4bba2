"""A regular expression that is compiled when it is first used finds what one does that is compiled at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossier.patterns import regex

PACKAGE = Path(__file__).parents[1] / "dossier"


def test_it_finds_what_a_compiled_one_finds() -> None:
    late, at_once = regex(r"(?P<word>b+)", re.IGNORECASE), re.compile(r"(?P<word>b+)", re.IGNORECASE)
    assert [each.span() for each in late.finditer("aBb b")] == [each.span() for each in at_once.finditer("aBb b")]
    assert late.sub("-", "aBb b") == at_once.sub("-", "aBb b")
    assert late.split("aBb b") == at_once.split("aBb b")
    assert (late.pattern, late.flags, late.groups) == (at_once.pattern, at_once.flags, at_once.groups)
    assert regex(rb"\d").findall(b"a1") == [b"1"]


def test_a_mistake_shows_when_it_is_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("")
    with pytest.raises(AttributeError):
        regex("a").found  # type: ignore[attr-defined]  # noqa: B018


def test_no_module_compiles_one_when_it_is_imported() -> None:
    at_once = re.compile(r"^\S.*\bre\.compile\(", re.MULTILINE)
    assert [path.name for path in PACKAGE.rglob("*.py") if at_once.search(path.read_text("utf-8"))] == []
