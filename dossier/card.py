"""What a card shows: claims as they stand on pages of others, each with its reply."""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.views import Gone, Label, Link, Note, View, Words

CSP_OF_CARDS = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'"
"""A card fetches its style and nothing else."""
HEIGHT = 480
"""Pixels that suit most cards where one is embedded. A frame cannot grow with what it shows: longer ones scroll."""


@dataclass(slots=True, eq=False, repr=False)
class CardSource(View):
    """A source in short: its publisher and day as a link to the words, where in it, and what is to be said of it."""

    link: Link
    locator: str
    says: tuple[str, ...]


@dataclass(slots=True, eq=False, repr=False)
class CardQuote(View):
    """Words of the company as a source has them: with their quote marks, and their language where it is not the
    page's."""

    text: str
    lang: str
    translation: str
    source: CardSource


@dataclass(slots=True, eq=False, repr=False)
class CardReply(View):
    """The company's side, as `views.Reply` has it, without notes to references."""

    heading: str
    label: Label
    statement: Words
    quotes: tuple[CardQuote, ...]
    opening: str
    opening_lang: str
    whole: Link | None
    notes: tuple[Note, ...]


@dataclass(slots=True, eq=False, repr=False)
class Card(View):
    """A claim with its reply. `full` leads to its permanent place."""

    id: str
    heading: str
    label: Label
    statement: str
    statement_lang: str
    older: str
    amount: tuple[str, str] | None
    withdrawn: bool
    notes: tuple[Note, ...]
    sources: tuple[CardSource, ...]
    replies: tuple[CardReply, ...]
    no_reply: str
    foot: tuple[str, ...]
    full: Link


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CardPage(Page):
    """All cards of a company. Its address with a claim's id shows that one alone; `all` is said where several show, or
    where the one that was meant is gone. `full` leads to the company, `answer` to how it may answer."""

    name: str
    all: str
    full: Link
    answer: Link | None
    cards: tuple[Card, ...]
    gone: tuple[Gone, ...]
    gone_as: str
    """The heading of each notice of what is gone."""

    template = "pages/card.html"
