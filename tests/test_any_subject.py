"""The program serves any dossier: nothing in it knows the subject of the first one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.site_tests.tools import ROOT

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WRITTEN = frozenset(".py .html .css .js .po .md .yaml .json .sql .svg".split())
SUBJECT = (
    r"\bICE\b|\bDHS\b|\bCBP\b|\bHSI\b|"
    r"(?i:immigra|deport(?!ment)|customs enforcement|homeland security|detention|border service)"
)
"""Words of the first dossier's subject. Canada's provinces, its business numbers and its French are a place's usage."""


def program() -> Iterator[Path]:
    """Every file of the package and its templates that a person wrote."""
    for folder in ("dossier", "templates"):
        yield from (file for file in sorted((ROOT / folder).rglob("*")) if file.suffix in WRITTEN and file.is_file())


def named(pattern: str) -> list[str]:
    """Every line of the program in which the pattern is found."""
    found = re.compile(pattern)
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in program()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if found.search(line)
    ]


@cache
def names_of(*collections: str) -> frozenset[str]:
    """Names and ids of the first dossier's own records, but those too short to mean nothing else."""
    names: set[str] = set()
    for file in sorted((ROOT / "data").rglob("*.yaml")):
        for collection, records in (yaml.load(file.read_text("utf-8"), LOADER) or {}).items():
            for record in records if collection in collections else ():
                name = record["name"]
                names |= {
                    record["id"],
                    *([name] if isinstance(name, str) else name.values()),
                    *record.get("aliases", ()),
                }
    return frozenset(name for name in names if len(name) > 3)


def test_no_file_of_the_program_knows_the_subject() -> None:
    assert len([*program()]) > 80
    assert named(SUBJECT) == []


def test_no_file_of_the_program_names_a_company_or_agency_of_the_first_dossier() -> None:
    names = names_of("companies", "agencies")
    assert names
    assert named(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)") == []


@pytest.mark.parametrize("name", ["bakeries", "minimal"])
def test_the_sample_sites_are_about_nobody(name: str) -> None:
    real = names_of("companies", "agencies", "publishers")
    for file in (ROOT / "tests/sites" / name).rglob("*"):
        if file.suffix in (".yaml", ".md"):
            text = file.read_text("utf-8")
            assert [each for each in real if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text)] == []
            # Names that belong to nobody (RFC 2606).
            hosts = {host for host in re.findall(r"https?://([^/\s,}\])]+)", text) if not host.endswith(".example")}
            assert hosts == set()
