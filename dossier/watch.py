"""Wait until somebody has changed the dossier.

Editors save in many ways: in place, through a second file and a rename, or by deleting first; version control changes a
thousand files at once. All of that is one change here, once it has been quiet for a moment.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

QUIET = 0.06
"""Seconds without a further change, after which a change is taken as finished."""
BRIEF = 0.004
"""The same, where the change is a file that was closed or renamed: one save by an editor."""
LONGEST = 1.0
"""Seconds after which a change is looked at though it still goes on."""
_READING = ("opened", "closed_no_write")
_FINISHING = ("closed", "moved")


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
        self._finished = False
        self._told = -LONGEST

    def __enter__(self) -> Watch:
        self._observer.start()
        for parent in dict.fromkeys(folder.parent for folder in self.folders):
            if parent.is_dir():
                self._observer.schedule(self, str(parent))
        self._follow()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped = True
        self._changed.set()
        self._observer.stop()
        self._observer.join(1)

    def wait(self) -> bool:
        """Block until something has changed and is quiet again; false when the watch is over."""
        self._changed.wait()
        begun = time.monotonic()
        saves = 0
        while not self._stopped and time.monotonic() - begun < LONGEST:
            self._changed.clear()
            finished, self._finished = self._finished, False
            saves += finished
            # After a second save there are perhaps a thousand, as when version control changes branches.
            is_alone = finished and saves == 1 and begun - self._told > LONGEST
            if not self._changed.wait(BRIEF if is_alone else QUIET):
                break
        self._told = time.monotonic()
        if self._moved.is_set():
            self._moved.clear()
            self._follow()
        return not self._stopped

    def idle(self, seconds: float) -> bool:
        """Whether nothing changes for so long; a change that comes in between is still there for `wait`."""
        return not self._changed.wait(seconds)

    def dispatch(self, event: FileSystemEvent) -> None:
        """Called by the observer, in its thread, for everything that happens."""
        if event.event_type in _READING or (event.is_directory and event.event_type == "modified"):
            return
        # A rename has two names, and it is the second that an editor's new text stands under.
        paths = [Path(os.fsdecode(name)) for name in (event.src_path, event.dest_path) if name]
        if any(path in self.folders for path in paths):
            self._moved.set()
        if any(map(self.concerns, paths)):
            self._finished = event.event_type in _FINISHING
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
        for folder in self.folders:
            # A folder may go while it is looked at; its parent tells when it comes again.
            with suppress(OSError, KeyError):
                if watch := self._followed.pop(folder, None):
                    self._observer.unschedule(watch)
            with suppress(OSError):
                if folder.is_dir():
                    self._followed[folder] = self._observer.schedule(self, str(folder), recursive=True)
