"""What a record points at: ids in its keys, citations, marks in its prose; and the ways back that follow from it.

Part of `link`. Each record says by itself what it adds to which shelf, so that the shelves of a changed file can be
renewed without reading the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from dossier.frozen import annotated, dataclass, field, fields
from dossier.identifiers import fault, typed, whose
from dossier.json_text import encoder
from dossier.model import (
    Citation,
    Claim,
    Company,
    ContentPage,
    Correction,
    Demand,
    Event,
    Part,
    Publisher,
    Response,
    Search,
    Tombstone,
)
from dossier.model import Source as SourceRecord
from dossier.names import spellings
from dossier.register import UNKNOWN
from dossier.values import Prose, Ref

_told = encoder()

Keys = tuple[str | int, ...]


@dataclass(slots=True)
class Pointers:
    """All that one record points at, at whatever depth: ids typed in keys (with what they may name), citations in
    prose (the source, the words as typed), each with the keys that lead to it; and its structured citations."""

    references: list[tuple[str, Ref, Keys]] = field(default_factory=list)
    marks: list[tuple[str, str, Keys]] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)


@cache
def _fields_of(cls: type[Any]) -> tuple[tuple[str, Ref | None, bool, bool], ...]:
    """The fields of a part that can point anywhere: name, what ids in it may name, whether it holds parts or prose."""
    hints = annotated(cls)
    found = []
    for each in fields(cls):
        kinds = set(_kinds(hints[each.name]))
        parts = any(isinstance(kind, type) and issubclass(kind, Part) for kind in kinds)
        ref = next((kind for kind in kinds if isinstance(kind, Ref)), None)
        if each.name != "place" and (parts or ref or Prose in kinds):
            found.append((each.name, ref, parts, Prose in kinds))
    return tuple(found)


def _kinds(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from (extra for extra in get_args(annotation)[1:] if isinstance(extra, Ref))
    if isinstance(annotation, type):
        yield annotation
    for part in get_args(annotation):
        yield from _kinds(part)


def pointers(part: Part) -> Pointers:
    """Everything `part` points at, in the order of its keys."""
    found = Pointers()
    _walk(part, (), found)
    return found


def _walk(part: Part, keys: Keys, found: Pointers) -> None:
    for name, ref, parts, prose in _fields_of(type(part)):  # type: ignore[arg-type]  # mypy on frozen classes as keys
        value = getattr(part, name)
        if value is None or value == ():
            continue
        several = isinstance(value, tuple)
        for index, item in enumerate(value) if several else ((0, value),):
            at = (*keys, name, index) if several else (*keys, name)
            if parts and isinstance(item, Part):
                if isinstance(item, Citation):
                    found.citations.append(item)
                _walk(item, at, found)
            elif prose and isinstance(item, Prose):
                for code, passage in item:
                    found.marks.extend((mark.source, mark.typed, (*at, code)) for mark in passage.marks)
            elif ref is not None and isinstance(item, str):
                found.references.append((item, ref, at))


WAYS = (
    "claims_of", "responses_of", "claims_with", "events_of", "demands_to", "searches_of", "corrections_of",
    "corrections_with", "publishers_by_name", "look_alikes", "identified", "page_languages", "page_texts", "derived",
    "answering", "backlinks", "gone_of", "typed_at",
)  # fmt: skip
"""The shelves of a register that lead back."""


Said = str | tuple[str | int | None, ...]
"""What a record says of itself on a shelf that leads back: its name, or more."""


def ways_back(record: Part, name: str, pointed: Pointers) -> Iterator[tuple[str, str, Said]]:
    """What a record called `name` adds to the shelves that lead back: shelf, key and what it says there."""
    if isinstance(record, (Claim, SourceRecord)):
        # A record's digest is of its own lines, and an edit above moves it: so its place is looked up by itself.
        yield "typed_at", name, (record.place.document.path, record.place.line)
    if isinstance(record, Claim):
        yield "claims_of", record.company, name
        if record.counterparty:
            yield "claims_with", record.counterparty, name
        for reply in record.reply:
            yield "answering", reply, name
    elif isinstance(record, Response):
        yield "responses_of", record.company, name
    elif isinstance(record, SourceRecord):
        for parent in record.derived_from:
            if parent != UNKNOWN:
                yield "derived", parent, name
    elif isinstance(record, Event):
        for each in dict.fromkeys(record.involved):
            yield "events_of", each, name
    elif isinstance(record, Demand):
        yield "demands_to", record.addressed_to, name
    elif isinstance(record, Search):
        yield "searches_of", record.company or "", name
    elif isinstance(record, Correction):
        yield "corrections_of", record.target, name
        if record.source:
            yield "corrections_with", record.source, name
    elif isinstance(record, Company):
        for spelling in spellings(record.name):
            yield "look_alikes", spelling, name
        for kind, text in typed(record):
            if not fault(kind, text)[0]:
                yield "identified", whose(kind, text), name
    elif isinstance(record, ContentPage):
        yield "page_languages", record.name, record.language
        for code, passage in record.body:
            yield "page_texts", record.name, (code, passage.markdown)
    elif isinstance(record, Tombstone):
        if place := record.company or record.replaced_by:
            yield "gone_of", place, name
    elif isinstance(record, Publisher):
        for _, words in record.name:
            yield "publishers_by_name", words, name
    who = f"content/{record.name}" if isinstance(record, ContentPage) else name
    told = [(citation.source, citation.quote, citation.intent) for citation in pointed.citations]
    told += [(source, None, "context") for source in dict.fromkeys(mark[0] for mark in pointed.marks)]
    for source, quote, intent in dict.fromkeys(told):
        yield "backlinks", source, (who, quote, intent)
