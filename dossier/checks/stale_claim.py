"""What is said to be so now was looked at lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dossier.checks.parts import live_claims
from dossier.checks.words import WordList
from dossier.model import Claim
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W305",
    "stale-claim",
    "time",
    "warning",
    "A claim in the present tense, or whose date has an open end, was verified in the last 180 days.",
    "'Is a customer' may have been true last year; printed today, it says so of today. The present is told by a short "
    "list of verbs outside quotes: 'is', 'provides', 'holds' and their like; « fournit », « détient » in French where "
    "there is no English.",
    "Read the sources again, look for later news, and set `verified`; or put the statement in the past tense, with a "
    "date.",
)

DAYS = 180
PRESENT = {
    "en": WordList(
        "is are does do hold holds own owns provide provides supply supplies sell sells use uses operate operates "
        "offer offers run runs make makes employ employs serve serves work works remain remains continue "
        "continues plan plans manage manages lease leases"
    ),
    # Third persons that are no participles. « Est » alone also builds the past: « est devenu ».
    "fr": WordList(
        "sont fournit fournissent vend vendent détient détiennent possède possèdent utilise utilisent exploite "
        "exploitent offre offrent emploie emploient sert servent travaille travaillent demeure demeurent reste "
        "restent gère gèrent fabrique fabriquent prévoit prévoient loue louent est_un est_une est_le est_la "
        "est_en est_toujours est_l'un"
    ),
}


def is_present(claim: Claim) -> bool:
    """Whether the statement speaks of now. English decides where there is a version in it."""
    language = next((code for code in PRESENT if claim.statement.get(code)), None)
    words = claim.statement.get(language) or "" if language else ""
    return language is not None and any(True for _ in PRESENT[language].found_in(words))


def check(register: Register, today: date) -> Iterator[Problem]:
    since = today - timedelta(DAYS)
    for claim in live_claims(register):
        if claim.verified is not None and claim.verified.latest >= since:
            continue
        open_ended = claim.date is not None and claim.date.open_end
        if not (open_ended or is_present(claim)):
            continue
        tense = "has a date with an open end" if open_ended else "is in the present tense"
        if claim.verified is None:
            yield RULE.at(claim.place.span("id"), f"'{claim.id}' {tense} and was never verified")
        else:
            days = (today - claim.verified.latest).days
            yield RULE.at(
                claim.place.span("verified"),
                f"'{claim.id}' {tense} and was last verified on {claim.verified}, {days} days ago",
            )
