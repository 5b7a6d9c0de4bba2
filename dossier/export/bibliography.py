"""The sources as reference managers read them: CSL-JSON, BibTeX and RIS. Part of `export`.

Every source has its entry, also an original that was not read: a lineage cited without its end misleads. Names of
authors stand as printed and are never taken apart, since nothing in the data says which word is the family name.
Written here and not by a library: the ones tried escape inside addresses, and judge these files in the tests instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dossier.citing import bibtex_url, latex
from dossier.dates import Edtf, Point
from dossier.export.computed import publisher_name
from dossier.export.joined import Text, joined
from dossier.frozen import dataclass
from dossier.json_text import encoder
from dossier.model import Source
from dossier.register import UNKNOWN, Register

_encode = encoder()
# A work of these types appears in something: a newspaper, a site. `publisher` then names what it appears in.
_APPEARS = (
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "post",
    "post-weblog",
    "review",
    "review-book",
    "webpage",
)
_BIBTEX = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "post": "online",
    "post-weblog": "online",
    "webpage": "online",
}
_RIS = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}


@dataclass(frozen=True, slots=True)
class Work:
    """A source as all three formats cite it. `original` is whose work it is where another published it."""

    source: Source
    publisher: str
    original: str
    within: bool

    @property
    def retracted(self) -> bool:
        return self.source.availability == "retracted"


def work(register: Register, source: Source) -> Work:
    """The source, publishers named in its own language where they have a name in it."""
    language = source.language[:2]
    publisher = publisher_name(register, source.publisher, language)
    maker = source.publisher_of_record or source.wire
    original = publisher_name(register, maker, language) if maker and maker != UNKNOWN else ""
    return Work(source, publisher, "" if original == publisher else original, source.type in _APPEARS)


def csl(work: Work) -> str:
    """CSL-JSON, as citationstyles.org's schema for input data has it; a source is one line."""
    return _encode(_csl(work))


def as_csl(entries: Iterable[Text]) -> Iterator[bytes]:
    yield b"[\n"
    yield from joined(entries, b",\n")
    yield b"\n]\n"


def _csl(work: Work) -> dict[str, Any]:
    source = work.source
    item: dict[str, Any] = {"id": source.id, "type": source.type, "title": source.title}
    if source.author:
        item["author"] = [{"literal": name} for name in source.author]
    item["container-title" if work.within else "publisher"] = work.publisher
    if work.original:
        item["original-publisher"] = work.original
    for key, date in (("issued", source.issued), ("accessed", source.accessed)):
        if date:
            item[key] = csl_date(date)
    item["language"] = source.language
    if source.url:
        item["URL"] = source.url
    if work.retracted:
        item["status"] = "retracted"
    return item


def csl_date(date: Edtf) -> dict[str, Any]:
    """The parts that were typed; the EDTF text itself where CSL has no parts for it (`2024-08/..`, `198X`)."""
    points = [point for point in ((date.start, date.end) if date.interval else (date.start,)) if point]
    seasons = [point for point in points if _season(point)]
    if (
        len(points) < (2 if date.interval else 1)
        or any(p.decade or p.century for p in points)
        or (seasons and date.interval)
    ):
        return {"raw": date.text}
    said: dict[str, Any] = {"date-parts": [_parts(point) for point in points]}
    if seasons and seasons[0].month:
        said["season"] = seasons[0].month - 20
    if any(point.approximate or point.uncertain for point in points):
        said["circa"] = True
    return said


def _season(point: Point) -> bool:
    return point.month is not None and point.month > 12


def _parts(point: Point) -> list[int]:
    if point.month is None or _season(point):
        return [point.year]
    return [point.year, point.month] + ([point.day] if point.day else [])


def _year(date: Edtf | None) -> str:
    """The year of a date or of an interval's beginning, where all its digits are known."""
    if date is None or date.start is None or date.start.decade or date.start.century:
        return ""
    return f"{date.start.year:04}"


def as_bibtex(entries: Iterable[Text]) -> Iterator[bytes]:
    return joined(entries, b"\n")


def bibtex(work: Work) -> str:
    """BibTeX with biblatex's `date`, which takes EDTF, and `year` for older styles. Keys are the sources' ids."""
    source = work.source
    kind = _BIBTEX.get(source.type, "misc")
    authors = " and ".join(f"{{{latex(name)}}}" for name in source.author)
    fields = {
        "author": authors,
        "title": f"{{{latex(source.title)}}}",
        "journal" if kind == "article" else "organization": latex(work.publisher),
        "origpublisher": latex(work.original),
        "date": source.issued.text if source.issued else "",
        "year": _year(source.issued),
        "url": bibtex_url(source.url) if source.url else "",
        "urldate": source.accessed.text if source.accessed else "",
        "language": source.language,
        "pubstate": "retracted" if work.retracted else "",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{source.id},\n{''.join(lines)}}}\n"


def ris(work: Work) -> str:
    """RIS, whose lines end in CR LF."""
    return "".join([f"{tag}  - {value}\r\n" for tag, value in _ris(work)])


def _ris(work: Work) -> Iterator[tuple[str, str]]:
    source = work.source
    yield "TY", _RIS.get(source.type, "GEN")
    yield "ID", source.id
    yield "TI", source.title
    for name in source.author:
        yield "AU", name
    yield "T2" if work.within else "PB", work.publisher
    if _year(source.issued):
        yield "PY", _year(source.issued)
    if source.issued:
        yield "DA", _ris_date(source.issued)
    if source.url:
        yield "UR", source.url
    if source.accessed:
        yield "Y2", _ris_date(source.accessed)
    yield "LA", source.language
    if work.original:
        yield "N1", f"Original publisher: {work.original}"
    if work.retracted:
        yield "N1", "Retracted"
    yield "ER", ""


def _ris_date(date: Edtf) -> str:
    """`YYYY/MM/DD/`, and after it the date as typed where that says more."""
    point = date.start if _year(date) else None
    if point is None:
        return f"///{date.text}"
    parts = [f"{part:02}" for part in _parts(point)[1:]]
    plain = "-".join((_year(date), *parts))
    return "/".join((_year(date), *parts, *[""] * (3 - len(parts)))) + (date.text if date.text != plain else "")
