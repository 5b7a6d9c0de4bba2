"""Feeds: what changed, for programs that look again and again."""

from __future__ import annotations

from dossier.frozen import dataclass

MOST = 100
"""Entries of a feed. The pages of changes have all of them."""
KINDS = (("Atom", "application/atom+xml", ".xml"), ("JSON Feed", "application/feed+json", ".json"))
"""The formats a feed is published in: name, media type, ending of the file."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One change. `id` is a tag URI (RFC 4151), permanent, and the same in every feed that has the entry; `published`
    and `updated` are days (ISO 8601), `title` is text, `html` markup whose links are absolute."""

    id: str
    url: str
    kind: str
    title: str
    published: str
    updated: str
    html: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of a page, the latest entry first. `path` is that of its files without their endings, `address` the same
    as an absolute address; `page` the address of the page whose changes it tells; `updated` a day."""

    path: str
    id: str
    address: str
    page: str
    lang: str
    title: str
    about: str
    author: str
    rights: str
    updated: str
    entries: tuple[FeedEntry, ...] = ()
