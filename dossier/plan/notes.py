"""The notes of one page: numbers in the order of first citation, and the references they lead to.

A page's planner cites in the order in which its template prints; that is why templates may not reorder.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from string import ascii_lowercase

from dossier.model import Citation, Source
from dossier.patterns import regex
from dossier.plan.edition import Edition, text_fragment
from dossier.plan.proofs import proof, state
from dossier.plan.vocabulary import READ, ROLE, STATE
from dossier.values import Figure, Html, Mark, Passage, Prose
from dossier.views import Back, Cite, Link, Piece, Quote, Reference, Words

_SPECIAL = regex("[&<>\"']")
_ORDER = {"supports": 0, "disputes": 1, "context": 2}


class Notes:
    """Numbers citations while a page is planned. `here` is the path of the page. On one with many sources references
    are `brief`: what the editors noted of a source stands on its own page, which each leads to."""

    def __init__(self, edition: Edition, here: str, figures: dict[str, str] | None = None, brief: bool = False) -> None:
        self._edition = edition
        self.here = here
        self._figures = figures or {}
        self._brief = brief
        self._backs: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}
        self._dated: dict[str, str] = {}
        self._words: dict[str, dict[str, None]] = {}
        self._printed: set[tuple[str, str]] = set()
        self._quotes: list[Quote] = []
        self._copied = False

    def cite(self, source: str, locator: str = "") -> Cite:
        """A citation of `source` at this point of the page."""
        backs = self._backs.setdefault(source, [])
        number = self._numbers.setdefault(source, len(self._backs))
        anchor = f"cite-{number}-{len(backs) + 1}"
        backs.append(anchor)
        return Cite(number, anchor, locator)

    def cites(self, citations: tuple[Citation, ...], beside: Words = ()) -> tuple[Cite, ...]:
        """One citation for each source, for places that print no quote; none where the words `beside` it cite it."""
        said = {cite.number for piece in beside for cite in piece.cites}
        first: dict[str, Citation] = {}
        for citation in citations:
            source = self._edition.register.sources.get(citation.source)
            if source is None:
                continue
            if self._numbers.get(source.id) not in said:
                first.setdefault(citation.source, citation)
            if citation.quote:
                words = self._edition.language.quoted(citation.quote, source.language)
                self._words.setdefault(source.id, {})[words] = None
        return tuple(self.cite(source, citation.locator or "") for source, citation in first.items())

    def words(self, prose: Prose | None) -> Words:
        """Prose in the page's language with its citations numbered. One paragraph alone loses its tags."""
        if prose is None:
            return ()
        language = self._edition.language
        passage = prose.get(language.code)
        lang = language.code
        if passage is None:
            lang = language.default if prose.get(language.default) else prose.languages[0]
            passage = prose.get(lang)
        assert passage is not None
        pieces = self._pieces(passage, own=lang == language.code)
        if lang != language.code:
            tag = "div" if pieces and pieces[0].html.startswith("<") else "span"
            return (Piece(Html(f'<{tag} lang="{lang}">')), *pieces, Piece(Html(f"</{tag}>")))
        return pieces

    def _pieces(self, passage: Passage, own: bool) -> Words:
        pieces: list[Piece] = []
        for part in _unwrapped(passage.parts):
            if isinstance(part, Html):
                is_code = not own or "<pre>" in part
                pieces.append(Piece(part if is_code else Html(self._edition.language.typeset(part))))
            elif isinstance(part, Figure):
                pieces.append(Piece(Html(self._figures.get(part.name, ""))))
            elif part.source in self._edition.register.sources:
                if not pieces:
                    pieces.append(Piece(Html("")))
                pieces[-1].cites += (self.cite(part.source, part.locator),)
        return tuple(pieces)

    def quote(self, citation: Citation) -> Quote | None:
        """The words a citation relies on, as they stand under a statement."""
        edition = self._edition
        source = edition.register.sources.get(citation.source)
        if source is None or not citation.quote:
            return None
        words = edition.language.quoted(citation.quote, source.language)
        self._printed.add((source.id, words))
        foreign = not source.language.startswith(edition.code)
        translation = citation.translation.get(edition.code) if citation.translation and foreign else None
        live = source.url if source.availability not in ("dead", "retracted") else None
        stands = state(edition, source.id, citation.quote)
        self._copied = self._copied or stands.kind != "no-copy"
        quote = Quote(
            text=words,
            lang=source.language if foreign else "",
            translation=edition.language.quoted(translation, edition.code) if translation else "",
            by=self.dated(source),
            href=text_fragment(live, citation.quote, stands.directive)
            if live
            else edition.source_href(self.here, source.id),
            locator=citation.locator or "",
            cite=self.cite(source.id),
            marks=(edition.say(STATE[source.availability]),) if source.availability in STATE else (),
            intent="" if citation.intent == "supports" else self._intent(citation),
            proof=proof(edition, stands),
        )
        self._quotes.append(quote)
        return quote

    def quotes(self, citations: tuple[Citation, ...]) -> tuple[Quote, ...]:
        """Quotes in the order: what supports, what disputes, what gives context."""
        order = sorted(citations, key=_by_intent) if len(citations) > 1 else citations
        return tuple([quote for citation in order if (quote := self.quote(citation))])

    def unproven(self) -> str:
        """That no quote of the page is verified, for want of any copy: said once, and then no longer with each quote.
        '' where there is one, and each quote says how it stands."""
        if self._copied or not self._quotes:
            return ""
        for quote in self._quotes:
            quote.proof = ""
        return self._edition.say("No quote here is verified: no copy of the quoted pages is kept.")

    def _intent(self, citation: Citation) -> str:
        return self._edition.say("For context") if citation.intent == "context" else self._edition.say("Says otherwise")

    def dated(self, source: Source) -> str:
        """Publisher and date: how quotes and references name their source."""
        if source.id not in self._dated:
            self._dated[source.id] = self._edition.dated(source)
        return self._dated[source.id]

    def references(self) -> tuple[Reference, ...]:
        sources = self._edition.register.sources
        return tuple(
            self._reference(number, sources[source], backs)
            for number, (source, backs) in enumerate(self._backs.items(), 1)
        )

    def _reference(self, number: int, source: Source, backs: list[str]) -> Reference:
        edition = self._edition
        language = edition.language
        stop = "" if source.title[-1:] in ".?!…" else "."
        published = f"{stop} {self.dated(source)}."
        if source.publisher_of_record:
            published += " " + edition.say("Read at %(place)s.", place=edition.publisher_name(source.publisher))
        place = [
            edition.say(ROLE[source.role]),
            language.language_name(source.language),
            edition.say(READ[source.read]),
        ]
        if source.accessed:
            place.append(
                edition.say(
                    "read on %(date)s", date=language.date(source.accessed), on_date=language.on(source.accessed)
                )
            )
        retracted = source.availability == "retracted"
        live = None
        if source.url and source.availability != "dead":
            live = Link(edition.say("Live page"), source.url)
        archives = tuple(
            Link(
                edition.say("Archived copy, %(date)s", date=language.date(archive.captured))
                if archive.captured
                else edition.say("Archived copy"),
                archive.url,
            )
            for archive in source.archives
        )
        notes = [language.text(source.note)] if source.note and not self._brief else []
        publisher = edition.register.publisher(source.publisher_of_record or source.publisher)
        if publisher and publisher.disclosure:
            notes.append(language.text(publisher.disclosure))
        return Reference(
            number=number,
            author=language.listed(source.author) if source.author else "",
            title=source.title,
            title_lang="" if source.language.startswith(edition.code) else source.language,
            published=published,
            struck=retracted,
            place=" · ".join([word[:1].upper() + word[1:] for word in place]),
            state=edition.say(STATE[source.availability]) if source.availability in STATE else "",
            live=live,
            archives=archives,
            no_archive="" if archives or not source.url else edition.say("No archived copy recorded yet"),
            about=Link(
                edition.say("Notes on this source")
                if source.note and self._brief
                else edition.say("About this source"),
                edition.source_href(self.here, source.id),
            ),
            notes=tuple(notes),
            words=tuple(words for words in self._words.get(source.id, ()) if (source.id, words) not in self._printed),
            backs=tuple([Back(_letter(index), anchor) for index, anchor in enumerate(backs)]),
        )


def _unwrapped(parts: tuple[Html | Mark | Figure, ...]) -> tuple[Html | Mark | Figure, ...]:
    """The parts of a single paragraph without its tags, so that it can stand inside another element."""
    if not parts or not isinstance(parts[0], Html) or not parts[0].startswith("<p>"):
        return parts
    if len(parts) == 1:
        bare = parts[0].rstrip()
        return (Html(bare[3:-4]),) if bare.endswith("</p>") and bare.count("<p>") == 1 else parts
    whole = "".join(part if isinstance(part, Html) else "" for part in parts)
    if whole.count("<p>") != 1 or not whole.rstrip().endswith("</p>") or not isinstance(parts[-1], Html):
        return parts
    first = Html(parts[0].removeprefix("<p>"))
    return (first, *parts[1:-1], Html(parts[-1].rstrip().removesuffix("</p>")))


def plain(text: str) -> Piece:
    """Text without Markdown or citations, as a piece."""
    return Piece(Html(escape(text) if _SPECIAL.search(text) else text))


def _by_intent(citation: Citation) -> int:
    return _ORDER[citation.intent]


@lru_cache(maxsize=1000)
def _letter(index: int) -> str:
    """a, b, … z, aa, ab, …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = ascii_lowercase[rest] + letters
    return letters
