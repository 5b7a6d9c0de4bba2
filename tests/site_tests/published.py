"""A built site as a visitor's tools see it: files, pages, and where links lead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import turbohtml


@dataclass(frozen=True)
class Page:
    """One HTML file. `path` is relative to the output folder, with `/`."""

    path: str
    text: str

    @cached_property
    def tree(self) -> turbohtml.Document:
        return turbohtml.parse(self.text)

    @cached_property
    def elements(self) -> tuple[turbohtml.Element, ...]:
        return tuple(self.tree.iter_elements())

    @cached_property
    def ids(self) -> Mapping[str, turbohtml.Element]:
        return {name: each for each in self.elements if (name := each.attr("id")) is not None}

    @property
    def is_not_found(self) -> bool:
        """The page a server shows for any unknown address: it cannot know from where its links will be followed."""
        return posixpath.basename(self.path) == "404.html"

    @property
    def is_notice(self) -> bool:
        """A page that asks not to be listed: it stands where a removed record stood."""
        return any("noindex" in (each.attr("content") or "") for each in self.select("meta[name=robots]"))

    @property
    def is_card(self) -> bool:
        """A page that stands in frames on pages of others: without a menu, there is nothing to skip."""
        return bool(self.select("body.cards"))

    def select(self, selector: str) -> list[turbohtml.Element]:
        return self.tree.select(selector)


@dataclass(frozen=True)
class Site:
    """A tree of files, with what its `data/site.yaml` promises about it. The first language stands at the root."""

    base_url: str
    languages: tuple[str, ...]
    files: Mapping[str, bytes] = field(repr=False)
    folder: Path = Path()

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        return {path: Page(path, body.decode()) for path, body in self.files.items() if path.endswith(".html")}

    @cached_property
    def styles(self) -> Mapping[str, str]:
        return {path: body.decode() for path, body in self.files.items() if path.endswith(".css")}

    @cached_property
    def scripts(self) -> Mapping[str, str]:
        return {path: body.decode() for path, body in self.files.items() if path.endswith((".js", ".mjs"))}

    def language(self, path: str) -> str:
        first = path.partition("/")[0]
        return first if first in self.languages[1:] else self.languages[0]

    def home(self, language: str) -> str:
        return "index.html" if language == self.languages[0] else f"{language}/index.html"

    def target(self, origin: str, href: str) -> tuple[str, str] | None:
        """The file and the fragment a link leads to; None when it leaves the site. A fragment for words is dropped."""
        parts = urlsplit(href)
        fragment = unquote(parts.fragment).partition(":~:")[0]
        if parts.scheme or parts.netloc:
            if not href.startswith(self.base_url):
                return None
            path = urlsplit(href[len(self.base_url) :]).path
        else:
            path = posixpath.join(posixpath.dirname(origin), parts.path) if parts.path else origin
        path = posixpath.normpath(unquote(path)) if path else "."
        if path == "." or path in self._folders:
            path = posixpath.normpath(posixpath.join(path, "index.html"))
        return path, fragment

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(parent for path in self.files for parent in _parents(path))


def read(folder: Path, base_url: str, languages: tuple[str, ...]) -> Site:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    return Site(base_url, languages, {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}, folder)


def _parents(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path
