"""What PyYAML says of a text: its nodes with their places, or what is wrong with it, in words. Part of `load`.

Asked only for what `quick` leaves alone. PyYAML's C constructor kills the process on deep nesting and its resolvers
turn `NO` into False, so neither is used: nodes are built here from the C parser's flat stream of events, with depth,
size and number of nodes bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import yaml

from dossier.braces import braced
from dossier.document import Mapping, Node, Scalar, Sequence, Span
from dossier.frozen import dataclass
from dossier.guesses import ODD_KEY, guesses, reserved
from dossier.mend import LONGEST, Mend, in_quotes
from dossier.parse import MAX_DEPTH, MAX_VALUE, Refused, named
from dossier.patterns import regex
from dossier.problems import Problem
from dossier.sayings import saying
from dossier.shape import BEYOND_LIMITS, DOUBLED_KEY, HIDDEN_CHARACTER, NOT_PLAIN, NOT_TEXT, NOT_YAML
from dossier.values import HIDDEN

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_CUT_SHORT = regex(r"(?<=\S) +#(?=\w)")
"""A # with a blank before it and none after: in a plain value it is seldom meant as a comment."""
_KEY = regex(r"[A-Za-z_][A-Za-z0-9_-]*")
_MOST_GUESSES = 24
_MOST_LOOKS = 500
"""How often something odd that YAML allows is looked at, in one file."""
_LARGEST = 300_000
"""Characters of a text in which guesses are tried: each takes reading it again."""


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    start: tuple[int, int]
    entries: dict[str, Node] | None
    items: list[Node]
    keys: dict[str, tuple[int, int]]
    key: Scalar | None = None


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def judge(text: str, path: str, first_line: int, most: int) -> tuple[Node, list[Problem]]:
    """The node at the top of YAML `text`, of at most so many nodes, and findings that leave it readable."""
    shift = first_line - 1
    problems: list[Problem] = []
    stack: list[_Open] = []
    top: Node | None = None
    documents = nodes = 0

    def refuse(rule: Any, mark: Any, message: str, remedy: str = "") -> Refused:
        line, column = _place(mark)
        return Refused(rule.at(Span(path, line + shift, column), message, remedy))

    def refuse_mark(mark: Any, typed: str, called: str) -> Refused:
        plain = called == "an alias" or (kind is yaml.ScalarEvent and not event.style and event.value)
        text_meant = plain and typed[:2] not in ("<<", "!!")
        found = reserved(text.split("\n"), mark.line) if text_meant else None
        message = f"YAML takes '{typed[:40]}' for a mark of its own ({called}), not for text"
        return refuse(NOT_PLAIN, mark, message, found.remedy if found and found.column == mark.column + 1 else "")

    looks = iter(range(_MOST_LOOKS))
    lines: list[str] = []

    def odd(guess: Callable[[list[str], int, int], Mend | None], event: Any) -> Mend | None:
        mark = event.start_mark
        if next(looks, None) is None:
            return None
        lines[:] = lines or text.split("\n")
        return guess(lines, mark.line, mark.column) if len(lines[mark.line]) <= LONGEST else None

    def place(mark: Any) -> tuple[int, int]:
        return mark.line + 1 + shift, mark.column + 1

    cut_short = _cuts(text)
    loader = _Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent or kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                nodes += 1
                if event.anchor is not None:
                    raise refuse_mark(event.start_mark, f"&{event.anchor}", "an anchor")
                if event.tag is not None:
                    raise refuse_mark(event.start_mark, event.tag.replace("tag:yaml.org,2002:", "!!"), "a tag")
                if nodes > most:
                    raise refuse(BEYOND_LIMITS, event.start_mark, f"more than {most:,} values in one file")
            done: Node | None = None
            if kind is yaml.ScalarEvent:
                if len(event.value) > MAX_VALUE:
                    raise refuse(
                        BEYOND_LIMITS,
                        event.start_mark,
                        f"a value of {len(event.value):,} characters",
                        f"Shorten it: {MAX_VALUE:,} characters is the most a value may hold.",
                    )
                plain = not event.style
                done = Scalar(event.value, place(event.start_mark), place(event.end_mark), plain)
                if plain and cut_short and (event.end_mark.line, event.end_mark.column) in cut_short:
                    raise _refused(_cut_short(text, event), path, shift)
                if not plain and (hidden := HIDDEN.search(event.value)):
                    raise refuse(HIDDEN_CHARACTER, event.start_mark, f"an escape for {named(hidden[0])}")
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                opened: dict[str, Node] | None = {} if kind is yaml.MappingStartEvent else None
                if len(stack) >= MAX_DEPTH:
                    raise refuse(
                        BEYOND_LIMITS,
                        event.start_mark,
                        f"more than {MAX_DEPTH} levels deep",
                        "Bring the record closer to the margin: no record needs this many levels.",
                    )
                if stack and stack[-1].entries is not None and stack[-1].key is None:
                    raise refuse(
                        NOT_PLAIN,
                        event.start_mark,
                        "brackets stand where a key belongs",
                        "A key is one word followed by a colon; put text with brackets between quotation marks.",
                    )
                stack.append(_Open(place(event.start_mark), opened, [], {}))
                continue
            elif kind is yaml.MappingEndEvent:
                opening = stack.pop()
                done = Mapping(opening.entries or {}, opening.keys, opening.start, place(event.end_mark))
            elif kind is yaml.SequenceEndEvent:
                opening = stack.pop()
                done = Sequence(opening.items, opening.start, place(event.end_mark))
            elif kind is yaml.AliasEvent:
                raise refuse_mark(event.start_mark, f"*{event.anchor}", "an alias")
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise refuse(
                        NOT_PLAIN,
                        event.start_mark,
                        "a line of three hyphens begins a second file inside this one",
                        "Remove the line of three hyphens, or move what follows into a file of its own.",
                    )
                if event.version or event.tags:
                    raise refuse(
                        NOT_PLAIN,
                        event.start_mark,
                        "a line that begins with % is an instruction to YAML, not data",
                        "Remove it.",
                    )
                continue
            else:
                continue
            if not stack:
                top = done
                continue
            around = stack[-1]
            if around.entries is None:
                around.items.append(done)
            elif around.key is None:
                if not isinstance(done, Scalar):
                    raise refuse(NOT_PLAIN, event.start_mark, "brackets stand where a key belongs")
                if done.plain and done.text == "<<":
                    raise refuse_mark(event.start_mark, "<<", "a merge key")
                if done.plain and not _KEY.fullmatch(done.text) and (found := odd(_odd_key, event)):
                    raise _refused(found, path, shift)
                around.key = done
            else:
                key, around.key = around.key, None
                if done.start == key.end and (found := odd(_comma, event)):
                    raise _refused(found, path, shift)
                if key.text in around.entries:
                    first = around.keys[key.text]
                    problems.append(
                        DOUBLED_KEY.at(
                            Span(path, *key.start),
                            f"'{key.text[:60]}' stands twice",
                            also=[(Span(path, *first), "first here")],
                        )
                    )
                else:
                    around.entries[key.text] = done
                    around.keys[key.text] = key.start
    except yaml.MarkedYAMLError as error:
        raise _explained(error, path, shift, text) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Refused(NOT_YAML.at(Span(path), f"this file cannot be read as YAML: {error}".split("\n")[0])) from None
    finally:
        loader.dispose()
    if top is None:
        raise Refused(NOT_TEXT.at(Span(path), "the file is empty", "Write a record, or delete the file."))
    return top, problems


def _cuts(text: str) -> set[tuple[int, int]]:
    """Where a # may cut a value short: lines and columns from 0."""
    lines = enumerate(text.split("\n") if " #" in text else ())
    return {(number, found.start()) for number, line in lines if " #" in line for found in _CUT_SHORT.finditer(line)}


def _refused(mend: Mend, path: str, shift: int, also: Iterable[tuple[Span, str]] = ()) -> Refused:
    place = Span(path, mend.line + 1 + shift, mend.column)
    return Refused(NOT_YAML.at(place, mend.message, mend.remedy, also), mend)


def _odd_key(lines: list[str], at: int, column: int) -> Mend | None:
    """What was meant where something is a key that does not look like one."""
    return next(filter(None, (guess(lines, at) for guess in ODD_KEY)), None)


def _comma(lines: list[str], at: int, column: int) -> Mend | None:
    """What was meant where something between braces is a key without a colon, before this place."""
    found = braced(lines[at])
    if not found or found[0] > column:
        return None
    message = "a comma in this text ends it, and what follows is taken for a key"
    return Mend(at, found[0], message, "Put the text between quotation marks:", found[1])


def _cut_short(text: str, event: Any) -> Mend:
    """A value with a # in it, as it was probably meant."""
    end, lines = event.end_mark, text.split("\n")
    line = lines[end.line]
    message = "this # begins a comment, and cuts the value short"
    both = "Put the whole value between quotation marks (or, for a comment, a space after the #):"
    rest = line[end.column :].lstrip()
    column = len(line) - len(rest) + 1
    if not rest[1:2].isdigit() and " " not in event.value:
        return Mend(end.line, column, message, "Put a space after the # of a comment:", f"{line[:column]} {rest[1:]}")
    begun = event.start_mark.column
    value, comment = f"{line[begun:].rstrip()} ".partition(" # ")[::2]
    new = f"{line[:begun]}{in_quotes(value.rstrip())}{f' # {comment}'.rstrip() if comment else ''}"
    if event.start_mark.line != end.line or _stops_at("\n".join([*lines[: end.line], new])) is not None:
        return Mend(end.line, column, message, both.split(":")[0] + ".", "")
    return Mend(end.line, column, message, both, new, rest[1:2].isdigit())


def _stops_at(text: str) -> int | None:
    """The line, from 0, where PyYAML stops reading; None where it reads to the end."""
    loader = _Loader(text)
    try:
        while loader.check_event():
            loader.get_event()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return int(mark.line) if mark else 0
    except (yaml.YAMLError, ValueError):
        return 0
    finally:
        loader.dispose()
    return None


def _guessed(text: str, at: int, opened: int | None, ended: bool) -> Mend | None:
    """The guess with which the text reads on the farthest; of several, the first."""
    lines = text.split("\n")
    best, farthest = None, -1
    for mend in islice(guesses(lines, at, opened), _MOST_GUESSES):
        if not mend.new:
            return mend
        stop = _stops_at("\n".join(mend.applied(lines)))
        if stop is None:
            return mend
        # Lines that a mend adds must not count as progress.
        stop -= mend.new.count("\n")
        if stop > max(farthest, mend.line if ended else at):
            best, farthest = mend, stop
    return best


def _explained(error: yaml.MarkedYAMLError, path: str, shift: int, text: str) -> Refused:
    """What the parser met, in words. Where it met the end of the text, the beginning is to blame."""
    said = " ".join(filter(None, (error.problem, error.context)))
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return Refused(NOT_YAML.at(Span(path), *saying(said)))
    if len(text) <= _LARGEST:
        ended = "end of stream" in said or not text.rstrip().count("\n") >= mark.line
        if mend := _guessed(text, mark.line, opened.line if opened else None, ended):
            return _refused(mend, path, shift)
    if opened is not None and ("end of stream" in said or mark.line > text.rstrip().count("\n")):
        mark = opened
    also = []
    if opened is not None and opened is not mark and opened.line != mark.line:
        line, column = _place(opened)
        also.append((Span(path, line + shift, column), "in what begins here"))
    line, column = _place(mark)
    message, remedy = saying(said)
    return Refused(NOT_YAML.at(Span(path, line + shift, column), message, remedy, also))
