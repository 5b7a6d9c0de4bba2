"""The model as tables: the generated part of `docs/data-format.md`, and the command that writes it there.

`python -m dossier.fields`, part of `make docs`. What stands outside the two markers is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from dossier.dates import Edtf
from dossier.frozen import MISSING, Field, annotated, fields
from dossier.model import COLLECTIONS, AsReceived, ContentPage, LegalEntity, OneOrMany, Part, Site
from dossier.values import ID, WORDS, Prose, Ref, Shape, Text

PAGE = Path(__file__).parents[1] / "docs/data-format.md"
BEGIN = "<!-- Written by `make docs` from dossier/model.py, up to the mark below: change it there. -->"
END = "<!-- Up to here. -->"
MOST = 14
"""Words that a cell of a table holds; longer lists stand below the table."""

_SIMPLE = {bool: "`true` or `false`", Decimal: "number", Edtf: "date", Text: "text in languages"}
_SIMPLE[Prose] = "prose in languages"
_NAMED: dict[str, type[Part]] = {**COLLECTIONS, "legal_entities": LegalEntity}


def noun(cls: type[Part]) -> str:
    """A record as messages call it: `legal entity`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


def keys(cls: type[Part]) -> Iterator[tuple[Field[Any], Any]]:
    """The keys a contributor may write in a record, each with its annotation."""
    hints = annotated(cls)
    yield from ((each, hints[each.name]) for each in fields(cls) if not each.metadata.get("hidden"))


def words_of(annotation: Any) -> tuple[str, ...]:
    """The words a value is one of; none where it is not one of some words."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := words_of(part))), ())


def holds(annotation: Any) -> str:
    """What a contributor writes for a value with this annotation, in a table's cell."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return holds(next(part for part in inside if part is not NoneType))
    if origin is Literal:
        return (
            "one of: " + ", ".join(f"`{word}`" for word in inside) if len(inside) <= MOST else "one of the words below"
        )
    if origin is tuple:
        return _list_of(inside[0])
    if origin is Annotated:
        base, *extras = inside
        for extra in extras:
            if isinstance(extra, OneOrMany):
                return f"{holds(get_args(base)[0])}, or a list of them"
            if isinstance(extra, Ref):
                return _id_of(extra)
            if isinstance(extra, AsReceived):
                return "text in languages, as received"
            if isinstance(extra, Shape):
                return {ID: "id", WORDS: "text"}.get(extra, extra.says)
        return holds(base)
    return _SIMPLE[annotation] if annotation in _SIMPLE else _record(annotation)


def _record(cls: type[Part]) -> str:
    return f"[{noun(cls)}](#{noun(cls).replace(' ', '-')}) record"


def _list_of(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return f"list of {_record(annotation)}s"
    for extra in get_args(annotation)[1:] if get_origin(annotation) is Annotated else ():
        if isinstance(extra, Ref):
            return "list of ids of " + _or([name.replace("_", " ") for name in extra.collections])
        if extra is WORDS:
            return "list of texts"
    return f"list, each {holds(annotation)}"


def _id_of(ref: Ref) -> str:
    names = [noun(_NAMED[name]) for name in ref.collections if name != "*"]
    article = "an" if names and names[0][0] in "aeiou" else "a"
    said = f"id of {article} {_or(names)}" if names else "id of any record"
    others = [*(f"`{word}`" for word in ref.also), *(["a name"] if ref.or_text else [])]
    return said + "".join(f", or {other}" for other in others)


def _or(names: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _default(value: Any) -> str:
    if value is MISSING or value is None or value == ():
        return ""
    return f" Default: `{str(value).lower()}`."


def _table(cls: type[Part]) -> Iterator[str]:
    yield "| Key | Required | Holds | Meaning |"
    yield "|---|---|---|---|"
    long: list[str] = []
    for each, annotation in keys(cls):
        example = each.metadata.get("example")
        cells = (
            f"`{each.name}`",
            "yes" if each.default is MISSING else "",
            holds(annotation) + (f", as `{example}`" if example else ""),
            each.metadata["doc"] + _default(each.default),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
        if len(words := words_of(annotation)) > MOST:
            long += ["", f"`{each.name}` is one of: {', '.join(f'`{word}`' for word in words)}."]
    yield from long


def _says(cls: type[Part]) -> str:
    """The sentence under a heading. A class without a docstring has its signature for one, which says nothing."""
    doc = cls.__doc__ or ""
    return "" if doc.startswith(f"{cls.__name__}(") else doc.replace("\n    ", " ").strip()


def _parts(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inside in get_args(annotation):
        yield from _parts(inside)


def nested() -> dict[type[Part], list[str]]:
    """Every record that stands inside others, in the order met, with the names of those it stands in."""
    found: dict[type[Part], list[str]] = {}

    def walk(cls: type[Part], name: str) -> None:
        for _, annotation in keys(cls):
            for part in _parts(annotation):
                is_new = part not in found
                if name not in found.setdefault(part, []):
                    found[part].append(name)
                if is_new:
                    walk(part, noun(part))

    for name, cls in COLLECTIONS.items():
        walk(cls, name)
    walk(Site, "site")
    walk(ContentPage, "content page")
    return found


def fields_page() -> str:
    """Every key of every record as Markdown."""
    lines: list[str] = []

    def section(heading: str, cls: type[Part], more: str = "") -> None:
        lines.extend((f"#### {heading}", ""))
        if said := " ".join(filter(None, (_says(cls), more))):
            lines.extend((said, ""))
        lines.extend((*_table(cls), ""))

    lines += ["### Collections", ""]
    for name, cls in COLLECTIONS.items():
        section(name, cls)
    lines += ["### Records inside records", ""]
    for part, owners in nested().items():
        section(noun(part), part, f"Stands in: {', '.join(owners)}.")
    lines += ["### Site and pages", ""]
    section("site", Site)
    section("content page", ContentPage)
    return "\n".join(lines)


def renewed(page: str) -> str:
    """The page with its generated part written anew."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{PAGE.name} has lost its marks: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{fields_page()}\n{END}{after}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
