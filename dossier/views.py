"""What pages are made of: links, citations, quotes, claims as printed.

Nothing here needs looking up, sorting or counting. Texts are in the page's language, numbers are words, links are
relative to the page. A `Words` is a text with its citations where they stand.
"""

from __future__ import annotations

from dossier.frozen import dataclass, fields
from dossier.values import Html


@dataclass(slots=True, eq=False, repr=False)
class View:
    """What every view is: the same as another that holds the same. Said once, since loading this module takes twice as
    long where Python writes it for each."""

    def __eq__(self, other: object) -> bool:
        names = [field.name for field in fields(self)]
        return type(self) is type(other) and all(getattr(self, name) == getattr(other, name) for name in names)

    def __repr__(self) -> str:
        held = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
        return f"{type(self).__name__}({held})"


@dataclass(slots=True, eq=False, repr=False)
class Link(View):
    """A link of the site itself, or of another where `href` has a scheme. `lang` is set where it leaves the page's
    language, `current` on the link to where the reader is."""

    text: str
    href: str
    lang: str = ""
    current: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Cite(View):
    """A citation as printed: the number of its reference, its own anchor, and where in the source to look."""

    number: int
    anchor: str
    locator: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Piece(View):
    """Markup and the citations that follow it."""

    html: Html
    cites: tuple[Cite, ...] = ()


Words = tuple[Piece, ...]


@dataclass(slots=True, eq=False, repr=False)
class Label(View):
    """A word in its frame. `shape` names the frame in CSS, `count` is what is printed beside it."""

    word: str
    shape: str
    count: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Quote(View):
    """Words of a source: with their quote marks, in their own language (`lang` where that is not the page's). `proof`
    says whether they were found in a stored copy."""

    text: str
    lang: str
    translation: str
    by: str
    href: str
    locator: str
    cite: Cite
    marks: tuple[str, ...] = ()
    intent: str = ""
    proof: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Note(View):
    """A remark on the evidence: what it is about, in bold, then the words."""

    about: str
    words: Words
    link: Link | None = None


@dataclass(slots=True, eq=False, repr=False)
class Descent(View):
    """A source on the way from an origin down to a link of the claim, what is said of it, and what rests on it. Without
    a link where the drawing ends."""

    link: Link | None
    says: str
    below: tuple[Descent, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class OriginLine(View):
    """One origin of a claim: its name, what kind it is, what is to be said of it, the links that lead to it straight,
    and the chains of those that do not. `href` is the page of its first text, where the claim does not cite that."""

    name: str
    href: str
    says: tuple[str, ...]
    through: tuple[Link, ...]
    chains: tuple[Descent, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Reply(View):
    """The company's side of a claim. `whole` leads to the reply in full; `opening` are its first words, with their
    language where it is not the page's, where nothing else stands for it here."""

    heading: str
    label: Label
    statement: Words
    quotes: tuple[Quote, ...]
    notes: tuple[Note, ...] = ()
    opening: str = ""
    opening_lang: str = ""
    whole: Link | None = None


@dataclass(slots=True, eq=False, repr=False)
class ClaimView(View):
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
    earlier: Link | None = None
    """To earlier wordings."""
    older: str = ""
    """That this is a translation of an earlier wording."""
    cite: Link | None = None
    """To where it is cited, embedded and corrected."""


@dataclass(slots=True, eq=False, repr=False)
class WholeReply(View):
    """A reply as it was received: its paragraphs, each in its lines, and the claims it answers."""

    id: str
    heading: str
    label: Label
    came: str
    lang: str
    paragraphs: tuple[tuple[str, ...], ...]
    claims: tuple[Link, ...]
    questions: Link | None


@dataclass(slots=True, eq=False, repr=False)
class Gone(View):
    """The notice of a claim that is gone, at the place of its old address: when, why, what stands in its place."""

    id: str
    when: str
    why: str
    instead: Link | None


@dataclass(slots=True, eq=False, repr=False)
class Fact(View):
    """A row of a facts table. `link` makes the words a link."""

    label: str
    words: Words
    link: Link | None = None


@dataclass(slots=True, eq=False, repr=False)
class AmountRow(View):
    money: str
    kind: str
    shape: str
    width: str
    says: str
    what: Link
    cites: tuple[Cite, ...]


@dataclass(slots=True, eq=False, repr=False)
class AmountTable(View):
    """Amounts of one currency, drawn to one scale."""

    caption: str
    rows: tuple[AmountRow, ...]


@dataclass(slots=True, eq=False, repr=False)
class Day(View):
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


@dataclass(slots=True, eq=False, repr=False)
class Days(View):
    """Dated entries of one year, or of none."""

    year: str
    days: tuple[Day, ...]


@dataclass(slots=True, eq=False, repr=False)
class StripMarks(View):
    """All marks of one shape, as one path: a month is one unit wide, a pixel one high. Marks that lie on each other are
    a dashed line."""

    shape: str
    path: str


@dataclass(slots=True, eq=False, repr=False)
class StripYear(View):
    x: str
    text: str


@dataclass(slots=True, eq=False, repr=False)
class Strip(View):
    """The timeline as a picture: marks above the line for what was done or reported, below for answers."""

    says: str
    years: tuple[StripYear, ...]
    marks: tuple[StripMarks, ...]
    months: int
    height: int
    line: int
    dashes: str


@dataclass(slots=True, eq=False, repr=False)
class Looked(View):
    """What was looked for: where, for what, when, and what came of it."""

    query: str
    where: str
    when: str
    result: str
    company: Link | None = None


@dataclass(slots=True, eq=False, repr=False)
class Back(View):
    letter: str
    anchor: str


@dataclass(slots=True, eq=False, repr=False)
class Reference(View):
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
    about: Link
    notes: tuple[str, ...]
    words: tuple[str, ...]
    backs: tuple[Back, ...]


@dataclass(slots=True, eq=False, repr=False)
class Row(View):
    """A row of a plain table: a linked head and cells of text."""

    head: Link
    cells: tuple[str, ...]
    label: Label | None = None


@dataclass(slots=True, eq=False, repr=False)
class Entry(View):
    """An entry of a register: a name, what it is, what is said beside it. `data` feeds the filters."""

    anchor: str
    letter: str
    link: Link
    lines: tuple[str, ...]
    labels: tuple[tuple[str, Label], ...]
    reply: str = ""
    kinds: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Letter(View):
    letter: str
    href: str


@dataclass(slots=True, eq=False, repr=False)
class Legend(View):
    label: Label
    says: str


@dataclass(slots=True, eq=False, repr=False)
class Step(View):
    when: str
    datetime: str
    status: str
    words: Words
    cites: tuple[Cite, ...]


@dataclass(slots=True, eq=False, repr=False)
class DemandView(View):
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


@dataclass(slots=True, eq=False, repr=False)
class Download(View):
    link: Link
    says: str
