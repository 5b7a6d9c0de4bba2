"""What search engines and servers read. Part of `export`."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from dossier.export.addresses import Absolute
from dossier.pages import CSP

Listed = tuple[str, tuple[tuple[str, str], ...]]
"""A page: its file below the output folder, and the file (or absolute address) of each of its language versions."""


def sitemap(pages: Iterable[Listed], at: Absolute) -> bytes:
    """All pages in the order of their files (sitemaps.org), each with its language versions; the page for addresses
    that do not exist is left out.

    No `lastmod`: a build knows its own date, not the day on which a page's words changed.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path, versions in sorted(pages):
        if path.rpartition("/")[2] == "404.html":
            continue
        links = "".join(_link(*version, at) for version in versions) if len(versions) > 1 else ""
        lines.append(f"<url><loc>{escape(at.file(path))}</loc>{links}</url>")
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()


def _link(language: str, version: str, at: Absolute) -> str:
    address = version if "://" in version else at.file(version)
    return f'\n<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'


def headers() -> bytes:
    """Response headers, as Netlify and Cloudflare Pages read them. A meta tag cannot say `frame-ancestors`."""
    said = (
        f"Content-Security-Policy: {CSP}; frame-ancestors 'none'",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
    )
    return "\n".join(("/*", *(f"  {line}" for line in said), "")).encode()


def robots(at: Absolute) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {at.file('sitemap.xml')}\n".encode()
