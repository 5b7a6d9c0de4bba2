"""On which side of a dossier a claim stands: by its label, and by the claims that contradict it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dossier.model import Claim
from dossier.register import Register

SIDES = {
    "supported": ("on-record", "acknowledged", "corroborated"),
    "single": ("reported", "alleged"),
    "disputed": ("disputed",),
}
"""The labels of each side. Every claim that stands has one of them, so the sides add up to all claims."""
SIDE_OF = {label: side for side, labels in SIDES.items() for label in labels}


def pairs(register: Register, claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Claims that stand and contradict each other, each two once over the whole dossier: `claims` are all those of one
    company, and of two companies the claim whose id comes first has the pair."""
    met: set[frozenset[str]] = set()
    for claim in claims:
        for difference in () if claim.withdrawn else claim.differs_from:
            other = register.claims.get(difference.claim)
            if other is None or other.withdrawn or other.id == claim.id:
                continue
            both = frozenset((claim.id, other.id))
            told_there = other.company != claim.company and other.id < claim.id
            if both in met or (told_there and any(each.claim == claim.id for each in other.differs_from)):
                continue
            met.add(both)
            yield claim, other
