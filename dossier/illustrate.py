"""The share images of a site: planned of the register, laid out, printed by their template, drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dossier.drawing import FONTS, as_png, laid_out, measure_by
from dossier.pages import File
from dossier.plan.edition import Edition
from dossier.plan.pictures import Pictures
from dossier.render import Renderer
from dossier.workers import shared

ENOUGH = 24
"""Pictures from which a second process brings more than it costs."""


def illustrate(editions: Iterable[Edition], renderer: Renderer) -> Iterator[File]:
    """Every share image, in the order of their paths."""
    wanted = {picture.path: picture for edition in editions for picture in Pictures(edition).all()}
    fonts = fonts_of(renderer)
    measure = measure_by(fonts)

    def draw(path: str) -> File:
        picture = wanted[path]
        return File(path, as_png(renderer.text(laid_out(picture, measure), picture.code), fonts))

    yield from sorted(shared(sorted(wanted), draw, ENOUGH), key=_path)


def fonts_of(renderer: Renderer) -> dict[str, Path]:
    """The fonts that drawings take. Raises `FileNotFoundError` where one is not there."""
    found = {}
    for name in FONTS:
        path = renderer.found(f"fonts/{name}.ttf")
        if path is None:
            raise FileNotFoundError(f"templates/fonts/{name}.ttf is not there: share images take it")
        found[name] = path
    return found


def _path(file: File) -> str:
    return file.path
