"""Two versions of a record, and what is told of the change from one to the other. Part of the past."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple

from dossier.frozen import fields
from dossier.model import COLLECTIONS
from dossier.past import TOLD, Edit

TELLING = ("statement", "title", "name")
"""Texts that are told; of others it is only told that they changed."""
UNTOLD = ("summary", "text", "note")
"""Prose that is not told even where it is short."""
LASTING = ("statement", "amount", "date", "mode", "status", "position", "withdrawn", "summary")
"""Keys whose values are told from the beginning, since their wordings are."""
NAMING = ("title", "name", "kind", "counterparty", "company")
"""Keys that a record which is gone is called by."""
LONGEST = 200
"""Characters of a value that is no text and is told all the same."""


class Version(NamedTuple):
    """A record as it stood: its collection, and what each key said, as JSON that is the same for the same meaning."""

    collection: str
    keys: dict[str, str]


@cache
def texts_of(collection: str) -> frozenset[str]:
    """Keys of a collection that hold a text, in one language or several."""
    kinds = ("Text", "Prose", "Text | None", "Prose | None")
    return frozenset(each.name for each in fields(COLLECTIONS[collection]) if each.type in kinds)


def edits(old: Version | None, new: Version | None, first: str) -> Iterator[Edit]:
    """What is told of a change: of a record that comes, the keys that have wordings; of one that goes, also those it is
    called by. A text that names no language is in the `first` of the site."""
    before, after = old.keys if old else {}, new.keys if new else {}
    texts = texts_of((new or old).collection)  # type: ignore[union-attr]  # one of them is there
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) == after.get(key):
            continue
        if not (key in LASTING or (old and (new or key in NAMING))):
            continue
        one, other = (json.loads(side[key]) if key in side else None for side in (before, after))
        if isinstance(one, list) or isinstance(other, list):
            had, has = _counted(one), _counted(other)
            yield Edit(key, added=(has - had).total(), removed=(had - has).total())
            continue
        had_, has_ = (_by_language(side, first if key in texts else "") for side in (one, other))
        for language in sorted(had_.keys() | has_.keys()):
            if had_.get(language) != has_.get(language):
                told, then = (_told(key, side[language]) if language in side else "" for side in (had_, has_))
                yield Edit(key, language, told, then)


def _counted(plain: Any) -> Counter[str]:
    """Items of a list; one that is written without its dash is a list of one."""
    return Counter(map(json.dumps, plain if isinstance(plain, list) else [] if plain is None else [plain]))


def _by_language(plain: Any, first: str) -> dict[str, Any]:
    """The texts of a key by language; under '' what is no text, for which `first` is ''."""
    if plain is None:
        return {}
    return plain if first and isinstance(plain, dict) else {first: plain}


def _told(key: str, plain: Any) -> str:
    """A value as text, in the form that `published.py` locks it in: an amount as `5.5 CAD ceiling`."""
    if isinstance(plain, str):
        return plain if key in TELLING or (len(plain) <= LONGEST and key not in UNTOLD) else TOLD
    if key == "amount" and isinstance(plain, dict):
        about = "about" if plain.get("approximate") == "true" else ""
        said = (_number(plain.get("value")), _word(plain.get("currency")), _word(plain.get("kind")), about)
        return " ".join(filter(None, said))
    if key == "withdrawn" and isinstance(plain, dict):
        return " ".join(filter(None, (_word(plain.get("date")), _word(plain.get("reason")))))
    return TOLD


def _word(plain: Any) -> str:
    return plain[:LONGEST] if isinstance(plain, str) else ""


def _number(plain: Any) -> str:
    """A number without the noughts that say nothing; what is none, as it is."""
    typed = _word(plain)
    try:
        value = Decimal(typed)
    except InvalidOperation:
        return typed
    return f"{value.normalize():f}" if value.is_finite() and abs(value.adjusted()) < 20 else typed
