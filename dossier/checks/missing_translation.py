"""What is written is written in every language of the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import name_of, texts
from dossier.checks.walk import live
from dossier.document import Scalar
from dossier.model import Agency, Citation, ContentPage, Publisher, Site
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W604",
    "missing-translation",
    "language",
    "warning",
    "A text has a version in every language of the site.",
    "Readers would meet a sentence in a language they may not know. Names that are the same everywhere may be a plain "
    "string: those of publishers, of the site and its licence, and abbreviations.",
    "Write the missing version: {en: ..., fr: ...}.",
)

NAMES = {(Publisher, "name"), (Agency, "abbreviation"), (Site, "publisher"), (Site, "licence"), (Site, "title")}


def check(register: Register, today: date) -> Iterator[Problem]:
    everywhere = [*register.languages]
    for field in texts(register):
        written = [code for code, _ in field.versions]
        if written == everywhere or isinstance(field.part, (Citation, ContentPage)) or not live(field.owner):
            continue
        is_name = (type(field.part), field.name) in NAMES
        if is_name and isinstance(field.part.place.at(*field.keys).node, Scalar):
            continue
        missing = [language for language in everywhere if language not in written]
        if missing:
            yield RULE.at(
                field.part.place.key_span(*field.keys),
                f"'{field.name}' of '{name_of(field.owner)}' is not written in {' or '.join(missing)}",
            )
    for page in register.content:
        there = register.page_languages[page.name]
        for language in everywhere if page.language == there[0] else ():
            file = f"content/{page.name}.{language}.md"
            if language not in there and file not in register.lost:
                yield RULE.at(
                    page.place.span(), f"the page '{page.name}' is not written in {language}", f"Write {file}."
                )
