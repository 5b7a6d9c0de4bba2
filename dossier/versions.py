"""Versions of data files to the past of their records: commit by commit, record by record.

Two versions of a record are the same where every key says the same: how lines are broken and values are quoted, in
which order keys, items and records stand, and in which file, changes nothing. A version of a file that cannot be read
as YAML is passed over: its records stay as they were until one can be.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from dossier.digests import bare, said_by_key
from dossier.document import Document, Mapping, Scalar, Sequence
from dossier.load import SITE_FILE, Found, limit_of, read, read_yaml
from dossier.model import COLLECTIONS
from dossier.parse import Refused, checked_text
from dossier.past import LISTED, STATES, Change, Deed, Past, written, written_states
from dossier.rewritten import Version, edits
from dossier.states import States
from dossier.stretches import stretches


class Commit(NamedTuple):
    """A commit: its day, its id, and the data files it touched, each with the blob that stands there now ('' where no
    file does)."""

    day: str
    id: str
    files: list[tuple[str, str]]


Typed = tuple[str, str]
"""A record as it is typed, with what the file is about."""
Named = list[tuple[str, Version]]
TextOf = Callable[[str], bytes | None]


def largest(root: Path) -> int:
    """The most bytes that a data file of this dossier may have."""
    return int(limit_of(_site(root)) * 1_000_000)


def _site(root: Path) -> Document | None:
    """The site file as it stands now, if it can be read."""
    try:
        return read(Found(SITE_FILE, str(root / SITE_FILE)))[0]
    except OSError:
        return None


def _language(site: Document | None) -> str:
    """The language of texts that name none."""
    node = site.place.at("languages", 0).node if site else None
    return node.text if isinstance(node, Scalar) else "en"


def past(commits: Iterable[Commit], text_of: TextOf, root: Path, *, is_whole: bool, head: str) -> Past:
    """The past that commits make, oldest first. `text_of` gives the bytes of a blob, or None where it is missing.

    Without the whole of it, what stands in the first commit was there before, nobody knows since when.
    """
    site = _site(root)
    reading = _Reading(text_of, _language(site), limit_of(site))
    changes: dict[str, list[Change]] = {}
    states = States()
    begins = ""
    for commit in commits:
        is_known = not begins and not is_whole
        begins = begins or commit.day
        before, after, is_certain = reading.taken(commit)
        for name in before.keys() | after.keys():
            old, new = before.get(name), after.get(name)
            if old is new or (old and new and old.collection == new.collection and old.keys == new.keys):
                continue
            deed: Deed = "gone" if not new else "changed" if old else "new"
            if deed == "new" and (is_known or not is_certain):
                deed = "known"
            states.take(name, new)
            told_of = tuple(edits(old, new, reading.language))
            stood = (new or old).collection  # type: ignore[union-attr]  # one of them is there
            changes.setdefault(name, []).append(Change(commit.day, commit.id[:12], deed, stood, told_of))
        if reading.is_complete:
            states.settle(commit.day, commit.id[:12])
    told = {name: written(mine) for name, mine in sorted(changes.items())}
    for company, names in sorted(reading.gone().items()):
        told[LISTED + company] = json.dumps(sorted(names))
    for company, stood_ in sorted(states.found.items()):
        told[STATES + company] = written_states(stood_)
    return Past("whole" if is_whole else "part", begins, head, told)


class _Reading:
    """What stands in every file, from commit to commit."""

    def __init__(self, text_of: TextOf, language: str, limit: float) -> None:
        self._text_of, self.language, self._limit = text_of, language, limit
        self._held: dict[str, dict[str, Version]] = {}
        self._typed: dict[str, dict[Typed, Named]] = {}
        self._holders: dict[str, set[str]] = {}
        self._missing: set[str] = set()
        self._owners: dict[str, str] = {}

    def taken(self, commit: Commit) -> tuple[dict[str, Version], dict[str, Version], bool]:
        """The records of the files that a commit touches, before and after; and whether all that stood before is
        known. A record that stands in another file besides is neither new nor gone."""
        touched = {path: blob for path, blob in commit.files if _is_data(path)}
        is_certain = self._missing.isdisjoint(touched)
        names = {name for path in touched for name in self._held.get(path, ())}
        before = {name: self._version(name) for name in names}
        # What one file loses another may get: how it was typed is asked of all that the commit touches.
        typed = {each: named for path in touched for each, named in self._typed.get(path, {}).items()}
        for path in sorted(touched):
            for name in self._held.get(path, ()):
                self._holders[name].discard(path)
            self._take(path, touched[path], typed)
            for name in self._held.get(path, ()):
                self._holders.setdefault(name, set()).add(path)
        after: dict[str, Version] = {}
        for name in names | {name for path in touched for name in self._held.get(path, ())}:
            if name not in before and (elsewhere := self._holders[name] - touched.keys()):
                before[name] = self._held[min(elsewhere)][name]
            if self._holders[name]:
                after[name] = self._version(name)
        for name, version in after.items():
            if version.collection in ("claims", "responses"):
                self._owners[name] = json.loads(version.keys.get("company", '""'))
        return before, after, is_certain

    @property
    def is_complete(self) -> bool:
        """Whether the words of every file are known."""
        return not self._missing

    def _version(self, name: str) -> Version:
        """The record as it stands; as the first file has it, where several do."""
        return self._held[min(self._holders[name])][name]

    def _take(self, path: str, blob: str, typed: dict[Typed, Named]) -> None:
        if not blob:
            self._held.pop(path, None)
            self._typed.pop(path, None)
            self._missing.discard(path)
            return
        raw = self._text_of(blob)
        if raw is None:
            self._missing.add(path)
            return
        self._missing.discard(path)
        found = self._read(raw, path, typed)
        if found is not None:
            self._held[path], self._typed[path] = {}, found[1]
            for name, version in found[0]:
                self._held[path].setdefault(name, version)

    def _read(self, raw: bytes, path: str, typed: dict[Typed, Named]) -> tuple[Named, dict[Typed, Named]] | None:
        """The records of a version of a file, and of each of its stretches; None where it cannot be read."""
        try:
            text = checked_text(raw, path)
        except Refused:
            return None
        if len(raw) > self._limit * 1_000_000:
            return None
        cut = stretches(text)
        if cut is None:
            document, _ = read_yaml(raw, path, self._limit)
            return (list(_versions(document, self.language)), {}) if document.readable else None
        about, parts = cut
        mine: dict[Typed, Named] = {}
        for part in parts:
            each = (about, part)
            named = typed.get(each) or mine.get(each)
            if named is None:
                document, _ = read_yaml(part.encode(), path, self._limit)
                if not document.readable:
                    return None
                named = list(_versions(document, self.language, about))
            mine[each] = named
        return [one for named in mine.values() for one in named], mine

    def gone(self) -> dict[str, list[str]]:
        """By company, its claims and replies that are no more."""
        found: dict[str, list[str]] = {}
        for name, company in self._owners.items():
            if not self._holders[name] and isinstance(company, str):
                found.setdefault(company, []).append(name)
        return found


def _is_data(path: str) -> bool:
    return path.startswith("data/") and path.endswith(".yaml") and not any(part[:1] in ".#" for part in path.split("/"))


def _versions(document: Document, language: str, company: str = "") -> Iterator[tuple[str, Version]]:
    """The records of a file with their ids."""
    root = document.root
    if not isinstance(root, Mapping):
        return
    about = root.get("about")
    company = bare(about.text) if isinstance(about, Scalar) else company
    for collection in COLLECTIONS:
        if collection == "tombstones":
            continue  # which bear the names of what is gone
        items = root.get(collection)
        for node in items.items if isinstance(items, Sequence) else ():
            identity = node.get("id") if isinstance(node, Mapping) else None
            if isinstance(node, Mapping) and isinstance(identity, Scalar):
                yield identity.text, Version(collection, said_by_key(collection, node, company, language))


def affordable(commits: list[Commit], sizes: dict[str, int], most: int, most_of_all: int) -> int:
    """The number of the commit to begin with: nothing that comes from then on is missing, and all of it together is no
    more than is read. Versions of more than `most` bytes are not read: no dossier was ever built of them."""
    left = most_of_all
    counted: set[str] = set()
    for number in range(len(commits) - 1, -1, -1):
        blobs = {blob for _, blob in commits[number].files if blob} - counted
        left -= sum(sizes[blob] for blob in blobs if sizes.get(blob, most + 1) <= most)
        if left < 0 or not blobs <= sizes.keys():
            return min(number + 1, len(commits) - 1)
        counted |= blobs
    return 0


def all_until(commits: list[Commit]) -> Commit:
    """The last of these commits, as if it had brought all that stood by then."""
    stood: dict[str, str] = {}
    for commit in commits:
        stood.update(commit.files)
    return commits[-1]._replace(files=[(path, blob) for path, blob in stood.items() if blob])
