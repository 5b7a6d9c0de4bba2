"""Which address a page has, whatever its reader came by; and which source has that page already."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from dossier.checks.tracking_parameters import TRACKING
from dossier.model import Source
from dossier.patterns import regex
from dossier.values import HIDDEN, URL

_FRONT = regex(r"(?:www|m|amp|mobile)\.")
_END = regex(r"(?:/index\.html?|/amp)?/*$")


def cleaned(url: str) -> str:
    """The address without fragment and without parameters that follow readers; '' for what is no address of a page."""
    parts = _parts(url)
    if parts is None:
        return ""
    kept = [pair for pair in parts.query.split("&") if not TRACKING.fullmatch(pair.partition("=")[0])]
    return parts._replace(query="&".join(kept), fragment="").geturl()


def site_of(url: str) -> str:
    """The host without what only says how it is shown: www, m, amp."""
    parts = _parts(url)
    return _FRONT.sub("", (parts.hostname or "").lower(), count=1) if parts else ""


def path_of(url: str) -> str:
    """The path without slashes at its end."""
    parts = _parts(url)
    return _END.sub("", parts.path) if parts else ""


def source_at(urls: Iterable[str], sources: Iterable[Source]) -> Source | None:
    """The source whose address is that of the same page as one of these."""
    wanted = {_key(url) for url in urls} - {""}
    return next((each for each in sources if each.url and _key(each.url) in wanted), None)


def _key(url: str) -> str:
    parts = _parts(cleaned(url))
    if parts is None:
        return ""
    query = "&".join(sorted(parts.query.split("&")))
    port = parts.netloc.rpartition(":")[2] if ":" in parts.netloc else ""
    return f"{site_of(url)}:{port}{path_of(url)}?{query}"


def _parts(url: str) -> SplitResult | None:
    if not URL.fits(url) or HIDDEN.search(url) or len(url) > 2_000:
        return None
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and "@" not in parts.netloc else None
    except ValueError:
        return None
