"""The page of all claims by what stands behind them, and of all amounts."""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.standing import Item
from dossier.views import AmountTable, Letter, Link, Row


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class OverviewPage(Page):
    """Every claim under what stands behind it, and every amount. `parts` are tables: an anchor, a heading, the rule,
    how many, and the rows; `pairs` are claims that contradict each other. `contents` are rows, each
    after the anchor it has where its part stands on other pages, or ''."""

    title: str
    lede: str
    trail: tuple[Link, ...]
    contents: tuple[tuple[str, Row], ...]
    letters: tuple[Letter, ...]
    pages: tuple[Letter, ...]
    parts: tuple[tuple[str, str, str, str, tuple[Row, ...]], ...]
    pairs: tuple[Item, ...]
    amounts: tuple[AmountTable, ...]

    template = "pages/overview.html"
