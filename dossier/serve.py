"""The preview: the last good site on this machine, rebuilt on every save, under a panel while the data is wrong.

Pages are served from memory, so a request sees one whole site and no path can lead out of it. Built files stay as they
are; what the preview adds, it adds on the way to the browser.
"""

from __future__ import annotations

import asyncio
import gc
import mimetypes
import secrets
import socket
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dossier.built import Built, held
from dossier.editors import Editor
from dossier.frozen import replace
from dossier.local import is_local
from dossier.overlay import MOST, injected, message, problem_page
from dossier.pages import File
from dossier.problems import Problem
from dossier.report import Finding, as_text, count, findings, printed, said, slip_in_template, visible
from dossier.showing import Showing, changed_pages
from dossier.watch import Watch

_HERE = Path(__file__).parent
_TYPES = mimetypes.MimeTypes()
for _kind, _endings in {
    "application/manifest+json": ".webmanifest",
    "application/vnd.sqlite3": ".sqlite",
    "application/wasm": ".wasm",
    "application/xml": ".xml",
    "font/woff2": ".woff2",
    "image/svg+xml": ".svg",
    "text/csv": ".csv",
    "text/javascript": ".js",
    "text/plain": ".bib .ris .md",
}.items():
    for _ending in _endings.split():
        _TYPES.add_type(_kind, _ending)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


LEISURE = 0.4
"""Seconds without a change, after which what can wait is done."""


Listener = Callable[[Showing], None]


class Preview:
    """The state of a preview. `rebuild` belongs to one thread; the server's only reads `showing`, which is whole.

    `make` builds the site, from no more than what was saved where it is told; `publish` brings the output folder to
    hold it, and gives what is still to be done once browsers were told; `published` reads what stands there. `later`
    makes what `make` has left for when nobody is waiting, and publishes it.
    """

    def __init__(
        self,
        root: Path,
        templates: Iterable[Path],
        make: Callable[[Collection[Path]], Built],
        publish: Callable[[Built], Callable[[], object]],
        published: Callable[[], Mapping[str, bytes]],
        later: Callable[[], Iterable[File]] = tuple,
        say: Callable[[str], None] = print,
        editor: Editor | None = None,
    ) -> None:
        self.root, self.templates, self.editor = root, tuple(templates), editor or Editor()
        self.make, self.publish, self.published, self.later, self.say = make, publish, published, later, say
        # A page that outlives this server must not take the next one's first version for the one it shows.
        self._series, self._number = secrets.token_hex(4), 0
        self.showing = Showing(self._next(), {})
        self.listeners: set[Listener] = set()
        self._is_partly_seen = False

    def _next(self) -> str:
        self._number += 1
        return f"{self._series}-{self._number}"

    def _show(self, showing: Showing) -> None:
        if showing != self.showing:
            self.showing = showing
            for listener in tuple(self.listeners):
                listener(showing)

    def rebuild(self, saved: Collection[Path] = ()) -> None:
        """Build once more, from all there is or from what was `saved`. Whatever goes wrong is shown, and the last good
        site stays."""
        started = time.perf_counter()
        was_partly_seen, self._is_partly_seen = self._is_partly_seen, False
        try:
            built = self.make(saved)
        except Exception as error:
            slip = slip_in_template(error, self.templates)
            if slip is None and not isinstance(error, OSError):
                self.say("\n".join(map(visible, traceback.format_exc().splitlines())))
            finding = slip or Finding("error", "", "", said(error))
            self.say(printed(finding))
            self._fail((finding,))
            return
        if built.files is None:
            errors = tuple(problem for problem in built.problems if problem.severity == "error")
            self.say(as_text(errors, self.root))
            self._fail(findings(errors, self.root), built.problems)
            return
        self._is_partly_seen = bool(saved) and not built.anew
        before = self.showing.files
        files = {file.path: file.content for file in map(held, built.files)}
        made = {path: content for path, content in files.items() if before.get(path) != content}
        gone = before.keys() - files if built.anew else before.keys() & set(built.gone)
        if not built.anew:
            files = {**(before or self.published()), **files}
            for path in built.gone:
                files.pop(path, None)
        changed = len(made) + len(gone) if before else len(files)
        version = self._next() if changed else self.showing.version
        news = changed_pages(before, made) if changed else self.showing.changed
        warnings, warned = self._warnings(built.problems)
        failed: Exception | None = None
        after: Callable[[], object] = bool
        try:
            after = self.publish(built)
        except Exception as error:
            failed = error
        self._show(Showing(version, files, (), warnings, warned, news))
        also = f"; {count(built.problems)}" if built.problems else ""
        if changed or saved or not was_partly_seen:
            self.say(f"{changed:,} files changed in {time.perf_counter() - started:.2f} s{also}")
        try:
            after()
        except Exception as error:
            failed = error
        if failed:
            self._not_published(failed)

    def finish(self) -> None:
        """Look at all there is, where the last build looked only at what was saved: something may have gone unheard.
        Then make what was left for later; no page is among it, so no browser has to know. What goes wrong is said."""
        if self._is_partly_seen:
            self.rebuild()
        try:
            made = {file.path: file.content for file in self.later()}
        except Exception as error:
            self._not_published(error)
            return
        if made:
            self.showing = replace(self.showing, files={**self.showing.files, **made})

    def _fail(self, found: tuple[Finding, ...], problems: tuple[Problem, ...] = ()) -> None:
        showing = self.showing
        if not showing.files and (files := self.published()):
            showing = Showing(self._next(), files)
        warnings, warned = self._warnings(problems)
        self._show(replace(showing, findings=found, warnings=warnings, warned=warned))

    def _warnings(self, problems: tuple[Problem, ...]) -> tuple[tuple[Finding, ...], int]:
        """The first of them, with the lines they are about, and how many there are."""
        warnings = [problem for problem in problems if problem.severity == "warning"]
        return findings(warnings[:MOST], self.root), len(warnings)

    def _not_published(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            self.say("\n".join(map(visible, "".join(traceback.format_exception(error)).splitlines())))
        self.say(f"The output folder was not brought up to date: {said(error)}")

    def answer(self, path: str) -> Response:
        """The file at a URL's path, as a browser of this preview gets it."""
        showing = self.showing
        if not showing.files:
            return _page(problem_page(showing, self.editor.link), 503)
        name = path.removeprefix("/")
        if name and f"{name}/index.html" in showing.files:
            return RedirectResponse(f"/{quote(name)}/")
        if name == "" or name.endswith("/"):
            name += "index.html"
        status = 200 if name in showing.files else 404
        if status == 404:
            name = "404.html"
        content = showing.files.get(name, b"<!DOCTYPE html><title>Not found</title><p>There is no such page.</p>")
        if name.endswith(".html"):
            return _page(injected(content, showing.version), status)
        kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
        return Response(content, status, _HEADERS, kind)


def _page(content: bytes, status: int) -> Response:
    return Response(content, status, _HEADERS, "text/html")


class OnlyHere:
    """Refuses requests under a name that is not this machine's: another site's page may have pointed its own name here
    (DNS rebinding) to read what a preview shows."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_local(Headers(scope=scope).get("host", "")):
            refusal = PlainTextResponse("This preview answers to localhost, 127.0.0.1 and [::1] only.\n", 403)
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class Streams:
    """The browsers that listen. Created and used in the server's event loop, told from any thread."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        self._queues: set[asyncio.Queue[Showing | None]] = set()

    async def open(self) -> AsyncIterator[bytes]:
        """What is shown now, then every change, as server-sent events."""
        queue: asyncio.Queue[Showing | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def tell(showing: Showing) -> None:
            with suppress(RuntimeError):  # the server has just stopped
                loop.call_soon_threadsafe(queue.put_nowait, showing)

        self._queues.add(queue)
        self.preview.listeners.add(tell)
        try:
            yield b"retry: 300\n\n"
            showing: Showing | None = self.preview.showing
            while showing is not None:
                yield f"data: {message(showing, self.preview.editor.link)}\n\n".encode()
                showing = await queue.get()
        finally:
            self.preview.listeners.discard(tell)
            self._queues.discard(queue)

    def close(self) -> None:
        for queue in self._queues:
            queue.put_nowait(None)


def app(preview: Preview, streams: Streams) -> ASGIApp:
    """The preview as a web application."""

    async def events(request: Request) -> Response:
        return StreamingResponse(streams.open(), 200, _HEADERS, "text/event-stream")

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ("live.js", "live.css"):
            return PlainTextResponse("There is no such file.\n", 404)
        return Response((_HERE / name).read_bytes(), 200, _HEADERS, _TYPES.guess_type(name)[0])

    async def page(request: Request) -> Response:
        return preview.answer(request.scope["path"])

    routes = [Route("/_dossier/events", events), Route("/_dossier/{name}", asset), Route("/{path:path}", page)]
    return OnlyHere(Starlette(routes=routes))


class _Server(uvicorn.Server):
    """Ends open streams when it is asked to stop, where uvicorn would wait for the browsers to leave."""

    def __init__(self, config: uvicorn.Config, streams: Streams) -> None:
        super().__init__(config)
        self.streams = streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.streams.close()
        await super().shutdown(sockets)


def run(preview: Preview, listener: socket.socket, watch: Watch) -> int:
    """Serve until somebody stops it."""
    streams = Streams(preview)

    def rebuild_on_change() -> None:
        while saved := watch.wait():
            preview.rebuild(saved)
            if watch.idle(LEISURE):
                preview.finish()

    # The server answers in its own thread, and has to wait for no more than this while a build goes on in another.
    sys.setswitchinterval(0.0005)
    config = uvicorn.Config(app(preview, streams), log_level="error", lifespan="off", timeout_graceful_shutdown=1)
    with suppress(KeyboardInterrupt), watch:
        preview.rebuild()
        # All that is at hand now stays: Python need not go through it again and again in search of what does not.
        gc.freeze()
        host, port = listener.getsockname()[:2]
        preview.say(f"Serving http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops)")
        threading.Thread(target=rebuild_on_change, daemon=True).start()
        _Server(config, streams).run(sockets=[listener])
    return 0
