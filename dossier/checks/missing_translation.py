"""What is written is written in every language of the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import live, name_of, texts
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
    for field in texts(register):
        if isinstance(field.part, (Citation, ContentPage)) or not live(field.owner):
            continue
        is_plain = isinstance(field.part.place.at(*field.keys).node, Scalar)
        if is_plain and (type(field.part), field.name) in NAMES:
            continue
        written = field.value.languages
        missing = [language for language in register.languages if language not in written]
        if missing:
            yield RULE.at(
                field.part.place.key_span(*field.keys),
                f"'{field.name}' of '{name_of(field.owner)}' is not written in {' or '.join(missing)}",
            )
    pages: dict[str, dict[str, ContentPage]] = {}
    for page in register.content:
        pages.setdefault(page.name, {})[page.language] = page
    for name, versions in pages.items():
        first = next(iter(versions.values()))
        for language in register.languages:
            file = f"content/{name}.{language}.md"
            if language not in versions and file not in register.lost:
                yield RULE.at(first.place.span(), f"the page '{name}' is not written in {language}", f"Write {file}.")
