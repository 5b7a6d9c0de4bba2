"""Absolute addresses of pages, for readers who are not on the site. Part of `export`."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from dossier.addresses import Addresses
from dossier.frozen import dataclass
from dossier.register import Register


@dataclass(frozen=True, slots=True)
class Absolute:
    """Addresses below `base`, which ends in a slash. Pages are named in the site's first language."""

    base: str
    language: str

    @classmethod
    def of(cls, register: Register) -> Absolute:
        return cls(register.site.base_url.rstrip("/") + "/", register.languages[0])

    def file(self, path: str) -> str:
        """The address of one file of the site; a folder's `index.html` is the folder."""
        if path == "index.html" or path.endswith("/index.html"):
            path = path[: -len("index.html")]
        return self.base + quote(path)

    def page(self, *parts: str) -> str:
        return self.file(Addresses(self.language).page(self.language, *parts))


def in_quotes(text: str) -> str:
    """A text as an attribute's value in XML."""
    return escape(text, quote=False).replace('"', "&quot;")
