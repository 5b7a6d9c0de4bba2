"""Share images: texts laid out, and drawn by resvg with the project's own fonts, so that no machine draws another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from dossier.picture import HEIGHT, WIDTH, Line, Picture, Sheet

NEEDS = "resvg-py, fonttools and Pillow ('make desk')"
"""What a machine needs that draws."""
SERIF, SANS = "NotoSerif-Bold", "NotoSans-Regular"
FONTS = (SERIF, SANS)
"""Files of `templates/fonts`, by name."""
PAPER, INK, SOFT = (0xFC, 0xFB, 0xF8), (0x1C, 0x1B, 0x19), (0x55, 0x52, 0x4B)
"""The colours of the template: of the site in its light dress (`tokens.css`)."""
_FAMILY = {SERIF: ("Noto Serif", 700), SANS: ("Noto Sans", 400)}
_MARGIN = 72
_ROOM = WIDTH - 2 * _MARGIN
_TITLE = (32, 29, 26, 24)
_SIZES = (104, 92, 80, 68, 58, 50, 44)
"""Of a name: the largest in which it fits its place whole; the smallest where none is."""
_HIGH = 270
"""Pixels that a name may take from top to foot."""
_LEADING = 1.14
_MOST = 400
"""Letters of a text that are looked at: no more fit, however small."""
_ENDING = "…"

Measure = Callable[[str, str], float]
"""How wide a text is in a font of size 1: `measure("NotoSerif-Bold", "é")`."""


@cache
def able() -> bool:
    """Whether this machine can draw."""
    try:
        import fontTools  # type: ignore[import-untyped]  # noqa: F401
        import PIL  # noqa: F401
        import resvg_py  # noqa: F401
    except ImportError:
        return False
    return True


def measure_by(fonts: Mapping[str, Path]) -> Measure:
    """Widths by the fonts themselves. Pairs of letters that move closer do not count: what is measured always fits."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    widths: dict[str, dict[int, float]] = {}
    for name, path in fonts.items():
        with TTFont(path) as font:
            em, advances = font["head"].unitsPerEm, font["hmtx"]
            widths[name] = {code: advances[glyph][0] / em for code, glyph in font.getBestCmap().items()}

    def measure(font: str, text: str) -> float:
        return sum(widths[font].get(ord(letter), 1.0) for letter in text)

    return measure


def laid_out(picture: Picture, measure: Measure) -> Sheet:
    """A picture's texts in their places: the site above, the name as large as it fits, what is computed below."""
    lines: list[Line] = []

    def put(y: int, size: int, font: str, shade: str, text: str) -> None:
        family, weight = _FAMILY[font]
        lines.append(Line(_MARGIN, y, size, family, weight, shade, text))

    y = 104
    if picture.name != picture.site:
        size, (title,) = _fitted(picture.site, measure, _TITLE, 40)
        put(y, size, SERIF, "ink", title)
    if picture.kind:
        put(y + 84, 30, SANS, "soft", picture.kind)
    size, name = _fitted(picture.name, measure, _SIZES, _HIGH)
    top = 188 if picture.kind else 150
    y = round(top + size * _LEADING - size * 0.08)
    for text in name:
        put(y, size, SERIF, "ink", text)
        y += round(size * _LEADING)
    y += round(44 - size * (_LEADING - 0.34))
    for text in _wrapped(picture.says, measure, SANS, 34, 2):
        put(y, 34, SANS, "ink", text)
        y += 46
    (place,) = _wrapped(picture.place, measure, SANS, 26, 1)
    put(HEIGHT - 44, 26, SANS, "soft", place)
    return Sheet(WIDTH, HEIGHT, tuple(lines))


def _fitted(text: str, measure: Measure, sizes: tuple[int, ...], high: int) -> tuple[int, tuple[str, ...]]:
    """The largest of the sizes in which a text fits a place so high, and its lines; in the last it is cut to fit."""
    for size in sizes:
        most = max(int(high // (size * _LEADING)), 1)
        lines = _wrapped(text, measure, SERIF, size, most)
        if " ".join(lines) == text:
            break
    return size, lines


def _wrapped(text: str, measure: Measure, font: str, size: int, most: int) -> tuple[str, ...]:
    """A text in lines, at most so many; what is too long ends with an ellipsis. A word alone too long is parted."""
    room = _ROOM / size
    text = text if len(text) <= _MOST else text[:_MOST] + _ENDING
    lines = [""]
    for word in _words(text, measure, font, room):
        longer = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and measure(font, longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > most:
        last = lines[most - 1]
        while last and measure(font, last + _ENDING) > room:
            last = last[:-1].rstrip(" ")
        lines[most - 1 :] = [last + _ENDING]
    return tuple(lines)


def _words(text: str, measure: Measure, font: str, room: float) -> Iterator[str]:
    """Parted at blanks that may part a line, and where a word is wider than one."""
    for word in text.split(" "):
        begun, wide = 0, 0.0
        for at, letter in enumerate(word):
            wide += measure(font, letter)
            if wide > room and at > begun:
                yield word[begun:at]
                begun, wide = at, measure(font, letter)
        yield word[begun:]


def as_png(svg: str, fonts: Mapping[str, Path]) -> bytes:
    """A drawing as PNG. No font of the machine is looked at, and nothing is read but what stands in the drawing."""
    import resvg_py
    from PIL import Image

    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(fonts[name]) for name in FONTS],
        serif_family="Noto Serif",
        sans_serif_family="Noto Sans",
        font_family="Noto Sans",
    )
    few = Image.new("P", (1, 1))
    few.putpalette([part for shade in _shades() for part in shade])
    made = BytesIO()
    with Image.open(BytesIO(drawn)) as image:
        image.convert("RGB").quantize(palette=few, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def _shades() -> Iterator[tuple[int, ...]]:
    """The colours of edges, from paper to ink and to the softer ink: with these alone a picture has half the bytes."""
    for shade, steps in ((INK, 24), (SOFT, 8)):
        for step in range(steps):
            yield tuple(round(p + (i - p) * step / (steps - 1)) for p, i in zip(PAPER, shade, strict=True))
