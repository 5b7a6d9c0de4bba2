"""The sentence: load -> validate -> link -> check -> plan -> render -> write.

Each verb returns what is whole and the problems it found, so one run shows all of them. While an error stands, nothing
is planned, rendered or written. Nothing here asks for the date, the environment or the network.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dossier.checks import RULES, check
from dossier.link import link
from dossier.load import load
from dossier.pages import File, Page
from dossier.problems import Problem, in_order
from dossier.register import Register
from dossier.severity import weighed
from dossier.validate import validate
from dossier.write import Written, accept, published, replace, write


@dataclass(frozen=True, slots=True)
class Examined:
    """What the files of a dossier say, and all that is wrong with it. `notes` are for people, at every run."""

    register: Register | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether a site may be made of it."""
        return self.register is not None and not any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Built:
    """A site, ready to be written; None where an error stands in its way."""

    files: tuple[File, ...] | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Python's search for reference cycles: nearly all that a build makes lives until its end, and looking through
    it again and again takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_undisturbed()
def examine(root: Path, today: date) -> Examined:
    """Read and check the dossier at `root` as of `today`."""
    documents, unread = load(root)
    records, misread = validate(documents)
    register, unlinked = link(records)
    found = check(register, today) if register else ()
    problems, notes = weighed((*unread, *misread, *unlinked, *found), records.site, RULES)
    return Examined(register, in_order(problems), notes)


class Memory:
    """What the last build of a preview rendered: a page that holds the same, through the same templates, stays.

    With a template or a translation changed, all of it is forgotten, catalogues included.
    """

    def __init__(self) -> None:
        self.stamp: object = None
        self.known: dict[str, tuple[Page, File]] = {}

    def same(self, pages: tuple[Page, ...], stamp: object) -> dict[str, File]:
        """Files of the pages that need not be rendered, by path."""
        if stamp != self.stamp:
            from dossier import language as words

            self.stamp, self.known = stamp, {}
            words.language.cache_clear()
            words._messages.cache_clear()
        known = ((page, self.known.get(page.frame.path)) for page in pages)
        return {page.frame.path: before[1] for page, before in known if before and before[0] == page}


@_undisturbed()
def build(root: Path, today: date, memory: Memory | None = None) -> Built:
    """The site of the dossier at `root`, as files. The same for the same files and date, on every machine."""
    examined = examine(root, today)
    if not examined.stands or (register := examined.register) is None:
        return Built(None, examined.problems, examined.notes)
    # Imported here, since checking a dossier needs no templates.
    from dossier.export import export
    from dossier.plan import plan
    from dossier.render import render

    pages = plan(register, today)
    same = memory.same(pages, _stamp(root)) if memory else {}
    files = render([page for page in pages if page.frame.path not in same], register.languages[0], root)
    if memory:
        made = {**same, **{file.path: file for file in files}}
        memory.known = {page.frame.path: (page, made[page.frame.path]) for page in pages}
    data = export(
        register, today, ((page.frame.path, page.frame.alternates) for page in pages if not page.frame.noindex)
    )
    return Built((*same.values(), *files, *data), examined.problems, examined.notes)


def _stamp(root: Path) -> object:
    """What tells whether a template or a translation has changed since."""
    files = (path for folder in presentation(root) for path in sorted(folder.rglob("*")) if path.is_file())
    return [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]


def presentation(root: Path) -> tuple[Path, ...]:
    """The folders, beside the data, that pages are made from: a root's own win over ours."""
    here = Path(__file__).parent
    return (root / "templates", here.parent / "templates", here / "locale")


def publish(built: Built, output: Path, singly: bool = False) -> Written:
    """Bring `output` to hold the site: in one swap, or page by page for a preview."""
    if built.files is None:
        raise ValueError("there is no site to publish while an error stands")
    return replace(built.files, output) if singly else write(built.files, output)


__all__ = [
    "RULES", "Built", "Examined", "Memory", "accept", "build", "examine", "presentation", "publish", "published",
]  # fmt: skip
