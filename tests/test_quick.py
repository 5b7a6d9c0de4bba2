"""What is read quickly is read as PyYAML reads it: the same texts at the same places, or it is left to PyYAML.

Nothing here says what YAML is. PyYAML says it, for our own files, the examples of the rules, the cases of the YAML
project, records written in many styles, and thousands of files with slips in them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier import quick as module
from dossier.document import Node, Scalar, Sequence
from dossier.judge import judge
from dossier.parse import Refused
from dossier.quick import quick
from dossier.rulebook import CASES, read_cases
from dossier.values import HIDDEN

ROOT = Path(__file__).parents[1]
SUITE = ROOT.parent / "shared/testdata/yaml-test-suite"
OURS = ("data", "tests/sites", "tests/cases/base")
FILES = sorted(path for folder in OURS for path in (ROOT / folder).rglob("*.yaml"))
MOST = 1_000_000
SLIPS = 10_000

# One of each thing that is read here, to be broken together with our own files.
ALL_STYLES = """\
# A remark
about: one   # and another
lines: |
  one
    two

  three
joined: >
  x y
  z

cut: |-
  w


list:
- a
- b: c
  d: "e \\"f\\""
-   g: h
  # a remark
    i:
      j: https://k.example/l:m#n
brackets: {a: [b, c], d: 'e', f: "g, h", i: https://j.example/k?l}
mixed: [{a: b}, c]
empty: []
wide: [ a, b ]
long: word
  more [words]
  "quoted" end
quoted: "several
  lines \\" here
   end"
single: 'it''s'
nothing:
remarked: # note
last: x # note
"""


def nodes(node: Node, path: str = "") -> Iterator[tuple[object, ...]]:
    """Every node of a tree, with its place and all that is known of it."""
    if isinstance(node, Scalar):
        yield path, node.text, node.plain, node.start, node.end
        return
    yield path, type(node), node.start, node.end
    if isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from nodes(item, f"{path}[{number}]")
        return
    assert [*node.entries] == [*node.keys]
    for name, value in node.entries.items():
        yield path, name, node.keys[name]
        yield from nodes(value, f"{path}.{name}")


def difference(text: str, first_line: int = 1) -> str | None:
    """In what the quick reading of a text differs from PyYAML's; '' where in nothing, None where there is none."""
    read = quick(text, first_line, MOST)
    if read is None:
        return None
    try:
        judged, problems = judge(text, "data/x.yaml", first_line, MOST)
    except Refused as refused:
        return f"PyYAML: {refused.problem.span} {refused.problem.message}"
    if problems:
        return problems[0].message
    pairs = zip([*nodes(read), ()], [*nodes(judged), ()], strict=False)
    return next((f"{one}, and PyYAML {other}" for one, other in pairs if one != other), "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_our_own_files_are_read_quickly_and_alike(path: Path) -> None:
    assert difference(path.read_text("utf-8")) == ""


def test_the_examples_of_the_rules_are_read_alike() -> None:
    texts = [
        text.replace("·", "\t").replace("¤", "\u200b")
        for case in read_cases(CASES).values()
        for files in (case.bad, case.good)
        for path, text in files.items()
        if path.endswith(".yaml")
    ]
    found = [difference(text) for text in texts if not HIDDEN.search(text)]
    assert [each for each in found if each] == []
    assert found.count("") > 0.8 * len(texts)


def suite() -> Iterator[str]:
    """Every text of the YAML project's cases, and the files they stand in."""
    for file in sorted(SUITE.glob("*.yaml")):
        text = file.read_text("utf-8")
        yield text
        yield text.removeprefix("---\n")
        before = ""
        for case in yaml.load(text, yaml.CSafeLoader):
            before = case.get("yaml", before)
            shown = before.translate({ord("␣"): " ", ord("—"): None, ord("↵"): "\n", ord("⇔"): "\ufeff"})
            shown = shown.replace("»", "\t").replace("←", "\r")
            yield shown.partition("∎")[0] if "∎" in shown else shown


def test_the_cases_of_the_yaml_project_are_read_alike() -> None:
    if not SUITE.is_dir():
        pytest.skip("the YAML test suite is not beside this folder")
    texts = [text for text in suite() if not HIDDEN.search(text)]
    found = [difference(text) for text in texts]
    assert [(text, each) for text, each in zip(texts, found, strict=True) if each] == []
    assert len(texts) > 1000
    assert found.count("") > 20  # its cases are the corners of YAML, which are left to PyYAML


MARKS = [
    *":-,[]{}'\"\\%@`~=x|>é\u00a0", ": ", " #", " # ", "#", "- ", "\n", "\n  ", "\n\n", ", ", "[]", "{}", "''", '""',
    "\\n", "|\n", ">-\n", ">\n", "|+\n", ">2\n", "---\n", "...\n", "<<: ", "&a ", "*a", "!b ", "? ", "key: ", "#c\n",
    "null", "https://a.example/b", "\n- ", "\n  - ",
]  # fmt: skip


def pieces() -> list[str]:
    """Records of our files, brought to the margin."""
    found = [ALL_STYLES] * 40
    for path in FILES:
        lines = path.read_text("utf-8").split("\n")
        for number, line in enumerate(lines):
            if re.match(r" *(?:- id:|[a-z]+:$)", line):
                margin = len(line) - len(line.lstrip())
                some = lines[number : number + 30]
                found.append("\n".join(each[margin:] if not each[:margin].strip() else each for each in some))
    return found


def slipped(text: str, chance: random.Random) -> str:
    """A text with a slip or several: something typed, deleted, moved, or indented otherwise."""
    lines = text.split("\n")
    begin = chance.randrange(len(lines))
    text = "\n".join(lines[begin if chance.random() < 0.1 else 0 :][: chance.randint(2, 30)])
    text += "\n" if chance.random() < 0.8 else ""
    for _ in range(chance.choice((1, 1, 1, 1, 2, 4))):
        at = chance.randrange(len(text) + 1)
        kind = chance.random()
        if kind < 0.5:
            text = text[:at] + chance.choice(MARKS) + text[at:]
        elif kind < 0.65:
            text = text[:at] + text[at + chance.randint(1, 4) :]
        elif kind < 0.72:
            to = chance.randrange(len(text) + 1)
            text = text[:to] + text[at : at + chance.randint(1, 60)] + text[to:]
        else:
            lines = text.split("\n")
            number = chance.randrange(len(lines))
            if kind < 0.85:
                lines[number] = " " * chance.randint(1, 3) + lines[number]
            elif kind < 0.92:
                lines[number] = lines[number][chance.randint(1, 2) :]
            elif kind < 0.96:
                del lines[number]
            else:
                lines.insert(chance.randrange(len(lines)), lines[number])
            text = "\n".join(lines)
    return text


def with_slips(count: int) -> Iterator[str]:
    chance, sound = random.Random(1), pieces()
    found = (slipped(chance.choice(sound), chance) for _ in range(count))
    return (text for text in found if not HIDDEN.search(text))


def is_sound(text: str) -> bool:
    try:
        return not judge(text, "data/x.yaml", 1, MOST)[1]
    except Refused:
        return False


def test_files_with_slips_are_read_alike_or_left_to_pyyaml() -> None:
    read = sound = 0
    for text in with_slips(SLIPS):
        found = difference(text)
        assert not found, text
        read += found == ""
        sound += found == "" or is_sound(text)
    assert sound > 0.2 * SLIPS
    assert read > 0.6 * sound


# Found by half a million slips, and rare.
@pytest.mark.parametrize(
    "text",
    [
        "a:\n  - b: c\n#",
        "a:\n    b: c\n  #",
        "a:\n    - 'b'\n    - c\n .",
        "a:\n-   b: >-\n    c\n",
        "a: b\n 'c\n d'",
        "a: >-\n\n",
        "a: >-\n  b",
        "a: b # c\n  d\n",
        "a:  # b\n",
    ],
)
def test_rare_slips_are_read_alike_or_left_to_pyyaml(text: str) -> None:
    assert not difference(text)


@pytest.mark.parametrize(
    ("name", "defect"),
    [
        ("_ends_plain", lambda words: False),
        ("_STRAY", re.compile("(?!)")),
        ("_go_on", lambda *_: True),
        ("_FOLD", re.compile(r"\n")),
        ("_COMMENT", re.compile(r" +#")),
    ],
)
def test_the_comparison_finds_a_defect(name: str, defect: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, name, defect)
    assert any(difference(text) for text in with_slips(SLIPS))


_WORDS = st.text(st.sampled_from("abé 019-,.:#'\"[]{}?!&*%@`~|>\\/="), min_size=1, max_size=30)
_KEYS = st.from_regex(r"[a-z][a-z_-]{0,9}", fullmatch=True)
_RECORDS = st.recursive(
    _WORDS,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(_KEYS, inner, min_size=1, max_size=5),
    max_leaves=12,
)
_SAFE = re.compile(r"[a-zé0-9][a-zé0-9.,!/=' -]*(?<! )")


def one_line(words: str, chance: random.Random) -> str:
    """A value on one line: plain if it may be, or quoted one way or the other."""
    ways = ["'{}'".format(words.replace("'", "''")), '"{}"'.format(words.replace("\\", "\\\\").replace('"', '\\"'))]
    return chance.choice([*ways, words, words] if _SAFE.fullmatch(words) else ways)


def in_brackets(value: object, chance: random.Random) -> str:
    if isinstance(value, list):
        return f"[{', '.join(in_brackets(item, chance) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {in_brackets(item, chance)}' for name, item in value.items())}}}"
    words = str(value)
    return one_line(words.replace(",", ";") if chance.random() < 0.5 else words, chance)


def written(value: object, margin: str, chance: random.Random) -> list[str]:
    """A value in YAML, begun on the line of its key or dash: its first line without the margin, the rest with it."""
    if isinstance(value, (dict, list)):
        if margin and chance.random() < 0.2:
            return [in_brackets(value, chance)]
        lines: list[str] = []
        for head, item in value.items() if isinstance(value, dict) else ((None, item) for item in value):
            if head is None:
                first, *rest = written(item, margin + "  ", chance)
                if not first:
                    first, *rest = rest
                lines += [f"- {first.strip()}", *rest]
            else:
                first, *rest = written(item, margin + "  ", chance)
                lines += [f"{head}: {first}" if first else f"{head}:", *rest]
            if chance.random() < 0.1:
                lines.append(chance.choice(("", "# a remark")))
        begun = [line if line.startswith(margin) or not line else margin + line for line in lines]
        return ["", *begun]
    words = str(value)
    way = chance.random()
    if way < 0.2 and words.strip() and not words.startswith(" "):
        some = [part.strip() for part in words.split(" ") if part.strip()]
        return [chance.choice((">-", ">", "|", "|-")), *(margin + part for part in some)]
    if way < 0.3 and " " in words and _SAFE.fullmatch(words):
        first, *rest = words.split()
        return [first, *(margin + part for part in rest)]
    return [one_line(words, chance)]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.dictionaries(_KEYS, _RECORDS, min_size=1, max_size=5), st.integers(0, 2**32))
def test_records_in_any_style_are_read_alike(record: dict[str, object], seed: int) -> None:
    for number in range(4):
        text = "\n".join(written(record, "", random.Random(seed + number))[1:]) + "\n"
        assert not difference(text), text


def shares(texts: Iterable[str]) -> float:
    found = [difference(text) for text in texts]
    assert not any(found)
    return found.count("") / len(found)


def test_most_styles_are_read_quickly() -> None:
    """So that the comparisons above do not pass because everything is left to PyYAML."""
    record = {
        "id": "a-b",
        "name": "Some words: and more",
        "list": ["one", {"a": "b", "c": ["d", "e f"]}],
        "at": {"x": "y"},
    }
    texts = ["\n".join(written(record, "", random.Random(seed))[1:]) + "\n" for seed in range(300)]
    assert len(set(texts)) > 200
    assert shares(texts) > 0.9
    assert difference(ALL_STYLES) == ""


LEFT = [
    "", "a", "- - a", "---\na: b", "a: b\n...", "%YAML 1.1\n---\na: b", "a: &b c", "a: *b", "a: !b c", "<<: {a: b}",
    "? a\n: b", "'a': b", "a b: c", "a: b\na: c", "{a: b, a: c}", "a: {b: c, b: d}", "a: b: c", "a: b #c", "a: [b, c",
    "a: [b: c]", "a: {b}", "a: 'b", 'a: "b', 'a: "\\u0041"', "a: @b", "a: |+\n  b", "a: >2\n    b", "a: >\n  b\n    c",
    "a: >\n    b\n  c", "a: b \n", "a: b\n c: d", "a:\n  b: c\n d: e", "a: - b", "a: [b] c", "a: ? b",
    "- a\nb: c", "a: b\n- c", "a: >-\n\n", "[" * 30 + "]" * 30, "a: " + "x" * 20_001, "a: >\n  " + "x" * 20_001,
]  # fmt: skip


@pytest.mark.parametrize("text", LEFT)
def test_what_is_unusual_or_wrong_is_left_to_pyyaml(text: str) -> None:
    assert quick(text) is None


def test_more_nodes_than_allowed_are_left_to_pyyaml() -> None:
    text = "a: [" + "b, " * 100 + "c]\n"
    assert quick(text, most=103) is None
    assert quick(text, most=104) is not None


def test_a_text_that_begins_further_down_is_counted_from_there() -> None:
    assert difference("a: b\nc:\n  - d: >-\n      e\n", first_line=7) == ""


def test_a_long_text_is_cut_where_records_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE", 100)
    assert {difference(path.read_text("utf-8")) for path in FILES} == {""}
    assert not any(difference(text) for text in with_slips(1000))


@pytest.mark.parametrize(
    "text",
    [
        'a: "b\n' + "        c d\n" * 60,
        "a: >\n" + "        c d\n" * 5000 + ' "',
        "a: b" + " " * 8000 + "c: d" + " #" * 400,
        ("a: b" + " " * 8000 + "c #d\n") * 20,
        "a: " + "{" * 5000,
        "a: [" + "\"'" * 4000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    """With a pattern that tries again and again, these take hours."""
    quick(text)
