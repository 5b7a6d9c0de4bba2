"""Work shared among processes: each makes a stretch of the units, and hands back what it made as it goes.

Forked, so that nothing has to be sent to them. Only where it pays and is safe: on Linux, with several processors, many
units and no other thread that could hold a lock.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
ENOUGH = 600
"""Units from which a second process brings more than it costs."""
MOST = 8
TOGETHER = 16
"""Units that are handed back at once."""


def processors() -> int:
    """How many processors this process may use."""
    return min(len(os.sched_getaffinity(0)), MOST) if hasattr(os, "sched_getaffinity") else 1


def dealt(units: Sequence[str]) -> list[str]:
    """The units so ordered that each process has its share of the first, where these take much longer than others."""
    count = processors()
    return [unit for start in range(count) for unit in units[start::count]]


def shared(units: Sequence[str], make: Callable[[str], T], enough: int = ENOUGH) -> Iterator[T]:
    """What `make` makes of each unit, in no certain order; shared from `enough` units on. Raises what `make` raises.

    `make` may read all that is at hand here, and changes nothing that is needed here afterwards.
    """
    if len(units) < enough or sys.platform != "linux" or (count := processors()) < 2 or _is_threaded():
        yield from map(make, units)
        return
    # Late, since an edit needs none of them.
    import pickle
    import selectors
    import signal

    sys.stdout.flush()
    sys.stderr.flush()
    size = -(-len(units) // count)
    workers = [_begun(units[start : start + size], make) for start in range(0, len(units), size)]
    done: set[str] = set()
    try:
        with selectors.DefaultSelector() as ready:
            for _, pipe in workers:
                ready.register(pipe, selectors.EVENT_READ)
            while ready.get_map():
                for key, _ in ready.select():
                    head = _read(key.fd, 8)
                    if head is None or (body := _read(key.fd, int.from_bytes(head))) is None:
                        ready.unregister(key.fd)
                        continue
                    names, made = pickle.loads(body)
                    done.update(names)
                    yield from made
    finally:
        for process, pipe in workers:
            os.close(pipe)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
    # What a worker stumbled over is made here, where it raises what it raises.
    yield from (make(unit) for unit in units if unit not in done)


def _is_threaded() -> bool:
    import threading

    return threading.active_count() > 1


def _begun(units: Sequence[str], make: Callable[[str], T]) -> tuple[int, int]:
    """A process at work on `units`: its number, and the pipe it writes to."""
    import pickle
    import signal

    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:
        os.close(reading)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with os.fdopen(writing, "wb") as pipe:
            for start in range(0, len(units), TOGETHER):
                names = units[start : start + TOGETHER]
                body = pickle.dumps((names, [make(unit) for unit in names]), pickle.HIGHEST_PROTOCOL)
                pipe.write(len(body).to_bytes(8) + body)
    finally:
        # Without the exits and hooks of the process this is a copy of.
        os._exit(0)


def _read(pipe: int, size: int) -> bytes | None:
    """So many bytes; None where the writer is gone."""
    found = bytearray()
    while len(found) < size:
        if not (part := os.read(pipe, min(size - len(found), 1 << 20))):
            return None
        found += part
    return bytes(found)
