"""What was said before: every change that is known of a record, oldest first, and the wordings that come of them.

A change is of records, not of lines. What stands in a record's key is told as text where readers want to see it before
and after; of other keys it is only told that they changed, and by how many items. Days are ISO 8601's, in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from dossier.frozen import dataclass, field

Reach = Literal["none", "part", "whole"]
Deed = Literal["new", "known", "changed", "gone"]
"""What a commit did to a record. `known` is the state in which a history that is known in part begins."""
TOLD = "…"
"""Stands for a text that is there, and not told."""
LISTED = "@"
"""Before a company's id: under this name stand the ids of its claims and replies that are gone."""
STATES = "#"
"""Before a company's id: under this name stand the states of its page."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One key of a record, in one language where it is a text: before and after ('' where there was none), or how many
    items were added and taken away."""

    key: str
    language: str = ""
    before: str = ""
    after: str = ""
    added: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit (12 digits of its id) did to a record. The edits of a `new` or `known` one have no before, those
    of a `gone` one no after."""

    day: str
    commit: str
    deed: Deed
    collection: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, and the day since which it stood; until which, '' where it stands still at the end of the history."""

    text: str
    since: str
    until: str = ""


class State(NamedTuple):
    """A version of a company's page, and the commit that brought it; '' where the company was taken away."""

    day: str
    commit: str
    version: str


@dataclass(frozen=True, slots=True)
class Past:
    """The history of a dossier up to the commit `head`. `begins` is the day of the oldest commit that is known; in a
    history that is known in part, what was there by then may be older. `told` has the changes of each record as
    JSON."""

    reach: Reach = "none"
    begins: str = ""
    head: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Change, ...]:
        """The changes of a record, oldest first."""
        told = self.told.get(name)
        return tuple(_change(each) for each in json.loads(told)) if told else ()

    def first(self, name: str) -> str:
        """The day on which a record was first committed; '' where that is not known."""
        changes = self.of(name)
        return changes[0].day if changes and changes[0].deed == "new" else ""

    def last(self, name: str) -> str:
        """The day of the last change that is known of a record; '' where none is."""
        changes = self.of(name)
        return changes[-1].day if changes and changes[-1].deed != "known" else ""

    def gone_of(self, company: str) -> tuple[str, ...]:
        """Ids of claims and replies of a company that were there and are no more."""
        return tuple(json.loads(self.told.get(LISTED + company, "[]")))

    def states_of(self, company: str) -> tuple[State, ...]:
        """What the page of a company was, oldest first: a state for each commit that changed what it says."""
        return tuple(State(*each) for each in json.loads(self.told.get(STATES + company, "[]")))


NO_PAST = Past()


def written(changes: list[Change]) -> str:
    """Changes of one record as `Past.told` has them."""
    rows = [(c.day, c.commit, c.deed, c.collection, [_row(edit) for edit in c.edits]) for c in changes]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def written_states(states: list[State]) -> str:
    """States of one company as `Past.told` has them."""
    return json.dumps(states, separators=(",", ":"))


def _row(edit: Edit) -> tuple[str | int, ...]:
    return edit.key, edit.language, edit.before, edit.after, edit.added, edit.removed


def _change(told: list) -> Change:  # type: ignore[type-arg]  # as JSON has it
    day, commit, deed, collection, edits = told
    return Change(day, commit, deed, collection, tuple(Edit(*each) for each in edits))


def wordings(changes: tuple[Change, ...], key: str, language: str) -> tuple[Wording, ...]:
    """What stood in a key in one language, oldest first. A text that was taken away ends the one before."""
    found: list[Wording] = []
    for change in changes:
        for edit in _edits_of(change, key, language):
            if found and not found[-1].until:
                found[-1] = Wording(found[-1].text, found[-1].since, change.day)
            if edit.after:
                found.append(Wording(edit.after, change.day))
    return tuple(found)


def outdated(changes: tuple[Change, ...], key: str, original: str, translation: str) -> str:
    """The day since which the text in the language `original` is newer than its translation, which was there already;
    '' where it is not. A translation that came with the change, or later, answers to it."""
    newer = max((change.day for change in changes for _ in _edits_of(change, key, original)), default="")
    mine = max((change.day for change in changes for _ in _edits_of(change, key, translation)), default="")
    return newer if mine and newer > mine else ""


def _edits_of(change: Change, key: str, language: str) -> Iterator[Edit]:
    return (edit for edit in change.edits if edit.key == key and edit.language == language)
