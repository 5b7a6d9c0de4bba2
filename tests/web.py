"""A small web on this machine, for tests of what asks the web: pages that are there, gone, slow, hostile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

Handler = BaseHTTPRequestHandler


@dataclass(frozen=True, slots=True)
class Reply:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)

    def give(self, handler: Handler) -> None:
        handler.send_response(self.status)
        for name, value in self.headers:
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)


@dataclass(slots=True)
class Web:
    """A server and what it answers by path, with its query. A list is given one by one, its last for ever after; a
    function writes the answer itself. `asked` are the paths, `heard` the headers, in order."""

    port: int
    answers: dict[str, Reply | list[Reply] | Callable[[Handler], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def pages(self) -> list[str]:
        """The paths asked for, but for robots.txt."""
        return [path for path in self.asked if path != "/robots.txt"]

    def answer(self, handler: Handler) -> None:
        self.asked.append(handler.path)
        self.heard.append({name.lower(): value for name, value in handler.headers.items()})
        found = self.answers.get(handler.path, Reply(b"<p>nothing here", 404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if isinstance(found, Reply):
            found.give(handler)
        else:
            found(handler)

    def drip(self, start: bytes, every: float = 0.05, part: bytes = b"x") -> Callable[[Handler], None]:
        """An answer that never ends: `start` as it stands, then a little more for ever."""

        def dripping(handler: Handler) -> None:
            handler.wfile.write(start)
            while not self.over.is_set():
                handler.wfile.write(part)
                handler.wfile.flush()
                time.sleep(every)

        return dripping

    def silence(self, handler: Handler) -> None:
        """No answer at all, until the test is over."""
        self.over.wait(20)


@contextmanager
def web() -> Iterator[Web]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                here.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    here = Web(server.server_address[1])
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


@dataclass(slots=True)
class Clock:
    """Time that passes as it does, and at once where somebody wants to sleep."""

    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 1))

    def monotonic(self) -> float:
        return time.monotonic() + sum(self.slept)


def html(*paragraphs: str, title: str = "A page") -> Reply:
    """A page long enough to be one: a rest of text follows the paragraphs."""
    rest = (
        "The bakers of the valley met on the square, as they do every year when the first flour of the season is in. "
    )
    body = "".join(f"<p>{each}</p>\n" for each in (*paragraphs, rest * 3))
    return Reply(f"<!doctype html><title>{title}</title><main>{body}</main>".encode())


def moved(to: str, status: int = 302) -> Reply:
    return Reply(b"moved", status, (("Location", to),))


def pdf(*lines: str) -> bytes:
    """A page with these lines, as plain a PDF as there is."""
    drawn = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    stream = f"BT /F1 12 Tf 60 760 Td {drawn}ET".encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    made = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(made))
    return made + head + table + tail
