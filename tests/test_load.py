"""Files to documents: every value is the text between its marks, every node has its place, and nothing is guessed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier import load as load_module
from dossier.document import Document, Mapping, Node, Place, Sequence, Span
from dossier.load import files_of, limit_of, load, read_content, read_yaml
from dossier.load import read as read_file
from dossier.problems import Problem
from dossier.values import HIDDEN
from tests.site_tests.tools import ROOT


def plain(node: Node) -> object:
    """A node as lists, dicts and strings, without its places."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text


def read(text: str | bytes) -> tuple[Document, list[Problem]]:
    return read_yaml(text.encode() if isinstance(text, str) else text, "data/x.yaml")


def said(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    return [f"{problem.span}: {problem.rule.code} {problem.message}" for problem in problems]


def folder(root: Path, files: dict[str, str | bytes]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode() if isinstance(text, str) else text)
    return root


# What YAML 1.1 would make of these words is written beside them. Here they stay words.
WORDS = [
    "NO",  # False
    "yes",  # True
    "on",  # True
    "true",  # True
    "~",  # None
    "null",  # None
    "1.10",  # 1.1
    "010",  # 8
    "0x1F",  # 31
    "1_000",  # 1000
    "1e3",  # 1000.0
    ".inf",  # infinity
    "12:30:45",  # 45045
    "2019-05-01",  # a date
    "2026-01",
    "=",  # an error
]


@pytest.mark.parametrize("word", WORDS)
def test_a_plain_word_stays_the_text_that_was_typed(word: str) -> None:
    document, problems = read(f"key: {word}\nlist: [{word}]\n{word}: key\n")
    assert problems == []
    assert plain(document.root) == {"key": word, "list": [word], word: "key"}


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("a: b", {"a": "b"}),
        ("a:", {"a": ""}),
        ("- a\n- [b, {c: d}]\n-\n  e: f", ["a", ["b", {"c": "d"}], {"e": "f"}]),
        ("a: 'it''s'", {"a": "it's"}),
        ('a: "tab \\u00e9 \\x41"', {"a": "tab é A"}),
        ("a: >-\n  one\n  two\n\n  three", {"a": "one two\nthree"}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: one\n  two", {"a": "one two"}),
        ("a: b # a remark", {"a": "b"}),
        ("a: b#c", {"a": "b#c"}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("\ufeffa: b", {"a": "b"}),
        ("a: b\r\nc: d\re: f", {"a": "b", "c": "d", "e": "f"}),
        ("a: 'don’t «\u00a0quote\u00a0»'", {"a": "don’t «\u00a0quote\u00a0»"}),
        ("a: {'<<': b}", {"a": {"<<": "b"}}),
        ("a: 👩\u200d🌾", {"a": "👩\u200d🌾"}),
    ],
)
def test_yaml_is_read_as_it_is_written(yaml: str, value: object) -> None:
    document, problems = read(yaml)
    assert problems == []
    assert plain(document.root) == value


_TEXT = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not HIDDEN.search(text))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(_TEXT)
def test_any_text_between_double_quotes_comes_back(text: str) -> None:
    document, problems = read(f"key: {json.dumps(text, ensure_ascii=False)}")
    assert said(problems) == []
    assert plain(document.root) == {"key": text}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_TEXT)
def test_any_line_between_single_quotes_comes_back(text: str) -> None:
    line = text.replace("\n", " ")
    document, problems = read("key: '{}'".format(line.replace("'", "''")))
    assert said(problems) == []
    assert plain(document.root) == {"key": line}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_document_or_one_finding(raw: bytes) -> None:
    document, problems = read(raw)
    assert document.readable != (len(problems) == 1 and problems[0].rule.code != "E102")


# What cannot be read at all: one finding, at the place that is wrong.
REFUSED = [
    ("a: b: c", "1:5: E101 a colon followed by a space stands inside a value"),
    ("a: 'b", "1:4: E101 a quotation mark is opened here and never closed"),
    ('a: "b\nc: "d"', "1:4: E101 a quotation mark is opened here and never closed"),
    ("a: b\n c: d", "2:2: E101 this line begins too far right to stand with the lines around it"),
    ("a:\n  - id:x\n    b: c", "2:8: E101 there is no space after this colon"),
    ('a: "b" c', "1:8: E101 the value goes on after its closing quotation mark"),
    ("a: b #1 c", "1:6: E101 this # begins a comment, and cuts the value short"),
    ("a: [b] c", "1:4: E101 text that begins with [ is taken for a list"),
    ("a:\n  b: c\n d: e", "3:2: E101 this line begins too far left to stand with the lines around it"),
    ("a: - b", "1:4: E101 a list begins on the line of its key"),
    ("a: [b, c", "1:4: E101 a bracket is opened here and never closed"),
    ("a: @b", "1:4: E101 a value cannot begin with @, which has a meaning of its own in YAML"),
    ('a: "\\q"', "1:5: E101 between double quotation marks, a backslash gives the next character another meaning"),
    ("a:\tb", "1:3: E101 a tab, which only looks like spaces"),
    ("a: b\n---\nc: d", "2:1: E103 a line of three hyphens begins a second file inside this one"),
    ("%YAML 1.1\n---\na: b", "1:1: E103 a line that begins with % is an instruction to YAML, not data"),
    ("a: &b c", "1:4: E103 YAML takes '&b' for a mark of its own (an anchor), not for text"),
    ("a: *b", "1:4: E103 YAML takes '*b' for a mark of its own (an alias), not for text"),
    ("a: !b c", "1:4: E103 YAML takes '!b' for a mark of its own (a tag), not for text"),
    ("a: !!str c", "1:4: E103 YAML takes '!!str' for a mark of its own (a tag), not for text"),
    ("<<: {a: b}", "1:1: E103 YAML takes '<<' for a mark of its own (a merge key), not for text"),
    ("? [a]\n: b", "1:3: E103 brackets stand where a key belongs"),
    ("{a: b}: c", "1:1: E103 brackets stand where a key belongs"),
    ("", "1:1: E105 the file is empty"),
    ("# a remark\n", "1:1: E105 the file is empty"),
    (b"a: caf\xe9", "1:7: E105 this character is not stored as UTF-8 (byte 0xE9)"),
    (b"a: b\n\xc3\xa9: \xff", "2:4: E105 this character is not stored as UTF-8 (byte 0xFF)"),
    ("a: b".encode("utf-16"), "1:1: E105 this character is not stored as UTF-8 (byte 0xFF)"),
    ("a: \0", "1:4: E703 the hidden character U+0000"),
    ("a: \x85", "1:4: E703 the hidden character U+0085"),
    ("a: b\nc: d\u202ee", "2:5: E703 the hidden character U+202E"),
    ("a: d\u3164e", "1:5: E703 the hidden character U+3164"),
    ("\ufeff\ufeffa: b", "1:1: E703 the hidden character U+FEFF"),
    ('a: "\\u202e"', "1:4: E703 an escape for U+202E"),
    ('"\\t": b', "1:1: E703 an escape for U+0009"),
    ("a: \ufffe", "1:4: E703 the hidden character U+FFFE"),
    ("a: " + "[" * 51 + "]" * 51, "1:53: E104 more than 50 levels deep"),
    ("a: " + "x" * 20_001, "1:4: E104 a value of 20,001 characters"),
    ("x" * 2_000_001, "1:1: E104 the file has 2.0 MB; 2 is the most"),
    ("a: [" + "b, " * 200_001 + "]", "1:599996: E104 more than 200,000 values in one file"),
]


@pytest.mark.parametrize(("text", "finding"), REFUSED, ids=[finding for _, finding in REFUSED])
def test_what_cannot_be_read_is_refused_at_its_place(text: str | bytes, finding: str) -> None:
    document, problems = read(text)
    assert said(problems) == [f"data/x.yaml:{finding}"]
    assert problems[0].remedy
    assert not document.readable


@pytest.mark.parametrize("text", ["[" * 49 + "]" * 49, "a: " + "x" * 20_000, "a: [" + "b, " * 19_000 + "]"])
def test_what_keeps_within_the_limits_is_read(text: str) -> None:
    assert read(text)[1] == []


def test_a_doubled_key_leaves_the_rest_readable() -> None:
    document, problems = read("a: b\nc: d\na: e\n")
    assert plain(document.root) == {"a": "b", "c": "d"}
    assert said(problems) == ["data/x.yaml:3:1: E102 'a' stands twice"]
    assert problems[0].also == ((Span("data/x.yaml", 1, 1), "first here"),)


def test_a_refused_file_keeps_the_ids_that_seem_to_stand_in_it() -> None:
    document, _ = read("claims:\n- id: one\n  x: [\n- {id: 'two', y: z}\n-   id: \"three\"\n  idea: four\n")
    assert plain(document.root) == [{"id": "one"}, {"id": "two"}, {"id": "three"}]


CONTENT = """\
---
title: A page
order: 10
---

Some *words*.
"""


def content(text: str) -> tuple[Document, list[Problem]]:
    return read_content(text.encode(), "content/a-page.en.md")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (CONTENT, {"title": "A page", "order": "10", "body": "\nSome *words*.\n"}),
        ("---\ntitle: x\n---\n", {"title": "x", "body": ""}),
        ("---\ntitle: x\n---", {"title": "x", "body": ""}),
        ("---\n---\nwords", {"body": "words"}),
        ("---\ntitle: a --- b ---\n---\nc\n---\nd", {"title": "a --- b ---", "body": "c\n---\nd"}),
    ],
)
def test_a_prose_page_is_its_front_matter_and_its_words(text: str, value: object) -> None:
    document, problems = content(text)
    assert said(problems) == []
    assert plain(document.root) == value


def test_places_of_a_prose_page_count_from_the_top_of_the_file() -> None:
    place = content(CONTENT)[0].place
    assert place.span("order") == Span("content/a-page.en.md", 3, 8)
    assert place.span_of("*words*", "body") == Span("content/a-page.en.md", 6, 6)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("words", "1:1: E101 the page does not begin with front matter"),
        ("---\ntitle: x\nwords", "1:1: E101 the page does not begin with front matter"),
        ("---\n- title\n---\n", "2:1: E101 the front matter is not a list of 'key: value' lines"),
        ("---\ntitle: a: b\n---\n", "2:9: E101 a colon followed by a space stands inside a value"),
        ("---\ntitle: a\ntitle: b\n---\n", "3:1: E102 'title' stands twice"),
        ("---\ntitle: a\nbody: b\n---\nwords", "3:1: E106 'body' is not a key of a page"),
        ("---\ntitle: a\n---\nw\u202eo", "4:2: E703 the hidden character U+202E"),
        ("---\ntitle: a\n---\n" + "x" * 200_000, "1:1: E104 the file has 0.2 MB; 0.2 is the most"),
    ],
)
def test_findings_in_a_prose_page_name_the_line_of_the_file(text: str, finding: str) -> None:
    assert said(content(text)[1]) == [f"content/a-page.en.md:{finding}"]


def test_the_second_place_of_a_finding_counts_from_the_top_of_the_file_too() -> None:
    _, problems = content("---\ntitle: a\nmenu: [b,\n  c: d\n  e: f]\n---\n")
    assert [(span.line, words) for problem in problems for span, words in problem.also] == [(3, "in what begins here")]


SITE = "title: A dossier\n"


def test_every_file_is_found_in_a_fixed_order(tmp_path: Path) -> None:
    names = ["data/b.yaml", "data/site.yaml", "data/a/z.yaml", "content/x.en.md", "data/a.yaml", "data/é.yaml"]
    folder(tmp_path, {name: CONTENT if name.endswith(".md") else "a: b" for name in names})
    folder(tmp_path, {"data/.hidden.yaml": "a: b", "data/notes.txt": "a", "data/a.yaml~": "a", "data/#a.yaml": "a"})
    documents, problems = load(tmp_path)
    assert said(problems) == []
    assert [document.path for document in documents] == [
        "data/site.yaml", "data/a.yaml", "data/b.yaml", "data/é.yaml", "data/a/z.yaml", "content/x.en.md",
    ]  # fmt: skip


def test_a_file_of_another_name_is_said_to_be_unread_and_keeps_its_ids(tmp_path: Path) -> None:
    folder(tmp_path, {"data/site.yaml": SITE, "data/a.yml": "claims:\n- id: one\n", "data/B.YAML": "a: b"})
    documents, problems = load(tmp_path)
    assert said(problems) == [
        "data/B.YAML:1:1: E105 the name does not end in .yaml, so the file is not read",
        "data/a.yml:1:1: E105 the name does not end in .yaml, so the file is not read",
    ]
    assert [plain(document.root) for document in documents[1:]] == [[], [{"id": "one"}]]


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = folder(tmp_path / "outside", {"secret.yaml": "claims:\n- id: secret\n"})
    root = folder(tmp_path / "root", {"data/site.yaml": SITE, "content/a.en.md": CONTENT})
    (root / "data/file.yaml").symlink_to(outside / "secret.yaml")
    (root / "data/broken.yaml").symlink_to(outside / "nothing.yaml")
    (root / "data/folder").symlink_to(outside)
    (root / "content/b.en.md").symlink_to(outside / "secret.yaml")
    documents, problems = load(root)
    assert said(problems) == [
        "data/folder:1:1: E105 a link, not a folder",
        "data/broken.yaml:1:1: E105 a link, not a file",
        "data/file.yaml:1:1: E105 a link, not a file",
        "content/b.en.md:1:1: E105 a link, not a file",
    ]
    assert [document.path for document in documents if document.readable] == ["data/site.yaml", "content/a.en.md"]
    assert "secret" not in str([plain(document.root) for document in documents])


def test_a_site_file_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    root = folder(tmp_path, {"elsewhere.yaml": SITE, "data/a.yaml": "a: b"})
    (root / "data/site.yaml").symlink_to(root / "elsewhere.yaml")
    documents, problems = load(root)
    assert said(problems) == ["data/site.yaml:1:1: E105 a link, not a file"]
    assert [document.path for document in documents if document.readable] == ["data/a.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system knows no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder(tmp_path, {"data/site.yaml": SITE})
    os.mkfifo(tmp_path / "data/pipe.yaml")
    assert said(load(tmp_path)[1]) == ["data/pipe.yaml:1:1: E105 a link, not a file"]


LARGE = "claims:\n- id: one\n" + "#" * 2_500_000


@pytest.mark.parametrize(
    ("policy", "findings"),
    [
        ("", ["data/a.yaml:1:1: E104 the file has 2.5 MB; 2 is the most"]),
        ("policy: {max_file_mb: 3}\n", []),
        ("policy: {max_file_mb: 1}\n", ["data/a.yaml:1:1: E104 the file has 2.5 MB; 2 is the most"]),
        ("policy: {max_file_mb: 99999999}\n", ["data/a.yaml:1:1: E104 the file has 2.5 MB; 2 is the most"]),
        ("policy: {max_file_mb: [3]}\n", ["data/a.yaml:1:1: E104 the file has 2.5 MB; 2 is the most"]),
        ("policy: 3\n", ["data/a.yaml:1:1: E104 the file has 2.5 MB; 2 is the most"]),
    ],
)
def test_the_site_file_may_raise_the_size_of_files(tmp_path: Path, policy: str, findings: list[str]) -> None:
    documents, problems = load(folder(tmp_path, {"data/site.yaml": SITE + policy, "data/a.yaml": LARGE}))
    assert said(problems) == findings
    if findings:
        assert plain(documents[1].root) == [{"id": "one"}]


def test_a_root_without_data_is_the_fault_of_the_command(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="name the folder that holds data/"):
        load(tmp_path)


def test_files_are_listed_without_being_opened(tmp_path: Path) -> None:
    root = folder(
        tmp_path, {"data/a.yaml": b"\xff", "data/site.yaml": SITE, "data/b.yml": "a: b", "content/c.en.md": ""}
    )
    (root / "data/d.yaml").symlink_to(root / "data/a.yaml")
    assert [(found.path, found.fault) for found in files_of(root)] == [
        ("data/site.yaml", ""),
        ("data/a.yaml", ""),
        ("data/b.yml", "the name does not end in .yaml, so the file is not read"),
        ("data/d.yaml", "a link, not a file"),
        ("content/c.en.md", ""),
    ]
    assert all(Path(found.file) == root / found.path for found in files_of(root))


def test_a_folder_that_is_named_like_a_file_is_no_file(tmp_path: Path) -> None:
    folder(tmp_path, {"data/site.yaml": SITE, "data/a.yaml/b.yaml": "a: b"})
    assert [found.path for found in files_of(tmp_path)] == ["data/site.yaml", "data/a.yaml/b.yaml"]


def test_files_read_one_by_one_are_those_read_together(tmp_path: Path) -> None:
    files = {
        "data/a.yaml": LARGE,
        "data/b.yaml": "a: [",
        "data/c.yml": "claims:\n- id: two",
        "content/x.en.md": CONTENT,
    }
    root = folder(tmp_path, {"data/site.yaml": SITE + "policy: {max_file_mb: 3}\n", **files})
    site, *others = files_of(root)
    first, wrong = read_file(site)
    singly = [(first, wrong), *(read_file(found, limit_of(first)) for found in others)]
    together, problems = load(root)
    assert [(one.path, one.readable, plain(one.root)) for one, _ in singly] == [
        (one.path, one.readable, plain(one.root)) for one in together
    ]
    assert [problem for _, found in singly for problem in found] == [*problems]
    assert len(problems) == 2


def test_a_document_reads_again_what_it_has_forgotten(tmp_path: Path) -> None:
    root = folder(tmp_path, {"data/site.yaml": SITE, "data/a.yaml": "a:\r\n  - b: c\r\n", "content/x.en.md": CONTENT})
    documents, _ = load(root)
    before = [(document.text, plain(document.root)) for document in documents]
    for document in documents:
        document.forget()
        assert document._written is None
    assert [(document.text, plain(document.root)) for document in documents] == before


@pytest.mark.parametrize("change", ["more: d\n", None])
def test_of_a_file_that_has_changed_nothing_is_said_but_its_name(tmp_path: Path, change: str | None) -> None:
    root = folder(tmp_path, {"data/site.yaml": SITE, "data/a.yaml": "a:\n  - b: c\n"})
    document = load(root)[0][1]
    mapping = document.place.at("a", 0).node
    assert isinstance(mapping, Mapping)
    kept = Place.kept(document, mapping)
    assert kept.span("b") == Span("data/a.yaml", 2, 8)
    document.forget()
    assert kept.span("b") == Span("data/a.yaml", 2, 8)
    if change is None:
        (root / "data/a.yaml").unlink()
    else:
        (root / "data/a.yaml").write_text(change)
    load_module._read_again.clear()
    assert kept.span("b") == kept.key_span("b") == kept.span_of("c", "b") == Span("data/a.yaml", 1, 1)


def test_what_is_read_again_is_kept_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_module, "KEPT", 100)
    root = folder(tmp_path, {"data/site.yaml": SITE, **{f"data/{n}.yaml": f"a{n}: {'b' * 40}" for n in range(9)}})
    documents, _ = load(root)
    for _ in range(2):
        for document in documents:
            document.forget()
            assert document.text
    assert sum(len(written.text) for written in load_module._read_again.values()) <= 100
    (root / "data/large.yaml").write_text("a: " + "b" * 200)
    large = load(root)[0][-1]
    large.forget()
    assert large.written is large.written, "the latest is kept, whatever its length"


def test_a_document_from_nowhere_forgets_nothing() -> None:
    document, _ = read("a: b")
    document.forget()
    assert plain(document.root) == {"a": "b"}


def test_a_plain_file_needs_no_yaml_library() -> None:
    """Importing it takes longer than reading a file."""
    code = (
        "import sys; from dossier.load import read_yaml; from dossier.prose import parse_prose; "
        "read_yaml(b'a: [b]', 'data/x.yaml'); parse_prose('Words [@alpha].'); "
        "print([name for name in ('yaml', 'markdown_it') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
