"""Nodes to values: how each annotation of the model is read, and what a message says when it cannot be.

Part of `validate`.

The reader is made from the annotations of `model.py`, so the model is the only list of keys. It reads nodes, not Python
values: each finding has its place without translating another library's paths (pydantic was tried; its `loc` is not a
YAML path, and importing it takes longer than reading this dossier).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from sys import intern
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from dossier.dates import Edtf, parse_edtf
from dossier.document import Document, Mapping, Node, Place, Scalar, Sequence, Span
from dossier.frozen import MISSING, annotated, fields
from dossier.meant import as_keys, as_list, date_hint, meant_code, meant_id, meant_truth, meant_url
from dossier.model import AsReceived, OneOrMany, Part
from dossier.nearest import did_you_mean, nearest
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.prose import parse_prose, slips
from dossier.shape import BAD_DATE, BAD_ID, BAD_VALUE, HIDDEN_CHARACTER, MISSING_FIELD, UNKNOWN_FIELD, URL_SCHEME
from dossier.values import (
    ADDRESS,
    COUNTRY,
    CURRENCY,
    HIDDEN,
    ID,
    LANGUAGE,
    NUMBER,
    URL,
    Html,
    Passage,
    Prose,
    Ref,
    Shape,
    Text,
)
from dossier.values import RESERVED as RESERVED


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
        self.note_at(rule, node.start, message, remedy)

    def note_at(self, rule: Rule, start: tuple[int, int], message: str, remedy: str = "") -> None:
        self.problems.append(rule.at(Span(self.document.path, *start), message, remedy))

    def refuse(self, rule: Rule, node: Node, message: str, remedy: str = "") -> Bad:
        self.note(rule, node, message, remedy)
        return Bad()


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line[:60]}…'" if len(line) > 60 else f"'{line}'"


SHORT = 12
"""Characters of words that are likely to be typed elsewhere too."""
_EMPTY = {"", "~", "null"}


def is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text in _EMPTY


def scalar(reading: Reading, node: Node, wanted: str) -> str:
    """The text of a value, without the blanks around it. Raises `Bad` where there is none."""
    if isinstance(node, Scalar):
        text = node.text.strip()
        if text not in _EMPTY or (text and not is_empty(node)):
            return text
    else:
        found = "a list" if isinstance(node, Sequence) else "a record with keys"
        remedy = f"Write {wanted}."
        if isinstance(node, Sequence) and len(node.items) == 1 and isinstance(only := node.items[0], Scalar):
            remedy = f"Write it without brackets and dash: {_shown(only.text)[1:-1]}"
        raise reading.refuse(BAD_VALUE, node, f"{found} where {wanted} belongs", remedy)
    raise reading.refuse(MISSING_FIELD, node, "there is no value here", "Write one, or remove the line.")


def _one_line(text: str) -> str:
    """The text with one blank for every run of white space."""
    if text.isascii() and "\n" not in text and "  " not in text:
        return text  # as nearly all are; no file holds other ASCII blanks
    return " ".join(text.split())


_MEANT: dict[Shape, Callable[[str], str]] = {ID: meant_id, URL: meant_url, CURRENCY: meant_code, COUNTRY: meant_code}


def _meant(shape: Shape, text: str) -> str:
    """The text in the shape asked for, where it is plain what was meant; else ''."""
    found = _MEANT[shape](text)
    return found if shape.fits(found) else ""


def _shaped(shape: Shape) -> Reader:
    rules = {ID: BAD_ID, URL: URL_SCHEME, ADDRESS: URL_SCHEME}
    is_id, is_words = shape is ID, not shape.pattern
    # Ids, codes and short words such as 'p. 3' are typed again and again: one of each is kept.
    is_named = shape in (ID, LANGUAGE, CURRENCY, COUNTRY)
    says = "a text" if is_words else shape.says
    fits = re.compile(shape.pattern, re.DOTALL).fullmatch
    remedy = f"Write it like this: {shape.example}"

    def read(reading: Reading, node: Node) -> str:
        text = scalar(reading, node, says)
        if is_words:
            return intern(_one_line(text)) if len(text) <= SHORT else _one_line(text)
        if not fits(text):
            raise reading.refuse(
                rules.get(shape, BAD_VALUE),
                node,
                f"{_shown(text)} is not {says}",
                f"Write it like this: {_meant(shape, text) or shape.example}" if shape in _MEANT else remedy,
            )
        if is_id and RESERVED.fullmatch(text):
            raise reading.refuse(
                BAD_ID,
                node,
                f"'{text}' is a word that pages use for their own anchors",
                "Choose another word, such as the company's name and what happened.",
            )
        return intern(text) if is_named else text

    return read


def _enumerated(values: tuple[str, ...]) -> Reader:
    wanted = "one of " + ", ".join(values[:12])
    same = {value: value for value in values}

    def read(reading: Reading, node: Node) -> str:
        text = scalar(reading, node, wanted)
        # Of words that are typed thousands of times, one is kept.
        if (value := same.get(text)) is None:
            some = ", ".join(values) if len(values) <= 14 else ", ".join(values[:10]) + " …"
            hint = did_you_mean(text, values)
            raise reading.refuse(BAD_VALUE, node, f"{_shown(text)} is not one of: {some}", hint)
        return value

    return read


def _boolean(reading: Reading, node: Node) -> bool:
    text = scalar(reading, node, "true or false")
    if text not in ("true", "false"):
        remedy = f"Write {meant_truth(text) or 'true or false'}."
        raise reading.refuse(BAD_VALUE, node, f"{_shown(text)} is neither true nor false", remedy)
    return text == "true"


# A number that says the same without its separators and currency sign; of '1.5 million' or '7.234,50' nobody knows.
_GROUPED = regex(r"[$€£]?\s*(?:[0-9]{1,3}(?:[ ,'’_\u00a0\u202f][0-9]{3})+|[0-9]+)(?:\.[0-9]{1,4})?\s*[$€£]?")


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
        raise reading.refuse(BAD_DATE, node, message, date_hint(text)) from None


def _versions(reading: Reading, node: Node, read: Callable[[str], Any]) -> tuple[tuple[str, Any], ...]:
    if not isinstance(node, Mapping):
        text = scalar(reading, node, "a text")
        return ((reading.languages[0], read(text)),)
    found: list[tuple[str, Any]] = []
    bad = False
    for code, value in node.entries.items():
        if code not in reading.languages:
            meant = nearest(code, (each for each in reading.languages if each not in node.entries))
            reading.note_at(
                UNKNOWN_FIELD,
                node.keys[code],
                f"'{code[:40]}' is not a language of this site",
                f"Did you mean '{meant}'?" if meant else f"Its languages: {', '.join(reading.languages)}.",
            )
            if meant is None or any(meant == each for each, _ in found):
                continue
            # That is said; were the text left out, its language would be said to be missing too.
            code = meant
        try:
            found.append((code, read(scalar(reading, value, "a text"))))
        except Bad:
            bad = True
    if bad or (node.entries and not found):
        raise Bad
    if not found:
        raise reading.refuse(MISSING_FIELD, node, "a text in no language", f"Write '{reading.languages[0]}: ...'.")
    if len(found) > 1:
        found.sort(key=lambda version: reading.languages.index(version[0]))
    return tuple(found)


def _text(reading: Reading, node: Node) -> Text:
    text = Text(_versions(reading, node, _one_line))
    for code, words in text:
        if "[@" in words:
            raise reading.refuse(
                BAD_VALUE,
                Place(reading.document, node).at(code).node,
                "a citation in a plain text",
                "Cite the source under 'citations:': this text is printed as it is typed.",
            )
    return text


def _as_received(reading: Reading, node: Node) -> Text:
    """Somebody else's text: what looks like a citation in it is none."""
    return Text(_versions(reading, node, _paragraphs))


def _paragraphs(text: str) -> str:
    """The text with its lines, and one empty line between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in text.split("\n")))


def _prose(reading: Reading, node: Node) -> Prose:
    prose = Prose(_versions(reading, node, parse_prose))
    for code, passage in prose.versions:
        if "&" in passage.markdown:
            refuse_hidden(reading, Place(reading.document, node).at(code).node, passage)
        if "@" in passage.markdown or "](" in passage.markdown:
            note_slips(reading, Place(reading.document, node).at(code), passage)
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
            message = f"a single {'value' if isinstance(node, Scalar) else 'record'} where a list belongs"
            raise reading.refuse(BAD_VALUE, node, message, as_list(reading.document, node))
        items = []
        bad = False
        for item in node.items:
            try:
                items.append(read_one(reading, item))
            except Bad:
                bad = True
        if bad:
            raise Bad
        if len(items) > 1 and isinstance(items[0], str):
            met: set[str] = set()
            for item, written in zip(items, node.items, strict=True):
                if item in met:
                    raise reading.refuse(
                        BAD_VALUE, written, f"{_shown(item)} stands twice in this list", "Keep one of the two."
                    )
                met.add(item)
        return tuple(items)

    return read


def _named(reading: Reading, node: Node) -> str:
    # Ids are named again and again: one of each is kept.
    return intern(scalar(reading, node, "an id"))


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
                return _named
            if isinstance(extra, AsReceived):
                return _as_received
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
def keys_of(cls: type[Any]) -> dict[str, Reader]:
    """The keys a contributor may write in this record, and how each is read."""
    hints = annotated(cls)
    return {each.name: _reader(hints[each.name]) for each in fields(cls) if not each.metadata.get("hidden")}


@cache
def _required(cls: type[Any]) -> tuple[str, ...]:
    """Those of the keys that must be there."""
    return tuple(each.name for each in fields(cls) if not each.metadata.get("hidden") and each.default is MISSING)


def read_record(cls: type[Part], reading: Reading, node: Node, given: dict[str, Any]) -> Part:
    """The record at `node`. `given` are values the file gives for all its records. Raises `Bad`."""
    if not isinstance(node, Mapping):
        raise reading.refuse(
            BAD_VALUE,
            node,
            f"a {kind_of(node)} where a record with keys belongs",
            as_keys(node) or "Write the keys of the record as 'key: value' lines.",
        )
    keys = keys_of(cls)  # type: ignore[arg-type]  # mypy: frozen classes as keys
    values = dict(given)
    bad = False
    for name, value in node.entries.items():
        read = keys.get(name)
        if read is None:
            reading.note_at(
                UNKNOWN_FIELD,
                node.keys[name],
                f"'{name[:60]}' is not a key of {_with_article(_noun(cls))}",
                did_you_mean(name, (k for k in keys if k not in node.entries)) or f"Its keys: {', '.join(keys)}.",
            )
            continue
        try:
            values[name] = read(reading, value)
        except Bad:
            bad = True
            values[name] = None
    for name in _required(cls):  # type: ignore[arg-type]
        if name not in values:
            # A misspelt key was named already, with the key it was meant to be: one slip is one finding.
            if not did_you_mean(name, (k for k in node.entries if k not in keys)):
                reading.note(MISSING_FIELD, node, f"this {_noun(cls)} has no '{name}'", f"Add a line '{name}: …'.")
            bad = True
    if bad:
        raise Bad
    return cls(place=Place.kept(reading.document, node), **values)


def _noun(cls: type[Part]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def kind_of(node: Node) -> str:
    return "list" if isinstance(node, Sequence) else "single value"
