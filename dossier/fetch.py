"""A polite way to ask the web for a page.

It says who asks, does what `robots.txt` says (RFC 9309), leaves each host a pause, waits as long as a busy server asks,
and gives up in plain words. Addresses come from strangers, so it reaches public machines only, follows redirects by
itself, and bounds sizes and times. No cookies, no proxy, no script.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable

import httpcore2
import httpx2

from dossier import __version__
from dossier.answers import LARGEST, Answer, Exchange, Refusal, Refused, by_status, refused, unpacked
from dossier.patterns import regex
from dossier.reach import Dialler, NoSuchHost, Private
from dossier.robots import AGENT, Robots
from dossier.robots import LARGEST as LARGEST_ROBOTS

MOST_HOPS = 10
LONGEST_WAIT = 120.0
"""Seconds that a busy server may have us wait; where it asks for more, we come again another day."""
LONGEST_URL = 8_000
_STEP = {"connect": 20.0, "read": 30.0, "write": 20.0, "pool": 5.0}
_REDIRECTS = (301, 302, 303, 307, 308)
_AGAIN = ("busy", "broken", "unreachable")
"""Refusals that may have passed a little later."""
_HOST = regex(r"[A-Za-z0-9._-]*|[0-9A-Fa-f:.]+")
_SAYS_NO = "its robots.txt asks programs to stay away"
_SAYS_NOTHING = "its robots.txt could not be had, so that programs may ask for nothing"
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.1"


def agent(repository: str) -> str:
    """How we say who asks: the program, and where to find those who run it."""
    return f"{AGENT}/{__version__} (+{''.join(each for each in repository if '!' <= each <= '~')})"


class Client:
    """Asks for pages, one at a time. `pause` is in seconds between two pages of a host, `whole` for one answer with its
    redirects, `tries` how often a server that is out of order is asked. `allow_local` lets it reach this machine, which
    only tests want; `obey_robots=False` is for interfaces made for programs."""

    def __init__(
        self,
        name: str,
        pause: float = 5.0,
        whole: float = 60.0,
        tries: int = 3,
        allow_local: bool = False,
        obey_robots: bool = True,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        instant: Callable[[], float] = time.time,
    ) -> None:
        self._name, self._pause, self._whole, self._tries = name, pause, whole, tries
        self._allow_local, self._obey_robots = allow_local, obey_robots
        self._sleep, self._monotonic, self._instant = sleep, monotonic, instant
        self._tls: ssl.SSLContext = httpx2.create_ssl_context()
        self._ready: dict[str, float] = {}
        self._robots: dict[str, Robots] = {}

    def ready_in(self, url: str) -> float:
        """Seconds until the host may be asked again."""
        return max(0.0, self._ready.get(host_of(url), 0.0) - self._monotonic())

    def fetch(self, url: str) -> Answer | Refusal:
        """The page, or why not. A server that is busy or out of order is asked again after what it asks for, else after
        one pause, two, four."""
        for turn in range(1, self._tries + 1):
            self._sleep_for(self.ready_in(url))
            try:
                return self._asked(url)
            except Refused as error:
                refusal = error.refusal
            finally:
                self._ready[host_of(url)] = self._monotonic() + max(self._pause, self._delay(url))
            if refusal.why not in _AGAIN or turn == self._tries:
                break
            wait = self._pause * 2 ** (turn - 1) if refusal.wait is None else refusal.wait
            if wait > LONGEST_WAIT:
                break
            self._sleep_for(wait)
        return refusal

    def _sleep_for(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)

    def _asked(self, url: str) -> Answer:
        exchanges = self._followed(url, self._monotonic() + self._whole, LARGEST, self._obey_robots)
        if not 200 <= exchanges[-1].status < 300:
            raise Refused(by_status(exchanges[-1]))
        return Answer(exchanges, unpacked(exchanges[-1]))

    def _followed(self, url: str, deadline: float, largest: int, obey: bool) -> tuple[Exchange, ...]:
        """The exchanges from `url` to where its redirects end; each hop is looked at like the first."""
        exchanges: list[Exchange] = []
        here = _parsed(url, url)
        while True:
            if obey and not (robots := self._rules(here)).allows(str(here)):
                raise refused("robots", _SAYS_NO if robots.reachable else _SAYS_NOTHING, str(here))
            exchange = self._exchanged(here, deadline, largest)
            exchanges.append(exchange)
            target = exchange.header("location")
            if exchange.status not in _REDIRECTS or not target:
                return tuple(exchanges)
            here = _parsed(target, url, here)
            if str(here) in {each.url for each in exchanges}:
                raise refused("redirects", "the page sends on in a circle", str(here))
            if len(exchanges) > MOST_HOPS:
                raise refused("redirects", f"the page sends on more than {MOST_HOPS} times", url)

    def _exchanged(self, url: httpx2.URL, deadline: float, largest: int) -> Exchange:
        headers = {"User-Agent": self._name, "Accept": _ACCEPT, "Accept-Encoding": "gzip", "Connection": "close"}
        request = httpx2.Request("GET", url, headers=headers)
        where = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        dialler = Dialler(self._allow_local, deadline, self._monotonic)
        at = self._instant()
        parts: list[bytes] = []
        size = 0
        try:
            with (
                httpcore2.ConnectionPool(self._tls, network_backend=dialler) as pool,
                pool.stream("GET", where, headers=request.headers.raw, extensions={"timeout": _STEP}) as response,
            ):
                for part in response.iter_stream():
                    size += len(part)
                    if size > largest:
                        raise refused("too-large", f"the page is larger than {largest // 1_000_000} MB", str(url))
                    parts.append(part)
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise _without_answer(error, str(url), self._whole) from error
        except NoSuchHost as error:
            raise refused("no-host", f"there is no machine called {host_of(str(url))}", str(url)) from error
        except Private as error:
            raise refused("private", "the address leads into a private network, not to the web", str(url)) from error
        reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
        asked, answered = _as_text(request.headers.raw), _as_text(response.headers)
        return Exchange(str(url), asked, response.status, reason, answered, b"".join(parts), at)

    def _rules(self, url: httpx2.URL) -> Robots:
        """The rules of the host, asked for once; no answer to that is an answer (RFC 9309 section 2.3.1.4)."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._robots:
            deadline = self._monotonic() + min(self._whole, 20.0)
            try:
                last = self._followed(f"{origin}/robots.txt", deadline, LARGEST_ROBOTS * 2, False)[-1]
                self._robots[origin] = Robots.of(last.status, unpacked(last))
            except Refused as error:
                if error.refusal.why in ("no-host", "private", "tls", "unreachable", "slow"):
                    raise
                self._robots[origin] = Robots(reachable=False)
        return self._robots[origin]

    def _delay(self, url: str) -> float:
        """What the host's rules ask for, if they were read."""
        host = host_of(url)
        return max((each.delay for origin, each in self._robots.items() if host_of(origin) == host), default=0.0)


def _as_text(headers: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def host_of(url: str) -> str:
    """The name of the machine an address leads to; '' where it cannot be read."""
    try:
        return httpx2.URL(url).host.lower()
    except (httpx2.InvalidURL, ValueError):
        return ""


def _parsed(target: str, url: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """An address to ask for, without its fragment: `target` as it stands or, from a redirect, as seen from `base`."""
    try:
        if len(target) > LONGEST_URL:
            raise ValueError("too long")
        found = (base.join(target) if base else httpx2.URL(target)).copy_with(fragment=None)
        if not _HOST.fullmatch(found.raw_host.decode("ascii")):
            raise ValueError("no name of a machine")
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise refused("not-http", "the address cannot be read", url) from error
    sent = "the page sends on to" if base else "the address is"
    if found.scheme not in ("http", "https") or not found.host:
        raise refused("not-http", f"{sent} {target[:200]!r}, which is no page of the web", url)
    if found.userinfo:
        raise refused("not-http", f"{sent} one with a name or password in it", url)
    return found


def _without_answer(error: Exception, url: str, whole: float) -> Refused:
    """Why a connection came to nothing."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__context__  # the library cuts the cause off
    if cause is not None:
        detail = getattr(cause, "verify_message", "") or "no secure connection came about"
        return refused("tls", f"the server does not prove that it is the one: {detail}", url)
    if isinstance(error, httpcore2.TimeoutException):
        return refused("slow", f"no whole answer came within {whole:g} seconds", url)
    if isinstance(error, httpcore2.ProtocolError):
        return refused("unreachable", "the server broke off, or does not answer as the web does", url)
    return refused("unreachable", "no connection to the server came about", url)
