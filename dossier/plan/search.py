"""What each record hands to the search: its entries, with their texts by weight, and the words in them.

A small dossier hands in entries alone, and the browser finds the words in them. A large one hands in its words too, a
line a shard, and what filters ask of each entry; then an edit touches the few shards that hold its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import unescape
from typing import Any
from zlib import crc32

from dossier.dates import Edtf
from dossier.json_text import encoder
from dossier.model import OWN_WORDS, Agency, Citation, Claim, Company, Demand, Event, Response, Source
from dossier.patterns import regex
from dossier.plan.claims import answered, best_reply, claim_label, own_words, replies_to
from dossier.plan.companies import claims_of, letter_of, place_of, sort_key
from dossier.plan.days import year_of
from dossier.plan.edition import Edition
from dossier.plan.hand_in import APART
from dossier.plan.lines import ROOT, Line, written
from dossier.plan.vocabulary import DEMAND, REGION
from dossier.searching import Told, shard_of, shard_of_word, shards_of_entries, weights
from dossier.values import Html, Prose, Text
from dossier.views import Link

NAME, OTHER_NAME, HEADING, PARTY, STATEMENT, SUMMARY, AGENCY, QUOTE, ASIDE = 12, 10, 8, 4, 4, 3, 3, 2, 1
"""What a word weighs by where it stands."""
_MILLION = Decimal(1_000_000)
_DECIMAL = {"fr": ","}
_BLOCK = regex(r"</(?:p|li|h\d|blockquote)>|<br>")
_TAG = regex(r"<[^>]+>")

Entry = tuple[Any, ...]
"""Its anchor on the page, its kind, what filters ask, what stands above it, its date, its label's count or its status,
and its texts, of which the first is its heading."""


def from_company(edition: Edition, company: Company, breadth: int) -> Iterator[Line]:
    """A company and its claims, to be found and to be listed."""
    claims = claims_of(edition, company)
    links = tuple(Link(edition.listed(claim), edition.claim_href(ROOT, claim)) for claim in claims)
    place = f"{sort_key(company.name)}{APART}{company.id}"
    told = written((edition.company_link(ROOT, company), links))
    yield f"search-index/{edition.code}/{letter_of(company.name)}", place, told
    entries = [_company(edition, company), *(_claim(edition, claim, company) for claim in claims)]
    yield from _handed(edition, company.id, edition.path("companies", company.id), entries, breadth)


def from_source(edition: Edition, source: Source, breadth: int) -> Iterator[Line]:
    lang = "" if source.language == edition.code else source.language
    maker, printed = edition.maker(source), edition.publisher_name(source.publisher)
    texts: list[Told] = [(PARTY, source.title, lang), (SUMMARY, maker, "")]
    texts += [(SUMMARY, author, "") for author in source.author]
    if printed != maker:
        texts.append((ASIDE, printed, ""))
    if source.note:
        texts.append(_text(edition, ASIDE, source.note))
    when = source.issued
    entry = ("", "source", _asked(when=when), maker, edition.language.date(when), "", texts)
    yield from _handed(edition, source.id, edition.path("sources", source.id), [entry], breadth)


def from_others(edition: Edition, breadth: int) -> Iterator[Line]:
    """Agencies, demands and events."""
    register = edition.register
    for agency in register.agencies.values():
        at = edition.path("agencies", agency.id)
        yield from _handed(edition, agency.id, at, [_agency(edition, agency)], breadth)
    for demand in register.demands.values():
        yield from _handed(edition, demand.id, edition.path("demands"), [_demand(edition, demand)], breadth)
    for event in register.events.values():
        yield from _handed(edition, event.id, edition.path("timeline"), [_event(edition, event)], breadth)


def _handed(edition: Edition, name: str, page: str, entries: list[Entry], breadth: int) -> Iterator[Line]:
    """The lines of one unit of the search: a page's entries, under a key that changes when these do, so that files of
    two builds (one of them from a browser's cache) never speak of different entries by one number. Its words are told
    by the places of lines that say nothing else: thousands are read for one file, and places are at hand together."""
    code = edition.code
    mark = f"{crc32(' '.join(entry[0] for entry in entries).encode()) & 0xFFFF:x}"
    key = f"{name}~{mark}"
    shard = shard_of(name, shards_of_entries(breadth))
    yield f"search-entries/{code}/{shard}", name, _json((key, page, [*map(_packed, entries)]))
    if breadth == 1:
        return
    yield f"search-marks/{code}/0", name, _json((key, [(entry[1], *entry[2]) for entry in entries]))
    words: dict[str, str] = {}
    for number, entry in enumerate(entries):
        for word, weight in weights(entry[6]).items():
            words[word] = f"{words.get(word, '')}{number}{chr(96 + weight)}"
    shards: dict[int, list[str]] = {}
    for word in sorted(words):
        shards.setdefault(shard_of_word(word, breadth), []).append(f"{word}={words[word]}")
    for each, told in shards.items():
        yield f"search-words/{code}/{each}", f"{name}{APART}{mark}|{';'.join(told)}", ""


_json = encoder(spaced=False)


def _packed(entry: Entry) -> Entry:
    """An entry as it is written: texts without a language of their own are a pair."""
    texts = tuple(tuple(told) if told[2] else told[:2] for told in entry[6] if told[1])
    return (*entry[:6], texts)


def _asked(
    agencies: Iterable[str] = (), label: str = "", region: str = "", when: Edtf | None = None, reply: str = ""
) -> tuple[str, ...]:
    """What filters ask of an entry: agencies, label, province, year, status of the reply; '' where it has none."""
    return " ".join(agencies), label, region, str(year_of(when)) if when and (when.start or when.end) else "", reply


def _region(company: Company) -> str:
    """The province, as far as a cited nexus carries it."""
    at = company.headquarters
    told = at.region if at and company.nexus and at.country in (None, "CA") else ""
    return told if told in REGION else ""


def _company(edition: Edition, company: Company) -> Entry:
    texts: list[Told] = [(NAME, company.name, "")]
    texts += [(OTHER_NAME, name, "") for name in (*company.aliases, *(each.name for each in company.legal_entities))]
    place = place_of(edition, company) if company.nexus else ""
    if company.sector:
        texts.append(_text(edition, SUMMARY, company.sector))
    texts.append((QUOTE, place, ""))
    texts.append(_prose(edition, SUMMARY, company.summary))
    texts += [_prose(edition, ASIDE, fact.text) for fact in company.facts]
    texts += [_prose(edition, ASIDE, each) for each in company.unknown]
    if found := company.identifiers:
        numbers = (found.wikidata, found.lei, found.uei, found.cik, found.bn)
        texts.append((SUMMARY, ", ".join(filter(None, numbers)), ""))
    return ("", "company", _asked(region=_region(company)), place, "", "", texts)


def _claim(edition: Edition, claim: Claim, company: Company) -> Entry:
    register, language = edition.register, edition.language
    heading = _text(edition, HEADING, claim.title) if claim.title else (HEADING, edition.heading(claim), "")
    texts: list[Told] = [heading, (PARTY, company.name, ""), _text(edition, STATEMENT, claim.statement)]
    if claim.amount:
        texts.append((STATEMENT, _money(edition, claim.amount.value, claim.amount.currency), ""))
    if party := register.legal_entities.get(claim.party or ""):
        texts.append((PARTY, party.name, ""))
    agency = register.agencies.get(claim.counterparty or "")
    if agency:
        texts.append((AGENCY, _named(edition, agency), ""))
    texts += _quotes(edition, claim.citations)
    replies = replies_to(edition, claim)
    for response in replies:
        if response.status in OWN_WORDS:
            texts += _reply(edition, response, is_whole=_is_first(edition, response, claim))
    texts.append(_prose(edition, ASIDE, claim.note))
    makers = dict.fromkeys(edition.maker(register.sources[c.source]) for c in claim.citations)
    texts.append((ASIDE, ", ".join(makers), ""))
    best, label = best_reply(replies), claim_label(edition, claim)
    asked = _asked(
        [agency.id] if agency else [], label.shape, _region(company), claim.date, best.status if best else ""
    )
    return (claim.id, claim.kind, asked, company.name, language.date(claim.date), label.count, texts)


def _is_first(edition: Edition, response: Response, claim: Claim) -> bool:
    first = answered(edition, response)
    return first is not None and first.id == claim.id


def _reply(edition: Edition, response: Response, is_whole: bool) -> Iterator[Told]:
    """The company's own words. A reply in full is told with the first of its claims alone."""
    yield _prose(edition, QUOTE, response.statement)
    yield from _quotes(edition, response.citations)
    if response.text and is_whole:
        words, lang = own_words(edition, response.text)
        yield QUOTE, " ".join(words.split()), lang


def _agency(edition: Edition, agency: Agency) -> Entry:
    texts: list[Told] = [(NAME, _named(edition, agency), "")]
    parent = edition.register.agencies.get(agency.parent or "")
    if parent:
        texts.append((ASIDE, _named(edition, parent), ""))
    country = edition.language.country(agency.country) if agency.country else ""
    return ("", "agency", _asked([agency.id]), country, "", "", texts)


def _demand(edition: Edition, demand: Demand) -> Entry:
    register, language = edition.register, edition.language
    texts = [_text(edition, HEADING, demand.title or demand.text)]
    if demand.title:
        texts.append(_text(edition, STATEMENT, demand.text))
    texts.append((STATEMENT, demand.by.name, ""))
    if demand.by.role:
        texts.append(_text(edition, QUOTE, demand.by.role))
    agency, company = register.agencies.get(demand.addressed_to), register.companies.get(demand.addressed_to)
    texts.append((AGENCY, _named(edition, agency) if agency else company.name if company else "", ""))
    texts += _quotes(edition, demand.citations)
    texts += [_prose(edition, QUOTE, step.note) for step in demand.history]
    asked = _asked([agency.id] if agency else [], when=demand.date)
    status = edition.say(DEMAND[demand.status])
    return (demand.id, "demand", asked, demand.by.name, language.date(demand.date), status, texts)


def _event(edition: Edition, event: Event) -> Entry:
    register = edition.register
    agencies = [register.agencies[name] for name in event.involved if name in register.agencies]
    companies = [register.companies[name].name for name in event.involved if name in register.companies]
    texts = [_text(edition, HEADING, event.title), _prose(edition, STATEMENT, event.text)]
    texts += [(AGENCY, _named(edition, agency), "") for agency in agencies]
    texts += [(AGENCY, name, "") for name in companies]
    texts += _quotes(edition, event.citations)
    asked = _asked([agency.id for agency in agencies], when=event.date)
    return (event.id, "event", asked, ", ".join(companies), edition.language.date(event.date), "", texts)


def _quotes(edition: Edition, citations: Iterable[Citation]) -> Iterator[Told]:
    """Quotes in the language of their source, and our translation into the page's."""
    for citation in citations:
        source = edition.register.sources.get(citation.source)
        if citation.quote and source:
            lang = "" if source.language == edition.code else source.language
            yield QUOTE, edition.language.quoted(citation.quote, source.language), lang
            if lang and citation.translation and (said := citation.translation.get(edition.code)):
                yield QUOTE, edition.language.typeset(said), ""


def _named(edition: Edition, agency: Agency) -> str:
    """An agency by its name and its letters."""
    name, short = edition.agency_name(agency), edition.agency_name(agency, short=True)
    return name if short == name else f"{name} ({short})"


def _money(edition: Edition, value: Decimal, currency: str) -> str:
    """An amount as printed, and in millions as people say it."""
    money = edition.language.money(value, currency)
    if value < _MILLION:
        return money
    whole = f"{value / _MILLION:.1f}".removesuffix(".0")
    said = edition.language.ngettext(
        "%(money)s (%(number)s million)", "%(money)s (%(number)s million)", int(value / _MILLION)
    )
    return said % {"money": money, "number": whole.replace(".", _DECIMAL.get(edition.code, "."))}


def _text(edition: Edition, weight: int, text: Text) -> Told:
    """A text in the page's language, or in the one it has."""
    said = edition.language.text(text)
    if text.get(edition.code) is not None:
        return weight, said, ""
    default = edition.language.default
    return weight, said, default if text.get(default) else text.languages[0]


def _prose(edition: Edition, weight: int, prose: Prose | None) -> Told:
    """Prose without its markup and citations."""
    if prose is None:
        return weight, "", ""
    code, default = edition.code, edition.language.default
    lang = code if prose.get(code) else default if prose.get(default) else prose.languages[0]
    passage = prose.get(lang)
    assert passage is not None
    html = "".join([part for part in passage.parts if isinstance(part, Html)])
    said = unescape(_TAG.sub("", _BLOCK.sub(" ", html)))
    said = " ".join(each for each in re.split(r"[ \n]+", said) if each)
    return weight, edition.language.typeset(said) if lang == code else said, "" if lang == code else lang
