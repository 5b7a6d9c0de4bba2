"""Files to documents: YAML read as text, with the place of every node; front matter likewise.

PyYAML's C constructor kills the process on deep nesting and its resolvers turn `NO` into False, so neither is used:
nodes are built here from the C parser's flat stream of events, with depth, size and number of nodes bounded.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dossier.document import Document, Mapping, Node, Scalar, Sequence, Span
from dossier.problems import Problem
from dossier.shape import BEYOND_LIMITS, DOUBLED_KEY, HIDDEN_CHARACTER, NOT_PLAIN, NOT_TEXT, NOT_YAML, UNKNOWN_FIELD
from dossier.values import HIDDEN

MAX_DEPTH = 50
MAX_VALUE = 20_000
MAX_MB = 2.0
HIGHEST_MAX_MB = 256.0
NODES_PER_MB = 100_000
CONTENT_MB = 0.2
HEAD = 2_000_000
"""Bytes of a refused file in which ids are looked for."""
SITE_FILE = "data/site.yaml"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT_MATTER = re.compile(r"---\n(?:(.*?)\n)?---(?:\n|\Z)", re.DOTALL)
_ID_LINE = re.compile(rb"^[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?id:[ \t]*['\"]?([a-z0-9-]{2,80})", re.MULTILINE)

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


class _Refused(Exception):
    """Why a file cannot be read; never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    start: tuple[int, int]
    entries: dict[str, tuple[Scalar, Node]] | None
    items: list[Node]
    key: Scalar | None = None


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def parse(text: str, path: str, first_line: int = 1, max_mb: float = MAX_MB) -> tuple[Node, list[Problem]]:
    """The node at the top of YAML `text`, and findings that leave it readable (doubled keys).

    `first_line` is where the text begins in its file. Raises `_Refused` where nothing can be read.
    """
    shift = first_line - 1
    problems: list[Problem] = []
    stack: list[_Open] = []
    top: Node | None = None
    documents = nodes = 0
    most = int(max_mb * NODES_PER_MB)

    def refuse(rule: Any, mark: Any, message: str, remedy: str = "") -> _Refused:
        line, column = _place(mark)
        return _Refused(rule.at(Span(path, line + shift, column), message, remedy))

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
                    raise refuse(HIDDEN_CHARACTER, event.start_mark, f"an escape for {_named(hidden[0])}")
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                opened: dict[str, tuple[Scalar, Node]] | None = {} if kind is yaml.MappingStartEvent else None
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
                stack.append(_Open(place(event.start_mark), opened, []))
                continue
            elif kind is yaml.MappingEndEvent:
                opening = stack.pop()
                done = Mapping(opening.entries or {}, opening.start, place(event.end_mark))
            elif kind is yaml.SequenceEndEvent:
                opening = stack.pop()
                done = Sequence(tuple(opening.items), opening.start, place(event.end_mark))
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
                    first = around.entries[key.text][0].start
                    problems.append(
                        DOUBLED_KEY.at(
                            Span(path, *key.start),
                            f"'{key.text[:60]}' stands twice",
                            also=[(Span(path, *first), "first here")],
                        )
                    )
                else:
                    around.entries[key.text] = (key, done)
    except yaml.MarkedYAMLError as error:
        raise _Refused(_explain(error, path, shift, text.rstrip().split("\n"))) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _Refused(NOT_YAML.at(Span(path), f"this file cannot be read as YAML: {error}".split("\n")[0])) from None
    finally:
        loader.dispose()
    if top is None:
        raise _Refused(NOT_TEXT.at(Span(path), "the file is empty", "Write a record, or delete the file."))
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
    if opened is not None and ("end of stream" in said or mark.line >= len(lines)):
        mark = opened
    also = []
    if opened is not None and opened is not mark and opened.line != mark.line:
        line, column = _place(opened)
        also.append((Span(path, line + shift, column), "in what begins here"))
    line, column = _place(mark)
    return NOT_YAML.at(Span(path, line + shift, column), message, remedy, also)


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"


def _checked_text(raw: bytes, path: str) -> str:
    """The bytes as text. Raises `_Refused` where they are not UTF-8 or hold what no editor shows."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _Refused(
            NOT_TEXT.at(
                Span(path, line, column),
                f"byte 0x{raw[error.start]:02X} is not UTF-8 text",
                "Save the file with the encoding UTF-8.",
            )
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if hidden := HIDDEN.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        column = hidden.start() - text.rfind("\n", 0, hidden.start())
        span = Span(path, line, column)
        if hidden[0] == "\t":
            raise _Refused(NOT_YAML.at(span, "a tab", "Replace each tab by two spaces."))
        raise _Refused(HIDDEN_CHARACTER.at(span, f"the hidden character {_named(hidden[0])}"))
    return text


def _unreadable(raw: bytes, path: str, problem: Problem) -> tuple[Document, list[Problem]]:
    """A refused file as a document of the ids that seem to stand in it, so that naming them is no second mistake."""
    nowhere = (1, 1)
    ids = (Scalar(found.decode(), nowhere, nowhere) for found in dict.fromkeys(_ID_LINE.findall(raw[:HEAD])))
    key = Scalar("id", nowhere, nowhere)
    items = tuple(Mapping({"id": (key, value)}, nowhere, nowhere) for value in ids)
    return Document(path, "", Sequence(items, nowhere, nowhere), readable=False), [problem]


def read_yaml(raw: bytes, path: str, max_mb: float = MAX_MB) -> tuple[Document, list[Problem]]:
    """One data file as a document; a refused one is not `readable` and holds no more than its ids."""
    if len(raw) > max_mb * 1_000_000:
        return _unreadable(raw, path, _too_large(path, len(raw), max_mb))
    try:
        text = _checked_text(raw, path)
        root, problems = parse(text, path, max_mb=max_mb)
        return Document(path, text, root), problems
    except _Refused as refused:
        return _unreadable(raw, path, refused.problem)


def read_content(raw: bytes, path: str) -> tuple[Document, list[Problem]]:
    """One prose page as a document: the keys of its front matter, and `body`, the Markdown below."""
    if len(raw) > CONTENT_MB * 1_000_000:
        return _unreadable(b"", path, _too_large(path, len(raw), CONTENT_MB))
    try:
        text = _checked_text(raw, path)
        match = _FRONT_MATTER.match(text)
        if not match:
            raise _Refused(
                NOT_YAML.at(
                    Span(path),
                    "the page does not begin with front matter",
                    "Begin the file with a line ---, then 'title: ...', then a line ---.",
                )
            )
        root, problems = parse(match[1] or "{}", path, first_line=2)
        if not isinstance(root, Mapping):
            raise _Refused(NOT_YAML.at(Span(path, 2), "the front matter is not a list of 'key: value' lines"))
        line = text.count("\n", 0, match.end()) + 1
        end = (text.count("\n") + 1, 1)
        body = Scalar(text[match.end() :], (line, 1), end, plain=False)
        if typed := root.entries.get("body"):
            problems.append(
                UNKNOWN_FIELD.at(
                    Span(path, *typed[0].start),
                    "'body' is not a key of a page",
                    "Remove it: the text stands below the second line of hyphens.",
                )
            )
        entries = {**root.entries, "body": (Scalar("body", (line, 1), (line, 1)), body)}
        return Document(path, text, Mapping(entries, (1, 1), end)), problems
    except _Refused as refused:
        return _unreadable(b"", path, refused.problem)


def _too_large(path: str, size: int, most_mb: float) -> Problem:
    return BEYOND_LIMITS.at(Span(path), f"the file has {size / 1e6:.1f} MB; {most_mb:g} is the most")


def _files(folder: Path, suffix: str, wrong: str) -> Iterator[tuple[Path, str, str]]:
    """Files below `folder` in a fixed order, each with what is wrong with it ('' for nothing) and what to do."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(parent, name).is_symlink():
                yield Path(parent, name), "a link, not a folder", "Put the files themselves here."
        for name in sorted(names):
            file = Path(parent, name)
            if name.startswith((".", "#")) or name.endswith("~"):
                continue
            if not name.lower().endswith((suffix, wrong)):
                continue
            if file.is_symlink() or not file.is_file():
                yield file, "a link, not a file", "Put the text itself here."
            elif name.endswith(suffix):
                yield file, "", ""
            else:
                yield file, f"the name does not end in {suffix}, so the file is not read", ""


def _head(file: Path) -> bytes:
    """As much of a file as ids are looked for in; nothing of what is no plain file."""
    if file.is_symlink() or not file.is_file():
        return b""
    with file.open("rb") as opened:
        return opened.read(HEAD)


def _limit(documents: list[Document]) -> float:
    """The largest size of a file in MB, from the site's policy; anything else wrong with it is for later stages."""
    for document in documents:
        policy = document.place.at("policy").node
        node = policy.get("max_file_mb") if isinstance(policy, Mapping) else None
        if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", node.text):
            return min(max(float(node.text), MAX_MB), HIGHEST_MAX_MB)
    return MAX_MB


def load(root: Path) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """All of `data/**/*.yaml` and `content/*.md` below `root`, and what kept files from being read.

    Raises `FileNotFoundError` where there is no `data` folder, and `OSError` where the machine refuses a file.
    """
    data = root / "data"
    if not data.is_dir():
        raise FileNotFoundError(f"{data} is not there: name the folder that holds data/ with --root")
    documents: list[Document] = []
    problems: list[Problem] = []

    def take(read: tuple[Document, list[Problem]]) -> None:
        documents.append(read[0])
        problems.extend(read[1])

    site = root / SITE_FILE
    if site.is_file() and not site.is_symlink() and site.stat().st_size <= MAX_MB * 1_000_000:
        take(read_yaml(site.read_bytes(), SITE_FILE))
    limit = _limit(documents)
    for folder, suffix, wrong in (("data", ".yaml", ".yml"), ("content", ".md", ".markdown")):
        most = limit if folder == "data" else CONTENT_MB
        for file, fault, remedy in _files(root / folder, suffix, wrong):
            path = file.relative_to(root).as_posix()
            if any(document.path == path for document in documents[:1]):
                continue
            if fault:
                take(_unreadable(_head(file), path, NOT_TEXT.at(Span(path), fault, remedy)))
            elif (size := file.stat().st_size) > most * 1_000_000:
                take(_unreadable(_head(file), path, _too_large(path, size, most)))
            elif folder == "content":
                take(read_content(file.read_bytes(), path))
            else:
                take(read_yaml(file.read_bytes(), path, limit))
    return tuple(documents), tuple(problems)
