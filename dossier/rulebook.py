"""The rules as a page: `docs/rules.md`, and the command that writes it.

`python -m dossier.rulebook`, part of `make docs`. Each rule is explained by itself and by its case file under
`tests/cases`, which the tests run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dossier.checks import RULES as BY_CODE
from dossier.frozen import dataclass
from dossier.patterns import regex
from dossier.problems import Rule

TOP = Path(__file__).parents[1]
PAGE = TOP / "docs/rules.md"
CASES = TOP / "tests/cases"

RULES = tuple(sorted(BY_CODE.values(), key=lambda rule: rule.code[1:]))
"""Every rule, by the number of its code."""

GROUPS = {
    "shape": "Is it readable, and does everything stand where it belongs?",
    "evidence": "Does every statement show what it rests on?",
    "time": "Can it have happened then, and is it still so?",
    "money": "Is a sum what the source says it is?",
    "fairness": "Is everyone heard, and nobody named without need?",
    "language": "Do the words say who says so, no more than that, and the same to every reader?",
    "integrity": "Is what readers see what was written?",
}

_SECTION = regex(r"^## (Bad|Report|Good)\n", re.MULTILINE)
_BLOCK = regex(r"(?:^(\S+):\n\n)?^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)

INTRODUCTION = """\
<!-- Written by `make docs` from dossier/checks/, dossier/shape.py and tests/cases/: change it there. -->

# The rules

What a dossier owes its readers and those it is about, as far as a machine can look after it. Every finding names file,
line and column and says what to do; all findings of a run are shown. A rule that begins with E is an error, and nothing
is built while one stands. A rule that begins with W is a warning.

`data/site.yaml` may raise a rule, or lower one and say why, which is printed at every build:

```yaml
policy:
  severity:
    - {rule: W603, severity: error}
    - {rule: E504, severity: warning, reason: "The desk is closed in August."}
```

Each rule below has an example that breaks it, the report it gives, and the same example mended. The examples are tests
(`tests/cases/`); they stand in an invented dossier about bakeries (`tests/cases/base/`). In them `·` is a tab and `¤` a
character that cannot be seen. Withdrawn claims are left as they were by the rules about evidence, fairness, language
and money. Rules about wording know English and French, and leave texts in other languages alone.

To add a rule: one module in `dossier/checks/`, its name in `CHECKS`, one case file, `make docs`.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One rule's example. `bad` and `good` are files by their path, and `report` is what the bad ones give."""

    title: str
    says: str
    bad: dict[str, str]
    report: str
    good: dict[str, str]
    today: date | None


def read_case(text: str) -> Case:
    """A case file: a title, a sentence or two, and under `Bad`, `Report` and `Good` fenced blocks. Each is a file of
    the dossier, `data/case.yaml` where no path stands before it. `Today: 2026-01-31` sets the day of the build."""
    head, *rest = _SECTION.split(text)
    sections = dict(zip(rest[::2], (_BLOCK.findall(section) for section in rest[1::2]), strict=True))
    files = {name: {path or "data/case.yaml": words for path, words in found} for name, found in sections.items()}
    title, _, says = head.removeprefix("# ").partition("\n")
    day = re.search(r"^Today: (\S+)$", says, re.MULTILINE)
    return Case(
        title,
        re.sub(r"^Today: .*\n?", "", says, flags=re.MULTILINE).strip(),
        files["Bad"],
        sections["Report"][0][1],
        files["Good"],
        date.fromisoformat(day[1]) if day else None,
    )


def read_cases(folder: Path) -> dict[str, Case]:
    """The case of every rule, by its code."""
    files = sorted(folder.glob("[EW]*.md"))
    return {file.stem.partition("-")[0]: read_case(file.read_text("utf-8")) for file in files}


def rules_page(cases: Mapping[str, Case]) -> str:
    """Every rule with its reason, its remedy and its example, as Markdown."""
    lines = [INTRODUCTION]
    for group, question in GROUPS.items():
        rules = [rule for rule in RULES if rule.group == group]
        lines += [f"## {group.capitalize()}", "", question, ""]
        lines += ["| Code | Name | Severity | Rule |", "|---|---|---|---|"]
        lines += [f"| [{r.code}](#{_anchor(r)}) | {r.name} | {r.severity} | {_cell(r.sentence)} |" for r in rules]
        for rule in rules:
            lines += ["", *_rule(rule, cases.get(rule.code))]
        lines.append("")
    return "\n".join(lines)


def _anchor(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.name}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rule(rule: Rule, case: Case | None) -> list[str]:
    lines = [f"### {rule.code} {rule.name}", "", f"**{rule.sentence}** ({rule.severity})", ""]
    lines += [f"Why: {rule.why}", "", f"What to do: {rule.remedy}"]
    if case:
        lines += ["", case.says, "", "Bad:", "", *_files(case.bad), "```text", case.report.rstrip("\n"), "```", ""]
        lines += ["Good:", "", *_files(case.good)]
        lines.pop()
    return lines


def _files(files: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    for path, words in files.items():
        language = {"md": "markdown", "lock": "text"}.get(path.rpartition(".")[2], "yaml")
        lines += [
            *([] if path == "data/case.yaml" else [f"`{path}`", ""]),
            f"```{language}",
            words.rstrip("\n"),
            "```",
            "",
        ]
    return lines


def main() -> None:
    """Write the page."""
    PAGE.write_text(rules_page(read_cases(CASES)), "utf-8")


if __name__ == "__main__":
    main()
