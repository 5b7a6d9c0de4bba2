"""A site as one ZIP that works from a disk. The same bytes for the same files and day: sorted, with the day's midnight
as the time of all, plain attributes, and nothing of the machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dossier.pages import File, Stream

AT_ONCE = 1 << 20
"""Bytes that are read at once."""


class Zipped:
    """Takes the files of a site as they come, and gives them as one ZIP. What it holds is on the disk, for a site may
    be larger than memory, and has no name there, so that nothing is left behind."""

    def __init__(self, today: date) -> None:
        self._folder = f"dossier-{today.isoformat()}"
        # A ZIP knows no day before 1980.
        self._time = (max(today.year, 1980), today.month, today.day, 0, 0, 0)
        self._held: IO[bytes] = TemporaryFile()  # noqa: SIM115
        self._places: dict[str, tuple[int, int]] = {}
        self._zip: IO[bytes] = TemporaryFile()  # noqa: SIM115

    def close(self) -> None:
        self._held.close()
        self._zip.close()

    def add(self, file: File | Stream) -> None:
        begins = self._held.tell()
        for chunk in (file.content,) if isinstance(file, File) else file.chunks():
            self._held.write(chunk)
        self._places[file.path] = (begins, self._held.tell() - begins)

    def files(self, path: str, digest_path: str) -> Iterator[File | Stream]:
        """The ZIP at `path`, and beside it its SHA-256 as `sha256sum -c` reads it. Nothing is taken afterwards."""
        with ZipFile(self._zip, "w", ZIP_DEFLATED) as made:
            for name, (begins, size) in sorted(self._places.items()):
                entry = ZipInfo(f"{self._folder}/{name}", self._time)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                entry.file_size = size
                self._held.seek(begins)
                with made.open(entry, "w") as into:
                    left = size
                    while left:
                        chunk = self._held.read(min(left, AT_ONCE))
                        left -= len(chunk)
                        into.write(chunk)
        digest = hashlib.sha256()
        for chunk in self._chunks():
            digest.update(chunk)
        yield Stream(path, self._chunks)
        yield File(digest_path, f"{digest.hexdigest()}  {path.rpartition('/')[2]}\n".encode())

    def _chunks(self) -> Iterator[bytes]:
        self._zip.seek(0)
        while chunk := self._zip.read(AT_ONCE):
            yield chunk
