"""Links to words in a page: how they are written, and where Chromium goes when it follows them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from dossier.fragments import LONGEST, directive, directive_in, text_fragment
from dossier.page_text import text_of


@pytest.mark.parametrize(
    ("quote", "written"),
    [
        ("two words", "text=two%20words"),
        ("well-known, A&B #1 50%", "text=well%2Dknown%2C%20A%26B%20%231%2050%25"),
        ("« l’œuvre »", "text=%C2%AB%20l%E2%80%99%C5%93uvre%20%C2%BB"),
        ("first words … last words", "text=first%20words,last%20words"),
        ("a [...] b (…) c", "text=a,c"),
        ("[The company] denied it", "text=denied%20it"),
        ("strongly dispute[s] the claim", "text=strongly,the%20claim"),
        ("[h]e said so", "text=said%20so"),
        ("… and so on", "text=and%20so%20on"),
        ("…", ""),
        (" ", ""),
        ("one two three four five six seven eight", "text=one%20two%20three%20four%20five%20six%20seven%20eight"),
        ("one two three four five six seven eight nine", "text=one%20two%20three%20four,six%20seven%20eight%20nine"),
    ],
)
def test_a_directive_without_the_page(quote: str, written: str) -> None:
    assert directive(quote) == written


def test_the_link() -> None:
    assert text_fragment("https://a.example/", "a b") == "https://a.example/#:~:text=a%20b"
    assert text_fragment("https://a.example/#part", "a") == "https://a.example/#part:~:text=a"
    assert text_fragment("https://a.example/", "a", "text=x-,a") == "https://a.example/#:~:text=x-,a"
    assert text_fragment("https://a.example/", "…") == "https://a.example/"


@pytest.mark.parametrize(
    ("quote", "text", "written"),
    [
        ("the words", "Here the words are.", "text=the words"),
        ('"THE words"', "Here: “the\xa0words” are.", "text=“the words”"),
        ("entreprise", "Cette l’entreprise va.", "text=l’entreprise"),
        ("not there", "Here the words are.", "text=not there"),
        ("art of it", "A part of it. The art of it.", "text=of it. The-,art of it"),
        ("it is", "As it isn't, it is.", "text=As it isn't,-,it is"),
        ("x" * 400, f"It is {'x' * 400} there.", f"text={'x' * 400}"),
        ("a b", f"a a b {'x' * 999} a b {'y' * 999}", "text=a b"),
        ("a b c", "We say a b c\u2060 there.", "text=a b"),
        ("a b c d e f", "We say a b c\u2060 d e f there.", "text=a b,d e f"),
        ("a b, d e", "We say a b,\u2060 d e there.", "text=a b,,d e"),
        ("end. Then", "The end.\nThen more.", "text=end.,Then"),
        ("first … last", "The first word is not the last.", "text=first word is not the last"),
        ("[h]e said", "And He said.", "text=He said"),
    ],
)
def test_a_directive_in_a_page(quote: str, text: str, written: str) -> None:
    assert unquote(directive_in(quote, text)) == written


@settings(derandomize=True)
@given(st.text("ab ,-&’\n.5", max_size=60), st.text("ab ,-&’.5…[]", max_size=12))
def test_a_directive_has_four_terms_at_most_and_nothing_that_ends_an_address(text: str, quote: str) -> None:
    for written in (directive_in(quote, text), directive(quote)):
        assert not set(written) & set(" &#\n\"'<>’")
        if written:
            terms = written.removeprefix("text=").split(",")
            assert 1 <= len(terms) <= 4
            assert all(term.strip("-") and "-" not in term[1:-1] for term in terms)


def page(*blocks: str) -> str:
    """A page on which no two blocks are in sight at once, and the hit is seen by its colour."""
    far = "".join(f'<div id="b{n}" style="margin-bottom:4000px">{block}</div>' for n, block in enumerate(blocks))
    return f"<!DOCTYPE html><meta charset=utf-8><title>t</title><p>Top</p><div style='height:4000px'></div>{far}"


SAID = "<p>The company said it would stop.</p>"
LONG = "Once " + "more they went on and on and said the same, " * 9 + "until the end."
SEEN = {
    "once": ("the rare words", (page(SAID, "<p>Here the rare words are.</p>"), 1)),
    "repeated, told apart by what is before": (
        "Later it stopped. The company said it would stop.",
        (page(SAID, "<p>Later it stopped. The company said it would stop.</p>", SAID), 1),
    ),
    "repeated: the first": ("said it would stop", (page("<p>None</p>", SAID, SAID), 1)),
    "within a word before": ("art of it", (page("<p>A part of it.</p>", "<p>The art of it.</p>"), 1)),
    "cut out of a larger figure before": (
        "500 people",
        (page("<p>1,500 people.</p>", "<p>There 500 people.</p>"), 1),
    ),
    "across markup": (
        "soft words by the mayor",
        (page(SAID, "<p><b>So</b>ft <em>words</em> by <a href=x>the</a> mayor"), 1),
    ),
    "French": ("« l'œuvre » coûte 5 %", (page(SAID, "<p>Or «\xa0l’œuvre\xa0» coûte 5\u202f% ici.</p>"), 1)),
    "a part of an elision": ("œuvre coûte", (page(SAID, "<p>Or l’œuvre coûte cher.</p>"), 1)),
    "other quote marks": ('"We don\'t know,"', (page(SAID, "<p>“We don’t know,” he said.</p>"), 1)),
    "comma, hyphen, ampersand": (
        "well-known, A&B's 50% – yes",
        (page(SAID, "<p>A well-known, A&amp;B’s 50% — yes.</p>"), 1),
    ),
    "two paragraphs": (
        "the first end. A second start",
        (page(SAID, "<p>Here the first end.</p><p>A second start here."), 1),
    ),
    "two paragraphs of which one is repeated": (
        "would stop. A second start",
        (page(SAID, "<p>They would stop.</p>", "<p>Nobody would stop.</p><p>A second start here.</p>"), 2),
    ),
    "list items": ("one thing another thing", (page(SAID, "<ul><li>one thing<li>another thing</ul>"), 1)),
    "over the end of a line": ("one thing another thing", (page(SAID, "<p>one thing<br>another thing</p>"), 1)),
    "an omission": (
        "The mayor … never asked",
        (page("<p>The mayor.</p>", "<p>The mayor said she was never asked.</p>"), 1),
    ),
    "an insertion": ("[T]he mayor [of Millport] asked", (page("<p>The mayor.</p>", "<p>The mayor asked.</p>"), 1)),
    "a long passage": (LONG, (page(f"<p>{LONG[:200]} no end.</p>", f"<p>{LONG}</p>"), 1)),
    "soft hyphens": ("customers of the company", (page(SAID, "<p>All cus&shy;tomers of the com&shy;pany.</p>"), 1)),
    "capitals": ("THE MAYOR ASKED", (page(SAID, "<p>So the mayor asked.</p>"), 1)),
    "in a table": ("Vehicles 20", (page(SAID, "<table><tr><td>Vehicles</td><td>20</td></tr></table>"), 1)),
    "beside a note": (
        "they said so",
        (page(SAID, "<p>Then they said so<sup><a href='#b0'>1</a></sup> twice.</p>"), 1),
    ),
    "around a note": (
        "they said so twice",
        (page(SAID, "<p>Then they said so<sup><a href='#b0'>1</a></sup> twice.</p>"), 1),
    ),
    "raised figures": (
        "rose by 10⁶ tonnes of CO2",
        (page(SAID, "<p>It rose by 10<sup>6</sup> tonnes of CO<sub>2</sub>."), 1),
    ),
}  # fmt: skip


class Answers(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        body = self.pages.get(self.path, "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    Answers.pages = {f"/{number}": markup for number, (_, (markup, _)) in enumerate(SEEN.values())}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def in_sight(browser: Browser, url: str) -> list[int]:
    """The numbers of the blocks that the browser shows when it has followed a link."""
    context = browser.new_context(viewport={"width": 800, "height": 600}, reduced_motion="reduce")
    try:
        opened = context.new_page()
        opened.goto(url)
        # The search begins when the page is loaded and drawn.
        for _ in range(20):
            opened.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))")
            if opened.evaluate("scrollY"):
                break
        blocks: list[int] = opened.evaluate(
            """() => [...document.querySelectorAll('div[id]')].map((block, n) => [block.getBoundingClientRect(), n])
                .filter(([box]) => box.bottom > 0 && box.top < innerHeight).map(([, n]) => n)"""
        )
        return blocks
    finally:
        context.close()


@pytest.mark.parametrize("name", SEEN)
def test_chromium_goes_to_the_words(browser: Browser, address: str, name: str) -> None:
    quote, (markup, block) = SEEN[name]
    text = text_of(markup.encode(), "text/html").text
    written = directive_in(quote, text)
    number = [*SEEN].index(name)
    assert in_sight(browser, f"{address}/{number}#:~:{written}") == [block], unquote(written)


def test_without_a_hit_it_stays_above(browser: Browser, address: str) -> None:
    assert in_sight(browser, f"{address}/0#:~:text=nowhere%20to%20be%20found") == []


def test_long_enough_to_be_cut() -> None:
    assert len(LONG) > LONGEST
