"""The reply desk: what is sent to a company, its replies in full, and the days by which answers are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from dossier.addresses import relative
from dossier.dates import Edtf, parse_edtf
from dossier.desk_page import Asked, DeskPage, LetterPage
from dossier.frozen import replace
from dossier.hosts import in_address
from dossier.model import OWN_WORDS, Claim, Company, Response
from dossier.pages import Page
from dossier.plan.claims import (
    amount_said,
    claim_label,
    own_words,
    replies_to,
    reply_label,
    reply_view,
)
from dossier.plan.edition import Edition, contact_href
from dossier.plan.lines import Line, written
from dossier.plan.notes import Notes, plain
from dossier.plan.request import after, deadline_said, how, opening, question
from dossier.plan.vocabulary import KIND, LABEL_SAYS, MEANS
from dossier.values import Html
from dossier.views import Fact, Link, Reply, Row, WholeReply

DEADLINES = "deadlines"
"""The list of the days by which answers are due, each as `export/calendar.py` takes it."""
DESK = "reply"


def desk_link(edition: Edition, here: str, company: Company) -> Link:
    """To the page that is made to be sent to the company."""
    said = edition.say("All of this on one page, to send to %(company)s", company=company.name)
    return Link(said, relative(here, edition.path("companies", company.id, DESK)))


def whole_replies(edition: Edition, here: str, company: Company) -> tuple[WholeReply, ...]:
    """Replies that are on file as they were received, the latest first."""
    found = [response for response in edition.register.responses_of.get(company.id, ()) if response.text]
    found.sort(key=lambda response: (-_day(response).latest.toordinal(), response.id))
    return tuple(_whole(edition, here, company, response) for response in found)


def _whole(edition: Edition, here: str, company: Company, response: Response) -> WholeReply:
    assert response.text
    register, language = edition.register, edition.language
    words, lang = own_words(edition, response.text)
    claims = [register.claims.get(name) for name in register.answering.get(response.id, ())]
    when = _day(response)
    came = edition.say(MEANS[response.means]) if response.means else edition.say("Received")
    return WholeReply(
        id=response.id,
        heading=edition.say(
            "Reply by %(company)s, %(date)s",
            company=company.name,
            of_company=language.of(company.name),
            date=language.date(response.date),
        ),
        label=reply_label(edition, response),
        came=edition.say("%(came)s, %(date)s.", came=came, date=language.date(when), on_date=language.on(when)),
        lang=lang,
        paragraphs=tuple(tuple(paragraph.split("\n")) for paragraph in words.split("\n\n")),
        claims=tuple(Link(edition.heading(c), edition.claim_href(here, c)) for c in claims if c),
        questions=Link(edition.say("What was asked"), response.questions) if response.questions else None,
    )


def _day(response: Response) -> Edtf:
    return response.received or response.date


def due(edition: Edition, company: Company) -> Edtf | None:
    """The day by which an answer was asked for: the next one to come, else the last that went by, else none."""
    responses = edition.register.responses_of.get(company.id, ())
    days = [response.deadline for response in responses if response.status == "invited" and response.deadline]
    ahead = [day for day in days if day.latest >= edition.today]
    found = min(ahead, key=_latest, default=None)
    return found or max(days, key=_latest, default=None)


def _latest(day: Edtf) -> date:
    return day.latest


def deadlines(edition: Edition, company: Company) -> Iterator[Line]:
    """The days by which the company was asked to answer: id, day, and what a calendar says of it."""
    for response in edition.register.responses_of.get(company.id, ()):
        if response.status == "invited" and response.deadline:
            day = response.deadline.latest
            told = (uid(edition, response.id), day.isoformat(), *calendar_words(edition, company))
            yield DEADLINES, f"{day.isoformat()} {response.id}", written(told)


def uid(edition: Edition, response: str) -> str:
    """What a calendar knows an invitation by, wherever it met it: the id of its response, at the dossier's host."""
    return f"{response}@{urlsplit(edition.register.site.base_url).hostname or 'dossier'}"


def calendar_words(edition: Edition, company: Company) -> tuple[str, str, str]:
    """What a calendar says of a deadline: its heading, what it is about, and the address of the desk."""
    title = edition.language.text(edition.register.site.title)
    address = edition.absolute(edition.path("companies", company.id, DESK))
    asked = edition.say("Reply by %(company)s due", company=company.name, of_company=edition.language.of(company.name))
    said = edition.say("What was asked, for “%(title)s”: %(address)s", title=title, address=address)
    return asked, said, address


def asked_about(edition: Edition, company: Company) -> tuple[Claim, ...]:
    """The claims that a company is asked about: what may count against it and still stands, in the order of its
    page."""
    return tuple(claim for claim in _claims(edition, company) if claim.is_adverse and not claim.withdrawn)


def _claims(edition: Edition, company: Company) -> tuple[Claim, ...]:
    # Imported here, since that module makes the page of a company, which leads to its desk.
    from dossier.plan.companies import claims_of

    return claims_of(edition, company)


def desk_page(edition: Edition, company: Company, by: date | None = None) -> Page:
    """The page that is made to be sent to a company. `by` is the day by which to answer, where it is not that of an
    invitation on file. Cites in the order of `components/desk.html`."""
    register, language = edition.register, edition.language
    here = edition.path("companies", company.id, DESK)
    notes = Notes(edition, here)
    claims = _claims(edition, company)
    asked = asked_about(edition, company)
    title = edition.say("Request for comment: %(company)s", company=company.name)
    shown: dict[str, int] = {}
    views = tuple(_asked(edition, notes, claim, number, shown) for number, claim in enumerate(asked, 1))
    site = register.site
    facts = (
        Fact(edition.say("To"), (plain(company.name),)),
        Fact(edition.say("From"), (plain(language.text(site.publisher)),)),
        Fact(edition.say("Write to"), (), Link(site.contact.removeprefix("mailto:"), contact_href(site.contact))),
        Fact(
            edition.say("Deadline"),
            (plain(deadline_said(edition, parse_edtf(f"{by}") if by else due(edition, company))),),
        ),
    )
    more = [Link(edition.say("How errors are corrected"), relative(here, edition.path("corrections")))]
    if edition.content("methodology"):
        more.append(
            Link(edition.say("How claims are chosen and labelled"), relative(here, edition.path("methodology")))
        )
    return DeskPage(
        frame=edition.frame(
            "companies",
            company.id,
            DESK,
            title=title,
            description=edition.say(
                "What is claimed about %(company)s, put to the company for its answer.", company=company.name
            ),
            noindex=True,
        ),
        title=title,
        name=company.name,
        trail=(
            Link(edition.say("Companies"), relative(here, edition.path("companies"))),
            edition.company_link(here, company),
        ),
        facts=facts,
        opening=opening(edition, company, len(asked)),
        questions=question(edition),
        how=how(edition),
        more=tuple(more),
        claims=views,
        none="" if views else edition.say("No claim that is published here calls for a reply."),
        others=tuple(_row(edition, here, c) for c in claims if not c.is_adverse and not c.withdrawn),
        withdrawn=tuple(_row(edition, here, c) for c in claims if c.withdrawn),
        after=after(edition),
        references=notes.references(),
    )


def letter_page(edition: Edition, company: Company, by: date, style: Html) -> LetterPage:
    """The desk as a document that stands alone. Its links are those of the desk until somebody makes them absolute."""
    page = desk_page(edition, company, by)
    assert isinstance(page, DeskPage)
    held = {name: getattr(page, name) for name in _FIELDS}
    frame = replace(page.frame, csp="default-src 'none'; style-src 'unsafe-inline'")
    today = edition.language.date(parse_edtf(edition.today.isoformat()))
    said = deadline_said(edition, parse_edtf(by.isoformat()))
    return LetterPage(**held | {"frame": frame}, when=today, deadline=said, style=style)


def _asked(edition: Edition, notes: Notes, claim: Claim, number: int, shown: dict[str, int]) -> Asked:
    language, register = edition.language, edition.register
    company = register.companies[claim.company]
    place = f"{edition.path('companies', company.id)}#{claim.id}"
    quotes = notes.quotes(claim.citations)
    held = tuple(
        _held(edition, notes, response, company.name, shown.setdefault(response.id, number), number)
        for response in replies_to(edition, claim)
    )
    return Asked(
        anchor=f"claim-{number}",
        number=language.number(number),
        heading=edition.heading(claim),
        kind=edition.say(KIND[claim.kind]),
        label=claim_label(edition, claim),
        why=edition.say(LABEL_SAYS[register.standing[claim.id].label]),
        statement=language.text(claim.statement),
        statement_lang="" if claim.statement.get(edition.code) else claim.statement.languages[0],
        amount=amount_said(edition, claim),
        quotes=quotes,
        held=held,
        permanent=Link(claim_address(edition, claim), relative(notes.here, place)),
        answer=Link(
            edition.say("Reply to claim %(n)s", n=language.number(number)),
            _written_to(contact_href(register.site.contact), f"{company.name}, {number}: {claim.id}"),
        ),
    )


def claim_address(edition: Edition, claim: Claim) -> str:
    """The permanent link of a claim, in full."""
    return f"{edition.absolute(edition.path('companies', claim.company))}#{claim.id}"


def _held(edition: Edition, notes: Notes, response: Response, company: str, first: int, number: int) -> Reply:
    """What is on file as the reply: in full where it is in the company's words, which it may want to check, and only
    under the `first` claim that it answers."""
    if response.status in OWN_WORDS and first == number:
        return reply_view(edition, notes, response, company)
    reply = Reply(edition.say("On file as the reply"), reply_label(edition, response), (), ())
    if response.status in OWN_WORDS:
        said = edition.say("Shown under claim %(n)s", n=edition.language.number(first))
        reply.whole = Link(said, f"#claim-{first}")
    return reply


def _written_to(contact: str, about: str) -> str:
    """The contact with a subject, where it is an e-mail address (RFC 6068)."""
    if not contact.startswith("mailto:") or "?" in contact:
        return contact
    return f"{contact}?subject={in_address(about).replace('%2F', '/')}"


def _row(edition: Edition, here: str, claim: Claim) -> Row:
    link = Link(edition.heading(claim), edition.claim_href(here, claim))
    return Row(link, (edition.language.text(claim.statement),), claim_label(edition, claim))


_FIELDS = ("frame", "references", "title", "name", "trail", "facts", "opening", "questions", "how", "more", "claims",
           "none", "others", "withdrawn", "after")  # fmt: skip
