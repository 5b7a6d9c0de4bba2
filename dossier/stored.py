"""The texts of copies on this machine: `.snapshots/<source>/<day>.txt`, beside each the exchange as `<day>.warc.gz`.

Outside git, since they are other people's works. No link in it is followed: a pull request may bring one.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dossier.tree import InPlace, Tree

FOLDER = ".snapshots"
LARGEST = 20_000_000
"""Bytes of a text that are read: four times what five million letters usually take."""


class Damaged(Exception):
    """A stored text that is not what it should be, in a sentence."""


class Store:
    """A folder of texts. Raises `OSError` where the folder itself is a link."""

    def __init__(self, folder: Path) -> None:
        if folder.is_symlink():
            raise OSError(f"{folder.name} is a link, and copies are not written or read through links: remove it")
        self._folder = folder
        self._tree = InPlace(str(folder))

    def keep(self, source: str, captured: date, text: str, warc: bytes | None) -> None:
        """Write a text, and the exchange it came from if there was one. Each file is there whole or not at all."""
        Tree(str(self._folder.parent)).folder(self._folder.name)
        self._tree.create(f"{source}/{captured}.txt", text.encode("utf-8"))
        if warc is not None:
            self._tree.create(f"{source}/{captured}.warc.gz", warc)

    def text(self, source: str, captured: date) -> str | None:
        """The text of a copy; None where it is not on this machine. Raises `Damaged`."""
        path = f"{source}/{captured}.txt"
        found = Tree(str(self._folder)).find(path)
        if found is None:
            return None
        if found.st_size > LARGEST:
            raise Damaged(f"the text has more than {LARGEST // 1_000_000} MB")
        try:
            return self._tree.read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Damaged("the text is no UTF-8") from error


def keep_file(root: Path, path: str, content: bytes) -> None:
    """Write a file below `root` in one step, so that a run that is killed leaves the one before."""
    folder, _, name = path.rpartition("/")
    InPlace(str(root / folder)).create(name, content)
