"""What every test can use, and what every run says at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.site_tests.building import built_dossier, built_site
from tests.site_tests.tools import chromium

_PLAYWRIGHTS = ("AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
                "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
                "AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,"
                "PreconnectToSearch")  # fmt: skip
"""What Playwright turns off. A browser heeds its last list only, so ours begins with that."""
_OURS = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess"
"""Pages and processes that each new window readies behind the page, for an address bar that nobody sees: half of what
a window costs."""
FLAGS = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync",
         "--disable-component-update", f"--disable-features={_PLAYWRIGHTS},{_OURS}")  # fmt: skip
__all__ = ["built_dossier", "built_site"]
# A test that takes long says nothing but that the machine is busy.
settings.register_profile("ours", deadline=None)
settings.load_profile("ours")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of a process: Playwright does not run twice in one."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not checked: a skipped check proves nothing."""
    skipped = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ()))
    if skipped:
        terminalreporter.write_sep("!", "NOT EVERYTHING WAS CHECKED", red=True, bold=True)
        for reason, count in skipped.items():
            terminalreporter.write_line(f"{count} tests did not run: {reason.removeprefix('Skipped: ')}", red=True)
