"""What the web says to a question: an answer, with everything exchanged on the way to it, or why there is none."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Literal

from dossier.frozen import dataclass

LARGEST = 30_000_000
"""Bytes of a body, packed or unpacked."""

Why = Literal[
    "robots", "missing", "gone", "forbidden", "busy", "broken", "odd", "slow", "too-large", "tls", "no-host",
    "unreachable", "private", "not-http", "redirects",
]  # fmt: skip
Headers = tuple[tuple[str, str], ...]

_SAID: Mapping[int, tuple[Why, str]] = {
    401: ("forbidden", "the page is for those who are signed in"),
    402: ("forbidden", "the page is for those who pay"),
    403: ("forbidden", "the server does not give the page to programs"),
    404: ("missing", "there is no such page"),
    410: ("gone", "the page was taken away for good"),
    429: ("busy", "the server was asked too often"),
    451: ("forbidden", "the page is withheld for legal reasons"),
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response. `body` is as it was sent, packed where `Content-Encoding` says so; `at` is when, in
    seconds since 1970."""

    url: str
    asked: Headers
    status: int
    reason: str
    headers: Headers
    body: bytes
    at: float

    def header(self, name: str) -> str:
        """The first header of that name, '' where there is none."""
        return next((value for each, value in self.headers if each.lower() == name), "")


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that was given (2xx): its unpacked body, and the exchanges that led to it, redirects first."""

    exchanges: tuple[Exchange, ...]
    body: bytes

    @property
    def last(self) -> Exchange:
        return self.exchanges[-1]

    @property
    def url(self) -> str:
        return self.last.url

    @property
    def status(self) -> int:
        return self.last.status

    @property
    def content_type(self) -> str:
        return self.last.header("content-type")

    @property
    def chain(self) -> tuple[str, ...]:
        """Every address on the way, the one that was asked for first."""
        return tuple(each.url for each in self.exchanges)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no page, in a word for programs and a sentence for people. `wait`: seconds the server asks for."""

    why: Why
    reason: str
    url: str
    status: int | None = None
    wait: float | None = None


class Refused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def refused(why: Why, reason: str, url: str) -> Refused:
    return Refused(Refusal(why, reason, url))


def by_status(exchange: Exchange) -> Refusal:
    """What a status other than 2xx means."""
    status = exchange.status
    unnamed: tuple[Why, str] = ("odd", "the server gave neither the page nor a reason we know")
    if status >= 500:
        unnamed = "broken", "the server is out of order"
    why, reason = _SAID.get(status, unnamed)
    return Refusal(why, f"{reason} ({status})", exchange.url, status, _wait(exchange))


def _wait(exchange: Exchange) -> float | None:
    """`Retry-After` (RFC 9110 section 10.2.3) in seconds. A date is counted from the server's own `Date`, so that its
    clock need not be ours."""
    asked = exchange.header("retry-after").strip()
    if asked.isascii() and asked.isdigit() and len(asked) <= 9:
        return float(asked)
    try:
        until, since = parsedate_to_datetime(asked), parsedate_to_datetime(exchange.header("date"))
        return max(0.0, (until - since).total_seconds())
    except (ValueError, TypeError):
        return None


def unpacked(exchange: Exchange) -> bytes:
    """The body without its packing. Raises `Refused` for one we did not ask for, that is damaged or grows too large."""
    body = exchange.body
    for packing in reversed([each.strip().lower() for each in exchange.header("content-encoding").split(",")]):
        if packing in ("gzip", "x-gzip", "deflate"):
            body = _inflated(body, exchange.url)
        elif packing in ("br", "zstd", "compress", "x-compress"):
            raise refused("odd", f"the page is packed as {packing}, which was not asked for", exchange.url)
    return body


def _inflated(body: bytes, url: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while body:
            # 47: gzip or zlib, whichever it begins with. Some servers call a bare stream deflate.
            inflate = zlib.decompressobj(-15 if body[:2] != b"\x1f\x8b" and body[0] & 15 != 8 else 47)
            parts.append(inflate.decompress(body, LARGEST + 1 - size))
            size += len(parts[-1])
            if size > LARGEST:
                raise refused("too-large", f"the page unpacks to more than {LARGEST // 1_000_000} MB", url)
            if not inflate.eof:
                raise zlib.error("cut short")
            body = inflate.unused_data if inflate.unused_data[:2] == b"\x1f\x8b" else b""
    except zlib.error as error:
        raise refused("odd", "the page is packed, and the packing is damaged", url) from error
    return b"".join(parts)
