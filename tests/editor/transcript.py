"""What an editor and yaml-language-server say to each other, to be read: `transcript.md`.

`python -m tests.editor.transcript` writes it anew; a test holds it to what is said today.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from dossier.cli import main
from tests.editor.language_server import HERE, Editor, Said, editor
from tests.site_tests.tools import ROOT, yaml_language_server

PAGE = Path(__file__).with_suffix(".md")
FILE = "data/dossiers/new.yaml"
TEXT = f"""\
about: golden-crust
claims:
  - id: gc-more-bread
    kind: {HERE}order
    mode: {HERE}reported
    statement: The Gazette reported an order.
    citations:
      - source: {HERE}gazette-loaves
    re{HERE}ply: gc-partly
"""
SLIPS = (("kind: order", "kind: ordre"), ("reply:", "repply:"), ("about: golden-crust\n", ""))


def placed(number: int) -> str:
    """The text with one of its cursors."""
    parts = TEXT.split(HERE)
    return "".join(parts[:number]) + HERE + "".join(parts[number:])


def talk(root: Path) -> str:
    """The conversation about a dossier of invented bakeries, as Markdown."""
    shutil.copytree(ROOT / "tests/sites/bakeries/data", root / "data")
    main(["schema", "--root", str(root), "--quiet"])
    lines = ["# An editor and yaml-language-server, about a data file", ""]
    with editor(yaml_language_server(), root) as opened:
        lines += exchanged(opened, "A word of a few, where the cursor ‸ stands after `kind:`", 1, "completion")
        lines += exchanged(opened, "The id of a source, in a citation", 3, "completion", "gazette-loaves")
        lines += exchanged(opened, "The sentence of a key", 2, "hover")
        lines += exchanged(opened, "What an id stands for", 3, "hover")
        lines += exchanged(opened, "A key that takes ids", 4, "hover")
        text = TEXT.replace(HERE, "")
        for right, slip in SLIPS:
            text = text.replace(right, slip)
        lines += ["## An unknown word, an unknown key, no company", "", *block(text, "yaml")]
        lines += block("\n".join(said(each) for each in opened.open(FILE, text)), "text")
    return "\n".join(lines)


def exchanged(opened: Editor, heading: str, cursor: int, what: str, only: str = "") -> list[str]:
    text = placed(cursor)
    line = next(each for each in text.splitlines() if HERE in each)
    lines = [f"## {heading}", "", *block(line, "yaml")]
    if what == "hover":
        shown = opened.hover(FILE, text).partition("\n\nSource:")[0]  # a path of this machine
        return lines + block(f"textDocument/hover\n\n{shown}", "text")
    offered = opened.completion(FILE, text)
    some = [offered[only]] if only else list(offered.values())
    shown = "\n".join(json.dumps({"label": each["label"], "documentation": words(each)}) for each in some)
    return lines + block(f"textDocument/completion: {len(offered)} items\n\n{shown}", "text")


def words(item: Said) -> str:
    told = item["documentation"]
    return told if isinstance(told, str) else told["value"]


def said(found: Said) -> str:
    start = found["range"]["start"]
    return f"{start['line'] + 1}:{start['character'] + 1}: {found['message']}"


def block(text: str, kind: str) -> list[str]:
    return [f"```{kind}", *text.strip("\n").splitlines(), "```", ""]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(talk(Path(folder)), "utf-8")
