"""Every rule's case file: the bad example gives exactly the report written below it, the good one gives none.

The files under `cases/` are read beside the dossier in `cases/base/`, whose files of the same name they replace. In
them `·` stands for a tab and `¤` for a hidden character (U+200B), which no editor would show.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dossier.checks import ceiling_wording, check, check_whole, french_conditional, typed_count, unattributed_claim
from dossier.checks.months import months, other_dates, whole_dates
from dossier.checks.numbers import codes, numbers, spelled
from dossier.checks.words import count_words, outside_quotes
from dossier.ledgers import ledgers_of
from dossier.link import link
from dossier.load import load
from dossier.names import bare, look_alike, spellings
from dossier.problems import Problem, in_order
from dossier.rulebook import CASES, RULES, Case, read_cases
from dossier.validate import validate

TODAY = date(2026, 6, 1)
ALL = read_cases(CASES)
every_case = pytest.mark.parametrize(("code", "case"), ALL.items(), ids=list(ALL))


def findings(root: Path, files: Mapping[str, str], today: date) -> tuple[Problem, ...]:
    """All that is wrong with the base dossier once these files stand in it."""
    shutil.copytree(CASES / "base", root, dirs_exist_ok=True)
    for path, words in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(words.replace("·", "\t").replace("¤", "\u200b"), "utf-8")
    documents, unread = load(root)
    records, misread = validate(documents)
    register, unlinked = link(records)
    assert register is not None
    ledgers = ledgers_of(root)
    register = ledgers.laid_beside(register)
    judged = (*check(register, today), *check_whole(register, today))
    return in_order((*ledgers.problems, *unread, *misread, *unlinked, *judged))


def report(problems: tuple[Problem, ...]) -> str:
    return "".join(f"{p.span}: {p.severity} {p.rule.code} {p.message}\n" for p in problems)


@every_case
def test_bad_example_gives_the_report_below_it(code: str, case: Case, tmp_path: Path) -> None:
    found = findings(tmp_path, case.bad, case.today or TODAY)
    assert report(found) == case.report
    assert {problem.rule.code for problem in found} == {code}
    assert all(problem.remedy for problem in found)


@every_case
def test_good_example_gives_none(code: str, case: Case, tmp_path: Path) -> None:
    assert report(findings(tmp_path, case.good, case.today or TODAY)) == ""


def test_dossier_around_the_cases_is_sound(tmp_path: Path) -> None:
    assert report(findings(tmp_path, {}, TODAY)) == ""


def test_every_rule_has_a_case_under_its_name() -> None:
    names = [f"{rule.code}-{rule.name}" for rule in RULES]
    assert sorted(file.stem for file in CASES.glob("*.md")) == sorted(names)
    assert {code: case.title for code, case in ALL.items()} == {rule.code: f"{rule.code} {rule.name}" for rule in RULES}


def test_what_only_a_lost_record_causes_is_left_unsaid(tmp_path: Path) -> None:
    """The source, the reply and the other claim have a slip each; what names them is not reported a second time."""
    case = """\
sources:
  - {id: echo, type: gossip, title: Rye, publisher: Pond Echo, language: en, role: reporting}
  - {id: hum, type: webpage, title: Rye, publisher: Hum, language: en, role: record, read: none}
responses:
  - {id: alder-later, company: alder, status: later, date: 2026-05-20}
claims:
  - id: alder-rye
    company: alder
    kind: order
    mode: reported
    date: 2026-05
    statement: {en: Alder Bakery baked rye bread., fr: Alder Bakery a cuit du pain de seigle.}
    citations: [{source: echo, quote: rye bread}]
    differs_from: [{claim: alder-oats}]
    reply: alder-later
  - {id: alder-oats, company: alder, kind: rumour}
"""
    found = findings(tmp_path, {"data/case.yaml": case}, TODAY)
    assert [(p.span.line, p.rule.code) for p in found] == [
        (2, "E108"),
        (5, "E108"),
        (16, "E107"),
        (16, "E107"),
        (16, "E107"),
        (16, "E108"),
    ]


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "The Tuesday Post reported an order.", True),
        ("en", "An order was placed, according to the lawsuit.", True),
        ("en", "An order was reported by two newspapers.", True),
        ("en", "Procurement records show an order.", True),
        ("en", "The ministry denied the order.", True),
        ("en", "The bakery reportedly took an order.", False),
        ("en", "The bakery was reported to have taken an order.", False),
        ("en", "It is said that the bakery took the reported order in the United States.", False),
        ("en", "Sources say the bakery took an order.", False),
        ("en", "According to some, the bakery took an order.", False),
        ("en", "The bakery took an order 'for rain', \"the ministry said\".", False),
        ("fr", "Selon La Poste du mardi, la boulangerie a reçu une commande.", True),
        ("fr", "La Poste du mardi a rapporté une commande.", True),
        ("fr", "D’après la poursuite, la boulangerie a reçu une commande.", True),
        ("fr", "La lettre allègue que la boulangerie a reçu une commande.", True),
        ("fr", "Une commande a été rapportée par deux journaux.", True),
        ("fr", "La boulangerie a reçu une commande.", False),
        ("fr", "On dit que la boulangerie a reçu une commande, dit-on.", False),
        ("fr", "Selon des sources, la boulangerie a reçu une commande.", False),
        ("fr", "Une commande a été rapportée.", False),
        ("fr", "La commande relève du ministère, qui a attribué un contrat.", False),
    ],
)
def test_who_says_so(language: str, words: str, expected: bool) -> None:
    assert unattributed_claim.says_who(words, language) is expected


@pytest.mark.parametrize(
    ("english", "french", "value"),
    [
        ("US$7,234,926.20", "7 234 926,20 $ US", "7234926.20"),
        ("$2.8 million", "2,8 M$", "2800000"),
        ("$2.8-million", "2 800 000 $", "2800000"),
        ("$3m", "3 millions de dollars", "3000000"),
        ("C$1.2 billion", "1,2 G$ CA", "1200000000"),
        ("$3bn", "3 milliards de dollars", "3000000000"),
        ("12.5%", "12,5 %", "12.5"),
        ("853,343", "853 343", "853343"),
        ("the 2nd", "le 2e", "2"),
        ("May 1st", "1er mai", "1"),
        ("the 1990s", "les années 1990", "1990"),
        ("a 40-year lease", "un bail de 40 ans", "40"),
        ("mid-2024", "mi-2024", "2024"),
    ],
)
def test_one_number_in_two_languages(english: str, french: str, value: str) -> None:
    for language, words in (("en", english), ("fr", french)):
        assert [Decimal(value) in number.values for number in numbers(words, language)] == [True]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Bill C-12 and e-7146 of the G20, 4x4s under 70CMSD26C12", ["C-12", "E-7146", "G20", "4X4S", "70CMSD26C12"]),
        ("In Q1 the 2nd of 9h30, US$5, C$5M and 40M", []),
    ],
)
def test_codes_are_no_numbers(words: str, expected: list[str]) -> None:
    assert list(codes(words)) == expected


def test_numbers_in_words() -> None:
    assert spelled("a three-year deal for Twenty ovens", "en") == {3, 20}
    assert spelled("une entente de trois ans pour dix-huit fours", "fr") >= {1, 3, 18}


@pytest.mark.parametrize(
    ("language", "words", "certain", "possible"),
    [
        ("en", "In May 2026 the bakery may march on 3 March.", {5, 3}, {5, 3}),
        ("en", "It may march; 2025-11-28.", {11}, {5, 3, 11}),
        ("fr", "Le 3 mai, sept fours; en sept. 2026", {5, 9}, {5, 9}),
        ("fr", "Un mars, mais en août", {8}, {3, 8}),
    ],
)
def test_months(language: str, words: str, certain: set[int], possible: set[int]) -> None:
    sure, maybe = months(words, language)
    assert (set(sure), set(maybe)) == (certain, possible)


@pytest.mark.parametrize(
    ("english", "french", "odd"),
    [
        ("On 3 March and 4 April", "Le 4 mars et le 3 avril", ["3 March", "4 April"]),
        ("March 2025 and April 2026", "en mars 2026 et en avril 2025", ["March 2025", "April 2026"]),
        ("3 March 2025 and 4 March 2026", "le 3 mars 2026 et le 4 mars 2025", ["3 March 2025", "4 March 2026"]),
        ("March 3, 2026", "le 3 mars 2026", []),
        ("November 26 and 28, 2025", "les 26 et 28 novembre 2025", []),
        ("26-28 June", "du 26 au 28 juin", []),
        ("3 March and 5 March", "le 3 mars et le 5 du même mois", []),
        ("May 1st; 2025-11-28", "le 1er mai; le 28 novembre 2025", []),
        ("It may be 3 March or May 4", "le 3 mars ou le 4 mai", []),
    ],
)
def test_dates_put_together_otherwise(english: str, french: str, odd: list[str]) -> None:
    found = other_dates(whole_dates(english, "en"), whole_dates(french, "fr"))
    assert sorted({english[start:end] for start, end in found}, key=english.index) == odd


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "We hold 1,204 claims.", ["1,204 claims"]),
        ("en", "Twenty-one companies and a dozen sources", ["Twenty-one companies", "a dozen sources"]),
        ("en", "There is 1 reply.", ["1 reply"]),
        ("en", "Two origins or more, three sources or more, at least 3 sources, more than four claims.", []),
        ("en", "Each claim has one source; where two claims differ, both stand.", []),
        ("en", "The 2026 events, a “9 companies” headline and C$5 companies.", []),
        ("en", "It owns 25 companies [@post]. It owns 25 companies.", ["25 companies"]),
        (
            "fr",
            "Ce dossier réunit 47 affirmations, une vingtaine d’entreprises et trente-deux sources.",
            ["47 affirmations", "une vingtaine d’entreprises", "trente-deux sources"],
        ),
        ("fr", "Au moins 3 sources, trois origines ou plus, deux réponses.", []),
    ],
)
def test_counts_typed_by_hand(language: str, words: str, expected: list[str]) -> None:
    assert [words[start:end] for start, end, _ in typed_count.counts(words, language)] == expected


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "worth up to US$2.8 million", True),
        ("en", "up to five million dollars", True),
        ("en", "up to about C$5,000", True),
        ("en", "a maximum of C$5,000", True),
        ("en", "a not-to-exceed price", True),
        ("en", "up to 20 vans until 2029, up to two years at C$5,000", False),
        ("en", "a maximum-security site", False),
        ("fr", "jusqu’à 2,8 M$ US", True),
        ("fr", "jusqu'à environ 2 800 000 $", True),
        ("fr", "d’une valeur maximale de 5 M$, plafonnée", True),
        ("fr", "au plus 5 M$", True),
        ("fr", "jusqu’à 20 camions, jusqu’à 2029, au plus tard", False),
    ],
)
def test_wordings_of_a_ceiling(language: str, words: str, expected: bool) -> None:
    assert bool(ceiling_wording.SAYS_CEILING[language].search(words)) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("aurait vendu", True),
        ("auraient vendu", True),
        ("serait fournisseur", True),
        ("devrait livrer", True),
        ("pourrait livrer", True),
        ("fournirait", True),
        ("permettrait", True),
        ("suivrait", True),
        ("connaîtrait", True),
        ("connaitrait", True),
        ("combattrait", True),
        ("romprait", True),
        ("convaincrait", True),
        ("allègue que", True),
        ("a vendu", False),
        ("montrait", False),
        ("était", False),
        ("livrait", False),
        ("le portrait", False),
        ("l’attrait", False),
        ("traitait", False),
    ],
)
def test_french_conditional(words: str, expected: bool) -> None:
    assert bool(french_conditional.CONDITIONAL.search(words)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Birch Bread", "birch  bread, Inc.", True),
        ("Boulangerie Érable Ltée", "Boulangerie Erable", True),
        ("Birch Bread", "B1rch Bread", True),
        ("Birch Bread", "Brich Bread", True),
        ("Birch Bread", "Birсh Bread", True),  # a Cyrillic с
        ("Oak & Co", "Elm & Co", False),
        ("Birch Bread", "Beech Bread", False),
        ("Acorn", "Acorns", False),  # five letters
    ],
)
def test_look_alikes(one: str, other: str, expected: bool) -> None:
    a, b = bare(one), bare(other)
    assert look_alike(a, b) is expected
    assert look_alike(b, a) is expected
    assert bool({*spellings(one)} & {*spellings(other)}) >= expected


def test_words_of_a_quote() -> None:
    assert count_words("« L’ICE » — $7,234,926.20 – said … a “customer”") == 5


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a “b” c", "a     c"),
        ('a "b c" d', "a       d"),
        ("« a » b", "      b"),
        ('5" oven', '5" oven'),
        ("it's 'b'", "it's 'b'"),
    ],
)
def test_outside_quotes(words: str, expected: str) -> None:
    assert outside_quotes(words) == expected
