"""Archived copies for sources that have none: those the Wayback Machine holds already, else new ones.

One source at a time with long pauses: the archive is a gift, and blocks who hurries. What was found before the archive
had enough is kept.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from dossier.answers import Refusal
from dossier.fetch import Client, agent
from dossier.frozen import dataclass
from dossier.inserted import NotInserted, lines_of, with_archive
from dossier.model import Source
from dossier.register import Register
from dossier.report import visible
from dossier.stored import keep_file
from dossier.wayback import Capture, Wayback

Say = Callable[[str], None]
NEAR = 183
"""Days: a copy that is further from the day the source was read may show another text, and a new one is made."""
LONG_PAUSE = 300.0
LONGEST_PAUSE = 900.0
"""Seconds that we wait once when the archive says that it was asked too often."""
PAUSE = 20.0
"""Seconds: without an account the archive makes three or four copies a minute."""
_SLOW = 180.0
_DEFAULT_MB = 2.0

FOUND = {"found": "archived before", "saved": "archived now"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source. `written` says that its file has the lines; else they are to be put there by hand."""

    source: str
    what: str
    said: str
    capture: Capture | None = None
    written: bool = False


@dataclass(frozen=True, slots=True)
class Archived:
    """What a run came to. `stopped` says that the archive had enough before all were asked for."""

    outcomes: tuple[Outcome, ...]
    wanted: int
    stopped: bool = False

    @property
    def exit_code(self) -> int:
        """0 where every source has an archived copy now."""
        return int(self.stopped or any(each.capture is None for each in self.outcomes))

    def table(self) -> Iterator[str]:
        count = Counter(each.what for each in self.outcomes)
        count["left"] = self.wanted - len(self.outcomes)
        words = {**FOUND, "not": "not archived", "left": "not asked for"}
        for what, said in words.items():
            if count[what]:
                yield f"{count[what]:>5,}  {said}"


def wayback(repository: str, pause: float = PAUSE) -> Wayback:
    """The Wayback Machine of the Internet Archive. `pause`: seconds between two copies that it is to make,
    `PAUSE` at least."""
    name = agent(repository)
    asking = Client(name, pause=5.0, obey_robots=False)
    return Wayback(asking, Client(name, pause=max(pause, PAUSE), whole=_SLOW, tries=1, obey_robots=False))


def run(
    root: Path,
    register: Register,
    say: Say,
    only: Collection[str] = (),
    write: bool = False,
    archive: Wayback | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Archived:
    """Find or make an archived copy of each source that has an address and no `archives`.

    With `write`, the record gets it at once, one file at a time in one step; without, or where the record cannot be
    written to without touching more, its lines are said. Raises `OSError` where the machine refuses to read or write.
    """
    archive = archive or wayback(register.site.repository)
    wanted = [
        each
        for each in register.sources.values()
        if each.url and each.read != "none" and not each.archives and (not only or each.id in only)
    ]
    outcomes: list[Outcome] = []
    stopped = False
    for source in wanted:
        had, what = _had(source, archive, sleep)
        if isinstance(had, Refusal) and had.why == "busy":
            stopped = True
            say("The archive was asked too often, also after a long pause. Go on another day: what was found is kept.")
            break
        if isinstance(had, Refusal):
            outcome = Outcome(source.id, "not", f"not archived: {had.reason}")
        else:
            outcome = _noted(root, register, source, had, what, write)
        outcomes.append(outcome)
        say(visible(f"[{len(outcomes)}/{len(wanted)}] {outcome.source}: {outcome.said}"))
    archived = Archived(tuple(outcomes), len(wanted), stopped)
    for line in (*_to_paste(register, outcomes), *archived.table()) if wanted else ("Every source has its copy.",):
        say(visible(line))
    return archived


def _had(source: Source, archive: Wayback, sleep: Callable[[float], None]) -> tuple[Capture | Refusal, str]:
    """A copy near the day the source was read, or one made now; the second word says which."""
    url = source.url or ""
    read = source.accessed.earliest if source.accessed else None
    issued = source.issued.earliest if source.issued else None
    found: Capture | Refusal | None = None
    if read:
        found = _patiently(lambda: archive.existing(url, read), sleep)
        near = isinstance(found, Capture) and abs((found.captured - read).days) <= NEAR
        if isinstance(found, Capture) and near and (issued is None or found.captured >= issued):
            return found, "found"
    if isinstance(found, Refusal) and found.why == "busy":
        return found, ""
    if source.availability == "dead":
        return Refusal("gone", "the page is dead, and the archive has no copy near the day it was read", url), ""
    saved = _patiently(lambda: archive.save(url), sleep)
    assert saved is not None
    return saved, "saved"


def _patiently(ask: Callable[[], Capture | Refusal | None], sleep: Callable[[float], None]) -> Capture | Refusal | None:
    """Ask; where the archive has enough, once more after a long pause."""
    answer = ask()
    if isinstance(answer, Refusal) and answer.why == "busy":
        wait = max(LONG_PAUSE, answer.wait or 0.0)
        if wait <= LONGEST_PAUSE:
            sleep(wait)
            answer = ask()
    return answer


def _noted(root: Path, register: Register, source: Source, capture: Capture, what: str, write: bool) -> Outcome:
    said = f"{FOUND[what]}, {capture.captured}"
    if not write:
        return Outcome(source.id, what, said, capture)
    path = source.place.span().file
    policy = register.site.policy
    limit = float(policy.max_file_mb) if policy else _DEFAULT_MB
    try:
        file = root / path
        if file.is_symlink():
            raise NotInserted("its file is a link")
        changed = with_archive(file.read_bytes(), path, source.id, capture.url, capture.captured, limit)
    except NotInserted as error:
        return Outcome(source.id, what, f"{said}; not written into {path}: {error}", capture)
    keep_file(root, path, changed)
    return Outcome(source.id, what, f"{said}, written into {path}", capture, True)


def _to_paste(register: Register, outcomes: list[Outcome]) -> Iterator[str]:
    """The lines that are to be put below records by hand."""
    for each in outcomes:
        if each.capture and not each.written:
            yield ""
            yield f"{register.sources[each.source].place.span()} {each.source}:"
            yield from lines_of(each.capture.url, each.capture.captured)
    yield ""
