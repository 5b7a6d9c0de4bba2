"""The first page: what this is, what is established and what is not."""

from __future__ import annotations

from dossier.addresses import relative
from dossier.model import Claim
from dossier.pages import HomePage, Page
from dossier.plan.claims import OWN_WORDS, claim_label, replies_to
from dossier.plan.companies import companies_in_order, entry, looked_everywhere
from dossier.plan.days import correction_day, dated_of_all, day
from dossier.plan.demands import demand_row, in_order
from dossier.plan.edition import Edition
from dossier.plan.figures import figures
from dossier.plan.notes import Notes
from dossier.plan.vocabulary import LABEL, LABEL_SAYS, REPLY, REPLY_SAYS
from dossier.views import Label, Legend, Link, Row

FIRM = ("on-record", "acknowledged", "corroborated")
"""Labels behind which more than one voice stands, or the voice that must know."""
OPEN = ("disputed", "alleged", "reported")
MOST = 6


def _row(edition: Edition, here: str, claim: Claim) -> Row:
    name = edition.register.companies[claim.company].name
    return Row(
        Link(
            edition.say("%(company)s: %(what)s", company=name, what=edition.heading(claim)),
            edition.claim_href(here, claim),
        ),
        (edition.language.date(claim.date),),
        claim_label(edition, claim),
    )


def _latest(claims: list[Claim]) -> list[Claim]:
    """The latest that a reply is owed to or given, at most two of one company so that no company fills the list."""
    chosen: list[Claim] = []
    answerable = [claim for claim in claims if claim.is_adverse or claim.reply]
    for claim in sorted(answerable, key=lambda c: (-(c.date.earliest.toordinal() if c.date else 0), c.id)):
        if sum(other.company == claim.company for other in chosen) < 2:
            chosen.append(claim)
    return chosen[:MOST]


def home_page(edition: Edition) -> Page:
    """The front page. Cites in the order of `pages/home.html`."""
    register, language = edition.register, edition.language
    here = edition.path()
    notes = Notes(edition, here, figures(edition))
    live = [claim for claim in register.claims.values() if not claim.withdrawn]
    labels = {label: [c for c in live if register.standing[c.id].label == label] for label in LABEL}
    firm = [claim for label in FIRM for claim in labels[label]]
    loose = [claim for label in OPEN for claim in labels[label]]
    body = edition.content("home")
    home_words = notes.words(body.body) if body else ()
    companies = companies_in_order(edition)
    entries = tuple(entry(edition, here, company) for company in companies)
    unknown = tuple((edition.company_link(here, c), notes.words(c.unknown[0])) for c in companies if c.unknown)
    corrections = sorted(register.corrections.values(), key=lambda c: (-c.date.latest.toordinal(), c.id))
    latest = [day(edition, here, e) for e in reversed(dated_of_all(edition)[-MOST:])]
    verified = max((c.verified for c in live if c.verified), key=lambda date: date.latest, default=None)
    definitions = [(language.text(d.term), language.text(d.text)) for d in register.site.definitions]
    if register.site.inclusion:
        definitions.insert(0, (edition.say("When a company is listed"), language.text(register.site.inclusion)))
    return HomePage(
        frame=edition.frame(title=language.text(register.site.title)),
        title=language.text(register.site.title),
        lede=language.text(register.site.description),
        checked=edition.say(
            "Checked %(date)s. No total of money is given.", date=language.date(verified), on_date=language.on(verified)
        )
        if verified
        else "",
        numbers=_numbers(edition, live),
        body=home_words,
        established=tuple(_row(edition, here, c) for c in _latest(firm)),
        established_more=edition.count("%(n)s claim in all", "%(n)s claims in all", len(firm)),
        open_questions=tuple(_row(edition, here, c) for c in _latest(loose)),
        open_more=edition.count("%(n)s claim in all", "%(n)s claims in all", len(loose)),
        by_label=tuple(
            Legend(Label(edition.say(LABEL[label]), label), edition.count("%(n)s claim", "%(n)s claims", len(found)))
            for label, found in labels.items()
            if found
        ),
        companies=entries,
        demands=tuple(demand_row(edition, here, d) for d in in_order(edition)),
        latest=tuple(latest),
        changes=tuple(correction_day(edition, here, c) for c in corrections[:MOST]),
        unknown=unknown,
        searches=looked_everywhere(edition, here, MOST),
        thin=_thin(edition, live),
        definitions=tuple(definitions),
        legend=tuple(
            Legend(Label(edition.say(LABEL[label]), label), edition.say(LABEL_SAYS[label])) for label in LABEL
        ),
        reply_legend=tuple(
            Legend(Label(edition.say(REPLY[s][0]), REPLY[s][1]), edition.say(REPLY_SAYS[s])) for s in REPLY
        ),
        references=notes.references(),
        links={
            name: relative(here, edition.path(name))
            for name in ("companies", "demands", "timeline", "sources", "changes")
        },
    )


def _numbers(edition: Edition, live: list[Claim]) -> tuple[tuple[str, str], ...]:
    register = edition.register
    answered = {c.company for c in live if any(r.status in OWN_WORDS for r in replies_to(edition, c))}
    read = sum(s.read != "none" for s in register.sources.values())
    origins = {origin.key for c in live for origin in register.standing[c.id].origins}
    rows = [
        (
            edition.count("%(n)s company", "%(n)s companies", len(register.companies)),
            edition.say("Listed under the rule below; no company is ranked"),
        ),
        (
            edition.count("%(n)s claim", "%(n)s claims", len(live)),
            edition.say("Statements by named sources, each with the words it relies on"),
        ),
        (
            edition.count("%(n)s source", "%(n)s sources", read),
            edition.count(
                "Read by a person; they lead back to %(n)s origin",
                "Read by a person; they lead back to %(n)s origins",
                len(origins),
            ),
        ),
        (
            edition.count("%(n)s company with a reply", "%(n)s companies with a reply", len(answered)),
            edition.say("Their own words stand beside the claims they answer"),
        ),
    ]
    return tuple(rows)


def _thin(edition: Edition, live: list[Claim]) -> tuple[str, ...]:
    """Where the evidence is thin, counted."""
    register = edition.register
    read = [s for s in register.sources.values() if s.read != "none"]
    part = sum(s.read == "excerpt" for s in read)
    bare = sum(not s.archives for s in read)
    once = sum(len(register.standing[c.id].origins) == 1 for c in live)
    single = {fall.claim for falls in register.falls.values() for fall in falls if not fall.without.origins}
    said = []
    if part:
        said.append(
            edition.count(
                "Of %(n)s source only a part was read; each reference says so.",
                "Of %(n)s sources only a part was read; each reference says so.",
                part,
            )
        )
    if once:
        said.append(edition.count("%(n)s claim rests on one origin.", "%(n)s claims rest on one origin.", once))
    if single:
        said.append(
            edition.count(
                "%(n)s claim would lose its last origin if one source fell.",
                "%(n)s claims would lose their last origin if one source fell.",
                len(single),
            )
        )
    if bare:
        said.append(
            edition.count("%(n)s source has no archived copy yet.", "%(n)s sources have no archived copy yet.", bare)
        )
    return tuple(said)
