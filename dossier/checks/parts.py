"""What rules go through: the parts, texts and citations of a register, each with its place.

Shared by the rules. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from dossier.checks.own import Within
from dossier.checks.walk import Field, Walk, live
from dossier.document import Mapping as MappingNode
from dossier.document import Place, Scalar, Span
from dossier.model import Citation, Claim, ContentPage, Part, Site, Source
from dossier.register import Register
from dossier.values import Mark

P = TypeVar("P", bound=Part)
MOST_REPEATED = 20


def walk(register: Register) -> Walk:
    """What there is to judge: of a file what was gone through when it was opened, of a whole register everything."""
    if isinstance(register, Within):
        return register.walk
    return Walk((register.site, *register.records.values(), *register.searches, *register.content))


def parts(register: Register, kind: type[P]) -> Sequence[P]:
    """Every part of a class, at any depth of a record, the site or a page."""
    return walk(register).parts.get(kind, ())


def texts(register: Register) -> Sequence[Field]:
    """Every text and prose."""
    return walk(register).texts


def prose(register: Register) -> Sequence[Field]:
    """Every prose."""
    return walk(register).prose


def citations(register: Register) -> Sequence[Citation]:
    """Every structured citation, but those of withdrawn claims."""
    return walk(register).citations


def marks(register: Register) -> Iterator[tuple[Field, str, Mark]]:
    """Every citation in prose with the text and language it stands in, but those of withdrawn claims."""
    for field in walk(register).prose:
        for language, passage in field.passages:
            if "[@" in passage.markdown and live(field.owner):
                for mark in passage.marks:
                    yield field, language, mark


def live_claims(register: Register) -> Sequence[Claim]:
    return walk(register).live_claims


def abouts(register: Register) -> Mapping[str, str]:
    """What each file says it is about, by its path."""
    if isinstance(register, Within):
        return register.abouts
    documents = {record.place.document for record in (*register.records.values(), *register.searches)}
    roots = {document.path: document.root for document in documents}
    nodes = {path: root.get("about") for path, root in roots.items() if isinstance(root, MappingNode)}
    return {path: node.text.strip() for path, node in nodes.items() if isinstance(node, Scalar)}


def cited(citations: Iterable[Citation], register: Register) -> tuple[Source, ...] | None:
    """The sources of these citations, each once; None where one is not there, so that nothing can be said of them."""
    found: dict[str, Source] = {}
    for citation in citations:
        source = register.sources.get(citation.source)
        if source is None:
            return None
        found[source.id] = source
    return tuple(found.values())


def supported(claim: Claim, register: Register, fits: Callable[[Source], bool]) -> bool:
    """Whether a source that fits supports the claim. Most claims have one, and need no longer look."""
    for citation in claim.citations:
        if citation.intent == "supports":
            source = register.sources.get(citation.source)
            if source is not None and fits(source):
                return True
    return False


def name_of(owner: Part) -> str:
    """How a message names what something belongs to."""
    if isinstance(owner, ContentPage):
        return f"content/{owner.name}.{owner.language}.md"
    unnamed = "data/site.yaml" if isinstance(owner, Site) else "this search"
    return str(getattr(owner, "id", None) or unnamed)


def span_at(place: Place, text: str, start: int, end: int) -> Span:
    """Where `text[start:end]` is written in the value at `place`, and not the same words before it.

    After many repetitions one of them is place enough: a stranger's text must not be able to stop a build.
    """
    words = text[start:end]
    span = place.span_of(words)
    at = text.find(words)
    for _ in range(MOST_REPEATED):
        if not -1 < at < start:
            break
        rest = Scalar("", (span.line, span.column + 1), place.node.end)
        span = Place(place.document, rest).span_of(words)
        at = text.find(words, at + 1)
    return span
