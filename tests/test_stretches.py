"""Cutting a file into records gives what reading the whole of it gives, or is not done."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dossier.load import read_yaml
from dossier.rewritten import Version
from dossier.stretches import stretches
from dossier.versions import _versions

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("data/**/*.yaml"), *ROOT.glob("tests/sites/*/data/**/*.yaml")])
Found = list[tuple[str, Version]]


def whole(text: str) -> Found | None:
    document, _ = read_yaml(text.encode(), "data/x.yaml")
    return list(_versions(document, "en")) if document.readable else None


def cut(text: str) -> Found | None:
    """The same from stretches; None where one of them cannot be read, or the file cannot be cut."""
    found = stretches(text)
    if found is None:
        return None
    versions: Found = []
    for part in found[1]:
        document, _ = read_yaml(part.encode(), "data/x.yaml")
        if not document.readable:
            return None
        versions += _versions(document, "en", found[0])
    return versions


def by_collection(found: Found | None) -> Found:
    return sorted(found or [], key=lambda each: each[1].collection)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_our_own_files(file: Path) -> None:
    text = file.read_text("utf-8")
    if file.name != "site.yaml":
        assert stretches(text) is not None
        assert by_collection(cut(text)) == by_collection(whole(text))


PIECES = (
    "about: crust",
    "claims:",
    "responses: # them",
    "claims: []",
    "- id: aa",
    "  - id: bb",
    "    id: cc",
    "  -",
    "  - {id: dd}",
    "    statement: one",
    "    statement: >-",
    "      two: - three",
    "    statement: 'four",
    "      five'",
    '    note: "six',
    '  - seven"',
    "    citations:",
    "      - {source: s}",
    "    - {source: t}",
    "# - id: ee",
    "  # - id: ff",
    "",
    "---",
    "...",
    "%YAML 1.1",
    "    x: [a,",
    "      b]",
    "  id: gg",
    "x: 'y",
    "  - id: hh'",
    "    text: |",
    "     - id: ii",
    "about: 'other'",
    "&a",
    "? b",
    "  - - id: jj",
    "   - id: kk",
    "<<: {}",
    "-id: ll",
    "\t- id: mm",
    "claims :",
    "claims: |",
    "'claims':",
    "  - id: nn # - id: oo",
    "    a: b: c",
)
COMMON = (
    "claims:",
    "responses: # them",
    "  - id: bb",
    "    statement: one",
    "    statement: >-",
    "      two: - three",
    "",
)


@pytest.mark.parametrize("seed", range(8))
def test_any_lines_that_are_cut_are_cut_right(seed: int) -> None:
    """What can be cut and whose stretches can be read is what the whole of it is."""
    dice = random.Random(seed)
    were_cut = 0
    for _ in range(1500):
        lines = [dice.choice(("claims:", "responses:", "about: crust"))]
        lines += (dice.choice(COMMON if dice.random() < 0.6 else PIECES) for _ in range(dice.randrange(1, 9)))
        text = "\n".join(lines) + "\n"
        found, wanted = cut(text), whole(text)
        if found:
            were_cut += 1
            assert wanted is not None, text
            assert by_collection(found) == by_collection(wanted), text
    assert were_cut > 25


def test_a_file_that_is_written_otherwise_is_not_cut() -> None:
    assert stretches("claims: [{id: aa}]\n") is None
    assert stretches("{claims: [{id: aa}]}\n") is None
    assert stretches("") is None
    assert stretches("claims:\n  - id: aa\n---\nclaims:\n  - id: bb\n") is None
    assert stretches("claims:\n  - id: aa\n-id: bb\n  - id: cc\n") is None
