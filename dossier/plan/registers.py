"""The lists of companies and of sources: on one page, or a page a letter."""

from __future__ import annotations

from heapq import nlargest
from itertools import groupby
from typing import Any

from dossier.addresses import relative
from dossier.listing import CompaniesPage, CompanyRow
from dossier.pages import Page
from dossier.plan.companies import sort_key
from dossier.plan.comparable import compare_link
from dossier.plan.counts import Counts
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines
from dossier.plan.paging import in_alphabet, lettered, letters, part_of_letter
from dossier.plan.sources import disclosure_of
from dossier.plan.tabled import rule
from dossier.source_page import Share, SourcesPage
from dossier.views import Letter, Link

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_SHARES = 12


def entries(lines: Lines, family: str, here: str) -> list[Any]:
    """All companies of a list as entries, in order: whether each is kept apart, and the entry."""
    told = (each for name in letters(lines.lengths(family)).values() for each in lines.of(name, here))
    return [(apart, entry) for apart, entry, _ in told]


def alphabet(found: dict[str, str]) -> tuple[Letter, ...]:
    """The alphabet as links; letters with nothing under them stand there without one. `found` is letter to address."""
    known = [*ALPHABET, *(letter for letter in found if letter not in ALPHABET)]
    return tuple(Letter(each, found.get(each, "")) for each in known)


def companies_page(edition: Edition, lines: Lines, letter: str = "") -> Page:
    """All companies, A to Z, those kept apart under their own heading; or those of one letter."""
    family = f"companies/{edition.code}"
    lengths = lines.lengths(family)
    total, parts = sum(lengths.values()), lettered(lengths)
    path = ("companies", part_of_letter(letter)) if letter else ("companies",)
    here = edition.path(*path)
    lists = [letter] if letter else [] if parts else letters(lengths)
    told = [each for name in lists for each in lines.of(f"{family}/{name}", here)]
    shown: list[tuple[bool, CompanyRow]] = [(apart, row) for apart, _, row in told]
    if parts:
        found = {each: relative(here, edition.path("companies", part_of_letter(each))) for each in parts}
    else:
        first: dict[str, str] = {}
        for _, each in shown:
            first.setdefault(each.letter, f"#{each.anchor}")
        found = dict(sorted(first.items()))
    title = edition.say("Companies, A to Z")
    return CompaniesPage(
        frame=edition.frame(
            *path,
            title=f"{edition.say('Companies')}, {letter}" if letter else edition.say("Companies"),
            scripts=("companies",) if len(shown) > 1 else (),
        ),
        title=f"{edition.say('Companies')}, {letter}" if letter else title,
        lede=edition.say(
            "%(companies)s in alphabetical order. The order says nothing about them.",
            companies=edition.count("%(n)s company", "%(n)s companies", len(shown) if letter else total),
        ),
        trail=(Link(title, relative(here, edition.path("companies"))),) if letter else (),
        letters=alphabet(found),
        rows=tuple(row for apart, row in shown if not apart),
        apart=tuple(row for apart, row in shown if apart),
        total=edition.count("of %(n)s company shown", "of %(n)s companies shown", len(shown)) if shown else "",
        rule=rule(edition, here),
        compare=compare_link(edition, here),
    )


def letters_of_sources(codes: tuple[str, ...], lines: Lines) -> list[str]:
    """The letters that sources have pages for, in every language: those of all languages together, since a publisher
    may begin with another one in another, and every page has its counterpart."""
    return in_alphabet(each for code in codes for each in lettered(lines.lengths(f"sources/{code}")))


def sources_page(edition: Edition, lines: Lines, counts: Counts | None, letter: str = "") -> Page:
    """Sources under their publishers, and how much of the evidence each publisher carries; or those of one letter."""
    family = f"sources/{edition.code}"
    lengths = lines.lengths(family)
    parts = letters_of_sources(edition.register.languages, lines)
    path = ("sources", part_of_letter(letter)) if letter else ("sources",)
    here = edition.path(*path)
    lists = [letter] if letter else [] if parts else letters(lengths)
    told = [each for name in lists for each in lines.of(f"{family}/{name}", here)]
    groups = []
    for name, mine in groupby(told, key=lambda each: each[0]):
        held = list(mine)
        groups.append((name, held[0][1], tuple(row for _, _, row in held)))
    found = {each: relative(here, edition.path("sources", part_of_letter(each))) for each in parts}
    title = edition.say("Sources")
    return SourcesPage(
        frame=edition.frame(*path, title=f"{title}, {letter}" if letter else title),
        title=f"{title}, {letter}" if letter else title,
        trail=(Link(title, relative(here, edition.path("sources"))),) if letter else (),
        lede=_lede(edition, counts) if counts else edition.count("%(n)s source", "%(n)s sources", len(told)),
        letters=alphabet(found) if parts else (),
        groups=tuple(groups),
        shares=_shares(edition, counts) if counts else (),
    )


def _lede(edition: Edition, counts: Counts) -> str:
    said = edition.count(
        "%(n)s source was read, whole or in part.", "%(n)s sources were read, whole or in part.", counts.sources_read
    )
    if unread := counts.read["none"]:
        said += " " + edition.count(
            "%(n)s more is an original known only through others: it ends a lineage and supports no quote.",
            "%(n)s more are originals known only through others: they end a lineage and support no quote.",
            unread,
        )
    return said


def _shares(edition: Edition, counts: Counts) -> tuple[Share, ...]:
    """The publishers that most claims rest on."""
    least = min(nlargest(MOST_SHARES, counts.makers.values()), default=0)
    named = {key: edition.publisher_name(key) for key, claims in counts.makers.items() if claims >= least}
    order = sorted(named, key=lambda key: (-counts.makers[key], sort_key(named[key]), named[key]))
    return tuple(
        Share(
            named[key],
            edition.count("%(n)s source", "%(n)s sources", counts.sources_of[key]),
            edition.count("%(n)s claim", "%(n)s claims", counts.makers[key]),
            f"{100 * counts.makers[key] / (counts.claims or 1):.1f}%",
            disclosure_of(edition, key),
        )
        for key in order[:MOST_SHARES]
    )
