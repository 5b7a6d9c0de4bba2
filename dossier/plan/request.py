"""The words of a request for comment: what it is, what is asked, how to answer, and what becomes of an answer."""

from __future__ import annotations

from dossier.dates import Edtf
from dossier.model import Company
from dossier.plan.edition import Edition


def deadline_said(edition: Edition, day: Edtf | None) -> str:
    """By when an answer is asked for. Never a day that nobody set."""
    if day is None:
        return edition.say("No deadline is set; a reply is welcome at any time.")
    said = {"date": edition.language.date(day), "on_date": edition.language.on(day)}
    if day.latest < edition.today:
        return edition.say("%(date)s. That day has passed; a reply is welcome at any time.", **said)
    return edition.say("%(date)s. A reply that comes later is published all the same.", **said)


def opening(edition: Edition, company: Company, asked: int) -> tuple[str, ...]:
    """What this is, and why the company gets it."""
    title = edition.language.text(edition.register.site.title)
    first = edition.say(
        "We publish “%(title)s”, a public record of what named sources say about companies. Each claim in it shows who "
        "makes it and in which words, on how many independent origins it rests, and what the company answers.",
        title=title,
    )
    if not asked:
        return (first,)
    second = edition.say(
        "%(company)s is one of these companies. Below stand all the claims about it that may count against it, with "
        "the words of their sources and what we hold as its reply.",
        company=company.name,
    )
    return first, second


def question(edition: Edition) -> str:
    """What is asked of every claim."""
    return edition.say("Of each claim we ask: Is this right? What would you add?")


def how(edition: Edition) -> tuple[str, ...]:
    """How to answer, and what will be published."""
    return (
        edition.say(
            "Name each claim by its number here or by its permanent link. You may answer one claim or all of them, "
            "and more than once."
        ),
        edition.say(
            "Your reply will be published in full on your company’s page, in the language in which you write it, with "
            "the date on which it arrives. Beside each claim that it answers, in type of the same size, will stand "
            "what it says of that claim, with a link to the whole."
        ),
        edition.say("If something is wrong, a document or an address that shows it helps us to correct it sooner."),
    )


def after(edition: Edition) -> tuple[str, ...]:
    """What becomes of an answer, and of none."""
    return (
        edition.say("An editor reads the reply beside the sources of each claim."),
        edition.say("What proves wrong is corrected or withdrawn. The change is dated and stays visible."),
        edition.say(
            "Labels follow from sources and replies. A claim that you dispute is labelled Disputed; where an official "
            "record is cited, it stays On record and your dispute is said beside it. A claim that you confirm is "
            "labelled Acknowledged, unless an official record is cited."
        ),
        edition.say(
            "If no reply comes, the page says that you were asked, and when. It draws no conclusion from that."
        ),
    )
