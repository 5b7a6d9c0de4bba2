"""What was asked, and what came of it."""

from __future__ import annotations

from dossier.addresses import relative
from dossier.model import Agency, Demand, Event
from dossier.model import Step as Change
from dossier.pages import DemandsPage, Page
from dossier.plan.columns import MOST
from dossier.plan.days import machine_date
from dossier.plan.edition import Edition
from dossier.plan.notes import Notes
from dossier.plan.standing import question
from dossier.plan.vocabulary import DEMAND, DEMAND_COUNT, DEMAND_SAYS, EVENT
from dossier.standing import Item, Side, Stand, Standing
from dossier.views import DemandView, Label, Legend, Link, Reply, Row, Step

ANSWERS = ("government", "parliament")
"""Kinds of event that answer a demand which they name."""


def demand_label(edition: Edition, demand: Demand) -> Label:
    return Label(
        edition.say(DEMAND[demand.status]),
        demand.status,
        edition.say(
            "asked %(date)s", date=edition.language.date(demand.date), on_date=edition.language.on(demand.date)
        ),
    )


def asked_by(edition: Edition, demand: Demand) -> str:
    role = edition.language.text(demand.by.role)
    return f"{demand.by.name}, {role}" if role else demand.by.name


def in_order(edition: Edition) -> list[Demand]:
    """As the files have them: which demand leads is for the editors to say."""
    return list(edition.register.demands.values())


def demand_row(edition: Edition, here: str, demand: Demand) -> Row:
    """A demand in a table: what, by whom, and its status."""
    heading = edition.language.text(demand.title or demand.text)
    return Row(
        Link(heading, relative(here, f"{edition.path('demands')}#{demand.id}")),
        (asked_by(edition, demand), _answered(edition, demand)),
        demand_label(edition, demand),
    )


def _answers(edition: Edition, demand: Demand) -> list[Event]:
    found = [e for e in edition.register.events_of.get(demand.id, ()) if e.kind in ANSWERS]
    return sorted(found, key=lambda e: (e.date.earliest, e.id))


def _answered(edition: Edition, demand: Demand) -> str:
    """How many answers are on file, for places with room for no more."""
    number = len(_answers(edition, demand))
    if not number:
        return edition.say("None found")
    return edition.count("%(n)s on file", "%(n)s on file", number)


def _standing(edition: Edition, demand: Demand, addressed: Link, answers: list[Event]) -> Standing:
    """What was asked, what was done since and what is not known: from dated entries alone, and no judgment."""
    language, say = edition.language, edition.say
    done = [(step.date, _step(edition, demand, step)) for step in demand.history[1:]]
    done += [
        (event.date, Item(Link(language.text(event.title), f"#{demand.id}_done"), language.date(event.date)))
        for event in answers
        if event.date.latest >= demand.date.earliest
    ]
    done.sort(key=lambda each: each[0].earliest)
    number = edition.count("%(n)s dated entry since", "%(n)s dated entries since", len(done))
    last = max([demand.date, *(when for when, _ in done)], key=lambda when: when.known_latest)
    unknown = [] if answers else [Item(Link(say("No answer to it was found in the sources consulted."), ""))]
    unknown.append(Item(Link(say("Nothing later than %(date)s is on file.", date=language.date(last)), "")))
    when = language.date(demand.date)
    return Standing(
        (
            Side(
                say("What was asked for"),
                say("%(date)s. %(who)s", date=when[:1].upper() + when[1:], who=asked_by(edition, demand)),
                (Stand(say("Addressed to"), (Item(addressed),)),),
            ),
            Side(
                say("What was done since"),
                f"{say(DEMAND[demand.status])}. {say(DEMAND_SAYS[demand.status])}.",
                (Stand(number if done else say("Nothing is on file."), tuple([item for _, item in done[-MOST:]])),),
            ),
            Side(say("Not known"), say("A limit of the search, not a finding."), (Stand("", tuple(unknown)),)),
        )
    )


def _step(edition: Edition, demand: Demand, step: Change) -> Item:
    """A dated entry by the first words of its note, or by the status where there is no note."""
    href, status = f"#{demand.id}_status", edition.say(DEMAND[step.status])
    when = edition.language.date(step.date)
    if step.note is None:
        return Item(Link(status, href), when)
    return Item(question(edition, step.note, href).link, f"{when}, {status}")


def _view(edition: Edition, notes: Notes, demand: Demand) -> tuple[DemandView, Standing]:
    language, register = edition.language, edition.register
    quotes = notes.quotes(demand.citations)
    answers = []
    for event in _answers(edition, demand):
        before = event.date.latest < demand.date.earliest
        count = edition.say("before the demand") if before else ""
        label = Label(edition.say(EVENT[event.kind]), "answered", count)
        title = f"{language.text(event.title)}, {language.date(event.date)}"
        words = notes.words(event.text)
        answers.append(Reply(title, label, words, notes.quotes(event.citations)))
    steps = tuple(
        Step(
            language.date(step.date),
            machine_date(step.date),
            edition.say(DEMAND[step.status]),
            words := notes.words(step.note),
            notes.cites(step.citations, beside=words),
        )
        for step in demand.history
    )
    target = register.agencies.get(demand.addressed_to)
    if isinstance(target, Agency):
        addressed = Link(edition.agency_name(target), relative(notes.here, edition.path("agencies", target.id)))
    elif demand.addressed_to in register.companies:
        addressed = edition.company_link(notes.here, register.companies[demand.addressed_to])
    else:
        addressed = Link(demand.addressed_to, "")
    view = DemandView(
        id=demand.id,
        heading=language.text(demand.title or demand.text),
        asked_by=edition.say("Asked by %(who)s", who=asked_by(edition, demand)),
        label=demand_label(edition, demand),
        text=language.text(demand.text),
        quotes=quotes,
        answers=tuple(answers),
        no_answer=""
        if answers
        else edition.say("No answer to this demand was found in the sources consulted. That is a limit of the search."),
        history=steps,
        addressed=addressed,
    )
    return view, _standing(edition, demand, addressed, _answers(edition, demand))


def demands_page(edition: Edition) -> Page:
    """All demands on one page, each with its answer beside it."""
    here = edition.path("demands")
    notes = Notes(edition, here)
    ordered = in_order(edition)
    views = tuple(_view(edition, notes, demand) for demand in ordered)
    used = [status for status in DEMAND if any(d.status == status for d in ordered)]
    tallied = ", ".join(edition.count(*DEMAND_COUNT[s], sum(d.status == s for d in ordered)) for s in used)
    said = edition.say(
        "%(demands)s: %(statuses)s.",
        statuses=tallied,
        demands=edition.count("%(n)s demand", "%(n)s demands", len(ordered)),
    )
    return DemandsPage(
        frame=edition.frame("demands", title=edition.say("Demands")),
        title=edition.say("What was asked, and what came of it"),
        lede=edition.say(
            "Demands by holders of public office and by organizations, each with what was answered and "
            "every dated change of status."
        ),
        counts=said,
        legend=tuple(Legend(Label(edition.say(DEMAND[s]), s), edition.say(DEMAND_SAYS[s])) for s in DEMAND),
        rows=tuple(demand_row(edition, here, demand) for demand in ordered),
        demands=views,
        references=notes.references(),
    )
