"""Feeds of the site, its corrections, each company and each agency: the latest entries of what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from operator import attrgetter

from dossier.addresses import feed_of
from dossier.feed import MOST, Feed, FeedEntry
from dossier.frozen import fields
from dossier.model import Company
from dossier.pages import Page
from dossier.plan.companies import corrections_of
from dossier.plan.edition import Edition
from dossier.plan.lines import Line, Lines, written
from dossier.plan.news import News, about_company, of_correction, of_rest, tag

CHANGES, CORRECTIONS, AGENCIES = "changes", "corrections", "agencies/"
_values = attrgetter(*(field.name for field in fields(FeedEntry)))


def from_company(edition: Edition, news: Iterable[News]) -> Iterator[Line]:
    """What a company, whose own news these are, hands to the feeds of the site and of agencies: no more than one of
    them could show."""
    given: dict[str, int] = {}
    for each in sorted(news, key=_place):
        for name, line in zip((CHANGES, *each.agencies), _lines(edition, each), strict=True):
            given[name] = given.get(name, 0) + 1
            if given[name] <= MOST:
                yield line


def from_others(edition: Edition) -> Iterator[Line]:
    """What corrections, demands and removals hand in."""
    for correction in edition.register.corrections.values():
        news = of_correction(edition, correction)
        yield from _lines(edition, news)
        yield _list(edition, CORRECTIONS), news.place, _written(news)
    for news in of_rest(edition):
        yield from _lines(edition, news)


def _lines(edition: Edition, news: News) -> Iterator[Line]:
    told = _written(news)
    yield _list(edition, CHANGES), news.place, told
    for agency in news.agencies:
        yield _list(edition, AGENCIES + agency), news.place, told


def _list(edition: Edition, name: str) -> str:
    return f"feed/{edition.code}/{name}"


def _written(news: News) -> str:
    return written(_values(news.entry))


def company_feed(edition: Edition, page: Page, company: Company, own: Iterable[News], built: str) -> Feed:
    """A company's feed, made of its own news and of what others tell of it. `built` is the day of the build."""
    register = edition.register
    others = about_company(edition, company, corrections_of(edition, company))
    news = sorted((*own, *others), key=_place)
    checked = (claim.verified for claim in register.claims_of.get(company.id, ()) if not news and claim.verified)
    quiet = max((min(day.latest.isoformat(), built) for day in checked), default=edition.locked or built)
    return _feed(edition, page, page.frame.path, (each.entry for each in news), quiet)


def listed_feed(edition: Edition, page: Page, lines: Lines, kind: str, name: str, built: str) -> Feed:
    """The feed of the changes, of the corrections, or of the agency `name`, made of lines."""
    about = AGENCIES + name if kind == "agency" else kind
    entries = (FeedEntry(*told) for told in lines.of(_list(edition, about)))
    at = edition.path() if kind == CHANGES else page.frame.path
    return _feed(edition, page, at, entries, edition.locked or built)


def _feed(edition: Edition, page: Page, at: str, entries: Iterable[FeedEntry], quiet: str) -> Feed:
    """The feed beside the page at `at`, about the changes that `page` shows. `quiet` is the day of a feed without
    entries: the last one known, that of the build only for want of any."""
    frame, chosen, path = page.frame, tuple(islice(entries, MOST)), feed_of(at)
    updated = max((entry.updated for entry in chosen), default=quiet)
    return Feed(
        path,
        tag(edition.register.site.base_url, edition.code) + path,
        edition.absolute(path),
        frame.canonical,
        frame.lang,
        frame.title,
        frame.description,
        frame.publisher,
        frame.licence,
        updated,
        chosen,
    )


def _place(news: News) -> str:
    return news.place
