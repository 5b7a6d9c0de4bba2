"""The polite client against a web of this machine: what it gets, what it refuses, how long it waits."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from email.utils import formatdate
from io import BytesIO
from typing import Any

import pytest
from httpcore2 import ConnectTimeout
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from dossier.answers import LARGEST, Answer, Refusal
from dossier.fetch import Client, agent
from dossier.reach import Dialler, NoSuchHost, Private, addresses, is_public
from dossier.robots import Robots
from dossier.warc import warc
from tests.web import Clock, Handler, Reply, Web, html, moved, web

AT = 1_795_000_000.0


@pytest.fixture
def here() -> Iterator[Web]:
    with web() as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


def client(clock: Clock, **options: Any) -> Client:
    given = {"allow_local": True, "sleep": clock.sleep, "monotonic": clock.monotonic, "instant": lambda: AT}
    return Client("dossier/0 (+https://code.example/d)", **{**given, **options})


def had(answer: Answer | Refusal) -> Answer:
    assert isinstance(answer, Answer), answer
    return answer


def refusal(answer: Answer | Refusal) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer


def test_a_page_with_all_that_was_exchanged(here: Web, clock: Clock) -> None:
    here.answers["/a?b=c"] = html("Rye bread")
    answer = had(client(clock).fetch(here.url("/a?b=c#part")))
    assert b"Rye bread" in answer.body
    assert (answer.status, answer.content_type) == (200, "text/html; charset=utf-8")
    assert answer.chain == (here.url("/a?b=c"),)
    assert here.asked == ["/robots.txt", "/a?b=c"]
    assert {each["user-agent"] for each in here.heard} == {"dossier/0 (+https://code.example/d)"}
    assert not any("cookie" in each for each in here.heard)
    assert clock.slept == []


def test_who_asks() -> None:
    assert agent("https://code.example/d\r\nX: y").endswith(" (+https://code.example/dX:y)")


def _packed(how: str, body: bytes) -> Reply:
    return Reply(body, headers=(("Content-Encoding", how),))


RAW = zlib.compressobj(wbits=-15)
TABLE: list[tuple[str, Reply | list[Reply], str, str, int]] = [
    ("missing", Reply(status=404), "missing", "there is no such page (404)", 1),
    ("gone", Reply(status=410), "gone", "the page was taken away for good (410)", 1),
    ("forbidden", Reply(status=403), "forbidden", "the server does not give the page to programs (403)", 1),
    ("law", Reply(status=451), "forbidden", "the page is withheld for legal reasons (451)", 1),
    ("teapot", Reply(status=418), "odd", "the server gave neither the page nor a reason we know (418)", 1),
    ("busy", Reply(status=429), "busy", "the server was asked too often (429)", 3),
    ("broken", Reply(status=503), "broken", "the server is out of order (503)", 3),
    ("mended", [Reply(status=500), html("Rye")], "", "Rye", 2),
    ("no longer busy", [Reply(status=429, headers=(("Retry-After", "7"),)), html("Rye")], "", "Rye", 2),
    ("gzip", _packed("gzip", gzip.compress(b"Rye")), "", "Rye", 1),
    ("two gzips", _packed("x-gzip", gzip.compress(b"R") + gzip.compress(b"ye")), "", "Rye", 1),
    ("deflate", _packed("deflate", zlib.compress(b"Rye")), "", "Rye", 1),
    ("bare deflate", _packed("deflate", RAW.compress(b"Rye") + RAW.flush()), "", "Rye", 1),
    ("cut short", _packed("gzip", gzip.compress(b"Rye" * 99)[:-9]), "odd", "packing is damaged", 1),
    ("no gzip", _packed("gzip", b"Rye"), "odd", "packing is damaged", 1),
    ("unasked", _packed("br", b"Rye"), "odd", "packed as br, which was not asked for", 1),
    ("a bomb", _packed("gzip", gzip.compress(bytes(LARGEST + 1))), "too-large", "unpacks to more than 30 MB", 1),
    ("in a circle", moved("/page"), "redirects", "sends on in a circle", 1),
    ("to a file", moved("file:///etc/passwd"), "not-http", "sends on to 'file:///etc/passwd'", 1),
    ("to a script", moved("javascript:alert(1)"), "not-http", "which is no page of the web", 1),
    ("with a name", moved("http://me:word@127.0.0.1/"), "not-http", "with a name or password in it", 1),
    ("to nowhere", moved("http://[/"), "not-http", "cannot be read", 1),
    ("to no host", moved("http://nowhere.invalid/"), "no-host", "there is no machine called nowhere.invalid", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reply", "why", "says", "times"), TABLE, ids=[row[0] for row in TABLE])
def test_what_comes_of_an_answer(
    name: str, reply: Reply | list[Reply], why: str, says: str, times: int, here: Web, clock: Clock
) -> None:
    here.answers["/page"] = list(reply) if isinstance(reply, list) else reply
    answer = client(clock).fetch(here.url("/page"))
    if why:
        assert refusal(answer).why == why
        assert says in refusal(answer).reason
    else:
        assert says.encode() in had(answer).body
    assert here.pages == ["/page"] * times


def test_waits_double_and_are_the_same_each_time(here: Web, clock: Clock) -> None:
    here.answers["/page"] = Reply(status=503)
    refusal(client(clock, tries=4).fetch(here.url("/page")))
    assert clock.slept == [5, 10, 20]


@pytest.mark.parametrize(
    ("after", "slept"),
    [
        ("7", [7]),
        ("0", [5]),  # it may come again at once, but our own pause holds
        ("120", [120]),
        ("121", None),  # longer than a run may wait
        ("99999999999", [5]),  # no number of seconds
        ("soon", [5]),
        (formatdate(AT + 30, usegmt=True), [30]),
        (formatdate(AT - 30, usegmt=True), [5]),
        (formatdate(AT + 3600, usegmt=True), None),
    ],
)
def test_waits_as_long_as_a_busy_server_asks(after: str, slept: list[float] | None, here: Web, clock: Clock) -> None:
    def busy(handler: Handler) -> None:
        if len(here.pages) > 1:
            return html("Rye").give(handler)
        handler.send_response_only(429)
        handler.send_header("Date", formatdate(AT, usegmt=True))
        handler.send_header("Retry-After", after)
        handler.send_header("Content-Length", "0")
        return handler.end_headers()

    here.answers["/page"] = busy
    answer = client(clock).fetch(here.url("/page"))
    if slept is None:
        assert refusal(answer).why == "busy"
        assert clock.slept == []
    else:
        had(answer)
        assert clock.slept == slept


def test_a_pause_between_pages_of_a_host_and_none_between_hosts(here: Web, clock: Clock) -> None:
    here.answers |= {"/a": html("A"), "/b": html("B")}
    asking = client(clock)
    for path, host in (("/a", "127.0.0.1"), ("/a", "localhost"), ("/b", "127.0.0.1")):
        had(asking.fetch(here.url(path, host)))
    assert clock.slept == [5]
    assert asking.ready_in(here.url("/c")) == pytest.approx(5, abs=1)


def test_a_host_may_want_longer_pauses(here: Web, clock: Clock) -> None:
    here.answers |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 9\n"), "/a": html("A"), "/b": html("B")}
    asking = client(clock)
    had(asking.fetch(here.url("/a")))
    had(asking.fetch(here.url("/b")))
    assert clock.slept == [9]
    assert here.asked.count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (Reply(b"User-agent: *\nDisallow: /private"), True),
        (Reply(b"User-agent: *\nDisallow: /page"), False),
        (Reply(b"User-agent: dossier\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (Reply(b"User-agent: *\nDisallow: /\n\nUser-agent: Dossier\nAllow: /"), True),
        (Reply(status=404), True),
        (Reply(status=403), True),
        (Reply(status=500), False),
        (Reply(status=503), False),
        (Reply(b"\xef\xbb\xbfUser-agent: *\nDisallow: /page"), False),
        (Reply(b"\xff\xfe\x00" * 99), True),
        (moved("/rules"), False),
    ],
)
def test_robots(robots: Reply, allowed: bool, here: Web, clock: Clock) -> None:
    rules = Reply(b"User-agent: *\nDisallow: /page")
    here.answers |= {"/robots.txt": robots, "/rules": rules, "/page": html("Rye")}
    answer = client(clock).fetch(here.url("/page"))
    assert isinstance(answer, Answer) == allowed
    assert ("/page" in here.asked) == allowed
    if not allowed:
        assert refusal(answer).why == "robots"


def test_robots_of_an_interface_for_programs_are_not_asked(here: Web, clock: Clock) -> None:
    here.answers |= {"/robots.txt": Reply(b"User-agent: *\nDisallow: /"), "/page": html("Rye")}
    had(client(clock, obey_robots=False).fetch(here.url("/page")))
    assert here.asked == ["/page"]


def test_hostile_robots_are_read_in_no_time() -> None:
    stars = b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"b\n"
    assert Robots.of(200, stars * 50).allows("https://a.example/" + "a" * 5000)
    assert Robots.of(200, b"User-agent: *\nCrawl-delay: 1e9").delay == 120


def test_redirects_are_followed_by_hand(here: Web, clock: Clock) -> None:
    here.answers |= {"/a": moved("b?x=1", 301), "/b?x=1": moved(here.url("/c", "localhost"), 307), "/c": html("Rye")}
    answer = had(client(clock).fetch(here.url("/a")))
    assert answer.chain == (here.url("/a"), here.url("/b?x=1"), here.url("/c", "localhost"))
    assert here.asked.count("/robots.txt") == 2  # the rules of the other host are asked for too


def test_a_redirect_past_the_rules_of_a_host(here: Web, clock: Clock) -> None:
    here.answers |= {"/robots.txt": Reply(b"User-agent: *\nDisallow: /c"), "/a": moved("/c"), "/c": html("Rye")}
    assert refusal(client(clock).fetch(here.url("/a"))).why == "robots"
    assert here.pages == ["/a"]


def test_redirects_without_end(here: Web, clock: Clock) -> None:
    here.answers |= {f"/{number}": moved(f"/{number + 1}") for number in range(20)}
    found = refusal(client(clock).fetch(here.url("/0")))
    assert (found.why, found.reason) == ("redirects", "the page sends on more than 10 times")
    assert here.pages == [f"/{number}" for number in range(11)]


def test_a_page_that_is_too_large(here: Web, clock: Clock) -> None:
    here.answers["/page"] = here.drip(b"HTTP/1.0 200 OK\r\n\r\n", 0, bytes(1_000_000))
    assert refusal(client(clock).fetch(here.url("/page"))).why == "too-large"


@pytest.mark.parametrize("start", [b"HTTP/1.0 200 OK\r\n\r\nRye", b"HTTP/1.0 200 OK\r\nX-Slow: "], ids=["body", "head"])
def test_a_page_that_never_ends(start: bytes, here: Web, clock: Clock) -> None:
    here.answers["/page"] = here.drip(start)
    found = refusal(client(clock, whole=0.5).fetch(here.url("/page")))
    assert (found.why, found.reason) == ("slow", "no whole answer came within 0.5 seconds")


def test_a_server_that_says_nothing(here: Web, clock: Clock) -> None:
    here.answers["/page"] = here.silence
    assert refusal(client(clock, whole=0.3).fetch(here.url("/page"))).why == "slow"


def test_nothing_is_begun_when_the_time_is_up(here: Web) -> None:
    with pytest.raises(ConnectTimeout):
        Dialler(True, 1.0, lambda: 1.0).connect_tcp("127.0.0.1", here.port)


def test_no_web_server_and_none_at_all(here: Web, clock: Clock) -> None:
    def chatter(handler: Handler) -> None:
        handler.wfile.write(b"220 mail.example ready\r\n")

    here.answers["/page"] = chatter
    asking = client(clock, obey_robots=False)
    assert refusal(asking.fetch(here.url("/page"))).why == "unreachable"
    assert refusal(asking.fetch("http://127.0.0.1:1/")).why == "unreachable"
    found = refusal(asking.fetch(here.url("/page").replace("http:", "https:")))
    assert (found.why, "does not prove" in found.reason) == ("tls", True)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/", "http://", "//a.example", "http://me@a.example/", "http://a b/",
     "http://a.example/" + "a" * 9000],
)  # fmt: skip
def test_addresses_that_are_none(url: str, clock: Clock) -> None:
    assert refusal(client(clock).fetch(url)).why == "not-http"


def test_this_machine_is_out_of_reach_unless_allowed(here: Web, clock: Clock) -> None:
    here.answers["/page"] = html("a secret")
    strict = client(clock, allow_local=False)
    for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"):
        assert refusal(strict.fetch(here.url("/page", host))).why == "private", host
    assert here.asked == []


def test_nor_is_it_reached_by_a_redirect(here: Web, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first machine is let through by its name; where it sends on to is looked at again."""
    from dossier import reach

    seen: list[str] = []

    def resolved(host: str, port: int, allow_local: bool) -> tuple[str, ...]:
        seen.append(host)
        return addresses(host, port, allow_local or host == "localhost")

    monkeypatch.setattr(reach, "addresses", resolved)
    here.answers |= {"/page": moved(here.url("/secret")), "/secret": html("a secret")}
    assert refusal(client(clock, allow_local=False).fetch(here.url("/page", "localhost"))).why == "private"
    assert here.pages == ["/page"]
    assert seen[-1] == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:a00:1::", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_names_that_resolve_to_nothing_or_to_this_machine() -> None:
    with pytest.raises(NoSuchHost):
        addresses("nowhere.invalid", 80, False)
    with pytest.raises(NoSuchHost):
        addresses("a" * 64 + ".example", 80, False)
    with pytest.raises(Private):
        addresses("localhost", 80, False)
    assert "127.0.0.1" in addresses("localhost", 80, True)


def test_a_visit_kept_as_warc(here: Web, clock: Clock) -> None:
    page = Reply(gzip.compress(b"<p>Rye"), headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")))
    here.answers |= {"/a": moved("/b"), "/b": page}
    answer = had(client(clock).fetch(here.url("/a")))
    kept = warc(answer.exchanges, "dossier 0")
    records = [
        (each.rec_type, each.rec_headers.get_header("WARC-Target-URI"), each.content_stream().read())
        for each in ArchiveIterator(BytesIO(kept), check_digests="raise")
    ]
    assert records[0][0] == "warcinfo"
    assert b"software: dossier 0" in records[0][2]
    assert records[1:] == [
        ("response", here.url("/a"), b"moved"),
        ("request", here.url("/a"), b""),
        ("response", here.url("/b"), b"<p>Rye"),
        ("request", here.url("/b"), b""),
    ]
    dates = {each.rec_headers.get_header("WARC-Date") for each in ArchiveIterator(BytesIO(kept))}
    assert dates == {"2026-11-18T11:06:40Z"}


def test_a_page_that_came_in_chunks_is_kept_in_one_piece(here: Web, clock: Clock) -> None:
    def chunks(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nRye\r\n3\r\n !!\r\n0\r\n\r\n")

    here.answers["/a"] = chunks
    answer = had(client(clock).fetch(here.url("/a")))
    assert answer.body == b"Rye !!"
    kept = [
        each for each in ArchiveIterator(BytesIO(warc(answer.exchanges, "dossier 0"))) if each.rec_type == "response"
    ]
    assert [each.http_headers.get_header("Transfer-Encoding") for each in kept] == [None]


def test_the_warc_is_one_that_others_find_sound(here: Web, clock: Clock, tmp_path: Any) -> None:
    here.answers["/a"] = html("Rye")
    file = tmp_path / "a.warc.gz"
    file.write_bytes(warc(had(client(clock).fetch(here.url("/a"))).exchanges, "dossier 0"))

    class Asked:
        inputs = (str(file),)
        verbose = False

    assert Checker(Asked()).process_all() == 0
