"""An invitation to answer, as files: the desk of one company as a document, as PDF, as a draft of an e-mail, and its
deadline for a calendar. Nothing is sent.

The document is the page that the site has (`plan/desk.py`), dated, with its style inside and its links absolute.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from dossier.draft import draft
from dossier.export.calendar import Due, as_calendar
from dossier.frozen import dataclass
from dossier.language import language
from dossier.model import Company, Response
from dossier.pages import File
from dossier.paper import absolute
from dossier.patterns import regex
from dossier.pdf import NEEDS, able, as_pdf
from dossier.plan import addresses_of, sections_of
from dossier.plan.desk import asked_about, calendar_words, letter_page, uid
from dossier.plan.edition import Edition
from dossier.register import Register
from dossier.render import Renderer
from dossier.values import Html

DAYS = 14
"""Days that a company has to answer, at least: what rule E503 asks of the record."""
NO_PDF = f"There is no PDF: it takes {NEEDS}."
_HREF = regex(r'(?<= href=")(?!#)[^"]*')


class Refused(Exception):
    """An invitation that cannot be written, and why, in a line."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is asked, in which language, by when; `recorded` is the record that says so already, where there is one."""

    company: Company
    edition: Edition
    deadline: date
    recorded: Response | None


def invitation(register: Register, name: str, code: str, deadline: date | None, today: date) -> Invitation:
    """Raises `Refused` where nobody would be asked anything, or had too little time to answer."""
    company = register.companies[name]
    edition = Edition(
        register, language(code, register.languages[0]), addresses_of(register), today, sections_of(register)
    )
    if not asked_about(edition, company):
        raise Refused(f"no claim about {name} calls for a reply: there is nothing to ask")
    soonest = today + timedelta(days=DAYS)
    recorded = _recorded(register, company, deadline, soonest)
    by = deadline or (recorded.deadline.latest if recorded and recorded.deadline else None)
    if by is None:
        raise Refused(f"no open invitation of {name} is on file: give a deadline, --deadline {soonest} or later")
    if by < soonest:
        raise Refused(f"{by} leaves less than {DAYS} days to answer: give --deadline {soonest} or later")
    return Invitation(company, edition, by, recorded)


def _recorded(register: Register, company: Company, deadline: date | None, soonest: date) -> Response | None:
    """The invitation on file for that deadline; without one, that which leaves enough time, else the latest."""
    invited = [
        response
        for response in register.responses_of.get(company.id, ())
        if response.status == "invited" and response.deadline
    ]
    days = {response.deadline.latest: response for response in invited if response.deadline}
    if deadline:
        return days.get(deadline)
    return days.get(min((day for day in days if day >= soonest), default=max(days, default=soonest)))


def files_of(invited: Invitation, root: Path) -> tuple[File, ...]:
    """The document, the draft and the calendar. The same for the same records, date and program."""
    edition, company, code = invited.edition, invited.company, invited.edition.code
    renderer = Renderer(edition.register.languages[0], root)
    style = renderer.stylesheet.content.decode() if renderer.stylesheet else ""
    page = letter_page(edition, company, invited.deadline, Html(style.replace("</", "<\\/")))
    made = renderer.file(page)
    whole = _HREF.sub(lambda href: absolute(page.frame.canonical, href[0]), made.content.decode())
    name = invited.recorded.id if invited.recorded else identity(invited)
    due = Due(uid(edition, name), invited.deadline.isoformat(), *calendar_words(edition, company))
    return (
        File(f"reply-{code}.html", whole.encode()),
        File(f"reply-{code}.txt", draft(edition, company, page).encode()),
        File("deadline.ics", as_calendar([due], edition.today)),
    )


def on_paper(document: File) -> File | None:
    """The document as PDF; None where this machine cannot make it."""
    if not able():
        return None
    return File(document.path.removesuffix(".html") + ".pdf", as_pdf(document.content.decode()))


def identity(invited: Invitation) -> str:
    """An id for the record of the invitation that nothing has yet."""
    register = invited.edition.register
    name = f"{invited.company.id[:60].rstrip('-')}-invited-{invited.edition.today}"
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(each for each in names if each not in register.records and each not in register.lost)


def record(invited: Invitation) -> str:
    """The response to paste into the data."""
    return "\n".join((
        "responses:",
        f"  - id: {identity(invited)}",
        f"    company: {invited.company.id}",
        "    status: invited",
        f"    date: {invited.edition.today}",
        f"    deadline: {invited.deadline}",
    ))  # fmt: skip
