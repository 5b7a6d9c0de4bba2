"""Relations whose period is over: said as computed from the dates that were typed, and no more than these say."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.dates import Edtf, Point, parse_edtf
from dossier.model import Claim
from dossier.plan.edition import Edition

RELATIONS = ("contract", "order", "subcontract", "service", "property-transaction", "subsidy")
"""Kinds of claim that tell of business."""
DAYS_OF_AN_ACT = 31
"""A span this short is when something was done, such as a sitting of two days; relations last longer."""


def end_of(edition: Edition, claim: Claim) -> Point | None:
    """The end of the period that a claim tells of, once it is past. None where none is known, and for an act."""
    when = claim.date
    if when is None or not when.interval or when.end is None or when.end.latest >= edition.today:
        return None
    if claim.kind not in RELATIONS or claim.mode == "denied" or claim.planned:
        return None
    is_act = when.start is not None and (when.end.latest - when.start.earliest).days <= DAYS_OF_AN_ACT
    return None if is_act else when.end


def said_of(edition: Edition, claim: Claim) -> str:
    """'period ended 2022', or '' where it has not, or nobody knows."""
    end = end_of(edition, claim)
    if end is None or claim.date is None:
        return ""
    when = _alone(claim.date)
    return edition.say("period ended %(date)s", date=edition.language.date(when), on_date=edition.language.on(when))


def all_ended(edition: Edition, claims: Iterable[Claim]) -> str:
    """One sentence where the period of every business relation among live claims is over; else ''."""
    told = [claim for claim in claims if claim.kind in RELATIONS and claim.mode != "denied" and not claim.withdrawn]
    ends = [(end.latest, claim.date) for claim in told if (end := end_of(edition, claim)) and claim.date]
    if not told or len(ends) < len(told):
        return ""
    last = _alone(max(ends, key=lambda each: each[0])[1])
    return edition.say(
        "The period of every business relation told here has ended (the last: %(date)s).",
        date=edition.language.date(last),
        on_date=edition.language.on(last),
    )


def _alone(when: Edtf) -> Edtf:
    """The end of a span as a date of its own."""
    return parse_edtf(when.text.partition("/")[2])
