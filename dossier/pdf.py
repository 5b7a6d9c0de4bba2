"""HTML to PDF: by WeasyPrint, as PDF/UA-1 (ISO 14289-1), with the same bytes each time for the same text, fonts and
versions of the libraries.

Nothing is fetched. Fonts are those a style sheet asks for as `font:NAME`, from folders that the caller names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

NEEDS = (
    "WeasyPrint ('make desk') and Pango (Debian: 'apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0')"
)
"""What a machine needs that makes PDFs."""
SVG = "{http://www.w3.org/2000/svg}"
_NO_FONTS: Mapping[str, Path] = {}


@cache
def able() -> bool:
    """Whether this machine can make PDFs."""
    try:
        import weasyprint  # type: ignore[import-untyped]  # noqa: F401
    except (ImportError, OSError):  # an OSError where Pango is not there
        return False
    return True


def parsed(html: str) -> Element:
    """The tree of a page, as `shape` of `as_pdf` sees it: elements of HTML without a namespace."""
    import tinyhtml5  # type: ignore[import-untyped]

    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return root


def as_pdf(
    html: str, shape: Callable[[Element], object] = lambda root: None, fonts: Mapping[str, Path] = _NO_FONTS
) -> bytes:
    """A document as PDF. `shape` may change its tree first; `fonts` are files by name. Raises `ImportError` or
    `OSError` where the machine is not `able`."""
    from weasyprint import HTML

    document = HTML(string=html, url_fetcher=_fetcher(fonts))
    shape(document.etree_element)
    _name_pictures(document.etree_element)
    _tell_languages()
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _name_pictures(root: Element) -> None:
    """The label of each drawing as its title, which is where WeasyPrint looks for what to say in its place."""
    for drawing in root.iter(f"{SVG}svg"):
        if (label := drawing.get("aria-label")) and drawing.find(f"{SVG}title") is None:
            title = Element(f"{SVG}title")
            title.text = label
            drawing.insert(0, title)


def _fetcher(fonts: Mapping[str, Path]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

    class Fonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme != "font" or name not in fonts:
                raise ValueError("a document fetches nothing")
            return URLFetcherResponse(url, fonts[name].read_bytes())

    return Fonts()


@cache
def _tell_languages() -> None:
    """Have WeasyPrint say the language of each part that has its own, such as a quote: PDF/UA-1 asks for it in 7.2, and
    version 70 says that of the whole alone."""
    import pydyf  # type: ignore[import-untyped]
    from weasyprint.pdf import tags  # type: ignore[import-untyped]

    plain = tags._build_box_tree

    def telling(box: Any, *rest: Any) -> Any:
        element = getattr(box, "element", None)
        language = element.get("lang") if element is not None and element.tag not in ("html", "body") else None
        for made in plain(box, *rest):
            if language:
                made["Lang"] = pydyf.String(language)
            yield made

    tags._build_box_tree = telling
