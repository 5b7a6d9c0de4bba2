"""Archived copies, with a server of this machine that answers as the Wayback Machine does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dossier.archive import Archived, run
from dossier.fetch import Client
from dossier.inserted import NotInserted, lines_of, with_archive
from dossier.load import read_yaml
from dossier.wayback import Wayback
from tests import given
from tests.web import Clock, Reply, Web, html, moved, web

ECHO = "https://echo.example/rye?a=b"
READ = "accessed: 2026-11-20"
BLOCK = """\
# Sources, a comment that stays.
sources:

  - id: echo
    type: webpage   # odd   spacing stays
    title: "Rye: the story"
    publisher: Pond Echo
    accessed: 2026-11-20
    url: https://echo.example/rye?a=b   # its address
    language: en
    role: reporting

  # The second one
  - {id: hum, type: webpage, title: Hum, publisher: Hum, accessed: 2026-11-20, url: 'https://hum.example/', language: en, role: record}
companies:
  - {id: crust, name: Crust}
"""  # noqa: E501


@pytest.fixture
def here() -> Iterator[Web]:
    with web() as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


def closest(stamp: str, **more: Any) -> Reply:
    found = {"available": True, "status": "200", "timestamp": stamp, "url": "http://evil.example/", **more}
    return Reply(json.dumps({"url": ECHO, "archived_snapshots": {"closest": found}}).encode())


NOTHING = Reply(b'{"url": "x", "archived_snapshots": {}}')


def asks(url: str = ECHO, near: str = "20261120") -> str:
    return f"/wayback/available?url={quote(url, safe='')}&timestamp={near}"


def saves(here: Web, url: str, stamp: str) -> None:
    """As the archive does: it makes the copy, then sends on to it."""
    here.answers |= {f"/save/{url}": moved(f"/web/{stamp}/{url}"), f"/web/{stamp}/{url}": html("Rye")}


def archived(here: Web, clock: Clock, root: Path, data: str, said: list[str], **options: Any) -> Archived:
    client = {"allow_local": True, "obey_robots": False, "sleep": clock.sleep, "monotonic": clock.monotonic}
    service = Wayback(
        Client("dossier/0", pause=5, **client),  # type: ignore[arg-type]
        Client("dossier/0", pause=15, tries=1, **client),  # type: ignore[arg-type]
        here.url(""),
        here.url(""),
    )
    (root / "data").mkdir(exist_ok=True)
    (root / "data/companies.yaml").write_bytes(data.encode())
    return run(root, given.register(data), said.append, archive=service, sleep=clock.sleep, **options)


def test_an_existing_copy_is_found_and_nothing_is_saved(here: Web, clock: Clock, tmp_path: Path) -> None:
    here.answers[asks()] = closest("20261119050607")
    said: list[str] = []
    done = archived(here, clock, tmp_path, BLOCK, said, only=["echo"])
    assert here.asked == [asks()]
    address = here.url(f"/web/20261119050607/{ECHO}")
    assert said == [
        "[1/1] echo: archived before, 2026-11-19",
        "",
        "data/companies.yaml:4:5 echo:",
        "    archives:",
        f"      - url: {address}",
        "        captured: 2026-11-19",
        "",
        "    1  archived before",
    ]
    assert done.exit_code == 0
    assert (tmp_path / "data/companies.yaml").read_text() == BLOCK


@pytest.mark.parametrize(
    "answer",
    [
        NOTHING,
        closest("20240101000000"),  # another year: it may show another text
        closest("20261119050607", status="404"),
        closest("20261119050607", available=False),
        closest("2026111905060"),
        closest("20261399050607"),
        closest("../../evil"),
        Reply(b"<html>out of order"),
        Reply(b"[" * 5000),
        Reply(b'{"archived_snapshots": []}'),
        Reply(b'["archived_snapshots"]'),
        Reply(status=500),
    ],
)
def test_where_there_is_no_good_copy_one_is_made(answer: Reply, here: Web, clock: Clock, tmp_path: Path) -> None:
    here.answers[asks()] = answer
    saves(here, ECHO, "20261123101112")
    done = archived(here, clock, tmp_path, BLOCK, [], only=["echo"])
    (outcome,) = done.outcomes
    assert outcome.said == "archived now, 2026-11-23"
    assert outcome.capture
    assert outcome.capture.url == here.url(f"/web/20261123101112/{ECHO}")


def test_a_copy_from_before_the_text_was_published_does_not_count(here: Web, clock: Clock, tmp_path: Path) -> None:
    here.answers[asks()] = closest("20261110000000")
    saves(here, ECHO, "20261123101112")
    data = BLOCK.replace(f"    {READ}\n", f"    {READ}\n    issued: 2026-11-18\n", 1)
    (outcome,) = archived(here, clock, tmp_path, data, [], only=["echo"]).outcomes
    assert outcome.what == "saved"


def test_where_the_archive_says_in_a_header_what_it_made(here: Web, clock: Clock, tmp_path: Path) -> None:
    here.answers |= {
        asks(): NOTHING,
        f"/save/{ECHO}": Reply(b"done", headers=(("Content-Location", f"/web/20261123101112/{ECHO}"),)),
    }
    (outcome,) = archived(here, clock, tmp_path, BLOCK, [], only=["echo"]).outcomes
    assert outcome.capture
    assert outcome.capture.captured == date(2026, 11, 23)


def test_where_the_archive_names_the_copy_as_a_memento(here: Web, clock: Clock, tmp_path: Path) -> None:
    web = "http://web.example/web/"
    links = f'<{ECHO}>; rel="original", <{web}20010101000000/x>; rel="first memento", '
    links += f'<{web}20261123101112/{ECHO}>; rel="memento"; datetime="..."'
    here.answers |= {asks(): NOTHING, f"/save/{ECHO}": Reply(b"done", headers=(("Link", links),))}
    (outcome,) = archived(here, clock, tmp_path, BLOCK, [], only=["echo"]).outcomes
    assert outcome.capture
    assert outcome.capture.url == here.url(f"/web/20261123101112/{ECHO}")


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (
            Reply(
                b"", headers=(("X-Archive-Wayback-Runtime-Error", "RobotAccessControlException: Blocked By Robots"),)
            ),
            "not archived: the archive could not copy it: RobotAccessControlException: Blocked By Robots",
        ),
        (Reply(b"queued"), "not archived: the archive did not say where it put the copy"),
        (Reply(status=403), "not archived: the server does not give the page to programs (403)"),
        (Reply(status=520), "not archived: the server is out of order (520)"),
    ],
)
def test_a_page_that_cannot_be_saved(reply: Reply, says: str, here: Web, clock: Clock, tmp_path: Path) -> None:
    here.answers |= {asks(): NOTHING, f"/save/{ECHO}": reply}
    done = archived(here, clock, tmp_path, BLOCK, [], only=["echo"])
    assert [each.said for each in done.outcomes] == [says]
    assert done.exit_code == 1


def test_a_dead_page_is_not_saved(here: Web, clock: Clock, tmp_path: Path) -> None:
    here.answers[asks()] = NOTHING
    data = BLOCK.replace("    role: reporting\n", "    role: reporting\n    availability: dead\n")
    (outcome,) = archived(here, clock, tmp_path, data, [], only=["echo"]).outcomes
    assert outcome.said.startswith("not archived: the page is dead")
    assert here.asked == [asks()]


def test_pauses_between_saves_and_a_long_one_where_it_is_too_much(here: Web, clock: Clock, tmp_path: Path) -> None:
    hum = "https://hum.example/"
    here.answers |= {asks(): NOTHING, asks(hum): NOTHING}
    saves(here, ECHO, "20261123101112")
    saves(here, hum, "20261123101212")
    here.answers[f"/save/{hum}"] = [Reply(status=429), moved(f"/web/20261123101212/{hum}")]
    done = archived(here, clock, tmp_path, BLOCK, [])
    assert [each.what for each in done.outcomes] == ["saved", "saved"]
    asked_again, saved_again, long = clock.slept
    assert (asked_again, long) == (5, 300)
    assert saved_again == pytest.approx(10, abs=1)  # what is left of fifteen


@pytest.mark.parametrize(("after", "slept"), [("7", [300]), ("600", [300, 600]), ("901", [])])
def test_when_the_archive_has_enough_what_was_done_stays(
    after: str, slept: list[float], here: Web, clock: Clock, tmp_path: Path
) -> None:
    hum = "https://hum.example/"
    here.answers |= {asks(): closest("20261119050607"), asks(hum): NOTHING}
    here.answers[f"/save/{hum}"] = Reply(status=429, headers=(("Retry-After", after),))
    said: list[str] = []
    done = archived(here, clock, tmp_path, BLOCK, said, write=True)
    assert (done.stopped, done.exit_code) == (True, 1)
    assert [each.source for each in done.outcomes] == ["echo"]
    assert said[-2:] == ["    1  archived before", "    1  not asked for"]
    assert max(clock.slept, default=0) == max(slept[-1:], default=5)
    assert "2026-11-19" in (tmp_path / "data/companies.yaml").read_text()
    assert here.asked.count(f"/save/{hum}") == (2 if slept else 1)


def test_the_record_gets_its_lines_and_nothing_else_changes(here: Web, clock: Clock, tmp_path: Path) -> None:
    here.answers |= {asks(): closest("20261119050607"), asks("https://hum.example/"): closest("20261118050607")}
    said: list[str] = []
    done = archived(here, clock, tmp_path, BLOCK, said, write=True)
    lines = BLOCK.splitlines(keepends=True)
    lines[9:9] = [
        "    archives:\n",
        f"      - url: {here.url(f'/web/20261119050607/{ECHO}')}\n",
        "        captured: 2026-11-19\n",
    ]
    assert (tmp_path / "data/companies.yaml").read_text() == "".join(lines)
    assert said[0] == "[1/2] echo: archived before, 2026-11-19, written into data/companies.yaml"
    assert said[1].endswith("not written into data/companies.yaml: the record is written between braces")
    assert "data/companies.yaml:14:5 hum:" in said
    assert [each.written for each in done.outcomes] == [True, False]
    after = given.register((tmp_path / "data/companies.yaml").read_text())
    assert [str(each.captured) for each in after.sources["echo"].archives] == ["2026-11-19"]
    again = archived(here, clock, tmp_path, (tmp_path / "data/companies.yaml").read_text(), said, only=["echo"])
    assert again.outcomes == ()
    assert said[-1] == "Every source has its copy."


DAY = date(2026, 11, 19)
COPY = f"https://web.example/web/20261119050607/{ECHO}"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("windows line ends", "\n", "\r\n"),
        ("a byte order mark", "# Sources", "\ufeff# Sources"),
        ("the address last", "    language: en\n    role: reporting\n", ""),
        ("quoted", "https://echo.example/rye?a=b ", "'https://echo.example/rye?a=b'"),
        ("deeper", "\n    ", "\n      "),
        ("accents", "Pond Echo", "Écho de l’étang 🍞"),
    ],
)
def test_lines_are_put_in_whatever_the_file_looks_like(name: str, old: str, new: str) -> None:
    raw = BLOCK.replace("  - id: echo", "  -   id: echo" if name == "deeper" else "  - id: echo").replace(old, new)
    before = raw.encode()
    after = with_archive(before, "data/a.yaml", "echo", COPY, DAY, 2)
    kept = [line for line in after.split(b"\n") if line not in before.split(b"\n")]
    assert [line.strip() for line in kept] == [b"archives:", f"- url: {COPY}".encode(), b"captured: 2026-11-19"]
    assert after.replace(b"\n".join(kept) + b"\n", b"") == before
    assert after.count(b"\r\n") == (after.count(b"\n") if name == "windows line ends" else 0)
    document, problems = read_yaml(after, "data/a.yaml")
    assert problems == []
    assert document.place.at("sources", 0, "archives", 0, "url").node.text == COPY  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("id: echo", "id: other", "no longer holds the source"),
        ("    language: en\n    role", "    archives: []\n    role", "archived copies already"),
        ("url: https://echo.example/rye?a=b   # its address", "url: >-\n      https://a.example/", "takes more than"),
        ("    role: reporting\n\n", "    role: reporting\n\tbroken", "no longer holds"),
    ],
)  # fmt: skip
def test_what_a_person_has_to_put_in(old: str, new: str, why: str) -> None:
    assert old in BLOCK
    with pytest.raises(NotInserted, match=why):
        with_archive(BLOCK.replace(old, new).encode(), "data/a.yaml", "echo", COPY, DAY, 2)


def test_lines_that_would_land_elsewhere_are_not_written() -> None:
    """To YAML a lone carriage return ends a line; an editor sees none there, and counts otherwise."""
    raw = "# a\r# b\nsources:\n  - id: echo\n    url: https://a.example/\n  - id: hum\n    url: https://b.example/\n"
    with pytest.raises(NotInserted, match="would not say the same"):
        with_archive(raw.encode(), "data/a.yaml", "echo", COPY, DAY, 2)
    assert with_archive(raw.replace("\r", " ").encode(), "data/a.yaml", "echo", COPY, DAY, 2)


def test_an_address_that_yaml_would_misread_is_quoted() -> None:
    for odd in ("https://a.example/x: y", "https://a.example/x #y", "https://a.example/é", "https://a.example/x:"):
        assert json.dumps(odd, ensure_ascii=False) in lines_of(odd, DAY)[1]
        after = with_archive(BLOCK.encode(), "data/a.yaml", "echo", odd, DAY, 2)
        node = read_yaml(after, "data/a.yaml")[0].place.at("sources", 0, "archives", 0, "url").node
        assert node.text == odd  # type: ignore[union-attr]


def test_a_linked_data_file_is_not_written_through(here: Web, clock: Clock, tmp_path: Path) -> None:
    here.answers[asks()] = closest("20261119050607")
    register = given.register(BLOCK)
    (tmp_path / "data").mkdir()
    (tmp_path / "outside.yaml").write_text(BLOCK)
    (tmp_path / "data/companies.yaml").symlink_to(tmp_path / "outside.yaml")
    client = Client("dossier/0", allow_local=True, obey_robots=False, sleep=clock.sleep, monotonic=clock.monotonic)
    service = Wayback(client, client, here.url(""), here.url(""))
    done = run(tmp_path, register, lambda line: None, only=["echo"], write=True, archive=service, sleep=clock.sleep)
    assert [each.written for each in done.outcomes] == [False]
    assert (tmp_path / "outside.yaml").read_text() == BLOCK
