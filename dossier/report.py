"""Findings as text for people, and as JSON, GitHub annotations or SARIF for machines.

What findings quote was typed by strangers: nothing of it reaches a terminal unescaped.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dossier import __version__
from dossier.document import Span
from dossier.frozen import dataclass
from dossier.problems import Problem, Rule, Severity

WIDTH = 100
"""How much of a long line is quoted."""
MOST = 200
"""Findings of one rule in one file that are printed before the rest is only counted."""
_LARGEST = 64_000_000
_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """Text for a terminal: control, bidirectional and other invisible characters as escapes."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character == "\t":
        return "\\t"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and character not in _JOINERS:
        return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
    return character


def _width(text: str) -> int:
    """Columns of a terminal."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A line of a file as it is printed, cut around one column, and where the caret goes below it."""

    number: int
    text: str
    caret: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as people see it, with the line it is about: all of its text is safe to print.

    `code` is '' where no rule of the dossier is broken.
    """

    severity: Severity
    code: str
    place: str
    message: str
    quoted: Quoted | None = None
    remedy: str = ""
    also: tuple[tuple[str, str], ...] = ()


def quoted(line: str, number: int, column: int) -> Quoted:
    """The line around a column, at most `WIDTH` characters of it."""
    start = max(0, column - 1 - WIDTH // 2) if len(line) > WIDTH else 0
    end = start + WIDTH
    before, after = visible(line[start : column - 1]), visible(line[column - 1 : end])
    before = ("…" if start else "") + before
    return Quoted(number, before + after + ("…" if end < len(line) else ""), _width(before))


class _Files:
    """The lines of files below a folder, each file read once. Links are not followed: a stranger may have set them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.read: dict[str, list[str]] = {}

    def line(self, file: str, number: int) -> str:
        if file not in self.read:
            self.read[file] = self._lines(self.root / file)
        lines = self.read[file]
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _lines(self, path: Path) -> list[str]:
        try:
            if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
                return []
            text = path.read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            return []
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def findings(problems: Iterable[Problem], root: Path) -> tuple[Finding, ...]:
    """Problems with the lines they are about, read from the files below `root`."""
    files = _Files(root)

    def found(problem: Problem) -> Finding:
        span = problem.span
        line = files.line(span.file, span.line)
        return Finding(
            problem.severity,
            problem.rule.code,
            visible(str(span)),
            visible(problem.message),
            quoted(line, span.line, span.column) if line.strip() else None,
            "\n".join(map(visible, problem.remedy.split("\n"))),
            tuple((visible(str(place)), visible(words)) for place, words in problem.also),
        )

    return tuple(map(found, problems))


def slip_in_template(error: BaseException, folders: Iterable[Path]) -> Finding | None:
    """The line of a template that an exception arose in, or None where it arose elsewhere."""
    from traceback import walk_tb

    folders = tuple(folders)
    for frame, number in reversed(list(walk_tb(error.__traceback__))):
        path = Path(frame.f_code.co_filename)
        for folder in folders:
            if path.is_relative_to(folder):
                file = path.relative_to(folder).as_posix()
                line = _Files(folder).line(file, number)
                column = len(line) - len(line.lstrip()) + 1
                place = str(Span(f"{folder.name}/{file}", number, column))
                return Finding("error", "", visible(place), said(error), quoted(line, number, column))
    return None


def said(error: BaseException) -> str:
    """An exception in one line."""
    return visible(f"{type(error).__name__}: {error}".split("\n")[0])


def count(problems: Iterable[Problem]) -> str:
    """The closing line: `3 errors, 1 warning in 2 files`."""
    problems = tuple(problems)
    if not problems:
        return "No errors, no warnings"
    number = Counter(problem.severity for problem in problems)
    parts = [_some(number[severity], severity) for severity in ("error", "warning") if number[severity]]
    return f"{', '.join(parts)} in {_some(len({problem.span.file for problem in problems}), 'file')}"


def _some(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def printed(finding: Finding, colour: bool = False) -> str:
    """One finding as lines of text: place and message, the line with a caret, what to do, other places."""

    def painted(text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if colour else text

    strong = "1;31" if finding.severity == "error" else "1;33"
    head = painted(f"{finding.severity} {finding.code}".rstrip(), strong)
    lines = [f"{painted(finding.place, '1')}: {head} {finding.message}"]
    if line := finding.quoted:
        margin = f"{line.number:>5} | "
        lines += [f"{margin}{line.text}", f"{'| ':>{len(margin)}}{' ' * line.caret}{painted('^', strong)}"]
    if finding.remedy:
        lines.append(f"  -> {finding.remedy}")
    lines += [f"  also {place}: {words}" for place, words in finding.also]
    return "\n".join(lines)


def as_text(problems: tuple[Problem, ...], root: Path, colour: bool = False) -> str:
    """All findings, warnings before errors so that what stops a build stands nearest the prompt; then how many."""
    shown: list[Problem] = []
    after: dict[int, list[str]] = {}
    ordered = sorted(problems, key=lambda problem: problem.severity == "error")
    for (_, file), inside in groupby(ordered, key=lambda problem: (problem.severity, problem.span.file)):
        seen: Counter[str] = Counter()
        for problem in inside:
            seen[problem.rule.code] += 1
            if seen[problem.rule.code] <= MOST:
                shown.append(problem)
        after[len(shown)] = [
            f"{visible(file)}: {number - MOST:,} more of {code} in this file"
            for code, number in sorted(seen.items())
            if number > MOST
        ]
    lines: list[str] = []
    for index, finding in enumerate(findings(shown, root), 1):
        lines += [printed(finding, colour), *after.get(index, ())]
    return "\n".join([*lines, *([""] if lines else []), f"{count(problems)}."])


def as_json(problems: tuple[Problem, ...]) -> str:
    """A list of objects, one a finding."""
    return json.dumps([_object(problem) for problem in problems], indent=2)


def _object(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.rule.code,
        "rule": problem.rule.name,
        "severity": problem.severity,
        **_at(problem.span),
        "message": problem.message,
        "remedy": problem.remedy,
        "also": [{**_at(span), "message": words} for span, words in problem.also],
    }


def _at(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.line, "column": span.column}


SHOWN_BY_GITHUB = 10
"""Notes of each severity that GitHub shows for one step; it drops the rest without a word."""


def as_github(problems: tuple[Problem, ...]) -> str:
    """Workflow commands (docs.github.com, "Workflow commands for GitHub Actions"), which become notes on the lines.

    One line a finding, errors first. What is more than GitHub shows is said in plain lines of the log, where its place
    can be read, and counted in a last note.
    """

    def line(problem: Problem) -> str:
        span = problem.span
        properties = {
            "file": span.file,
            "line": str(span.line),
            "col": str(span.column),
            "title": f"{problem.rule.code} {problem.rule.name}",
        }
        named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        also = [f"{place}: {words}" for place, words in problem.also]
        text = "\n".join([problem.message, problem.remedy, *also])
        return f"::{problem.severity} {named}::{_data(text)}"

    noted, listed = [], []
    for severity in ("error", "warning"):
        of_this = [problem for problem in problems if problem.severity == severity]
        noted += of_this[:SHOWN_BY_GITHUB]
        listed += of_this[SHOWN_BY_GITHUB:]
    lines = [*map(line, noted), *map(_logged, listed)]
    if listed:
        number = Counter(problem.severity for problem in listed)
        more = " and ".join(_some(number[each], f"more {each}") for each in ("error", "warning") if number[each])
        verb = "is" if len(listed) == 1 else "are"
        lines.append(f"::notice title=Not all is shown here::{more} {verb} in the log of this step.")
    return "\n".join(lines)


def _logged(problem: Problem) -> str:
    """A finding in a line of the log. The older form of commands, `##[`, is heeded anywhere in a line."""
    text = f"{problem.span}: {problem.severity} {problem.rule.code} {problem.message} -> {problem.remedy}"
    return visible(" ".join(text.split())).replace("##[", "# #[")


def _data(text: str) -> str:
    escaped = "\n".join(map(visible, text.split("\n")))
    return escaped.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def as_sarif(problems: tuple[Problem, ...], rules: Iterable[Rule]) -> str:
    """SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), with every rule and what to do about it."""
    listed = {rule.code: rule for rule in (*rules, *(problem.rule for problem in problems))}
    index = {code: number for number, code in enumerate(listed)}
    run = {
        "tool": {
            "driver": {"name": "dossier", "version": __version__, "rules": list(map(_sarif_rule, listed.values()))}
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": problem.rule.code,
                "ruleIndex": index[problem.rule.code],
                "level": problem.severity,
                "message": {"text": f"{problem.message}\n{problem.remedy}".strip()},
                "locations": [_sarif_place(problem.span)],
                **({"relatedLocations": [_sarif_place(*also) for also in problem.also]} if problem.also else {}),
            }
            for problem in problems
        ],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2)


_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.sentence},
        "fullDescription": {"text": f"{rule.sentence} {rule.why}"},
        "help": {"text": rule.remedy, "markdown": rule.remedy},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.group]},
    }


def _sarif_place(span: Span, message: str = "") -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(span.file, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": span.line, "startColumn": span.column},
        },
        **({"message": {"text": message}} if message else {}),
    }


FORMATS: tuple[str, ...] = ("text", "json", "github", "sarif")


def explained(rule: Rule) -> str:
    """A rule in full, for the contributor who met it."""
    return "\n".join(
        [
            f"{rule.code} {rule.name} ({rule.severity}, {rule.group})",
            "",
            rule.sentence,
            rule.why,
            "",
            f"  -> {rule.remedy}",
        ]
    )
