"""Records that are gone: what stands in their place, and the notices that old links to claims lead to."""

from __future__ import annotations

from dossier.addresses import relative
from dossier.model import Agency, Claim, Company, Demand, Event, Source, Tombstone
from dossier.plan.edition import Edition
from dossier.views import Gone, Link


def instead(edition: Edition, here: str, tombstone: Tombstone) -> Link | None:
    """What stands in the place of a record that is gone. Where that is gone too, what stands in its place."""
    register = edition.register
    met = {tombstone.id}
    name = tombstone.replaced_by
    while name and name not in met and (later := register.tombstones.get(name)):
        met.add(name)
        name = later.replaced_by
    found = register.records.get(name or "")
    if isinstance(found, Company):
        return edition.company_link(here, found)
    if isinstance(found, Claim):
        return Link(edition.named(found), edition.claim_href(here, found))
    if isinstance(found, Source):
        return Link(found.title, edition.source_href(here, found.id))
    if isinstance(found, Agency):
        return Link(edition.agency_name(found), relative(here, edition.path("agencies", found.id)))
    if isinstance(found, (Demand, Event)):
        section = "demands" if isinstance(found, Demand) else "timeline"
        said = (found.title or found.text) if isinstance(found, Demand) else found.title
        return Link(edition.language.text(said), relative(here, f"{edition.path(section)}#{found.id}"))
    return None


def removed(edition: Edition, tombstone: Tombstone) -> str:
    """When it went."""
    when = tombstone.date
    return edition.say("Removed %(date)s.", date=edition.language.date(when), on_date=edition.language.on(when))


def was_claim(edition: Edition, tombstone: Tombstone) -> bool:
    """Whether it was a claim, whose old address is a place on its company's page and no page of its own."""
    return bool(tombstone.company) or (tombstone.replaced_by or "") in edition.register.claims


def gone_claims(edition: Edition, here: str, company: Company) -> tuple[Gone, ...]:
    """The claims that are gone from a company's page, the latest first: those whose notice names the company, and those
    that a claim of the company replaced."""
    gone_of = edition.register.gone_of
    places = (company.id, *(claim.id for claim in edition.register.claims_of.get(company.id, ())))
    told = [each for place in places for each in gone_of.get(place, ()) if was_claim(edition, each)]
    found = {each.id: each for each in told}
    return tuple(
        Gone(each.id, removed(edition, each), edition.language.text(each.reason), instead(edition, here, each))
        for each in sorted(found.values(), key=lambda each: (-each.date.latest.toordinal(), each.id))
    )
