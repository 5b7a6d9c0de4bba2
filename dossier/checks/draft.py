"""Records written for a contributor to paste, with the words that only a person can write left open.

Part of `checks`. They are typed so that any text stands in them: between double quotes, with the escapes that JSON and
YAML have in common.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from dossier.published import digest
from dossier.register import Register

LONGEST = 80
"""Characters of an id."""
OPEN = {"en": "What readers should know.", "fr": "Ce que les lecteurs doivent savoir."}
OPEN_REASON = {"en": "Why it is gone.", "fr": "Pourquoi cela n’est plus là."}
_ALL = frozenset((*OPEN.values(), *OPEN_REASON.values()))


def is_open(words: str) -> bool:
    """Whether words are still those of the draft."""
    return " ".join(words.split()).replace("'", "’") in _ALL


def correction(register: Register, target: str, after: Iterable[tuple[str, str]], today: date) -> tuple[str, str]:
    """A file's name and what to put into it: the correction of a record that says `after` now, by language."""
    name = _free(register, f"{target}-{today}" if len(target) + 11 <= LONGEST else f"{digest(target)}-{today}")
    lines = [
        "corrections:",
        f"  - id: {name}",
        f"    date: {today}",
        f"    target: {target}",
        "    kind: correction  # an error mended; update: events moved on; clarification: the same in other words",
        *_text("after", dict(after)),
        *_text("text", _open(register, OPEN)),
    ]
    return f"data/corrections/{name}.yaml", "\n".join(lines)


def tombstone(register: Register, name: str, today: date) -> tuple[str, str]:
    """A file's name and what to put into it: the tombstone of a record that is gone."""
    lines = ["tombstones:", f"  - id: {name}", f"    date: {today}", *_text("reason", _open(register, OPEN_REASON))]
    return f"data/tombstones/{name}.yaml", "\n".join(lines)


def _open(register: Register, words: Mapping[str, str]) -> dict[str, str]:
    return {code: words.get(code, words["en"]) for code in register.languages}


def _text(key: str, versions: Mapping[str, str]) -> list[str]:
    """A text of a record as lines; none where there are no words."""
    typed = [f"      {code}: {json.dumps(words, ensure_ascii=False)}" for code, words in versions.items()]
    return [f"    {key}:", *typed] if typed else []


def _free(register: Register, wanted: str) -> str:
    """The id, or the first of `-2`, `-3` … after it, that no record has or had."""
    name, number = wanted, 1
    taken = (register.records, register.legal_entities, register.lost, register.published)
    while any(name in names for names in taken):
        number += 1
        name = f"{wanted[: LONGEST - 5]}-{number}"
    return name
