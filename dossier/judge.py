"""What PyYAML says of a text: its nodes with their places, or what is wrong with it, in words. Part of `load`.

Asked only for what `quick` leaves alone. PyYAML's C constructor kills the process on deep nesting and its resolvers
turn `NO` into False, so neither is used: nodes are built here from the C parser's flat stream of events, with depth,
size and number of nodes bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from dossier.document import Mapping, Node, Scalar, Sequence, Span
from dossier.parse import MAX_DEPTH, MAX_VALUE, Refused, named
from dossier.problems import Problem
from dossier.shape import BEYOND_LIMITS, DOUBLED_KEY, HIDDEN_CHARACTER, NOT_PLAIN, NOT_TEXT, NOT_YAML
from dossier.values import HIDDEN

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SAYINGS = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside a value",
        "Put the whole value between double quotes.",
    ),
    (
        "could not find expected ':'",
        "a key without its colon, or a line that is not indented under its key",
        "Write 'key: value' with a space after the colon, and indent what belongs to a key.",
    ),
    ("unexpected end of stream", "a quote is opened and never closed", "Close the quote."),
    (
        "did not find expected key",
        "this line is not indented like the keys around it, or a quote before it is not closed",
        "Indent the keys of one record alike, with spaces.",
    ),
    (
        "did not find expected '-' indicator",
        "this line should begin a list item, or is not indented like the others",
        "Begin each record of a list with '- ' at the same indentation.",
    ),
    (
        "block sequence entries are not allowed",
        "a list begins on the line of its key",
        "Put the first '- ' on a line of its own, under the key.",
    ),
    (
        "did not find expected ',' or",
        "a list or mapping in brackets is not closed, or misses a comma",
        "Close the bracket, and put a comma between the items.",
    ),
    (
        "cannot start any token",
        "a value begins with a character that YAML keeps for itself",
        "Put the value between double quotes.",
    ),
    (
        "unknown escape character",
        "a backslash between double quotes begins an escape",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        "did not find expected node content",
        "something is missing after this mark",
        "Write the value, or remove the mark.",
    ),
)


_CUT_SHORT = re.compile(r"(?<=\S) +#(?=\w)")
"""A # with a blank before it and none after: in a plain value it is seldom meant as a comment."""
_KEY = re.compile(r" *(?:- +)?[a-z_]+ *")
_MISPLACED = (
    "this key does not stand under the keys around it, or the line before it has no space after its colon",
    "Begin the keys of one record in the same column, and put a space after each colon.",
)
_AFTER_QUOTE = re.compile(r": +(?:\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\{[^}]*\}) *\S*$")
_CLOSED_EARLY = (
    "a quote or bracket is closed, and the value goes on after it",
    'Put the whole value between double quotes, and write each double quote inside it as \\".',
)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    start: tuple[int, int]
    entries: dict[str, Node] | None
    items: list[Node]
    keys: dict[str, tuple[int, int]]
    key: Scalar | None = None


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def judge(text: str, path: str, first_line: int, most: int) -> tuple[Node, list[Problem]]:
    """The node at the top of YAML `text`, of at most so many nodes, and findings that leave it readable."""
    shift = first_line - 1
    problems: list[Problem] = []
    stack: list[_Open] = []
    top: Node | None = None
    documents = nodes = 0

    def refuse(rule: Any, mark: Any, message: str, remedy: str = "") -> Refused:
        line, column = _place(mark)
        return Refused(rule.at(Span(path, line + shift, column), message, remedy))

    def place(mark: Any) -> tuple[int, int]:
        return mark.line + 1 + shift, mark.column + 1

    cut_short = (
        {
            (number, match.start())
            for number, line in enumerate(text.split("\n"))
            if " #" in line
            for match in _CUT_SHORT.finditer(line)
        }
        if " #" in text
        else set()
    )
    loader = _Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent or kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                nodes += 1
                if event.anchor is not None:
                    raise refuse(NOT_PLAIN, event.start_mark, f"an anchor, '&{event.anchor[:40]}'")
                if event.tag is not None:
                    raise refuse(NOT_PLAIN, event.start_mark, f"a tag, '{event.tag[:40]}'")
                if nodes > most:
                    raise refuse(BEYOND_LIMITS, event.start_mark, f"more than {most:,} values in one file")
            done: Node | None = None
            if kind is yaml.ScalarEvent:
                if len(event.value) > MAX_VALUE:
                    raise refuse(
                        BEYOND_LIMITS,
                        event.start_mark,
                        f"a value of {len(event.value):,} characters",
                        f"Shorten it: {MAX_VALUE:,} characters is the most a value may hold.",
                    )
                plain = not event.style
                done = Scalar(event.value, place(event.start_mark), place(event.end_mark), plain)
                if plain and cut_short and (event.end_mark.line, event.end_mark.column) in cut_short:
                    raise refuse(
                        NOT_YAML,
                        event.end_mark,
                        "a # begins a comment here, and cuts the value short",
                        "Put the whole value between double quotes; put a blank after the # of a comment.",
                    )
                if not plain and (hidden := HIDDEN.search(event.value)):
                    raise refuse(HIDDEN_CHARACTER, event.start_mark, f"an escape for {named(hidden[0])}")
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                opened: dict[str, Node] | None = {} if kind is yaml.MappingStartEvent else None
                if len(stack) >= MAX_DEPTH:
                    raise refuse(
                        BEYOND_LIMITS,
                        event.start_mark,
                        f"more than {MAX_DEPTH} levels deep",
                        "Bring the record closer to the margin: no record needs this many levels.",
                    )
                if stack and stack[-1].entries is not None and stack[-1].key is None:
                    raise refuse(
                        NOT_PLAIN,
                        event.start_mark,
                        "a list or mapping where a key should stand",
                        "A key is one word followed by a colon; put braces and brackets between quotes.",
                    )
                stack.append(_Open(place(event.start_mark), opened, [], {}))
                continue
            elif kind is yaml.MappingEndEvent:
                opening = stack.pop()
                done = Mapping(opening.entries or {}, opening.keys, opening.start, place(event.end_mark))
            elif kind is yaml.SequenceEndEvent:
                opening = stack.pop()
                done = Sequence(opening.items, opening.start, place(event.end_mark))
            elif kind is yaml.AliasEvent:
                raise refuse(NOT_PLAIN, event.start_mark, f"an alias, '*{event.anchor[:40]}'")
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise refuse(
                        NOT_PLAIN,
                        event.start_mark,
                        "a second document begins",
                        "Remove the line of three hyphens, or move what follows into a file of its own.",
                    )
                if event.version or event.tags:
                    raise refuse(NOT_PLAIN, event.start_mark, "a directive (a line that begins with %)")
                continue
            else:
                continue
            if not stack:
                top = done
                continue
            around = stack[-1]
            if around.entries is None:
                around.items.append(done)
            elif around.key is None:
                if not isinstance(done, Scalar):
                    raise refuse(NOT_PLAIN, event.start_mark, "a list or mapping where a key should stand")
                if done.plain and done.text == "<<":
                    raise refuse(NOT_PLAIN, event.start_mark, "a merge key, '<<'")
                around.key = done
            else:
                key, around.key = around.key, None
                if key.text in around.entries:
                    first = around.keys[key.text]
                    problems.append(
                        DOUBLED_KEY.at(
                            Span(path, *key.start),
                            f"'{key.text[:60]}' stands twice",
                            also=[(Span(path, *first), "first here")],
                        )
                    )
                else:
                    around.entries[key.text] = done
                    around.keys[key.text] = key.start
    except yaml.MarkedYAMLError as error:
        raise Refused(_explain(error, path, shift, text.rstrip().split("\n"))) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Refused(NOT_YAML.at(Span(path), f"this file cannot be read as YAML: {error}".split("\n")[0])) from None
    finally:
        loader.dispose()
    if top is None:
        raise Refused(NOT_TEXT.at(Span(path), "the file is empty", "Write a record, or delete the file."))
    return top, problems


def _explain(error: yaml.MarkedYAMLError, path: str, shift: int, lines: list[str]) -> Problem:
    """What the parser met, in words. Where it met the end of the text, the beginning is to blame."""
    mark = error.problem_mark or error.context_mark
    said = " ".join(filter(None, (error.problem, error.context)))
    message, remedy = next(((meaning, cure) for words, meaning, cure in _SAYINGS if words in said), (said, ""))
    if mark is None:
        return NOT_YAML.at(Span(path), message, remedy)
    before = lines[mark.line][: mark.column] if mark.line < len(lines) else ""
    if "mapping values" in said and _KEY.fullmatch(before):
        message, remedy = _MISPLACED
    elif "did not find expected key" in said and _AFTER_QUOTE.search(before):
        message, remedy = _CLOSED_EARLY
    opened = error.context_mark
    if opened is not None and ("end of stream" in said or "expected ':'" in said or mark.line >= len(lines)):
        mark = opened
    also = []
    if opened is not None and opened is not mark and opened.line != mark.line:
        line, column = _place(opened)
        also.append((Span(path, line + shift, column), "in what begins here"))
    line, column = _place(mark)
    return NOT_YAML.at(Span(path, line + shift, column), message, remedy, also)
