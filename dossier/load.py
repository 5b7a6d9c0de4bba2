"""Files to documents: which files there are, what keeps one from being read, front matter and its Markdown.

A file can be read by itself: `files_of` lists them without opening any, `read` reads one. Documents that came from a
file can forget what stands in it; those asked for again are kept for a while, as many as are seldom more.
"""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from dossier.document import Document, Mapping, Node, Scalar, Sequence, Span, Written
from dossier.parse import MAX_MB, Refused, checked_text, parse
from dossier.patterns import regex
from dossier.problems import Problem
from dossier.shape import BEYOND_LIMITS, DAMAGED_LOCK, NOT_TEXT, NOT_YAML, UNKNOWN_FIELD

HIGHEST_MAX_MB = 256.0
CONTENT_MB = 0.2
LOCK_MB = 100.0
HEAD = 2_000_000
"""Bytes of a refused file in which ids are looked for."""
SITE_FILE = "data/site.yaml"
KEPT = 4_000_000
"""Characters of files that are kept when they were read again; the latest is kept whatever its length."""

_FRONT_MATTER = regex(r"---\n(?:(.*?)\n)?---(?:\n|\Z)", re.DOTALL)
_ID_LINE = regex(rb"^[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?id:[ \t]*['\"]?([a-z0-9-]{2,80})", re.MULTILINE)


def _unreadable(raw: bytes, path: str, problem: Problem) -> tuple[Document, list[Problem]]:
    """A refused file as a document of the ids that seem to stand in it, so that naming them is no second mistake."""
    nowhere = (1, 1)
    ids = (Scalar(found.decode(), nowhere, nowhere, True) for found in dict.fromkeys(_ID_LINE.findall(raw[:HEAD])))
    items: list[Node] = [Mapping({"id": value}, {"id": nowhere}, nowhere, nowhere) for value in ids]
    return Document(path, "", Sequence(items, nowhere, nowhere), readable=False), [problem]


Again = Callable[[], Written | None] | None
"""How a document gets what it has forgotten."""


def read_yaml(raw: bytes, path: str, max_mb: float = MAX_MB, again: Again = None) -> tuple[Document, list[Problem]]:
    """One data file as a document; a refused one is not `readable` and holds no more than its ids."""
    if len(raw) > max_mb * 1_000_000:
        return _unreadable(raw, path, _too_large(path, len(raw), max_mb))
    try:
        text = checked_text(raw, path)
        root, problems = parse(text, path, max_mb=max_mb)
        return Document(path, text, root, again=again), problems
    except Refused as refused:
        return _unreadable(raw, path, refused.problem)


def read_content(raw: bytes, path: str, again: Again = None) -> tuple[Document, list[Problem]]:
    """One prose page as a document: the keys of its front matter, and `body`, the Markdown below."""
    if len(raw) > CONTENT_MB * 1_000_000:
        return _unreadable(b"", path, _too_large(path, len(raw), CONTENT_MB))
    try:
        text = checked_text(raw, path)
        match = _FRONT_MATTER.match(text)
        if not match:
            raise Refused(
                NOT_YAML.at(
                    Span(path),
                    "the page does not begin with front matter",
                    "Begin the file with a line ---, then 'title: ...', then a line ---.",
                )
            )
        root, problems = parse(match[1] or "{}", path, first_line=2)
        if not isinstance(root, Mapping):
            raise Refused(NOT_YAML.at(Span(path, 2), "the front matter is not a list of 'key: value' lines"))
        line = text.count("\n", 0, match.end()) + 1
        end = (text.count("\n") + 1, 1)
        body = Scalar(text[match.end() :], (line, 1), end, plain=False)
        if typed := root.keys.get("body"):
            problems.append(
                UNKNOWN_FIELD.at(
                    Span(path, *typed),
                    "'body' is not a key of a page",
                    "Remove it: the text stands below the second line of hyphens.",
                )
            )
        entries, keys = {**root.entries, "body": body}, {**root.keys, "body": (line, 1)}
        return Document(path, text, Mapping(entries, keys, (1, 1), end), again=again), problems
    except Refused as refused:
        return _unreadable(b"", path, refused.problem)


def _too_large(path: str, size: int, most_mb: float) -> Problem:
    return BEYOND_LIMITS.at(Span(path), f"the file has {size / 1e6:.1f} MB; {most_mb:g} is the most")


_read_again: OrderedDict[tuple[str, int], Written] = OrderedDict()
"""Files read again, the latest last."""


def _again(file: str, path: str, limit: float, check: int) -> Written | None:
    """What stands in a file, if it is still what was read before."""
    if known := _read_again.get((file, check)):
        _read_again.move_to_end((file, check))
        return known
    try:
        raw = Path(file).read_bytes()
    except OSError:
        return None
    if zlib.crc32(raw) != check:
        return None
    written = _document(raw, path, limit)[0].written
    _read_again[file, check] = written
    while len(_read_again) > 1 and sum(len(each.text) for each in _read_again.values()) > KEPT:
        _read_again.popitem(last=False)
    return written


def _document(raw: bytes, path: str, limit: float, again: Again = None) -> tuple[Document, list[Problem]]:
    return read_yaml(raw, path, limit, again) if path.startswith("data/") else read_content(raw, path, again)


class Found(NamedTuple):
    """A file below the root that is to be read: its path relative to it, its path on this machine, what is wrong with
    the file itself ('' for nothing) and what to do."""

    path: str
    file: str
    fault: str = ""
    remedy: str = ""


def _files(folder: str, path: str, suffix: str, wrong: str) -> Iterator[Found]:
    """Files below `folder`, whose path relative to the root is `path`, in a fixed order."""
    try:
        with os.scandir(folder) as opened:
            entries = sorted(opened, key=lambda entry: entry.name)
    except OSError:
        return
    folders = [entry for entry in entries if not entry.name.startswith(".") and entry.is_dir()]
    for entry in folders:
        if entry.is_symlink():
            yield Found(f"{path}/{entry.name}", entry.path, "a link, not a folder", "Put the files themselves here.")
    for entry in entries:
        name = entry.name
        if name.startswith((".", "#")) or name.endswith("~") or not name.lower().endswith((suffix, wrong)):
            continue
        if not entry.is_file(follow_symlinks=False):
            if not entry.is_dir():
                yield Found(f"{path}/{name}", entry.path, "a link, not a file", "Put the text itself here.")
        elif name.endswith(suffix):
            yield Found(f"{path}/{name}", entry.path)
        else:
            fault = f"the name does not end in {suffix}, so the file is not read"
            yield Found(f"{path}/{name}", entry.path, fault, f"Name it {name.rpartition('.')[0]}{suffix}.")
    for entry in folders:
        if not entry.is_symlink():
            yield from _files(entry.path, f"{path}/{entry.name}", suffix, wrong)


def files_of(root: Path) -> list[Found]:
    """All of `data/**/*.yaml` and `content/*.md` below `root` in the order they are read, the site's file first. None
    of them is opened.

    Raises `FileNotFoundError` where there is no `data` folder.
    """
    data = root / "data"
    if not data.is_dir():
        raise FileNotFoundError(f"{data} is not there: name the folder that holds data/ with --root")
    found = [
        *_files(str(data), "data", ".yaml", ".yml"),
        *_files(str(root / "content"), "content", ".md", ".markdown"),
    ]
    return sorted(found, key=lambda each: each.path != SITE_FILE or bool(each.fault))


def read(found: Found, limit: float = MAX_MB) -> tuple[Document, list[Problem]]:
    """One file as a document that can forget. `limit` is what `limit_of` says: the largest size of a data file in MB.

    Raises `OSError` where the machine refuses the file.
    """
    path, file, fault, remedy = found
    if fault:
        return _unreadable(_head(file), path, NOT_TEXT.at(Span(path), fault, remedy))
    most = limit if path.startswith("data/") else CONTENT_MB
    with Path(file).open("rb", buffering=0) as opened:
        size = os.fstat(opened.fileno()).st_size
        if size > most * 1_000_000:
            return _unreadable(opened.read(HEAD), path, _too_large(path, size, most))
        raw = opened.read()
    return _document(raw, path, limit, partial(_again, file, path, limit, zlib.crc32(raw)))


def _head(file: str) -> bytes:
    """As much of a file as ids are looked for in; nothing of what is no plain file."""
    if not stat.S_ISREG(os.lstat(file).st_mode):
        return b""
    with Path(file).open("rb") as opened:
        return opened.read(HEAD)


def limit_of(site: Document | None) -> float:
    """The largest size of a file in MB, from the site's policy; anything else wrong with it is for later stages."""
    policy = site.place.at("policy").node if site and site.path == SITE_FILE else None
    node = policy.get("max_file_mb") if isinstance(policy, Mapping) else None
    if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", node.text):
        return min(max(float(node.text), MAX_MB), HIGHEST_MAX_MB)
    return MAX_MB


def read_lock_file(root: Path, path: str) -> tuple[str, list[Problem]]:
    """What stands in a file that only the program writes; nothing where there is none. Raises `OSError` as `read`."""
    file = root / path
    if not file.is_symlink() and not file.exists():
        return "", []
    if file.is_symlink() or not file.is_file():
        return "", [NOT_TEXT.at(Span(path), "a link, not a file", "Put the file itself here.")]
    if (size := file.stat().st_size) > LOCK_MB * 1_000_000:
        return "", [_too_large(path, size, LOCK_MB)]
    try:
        return file.read_text("utf-8"), []
    except UnicodeDecodeError:
        return "", [DAMAGED_LOCK.at(Span(path), "the file is not text in UTF-8")]


def load(root: Path) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """All files of the dossier at `root`, and what kept some from being read.

    Raises `FileNotFoundError` where there is no `data` folder, and `OSError` where the machine refuses a file.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    limit = MAX_MB
    for found in files_of(root):
        document, wrong = read(found, limit)
        if found.path == SITE_FILE:
            limit = limit_of(document)
        documents.append(document)
        problems.extend(wrong)
    return tuple(documents), tuple(problems)
