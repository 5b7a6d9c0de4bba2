"""A node knows where it was typed, and so do the words inside it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.document import Mapping, Node, Place, Scalar, Sequence, Span
from dossier.load import read_yaml


def place(text: str) -> Place:
    document, problems = read_yaml(text.encode(), "data/x.yaml")
    assert problems == []
    return document.place


PLACES = """\
about: crust
claims:
  - id: first
    citations:
      - {source: alpha, quote: "two
          words"}
    note: |
      A line,
      and another with [@beta].
"""


@pytest.mark.parametrize(
    ("keys", "line", "column", "key_column"),
    [
        ((), 1, 1, 1),
        (("about",), 1, 8, 1),
        (("claims",), 3, 3, 1),
        (("claims", 0, "id"), 3, 9, 5),
        (("claims", 0, "citations", 0, "source"), 5, 18, 10),
        (("claims", 0, "citations", 0, "quote"), 5, 32, 25),
        (("claims", 0, "missing"), 3, 5, 5),
        (("claims", 7), 3, 3, 3),
    ],
)
def test_every_node_has_its_place(keys: tuple[str | int, ...], line: int, column: int, key_column: int) -> None:
    assert place(PLACES).span(*keys) == Span("data/x.yaml", line, column)
    assert place(PLACES).key_span(*keys).column == key_column


@pytest.mark.parametrize(
    ("words", "keys", "line", "column"),
    [
        ("[@beta]", ("claims", 0, "note"), 9, 24),
        ("A line, and another", ("claims", 0, "note"), 8, 7),
        ("two words", ("claims", 0, "citations", 0, "quote"), 5, 33),
        ("not there", ("claims", 0, "note"), 7, 11),
        ("first", ("about",), 1, 8),
        ("", ("about",), 1, 8),
    ],
)
def test_words_are_found_inside_a_value(words: str, keys: tuple[str | int, ...], line: int, column: int) -> None:
    assert place(PLACES).span_of(words, *keys) == Span("data/x.yaml", line, column)


@pytest.mark.parametrize(
    ("text", "words", "line", "column"),
    [
        ("a: word word", "word", 1, 4),
        ("a: 'it''s here'", "here", 1, 11),
        ("a: (one) [two]", "[two]", 1, 10),
        ("a: >-\n  one\n  two\nb: two", "one two", 2, 3),
        ("a: |\n  one  two", "one two", 2, 3),
        ("a: é à 👩 word", "word", 1, 10),
        ("a: one\nb: two", "two", 1, 4),
    ],
)
def test_words_are_found_where_they_were_typed(text: str, words: str, line: int, column: int) -> None:
    """Also where a block breaks the line; never in the next value; columns count characters."""
    assert place(text).span_of(words, "a") == Span("data/x.yaml", line, column)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=40), st.text(max_size=8))
def test_any_words_lead_to_a_place_inside_the_file(text: str, words: str) -> None:
    document, problems = read_yaml("a: '{}'\nb: c".format(text.replace("'", "''")).encode("utf-8", "replace"), "x.yaml")
    if not problems:
        span = document.place.span_of(words, "a")
        assert 1 <= span.line <= len(document.lines())
        assert 1 <= span.column <= len(document.lines()[span.line - 1]) + 1


def test_a_span_prints_as_editors_take_it() -> None:
    assert str(Span("data/é.yaml", 3, 14)) == "data/é.yaml:3:14"


def test_spans_sort_by_file_line_and_column() -> None:
    spans = [Span("b"), Span("a", 10), Span("a", 9, 2), Span("a", 9, 1)]
    assert sorted(spans) == [Span("a", 9, 1), Span("a", 9, 2), Span("a", 10), Span("b")]


def test_a_scalar_knows_whether_it_was_quoted() -> None:
    root = place("a: b\nc: 'd'\n").node
    assert isinstance(root, Mapping)
    quoted = {name: value.plain for name, value in root.entries.items() if isinstance(value, Scalar)}
    assert quoted == {"a": True, "c": False}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.recursive(st.just("a"), lambda some: st.lists(some, min_size=1, max_size=3) | st.dictionaries(
    st.sampled_from("bcdefg"), some, min_size=1, max_size=3), max_leaves=20))  # fmt: skip
def test_every_mapping_is_found_again_by_where_it_begins(data: object) -> None:
    for text in (json.dumps({"top": data}, indent=2), json.dumps({"top": data}).replace('"', "")):
        document, _ = read_yaml(text.encode(), "data/x.yaml")
        for mapping in mappings(document.root):
            assert Place.kept(document, mapping).node is mapping


def mappings(node: Node) -> Iterator[Mapping]:
    if isinstance(node, Mapping):
        yield node
    if not isinstance(node, Scalar):
        for inner in node.items if isinstance(node, Sequence) else node.entries.values():
            yield from mappings(inner)


def test_a_place_that_is_not_there_is_the_top() -> None:
    document = place("a: {b: c}\nd: e").document
    for start in ((1, 1), (1, 2), (1, 5), (1, 9), (2, 4), (9, 9), (0, 0)):
        nowhere = Mapping({}, {}, start, start)
        found = Place.kept(document, nowhere).span("b")
        assert (found.line, found.column) == (1, 1), start
