"""The origins of a claim, as "Why?" shows them: each with the links that lead to it, and over which other sources."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.model import Source
from dossier.plan.edition import Edition
from dossier.plan.notes import Notes
from dossier.register import UNKNOWN, Origin, Standing
from dossier.views import Descent, Link, OriginLine

DEEPEST = 8
"""Sources drawn below one another; what lies further down is named beside the chain."""
MOST_STEPS = 40
"""Sources drawn in the chains of one origin."""
MOST_ABOVE = 200
"""Sources looked through above one link: no honest lineage has more."""


def origin_lines(edition: Edition, notes: Notes, standing: Standing) -> tuple[OriginLine, ...]:
    """Each origin with the links that lead to it: in one line where they rest on it straight, as a chain from its first
    text down where they rest on what others made of it."""
    return tuple([_line(edition, notes, origin) for origin in standing.origins])


def _line(edition: Edition, notes: Notes, origin: Origin) -> OriginLine:
    register = edition.register
    below = _below(register.sources, origin)
    deep = [end for end in origin.first if any(child in below for child in below.get(end, ()))]
    drawing = _Drawing(edition, notes, origin, below)
    # One first text that the claim does not cite needs no line of its own: it is what the origin is known by.
    only = origin.first[0] if len(origin.first) == 1 and origin.first[0] not in origin.through else ""
    chains = drawing.below(only) if only and deep else tuple([drawing.descent(end) for end in deep])
    beside = [source for source in origin.through if source not in drawing.shown]
    known = origin.key.removesuffix("/record")
    return OriginLine(
        edition.publisher_name(known) if known in register.publishers else origin.name,
        edition.source_href(notes.here, only) if only else "",
        tuple(_said(edition, origin, only)),
        tuple([drawing.link(source) for source in beside]),
        chains,
    )


def _said(edition: Edition, origin: Origin, only: str) -> list[str]:
    """What kind of origin it is, and why links or publishers that look like several are one."""
    kinds = {
        "record": edition.say("official record"),
        "reporting": edition.say("own reporting"),
        "statement": edition.say("statement"),
        "other": "",
    }
    said = [kinds[origin.kind]]
    if only and edition.register.sources[only].read == "none":
        said.append(edition.say("original, not read"))
    if origin.kind == "record" and len(origin.through) > 1:
        said.append(edition.say("one register is one origin"))
    makers = dict.fromkeys(_maker(edition, edition.register.sources[source]) for source in origin.first)
    if len(makers) > 1:
        said.append(edition.say("one owner: %(owner)s", owner=_owner(edition, next(iter(makers)))))
    return [each for each in said if each]


def _maker(edition: Edition, source: Source) -> str:
    """Who is counted for a source at the end of a lineage: the news agency, or whose work it is. One word for each."""
    name = source.publisher_of_record or source.publisher
    if source.wire and source.wire != UNKNOWN:
        name = source.wire
    publisher = edition.register.publisher(name)
    return publisher.id if publisher else name.casefold()


def _owner(edition: Edition, name: str) -> str:
    """The name at the end of the chain of owners; of owners in a circle, the last before it closes."""
    register = edition.register
    met = {name}
    while (publisher := register.publisher(name)) and publisher.owner:
        found = register.publisher(publisher.owner)
        owner = found.id if found else publisher.owner
        if owner in met:
            break
        met.add(owner)
        name = owner
    company = register.companies.get(name)
    return company.name if company else edition.publisher_name(name)


def _below(sources: Mapping[str, Source], origin: Origin) -> dict[str, list[str]]:
    """What rests on what, on all ways from the links of an origin up to its first texts. A text is followed no further
    up once it counts as a first one."""
    below: dict[str, list[str]] = {}
    for link in origin.through:
        left = [link] if link not in origin.first else []
        met = {*left}
        for each in left:
            record = sources.get(each)
            # What was retracted leads nowhere: links are not counted through it.
            if record is None or record.availability == "retracted" or len(left) > MOST_ABOVE:
                continue
            for parent in record.derived_from:
                if parent == UNKNOWN or parent not in sources:
                    continue
                children = below.setdefault(parent, [])
                if each not in children:
                    children.append(each)
                if parent not in met:
                    met.add(parent)
                    left.append(parent)
    return below


class _Drawing:
    """The chains of one origin. Where ways meet again, the source is named again, but not what rests on it."""

    def __init__(self, edition: Edition, notes: Notes, origin: Origin, below: Mapping[str, list[str]]) -> None:
        self._edition, self._notes, self._origin, self._below = edition, notes, origin, below
        self._steps = 0
        self.shown: set[str] = set()

    def link(self, source: str) -> Link:
        record = self._edition.register.sources[source]
        return Link(self._notes.dated(record), self._edition.source_href(self._notes.here, source))

    def descent(self, at: str, depth: int = 1) -> Descent:
        again = at in self.shown
        self.shown.add(at)
        self._steps += 1
        return Descent(self.link(at), self._says(at), () if again else self.below(at, depth))

    def below(self, at: str, depth: int = 0) -> tuple[Descent, ...]:
        """What rests on a source, each with what rests on that."""
        found: list[Descent] = []
        for child in self._below.get(at, ()):
            if depth == DEEPEST or self._steps >= MOST_STEPS:
                found.append(Descent(None, self._edition.say("The rest is on the page of each source.")))
                break
            found.append(self.descent(child, depth + 1))
        return tuple(found)

    def _says(self, at: str) -> str:
        """A word on a source that the claim does not cite itself."""
        if at in self._origin.through:
            return ""
        if self._edition.register.sources[at].read == "none":
            return self._edition.say("original, not read")
        return self._edition.say("not cited here")
