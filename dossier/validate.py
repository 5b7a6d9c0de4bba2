"""Documents to records: is every key one the record has, and every value of the kind its key asks for.

How a value is read is in `reading.py`; here is which record stands where, and what is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from dossier.document import Document, Mapping, Node, Place, Scalar, Sequence, Span
from dossier.model import COLLECTIONS, WITH_ABOUT, ContentPage, Site
from dossier.nearest import did_you_mean
from dossier.problems import Problem
from dossier.prose import parse_prose
from dossier.reading import Bad, Reading, is_empty, kind_of, note_slips, read_record, refuse_hidden, scalar
from dossier.register import Records
from dossier.shape import BAD_VALUE, MISSING_FIELD, UNKNOWN_FIELD
from dossier.values import LANGUAGE, Passage, Prose

_CONTENT_NAME = re.compile(r"([a-z0-9-]{2,80})\.([a-z]{2}(?:-[A-Z]{2})?)\.md")


def _typed_ids(node: Node) -> Iterator[str]:
    """Ids typed anywhere in a record that is set aside: they exist, whatever else is wrong with it."""
    if isinstance(node, Mapping):
        for name, (_, value) in node.entries.items():
            if name == "id" and isinstance(value, Scalar):
                yield value.text.strip()
            else:
                yield from _typed_ids(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _typed_ids(item)


def _languages(site: Document | None) -> tuple[str, ...]:
    """The site's languages, read ahead of everything else; with English and French where one of them is not readable,
    so that the texts of every file are not a mistake each."""
    node = site.root.get("languages") if site and isinstance(site.root, Mapping) else None
    items = node.items if isinstance(node, Sequence) else ()
    codes = [item.text.strip() for item in items if isinstance(item, Scalar) and LANGUAGE.fits(item.text.strip())]
    return tuple(dict.fromkeys(codes if codes and len(codes) == len(items) else (*codes, "en", "fr")))


def _data_file(reading: Reading, found: dict[str, list[Any]], abouts: list[tuple[str, Span]]) -> Iterator[str]:
    """Read the collections of one file into `found`; yields the ids of records that had to be set aside."""
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
    if (node := root.get("about")) is not None:
        try:
            about = scalar(reading, node, "the id of a company")
            abouts.append((about, Span(reading.document.path, *node.start)))
        except Bad:
            pass
    for name, (key, value) in root.entries.items():
        if name == "about":
            continue
        if name not in COLLECTIONS:
            known = [*COLLECTIONS, "about"]
            reading.note(
                UNKNOWN_FIELD,
                key,
                f"'{name[:60]}' is not a collection",
                did_you_mean(name, known) or f"The collections: {', '.join(known)}.",
            )
            yield from _typed_ids(value)
            continue
        if not isinstance(value, Sequence):
            if not is_empty(value):
                reading.note(
                    BAD_VALUE, value, f"{name} is not a list", "Begin each record with '- id: …' on its own line."
                )
                yield from _typed_ids(value)
            continue
        given = {"company": about} if about and name in WITH_ABOUT else {}
        for item in value.items:
            try:
                found[name].append(read_record(COLLECTIONS[name], reading, item, given))
            except Bad:
                yield from _typed_ids(item)


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
    body = root.entries["body"][1]
    assert isinstance(body, Scalar)
    passage: Passage = parse_prose(body.text, headings_from=2)
    try:
        refuse_hidden(reading, body, passage)
    except Bad:
        return None
    note_slips(reading, Place(reading.document, body), passage)
    front = Mapping({k: v for k, v in root.entries.items() if k != "body"}, root.start, root.end)
    given = {"name": match[1], "language": match[2], "body": Prose(((match[2], passage),))}
    try:
        page = read_record(ContentPage, reading, front, given)
    except Bad:
        return None
    assert isinstance(page, ContentPage)
    return replace(page, place=reading.document.place)


def validate(documents: tuple[Document, ...]) -> tuple[Records, tuple[Problem, ...]]:
    """Every record that reads whole, and all that is wrong with the others."""
    by_path = {document.path: document for document in documents}
    languages = _languages(by_path.get("data/site.yaml"))
    found: dict[str, list[Any]] = {name: [] for name in COLLECTIONS}
    content: list[ContentPage] = []
    abouts: list[tuple[str, Span]] = []
    lost: set[str] = set()
    site: Site | None = None
    problems: list[Problem] = []
    for document in documents:
        reading = Reading(document, languages)
        path = PurePosixPath(document.path)
        if not document.readable:
            lost.update(_typed_ids(document.root))
        elif document.path == "data/site.yaml":
            try:
                read = read_record(Site, reading, document.root, {})
                assert isinstance(read, Site)
                if not read.languages:
                    raise reading.refuse(
                        MISSING_FIELD,
                        read.place.at("languages").node,
                        "there is no language here",
                        "Write the languages of the site, the default first: [en, fr].",
                    )
                site = read
            except Bad:
                pass
        elif path.suffix == ".md":
            if (page := _content_page(reading, path)) is not None:
                content.append(page)
        else:
            lost.update(_data_file(reading, found, abouts))
        problems.extend(reading.problems)
    if "data/site.yaml" not in by_path:
        problems.append(
            MISSING_FIELD.at(
                Span("data/site.yaml"),
                "there is no data/site.yaml",
                "Write one: see docs/data-format.md, 'The site file'.",
            )
        )
    records = Records(
        site,
        **{name: tuple(items) for name, items in found.items()},
        content=tuple(content),
        abouts=tuple(abouts),
        lost=frozenset(lost),
    )
    return records, tuple(problems)
