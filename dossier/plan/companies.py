"""The list of companies, and the page of each."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache

from dossier.addresses import relative
from dossier.frozen import replace
from dossier.model import OWN_WORDS, Claim, Company, Correction
from dossier.pages import CompanyPage, Page
from dossier.plan.amounts import amount_tables
from dossier.plan.cited import cited_company
from dossier.plan.claims import best_reply, claim_view, replies_to, reply_label
from dossier.plan.comparable import compare_link
from dossier.plan.days import correction_day, dated_of_company, day, strip
from dossier.plan.desk import desk_link, whole_replies
from dossier.plan.edition import Edition, contact_href, once
from dossier.plan.ended import all_ended
from dossier.plan.gone import gone_claims
from dossier.plan.lines import falling
from dossier.plan.notes import Notes, plain
from dossier.plan.rewordings import history_link, older_translation
from dossier.plan.searches import looked
from dossier.plan.standing import standing_of_company
from dossier.plan.versions import version_link
from dossier.plan.vocabulary import NEXUS, NEXUS_BARE, REGION, RELATION
from dossier.views import Entry, Fact, Label, Link, Looked, Words

BUSINESS = {
    "contract": "contract",
    "order": "contract",
    "subcontract": "contract",
    "service": "service",
    "property-transaction": "property",
    "subsidy": "subsidy",
}
"""Kinds of claim, as the filter of the list groups them."""


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """Alphabetical order without accents or case: É beside E."""
    if name.isascii():
        return name.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))


def letter_of(name: str) -> str:
    first = sort_key(name)[:1].upper()
    return first if first.isalpha() else "#"


def order_of(claim: Claim) -> str:
    """A claim's place: what still holds first (an open end), then the latest; business before other matters, withdrawn
    claims last."""
    when = claim.date
    begun = when.earliest if when else date.min
    ongoing = bool(when and when.open_end)
    rank = 2 if claim.kind == "profile" else int(claim.kind not in BUSINESS)
    return f"{int(claim.withdrawn is not None)}{rank}{int(when is None)}{int(not ongoing)}{falling(begun)} {claim.id}"


def claims_in_order(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=order_of))


@once
def claims_of(edition: Edition, company: Company) -> tuple[Claim, ...]:
    """All claims of a company, in order."""
    return claims_in_order(edition.register.claims_of.get(company.id, ()))


def place_of(edition: Edition, company: Company) -> str:
    """Brampton, Ontario, as far as it is known; the country in words."""
    at = company.headquarters
    if not at:
        return ""
    region = at.region or ""
    if at.country in (None, "CA") and region in REGION:
        region = edition.say(REGION[region])
    country = edition.language.country(at.country) if at.country and not at.region else ""
    within = ", ".join(filter(None, (region, country)))
    return edition.say("%(city)s, %(region)s", city=at.city, region=within) if at.city and within else at.city or within


def tally(edition: Edition, claims: tuple[Claim, ...]) -> tuple[str, str]:
    """'5 claims, from 9 links and 5 origins', and with the replies. Of withdrawn claims only how many they are."""
    register = edition.register
    live = tuple(claim for claim in claims if not claim.withdrawn)
    withdrawn = len(claims) - len(live)
    if withdrawn and not live:
        none = edition.count(
            "No claim stands; %(n)s was withdrawn.", "No claim stands; %(n)s were withdrawn.", withdrawn
        )
        return none, none
    links = {c.source for claim in live for c in claim.supports}
    origins = {origin.key for claim in live for origin in register.standing[claim.id].origins}
    answered = sum(any(r.status in OWN_WORDS for r in replies_to(edition, claim)) for claim in live)
    said = edition.say(
        "%(claims)s, from %(links)s and %(origins)s.",
        claims=edition.count("%(n)s claim", "%(n)s claims", len(live)),
        links=edition.count("%(n)s link", "%(n)s links", len(links)),
        origins=edition.count("%(n)s origin", "%(n)s origins", len(origins)),
    )
    beside = edition.count(
        "A reply by the company stands beside %(n)s of them.",
        "A reply by the company stands beside %(n)s of them.",
        answered,
    )
    if not answered:
        beside = edition.say("No reply by the company is on file.")
    more = edition.count("%(n)s withdrawn claim is not counted.", "%(n)s withdrawn claims are not counted.", withdrawn)
    return said, " ".join(filter(None, (said, beside if live else "", more if withdrawn else "")))


def corrections_of(edition: Edition, company: Company) -> list[Correction]:
    """Corrections of the company, its claims and its responses, the latest first."""
    register = edition.register
    mine = {
        company.id,
        *(c.id for c in register.claims_of.get(company.id, ())),
        *(r.id for r in register.responses_of.get(company.id, ())),
    }
    found = [c for target in mine for c in register.corrections_of.get(target, ())]
    return sorted(found, key=lambda c: (-c.date.latest.toordinal(), c.id))


def _facts(edition: Edition, notes: Notes, company: Company) -> tuple[Fact, ...]:
    language = edition.language
    rows: list[Fact] = []
    place = place_of(edition, company)
    for nexus in company.nexus:
        said = edition.say(NEXUS[nexus.kind], where=place) if place else edition.say(NEXUS_BARE[nexus.kind])
        rows.append(Fact(edition.say("Why it is listed"), _cited(notes, said, nexus.citations)))
    if company.sector:
        rows.append(Fact(edition.say("Sector"), (plain(language.text(company.sector)),)))
    if company.aliases:
        rows.append(Fact(edition.say("Also known as"), (plain(language.listed(company.aliases)),)))
    for entity in company.legal_entities:
        rows.append(Fact(edition.say(RELATION[entity.relation]), _cited(notes, entity.name, entity.citations)))
    for fact in company.facts:
        words = notes.words(fact.text)
        cites = notes.cites(fact.citations, beside=words)
        if cites and words:
            words = (*words[:-1], type(words[-1])(words[-1].html, (*words[-1].cites, *cites)))
        rows.append(Fact(language.text(fact.label), words))
    found = company.identifiers
    numbers = (
        {
            "Wikidata": found.wikidata,
            "LEI": found.lei,
            "UEI": found.uei,
            "CIK": found.cik,
            edition.say("Business number"): found.bn,
        }
        if found
        else {}
    )
    rows += [Fact(name, (plain(number),)) for name, number in numbers.items() if number]
    if company.website:
        rows.append(Fact(edition.say("Website"), (), Link(_host(company.website), company.website)))
    return tuple(rows)


def _cited(notes: Notes, said: str, citations: tuple[object, ...]) -> Words:
    piece = plain(said)
    return (type(piece)(piece.html, notes.cites(citations)),)  # type: ignore[arg-type]


def _host(url: str) -> str:
    return url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")


def company_page(edition: Edition, company: Company) -> Page:
    """The dossier of one company. Cites in the order of `pages/company.html`."""
    register, language = edition.register, edition.language
    here = edition.path("companies", company.id)
    notes = Notes(edition, here, brief=True)
    claims = claims_of(edition, company)
    summary = notes.words(company.summary)
    apart = notes.words(company.apart)
    facts = _facts(edition, notes, company)
    live = tuple(claim for claim in claims if not claim.withdrawn)
    views = tuple(claim_view(edition, notes, claim, index, len(live)) for index, claim in enumerate(claims, 1))
    amounts = amount_tables(edition, notes, live)
    entries = dated_of_company(edition, company.id)
    days = tuple(day(edition, here, entry, notes, company=False, brief=True) for entry in entries)
    unknown = tuple(notes.words(each) for each in company.unknown)
    found = corrections_of(edition, company)
    verified = max((c.verified.latest for c in live if c.verified), default=None)
    latest = next((c.verified for c in live if c.verified and c.verified.latest == verified), None)
    return CompanyPage(
        frame=edition.frame(
            "companies",
            company.id,
            title=company.name,
            description=edition.say(
                "What is claimed about %(company)s, each claim with its sources, "
                "the words they used and the company’s reply.",
                company=company.name,
            ),
            feed=here,
            cited=cited_company(edition, company),
            scripts=("copy",),
        ),
        name=company.name,
        trail=(Link(edition.say("Companies"), relative(here, edition.path("companies"))),),
        summary=summary,
        apart=apart,
        counts=" ".join(filter(None, (tally(edition, claims)[1], all_ended(edition, live)))),
        checked=edition.say("Checked %(date)s.", date=language.date(latest), on_date=language.on(latest))
        if latest
        else "",
        corrected=edition.count(
            "%(n)s correction or update, below.", "%(n)s corrections or updates, below.", len(found)
        )
        if found
        else edition.say("No correction so far."),
        standing=standing_of_company(edition, here, company, live),
        facts=facts,
        claims=views,
        amounts=amounts,
        strip=strip(edition, entries),
        days=days,
        unknown=unknown,
        searches=tuple(looked(edition, here, s, named=False) for s in register.searches_of.get(company.id, ())),
        replies=whole_replies(edition, here, company),
        contact=Link(register.site.contact.removeprefix("mailto:"), contact_href(register.site.contact)),
        desk=desk_link(edition, here, company),
        corrections=tuple(correction_day(edition, here, c) for c in found),
        gone=gone_claims(edition, here, company),
        history=history_link(edition, here, company.id, edition.say("History of this page")),
        compare=compare_link(edition, here, company),
        untold=edition.say("The history of this dossier is not part of this build.")
        if register.past.reach == "none"
        else "",
        version=version_link(edition, here, company),
        summary_older=older_translation(edition, company, "summary", company.summary),
        unproven=notes.unproven(),
        references=notes.references(),
    )


def entry(edition: Edition, here: str, company: Company) -> Entry:
    """A company as lists show it: what it is, how much is claimed, how it answered."""
    register, language = edition.register, edition.language
    mine = register.claims_of.get(company.id, ())
    claims = tuple(c for c in mine if not c.withdrawn)
    replies = tuple({r.id: r for claim in claims for r in replies_to(edition, claim)}.values())
    best = best_reply(replies)
    sector = language.text(company.sector)
    # A place is told only where a cited nexus carries it.
    told = [*filter(None, (sector, place_of(edition, company) if company.nexus else ""))]
    lines = [". ".join(told) + "."] if told else []
    lines += filter(None, [all_ended(edition, claims)])
    kinds = {BUSINESS[claim.kind] for claim in claims if claim.kind in BUSINESS}
    said, _ = tally(edition, mine)
    labels: list[tuple[str, Label]] = [("", Label("", "", said.removesuffix(".")))]
    if best:
        label = reply_label(edition, best)
        if best.status in OWN_WORDS:
            answered = sum(any(r.status in OWN_WORDS for r in replies_to(edition, claim)) for claim in claims)
            label = replace(
                label,
                count=edition.say(
                    "beside %(n)s of %(total)s",
                    total=edition.language.number(len(claims)),
                    n=edition.language.number(answered),
                ),
            )
        labels.append((edition.say("Reply"), label))
    return Entry(
        anchor=company.id,
        letter=letter_of(company.name),
        link=edition.company_link(here, company),
        lines=tuple(lines),
        labels=tuple(labels),
        reply="answered" if best and best.status in OWN_WORDS else "none",
        kinds=" ".join(sorted(kinds)),
    )


def looked_everywhere(edition: Edition, here: str, most: int) -> tuple[Looked, ...]:
    """Searches that concern no single company."""
    return tuple(looked(edition, here, s) for s in edition.register.searches_of.get("", ())[:most])
