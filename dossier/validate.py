"""Documents to records: is every key one the record has, and every value of the kind its key asks for.

How a value is read is in `reading.py`; here is which record stands where, and what is set aside. Each file is read by
itself, and knows of the others no more than the languages of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from dossier.digests import COUNTED, digest, said_by_key
from dossier.document import Document, Mapping, Node, Place, Scalar, Sequence, Span
from dossier.frozen import dataclass, field, replace
from dossier.meant import as_list
from dossier.model import COLLECTIONS, WITH_ABOUT, ContentPage, Part, Record, Search, Site
from dossier.nearest import did_you_mean
from dossier.patterns import regex
from dossier.problems import Problem
from dossier.prose import parse_prose
from dossier.reading import Bad, Reading, is_empty, kind_of, note_slips, read_record, refuse_hidden, scalar
from dossier.register import Records
from dossier.shape import BAD_VALUE, MISSING_FIELD, UNKNOWN_FIELD
from dossier.values import LANGUAGE, Passage, Prose

SITE_FILE = "data/site.yaml"
_CONTENT_NAME = regex(r"([a-z0-9-]{2,80})\.([a-z]{2}(?:-[A-Z]{2})?)\.md")


@dataclass(slots=True)
class Share:
    """What one file adds to the records: those of each collection in the order typed, or the site, or a page. `abouts`
    are companies it says it is about; `lost` are ids typed in what had to be set aside."""

    path: str
    records: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    content: ContentPage | None = None
    site: Site | None = None
    abouts: tuple[tuple[str, Span], ...] = ()
    lost: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def together(self) -> Records:
        """All of it as records, of this one file."""
        content = () if self.content is None else (self.content,)
        return Records(self.site, **self.records, content=content, abouts=tuple(self.abouts), lost=self.lost)


def _typed_ids(node: Node) -> Iterator[str]:
    """Ids typed anywhere in a record that is set aside: they exist, whatever else is wrong with it."""
    if isinstance(node, Mapping):
        for name, value in node.entries.items():
            if name == "id" and isinstance(value, Scalar):
                yield value.text.strip()
            else:
                yield from _typed_ids(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _typed_ids(item)


def languages_of(site: Document | None) -> tuple[str, ...]:
    """The site's languages, read ahead of everything else; with English and French where one of them is not readable,
    so that the texts of every file are not a mistake each."""
    node = site.root.get("languages") if site and isinstance(site.root, Mapping) else None
    items = node.items if isinstance(node, Sequence) else ()
    codes = [item.text.strip() for item in items if isinstance(item, Scalar) and LANGUAGE.fits(item.text.strip())]
    return tuple(dict.fromkeys(codes if codes and len(codes) == len(items) else (*codes, "en", "fr")))


def _about(reading: Reading, root: Mapping) -> str | None:
    """The company that a file says it is about. Raises `Bad`."""
    node = root.get("about")
    return None if node is None else scalar(reading, node, "the id of a company")


def _given(name: str, about: str | None) -> dict[str, Any]:
    """What a file gives for all its records of a collection."""
    return {"company": about} if about and name in WITH_ABOUT else {}


def _record(collection: str, reading: Reading, node: Node, given: dict[str, Any]) -> Part:
    """The record at `node`, with the digest of what it says where versions are made of it. Raises `Bad`."""
    if collection in COUNTED and isinstance(node, Mapping) and isinstance(name := node.get("id"), Scalar):
        keys = said_by_key(collection, node, given.get("company", ""), reading.languages[0])
        given = {**given, "digest": digest(collection, name.text, keys)}
    return read_record(COLLECTIONS[collection], reading, node, given)


def _data_file(reading: Reading, share: Share) -> Iterator[str]:
    """Read the collections of one file; yields the ids of records that had to be set aside."""
    root = reading.document.root
    if not isinstance(root, Mapping):
        reading.note(
            BAD_VALUE,
            root,
            f"a {kind_of(root)} where the collections of a file belong",
            "Begin the file with a line such as 'claims:'.",
        )
        yield from _typed_ids(root)
        return
    about: str | None = None
    try:
        about = _about(reading, root)
        if about is not None:
            share.abouts = ((about, Span(reading.document.path, *root.entries["about"].start)),)
    except Bad:
        pass
    for name, value in root.entries.items():
        if name == "about":
            continue
        if name not in COLLECTIONS:
            known = [*COLLECTIONS, "about"]
            reading.note_at(
                UNKNOWN_FIELD,
                root.keys[name],
                f"'{name[:60]}' is not a collection",
                did_you_mean(name, known) or f"The collections: {', '.join(known)}.",
            )
            yield from _typed_ids(value)
            continue
        if not isinstance(value, Sequence):
            if not is_empty(value):
                remedy = "Begin each record with '- id: …' on its own line."
                if isinstance(value, Mapping) and value.entries:
                    remedy = as_list(reading.document, value)
                reading.note(BAD_VALUE, value, f"{name} is not a list", remedy)
                yield from _typed_ids(value)
            continue
        given = _given(name, about)
        found = []
        for item in value.items:
            try:
                found.append(_record(name, reading, item, given))
            except Bad:
                yield from _typed_ids(item)
        share.records[name] = tuple(found)


def _site(reading: Reading) -> Site | None:
    try:
        read = read_record(Site, reading, reading.document.root, {})
        assert isinstance(read, Site)
        if not read.languages:
            raise reading.refuse(
                MISSING_FIELD,
                read.place.at("languages").node,
                "there is no language here",
                "Write the languages of the site, the default first: [en, fr].",
            )
    except Bad:
        return None
    return read


def _content_page(reading: Reading, path: PurePosixPath) -> ContentPage | None:
    match = _CONTENT_NAME.fullmatch(path.name)
    if not match or match[2] not in reading.languages or path.parent.as_posix() != "content":
        reading.note(
            BAD_VALUE,
            reading.document.root,
            f"'{path.name}' is not a page's name in a language of the site",
            f"Name it like this: methodology.{reading.languages[0]}.md",
        )
        return None
    root = reading.document.root
    assert isinstance(root, Mapping)
    body = root.entries["body"]
    assert isinstance(body, Scalar)
    passage: Passage = parse_prose(body.text, headings_from=2)
    try:
        refuse_hidden(reading, body, passage)
    except Bad:
        return None
    note_slips(reading, Place(reading.document, body), passage)
    front = Mapping({k: v for k, v in root.entries.items() if k != "body"}, root.keys, root.start, root.end)
    given = {"name": match[1], "language": match[2], "body": Prose(((match[2], passage),))}
    try:
        page = read_record(ContentPage, reading, front, given)
    except Bad:
        return None
    assert isinstance(page, ContentPage)
    return replace(page, place=Place.kept(reading.document, root))


def read_document(document: Document, languages: tuple[str, ...]) -> Share:
    """What one file adds to the records. `languages` are those of the site, as `languages_of` reads them."""
    share = Share(document.path)
    reading = Reading(document, languages)
    path = PurePosixPath(document.path)
    if not document.readable:
        share.lost = frozenset(_typed_ids(document.root))
    elif document.path == SITE_FILE:
        share.site = _site(reading)
    elif path.suffix == ".md":
        share.content = _content_page(reading, path)
    else:
        share.lost = frozenset(_data_file(reading, share))
    share.problems = tuple(reading.problems)
    return share


def read_one(document: Document, collection: str, index: int, languages: tuple[str, ...]) -> Record | Search | None:
    """One record, by its collection and its number in the list as typed, from 0; None where there is none that reads
    whole."""
    root = document.root
    value = root.get(collection) if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(value, Sequence) or not 0 <= index < len(value.items):
        return None
    reading = Reading(document, languages)
    try:
        about = _about(reading, root)
    except Bad:
        about = None
    try:
        found = _record(collection, reading, value.items[index], _given(collection, about))
    except Bad:
        return None
    assert isinstance(found, (Record, Search))
    return found


def gathered(shares: Iterable[Share]) -> tuple[Records, tuple[Problem, ...]]:
    """The records of all files together, in their order, and all that is wrong with them."""
    found: dict[str, list[Any]] = {name: [] for name in COLLECTIONS}
    content: list[ContentPage] = []
    abouts: list[tuple[str, Span]] = []
    lost: set[str] = set()
    site: Site | None = None
    problems: list[Problem] = []
    there_is_a_site_file = False
    for share in shares:
        there_is_a_site_file = there_is_a_site_file or share.path == SITE_FILE
        site = share.site or site
        for name, records in share.records.items():
            found[name].extend(records)
        if share.content is not None:
            content.append(share.content)
        abouts.extend(share.abouts)
        lost.update(share.lost)
        problems.extend(share.problems)
    if not there_is_a_site_file:
        problems.append(
            MISSING_FIELD.at(
                Span(SITE_FILE),
                "there is no data/site.yaml",
                "Write one: see docs/data-format.md, 'The site file'.",
            )
        )
    records_of_all = Records(
        site,
        **{name: tuple(items) for name, items in found.items()},
        content=tuple(content),
        abouts=tuple(abouts),
        lost=frozenset(lost),
    )
    return records_of_all, tuple(problems)


def _shares(documents: tuple[Document, ...]) -> Iterator[Share]:
    languages = languages_of(next((document for document in documents if document.path == SITE_FILE), None))
    for document in documents:
        yield read_document(document, languages)
        document.forget()


def validate(documents: tuple[Document, ...]) -> tuple[Records, tuple[Problem, ...]]:
    """Every record that reads whole, and all that is wrong with the others. The documents forget what was read."""
    return gathered(_shares(documents))
