"""The reply desk: the page that is sent to a company, its replies in full, and the deadlines as a calendar."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from turbohtml import Document, parse

from dossier.built import held
from dossier.cite_page import CitePage
from dossier.cli import main
from dossier.desk_page import DeskPage
from dossier.export.calendar import Due, as_calendar
from dossier.frozen import replace
from dossier.pages import CompanyPage, Page
from dossier.pipeline import build, examine
from dossier.plan import plan
from dossier.render import render
from tests import given

BAKERIES = Path(__file__).parent / "sites/bakeries"
TODAY = date(2026, 11, 22)
CALENDAR = "data/reply-deadlines.ics"

SOURCES = """
companies: [{id: crust, name: Crust}]
sources:
  - {id: herald, type: article, title: On rolls, publisher: The Herald, language: en, role: reporting,
     url: "https://herald.example/rolls", accessed: 2026-11-01,
     archives: [{url: "https://archive.example/rolls", captured: 2026-11-02}]}
"""
CLAIM = """
claims:
  - {id: crust-rolls, company: crust, kind: order, mode: reported, statement: The Herald reported rolls., reply: REPLY,
     citations: [{source: herald, quote: many rolls, locator: p. 2}]}
responses:
"""


def bakeries() -> dict[str, Page]:
    register = examine(BAKERIES, TODAY).register
    assert register
    return {page.frame.path: page for page in plan(register, TODAY)}


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return bakeries()


def desk(pages: dict[str, Page], path: str) -> DeskPage:
    page = pages[path]
    assert isinstance(page, DeskPage)
    return page


def crust(responses: str, reply: str = "said", today: date = TODAY) -> dict[str, Page]:
    """A dossier of one claim, and what its company answers."""
    text = SOURCES + CLAIM.replace("REPLY", reply) + responses
    return {page.frame.path: page for page in plan(given.register(text), today)}


def html(page: Page) -> Document:
    (file,) = [each for each in render([page], "en") if each.path == page.frame.path]
    return parse(file.content.decode())


def said(page: DeskPage) -> dict[str, str]:
    return {fact.label: fact.words[0].html for fact in page.facts if fact.words}


# The page.


def test_the_desk_has_every_adverse_claim_that_stands(pages: dict[str, Page]) -> None:
    page = desk(pages, "companies/golden-crust/reply/index.html")
    register = examine(BAKERIES, TODAY).register
    assert register
    mine = register.claims_of["golden-crust"]
    asked = {claim.id for claim in mine if claim.is_adverse and not claim.withdrawn}
    assert {claim.permanent.text.partition("#")[2] for claim in page.claims} == asked
    assert [claim.number for claim in page.claims] == [str(n) for n in range(1, len(asked) + 1)]
    others = [claim.id for claim in mine if not claim.is_adverse]
    assert {row.head.href for row in page.others} == {f"../index.html#{name}" for name in others}
    assert "gc-profile" in others
    assert [row.head.href for row in page.withdrawn] == ["../index.html#gc-gold-flour"]
    assert page.withdrawn[0].label
    assert page.withdrawn[0].label.word == "Withdrawn"


def test_a_claim_is_put_with_its_words_its_evidence_and_its_place() -> None:
    page = desk(
        crust("  - {id: said, company: crust, status: none-found, date: 2026-11-20}"),
        "companies/crust/reply/index.html",
    )
    (claim,) = page.claims
    assert claim.statement == "The Herald reported rolls."
    assert (claim.label.word, claim.label.count) == ("Reported", "1 link, 1 origin")
    (quote,) = claim.quotes
    assert (quote.text, quote.locator, quote.by) == ("“many rolls”", "p. 2", "The Herald, undated")
    assert [link.href for link in page.references[0].archives] == ["https://archive.example/rolls"]
    assert claim.permanent.text == "https://dossier.example/companies/crust/#crust-rolls"
    assert claim.permanent.href == "../index.html#crust-rolls"
    assert claim.answer.href == "mailto:desk@dossier.example?subject=Crust%2C%201%3A%20crust-rolls"
    assert [reply.label.word for reply in claim.held] == ["None found"]
    assert said(page)["From"] == "The desk"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("companies/crust/reply/index.html", "No deadline is set; a reply is welcome at any time."),
        (
            "fr/entreprises/crust/reponse/index.html",
            "Aucune date limite n’est fixée; une réponse est bienvenue à tout moment.",
        ),
    ],
)
def test_no_deadline_is_invented(path: str, words: str) -> None:
    page = desk(crust("  - {id: said, company: crust, status: none-found, date: 2026-11-20}"), path)
    assert words in {*said(page).values()}


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 12, 1), "15 December 2026. A reply that comes later is published all the same."),
        (date(2026, 12, 15), "15 December 2026. A reply that comes later is published all the same."),
        (date(2026, 12, 16), "20 January 2027. A reply that comes later is published all the same."),
        (date(2027, 1, 21), "20 January 2027. That day has passed; a reply is welcome at any time."),
    ],
)
def test_the_deadline_is_the_next_that_an_invitation_sets(today: date, words: str) -> None:
    invited = """
  - {id: said, company: crust, status: invited, date: 2026-11-20, deadline: 2027-01-20}
  - {id: said-first, company: crust, status: invited, date: 2026-11-20, deadline: 2026-12-15}
"""
    assert said(desk(crust(invited, today=today), "companies/crust/reply/index.html"))["Deadline"] == words


def test_the_desk_is_for_the_company_not_for_search_engines() -> None:
    files = {file.path: held(file).content for file in build(BAKERIES, TODAY).files or ()}
    for path in ("companies/eclair/reply/index.html", "fr/entreprises/eclair/reponse/index.html"):
        robots = parse(files[path].decode()).select_one("meta[name=robots]")
        assert robots is not None
        assert robots.attr("content") == "noindex"
    assert b"companies/eclair/</loc>" in files["sitemap.xml"]
    assert b"/reply/" not in files["sitemap.xml"]
    page = parse(files["companies/eclair/index.html"].decode())
    assert page.select_one("#answer a[href='reply/index.html']") is not None


def test_a_company_without_adverse_claims_is_asked_nothing(pages: dict[str, Page]) -> None:
    page = desk(pages, "companies/ovens-42/reply/index.html")
    assert (page.claims, page.none) == ((), "No claim that is published here calls for a reply.")
    assert len(page.opening) == 1


def test_a_reply_to_several_claims_is_shown_once(pages: dict[str, Page]) -> None:
    page = desk(pages, "companies/golden-crust/reply/index.html")
    whole = [
        reply
        for claim in page.claims
        for reply in claim.held
        if reply.statement and "bread was sold" in reply.statement[0].html
    ]
    assert len(whole) == 1


def test_a_hostile_name_stays_text() -> None:
    name = '"><script>alert(1)</script>'
    text = SOURCES.replace("name: Crust", f"name: '{name}'") + CLAIM.replace("REPLY", "said")
    text += "  - {id: said, company: crust, status: none-found, date: 2026-11-20}"
    for page in plan(given.register(text), TODAY):
        if isinstance(page, DeskPage):
            shown = html(page)
            assert shown.select_one("script") is None
            heading = shown.select_one("h1")
            assert heading is not None
            assert name in heading.text


# Replies in full.

WHOLE = """
  - id: said
    company: crust
    status: responded
    date: 2026-11-10
    received: 2026-11-12
    means: letter
    position: disputes
    questions: https://dossier.example/asked
    text:
      fr: |
        Bonjour,

        Rien de cela <b>n’est</b> *vrai* : voir [@herald] et 3 000 pains.
        La direction
"""


def company(pages: dict[str, Page], path: str = "companies/crust/index.html") -> CompanyPage:
    page = pages[path]
    assert isinstance(page, CompanyPage)
    return page


def test_a_reply_stands_in_full_as_it_came() -> None:
    page = company(crust(WHOLE))
    (whole,) = page.replies
    assert whole.paragraphs == (
        ("Bonjour,",),
        ("Rien de cela <b>n’est</b> *vrai* : voir [@herald] et 3 000 pains.", "La direction"),
    )
    assert (whole.lang, whole.came) == ("fr", "Received by letter, 12 November 2026.")
    assert [link.href for link in whole.claims] == ["#crust-rolls"]
    shown = html(page)
    words = shown.select_one("#said blockquote[lang=fr]")
    assert words is not None
    assert "<b>n’est</b> *vrai* : voir [@herald]" in words.text
    assert words.select_one("b, em, a") is None
    assert len(words.select("p")) == 2
    asked = shown.select_one("#said a[href='https://dossier.example/asked']")
    assert asked is not None


def test_beside_the_claim_stand_its_first_words_and_a_link_to_the_whole() -> None:
    page = company(crust(WHOLE))
    (reply,) = page.claims[0].replies
    assert reply.opening_lang == "fr"
    assert reply.opening.startswith("«\u00a0Bonjour, Rien de cela ")
    assert reply.opening.endswith("La direction\u00a0»")
    assert reply.whole
    assert reply.whole.href == "#said"
    assert html(page).select_one("[data-claim] a[href='#said']") is not None
    stated = company(crust(WHOLE + "    statement: The company disputes it.\n"))
    assert stated.claims[0].replies[0].opening == ""
    assert stated.claims[0].replies[0].whole


def test_a_long_beginning_is_cut_and_says_so() -> None:
    text = "  - {id: said, company: crust, status: responded, date: 2026-11-10, text: '" + "word " * 200 + "'}"
    (reply,) = company(crust(text)).claims[0].replies
    assert reply.opening == "“" + "word " * 60 + "[…]”"
    cites = crust(text)["companies/crust/cite/index.html"]
    assert isinstance(cites, CitePage)
    assert "Words quoted: 2 for the claim, 60 in the reply" in cites.claims[0].foot


def test_an_invitation_is_not_headed_as_a_reply_of_its_day() -> None:
    text = "  - {id: said, company: crust, status: invited, date: 2026-11-20, deadline: 2026-12-15}"
    (reply,) = company(crust(text)).claims[0].replies
    assert (reply.heading, [note.about for note in reply.notes]) == ("Reply by Crust", ["Invited 20 November 2026."])


def test_each_edition_shows_the_version_in_its_language(pages: dict[str, Page]) -> None:
    english = company(pages, "companies/golden-crust/index.html").replies
    french = company(pages, "fr/entreprises/golden-crust/index.html").replies
    assert (english[0].lang, english[0].paragraphs[0]) == ("", ("Dear desk,",))
    assert (french[0].lang, french[0].paragraphs[0]) == ("", ("Madame, Monsieur,",))


@pytest.mark.parametrize(
    ("position", "label"),
    [
        ("disputes", "disputed"), ("accepts", "acknowledged"), ("partly", "reported"), ("corrects", "reported"),
        ("no-comment", "reported"), ("none", "reported"),
    ],
)  # fmt: skip
def test_the_label_follows_from_the_position(position: str, label: str) -> None:
    page = company(crust(WHOLE.replace("position: disputes", f"position: {position}")))
    assert page.claims[0].label.shape == label


def test_no_rule_judges_the_words_of_a_reply(tmp_path: Path) -> None:
    reply = "    text: {en: 'They are liars and criminals, 4 of 17 claims are fraud.', fr: 'Non.'}\n"
    root = tmp_path / "root"
    (root / "data").mkdir(parents=True)
    (root / "data/site.yaml").write_text(given.SITE)
    answer = "  - {id: said, company: crust, status: responded, date: 2026-11-20, position: disputes}\n"
    whole = answer.replace("}", "").replace("  - {", "  - ").replace(", ", "\n    ") + reply
    (root / "data/all.yaml").write_text(SOURCES + CLAIM.replace("REPLY", "said") + whole, "utf-8")
    codes = {problem.rule.code for problem in examine(root, TODAY).problems}
    assert not codes & {"E502", "E602", "E705", "W603", "W405"}
    (root / "data/all.yaml").write_text(SOURCES + CLAIM.replace("REPLY", "said") + answer, "utf-8")
    assert "E502" in {problem.rule.code for problem in examine(root, TODAY).problems}


# The calendar.


def test_the_calendar_has_the_deadlines() -> None:
    files = {file.path: held(file).content for file in build(BAKERIES, TODAY).files or ()}
    (event,) = Calendar.from_ical(files[CALENDAR].decode()).walk("VEVENT")
    assert event["UID"] == "eclair-invited@bakeries.example"
    assert event.decoded("DTSTART") == date(2026, 12, 15)
    assert str(event["SUMMARY"]) == "Reply by Éclair & Fils due"
    assert event["URL"] == "https://bakeries.example/dossier/companies/eclair/reply/"
    assert "reply-deadlines.ics" in files["data/index.html"].decode()


def test_without_an_invitation_there_is_no_calendar(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "data").mkdir(parents=True)
    (root / "data/site.yaml").write_text(given.SITE)
    (root / "data/all.yaml").write_text("companies: [{id: crust, name: Crust}]\n")
    files = {file.path: held(file) for file in build(root, TODAY).files or ()}
    assert CALENDAR not in files
    assert "ics" not in files["data/index.html"].content.decode()


def test_the_calendar_comes_and_goes_with_its_invitations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    root, output = tmp_path / "root", tmp_path / "output"
    for folder in ("data", "content"):
        shutil.copytree(BAKERIES / folder, root / folder)
    file = root / "data/dossiers/others.yaml"
    invited = file.read_text("utf-8")
    answered = invited.replace("status: invited", "status: none-found").replace("    deadline: 2026-12-15\n", "")
    assert answered.count("\n") == invited.count("\n") - 1
    for text, there in ((invited, True), (answered, False), (invited, True)):
        file.write_text(text, "utf-8")
        assert main(["--root", str(root), "--output", str(output), "--compare-clean"]) == 0
        assert (output / CALENDAR).exists() == there
        assert ("reply-deadlines.ics" in (output / "data/index.html").read_text("utf-8")) == there


HOSTILE = Due(
    "a-reply@crust.example",
    "2026-12-15",
    "Reply by A\r\nBEGIN:VALARM\nX; Y, Z\\ due" + "é" * 90,
    "\x00\x07:\u2028BEGIN:VEVENT",
    "https://crust.example/\r\nATTACH:x",
)


def test_nothing_typed_breaks_a_calendar() -> None:
    raw = as_calendar([HOSTILE, replace(HOSTILE, uid="b")], TODAY)
    assert b"Reply by A\\nBEGIN:VALARM\\nX\\; Y\\, Z\\\\ due" in raw.replace(b"\r\n ", b"")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    found = Calendar.from_ical(raw.decode())
    assert [str(each["UID"]) for each in found.walk("VEVENT")] == ["a-reply@crust.example", "b"]
    assert not found.walk("VALARM")
    event = found.walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "Reply by A\nBEGIN:VALARM\nX; Y, Z\\ due" + "é" * 90
    assert "ATTACH" not in event
    assert not event.errors


@pytest.mark.parametrize("before", range(4))
def test_a_line_is_folded_at_75_bytes_and_between_characters(before: int) -> None:
    words = "x" * before + "é🍞" * 60
    raw = as_calendar([replace(HOSTILE, summary=words)], TODAY)
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert [part.decode() for part in raw.split(b"\r\n")]
    (event,) = Calendar.from_ical(raw.decode()).walk("VEVENT")
    assert event["SUMMARY"] == words
