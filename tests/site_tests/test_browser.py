"""A page of each kind in each language, read in Chromium: wide, narrow, light, dark, on paper, without script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.site_tests.browser_checks import (
    barriers_in_every_light,
    barriers_of_forced_colours,
    look,
    lost_focus,
    overflow,
    overflow_where_narrow,
    unseen,
    unseen_on_paper,
    visit,
    was_left,
)
from tests.site_tests.published import Site
from tests.site_tests.small_site import small_site
from tests.site_tests.tools import give_up

LANGUAGES = ("en", "fr")
HOME, PROSE, HISTORY = "home", "prose", "companies/*/history"
KINDS = (
    HOME, "404.html", "search", "overview", "companies", "companies/compare", "companies/*", "companies/*/cite",
    "companies/*/card", HISTORY, "companies/*/reply", "sources", "sources/*", "agencies", "agencies/*",
    "demands", "timeline", "changes", "corrections", "data", "weak-points", "contribute/draft", PROSE,
)  # fmt: skip
"""The kinds of page that the dossier must have, by the folder they stand in. Prose is all that stands elsewhere."""
ELSEWHERE = ("contribute/draft",)
"""Kinds that have such a test of their own, with what scripts make of them."""
CHECKS = (barriers_of_forced_colours, unseen_on_paper, lost_focus, unseen)


def kind_of(path: str) -> str:
    """The kind of a page in the default language."""
    folder = path.removesuffix("index.html").strip("/") or HOME
    kind = folder if folder in KINDS else re.sub(r"/[^/]+", "/*", folder, count=1)
    return kind if kind in KINDS else PROSE


def specimen(site: Site, kind: str, language: str) -> str:
    """The largest page of a kind: what fits there fits elsewhere. In another language, the counterpart."""
    default = site.languages[0]
    pages = [path for path in site.pages if site.language(path) == default and kind_of(path) == kind]
    if kind == HISTORY and not pages:
        give_up("the git history of this dossier, of which its history pages are made")
    assert pages, f"the dossier has no page of the kind {kind!r}"
    largest = max(sorted(pages), key=lambda path: len(site.pages[path].text))
    if language == default:
        return largest
    (link,) = site.pages[largest].select(f"link[rel~=alternate][hreflang^={language}]")
    target = site.target(largest, link.attr("href") or "")
    assert target is not None
    return target[0]


in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        (kind, each)
        for kind in KINDS
        if kind not in ELSEWHERE
        for each in LANGUAGES
        if (kind, each) != ("404.html", "fr")
    ],
)
def test_a_page_of_each_kind(browser: Browser, built_dossier: Site, kind: str, language: str) -> None:
    path = specimen(built_dossier, kind, language)
    barriers = barriers_in_every_light if language == built_dossier.languages[0] else overflow_where_narrow
    with look(browser, built_dossier, path) as visited:
        found = [f"{each.__name__}: {complaint}" for each in (barriers, *CHECKS) for complaint in each(visited.page)]
        found += visited.troubles
    with look(browser, built_dossier, path, java_script_enabled=False) as visited:
        found += [f"without script: {complaint}" for complaint in (*unseen(visited.page), *visited.troubles)]
    assert not found, f"{path}\n" + "\n".join(found)


@in_each_language
def test_the_skip_link_skips(browser: Browser, built_dossier: Site, language: str) -> None:
    with visit(browser, built_dossier, built_dossier.home(language)) as visited:
        visited.page.keyboard.press("Tab")
        visited.page.keyboard.press("Enter")
        visited.page.keyboard.press("Tab")
        assert visited.page.evaluate("document.activeElement.closest('main') !== null")


@in_each_language
def test_a_citation_leads_to_its_reference_and_back(browser: Browser, built_dossier: Site, language: str) -> None:
    pages = [page for path, page in built_dossier.pages.items() if built_dossier.language(path) == language]
    path = max(pages, key=lambda page: len(page.select("[data-claim]"))).path
    with visit(browser, built_dossier, path) as visited:
        cite = visited.page.locator("a[role=doc-noteref]").last
        anchor, reference = cite.get_attribute("id"), cite.get_attribute("href")
        cite.click()
        assert visited.page.evaluate("document.querySelector(':target').id") == (reference or "").removeprefix("#")
        visited.page.locator(f"{reference} a[href='#{anchor}']").click()
        assert visited.page.evaluate("document.querySelector(':target').id") == anchor


SIDES = """
() => [...document.querySelectorAll('[data-claim]')].map(one => [...one.querySelectorAll('.claim__side')].map(side => {
    const style = selector => {
        const found = side.querySelector(selector);
        return found && (s => [s.fontSize, s.fontFamily, s.lineHeight, s.fontWeight, s.color])(getComputedStyle(found));
    };
    const box = getComputedStyle(side);
    return {
        width: Math.round(side.clientWidth - parseFloat(box.paddingLeft) - parseFloat(box.paddingRight)),
        heading: style('h3, h4'), label: style('.label__word'), statement: style('.claim__statement'),
        quote: style('.quote blockquote'),
    };
}))
"""


@pytest.mark.parametrize("width", [390, 1280])
@in_each_language
def test_a_reply_has_the_weight_of_its_claim(browser: Browser, built_dossier: Site, language: str, width: int) -> None:
    pages = [page for path, page in built_dossier.pages.items() if built_dossier.language(path) == language]
    answered = max(pages, key=lambda page: len(page.select(".claim__reply .quote")))
    compared = set()
    with look(browser, built_dossier, answered.path) as visited:
        visited.page.set_viewport_size({"width": width, "height": 900})
        for claim, reply in visited.page.evaluate(SIDES):
            assert abs(claim["width"] - reply["width"]) <= 1
            for part in ("heading", "label", "statement", "quote"):
                if claim[part] and reply[part]:
                    assert claim[part] == reply[part], part
                    compared.add(part)
    assert compared == {"heading", "label", "statement", "quote"}


def test_the_site_reads_from_disk(browser: Browser, built_dossier: Site) -> None:
    context = browser.new_context()
    page = context.new_page()
    troubles: list[str] = []
    page.on("requestfailed", lambda request: None if was_left(request) else troubles.append(request.url))
    page.goto((built_dossier.folder / "index.html").as_uri())
    unstyled = page.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].filter(e => !e.sheet).length")
    page.locator("main a[href$='index.html']").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1
    assert (troubles, unstyled) == ([], 0)
    context.close()


ALIKE = "<p>Said</p>" * 4
# What stands in a file of the small site, what is put in its place, the check, the reader's settings, and what it says.
BROKEN: list[tuple[str, str, str, Callable[[Page], list[str]], Mapping[str, Any], str]] = [
    ("styles/base.css", "margin: 0", "color: #aaa", barriers_in_every_light, {}, "1280 px, light: color-contrast"),
    ("styles/base.css", "p { margin: 0; }",
     "@media (prefers-color-scheme: dark) and (width < 9in) { p { color: #eee } }",
     barriers_in_every_light, {}, "320 px, dark: color-contrast"),
    ("index.html", "<h2>", f"{ALIKE}<p><font color='#bbb'>One that is pale</font></p>{ALIKE}<h2>",
     barriers_in_every_light, {}, "contrast ratio thresholds: font"),
    ("index.html", "<h2>", f"{ALIKE}<table bgcolor='#444'><tr><td>On dark</table>{ALIKE}<h2>",
     barriers_in_every_light, {}, "contrast ratio thresholds: td"),
    ("styles/base.css", "margin: 0", "width: 900px", barriers_in_every_light, {}, "320 px, dark: scrolls to"),
    ("index.html", ' alt="A mark"', "", barriers_in_every_light, {}, "image-alt"),
    ("index.html", "<h1>", '<h1 style="color: red">', overflow, {}, "console: "),
    ("index.html", "images/mark.svg", "https://a.example/i.svg", overflow, {}, "console: "),
    ("styles/site.css", "base.css", "https://a.example/base.css", overflow, {}, "console: "),
    ("scripts/filter.js", "document.title", "nothing.title", overflow, {}, "script error: "),
    ("scripts/filter.js", "document.title = 'http'", "location = 'https://a.example'", overflow, {}, "another host"),
    ("index.html", "images/mark.svg", "images/gone.svg", overflow, {}, "no such file: images/gone.svg"),
    ("index.html", "<h2>", "<h2 hidden>", unseen, {}, "<h2> is not to be seen: What is said"),
    ("styles/base.css", "margin: 0", "opacity: 0", unseen, {}, "<p> is not to be seen"),
    ("styles/base.css", "p {", "@media (scripting: none) { p { display: none } } p {", unseen,
     {"java_script_enabled": False}, "<p> is not to be seen"),
    ("styles/base.css", "p {", "@media print { ol { display: none } } p {", unseen_on_paper, {},
     "<li> is not to be seen"),
    ("styles/base.css", "margin: 0", "forced-color-adjust: none", barriers_of_forced_colours, {}, "<p class"),
    ("styles/base.css", "p {", "a:focus { outline: none } p {", lost_focus, {}, "shows no focus"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "check", "settings", "said"),
    BROKEN,
    ids=[f"{each[3].__name__}-{each[5]}" for each in BROKEN],
)
def test_the_check_finds_what_is_broken(
    browser: Browser,
    path: str,
    old: str,
    new: str,
    check: Callable[[Page], list[str]],
    settings: Mapping[str, Any],
    said: str,
) -> None:
    with look(browser, small_site(path, old, new), "index.html", **settings) as visited:
        found = [*check(visited.page), *visited.troubles]
    assert any(said in each for each in found), json.dumps(found, indent=1)


@pytest.mark.parametrize("check", CHECKS)
def test_the_good_site_passes(browser: Browser, check: Callable[[Page], list[str]]) -> None:
    with look(browser, small_site(), "index.html") as visited:
        assert [*check(visited.page), *visited.troubles] == []
