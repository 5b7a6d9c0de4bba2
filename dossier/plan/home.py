"""The first page: what this is, what is established and what is not."""

from __future__ import annotations

from itertools import islice

from dossier.addresses import relative
from dossier.pages import CSP_OF_FORMS, HomePage, Page
from dossier.plan.agencies import listed_agency
from dossier.plan.amounts import money_rows
from dossier.plan.companies import looked_everywhere, sort_key
from dossier.plan.counts import Counts
from dossier.plan.dated import latest
from dossier.plan.days import correction_day
from dossier.plan.demands import demand_row, in_order
from dossier.plan.edition import Edition
from dossier.plan.figures import figures
from dossier.plan.lines import Lines
from dossier.plan.months import months_drawn
from dossier.plan.notes import Notes
from dossier.plan.registers import entries
from dossier.plan.standing import standing_of_site
from dossier.plan.vocabulary import LABEL, LABEL_SAYS, REPLY, REPLY_SAYS
from dossier.views import Label, Legend, Link

MOST_AGENCIES = 12
MOST_COMPANIES = 100
"""Companies that the front page still lists by name."""
MOST_UNKNOWN = 24
"""Companies of which the front page says what is not known."""
MOST = 6


def home_page(edition: Edition, lines: Lines, counts: Counts) -> Page:
    """The front page. Cites in the order of `pages/home.html`."""
    register, language = edition.register, edition.language
    here, code = edition.path(), edition.code
    notes = Notes(edition, here, figures(edition, counts))
    body = edition.content("home")
    home_words = notes.words(body.body) if body else ()
    listed = entries(lines, f"companies/{code}", here) if counts.companies <= MOST_COMPANIES else []
    unknown = []
    for name in islice(lines.of(f"unknown/{code}", here), MOST_UNKNOWN):
        company = register.companies[name]
        unknown.append((edition.company_link(here, company), notes.words(company.unknown[0])))
    corrections = sorted(register.corrections.values(), key=lambda c: (-c.date.latest.toordinal(), c.id))
    definitions = [(language.text(d.term), language.text(d.text)) for d in register.site.definitions]
    if register.site.inclusion:
        definitions.insert(0, (edition.say("When a company is listed"), language.text(register.site.inclusion)))
    frame = edition.frame(title=language.text(register.site.title))
    frame.csp = CSP_OF_FORMS
    return HomePage(
        frame=frame,
        title=language.text(register.site.title),
        lede=language.text(register.site.description),
        checked=edition.say(
            "Checked %(date)s. No total of money is given.",
            date=language.date(counts.verified),
            on_date=language.on(counts.verified),
        )
        if counts.verified
        else "",
        changed=_changed(edition, counts, len(corrections)),
        standing=standing_of_site(edition, lines, counts),
        overview=Link(
            edition.count(
                "%(n)s claim by what stands behind it", "All %(n)s claims by what stands behind them", counts.claims
            ),
            relative(here, edition.path("overview")),
        ),
        numbers=_numbers(edition, counts),
        money=money_rows(edition, counts),
        cited_most=_cited_most(edition, here, counts),
        agencies=_agencies(edition, here, counts),
        months=months_drawn(edition, here, lines.lengths(f"timeline/{code}")),
        body=home_words,
        by_label=tuple(
            Legend(
                Label(edition.say(LABEL[label]), label),
                edition.count("%(n)s claim", "%(n)s claims", counts.labels[label]),
            )
            for label in LABEL
            if counts.labels[label]
        ),
        companies=tuple(each for _, each in sorted(listed, key=lambda told: sort_key(told[1].link.text))),
        companies_more=edition.count("%(n)s company", "%(n)s companies", counts.companies)
        if counts.companies > MOST_COMPANIES
        else "",
        demands=tuple(demand_row(edition, here, d) for d in in_order(edition)),
        latest=tuple(latest(edition, lines, here, MOST)),
        changes=tuple(correction_day(edition, here, c) for c in corrections[:MOST]),
        unknown=tuple(unknown),
        searches=looked_everywhere(edition, here, MOST),
        thin=_thin(edition, counts),
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
            for name in (
                "companies",
                "demands",
                "timeline",
                "sources",
                "changes",
                "weak-points",
                "agencies",
                "overview",
                "search",
            )
        },
    )


def _changed(edition: Edition, counts: Counts, corrections: int) -> str:
    """Whether anything that was published is withdrawn or corrected."""
    if not counts.withdrawn and not corrections:
        return edition.say("No claim was withdrawn, and nothing was corrected so far.")
    withdrawn = edition.count("%(n)s claim was withdrawn", "%(n)s claims were withdrawn", counts.withdrawn)
    corrected = edition.count("%(n)s correction is on file", "%(n)s corrections are on file", corrections)
    return edition.say("%(withdrawn)s, %(corrected)s.", withdrawn=withdrawn, corrected=corrected)


def _cited_most(edition: Edition, here: str, counts: Counts) -> Link | None:
    """The publisher that most claims cite, with the way to what each carries."""
    order = sorted(counts.makers, key=lambda key: (-counts.makers[key], edition.publisher_name(key)))
    if not order:
        return None
    said = edition.say(
        "The publisher cited most is %(publisher)s: %(claims)s of %(all)s.",
        publisher=edition.publisher_name(order[0]),
        claims=edition.count("%(n)s claim", "%(n)s claims", counts.makers[order[0]]),
        all=edition.language.number(counts.claims),
    )
    return Link(said, relative(here, f"{edition.path('sources')}#shares_h"))


def _agencies(edition: Edition, here: str, counts: Counts) -> tuple[tuple[Link, str], ...]:
    """The agencies that claims name, by name; of very many those that most claims name."""
    agencies = edition.register.agencies
    named = sorted(((-n, key) for key, n in counts.agencies.items() if n and key in agencies))[:MOST_AGENCIES]
    found = [(listed_agency(edition, here, agencies[key]), -n) for n, key in named]
    return tuple(
        (link, edition.count("%(n)s claim", "%(n)s claims", n))
        for link, n in sorted(found, key=lambda each: sort_key(each[0].text))
    )


def _numbers(edition: Edition, counts: Counts) -> tuple[tuple[str, str], ...]:
    rows = [
        (
            edition.count("%(n)s company", "%(n)s companies", counts.companies),
            edition.say("Listed under the rule below; no company is ranked"),
        ),
        (
            edition.count("%(n)s claim", "%(n)s claims", counts.claims),
            edition.say("Statements by named sources, each with the words it relies on"),
        ),
        (
            edition.count("%(n)s source", "%(n)s sources", counts.sources_read),
            edition.count(
                "Read whole or in part; they lead back to %(n)s origin",
                "Read whole or in part; they lead back to %(n)s origins",
                len(counts.origins),
            ),
        ),
        (
            edition.count("%(n)s company with a reply", "%(n)s companies with a reply", counts.answered),
            edition.say("In its words or as sources relay them, beside the claims it answers"),
        ),
    ]
    return tuple(rows)


def _thin(edition: Edition, counts: Counts) -> tuple[str, ...]:
    """Where the evidence is thin, counted."""
    part, once, single, bare = counts.read["excerpt"], counts.once, len(counts.loses), counts.bare
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
                single,
            )
        )
    if bare:
        said.append(
            edition.count("%(n)s source has no archived copy yet.", "%(n)s sources have no archived copy yet.", bare)
        )
    return tuple(said)
