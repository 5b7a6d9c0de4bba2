"""Addresses at the host of a repository: where a file is shown, edited or begun, and where an issue is opened.

GitHub, GitLab, and Forgejo with its parent Gitea. All are plain addresses that a reader opens: nothing is asked of a
host here. GitHub and Gitea fill a new file from the address (docs.gitea.com/development/integrations); GitLab took the
text once and no longer does, so there it has to be pasted.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, urlsplit

from dossier.frozen import dataclass

Kind = Literal["github", "gitlab", "forgejo"]

MOST = 8000
"""Characters that an address may have: hosts refuse longer ones, GitHub beyond some 8 kB."""


@lru_cache(maxsize=4096)
def _word(text: str) -> str:
    return text if text.isascii() and text.isalnum() else quote(text, safe="")


@lru_cache(maxsize=64)
def _path(text: str) -> str:
    return quote(text, safe="/")


@lru_cache(maxsize=64)
def _line(text: str) -> str:
    return "%20".join(map(_word, text.split(" ")))


def in_address(text: str) -> str:
    """A text as part of an address, with everything in it escaped. Most words come again, and some lines: they are
    kept."""
    return "%0A".join(map(_line, text.split("\n")))


_NAMES: dict[Kind, str] = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}
_KNOWN: dict[str, Kind] = {"github.com": "github", "codeberg.org": "forgejo"}
_BEGINNINGS: dict[str, Kind] = {"github": "github", "gitlab": "gitlab", "forgejo": "forgejo", "gitea": "forgejo"}
_VIEW = {"github": "blob", "gitlab": "-/blob", "forgejo": "src/branch"}
_EDIT = {"github": "edit", "gitlab": "-/edit", "forgejo": "_edit"}
_NEW = {"github": "new", "gitlab": "-/new", "forgejo": "_new"}
_FILE = {
    "github": "filename={name}&value={text}",
    "gitlab": "file_name={name}",
    "forgejo": "filename={name}&value={text}",
}
_ISSUE = {
    "github": ("issues/new", "title", "body"),
    "gitlab": ("-/issues/new", "issue[title]", "issue[description]"),
    "forgejo": ("issues/new", "title", "body"),
}
_ISSUE_QUOTED = {kind: tuple([quote(word, safe="/") for word in words]) for kind, words in _ISSUE.items()}


@dataclass(frozen=True, slots=True)
class Host:
    """Where a repository stands: its address without a slash at the end, and the branch that is published."""

    kind: Kind
    repository: str
    branch: str

    @property
    def name(self) -> str:
        return "Codeberg" if urlsplit(self.repository).hostname == "codeberg.org" else _NAMES[self.kind]

    @property
    def fills(self) -> bool:
        """Whether the host fills a new file from the address."""
        return "{text}" in _FILE[self.kind]

    def view(self, path: str, line: int = 0) -> str:
        """The file as it is published, at a line of it."""
        return self._at(_VIEW[self.kind], path) + (f"#L{line}" if line else "")

    def edit(self, path: str) -> str:
        return self._at(_EDIT[self.kind], path)

    def new_file_pattern(self, folder: str) -> str:
        """The address of a new file in a folder, with `{name}` and, where the host takes it, `{text}` to be filled in
        as `encodeURIComponent` has them."""
        return f"{self._at(_NEW[self.kind], folder)}?{_FILE[self.kind]}"

    def new_file(self, folder: str, name: str, text: str) -> str | None:
        """A new file with its text filled in; None where the host takes no text, or not so long a one."""
        blanks = {"{name}": name, "{text}": text}
        pattern = self.new_file_pattern(folder)
        address = re.sub(r"\{(?:name|text)\}", lambda blank: quote(blanks[blank[0]], safe=""), pattern)
        return address if self.fills and len(address) <= MOST else None

    def new_issue(self, title: str, body: str = "") -> str:
        """A new issue with its words filled in; without its body where that is too long for an address."""
        return self.issue_about(title, in_address(body))

    def issue_about(self, title: str, body: str) -> str:
        """The same with its body as `in_address` has it."""
        place, heading, words = _ISSUE_QUOTED[self.kind]
        address = f"{self.repository}/{place}?{heading}={in_address(title[:200])}"
        whole = f"{address}&{words}={body}"
        return whole if body and len(whole) <= MOST else address

    def _at(self, place: str, path: str) -> str:
        return f"{self.repository}/{place}/{_path(self.branch)}/{_path(path.strip('/'))}"


def host_of(repository: str, kind: Kind | None = None, branch: str = "main") -> Host | None:
    """The host of the repository at an address; None where neither the address nor `kind` tells whose pages it has."""
    parts = urlsplit(repository)
    host = (parts.hostname or "").lower()
    found = kind or _KNOWN.get(host) or _BEGINNINGS.get(host.partition(".")[0])
    path = parts.path.rstrip("/").removesuffix(".git")
    is_plain = parts.scheme.lower() in ("https", "http") and not (parts.query or parts.fragment or parts.username)
    if found is None or not is_plain or not host or path.count("/") < 2:
        return None
    return Host(found, f"{parts.scheme.lower()}://{parts.netloc}{quote(path, safe='/%')}", branch)
