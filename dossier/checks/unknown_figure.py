"""A computed figure is one the build knows, on a content page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import prose
from dossier.model import ContentPage
from dossier.nearest import did_you_mean
from dossier.problems import Problem, Rule
from dossier.register import Register
from dossier.values import FIGURES, Figure

RULE = Rule(
    "E116",
    "unknown-figure",
    "shape",
    "error",
    "A computed figure, such as {claims}, is one the build knows and stands on a content page.",
    "The build cannot print a number it does not compute.",
    "The figures: " + ", ".join("{" + name + "}" for name in FIGURES) + ".",
)


def check(register: Register, today: date) -> Iterator[Problem]:
    for field in prose(register):
        for language, passage in field.passages:
            for figure in passage.parts if "{" in passage.markdown else ():
                if not isinstance(figure, Figure):
                    continue
                typed = "{" + figure.name + "}"
                if not isinstance(field.owner, ContentPage):
                    yield RULE.at(
                        field.place(language).span_of(typed),
                        f"'{typed}' stands in a record, where nothing is computed",
                        "Write the words out, or say it on a content page.",
                    )
                elif figure.name not in FIGURES:
                    span = field.place(language).span_of(typed)
                    yield RULE.at(span, f"there is no figure '{typed}'", did_you_mean(figure.name, FIGURES))
