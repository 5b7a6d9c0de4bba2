"""Programs that the tests use and pip cannot install: a browser, Java for the Nu HTML checker, Node.js."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[2]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_BROWSERS_ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_NU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
_YAML = ROOT / "node_modules/yaml-language-server/bin/yaml-language-server"
NOT_CHECKED = "NOT CHECKED"


def chromium() -> str:
    """The browser's path; without one the test ends here."""
    named = os.environ.get("CHROMIUM")
    found = (
        [named]
        if named
        else [*filter(None, map(shutil.which, _BROWSERS)), *filter(os.path.exists, _BROWSERS_ELSEWHERE)]
    )
    return found[0] if found else give_up("Chromium or Chrome: install it, or name it in CHROMIUM")


def nu_checker() -> tuple[str, ...]:
    """The command of the Nu HTML checker; without it the test ends here."""
    java = shutil.which("java") or give_up("Java 17 or newer, which the HTML checker needs: install it")
    if not _NU.exists():
        give_up("the Nu HTML checker: install npm, then `make test` fetches it")
    # The second compiler of Java takes more than it saves in so short a run; what the first makes needs more stack.
    return (java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss16m", "-jar", str(_NU))


def yaml_language_server() -> tuple[str, ...]:
    """The command of the language server that YAML editors use; without it the test ends here."""
    node = shutil.which("node") or give_up("Node.js, which the YAML language server needs: install it")
    if not _YAML.exists():
        give_up("the YAML language server: install npm, then `make test` fetches it")
    return (node, str(_YAML))


def give_up(absent: str) -> NoReturn:
    """In CI what is absent is a failure. Elsewhere the run says at its end what it did not check."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        pytest.fail(f"absent: {absent}", pytrace=False)
    pytest.skip(f"{NOT_CHECKED}, for want of {absent}")
