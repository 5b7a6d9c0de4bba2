"""From a save to the browser: `python bench/browser.py 1000`.

A company's page of `build.py serve` stands open in a headless browser; the standard edit is saved, and the page itself
notes when it has the new amount. The site is built before, and a second passes after each save. Needs Playwright and
Chromium, as the tests of the site do.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Page, sync_playwright

from bench import tools
from bench.corpus import Corpus, write_corpus
from bench.measure import Failed, last_change, quiet, running, until
from bench.run import saving
from tests.conftest import FLAGS
from tests.site_tests.tools import chromium

COMPANY = 7
PATIENCE = 30.0
_SERVES = re.compile(r"http://127\.0\.0\.1:\d+/")
_NOTE = """() => {
    window.states = [];
    const now = () => performance.timeOrigin + performance.now();
    new MutationObserver(() => {
        const state = [now(), 0, document.querySelector("main").innerHTML];
        window.states.push(state);
        requestAnimationFrame(() => setTimeout(() => { state[1] = now(); }));
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}"""
"""The clock of a page and that of this process are one machine's."""
_STATES = (
    "() => { const found = window.states; if (found.every(each => each[1])) { window.states = []; return found; } }"
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Time a save until a browser shows it.")
    parser.add_argument("size", type=int, help="number of companies")
    parser.add_argument("--saves", type=int, default=15, help="how often (default: 15)")
    parser.add_argument("--program", type=Path, default=tools.ROOT, help="another copy of this project to measure")
    parser.add_argument("--scratch", type=Path, help="where corpus and output go, kept; else in a folder removed after")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as temporary:
        folder = (given.scratch or Path(temporary)).resolve()
        corpus, output, log = folder / "corpus", folder / "outputs/ours/site", folder / "browser.log"
        output.parent.mkdir(parents=True, exist_ok=True)
        if not corpus.is_dir():
            write_corpus(given.size, corpus)
        tool = tools.ours(corpus, output, given.program.resolve())
        with running(tool.watch, tool.environment, tool.folder, log) as process:
            until(lambda: _SERVES.search(log.read_text("utf-8", "replace")) is not None, process, "an address", log)
            address = _SERVES.findall(log.read_text("utf-8", "replace"))[0]
            save = saving(corpus, given.size, COMPANY)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                page = browser.new_page()
                with page.expect_response("**/_dossier/events"):
                    page.goto(f"{address}companies/{Corpus(given.size).company_id(COMPANY)}/")
                page.evaluate(_NOTE)
                found = []
                for _ in range(given.saves):
                    quiet(output, process)
                    found.append(_times(page, output, save))
                browser.close()
    for name, values in zip(
        ("all pages on disk", "page changed", "page painted"), zip(*found, strict=True), strict=True
    ):
        print(f"{name}: median {median(values):.0f} ms ({min(values):.0f} to {max(values):.0f}) of {len(values)} saves")
    return 0


def _times(page: Page, output: Path, save: Callable[[], tuple[str, str]]) -> tuple[float, float, float]:
    """Milliseconds from a save to the last page on disk, to the page in the browser changed, and painted."""
    begun = time.time()
    words = save()[1]
    saved = (begun + time.time()) / 2
    while time.time() < begun + PATIENCE:
        time.sleep(0.2)
        for changed, painted, text in page.evaluate(_STATES) or ():
            if words in text:
                last = last_change(output, begun) or 0
                return 1000 * (last - saved), changed - 1000 * saved, painted - 1000 * saved
    raise Failed(f"the browser did not show {words!r}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
