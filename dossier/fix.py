"""Slips that a program may mend, since nothing else can have been meant: blanks and line ends, quotation marks around a
text that needs them, dates in other forms. Nothing is written here: `check --fix` does that.

No mend is taken on trust: the file is read again, and must say what it said, except for the dates and words that were
to be replaced. Else it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from dossier.document import Document, Node, Scalar, Sequence
from dossier.frozen import dataclass
from dossier.load import SITE_FILE, files_of, limit_of, read_content, read_yaml
from dossier.load import read as read_file
from dossier.meant import bare, meant_date
from dossier.mend import in_quotes, untabbed
from dossier.parse import MAX_MB, Refused, checked_text, parse
from dossier.patterns import regex
from dossier.shape import BAD_DATE, BAD_ID, BAD_VALUE, URL_SCHEME
from dossier.validate import languages_of, read_document

_MOST = 20
"""Slips of one file that keep it from being read and are mended in one run."""
_MARKS = regex(r"[\s\"'“”„‘’\\]")
_PLAIN = regex(r"[\w./~?%-]+(?::[\w./~?%-]+)*")


@dataclass(frozen=True, slots=True)
class Fixed:
    """One file as it was and as it is to be, and what was mended, in words."""

    path: str
    before: bytes
    after: bytes
    what: tuple[str, ...]

    @property
    def diff(self) -> str:
        """What changes, as `git apply` takes it; '' for nothing."""
        lines = unified_diff(
            _lines(self.before),
            _lines(self.after),
            f"a/{self.path}",
            f"b/{self.path}",
        )
        ended = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
        return "".join(ended)


def _lines(raw: bytes) -> list[str]:
    """The lines with their ends; a carriage return is part of its line, as git sees it."""
    return re.findall(r"[^\n]*\n|[^\n]+", raw.decode("utf-8"))


def fix(raw: bytes, path: str, languages: tuple[str, ...], max_mb: float) -> Fixed | None:
    """A file of the dossier with its slips mended; None where there is nothing to mend, or nothing that is safe."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if len(raw) > max_mb * 1_000_000 or not text.strip():
        return None
    what = []
    if raw.startswith(b"\xef\xbb\xbf"):
        what.append("a byte order mark removed")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        what.append("line ends of Windows made plain")
    if path.endswith(".md"):
        return _page(raw, path, text, what)
    said = _scalars(raw, path, max_mb)
    if said is None and (text := _without_tabs(text, path, max_mb, what)) == "":
        return None
    # What kept it from being read was blanks and marks; the words are those that were typed.
    if _MARKS.sub("", text) != _MARKS.sub("", raw.decode("utf-8-sig")):
        return None
    if said is None:
        said = _scalars(text.encode(), path, max_mb)
    text = _trimmed(text, path, max_mb, what)
    text, meant = _replaced(text, path, languages, max_mb, what)
    after = text.encode()
    now = _scalars(after, path, max_mb)
    if after == raw or said is None or now != [meant.get(number, each) for number, each in enumerate(said)]:
        return None
    return Fixed(path, raw, after, tuple(what))


def fixes(root: Path) -> Iterator[tuple[Path, Fixed]]:
    """What can be mended below `root`, file by file; nothing is written. Links are left alone."""
    limit, languages = MAX_MB, languages_of(None)
    for found in files_of(root):
        if found.fault:
            continue
        if found.path == SITE_FILE:
            document, _ = read_file(found, limit)
            limit, languages = limit_of(document), languages_of(document)
        file = Path(found.file)
        if file.stat().st_size <= limit * 1_000_000 and (fixed := fix(file.read_bytes(), found.path, languages, limit)):
            yield file, fixed


def _page(raw: bytes, path: str, text: str, what: list[str]) -> Fixed | None:
    """A prose page. Blanks at the end of its lines mean something in Markdown, and stay."""
    if not text.endswith("\n"):
        text += "\n"
        what.append("the last line ended")
    before, _ = read_content(raw, path)
    after, _ = read_content(text.encode(), path)
    same = [each.text.rstrip("\n") for each in _walk(before.root)] == [
        each.text.rstrip("\n") for each in _walk(after.root)
    ]
    done = text.encode()
    return Fixed(path, raw, done, tuple(what)) if same and before.readable and done != raw else None


def _walk(node: Node) -> Iterator[Scalar]:
    """Every value in the order typed, and every key as a value of its own."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        yield Scalar("[", node.start, node.start)
        for each in node.items:
            yield from _walk(each)
    else:
        yield Scalar("{", node.start, node.start)
        for key, value in node.entries.items():
            yield Scalar(key, node.keys[key], node.keys[key])
            yield from _walk(value)


def _scalars(raw: bytes, path: str, max_mb: float) -> list[str] | None:
    """All that a data file says, in order; None where it cannot be read."""
    document, _ = read_yaml(raw, path, max_mb)
    return [each.text for each in _walk(document.root)] if document.readable else None


def _without_tabs(text: str, path: str, max_mb: float, what: list[str]) -> str:
    """The text with what keeps it from being read mended, and with spaces for its tabs where every width with which it
    can be read says the same; '' where that cannot be done safely."""
    if "\t" not in text:
        return _readable(text, path, max_mb, what)
    found: dict[tuple[str, ...], tuple[str, list[str]]] = {}
    for width in (2, 4, 8):
        also = ["tabs replaced by spaces"]
        spaced = "\n".join(untabbed(line, width) if "\t" in line else line for line in text.split("\n"))
        if spaced := _readable(spaced, path, max_mb, also):
            said = _scalars(spaced.encode(), path, max_mb) or []
            found.setdefault(tuple(said), (spaced, also))
    if len(found) != 1:
        return ""
    ((spaced, also),) = found.values()
    what += also
    return spaced


def _readable(text: str, path: str, max_mb: float, what: list[str]) -> str:
    """The text with what keeps it from being read mended; '' where that cannot be done safely."""
    for _ in range(_MOST):
        try:
            parse(checked_text(text.encode(), path), path, max_mb=max_mb)
        except Refused as refused:
            mend = refused.mend
            if mend is None or not mend.safe:
                return ""
            what.append(f"line {mend.line + 1}: {mend.message}")
            text = "\n".join(mend.applied(text.split("\n")))
        else:
            return text
    return ""


def _trimmed(text: str, path: str, max_mb: float, what: list[str]) -> str:
    """The text without blanks at the end of its lines, and with its last line ended, as far as it says the same."""
    said = _scalars(text.encode(), path, max_mb)
    lines = text.split("\n")
    document, _ = read_yaml(text.encode(), path, max_mb)
    kept = {n for each in _walk(document.root) for n in range(each.start[0], each.end[0])}
    for trimmed, words in (
        ("\n".join(line if n in kept else line.rstrip(" ") for n, line in enumerate(lines, 1)), "blanks at line ends"),
        (None, "the last line ended"),
    ):
        new = trimmed if trimmed is not None else text if text.endswith("\n") else f"{text}\n"
        if new != text and _scalars(new.encode(), path, max_mb) == said:
            text = new
            what.append(words if trimmed is None else f"{words} removed")
    return text


def _replaced(
    text: str, path: str, languages: tuple[str, ...], max_mb: float, what: list[str]
) -> tuple[str, dict[int, str]]:
    """The text with dates as the dossier has them and words without curly quotation marks; and what each replaced
    value, by its number, says now."""
    document, _ = read_yaml(text.encode(), path, max_mb)
    wrong = read_document(document, languages).problems
    places = {(each.span.line, each.span.column): each.rule for each in wrong}
    lines, meant = text.split("\n"), {}
    nodes = list(enumerate(_walk(document.root)))
    for number, node in reversed(nodes):
        rule, (line, column) = places.get(node.start), node.start
        if rule not in (BAD_DATE, BAD_ID, BAD_VALUE, URL_SCHEME) or node.end[0] != line or node.end == node.start:
            continue
        typed = node.text.strip()
        new = meant_date(typed) if rule is BAD_DATE else bare(typed)
        if not new or new == typed:
            continue
        here = lines[line - 1]
        written = new if _PLAIN.fullmatch(new) else in_quotes(new)
        lines[line - 1] = here[: column - 1] + written + here[node.end[1] - 1 :]
        meant[number] = new
    changed = "\n".join(lines)
    if not meant:
        return text, {}
    after = Document(path, changed, read_yaml(changed.encode(), path, max_mb)[0].root)
    left = read_document(after, languages).problems
    if len(left) != len(wrong) - len(meant):
        return text, {}
    for number, node in nodes:
        if number in meant:
            what.append(f"line {node.start[0]}: {meant[number]} written for {node.text.strip()[:60]}")
    return changed, meant
