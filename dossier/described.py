"""What a page says of itself: title, authors, date, language, publisher; each with the place in the page that says so.

Pages say it in many ways (schema.org as JSON-LD, Open Graph, Highwire's `citation_*`, Dublin Core, plain HTML), and
often say it wrong: a template's headline, the first page as the address of all. So every value is a candidate until
something else in the page speaks for it. trafilatura 2.3 was tried on the pages of the tests and is not used: it does
not say where a value comes from, made a day of today out of a month, took a headline that the page does not show and an
address on another site, and reads with lxml, which a hostile page holds up for long (see `page_text.py`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import turbohtml

from dossier.frozen import dataclass, field
from dossier.page_charset import decoded
from dossier.patterns import regex
from dossier.values import HIDDEN

LONGEST = 300
"""Characters of a value; what is longer is no title and no name."""
MOST_EACH = 50
"""Candidates for one value."""
_MOST_NODES = 300_000
_MOST_JSON = 1_000_000
_MOST_THINGS = 5_000
_DEEPEST = 30
_ARTICLES = regex(r"\w*Article|BlogPosting|LiveBlogPosting|Report|WebPage|\w*Document|\w*Page")
_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title"),
    "author": ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"),
    "issued": (
        "article:published_time", "citation_publication_date", "citation_online_date", "citation_date",
        "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "datepublished", "parsely-pub-date", "date",
    ),
    "publisher": (
        "og:site_name", "citation_publisher", "citation_journal_title", "dcterms.publisher", "dc.publisher",
        "application-name",
    ),
    "language": ("og:locale", "dcterms.language", "dc.language", "citation_language", "content-language"),
    "url": ("og:url",),
    "kind": ("og:type", "citation_journal_title"),
}  # fmt: skip
"""Names of `meta` elements, the more careful first."""
_BY_NAME = {name: (key, rank) for key, names in _NAMES.items() for rank, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class Told:
    """A value as the page has it, in one line, and where it stands there. `rank`: the less, the more careful."""

    value: str
    where: str
    rank: int = 0


@dataclass(slots=True)
class Described:
    """Candidates by what they are: `title`, `author`, `issued`, `publisher`, `language`, `url`, `kind`; `heading` has
    what readers see (`h1`), `named` the title of the window. `is_walled` where the page says that one has to pay."""

    told: dict[str, list[Told]] = field(default_factory=dict)
    is_walled: bool = False
    tries: Counter[str] = field(default_factory=Counter)

    def wants(self, key: str) -> bool:
        """Whether another text may be put together for it: of nested elements each takes as long as all inside it."""
        self.tries[key] += 1
        return self.tries[key] <= MOST_EACH

    def of(self, key: str) -> list[Told]:
        """Candidates, the most careful first, each value once."""
        found: dict[str, Told] = {}
        for each in sorted(self.told.get(key, ()), key=lambda each: each.rank):
            found.setdefault(each.value, each)
        return [*found.values()]

    def add(self, key: str, value: Any, where: str, rank: int) -> None:
        """Keep a candidate, in one line and without hidden characters. One of many thousand letters is none."""
        if isinstance(value, str) and len(mine := self.told.setdefault(key, [])) < MOST_EACH:
            text = plain(value)
            if 0 < len(text) <= LONGEST:
                mine.append(Told(text, where, rank))


def plain(text: str) -> str:
    """Words in one line, without characters that nobody sees. Bounded, a little above what is kept."""
    return " ".join(HIDDEN.sub("", re.sub(r"[\t\r\n\x0b\x0c]", " ", text[: LONGEST * 10])).split())


def described(body: bytes, content_type: str) -> Described:
    """What an HTML page says of itself. Of anything else, or of a page of too many elements, as far as it goes."""
    found = Described()
    markup, _ = decoded(body, content_type, markup=True)
    document = turbohtml.parse(markup, positions=False, scripting=True)
    scripts: list[str] = []
    for number, element in enumerate(_elements(document)):
        if number > _MOST_NODES:
            break
        if element.tag in _READ:
            _READ[element.tag](found, element)
        if element.tag == "script" and str(_one(element, "type")).lower().startswith("application/ld+json"):
            scripts.append(element.text[: _MOST_JSON + 1])
        _by_property(found, element)
    for text in scripts[:20]:
        if len(text) <= _MOST_JSON:
            _json_ld(found, text)
    return found


def _elements(document: turbohtml.Document) -> Iterator[turbohtml.Element]:
    """Every element in order, with a stack of its own: a page may nest deeper than Python can call."""
    stack: list[turbohtml.Node] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, turbohtml.Element):
            yield node
        stack.extend(reversed([*node.children]) if isinstance(node, turbohtml.Element | turbohtml.Document) else ())


def _one(element: turbohtml.Element, name: str) -> str:
    value = element.attrs.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "")


def _meta(found: Described, element: turbohtml.Element) -> None:
    name = (_one(element, "property") or _one(element, "name") or _one(element, "http-equiv")).strip().lower()
    if name in _BY_NAME:
        key, rank = _BY_NAME[name]
        value = _one(element, "content")
        if not (key == "author" and re.match(r"https?:|//", value)):
            found.add(key, f"citation {value}" if name == "citation_journal_title" and key == "kind" else value,
                      f"meta {name}", rank + 10)  # fmt: skip
        if name == "citation_journal_title":
            found.add("publisher", value, f"meta {name}", rank + 10)


def _link(found: Described, element: turbohtml.Element) -> None:
    if "canonical" in _one(element, "rel").lower().split():
        found.add("url", _one(element, "href"), "link rel=canonical", 0)


def _html(found: Described, element: turbohtml.Element) -> None:
    found.add("language", _one(element, "lang") or _one(element, "xml:lang"), "html lang", 0)


def _time(found: Described, element: turbohtml.Element) -> None:
    found.add("issued", _one(element, "datetime"), "the first time element", 30)


_READ: dict[str, Callable[[Described, turbohtml.Element], None]] = {
    "meta": _meta,
    "link": _link,
    "html": _html,
    "time": _time,
    "h1": lambda found, element: _text(found, "heading", element, "h1", 0),
    "title": lambda found, element: _text(found, "named", element, "title", 0),
}


def _by_property(found: Described, element: turbohtml.Element) -> None:
    """Microdata, and the marks that bylines commonly bear."""
    named = _one(element, "itemprop").lower()
    value = _one(element, "content") or _one(element, "datetime")
    if named == "datepublished":
        _text(found, "issued", element, "itemprop datePublished", 9, value)
    elif named == "author" or "author" in _one(element, "rel").lower().split():
        _text(found, "author", element, "the byline", 20, value)
    elif "byline" in _one(element, "class").lower():
        _text(found, "byline", element, "the byline", 20)


def _text(found: Described, key: str, element: turbohtml.Element, where: str, rank: int, value: str = "") -> None:
    if value or found.wants(key):
        found.add(key, value or element.text, where, rank)


def _json_ld(found: Described, text: str) -> None:
    try:
        top = json.loads(text)
    except (ValueError, RecursionError):
        return
    left: list[tuple[Any, int]] = [(top, 0)]
    for number in range(_MOST_THINGS):
        if not left:
            return
        thing, depth = left.pop(0)
        if isinstance(thing, dict):
            if number == 0 or depth <= 4:
                _thing(found, thing)
            thing = [thing.get(key) for key in ("@graph", "mainEntity")]
        if isinstance(thing, list) and depth < _DEEPEST:
            left += [(each, depth + 1) for each in thing[: max(0, _MOST_THINGS - len(left))]]


def _thing(found: Described, thing: dict[str, Any]) -> None:
    """One thing of schema.org, if it is a page or an article."""
    kinds = [each for each in _listed(thing.get("@type")) if isinstance(each, str)]
    if not any(_ARTICLES.fullmatch(kind) for kind in kinds):
        return
    is_page = all(kind.endswith("Page") for kind in kinds)
    rank, where = (5 if is_page else 1), f"JSON-LD {kinds[0][:40]}"
    found.add("kind", kinds[0], where, rank)
    for key in ("headline", "name"):
        found.add("title", thing.get(key), f"{where} {key}", rank)
    found.add("issued", thing.get("datePublished"), f"{where} datePublished", rank)
    found.add("language", thing.get("inLanguage"), f"{where} inLanguage", rank + 3)
    for key in ("author", "creator"):
        for each in _listed(thing.get(key)):
            found.add("author", _name(each), f"{where} {key}", rank)
    for key in ("publisher", "sourceOrganization"):
        for each in _listed(thing.get(key)):
            found.add("publisher", _name(each), f"{where} {key}", rank)
    found.add("url", _address(thing.get("mainEntityOfPage")) or thing.get("url"), f"{where} url", rank)
    if str(thing.get("isAccessibleForFree")).lower() == "false":
        found.is_walled = True


def _listed(value: Any) -> list[Any]:
    return value[:MOST_EACH] if isinstance(value, list) else [value]


def _name(value: Any) -> Any:
    return value.get("name") if isinstance(value, dict) else value


def _address(value: Any) -> Any:
    return value.get("@id") if isinstance(value, dict) else value
