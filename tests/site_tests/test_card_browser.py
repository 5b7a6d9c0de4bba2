"""Cards in Chromium: in frames on a page of another origin, with no script, and after what they showed is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, Frame, Page

from dossier.pages import File
from dossier.plan import plan
from dossier.render import render
from tests.given import TODAY, register
from tests.site_tests.browser_checks import barriers_in_every_light, kept_colours, overflow, visit
from tests.site_tests.published import Site
from tests.test_card import ANSWER, BASE, CARD, FICHE, REMOVED, WITHDRAWN

CAKES = """\
- {id: cakes, company: crust, kind: order, mode: reported, date: 2025-03-05, counterparty: weather,
   statement: {en: Crust sold cakes., fr: Crust a vendu des gâteaux.}, citations: [{source: alpha, quote: cakes}]}
"""


def built(text: str) -> dict[str, bytes]:
    """The pages of a dossier as files."""
    found: tuple[File, ...] = render(plan(register(text), TODAY), "en")
    return {file.path: file.content for file in found}


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """A web server for these files at a port of its own: another origin than any other server's."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path.lstrip("/"))
            self.send_response(404 if body is None else 200)
            kind = "text/css" if self.path.endswith(".css") else "text/html"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def embedding(card: str, *names: str) -> bytes:
    """A page of somebody else with a card in frames 300 pixels wide, one for each name."""
    frames = "".join(
        f'<iframe src="{card}{name}" title="{name}" width="300" height="480" sandbox="allow-popups"></iframe>'
        for name in names
    )
    return f"<!DOCTYPE html><html lang=en><title>A blog</title>{frames}</html>".encode()


@contextmanager
def blog(browser: Browser, files: Mapping[str, bytes], *names: str) -> Iterator[tuple[Page, dict[str, Frame]]]:
    """The frames of such a page by the names in their addresses, in a browser that runs no script."""
    with served(files) as site, served({"": embedding(site + CARD, *names)}) as other:
        context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
        page = context.new_page()
        page.goto(other)
        yield page, {each.url.partition(CARD)[2]: each for each in page.frames[1:]}
        context.close()


def seen(frame: Frame) -> list[str]:
    """The cards that are to be seen, by their ids."""
    return [card.get_attribute("id") or "" for card in frame.locator("article").all() if card.is_visible()]


def test_the_address_says_which_claim_is_to_be_seen(browser: Browser) -> None:
    files = built(BASE + CAKES + ANSWER + REMOVED)
    with blog(browser, files, "#rolls", "", "#nobody", "#buns") as (_, frames):
        assert {name: seen(frame) for name, frame in frames.items()} == {
            "#rolls": ["rolls"],
            "": ["cakes", "rolls", "buns"],
            "#nobody": ["cakes", "rolls", "buns"],
            "#buns": ["buns"],
        }
        said = frames["#nobody"].locator(".cards__all")
        assert said.is_visible()
        assert "no longer made about this company" in said.inner_text()
        assert not frames["#rolls"].locator(".cards__all").is_visible()
        rolls = frames["#rolls"]
        assert rolls.locator("h1").bounding_box()["y"] >= 0, "whose claim it is stands in sight"  # type: ignore[index]
        assert rolls.get_by_text("The bakery denies it.").is_visible()
        assert "Never sold." in frames["#buns"].locator("article#buns").inner_text()


def test_a_card_of_a_withdrawn_claim_says_so_in_the_frame_of_others(browser: Browser) -> None:
    with blog(browser, built(BASE + WITHDRAWN + ANSWER), "#rolls") as (page, frames):
        card = frames["#rolls"].locator("article#rolls")
        assert "What it said was wrong." in card.inner_text()
        struck = card.locator("s").first
        assert struck.inner_text() == "Crust sold <rolls> & more."
        with page.context.expect_page() as opened:
            card.locator(".card__foot a").click()
        assert opened.value.url.endswith("/companies/crust/index.html#rolls")
        assert frames["#rolls"].url.endswith(f"{CARD}#rolls"), "the frame stays"


def test_a_card_has_no_barriers_and_one_weight(browser: Browser) -> None:
    site = Site("http://cards.example/", ("en", "fr"), built(BASE + CAKES + ANSWER + REMOVED))
    with visit(browser, site, f"{FICHE}#rolls") as visited:
        page = visited.page
        sizes = page.evaluate(
            "[...document.querySelectorAll('#rolls .card__statement')].map(e => getComputedStyle(e).fontSize)"
        )
        assert len(sizes) == 3
        assert len(set(sizes)) == 1, "a reply has the weight of its claim"
        page.emulate_media(forced_colors="active")
        assert kept_colours(page) == []
        page.emulate_media(forced_colors="none")
        found = barriers_in_every_light(page)
        page.set_viewport_size({"width": 300, "height": 480})
        found += overflow(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.set_viewport_size({"width": 320, "height": 480})
        assert [*found, *overflow(page), *visited.troubles] == []
