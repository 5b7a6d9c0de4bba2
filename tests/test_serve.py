"""The preview: what a browser gets, and how soon it hears of a change."""

from __future__ import annotations

import errno
import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dossier.document import Span
from dossier.editors import Editor, pattern_of
from dossier.frozen import replace
from dossier.local import is_local, listen
from dossier.overlay import MOST, injected, message, parted, problem_page, relaxed
from dossier.pages import File
from dossier.pipeline import Built
from dossier.problems import Problem
from dossier.report import Finding, Quoted
from dossier.serve import Preview
from dossier.shape import BAD_VALUE
from dossier.showing import Changed, Showing, changed_pages
from dossier.watch import LONGEST, QUIET, Watch

REPOSITORY = Path(__file__).parents[1]
SITE = """\
title: A small dossier
base_url: https://dossier.example/
languages: [en]
repository: https://code.example/dossier
contact: desk@dossier.example
licence: CC0
publisher: The editors
"""
HOSTILE = Finding(
    "error", "E1", "data/<x>.yaml:1:1", "<script>", Quoted(1, "<img src=x>", 0), "'<b>'", (("<i>", "<u>"),)
)


# What is added to a page


@pytest.mark.parametrize(
    ("policy", "preview"),
    [
        (
            "default-src 'none'; style-src 'self'; img-src 'self'",
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'",
        ),
        (
            "default-src 'self'; upgrade-insecure-requests; script-src 'none'",
            "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'",
        ),
        (
            "script-src 'sha256-x' 'wasm-unsafe-eval'; connect-src https://a.example",
            "script-src 'sha256-x' 'wasm-unsafe-eval' 'self'; connect-src https://a.example 'self'",
        ),
        ("form-action 'none'", "form-action 'none'"),
    ],
)
def test_the_policy_lets_the_preview_in_and_nobody_else(policy: str, preview: str) -> None:
    assert relaxed(policy) == preview


@pytest.mark.parametrize(
    ("page", "served"),
    [
        ("<head><title>x</title></HEAD><p></head>", "<head><title>x</title>SCRIPT</HEAD><p></head>"),
        ("<p>no head", "<p>no headSCRIPT"),
        (
            "<meta charset=x><meta content='default-src &#39;none&#39;' http-equiv=content-security-policy></head>",
            '<meta charset=x><meta content="default-src &#x27;none&#x27;; script-src &#x27;self&#x27;; style-src '
            '&#x27;self&#x27;; connect-src &#x27;self&#x27;" http-equiv=content-security-policy>SCRIPT</head>',
        ),
        ('<meta name="x" content="a; b"></head>', '<meta name="x" content="a; b">SCRIPT</head>'),
    ],
)
def test_the_script_goes_into_the_head(page: str, served: str) -> None:
    script = '<script src="/_dossier/live.js" data-version="a&quot;1" defer></script>'
    assert injected(page.encode(), 'a"1').decode() == served.replace("SCRIPT", script)


def test_bytes_that_are_no_text_are_served_as_they_are() -> None:
    assert injected(b"\xff</head>", "1").startswith(b"\xff<script")


def test_the_page_of_findings_escapes_what_it_quotes() -> None:
    page = problem_page(Showing("1", {}, (HOSTILE,) * 60), lambda place: f"vscode://file/{place}").decode()
    for typed in ("<x>", "<script>", "<img", "<b>", "<i>", "<u>"):
        assert typed not in page
    assert "data/&lt;x&gt;.yaml:1:1" in page
    assert "And 10 more" in page
    assert 'href="vscode://file/data/&lt;x&gt;.yaml:1:1"' in page


@pytest.mark.parametrize(
    ("remedy", "says", "paste"),
    [
        ("", "", ""),
        ("Write a date.", "Write a date.", ""),
        ('Close it:\n  name: "Alder"\n  id: a', "Close it:", '  name: "Alder"\n  id: a'),
        ("Did you mean 'webpage'?", "Did you mean 'webpage'?", "webpage"),
        ("Did you mean 2025-11-28?", "Did you mean 2025-11-28?", "2025-11-28"),
        ("Did you mean this or that?", "Did you mean this or that?", ""),
    ],
)
def test_what_of_a_remedy_can_be_pasted(remedy: str, says: str, paste: str) -> None:
    assert parted(remedy) == (says, paste)


def test_a_browser_is_told_the_first_of_many_findings() -> None:
    told = json.loads(message(Showing("1", {}, (HOSTILE,) * 60, (HOSTILE,), 118, (Changed("/a/", "A"),)), lambda _: ""))
    assert (len(told["findings"]), told["more"], len(told["warnings"]), told["warned"]) == (MOST, 10, 1, 118)
    assert told["changed"] == [{"href": "/a/", "title": "A"}]


def test_a_finding_opens_its_file_and_no_other(tmp_path: Path) -> None:
    root = tmp_path / "a b&c"
    for name in ("data/d.yaml", "data/{line} #1.yaml", "templates/x.html"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    (tmp_path / "secret.yaml").write_text("x")
    (root / "data/out.yaml").symlink_to(tmp_path / "secret.yaml")
    code = Editor.at(pattern_of("vscode"), root, [root / "templates"]).link
    at = quote(str(root))
    assert code("data/d.yaml:3:5") == f"vscode://file{at}/data/d.yaml:3:5"
    assert code("templates/x.html:1:1") == f"vscode://file{at}/templates/x.html:1:1"
    assert code("data/{line} #1.yaml:1:2") == f"vscode://file{at}/data/%7Bline%7D%20%231.yaml:1:2"
    idea = Editor.at(pattern_of("idea"), root).link
    assert idea("data/d.yaml:3:5") == f"idea://open?file={at}/data/d.yaml&line=3&column=5"
    refused = ("", "data/d.yaml", "data/none.yaml:1:1", "../secret.yaml:1:1", "data/out.yaml:1:1", "data:1:1",
               f"{tmp_path}/secret.yaml:1:1", "data/\0.yaml:1:1", f"{'x' * 5000}:1:1",
               "javascript:alert(1):1:1")  # fmt: skip
    assert [code(place) for place in refused] == [""] * len(refused)
    assert Editor.at(pattern_of("none"), root).link("data/d.yaml:3:5") == ""


@pytest.mark.parametrize(
    "asked", ["emacs", "", "vscode://file", "javascript:alert({file})", "https://a.example/{file}", "data:{file}"]
)
def test_what_is_no_editor(asked: str) -> None:
    with pytest.raises(ValueError, match="is no editor: write vscode, idea, none, or an address"):
        pattern_of(asked)


def test_the_pages_a_save_changed_with_claims_first() -> None:
    def page(title: str, **claims: str) -> bytes:
        inside = "".join(f'<article id="{each}" data-claim="{each}">{text}</article>' for each, text in claims.items())
        return f"<title>{title} – Dossier</title>{inside}<p>{title}{claims}".encode()

    before = {"index.html": page("Home"), "c/a/index.html": page("A", one="1", two="2"), "x.css": b"", "s.html": b"s"}
    after = {"index.html": page("Home!"), "c/a/index.html": page("A &amp; B", one="1", two="3"), "x.css": b"p",
             "s.html": b"s", "é.html": b"new"}  # fmt: skip
    assert changed_pages(before, after) == (
        Changed("/c/a/#two", "A & B"), Changed("/", "Home!"), Changed("/%C3%A9.html", "é.html"),
    )  # fmt: skip
    assert changed_pages({}, after) == ()
    assert len(changed_pages(before, {f"{number}.html": b"" for number in range(99)})) == 12


def test_the_panel_sets_text_as_text() -> None:
    script = (REPOSITORY / "dossier/live.js").read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|setHTML", script)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost:8000", True),
        ("LOCALHOST", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("", False),
        ("evil.example:8000", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("127.0.0.1:8000@evil.example", False),
        ("192.168.0.2", False),
        ("localhost:8000\n", False),
    ],
)
def test_only_names_of_this_machine_are_answered(host: str, local: bool) -> None:
    assert is_local(host) is local


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])
def test_a_preview_is_for_this_machine(host: str) -> None:
    with pytest.raises(OSError, match="this machine only"):
        listen(host, 0)


def test_a_port_in_use_is_said_in_words() -> None:
    with listen("localhost", 0) as taken, pytest.raises(OSError, match="in use already") as raised:
        listen("127.0.0.1", taken.getsockname()[1])
    assert raised.value.errno is None


# What a preview answers


class Bench:
    """A preview whose site is what the test says: files, problems, or an exception."""

    def __init__(self, root: Path) -> None:
        self.next: dict[str, bytes] | Problem | Exception = {}
        self.said: list[str] = []
        self.published: list[Built] = []
        self.before: dict[str, bytes] = {}
        self.waiting: tuple[File, ...] | Exception = ()
        self.preview = Preview(
            root, [root / "templates"], self.make, self.publish, lambda: self.before, self.later, self.said.append
        )

    def later(self) -> tuple[File, ...]:
        if isinstance(self.waiting, Exception):
            raise self.waiting
        return self.waiting

    def make(self, saved: Collection[Path]) -> Built:
        if isinstance(self.next, Exception):
            raise self.next
        if isinstance(self.next, Problem):
            return Built(None, (self.next,), ())
        return Built(tuple(File(path, content) for path, content in self.next.items()), (), ())

    def publish(self, built: Built) -> Callable[[], object]:
        self.published.append(built)
        return bool

    def build(self, outcome: dict[str, bytes] | Problem | Exception) -> Bench:
        self.next = outcome
        self.preview.rebuild()
        return self


GOOD = {
    "index.html": b"home</head>",
    "a b/index.html": b"ab",
    "404.html": b"lost</head>",
    "x.css": b"p{}",
    "d/x.csv": b"",
}
WRONG = BAD_VALUE.at(Span("data/site.yaml", 1, 8), "wrong")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/site.yaml").write_text(SITE)
    return Bench(tmp_path)


@pytest.mark.parametrize(
    ("path", "status", "begins", "kind"),
    [
        ("/", 200, b"home<script", "text/html; charset=utf-8"),
        ("/index.html", 200, b"home<script", "text/html; charset=utf-8"),
        ("/a b/", 200, b"ab<script", "text/html; charset=utf-8"),
        ("/a b", 307, b"", None),
        ("/x.css", 200, b"p{}", "text/css; charset=utf-8"),
        ("/d/x.csv", 200, b"", "text/csv; charset=utf-8"),
        ("/d/", 404, b"lost<script", "text/html; charset=utf-8"),
        ("/none", 404, b"lost<script", "text/html; charset=utf-8"),
        ("/../../etc/passwd", 404, b"lost<script", "text/html; charset=utf-8"),
        ("/./index.html", 404, b"lost<script", "text/html; charset=utf-8"),
        ("//a b", 404, b"lost<script", "text/html; charset=utf-8"),
        ("/x.css\0", 404, b"lost<script", "text/html; charset=utf-8"),
    ],
)
def test_paths_lead_to_pages_and_nowhere_else(bench: Bench, path: str, status: int, begins: bytes, kind: str) -> None:
    answer = bench.build(GOOD).preview.answer(path)
    assert (answer.status_code, answer.headers.get("content-type")) == (status, kind)
    assert bytes(answer.body).startswith(begins)
    if status == 307:
        assert answer.headers["location"] == "/a%20b/"


def test_the_last_good_page_stays_while_the_data_is_wrong(bench: Bench) -> None:
    bench.build(GOOD)
    version = bench.preview.showing.version
    bench.build(WRONG)
    assert bytes(bench.preview.answer("/").body).startswith(b"home<script")
    assert bench.preview.showing.version == version
    (finding,) = bench.preview.showing.findings
    assert (finding.place, finding.quoted) == ("data/site.yaml:1:8", Quoted(1, "title: A small dossier", 7))
    assert "data/site.yaml:1:8: error E108 wrong" in bench.said[-1]
    assert len(bench.published) == 1
    bench.build(GOOD)
    assert bench.preview.showing.findings == ()
    assert bench.preview.showing.version == version, "the same site needs no reload"


def test_findings_are_shown_where_there_never_was_a_site(bench: Bench) -> None:
    page = bench.build(WRONG).preview.answer("/anything")
    assert page.status_code == 503
    assert b"data/site.yaml:1:8" in page.body
    assert b"live.js" in page.body


def test_an_older_build_is_better_than_no_site(bench: Bench) -> None:
    bench.before = {"index.html": b"older"}
    assert bytes(bench.build(WRONG).preview.answer("/").body).startswith(b"older<script")


def test_a_bug_is_a_traceback_in_the_terminal_and_a_message_in_the_browser(bench: Bench) -> None:
    bench.build(GOOD).build(KeyError("a bug"))
    assert [finding.message for finding in bench.preview.showing.findings] == ["KeyError: 'a bug'"]
    assert bench.said[-2].startswith("Traceback")
    bench.build(FileNotFoundError("data is not there"))
    assert [finding.message for finding in bench.preview.showing.findings] == ["FileNotFoundError: data is not there"]
    assert not bench.said[-2].startswith("Traceback"), "a missing folder is no bug"
    bench.build(GOOD)
    assert bench.preview.showing.findings == ()


def test_an_edit_changes_what_it_made_and_leaves_the_rest(bench: Bench) -> None:
    bench.build(GOOD)
    version = bench.preview.showing.version
    bench.preview.make = lambda _: Built((File("x.css", b"b{}"),), (), (), anew=False, gone=("d/x.csv",))
    bench.preview.rebuild()
    assert bench.preview.showing.version != version
    left = {path: content for path, content in GOOD.items() if path != "d/x.csv"}
    assert bench.preview.showing.files == {**left, "x.css": b"b{}"}


def test_an_edit_before_anything_was_shown_stands_on_what_was_published(bench: Bench) -> None:
    bench.before = dict(GOOD)
    bench.preview.make = lambda _: Built((), (), (), anew=False)
    bench.preview.rebuild()
    assert bench.preview.showing.files == GOOD


def test_warnings_are_told_with_the_site_and_with_its_errors(bench: Bench) -> None:
    bench.build(GOOD)
    weak = replace(WRONG, severity="warning")
    bench.preview.make = lambda _: Built((), (weak,) * 60, (), anew=False)
    bench.preview.rebuild()
    showing = bench.preview.showing
    assert (showing.findings, len(showing.warnings), showing.warned) == ((), MOST, 60)
    bench.preview.make = lambda _: Built(None, (WRONG, weak), ())
    bench.preview.rebuild()
    showing = bench.preview.showing
    assert [each.severity for each in (*showing.findings, *showing.warnings)] == ["error", "warning"]
    assert "warning" not in bench.said[-1]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyError("a bug")], ids=["disk", "bug"])
def test_what_goes_wrong_in_publishing_stops_no_preview(bench: Bench, error: Exception) -> None:
    def fail(built: Built) -> Callable[[], object]:
        raise error

    bench.preview.publish = fail
    bench.build(GOOD)
    assert bench.preview.answer("/").status_code == 200
    assert str(error.args[-1]) in bench.said[-1]
    bench.preview.publish = lambda built: partial(fail, built)
    bench.build({**GOOD, "x.css": b""})
    assert bytes(bench.preview.answer("/x.css").body) == b"", "browsers are told before"
    assert str(error.args[-1]) in bench.said[-1]


def test_what_was_left_for_later_is_served_without_a_reload(bench: Bench) -> None:
    bench.build(GOOD)
    version = bench.preview.showing.version
    bench.waiting = (File("d/x.csv", b"later"),)
    bench.preview.finish()
    assert bytes(bench.preview.answer("/d/x.csv").body) == b"later"
    assert bytes(bench.preview.answer("/").body).startswith(b"home<script")
    assert bench.preview.showing.version == version


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyError("a bug")], ids=["disk", "bug"])
def test_what_goes_wrong_later_stops_no_preview(bench: Bench, error: Exception) -> None:
    bench.build(GOOD)
    bench.waiting = error
    bench.preview.finish()
    assert str(error.args[-1]) in bench.said[-1]
    assert bench.preview.answer("/").status_code == 200


# What is a change


class Changes:
    """What a watch has seen."""

    def __init__(self) -> None:
        self.count = 0

    def collect(self, watch: Watch) -> None:
        while watch.wait():
            self.count += 1

    def settle(self) -> int:
        """How many changes there were, once there are no more."""
        time.sleep(3 * QUIET)
        while True:
            before = self.count
            time.sleep(3 * QUIET)
            if self.count == before:
                self.count = 0
                return before

    def seen(self) -> int:
        given_up = time.monotonic() + 10
        while not self.count:
            assert time.monotonic() < given_up, "no change was seen"
            time.sleep(0.01)
        return self.settle()


@pytest.fixture
def changes(tmp_path: Path) -> Iterator[Changes]:
    """Changes to `data` and `content` in `tmp_path`, but for the site that is built in there."""
    (tmp_path / "data/dossiers").mkdir(parents=True)
    (tmp_path / "data/a.yaml").write_text("a")
    (tmp_path / "output").mkdir()
    changes = Changes()
    with Watch([tmp_path / "data", tmp_path / "content"], [tmp_path / "output", tmp_path / "data/site"]) as watch:
        thread = threading.Thread(target=changes.collect, args=[watch])
        thread.start()
        yield changes
    thread.join(5)
    assert not thread.is_alive()


def test_every_way_to_save_is_a_change(tmp_path: Path, changes: Changes) -> None:
    data = tmp_path / "data"
    (data / "a.yaml").write_text("b")
    assert changes.seen(), "in place"
    (data / ".a.yaml.swp").write_text("c")
    assert not changes.settle(), "an editor's own file"
    (data / ".a.yaml.swp").rename(data / "a.yaml")
    assert changes.seen(), "a second file and a rename"
    (data / "a.yaml").unlink()
    assert changes.seen(), "deleting"
    (data / "dossiers/new.yaml").write_text("d")
    assert changes.seen(), "a new file in a folder"
    (data / "dossiers").rename(data / "dossier")
    assert changes.seen(), "a folder's new name"
    (data / "dossier/new.yaml").write_text("e")
    assert changes.seen(), "a file in a renamed folder"


def test_what_is_no_change(tmp_path: Path, changes: Changes) -> None:
    (tmp_path / "data/a.yaml").read_text()
    list((tmp_path / "data").iterdir())
    for name in ("output/index.html", "notes.txt", "data/#a.yaml#", "data/a.yaml~", "data/.git"):
        (tmp_path / name).write_text("x")
    (tmp_path / "data/site").mkdir()
    (tmp_path / "data/site/x.html").write_text("x")
    assert not changes.settle()


def test_folders_that_come_go_and_come_again_are_followed(tmp_path: Path, changes: Changes) -> None:
    content, data = tmp_path / "content", tmp_path / "data"
    content.mkdir()
    assert changes.seen()
    (content / "about.en.md").write_text("x")
    assert changes.seen()
    shutil.rmtree(data)
    assert changes.seen()
    data.mkdir()
    assert changes.seen()
    (data / "a.yaml").write_text("x")
    assert changes.seen()
    content.rename(tmp_path / "elsewhere")
    assert changes.seen()
    (tmp_path / "elsewhere/about.en.md").write_text("y")
    assert not changes.settle()
    (tmp_path / "elsewhere").rename(content)
    assert changes.seen()
    (content / "about.en.md").write_text("z")
    assert changes.seen()


def test_a_thousand_files_at_once_are_few_changes(tmp_path: Path, changes: Changes) -> None:
    begun = time.monotonic()
    for number in range(1000):
        (tmp_path / f"data/{number}.yaml").write_text("x")
    seen = changes.seen()
    assert 1 <= seen <= 2 + (time.monotonic() - begun) / LONGEST


# The whole of it: a process, a browser's connections, a person's editor


class Browser:
    """A real HTTP client of a real server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: list[tuple[http.client.HTTPConnection, http.client.HTTPResponse]] = []

    def close(self) -> None:
        for connection, answer in self.streams:
            answer.close()
            connection.close()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def events(self) -> Iterator[dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/_dossier/events")
        answer = connection.getresponse()
        self.streams.append((connection, answer))
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        while line := answer.readline():
            if line.startswith(b"data: "):
                yield json.loads(line[6:])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "data").mkdir(parents=True)
    (folder / "data/site.yaml").write_text(SITE)
    (folder / "data/companies.yaml").write_text("companies:\n  - id: alder\n    name: Alder\n")
    return folder


def start(root: Path) -> tuple[subprocess.Popen[str], Browser]:
    """`build.py serve` as a person starts it, and a browser at the address it prints."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    for line in process.stdout:
        if match := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
            return process, Browser(int(match[1]))
    raise AssertionError(process.communicate()[1])


def stop(process: subprocess.Popen[str]) -> float:
    """Ctrl-C; returns how long it took to end."""
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in err, "rror" in err) == (0, False, False), err
    return time.monotonic() - begun


@pytest.fixture
def served(root: Path) -> Iterator[Browser]:
    process, browser = start(root)
    yield browser
    stop(process)
    browser.close()


def save(path: Path, text: str) -> None:
    """As editors do: a second file, then a rename."""
    path.with_name(f".{path.name}.tmp").write_text(text)
    path.with_name(f".{path.name}.tmp").rename(path)


def eventually(condition: Callable[[], bool]) -> None:
    """What follows a change on the disk comes after the browser has heard of it."""
    given_up = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < given_up
        time.sleep(0.02)


def test_a_save_reaches_the_browser(root: Path, served: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    events = served.events()
    version = next(events)["version"]
    took = []
    for number in range(8):
        begun = time.perf_counter()
        save(root / "data/companies.yaml", f"companies:\n  - id: alder\n    name: Alder {number}\n")
        event = next(events)
        took.append(time.perf_counter() - begun)
        assert event["version"] != version
        version = event["version"]
        assert f"Alder {number}" in served.get("/companies/alder/")[1]
    with capsys.disabled():
        print(f"\nsave to browser event: median {statistics.median(took) * 1000:.0f} ms, "
              f"{min(took) * 1000:.0f} to {max(took) * 1000:.0f} ms over {len(took)} saves")  # fmt: skip


def test_the_files_for_machines_follow_at_leisure(root: Path, served: Browser) -> None:
    events = served.events()
    next(events)
    save(root / "data/companies.yaml", "companies:\n  - id: alder\n    name: Rowan\n")
    next(events)
    eventually(lambda: "Rowan" in served.get("/data/companies.csv")[1])
    eventually(lambda: "Rowan" in (root / "output/data/companies.csv").read_text())


def test_wrong_data_is_shown_over_the_last_good_page_and_goes(root: Path, served: Browser) -> None:
    events = served.events()
    good = next(events)
    (root / "data/companies.yaml").write_text("companies:\n  - id: alder\n    nam: Alder\n")
    wrong = next(events)
    while not any("E106" in json.dumps(each) for each in wrong["findings"]):
        wrong = next(events)
    assert wrong["version"] == good["version"]
    assert [(each["place"], each["quoted"]["text"]) for each in wrong["findings"]] == [
        ("data/companies.yaml:3:5", "    nam: Alder"),
    ]
    status, page = served.get("/companies/alder/")
    assert status == 200
    assert f'data-version="{good["version"]}"' in page
    (root / "data/companies.yaml").write_text("companies:\n  - id: alder\n    name: Alder\n")
    while wrong["findings"]:
        wrong = next(events)
    assert wrong["version"] == good["version"]


def test_it_survives_what_people_do(root: Path, served: Browser) -> None:
    """Each step ends when the browser has heard of it; none may end the server."""
    events = served.events()

    def until(condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        return next(event for event in events if condition(event))

    next(events)
    (root / "data/site.yaml").rename(root / "data/site.txt")
    until(lambda event: "there is no data/site.yaml" in json.dumps(event["findings"]))
    (root / "data/site.txt").rename(root / "data/site.yaml")
    until(lambda event: not event["findings"])
    (root / "data").rename(root / "data.away")
    until(lambda event: "is not there" in json.dumps(event["findings"]))
    (root / "data.away").rename(root / "data")
    until(lambda event: not event["findings"])
    (root / "templates/pages").mkdir(parents=True)
    (root / "templates/pages/company.html").write_text("<p>{% if %}</p>")
    found = until(lambda event: event["findings"])["findings"][0]
    assert found["place"] == "templates/pages/company.html:1:1"
    assert "TemplateSyntaxError" in found["message"]
    (root / "templates/pages/company.html").write_text("<p>my own template</p>")
    until(lambda event: not event["findings"])
    assert "my own template" in served.get("/companies/alder/")[1]
    for number in range(1000):
        (root / f"data/{number}.yaml").write_text(f"companies:\n  - id: company-{number}\n    name: Company {number}\n")
    while "Company 999" not in served.get("/companies/c/")[1]:  # so many stand on a page a letter
        next(events)
    eventually((root / "output/companies/company-999/index.html").is_file)
    assert "_dossier" not in (root / "output/companies/index.html").read_text(), "built files stay as they are"


def test_it_starts_with_wrong_data_and_recovers(root: Path) -> None:
    (root / "data/companies.yaml").write_text("companies: [\n")
    process, browser = start(root)
    status, page = browser.get("/")
    assert status == 503
    assert "data/companies.yaml:" in page
    events = browser.events()
    version = next(events)["version"]
    assert f'data-version="{version}"' in page
    (root / "data/companies.yaml").write_text("companies: []\n")
    while (event := next(events))["findings"]:
        pass
    assert event["version"] != version
    assert browser.get("/")[0] == 200
    stop(process)
    browser.close()


def test_a_foreign_name_and_a_path_upwards_get_nothing(served: Browser) -> None:
    assert served.get("/", Host="evil.example")[0] == 403
    assert served.get("/_dossier/events", Host="evil.example")[0] == 403
    for path in ("/../build.py", "/%2e%2e/build.py", "/..%2fbuild.py", "/_dossier/serve.py", "/_dossier/..%2fserve.py"):
        status, body = served.get(path)
        assert (status, "import" in body) == (404, False), path
    for name in ("live.js", "live.css"):
        assert served.get(f"/_dossier/{name}")[0] == 200


def test_it_ends_though_browsers_listen(root: Path) -> None:
    process, browser = start(root)
    streams = [browser.events() for _ in range(3)]
    for stream in streams:
        next(stream)
    took = stop(process)
    assert [list(stream) for stream in streams] == [[], [], []], "a stream ends with the server"
    browser.close()
    print(f"Ctrl-C to the end: {took * 1000:.0f} ms")


def test_a_taken_port_is_one_line(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "serve", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"build.py: port {port} cannot be had (it is in use already): name another with --port\n"
