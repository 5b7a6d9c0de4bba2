"""What every test can use, and what every run says at its end."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.site_tests.building import built_dossier, built_site

__all__ = ["built_dossier", "built_site"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not checked: a skipped check proves nothing."""
    skipped = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ()))
    if skipped:
        terminalreporter.write_sep("!", "NOT EVERYTHING WAS CHECKED", red=True, bold=True)
        for reason, count in skipped.items():
            terminalreporter.write_line(f"{count} tests did not run: {reason.removeprefix('Skipped: ')}", red=True)
