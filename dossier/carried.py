"""What a reader can carry away besides pages: a PDF of each company and of the whole dossier, share images, the site as
one ZIP. It is made on request (`build.py --with`), since it takes libraries and time that no plain build needs; pages
speak of it only where it is made.
"""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.views import Link, View

KINDS = ("pdf", "images", "zip")
"""What can be asked for."""
MOST_IN_BOOK = 300
"""Companies beyond which there is no PDF of the whole: it would have thousands of pages, and take an hour to make."""
ZIP = "data/dossier-site.zip"
ZIP_DIGEST = f"{ZIP}.sha256"


def pdf_of_page(path: str, code: str) -> str:
    """Where the PDF of the page of a record stands: beside it, under a name that says what it is once it is saved."""
    folder = path.removesuffix("/index.html")
    return f"{folder}/{folder.rpartition('/')[2]}-{code}.pdf"


def book_of(code: str) -> str:
    return f"data/dossier-{code}.pdf"


@dataclass(slots=True, eq=False, repr=False)
class Imprint(View):
    """What stands above a page on paper: whose it is, its permanent address, its date. `state` is said in the head of
    every sheet."""

    site: str
    state: str
    before: str
    """What the address is, in words."""
    address: str
    says: tuple[str, ...]


@dataclass(slots=True, eq=False, repr=False)
class Part(View):
    """A part of the whole dossier on paper: pages of the site by their paths, in order. `heading` stands in the place
    of the first page's own; sections in `without` are told in another part."""

    title: str
    paths: tuple[str, ...]
    heading: str = ""
    without: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class BookPage(Page):
    """Title page and contents of the whole dossier on paper."""

    title: str
    lede: str
    imprint: Imprint
    contents: tuple[Link, ...]
    parts: tuple[Part, ...]

    template = "pages/book.html"
