"""Nodes to values: how each annotation of the model is read, and what a message says when it cannot be.

Part of `validate`.

The reader is made from the annotations of `model.py`, so the model is the only list of keys. It reads nodes, not Python
values: each finding has its place without translating another library's paths (pydantic was tried; its `loc` is not a
YAML path, and importing it takes longer than reading this dossier).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from dossier.dates import Edtf, parse_edtf
from dossier.document import Document, Mapping, Node, Place, Scalar, Sequence, Span
from dossier.model import OneOrMany, Part
from dossier.nearest import did_you_mean
from dossier.problems import Problem, Rule
from dossier.prose import parse_prose, slips
from dossier.shape import BAD_DATE, BAD_ID, BAD_VALUE, HIDDEN_CHARACTER, MISSING_FIELD, UNKNOWN_FIELD, URL_SCHEME
from dossier.values import ADDRESS, HIDDEN, ID, NUMBER, URL, Html, Passage, Prose, Ref, Shape, Text

RESERVED = re.compile(
    r"content|claims|amounts|timeline|unknown|answer|references|facts|searches|ref-\d+|cite-[\d-]+"
    r"|corrections|standing|companies|demands|labels|definitions"
    r"|(?:reply|kind|group)-(?:any|answered|none|contract|service|property|claim|reply|event|demand)"
)
"""Words that pages use for their own anchors, which no record may take as its id."""


class Bad(Exception):
    """A value that cannot be read; the finding is already noted."""


Reader = Callable[["Reading", Node], Any]


class Reading:
    """One document being read: where findings go, and the languages texts may be in."""

    def __init__(self, document: Document, languages: tuple[str, ...]) -> None:
        self.document = document
        self.languages = languages
        self.problems: list[Problem] = []

    def note(self, rule: Rule, node: Node, message: str, remedy: str = "") -> None:
        self.problems.append(rule.at(Span(self.document.path, *node.start), message, remedy))

    def refuse(self, rule: Rule, node: Node, message: str, remedy: str = "") -> Bad:
        self.note(rule, node, message, remedy)
        return Bad()


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line[:60]}…'" if len(line) > 60 else f"'{line}'"


def is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null")


def scalar(reading: Reading, node: Node, wanted: str) -> str:
    if not isinstance(node, Scalar):
        found = "a list" if isinstance(node, Sequence) else "a record with keys"
        raise reading.refuse(BAD_VALUE, node, f"{found} where {wanted} belongs", f"Write {wanted}.")
    if is_empty(node) or not node.text.strip():
        raise reading.refuse(MISSING_FIELD, node, "there is no value here", "Write one, or remove the line.")
    return node.text.strip()


def _shaped(shape: Shape) -> Reader:
    rules = {ID: BAD_ID, URL: URL_SCHEME, ADDRESS: URL_SCHEME}

    def read(reading: Reading, node: Node) -> str:
        text = scalar(reading, node, shape.says)
        if shape is not ID and not shape.pattern:
            return " ".join(text.split())
        if not shape.fits(text):
            raise reading.refuse(
                rules.get(shape, BAD_VALUE),
                node,
                f"{_shown(text)} is not {shape.says}",
                f"Write it like this: {shape.example}" if shape is not ID else "",
            )
        if shape is ID and RESERVED.fullmatch(text):
            raise reading.refuse(
                BAD_ID,
                node,
                f"'{text}' is a word that pages use for their own anchors",
                "Choose another word, such as the company's name and what happened.",
            )
        return text

    return read


def _enumerated(values: tuple[str, ...]) -> Reader:
    def read(reading: Reading, node: Node) -> str:
        text = scalar(reading, node, "one of " + ", ".join(values[:12]))
        if text not in values:
            some = ", ".join(values) if len(values) <= 14 else ", ".join(values[:10]) + " …"
            hint = did_you_mean(text, values)
            raise reading.refuse(BAD_VALUE, node, f"{_shown(text)} is not one of: {some}", hint)
        return text

    return read


def _boolean(reading: Reading, node: Node) -> bool:
    text = scalar(reading, node, "true or false")
    if text not in ("true", "false"):
        raise reading.refuse(BAD_VALUE, node, f"{_shown(text)} is neither true nor false", "Write true or false.")
    return text == "true"


# A number that says the same without its separators and currency sign; of '1.5 million' or '7.234,50' nobody knows.
_GROUPED = re.compile(r"[$€£]?\s*(?:[0-9]{1,3}(?:[ ,'’_\u00a0\u202f][0-9]{3})+|[0-9]+)(?:\.[0-9]{1,4})?\s*[$€£]?")


def _decimal(reading: Reading, node: Node) -> Decimal:
    text = scalar(reading, node, NUMBER.says)
    if not NUMBER.fits(text):
        bare = re.sub("[^0-9.]", "", text) if _GROUPED.fullmatch(text) else ""
        hint = f"Write {bare}." if NUMBER.fits(bare) else f"Write it like this: {NUMBER.example}"
        raise reading.refuse(BAD_VALUE, node, f"{_shown(text)} is not {NUMBER.says}", hint)
    return Decimal(text)


def _date(reading: Reading, node: Node) -> Edtf:
    text = scalar(reading, node, "a date")
    try:
        return parse_edtf(text)
    except ValueError as error:
        why = str(error)
        message = why if text in why else f"{_shown(text)} is not a date" + ("" if "not a date" in why else f": {why}")
        raise reading.refuse(BAD_DATE, node, message, _date_hint(text)) from None


def _date_hint(text: str) -> str:
    """The same date as EDTF, where only one reading of it is possible."""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        year, month, day = (int(part) for part in match.groups())
        return f"Did you mean {year:04}-{month:02}-{day:02}?"
    if match := re.fullmatch(r"(\d{4})[-/.](\d)", text):
        return f"Did you mean {match[1]}-{int(match[2]):02}?"
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        first, second, year = (int(part) for part in match.groups())
        if (first > 12) != (second > 12):
            return f"Did you mean {year:04}-{min(first, second):02}-{max(first, second):02}?"
    return ""


def _versions(reading: Reading, node: Node, read: Callable[[str], Any]) -> tuple[tuple[str, Any], ...]:
    if not isinstance(node, Mapping):
        text = scalar(reading, node, "a text")
        return ((reading.languages[0], read(text)),)
    found = []
    bad = False
    for code, (key, value) in node.entries.items():
        if code not in reading.languages:
            reading.note(
                UNKNOWN_FIELD,
                key,
                f"'{code[:40]}' is not a language of this site",
                did_you_mean(code, reading.languages) or "Its languages: " + ", ".join(reading.languages) + ".",
            )
            continue
        try:
            found.append((code, read(scalar(reading, value, "a text"))))
        except Bad:
            bad = True
    if bad or (node.entries and not found):
        raise Bad
    if not found:
        raise reading.refuse(MISSING_FIELD, node, "a text in no language", f"Write '{reading.languages[0]}: ...'.")
    return tuple(sorted(found, key=lambda version: reading.languages.index(version[0])))


def _text(reading: Reading, node: Node) -> Text:
    text = Text(_versions(reading, node, lambda text: " ".join(text.split())))
    for code, words in text:
        if "[@" in words:
            raise reading.refuse(
                BAD_VALUE,
                Place(reading.document, node).at(code).node,
                "a citation in a plain text",
                "Cite the source under 'citations:': this text is printed as it is typed.",
            )
    return text


def _prose(reading: Reading, node: Node) -> Prose:
    prose = Prose(_versions(reading, node, parse_prose))
    for code, passage in prose:
        place = Place(reading.document, node).at(code)
        refuse_hidden(reading, place.node, passage)
        note_slips(reading, place, passage)
    return prose


def note_slips(reading: Reading, place: Place, passage: Passage) -> None:
    """Note what was meant as a link or a citation and would be printed as the characters typed."""
    for kind, typed in slips(passage):
        span = place.span_of(typed)
        if kind == "link":
            reading.problems.append(URL_SCHEME.at(span, f"the address {_shown(typed)}"))
        else:
            remedy = "Write [@source-id], [@source-id, para. 4] or [@one; @two]."
            reading.problems.append(BAD_VALUE.at(span, f"{_shown(typed)} is not a citation as prose has them", remedy))


def refuse_hidden(reading: Reading, node: Node, passage: Passage) -> None:
    """Refuse prose that brings in, as `&#x202e;`, a character that no file may hold. Raises `Bad`."""
    for part in passage.parts:
        if isinstance(part, Html) and (hidden := HIDDEN.search(part)):
            raise reading.refuse(HIDDEN_CHARACTER, node, f"a character reference for U+{ord(hidden[0]):04X}")


def _many(read_one: Reader, or_one: bool) -> Reader:
    def read(reading: Reading, node: Node) -> tuple[Any, ...]:
        if or_one and isinstance(node, Scalar) and not is_empty(node):
            return (read_one(reading, node),)
        if not isinstance(node, Sequence):
            if is_empty(node):
                raise reading.refuse(MISSING_FIELD, node, "there is no list here", "Write one, or remove the line.")
            raise reading.refuse(
                BAD_VALUE,
                node,
                "a single value where a list belongs",
                "Begin each item with '- ' on a line of its own, or write [one, two].",
            )
        items = []
        bad = False
        for item in node.items:
            try:
                items.append(read_one(reading, item))
            except Bad:
                bad = True
        if bad:
            raise Bad
        met: set[str] = set()
        for item, written in zip(items, node.items, strict=True):
            if isinstance(item, str):
                if item in met:
                    raise reading.refuse(
                        BAD_VALUE, written, f"{_shown(item)} stands twice in this list", "Keep one of the two."
                    )
                met.add(item)
        return tuple(items)

    return read


def _part(cls: type[Part], default: str | None = None) -> Reader:
    def read(reading: Reading, node: Node) -> Part:
        return read_record(cls, reading, node, {})

    return read


@cache
def _reader(annotation: Any) -> Reader:
    """How a value with this annotation is read."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        inner = [part for part in get_args(annotation) if part is not NoneType]
        return _reader(inner[0])
    if origin is Annotated:
        base, *extras = get_args(annotation)
        for extra in extras:
            if isinstance(extra, OneOrMany):
                return _many(_reader(get_args(base)[0]), or_one=True)
            if isinstance(extra, Shape):
                return _shaped(extra)
            if isinstance(extra, Ref):
                return lambda reading, node: scalar(reading, node, "an id")
        return _reader(base)
    if origin is tuple:
        return _many(_reader(get_args(annotation)[0]), or_one=False)
    if origin is Literal:
        return _enumerated(get_args(annotation))
    simple: dict[Any, Reader] = {bool: _boolean, Decimal: _decimal, Edtf: _date, Text: _text, Prose: _prose}
    if annotation in simple:
        return simple[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return _part(annotation)
    raise TypeError(f"no reader for {annotation!r}")


@cache
def keys_of(cls: type[Any]) -> dict[str, tuple[Reader, bool]]:
    """The keys a contributor may write in this record: how each is read, and whether it is required."""
    hints = get_type_hints(cls, include_extras=True)
    return {
        each.name: (_reader(hints[each.name]), each.default is MISSING)
        for each in fields(cls)
        if not each.metadata.get("hidden")
    }


def read_record(cls: type[Part], reading: Reading, node: Node, given: dict[str, Any]) -> Part:
    """The record at `node`. `given` are values the file gives for all its records. Raises `Bad`."""
    if not isinstance(node, Mapping):
        raise reading.refuse(
            BAD_VALUE,
            node,
            f"a {kind_of(node)} where a record with keys belongs",
            "Write the keys of the record as 'key: value' lines.",
        )
    keys = keys_of(cls)  # type: ignore[arg-type]  # mypy: frozen classes as keys
    values = dict(given)
    bad = False
    for name, (key, value) in node.entries.items():
        if name not in keys:
            reading.note(
                UNKNOWN_FIELD,
                key,
                f"'{name[:60]}' is not a key of a {_noun(cls)}",
                did_you_mean(name, (k for k in keys if k not in node.entries)) or f"Its keys: {', '.join(keys)}.",
            )
            continue
        try:
            values[name] = keys[name][0](reading, value)
        except Bad:
            bad = True
            values[name] = None
    for name, (_, required) in keys.items():
        if required and name not in values:
            # A misspelt key was named already, with the key it was meant to be: one slip is one finding.
            if not did_you_mean(name, (k for k in node.entries if k not in keys)):
                reading.note(MISSING_FIELD, node, f"this {_noun(cls)} has no '{name}'", f"Add a line '{name}: …'.")
            bad = True
    if bad:
        raise Bad
    return cls(place=Place(reading.document, node), **values)


def _noun(cls: type[Part]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


def kind_of(node: Node) -> str:
    return "list" if isinstance(node, Sequence) else "single value"
