"""What is carried away, made: the PDF of a company's page, the book of the whole dossier, the site as one ZIP.

The same bytes for the same site, date and versions of the libraries. What a kind needs is asked for by `lacking` before
anything is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from dossier import drawing
from dossier.carried import ZIP, ZIP_DIGEST, Imprint, pdf_of_page
from dossier.illustrate import illustrate
from dossier.language import language
from dossier.pages import CompanyPage, File, Page, Stream
from dossier.painted import paint
from dossier.paper import laid_in, opened, settled, styled
from dossier.pdf import NEEDS, able, as_pdf, parsed
from dossier.plan import addresses_of, sections_of
from dossier.plan.carrying import book_page, has_book, imprint, in_book, pdf_link, prefix_of, readme
from dossier.plan.edition import Edition
from dossier.register import Register
from dossier.render import Renderer
from dossier.workers import shared
from dossier.zipped import Zipped

FONTS = ("NotoSerif-Regular", "NotoSerif-Italic", "NotoSerif-Bold", "NotoSans-Regular", "NotoSans-Bold")


def lacking(carried: frozenset[str]) -> str:
    """What this machine lacks to make these kinds, in a line that says what to install; '' where nothing."""
    pdf = f"--with pdf takes {NEEDS}" if "pdf" in carried and not able() else ""
    images = f"--with images takes {drawing.NEEDS}" if "images" in carried and not drawing.able() else ""
    return "; ".join(filter(None, (pdf, images)))


def files_of(page: Page, edition: Edition, renderer: Renderer) -> Iterator[File]:
    """A page, and before it what goes with it, which it then tells of."""
    if "pdf" in edition.carried and isinstance(page, CompanyPage):
        path = pdf_of_page(page.frame.path, edition.code)
        pdf = _company_pdf(page, edition, renderer)
        page.pdf = pdf_link(edition, page.frame.path, path, len(pdf))
        yield File(path, pdf)
    yield renderer.file(page)


def _company_pdf(page: CompanyPage, edition: Edition, renderer: Renderer) -> bytes:
    def shape(root: Element) -> None:
        settled(root, page.frame.canonical, {page.frame.canonical: ""})
        _dressed(root, page, renderer)
        opened(root, above(imprint(edition, page.frame.canonical)))

    return as_pdf(renderer.file(page).content.decode(), shape, _fonts(renderer))


def above(told: Imprint) -> Element:
    """An imprint as it stands above a page."""
    block = Element("div", {"class": "imprint"})
    for name, text in (("site", told.site), ("state", told.state), ("link", f"{told.before} ")):
        line = Element("p", {"class": f"imprint__{name}"})
        line.text = text
        block.append(line)
    link = Element("a", {"href": told.address})
    link.text = told.address
    block[-1].append(link)
    for text in told.says:
        line = Element("p", {"class": "imprint__said"})
        line.text = text
        block.append(line)
    return block


def _dressed(root: Element, page: Page, renderer: Renderer) -> None:
    """The style of the site and that of paper, in a document and on its drawings."""
    own = renderer.found("styles/pdf.css")
    style = renderer.stylesheet.content.decode() if renderer.stylesheet else ""
    style += own.read_text("utf-8") if own else ""
    styled(root, style, page.frame.publisher)
    paint(root, style, "Dossier Sans")


def _fonts(renderer: Renderer) -> dict[str, Path]:
    return {name: path for name in FONTS if (path := renderer.found(f"fonts/{name}.ttf"))}


def carry(
    files: Iterable[File | Stream], register: Register, today: date, carried: frozenset[str], root: Path
) -> Iterator[File | Stream]:
    """The files of a site, then what is made of the whole of it."""
    first, addresses, sections = register.languages[0], addresses_of(register), sections_of(register)
    editions = [
        Edition(register, language(code, first), addresses, today, sections, carried) for code in register.languages
    ]
    renderer = Renderer(first, root)
    made = _bound(files, editions, renderer)
    yield from _zipped(made, editions) if "zip" in carried else made
    if "images" in carried:  # networks ask the living site for them: the ZIP is without
        yield from illustrate(editions, renderer)


def _bound(files: Iterable[File | Stream], editions: list[Edition], renderer: Renderer) -> Iterator[File | Stream]:
    """Files, and after them the PDF of the whole in each language."""
    known = {edition.code: edition for edition in editions if has_book(edition)}
    pages: dict[str, dict[str, str]] = {code: {} for code in known}
    for file in files:
        for code, edition in known.items():
            if isinstance(file, File) and in_book(edition, file.path):
                pages[code][file.path] = file.content.decode()
        yield file
    yield from shared(list(known), lambda code: _book(known[code], pages[code], renderer), 2)


def _zipped(files: Iterable[File | Stream], editions: list[Edition]) -> Iterator[File | Stream]:
    """Files, and after them the ZIP of them all."""
    with closing(Zipped(editions[0].today)) as zipped:
        for file in files:
            zipped.add(file)
            yield file
        zipped.add(File("README.txt", readme(editions).encode()))
        yield from zipped.files(ZIP, ZIP_DIGEST)


def _book(edition: Edition, pages: dict[str, str], renderer: Renderer) -> File:
    """The whole dossier as one PDF."""
    page = book_page(edition, pages)
    parts = [(path, part) for part in page.parts for path in part.paths]
    prefixes = {path: prefix_of(path) for path, _ in parts}
    within = {edition.absolute(path): prefix for path, prefix in prefixes.items()}

    def shape(root: Element) -> None:
        settled(root, page.frame.canonical, {})
        for path, part in parts:
            each = parsed(pages[path])
            settled(each, edition.absolute(path), within, prefixes[path])
            laid_in(root, each, prefixes[path], part.heading, part.without)
        _dressed(root, page, renderer)

    return File(page.frame.path, as_pdf(renderer.file(page).content.decode(), shape, _fonts(renderer)))
