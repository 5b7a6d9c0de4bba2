"""Pages of the site as documents for paper: their links work from anywhere, or lead within the document; every id is
there once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

_NAMING = ("id", "aria-labelledby", "aria-describedby", "headers", "for")
"""Attributes that hold ids of the page."""
_NOT_ON_PAPER = {"nav", "form", "script", "template", "button"}


def absolute(here: str, href: str) -> str:
    """A link of the page at the address `here` as one that works anywhere; a folder's `index.html` is the folder."""
    if ":" in href.partition("/")[0]:
        return href
    path, mark, fragment = urljoin(here, href).partition("#")
    return path.removesuffix("index.html") + mark + fragment


def styled(root: Element, style: str, author: str) -> None:
    """Give a page its style inside, in the place of links to it, and say whose work it is."""
    head = _the(root, "head")
    for link in head.findall("link"):
        head.remove(link)
    head.append(Element("meta", {"name": "author", "content": author}))
    sheet = Element("style")
    sheet.text = style
    head.append(sheet)


def settled(root: Element, here: str, within: Mapping[str, str], prefix: str = "") -> None:
    """Make links of the page at the address `here` absolute, but those to addresses that are `within` the document,
    which lead to the ids that begin as told there; its own ids begin with `prefix`. What is not for paper goes."""
    _clear(root)
    for each in root.iter():
        if href := each.get("href"):
            # A permanent link leads to what is said there now, not to where its reader is.
            is_permanent = each.get("rel") == "bookmark" and href.startswith("#")
            each.set("href", here + href if is_permanent else _link(here, href, within, prefix))
        for name in _NAMING if prefix else ():
            if named := each.get(name):
                each.set(name, " ".join(prefix + word for word in named.split()))


def _link(here: str, href: str, within: Mapping[str, str], prefix: str) -> str:
    if href.startswith("#"):
        return f"#{prefix}{href[1:]}"
    address, _, fragment = absolute(here, href).partition("#")
    if address in within and not fragment.startswith(":~:"):
        return f"#{within[address]}{fragment or 'top'}"
    return f"{address}#{fragment}" if fragment else address


def _clear(parent: Element) -> None:
    for child in list(parent):
        if child.tag in _NOT_ON_PAPER or child.get("hidden") is not None:
            _remove(parent, child)
        else:
            _clear(child)


def _remove(parent: Element, child: Element) -> None:
    """Without it, but with the text that follows it."""
    place = list(parent).index(child)
    before = parent[place - 1] if place else None
    if before is None:
        parent.text = (parent.text or "") + (child.tail or "")
    else:
        before.tail = (before.tail or "") + (child.tail or "")
    parent.remove(child)


def opened(root: Element, above: Element) -> None:
    """Put `above` at the top of a page's content."""
    _the(root, "main").insert(0, above)


def laid_in(book: Element, page: Element, prefix: str, heading: str, without: Iterable[str]) -> None:
    """Lay the content of a settled `page` into a `book`, as a part of its own that begins at `prefix` + top."""
    part = Element("div", {"class": "book__part", "id": f"{prefix}top"})
    part.extend(_the(page, "main"))
    gone = {f"{prefix}{name}_h" for name in without}
    for parent in list(part.iter()):
        for child in list(parent):
            if child.tag == "section" and child.get("aria-labelledby") in gone:
                _remove(parent, child)
    if heading and (head := next(part.iter("h1"), None)) is not None:
        for child in list(head):
            head.remove(child)
        head.text = heading
    _the(book, "main").append(part)


def _the(root: Element, name: str) -> Element:
    found = next(root.iter(name), None)
    if found is None:
        raise ValueError(f"the page has no {name}")
    return found
