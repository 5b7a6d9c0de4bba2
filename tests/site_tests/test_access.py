"""What axe does not ask: a page of each kind by keys, by ear, in large letters, in other colours, in its language.

French is asked for all of it, since its words are longer; English for what words alone decide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site_tests.access_checks import (
    PHONE,
    disorder,
    heard,
    hidden_focus,
    lost_at_twice_the_text,
    lost_in_forced_colours,
    lost_with_wide_spacing,
    motion,
    shift,
    stray_tab_key,
)
from tests.site_tests.access_names import misheard
from tests.site_tests.browser_checks import look, visit
from tests.site_tests.language_rules import said_by_sources, unmarked
from tests.site_tests.published import Page as Published
from tests.site_tests.published import Site
from tests.site_tests.small_site import small_site
from tests.site_tests.test_browser import KINDS, in_each_language, specimen
from tests.site_tests.tools import ROOT


def misheard_on(page: Page) -> list[str]:
    return misheard(heard(page))


# Shifts first: what other checks do to the page moves it as well. The Tab key last, since it may scroll and open.
CHECKS = (shift, disorder, motion, misheard_on, lost_in_forced_colours, lost_with_wide_spacing,
          lost_at_twice_the_text, hidden_focus, stray_tab_key)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_can_be_used(browser: Browser, built_dossier: Site, kind: str) -> None:
    path = specimen(built_dossier, kind, "en" if kind == "404.html" else "fr")
    # In a window of its own: it is given other letters, and a renderer that had been given them often crashed once.
    with visit(browser, built_dossier, path) as visited:
        found = [f"{check.__name__}: {complaint}" for check in CHECKS for complaint in check(visited.page)]
    with look(browser, built_dossier, english := specimen(built_dossier, kind, "en")) as visited:
        found += [f"{english}: {complaint}" for complaint in misheard_on(visited.page)]
    assert not found, f"{path}\n" + "\n".join(found)


@in_each_language
def test_a_page_is_read_by_keys_alone(browser: Browser, built_dossier: Site, language: str) -> None:
    """The skip link, a label that opens, the link within it, back, and the same page in the other language."""
    path = _most_claims(built_dossier, language)
    with visit(browser, built_dossier, path, locale=f"{language}-CA") as visited:
        page = visited.page
        page.set_viewport_size(PHONE)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        summary = page.locator("main article[data-claim] summary").first
        _tab_to(page, summary.evaluate_handle("e => e").as_element())
        details = summary.locator("..")
        expect(details).not_to_have_attribute("open", "")
        page.keyboard.press("Enter")
        expect(details).to_have_attribute("open", "")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('details[open]') !== null"), "its links come next"
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Space")
        expect(details).not_to_have_attribute("open", "")
        other = page.locator("header a[hreflang]").first
        tongue = other.get_attribute("hreflang") or ""
        _tab_to(page, other.evaluate_handle("e => e").as_element(), "Shift+Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.evaluate("document.documentElement.lang").startswith(tongue.partition("-")[0])
        assert page.locator("article[data-claim]").count() == len(built_dossier.pages[path].select("[data-claim]"))
        assert visited.troubles == []


def _most_claims(site: Site, language: str) -> str:
    pages = [path for path in site.pages if site.language(path) == language]
    return max(pages, key=lambda path: len(site.pages[path].select("[data-claim]")))


def _tab_to(page: Page, wanted: object, key: str = "Tab") -> None:
    for _ in range(150):
        page.keyboard.press(key)
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            return
    raise AssertionError(f"the {key} key does not lead there")


def test_words_of_sources_say_their_language(built_dossier: Site) -> None:
    said = said_by_sources(ROOT / "data")
    found = [f"{path}: {each}" for path, page in built_dossier.pages.items() for each in unmarked(page, said)]
    assert not found, "\n".join(found[:20])
    spoken = {language for languages in said.values() for language in languages}
    assert spoken >= {*built_dossier.languages}, "without words in each language nothing is asked"


def test_a_quote_without_its_language_is_found(built_dossier: Site) -> None:
    """In every place where a page says it: each is taken away once, and missed."""
    said = said_by_sources(ROOT / "data")
    whole = built_dossier.pages[_most_claims(built_dossier, "fr")]
    marks = [*re.finditer(r'<(blockquote|cite|q)\b[^>]*( lang="en")', whole.text)]
    assert {each[1] for each in marks} == {"blockquote", "cite", "q"}
    for tag in ("blockquote", "cite", "q"):
        mark = next(each for each in marks if each[1] == tag)
        text = whole.text[: mark.start(2)] + whole.text[mark.end(2) :]
        assert len([*unmarked(Published(whole.path, text), said)]) == 1, tag


# What stands in a file of the small site, what is put in its place, the check, and what it says.
BROKEN: list[tuple[str, str, str, Callable[[Page], list[str]], str]] = [
    ("styles/base.css", "p {", "main a { order: 1 } main { display: flex; flex-direction: column-reverse } p {",
     disorder, "stands before it"),
    ("index.html", '<a href="#order">', '<a href="#order" tabindex="1">',
     stray_tab_key, "has the focus, not <a> The order"),
    ("scripts/filter.js", "document.title",
     "document.querySelector('.skip').onblur = e => setTimeout(() => e.target.focus()); document.title",
     stray_tab_key, "has the focus, not"),
    ("styles/base.css", "p {", "a { outline: none } p {", stray_tab_key, "shows no focus"),
    ("styles/base.css", "p {", "header { position: sticky; top: 0; height: 100vh; background: #fff } p {",
     stray_tab_key, "is hidden"),
    ("styles/base.css", "p {", "a { outline: none } p {", hidden_focus, "shows no focus"),
    ("styles/base.css", "p {", "footer { position: fixed; inset: 0; background: #fff } p {", hidden_focus, "is hidden"),
    ("styles/base.css", "p {", "h2 { min-width: 15rem } p {", lost_at_twice_the_text, "scrolls to"),
    ("styles/base.css", "p {", "h2 { height: 40px; overflow: hidden } p {", lost_at_twice_the_text, "is cut off"),
    ("styles/base.css", "p {", "h2 { height: 2.2em; line-height: 1; margin: 0; overflow: hidden; width: 7em } p {",
     lost_with_wide_spacing, "is cut off"),
    ("styles/base.css", "p {", "p { transition: color 1s } p {", motion, "moves"),
    ("styles/base.css", "p {", "@view-transition { navigation: auto } p {", motion, "a view transition"),
    ("index.html", "<h2>What is said</h2>", '<h2>What is said</h2><svg><rect width="9" height="9" fill="#eee"/></svg>',
     lost_in_forced_colours, "light: <rect class=\"\"> cannot be seen"),
    ("index.html", "<h2>What is said</h2>", '<h2>What is said</h2><p class="mark">x</p>',
     lost_in_forced_colours, "has no edge"),
    ("scripts/filter.js", "document.title",
     # After the first frame was painted: what comes before it moves nothing.
     "const late = () => document.querySelector('main').before(document.createElement('hr'), 'Late');"
     "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(late))); document.title",
     shift, "a shift of"),
    ("index.html", "<h2>What is said</h2>", "<h2>What is said</h2><button></button>", misheard_on, "without a name"),
    ("index.html", "</nav></header>", '<a href="404.html">Français</a></nav></header>',
     misheard_on, "called 'français'"),
    ("index.html", "<h2>What is said</h2>", "<table><tr><th>Year</th></tr><tr><td>2025</td></tr></table>",
     misheard_on, "a table without a name"),
    ("index.html", "<h2>What is said</h2>", "<table><caption>Years</caption><tr><td>2025</td></tr></table>",
     misheard_on, "'Years' has no headers"),
    ("index.html", "<h2>What is said</h2>", "<button>Copy</button><button>Copy</button>", misheard_on, "2 controls"),
    ("index.html", "<h2>What is said</h2>", "<h4>Said</h4>", misheard_on, "of level 4"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "check", "said"), BROKEN, ids=[f"{each[3].__name__}-{each[4]}" for each in BROKEN]
)
def test_the_check_finds_what_is_broken(
    browser: Browser, path: str, old: str, new: str, check: Callable[[Page], list[str]], said: str
) -> None:
    with look(browser, small_site(path, old, new), "index.html") as visited:
        found = check(visited.page)
    assert any(said in each for each in found), json.dumps(found, indent=1)


def test_the_good_site_passes(browser: Browser) -> None:
    with look(browser, small_site(), "index.html") as visited:
        assert [complaint for check in CHECKS for complaint in check(visited.page)] == []
