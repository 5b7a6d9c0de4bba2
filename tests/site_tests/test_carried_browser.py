"""The ZIP as a reader has it: unpacked, opened from the disk, with the network off."""

from __future__ import annotations

import zipfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from dossier.carried import ZIP
from dossier.cli import main
from tests.site_tests.browser_checks import was_left
from tests.site_tests.tools import ROOT


def test_the_zip_works_from_a_disk_without_a_network(browser: Browser, tmp_path: Path) -> None:
    assert main(["--root", str(ROOT / "tests/sites/bakeries"), "--output", str(tmp_path / "out"), "--with", "zip"]) == 0
    with zipfile.ZipFile(tmp_path / "out" / ZIP) as held:
        held.extractall(tmp_path)
    (folder,) = tmp_path.glob("dossier-*")
    assert "index.html" in (folder / "README.txt").read_text("utf-8")

    context = browser.new_context(offline=True, reduced_motion="reduce")
    page, troubles = context.new_page(), []
    page.on("requestfailed", lambda request: None if was_left(request) else troubles.append(request.url))
    page.on("request", lambda request: None if request.url.startswith("file:") else troubles.append(request.url))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    try:
        page.goto(folder.joinpath("index.html").as_uri())
        styled = "getComputedStyle(document.querySelector('.masthead ul')).listStyleType"
        assert page.evaluate(styled) == "none", "the style is there"
        follow(page, "Companies", "companies/index.html")
        page.locator("main").get_by_role("link", name="Golden Crust", exact=True).first.click()
        page.wait_for_url("**/companies/golden-crust/index.html")
        # A citation to its note, the note to its source, the source to a claim.
        page.locator("a[role=doc-noteref]").first.click()
        page.wait_for_url("**/golden-crust/index.html#ref-*")
        page.locator(".references a[href*='/sources/']").first.click()
        page.wait_for_url("**/sources/*/index.html")
        page.locator("main a[href*='golden-crust/index.html#']").first.click()
        page.wait_for_url("**/companies/golden-crust/index.html#*")
        # The other language.
        page.locator("header a[lang=fr]").click()
        page.wait_for_url("**/fr/entreprises/golden-crust/index.html")
        # A file to download is there, and so is the search, with its index.
        follow(page, "Données", "fr/donnees/index.html")
        href = page.get_by_role("link", name="claims.csv").get_attribute("href") or ""
        assert (folder / "fr/donnees" / href).resolve().is_file()
        page.goto(folder.joinpath("search/index.html").as_uri())
        page.locator("input[type=search]").first.fill("bread")
        expect(page.locator("#search_results > li").first).to_be_visible()
        # The form makes a draft.
        page.goto(folder.joinpath("contribute/draft/index.html").as_uri())
        page.get_by_role("checkbox").first.check()
        page.locator("#claims-id").fill("from-a-disk")
        expect(page.locator("#draft_text")).to_contain_text("id: from-a-disk")
        assert troubles == []
    finally:
        context.close()


def follow(page: Page, name: str, path: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(f"**/{path}")
