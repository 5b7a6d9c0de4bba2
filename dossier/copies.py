"""What is known of the copies of sources: `data/snapshots.lock`, one line a copy and one line a quote sought in one.

The texts themselves are not published and not tracked (`.snapshots/`); their digests are, so that whoever holds a text
can show that it is the one a quote was found in. Copies of several days stay side by side: that is how a page that
changed is seen. `docs/evidence.md` describes the format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any, Literal, get_args

from dossier.document import Span
from dossier.frozen import dataclass, field
from dossier.problems import Problem
from dossier.quotes import digest
from dossier.shape import DAMAGED_LOCK

PATH = "data/snapshots.lock"
HEAD = "# dossier snapshots 1"
LARGEST = 20_000_000
"""Characters of a lock that are read: more than a hundred thousand lines."""

Via = Literal["live", "archive", "file"]
Kind = Literal["html", "pdf", "text"]
Sought = Literal["exact", "parts", "missing"]
Standing = Literal["verified", "drifted", "missing", "unsought", "no-copy"]


@dataclass(frozen=True, slots=True)
class Copy:
    """The text of a source's page as it was on a day: its SHA-256 in hex, whence it came and what it was made from."""

    source: str
    captured: date
    digest: str
    via: Via
    kind: Kind

    def __str__(self) -> str:
        return f"copy {self.source} {self.captured} {self.digest} {self.via} {self.kind}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of seeking a quote (named by `quotes.digest`) in the copy of that day. `parts`: the quote leaves words
    out and says so, and each of its parts was found. `directive` is the text fragment that leads to it, or ''."""

    source: str
    quote: str
    captured: date
    state: Sought
    directive: str = ""

    def __str__(self) -> str:
        return f"quote {self.source} {self.quote} {self.captured} {self.state} {self.directive or '-'}"


@dataclass(frozen=True, slots=True)
class State:
    """How a quote stands in the copies of its source, as of the newest one it was sought in.

    `verified` and `drifted` say in `found` the newest copy that has the words; `drifted` and `missing` in `missing` the
    newest that has them not; `unsought` in `copied` that there is a copy in which these words were not looked for.
    """

    kind: Standing
    found: date | None = None
    missing: date | None = None
    copied: date | None = None
    in_parts: bool = False
    directive: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """All copies by source, and all proofs by source and quote digest, oldest first. Never changed: `with_...` gives
    another."""

    copies: Mapping[str, tuple[Copy, ...]] = field(default_factory=dict)
    proofs: Mapping[tuple[str, str], tuple[Proof, ...]] = field(default_factory=dict)

    def of(self, source: str) -> tuple[Copy, ...]:
        return self.copies.get(source, ())

    def proof(self, source: str, quote: str) -> tuple[Proof, ...]:
        """One for each copy that the words `quote` were sought in."""
        return self.proofs.get((source, digest(quote)), ()) if source in self.copies else ()

    def with_copy(self, copy: Copy) -> Copies:
        """With this copy in the place of one of the same day; what was sought in another text is forgotten."""
        old = next((each for each in self.of(copy.source) if each.captured == copy.captured), None)
        copies = [each for each in chain.from_iterable(self.copies.values()) if each is not old]
        proofs = list(chain.from_iterable(self.proofs.values()))
        if old and old.digest != copy.digest:
            proofs = [each for each in proofs if (each.source, each.captured) != (copy.source, copy.captured)]
        return gathered([*copies, copy], proofs)

    def with_proofs(self, proofs: Iterable[Proof]) -> Copies:
        """With these proofs and no others."""
        return gathered(chain.from_iterable(self.copies.values()), proofs)


def gathered(copies: Iterable[Copy], proofs: Iterable[Proof]) -> Copies:
    """Copies and proofs on their shelves, in the order of their days."""
    by_source: dict[str, tuple[Copy, ...]] = {}
    for copy in sorted(copies, key=lambda each: (each.source, each.captured)):
        by_source[copy.source] = (*by_source.get(copy.source, ()), copy)
    by_quote: dict[tuple[str, str], tuple[Proof, ...]] = {}
    for proof in sorted(proofs, key=lambda each: (each.source, each.quote, each.captured)):
        key = proof.source, proof.quote
        by_quote[key] = (*by_quote.get(key, ()), proof)
    return Copies(by_source, by_quote)


def state_of(copies: Copies, source: str, quote: str) -> State:
    """How the words stand. A copy that is newer than the last one they were sought in says nothing yet."""
    held = copies.of(source)
    if not held:
        return State("no-copy")
    proofs = copies.proof(source, quote)
    if not proofs:
        return State("unsought", copied=held[-1].captured)
    newest = proofs[-1]
    has = next((each for each in reversed(proofs) if each.state != "missing"), None)
    if has is None:
        return State("missing", missing=newest.captured)
    lacks = newest.captured if newest is not has else None
    parts = has.state == "parts"
    return State("drifted" if lacks else "verified", has.captured, lacks, in_parts=parts, directive=has.directive)


def written(copies: Copies) -> str:
    """The lock as text: lines in the order of their characters, so that two branches seldom change the same place."""
    lines = map(str, chain(*copies.copies.values(), *copies.proofs.values()))
    return "\n".join([HEAD, *sorted(lines)]) + "\n"


def _day(word: str) -> bool:
    try:
        return date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda word: re.fullmatch(pattern, word) is not None


def _one_of(words: Any) -> tuple[str, Callable[[str], bool]]:
    """The words of a `Literal`."""
    known = get_args(words)
    return f"one of {', '.join(known)}", lambda word: word in known


_ID = ("the id of a source", _like(r"[a-z0-9-]{2,80}"))
_DATE = ("a day like 2026-11-23", _day)
# A directive becomes part of an address on a page: what RFC 3986 allows in a fragment, and nothing else.
_DIRECTIVE = ("a text fragment or '-'", _like(r"-|[A-Za-z0-9._~!$&'()*+,;=:@/?%-]{2,4000}"))
fits = _DIRECTIVE[1]
"""Whether a text fragment may stand in the lock."""
_TEXT = ("a SHA-256 of 64 hex digits", _like(r"[0-9a-f]{64}"))
_QUOTE = ("the 32 hex digits of a quote", _like(r"[0-9a-f]{32}"))
_SHAPES = {
    "copy": (_ID, _DATE, _TEXT, _one_of(Via), _one_of(Kind)),
    "quote": (_ID, _QUOTE, _DATE, _one_of(Sought), _DIRECTIVE),
}


def read_copies(text: str, path: str = PATH) -> tuple[Copies, list[Problem]]:
    """The lock from its text; '' is a dossier without copies. A line that cannot be read is a finding, and left out."""
    problems: list[Problem] = []

    def wrong(line: int, column: int, message: str) -> None:
        problems.append(DAMAGED_LOCK.at(Span(path, line, column), message))

    if not text:
        return Copies(), problems
    if len(text) > LARGEST:
        wrong(1, 1, f"the file has more than {LARGEST:,} characters")
        return Copies(), problems
    lines = text.split("\n")
    if lines[0] != HEAD:
        wrong(1, 1, f"the first line is not {HEAD!r}")
    copies: dict[tuple[str, date], Copy] = {}
    proofs: dict[tuple[str, str, date], tuple[int, Proof]] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line and number == len(lines):
            break
        words = line.split(" ")
        if fault := _fault(words):
            wrong(number, *fault)
        elif words[0] == "copy":
            copy = Copy(words[1], date.fromisoformat(words[2]), words[3], words[4], words[5])  # type: ignore[arg-type]
            if copies.setdefault((copy.source, copy.captured), copy) is not copy:
                wrong(number, 6, f"there is another line for the copy of {copy.source} of {copy.captured}")
        else:
            directive = "" if words[5] == "-" else words[5]
            proof = Proof(words[1], words[2], date.fromisoformat(words[3]), words[4], directive)  # type: ignore[arg-type]
            if proofs.setdefault((proof.source, proof.quote, proof.captured), (number, proof))[1] is not proof:
                wrong(number, 7, f"there is another line for this quote in the copy of {proof.source}")
    for key, (number, proof) in list(proofs.items()):
        if (proof.source, proof.captured) not in copies:
            wrong(number, 7, f"there is no copy of {proof.source} of {proof.captured} in which it could be sought")
            del proofs[key]
    return gathered(copies.values(), (proof for _, proof in proofs.values())), problems


def _fault(words: list[str]) -> tuple[int, str] | None:
    """The column and what is wrong there."""
    shape = _SHAPES.get(words[0])
    if shape is None:
        return 1, f"{words[0][:40]!r} begins no line of this file: 'copy' or 'quote' does"
    column = len(words[0]) + 2
    for word, (meant, fits) in zip(words[1:], shape, strict=False):
        if not fits(word):
            return column, f"{word[:80]!r} is not {meant}"
        column += len(word) + 1
    if len(words) != len(shape) + 1:
        return min(
            column, sum(map(len, words)) + len(words)
        ), f"a line that begins with {words[0]!r} has {len(shape)} words after it"
    return None
