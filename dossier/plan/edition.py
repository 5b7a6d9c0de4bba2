"""One language's edition of the dossier: what every page of it is made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, wraps
from typing import Any, TypeVar
from urllib.parse import quote

from dossier.addresses import IN_PLACE, Addresses, feed_of, relative
from dossier.citing import Cited
from dossier.digests import version
from dossier.feed import KINDS
from dossier.fragments import text_fragment as text_fragment
from dossier.frozen import dataclass, field
from dossier.language import Language, language
from dossier.model import Agency, Claim, Company, ContentPage, Record, Source
from dossier.pages import CSP, CSP_OF_SCRIPTS, Frame
from dossier.patterns import regex
from dossier.plan.cite_formats import formats
from dossier.plan.vocabulary import KIND, WITH
from dossier.register import Register
from dossier.shelf import Kept, note
from dossier.views import Link

_PLAIN = regex(r"[A-Za-z0-9/._~-]*")
"""An address in which nothing has to be escaped."""


@dataclass(frozen=True, slots=True)
class Around:
    """What pages share that stand beside each other: menu and foot, the way home and that to the root."""

    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    home: str
    root: str
    feed: tuple[str, str, str]


R = TypeVar("R", bound=Record)
V = TypeVar("V")


def once(make: Callable[[Edition, R], V]) -> Callable[[Edition, R], V]:
    """What an edition says of a record on several pages: it is made once."""

    @wraps(make)
    def made(edition: Edition, record: R) -> V:
        kept = edition.kept.get(make)
        if kept is None:
            kept = edition.kept[make] = Kept(make)
        found: V = kept.of(record.id, edition, record)
        return found

    return made


@dataclass(frozen=True, eq=False)
class Edition:
    """The register, the language to say it in, where pages stand, and the date of the build."""

    register: Register
    language: Language
    addresses: Addresses
    today: date
    sections: frozenset[str] = frozenset({"timeline", "agencies", "demands"})
    carried: frozenset[str] = frozenset()
    """What is made beside the pages to be carried away, of `carried.KINDS`: pages link to it only where it is made."""
    kept: dict[Callable[..., Any], Kept[Any]] = field(default_factory=dict, init=False, repr=False)
    _stems: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _arounds: dict[tuple[str, str], Around] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def code(self) -> str:
        return self.language.code

    def say(self, message: str, **values: str | int) -> str:
        """A message in this language, with its values in."""
        said = self.language.said.get(message, message)
        return said % values if values else said

    def count(self, one: str, many: str, number: int) -> str:
        return self.language.count(one, many, number)

    def path(self, section: str = "", *rest: str) -> str:
        stem = self._stems.get(section)
        if stem is None:
            above = (section,) if section else ()
            stem = self._stems[section] = self.addresses.page(self.code, *above).removesuffix("index.html")
        if len(rest) == 1:  # an id, which is the same in every language: nearly all that is asked for
            return f"{stem}{rest[0]}/index.html"
        return stem + "/".join((*self.addresses.below(self.code, rest), "index.html"))

    @cached_property
    def locked(self) -> str:
        """The last day on which something that is published came to be as it is; '' where nothing is locked."""
        return max((each.since or each.first for each in self.register.published.values()), default="")

    @cached_property
    def site_title(self) -> str:
        return self.language.text(self.register.site.title)

    @cached_property
    def publisher(self) -> str:
        return self.language.text(self.register.site.publisher)

    def content(self, name: str) -> ContentPage | None:
        note(f"content/{name}.{self.code}")
        return self.pages.get(name)

    @cached_property
    def pages(self) -> dict[str, ContentPage]:
        """Content pages of this language by name, in the order of the menu."""
        mine = (page for page in self.register.content if page.language == self.code)
        return {page.name: page for page in sorted(mine, key=lambda page: (page.order, page.title, page.name))}

    def company_link(self, here: str, company: Company) -> Link:
        return Link(company.name, relative(here, self.path("companies", company.id)))

    def claim_href(self, here: str, claim: Claim) -> str:
        return relative(here, f"{self.path('companies', claim.company)}#{claim.id}")

    @once
    def version_of(self, company: Company) -> str:
        """The version of a company's page: of what the company's record, its claims, its replies and the corrections of
        these say now. The same in every language."""
        register = self.register
        records: list[Record] = [
            company,
            *register.claims_of.get(company.id, ()),
            *register.responses_of.get(company.id, ()),
        ]
        records += [each for target in records for each in register.corrections_of.get(target.id, ())]
        return version(company.id, sum(each.digest for each in records))

    def source_href(self, here: str, source: str) -> str:
        return relative(here, self.path("sources", source))

    def agency_name(self, agency: Agency, short: bool = False) -> str:
        if short and agency.abbreviation:
            return self.language.text(agency.abbreviation)
        return self.language.text(agency.name)

    @once
    def heading(self, claim: Claim) -> str:
        """The heading of a claim: its title, or what its fields say."""
        if claim.title:
            return self.language.text(claim.title)
        agency = self.register.agencies.get(claim.counterparty or "")
        said = (
            self.say(WITH[claim.kind], agency=self.agency_name(agency, short=True))
            if agency
            else self.say(KIND[claim.kind])
        )
        return f"{said}, {self.language.date(claim.date)}" if claim.date else said

    def listed(self, claim: Claim) -> str:
        """The heading of a claim as lists name it that hold withdrawn ones too: it says that one is withdrawn."""
        heading = self.heading(claim)
        return self.say("%(claim)s (withdrawn)", claim=heading) if claim.withdrawn else heading

    @once
    def named(self, claim: Claim) -> str:
        """A claim on pages of several companies: its heading under the company's name."""
        company = self.register.companies[claim.company].name
        return self.say("%(company)s: %(what)s", company=company, what=self.heading(claim))

    def publisher_name(self, name: str) -> str:
        publisher = self.register.publisher(name)
        return self.language.text(publisher.name) if publisher else name

    @once
    def maker(self, source: Source) -> str:
        """Whose work a source is, in words."""
        return self.publisher_name(source.publisher_of_record or source.publisher)

    @once
    def dated(self, source: Source) -> str:
        """Publisher and date: how a quote names its source."""
        when = self.language.date(source.issued) or self.say("undated")
        return f"{self.maker(source)}, {when}"

    def told_apart(self, sources: Iterable[Source]) -> dict[str, str]:
        """Publisher and date of each source, by its id. Where two would be called alike, also on whose page each is."""
        named = {source.id: (self.dated(source), source) for source in sources}
        names = [name for name, _ in named.values()]
        return {
            each: f"{name} ({self.publisher_name(source.publisher)})" if names.count(name) > 1 else name
            for each, (name, source) in named.items()
        }

    def absolute(self, path: str) -> str:
        address = path.removesuffix("index.html")
        return self._base + (address if _PLAIN.fullmatch(address) else quote(address))

    @cached_property
    def _base(self) -> str:
        return self.register.site.base_url.rstrip("/") + "/"

    def frame(
        self,
        *parts: str,
        title: str,
        description: str = "",
        section: str = "",
        others: tuple[str, ...] | None = None,
        noindex: bool = False,
        path: str = "",
        feed: str = "",
        scripts: tuple[str, ...] = (),
        cited: Cited | None = None,
        title_lang: str = "",
    ) -> Frame:
        """The frame of the page at `parts`. `others` are the languages it exists in besides this one (default: all).
        `feed` is the page beside which the feed stands that tells what changes on this one. `scripts` run here.
        `cited` is what the page is cited as where a page of its own tells how; others tell it at their foot.
        `title_lang` is the language of the title where it is another."""
        site = self.register.site
        here = path or self.path(*parts)
        codes = tuple(c for c in site.languages if c == self.code or others is None or c in others)
        standing = {code: self.addresses.page(code, *parts) for code in codes}

        around = self._around(here, max(len(parts) - 1, 0), section or (parts[0] if parts else ""))
        languages = [
            Link(
                language(code, code).own_name,
                relative(here, standing.get(code) or self.addresses.page(code)),
                lang=code,
            )
            for code in site.languages
            if code != self.code
        ]
        site_title, publisher = self.site_title, self.publisher
        name, title = title, title if title == site_title else f"{title} – {site_title}"
        url = self.absolute(here)
        own = [(kind, title, relative(here, feed_of(feed) + ending)) for _, kind, ending in KINDS] if feed else []
        return Frame(
            path=here,
            lang=self.language.tag,
            code=self.code,
            title=title,
            description=description or self.language.text(site.description) or site_title,
            site_title=site_title,
            home=around.home,
            menu=around.menu,
            languages=tuple(languages),
            canonical=url,
            alternates=tuple((code, self.absolute(at)) for code, at in standing.items()) if len(standing) > 1 else (),
            root=around.root,
            footer=around.footer,
            contact=contact_href(site.contact),
            licence=self.language.text(site.licence),
            publisher=publisher,
            noindex=noindex,
            feeds=tuple(dict.fromkeys((*own, around.feed))),
            follow=tuple([Link(name, href) for (name, _, _), (_, _, href) in zip(KINDS, own, strict=False)]),
            csp=CSP_OF_SCRIPTS if scripts else CSP,
            scripts=scripts,
            name=name,
            day=cited.day if cited else "",
            cite=() if cited or noindex else formats(self, Cited(_key(here), name, url, lang=title_lang)),
        )

    def _around(self, here: str, below: int, current: str) -> Around:
        """What surrounds the page at `here`. Pages equally far `below` a section differ in no link of it."""
        section = here.rsplit("/", below + 1)[0]
        key = (section + "/" * below, current)
        if key not in self._arounds:
            self._arounds[key] = self._made_around(here, current)
        return self._arounds[key]

    def _made_around(self, here: str, current: str) -> Around:
        def link(text: str, *to: str) -> Link:
            return Link(text, relative(here, self.path(*to)), current=current == to[0])

        menu = [link(self.say("Companies"), "companies")]
        if "demands" in self.sections:
            menu.append(link(self.say("Demands"), "demands"))
        if "timeline" in self.sections:
            menu.append(link(self.say("Timeline"), "timeline"))
        menu.append(link(self.say("Sources"), "sources"))
        if "agencies" in self.sections:
            menu.append(link(self.say("Agencies"), "agencies"))
        menu.append(link(self.say("Search"), "search"))
        prose = [page for name, page in self.pages.items() if name not in IN_PLACE]
        menu += [link(page.menu, page.name) for page in prose if page.menu]
        footer = [link(page.title, page.name) for page in prose]
        footer += [
            link(self.say("Changes"), "changes"),
            link(self.say("Corrections"), "corrections"),
            link(self.say("Weak points"), "weak-points"),
            link(self.say("Data"), "data"),
        ]
        _, kind, ending = KINDS[0]
        title = f"{self.say('Changes')} – {self.language.text(self.register.site.title)}"
        feed = (kind, title, relative(here, feed_of(self.path()) + ending))
        home = relative(here, self.path())
        return Around(tuple(menu), tuple(footer), home, relative(here, "x").removesuffix("x"), feed)


def _key(path: str) -> str:
    """What a reference manager may call a page."""
    return path.removesuffix("index.html").strip("/").replace("/", "-") or "dossier"


def contact_href(contact: str) -> str:
    """The contact as a link: an address without a scheme is an e-mail address."""
    return contact if ":" in contact else f"mailto:{contact}"
