"""Links that open a file at a line in the editor of whoever runs the preview. No built file holds one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from dossier.frozen import dataclass
from dossier.patterns import regex

EDITORS = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "none": "",
}
"""Editors by name, and how each wants to be asked."""
SCHEMES = (
    "vscode", "vscode-insiders", "vscodium", "cursor", "windsurf", "zed", "idea", "pycharm", "webstorm", "phpstorm",
    "jetbrains", "subl", "sublime", "txmt", "mvim", "nvim", "vim", "emacs", "atom", "editor",
)  # fmt: skip
"""What such a link may begin with: nothing that a browser runs or sends to another machine."""
_PLACE = regex(r"(?P<file>.+):(?P<line>\d+):(?P<column>\d+)", re.DOTALL)


def pattern_of(asked: str) -> str:
    """The pattern of a link, for an editor's name or a pattern of one's own. Raises `ValueError`, in words."""
    if asked in EDITORS:
        return EDITORS[asked]
    scheme = asked.partition(":")[0]
    if "{file}" not in asked or scheme not in SCHEMES:
        raise ValueError(
            f"{asked!r} is no editor: write {', '.join(EDITORS)}, or an address with {{file}}, {{line}} and {{column}} "
            f"that begins with one of: {', '.join(SCHEMES)}"
        )
    return asked


@dataclass(frozen=True, slots=True)
class Editor:
    """How to open a file. `folders` are those that a finding's place may be relative to, the first that has it wins."""

    pattern: str = ""
    folders: tuple[Path, ...] = ()

    @classmethod
    def at(cls, pattern: str, root: Path, templates: Iterable[Path] = ()) -> Editor:
        """For findings in a dossier and its templates, which are named with their folder before them."""
        folders = (root, *(folder.parent for folder in templates))
        return cls(pattern, tuple(dict.fromkeys(folder.resolve() for folder in folders)))

    def link(self, place: str) -> str:
        """The link to `file:line:column`; '' where there is no such file, or it lies outside of the folders."""
        found = _PLACE.fullmatch(place)
        if not self.pattern or not found:
            return ""
        path = self._path(found["file"])
        if path is None:
            return ""
        values = {
            "{file}": quote("/" + path.as_posix().lstrip("/"), safe="/:"),
            "{line}": found["line"],
            "{column}": found["column"],
        }
        # In one go: what a file is called may look like a slot itself.
        return re.sub(r"\{(?:file|line|column)\}", lambda slot: values[slot[0]], self.pattern)

    def _path(self, file: str) -> Path | None:
        for folder in self.folders:
            path = folder / file
            try:
                if path.is_file() and path.resolve().is_relative_to(folder):
                    return path
            except (OSError, ValueError):  # a name that the system cannot have
                continue
        return None
