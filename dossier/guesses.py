"""The slips people make in YAML, seen in the text itself. Part of `load`.

PyYAML names the place where it gave up, seldom that of the slip. Here are guesses, the likelier first; `judge`
takes the one with which the text reads on. Nothing here reads YAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dossier.braces import brackets
from dossier.mend import LONGEST, QUOTED, Mend, in_quotes, known_keys, pair_in
from dossier.patterns import regex

BLANKS = "\u00a0\u2007\u202f\u3000"
"""Blanks that look like a space and are none to YAML."""
FAR = 400
"""Lines above an error in which an open quotation mark is looked for."""

_STUCK = regex(r"(?P<lead> *(?:- +)*)(?P<key>[a-z_]{2,40}):(?P<value>(?!//)[^\s:].*)")
_DASH = regex(r"(?P<lead> *)(?P<dash>[-–—−‒―•*])(?P<gap> *)(?P<value>[A-Za-z_{\[\"'].*)")
_BARE = regex(r"(?P<lead> *(?:- +)*)(?P<key>[a-z_]{2,40}) +(?P<value>[^\s:].*)")
_CONFLICT = regex(r"<{7}( |$)|={7}$|>{7}( |$)|\|{7}( |$)")
_BLANK_INDENT = regex(rf" *[{BLANKS}][ {BLANKS}]*(?=\S)")
_BLANK_COLON = regex(rf"(?P<lead> *(?:- +)*[A-Za-z_][\w-]*)[ {BLANKS}]*:[ {BLANKS}]*(?=\S)")
_CURLY = regex(r"[“”„]([^“”„\"]+)[“”\"]|[‘’]([^‘’\"]+)[‘’]")
_INNER_COLON = regex(r":(?= |$)")
_NEXT_KEY = regex(r" (?P<key>[a-z_]{2,40}): ")
_STUCK_FLOW = regex(r"(?<=[{,])( *[a-z_]{2,40}):(?=[^\s/:,}])")
_BLOCK_HEAD = regex(r" *(?:- +)*[A-Za-z_][\w-]*: +[>|][-+]? *$")
_KEY_LINE = regex(r"(?P<lead> *(?:- +)*)[A-Za-z_][\w-]*:(?: |$)")

Guess = Callable[[list[str], int], "Mend | None"]


def conflict(lines: list[str], at: int) -> Mend | None:
    if not _CONFLICT.match(lines[at]):
        return None
    return Mend(
        at,
        1,
        "git left this mark where two people changed the same lines",
        "Keep one of the two versions, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        "",
    )


def foreign_blanks(lines: list[str], at: int) -> Mend | None:
    line = lines[at]
    if found := _BLANK_INDENT.match(line):
        column = next(n for n, each in enumerate(line, 1) if each in BLANKS)
        message = "this line is indented with no-break spaces, which only look like spaces"
        return Mend(at, column, message, "Type the spaces again:", " " * len(found[0]) + line[found.end() :], True)
    found = _BLANK_COLON.match(line)
    if found and any(blank in found[0] for blank in BLANKS):
        column = next(n for n, each in enumerate(line, 1) if each in BLANKS)
        message = "a no-break space stands beside this colon, where only a space may"
        return Mend(at, column, message, "Type it again:", f"{found['lead']}: {line[found.end() :]}", True)
    return None


def curly(lines: list[str], at: int) -> Mend | None:
    pair = pair_in(lines[at])
    found = _CURLY.fullmatch(pair.value) if pair else None
    if not pair or not found:
        return None
    message = "curly quotation marks belong to the text: they do not hold a value together"
    new = pair.put(in_quotes(found[1] or found[2]))
    return Mend(at, pair.column, message, "Use straight quotation marks:", new, True)


def quotation(lines: list[str], at: int) -> Mend | None:
    """A quotation mark that is never closed, or closed before the value ends."""
    pair = pair_in(lines[at])
    if not pair or (mark := pair.value[0]) not in QUOTED:
        return None
    value, column = pair.value, pair.column
    closed = QUOTED[mark].match(value)
    if not closed:
        whole = value.rstrip("“”’" if mark == '"' else "‘’") + mark
        message = "a quotation mark is opened here and never closed"
        return Mend(at, column, message, "Close it where the value ends:", pair.put(whole))
    rest = value[closed.end() :]
    if not rest.strip() or re.match(" +#", rest):
        return None
    inner = value[1:-1].replace("''", "'") if value[-1] == mark else value
    if value[-1] == mark:
        inner = inner.replace('\\"', '"')
    message = "the value goes on after its closing quotation mark"
    if mark == "'" and rest[0].isalpha():
        message = "this apostrophe closes the quotation mark before the value ends"
        return Mend(at, column + closed.end() - 1, message, "Use double quotation marks:", pair.put(in_quotes(inner)))
    place = column + closed.end() + len(rest) - len(rest.lstrip())
    return Mend(at, place, message, "Put the whole value between quotation marks:", pair.put(in_quotes(inner)))


def reserved(lines: list[str], at: int) -> Mend | None:
    """A text that begins with a character that has a meaning of its own."""
    pair = pair_in(lines[at])
    if not pair or not (first := pair.value[0]) or first not in "@`%&*!>|}],":
        return None
    if first in ">|" and not pair.value[1:].lstrip("-+0123456789"):
        return None
    message = f"a value cannot begin with {first}, which has a meaning of its own in YAML"
    new = pair.put(in_quotes(pair.value))
    return Mend(at, pair.column, message, "Put the value between quotation marks:", new, first in "@`%")


def stuck(lines: list[str], at: int) -> Mend | None:
    """No space after a colon."""
    line = lines[at]
    if found := _STUCK.fullmatch(line):
        column, new = found.start("value") + 1, f"{found['lead']}{found['key']}: {found['value']}"
    elif inner := _STUCK_FLOW.search(line):
        column, new = inner.end() + 1, _STUCK_FLOW.sub(r"\1: ", line)
    else:
        return None
    return Mend(at, column, "there is no space after this colon", "Put one there:", new)


def dash(lines: list[str], at: int) -> Mend | None:
    """A dash that begins an item of a list, with no space after it, or another character for it."""
    found = _DASH.fullmatch(lines[at])
    if not found or (found["dash"] == "-" and found["gap"]):
        return None
    column, new = found.start("dash") + 1, f"{found['lead']}- {found['value']}"
    if found["dash"] == "-":
        if ":" not in found["value"]:
            return None
        return Mend(at, column + 1, "there is no space after this dash", "Put one there:", new)
    message = f"'{found['dash']}' does not begin an item of a list: a hyphen and a space do"
    return Mend(at, column, message, "Use the hyphen of the keyboard:", new)


def colon_in_text(lines: list[str], at: int) -> Mend | None:
    pair = pair_in(lines[at])
    if not pair or pair.value[0] in "\"'[{>|&*!" or not (inner := _INNER_COLON.search(pair.value)):
        return None
    before = re.search(r"[a-z_]+$", pair.value[: inner.start()])
    return Mend(
        at,
        pair.column - 1 + inner.start() + 1,
        "a colon followed by a space stands inside a value",
        "Put the whole value between quotation marks:",
        pair.put(in_quotes(pair.value)),
        " #" not in pair.value and not (before and before[0] in known_keys()),
    )


def two_keys(lines: list[str], at: int) -> Mend | None:
    """A second key and its value on the line of the first."""
    pair = pair_in(lines[at])
    found = _NEXT_KEY.search(pair.value) if pair and pair.value[0] not in "\"'[{" else None
    if not pair or not found or found["key"] not in known_keys():
        return None
    first, rest = pair.value[: found.start()], pair.value[found.start("key") :]
    new = f"{pair.before}{first}\n{' ' * len(pair.lead)}{rest}{pair.comment}"
    message = f"'{found['key']}' looks like a second key on this line"
    return Mend(at, pair.column + found.start("key"), message, "Give it a line of its own:", new)


def list_beside(lines: list[str], at: int) -> Mend | None:
    """A list that begins on the line of its key."""
    pair = pair_in(lines[at])
    if not pair or not pair.value.startswith("- "):
        return None
    margin = " " * len(pair.lead)
    new = f"{pair.lead}{pair.key}:\n{margin}  {pair.value}{pair.comment}"
    message = "a list begins on the line of its key"
    return Mend(at, pair.column, message, "Begin it on a line of its own:", new)


def bare(lines: list[str], at: int) -> Mend | None:
    """A key without its colon."""
    found = _BARE.fullmatch(lines[at])
    if not found or found["key"] not in known_keys():
        return None
    message = f"there is no colon after '{found['key']}'"
    new = f"{found['lead']}{found['key']}: {found['value']}"
    return Mend(at, found.end("key") + 1, message, "Put one there, and a space after it:", new)


def block(lines: list[str], at: int) -> Mend | None:
    """A text of several lines that is not indented under its key. All of its lines are mended."""
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    if above < 0 or not _BLOCK_HEAD.match(lines[above]) or _KEY_LINE.match(lines[at]):
        return None
    margin = len(lines[above]) - len(lines[above].lstrip(" -"))
    if len(lines[at]) - len(lines[at].lstrip()) > margin:
        return None
    message = "this text is not indented under its key"
    return Mend(
        at, 1, message, "Begin it two spaces further right than the key:", " " * (margin + 2) + lines[at].strip()
    )


def indents(lines: list[str], at: int) -> Iterator[Mend]:
    """The line begun in the column of a key near it, the nearest first."""
    found = _KEY_LINE.match(lines[at])
    if not found:
        return
    here = len(found["lead"])
    begins = len(lines[at]) - len(lines[at].lstrip())
    columns: list[int] = []
    for near in [*range(at - 1, max(at - 6, -1), -1), *range(at + 1, min(at + 3, len(lines)))]:
        if other := _KEY_LINE.match(lines[near]):
            columns += [len(other["lead"]), len(lines[near]) - len(lines[near].lstrip())]
    for column in dict.fromkeys(columns):
        shift = column - (begins if "-" in found["lead"] else here)
        if shift and begins + shift >= 0:
            where = "right" if shift < 0 else "left"
            message = f"this line begins too far {where} to stand with the lines around it"
            new = " " * (begins + shift) + lines[at].lstrip()
            yield Mend(at, begins + 1, message, "Begin the keys of one record in the same column:", new)


GUESSES: tuple[Guess, ...] = (
    conflict,
    foreign_blanks,
    curly,
    quotation,
    reserved,
    list_beside,
    brackets,
    two_keys,
    colon_in_text,
    dash,
    stuck,
    bare,
    block,
)
ODD_KEY: tuple[Guess, ...] = (conflict, foreign_blanks, dash, stuck)
"""What makes a key of something else."""


def guesses(lines: list[str], at: int, opened: int | None) -> Iterator[Mend]:
    """What may be wrong where reading stopped at a line, or in the thing that was `opened` in another."""
    above = [n for n in range(min(at, len(lines) - 1), max(at - FAR, -1), -1) if lines[n].strip()]
    places = dict.fromkeys([*above[:4], *([opened] if opened is not None and opened < len(lines) else [])])
    far = [n for n in above[4:] if len(lines[n]) <= LONGEST and (pair := pair_in(lines[n])) and pair.value[0] in "\"'"]
    for guess in GUESSES:
        for place in [*places, *(far[:6] if guess is quotation else ())]:
            if len(lines[place]) <= LONGEST and (found := guess(lines, place)):
                yield found
    for place in [*above[:2]]:
        yield from indents(lines, place)
