"""The ways from a claim's links to its origins, and the page on which the site lists its own weak points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from dossier.checks.derivation_cycle import MOST_NAMED, check
from dossier.checks.stale_claim import DAYS as STALE_DAYS
from dossier.pages import Page
from dossier.plan.origins import DEEPEST, MOST_STEPS
from dossier.plan.paging import MOST
from dossier.plan.weak import DAYS
from dossier.plan.weak_lines import MOST_ITEMS
from dossier.source_page import SourcePage
from dossier.views import Descent, OriginLine
from dossier.weak_points import WeakPointsPage
from tests.given import SITE, TODAY, company_page, pages, register


def source(line: str) -> str:
    """`id | publisher | role | more keys`, as one record."""
    name, publisher, role, *more = (part.strip() for part in line.split("|"))
    given = {"read": "none"} if "read: none" in more else {"url": f"https://{name}.example/", "accessed": "2026-05-01"}
    keys = [*more, *(f"{key}: '{value}'" for key, value in given.items() if key != "read")]
    return (
        f"- {{id: {name}, title: T, type: book, language: en, publisher: {publisher}, role: {role}, issued: 2025"
        + "".join(f", {each}" for each in keys)
        + "}\n"
    )


def dossier(sources: str, claims: str, more: str = "", company: str = "crust") -> str:
    return (
        f"companies:\n- {{id: {company}, name: Golden Crust}}\nsources:\n"
        + "".join(source(line) for line in sources.strip().split("\n"))
        + f"claims:\n{claims}{more}"
    )


def claim(name: str, cited: str, more: str = "") -> str:
    citations = ", ".join(
        f"{{source: {each.partition(' ')[0]}, quote: words{', firsthand: true' if ' ' in each else ''}}}"
        for each in cited.split(", ")
    )
    return (
        f"- {{id: {name}, company: crust, kind: order, mode: reported, statement: S, "
        f"citations: [{citations}]{more and ', '}{more}}}\n"
    )


# Where each link comes from, as a tree.

CHAINS = """
    post   | Post   | reporting
    lost   | Loser  | reporting | derived_from: unknown
    seen   | Registry | record | read: none
    copy   | Copier | summary   | derived_from: post
    again  | Again  | summary   | derived_from: copy
    third  | Third  | summary   | derived_from: again
    reads  | Reader | summary   | derived_from: seen
    reads2 | Readers | summary  | derived_from: seen
    tells  | Teller | summary   | derived_from: reads
    both   | Both   | summary   | derived_from: [copy, reads]
    gone   | Goner  | summary   | derived_from: post | availability: retracted
    after  | After  | summary   | derived_from: [gone, post]
    meets  | Meeter | summary   | derived_from: [copy, again]
    ring   | Ring   | summary   | derived_from: [ring2, copy]
    ring2  | Ring 2 | summary   | derived_from: ring
    own    | Own    | reporting | derived_from: again
"""


def drawn(line: OriginLine) -> Iterator[str]:
    """An origin as text: its name and what is said, the links beside, the chains indented."""
    yield " · ".join((line.name + (" (link)" if line.href else ""), *line.says))
    if line.through:
        yield f"  through {'; '.join(each.text.removesuffix(', 2025') for each in line.through)}"
    left = [(each, 1) for each in reversed(line.chains)]
    while left:
        each, depth = left.pop()
        said = f" [{each.says}]" if each.says else ""
        yield f"{'  ' * depth}{each.link.text.removesuffix(', 2025') if each.link else ''}{said}"
        left += [(child, depth + 1) for child in reversed(each.below)]


@pytest.mark.parametrize(
    ("cited", "tree"),
    [
        ("post", ["Post · own reporting", "  through Post"]),
        ("copy", ["Post (link) · own reporting", "  through Copier"]),
        ("post, copy", ["Post · own reporting", "  through Post; Copier"]),
        ("again", ["Post (link) · own reporting", "  Copier [not cited here]", "    Again"]),
        ("third", ["Post (link) · own reporting", "  Copier [not cited here]", "    Again [not cited here]",
                   "      Third"]),
        ("post, again", ["Post · own reporting", "  Post", "    Copier [not cited here]", "      Again"]),
        ("copy, again", ["Post (link) · own reporting", "  Copier", "    Again"]),
        ("again, after", ["Post (link) · own reporting", "  Copier [not cited here]", "    Again", "  After"]),
        ("reads, reads2", ["Registry (link) · official record · original, not read · one register is one origin",
                           "  through Reader; Readers"]),
        ("tells", ["Registry (link) · official record · original, not read", "  Reader [not cited here]",
                   "    Teller"]),
        ("both", ["Post (link) · own reporting", "  Copier [not cited here]", "    Both",
                  "Registry (link) · official record · original, not read", "  Reader [not cited here]", "    Both"]),
        ("meets", ["Post (link) · own reporting", "  Copier [not cited here]", "    Meeter",
                   "    Again [not cited here]", "      Meeter"]),
        ("ring", ["Post (link) · own reporting", "  Copier [not cited here]", "    Ring",
                  "      Ring 2 [not cited here]", "        Ring"]),
        ("own firsthand", ["Own · own reporting", "  through Own"]),
        ("lost", []),
    ],
)  # fmt: skip
def test_each_origin_says_over_what_its_links_lead_to_it(cited: str, tree: list[str]) -> None:
    view = company_page(dossier(CHAINS, claim("order", cited))).claims[0]
    assert [line for each in view.origins for line in drawn(each)] == tree
    assert view.unknown_lineage == (
        "1 link could not be traced to an origin and counts for none." if cited == "lost" else ""
    )


OWNED = (
    "publishers:\n"
    "- {id: herald, name: The Herald, owner: big-loaf}\n"
    "- {id: tribune, name: The Tribune, owner: herald}\n"
    "- {id: big-loaf, name: Big Loaf, owner: Crumb Holdings}\n"
    "- {id: corner, name: The Corner, owner: crust}\n"
    "- {id: square, name: The Square, owner: corner}\n"
    "- {id: one, name: One, owner: two}\n"
    "- {id: two, name: Two, owner: one}\n"
)
PAPERS = """
    alpha | herald  | reporting
    beta  | tribune | commentary
    gamma | corner  | commentary
    delta | square  | commentary
    eins  | one     | commentary
    zwei  | two     | commentary
    copy  | Copier  | summary | derived_from: beta
"""


@pytest.mark.parametrize(
    ("cited", "tree"),
    [
        ("alpha, beta", ["The Herald · own reporting · one owner: Crumb Holdings",
                         "  through The Herald; The Tribune"]),
        ("gamma, delta", ["The Corner · one owner: Golden Crust", "  through The Corner; The Square"]),
        ("eins, zwei", ["One · one owner: Two", "  through One; Two"]),
        ("beta", ["The Tribune", "  through The Tribune"]),
        ("alpha, copy", ["The Herald · own reporting · one owner: Crumb Holdings", "  through The Herald; Copier"]),
    ],
)  # fmt: skip
def test_publishers_that_one_owner_makes_one_origin_are_said_to_be(cited: str, tree: list[str]) -> None:
    view = company_page(OWNED + dossier(PAPERS, claim("order", cited))).claims[0]
    assert [line for each in view.origins for line in drawn(each)] == tree


def depth(steps: tuple[Descent, ...]) -> int:
    return max((1 + depth(each.below) for each in steps), default=0)


def test_a_long_chain_ends_where_a_reader_would_stop() -> None:
    names = [f"s{number:03}" for number in range(60)]
    chain = "\n".join(f"{name} | P | summary | derived_from: {above}" for above, name in pairwise(names))
    view = company_page(dossier(f"s000 | First | reporting\n{chain}", claim("order", names[-1]))).claims[0]
    (line,) = view.origins
    assert depth(line.chains) == DEEPEST + 1
    told = [*drawn(line)]
    assert told[-1].strip() == "[The rest is on the page of each source.]"
    assert line.through[0].href.endswith(f"sources/{names[-1]}/index.html"), "the link itself is always there"


def test_chains_that_fork_everywhere_are_bounded() -> None:
    rungs = [
        f"{name}{level} | P | summary | derived_from: [{', '.join(f'{other}{level - 1}' for other in 'abcdefghij')}]"
        for level in range(1, 8) for name in "abcdefghij"
    ]  # fmt: skip
    first = [f"{name}0 | First | reporting" for name in "abcdefghij"]
    view = company_page(dossier("\n".join(first + rungs), claim("order", "a7, b7"))).claims[0]
    assert len([*drawn(view.origins[0])]) < 2 * MOST_STEPS


# Lineages that lead nowhere.


@pytest.mark.parametrize("length", [1, 2, 3, 40, 900])
def test_a_circle_of_any_length_is_refused_once(length: int) -> None:
    names = [f"s{number:03}" for number in range(length)]
    ring = "\n".join(f"{name} | P | summary | derived_from: {above}" for above, name in pairwise([names[-1], *names]))
    found = register(dossier(ring, claim("order", "s000")))
    (problem,) = check(found, TODAY)
    assert problem.rule.code == "E205"
    assert problem.message.startswith("a circle: s000 from s")
    assert problem.message.endswith(" from s000")
    assert len(problem.message) < 200
    assert len(problem.also) == min(length, MOST_NAMED) - 1


# The page.

WEAK = dossier(
    """
    alpha | Post  | reporting
    beta  | Herald | reporting
    gamma | Herald | reporting | archives: [{url: 'https://archive.example/gamma'}]
    copy  | Copier | summary   | derived_from: beta
    """,
    claim("alone", "alpha", "verified: 2026-11-01, title: Alone")
    + claim("two", "alpha, copy", "verified: 2025-01, title: Two")
    + claim("kept", "gamma", "title: Kept, verified: 2026-05-26")
    + claim("late", "gamma", "title: Late, verified: 2026-05-25")
    + claim("gone", "alpha", "title: Gone, withdrawn: {date: 2026-10-01, reason: wrong}"),
    "responses:\n"
    "- {id: asked, company: crust, status: invited, date: 2026-11-01, deadline: 2026-11-21}\n"
    "- {id: asked-2, company: crust, status: invited, date: 2026-11-08, deadline: 2026-11-22}\n"
    "- {id: silent, company: crust, status: no-response, date: 2026-03}\n"
    "- {id: said, company: crust, status: declined, date: 2026-04-01, citations: [{source: gamma, quote: no}]}\n",
)


def weak(text: str, path: str = "weak-points/index.html") -> WeakPointsPage:
    page = pages(text)[path]
    assert isinstance(page, WeakPointsPage)
    return page


def listed(page: WeakPointsPage, anchor: str) -> list[str]:
    """Each row of a part: `head (what is said): claim; claim [remark]`."""
    (part,) = [each for each in page.parts if each.anchor == anchor]
    return [
        f"{row.head.text}, {row.by}, {row.says}: "
        + "; ".join(f"{link.text}{f' [{says}]' if says else ''}" for link, says in row.items)
        for row in part.rows
    ]


def numbers(page: WeakPointsPage) -> dict[str, str]:
    return {each.anchor: each.number for each in page.parts}


def test_the_page_counts_what_is_weak_and_says_where() -> None:
    page = weak(WEAK)
    assert numbers(page) == {
        "falls": "3 claims would lose their last origin if one source fell. 1 more would get another label.",
        "shares": "The publisher cited most is Herald: 2 claims of 4.",
        "copies": "2 claims cite no source with an archived copy.",
        "quotes": "4 quotes were not found in a stored copy of their page.",
        "answers": "3 questions have no answer on file.",
        "checks": "2 claims were not checked in the last 180 days.",
    }
    assert [row.cells for row in page.contents] == [("4",), ("2",), ("2",), ("4",), ("3",), ("2",)]
    assert listed(page, "falls") == [
        "T, Herald, 2025, Without it, 2 claims would have no origin left.: Golden Crust: Kept; Golden Crust: Late",
        "T, Post, 2025, Without it, 1 claim would have no origin left.: "
        "Golden Crust: Alone; Golden Crust: Two [Would read: Reported]",
        "T, Copier, 2025, : Golden Crust: Two [Would read: Reported]",
        "T, Herald, 2025, : Golden Crust: Two [Would read: Reported]",
    ]
    assert listed(page, "copies") == ["Golden Crust, , : Alone; Two"]
    assert listed(page, "answers") == [
        "Golden Crust, , : Golden Crust [No answer, March 2026]; "
        "Golden Crust [Invited 1 November 2026; an answer was due by 21 November 2026]; "
        "Golden Crust [Invited 8 November 2026; an answer is due by 22 November 2026]"
    ]
    assert listed(page, "checks") == ["Golden Crust, , : Late [Checked 25 May 2026]; Two [Checked January 2025]"]


def test_half_a_year_is_the_same_here_as_for_the_rule() -> None:
    assert DAYS == STALE_DAYS == 180, "the sentences on the page say 180"


def test_a_claim_that_was_never_checked_is_named() -> None:
    text = WEAK.replace("verified: 2025-01, ", "")
    assert "Two [Never checked]" in listed(weak(text), "checks")[0]


def test_where_nothing_is_weak_the_page_says_so() -> None:
    text = dossier(
        "alpha | Post | reporting | archives: [{url: 'https://archive.example/a'}]\n"
        "beta | Herald | reporting\n"
        "gamma | Third | reporting\n",
        claim("fine", "alpha, beta, gamma", "verified: 2026-11-01"),
    )
    assert numbers(weak(text)) == {
        "falls": "No claim would fall with one source.",
        "shares": "The publisher cited most is Herald: 1 claim of 1.",
        "copies": "Every claim cites a source with an archived copy.",
        "quotes": "3 quotes were not found in a stored copy of their page.",
        "answers": "No question is without an answer on file.",
        "checks": "Every claim was checked in the last 180 days.",
    }
    assert not any(part.rows for part in weak(text).parts)


def test_an_empty_dossier_has_the_page_too() -> None:
    assert numbers(weak("companies: []"))["falls"] == "No claim would fall with one source."


def test_the_page_stands_in_french() -> None:
    page = weak(WEAK, "fr/points-faibles/index.html")
    assert page.frame.alternates[0] == ("en", "https://dossier.example/weak-points/")
    assert numbers(page)["copies"] == "2 affirmations ne citent aucune source dont une copie soit archivée."
    assert "était attendue au plus tard le 21 novembre 2026" in listed(page, "answers")[0]


def test_every_page_leads_there() -> None:
    for path, page in pages(WEAK).items():
        if path != "404.html":
            (link,) = [each for each in page.frame.footer if each.text in ("Weak points", "Points faibles")]
            assert link.href.endswith("index.html")


def test_a_source_page_and_this_page_agree() -> None:
    """A claim that has no origin to lose is no more counted there than here."""
    text = dossier("lost | Loser | reporting | derived_from: unknown", claim("order", "lost"))
    found = pages(text)
    page: Page = found["sources/lost/index.html"]
    assert isinstance(page, SourcePage)
    assert page.falls_intro == "If this source fell, no claim would lose its last origin."
    assert numbers(weak(text))["falls"] == "No claim would fall with one source."


# Thousands of companies.


def many(companies: int) -> str:
    """Companies with a claim each, all of it weak: three lines a company, and one of its source."""
    names = [f"{'abcdefghij'[number % 10]}{number:04}" for number in range(companies)]
    return (
        "companies:\n"
        + "".join(f"- {{id: {name}, name: {name.title()}}}\n" for name in names)
        + "sources:\n"
        + "".join(source(f"s-{name} | X{name} | reporting") for name in names)
        + "claims:\n"
        + "".join(claim(f"c-{name}", f"s-{name}").replace("company: crust", f"company: {name}") for name in names)
    )


def test_beyond_what_one_page_holds_there_is_a_page_a_letter() -> None:
    found = pages(many(MOST // 3 + 1))
    first = found["weak-points/index.html"]
    assert isinstance(first, WeakPointsPage)
    assert not any(part.rows for part in first.parts)
    assert numbers(first)["copies"] == f"{MOST // 3 + 1} claims cite no source with an archived copy."
    shown = 0
    for letter in first.letters:
        if letter.href:
            for tree in ("weak-points", "fr/points-faibles"):
                page = found[f"{tree}/{letter.letter.lower()}/index.html"]
                assert isinstance(page, WeakPointsPage)
                assert all(part.rows and not part.number for part in page.parts)
                shown += sum(len(part.rows) for part in page.parts)
    assert shown == 2 * 3 * (MOST // 3 + 1)


def test_a_letter_that_is_too_long_for_a_page_has_several() -> None:
    """Publishers whose names begin with 'The' are many."""
    count = MOST // 2 + 10
    text = many(count).replace("name: ", "name: T")
    found = pages(text)
    names = ["weak-points/t/index.html", "weak-points/t/2/index.html"]
    assert [path for path in found if path.startswith("weak-points/t/")] == names
    one, two = (found[name] for name in names)
    assert isinstance(one, WeakPointsPage)
    assert isinstance(two, WeakPointsPage)
    assert sum(len(part.rows) for part in one.parts) == MOST
    assert {part.anchor: len(part.rows) for part in two.parts} == {"checks": 2 * count - MOST}
    assert [(each.letter, bool(each.href)) for each in one.pages] == [("1", False), ("2", True)]
    assert two.pages[0].href == "../index.html"
    shown = [
        row.head.text for page in (one, two) for part in page.parts if part.anchor == "checks" for row in part.rows
    ]
    assert sorted(set(shown)) == sorted(shown)
    assert len(shown) == count
    (french,) = [path for path in found if path.endswith("points-faibles/t/2/index.html")]
    assert found[french].frame.title.startswith("Points faibles, T, 2")


def test_up_to_that_there_is_one_page() -> None:
    found = pages(many(MOST // 3))
    assert {path for path in found if path.startswith("weak-points/")} == {"weak-points/index.html"}
    page = found["weak-points/index.html"]
    assert isinstance(page, WeakPointsPage)
    assert sum(len(part.rows) for part in page.parts) == 3 * (MOST // 3)
    assert page.letters == ()


def test_one_source_behind_everything_is_one_row() -> None:
    claims = "".join(claim(f"order-{number}", "alpha") for number in range(MOST_ITEMS + 5))
    page = weak(dossier("alpha | Post | reporting", claims))
    (row,) = page.parts[0].rows
    assert len(row.items) == MOST_ITEMS
    assert row.more == "5 more on its own page"


def test_tomorrow_more_is_late() -> None:
    from dossier.plan import plan

    found = {each.frame.path: each for each in plan(register(WEAK, SITE), date(2026, 11, 23))}
    page = found["weak-points/index.html"]
    assert isinstance(page, WeakPointsPage)
    assert numbers(page)["checks"] == "3 claims were not checked in the last 180 days."
    assert "was due by 22 November 2026" in listed(page, "answers")[0]
