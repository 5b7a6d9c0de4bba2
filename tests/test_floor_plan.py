"""Who may import whom: the floor plan of `docs/architecture.md`, held against every import in the package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "dossier"
NOUNS = {"document", "problems", "dates", "values", "model", "register", "shape", "views", "pages", "addresses"}
NOUNS |= {"feed", "names", "identifiers", "frozen", "patterns", "shelf", "built", "stood", "published"}
NOUNS |= {"copies", "answers", "past", "hosts"}
NOUNS |= {"citing", "cite_page"}
NOUNS |= {"digests", "desk_page", "history_page", "source_page", "weak_points"}
NOUNS |= {"block", "issue_forms"}
NOUNS |= {"listing"}
NOUNS |= {"searching"}
NOUNS |= {"standing", "overview"}
NOUNS |= {"card", "picture"}
NOUNS |= {"json_text"}
NOUNS |= {"quotes", "wording", "cuts", "omissions", "fragments"}
NOUNS |= {"carried"}
SERVANTS = {"nearest", "meant", "language"}
"""Words and spelling, which verbs and edges may ask."""
VERBS = {
    "load": {"parse"},
    "parse": {"quick", "judge", "mend"},
    "quick": set(),
    "judge": {"parse", "mend", "braces", "guesses", "sayings"},
    "mend": set(),
    "braces": {"mend"},
    "guesses": {"mend", "braces"},
    "sayings": set(),
    "validate": {"reading", "prose"},
    "reading": {"prose"},
    "prose": {"markdown"},
    "markdown": {"prose"},
    "link": {"pointers", "origins"},
    "pointers": set(),
    "origins": set(),
    "checks": set(),
    "plan": set(),
    "export": set(),
    "render": {"compiled", "expressions"},
    "compiled": {"expressions", "tags"},
    "expressions": set(),
    "drawing": set(),
    "tags": set(),
    "write": {"stage", "update", "paths", "beside", "tree", "exchange"},
    "stage": {"paths", "beside", "tree", "exchange"},
    "update": {"stage", "paths", "beside", "tree"},
    "paths": {"beside", "tree"},
    "beside": {"tree"},
    "tree": set(),
    "exchange": set(),
    "pdf": set(),
    "paper": set(),
    "painted": set(),
    "zipped": set(),
    "severity": set(),
    "language": {"french", "cldr"},
    "cldr": set(),
    "french": set(),
    "nearest": set(),
    "meant": set(),
}
"""Each verb or part, and the parts it may ask beside the nouns."""
SENTENCE = {"pipeline", "sitting", "recall", "memory", "inputs", "unchanged", "units", "findings", "workers", "ledgers"}
SENTENCE |= {"reread", "touched", "compare", "versions", "rewritten", "states", "stretches", "why", "stats"}
SENTENCE |= {"invite", "draft", "schema", "known"}
SENTENCE |= {"carry", "illustrate"}
SENTENCE |= {"outline", "remarks", "layout", "added", "newly"}
SENTENCE |= {"difference", "consequences", "same_page", "fix"}
"""The verbs in order, and what stays from one build to the next: they may ask every verb, and each other."""
EDGES = {"dialogue", "cli", "commands", "keep", "terminal", "clock", "git", "report", "watch", "serve", "overlay"}
EDGES |= {"editors", "local", "showing"}
EDGES |= {"checkout", "review", "add_source"}
EDGES |= {"suggestions"}
DESK = {
    "fetch",
    "reach",
    "robots",
    "warc",
    "stored",
    "snapshot",
    "verify",
    "archive",
    "wayback",
    "inserted",
    "page_text",
}
DESK |= {"page_html", "page_pdf", "page_charset", "described", "wires"}
"""Tools for sources, which meet the web: no build uses them. They read and keep files with the verbs' own parts."""
DOCUMENTS = {"fields", "rulebook"}
ONLY = {
    "yaml": {"judge"},
    "markdown_it": {"markdown"},
    "jinja2": {"render", "why"},
    "sqlite3": {"export", "memory", "sitting", "unchanged"},
    "pickle": {"workers"},
    "watchdog": {"watch"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "weasyprint": {"pdf"},
    "tinyhtml5": {"pdf"},
    "cssselect2": {"painted"},
    "zipfile": {"zipped"},
    "resvg_py": {"drawing"},
    "fontTools": {"drawing"},
    "PIL": {"drawing"},
    "argparse": {"cli", "commands"},
    "dataclasses": {"frozen"},
    "subprocess": {"git", "page_pdf"},
    "socket": {"serve", "local", "reach"},
    "httpx2": {"fetch"},
    "httpcore2": {"fetch", "reach"},
    "protego": {"robots"},
    "warcio": {"warc"},
    "turbohtml": {"page_html", "described"},
    "pypdfium2": {"page_pdf"},
    "http": set(),
    "urllib.request": set(),
    "random": set(),
}
"""Libraries, and the modules that alone may import them."""
WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rename", "touch", "symlink_to", "rmtree", "chmod"}
ASKING = {"now", "today", "utcnow", "environ", "getenv"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module under its floor's name: all of `plan/` is `plan`."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).with_suffix("").parts[0], ast.parse(path.read_text("utf-8"), str(path))


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "dossier":
            yield from (f"dossier.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module
            assert not node.level, "imports are written out"
            yield node.module


def allowed(name: str) -> set[str]:
    """What a module may import from the package."""
    if name in NOUNS:
        return NOUNS
    if name in VERBS:
        return NOUNS | SERVANTS | VERBS[name] | {name}
    if name in SENTENCE:
        return NOUNS | SERVANTS | VERBS.keys() | SENTENCE
    if name in EDGES:
        return NOUNS | SERVANTS | SENTENCE | EDGES | DESK
    if name in DESK:
        return NOUNS | DESK | {"load", "pointers", "tree", "report"}
    return NOUNS | VERBS.keys()


@pytest.mark.parametrize(("name", "tree"), [pytest.param(*each, id=each[0]) for each in modules()])
def test_the_floor_plan(name: str, tree: ast.Module) -> None:
    assert name in NOUNS | VERBS.keys() | SENTENCE | EDGES | DESK | DOCUMENTS | {"__init__"}, "a module without a floor"
    for imported in imports(tree):
        if imported.startswith("dossier."):
            other = imported.split(".")[1]
            assert other in allowed(name) | {"__version__"}, f"{name} imports {other}"
        for library, holders in ONLY.items():
            if imported == library or imported.startswith(f"{library}."):
                assert name in holders, f"{name} imports {imported}"


def is_handed_over(node: ast.Attribute) -> bool:
    """Whether `today` is that of an edition, which was told the day of the build, and no clock's."""
    return node.attr == "today" and ast.unparse(node.value).endswith(("edition", "editions[0]"))


@pytest.mark.parametrize(("name", "tree"), [pytest.param(*each, id=each[0]) for each in modules()])
def test_who_writes_and_who_asks_for_the_date(name: str, tree: ast.Module) -> None:
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    if name == "memory":
        assert used & WRITING == {"unlink", "mkdir"}, "it writes one file, by SQLite, and takes it away"
    elif name == "keep":
        assert used & WRITING == {"unlink", "mkdir"}, (
            "it replaces one file, and takes away what it could not put in place"
        )
    elif name not in {"write"} | VERBS["write"] | DOCUMENTS:
        assert not used & WRITING
    if name not in {"commands", "terminal", "clock"}:
        asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and not is_handed_over(node)}
        assert not asked & ASKING
    if name not in {"terminal", "serve", "watch", "fetch", "archive"}:
        assert "time" not in set(imports(tree))
