"""What strangers may send: it ends in a finding, or on the page as the text it is. Nothing hangs, nothing crashes.

Each case prints how long it took (`pytest -s`); a case that takes a minute ends the run with a traceback.
"""

from __future__ import annotations

import csv
import faulthandler
import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dossier.export import export
from dossier.load import read_yaml
from dossier.pages import File
from dossier.pipeline import examine
from dossier.plan import plan
from dossier.prose import parse_prose
from dossier.register import Register
from dossier.render import render
from dossier.report import FORMATS, as_github, as_text
from dossier.values import Html
from dossier.write import check_paths
from tests.filled import IDS, Filling
from tests.given import SITE, TODAY, data, read
from tests.site_tests.published import Page
from tests.site_tests.tools import ROOT

HANGS = 60
"""Seconds after which a case is stuck: a hundred times what the slowest takes."""


@pytest.fixture(autouse=True)
def _nothing_hangs(request: pytest.FixtureRequest) -> Iterator[None]:
    faulthandler.dump_traceback_later(HANGS, exit=True, file=2)
    began = time.perf_counter()
    yield
    faulthandler.cancel_dump_traceback_later()
    print(f"{time.perf_counter() - began:6.2f} s  {request.node.name[:100]}")


# A data file of bytes, and the code of the finding that it ends in.
FILES: dict[str, tuple[bytes, str]] = {
    "lists nested 60,000 deep": (b"a: " + b"[" * 60_000 + b"]" * 60_000, "E104"),
    "lists nested 60,000 deep and never closed": (b"a: " + b"[" * 60_000, "E104"),
    "mappings nested 60,000 deep": (b"{a: " * 60_000, "E104"),
    "lists nested 60,000 deep by dashes": (b"- " * 60_000 + b"a", "E104"),
    "mappings nested 1,900 deep by indentation": (b"\n".join(b" " * i + b"a:" for i in range(1_900)), "E104"),
    "keys that are keys": (b"? " * 60_000 + b"a", "E103"),
    "an alias bomb": (b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "E103"),
    "an alias of itself": (b"&a [*a]", "E103"),
    "a merge bomb": (b"a: {<<: {b: c}}", "E103"),
    "a tag that builds an object": (b"a: !!python/object/apply:os.system [ls]", "E103"),
    "a file of 3 MB": (b"a: " + b"x" * 3_000_000, "E104"),
    "a line of 1.9 MB": (b"#" + b"x" * 1_900_000, "E105"),
    "a value of 1.9 MB": (b"a: " + b"x" * 1_900_000, "E104"),
    "a quoted value of 1.9 MB": (b'a: "' + b"x" * 1_900_000 + b'"', "E104"),
    "a quote that never ends": (b'a: "' + b"x" * 1_900_000, "E101"),
    "a key of 1.9 MB": (b"x" * 1_900_000 + b": a", "E104"),
    "600,000 tiny values": (b"a: [" + b"1," * 600_000 + b"]", "E104"),
    "450,000 tiny lines": (b"a:\n" + b"- 1\n" * 450_000, "E104"),
    "200,000 keys": (b"".join(b"a%d:\n" % i for i in range(200_000)), "E104"),
    "the same key 60,000 times": (b"claims: []\n" * 60_000, "E102"),
    "1.9 MB of blanks": (b" " * 1_900_000 + b"a", "E108"),
    "1.9 MB of empty lines": (b"\n" * 1_900_000, "E105"),
    "1.9 MB of commas": (b"," * 1_900_000, "E101"),
    "400,000 directives": (b"%a\n" * 400_000, "E101"),
    "bytes that are no text": (b"claims:\n- id: \xff\xfe", "E105"),
    "UTF-16": ("claims: []".encode("utf-16"), "E105"),
    "a NUL": (b"claims:\n- id: a\0b", "E703"),
    "a bidirectional override": ("a: b\u202ec".encode(), "E703"),
    "a bidirectional override as an escape": (b'a: "b\\u202ec"', "E703"),
    "half a surrogate as an escape": (b'a: "\\ud800"', "E101"),
    "a noncharacter": ("a: \uffff".encode(), "E703"),
    "5,000 wrong keys": (b"companies: [{id: crust, name: C, " + b", ".join(b"naem%d: x" % i for i in range(5_000))
                         + b"}]", "E106"),
    "5,000 wrong collections": (b"".join(b"claim%d: []\n" % i for i in range(5_000)), "E106"),
    "5,000 wrong languages": (b"agencies: [{id: crust, name: {" + b", ".join(b"e%d: x" % i for i in range(5_000))
                              + b"}}]", "E106"),
    "5,000 wrong ids": (b"companies:\n" + b"- {id: '../../x', name: N}\n" * 5_000, "E109"),
    "5,000 times the same id": (b"companies:\n" + b"- {id: crust, name: N}\n" * 5_000, "E110"),
    "5,000 wrong references among 5,000 ids": (
        b"publishers:\n" + b"".join(b"- {id: paper-%d, name: N}\n" % i for i in range(5_000)) + b"events:\n"
        b"- {id: ev, date: 2026, kind: other, title: T, involved: [" + b", ".join(b"papre-%d" % i for i in range(5_000))
        + b"], citations: []}", "E111"),
    "5,000 publishers that nobody recorded": (
        b"publishers:\n" + b"".join(b"- {id: paper-%d, name: N}\n" % i for i in range(5_000)) + b"sources:\n"
        + b"".join(b"- {id: s%d, type: book, title: T, publisher: quite-another-%d, language: en, role: record}\n"
                   % (i, i) for i in range(5_000)), "E115"),
    "a source that derives from 5,000": (
        b"sources:\n- {id: aa, type: book, title: T, publisher: P, language: en, role: record, read: none, "
        b"derived_from: [" + b", ".join(b"s%d" % i for i in range(5_000)) + b"]}\n", "E111"),
}  # fmt: skip


def folder(root: Path, files: dict[str, bytes]) -> Path:
    for path, raw in {"data/site.yaml": SITE.encode(), **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    return root


@pytest.mark.parametrize(("raw", "code"), FILES.values(), ids=FILES)
def test_a_data_file_ends_in_a_finding(raw: bytes, code: str, tmp_path: Path) -> None:
    examined = examine(folder(tmp_path, {"data/x.yaml": raw}), TODAY)
    assert {problem.rule.code for problem in examined.problems if problem.severity == "error"} == {code}
    assert not examined.stands
    assert len(as_text(examined.problems, tmp_path)) < 200_000


@pytest.mark.parametrize(
    "front",
    [
        "a: " + "[" * 30_000,
        "a: &a [x]\nb: *a",
        "title: " + "x" * 100_000,
        "title: x\n" * 10_000,
        "\n" * 100_000,
        "---\n" * 30_000,
        "title: x\n---\n" * 5_000 + "\u202e",
    ],
    ids=["deep", "alias", "long", "doubled", "blank", "hyphens", "many"],
)
def test_front_matter_ends_in_a_finding(front: str, tmp_path: Path) -> None:
    examined = examine(folder(tmp_path, {"content/about.en.md": f"---\n{front}\n---\n".encode()}), TODAY)
    assert examined.problems
    assert {problem.span.file for problem in examined.problems} == {"content/about.en.md"}


MARKDOWN = {
    "open brackets": "[", "open images": "![", "closed brackets": "[]", "links": "[a](", "linked links": "[a](b)",
    "stars": "*", "starred words": "*a ", "stars of two kinds": "*a**b", "underscores": "_a", "backticks": "`a",
    "angles": "<", "tags": "<a ", "remarks": "<!--", "ampersands": "&", "entities": "&a;", "quotes": "> ",
    "angles of quotes": ">", "list marks": "- ", "citations": "[@a] ", "open citations": "[@", "figures": "{claims}",
    "open figures": "{a", "backslashes": "\\", "hashes": "#", "references": "[a]: b\n", "lines": "a\n",
    "heads": "a\n=\n",
    "fences": "~~~\n", "rules": "---\n", "cells": "|", "rows": "a|b\n-|-\n", "addresses": "<http://a", "blanks": " ",
    "numbers": "1. ", "nested lists": "  - a\n", "no-break spaces": "\u00a0",
}  # fmt: skip


@pytest.mark.parametrize("piece", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_of_20_000_characters_is_read(piece: str) -> None:
    bomb = (piece * 20_000)[:20_000]
    html = "".join(part for part in parse_prose(bomb).parts if isinstance(part, Html))
    assert len(html) < 300_000


def test_markdown_bombs_pass_every_rule(tmp_path: Path) -> None:
    """The rules look at the same words once more, with patterns of their own."""
    bombs = [json.dumps((piece * 3_000)[:3_000]) for piece in MARKDOWN.values()]
    claims = "".join(
        f"- {{id: order-{i}, company: crust, kind: order, mode: alleged, statement: {{en: {bomb}, fr: {bomb}}},"
        f" note: {bomb}, citations: [{{source: alpha, quote: {bomb}, translation: {{fr: {bomb}}}}}]}}\n"
        for i, bomb in enumerate(bombs) if bomb.strip('" \u00a0').replace("\\u00a0", "")
    )  # fmt: skip
    text = (
        "companies: [{id: crust, name: Golden Crust}]\n"
        "sources: [{id: alpha, type: book, title: T, publisher: P, language: en, role: reporting}]\n"
        f"claims:\n{claims}"
    )
    examined = examine(folder(tmp_path, {"data/x.yaml": text.encode()}), TODAY)
    assert {problem.rule.group for problem in examined.problems} >= {"evidence", "fairness", "language"}


# What follows must come out of every field as the text that went in.
TEXT = (
    """A <script>alert(1)</script> {{ 7*7 }} {% raw %} {# x #} "onload=alert(1) ' onfocus=alert(1) ]]> --> </title> """
    """</style> <img src=x onerror=alert(1)> &lt;b&gt; &amp;quot; %(x)s %s \\ ../../x §{}§"""
)
URL = """https://a.example/"onload=alert(1)><script>alert(1)</script>'{{7*7}}?a=1&lt;b&gt;#%3Cb"""
MARKED = "<javascript:alert(1)> [c](https://x.example 'd\" onload=e') {}"


def site_of(filling: Filling) -> tuple[Register, dict[str, str]]:
    """The register and the files of a dossier that reads without a finding. No rule is asked: none may be needed."""
    given = read(filling.files())
    assert given.said == []
    assert given.register is not None
    pages = plan(given.register, TODAY)
    listed = ((page.frame.path, page.frame.alternates) for page in pages)
    files: tuple[File, ...] = (*render(pages, "en"), *export(given.register, TODAY, listed))
    check_paths(files)
    return given.register, {file.path: file.content.decode("utf-8", "replace") for file in files}


def filling(text: str, turn: int, url: str = "https://a.example/") -> Filling:
    return Filling(text, url, turn, without=("withdrawn", "apart", "derived_from") if turn % 3 == 0 else ())


def structure(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.tag, tuple(sorted(each.attrs))) for each in page.elements]


def html(files: dict[str, str]) -> dict[str, Page]:
    return {path: Page(path, text) for path, text in files.items() if path.endswith(".html")}


@pytest.fixture(scope="module", params=range(8))
def turn(request: pytest.FixtureRequest) -> int:
    """Which word goes where a field knows several: eight turns use every word that a page says in its own way."""
    return int(request.param)


def test_hostile_text_changes_no_page_s_structure(turn: int) -> None:
    harmless = html(site_of(filling("A few harmless words §{}§", turn))[1])
    hostile = html(site_of(filling(TEXT, turn, URL))[1])
    assert harmless.keys() == hostile.keys()
    for path, page in hostile.items():
        assert structure(page) == structure(harmless[path]), path


@pytest.mark.parametrize("text", [TEXT, MARKED], ids=["markup", "markdown"])
def test_nothing_hostile_runs(text: str, turn: int) -> None:
    for path, page in html(site_of(filling(text, turn, URL))[1]).items():
        for each in page.elements:
            assert each.tag not in ("style", "iframe", "object", "embed", "img", "base"), path
            if each.tag == "script":  # the site's own files, where the policy has them, and nothing between the tags
                assert OWN_SCRIPT.fullmatch(str(each.attrs.get("src"))), path
                assert any("script-src 'self'" in str(one.attrs.get("content")) for one in page.elements), path
                assert not each.text.strip(), path
            for name, value in each.attrs.items():
                assert not name.startswith("on"), (path, name)
                assert name != "style", path
                if name in ("href", "src", "cite", "action"):
                    scheme = str(value).partition(":")[0].strip().lower()
                    assert scheme not in ("javascript", "data", "vbscript", "file"), (path, value)


OWN_SCRIPT = re.compile(r"(?:\.\./)+assets/[\w.-]+\.js")


# Keys whose words stand on no page, each with its reason.
UNPRINTED = {
    # Said at every build.
    "site.policy.severity.rule",
    "site.policy.severity.reason",
    # A part of addresses.
    "site.host.branch",
    # Where a page has no room for a quote, its reference lists the words relied on, without a translation.
    "companies.facts.citations.translation",
    "companies.legal_entities.citations.translation",
    "companies.nexus.citations.translation",
    "demands.history.citations.translation",
}


def test_every_text_is_printed_as_it_was_typed() -> None:
    """Whole and unchanged wherever it stands, with only the blanks that French binds; and nearly every text stands
    somewhere."""
    seen: set[str] = set()
    fields: set[str] = set()
    before = TEXT.partition("§")[0].strip()
    for turn in range(8):
        filled = filling(TEXT, turn)
        files = site_of(filled)[1]
        fields |= {*filled.texts}
        for path, page in html(files).items():
            # What is for programs is escaped as they ask: tests/test_citing.py reads it back.
            shown = page.tree.text
            for code in page.select(".formats code"):
                shown = shown.replace(code.text, "")
            texts = [shown, *(str(value) for each in page.elements for value in each.attrs.values())]
            for text in texts:
                parts = " ".join(text.replace("\u00a0", " ").split()).split("§")
                for index in range(1, len(parts) - 1, 2):
                    if parts[index] in fields:
                        assert unescaped(parts[index - 1].strip()).endswith(before), (path, parts[index - 1])
                        seen.add(parts[index])
    assert fields - seen == UNPRINTED


def unescaped(text: str) -> str:
    """A Markdown text prints the character that a reference stands for; elsewhere it is the text it is."""
    return text.replace("<b>", "&lt;b&gt;").replace(" &quot;", " &amp;quot;").replace("&amp;amp;", "&amp;")


def test_files_for_machines_hold_together(turn: int) -> None:
    _, files = site_of(filling(TEXT, turn, URL))
    kinds = {path.rpartition(".")[2] for path in files}
    assert {"json", "csv", "xml", "html"} <= kinds
    for path, text in files.items():
        if path.endswith(".json"):
            json.loads(text)
        elif path.endswith(".xml"):
            ElementTree.fromstring(text)
        elif path.endswith(".csv"):
            rows = [*csv.reader(io.StringIO(text))]
            assert len({len(row) for row in rows}) == 1
            # No cell begins what a spreadsheet would compute.
            assert not [cell for row in rows for cell in row if cell[:1] in ("=", "@", "\t")]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>x</script>", "vbscript:x", "file:///etc/passwd",
     "//a.example/", "/a", "a", "https:", "https://", "https:// a.example", "ftp://a.example/", "about:blank",
     "java\\nscript:alert(1)", "https:\\\\a.example", "mailto:a@b c", "tel:1"],
)  # fmt: skip
def test_no_other_scheme_gets_into_any_address(url: str) -> None:
    filled = Filling("words", url)
    given = read(filled.files())
    assert filled.urls == [
        "site.base_url", "site.repository", "site.contact", "companies.website", "agencies.website", "sources.url",
        "sources.archives.url", "responses.questions",
    ]  # fmt: skip
    assert [problem.rule.code for problem in given.problems] == ["E704"] * len(filled.urls)


@pytest.mark.parametrize(
    "identity",
    ["../../x", "..", ".", "a", "a/b", "a\\\\b", "A-B", "é-e", "a b", "a.b", "a_b", "%2e%2e", "a?b", "a#b", "x" * 81,
     "a\\nb", "<b>", "con:", "{{7*7}}"],
)  # fmt: skip
@pytest.mark.parametrize("collection", ["companies", "sources", "claims", "legal_entities"])
def test_no_id_leaves_its_folder(collection: str, identity: str) -> None:
    files = {
        path: text.replace(f'"id": "{IDS[collection]}"', f'"id": "{identity}"')
        for path, text in Filling("words").files().items()
    }
    assert "E109" in {problem.rule.code for problem in read(files).problems}


@pytest.mark.parametrize("slug", ["../../x", "a/b", "..", "A", "<b>"])
def test_no_page_leaves_its_folder(slug: str) -> None:
    given = data("companies: []", about_en=f"---\ntitle: T\nslug: {json.dumps(slug)}\n---\n")
    assert [problem.rule.code for problem in given.problems] == ["E109"]


@pytest.mark.parametrize("name", ["a\nb.yaml", "a\x1b[31mb.yaml", "a::error file=x::b.yaml", "a\u202eb.yaml"])
def test_a_file_s_name_forges_no_finding(name: str, tmp_path: Path) -> None:
    root = folder(tmp_path, {f"data/{name}": b"zebras: []"})
    examined = examine(root, TODAY)
    assert [problem.rule.code for problem in examined.problems] == ["E106"]
    text = as_text(examined.problems, root)
    assert sum("E106" in line for line in text.splitlines()) == 1
    assert not {"\x1b", "\u202e"} & {*text}
    (line,) = as_github(examined.problems).splitlines()
    assert line.startswith("::error file=data/a")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name themselves")
def test_a_file_s_name_that_is_no_text_is_said(tmp_path: Path) -> None:
    root = folder(tmp_path, {"data/x.yaml": b"zebras: []"})
    (root / "data/x.yaml").rename(root / os.fsdecode(b"data/\xff\xfe.yaml"))
    for form in FORMATS:
        ran = subprocess.run(
            [sys.executable, str(ROOT / "build.py"), "check", "--root", str(root), "--format", form],
            capture_output=True, timeout=HANGS, check=False,
        )  # fmt: skip
        assert (ran.returncode, b"Traceback" in ran.stderr) == (1, False), ran.stderr.decode("utf-8", "replace")
        assert b"zebras" in ran.stdout


def ladder(rungs: int, wide: int) -> str:
    """Sources of which each derives from all of the rung below."""
    return "sources:\n" + "".join(
        f"- {{id: s{rung:03}-{at}, type: book, title: T, publisher: P{at}, language: en, role: reporting, read: none"
        f", derived_from: [{', '.join(f's{rung - 1:03}-{below}' for below in range(wide)) if rung else ''}]}}\n"
        for rung in range(rungs)
        for at in range(wide)
    )


@pytest.mark.parametrize(("rungs", "wide"), [(40, 2), (20, 6), (800, 1)])
def test_a_lineage_of_any_shape_is_walked_in_time(rungs: int, wide: int) -> None:
    top = f"s{rungs - 1:03}-0"
    text = (
        "companies: [{id: crust, name: Golden Crust}]\n" + ladder(rungs, wide) + "claims: [{id: order, company: crust, "
        f"kind: order, mode: reported, statement: S, citations: [{{source: {top}, quote: q}}]}}]\n"
    )
    given = data(text, SITE.replace("[en, fr]", "[en]"))
    assert given.said == []
    assert given.register is not None
    assert len(given.register.standing["order"].origins) == wide
    assert plan(given.register, TODAY)


def test_a_crash_of_the_yaml_library_would_be_seen() -> None:
    """PyYAML's C constructor ends the process here; the loader reads events alone, and must go on to do so."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from dossier.load import read_yaml;"
        "print(read_yaml(b'[' * 200000 + b']' * 200000, 'x.yaml')[1][0].rule.code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(ROOT)], capture_output=True, text=True, timeout=HANGS, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "E104\n"), ran.stderr


def test_a_bomb_is_not_read_before_it_is_measured() -> None:
    began = time.perf_counter()
    _, problems = read_yaml(b"[" * 50_000_000, "x.yaml")
    print(f"{time.perf_counter() - began:.2f} s for 50 MB")
    assert [problem.rule.code for problem in problems] == ["E104"]
