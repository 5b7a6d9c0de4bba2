"""A difference as a reviewer sees it: as text for a terminal, as Markdown for a comment, as JSON.

What records say was typed by strangers. In Markdown all of it stands in blocks or spans of code, in which no host makes
a link, a mention, an image or HTML of anything; a comment is never longer than hosts take.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from dossier.consequences import Consequence, Difference
from dossier.difference import ORDER, Edit, Grade, Revised
from dossier.frozen import asdict
from dossier.patterns import regex
from dossier.problems import Problem
from dossier.report import as_json as problems_as_json
from dossier.report import count, visible

LONGEST = 60_000
"""Characters of a comment; GitHub takes 65,536."""
_LONGEST_LINE = 600
_MOST_LINES = 40
_MOST = 50
"""Consequences and findings that are listed; the others are counted."""
_MOST_WORDS = 1_000
_SENTENCE = regex(r"(?<=[.!?:]) ")
_AROUND = 6
"""Words that are shown before and behind one that changed."""
_NAMED = {"responses": "replies", "content": "prose pages"}
_ONE = {
    "responses": "reply",
    "content": "prose page",
    "companies": "company",
    "agencies": "agency",
    "searches": "search",
}
_HAVE = {"unreadable": "set aside, since it cannot be read"}

Line = tuple[str, str]
"""'-' for what stood there, '+' for what stands there now, ' ' for the rest; and its words, safe to print."""


def as_text(difference: Difference, colour: bool = False) -> str:
    """The difference for a terminal."""
    lines = [visible(note) for note in difference.notes]
    lines += ["", _summary(difference), _pages(difference)]
    lines += _listed("What follows", [_told(each) for each in difference.consequences])
    rows = [f"  {name:<24} {before:>7,} -> {after:,}" for name, before, after in _changed_counts(difference)]
    lines += ["", "Counts", *rows] if rows else []
    for each in difference.records:
        lines += ["", _head(each), *(_painted(sign, words, colour) for sign, words in _lines(each))]
    lines += _listed(f"New: {count(difference.new)}", map(_finding, difference.new)) if difference.new else []
    lines += _listed(f"Mended: {count(difference.mended)}", map(_finding, difference.mended))
    return "\n".join(lines).lstrip("\n")


def as_markdown(difference: Difference) -> str:
    """The difference as a comment of at most `LONGEST` characters."""
    parts = ["### What changes in the dossier", *(_span(note, "") for note in difference.notes)]
    parts += [f"**{_summary(difference)}** {_pages(difference)}"]
    parts += _block("What follows", map(_told, difference.consequences))
    rows = [f"| {name} | {before:,} | {after:,} |" for name, before, after in _changed_counts(difference)]
    parts += ["\n".join(["| | before | after |", "|---|---:|---:|", *rows])] if rows else []
    parts += _block(f"New: {count(difference.new)}", map(_finding, difference.new)) if difference.new else []
    parts += _block(f"Mended: {count(difference.mended)}", map(_finding, difference.mended))
    room = LONGEST - sum(len(part) + 2 for part in parts) - 500
    shown = 0
    for each in difference.records:
        part = _record(each)
        room -= len(part) + 2
        if room < 0:
            break
        parts.append(part)
        shown += 1
    if left := difference.records[shown:]:
        kinds = Counter(_named(each.collection) for each in left)
        parts.append(f"and {len(left):,} more ({', '.join(f'{kind}: {number:,}' for kind, number in kinds.items())})")
    return "\n\n".join(filter(None, parts))


def as_json(difference: Difference) -> str:
    """All of the difference, for programs; findings are as in `check --format json`."""
    plain: dict[str, Any] = {
        "notes": difference.notes,
        "counts": {name: {"before": before, "after": after} for name, before, after in difference.counts},
        "records": [asdict(each) for each in difference.records],
        "consequences": [asdict(each) for each in difference.consequences],
        "pages": asdict(difference.pages) if difference.pages else None,
        "new": json.loads(problems_as_json(difference.new)),
        "mended": json.loads(problems_as_json(difference.mended)),
    }
    return json.dumps(plain, indent=2)


def _summary(difference: Difference) -> str:
    """`claims: 1 added, 2 changed; sources: 1 removed.`"""
    found: list[str] = []
    for collection in ORDER:
        deeds = Counter(each.deed for each in difference.records if each.collection == collection)
        told = ", ".join(f"{deeds[d]:,} {d}" for d in ("added", "changed", "removed", "unreadable") if deeds[d])
        found += [f"{_named(collection)}: {told}"] if told else []
    text = "; ".join(found) or "no record says anything else"
    return f"{text[0].upper()}{text[1:]}."


def _pages(difference: Difference) -> str:
    pages = difference.pages
    if pages is None:
        return "Pages are not counted: an error keeps one of the two sites from being built."
    kinds = (("new", pages.added), ("gone", pages.removed))
    told = ", ".join(f"{len(paths):,} {kind}" for kind, paths in kinds if paths)
    return f"{pages.count:,} {'page changes' if pages.count == 1 else 'pages change'}{f' ({told})' if told else ''}."


def _changed_counts(difference: Difference) -> Iterator[tuple[str, int, int]]:
    return (each for each in difference.counts if each[1] != each[2])


def _named(collection: str) -> str:
    return _NAMED.get(collection, collection)


def _one(collection: str) -> str:
    return _ONE.get(collection, collection.removesuffix("s"))


def _told(each: Consequence) -> str:
    """`s4 was removed, so c2: reported -> alleged, no origin left`."""
    old, new = each.before, each.after
    effects = [f"{_label(old)} -> {_label(new)}" if old.label != new.label else _label(new)]
    for noun, one, other in (("link", old.links, new.links), ("origin", old.origins, new.origins)):
        if one != other:
            effects.append(f"{noun}s {one} -> {other}" if other else f"no {noun} left")
    if old.replies != new.replies:
        replies = ["; ".join(side) or "none" for side in (old.replies, new.replies)]
        effects.append(f"reply: {replies[0]} -> {replies[1]}")
    deeds = {name: deed for name, deed in each.causes if name != each.claim}
    causes = [f"{name} {_HAVE.get(deed, f'was {deed}')}" for name, deed in [*deeds.items()][:5]]
    causes += [f"{len(deeds) - 5} more records changed"] if len(deeds) > 5 else []
    told = f"{each.claim}: {', '.join(effects)}"
    return f"{' and '.join(causes)}, so {told}" if causes else told


def _label(grade: Grade) -> str:
    return grade.label.replace("-", " ")


def _stands(grade: Grade) -> str:
    told = [_label(grade), _some(grade.links, "link"), _some(grade.origins, "origin")]
    return ", ".join([*told, *(f"reply {each}" for each in grade.replies)])


def _some(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _head(each: Revised) -> str:
    deed = _HAVE.get(each.deed, each.deed)
    return visible(f"{_one(each.collection)} {each.id or '(no id)'} {deed}  {each.place}")


def _lines(each: Revised) -> Iterator[Line]:
    """What is told of a record, bounded."""
    lines = [*_all_lines(each)]
    yield from ((sign, _cut(visible(words))) for sign, words in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield " ", f"… and {len(lines) - _MOST_LINES} more lines"


def _all_lines(each: Revised) -> Iterator[Line]:
    old, new = each.grades
    if each.deed != "added" and all(each.title not in (edit.before, edit.after) for edit in each.edits):
        yield ("-" if each.deed == "removed" else " "), each.title
    if old and new:
        yield " ", _stands(new) if old == new else f"{_stands(old)} -> {_stands(new)}"
    elif old or new:
        yield " ", _stands(new or old)  # type: ignore[arg-type]  # one of them is there
    for edit in each.edits:
        yield from _edit(edit)
    if each.deed == "changed" and not each.edits:
        yield " ", "only line breaks, or an order that says nothing"
    if each.reasons:
        yield " ", f"explained by {', '.join(each.reasons)}"


def _edit(edit: Edit) -> Iterator[Line]:
    name = f"{edit.key} ({edit.language})" if edit.language else edit.key
    before, after = edit.before, edit.after
    if before and after and " " in before + after:
        before, after = apart(before, after)
    if before:
        yield "-", f"{name}: {before}"
    if after:
        yield "+", f"{name}: {after}"


def apart(before: str, after: str) -> tuple[str, str]:
    """Two wordings with what only the first says between `[-` and `-]`, and what only the second says between `{+` and
    `+}`. Of words that both say, those farther away are left out."""
    old, new = before.split(" "), after.split(" ")
    around = _AROUND
    if max(len(old), len(new)) > _MOST_WORDS:  # a page: sentence by sentence, since time grows with the square
        old, new, around = _SENTENCE.split(before), _SENTENCE.split(after), 1
    head = _same(old, new)
    tail = min(_same(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    first, last = old[:head], old[len(old) - tail :]
    old, new = old[head : len(old) - tail][:_MOST_WORDS], new[head : len(new) - tail][:_MOST_WORDS]
    left = right = _nearby(first, 0, around)
    for kind, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            words = _nearby(old[start:end], around, around)
            left, right = left + words, right + words
        else:
            left = [*left, f"[-{' '.join(old[start:end])}-]"] if end > start else left
            right = [*right, f"{{+{' '.join(new[from_:to])}+}}"] if to > from_ else right
    words = _nearby(last, around, 0)
    return " ".join(left + words), " ".join(right + words)


def _same(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(old), len(new)))


def _nearby(words: list[str], head: int, tail: int) -> list[str]:
    """The words of a stretch that stand near a change: so many behind the one before, so many before the next."""
    return words if len(words) <= head + tail + 2 else [*words[:head], "…", *words[len(words) - tail :]]


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_LINE else f"{words[: _LONGEST_LINE - 1]}…"


def _finding(problem: Problem) -> str:
    return _cut(visible(f"{problem.span}: {problem.severity} {problem.rule.code} {problem.message}"))


def _painted(sign: str, words: str, colour: bool) -> str:
    line = f"  {sign} {words}"
    return f"\033[{31 if sign == '-' else 32}m{line}\033[0m" if colour and sign in "-+" else line


def _listed(heading: str, lines: Iterable[str]) -> list[str]:
    lines = [*lines]
    more = [f"  and {len(lines) - _MOST:,} more"] if len(lines) > _MOST else []
    return ["", heading, *(f"  {line}" for line in lines[:_MOST]), *more] if lines else []


# Markdown. The text of strangers goes through `_span` and `_fenced` and nowhere else.


def _block(heading: str, lines: Iterable[str]) -> list[str]:
    """A heading and lines, at most a quarter of a comment."""
    lines = [*lines]
    shown, room = list[str](), LONGEST // 4
    for line in lines[:_MOST]:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    more = f"\nand {len(lines) - len(shown):,} more" if len(lines) > len(shown) else ""
    return [f"#### {heading}", _fenced(shown, "text") + more] if lines else []


def _record(each: Revised) -> str:
    deed = _HAVE.get(each.deed, each.deed)
    head = f"**{_one(each.collection)}** {_span(each.id or '(no id)')} {deed} {_span(str(each.place))}"
    return f"{head}\n{_fenced([f'{sign} {words}' for sign, words in _lines(each)], 'diff')}"


def _fenced(lines: list[str], language: str) -> str:
    """Lines in a block of code, whose fence is longer than any that they hold."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def _span(text: str, mark: str = "`") -> str:
    """Words in a line of their own making: of strangers' (a path) as code, without what would end it."""
    return f"{mark}{visible(text).replace('`', 'ˋ')[:300]}{mark}"
