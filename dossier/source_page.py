"""The page of a source, and the list of them."""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.views import Fact, Letter, Link, View


@dataclass(slots=True, eq=False, repr=False)
class SourceRow(View):
    link: Link
    publisher: str
    when: str
    role: str
    cited: str


@dataclass(slots=True, eq=False, repr=False)
class Share(View):
    """How much of the evidence one publisher carries."""

    name: str
    sources: str
    claims: str
    width: str
    disclosure: str


@dataclass(slots=True, eq=False, repr=False)
class CitedBy(View):
    what: Link
    kind: str
    quotes: tuple[tuple[str, str, str], ...]


@dataclass(slots=True, eq=False, repr=False)
class CopyRow(View):
    """A stored copy of a source: the day, whence it came, its SHA-256, and which quotes were found in it."""

    when: str
    via: str
    digest: str
    found: str


@dataclass(slots=True, eq=False, repr=False)
class Fall(View):
    what: Link
    with_it: str
    without: str
    then: str


@dataclass(slots=True, eq=False, repr=False)
class Lineage(View):
    """Where information came from, as a tree: a source's title as a link, its publisher and date, what rests on it."""

    text: str
    link: Link | None
    here: bool
    below: tuple[Lineage, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class SourcesPage(Page):
    title: str
    lede: str
    trail: tuple[Link, ...]
    letters: tuple[Letter, ...]
    groups: tuple[tuple[str, str, tuple[SourceRow, ...]], ...]
    shares: tuple[Share, ...]

    template = "pages/sources.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class SourcePage(Page):
    title: str
    title_lang: str
    trail: tuple[Link, ...]
    lede: str
    counts: str
    state: str
    facts: tuple[Fact, ...]
    cited_by: tuple[CitedBy, ...]
    falls: tuple[Fall, ...]
    falls_intro: str
    lineage: tuple[Lineage, ...]
    copies: tuple[CopyRow, ...]
    reports: tuple[Link, ...] = ()

    template = "pages/source.html"
