"""What a command costs: time on the clock, time of the processor, memory; and how long a watcher takes after a save."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

MEMORY_EVERY = 0.05
"""Seconds between two looks at memory; after a look that took long, twenty times as long as it took."""
PATIENCE = 120.0
"""Seconds after which a watcher that shows nothing is given up."""


@dataclass(frozen=True)
class Cost:
    """One run. Processor time is that of the process and of all below it; memory is the largest sum over them."""

    wall: float
    cpu: float
    peak_mib: float | None
    largest_mib: float


class _Memory(threading.Thread):
    """Looks at the memory of a session's processes again and again, and keeps the largest sum.

    The sum is of proportional set sizes: a page that forked workers share counts once. Where the system does not tell
    (it is Linux that does), there is none.
    """

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session = session
        self.peak: int | None = None
        self.over = threading.Event()

    def run(self) -> None:
        wait = 0.0
        while not self.over.wait(wait):
            begun = time.perf_counter()
            sizes = [size for pid in _session(self.session) if (size := _proportional(pid)) is not None]
            if sizes:
                self.peak = max(self.peak or 0, sum(sizes))
            wait = max(MEMORY_EVERY, 20 * (time.perf_counter() - begun))


def _session(session: int) -> Iterator[int]:
    """The processes of a session."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            yield int(entry.parent.name)


def _proportional(pid: int) -> int | None:
    """Proportional set size of a process, in bytes."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None


_READ = (".html", ".js")
"""Pages, and what they read."""


class Failed(Exception):
    """A command that did not end well; its last words."""


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path) -> Cost:
    """Run a command to its end, in a folder, and say what it cost. What it prints goes to `log`."""
    with log.open("wb") as words:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        memory = _Memory(process.pid)
        memory.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        memory.over.set()
        memory.join()
    if process.returncode:
        raise Failed(f"{Path(command[0]).name} ended with {process.returncode}: {_last_words(log)}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(
        wall,
        usage.ru_utime + usage.ru_stime,
        memory.peak / 2**20 if memory.peak else None,
        usage.ru_maxrss * unit / 2**20,
    )


def _last_words(log: Path) -> str:
    return " / ".join(log.read_text("utf-8", "replace").split("\n")[-4:])[-600:].strip()


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on while the block does."""
    with log.open("wb") as words:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            try:
                os.killpg(process.pid, signal.SIGINT)
                process.wait(5)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                process.kill()
            process.wait()


def until(holds: Callable[[], bool], process: subprocess.Popen[bytes], what: str, log: Path) -> None:
    begun = time.perf_counter()
    while not holds():
        if process.poll() is not None:
            raise Failed(f"it ended before {what}: {_last_words(log)}")
        if time.perf_counter() - begun > PATIENCE:
            raise Failed(f"{what} did not come within {PATIENCE:.0f} s")
        time.sleep(0.002)


def _holds(page: Path, words: str) -> bool:
    try:
        return words in page.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def watch(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    log: Path,
    output: Path,
    edits: Sequence[Callable[[], tuple[str, str]]],
) -> tuple[list[float], list[float]]:
    """Seconds from a save to the page changed on disk, and to the last page changed, for each edit, in a command that
    watches.

    An edit changes the data and says which page must then hold which words. The command has first to write that page
    as it was, and to be quiet for a second: the first build is not what is measured.
    """
    first, last = [], []
    with running(command, environment, folder, log) as process:
        until(lambda: any(output.glob("companies/*/index.html")), process, "the first build", log)
        quiet(output, process)
        for edit in edits:
            begun = time.time()
            path, words = edit()
            # The edit itself reads and writes a file; half of that is before the save.
            saved = (begun + time.time()) / 2
            until(lambda page=output / path, said=words: _holds(page, said), process, f"{words!r}", log)  # type: ignore[misc]
            first.append(time.time() - saved)
            quiet(output, process)
            last.append(max(first[-1], (last_change(output, begun) or 0) - saved))
    return first, last


def last_change(output: Path, since: float) -> float | None:
    """When the last page, or file that a page reads, changed after a time; to the tick of the system's clock, some
    milliseconds. A watcher may leave
    files for machines until nobody waits."""
    pages = (f"{folder}/{name}" for folder, _, names in os.walk(output) for name in names if name.endswith(_READ))
    times = (os.lstat(page).st_mtime for page in pages)
    return max((time for time in times if time >= since - 0.01), default=None)


def quiet(output: Path, process: subprocess.Popen[bytes], seconds: float = 1.0) -> None:
    """Wait until the processes of a watcher have used no processor time to speak of for a while."""
    begun = time.perf_counter()
    since, before = begun, _used(process.pid)
    while time.perf_counter() - since < seconds and time.perf_counter() - begun < PATIENCE:
        time.sleep(0.1)
        used = _used(process.pid)
        if used - before > 0.05 * (time.perf_counter() - since) + 0.02:
            since, before = time.perf_counter(), used


def _used(session: int) -> float:
    """Processor seconds of a session's processes so far."""
    ticks = 0
    for pid in _session(session):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def middle(values: Sequence[float | None]) -> float | None:
    """The median of the values that are there."""
    known = [value for value in values if value is not None]
    return median(known) if known else None
