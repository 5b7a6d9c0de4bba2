"""Words that stand in another language than their page say so: 3.1.2 of WCAG, computed from the data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import turbohtml
import yaml

from tests.site_tests.published import Page

Said = Mapping[str, frozenset[str]]
"""Words as published, blanks and quote marks aside, with the languages of the sources that say them."""
_SHORTEST = 15
"""Shorter words are names or numbers, and may be found by chance."""


def said_by_sources(data: Path) -> Said:
    """The title of each source, and all words quoted from it, with its language. Of `data/` alone: no code of ours."""
    records = [record for path in sorted(data.rglob("*.yaml")) for record in _records(path)]
    languages = {each["id"]: str(each["language"]) for each in records if "language" in each}
    found = defaultdict(set)
    for each in records:
        if each.get("id") in languages:
            found[bare(each["title"])].add(languages[each["id"]].partition("-")[0])
        for citation in _citations(each):
            if citation.get("quote") and citation.get("source") in languages:
                found[bare(citation["quote"])].add(languages[citation["source"]].partition("-")[0])
    return {words: frozenset(spoken) for words, spoken in found.items() if len(words) >= _SHORTEST}


def unmarked(page: Page, said: Said) -> Iterator[str]:
    """Words of a source whose language is neither the page's nor told around them."""
    for each in page.tree.select("body")[0].descendants:
        if isinstance(each, turbohtml.Text) and (languages := said.get(bare(each.text or ""))) is not None:
            spoken = _language_of(each)
            if spoken not in languages and not _is_translation(each):
                yield f"in {spoken!r}, but published in {sorted(languages)}: {(each.text or '').strip()[:80]!r}"


def bare(words: str) -> str:
    return " ".join(re.sub(r"[“”«»„\"‘’']", " ", words).split()).casefold()


def _records(path: Path) -> Iterator[dict[str, Any]]:
    read = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    for collection in read.values():
        if isinstance(collection, list):
            yield from (each for each in collection if isinstance(each, dict))


def _citations(within: Any) -> Iterator[dict[str, Any]]:
    if isinstance(within, dict):
        if "source" in within:
            yield within
        within = list(within.values())
    if isinstance(within, list):
        for each in within:
            yield from _citations(each)


def _language_of(node: turbohtml.Node) -> str:
    for each in node.ancestors:
        if isinstance(each, turbohtml.Element) and (told := each.attr("lang")):
            return told.partition("-")[0]
    return ""


def _is_translation(node: turbohtml.Node) -> bool:
    return any(isinstance(each, turbohtml.Element) and each.tag in ("option", "textarea", "script")
               for each in node.ancestors)  # fmt: skip
