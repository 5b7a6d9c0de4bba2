"""What the form of drafts is made of: keys, words, shapes and limits, all from the model.

The form stands in the visitor's browser and knows nothing by itself: its scripts are handed this as data. So a key, a
pattern or a limit is never typed twice, and what the form accepts is what reading accepts, as far as a browser can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from dossier.dates import POINT, Edtf
from dossier.frozen import MISSING, annotated, fields
from dossier.hosts import MOST, Host, host_of
from dossier.language import language
from dossier.model import COLLECTIONS, NOT_TEXT, AsReceived, OneOrMany, Part
from dossier.plan.draft_words import HEADINGS, MESSAGES, SHAPE, label, words_of
from dossier.plan.edition import Edition
from dossier.values import HIDDEN, ID, MOST_QUOTED, NUMBER, RESERVED, WORDS, Prose, Ref, Shape, Text

RECORDS = ("claims", "sources", "responses", "corrections")
"""Collections that can be drafted."""
FOLDER = "data/dossiers"
LEFT_OUT = {"claims": {"withdrawn", "differs_from"}}
"""Keys that no new record has, by collection."""
USUAL = {
    "claims": {"date", "counterparty", "amount", "verified", "reply"},
    "sources": {"author", "issued", "accessed", "url"},
    "responses": {"statement", "reason", "deadline", "citations"},
    "corrections": {"before", "after", "raised_by"},
    "citations": {"quote", "translation", "locator"},
}
"""Keys that are not required and still stand among the first: the others stand folded below."""
PAST = ("accessed", "captured", "issued", "verified")
"""Days that cannot lie ahead."""
NEEDED: tuple[dict[str, Any], ...] = (
    {"in": "claims", "key": "reply", "unless": {"kind": ["profile"], "adverse": ["false"]}},
    {"in": "sources", "key": "url", "unless": {"read": ["none"]}},
    {"in": "sources", "key": "accessed", "unless": {"read": ["none"]}},
    {"in": "responses", "key": "citations", "when": {"status": ["responded", "declined"]}},
    {"in": "responses", "key": "reason", "when": {"status": ["not-asked"]}},
    {"in": "responses", "key": "deadline", "when": {"status": ["invited"]}},
)
"""Keys that rules ask for under conditions. `tests/test_form.py` holds each against the rule."""


def drafted(collection: str) -> Iterator[tuple[str, Any, Any, str]]:
    """The keys of a collection that the form asks for: name, annotation, default, meaning."""
    yield from _keys(COLLECTIONS[collection], LEFT_OUT.get(collection, set()))


def _keys(cls: type[Part], left_out: set[str]) -> Iterator[tuple[str, Any, Any, str]]:
    hints = annotated(cls)
    for each in fields(cls):
        if not each.metadata.get("hidden") and each.name not in left_out:
            yield each.name, hints[each.name], each.default, each.metadata["doc"]


def _part_of(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for each in get_args(annotation) if (found := _part_of(each))), None)


def docs() -> set[str]:
    """Every sentence of the model that the form prints: what translators owe beside the messages of this package."""
    said = {shape.says for shape in shapes().values()}

    def walk(keys: Iterator[tuple[str, Any, Any, str]]) -> None:
        for _, annotation, _, doc in keys:
            said.add(doc)
            if part := _part_of(annotation):
                walk(_keys(part, set()))

    for collection in RECORDS:
        walk(drafted(collection))
    return said


def for_browsers(pattern: str) -> str:
    """A pattern of Python as JavaScript has it: `(?i:https?)` is newer there than many browsers."""

    def either(found: re.Match[str]) -> str:
        return "".join(f"[{each.lower()}{each.upper()}]" if each.isalpha() else each for each in found[1])

    return re.sub(r"\(\?i:([a-z?]+)\)", either, pattern)


def _kind(annotation: Any) -> dict[str, Any]:
    """How a value is asked for: `k` is the control; `s` its shape, `w` the words it is one of, `c` the collections its
    id is from, `m` that it is several, `u` that one of them needs no list."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _kind(next(part for part in inside if part is not NoneType))
    if origin is tuple:
        return {**_kind(inside[0]), "m": 1}
    if origin is Literal:
        return {"k": "choice", "w": list(inside)}
    if origin is Annotated:
        base, *extras = inside
        for extra in extras:
            if isinstance(extra, OneOrMany):
                return {**_kind(base), "u": 1}
            if isinstance(extra, AsReceived):
                return {"k": "prose"}
            if isinstance(extra, Ref):
                also = {"a": list(extra.also)} if extra.also else {}
                return {"k": "id", "c": list(extra.collections), **also, **({"t": 1} if extra.or_text else {})}
            if isinstance(extra, Shape):
                return {"k": "line"} if extra is WORDS else {"k": "line", "s": extra.name}
        return _kind(base)
    simple: dict[Any, dict[str, Any]] = {
        bool: {"k": "flag"},
        Decimal: {"k": "line", "s": NUMBER.name},
        Edtf: {"k": "date"},
        Text: {"k": "text"},
        Prose: {"k": "prose"},
    }
    return dict(simple[annotation]) if annotation in simple else {"k": "part"}


def _fields(edition: Edition, collection: str, keys: Iterator[tuple[str, Any, Any, str]]) -> list[dict[str, Any]]:
    made = []
    for name, annotation, default, doc in keys:
        each: dict[str, Any] = {"n": name, "l": edition.say(label(name)), "d": edition.say(doc), **_kind(annotation)}
        if each.get("w"):
            says = words_of(collection, name)
            each["w"] = [[word, edition.say(says[word]) if says.get(word) else ""] for word in each["w"]]
        if part := _part_of(annotation):
            each["f"] = _fields(edition, name, _keys(part, set()))
        if name in PAST:
            each["past"] = 1
        if default is MISSING:
            each["r"] = 1
        elif name not in USUAL.get(collection, ()) and collection in (*RECORDS, "citations"):
            each["o"] = 1
        made.append(each)
    return made


@cache
def shapes() -> dict[str, Shape]:
    """The shapes that values of the form have, by name."""
    found: dict[str, Shape] = {ID.name: ID, NUMBER.name: NUMBER}

    def look(annotation: Any) -> None:
        for each in get_args(annotation):
            if isinstance(each, Shape) and each.pattern:
                found[each.name] = each
            look(each)

    def walk(keys: Iterator[tuple[str, Any, Any, str]]) -> None:
        for _, annotation, _, _ in keys:
            look(annotation)
            if part := _part_of(annotation):
                walk(_keys(part, set()))

    for collection in RECORDS:
        walk(drafted(collection))
    return found


def host_for(edition: Edition) -> Host | None:
    """Where the dossier's repository stands, if its host is known."""
    site = edition.register.site
    return host_of(site.repository, *((site.host.kind, site.host.branch) if site.host else ()))


def described(edition: Edition) -> dict[str, Any]:
    """The form in one language, as its scripts read it."""
    site, say, host = edition.register.site, edition.say, host_for(edition)
    return {
        "languages": [[code, language(code, code).own_name, language(code, code).tag] for code in site.languages],
        "code": edition.code,
        "records": {name: {"l": say(HEADINGS[name]), "f": _fields(edition, name, drafted(name))} for name in RECORDS},
        "shapes": {
            name: {
                "p": for_browsers(shape.pattern),
                "says": edition.say(SHAPE, says=say(shape.says), example=shape.example),
            }
            for name, shape in shapes().items()
        },
        "reserved": RESERVED.pattern,
        "hidden": HIDDEN.pattern,
        "point": POINT.pattern,
        "words": MOST_QUOTED,
        "heard": sorted(NOT_TEXT),
        "needed": NEEDED,
        "say": {name: say(message) for name, message in MESSAGES.items()},
        "host": {"name": host.name, "fills": host.fills, "most": MOST} if host else None,
        "folder": FOLDER,
    }


def blank(edition: Edition) -> str:
    """A draft to be filled in by hand: the keys of each record that are required or usual, with what they mean."""
    lines: list[str] = []

    def write(asked: list[dict[str, Any]], indent: str) -> None:
        for number, each in enumerate(asked):
            start = indent[:-2] + "- " if number == 0 and indent else indent
            says = ", ".join(word for word, _ in each["w"][:12]) if "w" in each else each["d"]
            lines.append(f"{start}{each['n']}:  # {says}")
            if "f" in each:
                inner = [one for one in each["f"] if "o" not in one]
                if "m" in each:
                    write(inner, indent + "    ")
                else:
                    lines.extend(f"{indent}  {one['n']}:  # {one['d']}" for one in inner)
            elif each["k"] in ("text", "prose"):
                lines.extend(f"{indent}  {code}: >-" for code in edition.register.languages)

    for name in RECORDS:
        lines.append(f"{name}:")
        write([each for each in _fields(edition, name, drafted(name)) if "o" not in each], "    ")
        lines.append("")
    return "\n".join(lines)
