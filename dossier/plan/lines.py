"""Lines: what a record hands to the lists of the site, as text that can be kept.

A list page prints lines and nothing else, so it stays as it is while no line of it changes. A line holds views; the
links in them are addresses from the root of the site until a page prints them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from dossier import listing, views
from dossier.addresses import relative
from dossier.shelf import note
from dossier.values import Html

Line = tuple[str, str, str]
"""A list's name, the place in it, and what stands there. Places sort as their bytes do."""

_VIEWS = {
    name: each
    for module in (listing, views)
    for name, each in vars(module).items()
    if isinstance(each, type) and is_dataclass(each)
}
_FIELDS = {each: tuple(field.name for field in fields(each)) for each in _VIEWS.values()}


def written(value: Any) -> str:
    """Views, texts, numbers and tuples of them, as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Html):
        return {"html": str(value)}
    names = _FIELDS.get(type(value))
    return {type(value).__name__: [_plain(getattr(value, name)) for name in names]} if names else value


def read(told: str, here: str) -> Any:
    """What `written` wrote, for the page at `here`. Raises `ValueError` or `TypeError` for what it never wrote."""
    return _viewed(json.loads(told), here)


def _viewed(value: Any, here: str) -> Any:
    if isinstance(value, list):
        return tuple(_viewed(item, here) for item in value)
    if not isinstance(value, dict):
        return value
    ((name, held),) = value.items()
    if name == "html":
        return Html(held)
    if name == "Link":
        text, href, *rest = held
        return views.Link(text, href if ":" in href else relative(here, href), *rest)
    return _VIEWS[name](*(_viewed(item, here) for item in held))


ROOT = "index.html"
"""Where lines are planned for: links from here are addresses from the root."""


def falling(day: date) -> str:
    """A place that puts later days first."""
    return f"{9_999_999 - day.toordinal():07}"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines handed in so far: those of a list in order, and the lists whose names begin alike, with lengths."""

    read: Callable[[str], Iterator[str]]
    lists: Callable[[str], dict[str, int]]

    def of(self, name: str, here: str = ROOT) -> Iterator[Any]:
        """What stands in a list, for the page at `here`."""
        note("lines=" + name)
        return (read(told, here) for told in self.read(name))

    def texts(self, name: str) -> Iterator[str]:
        """What stands in a list that holds no views."""
        note("lines=" + name)
        return self.read(name)

    def lengths(self, family: str) -> dict[str, int]:
        """How many lines each list of a family has: those whose names are the family's and one word more."""
        note("lists=" + family)
        return self.lists(family + "/")
