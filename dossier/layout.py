"""A data file in canonical layout: keys in the order of the model, comments beside the keys they stood beside.

Our own writer, and no library: ruamel.yaml ties a comment to what stands before it, so a key that moves leaves its
comment behind; and it would have to be told what `load` refuses. Here the nodes and places of `load` are written anew,
and whether they say the same is not taken on trust: the file is read again, and must hold the same values and comments.

Blocks of text that fit are left as they are filled: a reviewer sees words that changed, not line breaks that moved. The
keys at the top of a file stay where they are, since the comment above the first is about the whole file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

from dossier.document import Document, Mapping, Node, Scalar, Sequence
from dossier.frozen import annotated, dataclass, fields, replace
from dossier.load import SITE_FILE, Found, files_of, limit_of, read, read_yaml
from dossier.model import COLLECTIONS, Part, Site
from dossier.outline import Entry, Group, Leaf, text_of, written
from dossier.patterns import regex
from dossier.problems import Problem
from dossier.remarks import BLOCK_HEAD, LAST, Remark, last_of, margin_of, remarks_in
from dossier.validate import languages_of
from dossier.values import Prose, Text

_SIMPLE_KEY = regex(r"[A-Za-z_][A-Za-z0-9_-]*")


class NotLaidOut(Exception):
    """Why a file is left as it is, in a few words."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A data file before and after. `after` is None where it is left alone: because of `problems`, or of `why`."""

    path: str
    file: Path
    before: str
    after: str | None
    problems: tuple[Problem, ...] = ()
    why: str = ""


def keys_in_order(cls: type[Part]) -> dict[str, type[Part] | str | None]:
    """The keys of a record in canonical order, each with what its value holds: a record, 'text' in languages, or None
    for neither."""
    return _keys_in_order(cls)  # type: ignore[arg-type]  # mypy: frozen classes as keys


@cache
def _keys_in_order(cls: type[Any]) -> dict[str, type[Part] | str | None]:
    hints = annotated(cls)
    return {each.name: _inner(hints[each.name]) for each in fields(cls) if not each.metadata.get("hidden")}


def _inner(annotation: Any) -> type[Part] | str | None:
    if annotation in (Text, Prose):
        return "text"
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for each in get_args(annotation) if (found := _inner(each))), None)


class _Reader:
    """A document being read into an outline. Comments are handed out in the order typed, each once."""

    def __init__(self, document: Document, languages: tuple[str, ...]) -> None:
        self.lines = document.lines()
        self.comments = remarks_in(document)
        self.languages = languages
        self.next = 0

    def above(self, line: int) -> list[str]:
        """All that stands before this line and was not handed out."""
        taken = []
        while self.next < len(self.comments) and self.comments[self.next].line < line:
            taken.append(self.comments[self.next].text)
            self.next += 1
        return taken

    def beside(self, line: int) -> str:
        if self.next < len(self.comments) and self.comments[self.next].line == line:
            self.next += 1
            return self.comments[self.next - 1].text
        return ""

    def foot(self, column: int, until: int) -> list[str]:
        """Comments before line `until` that are indented at least so far, and so belong to what has just ended."""
        end = here = self.next
        while here < len(self.comments) and (each := self.comments[here]).line < until:
            here += 1
            if each.text and (not each.alone or each.column < column):
                break
            if each.text:
                end = here
        taken = [each.text for each in self.comments[self.next : end]]
        self.next = end
        return taken

    def entry(self, key: str, start: tuple[int, int], value: Node, inner: Any, until: int, around: int) -> Entry:
        """`start` is where the key or the item begins, `until` the line of the next one, `around` the key's column."""
        before = self.above(start[0])
        beside = ""
        if isinstance(value, Scalar):
            made: Leaf | Group = self.leaf(value, key == "quote")
            if value.start[0] > start[0]:
                before += self.above(value.start[0])
            last = value.start[0] if isinstance(made, Leaf) and made.head else value.end[0]
            beside = self.beside(last)
        else:
            first = _first(value)
            if first is not None and first[0] > start[0]:
                beside = self.beside(start[0])
            made = self.group(value, inner, until, around)
            if made.flow:
                late = self.beside(value.end[0])
                before += [late] if beside and late else []
                beside = beside or late
        if not key and isinstance(made, Group) and beside and not made.flow:
            before, beside = [*before, beside], ""
        return Entry(key, made, tuple(before), beside)

    def leaf(self, node: Scalar, quoted: bool) -> Leaf:
        (line, column), end = node.start, node.end
        here = self.lines[line - 1]
        if not node.plain and (head := BLOCK_HEAD.match(here, column - 1)):
            if head[2] not in ("", "-"):
                return Leaf(node.text, written(node.text, quoted=True))
            block = [
                each.rstrip() if not each.strip() else each for each in self.lines[line : last_of(node, self.lines)]
            ]
            margin = next((margin_of(each) for each in block if each), 0)
            if not block or not node.text.strip():
                return Leaf(node.text, written(node.text, quoted=True))
            return Leaf(node.text, "", head[1] + head[2], tuple(each[margin:] for each in block))
        if line != end[0]:
            return Leaf(node.text, written(node.text, in_brackets=True, quoted=not node.plain))
        typed = here[column - 1 : end[1] - 1]
        if typed.startswith("'") and '"' not in node.text and "\\" not in node.text:
            typed = written(node.text, quoted=True)
        return Leaf(node.text, typed)

    def group(self, node: Mapping | Sequence, inner: Any, until: int, around: int) -> Group:
        flow = self.lines[node.start[0] - 1][node.start[1] - 1 : node.start[1]] in ("{", "[")
        column = node.start[1] - 1
        if isinstance(node, Sequence):
            starts = [each.start for each in node.items]
            typed = [("", start, each, inner) for start, each in zip(starts, node.items, strict=True)]
        else:
            typed = [(key, node.keys[key], each, self._inside(key, inner)) for key, each in node.entries.items()]
            if strange := next((key for key in node.entries if not _SIMPLE_KEY.fullmatch(key)), None):
                raise NotLaidOut(f"line {node.keys[strange][0]}: a key is not a plain word")
        # In brackets nothing after the last item is the next one's; else its line bounds what stands below.
        bounds = [*(start[0] for _, start, _, _ in typed[1:]), node.end[0] if flow else until][: len(typed)]
        entries = [
            self.entry(key, start, value, kind, bound, column)
            for (key, start, value, kind), bound in zip(typed, bounds, strict=True)
        ]
        if flow:
            foot = self.above(node.end[0])
        else:
            foot = self.foot(column + 1 if isinstance(node, Sequence) and column == around else column, until)
        if isinstance(node, Mapping):
            entries = self.ordered(entries, inner)
        return Group(tuple(entries), isinstance(node, Sequence), flow, tuple(foot))

    def _inside(self, key: str, inner: Any) -> Any:
        if isinstance(inner, dict):
            return inner.get(key)
        return keys_in_order(inner).get(key) if isinstance(inner, type) else None

    def ordered(self, entries: list[Entry], inner: Any) -> list[Entry]:
        order: list[str] = []
        if inner == "text":
            order = list(self.languages)
        elif isinstance(inner, type):
            order = list(keys_in_order(inner))
        places = {key: place for place, key in enumerate(order)}
        return sorted(entries, key=lambda each: places.get(each.key, len(places)))


def _first(node: Mapping | Sequence) -> tuple[int, int] | None:
    """Where the first thing inside begins."""
    if isinstance(node, Sequence):
        return node.items[0].start if node.items else None
    return next(iter(node.keys.values()), None)


def laid_out(document: Document, languages: tuple[str, ...], max_mb: float) -> str:
    """The text of a data file in canonical layout. Raises `NotLaidOut` where it would not say the same."""
    if not isinstance(document.root, Mapping):
        raise NotLaidOut("the file holds no 'key: value' lines")
    inner: Any = keys_in_order(Site) if document.path == SITE_FILE else dict(COLLECTIONS)
    reader = _Reader(document, languages)
    root = reader.group(document.root, inner, LAST, -1)
    text = text_of(replace(root, flow=False))
    after, problems = read_yaml(text.encode("utf-8"), document.path, max_mb)
    if problems or not after.readable or said(after.root) != said(document.root):
        raise NotLaidOut("it would not say the same")
    if sorted(_texts(remarks_in(after))) != sorted(_texts(reader.comments)):
        raise NotLaidOut("a comment would be lost")
    return text


def _texts(remarks: list[Remark]) -> Iterator[str]:
    return (each.text for each in remarks if each.text)


def said(node: Node) -> Any:
    """What a node says, whatever its lines and the order of its keys; an empty value is None."""
    if isinstance(node, Scalar):
        return None if node.plain and node.text in ("", "~", "null") else node.text
    if isinstance(node, Sequence):
        return [said(each) for each in node.items]
    return {key: said(each) for key, each in node.entries.items()}


def data_files(root: Path) -> tuple[list[Found], tuple[str, ...], float]:
    """The data files of a dossier, the languages of its site, and the largest size of a file in MB.

    Raises `FileNotFoundError` where there is no `data` folder.
    """
    found = [each for each in files_of(root) if each.path.startswith("data/") and not each.fault]
    site = next((read(each)[0] for each in found if each.path == SITE_FILE), None)
    return found, languages_of(site), limit_of(site)


def lay_out(found: Found, languages: tuple[str, ...], limit: float) -> Laid:
    """One file as it stands and as it should. Raises `OSError` where the machine refuses it."""
    document, problems = read(found, limit)
    file = Path(found.file)
    if problems or not document.readable:
        return Laid(found.path, file, document.text, None, tuple(problems))
    # As it stands on disk: line ends and a byte order mark are part of the layout.
    before = file.read_bytes().decode("utf-8")
    try:
        return Laid(found.path, file, before, laid_out(document, languages, limit))
    except NotLaidOut as why:
        return Laid(found.path, file, before, None, (), str(why))
