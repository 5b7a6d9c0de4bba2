"""How pages and claims are cited, and how text stands in the formats that programs read.

Nothing a contributor types may end a field, a template or a record early: every format takes a text through the one
function here that is meant for it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dossier.frozen import dataclass
from dossier.patterns import regex
from dossier.values import Html
from dossier.views import View

_BREAKS = regex("[^\\S\u00a0\u202f]+")
_IN_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
_LATEX = regex(r"[\\{}~^&%$#_]")
_BIBTEX_URL = regex(r"[\\{}]")
_WIKI = regex(r"[&|{}\[\]<>'~=]")
_WIKI_URL = regex(r"""[|{}\[\]<>'" ]""")
KEPT = 64
"""Texts whose form is kept: editors and site stand in every citation, a title in several formats of it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation names. `day` is that on which it came to say what it says, as ISO 8601 writes it, and `version`
    its digest; '' where they are not known. `id` is the key in formats that have one, `lang` the language of the title
    where it is not that of the page."""

    id: str
    title: str
    url: str
    day: str = ""
    version: str = ""
    lang: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Format(View):
    """A citation in one style. `code` says that it is for a program; `lang` is the language of most of its words where
    it is not that of the page and the text does not say so itself."""

    name: str
    text: str | Html
    code: bool = False
    lang: str = ""


@lru_cache(maxsize=KEPT)
def latex(text: str) -> str:
    """Text as a field of BibTeX has it, between braces."""
    return _LATEX.sub(lambda sign: _IN_LATEX[sign[0]], text)


def bibtex_url(url: str) -> str:
    """An address as a field of BibTeX has it: programs read it as it stands, so that nothing is escaped in it."""
    return _BIBTEX_URL.sub(_percent, url)


@lru_cache(maxsize=KEPT)
def wiki(text: str) -> str:
    """A line as a parameter of a MediaWiki template. Signs that mean something in wikitext are character references: a
    pipe ends a parameter, braces a template, brackets the link that a title becomes, and four tildes sign."""
    return _WIKI.sub(lambda sign: f"&#{ord(sign[0])};", text)


def wiki_url(url: str) -> str:
    """An address as a parameter of a MediaWiki template."""
    return _WIKI_URL.sub(_percent, url)


def _percent(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


@lru_cache(maxsize=KEPT)
def one_line(text: str) -> str:
    """Text with its blanks made one, but for those that bind words: a line break would end a field of RIS."""
    return _BREAKS.sub(" ", text).strip(" ")
