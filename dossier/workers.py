"""Work shared among processes: each takes the next few units that nobody has, and hands back what it made of them.

Forked, so that nothing has to be sent to them. Only where it pays and is safe: on Linux, with several processors, many
units and no other thread that could hold a lock. A process is followed by a fresh one after a while: whatever it looks
at becomes a copy of its own, and of a large dossier that would soon be all.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NoReturn, TypeVar

T = TypeVar("T")
ENOUGH = 600
"""Units from which a second process brings more than it costs."""
MOST = 8
TOGETHER = 8
"""Units that are taken, and handed back, at once; fewer where there are few."""
LIFE = 120
"""Units after which a process is followed by a fresh one: by then it has copied some 30 MB."""

_SIZE = 8
_MORE = 3
"""How a process ends that leaves units to the next."""


def processors() -> int:
    """How many processors this process may use."""
    return min(len(os.sched_getaffinity(0)), MOST) if hasattr(os, "sched_getaffinity") else 1


def shared(
    units: Sequence[str],
    make: Callable[[str], T],
    enough: int | None = None,
    at_first: Callable[[], None] | None = None,
) -> Iterator[T]:
    """What `make` makes of each unit, in no certain order; shared from `enough` units on. Raises what `make` raises.

    `make` may read all that is at hand here, and changes nothing that is needed here afterwards. `at_first` is what
    each process does before: a connection is not to be used by two.
    """
    count = processors()
    alone = threading.active_count() == 1 and sys.platform == "linux"
    if count < 2 or len(units) < (ENOUGH if enough is None else enough) or not alone:
        yield from map(make, units)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    together = max(1, min(TOGETHER, len(units) // (8 * count)))
    waiting = _Waiting(range(0, len(units), together))
    workers: dict[int, int] = {}
    done: set[int] = set()

    def begin() -> None:
        pipe, process = _begun(units, make, together, waiting, [*workers], at_first)
        workers[pipe] = process
        ready.register(pipe, selectors.EVENT_READ)

    with selectors.DefaultSelector() as ready:
        try:
            for _ in range(min(count, len(units))):
                begin()
            while workers:
                for key, _ in ready.select():
                    waiting.fill()
                    if (body := _message(key.fd)) is not None:
                        start, made = pickle.loads(body)
                        done.add(start)
                        yield from made
                        continue
                    ready.unregister(key.fd)
                    os.close(key.fd)
                    _, status = os.waitpid(workers.pop(key.fd), 0)
                    if os.waitstatus_to_exitcode(status) == _MORE:
                        begin()
        finally:
            waiting.close()
            for pipe, process in workers.items():
                os.close(pipe)
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
    # What a worker stumbled over is made here, where it raises what it raises.
    for start in range(0, len(units), together):
        if start not in done:
            yield from map(make, units[start : start + together])


class _Waiting:
    """Numbers of the units that nobody has taken, in a pipe that all read from: whole numbers, as they are few bytes.
    A pipe holds some thousand: the rest follows."""

    def __init__(self, starts: Sequence[int]) -> None:
        self._starts = iter(starts)
        self._next: bytes | None = None
        self.reading, self.writing = os.pipe()
        self._is_open = True
        os.set_blocking(self.writing, False)
        self.fill()

    def fill(self) -> None:
        with suppress(BlockingIOError):
            while self._is_open:
                if self._next is None and (start := next(self._starts, None)) is not None:
                    self._next = start.to_bytes(_SIZE)
                if self._next is None:
                    self._is_open = False
                    os.close(self.writing)
                    return
                os.write(self.writing, self._next)
                self._next = None

    def take(self) -> int | None:
        number = os.read(self.reading, _SIZE)
        return int.from_bytes(number) if number else None

    def only_read(self) -> None:
        """In a process that takes: it would wait for itself."""
        if self._is_open:
            os.close(self.writing)

    def close(self) -> None:
        self.only_read()
        self._is_open = False
        os.close(self.reading)


def _begun(
    units: Sequence[str],
    make: Callable[[str], T],
    together: int,
    waiting: _Waiting,
    others: Sequence[int],
    at_first: Callable[[], None] | None,
) -> tuple[int, int]:
    """A process that takes units: the pipe it writes to, and its number. `others` are the pipes of those at work."""
    reading, writing = os.pipe()
    # An interrupt is for the first process: in a copy of it, its way out would clear away what is being written.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = os.fork()
        if not process:
            _work(units, make, together, waiting, writing, [reading, *others], at_first)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.close(writing)
    return reading, process


def _work(
    units: Sequence[str],
    make: Callable[[str], T],
    together: int,
    waiting: _Waiting,
    writing: int,
    foreign: Sequence[int],
    at_first: Callable[[], None] | None,
) -> NoReturn:
    ends = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Where the first process is gone, writing must fail: nobody else is to hold the other end.
        for each in foreign:
            os.close(each)
        waiting.only_read()
        if at_first:
            at_first()
        with os.fdopen(writing, "wb") as pipe:
            for _ in range(max(1, LIFE // together)):
                if (start := waiting.take()) is None:
                    ends = 0
                    break
                made = [make(unit) for unit in units[start : start + together]]
                body = pickle.dumps((start, made), pickle.HIGHEST_PROTOCOL)
                pipe.write(len(body).to_bytes(_SIZE) + body)
                pipe.flush()
            else:
                ends = _MORE
    finally:
        # Without the exits and hooks of the process this is a copy of.
        os._exit(ends)


def _message(pipe: int) -> bytes | None:
    """The next message; None where the writer is gone."""
    head = _read(pipe, _SIZE)
    return _read(pipe, int.from_bytes(head)) if head is not None else None


def _read(pipe: int, size: int) -> bytes | None:
    """So many bytes; None where the writer is gone."""
    found = bytearray()
    while len(found) < size:
        if not (part := os.read(pipe, min(size - len(found), 1 << 20))):
            return None
        found += part
    return bytes(found)
