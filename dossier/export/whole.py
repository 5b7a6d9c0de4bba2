"""The whole register as one JSON document. Part of `export`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from os import SEEK_END
from typing import IO, Any

from dossier.dates import Edtf
from dossier.export.before import Before, found, spliced
from dossier.export.columns import FORMAT
from dossier.export.computed import ClaimRow, CompanyRow, ResponseRow, Row, SourceRow
from dossier.export.joined import Lines, joined
from dossier.frozen import fields
from dossier.json_text import encoder
from dossier.model import COLLECTIONS, Search
from dossier.register import Register
from dossier.values import Prose, Text

Json = dict[str, Any]

_PATH = "data/dossier.json"
_END = b"\n}\n"
_SAYING: dict[type[Any], Callable[[Any], Any]] = {
    Edtf: lambda date: date.text,
    Text: lambda text: dict(text.versions),
    Prose: lambda prose: {code: passage.markdown for code, passage in prose.versions},
    Decimal: lambda number: f"{number:f}",
}


def collection(name: str) -> str:
    """The list whose texts are the records of a collection."""
    return f"{_PATH}/{name}"


def as_json(register: Register, today: date, lines: Lines, before: Before | None = None) -> Iterator[bytes]:
    """Every collection by id, each record with its keys as typed and, under `computed`, what the build made of it.

    Texts are by language, prose is Markdown, dates and amounts are strings as they were typed. Lists are always there;
    any other key that is not there has no value. A record is one line, so that a change shows as one: records that are
    as they were are taken from `before`.
    """
    about = {
        "format": FORMAT,
        "generated_for": today.isoformat(),
        "licence": register.site.licence,
        "site": register.site,
    }
    yield ("{\n" + ",\n".join(f'"{name}": {_encode(value)}' for name, value in about.items())).encode()
    with (before.opened() if before else None) or nullcontext() as file:
        stood = _stood(file) if file else {}
        for name in COLLECTIONS:
            yield _opening(name)
            changed = before.changed.get(collection(name), {}) if before else {}
            is_by_name = name in stood and not (changed and name == "searches")  # these have no names
            if file and is_by_name and (old := spliced(file, *stood[name], changed)):
                yield b"\n"
                yield from old
            else:
                records = joined(lines(collection(name)), b",\n")
                if (first := next(records, None)) is not None:
                    yield b"\n"
                    yield first
                    yield from records
                    yield b"\n"
            yield _closing(name)
    yield _END


def _opening(name: str) -> bytes:
    return f',\n"{name}": {"[" if name == "searches" else "{"}'.encode()


def _closing(name: str) -> bytes:
    return b"]" if name == "searches" else b"}"


def _stood(file: IO[bytes]) -> dict[str, tuple[int, int]]:
    """Where the records of each collection begin and end in a document, for those that have some under their ids."""
    starts, at = [], 0
    for name in COLLECTIONS:
        opening = _opening(name)
        while (start := found(file, opening, at)) is not None:
            at = start + len(opening)
            file.seek(at)
            # A record may be called so too: its line goes on.
            if (follows := file.read(1)) in (b"\n", _closing(name)):
                starts.append((name, start, at + 1, follows == b"\n"))
                break
        else:
            return {}
    ends = [start for _, start, _, _ in starts[1:]] + [file.seek(0, SEEK_END) - len(_END)]
    return {name: (begin, end - 1) for (name, _, begin, has), end in zip(starts, ends, strict=True) if has}


def searched(search: Search) -> str:
    """A search, which stands in a list."""
    return _encode(search)


def member(row: Any) -> str:
    """A record under its id."""
    said = _plain(row.record)
    if computed := _COMPUTED[type(row)](row):
        said["computed"] = computed
    return f'"{row.record.id}": {_encode(said)}'


def _plain(value: Any) -> Any:
    """A date, a text, an amount or a part of a record as JSON says it, and so on with what stands in it."""
    kind = value.__class__
    if (say := _SAYING.get(kind)) is not None:
        return say(value)
    names, read = _keys(kind)
    return {name: found for name, found in zip(names, read(value), strict=True) if found is not None}


_encode = encoder(plain=_plain)


@cache
def _keys(cls: type[Any]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The keys of a record or part, and what reads them all at once."""
    names = tuple(each.name for each in fields(cls) if not each.metadata.get("hidden"))
    # Of a single name, `attrgetter` gives the value itself.
    return names, attrgetter(*names) if len(names) > 1 else lambda part: (getattr(part, names[0]),)


def _of_claim(row: ClaimRow) -> Json:
    standing = row.standing
    return {
        "url": row.url,
        "adverse": row.record.is_adverse,
        "label": standing.label,
        "links": standing.links,
        "origins": [
            {"key": origin.key, "name": origin.name, "kind": origin.kind, "through": origin.through}
            for origin in standing.origins
        ],
        "disputed_on_record": standing.disputed_on_record,
    }


def _of_company(row: CompanyRow) -> Json:
    """The ids of its claims, those that stand apart from those that were withdrawn."""
    stand = sorted(claim.id for claim in row.claims if claim.withdrawn is None)
    return {"url": row.url, "claims": stand, "withdrawn_claims": sorted({claim.id for claim in row.claims} - {*stand})}


def _of_source(row: SourceRow) -> Json:
    return {"url": row.url, "cited_by": row.cited_by, "derived": row.derived, "load": row.load}


_COMPUTED: dict[type[Any], Callable[[Any], Json]] = {
    ClaimRow: _of_claim,
    CompanyRow: _of_company,
    ResponseRow: lambda row: {},
    Row: lambda row: {"url": row.url} if row.url else {},
    SourceRow: _of_source,
}
