"""Lines: what a record hands to the lists of the site, as text that can be kept.

A list page prints lines and nothing else, so it stays as it is while no line of it changes. A line holds views; the
links in them are addresses from the root of the site until a page prints them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from dossier import listing, source_page, views, weak_points
from dossier.addresses import relative
from dossier.frozen import dataclass, fields, is_dataclass
from dossier.json_text import encoder
from dossier.shelf import note
from dossier.values import Html

Line = tuple[str, str, str]
"""A list's name, the place in it, and what stands there. Places sort as their bytes do."""

_VIEWS = {
    name: each
    for module in (listing, source_page, views, weak_points)
    for name, each in vars(module).items()
    if isinstance(each, type) and is_dataclass(each)
}


def _view(kind: type) -> Callable[[Any], Any]:
    """How a view of a kind is written: under the name of the kind, its fields in order."""
    names = [field.name for field in fields(kind)]
    held: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    if len(names) == 1:
        held = lambda view: (getattr(view, names[0]),)  # noqa: E731
    if any("Html" in field.type for field in fields(kind)):
        # To JSON markup is a text like any other; a page must know it from one.
        return lambda view: {kind.__name__: [{"html": each} if each.__class__ is Html else each for each in held(view)]}
    return lambda view: {kind.__name__: held(view)}


_WRITTEN = {each: _view(each) for each in _VIEWS.values() if fields(each)}
written = encoder(spaced=False, plain=lambda view: _WRITTEN[type(view)](view))
"""Views, texts, numbers and tuples of them, as JSON."""


def read(told: str, here: str) -> Any:
    """What `written` wrote, for the page at `here`. Raises `ValueError` or `TypeError` for what it never wrote."""
    return _viewed(json.loads(told), here)


def _viewed(value: Any, here: str) -> Any:
    if isinstance(value, list):
        return tuple([item if type(item) is str else _viewed(item, here) for item in value])
    if not isinstance(value, dict):
        return value
    ((name, held),) = value.items()
    if name == "html":
        return Html(held)
    if name == "Link":
        text, href, *rest = held
        return views.Link(text, href if ":" in href else relative(here, href), *rest)
    return _VIEWS[name](*[item if type(item) is str else _viewed(item, here) for item in held])


ROOT = "index.html"
"""Where lines are planned for: links from here are addresses from the root."""


def falling(day: date) -> str:
    """A place that puts later days first."""
    return f"{9_999_999 - day.toordinal():07}"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines handed in so far: those of a list in order, the lists whose names begin alike, with lengths, and the
    places of a list. Of some, after an edit, `kept` gives by list and path the file that was made of it and stands, and
    the places that have come (True) or gone since."""

    read: Callable[[str], Iterator[str]]
    lists: Callable[[str], dict[str, int]]
    stands: Callable[[str], Iterator[str]]
    kept: Callable[[str, str], tuple[bytes, Mapping[str, bool]] | None] = lambda name, path: None

    def of(self, name: str, here: str = ROOT) -> Iterator[Any]:
        """What stands in a list, for the page at `here`."""
        note("lines=" + name)
        return (read(told, here) for told in self.read(name))

    def texts(self, name: str) -> Iterator[str]:
        """What stands in a list that holds no views."""
        note("lines=" + name)
        return self.read(name)

    def places(self, name: str) -> Iterator[str]:
        """The places of a list, where these say all."""
        note("lines=" + name)
        return self.stands(name)

    def since(self, name: str, path: str) -> tuple[bytes, Mapping[str, bool]] | None:
        """The file at `path` that was made of a list's places, and which have come or gone since; None where it has to
        be made anew."""
        note("lines=" + name)
        return self.kept(name, path)

    def lengths(self, family: str) -> dict[str, int]:
        """How many lines each list of a family has: those whose names are the family's and one word more."""
        note("lists=" + family)
        return self.lists(family + "/")
