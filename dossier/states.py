"""The versions that the page of each company had, from commit to commit. Part of the past.

Worked out from the past alone, by the same digests that a build prints: what was printed then is found again.
"""

from __future__ import annotations

import json

from dossier.digests import COUNTED, digest, version
from dossier.past import State
from dossier.rewritten import Version


class States:
    """`found` has the states of each company, oldest first, as far as they were settled."""

    def __init__(self) -> None:
        self.found: dict[str, list[State]] = {}
        self._totals: dict[str, int] = {}
        self._digests: dict[str, int] = {}
        self._owners: dict[str, str] = {}
        self._corrections: dict[str, set[str]] = {}
        self._targets: dict[str, str] = {}
        self._there: set[str] = set()
        self._unsettled: set[str] = set()

    def take(self, name: str, new: Version | None) -> None:
        """Note that a record says something else, or (None) nothing more."""
        if name in self._digests:
            self._drop(name)
        if new and new.collection in COUNTED:
            self._put(name, new)

    def settle(self, day: str, commit: str) -> None:
        """Note the state of every company that was touched since the last time, as what this commit brought."""
        for company in self._unsettled:
            states = self.found.setdefault(company, [])
            stands = version(company, self._totals[company]) if company in self._there else ""
            if stands or states:
                states.append(State(day, commit, stands))
            else:
                del self.found[company]
        self._unsettled.clear()

    def _put(self, name: str, new: Version) -> None:
        self._digests[name] = digest(new.collection, name, new.keys)
        if new.collection == "corrections":
            target = self._targets[name] = _word(new.keys.get("target"))
            self._corrections.setdefault(target, set()).add(name)
            self._add(self._owners.get(target), self._digests[name])
            return
        if new.collection == "companies":
            self._there.add(name)
        owner = self._owners[name] = name if new.collection == "companies" else _word(new.keys.get("company"))
        for each in (name, *self._corrections.get(name, ())):
            self._add(owner, self._digests[each])

    def _drop(self, name: str) -> None:
        self._there.discard(name)
        if name in self._targets:
            target = self._targets.pop(name)
            self._corrections[target].discard(name)
            self._add(self._owners.get(target), -self._digests.pop(name))
            return
        owner = self._owners.pop(name)
        for each in (name, *self._corrections.get(name, ())):
            self._add(owner, -self._digests[each])
        del self._digests[name]

    def _add(self, company: str | None, amount: int) -> None:
        if company:
            self._totals[company] = self._totals.get(company, 0) + amount
            self._unsettled.add(company)


def _word(told: str | None) -> str:
    """The text of a key that holds a single value."""
    found = json.loads(told) if told else ""
    return found if isinstance(found, str) else ""
