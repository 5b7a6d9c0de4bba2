"""The address of an archived copy, put below a source's `url` in its data file; all else stays byte for byte.

Whether it did is not taken on trust: the file is read again before it is written, and must say what it said and the new
key besides.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dossier.document import Document, Mapping, Node, Scalar, Sequence
from dossier.load import read_yaml
from dossier.patterns import regex

_PLAIN = regex(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[A-Za-z0-9/_-]")


class NotInserted(Exception):
    """Why the lines have to be put there by hand, in a few words."""


def lines_of(url: str, captured: date, indent: int = 4) -> tuple[str, ...]:
    """The key `archives` as it is written below a record's other keys."""
    margin = " " * indent
    address = url if _PLAIN.fullmatch(url) else json.dumps(url, ensure_ascii=False)
    return f"{margin}archives:", f"{margin}  - url: {address}", f"{margin}    captured: {captured}"


def with_archive(raw: bytes, path: str, source: str, url: str, captured: date, max_mb: float) -> bytes:
    """The data file with `archives` in the record of this source. Raises `NotInserted`."""
    document, problems = read_yaml(raw, path, max_mb)
    record = _record(document, source)
    if record is None:
        raise NotInserted("the file no longer holds the source")
    if "archives" in record.entries:
        raise NotInserted("the source has archived copies already")
    lines = raw.split(b"\n")
    address = record.entries.get("url")
    if not isinstance(address, Scalar) or address.start[0] != address.end[0]:
        raise NotInserted("its address takes more than one line")
    line, column = record.keys["url"]
    here = lines[line - 1].decode("utf-8", "replace")
    if here[: column - 1].strip(" -\ufeff") or here[record.start[1] - 1 : record.start[1]] == "{":
        raise NotInserted("the record is written between braces")
    end = b"\r" if lines[line - 1].endswith(b"\r") else b""
    new = [each.encode("utf-8") + end for each in lines_of(url, captured, column - 1)]
    if line == len(lines):
        raise NotInserted("the last line of the file has no end")
    lines[line:line] = new
    changed = b"\n".join(lines)
    expected = _values(document.root, source, {"archives": [{"url": url, "captured": str(captured)}]})
    after, left = read_yaml(changed, path, max_mb)
    if not after.readable or len(left) != len(problems) or _values(after.root) != expected:
        raise NotInserted("the file would not say the same with them")
    return changed


def _sources(root: Node) -> list[Node]:
    found = root.get("sources") if isinstance(root, Mapping) else None
    return found.items if isinstance(found, Sequence) else []


def _record(document: Document, source: str) -> Mapping | None:
    for item in _sources(document.root) if document.readable else ():
        if isinstance(item, Mapping) and isinstance(name := item.get("id"), Scalar) and name.text == source:
            return item
    return None


def _values(root: Node, source: str = "", more: dict[str, Any] | None = None) -> Any:
    """What a document says, whatever its lines; in one source with these keys besides."""
    mine = {id(item) for item in _sources(root) if isinstance(item, Mapping) and _named(item) == source}

    def value(node: Node) -> Any:
        if isinstance(node, Scalar):
            return node.text
        if isinstance(node, Sequence):
            return [value(each) for each in node.items]
        return {key: value(each) for key, each in node.entries.items()} | ((more or {}) if id(node) in mine else {})

    return value(root)


def _named(item: Mapping) -> str:
    name = item.get("id")
    return name.text if isinstance(name, Scalar) else ""
