"""A site put together file by file: in one process or several, beside the old one, which stays whole until the swap."""

from __future__ import annotations

import errno
import os
import pickle
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import exchange
from dossier.pages import File, Stream
from dossier.tree import Left, Tree
from dossier.write import MARKER, Stage, Written, published, replace, update, write
from tests.folders import traces, tree

HOME, ALDER, STYLE = (
    File("index.html", b"home"),
    File("companies/alder/index.html", b"alder"),
    File("site.css", b"p {}"),
)
SITE = (HOME, ALDER, STYLE)


def beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir())


def twin_of(output: Path) -> Path:
    (twin,) = output.parent.glob(f".{output.name}.twin-*")
    return twin


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.fixture
def site(output: Path) -> Path:
    write(SITE, output)
    return output


def test_nothing_is_seen_before_it_is_published(site: Path) -> None:
    with Stage(site) as stage:
        stage.put(File("index.html", b"new"))
        assert tree(site) == {"index.html": b"home", "companies/alder/index.html": b"alder", "site.css": b"p {}"}
        stage.keep("site.css")
        assert stage.publish() == Written(1, 1, 1)
        assert tree(site) == {"index.html": b"new", "site.css": b"p {}"}
    assert beside(site) == ["output"]


def test_without_publish_the_old_site_stays(site: Path, tmp_path: Path) -> None:
    before = traces(site)
    with Stage(site) as stage:
        stage.put(File("index.html", b"new"))
    slip = Stream("data.csv", lambda: (b"%d" % (1 // each) for each in (1, 0)))
    with pytest.raises(ZeroDivisionError):
        write((File("index.html", b"new"), slip), site)
    with Stage(tmp_path / "other") as stage:
        stage.put(HOME)
    assert traces(site) == before
    assert beside(site) == ["output"]


def test_paths_are_checked_as_they_come(site: Path) -> None:
    with Stage(site) as stage:
        stage.put(HOME)
        stage.keep("companies/alder/index.html")
        for path in ("../up", "index.html", "Index.html", "index.html/x", "companies", "COMPANIES/x", MARKER.upper()):
            with pytest.raises(ValueError, match=r"relative path|no name|twice|both a file|only in case"):
                stage.put(File(path, b""))
    assert len(tree(site)) == 3


@pytest.mark.parametrize("path", ["nothing.html", "companies", "link.html", "away/outside.txt"])
def test_only_a_file_of_the_site_can_be_kept(site: Path, tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.txt").write_text("mine")
    (site / "link.html").symlink_to(tmp_path / "outside.txt")
    (site / "away").symlink_to(tmp_path)
    with pytest.raises(FileNotFoundError, match="cannot be kept"), Stage(site) as stage:
        stage.keep(path)


def test_a_file_behind_a_link_is_not_the_site_s_even_with_the_same_bytes(site: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/index.html").write_bytes(b"alder")
    (site / "companies/alder/index.html").unlink()
    (site / "companies/alder").rmdir()
    (site / "companies/alder").symlink_to(tmp_path / "outside")
    assert write(SITE, site) == Written(1, 2, 0)
    assert not (site / "companies/alder").is_symlink()
    assert (tmp_path / "outside/index.html").stat().st_nlink == 1


def pieces(content: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(cut % (len(content) + 1) for cut in cuts), len(content)]
    return [content[start:end] for start, end in pairwise(places)]


@given(
    old=st.binary(max_size=40),
    new=st.binary(max_size=40),
    equal=st.integers(0, 40),
    cuts=st.lists(st.integers(0, 99), max_size=6),
)
def test_a_stream_is_written_as_it_comes_and_only_if_it_differs(
    tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes, equal: int, cuts: list[int]
) -> None:
    output = tmp_path_factory.mktemp("site") / "output"
    new = old[:equal] + new
    asked = []

    def chunks() -> Iterator[bytes]:
        asked.append(new)
        yield from pieces(new, cuts)

    write((HOME, File("data.csv", old)), output)
    before = traces(output)
    assert write((HOME, Stream("data.csv", chunks)), output) == Written(old != new, 1 + (old == new), 0)
    assert tree(output) == {"index.html": b"home", "data.csv": new}
    assert (traces(output) == before) == (old == new)
    assert len(asked) == 1, "what makes the chunks may take long"
    assert replace((HOME, Stream("data.csv", lambda: iter(pieces(old, cuts)))), output).written == (old != new)
    assert tree(output)["data.csv"] == old


def test_a_long_stream_keeps_what_is_equal(site: Path) -> None:
    lines = [b"%d,a line\n" % number for number in range(80_000)]
    write((HOME, Stream("data.csv", lambda: iter(lines))), site)
    changed = [*lines[:70_000], b"another\n", *lines[70_001:]]
    write((HOME, Stream("data.csv", lambda: iter(changed))), site)
    assert (site / "data.csv").read_bytes() == b"".join(changed)
    assert stat.S_IMODE((site / "data.csv").stat().st_mode) == 0o644


WORKER = """
import pickle, sys
from dossier.pages import File
worker, files = pickle.load(sys.stdin.buffer)
pickle.dump([worker.put(File(*file)) for file in files], sys.stdout.buffer)
"""


def test_several_processes_put_into_one_stage(site: Path) -> None:
    repository = Path(__file__).parent.parent
    before = traces(site)
    with Stage(site) as stage:
        stage.put(File("index.html", b"new"))
        parts = [
            [("companies/alder/index.html", b"alder")],
            [("companies/birch/index.html", b"b"), ("site.css", b"p {}")],
        ]
        working = []
        for part in parts:
            process = subprocess.Popen(
                [sys.executable, "-c", WORKER], cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            assert process.stdin
            pickle.dump((stage.worker(), part), process.stdin)
            process.stdin.close()
            working.append(process)
        for process in working:
            assert process.stdout
            left: list[Left] = pickle.load(process.stdout)
            process.stdout.close()
            assert process.wait() == 0
            stage.add(left)
        assert stage.publish() == Written(2, 2, 0)
    assert tree(site) == {
        "index.html": b"new",
        "companies/alder/index.html": b"alder",
        "companies/birch/index.html": b"b",
        "site.css": b"p {}",
    }
    after = traces(site)
    assert all(after[path] == before[path] for path in ("companies/alder/index.html", "site.css"))
    assert beside(site) == ["output"]


def test_what_workers_put_is_checked_too(site: Path) -> None:
    with Stage(site) as stage:
        worker = stage.worker()
        with pytest.raises(ValueError, match="not a relative path"):
            worker.put(File("../up.html", b""))
        stage.add([worker.put(File("a/index.html", b"1"))])
        with pytest.raises(ValueError, match="differs only in case"):
            stage.add([worker.put(File("A/x.html", b"2"))])
    assert len(tree(site)) == 3


def test_what_a_worker_put_before_all_was_given_up_is_in_no_twin(site: Path) -> None:
    with Stage(site, twin=True) as stage:
        stage.put(File("index.html", b"1"))
        stage.publish()
    with Stage(site) as stage:
        stage.worker().put(File("index.html", b"2"))
    update(site, [STYLE], [], swap=True)
    assert tree(site) == {"index.html": b"1", "site.css": b"p {}"}


def test_a_folder_that_made_room_is_made_anew(tmp_path: Path) -> None:
    folder = Tree(str(tmp_path))
    for path in ("a/b/c", "a", "a/b/c"):
        folder.create(path, b"")
        assert folder.find(path)
    assert not folder.drop("a/b/c/d")
    assert folder.drop("a/b/c")
    assert not list(tmp_path.iterdir())


def test_workers_that_change_nothing_touch_nothing(site: Path) -> None:
    before = traces(site)
    for _ in range(2):
        with Stage(site, twin=True) as stage:
            worker = stage.worker()
            stage.add([worker.put(file) for file in SITE])
            assert stage.publish() == Written(0, 3, 0)
    assert traces(site) == before
    assert beside(site) == ["output"]


def test_a_page_that_another_build_changes_meanwhile_is_noticed(site: Path) -> None:
    def meanwhile() -> Iterator[File]:
        yield File("index.html", b"new")
        yield STYLE
        (site / "new.css").write_bytes(b"p { }")
        (site / "new.css").rename(site / "site.css")

    with pytest.raises(OSError, match="changed by another build"):
        write(meanwhile(), site)
    assert tree(site)["index.html"] == b"home"
    assert beside(site) == ["output"]


def test_without_hard_links_what_is_kept_is_copied_with_its_time(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object, **named: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    os.utime(site / "site.css", ns=(1, 1))
    monkeypatch.setattr(os, "link", refused)
    assert write((File("index.html", b"new"), STYLE), site) == Written(1, 1, 1)
    assert tree(site) == {"index.html": b"new", "site.css": b"p {}"}
    assert (site / "site.css").stat().st_mtime_ns == 1


def test_a_site_on_another_disk_is_filled_with_copies(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = os.replace

    def refused(one: str, other: str) -> None:
        if Path(one).parent != Path(other).parent:
            raise OSError(errno.EXDEV, "another disk")
        move(one, other)

    monkeypatch.setattr(exchange, "exchange", lambda one, other: errno.EXDEV)
    monkeypatch.setattr(os, "replace", refused)
    before = traces(site)
    written = write((File("index.html", b"new"), File("more/page.html", b""), STYLE), site)
    assert written == Written(2, 1, 1, False, written.note)
    assert tree(site) == {"index.html": b"new", "more/page.html": b"", "site.css": b"p {}"}
    assert traces(site)["site.css"] == before["site.css"]
    assert all(left.time == (site / path).stat().st_mtime_ns for path, left in written.left.items())
    assert beside(site) == ["output"]


def test_a_standing_file_that_is_cut_short_while_it_is_read_stops_the_build(site: Path) -> None:
    long = [b"x" * 300_000, b"y" * 300_000, b"z"]
    write((HOME, Stream("data.csv", lambda: iter(long))), site)

    def chunks() -> Iterator[bytes]:
        yield from long[:2]
        os.truncate(site / "data.csv", 10)
        yield b"changed"

    with pytest.raises(OSError, match="cut short"):
        write((HOME, Stream("data.csv", chunks)), site)
    assert beside(site) == ["output"]


def test_where_nothing_may_stand_beside_the_site_it_is_staged_inside(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.mkdtemp

    def refused(prefix: str, dir: Path) -> str:
        if dir == site.parent:
            raise PermissionError(errno.EACCES, "may not be written to")
        return make(prefix=prefix, dir=dir)

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    before = traces(site)
    with Stage(site) as stage:
        stage.put(File("index.html", b"new"))
        (stage_inside,) = (path for path in site.iterdir() if path.is_dir() and path.name != "companies")
        assert stage_inside.name not in {path.split("/")[0] for path in published(site)}
    assert traces(site) == before
    written = write((File("index.html", b"new"), STYLE, File("site", b"x")), site)
    assert written == Written(2, 1, 1, False, written.note)
    assert "may not be written to" in written.note
    assert tree(site) == {"index.html": b"new", "site.css": b"p {}", "site": b"x"}
    assert traces(site)["site.css"] == before["site.css"]
    with pytest.raises(PermissionError):
        write(SITE, site.with_name("another"))


def test_an_empty_mount_point_is_marked_as_ours(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(one: Path, other: Path) -> str:
        raise exchange.Mounted

    monkeypatch.setattr("dossier.stage.publish", refused)
    output.mkdir()
    for files in ((HOME,), (HOME, STYLE)):
        assert not write(files, output).atomic
        assert len(tree(output)) == len(files)
    assert beside(output) == ["output"]


def test_a_twin_is_kept_on_request_and_then_used(site: Path) -> None:
    first = site.stat().st_ino
    folder = (site / "companies/alder").stat().st_ino
    for number in range(1, 5):
        with Stage(site, twin=number == 1) as stage:
            stage.put(File("index.html", b"%d" % number))
            for file in (ALDER, STYLE):
                stage.put(file)
            assert stage.publish() == Written(1, 2, 0)
        assert tree(site)["index.html"] == b"%d" % number
        assert traces(twin_of(site)) == traces(site), "the very same files"
        assert (site.stat().st_ino == first) == (number % 2 == 0)
        assert ((site / "companies/alder").stat().st_ino == folder) == (number % 2 == 0)
    assert len(beside(site)) == 2


def test_a_first_site_may_have_a_twin(output: Path) -> None:
    assert write(SITE, output, twin=True) == Written(3, 0, 0)
    twin = twin_of(output)
    number, before = twin.stat().st_ino, traces(output)
    assert traces(twin) == before
    update(output, [File("index.html", b"new")], [], swap=True)
    assert output.stat().st_ino == number, "the twin was used"
    assert [path for path, trace in traces(output).items() if trace != before[path]] == ["index.html"]
    assert traces(twin_of(output)) == traces(output)
    assert len(beside(output)) == 2


def test_what_is_stale_or_strange_in_a_twin_is_never_published(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    with Stage(site, twin=True) as stage:
        stage.put(File("index.html", b"1"))
        for file in (ALDER, STYLE):
            stage.put(file)
        stage.publish()
    twin = twin_of(site)
    (twin / "site.css").unlink()
    (twin / "site.css").write_text("edited")
    (twin / "companies/alder/index.html").unlink()
    (twin / "companies/alder").rmdir()
    (twin / "companies/alder").symlink_to(tmp_path)
    (twin / "link").symlink_to(outside)
    (twin / "more").mkdir()
    (twin / "more/page.html").write_text("more")
    assert write(SITE, site) == Written(1, 2, 0)
    assert tree(site) == {"index.html": b"home", "companies/alder/index.html": b"alder", "site.css": b"p {}"}
    assert not [path for path in site.rglob("*") if path.is_symlink() or path.name == "more"]
    assert traces(twin_of(site)) == traces(site)
    assert outside.read_text() == "mine"


def test_a_twin_of_a_site_that_stands_no_more_goes(site: Path) -> None:
    with Stage(site, twin=True) as stage:
        stage.put(HOME)
        stage.publish()
    twin = twin_of(site)
    write((HOME,), site)
    assert twin_of(site) == twin
    site.rename(site.with_name("moved"))
    write((STYLE,), site)
    assert beside(site) == ["moved", "output"]
    assert tree(site) == {"site.css": b"p {}"}


@pytest.mark.parametrize("number", [errno.EIO, errno.EBUSY, errno.ENOSYS])
def test_a_twin_stays_one_or_goes_when_the_swap_fails(site: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    with Stage(site, twin=True) as stage:
        stage.put(File("index.html", b"1"))
        stage.put(ALDER)
        stage.publish()
    monkeypatch.setattr(exchange, "exchange", lambda one, other: number)
    if number == errno.EIO:
        with pytest.raises(OSError, match="Input/output"):
            write((HOME,), site)
        assert tree(site) == {"index.html": b"1", "companies/alder/index.html": b"alder"}
    else:
        assert not write((HOME,), site).atomic
        assert tree(site) == {"index.html": b"home"}
    twins = list(site.parent.glob(".output.twin-*"))
    assert all(traces(twin) == traces(site) for twin in twins)
    assert len(twins) == (number == errno.ENOSYS)
    assert len(beside(site)) == 1 + len(twins)
