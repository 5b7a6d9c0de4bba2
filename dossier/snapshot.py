"""Copies of sources: the text of each page as it is today, kept beside the dossier, its digest in the lock.

The lock is written after every source, so a run that is killed goes on where it was.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from dossier import __version__
from dossier.answers import LARGEST, Answer, Refusal
from dossier.copies import PATH, Copies, Copy, Kind, Via, read_copies, written
from dossier.fetch import Client, agent, host_of
from dossier.frozen import dataclass
from dossier.load import read_lock_file
from dossier.model import Source
from dossier.page_text import PageText, Unreadable, looks_empty, text_of
from dossier.patterns import regex
from dossier.problems import Problem
from dossier.quotes import text_digest
from dossier.register import Register
from dossier.report import visible
from dossier.stored import Store, keep_file
from dossier.warc import warc

Say = Callable[[str], None]
_TYPES = {".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf", ".txt": "text/plain"}
_CAPTURED = regex(r"/web/(\d{8})(\d{0,6})(?:[a-z]{2}_)?/(?=https?:)")

COPIED = {
    "live": "copied",
    "archive": "copied from an archive",
    "file": "copied from a file",
}
"""Outcomes that are copies, as the table says them."""
_NOT = {
    "robots": "robots.txt says no",
    "missing": "no such page",
    "gone": "gone for good",
    "forbidden": "not open to programs",
    "busy": "asked too often",
    "broken": "server out of order",
    "odd": "an answer that is no page",
    "slow": "no answer in time",
    "too-large": "too large",
    "tls": "no secure connection",
    "no-host": "no such host",
    "unreachable": "no connection",
    "private": "leads into a private network",
    "not-http": "no address of the web",
    "redirects": "sent on without end",
    "unreadable": "no readable text",
    "empty": "next to no text",
    "unknown": "no such source",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a key of `COPIED` or of the refusals, and the sentence that was said."""

    source: str
    what: str
    said: str
    copy: Copy | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run came to. `problems` are those of the lock, which keep it from being touched."""

    copies: Copies
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where all that was asked for was copied."""
        return int(bool(self.problems) or any(each.copy is None for each in self.outcomes))

    def table(self) -> Iterator[str]:
        """A line an outcome, copies first, then the most frequent."""
        count = Counter(each.what for each in self.outcomes)
        words = {**COPIED, **{what: f"not copied: {why}" for what, why in _NOT.items()}}
        width = len(f"{max(count.values(), default=0):,}")
        for what, number in sorted(count.items(), key=lambda item: (item[0] not in COPIED, -item[1], item[0])):
            yield f"{number:>{width},}  {words.get(what, what)}"


@dataclass(frozen=True, slots=True)
class _Page:
    """A text that was had, and what of it goes into the lock."""

    text: PageText
    captured: date
    via: Via
    warc: bytes | None = None


class _NotHad(Exception):
    def __init__(self, what: str, reason: str) -> None:
        super().__init__(reason)
        self.what = what


def run(
    root: Path,
    register: Register,
    store: Path,
    today: date,
    say: Say,
    only: Collection[str] = (),
    again: bool = False,
    from_dir: Path | None = None,
    captured: date | None = None,
    client: Client | None = None,
) -> Taken:
    """Copy sources that have an address and no copy yet; with `again`, those too that have one.

    With `from_dir` the files `<source id>.html`, `.pdf` or `.txt` in it are taken instead, as of `captured`, and
    nothing is asked of the web. Texts and exchanges go to `store`, the notes to `data/snapshots.lock`. Raises `OSError`
    where the machine refuses to read or write.
    """
    text, unread = read_lock_file(root, PATH)
    copies, damaged = read_copies(text)
    if problems := (*unread, *damaged):
        return Taken(copies, (), problems)
    run = _Run(root, Store(store), copies, today, say)
    if from_dir is not None:
        run.take_files(_files(from_dir, only), register, captured or today)
    else:
        unknown = [each for each in dict.fromkeys(only) if each not in register.sources]
        wanted = [each for each in _wanted(register, only) if again or not copies.of(each.id)]
        run.ask(wanted, unknown, client or Client(agent(register.site.repository)))
    taken = Taken(run.copies, tuple(run.outcomes))
    for line in ("", *taken.table()) if run.outcomes else ("Every source that has an address has a copy.",):
        say(line)
    return taken


def _wanted(register: Register, only: Collection[str]) -> Iterator[Source]:
    for source in register.sources.values():
        if source.url and source.read != "none" and (not only or source.id in only):
            yield source


class _Run:
    def __init__(self, root: Path, store: Store, copies: Copies, today: date, say: Say) -> None:
        self.root, self.store, self.copies, self.as_of, self.say = root, store, copies, today, say
        self.outcomes: list[Outcome] = []
        self.total = 0

    def ask(self, wanted: list[Source], unknown: list[str], client: Client) -> None:
        """Sources by turns of their hosts, the host that is ready first: so one's pause is another's turn."""
        self.total = len(wanted) + len(unknown)
        for name in unknown:
            self._refused(name, _NotHad("unknown", "the dossier has no source of this id"))
        hosts: dict[str, deque[Source]] = {}
        for source in wanted:
            hosts.setdefault(host_of(_first(source)), deque()).append(source)
        while hosts:
            host = min(hosts, key=lambda each: client.ready_in(_first(hosts[each][0])))
            queue = hosts.pop(host)
            source = queue.popleft()
            if queue:
                hosts[host] = queue  # at the end: of several that are ready, the one that waited longest is next
            try:
                self._keep(source.id, self._had(source, client))
            except _NotHad as error:
                self._refused(source.id, error)

    def take_files(self, files: list[Path], register: Register, captured: date) -> None:
        self.total = len(files)
        for file in files:
            try:
                if file.stem not in register.sources:
                    raise _NotHad("unknown", "the dossier has no source of this id")
                if file.is_symlink() or not file.is_file():
                    raise _NotHad("unreadable", f"{file.name} is a link, not a file")
                if file.stat().st_size > LARGEST:
                    raise _NotHad("too-large", f"{file.name} is larger than {LARGEST // 1_000_000} MB")
                page = _read(file.read_bytes(), _TYPES[file.suffix.lower()])
                self._keep(file.stem, _Page(page, captured, "file"))
            except _NotHad as error:
                self._refused(file.stem, error)

    def _had(self, source: Source, client: Client) -> _Page:
        """The page as it is now; else the newest copy an archive has. Raises `_NotHad` with the first reason."""
        first: _NotHad | None = None
        live = [] if source.availability == "dead" and source.archives else [(source.url or "", self.as_of)]
        archives = [(each.url, each.captured.latest if each.captured else self.as_of) for each in source.archives]
        for url, day in (*live, *reversed(archives)):
            is_live = len(live) == 1 and url == source.url
            try:
                answer = client.fetch(url if is_live else _CAPTURED.sub(r"/web/\1\2id_/", url, count=1))
                if isinstance(answer, Refusal):
                    raise _NotHad(answer.why, answer.reason)
                page = _read(answer.body, answer.content_type)
            except _NotHad as error:
                first = first or error
                continue
            kept = warc(answer.exchanges, f"dossier {__version__}")
            return _Page(page, day if is_live else self._day(answer, day), "live" if is_live else "archive", kept)
        raise first or _NotHad("missing", "the source has no address")

    def _day(self, answer: Answer, said: date) -> date:
        """When an archive captured what it gave: as the address it gave it under says, else as the record says."""
        found = _CAPTURED.search(answer.url)
        try:
            day = datetime.strptime(found[1], "%Y%m%d").date() if found else said
        except ValueError:
            day = said
        return min(day, self.as_of)

    def _keep(self, source: str, page: _Page) -> None:
        # A text that has no UTF-8 could not be kept; its digest is that of what is kept.
        text = page.text.text.encode("utf-8", "replace").decode("utf-8")
        kind: Kind = page.text.kind
        copy = Copy(source, page.captured, text_digest(text), page.via, kind)
        self.store.keep(source, page.captured, text, page.warc)
        before = self.copies.of(source)
        self.copies = self.copies.with_copy(copy)
        keep_file(self.root, PATH, written(self.copies).encode())
        said = f"{COPIED[page.via]}, {len(text):,} characters"
        if page.via == "archive":
            said += f", as of {page.captured}"
        if before and before[-1].captured < copy.captured:
            changed = "changed" if before[-1].digest != copy.digest else "the same text"
            said += f", {changed} since {before[-1].captured}"
        self._done(Outcome(source, page.via, said, copy))

    def _refused(self, source: str, error: _NotHad) -> None:
        self._done(Outcome(source, error.what, f"not copied: {error}"))

    def _done(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.say(visible(f"[{len(self.outcomes)}/{self.total}] {outcome.source}: {outcome.said}"))


def _first(source: Source) -> str:
    """The address that is asked for first."""
    dead = source.availability == "dead" and source.archives
    return source.archives[-1].url if dead else source.url or ""


def _read(body: bytes, content_type: str) -> PageText:
    try:
        page = text_of(body, content_type)
    except Unreadable as error:
        raise _NotHad("unreadable", str(error)) from error
    if looks_empty(page.text):
        raise _NotHad("empty", f"the page gives no more than {len(page.text):,} characters of text")
    return page


def _files(folder: Path, only: Collection[str]) -> list[Path]:
    """The files to take, by name."""
    found: Iterable[Path] = (each for each in folder.iterdir() if each.suffix.lower() in _TYPES)
    return sorted(each for each in found if not only or each.stem in only)
