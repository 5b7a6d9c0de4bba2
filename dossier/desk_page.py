"""The page that is sent to a company, and the letter that holds the same."""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.values import Html
from dossier.views import Fact, Label, Link, Quote, Reply, Row, View


@dataclass(slots=True, eq=False, repr=False)
class Asked(View):
    """A claim as its company is asked about it. `held` is what is on file as its reply; `permanent` is the claim's own
    place, with its address in full; `answer` is where to write."""

    anchor: str
    number: str
    heading: str
    kind: str
    label: Label
    why: str
    statement: str
    statement_lang: str
    amount: tuple[str, str] | None
    quotes: tuple[Quote, ...]
    held: tuple[Reply, ...]
    permanent: Link
    answer: Link


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class DeskPage(Page):
    """A page made to be sent to a company: what is claimed, what is asked, how to answer. `more` are pages that tell
    more of how answers are dealt with; `others` and `withdrawn` are the claims that ask for no answer."""

    title: str
    name: str
    trail: tuple[Link, ...]
    facts: tuple[Fact, ...]
    opening: tuple[str, ...]
    questions: str
    how: tuple[str, ...]
    more: tuple[Link, ...]
    claims: tuple[Asked, ...]
    none: str
    others: tuple[Row, ...]
    withdrawn: tuple[Row, ...]
    after: tuple[str, ...]

    template = "pages/desk.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class LetterPage(DeskPage):
    """The same as a document that stands alone: dated, and with its style inside."""

    when: str
    deadline: str
    style: Html

    template = "pages/letter.html"
