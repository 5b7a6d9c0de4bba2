"""A new record: what its keys ask for, whether an answer will do, which id it may take, in which file it belongs.

Answers are texts as a person types them. They are judged by the readers that judge a data file, so nothing is let in
here that `check` would refuse, and no key is listed twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from dossier.added import Added, NotAdded, Value, with_record
from dossier.document import Document, Mapping, Node, Scalar, Sequence
from dossier.frozen import MISSING, annotated, dataclass, fields
from dossier.ledgers import ledgers_of
from dossier.link import Ids, linked_up
from dossier.load import SITE_FILE, limit_of, load
from dossier.model import COLLECTIONS, WITH_ABOUT, Claim, Part, Record, Response
from dossier.reading import Bad, Reading, keys_of
from dossier.register import Records
from dossier.validate import languages_of, validate
from dossier.values import HIDDEN, ID, Prose, Ref, Text

KINDS = {"company": "companies", "claim": "claims", "source": "sources", "response": "responses"}
"""What can be made, and its collection."""
NEW_FILES = {"companies": "data/companies.yaml", "sources": "data/sources.yaml"}
"""Where the first record of a collection goes. What is about a company goes to a file of its own."""

Holds = Literal["word", "words", "text", "part", "parts"]
"""One value, a list of them, a text in languages, a record, a list of records."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record as a question: what it means, and what an answer may be."""

    name: str
    owner: type[Part]
    doc: str
    example: str
    required: bool
    holds: Holds
    choices: tuple[str, ...] = ()
    ref: Ref | None = None
    inner: type[Part] | None = None


def keys(cls: type[Part]) -> dict[str, Key]:
    """The keys of a record in canonical order."""
    return _keys(cls)  # type: ignore[arg-type]  # mypy: frozen classes as keys


@cache
def _keys(cls: type[Any]) -> dict[str, Key]:
    hints = annotated(cls)
    found = {}
    for each in fields(cls):
        if each.metadata.get("hidden"):
            continue
        holds, choices, ref, inner = _holds(hints[each.name])
        doc, example, required = each.metadata["doc"], each.metadata["example"], each.default is MISSING
        found[each.name] = Key(each.name, cls, doc, example, required, holds, choices, ref, inner)
    return found


def _holds(annotation: Any) -> tuple[Holds, tuple[str, ...], Ref | None, type[Part] | None]:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _holds(next(each for each in inside if each is not NoneType))
    if annotation in (Text, Prose):
        return "text", (), None, None
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return "part", (), None, annotation
    if origin is Literal:
        return "word", inside, None, None
    if annotation is bool:
        return "word", ("true", "false"), None, None
    if origin is tuple:
        holds, choices, ref, part = _holds(inside[0])
        return "parts" if holds == "part" else "words", choices, ref, part
    if origin is Annotated:
        base, *extras = inside
        if ref := next((each for each in extras if isinstance(each, Ref)), None):
            return "word", (), ref, None
        return _holds(base)
    return "word", (), None, None


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier as it stands before the new record. `taken` are ids that no new record may have."""

    root: Path
    documents: tuple[Document, ...]
    records: Records
    ids: Ids
    languages: tuple[str, ...]
    limit: float
    taken: frozenset[str]


def standing(root: Path) -> Standing:
    """Raises `FileNotFoundError` where there is no `data` folder, `OSError` where the machine refuses a file."""
    documents, _ = load(root)
    site = next((each for each in documents if each.path == SITE_FILE), None)
    records, _ = validate(documents)
    ids = linked_up(records).ids
    taken = {*ids.known(Ref(("*",))), *records.lost, *ledgers_of(root).published}
    return Standing(root, documents, records, ids, languages_of(site), limit_of(site), frozenset(taken))


def put(values: dict[str, Value], cls: type[Part], path: list[str], text: str, default: str) -> bool:
    """Put one answer under its path, `["citations", "quote"]`; False where the place is taken. `default` is the
    language of a text that names none. A list of records gets another where its last has the key already."""
    key = keys(cls)[path[0]]
    if key.holds == "words":
        values.setdefault(key.name, []).append(text)
        return True
    if key.holds == "text":
        code = path[1] if len(path) > 1 else default
        return _kept(values.setdefault(key.name, {}), code, text)
    if key.inner is None:
        return _kept(values, key.name, text)
    if key.holds == "part":
        return put(values.setdefault(key.name, {}), key.inner, path[1:], text, default)
    items = values.setdefault(key.name, [{}])
    if not put(items[-1], key.inner, path[1:], text, default):
        items.append({})
        put(items[-1], key.inner, path[1:], text, default)
    return True


def _kept(values: dict[str, Value], name: str, text: str) -> bool:
    if name in values:
        return False
    values[name] = text
    return True


def faults(stood: Standing, key: Key, value: Value) -> list[tuple[str, str]]:
    """What is wrong with an answer, and what to do; nothing for one that will do."""
    if any(HIDDEN.search(line) for text in _texts(value) for line in text.split("\n")):
        return [("a control or hidden character", "Type the words again.")]
    reading = Reading(Document("", "", Mapping({}, {}, (1, 1), (1, 1))), stood.languages)
    with suppress(Bad):
        keys_of(key.owner)[key.name](reading, _node(value))  # type: ignore[arg-type]  # frozen classes as keys
    if found := [(each.message, each.remedy) for each in reading.problems]:
        return found
    if key.name == "id" and issubclass(key.owner, Record) and value in stood.taken:
        return [(f"the id '{value}' is taken", "An id is used once: add a word or a date.")]
    return [*_dangling(stood, key, value)]


def _dangling(stood: Standing, key: Key, value: Value) -> Iterator[tuple[str, str]]:
    if key.inner:
        for part in value if isinstance(value, list) else [value]:
            for name, inside in part.items():
                yield from _dangling(stood, keys(key.inner)[name], inside)
    if key.ref is None:
        return
    for name in value if isinstance(value, list) else [value]:
        if key.ref.or_text and not stood.ids.looks_misspelt(name, key.ref):
            continue
        if fault := stood.ids.fault(name, key.ref):
            yield fault


def _texts(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for each in (value if isinstance(value, list) else value.values()) for text in _texts(each)]


def _node(value: Value) -> Node:
    """An answer as it would be read from a file."""
    here = (1, 1)
    if isinstance(value, str):
        return Scalar(value, here, here, plain=not value)
    if isinstance(value, list):
        return Sequence([_node(each) for each in value], here, here)
    return Mapping({key: _node(each) for key, each in value.items()}, dict.fromkeys(value, here), here, here)


def missing(cls: type[Part], values: dict[str, Value]) -> Iterator[str]:
    """The paths of required keys that have no value yet, but for the id, which is proposed."""
    for key in keys(cls).values():
        value = values.get(key.name)
        if value is None:
            if key.required and not (key.name == "id" and cls in COLLECTIONS.values()):
                first = key.inner and next(missing(key.inner, {}), None)
                yield f"{key.name}.{first}" if first else key.name
        elif key.inner:
            for part in value if isinstance(value, list) else [value]:
                yield from (f"{key.name}.{path}" for path in missing(key.inner, part))


def proposed_id(kind: str, values: dict[str, Value], taken: frozenset[str]) -> str:
    """An id that says what the record is: a company by its name, a source by publisher, day and title, a claim by
    company, kind and day, an answer by company and status."""
    named = {
        "company": ("name",),
        "claim": ("company", "kind", "date"),
        "source": ("publisher", "issued", "title"),
        "response": ("company", "status"),
    }[kind]
    words = "-".join(_kebab(str(values.get(key, ""))) for key in named)
    base = re.sub("-+", "-", words)[:60].strip("-")
    base = base if ID.fits(base) else f"{kind}-{base}".strip("-")
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _kebab(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain.replace("'", ""))[:6])


def place_of(stood: Standing, kind: str, values: dict[str, Value]) -> tuple[str, bool]:
    """The file where a record belongs, and whether the file says itself which company it is about.

    What is about a company goes where its file is, else where most of its records are; a source to the sources of its
    role; a company to the others.
    """
    collection = KINDS[kind]
    company = values.get("company", "")
    if collection in WITH_ABOUT:
        abouts = {span.file: name for name, span in stood.records.abouts}
        own = [file for file, name in abouts.items() if name == company]
        records: tuple[Claim | Response, ...] = (*stood.records.claims, *stood.records.responses)
        mine = Counter(each.place.document.path for each in records if each.company == company)
        # A file about another company is no place for it.
        rest = [file for file, _ in mine.most_common() if abouts.get(file, company) == company]
        path = (own or rest or [f"data/dossiers/{company}.yaml"])[0]
        return path, path in own or not (own or rest)
    fellows = getattr(stood.records, collection)
    alike = [each for each in fellows if kind != "source" or each.role == values.get("role")] or fellows
    files = Counter(each.place.document.path for each in alike).most_common(1)
    return (files[0][0] if files else NEW_FILES[collection]), False


def add(stood: Standing, kind: str, values: dict[str, Value]) -> tuple[str, Added]:
    """The path of the file where the record belongs, and the file with it. Raises `NotAdded`, and `OSError` where the
    machine refuses the file."""
    path, about = place_of(stood, kind, values)
    collection, file = KINDS[kind], stood.root / path
    within = (stood.root / "data").resolve()
    if file.is_symlink() or not file.parent.resolve().is_relative_to(within):
        raise NotAdded("the file is a link to another place")
    if any(each.path == path for each in stood.documents):
        raw = file.read_bytes()
    elif file.exists():
        raise NotAdded("something else stands in its place")
    elif unread := next((each.path for each in stood.documents if not each.readable), None):
        # It may be the file where the record belongs.
        raise NotAdded(f"{unread} cannot be read: see 'build.py check'")
    else:
        raw = f"about: {values['company']}\n".encode() if about else b""
    typed = {key: value for key, value in values.items() if not (about and key == "company")}
    return path, with_record(raw, path, collection, _as_typed(typed, stood), stood.languages, stood.limit)


def _as_typed(values: dict[str, Value], stood: Standing) -> dict[str, Value]:
    """Of a dossier in one language, texts are typed without naming it."""
    if len(stood.languages) > 1:
        return values

    def plain(value: Value) -> Value:
        if isinstance(value, list):
            return [plain(each) for each in value]
        if isinstance(value, dict):
            return (
                value[stood.languages[0]] if [*value] == [*stood.languages] else {k: plain(v) for k, v in value.items()}
            )
        return value

    return {key: plain(value) for key, value in values.items()}
