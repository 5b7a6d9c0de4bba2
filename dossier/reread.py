"""Files that are read again after an edit, and what is at hand of the others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from dossier.document import Document
from dossier.load import Found, read
from dossier.memory import Memory
from dossier.model import Part
from dossier.recall import Digests, marks_of
from dossier.register import Records
from dossier.validate import read_document, read_one


class Unusual(Exception):
    """What an edit seldom is: an error, another menu, another site file. Everything is made anew."""


class Reread:
    """The files of a root: records and marks (`recall.marks_of`) by path, as far as they were read; documents of files
    that single records were asked of. Its methods raise `Unusual` for a file that cannot be read without a finding."""

    def __init__(self, root: Path, memory: Memory) -> None:
        self._root, self._memory = root, memory
        self.shares: dict[str, Records] = {}
        self.marks: dict[str, Digests] = {}
        self._documents: dict[str, Document] = {}

    def forget(self, paths: Iterable[str]) -> None:
        """Let go of files that are no longer what they were."""
        for path in paths:
            self.shares.pop(path, None)
            self._documents.pop(path, None)

    def close(self) -> None:
        """Let go of documents: what they say is in the records."""
        self._documents = {}

    def languages(self) -> tuple[str, ...]:
        return tuple(json.loads(self._memory.value("reading") or "")[1])

    def share(self, path: str) -> Records:
        """What a file holds: as it was read before, or read now."""
        found = self.shares.get(path)
        if found is None:
            document = self._document(path)
            share = read_document(document, self.languages())
            if share.problems:
                raise Unusual
            found = self.shares[path] = share.together
            self.marks[path] = marks_of(document, found)
        return found

    def one(self, path: str, collection: str, index: int) -> Part | None:
        """One record of a file, without reading the others of it: some files hold hundreds."""
        if path in self.shares or not path.startswith("data/"):
            held = getattr(self.share(path), collection)
            return held[index] if index < len(held) else None
        return read_one(self._document(path), collection, index, self.languages())

    def _document(self, path: str) -> Document:
        """A file as it is written; kept, since several records of one are often asked for."""
        found = self._documents.get(path)
        if found is None:
            limit, _ = json.loads(self._memory.value("reading") or "")
            found, faults = read(Found(path, str(self._root / path)), limit)
            if faults:
                raise Unusual
            self._documents[path] = found
        return found
