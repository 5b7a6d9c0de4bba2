"""Wait until somebody has changed the dossier.

Editors save in many ways: in place, through a second file and a rename, or by deleting first; version control changes a
thousand files at once. All of that is one change here, once it has been quiet for a moment. One file that was closed or
got its name is a save, and waited for but briefly: should more come, it is another change.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

QUIET = 0.06
"""Seconds without a further change, after which a change is taken as finished."""
BRIEF = 0.002
"""The same, where the change is one file that was closed or got its name: one save by an editor."""
LONGEST = 1.0
"""Seconds after which a change is looked at though it still goes on."""
_HEARD: list[type[FileSystemEvent]] = [
    FileAttribEvent, FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
]  # fmt: skip
"""Not that a file was read: a build reads many, and would have to hear of each."""


class Watch(FileSystemEventHandler):
    """Watches folders, whether they exist yet or not. Use as a context; `wait` in a thread of its own."""

    def __init__(self, folders: Iterable[Path], ignored: Iterable[Path] = ()) -> None:
        self.folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        self.ignored = tuple(path.resolve() for path in ignored)
        self._observer = Observer()
        self._followed: dict[Path, ObservedWatch] = {}
        self._changed = threading.Event()
        self._moved = threading.Event()
        self._stopped = False
        self._lock = threading.Lock()
        self._paths: dict[Path, bool] = {}
        """What has changed and was not told yet, and whether each is complete: closed, or under its name."""
        self._fresh: set[Path] = set()
        """Those of them that were made since."""
        self._told = -LONGEST
        self._last: frozenset[Path] = frozenset()

    def __enter__(self) -> Watch:
        self._observer.start()
        for parent in dict.fromkeys(folder.parent for folder in self.folders):
            if parent.is_dir():
                self._observer.schedule(self, str(parent), event_filter=_HEARD)
        self._follow()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped = True
        self._changed.set()
        self._observer.stop()
        self._observer.join(1)

    def wait(self) -> frozenset[Path]:
        """Block until something has changed and is quiet again. Gives what changed; nothing when the watch is over."""
        while not self._stopped:
            self._changed.wait()
            begun = time.monotonic()
            while not self._stopped and time.monotonic() - begun < LONGEST:
                self._changed.clear()
                if not self._changed.wait(BRIEF if self._is_one_save(begun) else QUIET):
                    break
            if self._moved.is_set():
                self._moved.clear()
                self._follow()
            with self._lock:
                found, self._paths = frozenset(self._paths), {}
                self._fresh.clear()
            if found and not self._stopped:
                self._told, self._last = time.monotonic(), found
                return found
        return frozenset()

    def _is_one_save(self, begun: float) -> bool:
        """After a save of another file there are perhaps a thousand, as when version control changes branches."""
        with self._lock:
            alone = len(self._paths) == 1 and all(self._paths.values())
            return alone and (begun - self._told > LONGEST or self._paths.keys() == self._last)

    def idle(self, seconds: float) -> bool:
        """Whether nothing changes for so long; a change that comes in between is still there for `wait`."""
        return not self._changed.wait(seconds)

    def dispatch(self, event: FileSystemEvent) -> None:
        """Called by the observer, in its thread, for everything that happens."""
        # A rename has two names, and it is the second that an editor's new text stands under.
        old, new = (Path(os.fsdecode(name)) if name else None for name in (event.src_path, event.dest_path))
        if old in self.folders or new in self.folders:
            self._moved.set()
        kind = event.event_type
        with self._lock:
            for path, is_complete in ((old, kind == "closed"), (new, not event.is_directory)):
                if path is None or not self.concerns(path):
                    continue
                if kind == "created" and path not in self._paths:
                    self._fresh.add(path)
                elif kind == "deleted" and path in self._fresh:
                    self._fresh.discard(path)
                    del self._paths[path]  # an editor has tried whether it may write here
                    continue
                self._paths[path] = self._paths.get(path, True) if kind == "attrib" else is_complete
                self._changed.set()

    def concerns(self, path: Path) -> bool:
        """Whether the path belongs to the dossier: not what editors, version control or a build keep beside it."""
        if any(path.is_relative_to(each) for each in self.ignored):
            return False
        for folder in self.folders:
            if path.is_relative_to(folder):
                parts = path.relative_to(folder).parts
                return not any(part.startswith((".", "#")) or part.endswith("~") for part in parts)
        return False

    def _follow(self) -> None:
        """Watch the folders that exist now: one that was deleted and made again is another one to the system."""
        schedule = partial(self._observer.schedule, self, recursive=True, event_filter=_HEARD)
        for folder in self.folders:
            # A folder may go while it is looked at; its parent tells when it comes again.
            with suppress(OSError, KeyError):
                if watch := self._followed.pop(folder, None):
                    self._observer.unschedule(watch)
            with suppress(OSError):
                if folder.is_dir():
                    self._followed[folder] = schedule(str(folder))
