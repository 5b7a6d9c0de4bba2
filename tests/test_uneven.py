"""Hedges, denials and quotes of one language that another has or lacks: what counts as saying the same."""

from __future__ import annotations

import pytest

from dossier.checks import uneven_hedge, uneven_quotes, versions_differ
from dossier.checks.uneven_hedge import HEDGES
from dossier.checks.words import rough_words
from dossier.problems import Problem, in_order
from tests.given import TODAY, register


def found(check: object, english: str, french: str) -> list[Problem]:
    typed = (
        "companies: [{id: crust, name: Crust}]\nclaims:\n- id: rolls\n  company: crust\n  kind: order\n"
        f"  mode: reported\n  citations: []\n  statement:\n    en: |-\n      {english}\n    fr: |-\n      {french}\n"
    )
    return [*check.check(register(typed), TODAY)]  # type: ignore[attr-defined]  # a module is handed in


@pytest.mark.parametrize(
    ("english", "french", "odd"),
    [
        # A hedge on one side alone.
        ("It sold up to 500 loaves.", "Elle a vendu 500 pains.", "up to 500"),
        ("It sold 500 loaves.", "Elle a vendu jusqu’à 500 pains.", "jusqu’à 500"),
        ("It sold about C$3,000 of bread.", "Elle a vendu pour 3 000 $ CA de pain.", "about C$3,000"),
        ("It sold 300 loaves.", "Elle a vendu environ 300 pains.", "environ 300"),
        ("It sold 300 loaves.", "Elle a vendu 300 pains environ.", "300 pains environ"),
        ("It sold over 300 loaves.", "Elle a vendu 300 pains.", "over 300"),
        ("It sold 300 loaves.", "Elle a vendu au moins 300 pains.", "au moins 300"),
        ("It sold 300 loaves.", "Elle a vendu plus de 300 pains.", "plus de 300"),
        ("It allegedly sold bread.", "Elle a vendu du pain.", "alleg"),
        ("It sold bread.", "Elle a vendu du pain, allègue la lettre.", "allègu"),
        ("It appears to sell bread.", "Elle vend du pain.", "appears to"),
        ("It sells bread.", "Elle vend peut-être du pain.", "peut-être"),
        ("It did not sell bread.", "Elle a vendu du pain.", "not"),
        ("It didn’t sell bread.", "Elle a vendu du pain.", "didn’t"),
        ("It sold bread.", "Elle n’a jamais vendu de pain.", "n’a jamais"),
        ("It sold bread.", "Elle ne vend pas de pain.", "ne vend pas"),
        # What says the same, in other words.
        ("It sold up to 500 loaves.", "Le four peut contenir 500 pains, pouvant accueillir 500 pains.", ""),
        ("It holds up to 500 loaves.", "Il est fait pour accueillir 500 pains.", ""),
        ("It sold just under 500 loaves.", "Elle a vendu près de 500 pains.", ""),
        ("It sold some 40 loaves.", "Elle a vendu une quarantaine de pains.", ""),
        ("It sold over 20 days.", "Elle a vendu sur 20 jours.", ""),
        ("A page about 2023 shows it.", "Une page sur 2023 le montre.", ""),
        ("It allegedly sold bread.", "Elle aurait vendu du pain.", ""),
        ("It failed to sell bread.", "Elle n’a pas vendu de pain.", ""),
        ("It was not found.", "Introuvable.", ""),
        ("It sells only bread.", "Elle ne vend que du pain.", ""),
        ("It seems to sell bread.", "Elle vendrait du pain.", ""),
        ("It may be bread.", "C’est du pain.", ""),  # also a month
        # What is quoted is for the quotes' own rule.
        ("It called the bread “not bad”.", "Elle dit le pain « passable ».", ""),
    ],
)
def test_hedges(english: str, french: str, odd: str) -> None:
    problems = found(uneven_hedge, english, french)
    assert [problem.message.split("'")[1] for problem in problems] == ([odd] if odd else [])
    for problem in problems:
        line = 10 if odd in english else 12
        assert (problem.span.line, problem.span.column) == (line, (english if line == 10 else french).index(odd) + 7)


@pytest.mark.parametrize(
    ("english", "french", "odd"),
    [
        ("It was “warm”.", "C’était chaud.", "“warm” is quoted in en, and fr quotes nothing"),
        ("It was warm.", "C’était « chaud ».", "« chaud » is quoted in fr, and en quotes nothing"),
        ('It was "warm" and "soft".', "C’était « chaud » et mou.", "en quotes 2 passages, and fr 1"),
        ("“It,” she said, “is warm.”", "« C’est chaud », a-t-elle dit.", ""),
        ("“It is warm,” she said.", "« C’est, a-t-elle dit, chaud. »", ""),
        ("“Bread”, “rolls” and “buns”", "« Pain », « petits pains » et « brioches »", ""),
        ("It was ‘warm’.", "C’était « chaud ».", ""),  # cannot be told from apostrophes
    ],
)
def test_quotes(english: str, french: str, odd: str) -> None:
    assert [problem.message for problem in found(uneven_quotes, english, french)] == ([odd] if odd else [])


def test_the_quick_look_misses_no_clear_word() -> None:
    """A text with a clear hedge always has one of the rough words: without one it is not looked at."""
    for (code, _), hedges in HEDGES.items():
        for hedge in hedges:
            for words in _SAMPLES[code]:
                if hedge.clear.search(words):
                    assert not hedge.rough.isdisjoint(rough_words(words)), words


_SAMPLES = {
    "en": (
        *"not 9|never|cannot|can’t|nor|neither|didn't|doesn’t|isn’t|wasn’t|hasn’t|hadn’t|aren’t|weren’t|haven’t"
        "|wouldn’t|couldn’t".split("|"),
        *(f"x {word} 9" for word in "about|around|roughly|approximately|nearly|almost|close to|some|over|more than|"
          "at least|upwards of|exceeding|up to|as many as|as much as|at most|no more than|a maximum of|not to exceed|"
          "less than|fewer than".split("|")),
        *"alleged|alleges|alleging|allegation|allegations|allegedly|reportedly|supposedly|purportedly|purported|perhaps|"
        "possibly|apparently|might|appear to|appears to|appeared to|seem to|seems to|seemed to".split("|"),
    ),
    "fr": (
        *"n’a pas|ne va jamais|n'a aucun|ne va ni|non|pas d|aucune|aucun".split("|"),
        *(f"x {word} 9" for word in "environ|près de|presque|quelque|à peu près|autour de|approximativement|plus de|"
          "au moins|au-delà de|dépassant|jusqu’à|au plus|au maximum|un maximum de|moins de".split("|")),
        *"9 pains environ|allègue|allèguent|allégué|alléguée|alléguait|allégation|allégations|présumé|présumée"
        "|présumés|prétendu|prétendue|prétendus|peut-être|possiblement|apparemment|semble|semblent|semblerait|pourrait|pourraient|"
        "vraisemblablement".split("|"),
    ),
}  # fmt: skip


def test_versions_on_both_sides_of_a_page_are_compared() -> None:
    pages = {
        "about_en": "---\ntitle: A\n---\nOn 3 March\n2026, C-12 for C$2.8\n  million.\n\n```\n77\n```\n",
        "about_fr": "---\ntitle: A\n---\nLe 3 mars pour 2,8 M$\nCA.\n",
    }
    typed = register("companies: [{id: crust, name: Crust}]\n", **pages)
    said = [f"{problem.span}: {problem.message}" for problem in in_order(versions_differ.check(typed, TODAY))]
    assert said == [
        "content/about.en.md:5:1: '2026' stands in en and not in fr",
        "content/about.en.md:5:7: 'C-12' stands in en and not in fr",
    ]
