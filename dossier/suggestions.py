"""Safe fixes as suggestions that a contributor takes over with one click: GitHub's review, made of two diffs.

`python -m dossier.suggestions FIXES CHANGES` prints it in JSON: FIXES is what `check --fix --preview` prints, CHANGES
what `git diff --unified=0` says of the pull request. A host takes a suggestion only on lines that the pull request
itself changed, and refuses the whole review for one that is not. What files hold is a stranger's, and stands inside
code alone. Prints nothing where there is nothing to suggest.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from dossier.frozen import dataclass
from dossier.patterns import regex

MOST = 20
"""Suggestions of one review: more are for `check --fix`."""
LONGEST = 10
"""Lines of one suggestion."""
MARK = "<!-- dossier: fixes {} -->"
SAYS = "These lines can be mended by themselves, and mean the same afterwards. Take over what you like."
_HUNK = regex(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True, slots=True)
class Replaced:
    """Lines `first` to `last` of a file as it is, and what stands in their place."""

    path: str
    first: int
    last: int
    lines: tuple[str, ...]


def replaced(diff: str) -> Iterator[Replaced]:
    """Each run of lines that a unified diff replaces by others. Runs that only add or take away are passed over: there
    is no line to suggest them on, or nothing to suggest."""
    path, number = "", 0
    old: list[int] = []
    new: list[str] = []

    def run() -> Iterator[Replaced]:
        if path and old and new:
            yield Replaced(path, old[0], old[-1], tuple(new))
        old.clear()
        new.clear()

    left = 0
    for line in diff.split("\n"):
        if left <= 0 and line.startswith("+++ "):
            yield from run()
            path = line[6:] if line.startswith("+++ b/") else ""
        elif left <= 0 and (found := _HUNK.match(line)):
            yield from run()
            number = int(found[1])
            left = int(found[2] or 1) + int(found[4] or 1)
        elif left > 0 and line[:1] in ("-", "+", " "):
            left -= 2 if line[0] == " " else 1
            if line[0] == " ":
                yield from run()
                number += 1
            elif line[0] == "-":
                old.append(number)
                number += 1
            else:
                new.append(line[1:].removesuffix("\r"))
    yield from run()


def changed(diff: str) -> dict[str, set[int]]:
    """The numbers, in the new file, of the lines that a diff without context adds."""
    found: dict[str, set[int]] = {}
    path, left = "", 0
    for line in diff.split("\n"):
        if left > 0:
            left -= line[:1] in ("-", "+")
        elif line.startswith("+++ "):
            path = line[6:] if line.startswith("+++ b/") else ""
        elif hunk := _HUNK.match(line):
            left = int(hunk[2] or 1) + int(hunk[4] or 1)
            found.setdefault(path, set()).update(range(int(hunk[3]), int(hunk[3]) + int(hunk[4] or 1)))
    return found


def review(fixes: str, changes: str) -> dict[str, object] | None:
    """The review; None where there is nothing to suggest. Its body carries a digest, so that it is posted once."""
    lines = changed(changes)
    comments = []
    for each in replaced(fixes):
        there = set(range(each.first, each.last + 1)) <= lines.get(each.path, set())
        if not there or len(each.lines) > LONGEST or each.last - each.first >= LONGEST:
            continue
        text = "\n".join(each.lines)
        fence = "`" * (1 + max([2, *(len(run) for run in re.findall("`+", text))]))
        several = {"start_line": each.first, "start_side": "RIGHT"} if each.last > each.first else {}
        body = f"{fence}suggestion\n{text}\n{fence}"
        comments.append({"path": each.path, "line": each.last, "side": "RIGHT", **several, "body": body})
    if not comments:
        return None
    comments = comments[:MOST]
    digest = sha256(json.dumps(comments).encode()).hexdigest()[:16]
    return {"event": "COMMENT", "body": f"{MARK.format(digest)}\n{SAYS}", "comments": comments}


def main() -> None:
    fixes, changes = (Path(name).read_bytes().decode("utf-8", "replace") for name in sys.argv[1:3])
    if found := review(fixes, changes):
        print(json.dumps(found))


if __name__ == "__main__":
    main()
