"""The preview in Chromium: what a person sees who saves a file, well or badly, by hand or by git."""

from __future__ import annotations

import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site_tests.browser_checks import barriers
from tests.site_tests.building import DAY
from tests.site_tests.tools import ROOT

CLAIMS = "data/dossiers/golden-crust.yaml"
PAGE = "companies/golden-crust/"
OLD, NEW = (
    "The Ministry of Weather said that it bought no rolls.",
    "The Ministry of Weather said that it wanted no rolls.",
)
BADLY: list[tuple[str, str, str, str]] = [
    ("tab", "    kind: order\n    mode: recorded", "\tkind: order\n    mode: recorded", "tab"),
    ("unclosed quote", "en: The Ministry of Weather said", 'en: "The Ministry of Weather said',
     "a quotation mark is opened here and never closed"),
    ("unknown id", "crust-site, quote: we sold our oldest oven to", "crust-sit, quote: we sold our oldest oven to",
     "Did you mean 'crust-site'?"),
    ("missing reply", "    reply: gc-accepts\n", "    # no reply yet\n", "names no reply"),
    ("bad date", "date: 2026-05-01", "date: 01/31/2026", "Did you mean 2026-01-31?"),
]  # fmt: skip
"""Slips: what stands in the file, what is typed instead, and words of the finding."""


class Serve:
    """`build.py serve` as a person runs it."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root, self.arguments, self.port = root, arguments, 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, str(ROOT / "build.py"), "--root", str(self.root), "serve", "--port", str(self.port)]
        self.process = subprocess.Popen([*command, *self.arguments], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        found = next(filter(None, (re.search(r"http://127\.0\.0\.1:(\d+)/", line) for line in self.process.stdout)))
        self.port = int(found[1])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=30)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def save(self, path: str, old: str, new: str) -> None:
        """As editors do: a second file, then a rename."""
        text = (self.root / path).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands in {path} {text.count(old)} times"
        self.write(path, text.replace(old, new))

    def write(self, path: str, text: str) -> None:
        beside = (self.root / path).with_name(".saved")
        beside.write_text(text, "utf-8")
        beside.rename(self.root / path)


Serves = Callable[..., Serve]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    root = tmp_path / "a dossier"
    shutil.copytree(ROOT / "tests/sites/bakeries", root, ignore=shutil.ignore_patterns("expected"))
    return root


@pytest.fixture
def serves(root: Path) -> Iterator[Serves]:
    """Starts a preview of `root`, with arguments; ends what it has started."""
    started: list[Serve] = []

    def start(*arguments: str) -> Serve:
        started.append(Serve(root, *arguments))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def serve(serves: Serves) -> Serve:
    return serves()


@pytest.fixture
def page(browser: Browser, serve: Serve) -> Iterator[Page]:
    """The company's page, with a mark that a reload would lose. A script that fails fails the test."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    open_page(page, serve.url + PAGE)
    yield page
    context.close()
    assert failed == []


def open_page(page: Page, url: str) -> None:
    """Opens it, and waits until it hears of changes."""
    with page.expect_response("**/_dossier/events"):
        page.goto(url)
    page.evaluate("window.notReloaded = true")


def not_reloaded(page: Page) -> bool:
    return bool(page.evaluate("window.notReloaded === true"))


def flashed(page: Page) -> list[str]:
    """The text of all that is marked as changed."""
    found: list[str] = page.evaluate(
        """() => document.getAnimations().filter(each => each.id === 'dossier-changed')
            .map(each => each.effect.target.textContent.replace(/\\s+/g, ' ').trim())"""
    )
    return found


def in_view(page: Page, selector: str) -> bool:
    return bool(
        page.evaluate(
            """selector => { const box = document.querySelector(selector).getBoundingClientRect();
                return box.bottom > 0 && box.top < innerHeight; }""",
            selector,
        )
    )


def panel(page: Page) -> Any:
    return page.get_by_role("region", name="Findings of the preview")


def said(page: Page) -> Any:
    """What the preview says beside its panel; the page's own script has a place for its words too."""
    return page.locator("[role=status]:not(.copied)")


def eventually(condition: Callable[[], object]) -> None:
    given_up = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < given_up
        time.sleep(0.02)


def answers(page: Page, url: str, status: int) -> bool:
    return page.request.get(url).status == status


# A good save


def test_a_save_changes_the_open_page_in_place(page: Page, serve: Serve) -> None:
    claim = "#ministry-denies-rolls"
    assert not in_view(page, claim)
    serve.save(CLAIMS, OLD, NEW)
    expect(page.locator(claim)).to_contain_text("wanted no rolls")
    assert not_reloaded(page)
    eventually(lambda: flashed(page))
    assert [each[:80] for each in flashed(page) if "wanted no rolls" not in each] == []
    assert in_view(page, claim), "what changed is scrolled to"
    eventually(lambda: not flashed(page))
    assert page.locator(f"{claim}[style], {claim} [style]").count() == 0, "nothing is left of the mark"


def test_what_was_open_and_where_one_stood_is_kept(page: Page, serve: Serve) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    folded = page.locator("details").count()
    assert folded
    page.locator("#ministry-denies-rolls").scroll_into_view_if_needed()
    top = page.evaluate("document.querySelector('#ministry-denies-rolls').getBoundingClientRect().top")
    serve.save(CLAIMS, OLD, NEW)
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("wanted no rolls")
    assert page.locator("details[open]").count() == folded
    now = page.evaluate("document.querySelector('#ministry-denies-rolls').getBoundingClientRect().top")
    assert abs(now - top) < 2


def test_a_new_claim_and_one_that_goes(page: Page, serve: Serve) -> None:
    text = (serve.root / CLAIMS).read_text("utf-8")
    claim = re.search(r"  - id: gc-profile\n.*?\n\n", text, re.DOTALL)
    assert claim
    serve.write(CLAIMS, text.replace(claim[0], ""))
    expect(page.locator("#gc-profile")).to_have_count(0)
    serve.write(CLAIMS, text)
    expect(page.locator("#gc-profile[data-claim]")).to_be_visible()
    eventually(lambda: any("opened in the 1980s" in each for each in flashed(page)))
    assert in_view(page, "#gc-profile")
    assert not_reloaded(page)
    is_equal = """async () => {
        const text = await (await fetch(location.href)).text();
        const open = document.body.cloneNode(true);
        open.querySelectorAll('[data-added]').forEach(each => each.remove());
        return new DOMParser().parseFromString(text, 'text/html').body.isEqualNode(open);
    }"""
    assert page.evaluate(is_equal), "the page brought up to date is the page that is served"


def test_a_change_elsewhere_is_offered(page: Page, serve: Serve) -> None:
    open_page(page, serve.url + "methodology/")
    serve.save(CLAIMS, OLD, NEW)
    link = said(page).get_by_role("link", name="open")
    expect(said(page)).to_contain_text("Golden Crust changed: open")
    assert link.get_attribute("href") == f"/{PAGE}#ministry-denies-rolls"
    assert not_reloaded(page)
    assert flashed(page) == []
    open_page(page, f"{serve.url}fr/entreprises/golden-crust/")
    serve.save(CLAIMS, "n’avoir acheté aucun petit pain", "n’avoir voulu aucun petit pain")
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("n’avoir voulu")
    eventually(lambda: flashed(page))
    assert said(page).text_content() == ""


def test_another_style_comes_without_a_reload(page: Page, serve: Serve) -> None:
    styles = serve.root / "templates/styles"
    shutil.copytree(ROOT / "templates/styles", styles)
    (styles / "tokens.css").write_text((styles / "tokens.css").read_text() + "\n:root { --paper: rgb(1, 2, 3); }\n")
    eventually(lambda: page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')")
               == "rgb(1, 2, 3)")  # fmt: skip
    assert page.locator("head link[rel=stylesheet]").count() == 1
    assert not_reloaded(page)


def test_motion_is_for_those_who_want_it(browser: Browser, serve: Serve) -> None:
    frames = []
    for wish in ("reduce", "no-preference"):
        context = browser.new_context(reduced_motion=wish)
        page = context.new_page()
        open_page(page, serve.url + PAGE)
        old, new = (OLD, NEW) if wish == "reduce" else (NEW, OLD)
        serve.save(CLAIMS, old, new)
        eventually(partial(flashed, page))
        frames.append(
            page.evaluate("new Set(document.getAnimations()[0].effect.getKeyframes().map(f => f.outline)).size")
        )
        context.close()
    assert frames == [1, 2]


def test_two_tabs(browser: Browser, page: Page, serve: Serve) -> None:
    other = page.context.new_page()
    open_page(other, f"{serve.url}fr/entreprises/golden-crust/")
    serve.save(CLAIMS, OLD, NEW)
    serve.save(CLAIMS, "n’avoir acheté aucun petit pain", "n’avoir voulu aucun petit pain")
    expect(other.locator("#ministry-denies-rolls")).to_contain_text("n’avoir voulu")
    page.bring_to_front()
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("wanted no rolls")
    assert not_reloaded(page)
    assert not_reloaded(other)


def test_from_save_to_screen(page: Page, serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    page.evaluate(
        """() => new MutationObserver(() => window.changedAt = Date.now())
            .observe(document.querySelector('#ministry-denies-rolls'), {subtree: true, childList: true,
                                                                        characterData: true})"""
    )
    took = []
    words = OLD
    for number in range(10):
        new = f"The Ministry of Weather said that it wanted no rolls, and said it again in letter {chr(97 + number)}."
        begun = time.time() * 1000
        serve.save(CLAIMS, words, new)
        expect(page.locator("#ministry-denies-rolls")).to_contain_text(f"letter {chr(97 + number)}")
        took.append(page.evaluate("window.changedAt") - begun)
        words = new
        time.sleep(0.1)
    assert not_reloaded(page)
    with capsys.disabled():
        print(f"\nsave to screen: median {statistics.median(took):.0f} ms, {min(took):.0f} to {max(took):.0f} ms "
              f"over {len(took)} saves")  # fmt: skip


# Slips


@pytest.mark.parametrize(("slip", "old", "new", "words"), BADLY, ids=[each[0] for each in BADLY])
def test_a_slip_is_shown_beside_the_page_and_goes(
    page: Page, serve: Serve, slip: str, old: str, new: str, words: str
) -> None:
    serve.save(CLAIMS, old, new)
    expect(panel(page)).to_be_visible()
    expect(panel(page)).to_contain_text(words)
    place = panel(page).get_by_role("link").first
    found = re.fullmatch(rf"{CLAIMS}:(\d+):(\d+)", place.text_content() or "")
    assert found
    assert place.get_attribute("href") == f"vscode://file{quote(str(serve.root / CLAIMS))}:{found[1]}:{found[2]}"
    typed = (serve.root / CLAIMS).read_text("utf-8").splitlines()[int(found[1]) - 1].replace("\t", "\\t")
    assert typed[:90] in (panel(page).locator("pre").first.text_content() or ""), "the line that is linked to"
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("bought no rolls")
    assert not page.evaluate("document.documentElement.matches(':has(:modal)')"), "the page is not blocked"
    serve.save(CLAIMS, new, old)
    expect(panel(page)).to_be_hidden()
    expect(said(page)).to_have_text("No error any more.")
    assert not_reloaded(page)


def test_the_panel_by_keyboard(page: Page, serve: Serve) -> None:
    count = page.get_by_role("button", name=re.compile("^1 error"))
    serve.save(CLAIMS, "date: 2026-05-01", "date: 01/31/2026")
    expect(panel(page)).to_be_visible()
    page.keyboard.press("F8")
    expect(count).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(count).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel(page).get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel(page).get_by_role("link").first).to_be_focused()
    copy = panel(page).get_by_role("button", name="Copy")
    copy.focus()
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "2026-01-31"
    panel(page).get_by_role("button", name="Close").click()
    expect(panel(page)).to_be_hidden()
    expect(count).to_be_focused()


def test_warnings_are_a_count_that_opens(page: Page, serve: Serve) -> None:
    count = page.get_by_role("button", name="1 warning", exact=True)
    serve.save(CLAIMS, "    reply: gc-accepts\n", "    reply: gc-none-found\n")
    expect(count).to_be_visible()
    expect(panel(page)).to_be_hidden()
    assert count.get_attribute("aria-expanded") == "false"
    count.click()
    expect(panel(page).locator("li")).to_contain_text("warning W508")
    serve.save(CLAIMS, "date: 2026-05-01", "date: 01/31/2026")
    expect(panel(page).locator("h2").first).to_have_text("1 error")
    expect(panel(page).locator("li").first).to_contain_text("error E301")


@pytest.mark.parametrize("light", ["light", "dark"])
def test_nothing_keeps_anybody_from_the_panel(page: Page, serve: Serve, light: Any) -> None:
    page.emulate_media(color_scheme=light)
    _, old, new, _ = BADLY[1]
    serve.save(CLAIMS, old, new)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        expect(panel(page)).to_be_visible()
        # The page's own are told of elsewhere, and at widths of their own.
        assert [each for each in barriers(page) if ".masthead__name" not in each] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_a_finding_quotes_is_text(page: Page, serve: Serve) -> None:
    typed = "<img src=x onerror=\"window.bad=1\"><a href='javascript:window.bad=1'>x</a>"
    serve.save(CLAIMS, "    kind: profile", f"    kind: {typed}")
    expect(panel(page)).to_contain_text("<img src=x")
    assert panel(page).locator("img, a[href^='javascript']").count() == 0
    serve.write("data/<img src=x onerror='window.bad=1'>.yaml", "companies: [\n")
    expect(panel(page)).to_contain_text("data/<img src=x")
    hrefs = panel(page).get_by_role("link").evaluate_all("each => each.map(link => link.protocol)")
    assert set(hrefs) == {"vscode:"}
    assert page.evaluate("window.bad") is None


@pytest.mark.parametrize(("editor", "begins"), [("idea", "idea://open?file=/"), ("none", ""),
                                                ("zed://file{file}:{line}", "zed://file/")])  # fmt: skip
def test_another_editor(browser: Browser, serves: Serves, editor: str, begins: str) -> None:
    serve = serves("--editor", editor)
    page = browser.new_page()
    open_page(page, serve.url + PAGE)
    serve.save(CLAIMS, "date: 2026-05-01", "date: 01/31/2026")
    expect(panel(page)).to_contain_text(f"{CLAIMS}:77:11")
    links = panel(page).get_by_role("link")
    assert bool(links.count()) == bool(begins)
    if begins:
        assert (links.first.get_attribute("href") or "").startswith(begins)
    page.close()


def test_no_path_of_this_machine_is_built(page: Page, serve: Serve) -> None:
    serve.save(CLAIMS, OLD, NEW)
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("wanted no rolls")
    files = [path for path in (serve.root / "output").rglob("*") if path.is_file()]
    here = str(serve.root).encode()
    assert files
    assert not [path for path in files if here in path.read_bytes() or b"vscode:" in path.read_bytes()]


# Survival


def test_files_that_go_come_and_are_renamed(page: Page, serve: Serve) -> None:
    claims = serve.root / CLAIMS
    text = claims.read_text("utf-8")
    claims.unlink()
    expect(panel(page)).to_be_visible()  # others point at what is gone
    claims.write_text(text, "utf-8")
    expect(panel(page)).to_be_hidden()
    claims.rename(claims.with_name("crust.yaml"))
    time.sleep(0.5)
    claims.with_name("crust.yaml").write_text(text.replace(OLD, NEW), "utf-8")
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("wanted no rolls")
    shutil.rmtree(serve.root / "output")
    claims.with_name("crust.yaml").write_text(text, "utf-8")
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("bought no rolls")
    eventually((serve.root / "output" / PAGE / "index.html").is_file)


def test_a_page_that_goes_and_comes_again(page: Page, serve: Serve) -> None:
    beside = "data/extra.yaml"
    record = ("companies:\n  - {id: alder, name: Alder, sector: {en: Bread, fr: Pain}, nexus: [{kind: headquartered, "
              "citations: [{source: gazette-loaves, quote: a}]}]}\n")  # fmt: skip
    serve.write(beside, record)
    eventually(lambda: page.request.get(serve.url + "companies/alder/").ok)
    open_page(page, serve.url + "companies/alder/")
    (serve.root / beside).unlink()
    expect(page.locator("h1")).not_to_have_text("Alder")
    serve.write(beside, record.replace("name: Alder", "name: Rowan"))
    expect(page.locator("h1")).to_have_text("Rowan")


def test_a_file_that_is_written_by_halves(page: Page, serve: Serve) -> None:
    whole = (serve.root / CLAIMS).read_text("utf-8").replace(OLD, NEW)
    with (serve.root / CLAIMS).open("w", encoding="utf-8") as file:
        file.write(whole[: len(whole) // 2])
        file.flush()
        expect(panel(page)).to_be_visible()
        expect(page.locator("#ministry-denies-rolls")).to_contain_text("bought no rolls")
        file.write(whole[len(whole) // 2 :])
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("wanted no rolls")
    expect(panel(page)).to_be_hidden()


def test_a_slip_in_a_template(page: Page, serve: Serve) -> None:
    (serve.root / "templates/pages").mkdir(parents=True)
    own = "templates/pages/company.html"
    good = (ROOT / own).read_text("utf-8")
    serve.write(own, "{% block content %}\n  {% if %}\n")
    expect(panel(page)).to_contain_text("TemplateSyntaxError")
    link = panel(page).get_by_role("link")
    assert (link.get_attribute("href") or "").endswith(f"{quote(str(serve.root.resolve() / own))}:2:3")
    serve.write(own, good.replace("<h1>", '<h1 class="mine">'))
    expect(page.locator("h1.mine")).to_be_visible()
    expect(panel(page)).to_be_hidden()
    assert not_reloaded(page)


def git(root: Path, *words: str) -> None:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *named, *words], cwd=root, check=True, capture_output=True)


def test_a_checkout_of_a_thousand_files(page: Page, serve: Serve) -> None:
    root = serve.root
    (root / ".gitignore").write_text("/output\n/.output*\n")
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "few")
    git(root, "checkout", "-b", "many")
    (root / "data/more").mkdir()
    for number in range(1000):
        agency = f"\n  - {{id: a-{number}, name: {{en: A, fr: B}}}}" if number % 10 == 9 else " []"
        (root / f"data/more/{number}.yaml").write_text(f"agencies:{agency}\n")
    (root / CLAIMS).write_text((root / CLAIMS).read_text("utf-8").replace(OLD, NEW), "utf-8")
    git(root, "add", ".")
    git(root, "commit", "-m", "many")
    claim = page.locator("#ministry-denies-rolls")
    expect(claim).to_contain_text("wanted no rolls", timeout=60_000)
    for branch, words, status in (("main", "bought no rolls", 404), ("many", "wanted no rolls", 200)):
        git(root, "checkout", branch)
        expect(claim).to_contain_text(words, timeout=60_000)
        eventually(partial(answers, page, f"{serve.url}agencies/a-999/", status))
    git(root, "checkout", "main")
    git(root, "checkout", "many")  # before the first is built
    eventually(lambda: page.request.get(serve.url + "agencies/a-999/").ok)
    serve.save(CLAIMS, NEW, OLD)
    expect(claim).to_contain_text("bought no rolls", timeout=60_000)
    expect(panel(page)).to_be_hidden()


def test_the_server_ends_and_starts_again(page: Page, serve: Serve) -> None:
    serve.stop()
    expect(said(page)).to_contain_text("The preview has stopped")
    serve.save(CLAIMS, OLD, NEW)
    serve.start()
    expect(page.locator("#ministry-denies-rolls")).to_contain_text("wanted no rolls", timeout=30_000)
    expect(said(page)).to_have_text("")
    assert not_reloaded(page)


def test_where_there_never_was_a_site(browser: Browser, root: Path, serves: Serves) -> None:
    text = (root / CLAIMS).read_text("utf-8")
    (root / CLAIMS).write_text(text.replace("date: 2026-05-01", "date: 01/31/2026"), "utf-8")
    serve = serves()
    page = browser.new_page()
    open_page(page, serve.url + PAGE)
    expect(page.locator("h1")).to_have_text("The site cannot be built yet")
    assert (page.get_by_role("link").get_attribute("href") or "").startswith("vscode://file/")
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    assert barriers(page) == []
    serve.write(CLAIMS, text)
    expect(page.locator("#ministry-denies-rolls")).to_be_visible()
    page.close()
