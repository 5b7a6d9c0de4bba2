"""Text to nodes for YAML as data files are commonly written; whatever else is in a file, PyYAML reads. Part of `load`.

One regular expression cuts the text into lines, one the lists and mappings in brackets. What is read here is what
PyYAML would have read, place for place (`tests/test_quick.py` compares them); at the first thing that is not plainly
so, the answer is None. So nothing here judges, and no message comes from here.

Why not a library: we need every value as its text, and where it begins and ends. On 6.8 MB of a dossier, PyYAML's
events give that at 9 MB/s and this module at 20. tree-sitter-yaml parses at 9 MB/s before it has made one node;
rapidyaml at 120, but at 6 when its texts are asked for one by one, and it keeps no places. Others hand over numbers,
dates and booleans for what was typed; and all take files that PyYAML refuses, so that it would have to read them too.
"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.document import Mapping, Node, Scalar, Sequence
from dossier.patterns import regex

DEEPEST = 20
LONGEST = 9_000
"""Levels and characters of a value that are read here: well within what `parse` allows."""
PIECE = 1_000_000
"""Characters cut into lines at a time."""

_KEY = r"([A-Za-z_][A-Za-z0-9_-]{0,80}):"
_FIRST = r"[^ \n\-?:,\[\]{}#&*!|>'\"%@`]"
# A value between double quotes that goes on in the next lines; of its escapes, the two that need no table.
_LONG = r'"(?:[^"\\\n]++|\\["\\])*+(?:\n ++(?:[^"\\\n]++|\\["\\])++)++"'
_LINE = regex(
    r"( *)(- +)?"  # indentation, dash
    rf"(?:{_KEY}(?: +(?=#)| |(?=\n)))?"
    rf"(?:({_FIRST}[^\n:#]{{0,{LONGEST}}})(?=\n)"  # a plain value
    rf'|"([^"\\\n]{{1,{LONGEST}}})"(?=\n)'  # a quoted one
    # A block: the lines that are indented further than the key, or than the dash where there is no key.
    r"|([>|]-?)((?:\n(?:(?(2)(?(3)\1  |\1)|\1) ++[^\n]++|(?=\n)))++)"
    rf"|({_LONG}(?=\n)|[^\n]+))?"  # anything else
    r"(\n+)"
)
_FLOW = regex(
    rf"(?:{_KEY} )?"
    r"(?:([\[{] ?)|(\"[^\"\\\n]*\"|'[^'\n]*')"
    r"|([^ \n\-?:,\[\]{}#&*!|>'\"%@`][^\n?,:#\[\]{}]*(?:[:?](?=[A-Za-z0-9/])[^\n?,:#\[\]{}]*)*))"
    r"( ?[\]}]+)?(, ?)?"
)
_COMMENT = regex(r"(?<! ) +#(?!\w)")
_INDICATORS = " -?:,[]{}#&*!|>'\"%@`"
_DOUBLE = regex(r'"((?:[^"\\\n]|\\["\\])*)"')
_SINGLE = regex(r"'((?:[^'\n]|'')*)'")
_FOLD = regex(r"\n +")
_ESCAPED = regex(r'\\(["\\])')
_STRAY = regex(r"\n(?![\n\x00])")
_RECORD = regex(r"\n(?= {0,2}(?:- |[a-z_]{1,20}:))")


def _lines(text: str) -> Iterator[tuple[str, ...]]:
    """The lines of the text, cut in pieces for the sake of memory, each where a record seems to begin. If it is not
    one, the line stands where no list is open, and the text is refused."""
    begin = 0
    while begin < len(text):
        cut = _RECORD.search(text, begin + PIECE)
        end = cut.end() if cut else len(text)
        yield from _LINE.findall(text, begin, end)
        begin = end


def quick(text: str, first_line: int = 1, most: int = 200_000) -> Mapping | Sequence | None:
    """The node at the top of YAML `text`, as `parse` gives it; None for all that PyYAML has to look at.

    The text holds no character that `values.HIDDEN` names. Texts of more than `most` nodes are refused.
    """
    ended = text.endswith("\n")
    if not ended:
        text += "\n"
    if " \n" in text:
        return None
    # The innermost open list or mapping, its column, its entries and keys or its items; and those around it.
    top = Mapping({}, {}, (0, 0), (0, 0))
    node: Mapping | Sequence = top
    here = -1
    entries: dict[str, Node] | None = top.entries
    keys = top.keys
    items: list[Node] = []
    around: list[tuple[Mapping | Sequence, int]] = []
    # A key whose value is still to come, and where that would be if there is none.
    pending: str | None = ""
    after = (0, 0)
    # The value of the line before: a plain one may go on.
    value: Node | None = None
    commented = False
    head = ""
    line = first_line
    for indent, dash, key, plain, quoted, head, body, other, breaks in _lines(text):
        column = len(indent)
        if dash or (key and (pending is not None or column != here or entries is None)):
            place = line, column + 1
            if pending is not None:
                assert entries is not None
                if column > here or (dash and column == here):
                    around.append((node, here))
                    node = Sequence([], place, place) if dash else Mapping({}, {}, place, place)
                    entries[pending] = node
                    here = column
                else:
                    entries[pending] = Scalar("", after, after, True)
                pending = None
            while here > column or (here == column and isinstance(node, Mapping if dash else Sequence)):
                node.end = place
                node, here = around.pop()
            if here != column:
                return None
            if isinstance(node, Sequence):
                entries, items = None, node.items
                column += len(dash)
                if key:
                    around.append((node, here))
                    place = line, column + 1
                    node, here = Mapping({}, {}, place, place), column
                    items.append(node)
            if isinstance(node, Mapping):
                entries, keys = node.entries, node.keys
            if len(around) > DEEPEST:
                return None
        column += 1
        if key:
            if key in keys:
                return None
            keys[key] = line, column
            column += len(key) + 2
        elif not dash:
            words = plain or other or (quoted and f'"{quoted}"')
            if not words or words[0] == "#":
                if head:
                    return None
                line += len(breaks)
                value = None
                continue
            if pending is not None and column > here + 1:
                key, pending = pending, None
            elif value is None or column <= here + 1 or not _go_on(value, words, line, column):
                return None
            else:
                line += len(breaks)
                if len(breaks) > 1:
                    value = None
                continue
        if plain:
            value = Scalar(plain, (line, column), (line, column + len(plain)), True)
        elif quoted:
            value = Scalar(quoted, (line, column), (line, column + len(quoted) + 2), False)
        elif other and (other[0] != "#" or not key):
            value = _less_plain(other, line, column)
            if value is None and (comment := _COMMENT.search(other)):
                value, commented = _less_plain(other[: comment.start()], line, column), True
            elif "\n" in other:
                line += other.count("\n")
        elif head:
            begin, line = (line, column), line + body.count("\n")
            value = _block(head, body, here, begin, (line + len(breaks), 1))
        elif other and not _COMMENT.match(f" {other}"):
            return None
        else:
            pending, after, value = key, (line, column - 1), None
            line += len(breaks)
            continue
        if value is None:
            return None
        if entries is None:
            items.append(value)
        else:
            entries[key] = value
        line += len(breaks)
        if commented or breaks != "\n":
            value, commented = None, False
    # Without a last line end, blocks and what is open beyond the last column end elsewhere.
    if not ended and (head or here > len(text) - 2 - text.rfind("\n", 0, -1)):
        return None
    if pending is not None and entries is not None:
        entries[pending] = Scalar("", after, after, True)
    while node is not top:
        node.end = line, 1
        node, here = around.pop()
    root = top.entries[""]
    if isinstance(root, Scalar) or (len(text) > most and _count(root) >= most):
        return None
    return root


def _count(node: Node) -> int:
    """How many nodes there are inside one, keys among them."""
    if isinstance(node, Scalar):
        return 0
    inner = node.items if isinstance(node, Sequence) else [*node.entries.values()]
    return len(inner) * (1 if isinstance(node, Sequence) else 2) + sum(map(_count, inner))


def _go_on(value: Node, words: str, line: int, column: int) -> bool:
    """Add the words of a further line to a plain value, if they can only be that."""
    if not isinstance(value, Scalar) or not value.plain or not value.text or _ends_plain(words):
        return False
    value.text += f" {words}"
    value.end = line, column + len(words)
    return len(value.text) <= LONGEST


def _ends_plain(words: str) -> bool:
    return ": " in words or " #" in words or "\n" in words or words[-1] == ":"


def _less_plain(words: str, line: int, column: int) -> Node | None:
    """A value with a colon or an escape in it, or one in brackets."""
    if not words or len(words) > LONGEST:
        return None
    first = words[0]
    if first in "[{":
        return _flow(words, line, column)
    place, end = (line, column), (line, column + len(words))
    if first == '"' and (breaks := words.count("\n")):
        end = line + breaks, len(words) - words.rindex("\n")
        return Scalar(_ESCAPED.sub(r"\1", _FOLD.sub(" ", words[1:-1])), place, end, False)
    if first == '"' and _DOUBLE.fullmatch(words):
        return Scalar(_ESCAPED.sub(r"\1", words[1:-1]), place, end, False)
    if first == "'" and _SINGLE.fullmatch(words):
        return Scalar(words[1:-1].replace("''", "'"), place, end, False)
    if first in _INDICATORS or _ends_plain(words):
        return None
    return Scalar(words, place, end, True)


def _block(head: str, body: str, around: int, start: tuple[int, int], end: tuple[int, int]) -> Scalar | None:
    """A block of lines that are all indented alike, further than what is around: with `>` joined, with `|` as typed."""
    words = body.strip("\n ")
    margin = body[: body.index(words)]
    if not words or margin.count("\n") > 1 or len(margin) - 1 <= around or len(body) > LONGEST:
        return None
    words = words.replace(margin, "\x00")
    if _STRAY.search(words):
        return None
    if head[0] == ">":
        if "\x00 " in words:
            return None
        words = words.replace("\n\x00", "\n").replace("\x00", " ")
    else:
        words = words.replace("\x00", "\n")
    return Scalar(words if len(head) > 1 else words + "\n", start, end, False)


def _flow(words: str, line: int, column: int) -> Mapping | Sequence | None:
    """A list or mapping in brackets, on one line."""
    root: Mapping | Sequence | None = None
    node: Mapping | Sequence | None = None
    around: list[Mapping | Sequence | None] = []
    last = column + len(words)
    ready = True
    for key, opener, quoted, plain, closers, comma in _FLOW.findall(words):
        if not ready or len(around) > DEEPEST:
            return None
        place = line, column
        if key:
            column += len(key) + 2
        start = line, column
        column += len(opener or quoted or plain)
        inner: Mapping | Sequence | None = None
        if quoted:
            value: Node = Scalar(quoted[1:-1], start, (line, column), False)
        elif plain:
            plain = plain.rstrip(" ")
            value = Scalar(plain, start, (line, start[1] + len(plain)), True)
        else:
            value = inner = Mapping({}, {}, start, start) if opener[0] == "{" else Sequence([], start, start)
        if node is None:
            if key or inner is None or root is not None:
                return None
            root = inner
        elif isinstance(node, Sequence):
            if key:
                return None
            node.items.append(value)
        else:
            if not key or key in node.keys:
                return None
            node.keys[key] = place
            node.entries[key] = value
        if inner is not None:
            around.append(node)
            node = inner
        ready = inner is not None
        for closer in closers:
            column += 1
            if closer != " ":
                if not isinstance(node, Mapping if closer == "}" else Sequence):
                    return None
                node.end = line, column
                node = around.pop()
                ready = False
        if comma:
            if ready or node is None:
                return None
            ready = True
            column += len(comma)
    return root if node is None and column == last else None
