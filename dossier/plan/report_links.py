"""The ways from a claim or source to the line it is typed in, and to an issue about it with its words filled in.

The line is looked up on a shelf of its own (`typed_at`): an edit above moves a record without changing it, and then
just the pages that print its line are made again. An issue names a version: of a claim the first digits of its
statement's digest, as `data/published.lock` has it, so that an editor finds what the reader saw. A commit would say
the same and change every page with each commit.
"""

from __future__ import annotations

from functools import lru_cache

from dossier.hosts import Host, host_of, in_address
from dossier.model import Claim, Site, Source
from dossier.plan.edition import Edition, contact_href
from dossier.published import digest
from dossier.values import Text
from dossier.views import Link

MOST_QUOTED = 300
"""Characters of a statement or title that an address carries."""
MOST_VERSION = 12
"""Digits of a digest that stand for it."""


@lru_cache(maxsize=8)
def _host(repository: str, kind: str | None, branch: str) -> Host | None:
    return host_of(repository, kind, branch)  # type: ignore[arg-type]  # one of the words of the model


def host(site: Site) -> Host | None:
    """The host of the dossier's repository, where it is one whose addresses are known."""
    hosting = site.host
    return _host(site.repository, hosting.kind if hosting else None, hosting.branch if hosting else "main")


def report_links(edition: Edition, record: Claim | Source) -> tuple[Link, ...]:
    """To edit, see, report and challenge a record. Where the host is not known: to write to the contact."""
    site = edition.register.site
    at = host(site)
    links = []
    if at and (typed := edition.register.typed_at.get(record.id)):
        path, line = typed
        links = [
            Link(edition.say("Edit this"), at.edit(path)),
            Link(edition.say("Line %(line)s of %(file)s", line=line, file=path), at.view(path, line)),
        ]
    # RFC 6068: lines of an e-mail end in CR LF.
    end = "\n" if at else "\r\n"
    about = in_address(end.join(_about(edition, record)))

    def letter(title: str, question: str) -> str:
        body = f"{about}{in_address(f'{end}{end}{question}{end}')}"
        return at.issue_about(title, body) if at else _mail(site, title, body)

    wrong = edition.say("What is wrong, and what shows it?")
    doubted = edition.say("Why should this not stand as it does, and what shows otherwise?")
    return (
        *links,
        Link(edition.say("Report an error"), letter(edition.say("Error in %(id)s", id=record.id), wrong)),
        Link(edition.say("Challenge this"), letter(edition.say("Challenge to %(id)s", id=record.id), doubted)),
    )


def _mail(site: Site, title: str, body: str) -> str:
    """A letter to the contact, or the contact alone where it takes no words."""
    contact = contact_href(site.contact)
    if not contact.startswith("mailto:") or "?" in contact:
        return contact
    return f"{contact}?subject={in_address(title)}&body={body}"


def _about(edition: Edition, record: Claim | Source) -> list[str]:
    """What a letter says of a record, line by line."""
    if isinstance(record, Claim):
        path = f"{edition.path('companies', record.company)}"
        said, page = edition.language.text(record.statement), f"{edition.absolute(path)}#{record.id}"
    else:
        said, page = record.title, edition.absolute(edition.path("sources", record.id))
    said = " ".join(said.split())
    if len(said) > MOST_QUOTED:
        said = said[: MOST_QUOTED - 1].rstrip() + "…"
    return [
        edition.say("Record: %(id)s", id=record.id),
        edition.say("Page: %(page)s", page=page),
        edition.say("Version: %(version)s", version=version(record, edition.code)),
        "",
        f"> {said}",
    ]


def version(record: Claim | Source, code: str) -> str:
    """What tells this wording from every other, in a few digits."""
    if isinstance(record, Claim):
        return digest(_words(record.statement, code))[:MOST_VERSION]
    return digest(" ".join(filter(None, (record.title, record.publisher, str(record.issued or ""), record.url))))[
        :MOST_VERSION
    ]


def _words(text: Text, code: str) -> str:
    return text.get(code) or text.get(text.languages[0]) or ""
