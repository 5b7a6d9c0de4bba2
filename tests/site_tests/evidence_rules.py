"""Every claim shows where it comes from: references are numbered, found, and lead back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.site_tests.published import Page, Site

_NOTEREF = "a[role=doc-noteref]"
_REFERENCE = re.compile(r"ref-([1-9][0-9]*)")


def references_ascend(page: Page, site: Site) -> Iterator[str]:
    """The items of `ol.references` are ref-1, ref-2 and so on without a gap, and nothing else is called so."""
    items = page.select("ol.references > li")
    for number, item in enumerate(items, start=1):
        if item.attr("id") != f"ref-{number}":
            yield f"{item.source_line}: the reference in place {number} has the id {item.attr('id')!r}"
    inside = {item.attr("id") for item in items}
    for name, element in page.ids.items():
        if _REFERENCE.fullmatch(name) and name not in inside:
            yield f"{element.source_line}: {name} stands outside ol.references"
    if len(page.select("ol.references")) > 1:
        yield "1: more than one ol.references"


def references_lead_back(page: Page, site: Site) -> Iterator[str]:
    """Every reference has a way back, each of its ways back leads to a citation of it, and each citation is led to."""
    for item in page.select("ol.references > li"):
        name = item.attr("id") or ""
        back = {(link.attr("href") or "")[1:] for link in item.select("a[href^='#']")}
        cited_at = {cite.attr("id") or "" for cite in page.select(f"{_NOTEREF}[href='#{name}']")}
        if not back:
            yield f"{item.source_line}: {name} has no way back"
        for anchor in sorted(back - cited_at):
            yield f"{item.source_line}: {name} leads back to #{anchor}, which does not cite it"
        for anchor in sorted(cited_at - back):
            yield f"{item.source_line}: {name} has no way back to its citation {anchor or 'without an id'!r}"


def citations_ascend(page: Page, site: Site) -> Iterator[str]:
    """Each citation points to a reference of the page, prints its number, and first uses ascend 1 to n."""
    references = {item.attr("id") or "" for item in page.select("ol.references > li")}
    used: list[str] = []
    for cite in page.select(_NOTEREF):
        href = cite.attr("href") or ""
        name = href.removeprefix("#")
        if not href.startswith("#") or name not in references:
            yield f"{cite.source_line}: the citation {href!r} points to no reference of this page"
            continue
        number = name.removeprefix("ref-")
        if number not in re.findall(r"\d+", cite.text):
            yield f"{cite.source_line}: the citation of {name} prints {cite.text.strip()!r}"
        if name not in used:
            used.append(name)
            if number != str(len(used)):
                yield f"{cite.source_line}: {name} is cited first where ref-{len(used)} should be"
    for name in sorted(references - {*used}):
        yield f"1: {name} is cited nowhere on the page"


def claims_are_anchored(page: Page, site: Site) -> Iterator[str]:
    """`data-claim` stands on the element with the same id, and the claim cites something."""
    for claim in page.select("[data-claim]"):
        name = claim.attr("data-claim")
        if not name or claim.attr("id") != name:
            yield f"{claim.source_line}: data-claim={name!r} on an element with the id {claim.attr('id')!r}"
        if claim.select_one(_NOTEREF) is None:
            yield f"{claim.source_line}: the claim {name!r} cites nothing"


def claims_have_one_place(site: Site) -> Iterator[str]:
    """In each language a claim has one permanent place, and every language has the same claims."""
    places = {language: Counter[str]() for language in site.languages}
    for page in site.pages.values():
        claims = (each.attr("data-claim") or "" for each in page.select("[data-claim]"))
        places[site.language(page.path)].update(claims)
    everywhere = set().union(*places.values())
    for language, counts in places.items():
        for claim in sorted(everywhere):
            if counts[claim] != 1:
                yield f"{site.home(language)}: in {language!r} the claim {claim!r} has {counts[claim]} places"
