"""Counting origins and choosing labels, clause by clause of section 5 of the design.

A source is written in one line: its id, its publisher, its role, and what else matters.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from dossier.register import Standing
from tests.given import register

SAME = "crust"
"""Id of the company all these claims are about. Its name is Golden Crust."""


def source(line: str) -> str:
    name, publisher, role, *more = (part.strip() for part in line.split("|"))
    return (
        f"- {{id: {name}, title: T, type: book, language: en, publisher: {publisher}, role: {role}"
        + "".join(f", {each}" for each in more)
        + "}\n"
    )


def standing(
    sources: str, cited: str, claim: str = "mode: reported", replies: str = "", publishers: str = "", company: str = ""
) -> Standing:
    """The standing of a claim that cites these sources, `alpha` or `alpha context` or `alpha firsthand`."""
    lines = [line for line in sources.strip().split("\n") if line.strip()]
    citations = []
    for each in cited.split(","):
        name, _, how = each.strip().partition(" ")
        citations.append(f"{{source: {name}{', firsthand: true' if how == 'firsthand' else ''}"
                         f"{f', intent: {how}' if how in ('context', 'disputes') else ''}}}")  # fmt: skip
    answers = [f"- {{id: it-{each}, company: crust, status: responded, date: 2026, position: {each}}}\n"
               for each in replies.split()]  # fmt: skip
    text = (
        f"companies:\n- {{id: {SAME}, name: Golden Crust, aliases: [Golden Crust Ltd.]{company}}}\n"
        f"publishers: [{publishers}]\n"
        f"sources:\n{''.join(map(source, lines))}"
        f"responses:{' []' if not answers else ''}\n{''.join(answers)}"
        f"claims:\n- {{id: order, company: crust, kind: order, {claim}, statement: S"
        f", citations: [{', '.join(citations)}], reply: [{', '.join(f'it-{each}' for each in replies.split())}]}}\n"
    )
    return register(text).standing["order"]


def keys(found: Standing) -> list[str]:
    return [origin.key for origin in found.origins]


PRESS = """
    gazette | Gazette | reporting
    bugle   | Bugle   | reporting
    copy    | Copier  | summary   | derived_from: gazette
    copies  | Copier  | summary   | derived_from: [gazette, bugle]
    second  | Copier  | summary   | derived_from: copy
    lost    | Loser   | reporting | derived_from: unknown
    half    | Halfway | summary   | derived_from: [unknown, bugle]
    gone    | Goner   | reporting | availability: retracted
    rests   | Rester  | summary   | derived_from: gone
    both    | Both    | summary   | derived_from: [gone, gazette]
    wired   | Gazette | reporting | wire: Crumb Wire
    wired2  | Bugle   | reporting | wire: Crumb Wire
    wired3  | Crumb Wire | reporting
    nowire  | Bugle   | reporting | wire: unknown
    again   | Gazette | reporting
    dead    | Undertaker | reporting | availability: dead
    mirror  | Mirror  | reporting | publisher_of_record: Gazette
    unread  | Scroll  | reporting | read: none
    column  | Gazette | commentary
    praise  | Friends | advocacy
    ring1   | Ring | summary | derived_from: ring2
    ring2   | Ring | summary | derived_from: ring1
    ringout | Ring | summary | derived_from: [ring1, bugle]
"""

# The clause, what is cited, and the keys of the origins.
ORIGINS = [
    ("a source that derives from none is an origin", "gazette", ["gazette"]),
    ("two of them are two, in the order cited", "bugle, gazette", ["bugle", "gazette"]),
    ("one that derives from another is none of its own", "copy", ["gazette"]),
    ("beside what it derives from it adds none", "gazette, copy", ["gazette"]),
    ("derivation is followed to its end", "second", ["gazette"]),
    ("every derivation is followed", "copies", ["bugle", "gazette"]),
    ("unknown lineage counts zero", "lost", []),
    ("a half known lineage counts its known half", "half", ["bugle"]),
    ("a retracted source counts zero", "gone", []),
    ("and so does what rests on it alone", "rests", []),
    ("what rests on another too keeps that", "both", ["gazette"]),
    ("a wire story is the agency's", "wired", ["crumb wire"]),
    ("wherever it is printed, the agency's own page among them", "wired, wired2, wired3", ["crumb wire"]),
    ("a paper's wire story is not its own reporting", "wired, gazette", ["crumb wire", "gazette"]),
    ("a wire that nobody knows counts zero", "nowire", []),
    ("a publisher is one however many texts are cited", "gazette, again, column", ["gazette"]),
    ("a dead page is an origin all the same", "dead", ["undertaker"]),
    ("a republication is the work of whose work it is", "mirror, gazette", ["gazette"]),
    ("an original that nobody read ends a lineage", "unread", ["scroll"]),
    ("advocacy and commentary are origins", "praise, column", ["friends", "gazette"]),
    ("context supports nothing", "gazette, bugle context", ["gazette"]),
    ("what disputes supports nothing", "bugle disputes, gazette", ["gazette"]),
    ("a source cited twice is cited once", "gazette, gazette", ["gazette"]),
    ("a ring of derivations has no end", "ring1, ring2", []),
    ("a ring with a way out ends there", "ringout", ["bugle"]),
    ("words of its own make a derived source an origin", "copy firsthand", ["copier"]),
    ("beside what it derives from, too", "gazette, copy firsthand", ["gazette", "copier"]),
    ("its other words still lead on", "copy, copy firsthand", ["gazette", "copier"]),
    ("a retracted source's own words count zero", "gone firsthand", []),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "origins"), [case[1:] for case in ORIGINS], ids=[case[0] for case in ORIGINS])
def test_origins_are_counted(cited: str, origins: list[str]) -> None:
    assert keys(standing(PRESS, cited)) == origins


OWNED = """
    gazette | the-gazette | reporting
    bugle   | the-bugle | reporting
    herald  | the-herald | commentary
    essay   | the-bugle | commentary
    letter  | the-herald | statement
    outside | Outside | commentary
    notice  | the-registry | record
    said    | the-registry | statement
    mirrored | Mirror | record | derived_from: notice
    mirrored2 | Front End | record | publisher_of_record: the-registry
    other   | registry-two | record
    told    | the-registry | reporting
    loop    | loop-one | commentary
    looped  | loop-two | commentary
    held    | Big Loaf | commentary
"""
OWNERS = (
    "{id: the-gazette, name: The Gazette, owner: Big Loaf},"
    "{id: the-bugle, name: {en: Bugle, fr: Clairon}, owner: big-loaf},"
    "{id: the-herald, name: Herald, owner: the-bugle}, {id: big-loaf, name: Big Loaf},"
    "{id: the-registry, name: Registry}, {id: registry-two, name: Registry Two, owner: the-registry},"
    "{id: loop-one, name: Loop One, owner: loop-two}, {id: loop-two, name: Loop Two, owner: loop-one}"
)
# The clause, what is cited in any order, and the origins in the alphabet.
FAMILIES = [
    ("publishers of one owner with reporting of their own are two", "gazette, bugle", ["the-bugle", "the-gazette"]),
    ("one without reporting of its own joins its family", "gazette, essay", ["the-gazette"]),
    ("however far up the owner is", "gazette, herald, letter", ["the-gazette"]),
    (
        "though it has other texts, reporting makes a publisher an origin",
        "gazette, bugle, essay",
        ["the-bugle", "the-gazette"],
    ),
    ("the owner is of the family", "held, herald", ["big-loaf|the-herald"]),
    ("another owner is another family", "herald, outside", ["outside", "the-herald"]),
    ("owners that own each other are one", "loop, looped", ["loop-one|loop-two"]),
    ("one public register is one origin", "notice, mirrored, mirrored2", ["the-registry/record"]),
    ("two registers of one owner are two", "notice, other", ["registry-two/record", "the-registry/record"]),
    ("a statement by the keeper of a register is of its family", "notice, said", ["the-registry/record"]),
    ("its reporting is not", "notice, told", ["the-registry", "the-registry/record"]),
]


@pytest.mark.parametrize(("cited", "origins"), [case[1:] for case in FAMILIES], ids=[case[0] for case in FAMILIES])
def test_one_owner_is_one_origin_in_whatever_order_it_is_cited(cited: str, origins: list[str]) -> None:
    for order in permutations(cited.split(", ")):
        found = sorted(keys(standing(OWNED, ", ".join(order), publishers=OWNERS)))
        assert len(found) == len(origins)
        assert all(key in wanted.split("|") for key, wanted in zip(found, origins, strict=True)), (order, found)


@pytest.mark.parametrize("name", ["The Gazette", "the-gazette"])
def test_a_publisher_is_the_same_by_id_and_by_name(name: str) -> None:
    sources = f"one | {name} | reporting\ntwo | the-gazette | reporting"
    (origin,) = standing(sources, "one, two", publishers=OWNERS).origins
    assert (origin.key, origin.name, origin.kind, origin.through) == (
        "the-gazette",
        "The Gazette",
        "reporting",
        ("one", "two"),
    )


def test_a_publisher_is_the_same_under_its_french_name() -> None:
    assert keys(standing("one | Clairon | reporting\ntwo | the-bugle | reporting", "one, two", publishers=OWNERS)) == [
        "the-bugle"
    ]


KINDS = [("record", "record"), ("reporting", "reporting"), ("statement", "statement"), ("summary", "other"),
         ("commentary", "other"), ("advocacy", "other")]  # fmt: skip


@pytest.mark.parametrize(("role", "kind"), KINDS)
def test_an_origin_is_of_the_kind_of_its_source(role: str, kind: str) -> None:
    assert [origin.kind for origin in standing(f"one | P | {role}", "one").origins] == [kind]


LABELLED = """
    gazette | Gazette | reporting
    bugle   | Bugle   | reporting
    lost    | Loser   | reporting | derived_from: unknown
    notice  | Registry | record
    struck  | Registry | record | availability: retracted
    site    | golden crust ltd. | statement
    siteid  | crust | statement
    newsroom | crust-news | statement
    unsaid  | Golden Crust | statement | availability: retracted
    minister | Ministry | statement
    ad      | Golden Crust | advocacy
    signed  | Crust Baking Limited | statement
    carrier | Crust Carriers | statement
"""
ENTITIES = (
    ", legal_entities: [{id: crust-limited, name: Crust Baking Limited, relation: named-in-contract},"
    "{id: crust-carriers, name: Crust Carriers, relation: intermediary}]"
)
WITHDRAWN = "mode: reported, withdrawn: {date: 2026, reason: wrong}"
# Why, what is cited, the replies' positions, and the claim's mode or more; then the label, and whether a dispute is
# said beside it.
LABELS = [
    ("withdrawn comes before all", "notice, site", "disputes", WITHDRAWN, "withdrawn", True),
    ("disputed: a reply disputes it, and no record is cited", "gazette, bugle", "disputes", "", "disputed", False),
    ("one of several replies is enough", "gazette", "accepts partly disputes", "", "disputed", False),
    ("a record cited for context is not cited for it", "gazette, notice context", "disputes", "", "disputed", False),
    ("a retracted record is no record", "gazette, struck", "disputes", "", "disputed", False),
    ("disputed, though the company says so elsewhere", "site", "disputes", "", "disputed", False),
    ("on record: an official record is cited", "notice", "", "", "on-record", False),
    ("a dispute is said beside it", "notice, gazette", "disputes", "", "on-record", True),
    ("on record comes before acknowledged", "notice, site", "accepts", "mode: acknowledged", "on-record", False),
    ("acknowledged: by the company's own statement", "site, gazette", "", "", "acknowledged", False),
    ("under its id", "siteid", "", "", "acknowledged", False),
    ("under the name of a publisher of that name", "newsroom", "", "", "acknowledged", False),
    ("under the name it signs with", "signed", "", "", "acknowledged", False),
    ("an intermediary speaks for itself", "carrier", "", "", "reported", False),
    ("by the mode", "gazette", "", "mode: acknowledged", "acknowledged", False),
    ("by a reply that accepts", "gazette, bugle", "accepts", "", "acknowledged", False),
    ("acknowledged without an origin", "lost", "accepts", "", "acknowledged", False),
    ("a statement it took back is no statement", "gazette, unsaid", "", "", "reported", False),
    ("another's statement is none of its own", "minister", "", "", "reported", False),
    ("its advertising is no statement", "ad", "", "", "reported", False),
    ("its statement for context is none for it", "gazette, site context", "", "", "reported", False),
    ("a part accepted is not accepted", "gazette", "partly corrects no-comment none", "", "reported", False),
    ("corroborated: two origins", "gazette, bugle", "", "", "corroborated", False),
    ("whatever the mode", "gazette, bugle", "", "mode: alleged", "corroborated", False),
    ("reported: one origin", "gazette", "", "", "reported", False),
    ("reported: one origin however many links", "gazette, lost", "", "", "reported", False),
    ("alleged: none", "lost", "", "", "alleged", False),
    ("alleged: none, whatever the mode", "lost", "", "mode: recorded", "alleged", False),
    ("alleged: nothing supports it", "gazette context", "", "", "alleged", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cited", "replies", "claim", "label", "beside"), [case[1:] for case in LABELS], ids=[case[0] for case in LABELS]
)
def test_the_first_label_that_fits(cited: str, replies: str, claim: str, label: str, beside: bool) -> None:
    found = standing(
        LABELLED, cited, claim or "mode: reported", replies, "{id: crust-news, name: Golden Crust}", ENTITIES
    )
    assert (found.label, found.disputed_on_record) == (label, beside)


@pytest.mark.parametrize(
    ("cited", "links"),
    [("gazette, bugle", 2), ("gazette, gazette", 1), ("gazette, bugle context", 1), ("lost, struck", 2)],
)
def test_links_are_the_distinct_sources_that_support(cited: str, links: int) -> None:
    assert standing(LABELLED, cited).links == links


def test_a_ladder_of_derivations_is_climbed_once() -> None:
    """Two sources a rung, each resting on both below: ways double at each rung, and a walk along each would not end."""
    rungs = [f"a{i:02}|P|summary|derived_from: [a{i + 1:02}, b{i + 1:02}]\n"
             f"b{i:02}|P|summary|derived_from: [a{i + 1:02}, b{i + 1:02}]" for i in range(60)]  # fmt: skip
    found = standing("\n".join([*rungs, "a60|Gazette|reporting", "b60|Bugle|reporting"]), "a00")
    assert sorted(keys(found)) == ["bugle", "gazette"]


def test_a_chain_of_derivations_may_be_longer_than_python_s_stack() -> None:
    chain = [f"s{i:04}|P|summary|derived_from: s{i + 1:04}" for i in range(2000)]
    assert keys(standing("\n".join([*chain, "s2000|Gazette|reporting"]), "s0000")) == ["gazette"]
