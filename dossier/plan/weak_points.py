"""The page on which the site lists its own weak points; a page a letter where one page would not hold them."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.addresses import relative
from dossier.pages import Page
from dossier.plan.counts import Counts
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines
from dossier.plan.parted import Parted
from dossier.views import Link, Row
from dossier.weak_points import WeakPart, WeakPointsPage, WeakRow

KINDS = ("falls", "copies", "quotes", "answers", "checks")
"""Lists of weak points, in the order of the page; each is also the anchor of its part."""
PARTED = Parted("weak-points", "weak", KINDS)


def weak_points_page(edition: Edition, lines: Lines, counts: Counts | None, name: str = "") -> Page:
    """All weak points with their numbers; or those of one letter: of sources by their publisher's name, of the others
    by that of their company. Where there are pages by letter, the first has the numbers alone."""
    pages = PARTED.pages(edition.register.languages, lines)
    path = PARTED.path(name)
    here = edition.path(*path)
    rows = _some(edition, lines, here, name) if name else {} if pages else _all(edition, lines, here)
    parts = tuple(_parts(edition, here, rows, counts))
    title = edition.say("Weak points")
    named = ", ".join(filter(None, (title, *name.split("/"))))
    by_letter, by_part = PARTED.ways(edition, name, pages)
    return WeakPointsPage(
        frame=edition.frame(*path, title=named),
        title=named,
        trail=(Link(title, relative(here, edition.path("weak-points"))),) if name else (),
        lede=edition.say(
            "Where this dossier is thin, by its own count. A weak point is no finding about a company: it says where "
            "another source, a copy, a check or an answer would help."
        ),
        contents=tuple(Row(Link(each.heading, f"#{each.anchor}"), (each.count,)) for each in parts if each.number),
        letters=by_letter,
        pages=by_part,
        parts=tuple(each for each in parts if each.number or each.rows),
    )


Rows = dict[str, tuple[WeakRow, ...]]


def _all(edition: Edition, lines: Lines, here: str) -> Rows:
    """What would lose most comes first; what would lose as much, and all the rest, in the alphabet."""
    found: Rows = {}
    for kind in KINDS:
        told = sorted(PARTED.all(edition, lines, here, kind), key=lambda each: (-each[0], -each[1]))
        found[kind] = tuple(row for _, _, row in told)
    return found


def _some(edition: Edition, lines: Lines, here: str, name: str) -> Rows:
    """The rows of a page of a letter, as they stand in the lists."""
    told = PARTED.of(edition, lines, here, name)
    return {kind: tuple(row for _, _, row in told.get(kind, ())) for kind in KINDS}


def _parts(edition: Edition, here: str, rows: Rows, counts: Counts | None) -> Iterator[WeakPart]:
    numbers = _numbers(edition, counts) if counts else dict.fromkeys(KINDS, ("", ""))
    yield WeakPart(
        "falls",
        edition.say("Claims that rest on one source"),
        *numbers["falls"],
        edition.say(
            "A source may be retracted, or found wrong, with all that rests on it. These claims would then have to be "
            "withdrawn, or would read otherwise. A source of another origin beside it mends that."
        ),
        rows.get("falls", ()),
    )
    if counts and (share := _share(edition, counts)):
        yield WeakPart(
            "shares",
            edition.say("Claims that cite one publisher"),
            *share,
            edition.say("The more claims cite one publisher, the more of them one mistake would reach."),
            link=Link(edition.say("Who carries the evidence"), relative(here, f"{edition.path('sources')}#shares_h")),
        )
    yield WeakPart(
        "copies",
        edition.say("Claims without an archived copy"),
        *numbers["copies"],
        edition.say(
            "Pages move, change and vanish. The words quoted here stay, but nobody could look them up where they stood."
        ),
        rows.get("copies", ()),
    )
    yield WeakPart(
        "quotes",
        edition.say("Quotes not verified"),
        *numbers["quotes"],
        edition.say(
            "A quote is verified when a stored copy of its page has it word for word. The others rest on the care of "
            "those who typed and read them."
        ),
        rows.get("quotes", ()),
    )
    yield WeakPart(
        "answers",
        edition.say("Questions without an answer"),
        *numbers["answers"],
        edition.say(
            "The editors asked the company, or a source says that it asked and had no answer. Silence says neither yes "
            "nor no; an answer is printed beside the claim whenever it comes."
        ),
        rows.get("answers", ()),
    )
    yield WeakPart(
        "checks",
        edition.say("Claims not checked lately"),
        *numbers["checks"],
        edition.say("What a source said then may have been corrected since, or be over."),
        rows.get("checks", ()),
    )


def _numbers(edition: Edition, counts: Counts) -> dict[str, tuple[str, str]]:
    """How many weak points of each kind there are: as a number, and in a sentence."""
    count, say = edition.count, edition.say
    lost, changed = len(counts.loses), len(counts.changes - counts.loses)
    falls = count(
        "%(n)s claim would lose its last origin if one source fell.",
        "%(n)s claims would lose their last origin if one source fell.",
        lost,
    )
    if changed:
        falls += " " + count("%(n)s more would get another label.", "%(n)s more would get another label.", changed)
    copies = count(
        "%(n)s claim cites no source with an archived copy.",
        "%(n)s claims cite no source with an archived copy.",
        counts.uncopied,
    )
    quotes = count(
        "%(n)s quote was not found in a stored copy of its page.",
        "%(n)s quotes were not found in a stored copy of their page.",
        counts.unproved,
    )
    if counts.in_vain:
        quotes += " " + count("%(n)s was looked for in vain.", "%(n)s were looked for in vain.", counts.in_vain)
    answers = count(
        "%(n)s question has no answer on file.", "%(n)s questions have no answer on file.", counts.unanswered
    )
    checks = count(
        "%(n)s claim was not checked in the last 180 days.",
        "%(n)s claims were not checked in the last 180 days.",
        counts.unchecked,
    )
    told = {
        "falls": (lost + changed, falls, say("No claim would fall with one source.")),
        "copies": (counts.uncopied, copies, say("Every claim cites a source with an archived copy.")),
        "quotes": (counts.unproved, quotes, say("Every quote was found in a stored copy of its page.")),
        "answers": (counts.unanswered, answers, say("No question is without an answer on file.")),
        "checks": (counts.unchecked, checks, say("Every claim was checked in the last 180 days.")),
    }
    return {kind: (edition.language.number(n), said if n else none) for kind, (n, said, none) in told.items()}


def _share(edition: Edition, counts: Counts) -> tuple[str, str] | None:
    """The publisher that most claims cite."""
    order = sorted(counts.makers, key=lambda key: (-counts.makers[key], edition.publisher_name(key)))
    for key in order[:1]:
        cited = edition.count("%(n)s claim", "%(n)s claims", counts.makers[key])
        said = edition.say(
            "The publisher cited most is %(publisher)s: %(claims)s of %(all)s.",
            publisher=edition.publisher_name(key),
            claims=cited,
            all=edition.language.number(counts.claims),
        )
        return edition.language.number(counts.makers[key]), said
    return None
