"""Which claims name which company and which agency, as a table of both."""

from __future__ import annotations

from dossier.frozen import replace
from dossier.listing import CompanyRow, Matrix, MatrixRow, Named
from dossier.plan.companies import sort_key
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines
from dossier.plan.paging import letters
from dossier.plan.vocabulary import LABEL, LABEL_SAYS
from dossier.views import Label, Legend, Link

MOST_COMPANIES, MOST_AGENCIES = 40, 20
"""The most that a reader can find his way in."""


def matrix(edition: Edition, lines: Lines, here: str) -> Matrix | None:
    """Companies by the agencies that their claims name as the other side; None where no claim names one."""
    family = f"companies/{edition.code}"
    lengths = lines.lengths(family)
    if sum(lengths.values()) > MOST_COMPANIES:
        return _too_large(edition)
    told = [each for name in letters(lengths).values() for each in lines.of(name, here)]
    rows: list[tuple[bool, CompanyRow]] = [(apart, row) for apart, _, row in told if row.agencies]
    found = {each.key: each.link for _, row in rows for each in row.agencies}
    agencies = dict(sorted(found.items(), key=lambda each: (sort_key(each[1].text), each[0])))
    if not agencies:
        return None
    if len(agencies) > MOST_AGENCIES:
        return _too_large(edition)
    shapes = {label.shape for _, row in rows for each in row.agencies for label in each.labels}
    return Matrix(
        agencies=tuple(agencies.values()),
        columns=len(agencies) + 1,
        rows=tuple(_row(agencies, row) for apart, row in rows if not apart),
        apart=tuple(_row(agencies, row) for apart, row in rows if apart),
        legend=tuple(
            Legend(Label(edition.say(LABEL[shape]), shape), edition.say(LABEL_SAYS[shape]))
            for shape in LABEL
            if shape in shapes
        ),
    )


def _row(agencies: dict[str, Link], row: CompanyRow) -> MatrixRow:
    mine: dict[str, Named] = {}
    for each in row.agencies:
        # One label for all needs no number of its own.
        labels = each.labels if len(each.labels) > 1 else (Label(each.labels[0].word, each.labels[0].shape),)
        mine[each.key] = replace(each, labels=labels)
    return MatrixRow(row.link, tuple((link, mine.get(key)) for key, link in agencies.items()))


def _too_large(edition: Edition) -> Matrix:
    return Matrix(
        says=edition.say(
            "There are more companies or agencies than a table of both can show. The page of each agency lists the "
            "claims that name it, and the list of companies can be narrowed to an agency."
        )
    )
