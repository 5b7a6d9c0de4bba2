"""The four columns in which a subject stands: supported, on one origin, disputed, not known; and what they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dossier.plan.edition import Edition
from dossier.plan.vocabulary import _
from dossier.standing import Item, Side, Stand
from dossier.views import Link

MOST = 3
"""Claims, questions or companies that a column names; the rest are counted, with the way to them."""
COLUMN = {
    "supported": (
        _("On record, acknowledged or corroborated"),
        _("An official record is cited, the company says so itself, or two origins do. No verdict."),
    ),
    "single": (
        _("On one origin"),
        _("However often it is repeated; or none that could be traced. Neither confirmed nor refuted."),
    ),
    "disputed": (
        _("Disputed, or told in two ways"),
        _("By the company; or where claims here differ. Both sides stand."),
    ),
    "unknown": (
        _("Not known"),
        _("Left open, or looked for and not found. A limit of the search, not a finding."),
    ),
}
"""Each column with its rule."""
MEANS = {
    **COLUMN,
    "disputed": (_("Disputed"), _("The company’s reply contradicts it, and no official record is cited for it.")),
    "contradicted": (
        _("Told in two ways"),
        _("Claims that differ on a point. Both stand, each with its sources."),
    ),
    "amounts": (_("Amounts"), ""),
}
"""The parts of the overview, each with its rule."""
Named = Callable[[str], tuple[list[Item], str]]
"""The claims of a side that are named first, and where all of them stand."""


def sides(
    edition: Edition,
    numbers: dict[str, int],
    named: Named,
    otherwise: list[Stand],
    unknown: list[Stand],
) -> tuple[Side, ...]:
    """The four columns. `otherwise` is what stands under "disputed" beside the claims of that label."""

    def claims_of(side: str, said: str) -> list[Stand]:
        items, href = named(side)
        return stand(edition, said, items, numbers[side], href)

    def number(side: str) -> str:
        return edition.count("%(n)s claim", "%(n)s claims", numbers[side])

    by_company = edition.count("%(n)s disputed by the company", "%(n)s disputed by the company", numbers["disputed"])
    stands = {
        "supported": claims_of("supported", number("supported")),
        "single": claims_of("single", number("single")),
        "disputed": [*claims_of("disputed", by_company), *otherwise],
        "unknown": unknown,
    }
    return tuple(
        Side(
            edition.say(COLUMN[side][0]),
            edition.say(COLUMN[side][1]),
            tuple(found) or (Stand(edition.say("None on file")),),
        )
        for side, found in stands.items()
    )


def stand(edition: Edition, said: str, items: Sequence[Item], number: int, href: str, most: int = MOST) -> list[Stand]:
    """`said` with the first of `items`, of which there are `number` in all; nothing where nothing is said."""
    if not said or (number == 0 and href):
        return []
    shown = tuple(items[:most])
    left = number - len(shown)
    more = edition.count("and %(n)s more", "and %(n)s more", left) if shown else edition.say("All of them")
    return [Stand(said, shown, Link(more, href) if left > 0 and href else None)]


def on_record(edition: Edition, number: int) -> str:
    return edition.count(
        "%(n)s on record, disputed by the company all the same",
        "%(n)s on record, disputed by the company all the same",
        number,
    )


def differ(edition: Edition, number: int) -> str:
    return edition.count("%(n)s point told in two ways", "%(n)s points told in two ways", number)


def open_questions(edition: Edition, number: int) -> str:
    return edition.count("%(n)s open question", "%(n)s open questions", number)


def silent(edition: Edition, number: int) -> str:
    said = edition.count("%(n)s claim with no reply on file", "%(n)s claims with no reply on file", number)
    return said if number else ""


def quiet(edition: Edition, number: int) -> str:
    return edition.count("%(n)s company with no reply on file", "%(n)s companies with no reply on file", number)


def found_nothing(edition: Edition, number: int) -> str:
    return (
        edition.count("%(n)s search that found nothing", "%(n)s searches that found nothing", number) if number else ""
    )


def waiting(edition: Edition, number: int) -> str:
    return edition.count("%(n)s demand open", "%(n)s demands open", number)
