"""Pages as text, for people to read and for tests to compare.

`tests/sites/<name>/expected/` holds the words of a handful of pages. After a change that is meant to change them:
`python -m tests.expected` writes them anew; read the difference before it is committed. To have another page watched,
add an empty file under its address: `companies/crust.txt` is the page `companies/crust/index.html`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import turbohtml

from dossier.built import held
from dossier.pipeline import build

SITES = Path(__file__).parent / "sites"
TODAY = date(2026, 11, 22)
_BLOCKS = frozenset(
    "address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr legend li main nav ol p pre section summary table tbody thead tr ul".split()
)
_MARKED = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "blockquote": "> "}


def as_text(html: str) -> str:
    """The words between `main` and its end: a line a block, links with where they lead, cells between bars."""
    main = turbohtml.parse(html).select("main")
    lines: list[str] = [""]
    for each in main:
        _write(each, lines)
    tidy = (re.sub(r"[ \n\t]+", " ", line).strip() for line in lines)
    return "\n".join(line for line in tidy if line and f"{line} " not in _MARKED.values()) + "\n"


def _write(element: turbohtml.Element, lines: list[str]) -> None:
    if element.tag in _BLOCKS:
        mark = _MARKED.get(element.tag, "")
        if lines[-1] in _MARKED.values():
            lines[-1] += mark
        else:
            lines.append(mark)
    if element.tag in ("td", "th"):
        lines[-1] += "| "
    for child in element.children:
        if isinstance(child, turbohtml.Text):
            lines[-1] += child.data
        elif isinstance(child, turbohtml.Element):
            _write(child, lines)
    lines[-1] += {"a": f" <{element.attr('href')}>", "td": " ", "th": " ", "span": " "}.get(element.tag, "")
    if element.tag == "s":
        lines[-1] += " (struck)"
    if element.tag in _BLOCKS:
        lines.append("")


def page_of(file: Path, expected: Path) -> str:
    """The page whose words an expected file holds."""
    name = file.relative_to(expected).with_suffix("").as_posix()
    return "index.html" if name == "index" else f"{name}/index.html"


def watched() -> Iterator[tuple[Path, Path]]:
    """Each sample site with each of its expected files."""
    for site in sorted(SITES.glob("*/data")):
        for file in sorted((site.parent / "expected").rglob("*.txt")):
            yield site.parent, file


def built(site: Path) -> dict[str, str]:
    """The pages of a sample site."""
    files = build(site, TODAY).files
    if files is None:
        raise ValueError(f"{site.name} does not build: python build.py check --root {site}")
    return {file.path: held(file).content.decode() for file in files if file.path.endswith(".html")}


def rewrite() -> int:
    """Write every expected file anew. Never in CI: there an unexpected word is a failure."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        print("CI compares and never rewrites", file=sys.stderr)
        return 2
    sites = {site: built(site) for site in {site for site, _ in watched()}}
    for site, file in watched():
        text = as_text(sites[site][page_of(file, site / "expected")])
        if file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
            print(f"written: {file.relative_to(SITES)}")
    return 0


if __name__ == "__main__":
    sys.exit(rewrite())
