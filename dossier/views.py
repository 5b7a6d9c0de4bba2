"""What pages are made of: links, citations, quotes, claims as printed.

Nothing here needs looking up, sorting or counting. Texts are in the page's language, numbers are words, links are
relative to the page. A `Words` is a text with its citations where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from dossier.values import Html


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the site itself, or of another where `href` has a scheme. `lang` is set where it leaves the page's
    language, `current` on the link to where the reader is."""

    text: str
    href: str
    lang: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation as printed: the number of its reference, its own anchor, and where in the source to look."""

    number: int
    anchor: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Markup and the citations that follow it."""

    html: Html
    cites: tuple[Cite, ...] = ()


Words = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A word in its frame. `shape` names the frame in CSS, `count` is what is printed beside it."""

    word: str
    shape: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source: with their quote marks, in their own language (`lang` where that is not the page's)."""

    text: str
    lang: str
    translation: str
    by: str
    href: str
    cite_href: str
    locator: str
    cite: Cite
    marks: tuple[str, ...] = ()
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on the evidence: what it is about, in bold, then the words."""

    about: str
    words: Words
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where information came from, as a tree: a source's title as a link, its publisher and date, what rests on it."""

    text: str
    link: Link | None
    here: bool
    below: tuple[Lineage, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginLine:
    """One origin of a claim: its name, what kind it is, and the links that lead to it."""

    name: str
    kind: str
    through: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The company's side of a claim."""

    heading: str
    label: Label
    statement: Words
    quotes: tuple[Quote, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim and its replies. `why` says how the label comes about."""

    id: str
    heading: str
    kind: str
    label: Label
    mode: str
    why: str
    origins: tuple[OriginLine, ...]
    unknown_lineage: str
    statement: str
    statement_lang: str
    amount: tuple[str, str] | None
    withdrawn: bool
    quotes: tuple[Quote, ...]
    notes: tuple[Note, ...]
    replies: tuple[Reply, ...]
    no_reply: str
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a facts table. `link` makes the words a link."""

    label: str
    words: Words
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class AmountRow:
    money: str
    kind: str
    shape: str
    width: str
    says: str
    what: Link
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class AmountTable:
    """Amounts of one currency, drawn to one scale."""

    caption: str
    rows: tuple[AmountRow, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A dated entry. `answer` sets it on the company's side."""

    when: str
    datetime: str
    kind: str
    group: str
    title: str
    link: Link | None
    words: Words = ()
    cites: tuple[Cite, ...] = ()
    quotes: tuple[Quote, ...] = ()
    answer: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """Dated entries of one year, or of none."""

    year: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class StripMark:
    x: str
    y: int
    width: str
    shape: str


@dataclass(frozen=True, slots=True)
class StripYear:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The timeline as a picture: marks above the line for what was done or reported, below for answers."""

    says: str
    years: tuple[StripYear, ...]
    marks: tuple[StripMark, ...]
    height: int
    line: int
    mark: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked for: where, for what, when, and what came of it."""

    query: str
    where: str
    when: str
    result: str
    company: Link | None = None


@dataclass(frozen=True, slots=True)
class Back:
    letter: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as a note prints it. `place` is role, language, part read, day read; `state` an honest mark; `words`
    are those relied on where the page had no room to print them."""

    number: int
    author: str
    title: str
    title_lang: str
    published: str
    struck: bool
    place: str
    state: str
    live: Link | None
    archives: tuple[Link, ...]
    no_archive: str
    look: str
    about: Link
    notes: tuple[str, ...]
    words: tuple[str, ...]
    backs: tuple[Back, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a plain table: a linked head and cells of text."""

    head: Link
    cells: tuple[str, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a register: a name, what it is, what is said beside it. `data` feeds the filters."""

    anchor: str
    letter: str
    link: Link
    lines: tuple[str, ...]
    labels: tuple[tuple[str, Label], ...]
    reply: str = ""
    kinds: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    letter: str
    href: str


@dataclass(frozen=True, slots=True)
class Legend:
    label: Label
    says: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    link: Link
    publisher: str
    when: str
    role: str
    cited: str


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the evidence one publisher carries."""

    name: str
    sources: str
    claims: str
    width: str
    disclosure: str


@dataclass(frozen=True, slots=True)
class CitedBy:
    what: Link
    kind: str
    quotes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Fall:
    what: Link
    with_it: str
    without: str
    then: str


@dataclass(frozen=True, slots=True)
class Step:
    when: str
    datetime: str
    status: str
    words: Words
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class DemandView:
    id: str
    heading: str
    asked_by: str
    label: Label
    text: str
    quotes: tuple[Quote, ...]
    answers: tuple[Reply, ...]
    no_answer: str
    history: tuple[Step, ...]
    addressed: Link


@dataclass(frozen=True, slots=True)
class Download:
    link: Link
    says: str
