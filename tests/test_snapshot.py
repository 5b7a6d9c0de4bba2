"""Copying sources from a web of this machine: what is kept, what is not, and that a killed run goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dossier.copies import read_copies
from dossier.fetch import Client
from dossier.quotes import text_digest
from dossier.register import Register
from dossier.snapshot import Taken, run
from dossier.stored import Store
from tests import given
from tests.web import Clock, Reply, Web, html, moved, pdf, web

REPO = Path(__file__).parents[1]
TODAY, LATER = date(2026, 11, 22), date(2026, 12, 24)
BREAD = "The ministry ordered twenty loaves of rye bread for the spring."


@pytest.fixture
def here() -> Iterator[Web]:
    with web() as opened:
        yield opened


def source(name: str, url: str = "", more: str = "") -> str:
    address = f"url: '{url}', accessed: 2026-11-20, " if url else "read: none, "
    return (
        f"  - {{id: {name}, type: webpage, title: Rye, publisher: Pond Echo, {address}language: en, role: reporting"
        f"{', ' + more if more else ''}}}\n"
    )


def dossier(*sources: str) -> Register:
    return given.register("sources:\n" + "".join(sources))


class Desk:
    """A dossier's folder, and what was said while its sources were copied."""

    def __init__(self, root: Path) -> None:
        self.root, self.clock = root, Clock()
        self.said: list[str] = []
        (root / "data").mkdir()

    def copy(self, register: Register, today: date = TODAY, **options: Any) -> Taken:
        client = Client("dossier/0", allow_local=True, sleep=self.clock.sleep, monotonic=self.clock.monotonic, whole=2)
        self.said.clear()
        given = {"client": client, **options}
        return run(self.root, register, self.root / ".snapshots", today, self.said.append, **given)

    @property
    def lock(self) -> str:
        return (self.root / "data/snapshots.lock").read_text("utf-8")

    def text(self, name: str, day: date = TODAY) -> str:
        return (self.root / ".snapshots" / name / f"{day}.txt").read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_page_is_copied_and_noted(here: Web, desk: Desk) -> None:
    here.answers["/a"] = html(BREAD)
    taken = desk.copy(dossier(source("echo", here.url("/a")), source("unread")))
    assert BREAD in desk.text("echo")
    (copy,) = read_copies(desk.lock)[0].of("echo")
    assert (copy.captured, copy.via, copy.kind, copy.digest) == (TODAY, "live", "html", text_digest(desk.text("echo")))
    length = f"{len(desk.text('echo')):,}"
    assert desk.said == [f"[1/1] echo: copied, {length} characters", "", "1  copied"]
    assert (desk.root / ".snapshots/echo/2026-11-22.warc.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert taken.exit_code == 0


def test_a_source_with_a_copy_is_left_alone_unless_asked_again(here: Web, desk: Desk) -> None:
    here.answers["/a"] = [html(BREAD), html(BREAD), html("The page was changed.")]
    register = dossier(source("echo", here.url("/a")))
    desk.copy(register)
    desk.copy(register)
    assert here.pages == ["/a"]
    assert desk.said == ["Every source that has an address has a copy."]
    desk.copy(register, date(2026, 11, 30), again=True)
    assert desk.said[0].endswith("characters, the same text since 2026-11-22")
    desk.copy(register, LATER, again=True)
    assert desk.said[0].endswith("characters, changed since 2026-11-30")
    assert [copy.captured for copy in read_copies(desk.lock)[0].of("echo")] == [TODAY, date(2026, 11, 30), LATER]
    assert BREAD in desk.text("echo")
    assert BREAD not in desk.text("echo", LATER)


STUB = Reply(b"<title>Rye</title><p>Subscribe to read on.</p>")
OUTCOMES: list[tuple[str, Reply | list[Reply], str]] = [
    ("page", html(BREAD), "copied"),
    ("pdf", Reply(pdf(*[BREAD] * 6), headers=(("Content-Type", "application/pdf"),)), "copied"),
    ("plain", Reply((BREAD * 6).encode(), headers=(("Content-Type", "text/plain"),)), "copied"),
    ("moved", moved("/page", 301), "copied"),
    ("wrong-charset", Reply(f"<p>{BREAD} Été. {BREAD * 4}".encode("latin-1"),
                            headers=(("Content-Type", "text/html; charset=utf-8"),)), "copied"),
    ("mended", [Reply(status=500), html(BREAD)], "copied"),
    ("busy", [Reply(status=429, headers=(("Retry-After", "3"),)), html(BREAD)], "copied"),
    ("lost", Reply(status=404), "not copied: there is no such page (404)"),
    ("gone", Reply(status=410), "not copied: the page was taken away for good (410)"),
    ("too-busy", Reply(status=429), "not copied: the server was asked too often (429)"),
    ("circle", moved("/circle"), "not copied: the page sends on in a circle"),
    ("file", moved("file:///etc/passwd"), "not copied: the page sends on to 'file:///etc/passwd', which is no page of"),
    ("paywall", STUB, "not copied: the page gives no more than "),
    ("picture", Reply(b"\x89PNG\r\n\x1a\n" * 99, headers=(("Content-Type", "image/png"),)), "not copied: "),
    ("private", Reply(b""), "not copied: its robots.txt asks programs to stay away"),
]  # fmt: skip


def test_a_table_of_outcomes(here: Web, desk: Desk) -> None:
    here.answers |= {f"/{name}": reply for name, reply, _ in OUTCOMES}
    here.answers["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private")
    here.answers["/slow"] = here.drip(b"HTTP/1.0 200 OK\r\n\r\n")
    here.answers["/huge"] = here.drip(b"HTTP/1.0 200 OK\r\n\r\n", 0, bytes(1_000_000))
    rows = [(name, said) for name, _, said in OUTCOMES]
    rows += [("slow", "not copied: no whole answer came within 2 seconds"), ("huge", "not copied: the page is larger")]
    taken = desk.copy(dossier(*(source(name, here.url(f"/{name}")) for name, _ in rows)))
    said = {outcome.source: outcome.said for outcome in taken.outcomes}
    for name, expected in rows:
        assert said[name].startswith(expected), (name, said[name])
    assert "Été." in desk.text("wrong-charset")
    assert BREAD in desk.text("pdf")
    assert desk.said[-11:] == [
        "7  copied",
        "1  not copied: asked too often",
        "1  not copied: next to no text",
        "1  not copied: gone for good",
        "1  not copied: no such page",
        "1  not copied: no address of the web",
        "1  not copied: sent on without end",
        "1  not copied: robots.txt says no",
        "1  not copied: no answer in time",
        "1  not copied: too large",
        "1  not copied: no readable text",
    ]
    assert taken.exit_code == 1
    assert set(read_copies(desk.lock)[0].copies) == {name for name, said in rows if said == "copied"}


def test_what_an_archive_has_of_a_page_that_is_gone(here: Web, desk: Desk) -> None:
    copy = here.url("/web/20251203101112id_/http://a.example/x")
    here.answers |= {"/a": Reply(status=410), copy.removeprefix(here.url("")): html(BREAD)}
    archives = f"archives: [{{url: '{here.url('/web/20251203101112/http://a.example/x')}'}}]"
    taken = desk.copy(dossier(source("echo", here.url("/a"), archives)))
    (outcome,) = taken.outcomes
    assert outcome.said.endswith("characters, as of 2025-12-03")
    assert outcome.copy
    assert (outcome.copy.via, outcome.copy.captured) == ("archive", date(2025, 12, 3))
    assert BREAD in desk.text("echo", date(2025, 12, 3))


def test_a_dead_page_is_not_asked_where_an_archive_has_it(here: Web, desk: Desk) -> None:
    here.answers |= {"/a": html("A casino has the address now."), "/kept": html(BREAD)}
    archives = f"availability: dead, archives: [{{url: '{here.url('/kept')}', captured: 2026-01-02}}]"
    desk.copy(dossier(source("echo", here.url("/a"), archives)))
    assert here.pages == ["/kept"]
    assert BREAD in desk.text("echo", date(2026, 1, 2))


@pytest.mark.parametrize("stamp", ["20991231000000", "20261399000000"])
def test_an_archive_cannot_date_a_copy_to_a_day_to_come(stamp: str, here: Web, desk: Desk) -> None:
    here.answers[f"/web/{stamp}id_/http://a.example/x"] = html(BREAD)
    archives = f"availability: dead, archives: [{{url: '{here.url(f'/web/{stamp}/http://a.example/x')}'}}]"
    (outcome,) = desk.copy(dossier(source("echo", here.url("/a"), archives))).outcomes
    assert outcome.copy
    assert outcome.copy.captured == TODAY


def test_hosts_take_turns_so_that_pauses_overlap(here: Web, desk: Desk) -> None:
    here.answers |= {f"/{name}": html(name) for name in "abcd"}
    one, other = "127.0.0.1", "localhost"
    desk.copy(dossier(*(source(f"s-{n}", here.url(f"/{n}", one if n in "abc" else other)) for n in "abcd")))
    assert here.pages == ["/a", "/d", "/b", "/c"]
    assert len(desk.clock.slept) == 2


def test_only_some_sources(here: Web, desk: Desk) -> None:
    here.answers |= {"/a": html(BREAD), "/b": html(BREAD)}
    register = dossier(source("echo", here.url("/a")), source("hum", here.url("/b")))
    taken = desk.copy(register, only=["hum", "nobody"])
    assert [outcome.said.partition(",")[0] for outcome in taken.outcomes] == [
        "not copied: the dossier has no source of this id",
        "copied",
    ]
    assert here.pages == ["/b"]


def test_files_instead_of_the_web(here: Web, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "echo.html").write_bytes(html(BREAD).body)
    (folder / "hum.pdf").write_bytes(pdf(*[BREAD] * 6))
    (folder / "stranger.txt").write_text(BREAD * 9)
    (folder / "linked.txt").symlink_to("/etc/passwd")
    (folder / "notes.docx").write_text("left alone")
    register = dossier(source("echo", here.url("/a")), source("hum"), source("linked"))
    taken = desk.copy(register, from_dir=folder, captured=date(2026, 11, 20))
    assert [(each.source, each.what) for each in taken.outcomes] == [
        ("echo", "file"),
        ("hum", "file"),
        ("linked", "unreadable"),
        ("stranger", "unknown"),
    ]
    assert here.asked == []
    assert "copy hum 2026-11-20" in desk.lock
    assert not list((desk.root / ".snapshots").rglob("*.warc.gz"))
    assert "root:" not in "".join(file.read_text() for file in (desk.root / ".snapshots").rglob("*.txt"))


def test_a_damaged_lock_is_left_as_it_is(here: Web, desk: Desk) -> None:
    (desk.root / "data/snapshots.lock").write_text("<<<<<<< HEAD\n")
    taken = desk.copy(dossier(source("echo", here.url("/a"))))
    assert [problem.rule.code for problem in taken.problems] == ["E708", "E708"][: len(taken.problems)]
    assert taken.exit_code == 1
    assert desk.lock == "<<<<<<< HEAD\n"
    assert here.asked == []


def test_links_are_not_followed(here: Web, desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("mine")
    here.answers["/a"] = html(BREAD)
    register = dossier(source("echo", here.url("/a")))
    store = desk.root / ".snapshots"
    store.symlink_to(outside)
    with pytest.raises(OSError, match="is a link"):
        desk.copy(register)
    store.unlink()
    store.mkdir()
    (store / "echo").symlink_to(outside)
    desk.copy(register)
    assert [each.name for each in outside.iterdir()] == ["mine.txt"]
    assert BREAD in desk.text("echo")
    (store / "echo/2026-11-22.txt").unlink()
    (store / "echo/2026-11-22.txt").symlink_to(outside / "mine.txt")
    assert Store(store).text("echo", TODAY) is None
    desk.copy(register, again=True)
    assert (outside / "mine.txt").read_text() == "mine"
    assert BREAD in desk.text("echo")


def test_what_a_server_says_reaches_no_terminal_unescaped(here: Web, desk: Desk) -> None:
    here.answers["/a"] = moved("x\x1b[2J:y")
    desk.copy(dossier(source("echo", here.url("/a"))))
    assert not any("\x1b" in line for line in desk.said)


KILLED = """\
import sys
from datetime import date
from pathlib import Path
from dossier.fetch import Client
from dossier.snapshot import run
from tests import given
root = Path(sys.argv[1])
register = given.register((root / "sources.txt").read_text())
client = Client("dossier/0", pause=0, allow_local=True)
run(root, register, root / ".snapshots", date(2026, 11, 22), print, client=client)
"""


def test_a_run_that_is_killed_goes_on_where_it_was(here: Web, desk: Desk) -> None:
    names = ["one", "two", "three", "four"]
    here.answers |= {f"/{name}": html(BREAD, name) for name in names}
    here.answers["/three"] = here.silence
    sources = [source(name, here.url(f"/{name}")) for name in names]
    (desk.root / "sources.txt").write_text("sources:\n" + "".join(sources))
    running = subprocess.Popen([sys.executable, "-c", KILLED, str(desk.root)], cwd=REPO, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while "/three" not in here.pages and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait(20)
    assert here.pages == ["/one", "/two", "/three"]
    assert set(read_copies(desk.lock)[0].copies) == {"one", "two"}
    here.answers["/three"] = html(BREAD)
    taken = desk.copy(dossier(*sources))
    assert here.pages == ["/one", "/two", "/three", "/three", "/four"]
    assert [outcome.source for outcome in taken.outcomes] == ["three", "four"]
    assert set(read_copies(desk.lock)[0].copies) == set(names)
