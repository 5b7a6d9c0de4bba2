"""What browsers see of a dossier under edit: a whole site, what is wrong, and which pages the last save changed."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from urllib.parse import quote

from dossier.frozen import dataclass, field
from dossier.patterns import regex
from dossier.report import Finding

MOST = 12
"""Changed pages that are named."""
_TITLE = regex(rb"<title>([^<]{1,400})</title>")
_CLAIM = b' data-claim="'
_ENDS = b"</article>"


@dataclass(frozen=True, slots=True)
class Changed:
    """A page that a save changed: its address in the preview, with the anchor of the claim that changed, if one did."""

    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Showing:
    """What browsers see: a whole site, what keeps a newer one from being built, and what else was found in it.

    `version` names the site, so that nobody has to compare `files`; `warnings` are the first of `warned`; `changed` are
    the pages in which it differs from the one before.
    """

    version: str
    files: Mapping[str, bytes] = field(compare=False)
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    warned: int = 0
    changed: tuple[Changed, ...] = ()


def changed_pages(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Changed, ...]:
    """The pages that are new or not what they were, those with claims first: a claim has one page, lists are many."""
    if not before:
        return ()
    paths = [path for path, content in after.items() if path.endswith(".html") and before.get(path) != content]
    paths.sort(key=lambda path: (b"data-claim=" not in after[path], path.count("/"), path))
    return tuple(_changed(path, before.get(path, b""), after[path]) for path in paths[:MOST])


def _changed(path: str, before: bytes, after: bytes) -> Changed:
    found = _TITLE.search(after)
    title = unescape(found[1].decode("utf-8", "replace")).split(" – ")[0] if found else path
    old = dict(_claims(before))
    claim = next((claim for claim, text in _claims(after) if old.get(claim) != text), "")
    return Changed(f"/{quote(path.removesuffix('index.html'))}" + (f"#{claim}" if claim else ""), title)


def _claims(page: bytes) -> list[tuple[str, bytes]]:
    """Each claim of a page with its markup."""
    parts = (part.partition(b'"') for part in page.split(_CLAIM)[1:])
    return [(name.decode(), text.partition(_ENDS)[0]) for name, _, text in parts]
