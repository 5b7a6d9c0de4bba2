"""`datapackage.json`: what the data files are, column by column (Data Package and Table Schema, version 1).

Part of `export`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from dossier.export.columns import Column, Kind, Table
from dossier.export.spreadsheet import SEPARATOR
from dossier.frozen import dataclass, field
from dossier.pages import Stream
from dossier.patterns import regex
from dossier.register import Register
from dossier.values import Text

Json = dict[str, Any]
Measure = tuple[int, str]
"""How long a file is, and its SHA-256."""

CONVENTIONS = (
    "Texts stand once per language of the site, prose as Markdown in which [@id] cites a source. Dates are EDTF "
    "level 1, as typed. Amounts are of the kind named beside them; kinds must not be added together. A cell with "
    f"several values has '{SEPARATOR}' between them. In CSV, a cell that a spreadsheet would run as a formula (it "
    "begins with = + - @ or a tab and is not a number) has an apostrophe before it, which is not part of the text. "
    "'Computed' columns are made by the build from the others and from the evidence, never typed."
)
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
_DOCS: dict[Kind, str] = {
    "date": "EDTF level 1.",
    "markdown": "Markdown.",
    "list": f"Several values, with '{SEPARATOR.strip()}' between them.",
}
_TYPES: dict[Kind, Json] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "uri": {"type": "string", "format": "uri"},
}
_CREATIVE_COMMONS = regex(r"\bCC(?:0|[ -]BY(?:-(?:NC|SA|ND))*)[ -]\d\.\d\b")


@dataclass(slots=True, eq=False)
class Measured:
    """A data file, the lists it is made of, and its size and hash (`found`): known of a build before, or measured while
    it is written. Where neither is so, it is made once more to be measured."""

    path: str
    lists: tuple[str, ...]
    make: Callable[[], Iterator[bytes]]
    found: Measure | None = field(default=None, init=False)

    @property
    def stream(self) -> Stream:
        return Stream(self.path, self._chunks)

    @property
    def size_and_hash(self) -> Measure:
        if self.found is None:
            for _ in self._chunks():
                pass
            assert self.found is not None
        return self.found

    def _chunks(self) -> Iterator[bytes]:
        size, hashed = 0, sha256()
        for chunk in self.make():
            size += len(chunk)
            hashed.update(chunk)
            yield chunk
        self.found = size, hashed.hexdigest()


def as_package(register: Register, today: date, tables: dict[str, Table], files: Iterable[Measured]) -> bytes:
    """The package of `files`, which lie in one folder with it. A file named like a table is described as that table."""
    site = register.site

    def say(text: Text | None) -> str:
        return (text.get(register.languages[0]) or text.versions[0][1]) if text else ""

    described = {file.path.rpartition("/")[2]: file for file in files}
    published = {name.removesuffix(".csv") for name in described if name.endswith(".csv")}
    package = {
        "profile": "data-package",
        "name": "dossier",
        "id": site.base_url,
        "title": say(site.title),
        "description": " ".join(filter(None, (say(site.description), CONVENTIONS))),
        "homepage": site.base_url,
        "created": f"{today.isoformat()}T00:00:00Z",
        "contributors": [{"title": say(site.publisher), "role": "publisher"}],
        "licenses": [_licence(say(site.licence), site.base_url)],
        "resources": [
            _resource(name, file.size_and_hash, tables.get(name.removesuffix(".csv")), published)
            for name, file in described.items()
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _licence(text: str, home: str) -> Json:
    """The licence as the site words it, with its short name where it is one of Creative Commons."""
    found = _CREATIVE_COMMONS.search(text)
    return {**({"name": found[0].replace(" ", "-")} if found else {"path": home}), "title": text}


def _resource(name: str, measured: Measure, table: Table | None, published: set[str]) -> Json:
    stem, _, ending = name.rpartition(".")
    resource: Json = {
        "name": stem if table else name.replace(".", "-"),
        "path": name,
        "format": ending,
        "mediatype": MEDIA_TYPES[ending],
        "bytes": measured[0],
        "hash": f"sha256:{measured[1]}",
    }
    if ending != "sqlite":
        resource["encoding"] = "utf-8"
    if table:
        resource |= {
            "profile": "tabular-data-resource",
            "description": table.doc,
            "dialect": {
                "delimiter": ",",
                "lineTerminator": "\r\n",
                "quoteChar": '"',
                "doubleQuote": True,
                "header": True,
            },
            "schema": _schema(table, published),
        }
    return resource


def _schema(table: Table, published: set[str]) -> Json:
    schema: Json = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.keyed:
        schema["primaryKey"] = "id"
    keys = [
        {"fields": column.name, "reference": {"resource": column.refers, "fields": "id"}}
        for column in table.columns
        if column.refers in published
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: Column) -> Json:
    constraints: Json = {}
    if column.required:
        constraints["required"] = True
    if column.name == "id" and column.required:
        constraints["unique"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    said = (column.doc, f"In language {column.language}." if column.language else "", _DOCS.get(column.kind, ""))
    field = {
        "name": column.name,
        **_TYPES.get(column.kind, {"type": "string"}),
        "description": " ".join(filter(None, said)),
    }
    return field | ({"constraints": constraints} if constraints else {})
