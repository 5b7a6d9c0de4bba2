"""The model as JSON Schema, for editors: what may stand in a data file, in `data/site.yaml`, in front matter.

Made from the annotations of `model.py`, as `reading.py` makes its readers: no key and no word is typed here. Draft 7 of
JSON Schema, the newest that every editor's YAML support has read for years; besides its own keywords there are three of
editors (`markdownDescription`, `patternErrorMessage`, `errorMessage`), which validators pass over.

A schema says less than `check`: it knows no other file. Ids known so far are offered, and others are let stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from dossier.dates import Edtf
from dossier.frozen import MISSING, Field, annotated, fields
from dossier.hosts import host_of
from dossier.known import known_ids, with_ids
from dossier.load import load
from dossier.model import COLLECTIONS, WITH_ABOUT, AsReceived, ContentPage, OneOrMany, Part, Site
from dossier.register import Records
from dossier.validate import SITE_FILE, languages_of, validate
from dossier.values import ID, NUMBER, RESERVED, WORDS, Prose, Ref, Shape, Text

DRAFT = "http://json-schema.org/draft-07/schema#"
PAGE = "docs/data-format.md"

Schema = dict[str, Any]

_POINT = (
    r"(?:(?!0000)[0-9]{4}(?:-(?:2[1-4]|XX(?:-XX)?|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?))?"
    r"|[0-9]{3}X|[0-9]{2}XX)[?~%]?"
)
_DATE = Shape(
    "date",
    "a date as EDTF has them",
    "2025-11-28, 2025-11, 2025, 2024-08/.., 2026-01~",
    rf"{_POINT}|{_POINT}/(?:\.\.|{_POINT})?|(?:\.\.)?/{_POINT}",
)
"""The form of what `parse_edtf` reads. It does not count the days of a month, nor put beginning before end."""
_GIVEN = "company"
"""The key that `about` fills in."""
# What YAML itself makes of plain words: of these a schema can ask only that they are such.
_PLAIN = {"integer": "12", "number": "1.5"}


def known_so_far(root: Path) -> dict[str, Schema]:
    """The schemas of the dossier at `root`, with the ids of all its records that read whole, whatever else is wrong.

    Raises `OSError` as `load` does.
    """
    documents, _ = load(root)
    languages = languages_of(next((document for document in documents if document.path == SITE_FILE), None))
    records, _ = validate(documents)
    site = records.site
    hosting = site and site.host
    host = site and host_of(site.repository, *((hosting.kind, hosting.branch) if hosting else ()))
    return schemas(records, languages, host.view(PAGE) if host else "")


def schemas(records: Records, languages: tuple[str, ...], docs: str = "") -> dict[str, Schema]:
    """The schemas by file name: `data.json`, `site.json`, `page.json`. `languages` are those of the site, the ids those
    of `records`, and `docs` is the address of `docs/data-format.md`; without one there are no links to it."""
    return {
        "data.json": _Writer(languages, docs).data(records),
        "site.json": _Writer(languages, docs).whole(Site, records),
        "page.json": _Writer(languages, docs).whole(ContentPage, records),
    }


class _Writer:
    """One schema being written: what it has defined so far, by name."""

    def __init__(self, languages: tuple[str, ...], docs: str) -> None:
        self.languages = languages
        self.docs = docs
        self.defined: dict[str, Schema] = {}
        self.references: dict[Ref, str] = {}

    def data(self, records: Records) -> Schema:
        owned = [name for name in WITH_ABOUT if _GIVEN in _required(COLLECTIONS[name])]
        tops: Schema = {}
        for name, cls in COLLECTIONS.items():
            self.defined[_name(cls)] = self.record(cls, given=(_GIVEN,) if name in WITH_ABOUT else ())
            says = {**self.said(_says(cls) or f"A list of records, each {_a(cls)}.", name), "errorMessage": _LIST}
            tops[name] = {**says, "type": ["array", "null"], "items": {"$ref": f"#/definitions/{_name(cls)}"}}
        about = f"Id of the company a file is about: the `{_GIVEN}` of the {_listed(WITH_ABOUT)} in it that name none."
        tops["about"] = _beside(self.said(about, "files"), self.reference(Ref(("companies",))))
        asked = {name: {"items": {"required": [_GIVEN]}} for name in owned}
        found = {
            "$schema": DRAFT,
            "description": "A data file of a dossier.",
            "type": "object",
            "properties": tops,
            "additionalProperties": False,
            "if": {"required": ["about"]},
            "else": {"properties": asked},
        }
        return self.finished(found, records)

    def whole(self, cls: type[Part], records: Records) -> Schema:
        found = {"$schema": DRAFT, "description": _says(cls) or f"{_a(cls).capitalize()}.", **self.record(cls)}
        return self.finished(found, records)

    def finished(self, found: Schema, records: Records) -> Schema:
        """With all that it refers to."""
        known = known_ids(records)
        for ref, name in self.references.items():
            self.defined[name] = with_ids(_shaped(WORDS if ref.or_text else ID), known, ref)
        return {**found, "definitions": self.defined}

    def record(self, cls: type[Part], given: tuple[str, ...] = ()) -> Schema:
        """A record. The keys that the file may give for all its records are not asked of each."""
        hints = annotated(cls)
        properties = {each.name: self.key(each, hints[each.name], cls) for each in _keys(cls)}
        return {
            "type": "object",
            "properties": properties,
            "required": [name for name in _required(cls) if name not in given],
            "additionalProperties": False,
        }

    def key(self, each: Field[Any], annotation: Any, cls: type[Part]) -> Schema:
        example, default = each.metadata.get("example"), each.default
        more = "" if default in (MISSING, None, ()) else f" Without it: `{str(default).lower()}`."
        found = self.value(annotation)
        said = self.said(each.metadata["doc"] + more, _anchor(cls))
        if example and "enum" not in found:
            # Offered as it is to be typed: a number without quotes.
            found["examples"] = [float(example) if annotation is Decimal else example]
        return _beside(said, found)

    def said(self, sentence: str, anchor: str) -> Schema:
        if not self.docs:
            return {"description": sentence}
        return {"description": sentence, "markdownDescription": f"{sentence}\n\n[Data format]({self.docs}#{anchor})"}

    def value(self, annotation: Any) -> Schema:
        """What a value with this annotation may be: the counterpart of `reading._reader`."""
        origin, inside = get_origin(annotation), get_args(annotation)
        if origin in (Union, UnionType):
            return self.value(next(part for part in inside if part is not NoneType))
        if origin is Annotated:
            base, *extras = inside
            for extra in extras:
                if isinstance(extra, OneOrMany):
                    item = get_args(base)[0]
                    return {"anyOf": [self.value(item), self.many(item)]}
                if isinstance(extra, Shape):
                    return _shaped(extra)
                if isinstance(extra, Ref):
                    return self.reference(extra)
                if isinstance(extra, AsReceived):
                    return self.in_languages(_shaped(WORDS))
            return self.value(base)
        if origin is tuple:
            return self.many(inside[0])
        if origin is Literal:
            return {"enum": list(inside), "errorMessage": f"Write one of: {', '.join(inside)}."}
        if annotation is Text:
            return self.in_languages(_words())
        if annotation is Prose:
            return self.in_languages(_shaped(WORDS))
        simple = {Decimal: _shaped(NUMBER), Edtf: _shaped(_DATE), bool: _BOOLEAN}
        return dict(simple[annotation]) if annotation in simple else self.part(annotation)

    def many(self, annotation: Any) -> Schema:
        is_word = get_origin(annotation) is Literal or get_args(annotation)[:1] == (str,)
        found = {"type": "array", "items": self.value(annotation), "errorMessage": _LIST}
        return {**found, "uniqueItems": True} if is_word else found

    def part(self, cls: type[Part]) -> Schema:
        if _name(cls) not in self.defined:
            self.defined[_name(cls)] = self.record(cls)
        return {"$ref": f"#/definitions/{_name(cls)}"}

    def reference(self, ref: Ref) -> Schema:
        """An id of some collections. Which ids there are is put in when all of the schema is written."""
        name = "-or-".join((*ref.collections, *ref.also, *(["words"] if ref.or_text else []))).replace("*", "any")
        self.references[ref] = name
        return {"$ref": f"#/definitions/{name}"}

    def in_languages(self, one: Schema) -> Schema:
        """The text itself, or one for each language. No alternatives: a message then says what is wrong with what."""
        return {
            **one,
            "type": [*one["type"], "object"],
            "properties": {code: {"description": f"In {code}.", **one} for code in self.languages},
            "additionalProperties": False,
            "minProperties": 1,
            "errorMessage": f"Write a text, or one for each language: {', '.join(self.languages)}.",
        }


_LIST = "Here belongs a list: begin each item with '- '."
_BOOLEAN: Schema = {
    "type": ["boolean", "string"],
    "pattern": r"^\s*(?:true|false)\s*$",
    "patternErrorMessage": "Write true or false.",
    "errorMessage": "Write true or false.",
}


def _beside(said: Schema, found: Schema) -> Schema:
    """A sentence with what it is about. Beside a reference draft 7 reads nothing, so that stands below."""
    below = {"allOf": [{"$ref": found.pop("$ref")}]} if "$ref" in found else {}
    return {**said, **found, **below}


def _shaped(shape: Shape) -> Schema:
    says = f"Write {shape.says}" + (f", as in {shape.example}." if shape.pattern else ".")
    types = ["string", *(name for name, sample in _PLAIN.items() if _fits(shape, sample))]
    found: Schema = {"type": types, "pattern": _pattern(shape), "patternErrorMessage": says, "errorMessage": says}
    if shape is _DATE:
        found |= {"minimum": 1, "maximum": 9999}  # a year
    elif shape is NUMBER:
        found["minimum"] = 0
    return found


def _words() -> Schema:
    """Words in which nothing is looked up."""
    says = "Write some words. A source is cited under 'citations': here [@…] would be printed as it is typed."
    return {**_shaped(WORDS), "pattern": r"^(?![\s\S]*\[@)[\s\S]*\S", "patternErrorMessage": says}


def _fits(shape: Shape, text: str) -> bool:
    return shape.fits(text) or (shape is _DATE and shape.fits(f"20{text}"))


def _pattern(shape: Shape) -> str:
    """The shape as a regular expression of ECMA 262, which has no `(?i:…)`; blanks around a value count for nothing."""
    if not shape.pattern:
        return r"\S"
    either = re.sub(r"\(\?i:(.*?)\)", lambda found: _either_case(found[1]), shape.pattern)
    not_taken = rf"(?!(?:{RESERVED.pattern})\s*$)" if shape is ID else ""
    return rf"^\s*{not_taken}(?:{either})\s*$"


def _either_case(letters: str) -> str:
    return re.sub("[a-z]", lambda found: f"[{found[0].upper()}{found[0]}]", letters)


def _keys(cls: type[Part]) -> Iterator[Field[Any]]:
    return (each for each in fields(cls) if not each.metadata.get("hidden"))


def _required(cls: type[Part]) -> list[str]:
    return [each.name for each in _keys(cls) if each.default is MISSING]


def _noun(cls: type[Part]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


def _name(cls: type[Part]) -> str:
    return _noun(cls).replace(" ", "-")


def _a(cls: type[Part]) -> str:
    return f"{'an' if _noun(cls)[0] in 'aeiou' else 'a'} {_noun(cls)}"


def _anchor(cls: type[Part]) -> str:
    """The heading of a record in the tables of `docs/data-format.md`."""
    return next((name for name, each in COLLECTIONS.items() if each is cls), _name(cls))


def _says(cls: type[Part]) -> str:
    """The sentence of a class. One without has its signature for a docstring, which says nothing."""
    doc = cls.__doc__ or ""
    return "" if doc.startswith(f"{cls.__name__}(") else " ".join(doc.split())


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}"
