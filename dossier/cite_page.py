"""What the page shows on which a company's page and its claims are cited, embedded and corrected."""

from __future__ import annotations

from dossier.citing import Format
from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.views import Link, View


@dataclass(slots=True, eq=False, repr=False)
class CiteView(View):
    """One thing that can be cited: its permanent place with its address in full, what is to be known before it is
    cited, the sources that are to be cited beside it, the styles for people and those for programs, the code that
    embeds it, what is counted of it, and the ways to mend it. `anchor` is the claim's id."""

    anchor: str
    heading: str
    permanent: Link
    says: tuple[str, ...]
    sources: tuple[Link, ...]
    styles: tuple[Format, ...]
    programs: tuple[Format, ...]
    embed: Format
    foot: tuple[str, ...] = ()
    reports: tuple[Link, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CitePage(Page):
    """The page of one company, then each of its claims. `contents` leads to these. `how` says what
    stands in a citation and what does not."""

    title: str
    trail: tuple[Link, ...]
    lede: str
    how: tuple[str, ...]
    contents: tuple[Link, ...]
    whole: CiteView
    claims: tuple[CiteView, ...]

    template = "pages/cite.html"
