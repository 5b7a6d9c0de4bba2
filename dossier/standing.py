"""Views of what is supported, disputed and not known, and of what is on file about money, seen at a glance."""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.views import Link, View


@dataclass(slots=True, eq=False, repr=False)
class Item(View):
    """A claim, a question or an entry by name: what is said of it, and the claim that tells it otherwise."""

    link: Link
    says: str = ""
    other: Link | None = None


@dataclass(slots=True, eq=False, repr=False)
class Stand(View):
    """How many there are of something, the first of them, and where the rest is."""

    count: str
    items: tuple[Item, ...] = ()
    more: Link | None = None


@dataclass(slots=True, eq=False, repr=False)
class Side(View):
    """One column: its name, by which rule something stands in it, and what does."""

    heading: str
    means: str
    stands: tuple[Stand, ...]


@dataclass(slots=True, eq=False, repr=False)
class Standing(View):
    """What is supported, disputed and not known of one subject. `says` are lines about the whole, `words` leads to what
    the words mean."""

    sides: tuple[Side, ...]
    says: tuple[str, ...] = ()
    words: Link | None = None


@dataclass(slots=True, eq=False, repr=False)
class MoneyRow(View):
    """How many claims name an amount of one kind and currency, and between which."""

    kind: str
    means: str
    currency: str
    claims: str
    extent: str


@dataclass(slots=True, eq=False, repr=False)
class Month(View):
    """A bar of the picture of all dates: how many entries one month has, or a year of which no more is known."""

    x: str
    y: int
    width: str
    height: int
    shape: str


@dataclass(slots=True, eq=False, repr=False)
class Months(View):
    """Entries by month as a picture, with the years below it, and the same figures by year."""

    title: str
    says: str
    ticks: tuple[tuple[str, str], ...]
    bars: tuple[Month, ...]
    scale: str
    rows: tuple[tuple[Link, str], ...]
