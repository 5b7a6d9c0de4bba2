"""The site as a whole: links resolve, languages point at each other, and every page is found."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tests.site_tests.published import Page, Site


def links_resolve(page: Page, site: Site) -> Iterator[str]:
    """Every internal address leads to a file of the site, and every fragment to an element of it."""
    for each in page.elements:
        for attribute in ("href", "src", "cite", "action"):
            href = each.attr(attribute)
            if href is None or (target := site.target(page.path, href)) is None:
                continue
            path, fragment = target
            if path not in site.files:
                yield f"{each.source_line}: {href!r} leads to {path}, which does not exist"
            elif fragment and path.endswith(".html") and fragment not in site.pages[path].ids:
                yield f"{each.source_line}: {href!r} leads to no element of {path}"


def links_work_anywhere(page: Page, site: Site) -> Iterator[str]:
    """Links inside the site are relative and end in index.html, so that the folder works under any path and from disk.

    404.html is shown at any address, so its links are absolute.
    """
    for each in page.select("a[href], area[href], link[href], img[src], script[src], form[action], source[src]"):
        href = each.attr("href") or each.attr("src") or each.attr("action") or ""
        rel = (each.attr("rel") or "").split()
        is_for_robots = each.tag == "link" and ("canonical" in rel or "alternate" in rel)
        target = site.target(page.path, href)
        if is_for_robots or target is None or (href.startswith("#") and each.tag == "a"):
            continue
        if page.is_not_found:
            if not href.startswith(site.base_url):
                yield f"{each.source_line}: {href!r} should begin with {site.base_url}"
            continue
        if href.startswith(("http:", "https:", "/")) or not href:
            yield f"{each.source_line}: {href!r} should be relative"
        if target[0].endswith("index.html") and not urlsplit(href).path.endswith("index.html"):
            yield f"{each.source_line}: {href!r} should end in index.html"


def canonical(page: Page, site: Site) -> Iterator[str]:
    """One canonical address, absolute, and it is the page's own. 404.html has none: it is no place. That of a card is
    the page of its company."""
    found = [each.attr("href") or "" for each in page.select("link[rel~=canonical]")]
    if page.is_not_found:
        if found:
            yield "1: 404.html has a canonical address"
    elif len(found) != 1 or not found[0].startswith(site.base_url):
        yield f"1: canonical addresses {found}, and one below {site.base_url} is wanted"
    elif page.is_card:
        if (site.target(page.path, found[0]) or ("",))[0] != posixpath.normpath(f"{page.path}/../../index.html"):
            yield f"1: the canonical address {found[0]} of a card is not that of its company"
    elif site.target(page.path, found[0]) != (page.path, ""):
        yield f"1: the canonical address {found[0]} is another page's"


def languages_point_at_each_other(page: Page, site: Site) -> Iterator[str]:
    """A page names itself and its counterpart in each language, absolute, and the counterpart names it."""
    if page.is_not_found or len(site.languages) == 1:
        return
    alternates = _alternates(page, site)
    for language in site.languages:
        if alternates.get(language, [""])[0] == "":
            yield f"1: no hreflang link for {language!r}"
    for language, paths in alternates.items():
        if len(paths) > 1:
            yield f"1: {len(paths)} hreflang links for {language!r}"
        other = site.pages.get(paths[0])
        if other is None:
            yield f"1: the {language!r} counterpart {paths[0]!r} is no page of the site"
        elif site.language(other.path) != language:
            yield f"1: the {language!r} counterpart {other.path} is in {site.language(other.path)!r}"
        elif page.path not in (path for paths in _alternates(other, site).values() for path in paths):
            yield f"1: the counterpart {other.path} does not point back"


def _alternates(page: Page, site: Site) -> dict[str, list[str]]:
    """Paths of the counterparts by language; an empty path for one that is not an address of this site."""
    found: dict[str, list[str]] = {}
    for each in page.select("link[rel~=alternate][hreflang]:not([type])"):
        href, language = each.attr("href") or "", (each.attr("hreflang") or "").partition("-")[0]
        if language == "x":  # x-default repeats one of the others
            continue
        target = site.target(page.path, href) if href.startswith(site.base_url) else None
        found.setdefault(language, []).append(target[0] if target else "")
    return found


def titles_differ(site: Site) -> Iterator[str]:
    """Each page has one title, and no other page in its language has the same."""
    holders: dict[tuple[str, str], str] = {}
    for path, page in site.pages.items():
        if page.is_notice:
            continue
        titles = [each.text.strip() for each in page.select("head > title")]
        if len(titles) != 1 or not titles[0]:
            yield f"{path}: {len(titles)} titles, {titles}"
            continue
        first = holders.setdefault((site.language(path), titles[0]), path)
        if first != path:
            yield f"{path}: the title {titles[0]!r} is also that of {first}"


def interface_is_translated(page: Page, site: Site) -> Iterator[str]:
    """The words around the content differ from those of the counterpart in another language."""
    if site.language(page.path) == site.languages[0] or page.is_not_found:
        return
    counterpart = site.pages.get(_alternates(page, site).get(site.languages[0], [""])[0])
    if counterpart is None:
        return
    for what, words in _interface(counterpart).items():
        if words & _interface(page)[what]:
            yield f"1: {what} untranslated: {sorted(words & _interface(page)[what])}"


def _interface(page: Page) -> dict[str, set[str]]:
    texts = {
        "skip link": {page.select("body a[href]")[0].text.strip()} if page.select("body a[href]") else set(),
        "footer": {paragraph.text.strip() for paragraph in page.select("body > footer p")},
        "name of a landmark": {each.attr("aria-label") or "" for each in page.select("nav[aria-label]")},
    }
    # A paragraph without words of its own, such as a list of names or figures, may be alike.
    return {
        what: {text for text in found if len(re.findall(r"\b[a-z]{2,}\b", text)) > 1} for what, found in texts.items()
    }


def every_page_is_found(site: Site) -> Iterator[str]:
    """From the home page, links lead to every page of the site; the sitemap lists them all and nothing else.

    The notice at the address of what was removed is for those who come by an old link.
    """
    pages = {path for path, page in site.pages.items() if not (page.is_not_found or page.is_notice)}
    seen: set[str] = set()
    ahead = ["index.html"]
    while ahead:
        path = ahead.pop()
        if path in pages and path not in seen:
            seen.add(path)
            links = (each.attr("href") or "" for each in site.pages[path].select("a[href]"))
            ahead.extend(target[0] for href in links if (target := site.target(path, href)))
    for path in sorted(pages - seen):
        yield f"{path}: no link leads here"
    try:
        listed = Counter(each.text or "" for each in _locations(site.files.get("sitemap.xml", b"")))
    except ElementTree.ParseError as error:
        yield f"sitemap.xml: {error}"
        return
    in_sitemap = Counter({(site.target("", address) or ("",))[0]: count for address, count in listed.items()})
    for path in sorted(pages | {*in_sitemap}):
        wanted = 1 if path in pages else 0
        if in_sitemap[path] != wanted:
            yield f"sitemap.xml: lists {posixpath.join(site.base_url, path)} {in_sitemap[path]} times, not {wanted}"


def _locations(sitemap: bytes) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(sitemap).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
