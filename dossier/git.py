"""What git knows of a dossier: asked for here alone, with nothing run that a repository could configure.

Imports little: each build asks for the date of a commit, few for more.

A repository comes from strangers as its data does. So no hook, pager, filter, signature check or file system monitor
runs, nothing is fetched, and size, number and time of all that is read are bounded: beyond these the history is known
in part, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from dossier.inputs import git_folders, head_of

if TYPE_CHECKING:
    import subprocess

    from dossier.past import Past
    from dossier.versions import Commit

PATIENCE = 60
"""Seconds that git may take for the log, and for the versions of all files."""
MOST_COMMITS = 20_000
MOST_MB = 200
"""Megabytes of versions that are read: the latest ones."""
MOST_STUMBLES = 20
"""Damaged objects beyond which nothing of a history is believed."""
# What a hook exports so that git finds another repository, index or configuration than the folder's own.
_ELSEWHERE = ("DIR", "WORK_TREE", "INDEX_FILE", "COMMON_DIR", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES",
              "NAMESPACE", "PREFIX", "TRACE", "TRACE2", "EXTERNAL_DIFF", "GRAFT_FILE", "SHALLOW_FILE")  # fmt: skip
_CALM = (
    "--no-optional-locks", "--no-replace-objects", "--no-pager", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false", "-c", "log.showSignature=false",
    "-c", "log.follow=false", "-c", "log.showRoot=true", "-c", "core.bigFileThreshold=16m",
)  # fmt: skip
_LOG = (
    "log -z --raw --no-renames --no-abbrev --first-parent --diff-merges=first-parent --relative --no-ext-diff "
    "--no-textconv --no-color --no-notes --ignore-submodules=all --format=%H.%ct"
)
PLAIN_FILES = (b"100644", b"100755", b"100664")


def day_of(seconds: int) -> date | None:
    """The day in UTC of a time in seconds since 1970; None for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _arguments(root: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    clean = {name: value for name, value in environment.items() if name not in {f"GIT_{word}" for word in _ELSEWHERE}}
    return {
        "cwd": root,
        "env": {**clean, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ATTR_NOSYSTEM": "1"},
    }


def git(root: Path, environment: Mapping[str, str], *words: str, given: bytes = b"", patience: float = 5) -> bytes:
    """What git says of the folder `root`; nothing where there is no git, no repository or no answer in time."""
    if git_folders(root) is None:
        return b""
    import subprocess  # late: it takes longer than a build of nothing new

    try:
        done = subprocess.run(
            ("git", *_CALM, *words),
            input=given,
            capture_output=True,
            timeout=patience,
            **_arguments(root, environment),
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout if done.returncode == 0 else b""


def past_of(root: Path, environment: Mapping[str, str]) -> Past:
    """The history of the data files below `root`, up to the commit that is checked out, in the line of first parents:
    what stood on the branch that is published. Of a merge it sees what the merge brought."""
    from dossier.past import NO_PAST

    head = head_of(root)
    commits = _commits(root, environment, head) if head else []
    if not commits:
        return NO_PAST
    from dossier.versions import affordable, all_until, largest, past

    is_whole = commits[0].id not in _shallow(root)
    if len(commits) > MOST_COMMITS:
        is_whole, commits = False, commits[-MOST_COMMITS:]
        commits[0] = commits[0]._replace(files=_tree(root, environment, commits[0].id))
    most = largest(root)
    with objects_of(root, environment) as objects:
        sizes = objects.sizes({blob for commit in commits for _, blob in commit.files if blob})
        while objects.are_sound:
            begin = affordable(commits, sizes, most, MOST_MB * 1_000_000)
            known = [all_until(commits[: begin + 1]), *commits[begin + 1 :]]

            def text_of(blob: str) -> bytes | None:
                size = sizes.get(blob)
                if size is None:
                    return None
                return objects.read(blob, size) if size <= most else b""

            try:
                found = past(known, text_of, root, is_whole=is_whole and not begin, head=head)
            except Damaged as damaged:
                del sizes[damaged.blob]
            else:
                return found if objects.are_sound else NO_PAST
    return NO_PAST


def _commits(root: Path, environment: Mapping[str, str], head: str) -> list[Commit]:
    """Every commit that touched a data file, oldest first."""
    from dossier.versions import Commit

    words = (*_LOG.split(), f"--max-count={MOST_COMMITS + 1}", head, "--", "data")
    told = git(root, environment, *words, patience=PATIENCE).split(b"\0")
    found: list[Commit] = []
    files: list[tuple[str, str]] = []
    parts = iter(told)
    for part in parts:
        part = part.strip(b"\n")
        if part.startswith(b":"):
            _, mode, _, blob, _ = (part[1:].split(b" ") + [b""] * 5)[:5]
            path = next(parts, b"").decode("utf-8", "surrogateescape")
            if path:
                files.append((path, blob.decode("ascii", "replace") if mode in PLAIN_FILES else ""))
        elif part:
            identity, _, seconds = part.decode("ascii", "replace").partition(".")
            day = day_of(int(seconds)) if seconds.isdigit() else None
            files = []
            found.append(Commit((day or date(1970, 1, 1)).isoformat(), identity, files))
    return found[::-1]


def _tree(root: Path, environment: Mapping[str, str], commit: str) -> list[tuple[str, str]]:
    """Every data file as it stood at a commit."""
    told = git(root, environment, "ls-tree", "-r", "-z", commit, "--", "data/", patience=PATIENCE)
    rows = (row.partition(b"\t") for row in told.split(b"\0") if row)
    return [
        (path.decode("utf-8", "surrogateescape"), about.split(b" ")[2].decode())
        for about, _, path in rows
        if about.split(b" ")[0] in PLAIN_FILES
    ]


def _shallow(root: Path) -> frozenset[str]:
    """The commits whose parents a shallow clone left out."""
    folders = git_folders(root)
    try:
        return frozenset((folders[1] / "shallow").read_text("ascii", "replace").split()) if folders else frozenset()
    except OSError:
        return frozenset()


class Damaged(Exception):
    """A version that git names and cannot give; never leaves this module."""

    def __init__(self, blob: str) -> None:
        self.blob = blob


class Objects:
    """Versions of files, as git stores them. `are_sound` until the time is up, or too many are damaged."""

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self._root, self._environment = root, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._stumbles = 0
        self.are_sound = True

    def sizes(self, blobs: Iterable[str]) -> dict[str, int]:
        """How many bytes each has; those that are missing or damaged are left out."""
        found: dict[str, int] = {}
        for blob in sorted(blobs):
            with suppress(Damaged):
                head = self._head("--batch-check", blob)
                if head[1] == b"blob":
                    found[blob] = int(head[2])
        self.end()
        return found

    def read(self, blob: str, size: int) -> bytes:
        """The bytes of one. Raises `Damaged`."""
        head = self._head("--batch", blob)
        try:
            assert self._process
            assert self._process.stdout
            if head[1:] != [b"blob", str(size).encode()]:
                raise OSError("another object than was asked for")
            raw = _exactly(self._process.stdout, size)
            if _name(raw, len(blob)) != blob:
                raise OSError("other words than the commit names")
            return raw
        except OSError:
            self._stumble()
            raise Damaged(blob) from None

    def _head(self, how: str, blob: str) -> list[bytes]:
        """What git says of an object before it gives it: its id, kind and size."""
        try:
            process = self._process or self._begun(how)
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            head = process.stdout.readline(200).split()
        except OSError:
            head = []
        if len(head) != 3 or head[0] != blob.encode():
            if head[1:] != [b"missing"]:
                self._stumble()
            raise Damaged(blob)
        return head

    def _begun(self, how: str) -> subprocess.Popen[bytes]:
        import subprocess

        self._process = subprocess.Popen(
            ("git", *_CALM, "cat-file", how),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_arguments(self._root, self._environment),
        )
        return self._process

    def _stumble(self) -> None:
        """Begin anew with the next one; not for ever."""
        self._stumbles += 1
        self.are_sound = self.are_sound and self._stumbles <= MOST_STUMBLES
        self.end()

    def is_late(self) -> None:
        self.are_sound = False
        if self._process:
            self._process.kill()

    def end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            process.wait()


def _name(raw: bytes, length: int) -> str:
    """What git calls these bytes, in a repository whose names have so many digits; `cat-file` does not compare."""
    from hashlib import sha1, sha256

    return (sha1 if length == 40 else sha256)(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    raw = pipe.read(size + 1)
    if len(raw) != size + 1:
        raise OSError("an object that ends too soon")
    return raw[:-1]


@contextmanager
def objects_of(root: Path, environment: Mapping[str, str]) -> Iterator[Objects]:
    """Versions of files, for as long as anybody may wait."""
    from threading import Timer

    objects = Objects(root, environment)
    clock = Timer(PATIENCE, objects.is_late)
    clock.daemon = True
    clock.start()
    try:
        yield objects
    finally:
        # Before anything is shared among processes: that is done only while no other thread runs.
        clock.cancel()
        clock.join()
        objects.end()
