"""One language's edition of the dossier: what every page of it is made with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from urllib.parse import quote

from dossier.addresses import IN_PLACE, Addresses, relative
from dossier.language import Language, language
from dossier.model import Agency, Claim, Company, ContentPage, Source
from dossier.pages import Frame
from dossier.plan.vocabulary import KIND, WITH
from dossier.register import Register
from dossier.shelf import note
from dossier.views import Link


@dataclass(frozen=True, slots=True)
class Around:
    """What pages share that stand beside each other: menu and foot, the way home and that to the root."""

    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    home: str
    root: str


@dataclass(frozen=True, eq=False)
class Edition:
    """The register, the language to say it in, where pages stand, and the date of the build."""

    register: Register
    language: Language
    addresses: Addresses
    today: date
    sections: frozenset[str] = frozenset({"timeline", "agencies", "demands"})
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

    def path(self, *parts: str) -> str:
        if not parts:
            return self.addresses.page(self.code)
        section, *rest = parts
        if section not in self._stems:
            self._stems[section] = self.addresses.page(self.code, section).removesuffix("/index.html")
        return "/".join((self._stems[section], *rest, "index.html"))

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

    def source_href(self, here: str, source: str) -> str:
        return relative(here, self.path("sources", source))

    def agency_name(self, agency: Agency, short: bool = False) -> str:
        if short and agency.abbreviation:
            return self.language.text(agency.abbreviation)
        return self.language.text(agency.name)

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

    def publisher_name(self, name: str) -> str:
        publisher = self.register.publisher(name)
        return self.language.text(publisher.name) if publisher else name

    def maker(self, source: Source) -> str:
        """Whose work a source is, in words."""
        return self.publisher_name(source.publisher_of_record or source.publisher)

    def dated(self, source: Source) -> str:
        """Publisher and date: how a quote names its source."""
        when = self.language.date(source.issued) or self.say("undated")
        return f"{self.maker(source)}, {when}"

    def absolute(self, path: str) -> str:
        return self.register.site.base_url.rstrip("/") + "/" + quote(path.removesuffix("index.html"))

    def frame(
        self,
        *parts: str,
        title: str,
        description: str = "",
        section: str = "",
        others: tuple[str, ...] | None = None,
        noindex: bool = False,
        path: str = "",
    ) -> Frame:
        """The frame of the page at `parts`. `others` are the languages it exists in besides this one (default: all)."""
        site = self.register.site
        here = path or self.path(*parts)
        codes = tuple(c for c in site.languages if c == self.code or others is None or c in others)
        standing = {code: self.addresses.page(code, *parts) for code in codes}

        around = self._around(here, len(parts) > 1, section or (parts[0] if parts else ""))
        languages = [
            Link(
                language(code, code).own_name,
                relative(here, standing.get(code) or self.addresses.page(code)),
                lang=code,
            )
            for code in site.languages
            if code != self.code
        ]
        site_title = self.language.text(site.title)
        return Frame(
            path=here,
            lang=self.language.tag,
            code=self.code,
            title=title if title == site_title else f"{title} – {site_title}",
            description=description or self.language.text(site.description) or site_title,
            site_title=site_title,
            home=around.home,
            menu=around.menu,
            languages=tuple(languages),
            canonical=self.absolute(here),
            alternates=tuple((code, self.absolute(at)) for code, at in standing.items()) if len(standing) > 1 else (),
            root=around.root,
            footer=around.footer,
            contact=contact_href(site.contact),
            licence=self.language.text(site.licence),
            publisher=self.language.text(site.publisher),
            noindex=noindex,
        )

    def _around(self, here: str, below: bool, current: str) -> Around:
        """What surrounds the page at `here`. Pages `below` that of a section differ in no link of it."""
        folder = here.rpartition("/")[0]
        key = (folder.rpartition("/")[0] + "/" if below else folder, current)
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
        prose = [page for name, page in self.pages.items() if name not in IN_PLACE]
        menu += [link(page.menu, page.name) for page in prose if page.menu]
        footer = [link(page.title, page.name) for page in prose]
        footer += [
            link(self.say("Changes"), "changes"),
            link(self.say("Corrections"), "corrections"),
            link(self.say("Data"), "data"),
        ]
        return Around(tuple(menu), tuple(footer), relative(here, self.path()), relative(here, "x").removesuffix("x"))


def contact_href(contact: str) -> str:
    """The contact as a link: an address without a scheme is an e-mail address."""
    return contact if ":" in contact else f"mailto:{contact}"


@lru_cache(maxsize=20_000)
def _in_fragment(word: str) -> str:
    return quote(word, safe="").replace("-", "%2D")


def text_fragment(url: str, words: str) -> str:
    """A link to the place in a page where `words` stand (WICG, 'URL Fragment Text Directives')."""
    directive = ":~:text=" + "%20".join(map(_in_fragment, words.split(" ")))
    return f"{url}{directive}" if "#" in url else f"{url}#{directive}"
