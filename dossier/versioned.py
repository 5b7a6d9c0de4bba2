"""What the history of a company shows of each version its page had. Views, as `views.py` has them."""

from __future__ import annotations

from dataclasses import dataclass

from dossier.views import Link, View


@dataclass(slots=True, eq=False, repr=False)
class Become(View):
    """Records of which the same became since a version, by name (without an address where they are gone), and how many
    more there are."""

    what: str
    records: tuple[Link, ...]
    more: str = ""


@dataclass(slots=True, eq=False, repr=False)
class PastVersion(View):
    """A version, when it stood, and what has changed since. `arrived` is for who followed a link to it; `onward` leads
    to the first day on which something changed after it."""

    anchor: str
    name: str
    period: str
    arrived: str
    since: str
    become: tuple[Become, ...] = ()
    onward: Link | None = None
