"""Claims and the replies beside them."""

from __future__ import annotations

from dossier.model import Citation, Claim, Response
from dossier.plan.edition import Edition
from dossier.plan.notes import Notes, plain
from dossier.plan.vocabulary import (
    AMOUNT_SAYS,
    KIND,
    LABEL,
    LABEL_SAYS,
    MODE,
    POSITION,
    REASON,
    REPLY,
)
from dossier.register import Standing
from dossier.views import ClaimView, Label, Link, Note, OriginLine, Reply

OWN_WORDS = ("responded", "declined")
"""Statuses of a response that holds words of the company."""


def counts(edition: Edition, standing: Standing) -> str:
    """4 links, 1 origin."""
    origins = len(standing.origins)
    links = edition.count("%(n)s link", "%(n)s links", standing.links)
    return f"{links}, " + (
        edition.count("%(n)s origin", "%(n)s origins", origins) if origins else edition.say("no origin")
    )


def claim_label(edition: Edition, claim: Claim) -> Label:
    """The computed label, with its count."""
    standing = edition.register.standing[claim.id]
    count = counts(edition, standing)
    if claim.withdrawn:
        count = edition.say(
            "%(date)s, %(reason)s",
            date=edition.language.date(claim.withdrawn.date),
            reason=edition.say(REASON[claim.withdrawn.reason]),
        )
    elif standing.disputed_on_record:
        count += ", " + edition.say("disputed by the company")
    return Label(edition.say(LABEL[standing.label]), standing.label, count)


def reply_label(edition: Edition, response: Response) -> Label:
    word, shape = REPLY[response.status]
    language = edition.language
    if response.status == "none-found":
        count = edition.say("searched %(date)s", date=language.date(response.date), on_date=language.on(response.date))
    elif response.status == "invited" and response.deadline:
        count = edition.say(
            "answer due %(date)s", date=language.date(response.deadline), on_date=language.on(response.deadline)
        )
    else:
        position = POSITION[response.position]
        count = edition.say(position) if position and response.status == "responded" else ""
    return Label(edition.say(word), shape, count)


def best_reply(replies: tuple[Response, ...]) -> Response | None:
    """The reply that says most, for places with room for one."""
    order = list(REPLY)
    return min(replies, key=lambda reply: (order.index(reply.status), reply.id), default=None)


def replies_to(edition: Edition, claim: Claim) -> tuple[Response, ...]:
    responses = edition.register.responses
    return tuple(responses[reply] for reply in claim.reply if reply in responses)


def answered(edition: Edition, response: Response) -> Claim | None:
    """The claim of its company that a response stands beside: the first, where there are more."""
    register = edition.register
    named = (register.claims.get(name) for name in register.answering.get(response.id, ()))
    return next((claim for claim in named if claim and claim.company == response.company), None)


def _reply(edition: Edition, notes: Notes, response: Response, company: str) -> Reply:
    language = edition.language
    if response.status in ("none-found", "not-asked"):
        heading = edition.say("Reply by %(company)s", company=company, of_company=language.of(company))
    else:
        heading = edition.say(
            "Reply by %(company)s, %(date)s",
            company=company,
            of_company=language.of(company),
            date=language.date(response.date),
        )
    about = [Note(edition.say("Why not."), (plain(language.text(response.reason)),))] if response.reason else []
    return Reply(
        heading,
        reply_label(edition, response),
        notes.words(response.statement),
        notes.quotes(response.citations),
        tuple(about),
    )


def origin_lines(edition: Edition, notes: Notes, standing: Standing) -> tuple[OriginLine, ...]:
    """Each origin with the links that lead to it."""
    sources = edition.register.sources
    kinds = {
        "record": edition.say("official record"),
        "reporting": edition.say("own reporting"),
        "statement": edition.say("statement"),
        "other": "",
    }
    return tuple(
        OriginLine(
            edition.publisher_name(origin.key.removesuffix("/record"))
            if origin.key.removesuffix("/record") in edition.register.publishers
            else origin.name,
            kinds[origin.kind],
            tuple([Link(notes.dated(sources[s]), edition.source_href(notes.here, s)) for s in origin.through]),
        )
        for origin in standing.origins
    )


def _unknown_lineage(edition: Edition, claim: Claim, standing: Standing) -> str:
    """How many links could not be followed to an origin."""
    through = {source for origin in standing.origins for source in origin.through}
    cited = dict.fromkeys(c.source for c in claim.supports if c.source in edition.register.sources)
    lost = len([source for source in cited if source not in through])
    return (
        edition.count(
            "%(n)s link could not be traced to an origin and counts for none.",
            "%(n)s links could not be traced to an origin and count for none.",
            lost,
        )
        if lost
        else ""
    )


def claim_view(edition: Edition, notes: Notes, claim: Claim, position: int, total: int) -> ClaimView:
    """A claim as its company's page prints it. Cites in the order of the template: quotes, notes, then replies."""
    register, language = edition.register, edition.language
    standing = register.standing[claim.id]
    company = register.companies[claim.company].name
    quotes = notes.quotes(claim.citations)
    remarks = _remarks(edition, notes, claim)
    replies = replies_to(edition, claim)
    views = tuple(_reply(edition, notes, reply, company) for reply in replies)
    amount = None
    if claim.amount:
        money = language.money(claim.amount.value, claim.amount.currency)
        if claim.amount.approximate:
            money = edition.say("about %(money)s", money=money)
        amount = (money, edition.say(AMOUNT_SAYS[claim.amount.kind]))
    said = _words_quoted(claim.citations)
    answered = sum(_words_quoted(reply.citations) for reply in replies)
    foot = [
        edition.say("Claim %(n)s of %(total)s", n=position, total=total),
        edition.say("Words quoted: %(said)s for the claim, %(answered)s in the reply", said=said, answered=answered),
    ]
    if claim.verified:
        foot.append(
            edition.say("Checked %(date)s", date=language.date(claim.verified), on_date=language.on(claim.verified))
        )
    statement_lang = "" if claim.statement.get(edition.code) else claim.statement.languages[0]
    return ClaimView(
        id=claim.id,
        heading=edition.heading(claim),
        kind=edition.say(KIND[claim.kind]),
        label=claim_label(edition, claim),
        mode=edition.say(MODE[claim.mode]),
        why=edition.say(LABEL_SAYS[standing.label]),
        origins=origin_lines(edition, notes, standing),
        unknown_lineage=_unknown_lineage(edition, claim, standing),
        statement=language.text(claim.statement),
        statement_lang=statement_lang,
        amount=amount,
        withdrawn=claim.withdrawn is not None,
        quotes=quotes,
        notes=remarks,
        replies=views,
        no_reply="" if views else edition.say("No reply is owed: this sentence puts no blame on the company."),
        foot=tuple(foot),
    )


def _remarks(edition: Edition, notes: Notes, claim: Claim) -> tuple[Note, ...]:
    language, register = edition.language, edition.register
    found: list[Note] = []
    if claim.withdrawn:
        said = language.text(claim.withdrawn.note)
        when = language.date(claim.withdrawn.date)
        found.append(Note(edition.say("Withdrawn, %(date)s.", date=when), (plain(said),)))
    if claim.party and claim.party in register.legal_entities:
        entity = register.legal_entities[claim.party]
        found.append(Note(edition.say("Party to it."), (plain(f"{entity.name.removesuffix('.')}."),)))
    if claim.note:
        found.append(Note(edition.say("Editors’ note."), notes.words(claim.note)))
    for difference in claim.differs_from:
        other = register.claims.get(difference.claim)
        if other:
            link = Link(edition.heading(other), edition.claim_href(notes.here, other))
            found.append(Note(edition.say("Sources differ."), notes.words(difference.note), link))
    for correction in register.corrections_of.get(claim.id, ()):
        if correction.text:
            when = language.date(correction.date)
            found.append(Note(edition.say("Changed, %(date)s.", date=when), (plain(language.text(correction.text)),)))
    return tuple(found)


def _words_quoted(citations: tuple[Citation, ...]) -> int:
    return sum(len(citation.quote.split()) for citation in citations if citation.quote)
