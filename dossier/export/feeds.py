"""Feeds as files: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org/version/1.1). Part of `export`.

Days become midnight in UTC: no clock is asked. Put together by hand, since a dossier has thousands of feeds and a tree
of elements takes several times as long. What XML cannot hold is no text of a dossier: reading refuses it
(`values.HIDDEN`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from dossier.export.addresses import in_quotes
from dossier.feed import KINDS, Feed, FeedEntry
from dossier.json_text import encoder
from dossier.pages import File

_encode = encoder(spaced=False)


def files_of_feed(feed: Feed, wanted: Callable[[str], bool]) -> Iterator[File]:
    """The feed in both formats, as far as their paths are `wanted`."""
    for (_, _, ending), make in zip(KINDS, (as_atom, as_json_feed), strict=True):
        if wanted(path := feed.path + ending):
            yield File(path, make(feed).encode())


def as_atom(feed: Feed) -> str:
    entries = "".join(map(_atom_entry, feed.entries))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.lang}">\n'
        f"<id>{escape(feed.id, quote=False)}</id>\n"
        f"<title>{escape(feed.title, quote=False)}</title>\n"
        f"<subtitle>{escape(feed.about, quote=False)}</subtitle>\n"
        f'<link rel="self" type="application/atom+xml" href="{in_quotes(feed.address)}.xml"/>\n'
        f'<link rel="alternate" type="text/html" href="{in_quotes(feed.page)}"/>\n'
        f"<updated>{_time(feed.updated)}</updated>\n"
        f"<author><name>{escape(feed.author, quote=False)}</name></author>\n"
        f"<rights>{escape(feed.rights, quote=False)}</rights>\n"
        f"{entries}</feed>\n"
    )


def _atom_entry(entry: FeedEntry) -> str:
    return (
        "<entry>\n"
        f"<id>{escape(entry.id, quote=False)}</id>\n"
        f"<title>{escape(entry.title, quote=False)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{in_quotes(entry.url)}"/>\n'
        f"<published>{_time(entry.published)}</published>\n"
        f"<updated>{_time(entry.updated)}</updated>\n"
        f'<category term="{in_quotes(entry.kind)}"/>\n'
        f'<content type="html">{escape(entry.html, quote=False)}</content>\n'
        "</entry>\n"
    )


def as_json_feed(feed: Feed) -> str:
    """A line for what the feed is, and one for each entry, so that a change shows as one."""
    about = _encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.page,
            "feed_url": f"{feed.address}.json",
            "description": feed.about,
            "language": feed.lang,
            "authors": [{"name": feed.author}],
            "_rights": {"licence": feed.rights},
        }
    )
    items = ",\n".join(map(_json_item, feed.entries))
    return f'{about[:-1]},\n"items":[\n{items}\n]}}\n' if items else f'{about[:-1]},\n"items":[]}}\n'


def _json_item(entry: FeedEntry) -> str:
    return _encode(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_html": entry.html,
            "date_published": _time(entry.published),
            "date_modified": _time(entry.updated),
            "tags": [entry.kind],
        }
    )


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"
