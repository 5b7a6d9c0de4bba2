"""Records to register: ids are unique, references resolve, and what points at what is known from both ends."""

from __future__ import annotations

import pytest

from dossier.checks.derivation_cycle import circles
from dossier.link import MOST_HINTS
from dossier.register import Backlink, Register
from tests.given import SITE, data, read, register

FILE = "data/companies.yaml"
BASE = """\
companies:
- {id: crust, name: Golden Crust, legal_entities: [{id: crust-limited, name: Crust Limited, relation: brand}]}
agencies:
- {id: ministry, name: Ministry of Weather}
sources:
- {id: alpha, type: book, title: A, publisher: P, language: en, role: record}
- {id: beta, type: book, title: B, publisher: Q, language: en, role: summary, derived_from: alpha}
claims:
- {id: order, company: crust, kind: order, mode: recorded, statement: S, citations: [{source: alpha, quote: x}],
   reply: denial}
responses:
- {id: denial, company: crust, status: declined, date: 2026}
"""


# What is added, and what is said of it. `…` stands for all of the base above.
DANGLING = [
    ("events: [{id: ev, date: 2026, kind: other, title: T, citations: [{source: alhpa}]}]",
     "13:75: E111 there is no source 'alhpa'", "Did you mean 'alpha'?"),
    ("events: [{id: ev, date: 2026, kind: other, title: T, citations: [{source: ministry}]}]",
     "13:75: E111 'ministry' is in agencies, and a source belongs here", "Correct the id"),
    ("events: [{id: ev, date: 2026, kind: other, title: T, citations: [], involved: [crust, ministry, alpha]}]",
     "13:97: E111 'alpha' is in sources, and a company or agency or demand or claim or legal entity "
     "belongs here", "Correct the id"),
    ("searches: [{company: cruts, where: W, query: Q, date: 2026}]", "13:22: E111 there is no company 'cruts'",
     "Did you mean 'crust'?"),
    ("corrections: [{id: co, date: 2026, target: nothing-like-it, kind: update}]",
     "13:44: E111 there is no record 'nothing-like-it'", "Correct the id"),
    ("tombstones: [{id: old, date: 2026, reason: R, replaced_by: crsut}]", "13:60: E111 there is no record 'crsut'",
     "Did you mean 'crust'?"),
    ("demands: [{id: de, by: {name: N, organization: true}, addressed_to: alpha, date: 2026, text: T, status: open, "
     "citations: []}]",
     "13:69: E111 'alpha' is in sources, and an agency or company belongs here", "Correct the id"),
    ("events: [{id: ev, date: 2026, kind: other, title: T, citations: [], text: 'A [@alpha] b [@gamma, p. 2]'}]",
     "13:89: E111 there is no source 'gamma'", "Correct the id"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "said", "remedy"), DANGLING, ids=[said for _, said, _ in DANGLING])
def test_a_reference_that_leads_nowhere_is_said_where_it_stands(added: str, said: str, remedy: str) -> None:
    given = data(BASE + added)
    assert given.said == [f"{FILE}:{said}"]
    assert remedy in given.problems[0].remedy
    assert given.register is not None


SOUND = [
    "corrections: [{id: co, date: 2026, target: crust-limited, kind: update, source: beta}]",
    "corrections: [{id: co, date: 2026, target: denial, kind: update}]",
    "tombstones: [{id: old, date: 2026, reason: R, replaced_by: alpha}]",
    "publishers: [{id: paper, name: P, owner: crust}, {id: other, name: O, owner: A Person}]",
    "events: [{id: ev, date: 2026, kind: other, title: T, citations: [], involved: [order, crust-limited]}]",
    "events: [{id: ev, date: 2026, kind: other, title: T, citations: [], text: 'A [@alpha; @beta, p. 2]'}]",
]


@pytest.mark.parametrize("added", SOUND)
def test_a_reference_may_name_any_record_of_its_kind(added: str) -> None:
    assert data(BASE + added).said == []


def test_an_id_is_used_once_over_all_collections() -> None:
    given = data(BASE + "searches:\n- {id: alpha, where: W, query: Q, date: 2026}\n"
                 "publishers:\n- {id: crust-limited, name: C}\n- {id: ministry, name: M}\n")  # fmt: skip
    assert given.said == [
        f"{FILE}:14:8: E110 the id 'alpha' is taken already in sources",
        f"{FILE}:16:8: E110 the id 'crust-limited' is taken already in legal_entities",
        f"{FILE}:17:8: E110 the id 'ministry' is taken already in agencies",
    ]
    assert [(str(span), words) for problem in given.problems for span, words in problem.also] == [
        (f"{FILE}:6:8", "first used here"),
        (f"{FILE}:2:57", "first used here"),
        (f"{FILE}:4:8", "first used here"),
    ]


def test_the_same_id_twice_in_one_collection_is_one_finding() -> None:
    given = data(BASE + "publishers: [{id: one, name: A}, {id: one, name: B}]")
    assert given.said == [f"{FILE}:13:39: E110 the id 'one' is taken already"]


@pytest.mark.parametrize(
    "lost",
    [
        "sources: [{id: gamma, typ: book}]",  # a record that was set aside
        "sourcs: [{id: gamma}]",  # in a collection nobody knows
        "sources: {a: [{id: gamma}]}",
        "- id: gamma",
        "sources:\n- id: gamma\n  title: 'never closed",  # a file that cannot be read
        "sources:\n- id: gamma\n  title: \u202e",
        "sources:\n- id: gamma\n" + "#" * 2_100_000,
        "sources:\n- {id: gamma, title: &a b}",
    ],
)
def test_naming_what_could_not_be_read_is_no_second_mistake(lost: str) -> None:
    cites = "events: [{id: ev, date: 2026, kind: other, title: T, citations: [{source: gamma}], text: 'T [@gamma]'}]"
    given = read({"data/site.yaml": SITE, "data/lost.yaml": lost, FILE: BASE + cites})
    assert [each for each in given.said if "E111" in each] == []
    assert {each.partition(":")[0] for each in given.said} == {"data/lost.yaml"}


def test_what_stands_beside_an_id_that_could_not_be_read_is_still_looked_at() -> None:
    cites = "events: [{id: ev, date: 2026, kind: other, title: T, citations: [{source: gamma}, {source: delta}]}]"
    given = read({"data/site.yaml": SITE, "data/lost.yaml": "sources: [{id: gamma}]", FILE: BASE + cites})
    assert [each for each in given.said if "lost" not in each] == [f"{FILE}:13:92: E111 there is no source 'delta'"]


def test_a_file_about_nobody_is_one_finding() -> None:
    about = "about: cruts\nresponses: [{id: a1, status: declined, date: 2026}, {id: a2, status: declined, date: 2026}]"
    given = read({"data/site.yaml": SITE, FILE: BASE, "data/about.yaml": about})
    assert given.said == ["data/about.yaml:1:8: E111 there is no company 'cruts'"]
    assert given.problems[0].remedy == "Did you mean 'crust'?"


def test_a_page_s_citation_is_resolved_where_it_stands() -> None:
    page = "---\ntitle: A page\n---\n\nOne [@alpha].\nTwo [@beta; @gamma].\n"
    given = read({"data/site.yaml": SITE, FILE: BASE, "content/about.en.md": page})
    assert given.said == ["content/about.en.md:6:5: E111 there is no source 'gamma'"]


# Prose pages with their front matter, then the one that is refused, where, and the address it would share.
ADDRESSES = [
    ({"about.en": "", "about.fr": "", "other.en": "slug: third"}, ""),
    ({"home.en": "", "changes.en": "", "corrections.fr": ""}, ""),
    ({"fr.fr": ""}, ""),
    ({"about.en": "slug: same", "other.fr": "slug: same"}, ""),
    ({"companies.en": ""}, "companies.en.md:1:1 /companies/"),
    ({"demandes.fr": ""}, "demandes.fr.md:1:1 /fr/demandes/"),
    ({"demands.fr": ""}, "demands.fr.md:1:1 /fr/demandes/"),
    ({"fr.en": ""}, "fr.en.md:1:1 /fr/"),
    ({"about.en": "slug: data"}, "about.en.md:3:7 /data/"),
    ({"about.en": "slug: other", "other.en": ""}, "other.en.md:1:1 /other/"),
]


@pytest.mark.parametrize(("pages", "refused"), ADDRESSES)
def test_two_pages_never_share_an_address(pages: dict[str, str], refused: str) -> None:
    files = {f"content/{name}.md": f"---\ntitle: {name}\n{front}\n---\n" for name, front in pages.items()}
    place, _, address = refused.partition(" ")
    wanted = [f"content/{place}: E108 {address} is the address of another page already"] if refused else []
    assert read({"data/site.yaml": SITE, FILE: BASE, **files}).said == wanted


def test_of_very_many_dangling_references_the_first_are_compared_with_all_ids() -> None:
    many = "{source: alpah}, " * (MOST_HINTS + 5)
    given = data(BASE + f"events: [{{id: ev, date: 2026, kind: other, title: T, citations: [{many}]}}]")
    assert len(given.said) == MOST_HINTS + 5
    assert given.problems[0].remedy == "Did you mean 'alpha'?"
    assert given.problems[-1].remedy == "Correct the id, or add the record it should name."


FULL = (
    BASE
    + """\
events:
- {id: ev, date: 2026, kind: other, title: T, citations: [{source: beta, quote: y, intent: context}],
   text: {en: 'A [@alpha] and again [@alpha].', fr: 'Un [@beta].'}}
demands:
- {id: de, by: {name: N, organization: true}, addressed_to: ministry, date: 2026, text: T, status: met,
   citations: [{source: alpha}], history: [{date: 2026, status: met, citations: [{source: beta, quote: z}]}]}
"""
)


@pytest.fixture(scope="module")
def full() -> Register:
    return register(
        FULL, about_en="---\ntitle: T\n---\nWords [@beta].\n", about_fr="---\ntitle: T\n---\nMots [@beta].\n"
    )


def test_a_source_knows_what_cites_it_and_for_which_words(full: Register) -> None:
    assert full.backlinks == {
        "alpha": (
            Backlink("order", "x", "supports"),
            Backlink("de", None, "supports"),
            Backlink("ev", None, "context"),
        ),
        "beta": (
            Backlink("de", "z", "supports"),
            Backlink("ev", "y", "context"),
            Backlink("ev", None, "context"),
            Backlink("content/about", None, "context"),
        ),
    }


def test_a_register_holds_everything_by_id(full: Register) -> None:
    assert [*full.records] == ["crust", "ministry", "alpha", "beta", "order", "denial", "de", "ev"]
    assert [*full.legal_entities] == ["crust-limited"]
    assert full.derived == {"alpha": ("beta",)}
    assert [claim.id for claim in full.claims_of["crust"]] == ["order"]
    assert full.languages == ("en", "fr")


PUBLISHERS = "publishers: [{id: gazette, name: {en: The Gazette, fr: La Gazette}}]\n" + BASE


@pytest.mark.parametrize(
    ("name", "found"), [("gazette", True), ("The Gazette", True), ("La Gazette", True), ("the gazette", False)]
)
def test_a_publisher_is_found_by_id_or_name(name: str, found: bool) -> None:
    assert (register(PUBLISHERS).publisher(name) is not None) == found


def sources(*derived: str) -> str:
    """Sources a, b, … of which each derives from what is written: `a<bc` says that aa derives from bb and cc."""
    lines = []
    for each in derived:
        name, _, parents = each.partition("<")
        lines.append(f"- {{id: {name * 2}, type: book, title: T, publisher: P{name}, language: en, role: reporting, "
                     f"derived_from: [{', '.join(parent * 2 for parent in parents)}]}}\n")  # fmt: skip
    return "companies: [{id: crust, name: Golden Crust}]\nsources:\n" + "".join(lines)


@pytest.mark.parametrize(
    ("derived", "cycles"),
    [
        (["a", "b<a"], []),
        (["a<a"], [("aa",)]),
        (["a<b", "b<a"], [("aa", "bb")]),
        (["b<c", "c<a", "a<b"], [("aa", "bb", "cc")]),
        (["a<b", "b<c", "c<b"], [("bb", "cc")]),
        (["a<b", "b<a", "c<d", "d<c"], [("aa", "bb"), ("cc", "dd")]),
        (["a<bc", "b<d", "c<d", "d"], []),
        (["a<bc", "b<a", "c<a"], [("aa", "bb"), ("aa", "cc")]),
    ],
)
def test_every_ring_of_derivations_is_found_once(derived: list[str], cycles: list[tuple[str, ...]]) -> None:
    linked = register(sources(*derived))
    assert sorted(circle for source in linked.sources for circle in circles(linked, source)) == cycles


# What derives from what, what the claim cites, and for each source without which the claim is looked at: how many
# links and origins would be left, and the label.
FALLS = [
    (["a"], "a", {"aa": (0, 0, "alleged")}),
    (["a", "b"], "ab", {"aa": (1, 1, "reported"), "bb": (1, 1, "reported")}),
    (["a", "b<a"], "b", {"aa": (1, 0, "alleged"), "bb": (0, 0, "alleged")}),
    (["a", "b<a"], "ab", {"aa": (1, 0, "alleged"), "bb": (1, 1, "reported")}),
    (["a", "b<a", "c<b"], "c", {"aa": (1, 0, "alleged"), "bb": (1, 0, "alleged"), "cc": (0, 0, "alleged")}),
    (["a", "b", "c<ab"], "c", {"aa": (1, 1, "reported"), "bb": (1, 1, "reported"), "cc": (0, 0, "alleged")}),
    (["a", "b", "c<a"], "ab", {"aa": (1, 1, "reported"), "bb": (1, 1, "reported")}),
    (["a<b", "b<a"], "a", {"aa": (0, 0, "alleged"), "bb": (1, 0, "alleged")}),
]


@pytest.mark.parametrize(("derived", "cited", "falls"), FALLS)
def test_what_falls_if_a_source_falls(derived: list[str], cited: str, falls: dict[str, tuple[int, int, str]]) -> None:
    citations = ", ".join(f"{{source: {name * 2}}}" for name in cited)
    linked = register(sources(*derived) + "claims:\n- {id: order, company: crust, kind: order, mode: recorded, "
                      f"statement: S, citations: [{citations}]}}\n")  # fmt: skip
    found = {source: (fall.without.links, len(fall.without.origins), fall.without.label)
             for source, all_of_it in linked.falls.items() for fall in all_of_it}  # fmt: skip
    assert found == falls
    assert {fall.claim for all_of_it in linked.falls.values() for fall in all_of_it} == {"order"}


def test_nothing_falls_with_a_withdrawn_claim() -> None:
    withdrawn = BASE.replace("reply: denial}", "withdrawn: {date: 2026, reason: wrong}}")
    assert register(withdrawn).falls == {}
