"""Canonical layout: what moves, what stays, and that nothing is said differently or lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.cli import main
from dossier.document import Document, Mapping, Node, Scalar, Sequence
from dossier.layout import NotLaidOut, data_files, keys_in_order, laid_out, lay_out, said
from dossier.load import read_yaml
from dossier.model import COLLECTIONS
from dossier.outline import text_of
from dossier.remarks import remarks_in
from dossier.rulebook import CASES, read_cases

REPOSITORY = Path(__file__).parents[1]
ROOTS = (REPOSITORY, *sorted((REPOSITORY / "tests/sites").iterdir()), REPOSITORY / "tests/cases/base")
LANGUAGES = ("en", "fr")
MB = 2.0

TABLE = {
    "keys of a record in the order of the model, comments with them": (
        """\
        claims:
          - # the first
            kind: order   # as the report has it
            # the permanent name
            id: a1
            statement: {fr: Oui, en: Yes}
            mode: reported
        """,
        """\
        claims:
          # the first
          # the permanent name
          - id: a1
            kind: order  # as the report has it
            mode: reported
            statement: {en: Yes, fr: Oui}
        """,
    ),
    "indentation, and an empty line between records": (
        """\
        about: acme
        sources:
        - id: s1
          title:   A report
          archives:
          - url: https://a.example/1
        - id: s2
          title: Another


          language: en
        """,
        """\
        about: acme

        sources:
          - id: s1
            title: A report
            archives:
              - url: https://a.example/1

          - id: s2
            title: Another
            language: en
        """,
    ),
    "short records in braces stay, and stand together as they were": (
        """\
        companies:
          - {name: Alder,   id: alder}
          - {id: birch, name: Birch}

          - {id: cedar, name: Cedar}
        """,
        """\
        companies:
          - {id: alder, name: Alder}
          - {id: birch, name: Birch}

          - {id: cedar, name: Cedar}
        """,
    ),
    "what is above a key that comes first in its item goes above the dash": (
        """\
        claims:
          - id: a1
            citations:
              # the report
              - quote: "yes"
                # by the Herald
                source: s1
            differs_from:
            - # the dollars
              claim: a2
        """,
        """\
        claims:
          - id: a1
            citations:
              # the report
              # by the Herald
              - source: s1
                quote: "yes"
            differs_from:
              # the dollars
              - claim: a2
        """,
    ),
    "a comment after the last key stays in its record; one further left is above what follows": (
        """\
        claims:
          - id: a1
            citations:
              - source: s1
                # quote: to come
              # - source: s2
            # reply: to come
          # more
          - id: a2
        """,
        """\
        claims:
          - id: a1
            citations:
              - source: s1
                # quote: to come
              # - source: s2
            # reply: to come

          # more
          - id: a2
        """,
    ),
    "a record in braces that is too long, or has a comment, gets lines": (
        """\
        claims:
          - id: a1
            amount: {kind: ceiling, # the most
              value: 10, currency: CAD}
            reply: [one,
              two]
        """,
        """\
        claims:
          - id: a1
            amount:
              value: 10
              currency: CAD
              kind: ceiling  # the most
            reply: [one, two]
        """,
    ),
    "quotes where they are needed, and double ones": (
        """\
        sources:
          - id: s1
            title: 'A report: the second'
            publisher: 'He said "no"'
            note: 'plain enough'
            language: "NO"
        """,
        """\
        sources:
          - id: s1
            title: "A report: the second"
            publisher: 'He said "no"'
            language: "NO"
            note: "plain enough"
        """,
    ),
    "a value on several lines becomes one line, or a block": (
        """\
        sources:
          - id: s1
            title: A report
              in two lines
            note: "It goes on, and on,
              until: it ends"
        """,
        """\
        sources:
          - id: s1
            title: A report in two lines
            note: "It goes on, and on, until: it ends"
        """,
    ),
    "section comments keep their empty lines": (
        """\
        # What it is.


        # And more.

        sources:

          # Press

          - id: s1

          # Records
          - id: s2
            # title: to come
        # after all
        """,
        """\
        # What it is.

        # And more.

        sources:
          # Press

          - id: s1

          # Records
          - id: s2
            # title: to come
        # after all
        """,
    ),
    "blocks that fit stay as they are filled": (
        """\
        responses:
          - id: r1
            text: |
                Dear editors,

                no.
            statement: >-
             It says
             no.
        """,
        """\
        responses:
          - id: r1
            statement: >-
              It says
              no.
            text: |
              Dear editors,

              no.
        """,
    ),
    "unknown keys stand last, empty values stay empty": (
        """\
        companies:
          - shoe: 44
            id: alder
            name:
            aliases: []
        """,
        """\
        companies:
          - id: alder
            name:
            aliases: []
            shoe: 44
        """,
    ),
}


def text(block: str) -> str:
    return re.sub("^        ", "", block, flags=re.MULTILINE)


def document(words: str | bytes, path: str = "data/a.yaml") -> Document:
    read, problems = read_yaml(words.encode() if isinstance(words, str) else words, path, MB)
    assert problems == []
    return read


def formatted(words: str | bytes) -> str:
    return laid_out(document(words), LANGUAGES, MB)


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=list(TABLE))
def test_layout(before: str, after: str) -> None:
    assert formatted(text(before)) == text(after)
    assert formatted(text(after)) == text(after)


def test_a_long_text_becomes_a_block_of_lines_that_fit() -> None:
    words = "A sentence: it goes on and on. " * 12
    after = formatted(f'claims:\n  - id: a1\n    statement:\n      en: "{words.strip()}"  # ours\n')
    lines = after.splitlines()
    assert lines[3] == "      en: >-  # ours"
    assert max(map(len, lines)) in range(110, 121)
    assert formatted(after) == after


def test_a_long_address_stays_on_its_line() -> None:
    url = "https://a.example/" + "a" * 150
    assert f"    url: {url}\n" in formatted(f"sources:\n  - url: {url}\n    id: s1\n")


@pytest.mark.parametrize(
    "value",
    [
        "|+\n      a\n\n",
        ">2-\n        a\n      b",
        "|1-\n      a",
        '"a  b\\n c"',
        "'it''s'",
        ">-\n\n      a\n\n\n      b",
    ],
)
def test_odd_blocks_say_the_same(value: str) -> None:
    before = f"sources:\n  - id: s1\n    title: {value}\n"
    assert formatted(formatted(before)) == formatted(before)


def test_windows_line_ends_and_byte_order_mark_go() -> None:
    assert formatted(b"\xef\xbb\xbfabout: acme\r\nsources:\r\n- id: s1\r\n") == "about: acme\n\nsources:\n  - id: s1\n"


@pytest.mark.parametrize("words", ["- a\n", '"a key": b\n'])
def test_what_is_no_data_file_is_left(words: str) -> None:
    with pytest.raises(NotLaidOut):
        formatted(words)


@pytest.mark.parametrize("damage", [("lder", "sh"), ("  # the tree", ""), ("id: alder", 'id: "')])
def test_what_would_say_something_else_is_never_given(damage: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.layout.text_of", lambda root: text_of(root).replace(*damage))
    with pytest.raises(NotLaidOut):
        formatted(UNTIDY)


def near(read: Document) -> dict[str, set[str]]:
    """What each comment stands beside, or right above: keys with their values, items with all of theirs."""
    starts: dict[int, set[str]] = {}

    def walk(node: Node) -> None:
        if isinstance(node, Scalar):
            return
        if isinstance(node, Sequence):
            for item in node.items:
                whole = item.entries.items() if isinstance(item, Mapping) else [("", item)]
                starts.setdefault(item.start[0], set()).update(_typed(key, value) for key, value in whole)
                walk(item)
            return
        for key, value in node.entries.items():
            starts.setdefault(node.keys[key][0], set()).add(_typed(key, value))
            walk(value)

    walk(read.root)
    found: dict[str, set[str]] = {}
    for remark in remarks_in(read):
        if remark.text:
            line = min((line for line in starts if line >= remark.line), default=0) if remark.alone else remark.line
            found.setdefault(remark.text, set()).update(starts.get(line, ()))
    return found


def _typed(key: str, value: Node) -> str:
    """A key with its value, whatever the order of the keys inside."""
    return f"{key}: {json.dumps(said(value), sort_keys=True)}"


def check(before: Document) -> str:
    """The canonical text of a document, once it is seen to say the same, to be stable and to keep its comments."""
    after_text = laid_out(before, LANGUAGES, MB)
    after = document(after_text, before.path)
    assert said(after.root) == said(before.root)
    assert laid_out(after, LANGUAGES, MB) == after_text
    old, new = near(before), near(after)
    assert old.keys() == new.keys()
    for comment, beside in old.items():
        assert not beside or beside & new[comment], comment
    return after_text


@pytest.mark.parametrize("root", ROOTS, ids=[root.name for root in ROOTS])
def test_the_data_of_this_repository(root: Path) -> None:
    found, _, limit = data_files(root)
    assert found
    for each in found:
        read, problems = read_yaml(Path(each.file).read_bytes(), each.path, limit)
        assert problems == []
        after = check(read)
        long = [line for line in after.splitlines() if len(line) > 120 and line.strip()[0] != "#"]
        assert all(" " not in line.strip().partition(": ")[2] for line in long), long


def test_what_cases_show() -> None:
    seen = 0
    for case in read_cases(CASES).values():
        for path, words in {**case.bad, **case.good}.items():
            read, problems = read_yaml(words.encode(), path, MB)
            if path.endswith(".yaml") and read.readable and not problems and isinstance(read.root, Mapping):
                check(read)
                seen += 1
    assert seen > 60


def test_every_key_of_every_record_has_its_place() -> None:
    for cls in COLLECTIONS.values():
        names = list(keys_in_order(cls))
        backwards = "\n".join(f"    {name}: x" for name in reversed(names))[4:]
        collection = next(name for name, each in COLLECTIONS.items() if each is cls)
        laid = formatted(f"{collection}:\n  - {backwards}\n")
        assert re.findall(r"^(?:    |  - )(\w+):", laid, re.MULTILINE) == names


WORDS = st.lists(
    st.sampled_from(
        ["oats", "a:b", "c#d", "# e", "f: g", "-", "'h'", '"i"', "é", "[j]", "{k}", "&l", "\\", "~", "?", ",", "o" * 70]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)
LINES = st.lists(WORDS, min_size=1, max_size=3)


@st.composite
def typed(draw: Callable[..., Any], indent: int) -> str:
    """One value in any style, as a person could type it after a key at this indentation."""
    margin = "\n" + " " * (indent + draw(st.integers(1, 4)))
    words = draw(WORDS)
    style = draw(st.sampled_from(["double", "single", "folded", "literal", "wrapped", "plain", "none"]))
    if style == "double":
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style == "single":
        return "'" + words.replace("'", "''") + "'"
    if style == "wrapped":
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace(" ", margin) + '"'
    if style in ("folded", "literal"):
        mark = draw(st.sampled_from([">-", ">", "|-", "|"] if style == "folded" else ["|-", "|"]))
        return mark + "".join(margin + line for line in draw(LINES))
    return (
        draw(st.sampled_from(["oats", "2025-11-28", "oats and rye", "[]", "{}", "[a, b]"])) if style == "plain" else ""
    )


@st.composite
def records(draw: Callable[..., Any], names: list[str], indent: int, count: list[int], depth: int = 0) -> str:
    """A record below a dash or a key, its lines after the first indented so far, with a comment here and there."""
    lines = []
    for number, name in enumerate(draw(st.permutations(names))[: draw(st.integers(1, 5))]):
        margin = " " * indent if number else ""
        if number and draw(st.booleans()):
            count[0] += 1
            lines.append(f"{margin}# above {count[0]}" + "\n" * draw(st.integers(1, 3)))
        kind = draw(st.integers(0, 5))
        if kind == 0 and depth < 2:
            inner = draw(records(["en", "fr", "source", "quote", "locator"], indent + 2, count, depth + 1))
            lines.append(f"{margin}{name}:\n{' ' * (indent + 2)}{inner}")
        elif kind == 1 and depth < 2:
            inner = draw(records(["source", "quote", "intent"], indent + 2, count, depth + 1))
            lines.append(f"{margin}{name}:\n{' ' * indent}- {inner}")
        else:
            value = draw(typed(indent))
            count[0] += 1
            beside = f"  # beside {count[0]}" if value and "\n" not in value and draw(st.booleans()) else ""
            lines.append(f"{margin}{name}: {value}".rstrip(" ") + f"{beside}\n")
    return "".join(lines)


@st.composite
def documents(draw: Callable[..., Any]) -> str:
    count = [0]
    collection = draw(st.sampled_from(sorted(COLLECTIONS)))
    names = [*keys_in_order(COLLECTIONS[collection])]
    step = draw(st.integers(0, 3))
    items = []
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            count[0] += 1
            items.append(f"{' ' * step}# above {count[0]}" + "\n" * draw(st.integers(1, 2)))
        items.append(f"{' ' * step}- {draw(records(names, step + 2, count))}" + "\n" * draw(st.integers(0, 2)))
    return f"# The file.\n{collection}:\n{''.join(items)}"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_whatever_is_typed_says_the_same(words: str) -> None:
    read, problems = read_yaml(words.encode(), "data/a.yaml", MB)
    if read.readable and not problems:
        check(read)


Run = Callable[..., tuple[int, str, str]]
UNTIDY = "companies:\n- name: Alder   # the tree\n  id: alder\n"
TIDY = "companies:\n  - id: alder\n    name: Alder  # the tree\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data/more").mkdir(parents=True)
    (tmp_path / "data/a.yaml").write_text(UNTIDY)
    (tmp_path / "data/more/b.yaml").write_text(TIDY.replace("lder", "sh"))
    return tmp_path


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["--root", str(root), "fmt", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


def test_files_are_laid_out_and_then_stay(root: Path, run: Run) -> None:
    assert run("--check")[:2] == (
        1,
        "data/a.yaml: not in canonical layout\n2 files, 1 would change, 0 left as they are.\n",
    )
    code, out, _ = run("--preview")
    assert code == 0
    assert "+    name: Alder  # the tree\n" in out
    assert (root / "data/a.yaml").read_text() == UNTIDY
    assert run()[:2] == (0, "data/a.yaml: laid out\n2 files, 1 changed, 0 left as they are.\n")
    assert (root / "data/a.yaml").read_text() == TIDY
    assert run("--check")[:2] == (0, "2 files, 0 would change, 0 left as they are.\n")


def test_only_the_files_that_are_named(root: Path, run: Run) -> None:
    assert run("--check", root / "data/more/b.yaml")[0] == 0
    assert run("--check", "data/a.yaml")[0] == 1


def test_nothing_outside_the_dossier(root: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("other") / "c.yaml"
    outside.write_text(UNTIDY)
    (root / "data/link.yaml").symlink_to(outside)
    assert run(outside)[0] == 2
    run()
    assert outside.read_text() == UNTIDY


def test_a_file_with_a_slip_is_named_and_left(root: Path, run: Run) -> None:
    (root / "data/bad.yaml").write_text("companies:\n  - id: x1\n    id: x2\n")
    code, out, err = run()
    assert code == 1
    assert "data/bad.yaml:3:5: error E102" in out
    assert "data/bad.yaml: left as it is" in err
    assert (root / "data/a.yaml").read_text() == TIDY


def test_the_layout_of_a_file_on_disk_counts_its_line_ends(root: Path) -> None:
    (root / "data/a.yaml").write_bytes(TIDY.replace("\n", "\r\n").encode())
    found, languages, limit = data_files(root)
    laid = lay_out(found[0], languages, limit)
    assert laid.after == TIDY != laid.before
