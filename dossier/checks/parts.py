"""Every part of every record, and the texts, citations and dates among them, each with its place.

Shared by the rules. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_args, get_type_hints

from dossier.document import Place, Scalar, Span
from dossier.model import Citation, Claim, ContentPage, Part, Site, Source
from dossier.register import Register
from dossier.values import Mark, Prose, Text

MOST_REPEATED = 20


@dataclass(frozen=True, slots=True)
class Field:
    """A text or prose: `part` holds it under `keys`, and belongs to `owner`, a record, the site or a page."""

    owner: Part
    part: Part
    keys: tuple[str | int, ...]
    value: Text | Prose

    @property
    def name(self) -> str:
        return str(self.keys[0])

    @property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """The words as typed, with their language."""
        return self.value.text.versions if isinstance(self.value, Prose) else self.value.versions

    def place(self, language: str) -> Place:
        return self.part.place.at(*self.keys, language)


@cache
def _names(cls: type[Part]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a class that hold parts, and those that hold texts."""
    hints = get_type_hints(cls)
    names = [each.name for each in fields(cls) if each.name != "place"]
    return (
        tuple(name for name in names if any(issubclass(kind, Part) for kind in _kinds(hints[name]))),
        tuple(name for name in names if any(issubclass(kind, (Text, Prose)) for kind in _kinds(hints[name]))),
    )


def _kinds(annotation: Any) -> Iterator[type]:
    """The classes an annotation mentions."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def _inside(owner: Part, part: Part) -> Iterator[tuple[Part, Part]]:
    yield owner, part
    for name in _names(type(part))[0]:  # type: ignore[arg-type]  # mypy on frozen classes as keys
        value = getattr(part, name)
        for item in value if isinstance(value, tuple) else (value,):
            if item is not None:
                yield from _inside(owner, item)


def owners(register: Register) -> Iterator[Part]:
    """All that a contributor writes as one piece: the site, every record, every content page."""
    yield register.site
    yield from register.records.values()
    yield from register.searches
    yield from register.content


def parts(register: Register) -> Iterator[tuple[Part, Part]]:
    """Every part with its owner, owners among them."""
    for owner in owners(register):
        yield from _inside(owner, owner)


def fields_of(part: Part, owner: Part | None = None) -> Iterator[Field]:
    """The texts a part holds itself, not those of the parts inside it."""
    for name in _names(type(part))[1]:  # type: ignore[arg-type]
        value = getattr(part, name)
        if isinstance(value, (Text, Prose)):
            yield Field(owner or part, part, (name,), value)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, (Text, Prose)):
                    yield Field(owner or part, part, (name, index), item)


def texts(register: Register) -> Iterator[Field]:
    """Every text and prose of the dossier."""
    for owner, part in parts(register):
        yield from fields_of(part, owner)


def citations(register: Register) -> Iterator[tuple[Part, Citation]]:
    """Every structured citation with the record it belongs to, but those of withdrawn claims."""
    for owner in owners(register):
        if live(owner):
            for _, part in _inside(owner, owner):
                if isinstance(part, Citation):
                    yield owner, part


def marks(register: Register) -> Iterator[tuple[Field, str, Mark]]:
    """Every citation in prose with the text and language it stands in, but those of withdrawn claims."""
    for field in texts(register):
        if isinstance(field.value, Prose) and live(field.owner):
            for language, passage in field.value:
                for mark in passage.marks:
                    yield field, language, mark


def live(owner: Part) -> bool:
    """Whether the rules still hold for it: a withdrawn claim stays as it was."""
    return not (isinstance(owner, Claim) and owner.withdrawn)


def live_claims(register: Register) -> Iterator[Claim]:
    return (claim for claim in register.claims.values() if live(claim))


def cited(citations: Iterable[Citation], register: Register) -> tuple[Source, ...] | None:
    """The sources of these citations, each once; None where one is not there, so that nothing can be said of them."""
    found = {citation.source: register.sources.get(citation.source) for citation in citations}
    sources = tuple(source for source in found.values() if source is not None)
    return sources if len(sources) == len(found) else None


def name_of(owner: Part) -> str:
    """How a message names what something belongs to."""
    if isinstance(owner, ContentPage):
        return f"content/{owner.name}.{owner.language}.md"
    unnamed = "data/site.yaml" if isinstance(owner, Site) else "this search"
    return str(getattr(owner, "id", None) or unnamed)


def span_at(place: Place, text: str, start: int, end: int) -> Span:
    """Where `text[start:end]` is written in the value at `place`, and not the same words before it.

    After many repetitions one of them is place enough: a stranger's text must not be able to stop a build.
    """
    words = text[start:end]
    span = place.span_of(words)
    at = text.find(words)
    for _ in range(MOST_REPEATED):
        if not -1 < at < start:
            break
        rest = Scalar("", (span.line, span.column + 1), place.node.end)
        span = Place(place.document, rest).span_of(words)
        at = text.find(words, at + 1)
    return span
