"""The list of sources, and the page of each: who cites it, where it comes from, what falls if it falls."""

from __future__ import annotations

from dossier.addresses import relative
from dossier.model import Claim, Company, Demand, Event, Response, Source
from dossier.pages import Page
from dossier.plan.claims import answered, counts
from dossier.plan.edition import Edition, text_fragment
from dossier.plan.notes import plain
from dossier.plan.proofs import copies_of
from dossier.plan.report_links import report_links
from dossier.plan.vocabulary import KIND, LABEL, READ, ROLE, STATE
from dossier.plan.weak import loses
from dossier.register import UNKNOWN, Backlink
from dossier.register import Fall as Falling
from dossier.source_page import CitedBy, Fall, Lineage, SourcePage, SourceRow
from dossier.views import Fact, Link

DEEPEST = 12


def _cited(edition: Edition, source: str) -> str:
    """How often a source is cited, and by how many claims."""
    records = {link.record for link in edition.register.cited[source]}
    claims = sum(isinstance(edition.register.records.get(record), Claim) for record in records)
    if claims:
        return edition.count("cited by %(n)s claim", "cited by %(n)s claims", claims)
    return edition.count("cited in %(n)s place", "cited in %(n)s places", len(records))


def source_row(edition: Edition, here: str, source: Source) -> SourceRow:
    """A source in the list of sources."""
    lang = "" if source.language.startswith(edition.code) else source.language
    return SourceRow(
        Link(source.title, edition.source_href(here, source.id), lang=lang),
        edition.maker(source),
        edition.language.date(source.issued) or edition.say("undated"),
        edition.say(ROLE[source.role]) if source.read != "none" else edition.say(READ["none"]),
        _cited(edition, source.id),
    )


def disclosure(edition: Edition, source: Source) -> str:
    """An interest of those whose work a source is."""
    return disclosure_of(edition, source.publisher_of_record or source.publisher)


def disclosure_of(edition: Edition, name: str) -> str:
    publisher = edition.register.publisher(name)
    return edition.language.text(publisher.disclosure) if publisher else ""


def source_page(edition: Edition, source: Source) -> Page:
    """One source."""
    register = edition.register
    here = edition.path("sources", source.id)
    foreign = "" if source.language.startswith(edition.code) else source.language
    backlinks = register.cited[source.id]
    withdrawn = len({x.record for x in register.backlinks.get(source.id, ()) if register.is_withdrawn(x.record)})
    quotes = {link.quote for link in backlinks if link.quote}
    records = {link.record for link in backlinks}
    repeated = len(register.derived.get(source.id, ()))
    said = [
        edition.say(
            "Cited in %(places)s, for %(quotes)s.",
            places=edition.count("%(n)s place", "%(n)s places", len(records)),
            quotes=edition.count("%(n)s quote", "%(n)s quotes", len(quotes)),
        )
    ]
    if withdrawn:
        said.append(
            edition.count(
                "%(n)s withdrawn claim cites it too and is not counted.",
                "%(n)s withdrawn claims cite it too and are not counted.",
                withdrawn,
            )
        )
    if repeated:
        said.append(edition.count("%(n)s other source rests on it.", "%(n)s other sources rest on it.", repeated))
    fallen = register.falls.get(source.id, ())
    falls = tuple([_fall(edition, here, fall) for fall in fallen])
    lost = sum(loses(register, fall) for fall in fallen)
    intro = (
        edition.count(
            "If this source fell, %(n)s claim would lose its last origin.",
            "If this source fell, %(n)s claims would lose their last origin.",
            lost,
        )
        if lost
        else edition.say("If this source fell, no claim would lose its last origin.")
    )
    # An original often has the title of the copy that was read: the titles of their pages must differ.
    told = [edition.dated(source), *([edition.say("original, not read")] if source.read == "none" else [])]
    return SourcePage(
        frame=edition.frame(
            "sources",
            source.id,
            title=f"{source.title} ({', '.join(told)})",
            description=f"{source.title}. {edition.dated(source)}",
            title_lang=foreign,
        ),
        title=source.title,
        title_lang=foreign,
        trail=(Link(edition.say("Sources"), relative(here, edition.path("sources"))),),
        lede=f"{edition.dated(source)}.",
        counts=" ".join(said),
        state=edition.say(STATE[source.availability]) if source.availability in STATE else "",
        facts=_facts(edition, source),
        cited_by=_cited_by(edition, here, source, backlinks),
        falls=falls,
        falls_intro=intro,
        lineage=_lineage(edition, here, source),
        copies=copies_of(edition, source.id, tuple(sorted(quotes))),
        reports=report_links(edition, source),
    )


def _facts(edition: Edition, source: Source) -> tuple[Fact, ...]:
    language = edition.language
    rows = [Fact(edition.say("Role"), (plain(edition.say(ROLE[source.role])),))]
    if source.author:
        rows.append(Fact(edition.say("Author"), (plain(language.listed(source.author)),)))
    rows.append(Fact(edition.say("Publisher"), (plain(edition.maker(source)),)))
    if source.publisher_of_record:
        rows.append(Fact(edition.say("Read at"), (plain(edition.publisher_name(source.publisher)),)))
    if source.wire and source.wire != UNKNOWN:
        rows.append(Fact(edition.say("News agency"), (plain(edition.publisher_name(source.wire)),)))
    rows.append(Fact(edition.say("Published"), (plain(language.date(source.issued) or edition.say("undated")),)))
    rows.append(Fact(edition.say("Language"), (plain(language.language_name(source.language)),)))
    rows.append(Fact(edition.say("Part read"), (plain(edition.say(READ[source.read])),)))
    if source.accessed:
        rows.append(Fact(edition.say("Day read"), (plain(language.date(source.accessed)),)))
    if source.url:
        host = source.url.split("://", 1)[-1].split("/", 1)[0]
        rows.append(Fact(edition.say("Live page"), (), Link(host, source.url)))
        if not source.archives:
            look = Link(edition.say("look for one"), f"https://web.archive.org/web/*/{source.url}")
            none = edition.say("None recorded yet")
            rows.append(Fact(edition.say("Archived copy"), (plain(f"{none}, "),), look))
    for archive in source.archives:
        when = language.date(archive.captured) or edition.say("undated")
        rows.append(Fact(edition.say("Archived copy"), (), Link(when, archive.url)))
    publisher = edition.register.publisher(source.publisher_of_record or source.publisher)
    if publisher and publisher.owner:
        company = edition.register.companies.get(publisher.owner)
        owner = company.name if company else edition.publisher_name(publisher.owner)
        rows.append(Fact(edition.say("Owner of the publisher"), (plain(owner),)))
    if publisher and publisher.disclosure:
        rows.append(Fact(edition.say("Interest"), (plain(language.text(publisher.disclosure)),)))
    if source.note:
        rows.append(Fact(edition.say("Note"), (plain(language.text(source.note)),)))
    rows.append(Fact(edition.say("Identifier"), (plain(source.id),)))
    return tuple(rows)


def _what(edition: Edition, here: str, record: str) -> tuple[Link, str]:
    """A record that cites a source, as a link, and what kind of record it is."""
    register, language = edition.register, edition.language
    found = register.records.get(record)
    if isinstance(found, Claim):
        return Link(edition.named(found), edition.claim_href(here, found)), edition.say(KIND[found.kind])
    if isinstance(found, Company):
        return edition.company_link(here, found), edition.say("Company")
    if isinstance(found, Response):
        name = register.companies[found.company].name
        claim = answered(edition, found)
        where = edition.claim_href(here, claim) if claim else relative(here, edition.path("companies", found.company))
        return Link(
            edition.say("Reply by %(company)s", company=name, of_company=language.of(name)), where
        ), edition.say("Reply")
    if isinstance(found, Demand):
        return (
            Link(language.text(found.title or found.text), relative(here, f"{edition.path('demands')}#{found.id}")),
            edition.say("Demand"),
        )
    if isinstance(found, Event):
        return (
            Link(language.text(found.title), relative(here, f"{edition.path('timeline')}#{found.id}")),
            edition.say("Event"),
        )
    name = record.removeprefix("content/")
    page = edition.content(name)
    target = edition.path() if name == "home" else edition.path(name)
    return Link(page.title if page else name, relative(here, target)), edition.say("Page")


def _cited_by(edition: Edition, here: str, source: Source, backlinks: tuple[Backlink, ...]) -> tuple[CitedBy, ...]:
    by_record: dict[str, list[str]] = {}
    for link in backlinks:
        if link.record.startswith("content/") and not edition.content(link.record.removeprefix("content/")):
            continue
        words = by_record.setdefault(link.record, [])
        if link.quote and link.quote not in words:
            words.append(link.quote)
    lang = "" if source.language.startswith(edition.code) else source.language
    found = []
    for record, words in by_record.items():
        what, kind = _what(edition, here, record)
        found.append(
            CitedBy(
                what,
                kind,
                tuple(
                    (
                        edition.language.quoted(quote, source.language),
                        lang,
                        text_fragment(source.url, quote) if source.url and source.availability != "dead" else "",
                    )
                    for quote in words
                ),
            )
        )
    return tuple(found)


def _fall(edition: Edition, here: str, fall: Falling) -> Fall:
    standing, without = edition.register.standing[fall.claim], fall.without
    if loses(edition.register, fall):
        then = edition.say("Would lose its last origin and need another source, or be withdrawn")
    elif without.label != standing.label:
        then = edition.say("Would read: %(label)s", label=edition.say(LABEL[without.label]))
    else:
        then = edition.say("Would stand")
    what, _ = _what(edition, here, fall.claim)
    return Fall(what, counts(edition, standing), counts(edition, without), then)


def _lineage(edition: Edition, here: str, source: Source) -> tuple[Lineage, ...]:
    """From the originals down to this source, and on to what rests on it."""
    register = edition.register
    above: set[str] = set()
    wave = [source.id]
    while wave:
        parents = {p for each in wave for p in register.sources[each].derived_from if p in register.sources}
        wave = sorted(parents - above)
        above.update(wave)
    above.add(source.id)
    if above == {source.id} and source.id not in register.derived:
        return ()
    roots = [each for each in sorted(above) if not any(p in above for p in register.sources[each].derived_from)]
    shown: set[str] = set()
    return tuple(_branch(edition, here, root, source.id, above, frozenset(), shown) for root in roots or [source.id])


def _branch(
    edition: Edition, here: str, at: str, this: str, above: set[str], path: frozenset[str], shown: set[str]
) -> Lineage:
    """One source and what rests on it, which is drawn once: where ways meet again, a second drawing says no more."""
    register = edition.register
    below = this == at or this in path
    children = [child for child in register.derived.get(at, ()) if (below or child in above) and child not in path]
    if len(path) > DEEPEST or at in shown:
        children = []
    else:
        shown.add(at)
    source = register.sources[at]
    lang = "" if source.language.startswith(edition.code) else source.language
    link = None if at == this else Link(source.title, edition.source_href(here, at), lang)
    return Lineage(
        edition.dated(source),
        link,
        at == this,
        tuple(_branch(edition, here, child, this, above, path | {at}, shown) for child in children),
    )
