"""The Nu HTML checker finds no error in any page, style sheet or picture."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.site_tests.building import DOSSIER, build_once, sample_sites
from tests.site_tests.published import Site
from tests.site_tests.small_site import small_site
from tests.site_tests.tools import nu_checker

YOUNGER = ("Unrecognized at-rule “@view-transition”", "Property “vector-effect” doesn't exist")
"""What browsers know and the checker does not yet."""


def errors(command: tuple[str, ...], *folders: Path) -> list[str]:
    """Every error below the folders. The checker says nothing at all of files it was told to pass over."""
    options = (
        "--format",
        "json",
        "--errors-only",
        "--skip-non-html",
        "--also-check-css",
        "--also-check-svg",
        "--exit-zero-always",
        "--stdout",
    )
    result = subprocess.run([*command, *options, *map(str, folders)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return [
        f"{message.get('url', '')}:{message.get('lastLine', 1)}: {message['message']}"
        for message in json.loads(result.stdout)["messages"]
        if not any(each in message["message"] for each in YOUNGER)
    ]


def lay_out(site: Site, folder: Path) -> Path:
    for path, body in site.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder


@pytest.mark.xdist_group("html")
def test_no_error_in_any_built_site(tmp_path_factory: pytest.TempPathFactory) -> None:
    command = nu_checker()
    folders = [build_once(name, tmp_path_factory).folder for name in (DOSSIER, *sample_sites())]
    found = errors(command, *folders)
    assert not found, "\n".join(found[:40]) + f"\n{len(found)} in all"


# The file that is broken, what stands there, what is put in its place, and a part of what the checker says.
BROKEN = [
    ("index.html", "<h2>What is said</h2>", "<h2>What is <p>said</p></h2>", "not allowed as child of element"),
    ("fr/index.html", '<main id="content">', '<main id="content" role="sideboard">', "Bad value"),
    ("styles/base.css", "margin: 0", "margin: wide", "margin"),
    ("images/mark.svg", "></svg>", "><picture/></svg>", "“picture” not allowed"),
]


def test_the_checker_finds_what_is_broken(tmp_path: Path) -> None:
    command = nu_checker()
    for number, (path, old, new, _) in enumerate(BROKEN):
        lay_out(small_site(path, old, new), tmp_path / str(number))
    lay_out(small_site(), tmp_path / "good")
    found = errors(command, tmp_path)
    for number, (path, _, _, said) in enumerate(BROKEN):
        assert any(f"/{number}/{path}:" in each and said in each for each in found), f"{path}: {found}"
    assert not [each for each in found if "/good/" in each]
