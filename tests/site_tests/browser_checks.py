"""What only a browser can tell of a page: contrast, overflow, requests, what is visible to whom."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, ViewportSize

from tests.site_tests.published import Site

ALL_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}


class Visit:
    """One page of a site, open in a browser, with all that went wrong while it was read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        self._site: Site
        page.context.route("**/*", self._answer)
        page.on("console", self._heed)
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))

    def open(self, site: Site, path: str) -> None:
        self._site, self.troubles = site, []
        self.page.goto(site.base_url + path)

    def _answer(self, route: Route) -> None:
        """The site's own files and nothing else: a page that asks another host is denied, and it is remembered."""
        url = route.request.url
        if not url.startswith(self._site.base_url):
            self.troubles.append(f"a request to another host: {url}")
            route.abort()
            return
        path = (self._site.target("", url) or ("", ""))[0]
        body = self._site.files.get(path)
        if body is None:
            self.troubles.append(f"no such file: {path}")
        kind = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
        route.fulfill(status=200 if body is not None else 404, body=body or b"", content_type=f"{kind}; charset=utf-8")

    def _heed(self, message: ConsoleMessage) -> None:
        # Breaches of the Content-Security-Policy arrive here too.
        if message.type in ("error", "warning"):
            self.troubles.append(f"console: {message.text}")


@contextmanager
def visit(browser: Browser, site: Site, path: str, **options: Any) -> Iterator[Visit]:
    """A page in a window of its own, that remembers nothing of others."""
    visited = _window(browser, options)
    try:
        visited.open(site, path)
        yield visited
    finally:
        visited.page.context.close()


def _window(browser: Browser, options: Mapping[str, Any]) -> Visit:
    return Visit(browser.new_context(reduced_motion="reduce", viewport=WIDE, **options).new_page())


_windows: dict[tuple[Browser, bool], Visit] = {}


@contextmanager
def look(browser: Browser, site: Site, path: str, java_script_enabled: bool = True) -> Iterator[Visit]:
    """A page in the window in which others were looked at, since a window costs more than a page.

    For those who leave the window as they found it, and nothing stored. When a look fails, the window goes.
    """
    key = (browser, java_script_enabled)
    visited = _windows.pop(key, None) or _window(browser, {"java_script_enabled": java_script_enabled})
    try:
        visited.page.goto("about:blank")
        visited.page.set_viewport_size(WIDE)
        visited.open(site, path)
        yield visited
    except BaseException:
        visited.page.context.close()
        raise
    _windows[key] = visited


def barriers(page: Page) -> list[str]:
    """What axe finds between a reader and the page. It may not preload: that breaks the page's own policy."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_ASKED, [*ALL_RULES])
    return [f"{each['id']}: {each['help']}: {_where(node)}" for each in found for node in each["nodes"][:3]]


# Contrast is nine tenths of axe's work on a long page. It is asked of the first, second and last of those texts whose
# letters are alike and that stand on like grounds; every other rule of the whole page.
_ASKED = """async tags => {
    const grounds = new Map([[null, '']]);
    const ground = e => {
        if (!grounds.has(e)) {
            const s = getComputedStyle(e);
            const own = [s.backgroundColor, s.backgroundImage, s.backgroundClip, s.opacity, s.position, s.filter,
                         s.mixBlendMode, s.transform].join();
            grounds.set(e, ground(e.parentElement) + (own === PLAIN ? '' : `/${own}`));
        }
        return grounds.get(e);
    };
    const PLAIN = 'rgba(0, 0, 0, 0),none,border-box,1,static,none,normal,none';
    const letters = e => {
        const s = getComputedStyle(e);
        return [s.color, s.fontSize, s.fontWeight, s.textShadow, s.webkitTextStroke, e.matches(':disabled')].join();
    };
    const written = [...document.body.querySelectorAll('*')].filter(e => e.matches('input, select, textarea')
        || [...e.childNodes].some(each => each.nodeType === Node.TEXT_NODE && each.data.trim()));
    const alike = Map.groupBy(written.filter(e => e.checkVisibility()), e => letters(e) + ground(e));
    const some = [...alike.values()].flatMap(all => [...new Set([all[0], all[1] ?? all[0], all.at(-1)])]);
    const ask = async (where, runOnly, rules) =>
        (await axe.run(where, {preload: false, resultTypes: ['violations'], runOnly, rules})).violations;
    return [...await ask(document, {type: 'tag', values: tags}, {'color-contrast': {enabled: false}}),
            ...some.length ? await ask({include: some}, {type: 'rule', values: ['color-contrast']}, {}) : []];
}"""


def _where(node: Any) -> str:
    messages = [part["message"] for kind in ("any", "all", "none") for part in node[kind]]
    return f"{' '.join(map(str, node['target']))} {messages[:1]}"


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    too_wide: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            const out = [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 1);
            return [`scrolls to ${document.documentElement.scrollWidth} of ${width} pixels`,
                    ...out.slice(0, 5).map(e => `<${e.tagName.toLowerCase()} class="${e.className}">`)];
        }"""
    )
    return too_wide


def unseen(page: Page, selector: str = "h1, h2, h3, h4, p, li, dd, td, blockquote, [data-claim]") -> list[str]:
    """What is written on the page and not to be seen.

    What a closed `details` holds is one keypress away; controls, and parts that are hidden as a whole, wait for a
    script or for a link that leads to them. Neither counts.
    """
    hidden: list[str] = page.evaluate(
        """selector => [...document.querySelectorAll(`main :is(${selector})`)]
            .filter(e => e.textContent.trim() && !e.closest('details:not([open]), form, [role=search], nav')
                         && !e.parentElement.closest('[hidden]') && !e.matches('li[id] > [hidden]'))
            .filter(e => !e.checkVisibility({visibilityProperty: true, opacityProperty: true})
                         || e.getBoundingClientRect().height < 2)
            .map(e => `<${e.tagName.toLowerCase()}> is not to be seen: ${e.textContent.trim().slice(0, 60)}`)""",
        selector,
    )
    return hidden


def unseen_on_paper(page: Page) -> list[str]:
    """What the page does not print. Ways back and controls need not be printed."""
    page.emulate_media(media="print")
    found = unseen(page, "h1, h2, h3, h4, blockquote, [data-claim], ol.references > li")
    page.emulate_media(media="screen")
    return found


def barriers_of_forced_colours(page: Page) -> list[str]:
    """What is lost, and what keeps its own colours, where readers have chosen theirs."""
    page.emulate_media(forced_colors="active")
    found = [*kept_colours(page), *unseen(page)]
    page.emulate_media(forced_colors="none")
    return found


def barriers_in_every_light(page: Page) -> list[str]:
    """What axe finds, wide and light, then narrow and dark: neither width nor light takes part in the other, so each
    rule is asked once of each. And what overflows."""
    found = []
    lights: tuple[tuple[ViewportSize, Literal["light", "dark"]], ...] = ((WIDE, "light"), (NARROW, "dark"))
    for size, scheme in lights:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += [f"{size['width']} px, {scheme}: {each}" for each in (*barriers(page), *overflow(page))]
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return found


def overflow_where_narrow(page: Page) -> list[str]:
    """Where a translation fails first: its words are longer, its template is one that axe was asked about."""
    page.set_viewport_size(NARROW)
    found = overflow(page)
    page.set_viewport_size(WIDE)
    return found


def kept_colours(page: Page) -> list[str]:
    """What keeps its own colours where the reader has chosen theirs."""
    found: list[str] = page.evaluate(
        """() => matchMedia('(forced-colors: active)').matches
            ? [...document.querySelectorAll('body, body *')]
                .filter(e => !e.closest('svg') && getComputedStyle(e).forcedColorAdjust === 'none')
                .map(e => `<${e.tagName.toLowerCase()} class="${e.className}"> keeps its colours`)
            : ['the browser forces no colours']"""
    )
    return found


def lost_focus(page: Page, stops: int = 12) -> list[str]:
    """Places the Tab key reaches without showing that it did."""
    found = []
    page.evaluate("document.activeElement.blur()")
    for _ in range(stops):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
                const ring = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== 'none';
                const inside = box.right > 0 && box.bottom > 0 && box.width > 1 && box.height > 1;
                return e === document.body ? '' : ring && inside ? '' : `${e.outerHTML.slice(0, 80)} shows no focus`;
            }"""
        )
        if seen:
            found.append(str(seen))
    return found


def was_left(request: Request) -> bool:
    """Whether the page was left before it had what it asked for, such as its icon. A file that is not there says so."""
    return request.failure is not None and "ABORTED" in request.failure
