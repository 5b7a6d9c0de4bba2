"""The page of the form that drafts records, and what its scripts read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from dossier.addresses import relative
from dossier.model import COLLECTIONS
from dossier.pages import DraftPage, File
from dossier.plan.data_script import data_script
from dossier.plan.draft_form import FOLDER, blank, described, host_for
from dossier.plan.edition import Edition
from dossier.shelf import note
from dossier.views import Link

DRAFT = "contribute/draft"
MOST_IDS = 5000
"""Ids of a collection that the form is told: beyond, it does not say that an id is unknown."""
NAMED = (*(name for name in COLLECTIONS if name != "searches"), "legal_entities")
"""Collections whose records have ids."""


def ids_known(names: Callable[[str], Iterable[str]]) -> dict[str, list[str] | None]:
    """The ids of each collection; None for one that has too many."""
    note("*ids")
    known: dict[str, list[str] | None] = {}
    for collection in NAMED:
        ids = list(islice(names(collection), MOST_IDS + 1))
        known[collection] = sorted(ids) if len(ids) <= MOST_IDS else None
    return known


def draft_page(edition: Edition, names: Callable[[str], Iterable[str]]) -> tuple[DraftPage, tuple[File, ...]]:
    """The page, and the files that its scripts read."""
    files = (
        data_script("draftForm", f"form-{edition.code}", described(edition)),
        data_script("draftIds", "ids", ids_known(names)),
    )
    here, host = edition.path(DRAFT), host_for(edition)
    trail = [Link(edition.say("Home"), relative(here, edition.path()))]
    if page := edition.content("contribute"):
        trail.append(Link(page.title, relative(here, edition.path(page.name))))
    title = edition.say("Draft a contribution")
    frame = edition.frame(DRAFT, title=title, section="contribute", scripts=("draft",))
    frame.reads = tuple(file.path for file in files)
    made = DraftPage(
        frame=frame,
        title=title,
        trail=tuple(trail),
        lede=edition.say(
            "Draft a claim, a source, a reply or a correction. The form checks it while you type, and gives a text for "
            "a new file of the repository."
        ),
        new=host.new_file_pattern(FOLDER) if host else "",
        blank=blank(edition),
    )
    return made, files
