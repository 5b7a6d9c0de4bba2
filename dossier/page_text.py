"""The text of a page as a reader sees it: HTML, PDF or plain text, told by its bytes and by what the server said.

Pages come from strangers. HTML is read by turbohtml, an implementation of the WHATWG's own rules that was tried with
200,000 nested elements and 100,000 attributes (lxml took 15 seconds for the latter, lexbor did not end), PDF in a
process of its own (`page_pdf.py`). Sizes are bounded before and after.
"""

from __future__ import annotations

from typing import Literal

from dossier import page_html, page_pdf
from dossier.frozen import dataclass
from dossier.page_charset import decoded

MOST_BYTES = 30_000_000
MOST_TEXT = 5_000_000
LEAST_TEXT = 200
"""Fewer characters than this are no article: a wall, a notice about consent, or a page that a script would fill."""

_HTML = ("text/html", "application/xhtml+xml")
_UNKNOWN = ("", "application/octet-stream", "binary/octet-stream", "application/force-download", "unknown/unknown")


class Unreadable(Exception):
    """A page whose text cannot be had; the message is one plain sentence that says why."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text: its blocks are lines. `charset` is the one it was read in, '' for a PDF."""

    text: str
    kind: Literal["html", "pdf", "text"]
    charset: str
    title: str


def text_of(body: bytes, content_type: str) -> PageText:
    """The text of a page, by the `Content-Type` it came with; '' where there was none. Raises `Unreadable`."""
    if len(body) > MOST_BYTES:
        raise Unreadable(f"the page is larger than {MOST_BYTES // 1_000_000} MB")
    if not body.strip():
        raise Unreadable("the page is empty")
    kind = content_type.partition(";")[0].strip().lower()
    if body[:1024].lstrip().startswith(b"%PDF-"):
        page = _pdf(body)
    elif kind == "application/pdf":
        raise Unreadable("the server calls the page a PDF, and it is none")
    elif kind in _HTML or (kind in _UNKNOWN and body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")):
        page = _html(body, content_type)
    elif kind == "text/plain":
        page = _plain(body, content_type)
    else:
        raise Unreadable(f"the page is of a kind that holds no text to read: {kind[:80] or 'unknown'}")
    if len(page.text) > MOST_TEXT:
        raise Unreadable(f"the page holds more than {MOST_TEXT // 1_000_000} million characters of text")
    if not page.text:
        raise Unreadable("the page holds no text")
    return page


def looks_empty(text: str) -> bool:
    """Whether a text is too short to be what a source says."""
    return len("".join(text.split())) < LEAST_TEXT


def _html(body: bytes, content_type: str) -> PageText:
    markup, charset = decoded(body, content_type, markup=True)
    try:
        text, title = page_html.read(markup, MOST_TEXT)
    except page_html.TooMuch as much:
        raise Unreadable(str(much)) from None
    return PageText(text, "html", charset, title)


def _plain(body: bytes, content_type: str) -> PageText:
    text, charset = decoded(body, content_type)
    if "\0" in text:
        raise Unreadable("the server calls the page plain text, and it is none")
    lines = (line.strip() for line in text.replace("\f", "\n").splitlines())
    return PageText("\n".join(lines).strip(), "text", charset, "")


def _pdf(body: bytes) -> PageText:
    try:
        text, title = page_pdf.read(body, MOST_TEXT)
    except page_pdf.NoText as reason:
        raise Unreadable(str(reason)) from None
    return PageText(text, "pdf", "", title)
