"""Two states of a dossier, compared claim by claim rather than line by line: what a reviewer answers for.

Where a record stands, in which file, order or layout, makes no difference. What is compared is what the records say,
and what follows from it is in `consequences.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from dossier.dates import Edtf
from dossier.document import Span
from dossier.frozen import dataclass, fields, is_dataclass
from dossier.model import COLLECTIONS, Amount, Claim, Part
from dossier.pages import Page
from dossier.problems import Problem
from dossier.register import Register
from dossier.values import Prose, Text

Deed = Literal["added", "removed", "changed", "unreadable"]
"""What became of a record. `unreadable` is one that is still typed, and so typed that it had to be set aside."""

ORDER = (
    "claims", "sources", "responses", "demands", "events", "corrections", "companies", "agencies", "publishers",
    "searches", "tombstones", "content", "site",
)  # fmt: skip
"""Collections in the order a reviewer wants them."""


@dataclass(frozen=True, slots=True)
class Side:
    """One state of a dossier. `register` is None where there was none, `pages` by path where an error stands in their
    way."""

    register: Register | None
    problems: tuple[Problem, ...] = ()
    pages: Mapping[str, Page] | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One key of a record, or one item of a list: what stood there and what stands there now, '' for nothing.
    `language` is '' but for texts."""

    key: str
    language: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Grade:
    """How a claim stands: its label, how many sources support it, of how many origins, each reply in a word or two."""

    label: str
    links: int
    origins: int
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A record that is not what it was. `grades` of a claim are those before and after; `reasons` are ids of new
    corrections and tombstones that speak of it; `place` is where it stands now, or where it stood."""

    collection: str
    id: str
    deed: Deed
    title: str
    place: Span
    edits: tuple[Edit, ...] = ()
    grades: tuple[Grade | None, Grade | None] = (None, None)
    reasons: tuple[str, ...] = ()


def revised(before: Side, after: Side) -> tuple[Revised, ...]:
    """Every record that differs, by collection in `ORDER`, then by id."""
    both = _parts(before.register), _parts(after.register)
    found = []
    for key in both[0].keys() | both[1].keys():
        old, new = both[0].get(key), both[1].get(key)
        # A search has no id, most of the time: its key is all that it says.
        if old != new:
            found.append(_revised(key, old, new, before.register, after.register))
    return tuple(sorted(found, key=lambda each: (ORDER.index(each.collection), each.id, each.title)))


_Key = tuple[str, str, str]
"""Collection, id, and of what has no id all that it says."""


def _parts(register: Register | None) -> dict[_Key, Part]:
    if register is None:
        return {}
    found: dict[_Key, Part] = {}
    for collection in COLLECTIONS:
        if collection == "searches":
            for each in register.searches:
                found[collection, each.id or "", "" if each.id else said(each)] = each
        else:
            found |= {(collection, name, ""): part for name, part in getattr(register, collection).items()}
    pages = {("content", f"{page.name}.{page.language}", ""): page for page in register.content}
    return found | pages | {("site", "site", ""): register.site}


def _revised(key: _Key, old: Part | None, new: Part | None, before: Register | None, after: Register | None) -> Revised:
    collection, name, _ = key
    part = new or old
    assert part is not None
    deed: Deed = "changed" if old and new else "added" if new else "removed"
    if deed == "removed" and after is not None and name in after.lost:
        deed = "unreadable"
    register = after if new else before
    assert register is not None
    edits = tuple(edits_of(old, new)) if new else ()
    grades = graded(before, name), graded(after, name)
    return Revised(
        collection, name, deed, title_of(part, register.languages[0]), part.place.span(), edits,
        grades if isinstance(part, Claim) else (None, None), tuple(_reasons(name, before, after)),
    )  # fmt: skip


def graded(register: Register | None, claim: str) -> Grade | None:
    """How a claim stands; None where there is no such claim."""
    record = register.claims.get(claim) if register else None
    if register is None or record is None:
        return None
    standing = register.standing[claim]
    replies = (register.responses[reply] for reply in record.reply if reply in register.responses)
    words = tuple(f"{r.status}, {r.position}" if r.position != "none" else r.status for r in replies)
    return Grade(standing.label, standing.links, len(standing.origins), words)


def _reasons(name: str, before: Register | None, after: Register | None) -> Iterator[str]:
    if after is None or not name:
        return
    known = before.corrections if before else {}
    yield from (each.id for each in after.corrections.values() if each.target == name and each.id not in known)
    if name in after.tombstones and not (before and name in before.tombstones):
        yield name


def title_of(part: Part, language: str) -> str:
    """What a record is called or says, in its first words."""
    for key in ("statement", "title", "name", "text", "result", "query", "reason", "target"):
        value = getattr(part, key, None)
        if isinstance(value, Text | Prose):
            value = value.text if isinstance(value, Prose) else value
            value = value.get(language) or next((words for _, words in value), "")
        if value:
            return _line(str(value))
    return str(getattr(part, "status", ""))


def edits_of(old: Part | None, new: Part) -> Iterator[Edit]:
    """Every key that says something else; of a record that is new, every key that it has."""
    for each in fields(new):
        one, other = getattr(old, each.name, None), getattr(new, each.name)
        if one == other or not each.compare or each.name == "id" or (not old and other == each.default):
            continue
        if isinstance(one, Text | Prose) or isinstance(other, Text | Prose):
            texts = _texts(one), _texts(other)
            for code in dict.fromkeys((*texts[0], *texts[1])):
                if texts[0].get(code) != texts[1].get(code):
                    yield Edit(each.name, code, texts[0].get(code, ""), texts[1].get(code, ""))
        elif isinstance(one, tuple) or isinstance(other, tuple):
            yield from _items(each.name, one or (), other or ())
        else:
            yield Edit(each.name, "", said(one), said(other))


def _texts(value: Text | Prose | None) -> dict[str, str]:
    if value is None:
        return {}
    return {code: _line(words) for code, words in (value.text if isinstance(value, Prose) else value)}


def _items(key: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Edit]:
    """Items that came and went. Two that name the same record (citations of one source) are one that changed."""
    gone, come = [said(each) for each in _left(old, new)], [said(each) for each in _left(new, old)]
    if not gone and not come:
        yield Edit(key, "", "; ".join(map(said, old)), "; ".join(map(said, new)))  # another order
        return
    for text in gone:
        partner = next((other for other in come if ": " in other and other.split(",")[0] == text.split(",")[0]), "")
        if partner:
            come.remove(partner)
        yield Edit(key, "", text, partner)
    yield from (Edit(key, "", "", text) for text in come)


def _left(items: tuple[Any, ...], others: tuple[Any, ...]) -> list[Any]:
    """The items that the others do not hold, each as often as it is missing there."""
    left = [*others]
    found = []
    for each in items:
        if each in left:
            left.remove(each)
        else:
            found.append(each)
    return found


def _line(words: str) -> str:
    """Words in one line. A space that does not break is another character than one that does, and stays."""
    return re.sub(r"[ \t\r\n]+", " ", words).strip()


def said(value: Any) -> str:
    """A value in a line: `source: quack, quote: fed the ducks`; '' where there is none."""
    if value is None or value == ():
        return ""
    if isinstance(value, Edtf):
        return value.text
    if isinstance(value, Amount):
        return f"{'about ' if value.approximate else ''}{value.value} {value.currency}, {value.kind}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Prose):
        value = value.text
    if isinstance(value, Text):
        return " / ".join(_line(words) for _, words in value)
    if isinstance(value, tuple):
        return ", ".join(map(said, value))
    if is_dataclass(value):
        pairs = ((each.name, getattr(value, each.name), each.default) for each in fields(value))
        told = (f"{key}: {said(one)}" for key, one, default in pairs if key != "place" and one != default)
        return ", ".join(text for text in told if not text.endswith(": "))
    return _line(str(value))


def findings(before: Side, after: Side) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The findings that are new, and those that are mended. The line a finding stands in is no part of it."""
    return _more(after.problems, before.problems), _more(before.problems, after.problems)


def _more(problems: tuple[Problem, ...], others: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems that the others do not have. Of several with the same words those in the same file are the same."""
    near = Counter((each.rule.code, each.severity, each.message, each.span.file) for each in others)
    left = []
    for each in problems:
        key = (each.rule.code, each.severity, each.message, each.span.file)
        if near[key] > 0:
            near[key] -= 1
        else:
            left.append(each)
    far: Counter[tuple[str, str, str]] = Counter()
    for (code, severity, message, _), number in near.items():
        far[code, severity, message] += number
    found = []
    for each in left:
        words = (each.rule.code, each.severity, each.message)
        if far[words] > 0:
            far[words] -= 1
        else:
            found.append(each)
    return tuple(found)
