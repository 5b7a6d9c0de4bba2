"""Files to disk: one swap, nothing touched without need, nobody else's files lost."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier import exchange
from dossier.pages import File
from dossier.write import MARKER, Written, accept, check_paths, replace, write
from tests.folders import tree

Change = Callable[[tuple[File, ...], Path], Written]
HOME = File("index.html", b"home")
ROSHEL = File("companies/alder/index.html", b"alder")
STYLE = File("site.css", b"p {}")


def traces(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of everything in a folder and of the folder itself."""
    return {str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in (folder, *folder.rglob("*"))}


def beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir())


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def test_a_first_build_writes_all(output: Path) -> None:
    assert write((HOME, ROSHEL), output) == Written(2, 0, 0)
    assert tree(output) == {"index.html": b"home", "companies/alder/index.html": b"alder"}
    assert beside(output) == ["output"]


def test_an_empty_folder_may_be_filled_and_parents_are_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert write((HOME,), tmp_path / "empty").atomic
    assert write((HOME,), tmp_path / "a/b/site") == Written(1, 0, 0)


def test_what_is_unchanged_keeps_inode_and_time_and_what_is_stale_goes(output: Path) -> None:
    write((HOME, ROSHEL, STYLE), output)
    before = traces(output)
    assert write((HOME, File("site.css", b"p { }")), output) == Written(1, 1, 1)
    after = traces(output)
    assert tree(output) == {"index.html": b"home", "site.css": b"p { }"}
    assert after[str(output / "index.html")] == before[str(output / "index.html")]
    assert after[str(output / "site.css")] != before[str(output / "site.css")]
    assert not (output / "companies").exists(), "an empty folder is stale too"
    assert beside(output) == ["output"]


def test_nothing_is_touched_where_nothing_changed(output: Path) -> None:
    write((HOME, ROSHEL), output)
    before = traces(output)
    assert write((ROSHEL, HOME), output) == Written(0, 2, 0)
    assert traces(output) == before


@pytest.mark.parametrize("change", [write, replace])
def test_foreign_things_inside_a_built_folder_go(output: Path, tmp_path: Path, change: Change) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    write((HOME, ROSHEL), output)
    (output / "link.html").symlink_to(outside)
    (output / "empty").mkdir()
    (output / "site.css").mkdir()
    (output / "site.css/x").write_text("x")
    (output / "companies/alder/index.html").unlink()
    (output / "companies/alder").rmdir()
    (output / "companies/alder").symlink_to(tmp_path)
    change((HOME, ROSHEL, STYLE), output)
    assert sorted(path.relative_to(output).as_posix() for path in output.rglob("*")) == sorted(
        [MARKER, "companies", "companies/alder", "companies/alder/index.html", "index.html", "site.css"]
    )
    assert tree(output)["site.css"] == b"p {}"
    assert outside.read_text() == "mine"
    assert beside(output) == ["output", "outside.txt"]


def test_modes_do_not_depend_on_the_umask(output: Path) -> None:
    old = os.umask(0o077)
    try:
        write((HOME, ROSHEL), output)
        replace((HOME, File("companies/alder/index.html", b"new")), output)
    finally:
        os.umask(old)
    for path in (output, *output.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


def test_the_marker_says_the_same_everywhere(tmp_path: Path) -> None:
    write((HOME,), tmp_path / "one")
    replace((ROSHEL,), tmp_path / "other")
    assert (tmp_path / "one" / MARKER).read_bytes() == (tmp_path / "other" / MARKER).read_bytes()


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../up.html", "a/../../b", "a//b", "./a", "a/", "a\\b", "C:/x", "C:x", "a\0b", "a\nb", MARKER],
)
def test_paths_that_leave_the_folder_are_refused(output: Path, path: str) -> None:
    with pytest.raises(ValueError, match=r"not a relative path|no name for a file"):
        write((File(path, b""),), output)
    assert not output.exists()


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["a/index.html", "a/index.html"], "twice"),
        (["a/index.html", "a/Index.html"], "differs only in case"),
        (["a/x.html", "A/y.html"], "differs only in case"),
        (["\u00e9.html", "e\u0301.html"], "differs only in case"),
        (["about", "about/index.html"], "both a file and a folder"),
        (["about/index.html", "about"], "a folder as well"),
    ],
)
def test_paths_that_some_disk_cannot_hold_together_are_refused(paths: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_paths(File(path, b"") for path in paths)


def test_a_folder_that_no_build_made_is_left_alone(output: Path) -> None:
    output.mkdir()
    (output / "thesis.doc").write_text("mine")
    for change in (write, replace):
        with pytest.raises(OSError, match="no build put there"):
            change((HOME,), output)
    assert tree(output) == {"thesis.doc": b"mine"}


@pytest.mark.parametrize("change", [write, replace])
def test_a_link_or_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path, change: Change) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OSError, match="is a link"):
        change((HOME,), tmp_path / "link")
    with pytest.raises(OSError, match="is a file"):
        change((HOME,), tmp_path / "file")


@pytest.mark.parametrize("place", [".", "..", "data", "data/site", "content", "templates", "../..", "/"])
def test_the_sources_are_never_the_output(tmp_path: Path, place: str) -> None:
    root = tmp_path / "dossiers" / "one"
    (root / "data").mkdir(parents=True)
    with pytest.raises(OSError, match=r"own sources"):
        accept(root / place, root)
    accept(root / "output", root)
    accept(tmp_path / "elsewhere", root)


def test_a_folder_inside_the_sources_through_a_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "root/data").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "root")
    with pytest.raises(OSError, match="own sources"):
        accept(tmp_path / "link", tmp_path / "root")


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL])
def test_where_folders_cannot_be_exchanged_they_are_renamed_and_the_note_says_so(
    output: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    write((HOME, STYLE), output)
    kept = (output / "site.css").stat().st_ino
    monkeypatch.setattr(exchange, "exchange", lambda one, other: number)
    written = write((ROSHEL, STYLE), output)
    assert (written.written, written.kept, written.removed, written.atomic) == (1, 1, 1, False)
    assert "cannot exchange" in written.note
    assert sorted(tree(output)) == ["companies/alder/index.html", "site.css"]
    assert (output / "site.css").stat().st_ino == kept
    assert beside(output) == ["output"]


def test_a_mount_point_is_filled_page_by_page_and_the_note_says_so(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write((HOME, STYLE), output)
    folder = output.stat().st_ino
    monkeypatch.setattr(exchange, "exchange", lambda one, other: errno.EBUSY)
    written = write((ROSHEL, STYLE), output)
    assert (written.written, written.kept, written.removed, written.atomic) == (1, 1, 1, False)
    assert "mount point" in written.note
    assert sorted(tree(output)) == ["companies/alder/index.html", "site.css"]
    assert output.stat().st_ino == folder
    assert beside(output) == ["output"]


def test_another_failure_of_the_swap_leaves_the_old_site(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write((HOME,), output)
    monkeypatch.setattr(exchange, "exchange", lambda one, other: errno.EIO)
    with pytest.raises(OSError, match="Input/output"):
        write((ROSHEL,), output)
    assert tree(output) == {"index.html": b"home"}
    assert beside(output) == ["output"]


def test_a_build_killed_between_two_renames_is_put_back(output: Path) -> None:
    write((HOME,), output)
    output.rename(output.with_name(".output.old-x1"))
    assert write((HOME, STYLE), output) == Written(1, 1, 0)
    assert beside(output) == ["output"]


def test_leftovers_are_cleared_but_only_ours(output: Path) -> None:
    write((HOME,), output.with_name(".output.new-killed"))
    output.with_name(".output.new-mine").mkdir()
    (output.with_name(".output.new-mine") / "notes.txt").write_text("mine")
    output.with_name(".output.new-link").symlink_to(output.with_name(".output.new-killed"))
    write((HOME,), output.with_name(".outputs.new-other"))
    write((HOME,), output)
    assert beside(output) == [".output.new-link", ".output.new-mine", ".outputs.new-other", "output"]


def test_replace_changes_pages_singly(output: Path) -> None:
    assert replace((HOME, ROSHEL, STYLE), output) == Written(3, 0, 0), "there was nothing yet to replace"
    before = traces(output)
    assert replace((HOME, File("companies/alder/index.html", b"new")), output) == Written(1, 1, 1, False)
    assert tree(output) == {"index.html": b"home", "companies/alder/index.html": b"new"}
    after = traces(output)
    assert after[str(output / "index.html")] == before[str(output / "index.html")]
    assert after[str(output)][0] == before[str(output)][0]


FOREVER = """
import sys
from pathlib import Path
from dossier.pages import File
from dossier.write import write
version = 0
while True:
    version += 1
    pages = [File(f"{n // 10}/{n}.html", b"%d" % version) for n in range(400)]
    write((*pages, File("same", b"")), Path(sys.argv[1]))
    print(version, flush=True)
"""


def test_an_empty_folder_of_a_killed_build_goes_and_a_foreign_one_stays(output: Path) -> None:
    write((HOME,), output)
    (output.parent / f".{output.name}.new-abandoned").mkdir()
    foreign = output.parent / f".{output.name}.new-foreign"
    foreign.mkdir()
    (foreign / "mine.txt").write_text("mine")
    write((HOME,), output)
    assert beside(output) == [foreign.name, "output"]


def test_a_killed_build_leaves_a_whole_site(output: Path) -> None:
    """Kill a process that publishes one version after another, at moments spread over its work."""
    repository = Path(__file__).parent.parent
    for pause in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", FOREVER, str(output)], cwd=repository, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.013 * pause)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        site = tree(output)
        assert len(site) == 401
        assert len(set(site.values())) == 2, "one version, and the file that never changes"
    write((HOME,), output)
    assert beside(output) == ["output"]
