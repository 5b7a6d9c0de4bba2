"""Which picture stands for which page where that is shared, and what it says: counts of the register, no judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlsplit

from dossier.model import OWN_WORDS, Agency, Company, Demand
from dossier.picture import Picture
from dossier.plan.claims import replies_to
from dossier.plan.demands import asked_by, demand_label, in_order
from dossier.plan.edition import Edition

MOST_BESIDE = 30
"""Demands that the page of all offers a picture of."""


class Pictures:
    """The pictures of one edition. A page whose own cannot be drawn has that of the site; where that cannot be drawn
    either, none."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        address = urlsplit(edition.register.site.base_url)
        self._place = f"{address.hostname or ''}{address.path.rstrip('/')}"

    def of(self, kind: str, name: str) -> tuple[Picture, ...]:
        """The pictures of the pages of a unit, as `Planner` names it; of several the first stands for the page."""
        register = self._edition.register
        found: tuple[Picture, ...] = ()
        if kind == "company":
            found = (self._of_company(register.companies[name]),)
        elif kind == "agency":
            found = (self._of_agency(register.agencies[name]),)
        elif kind == "demands":
            found = (self._of_demands(), *map(self._of_demand, in_order(self._edition)[:MOST_BESIDE]))
        drawn = tuple(each for each in found if each.is_drawable)
        return drawn or self._of_the_site

    def images(self, kind: str, name: str) -> tuple[tuple[str, str], ...]:
        """The same as pages tell of them: their addresses in full, and what they say."""
        base = self._edition.register.site.base_url.rstrip("/")
        return tuple((f"{base}/{picture.path}", picture.words) for picture in self.of(kind, name))

    def all(self) -> Iterator[Picture]:
        """Every picture that some page has, once."""
        register = self._edition.register
        units = [("home", ""), ("demands", "")] if register.demands else [("home", "")]
        units += [("company", name) for name in register.companies]
        units += [("agency", name) for name in register.agencies]
        found = {picture.path: picture for unit in units for picture in self.of(*unit)}
        yield from found.values()

    def _picture(self, id_: str, kind: str, name: str, *said: str) -> Picture:
        edition = self._edition
        site = edition.language.text(edition.register.site.title)
        return Picture(id_, edition.code, site, kind, name, " · ".join(filter(None, said)), self._place)

    @cached_property
    def _of_the_site(self) -> tuple[Picture, ...]:
        edition, register = self._edition, self._edition.register
        made = self._picture(
            "site",
            "",
            edition.language.text(register.site.title),
            edition.count("%(n)s company", "%(n)s companies", len(register.companies)),
            edition.count("%(n)s claim", "%(n)s claims", sum(not c.withdrawn for c in register.claims.values())),
            edition.count("%(n)s source", "%(n)s sources", sum(s.read != "none" for s in register.sources.values())),
        )
        return (made,) if made.is_drawable else ()

    def _of_company(self, company: Company) -> Picture:
        edition = self._edition
        claims = [c for c in edition.register.claims_of.get(company.id, ()) if not c.withdrawn]
        agencies = {claim.counterparty for claim in claims if claim.counterparty}
        answered = sum(any(r.status in OWN_WORDS for r in replies_to(edition, claim)) for claim in claims)
        number = edition.language.number
        beside = ""  # that none was found is said where it is said who looked, and whether anybody asked
        if answered:
            both = {"n": number(answered), "total": number(len(claims))}
            beside = edition.say("its replies beside %(n)s of %(total)s", **both)
        return self._picture(
            company.id,
            edition.say("Company"),
            company.name,
            edition.count("%(n)s claim by a named source", "%(n)s claims by named sources", len(claims)),
            edition.count("%(n)s agency", "%(n)s agencies", len(agencies)) if agencies else "",
            beside,
            edition.say("kept apart: its page says why") if company.apart else "",
        )

    @cached_property
    def _named_in(self) -> Counter[str]:
        claims = self._edition.register.claims.values()
        return Counter(claim.counterparty for claim in claims if claim.counterparty and not claim.withdrawn)

    def _of_agency(self, agency: Agency) -> Picture:
        edition = self._edition
        events = len(edition.register.events_of.get(agency.id, ()))
        return self._picture(
            agency.id,
            edition.say("Agency"),
            edition.agency_name(agency),
            edition.count("%(n)s claim", "%(n)s claims", self._named_in[agency.id]),
            edition.count("%(n)s event", "%(n)s events", events) if events else "",
        )

    def _of_demands(self) -> Picture:
        edition = self._edition
        asked = edition.count("%(n)s demand", "%(n)s demands", len(edition.register.demands))
        return self._picture(
            "demands", edition.say("Demands"), edition.say("What was asked, and what came of it"), asked
        )

    def _of_demand(self, demand: Demand) -> Picture:
        edition = self._edition
        label = demand_label(edition, demand)
        heading = edition.language.text(demand.title or demand.text)
        return self._picture(
            demand.id, edition.say("Demand"), heading, asked_by(edition, demand), f"{label.word}, {label.count}"
        )
