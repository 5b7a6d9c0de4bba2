"""Whether the words of a quote were found in a stored copy of their source, as pages say it."""

from __future__ import annotations

from datetime import date

from dossier.copies import State, state_of
from dossier.dates import parse_edtf
from dossier.plan.edition import Edition
from dossier.plan.vocabulary import VIA
from dossier.source_page import CopyRow


def state(edition: Edition, source: str, words: str) -> State:
    return state_of(edition.register.copies, source, words)


def _day(edition: Edition, when: date | None) -> str:
    return edition.language.date(parse_edtf(when.isoformat())) if when else ""


def proof(edition: Edition, found: State) -> str:
    """How a quote stands, in a sentence."""
    has, lacks = _day(edition, found.found), _day(edition, found.missing)
    if found.kind == "verified" and found.in_parts:
        return edition.say("Quote verified in parts: each was found in the copy of %(date)s.", date=has)
    if found.kind == "verified":
        return edition.say("Quote verified: found word for word in the copy of %(date)s.", date=has)
    if found.kind == "drifted":
        return edition.say(
            "Quote found in the copy of %(date)s, and no longer in that of %(later)s.",
            date=has,
            later=lacks,
        )
    if found.kind == "missing":
        return edition.say("Quote not verified: not found word for word in the copy of %(date)s.", date=lacks)
    if found.kind == "unsought":
        return edition.say(
            "Quote not verified: not yet looked for in the copy of %(date)s.", date=_day(edition, found.copied)
        )
    return edition.say("Quote not verified: no copy of the page is kept.")


def copies_of(edition: Edition, source: str, quotes: tuple[str, ...]) -> tuple[CopyRow, ...]:
    """The copies of a source, the newest first, each with how many of the quotes that were sought in it stand there."""
    copies = edition.register.copies
    rows = []
    for copy in reversed(copies.of(source)):
        proofs = [each for words in quotes for each in copies.proof(source, words) if each.captured == copy.captured]
        found = sum(each.state != "missing" for each in proofs)
        said = edition.say("%(found)s of %(sought)s quotes found", found=found, sought=len(proofs)) if proofs else ""
        rows.append(CopyRow(_day(edition, copy.captured), edition.say(VIA[copy.via]), copy.digest, said))
    return tuple(rows)
