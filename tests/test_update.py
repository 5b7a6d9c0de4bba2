"""A few files made new: others are not looked at, readers see one change, and the twin is never anything but a twin."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import exchange
from dossier.beside import hold
from dossier.pages import File, Stream
from dossier.write import MARKER, Stage, Written, branches, replace, stands, update, write
from tests.folders import traces, tree

HOME, ALDER, STYLE = (
    File("index.html", b"home"),
    File("companies/alder/index.html", b"alder"),
    File("site.css", b"p {}"),
)
SITE = (HOME, ALDER, STYLE)
PLACES = ["index.html", "site.css", "a/index.html", "a/b/index.html", "c/index.html", "c/data.csv"]


def twins(output: Path) -> list[Path]:
    return list(output.parent.glob(f".{output.name}.twin-*"))


def others(output: Path) -> list[str]:
    """What stands beside the output and is no twin."""
    return [path.name for path in output.parent.iterdir() if path != output and path not in twins(output)]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    write(SITE, output)
    return output


@pytest.mark.parametrize("swap", [True, False])
@pytest.mark.parametrize("has_twin", [True, False])
def test_what_is_named_changes_and_all_else_stays(output: Path, swap: bool, has_twin: bool) -> None:
    if has_twin:
        update(output, [File("index.html", b"older")], [], swap=True)
    before = traces(output)
    changed: list[File | Stream] = [
        File("index.html", b"new"),
        File("site.css", b"p {}"),
        Stream("companies/birch/index.html", lambda: iter([b"bir", b"ch"])),
    ]
    written = update(output, changed, ["companies/alder/index.html", "never.html"], swap)
    assert written == Written(2, 1, 1, swap)
    assert [(left.path, left.size, left.same) for left in written.left.values()] == [
        ("index.html", 3, False),
        ("site.css", 4, True),
        ("companies/birch/index.html", 5, False),
    ]
    assert all(left.time == (output / path).stat().st_mtime_ns for path, left in written.left.items())
    assert tree(output) == {"index.html": b"new", "site.css": b"p {}", "companies/birch/index.html": b"birch"}
    assert traces(output)["site.css"] == before["site.css"]
    assert not (output / "companies/alder").exists(), "an empty folder is stale too"
    assert [traces(twin) for twin in twins(output)] == [traces(output)] * (swap or has_twin)
    assert others(output) == []


@pytest.mark.parametrize("swap", [True, False])
def test_nothing_is_touched_where_nothing_differs(output: Path, swap: bool) -> None:
    before = {path: path.stat().st_mtime_ns for path in (output.parent, output, *output.rglob("*"))}
    assert update(output, [HOME, ALDER], ["never.html"], swap).written == 0
    assert {path: path.stat().st_mtime_ns for path in (output.parent, output, *output.rglob("*"))} == before


@pytest.mark.parametrize("swap", [True, False])
def test_only_a_site_can_be_brought_up_to_date(tmp_path: Path, swap: bool) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "nothing"):
        with pytest.raises(FileNotFoundError, match="no site"):
            update(tmp_path / name, [HOME], [], swap)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.doc").write_text("mine")
    with pytest.raises(OSError, match="no build put there"):
        update(tmp_path / "mine", [HOME], [], swap)
    assert tree(tmp_path / "mine") == {"thesis.doc": b"mine"}


@pytest.mark.parametrize("swap", [True, False])
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("../up.html", "not a relative path"),
        (MARKER, "no name"),
        ("Index.html", "only in case"),
        ("companies/Alder/index.html", "only in case"),
        ("index.html/more.html", "both a file and a folder"),
        ("companies/alder", "both a file and a folder"),
    ],
)
def test_a_path_without_room_is_refused(output: Path, path: str, message: str, swap: bool) -> None:
    for _ in range(2):
        before = traces(output)
        with pytest.raises(ValueError, match=message):
            update(output, [File(path, b"")], [], swap)
        assert traces(output) == before
        assert not others(output)
        update(output, [File("site.css", b"p { }")], [], swap=True)


def test_no_update_leads_through_a_link(output: Path, tmp_path: Path) -> None:
    (output / "link").symlink_to(tmp_path)
    with pytest.raises(ValueError, match="both a file and a folder"):
        update(output, [File("link/page.html", b"")], [], swap=False)
    update(output, [File("link/page.html", b"")], ["link/mine.txt"], swap=True)
    assert tree(output)["link/page.html"] == b""
    assert sorted(tmp_path.iterdir()) == sorted([output, *twins(output)])


@pytest.mark.parametrize("swap", [True, False])
def test_what_is_gone_makes_room(output: Path, swap: bool) -> None:
    changed = [File("Companies/alder/index.html", b"1"), File("index.html/page.html", b"2")]
    update(output, changed, ["companies/alder/index.html", "index.html"], swap)
    assert tree(output) == {"Companies/alder/index.html": b"1", "index.html/page.html": b"2", "site.css": b"p {}"}
    with pytest.raises(ValueError, match="not a relative path"):
        update(output, [], ["../output/site.css"], swap)
    assert "site.css" in tree(output)


@pytest.mark.parametrize("swap", [True, False])
def test_a_slip_on_the_way_leaves_a_site_and_a_true_twin(output: Path, swap: bool) -> None:
    update(output, [File("index.html", b"older")], [], swap=True)

    def changed() -> Iterator[File | Stream]:
        yield File("index.html", b"new")
        yield File("more/index.html", b"more")
        yield Stream("site.css", lambda: (b"%d" % (1 // each) for each in (1, 0)))

    with pytest.raises(ZeroDivisionError):
        update(output, changed(), ["companies/alder/index.html"], swap)
    if swap:
        assert tree(output) == {"index.html": b"older", "companies/alder/index.html": b"alder", "site.css": b"p {}"}
    else:
        assert tree(output) == {"index.html": b"new", "more/index.html": b"more", "site.css": b"p {}"}
    (twin,) = twins(output)
    assert traces(twin) == traces(output)
    assert others(output) == []


def test_while_one_build_is_at_work_no_other_builds_on_what_stands(output: Path) -> None:
    held = hold(output)
    assert held
    for swap in (True, False):
        with pytest.raises(BlockingIOError, match="another build is at work"):
            update(output, [File("index.html", b"new")], [], swap)
    with pytest.raises(BlockingIOError):
        replace((HOME,), output)
    assert write((HOME, STYLE), output) == Written(0, 2, 1), "a whole site needs nothing of what stands"
    held.leave()
    assert update(output, [File("index.html", b"new")], [], swap=True).written == 1


def test_a_site_that_was_exchanged_during_an_update_in_place_gets_no_false_twin(output: Path) -> None:
    update(output, [File("index.html", b"older")], [], swap=True)

    def changed() -> Iterator[File]:
        yield File("index.html", b"new")
        write((STYLE,), output)

    update(output, changed(), [], swap=False)
    assert tree(output) == {"site.css": b"p {}"}
    assert twins(output) == []
    assert others(output) == []


def test_a_site_that_was_exchanged_during_an_update_that_fails_gets_no_false_twin(output: Path) -> None:
    def changed() -> Iterator[File]:
        yield File("index.html", b"new")
        write((STYLE,), output)
        yield File("../up.html", b"")

    with pytest.raises(ValueError, match="relative"):
        update(output, changed(), [], swap=True)
    assert tree(output) == {"site.css": b"p {}"}
    assert twins(output) == []
    assert others(output) == []


def test_a_site_that_was_exchanged_during_an_update_is_not_undone(output: Path) -> None:
    def changed() -> Iterator[File]:
        yield File("index.html", b"new")
        write((STYLE,), output)

    with pytest.raises(BlockingIOError, match="another build"):
        update(output, changed(), [], swap=True)
    assert tree(output) == {"site.css": b"p {}"}
    assert others(output) == []


def test_where_nothing_may_stand_beside_the_site_pages_are_replaced_one_by_one(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.mkdtemp

    def refused(prefix: str, dir: Path) -> str:
        if dir == output.parent:
            raise PermissionError(errno.EACCES, "may not be written to")
        return make(prefix=prefix, dir=dir)

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    before = traces(output)
    with pytest.raises(ValueError, match="only in case"):
        update(output, [File("more/index.html", b""), File("Companies/x/index.html", b"")], [], swap=True)
    assert traces(output) == before
    written = update(output, [File("more/index.html", b"")], ["companies/alder/index.html"], swap=True)
    assert written == Written(1, 0, 1, False, written.note)
    assert "may not be written to" in written.note
    assert tree(output) == {"index.html": b"home", "more/index.html": b"", "site.css": b"p {}"}
    assert others(output) == []


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EBUSY, errno.EIO])
def test_where_folders_cannot_be_exchanged_an_update_is_made_all_the_same(
    output: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = traces(output)
    monkeypatch.setattr(exchange, "exchange", lambda one, other: number)
    changed, gone = [File("index.html", b"new"), File("more/page.html", b"")], ["companies/alder/index.html"]
    if number == errno.EIO:
        with pytest.raises(OSError, match="Input/output"):
            update(output, changed, gone, swap=True)
        assert traces(output) == before
    else:
        written = update(output, changed, gone, swap=True)
        assert written == Written(2, 0, 1, False, written.note)
        assert ("mount point" if number == errno.EBUSY else "cannot exchange") in written.note
        assert tree(output) == {"index.html": b"new", "more/page.html": b"", "site.css": b"p {}"}
        assert traces(output)["site.css"] == before["site.css"]
    assert all(traces(twin) == traces(output) for twin in twins(output))
    assert others(output) == []


def test_an_edit_is_not_undone_by_an_update(output: Path) -> None:
    update(output, [File("index.html", b"older")], [], swap=True)
    (output / "new.css").write_bytes(b"edited")
    (output / "new.css").rename(output / "site.css")
    update(output, [File("index.html", b"new")], [], swap=True)
    assert tree(output) == {"index.html": b"new", "companies/alder/index.html": b"alder", "site.css": b"edited"}


def test_a_twin_that_cannot_be_taken_is_one_no_more(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(prefix: str, dir: Path) -> str:
        raise PermissionError(errno.EACCES, "may not be written to")

    update(output, [File("index.html", b"older")], [], swap=True)
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "mkdtemp", refused)
        update(output, [File("companies/alder/index.html", b"new")], [], swap=False)
    update(output, [File("index.html", b"new")], [], swap=True)
    assert tree(output) == {"index.html": b"new", "companies/alder/index.html": b"new", "site.css": b"p {}"}


def test_what_is_left_is_free_though_another_process_has_it_open(output: Path) -> None:
    held = hold(output)
    assert held
    process = subprocess.Popen(["sleep", "60"], pass_fds=[held.lock.fileno()])
    try:
        assert hold(output) is None
        held.leave()
        again = hold(output)
        assert again
        again.leave()
    finally:
        process.kill()
        process.wait()


def test_strange_things_do_not_outlive_an_update(output: Path, tmp_path: Path) -> None:
    (output / "link").symlink_to(tmp_path)
    (output / "empty").mkdir()
    for number in range(2):
        update(output, [File("index.html", b"%d" % number)], [], swap=True)
        for folder in (output, *twins(output)):
            assert not (folder / "link").is_symlink()
            assert not (folder / "empty").exists()


def test_modes_do_not_depend_on_the_umask(output: Path) -> None:
    old = os.umask(0o077)
    try:
        for number, swap in enumerate([True, False, True]):
            update(output, [File(f"new-{number}/page/index.html", b"")], [], swap)
    finally:
        os.umask(old)
    for path in (output, *output.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "replace", "twin", "swap", "in place", "remove", "edit"]),
        st.dictionaries(st.sampled_from(PLACES), st.sampled_from([b"", b"1", b"22", b"333"]), max_size=4),
        st.sets(st.sampled_from(PLACES), max_size=2),
    ),
    max_size=7,
)


@given(steps=STEPS)
def test_whatever_comes_after_whatever(tmp_path_factory: pytest.TempPathFactory, steps: list) -> None:
    output = tmp_path_factory.mktemp("site") / "output"
    wanted = {"index.html": b"home"}
    write((HOME,), output)
    for step, changed, gone in steps:
        files = tuple(File(*item) for item in changed.items())
        if step in ("swap", "in place"):
            wanted = {**{path: content for path, content in wanted.items() if path not in gone}, **changed}
            update(output, files, gone, swap=step == "swap")
        elif step == "remove":
            output.rename(output.with_name(f"moved-{len(others(output))}"))
            write(tuple(File(*item) for item in wanted.items()), output)
        elif step == "edit":
            (output / MARKER).with_name("foreign.html").write_text("foreign")
            write(tuple(File(*item) for item in wanted.items()), output)
        else:
            wanted = dict(changed)
            if step == "twin":
                with Stage(output, twin=True) as stage:
                    for file in files:
                        stage.put(file)
                    stage.publish()
            else:
                (write if step == "write" else replace)(files, output)
        assert tree(output) == wanted
        folders = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_dir()}
        assert folders == {str(parent) for path in wanted for parent in Path(path).parents} - {"."}
        # A twin that is used must be one; a stale one goes with the next build.
        used = [twin for twin in twins(output) if twin.name.endswith(mark(output))]
        assert [traces(twin) for twin in used] == [traces(output)] * len(used)
        assert not [name for name in others(output) if not name.startswith("moved-")]


def mark(output: Path) -> str:
    return f"{output.stat().st_ino:x}-{output.stat().st_mtime_ns:x}"


FOREVER = """
import sys
from pathlib import Path
from dossier.pages import File
from dossier.write import update
version = 0
while True:
    version += 1
    changed = [File(f"{n // 10}/{n}.html", b"%d" % version) for n in range(0, 400, 4)]
    gone = [f"new/{version - 1}/index.html"] if version > 1 else []
    update(Path(sys.argv[1]), [*changed, File(f"new/{version}/index.html", b"%d" % version)], gone, swap=True)
    print(version, flush=True)
"""


def test_a_killed_update_leaves_a_whole_site(output: Path) -> None:
    """Kill a process that publishes one update after another, at moments spread over its work."""
    repository = Path(__file__).parent.parent
    for pause in range(6):
        write([File(f"{n // 10}/{n}.html", b"0") for n in range(400)], output)
        process = subprocess.Popen(
            [sys.executable, "-c", FOREVER, str(output)], cwd=repository, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.011 * pause)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        site = tree(output)
        assert len(site) == 401
        assert {content for path, content in site.items() if path.startswith("new/")} == {site["0/0.html"]}
        assert {int(path.split("/")[1].split(".")[0]) % 4 for path, content in site.items() if content == b"0"} == {
            1,
            2,
            3,
        }
        assert len({content for content in site.values() if content != b"0"}) == 1, "one version"
    update(output, [File("0/0.html", b"last")], [], swap=True)
    assert [traces(twin) for twin in twins(output)] == [traces(output)]
    assert others(output) == []


def recorded(output: Path) -> tuple[list[tuple[str, int, int]], list[tuple[str, int]]]:
    files = {path: (output / path).stat() for path in tree(output)}
    record = [(path, found.st_size, found.st_mtime_ns) for path, found in files.items()]
    return record, list(branches(output, files).items())


def test_a_site_stands_until_something_in_it_changes(output: Path, tmp_path: Path) -> None:
    record = recorded(output)
    assert [path for path, _ in record[1]] == ["", "companies"]
    assert stands(output, *record)

    def after(*changes: str) -> bool:
        for path in ("output", "other"):
            subprocess.run(["rm", "-rf", tmp_path / path], check=True)
        write(SITE, output)
        record = recorded(output)
        for change in changes:
            subprocess.run(["sh", "-ec", change], cwd=output, check=True)
        return stands(output, *record)

    assert after()
    assert after("cat index.html", "ls -lR", "ln index.html ../other")
    assert not after("printf hame > index.html; touch -t 200001010000 index.html"), "an edit of the same length"
    assert not after("printf longer >> companies/alder/index.html")
    assert not after("rm companies/alder/index.html")
    assert not after("mv site.css site.css.old")
    assert not after("cp -p site.css x; mv x site.css; mkdir companies/new")
    assert not after("cp -Rp companies/alder companies/new")
    assert not after("cp -Rp companies/alder ../other; rm -r companies/alder; ln -s ../../other companies/alder")
    assert not after("rm .dossier-output")
    assert not after("mv ../output ../other")
    assert not after("mv ../output ../other; ln -s other ../output")
    kept_times = (
        "touch -r . ../root; touch -r index.html ../time; {}; touch -h -r ../time index.html; touch -r ../root ."
    )
    assert after(kept_times.format("true"))
    for change in ("printf x >> index.html", "rm index.html; ln -s four index.html"):
        assert not after(kept_times.format(change))


def test_what_is_written_is_what_stands(output: Path) -> None:
    with Stage(output) as stage:
        for file in (File("index.html", b"new"), ALDER, STYLE):
            stage.put(file)
        left = dict(stage.publish().left)
    for number, (swap, gone) in enumerate(pairwise([True, True, False, True, False])):
        files = [(each.path, each.size, each.time) for each in left.values()]
        assert stands(output, files, branches(output, left).items())
        written = update(output, [File(f"a/{number}/x.html", b"x" * number)], [f"a/{number - gone}/x.html"], swap)
        left |= written.left
        left = {path: each for path, each in left.items() if (output / path).exists()}
    write((HOME,), output)
    assert not stands(output, [(each.path, each.size, each.time) for each in left.values()], [])
