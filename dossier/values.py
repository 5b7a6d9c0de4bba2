"""The values fields hold: texts in several languages, prose with its citations, and the shapes of plain strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from dossier.frozen import dataclass
from dossier.patterns import regex


@dataclass(frozen=True, slots=True)
class Shape:
    """What a plain string must look like, and how a message says so."""

    name: str
    says: str
    example: str
    pattern: str = ""

    def fits(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text, re.DOTALL) is not None if self.pattern else bool(text.strip())


@dataclass(frozen=True, slots=True)
class Ref:
    """That a string is the id of a record, and of which collections. `also` are words allowed besides."""

    collections: tuple[str, ...]
    also: tuple[str, ...] = ()
    or_text: bool = False


ID = Shape("id", "lower-case letters, digits and hyphens, 2 to 80 characters", "acme-order", r"[a-z0-9-]{2,80}")
URL = Shape("url", "an address that begins with https:// or http://", "https://example.org/page", r"(?i:https?)://\S+")
ADDRESS = Shape(
    "address",
    "mailto: and an e-mail address, or an https:// address",
    "mailto:desk@example.org",
    r"(?:mailto:[^\s@]+@[^\s@]+|(?i:https?)://\S+|[^\s@:]+@[^\s@:]+)",
)
LANGUAGE = Shape("language", "a language code of two letters", "en", r"[a-z]{2}(?:-[A-Z]{2})?")
CURRENCY = Shape("currency", "a currency code of three capitals (ISO 4217)", "CAD", r"[A-Z]{3}")
COUNTRY = Shape("country", "a country code of two capitals (ISO 3166)", "CA", r"[A-Z]{2}")
NUMBER = Shape("number", "a number with a point and no separators", "7234926.20", r"[0-9]{1,15}(?:\.[0-9]{1,4})?")
WORDS = Shape("text", "some words", "Acme")

RESERVED = regex(
    r"content|claims|amounts|timeline|unknown|answer|references|facts|searches|ref-\d+|cite-[\d-]+"
    r"|corrections|removed|standing|companies|agencies|demands|labels|definitions|replies|days|wordings"
    r"|versions|v-[0-9a-f]{10}|\d{4}-\d\d-\d\d|compar(?:e|er)"
    r"|(?:reply|kind|group)-(?:any|answered|none|contract|service|property|claim|reply|event|demand)"
)
"""Words that pages use for their own anchors, which no record may take as its id."""

MOST_QUOTED = 25
"""Words that a quote may have."""

Id = Annotated[str, ID]
Url = Annotated[str, URL]
Address = Annotated[str, ADDRESS]
Language = Annotated[str, LANGUAGE]
Currency = Annotated[str, CURRENCY]
Country = Annotated[str, COUNTRY]
Number = Annotated[str, NUMBER]
Words = Annotated[str, WORDS]


# C0 and C1 controls but line ends, soft hyphen, zero-width and bidirectional characters, letters that look like blanks,
# invisible operators, noncharacters, tags. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
HIDDEN = regex(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064"
    "\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that can make a line read differently from what it says."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language or several, in the order written. No Markdown, no citations."""

    versions: tuple[tuple[str, str], ...]

    def get(self, language: str) -> str | None:
        return next((words for code, words in self.versions if code == language), None)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.versions)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.versions)


class Html(str):
    """Markup made by the build itself, which templates print as it is. Never made from a contributor's own HTML."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation in prose, `[@id, para. 4]`: the source, the locator, and what was typed (to find its place again)."""

    source: str
    locator: str
    typed: str


GROUP = regex(r"\[@([^\[\]]{1,400})\]")
"""One citation in prose, or several between semicolons."""
FIGURE = regex(r"\{([a-z_]{2,40})\}")
"""A computed figure in prose: `{claims}`."""


def marks_in(group: str) -> Iterator[Mark]:
    """The citations of a group, by what stands between `[@` and `]`."""
    for part in group.split(";"):
        source, _, locator = part.strip().removeprefix("@").partition(",")
        yield Mark(source.strip(), " ".join(locator.split()), f"[@{group}]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed figure in a content page, `{claims}`: the name of the figure."""

    name: str


FIGURES = (
    "claims",
    "companies",
    "sources",
    "origins",
    "responses",
    "demands",
    "events",
    "agencies",
    "quotes",
    "checked",
)
"""Figures the build computes: what a content page may write between braces."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Prose in one language: the Markdown as typed, and the markup it makes, broken where a citation or figure goes."""

    markdown: str
    parts: tuple[Html | Mark | Figure, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(part for part in self.parts if isinstance(part, Mark))


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown in one language or several."""

    versions: tuple[tuple[str, Passage], ...]

    def get(self, language: str) -> Passage | None:
        return next((passage for code, passage in self.versions if code == language), None)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.versions)

    @property
    def text(self) -> Text:
        """The Markdown as typed, for rules that look at words."""
        return Text(tuple((code, passage.markdown) for code, passage in self.versions))

    def __iter__(self) -> Iterator[tuple[str, Passage]]:
        return iter(self.versions)
