"""Ids known so far, and what their records say in a line: what an editor offers where an id belongs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from dossier.dates import Edtf
from dossier.frozen import MISSING, Field, annotated, fields
from dossier.model import COLLECTIONS, Part
from dossier.register import Records
from dossier.values import Prose, Ref, Text, Words

LONGEST = 120
"""Characters of a record's own words that stand beside its id."""
APART = 250
"""Ids of which an editor says what their records are, wherever they are named. It tries each of them for each value (of
500, a file with 200 citations takes 2 s); of more it only offers them."""

Known = dict[str, dict[str, Part]]
"""Records by collection and id."""


def known_ids(records: Records) -> Known:
    """Every id of these records, those of legal entities too."""
    found: Known = {name: {} for name in COLLECTIONS}
    for name in COLLECTIONS:
        for record in getattr(records, name):
            if identity := getattr(record, "id", None):
                found[name][identity] = record
    entities = (entity for company in records.companies for entity in company.legal_entities)
    found["legal_entities"] = {entity.id: entity for entity in entities}
    return found


def with_ids(shaped: dict[str, Any], known: Mapping[str, Mapping[str, Part]], ref: Ref) -> dict[str, Any]:
    """The schema of what a reference may be: what is `shaped` so, with the ids it may name and words allowed besides.

    Each is a schema of its own, so that an editor shows what one record says and not all of them.
    """
    names = known if ref.collections == ("*",) else ref.collections
    said = dict.fromkeys(ref.also, "")
    said |= {identity: _line(record) for name in names for identity, record in known[name].items()}
    if len(said) > APART:
        # These are offered on completion, and nothing is compared with them.
        return {**shaped, "defaultSnippets": [_snippet(word, line) for word, line in said.items()]}
    each = [{"enum": [word], **({"enumDescriptions": [line]} if line else {})} for word, line in said.items()]
    return {"anyOf": [shaped, *each]}


def _snippet(word: str, line: str) -> dict[str, str]:
    return {"label": word, "body": word, **({"description": line} if line else {})}


def _line(record: Part) -> str:
    title, rest = _title(record), _rest(record)
    return f"{title} ({rest})" if title and rest else title or rest


@cache
def _keys(cls: Any) -> list[tuple[Field[Any], Any]]:
    hints = annotated(cls)
    return [(each, hints[each.name]) for each in fields(cls) if not each.metadata.get("hidden")]


def _keys_of(record: Part) -> list[tuple[Field[Any], Any]]:
    return _keys(type(record))  # type: ignore[arg-type]  # mypy: frozen classes as keys


def _title(record: Part) -> str:
    """The first words of a record: its name or its title, else what it states."""
    values = [(getattr(record, each.name), annotation) for each, annotation in _keys_of(record)]
    names = (value for value, annotation in values if annotation == Words)
    texts = (value.text if isinstance(value, Prose) else value for value, _ in values)
    versions = (text.versions[0][1] for text in texts if isinstance(text, Text))
    return _short(next(names, None) or next(versions, ""))


def _rest(record: Part) -> str:
    """What a record must say in a word, and its dates: of a source its type, publisher, days, language and role."""
    said = []
    for each, annotation in _keys_of(record):
        value = getattr(record, each.name)
        is_word = isinstance(value, str) and each.default is MISSING and each.name != "id" and annotation != Words
        if is_word or isinstance(value, Edtf):
            said.append(f"{each.name}: {value}")
    return _short("; ".join(said))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[: LONGEST - 1]}…" if len(line) > LONGEST else line
