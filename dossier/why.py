"""Why a page is as it is: the records it was made of, which of their keys were read, and the templates.

The unit that made the page is planned once more over records that tell which of their keys are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dossier.document import Span
from dossier.frozen import dataclass, fields
from dossier.model import Part, Record
from dossier.shelf import READS, Made, noting
from dossier.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Why:
    """What a page was made of: records by id with the place they are typed at and the keys that were read; ways back,
    lists and prose pages that were looked up; template files."""

    path: str
    unit: str
    records: dict[str, tuple[Span, tuple[str, ...]]]
    looked_up: tuple[str, ...]
    templates: tuple[str, ...]


class _Witness:
    """Hands out records that note which of their keys are asked for."""

    def __init__(self) -> None:
        self.asked: dict[str, dict[str, None]] = {}
        self.records: dict[str, Record] = {}
        self._given: dict[int, Any] = {}

    def __call__(self, found: Any) -> Any:
        if isinstance(found, tuple) and any(isinstance(each, Record) for each in found):
            return tuple(self(each) for each in found)
        if not isinstance(found, Record) or hasattr(type(found), "_is_witness"):
            return found
        if id(found) not in self._given:
            self._given[id(found)] = self._witnessed(found)
        return self._given[id(found)]

    def _witnessed(self, record: Record) -> Record:
        names = _keys(type(record))  # type: ignore[arg-type]  # mypy on frozen classes as keys
        identity = record.id
        asked = self.asked.setdefault(identity, {})
        self.records[identity] = record

        def ask(self: Any, name: str) -> Any:
            if name in names:
                asked[name] = None
                return getattr(record, name)
            return object.__getattribute__(self, name)

        kind = type(
            type(record).__name__, (type(record),), {"__slots__": (), "__getattribute__": ask, "_is_witness": 1}
        )
        made: Record = object.__new__(kind)
        return made


@cache
def _keys(kind: type[Part]) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))


@contextmanager
def _witnessing() -> Iterator[_Witness]:
    READS.witness = witness = _Witness()
    try:
        yield witness
    finally:
        READS.witness = None


def why(sitting: Sitting, today: date, path: str) -> Why | None:
    """What the page at `path` below the output was made of; None where no unit makes such a page.

    `sitting` has just made everything.
    """
    unit = sitting.memory.maker(path)
    if unit is None:
        return None
    planner = sitting.planner(today)
    register = planner.register
    for made in register.computed:
        # Labels and lineages that are at hand already would not say what they were made of.
        assert isinstance(made, Made)
        made.forget()
    with noting() as looked_up, _witnessing() as witness:
        pages = planner.plan(unit).pages
    page = next((page for page in pages if page.frame.path == path), None)
    records = {
        name: (
            witness.records[name].place.span("id"),
            tuple(key for key in asked if key not in ("id", "place", "digest")),
        )
        for name, asked in sorted(witness.asked.items())
    }
    others = tuple(sorted(key for key in looked_up if key not in records and not _is_id(key)))
    return Why(path, unit, records, others, tuple(_templates(page.template, sitting.root)) if page else ())


def _is_id(key: str) -> bool:
    return not (key.startswith("*") or "=" in key or "/" in key)


def _templates(name: str, root: Path) -> Iterator[str]:
    """A template, and those that it extends, includes or imports."""
    from jinja2 import Environment, meta

    from dossier.render import OURS

    parser = Environment(extensions=["jinja2.ext.i18n"])
    waiting, met = [name], {name}
    for each in waiting:
        file = next(folder / each for folder in (root / "templates", OURS) if (folder / each).is_file())
        yield each if file.is_relative_to(OURS) else f"{each} (of {root})"
        for other in meta.find_referenced_templates(parser.parse(file.read_text("utf-8"))):
            if other and other not in met:
                met.add(other)
                waiting.append(other)


def told(found: Why) -> str:
    """As lines of text."""
    lines = [f"{found.path} is made by the unit '{found.unit}' of", "", "records, with the keys that were read:"]
    lines += [
        f"  {span}: {name}: {', '.join(keys) or '(that it is there)'}" for name, (span, keys) in found.records.items()
    ]
    lines += ["", "ways back and lists:", *(f"  {key}" for key in found.looked_up)]
    lines += ["", "templates:", *(f"  {name}" for name in found.templates)]
    return "\n".join(lines)
