"""The versions that the page of a company had, and what has changed since each of them.

A version is found by its name in the past (`states.py`); what became of a record since is told of its changes from then
on: a claim that was reworded and has its old words again is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from dossier.frozen import dataclass, field
from dossier.history_page import Become, PastVersion
from dossier.model import Company
from dossier.past import TOLD, Change, State
from dossier.plan.edition import Edition
from dossier.plan.rewordings import MEANING, history_link, on
from dossier.views import Link

MOST_NAMED = 6
"""Records that are named of each sort; of the others it is told how many they are."""


def _(message: str) -> str:
    return message


def count(one: str, many: str) -> tuple[str, str]:
    return one, many


SORTS = {
    ("claims", "reworded"): (*count("%(n)s claim reworded", "%(n)s claims reworded"), _("Reworded")),
    ("claims", "new"): (*count("%(n)s new claim", "%(n)s new claims"), _("New")),
    ("claims", "withdrawn"): (*count("%(n)s claim withdrawn", "%(n)s claims withdrawn"), _("Withdrawn")),
    ("claims", "gone"): (*count("%(n)s claim removed", "%(n)s claims removed"), _("Removed")),
    ("claims", "other"): (
        *count("%(n)s claim changed in its sources or details", "%(n)s claims changed in their sources or details"),
        _("Sources or details changed"),
    ),
    ("claims", "checked"): (*count("%(n)s claim checked again", "%(n)s claims checked again"), _("Checked again")),
    ("responses", "new"): (*count("%(n)s new reply", "%(n)s new replies"), _("New reply")),
    ("responses", "other"): (*count("%(n)s reply changed", "%(n)s replies changed"), _("Reply changed")),
    ("responses", "gone"): (*count("%(n)s reply removed", "%(n)s replies removed"), _("Reply removed")),
    ("companies", "other"): (*count("the summary or the facts changed", "the summary or the facts changed"), ""),
    ("corrections", "new"): (*count("%(n)s correction or update", "%(n)s corrections or updates"), ""),
}
"""What can become of records since a version: how it is counted, and the word before their names, in this order."""
Sort = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Followed:
    """A record whose changes since a version are told: what it is called, where it stands, its changes."""

    link: Link
    changes: tuple[Change, ...]


@dataclass(slots=True)
class _Tally:
    """What has become of records since a state, going back from state to state: by sort, the numbers of records, those
    that changed last first."""

    code: str
    followed: Sequence[Followed]
    sorts: dict[Sort, dict[int, None]] = field(default_factory=lambda: {sort: {} for sort in SORTS})
    _sort_of: dict[int, Sort] = field(default_factory=dict)

    def back(self, number: int, begin: int) -> None:
        """Count a record's changes from its change `begin` on."""
        if (before := self._sort_of.pop(number, None)) is not None:
            del self.sorts[before][number]
        changes = self.followed[number].changes
        sort = changes[-1].collection, became(changes[begin:], self.code)
        if sort[0] in ("companies", "responses") and sort[1] not in ("new", "gone", ""):
            sort = sort[0], "other"
        if sort in self.sorts:
            self.sorts[sort][number] = None
            self._sort_of[number] = sort


def became(changes: Sequence[Change], code: str) -> str:
    """What these changes together made of a record, as readers of the language `code` see it: one of the words in
    `SORTS`, '' where it is as it was."""
    came, went = changes[0].deed in ("new", "known"), changes[-1].deed == "gone"
    if came or went:
        return "" if came and went else "new" if came else "gone"
    before: dict[tuple[str, str], str] = {}
    after: dict[tuple[str, str], str] = {}
    lists: set[tuple[str, str]] = set()
    for change in changes:
        for edit in change.edits:
            name = edit.key, edit.language
            before.setdefault(name, edit.before)
            after[name] = edit.after
            if TOLD in (edit.before, edit.after) or edit.before == edit.after:
                lists.add(name)  # of which nobody can say that they are as they were
    changed = lists | {name for name, text in before.items() if text != after[name]}
    if after.get(("withdrawn", "")) and ("withdrawn", "") in changed:
        return "withdrawn"
    if any(key in MEANING and language in ("", code) for key, language in changed):
        return "reworded"
    return "" if not changed else "checked" if {key for key, _ in changed} == {"verified"} else "other"


def version_link(edition: Edition, here: str, company: Company) -> Link:
    """The version of a company's page, with the way to what changes after it; without one where no history is."""
    name = edition.version_of(company)
    text = edition.say("Version %(version)s", version=name)
    return history_link(edition, here, company.id, text, anchor_of(name)) or Link(text, "")


def anchor_of(version: str) -> str:
    """Where the history of a company tells of a version."""
    return f"v-{version}"


def versions(
    edition: Edition, company: Company, followed: Sequence[Followed], days: Iterable[str]
) -> tuple[PastVersion, ...]:
    """Every version that the page had as far as is known, the latest first, and what it says now. `days` are those of
    which the history tells."""
    states, now = edition.register.past.states_of(company.id), edition.version_of(company)
    at = {state.commit: number for number, state in enumerate(states)}
    changed: dict[int, list[tuple[int, int]]] = {}
    for number, each in enumerate(followed):
        for begin, change in enumerate(each.changes):
            if change.commit in at:
                changed.setdefault(at[change.commit], []).append((number, begin))
    stood: dict[str, list[int]] = {}
    for number, state in enumerate(states):
        stood.setdefault(state.version, []).append(number)
    is_known = bool(states) and states[-1].version == now
    found: dict[str, PastVersion] = {}
    if not is_known:
        period = edition.say("What the page says now. It is not part of the known history yet.")
        found[now] = _version(edition, now, period, "", edition.say("It is what the page says now."))
    tally, told = _Tally(edition.code, followed), sorted(days)
    for number in range(len(states) - 1, -1, -1):
        day, _commit, name = states[number]
        if name and name not in found:
            period = _period(edition, states, stood[name])
            if name == now:
                found[name] = _version(edition, name, period, day, edition.say("It is what the page says now."))
            else:
                later = (
                    next((each for each in told if each >= states[number + 1].day), "") if states[number + 1 :] else ""
                )
                found[name] = _version(edition, name, period, day, _since(edition, tally, is_known))
                found[name].become = tuple(_become(edition, tally))
                found[name].onward = Link(edition.say("Changes since then, day by day"), f"#{later}") if later else None
        for record, begin in changed.get(number, ()):
            tally.back(record, begin)
    return tuple(found.values())


def _version(edition: Edition, name: str, period: str, day: str, since: str) -> PastVersion:
    when = on(edition, day) if day else ""
    arrived = (
        edition.say("You followed a link to version %(version)s of %(date)s.", version=name, date=when)
        if day
        else edition.say("You followed a link to version %(version)s.", version=name)
    )
    return PastVersion(anchor_of(name), edition.say("Version %(version)s", version=name), period, arrived, since)


def _period(edition: Edition, states: tuple[State, ...], numbers: list[int]) -> str:
    """From when until when a version stood; once more where it came back."""
    periods = []
    for number in numbers:
        start, end = states[number].day, states[number + 1].day if number + 1 < len(states) else ""
        if not number and edition.register.past.reach != "whole":
            message = _("%(start)s or earlier until %(end)s") if end else _("Since %(start)s or earlier")
        else:
            message = "%(start)s" if end == start else "%(start)s until %(end)s" if end else "Since %(date)s"
        first = on(edition, start)
        periods.append(edition.say(message, start=first, date=first, end=on(edition, end) if end else ""))
    return "; ".join(periods)


def _since(edition: Edition, tally: _Tally, is_known: bool) -> str:
    """What has changed since a version, counted."""
    counts = [
        edition.count(one, many, len(tally.sorts[sort]))
        for sort, (one, many, _word) in SORTS.items()
        if tally.sorts[sort]
    ]
    said = (
        edition.say("Since then: %(changes)s.", changes=", ".join(counts))
        if counts
        else edition.say("It has changed since, in ways that this page does not tell.")
        if is_known
        else ""
    )
    more = "" if is_known else edition.say("Later changes are not part of the known history yet.")
    return " ".join(filter(None, (said, more)))


def _become(edition: Edition, tally: _Tally) -> Iterator[Become]:
    """The records that are counted, by name."""
    for sort, (_one, _many, word) in SORTS.items():
        numbers = tally.sorts[sort]
        if word and numbers:
            left = len(numbers) - MOST_NAMED
            named = tuple(tally.followed[number].link for number in islice(numbers, MOST_NAMED))
            more = edition.count("and %(n)s more", "and %(n)s more", left) if left > 0 else ""
            yield Become(edition.say(word), named, more)
