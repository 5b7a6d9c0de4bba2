"""Pictures that stand for a page where its address is shared: what they say, and what can be drawn at all."""

from __future__ import annotations

import hashlib
import re

from dossier.frozen import dataclass
from dossier.patterns import regex
from dossier.views import View

WIDTH, HEIGHT = 1200, 630
"""Pixels: 1.91 to 1, which every network shows whole."""
DRAWN = regex(
    r"[\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u02bc\u02c6\u02da\u02dc\u1e9e\u2010-\u2015\u2018-\u201e\u2020-\u2022"
    r"\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u2044\u20ac\u2116\u2122]*"
)
"""Text whose characters the fonts of `templates/fonts` have: that of languages in Latin letters, but for Vietnamese."""


@dataclass(slots=True, eq=False, repr=False)
class Picture(View):
    """A page in five texts, all of them plain: the site's title, what the page is about, its name, a computed line, and
    where the site stands. `id` is unique among those of a language."""

    id: str
    code: str
    site: str
    kind: str
    name: str
    says: str
    place: str

    @property
    def texts(self) -> tuple[str, ...]:
        return self.site, self.kind, self.name, self.says, self.place

    @property
    def is_drawable(self) -> bool:
        """Whether the fonts have all its letters. One that is not drawn says less than none with boxes in it."""
        return all(DRAWN.fullmatch(text) for text in self.texts)

    @property
    def path(self) -> str:
        """Its file, named by what it says: where that changes, networks that keep what they have seen look again."""
        digest = hashlib.sha256("\0".join(self.texts).encode()).hexdigest()[:10]
        return f"assets/share/{self.code}/{self.id}.{digest}.png"

    @property
    def words(self) -> str:
        """What it says, for those who do not see it."""
        about = f"{self.name}. {self.says}" if self.name == self.site else f"{self.name}. {self.says}. {self.site}"
        return re.sub(r"([.?!…])\.", r"\1", f"{about}.")


@dataclass(slots=True, eq=False, repr=False)
class Line(View):
    """A line of text in its place: pixels from the left and down to its foot.."""

    x: int
    y: int
    size: int
    family: str
    weight: int
    shade: str
    text: str


@dataclass(slots=True, eq=False, repr=False)
class Sheet(View):
    """A picture laid out, as its template prints it."""

    width: int
    height: int
    lines: tuple[Line, ...]

    template = "pictures/share.svg"
