"""Copying a permanent link and a citation, in Chromium; and the pages without script."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.site_tests.browser_checks import barriers_in_every_light, lost_focus, unseen, visit
from tests.site_tests.published import Site

COMPANY, CITE = "fr/entreprises/roshel/index.html", "companies/roshel/cite/index.html"
SHORT = "fr/entreprises/ars-global/citer/index.html"
CLAIM = "roshel-delivery-due"
ALLOWED = ["clipboard-read", "clipboard-write"]


def test_a_permanent_link_is_copied_by_keyboard(browser: Browser, built_dossier: Site) -> None:
    with visit(browser, built_dossier, COMPANY, permissions=ALLOWED) as visited:
        page = visited.page
        link = page.locator(f"#{CLAIM} a[rel=bookmark]")
        assert link.get_attribute("href") == f"#{CLAIM}"
        link.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Copier le lien"
        page.keyboard.press("Enter")
        expect(page.locator("[role=status]")).to_have_text("Copié dans le presse-papiers")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{built_dossier.base_url}fr/entreprises/roshel/#{CLAIM}"
        names = page.locator(".claim .copy").evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
        assert len({*names}) == len(names) > 10
        assert visited.troubles == []


def test_each_format_is_copied_as_it_stands(browser: Browser, built_dossier: Site) -> None:
    with visit(browser, built_dossier, f"{CITE}#{CLAIM}", permissions=ALLOWED) as visited:
        page = visited.page
        claim = page.locator(f"#{CLAIM}")
        for more in claim.locator("summary").all():
            more.click()
        rows = claim.locator(".formats > div").all()
        assert len(rows) == 8
        for row in rows:
            row.get_by_role("button").click()
            expect(page.locator("[role=status]")).not_to_be_empty()
            assert page.evaluate("navigator.clipboard.readText()") == row.locator("dd").first.text_content()
        assert page.evaluate("navigator.clipboard.readText()").startswith("<iframe src=")
        claim.locator("p .copy").click()
        found = f"navigator.clipboard.readText().then(text => text.endsWith('/companies/roshel/#{CLAIM}'))"
        page.wait_for_function(found)
        assert visited.troubles == []


def test_a_browser_that_refuses_is_reported_quietly(browser: Browser, built_dossier: Site) -> None:
    with visit(browser, built_dossier, CITE) as visited:
        page = visited.page
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.locator(".copy").first.click()
        expect(page.locator("[role=status]")).to_contain_text("copy it by hand")
        assert visited.troubles == []


def test_the_page_to_cite_from_has_no_barriers(browser: Browser, built_dossier: Site) -> None:
    """That of the company with the fewest claims: the others only repeat it."""
    with visit(browser, built_dossier, SHORT) as visited:
        page = visited.page
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert [*barriers_in_every_light(page), *lost_focus(page), *unseen(page), *visited.troubles] == []
    with visit(browser, built_dossier, SHORT, java_script_enabled=False) as visited:
        assert visited.page.locator("button").count() == 0
        assert visited.page.locator("a[rel=bookmark]").first.text_content()
        assert [*unseen(visited.page), *visited.troubles] == []
