"""The page of what was said before: the days of changes, earlier wordings, the versions a page had."""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.views import Link, Note, View


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


@dataclass(slots=True, eq=False, repr=False)
class Alteration(View):
    """What changed in one key of a record: before and after, '' where nothing stood, with their language where that is
    not the page's; or what is said in place of both."""

    key: str
    before: str
    after: str
    lang: str = ""
    says: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Altered(View):
    """What became of one record on a day, and why."""

    kind: str
    title: str
    link: Link | None
    alterations: tuple[Alteration, ...] = ()
    reasons: tuple[Note, ...] = ()
    unexplained: str = ""
    last_words: str = ""


@dataclass(slots=True, eq=False, repr=False)
class PastDay(View):
    """A day of a history, with its permanent link: what became of records, then those that were new (without an address
    where they are gone since)."""

    day: str
    when: str
    as_of: str
    records: tuple[Altered, ...]
    new: tuple[Link, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Worded(View):
    """A wording, and from when until when it stood. `is_past` where another took its place."""

    anchor: str
    period: str
    text: str
    is_past: bool


@dataclass(slots=True, eq=False, repr=False)
class Wordings(View):
    """The wordings of one claim, oldest first, or why they are not shown."""

    anchor: str
    link: Link
    versions: tuple[Worded, ...]
    says: str = ""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class HistoryPage(Page):
    title: str
    trail: tuple[Link, ...]
    reach: str
    days: tuple[PastDay, ...]
    none: str
    wordings: tuple[Wordings, ...]
    versions: tuple[PastVersion, ...] = ()

    template = "pages/history.html"
