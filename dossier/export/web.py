"""What search engines and servers read. Part of `export`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from dossier.addresses import Addresses
from dossier.export.addresses import Absolute, in_quotes
from dossier.export.joined import Text, joined
from dossier.feed import KINDS
from dossier.pages import CSP_OF_SCRIPTS, CSP_OF_SITE
from dossier.register import Register

Listed = tuple[str, tuple[tuple[str, str], ...]]
"""A page: its file below the output folder, and the file (or absolute address) of each of its language versions, itself
among them."""

TYPED_IN = "contribute/draft"
"""The page on which something is typed and kept: a frame around it could mislead who types."""
PAGES = "sitemap.xml/pages"
"""The list whose texts are the entries of pages."""


def sitemap_line(register: Register, path: str, alternates: Iterable[tuple[str, str]]) -> tuple[str, str, str]:
    """A page as a line, which holds its finished entry."""
    return PAGES, path, entry((path, tuple(alternates)), Absolute.of(register))


def entry(page: Listed, at: Absolute) -> str:
    """A page as the sitemap lists it; nothing for the page that answers at addresses that do not exist."""
    path, versions = page
    if path.endswith("404.html") and path.rpartition("/")[2] == "404.html":
        return ""
    links = "".join([_link(*version, at) for version in versions]) if len(versions) > 1 else ""
    return f"<url><loc>{escape(at.file(path), quote=False)}</loc>{links}</url>\n"


def sitemap(entries: Iterable[Text]) -> Iterator[bytes]:
    """All pages in the order of their files (sitemaps.org), each with its language versions.

    No `lastmod`: a build knows its own date, not the day on which a page's words changed.
    """
    yield (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    yield from joined(entries)
    yield b"</urlset>\n"


def entries(pages: Iterable[Listed], at: Absolute) -> Iterator[str]:
    """Pages that were not handed in as lines, in the order of their files, in which they have to be given."""
    before = ""
    for page in pages:
        if page[0] <= before:
            raise ValueError(f"pages are listed in the order of their paths, and {page[0]!r} comes after {before!r}")
        before = page[0]
        yield entry(page, at)


def _link(language: str, version: str, at: Absolute) -> str:
    address = version if "://" in version else at.file(version)
    return f'\n<xhtml:link rel="alternate" hreflang="{in_quotes(language)}" href="{in_quotes(address)}"/>'


def headers(languages: tuple[str, ...]) -> bytes:
    """Response headers, as Netlify and Cloudflare Pages read them. A meta tag cannot say `frame-ancestors`, and no
    ending says that a file is a feed. What a header forbids no page can allow again, and of several headers of one name
    each counts: so what stands for all pages allows what those with scripts need, and cards to stand in frames."""
    said = (
        f"Content-Security-Policy: {CSP_OF_SITE}",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
    )
    lines = ["/*", *(f"  {line}" for line in said)]
    at = Addresses(languages[0])
    for code in languages:
        path = at.page(code, TYPED_IN).removesuffix("index.html")
        lines += f"/{path}*", f"  Content-Security-Policy: {CSP_OF_SCRIPTS}; frame-ancestors 'none'"
    for _, kind, ending in KINDS:
        for path in (f"/feed{ending}", f"/*/feed{ending}"):
            lines += path, f"  Content-Type: {kind}; charset=utf-8"
    return "\n".join((*lines, "")).encode()


def robots(at: Absolute) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {at.file('sitemap.xml')}\n".encode()
