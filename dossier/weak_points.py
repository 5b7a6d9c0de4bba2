"""The page of what is weak in a dossier. Views, as `views.py` has them."""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.views import Letter, Link, Row, View


@dataclass(slots=True, eq=False, repr=False)
class WeakRow(View):
    """What is weak in one source or company, and the claims or replies that this is about, each with a remark."""

    head: Link
    by: str
    says: str
    items: tuple[tuple[Link, str], ...]
    more: str = ""


@dataclass(slots=True, eq=False, repr=False)
class WeakPart(View):
    """One kind of weak point: how many, as a number and in a sentence, what that means, where. `link` leads to where
    more of it is told."""

    anchor: str
    heading: str
    count: str
    number: str
    means: str
    rows: tuple[WeakRow, ...] = ()
    link: Link | None = None


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class WeakPointsPage(Page):
    title: str
    lede: str
    trail: tuple[Link, ...]
    contents: tuple[Row, ...]
    letters: tuple[Letter, ...]
    pages: tuple[Letter, ...]
    parts: tuple[WeakPart, ...]

    template = "pages/weak.html"
