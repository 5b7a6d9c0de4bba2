"""A letter to a company as the plain text of an e-mail (RFC 3676): lines of 72, addresses whole, nothing that a mail
program could take for a header, a quote or a signature."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from dossier.desk_page import LetterPage
from dossier.model import Citation, Claim, Company
from dossier.patterns import regex
from dossier.plan.claims import reply_label
from dossier.plan.desk import asked_about, claim_address
from dossier.plan.edition import Edition
from dossier.values import HIDDEN

WIDTH = 72
_BLANKS = regex("[ \n]+")
_ORDER = ("supports", "disputes", "context")
_TAKEN = (">", "From ", " ")
"""What no line may begin with: mail programs read it as a quote, as another message, or as stuffing (RFC 3676, 4.4)."""


def draft(edition: Edition, company: Company, page: LetterPage) -> str:
    """The subject in one line, an empty line, then the letter. `page` holds its words."""
    say = edition.say
    lines = [
        f"Subject: {page.title}",
        "",
        *_wrapped(f"{page.facts[0].label}{say(': ')}{company.name}"),
        page.when,
        "",
    ]
    for words in (*page.opening, page.questions):
        lines += [*_wrapped(words), ""]
    lines += [*_wrapped(f"{say('Deadline')}{say(': ')}{page.deadline}"), ""]
    for claim, view in zip(asked_about(edition, company), page.claims, strict=True):
        lines += ["-" * WIDTH, "", *_claim(edition, claim, f"{view.number}. {view.heading}"), ""]
        lines += [*_wrapped(f"{view.answer.text}{say(': ')}"), "", ""]
    lines += ["-" * WIDTH, ""]
    for words in (*page.how, *page.after):
        lines += [*_wrapped(words), ""]
    site = edition.register.site
    lines += [*_wrapped(edition.language.text(site.publisher)), site.contact.removeprefix("mailto:")]
    lines.append(page.frame.canonical)
    return "".join(f"{_stuffed(_flat(line))}\n" for line in lines)


def _claim(edition: Edition, claim: Claim, heading: str) -> Iterator[str]:
    language, say = edition.language, edition.say
    yield from _wrapped(heading)
    yield from _wrapped(f"[{claim.id}]")
    yield claim_address(edition, claim)
    yield ""
    yield from _wrapped(language.text(claim.statement))
    for citation in sorted(claim.citations, key=lambda each: _ORDER.index(each.intent)):
        yield ""
        yield from _evidence(edition, citation)
    yield ""
    replies = [edition.register.responses[reply] for reply in claim.reply if reply in edition.register.responses]
    for reply in replies:
        label = reply_label(edition, reply)
        said = ", ".join(filter(None, (label.word, label.count)))
        yield from _wrapped(f"{say('On file as the reply')}{say(': ')}{said}")


def _evidence(edition: Edition, citation: Citation) -> Iterator[str]:
    """The words relied on, whose they are, and where they stand."""
    source = edition.register.sources[citation.source]
    if citation.quote:
        about = {"context": edition.say("For context"), "disputes": edition.say("Says otherwise")}.get(
            citation.intent, ""
        )
        yield from _wrapped(f"{about} {edition.language.quoted(citation.quote, source.language)}")
        translation = citation.translation.get(edition.code) if citation.translation else None
        if translation and not source.language.startswith(edition.code):
            ours = edition.language.quoted(translation, edition.code)
            yield from _wrapped(f"{edition.say('Our translation:')} {ours}")
    yield from _wrapped(", ".join(filter(None, (edition.dated(source), citation.locator))))
    if source.url:
        yield source.url
    for archive in source.archives:
        yield from _wrapped(edition.say("Archived copy") + edition.say(": "))
        yield archive.url


def _flat(words: str) -> str:
    """One line, whatever was typed: no line end makes a header of what follows (RFC 5322, 2.2)."""
    return _BLANKS.sub(" ", HIDDEN.sub(" ", words)).strip(" ")


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(_flat(words), WIDTH, break_long_words=False, break_on_hyphens=False)


def _stuffed(line: str) -> str:
    return f" {line}" if line.startswith(_TAKEN) else line
