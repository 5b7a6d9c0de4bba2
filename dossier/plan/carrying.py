"""The words on what is carried away: above a page on paper, in the book of the whole, beside the ZIP and in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from dossier.addresses import IN_PLACE, relative
from dossier.carried import MOST_IN_BOOK, ZIP, ZIP_DIGEST, BookPage, Imprint, Part, book_of
from dossier.dates import parse_edtf
from dossier.language import language
from dossier.patterns import regex
from dossier.plan.companies import sort_key
from dossier.plan.edition import Edition
from dossier.views import Download, Link

TOLD_APART = ("companies", "demands", "latest", "changes")
"""Sections of the home page, by their headings, that other parts of the book hold in full."""
_PERIOD = regex(r"\d{1,4}(-\d\d)?")


def pdf_link(edition: Edition, here: str, path: str, size: int) -> Link:
    """To the PDF of a page, of `size` bytes."""
    kilobytes = edition.language.number(-(-size // 1000))
    return Link(edition.say("This page as PDF (%(size)s kB)", size=kilobytes), relative(here, path))


def imprint(edition: Edition, address: str) -> Imprint:
    """What stands above the paper edition of the page at `address`."""
    site = edition.register.site
    text = edition.language.text
    return Imprint(
        site=text(site.title),
        state=edition.say("As of %(date)s", date=_today(edition)),
        before=edition.say("Permanent link, with what has changed since:"),
        address=address,
        says=(
            f"{edition.say('Published by %(publisher)s.', publisher=text(site.publisher))} "
            f"{edition.say('Licence: %(licence)s.', licence=text(site.licence))}",
        ),
    )


def _today(edition: Edition) -> str:
    return edition.language.date(parse_edtf(edition.today.isoformat()))


def has_book(edition: Edition) -> bool:
    return "pdf" in edition.carried and len(edition.register.companies) <= MOST_IN_BOOK


def book_page(edition: Edition, paths: Iterable[str]) -> BookPage:
    """Title page and contents; `paths` are those of pages that are `in_book`, in order."""
    site, there = edition.register.site, list(paths)
    found = [part for part in _parts(edition, there) if set(part.paths).issubset(there)]
    return BookPage(
        frame=edition.frame("data", title=edition.say("The whole dossier"), path=book_of(edition.code)),
        title=edition.language.text(site.title),
        lede=edition.language.text(site.description),
        imprint=imprint(edition, edition.absolute(edition.path())),
        contents=tuple(Link(part.title, f"#{prefix_of(part.paths[0])}top") for part in found),
        parts=tuple(found),
    )


def prefix_of(path: str) -> str:
    """How the ids of a page begin in the book, where there are pages beside it."""
    return f"{path.removesuffix('index.html').replace('/', '_')}."


def _parts(edition: Edition, paths: list[str]) -> Iterator[Part]:
    def whole(name: str) -> tuple[str, ...]:
        """A list of the site, on one page or on a page a letter, year or month."""
        first = edition.path(name)
        return (first, *(path for path in paths if path != first and _is_part(path, first)))

    said = edition.say("At a glance, and how to read it")
    yield Part(said, (edition.path(),), heading=said, without=TOLD_APART)
    for company in sorted(edition.register.companies.values(), key=lambda each: (sort_key(each.name), each.id)):
        yield Part(company.name, (edition.path("companies", company.id),))
    yield Part(edition.say("Demands"), (edition.path("demands"),))
    yield Part(edition.say("Timeline"), whole("timeline"))
    yield Part(edition.say("Sources"), whole("sources"))
    for name, page in edition.pages.items():
        if name not in IN_PLACE:
            yield Part(page.title, (edition.path(name),))
    yield Part(edition.say("Corrections"), (edition.path("corrections"),))


def in_book(edition: Edition, path: str) -> bool:
    """Whether a page of the site is a part of the book."""
    lists = [edition.path(name) for name in ("timeline", "sources")]
    return any(path == first or _is_part(path, first) for first in lists) or path in _single(edition)


@cache
def _single(edition: Edition) -> frozenset[str]:
    return frozenset(path for part in _parts(edition, []) for path in part.paths)


def _is_part(path: str, first: str) -> bool:
    """Whether a page is a part of the list whose first page is `first`: parts are letters and periods, which no id of a
    record is."""
    folder = first.removesuffix("index.html")
    name = path.removeprefix(folder).removesuffix("/index.html")
    return path.startswith(folder) and (len(name) == 1 or name[:1] == "_" or bool(_PERIOD.fullmatch(name)))


def downloads(edition: Edition, root: str) -> Iterator[Download]:
    """What the data page offers besides; `root` leads from it to the root. The ZIP is no part of itself: its address is
    that on the web."""
    if has_book(edition):
        for code in edition.register.languages:
            of = language(code, code).own_name
            says = edition.say("The whole dossier on paper: %(language)s (PDF).", language=of)
            yield Download(Link(book_of(code).rpartition("/")[2], root + book_of(code)), says)
    elif "pdf" in edition.carried:
        address = relative(edition.path("data"), edition.path("companies"))
        says = edition.say("Each company’s page offers its own PDF; there are too many for one of the whole.")
        yield Download(Link("PDF", address), says)
    if "zip" in edition.carried:
        says = edition.say("The whole site, to read from a disk without a network (ZIP).")
        yield Download(Link(ZIP.rpartition("/")[2], edition.absolute(ZIP)), says)
        says = edition.say("The SHA-256 of that file.")
        yield Download(Link(ZIP_DIGEST.rpartition("/")[2], edition.absolute(ZIP_DIGEST)), says)


def readme(editions: Sequence[Edition]) -> str:
    """What the ZIP says of itself, in every language."""
    return f"\n\n{'-' * 72}\n\n".join(_readme(edition) for edition in editions) + "\n"


def _readme(edition: Edition) -> str:
    site, text, say = edition.register.site, edition.language.text, edition.say
    title = text(site.title)
    lines = (
        f"{title}\n{'=' * len(title)}",
        say("This folder holds the whole site as it stood on %(date)s.", date=_today(edition)),
        say("Open %(page)s in a browser. No network is needed.", page=edition.path()),
        say("The living version, with what has changed since: %(address)s", address=edition.absolute(edition.path())),
        f"{say('Published by %(publisher)s.', publisher=text(site.publisher))} "
        f"{say('Licence: %(licence)s.', licence=text(site.licence))}",
        f"{say('Write to the editors')}{say(': ')}{site.contact}",
    )
    return "\n\n".join(lines)
