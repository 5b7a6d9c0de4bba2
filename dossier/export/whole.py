"""The whole register as one JSON document. Part of `export`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from dossier.dates import Edtf
from dossier.export.addresses import Absolute
from dossier.export.columns import FORMAT
from dossier.export.computed import cited_by, load, searches_in_order
from dossier.model import COLLECTIONS, Claim, Company, Part, Record, Source
from dossier.register import Register
from dossier.values import Prose, Text

Json = dict[str, Any]


def as_json(register: Register, today: date) -> bytes:
    """Every collection by id, each record with its keys as typed and, under `computed`, what the build made of it.

    Texts are by language, prose is Markdown, dates and amounts are strings as they were typed. Lists are always there;
    any other key that is not there has no value. A record is one line, so that a change shows as one.
    """
    parts = {
        "format": _line(FORMAT),
        "generated_for": _line(today.isoformat()),
        "licence": _line(typed(register.site.licence)),
        "site": _line(typed(register.site)),
    }
    computed = _computed(register)
    for name in COLLECTIONS:
        if name == "searches":
            parts[name] = _lines("[", [_line(typed(search)) for search in searches_in_order(register)], "]")
            continue
        records: dict[str, Record] = getattr(register, name)
        add = computed.get(name, lambda record: {})
        parts[name] = _lines(
            "{", [f'"{key}": {_line(typed(records[key]) | add(records[key]))}' for key in sorted(records)], "}"
        )
    return (_lines("{", [f'"{name}": {part}' for name, part in parts.items()], "}") + "\n").encode()


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _lines(opening: str, items: list[str], closing: str) -> str:
    return "\n".join((opening, ",\n".join(items), closing)) if items else opening + closing


def typed(value: Any) -> Any:
    """A value of the model as JSON says it."""
    if isinstance(value, Part):
        pairs = ((each.name, getattr(value, each.name)) for each in fields(value) if not each.metadata.get("hidden"))
        return {name: typed(found) for name, found in pairs if found is not None}
    if isinstance(value, tuple):
        return [typed(item) for item in value]
    if isinstance(value, (Text, Prose)):
        return dict(value if isinstance(value, Text) else value.text)
    if isinstance(value, Edtf):
        return value.text
    return f"{value:f}" if isinstance(value, Decimal) else value


def _computed(register: Register) -> dict[str, Callable[[Any], Json]]:
    at = Absolute.of(register)

    def claim(record: Claim) -> Json:
        standing = register.standing[record.id]
        origins = [
            {"key": origin.key, "name": origin.name, "kind": origin.kind, "through": list(origin.through)}
            for origin in standing.origins
        ]
        return {
            "computed": {
                "url": at.claim(record),
                "adverse": record.is_adverse,
                "label": standing.label,
                "links": standing.links,
                "origins": origins,
                "disputed_on_record": standing.disputed_on_record,
            }
        }

    def company(record: Company) -> Json:
        claims = sorted(claim.id for claim in register.claims_of.get(record.id, ()))
        return {"computed": {"url": at.page("companies", record.id), "claims": claims}}

    def source(record: Source) -> Json:
        return {
            "computed": {
                "url": at.page("sources", record.id),
                "cited_by": list(cited_by(register, record)),
                "derived": sorted(register.derived.get(record.id, ())),
                "load": list(load(register, record)),
            }
        }

    return {
        "claims": claim,
        "companies": company,
        "sources": source,
        "agencies": lambda record: {"computed": {"url": at.page("agencies", record.id)}},
    }
