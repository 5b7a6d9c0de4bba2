"""Files to documents: which files there are, what keeps one from being read, front matter and its Markdown."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from dossier.document import Document, Mapping, Scalar, Sequence, Span
from dossier.parse import MAX_MB, Refused, checked_text, parse
from dossier.problems import Problem
from dossier.shape import BEYOND_LIMITS, NOT_TEXT, NOT_YAML, UNKNOWN_FIELD

HIGHEST_MAX_MB = 256.0
CONTENT_MB = 0.2
HEAD = 2_000_000
"""Bytes of a refused file in which ids are looked for."""
SITE_FILE = "data/site.yaml"

_FRONT_MATTER = re.compile(r"---\n(?:(.*?)\n)?---(?:\n|\Z)", re.DOTALL)
_ID_LINE = re.compile(rb"^[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?id:[ \t]*['\"]?([a-z0-9-]{2,80})", re.MULTILINE)


def _unreadable(raw: bytes, path: str, problem: Problem) -> tuple[Document, list[Problem]]:
    """A refused file as a document of the ids that seem to stand in it, so that naming them is no second mistake."""
    nowhere = (1, 1)
    ids = (Scalar(found.decode(), nowhere, nowhere) for found in dict.fromkeys(_ID_LINE.findall(raw[:HEAD])))
    key = Scalar("id", nowhere, nowhere)
    items = tuple(Mapping({"id": (key, value)}, nowhere, nowhere) for value in ids)
    return Document(path, "", Sequence(items, nowhere, nowhere), readable=False), [problem]


def read_yaml(raw: bytes, path: str, max_mb: float = MAX_MB) -> tuple[Document, list[Problem]]:
    """One data file as a document; a refused one is not `readable` and holds no more than its ids."""
    if len(raw) > max_mb * 1_000_000:
        return _unreadable(raw, path, _too_large(path, len(raw), max_mb))
    try:
        text = checked_text(raw, path)
        root, problems = parse(text, path, max_mb=max_mb)
        return Document(path, text, root), problems
    except Refused as refused:
        return _unreadable(raw, path, refused.problem)


def read_content(raw: bytes, path: str) -> tuple[Document, list[Problem]]:
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
        if typed := root.entries.get("body"):
            problems.append(
                UNKNOWN_FIELD.at(
                    Span(path, *typed[0].start),
                    "'body' is not a key of a page",
                    "Remove it: the text stands below the second line of hyphens.",
                )
            )
        entries = {**root.entries, "body": (Scalar("body", (line, 1), (line, 1)), body)}
        return Document(path, text, Mapping(entries, (1, 1), end)), problems
    except Refused as refused:
        return _unreadable(b"", path, refused.problem)


def _too_large(path: str, size: int, most_mb: float) -> Problem:
    return BEYOND_LIMITS.at(Span(path), f"the file has {size / 1e6:.1f} MB; {most_mb:g} is the most")


def _files(folder: Path, suffix: str, wrong: str) -> Iterator[tuple[Path, str, str]]:
    """Files below `folder` in a fixed order, each with what is wrong with it ('' for nothing) and what to do."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(parent, name).is_symlink():
                yield Path(parent, name), "a link, not a folder", "Put the files themselves here."
        for name in sorted(names):
            file = Path(parent, name)
            if name.startswith((".", "#")) or name.endswith("~"):
                continue
            if not name.lower().endswith((suffix, wrong)):
                continue
            if file.is_symlink() or not file.is_file():
                yield file, "a link, not a file", "Put the text itself here."
            elif name.endswith(suffix):
                yield file, "", ""
            else:
                yield file, f"the name does not end in {suffix}, so the file is not read", ""


def _head(file: Path) -> bytes:
    """As much of a file as ids are looked for in; nothing of what is no plain file."""
    if file.is_symlink() or not file.is_file():
        return b""
    with file.open("rb") as opened:
        return opened.read(HEAD)


def _limit(documents: list[Document]) -> float:
    """The largest size of a file in MB, from the site's policy; anything else wrong with it is for later stages."""
    for document in documents:
        policy = document.place.at("policy").node
        node = policy.get("max_file_mb") if isinstance(policy, Mapping) else None
        if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", node.text):
            return min(max(float(node.text), MAX_MB), HIGHEST_MAX_MB)
    return MAX_MB


def load(root: Path) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """All of `data/**/*.yaml` and `content/*.md` below `root`, and what kept files from being read.

    Raises `FileNotFoundError` where there is no `data` folder, and `OSError` where the machine refuses a file.
    """
    data = root / "data"
    if not data.is_dir():
        raise FileNotFoundError(f"{data} is not there: name the folder that holds data/ with --root")
    documents: list[Document] = []
    problems: list[Problem] = []

    def take(read: tuple[Document, list[Problem]]) -> None:
        documents.append(read[0])
        problems.extend(read[1])

    site = root / SITE_FILE
    if site.is_file() and not site.is_symlink() and site.stat().st_size <= MAX_MB * 1_000_000:
        take(read_yaml(site.read_bytes(), SITE_FILE))
    limit = _limit(documents)
    for folder, suffix, wrong in (("data", ".yaml", ".yml"), ("content", ".md", ".markdown")):
        most = limit if folder == "data" else CONTENT_MB
        for file, fault, remedy in _files(root / folder, suffix, wrong):
            path = file.relative_to(root).as_posix()
            if any(document.path == path for document in documents[:1]):
                continue
            if fault:
                take(_unreadable(_head(file), path, NOT_TEXT.at(Span(path), fault, remedy)))
            elif (size := file.stat().st_size) > most * 1_000_000:
                take(_unreadable(_head(file), path, _too_large(path, size, most)))
            elif folder == "content":
                take(read_content(file.read_bytes(), path))
            else:
                take(read_yaml(file.read_bytes(), path, limit))
    return tuple(documents), tuple(problems)
