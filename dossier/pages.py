"""All that a template may see: finished pages, in the order they are printed, and the files a build makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossier.citing import Format
from dossier.frozen import dataclass, field
from dossier.standing import MoneyRow, Months, Standing
from dossier.views import (
    AmountTable,
    ClaimView,
    Day,
    Days,
    DemandView,
    Download,
    Entry,
    Fact,
    Gone,
    Legend,
    Link,
    Looked,
    Reference,
    Row,
    Strip,
    View,
    WholeReply,
    Words,
)

CSP = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'"


"""No request leaves the site, and no script runs."""

CSP_OF_SCRIPTS = f"{CSP}; script-src 'self'; connect-src 'none'"
"""Scripts of the site run, which may ask no one for anything."""

CSP_OF_FORMS = CSP.replace("form-action 'none'", "form-action 'self'")
"""A form leads to another page of the site: the field that searches."""

CSP_OF_SITE = CSP_OF_SCRIPTS.replace("form-action 'none'", "form-action 'self'")
"""What any page needs, for a header that stands for all of them."""


@dataclass(slots=True)
class File:
    """One file of the site: its path below the output folder (relative, with `/`) and its bytes."""

    path: str
    content: bytes


@dataclass(slots=True)
class Stream:
    """A file whose bytes need not be held at once: `chunks` begins to make them, and may be asked to begin anew."""

    path: str
    chunks: Callable[[], Iterator[bytes]]


@dataclass(slots=True, eq=False, repr=False)
class Frame(View):
    """What every page shares: where it is, its neighbours in other languages, the menu, the foot."""

    path: str
    lang: str
    code: str
    title: str
    description: str
    site_title: str
    home: str
    menu: tuple[Link, ...]
    languages: tuple[Link, ...]
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    root: str
    footer: tuple[Link, ...]
    contact: str
    licence: str
    publisher: str
    noindex: bool = False
    feeds: tuple[tuple[str, str, str], ...] = ()
    """Media type, title and address of the feeds that a program may be offered here."""
    follow: tuple[Link, ...] = ()
    """The feed that tells what changes on this page, in each format."""
    csp: str = CSP
    reads: tuple[str, ...] = ()
    """Data that scripts of the page read: files below the root, themselves scripts since a page from disk may read no
    others."""
    scripts: tuple[str, ...] = ()
    """What runs on the page, by the names of folders in `templates/scripts`."""
    name: str = ""
    """The title of the page without that of the site."""
    day: str = ""
    """The day on which the page came to say what it says, as ISO 8601 writes it; '' where that is not known."""
    cite: tuple[Format, ...] = ()
    """How the page is cited, where it says so itself."""
    images: tuple[tuple[str, str], ...] = ()
    """What networks may show of the page: addresses of pictures in full, and what each says."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Page(View):
    """Any page: its frame and its references."""

    frame: Frame
    references: tuple[Reference, ...] = ()

    template = ""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CompanyPage(Page):
    name: str
    trail: tuple[Link, ...]
    summary: Words
    apart: Words
    counts: str
    checked: str
    corrected: str
    standing: Standing
    facts: tuple[Fact, ...]
    claims: tuple[ClaimView, ...]
    amounts: tuple[AmountTable, ...]
    strip: Strip | None
    days: tuple[Day, ...]
    unknown: tuple[Words, ...]
    searches: tuple[Looked, ...]
    replies: tuple[WholeReply, ...]
    contact: Link
    desk: Link
    corrections: tuple[Day, ...]
    gone: tuple[Gone, ...] = ()
    history: Link | None = None
    compare: Link | None = None
    """To the page beside another company's."""
    untold: str = ""
    """That the build knows of no history."""
    summary_older: str = ""
    version: Link | None = None
    """To what has changed since this version, where the history is known."""
    pdf: Link | None = None
    """To the page as PDF, where one is made."""
    unproven: str = ""
    """That no quote is verified, where it can be said of all at once."""

    template = "pages/company.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class HomePage(Page):
    title: str
    lede: str
    checked: str
    numbers: tuple[tuple[str, str], ...]
    body: Words
    standing: Standing
    overview: Link
    money: tuple[MoneyRow, ...]
    cited_most: Link | None
    agencies: tuple[tuple[Link, str], ...]
    months: Months | None
    by_label: tuple[Legend, ...]
    companies: tuple[Entry, ...]
    companies_more: str
    demands: tuple[Row, ...]
    latest: tuple[Day, ...]
    changes: tuple[Day, ...]
    changed: str
    unknown: tuple[tuple[Link, Words], ...]
    searches: tuple[Looked, ...]
    thin: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    legend: tuple[Legend, ...]
    reply_legend: tuple[Legend, ...]
    links: dict[str, str] = field(default_factory=dict)

    template = "pages/home.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class AgencyPage(Page):
    name: str
    name_lang: str
    trail: tuple[Link, ...]
    counts: str
    facts: tuple[Fact, ...]
    standing: Standing | None
    claims: tuple[Row, ...]
    amounts: tuple[AmountTable, ...]
    days: tuple[Day, ...]
    demands: tuple[Row, ...]
    below: tuple[Link, ...]

    template = "pages/agency.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class DemandsPage(Page):
    title: str
    lede: str
    counts: str
    legend: tuple[Legend, ...]
    rows: tuple[Row, ...]
    demands: tuple[tuple[DemandView, Standing], ...]

    template = "pages/demands.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class TimelinePage(Page):
    title: str
    lede: str
    trail: tuple[Link, ...]
    contents: tuple[Row, ...]
    strip: Strip | None
    years: tuple[Days, ...]

    template = "pages/timeline.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ChangesPage(Page):
    title: str
    lede: str
    trail: tuple[Link, ...]
    contents: tuple[Row, ...]
    body: Words
    days: tuple[Day, ...]
    none: str

    template = "pages/changes.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ContentPage(Page):
    title: str
    trail: tuple[Link, ...]
    body: Words

    template = "pages/content.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class DraftPage(Page):
    """The form that drafts records in the visitor's browser. `new` is the address of a new file with its blanks, where
    the host of the repository is known; `blank` is a draft to be filled in by hand."""

    title: str
    trail: tuple[Link, ...]
    lede: str
    new: str
    blank: str

    template = "pages/draft.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class DataPage(Page):
    title: str
    lede: str
    downloads: tuple[Download, ...]
    draft: Link

    template = "pages/data.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class TombstonePage(Page):
    title: str
    words: str
    when: str
    instead: Link | None

    template = "pages/tombstone.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class NotFound(View):
    """That there is no such page, in one language."""

    lang: str
    title: str
    lede: str
    links: tuple[Link, ...]


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class NotFoundPage(Page):
    """The same in every language of the site, its first above."""

    told: tuple[NotFound, ...]

    template = "pages/404.html"
