"""What axe does not ask of a page: the way of the Tab key, the order of reading, sizes of text, forced colours, motion.

The success criteria are those of WCAG 2.2; each check names its own. What runs in the page is in access.js beside this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.site_tests.browser_checks import NARROW, WIDE, overflow

PHONE: ViewportSize = {"width": 390, "height": 800}
_SCRIPT = Path(__file__).with_name("access.js").read_text("utf-8")
_FROM_THE_TOP, _TO_THE_END = 70, 25


def _ask(page: Page, call: str) -> Any:
    return page.evaluate(f"{_SCRIPT}\naccess.{call}")


def stray_tab_key(page: Page) -> list[str]:
    """Where the Tab key leaves the order of the document, is trapped, or does not show where it is.

    2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11. By real keys, on a phone's width: the first stops of the page, and its last ones
    to beyond the end, since what lies between on a long page is more of the same.
    """
    page.set_viewport_size(PHONE)
    found = _follow(page, 0, _FROM_THE_TOP)
    if (stops := _ask(page, "setOut(0)")) > _FROM_THE_TOP:
        found += _follow(page, max(_FROM_THE_TOP, stops - _TO_THE_END) - 1, _TO_THE_END + 1)
    page.set_viewport_size(WIDE)
    return found


def _follow(page: Page, start: int, most: int) -> list[str]:
    stops: int = _ask(page, f"setOut({start})")
    for _ in range(min(stops + 1, most)):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate(f"access.arrived({most})")
    return found


def hidden_focus(page: Page) -> list[str]:
    """What has the focus without being seen, on a wide screen, and on a phone at twice the text: 2.4.7, 2.4.11."""
    page.keyboard.press("Tab")  # from here on, focus is shown as it is to those who use keys
    found: list[str] = _ask(page, "hiddenFocus()")
    with twice_the_text(page, PHONE):
        return found + [f"twice the text: {each}" for each in _ask(page, "hiddenFocus()")]


def disorder(page: Page) -> list[str]:
    """Text that stands elsewhere on the screen than in the document: 1.3.2, on a phone's width and on a wide screen."""
    found = []
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        found += [f"{size['width']} px: {each}" for each in _ask(page, "disorder()")]
    return found


@contextmanager
def twice_the_text(page: Page, size: ViewportSize) -> Iterator[None]:
    """The page as it is for readers who have set their browser to letters of 32 px instead of 16."""
    page.set_viewport_size(size)
    session = page.context.new_cdp_session(page)
    try:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        yield
    finally:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
        session.detach()
        page.set_viewport_size(WIDE)


def lost_at_twice_the_text(page: Page) -> list[str]:
    """What scrolls sideways, is cut off or overlaps at 200 % text: 1.4.4. At 320 px this is more than 1.4.10 asks."""
    found = []
    for size in (NARROW, WIDE):
        with twice_the_text(page, size):
            complaints = (*overflow(page), *_ask(page, "cutOff()"))
            found += [f"twice the text, {size['width']} px: {each}" for each in complaints]
    return found


def lost_with_wide_spacing(page: Page) -> list[str]:
    """What is lost where readers space lines, paragraphs, letters and words as 1.4.12 lets them, at 320 px."""
    page.set_viewport_size(NARROW)
    _ask(page, "spaced(true)")
    found = [f"wide spacing: {each}" for each in (*overflow(page), *_ask(page, "cutOff()"))]
    _ask(page, "spaced(false)")
    page.set_viewport_size(WIDE)
    return found


def motion(page: Page) -> list[str]:
    """What moves for a reader who asked for less motion: 2.3.3."""
    found: list[str] = _ask(page, "motion()")
    return found


def lost_in_forced_colours(page: Page) -> list[str]:
    """What cannot be told from its ground where readers have chosen the colours: 1.4.1, 1.4.11."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        found += [f"forced colours, {scheme}: {each}" for each in _ask(page, "forced()")]
    page.emulate_media(forced_colors="none", color_scheme="light")
    return found


def shift(page: Page) -> list[str]:
    """What moved while the page was laid out, before anybody touched it."""
    found: list[str] = _ask(page, "shift()")
    return found


def heard(page: Page) -> list[dict[str, Any]]:
    """The page as Chromium hands it to a screen reader: the nodes of its accessibility tree."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return nodes
