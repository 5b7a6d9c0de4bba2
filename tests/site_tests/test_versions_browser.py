"""A link to a version of a page, followed in Chromium without script, from a disk."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from dossier.memory import Memory
from dossier.pipeline import Sitting, build, publish
from tests.repository import Repository
from tests.site_tests.browser_checks import NARROW, barriers, overflow
from tests.test_history import CRUMBS, OATS, RYE, SOURCES, TODAY, pond

BRAN = OATS.replace("sold oats", "sold bran")


def test_a_link_to_a_version_shows_what_has_changed_since(browser: Browser, tmp_path: Path) -> None:
    here = Repository(tmp_path / "repository")
    here.commit("2026-01-02", pond=pond(OATS, RYE), sources=SOURCES)
    here.commit("2026-01-05", pond=pond(BRAN, RYE, CRUMBS))
    past = here.past()
    publish(build(here.root, TODAY, Sitting(here.root, Memory(None, "")), lambda: past), tmp_path / "site")
    old, now = (state.version for state in past.states_of("pond"))
    history = f"file://{tmp_path}/site/companies/pond/history/index.html"

    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()

    def shown(fragment: str) -> str:
        page.goto("about:blank")
        page.goto(history + fragment)
        return page.locator("main").inner_text()

    sentence, unknown = f"You followed a link to version {old} of 2 January 2026.", "If you followed one"
    followed = shown(f"#v-{old}")
    assert followed.count("You followed a link") == 1
    assert sentence in followed
    assert unknown not in followed
    marked = page.locator(":target")
    assert "Since then: 1 claim reworded, 1 new claim." in marked.inner_text()
    links = marked.locator("dd a")
    assert [links.nth(0).get_attribute("href"), links.count()] == ["#wordings-oats", 2]
    assert marked.evaluate("each => each.getBoundingClientRect().top < innerHeight")
    assert overflow(page) == []
    assert "It is what the page says now." in shown(f"#v-{now}")
    for fragment in ("#v-0123456789", "", f"#{TODAY.isoformat()}"):
        text = shown(fragment)
        assert unknown in text
        assert "You followed a link" not in text
    context.close()

    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{history}#v-{old}")
    assert barriers(page) == []
    context.close()
