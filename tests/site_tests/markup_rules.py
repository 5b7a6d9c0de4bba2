"""What every page owes to its reader's browser and screen reader, whatever it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import turbohtml
from turbohtml import TokenType
from turbohtml.conformance import check

from tests.site_tests.published import Page, Site

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SECTIONING = "main, article, section, aside, nav"
_NAMED_BY = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "for", "headers", "list", "form")


def parses(page: Page, site: Site) -> Iterator[str]:
    """The page is HTML without a parse error, and every tag it opens it closes."""
    if not page.text.lstrip().lower().startswith("<!doctype html>"):
        yield "1: does not begin with <!DOCTYPE html>"
    for error in page.tree.errors:
        yield f"{error.line}: {error.code}"
    open_tags: list[tuple[str, int]] = []
    for token in turbohtml.tokenize(page.text):
        tag = token.tag or ""
        if token.type is TokenType.START_TAG and tag not in _VOID and not token.self_closing:
            open_tags.append((tag, token.line))
        elif token.type is TokenType.END_TAG:
            if not open_tags or open_tags[-1][0] != tag:
                yield f"{token.line}: </{tag}> closes nothing; open is {open_tags[-1:]}"
                return
            open_tags.pop()
    for tag, line in open_tags:
        yield f"{line}: <{tag}> is never closed"


def conforms(page: Page, site: Site) -> Iterator[str]:
    """The page is free of what HTML forbids authors. The Nu checker knows more; this one needs no Java."""
    for message in check(page.tree).errors:
        # It does not know the roles of DPUB-ARIA, such as doc-noteref; the Nu checker and axe check roles.
        if message.code != "aria-invalid-role":
            yield f"{message.line}: {message.message}"


def one_h1(page: Page, site: Site) -> Iterator[str]:
    """The page has exactly one h1, and it says something."""
    found = page.select("h1")
    if len(found) != 1:
        yield f"1: {len(found)} h1 elements"
    for each in found:
        if not each.text.strip():
            yield f"{each.source_line}: the h1 is empty"


def headings_without_gaps(page: Page, site: Site) -> Iterator[str]:
    """Heading levels begin with 1 and go down one at a time."""
    before = 0
    for each in page.elements:
        if each.tag in _HEADINGS:
            level = int(each.tag[1])
            if level > before + 1:
                yield f"{each.source_line}: {each.tag} follows h{before}: {each.text.strip()[:60]!r}"
            before = level


def language_said(page: Page, site: Site) -> Iterator[str]:
    """`lang` on the html element says the language of the tree the page stands in."""
    root = page.tree.select_one("html")
    said = (root.attr("lang") if root else None) or ""
    if said.partition("-")[0] != site.language(page.path):
        yield f"1: lang={said!r} on a page in {site.language(page.path)!r}"


def landmarks(page: Page, site: Site) -> Iterator[str]:
    """One main, one header and one footer of the page, and navigation whose parts can be told apart by name."""
    for tag in ("main", "header", "footer"):
        found = [each for each in page.select(tag) if tag == "main" or each.closest(_SECTIONING) is None]
        if len(found) != 1:
            yield f"1: {len(found)} {tag} elements of the page"
    names = []
    for each in page.select("nav"):
        labels = (each.attr("aria-labelledby") or "").split()
        names.append(
            each.attr("aria-label") or " ".join(page.ids[label].text for label in labels if label in page.ids) or ""
        )
    if not names and not page.is_card:
        yield "1: no nav"
    for name, count in Counter(names).items():
        if count > 1 or (not name and len(names) > 1):
            yield f"1: {count} nav elements are named {name!r}"


def skip_link(page: Page, site: Site) -> Iterator[str]:
    """The first link of the page leads to its main part."""
    if page.is_card:
        return
    links = page.select("body a[href]")
    href = (links[0].attr("href") or "") if links else ""
    target = page.ids.get(href.removeprefix("#")) if href.startswith("#") else None
    if target is None:
        yield f"1: the first link leads to {href!r}, not to a place on the page"
    elif target.closest("main") is None:
        yield f"1: the first link leads to {href!r}, which is outside main"


def ids_unique(page: Page, site: Site) -> Iterator[str]:
    """An id is given once a page and holds no white space; what names an id names one that exists."""
    given = Counter(each.attr("id") or "" for each in page.elements if each.attr("id") is not None)
    for name, count in given.items():
        if count > 1:
            yield f"{page.ids[name].source_line}: id {name!r} is given {count} times"
        if not name or re.search(r"\s", name):
            yield f"{page.ids[name].source_line}: id {name!r} is no name"
    for each in page.elements:
        for attribute in _NAMED_BY:
            for name in (each.attr(attribute) or "").split():
                if name not in given:
                    yield f"{each.source_line}: {attribute} names {name!r}, which is not on the page"


def words_in_their_language(page: Page, site: Site) -> Iterator[str]:
    """A page speaks its own language; words of the other one (titles, quotes) say so with `lang`.

    Looks for pairs of small words no name of a company or a newspaper is made of, so that what it finds is meant.
    """
    language = site.language(page.path)
    for node in page.tree.descendants:
        if not isinstance(node, turbohtml.Text) or node.parent is None:
            continue
        if isinstance(node.parent, turbohtml.Element) and node.parent.tag in _NO_PLACE_FOR_LANG:
            continue
        around = node.parent.closest("[lang]")
        spoken = ((around.attr("lang") if around else None) or language).partition("-")[0]
        for other, words in _SMALL_WORDS.items():
            if spoken != other and spoken in _SMALL_WORDS and (found := words.search(node.data)):
                text = node.data.strip()[:80]
                yield f"{node.parent.source_line}: {other} words {found[0]!r} in {spoken} text: {text!r}"


# A title may quote the title of a source, and has no way to say in which language.
_NO_PLACE_FOR_LANG = ("script", "style", "title")
_SMALL_WORDS = {
    "en": re.compile(r"\b(?:in the|to the|by the|is not|has been|was not|were not|which the|that the|and the)\b"),
    "fr": re.compile(r"\b(?:dans le|dans les|par le|par les|n’est|n’a|ont été|a été|qui est|que le|et les)\b"),
}
