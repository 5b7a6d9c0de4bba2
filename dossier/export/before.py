"""A file for machines as the build before left it, and lines taken from it. Part of `export`."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import file_digest
from mmap import ACCESS_READ, mmap
from pathlib import Path
from stat import S_ISREG
from typing import IO

from dossier.frozen import dataclass

Changed = Mapping[str, str | None]
"""Lines of one list that are not what they were: what stands at each place now, None where nothing does."""

_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """A data file of the build before, its size and hash, and by list the lines that changed since."""

    path: Path
    measure: tuple[int, str]
    changed: Mapping[str, Changed]

    def opened(self) -> IO[bytes] | None:
        """The file, if it is as that build left it: every byte of it is looked at."""
        size, expected = self.measure
        with suppress(OSError):
            found = os.lstat(self.path)
            if S_ISREG(found.st_mode) and found.st_size == size:
                file = self.path.open("rb")
                if file_digest(file, "sha256").hexdigest() == expected:
                    return file
                file.close()
        return None


def copied(file: IO[bytes], begin: int, end: int) -> Iterator[bytes]:
    file.seek(begin)
    while begin < end and (block := file.read(min(_BLOCK, end - begin))):
        begin += len(block)
        yield block


def found(file: IO[bytes], words: bytes, begin: int) -> int | None:
    """Where these words next stand at or after `begin`."""
    file.seek(begin)
    kept = b""
    while block := file.read(_BLOCK):
        block = kept + block
        if (at := block.find(words)) >= 0:
            return begin + at
        kept = block[1 - len(words) :]
        begin += len(block) - len(kept)
    return None


def spliced(file: IO[bytes], begin: int, end: int, changed: Changed) -> Iterator[bytes] | None:
    """The lines from `begin` to `end`, as they are but for those that changed. Each is a member of a JSON object, with
    a comma at its end but for the last; they come in the order of their names, so one is found in a few steps. None
    where it cannot be done so: where the last line, or what follows it, may be another."""
    edits: list[tuple[int, int, bytes]] = []
    with mmap(file.fileno(), 0, access=ACCESS_READ) as held:
        last = held.rfind(b"\n", begin, end - 1) + 1 or begin

        def line(at: int) -> int:
            return held.rfind(b"\n", begin, at) + 1 or begin

        def name(at: int) -> bytes:
            start = line(at) + 1
            return held[start : held.find(b'"', start, end)]

        for place, told in sorted(changed.items()):
            wanted = place.encode()
            at = begin + bisect_left(range(begin, last), wanted, key=name)
            if at >= last or (told is not None and ("\n" in told or not told.startswith(f'"{place}": '))):
                return None
            until = held.find(b"\n", at, end) + 1 if name(at) == wanted else at
            edits.append((at, until, b"" if told is None else f"{told},\n".encode()))
    return _with(file, begin, end, edits)


def _with(file: IO[bytes], begin: int, end: int, edits: list[tuple[int, int, bytes]]) -> Iterator[bytes]:
    for at, until, told in edits:
        yield from copied(file, begin, at)
        yield told
        begin = until
    yield from copied(file, begin, end)
