"""Which paths a site may have: below its folder, and such that every disk can hold them side by side."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from itertools import accumulate
from pathlib import PureWindowsPath

from dossier.stood import MARKER
from dossier.tree import Tree


def check_shape(path: str) -> None:
    """Raise `ValueError` for what is no name of a file below the site's folder."""
    parts = path.split("/")
    if not {"", ".", ".."}.isdisjoint(parts) or "\\" in path or (":" in path and PureWindowsPath(path).drive):
        raise ValueError(f"{path!r} is not a relative path below the output folder")
    if parts == [MARKER] or (not path.isprintable() and any(ord(character) < 32 for character in path)):
        raise ValueError(f"{path!r} is no name for a file of the site")


class Paths:
    """The paths of a site, as they come. With `old` and `among`, they come to those that stand in `old`, and whether
    there is room for a new one is looked up in the folder that `among` gives.
    """

    def __init__(self, old: Tree | None = None, among: Callable[[], Tree] | None = None) -> None:
        self.files = {MARKER}
        self.folders = {""}
        self._names: dict[str, str] = {}
        """By the folded form, paths that are not in it, as nearly all are; and what else stands around."""
        self._old, self._among = old, among
        self._listed: set[str] = set()

    def add(self, path: str) -> None:
        """Raise `ValueError` for a path of a wrong shape, or that not every disk can hold beside the others."""
        check_shape(path)
        if path in self.files or path in self.folders:
            raise ValueError(f"'{path}' is made twice, or is a folder as well")
        parent = path.rpartition("/")[0]
        if parent not in self.folders:
            for folder in accumulate(parent.split("/"), "{}/{}".format):
                if folder in self.files:
                    raise ValueError(f"'{folder}' is both a file and a folder")
                if folder not in self.folders:
                    self._name(folder, Tree.is_folder)
                    self.folders.add(folder)
        self._name(path, Tree.find)
        self.files.add(path)

    def _name(self, path: str, stands: Callable[[Tree, str], object]) -> None:
        if self._old and self._among and not stands(self._old, path):
            self._look_around(path, self._among())
        folded = _folded(path)
        stands_so = folded != path and (folded in self.files or folded in self.folders)
        if stands_so or self._names.get(folded, path) != path:
            raise ValueError(f"'{path}' differs only in case from another path of the site")
        if folded != path:
            self._names[folded] = path

    def _look_around(self, path: str, tree: Tree) -> None:
        if os.path.lexists(tree.at(path)):
            raise ValueError(f"'{path}' is both a file and a folder")
        folder = path.rpartition("/")[0]
        if folder not in self._listed and tree.is_folder(folder):
            self._listed.add(folder)
            for entry in os.scandir(tree.at(folder)):
                each = f"{folder}/{entry.name}" if folder else entry.name
                self._names.setdefault(_folded(each), each)


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
