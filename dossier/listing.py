"""Companies and agencies in tables: all of them, two side by side, and which claims name which."""

from __future__ import annotations

from dossier.frozen import dataclass
from dossier.pages import Page
from dossier.views import Label, Legend, Letter, Link, Row, View


@dataclass(slots=True, eq=False, repr=False)
class Named(View):
    """An agency that live claims of a company name: how many, the first of them, and how many have which label."""

    key: str
    link: Link
    count: str
    claims: Link
    labels: tuple[Label, ...]


@dataclass(slots=True, eq=False, repr=False)
class CompanyRow(View):
    """A company in the table. `place` is where it is run from, after its province or country, which a filter names;
    other pairs are a key for filters and the words. `claims`, `answered` and `first`, a year, are numbers to sort by.
    `said` is how many claims stand, or that none does."""

    anchor: str
    letter: str
    link: Link
    what: str
    also: str
    place: tuple[str, str]
    agencies: tuple[Named, ...]
    claims: int
    said: str
    labels: tuple[Label, ...]
    kinds: tuple[tuple[str, str], ...]
    first: int
    years: str
    years_note: str
    answered: int
    replies: tuple[tuple[str, Label], ...]


@dataclass(slots=True, eq=False, repr=False)
class Said(View):
    """A line of a cell: words, a link, a label before it, a remark after it. `below` are lines that belong to it."""

    text: str = ""
    link: Link | None = None
    label: Label | None = None
    remark: str = ""
    below: tuple[Said, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Glance(View):
    """A company in a column: what it is, and what is said of it under each heading."""

    anchor: str
    link: Link
    what: tuple[Said, ...]
    claims: tuple[Said, ...]
    labels: tuple[Said, ...]
    agencies: tuple[Said, ...]
    amounts: tuple[Said, ...]
    years: tuple[Said, ...]
    replies: tuple[Said, ...]
    unknown: tuple[Said, ...]


@dataclass(slots=True, eq=False, repr=False)
class Rule(View):
    """What counts: when a company is listed, words with a meaning of their own, and where the labels are explained."""

    inclusion: str
    definitions: tuple[tuple[str, str], ...]
    words: Link


@dataclass(slots=True, eq=False, repr=False)
class MatrixRow(View):
    """A company, and for each agency of the matrix what claims name both, None where none does."""

    company: Link
    cells: tuple[tuple[Link, Named | None], ...]


@dataclass(slots=True, eq=False, repr=False)
class Matrix(View):
    """Companies by agencies, in so many columns. `says` stands in its place where it is too large to be read."""

    agencies: tuple[Link, ...] = ()
    columns: int = 0
    rows: tuple[MatrixRow, ...] = ()
    apart: tuple[MatrixRow, ...] = ()
    legend: tuple[Legend, ...] = ()
    says: str = ""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CompaniesPage(Page):
    title: str
    lede: str
    trail: tuple[Link, ...]
    letters: tuple[Letter, ...]
    rows: tuple[CompanyRow, ...]
    apart: tuple[CompanyRow, ...]
    total: str
    rule: Rule
    compare: Link | None

    template = "pages/companies.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ComparePage(Page):
    title: str
    trail: tuple[Link, ...]
    lede: str
    companies: tuple[Glance, ...]
    rule: Rule

    template = "pages/compare.html"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class AgenciesPage(Page):
    title: str
    lede: str
    rows: tuple[Row, ...]
    matrix: Matrix | None

    template = "pages/agencies.html"
