"""Records gone through once: their parts by class, and their texts, for all rules together. Part of `checks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, get_args, get_origin

from dossier.dates import Edtf
from dossier.document import Place
from dossier.frozen import annotated, fields
from dossier.model import AsReceived, Citation, Claim, Part
from dossier.values import Passage, Prose, Text


class Field(NamedTuple):
    """A text or prose: `part` holds it under `keys`, and belongs to `owner`, a record, the site or a page. `versions`
    are the words as typed, with their language."""

    owner: Part
    part: Part
    keys: tuple[str | int, ...]
    value: Text | Prose
    versions: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return str(self.keys[0])

    @property
    def passages(self) -> tuple[tuple[str, Passage], ...]:
        """What was read of a prose."""
        return self.value.versions if isinstance(self.value, Prose) else ()

    def place(self, language: str) -> Place:
        return self.part.place.at(*self.keys, language)


def keys_of(cls: type[Part], kind: type) -> tuple[str, ...]:
    """The keys of a class that hold values of a kind, singly or in lists."""
    hints = annotated(cls)
    names = [each.name for each in fields(cls) if each.name != "place"]
    return tuple(name for name in names if any(issubclass(each, kind) for each in _kinds(hints[name])))


def _kinds(annotation: Any) -> Iterator[type]:
    """The classes an annotation mentions."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


@cache
def dates_of(cls: type[Part]) -> tuple[str, ...]:
    """The keys of a class that hold dates."""
    return keys_of(cls, Edtf)


@cache
def _held(cls: type[Part]) -> tuple[tuple[Any, tuple[str], bool, type[Any]], ...]:
    """The keys of a class that hold parts or texts: what gets the value, the key, whether it is a list, and of what.

    A text that somebody else wrote is left out: rules are for the words of the dossier.
    """
    hints = annotated(cls)
    theirs = {name for name, hint in hints.items() if _is_theirs(hint)}
    return tuple(
        (
            attrgetter(name),
            (name,),
            any(get_origin(each) is tuple for each in (hints[name], *get_args(hints[name]))),
            kind,
        )
        for kind in (Part, Text, Prose)
        for name in keys_of(cls, kind)
        if name not in theirs
    )


def _is_theirs(annotation: Any) -> bool:
    metadata = getattr(annotation, "__metadata__", ())
    return any(isinstance(each, AsReceived) for each in metadata) or any(map(_is_theirs, get_args(annotation)))


class Walk:
    """What rules look at in these records, pages and site: every part by its class, and every text.

    `live_claims` and `citations` are those that the rules hold for: a withdrawn claim stays as it was.
    """

    __slots__ = ("citations", "live_claims", "parts", "prose", "texts")

    def __init__(self, owners: Iterable[Part]) -> None:
        self.parts: dict[type[Part], list[Any]] = {}
        self.texts: list[Field] = []
        self.prose: list[Field] = []
        self.citations: list[Citation] = []
        for owner in owners:
            self._into(owner, owner)
        self.live_claims: list[Claim] = [claim for claim in self.parts.get(Claim, ()) if claim.withdrawn is None]

    def _into(self, owner: Part, part: Part) -> None:
        cls = type(part)
        found = self.parts.get(cls)
        if found is None:
            found = self.parts[cls] = []
        found.append(part)
        if cls is Citation and live(owner):
            self.citations.append(part)  # type: ignore[arg-type]  # mypy does not see the class in `cls`
        for get, keys, several, kind in _held(cls):  # type: ignore[arg-type]  # mypy on frozen classes as keys
            value = get(part)
            if not value:
                continue
            if kind is Part:
                for item in value if several else (value,):
                    self._into(owner, item)
            elif several:
                for index, item in enumerate(value):
                    self._take(owner, part, (*keys, index), item)
            else:
                self._take(owner, part, keys, value)

    def _take(self, owner: Part, part: Part, keys: tuple[str | int, ...], value: Any) -> None:
        if type(value) is Text:
            self.texts.append(Field(owner, part, keys, value, value.versions))
        else:
            words = tuple([(code, passage.markdown) for code, passage in value.versions])
            field = Field(owner, part, keys, value, words)
            self.texts.append(field)
            self.prose.append(field)


def live(owner: Part) -> bool:
    """Whether the rules still hold for it: a withdrawn claim stays as it was."""
    return type(owner) is not Claim or owner.withdrawn is None
