"""A dossier in which every key of every record is filled, made by walking the model: what a key is added to is covered
without anybody thinking of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from dossier.dates import Edtf
from dossier.frozen import fields
from dossier.model import COLLECTIONS, ContentPage, Part, Site
from dossier.values import ADDRESS, COUNTRY, CURRENCY, ID, LANGUAGE, URL, Prose, Ref, Shape, Text

LANGUAGES = ("en", "fr")
IDS = {
    "companies": "the-company", "agencies": "the-agency", "publishers": "the-publisher", "sources": "the-source",
    "claims": "the-claim", "responses": "the-response", "demands": "the-demand", "events": "the-event",
    "corrections": "the-correction", "tombstones": "the-tombstone", "searches": "the-search",
    "legal_entities": "the-entity",
}  # fmt: skip
"""The id of the one record of each collection."""


@dataclass
class Filling:
    """What goes into the fields. `turn` picks another word where a field knows several, and keys `without` which a
    record is another one. Where a text goes, `{}` in it becomes the path of the field."""

    text: str
    url: str = "https://a.example/"
    turn: int = 0
    without: tuple[str, ...] = ()
    texts: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def words(self, path: str) -> str:
        self.texts.append(path)
        return self.text.replace("{}", path)

    def record(self, cls: type[Part], path: str, identity: str = "") -> dict[str, Any]:
        """Every key of a record, with a value its reader takes."""
        hints = get_type_hints(cls, include_extras=True)
        keys = [each.name for each in fields(cls) if not each.metadata.get("hidden") and each.name not in self.without]
        return {name: identity if name == "id" else self.value(hints[name], f"{path}.{name}") for name in keys}

    def value(self, annotation: Any, path: str) -> Any:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin in (Union, UnionType):
            return self.value(next(each for each in arguments if each is not NoneType), path)
        if origin is tuple:
            return [self.value(arguments[0], path)]
        if origin is Literal:
            return arguments[self.turn % len(arguments)]
        if origin is Annotated:
            return self.annotated(arguments[0], arguments[1:], path)
        if annotation in (Text, Prose):
            return dict.fromkeys(LANGUAGES, self.words(path))
        if isinstance(annotation, type) and issubclass(annotation, Part):
            return self.record(annotation, path, IDS["legal_entities"] if "legal_entities" in path else "")
        return {bool: self.turn % 2 == 0, Decimal: "12.5", Edtf: "2025-05-01"}[annotation]

    def annotated(self, base: Any, extras: tuple[Any, ...], path: str) -> Any:
        for extra in extras:
            if isinstance(extra, Ref):
                # A publisher is named in one turn and recorded in the next; who owns a recorded one is a name.
                if extra.or_text and (self.turn % 2 or path == "publishers.owner"):
                    return self.words(path)
                return IDS[extra.collections[0]] if "*" not in extra.collections else IDS["companies"]
            if isinstance(extra, Shape):
                if extra in (URL, ADDRESS):
                    self.urls.append(path)
                    return self.url
                plain = {CURRENCY: "CAD", COUNTRY: "CA", LANGUAGE: "en", ID: "a-slug"}
                return plain.get(extra) or self.words(path)
        return self.value(base, path)

    def files(self) -> dict[str, str]:
        """The whole dossier as files. JSON is YAML, and quotes whatever it holds."""
        site = {**self.record(Site, "site"), "languages": [*LANGUAGES], "policy": {"max_file_mb": "2"}}
        data = {name: [self.record(cls, name, IDS[name])] for name, cls in COLLECTIONS.items()}
        page = self.record(ContentPage, "content")
        body = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in page.items())
        return {
            "data/site.yaml": json.dumps(site, ensure_ascii=False),
            "data/all.yaml": json.dumps(data, ensure_ascii=False, indent=1),
            **{
                f"content/a-page.{code}.md": f"---\n{body}\n---\n\n{self.words('content.body')}\n" for code in LANGUAGES
            },
        }
