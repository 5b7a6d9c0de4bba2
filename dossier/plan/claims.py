"""Claims and the replies beside them."""

from __future__ import annotations

from dossier.addresses import relative
from dossier.dates import parse_edtf
from dossier.model import Citation, Claim, Response
from dossier.plan.edition import Edition, once
from dossier.plan.ended import said_of
from dossier.plan.notes import Notes, plain
from dossier.plan.origins import origin_lines
from dossier.plan.rewordings import earlier, older_translation
from dossier.plan.vocabulary import (
    AMOUNT_SAYS,
    KIND,
    LABEL,
    LABEL_SAYS,
    MODE,
    POSITION,
    REASON,
    REASON_SAYS,
    REPLY,
)
from dossier.published import changed
from dossier.register import Standing
from dossier.values import Text
from dossier.views import ClaimView, Label, Link, Note, Reply

MOST_OF_REPLY = 60
"""Words of a reply that stand beside a claim where its record has no statement and no quote."""


def counts(edition: Edition, standing: Standing) -> str:
    """4 links, 1 origin."""
    origins = len(standing.origins)
    links = edition.count("%(n)s link", "%(n)s links", standing.links)
    return f"{links}, " + (
        edition.count("%(n)s origin", "%(n)s origins", origins) if origins else edition.say("no origin")
    )


@once
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
    if not claim.withdrawn and (ended := said_of(edition, claim)):
        count += f"; {ended}"
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


@once
def replies_to(edition: Edition, claim: Claim) -> tuple[Response, ...]:
    responses = edition.register.responses
    return tuple([found for reply in claim.reply if (found := responses.get(reply))])


def answered(edition: Edition, response: Response) -> Claim | None:
    """The claim of its company that a response stands beside: of several, the first that is not withdrawn."""
    register = edition.register
    named = (register.claims.get(name) for name in register.answering.get(response.id, ()))
    mine = [claim for claim in named if claim and claim.company == response.company]
    return next((claim for claim in mine if claim.withdrawn is None), mine[0] if mine else None)


def reply_view(edition: Edition, notes: Notes, response: Response, company: str) -> Reply:
    """What the company says of a claim, or that it has not."""
    language = edition.language
    if response.status in ("none-found", "not-asked", "invited"):  # its date is not that of a reply
        heading = edition.say("Reply by %(company)s", company=company, of_company=language.of(company))
    else:
        heading = edition.say(
            "Reply by %(company)s, %(date)s",
            company=company,
            of_company=language.of(company),
            date=language.date(response.date),
        )
    about = [Note(edition.say("Why not."), (plain(language.text(response.reason)),))] if response.reason else []
    if response.status == "invited":
        asked = {"date": language.date(response.date), "on_date": language.on(response.date)}
        about.append(Note(edition.say("Invited %(date)s", **asked) + ".", ()))
    reply = Reply(
        heading,
        reply_label(edition, response),
        notes.words(response.statement),
        notes.quotes(response.citations),
        tuple(about),
    )
    if response.text:
        page = edition.path("companies", response.company)
        reply.whole = Link(edition.say("The reply in full"), relative(notes.here, f"{page}#{response.id}"))
        if not (reply.statement or reply.quotes):
            words, reply.opening_lang = own_words(edition, response.text)
            reply.opening = edition.language.quoted(_beginning(words), reply.opening_lang or edition.code)
    return reply


def own_words(edition: Edition, text: Text) -> tuple[str, str]:
    """A text as its author wrote it, in the page's language where it came in that, and its language where it did not.
    Set as quotes are: not at all."""
    words = text.get(edition.code)
    if words is not None:
        return words, ""
    code = edition.language.default if text.get(edition.language.default) else text.languages[0]
    return text.get(code) or "", code


def _beginning(words: str) -> str:
    """The first words, with a sign that more follow. Not the first paragraph, which is often a greeting."""
    found = words.split()
    return " ".join(found[:MOST_OF_REPLY]) + (" […]" if len(found) > MOST_OF_REPLY else "")


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
    views = tuple(reply_view(edition, notes, reply, company) for reply in replies)
    foot = [
        edition.say("Withdrawn, and counted nowhere")
        if claim.withdrawn
        else edition.say("Claim %(n)s of %(total)s", n=position, total=total),
    ]
    if claim.verified:
        foot.append(
            edition.say("Checked %(date)s", date=language.date(claim.verified), on_date=language.on(claim.verified))
        )
    if since := _unchanged_since(edition, claim):
        foot.append(since)
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
        amount=amount_said(edition, claim),
        withdrawn=claim.withdrawn is not None,
        quotes=quotes,
        notes=remarks,
        replies=views,
        no_reply="" if views else _no_reply(edition, claim),
        foot=tuple(foot),
        earlier=earlier(edition, notes.here, claim),
        older=older_translation(edition, claim, "statement", claim.statement),
        cite=Link(
            edition.say("Cite, embed or correct"),
            relative(notes.here, f"{edition.path('companies', claim.company, 'cite')}#{claim.id}"),
        ),
    )


def _unchanged_since(edition: Edition, claim: Claim) -> str:
    """What the lock says of a claim; '' where it was not published yet, or says something else since."""
    locked, language = edition.register.published.get(claim.id), edition.language
    if locked is None or not locked.since or changed(locked, claim):
        return ""
    first, since = parse_edtf(locked.first), parse_edtf(locked.since)
    if first == since:
        return edition.say("Wording unchanged since %(date)s", date=language.date(first), on_date=language.on(first))
    return edition.say(
        "Published %(first)s, wording changed %(since)s",
        first=language.date(first), on_first=language.on(first),
        since=language.date(since), on_since=language.on(since),
    )  # fmt: skip


def amount_said(edition: Edition, claim: Claim) -> tuple[str, str] | None:
    """The money a claim names, and what its kind means."""
    if claim.amount is None:
        return None
    money = edition.language.money(claim.amount.value, claim.amount.currency)
    if claim.amount.approximate:
        money = edition.say("about %(money)s", money=money)
    return money, edition.say(AMOUNT_SAYS[claim.amount.kind])


def _remarks(edition: Edition, notes: Notes, claim: Claim) -> tuple[Note, ...]:
    language, register = edition.language, edition.register
    found: list[Note] = []
    if claim.withdrawn:
        said = [edition.say(REASON_SAYS[claim.withdrawn.reason]), language.text(claim.withdrawn.note)]
        when = language.date(claim.withdrawn.date)
        found.append(Note(edition.say("Withdrawn, %(date)s.", date=when), (plain(" ".join(filter(None, said))),)))
        if later := register.claims.get(claim.withdrawn.replaced_by or ""):
            found.append(Note(edition.say("In its place:"), (), _to(edition, notes, later)))
    if claim.party and claim.party in register.legal_entities:
        entity = register.legal_entities[claim.party]
        found.append(Note(edition.say("Party to it."), (plain(f"{entity.name.removesuffix('.')}."),)))
    if claim.note:
        found.append(Note(edition.say("Editors’ note."), notes.words(claim.note)))
    for difference in claim.differs_from:
        other = register.claims.get(difference.claim)
        if other:
            found.append(Note(edition.say("Sources differ."), notes.words(difference.note), _to(edition, notes, other)))
    for correction in register.corrections_of.get(claim.id, ()):
        if correction.text:
            when = language.date(correction.date)
            found.append(Note(edition.say("Changed, %(date)s.", date=when), (plain(language.text(correction.text)),)))
    return tuple(found)


def _no_reply(edition: Edition, claim: Claim) -> str:
    """Why nothing stands on the company's side."""
    if claim.withdrawn:
        return edition.say("No reply is owed: the claim is withdrawn.")
    return edition.say("No reply is owed: this sentence puts no blame on the company.")


def _to(edition: Edition, notes: Notes, claim: Claim) -> Link:
    """A link to another claim, which says so where that is withdrawn."""
    heading = edition.heading(claim)
    if claim.withdrawn:
        heading = edition.say("%(claim)s (withdrawn)", claim=heading)
    return Link(heading, edition.claim_href(notes.here, claim))


def words_quoted(edition: Edition, claim: Claim) -> str:
    """How many words of others stand on each side of a claim."""
    said = _words_quoted(claim.citations)
    answered = sum(_words_of_reply(edition, reply) for reply in replies_to(edition, claim))
    return edition.say("Words quoted: %(said)s for the claim, %(answered)s in the reply", said=said, answered=answered)


def _words_of_reply(edition: Edition, reply: Response) -> int:
    """Of its own words, those that stand beside the claim: its first ones, where it has no statement and no quote."""
    quoted = _words_quoted(reply.citations)
    if quoted or reply.statement or not reply.text:
        return quoted
    return len(own_words(edition, reply.text)[0].split()[:MOST_OF_REPLY])


def _words_quoted(citations: tuple[Citation, ...]) -> int:
    return sum(len(citation.quote.split()) for citation in citations if citation.quote)
