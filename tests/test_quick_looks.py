"""Rules look quickly before they look closely: what the quick look passes over, the close one would not have found."""

from __future__ import annotations

import string

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossier.checks import ceiling_wording, stale_claim, typed_count, unattributed_claim, verdict_words
from dossier.checks.numbers import numbers
from dossier.checks.words import WordList, outside_quotes, rough_words
from dossier.names import folded, look_alike, spellings

LANGUAGES = st.sampled_from(("en", "fr"))
many = settings(max_examples=500, deadline=None, derandomize=True)


def texts(pieces: str, most: int = 6) -> st.SearchStrategy[str]:
    """Texts of these words, with blanks of every kind between them, or none."""
    blanks = st.sampled_from((" ", " ", " ", "\n", "\u00a0", "\u202f", "  ", ""))
    pairs = st.tuples(st.sampled_from(pieces.split()), blanks)
    return st.lists(pairs, min_size=1, max_size=most).map(lambda found: "".join(map("".join, found)))


WORDS = texts(
    "illegal corrupt, shady-scandal. _evil é×guilty naïve—thugs d’illégal tristement célèbre sans scrupules éhontée "
    "“ ” œuvre« » Scandal ÉHONTÉ is est un l’un the"
)


@many
@given(WORDS, st.sampled_from([*verdict_words.WORDS.values(), *stale_claim.PRESENT.values()]))
def test_rough_words_hide_no_word_of_a_list(text: str, words: WordList) -> None:
    close = [match.span() for match in words.pattern.finditer(outside_quotes(text))]
    assert [match.span() for match in words.found_in(text)] == close


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.characters(codec="utf-8"), st.sampled_from(["evil", "illégal", "éhonté"]))
def test_whatever_parts_words_parts_rough_ones(character: str, word: str) -> None:
    parted = f"of{character}{word}{character}and"
    for words in verdict_words.WORDS.values():
        close = [match.span() for match in words.pattern.finditer(outside_quotes(parted))]
        assert [match.span() for match in words.found_in(parted)] == close


def test_rough_words_are_short() -> None:
    words = rough_words("L’été, « l'Œuvre » à 5\u00a0M$ — Naïve_×2")
    assert [word.decode() for word in words] == ["l", "t", "l", "uvre", "5", "m", "nave", "2"]


COUNTED = texts(
    "3 three twenty-one quatre-vingts dozen of hundred nineteen sixty une vingtaine d’ d' de claims companies sources "
    "réponses évènements entreprises origin 1,204 . vingt ( Claims"
)


@many
@given(COUNTED, LANGUAGES)
@example("origins of 3 origins", "en")
@example("quatre-vingt-trois sources", "fr")
def test_a_count_has_a_number_before_its_noun(text: str, language: str) -> None:
    if not typed_count._may_count(text, language):
        assert typed_count.COUNT[language].search(text) is None


SAYING = texts(
    "the a was reported said found according to some reports sources by noted est rapporté affirme selon des les "
    "médias "
    "d’après dit-on on it Post . many have been reportedly critics",
    10,
)


@settings(max_examples=1_000, deadline=None, derandomize=True)
@given(SAYING, LANGUAGES)
@example("it was reportedly found", "en")
@example("according to reliable reports", "en")
@example("cela a été largement rapporté", "fr")
def test_who_plainly_says_so_says_so(text: str, language: str) -> None:
    if unattributed_claim._plainly(text, language):
        rest = unattributed_claim.NAMES_NO_ONE[language].sub(" ", text)
        assert unattributed_claim.SAYS[language].search(rest)


def test_common_words_say_so_by_themselves() -> None:
    for language, words in unattributed_claim._COMMON.items():
        assert [word for word in words if not unattributed_claim.SAYS[language].fullmatch(word)] == []


@many
@given(
    texts("up to C$5 million maximum maximale not exceed ceiling jusqu’à 5 M$ plafonnée au plus “ ” Maximum of"),
    LANGUAGES,
)
@example("a price not to exceed 5", "en")
def test_a_ceiling_has_one_of_its_stems(text: str, language: str) -> None:
    close = ceiling_wording.SAYS_CEILING[language].search(outside_quotes(text))
    quick = ceiling_wording._says_ceiling(text, language)
    assert (close and close.span()) == (quick and quick.span())


NUMBERED = texts(
    "2 800 000 7,234,926.20 2025-11-28 C-233 G20 4x4 $3m 40M 2nd 1er billion milliards 12.5% Q1 9h30 20,500 G20,500 x2 "
    "million thousand k $ M$",
    4,
)
LETTERS = st.text(string.ascii_lowercase + " é", max_size=40)


@many
@given(NUMBERED, LANGUAGES, LETTERS, LETTERS)
def test_words_around_do_not_change_numbers(text: str, language: str, before: str, after: str) -> None:
    """Only what is near the digits is looked at."""
    alone = [(number.words, number.start, number.values) for number in numbers(text, language)]
    for edge in ("", "1"):
        among = numbers(f"{edge} ; {before} ; {text} ; {after} ; {edge}", language)
        at = len(f"{edge} ; {before} ; ")
        assert [(n.words, n.start - at, n.values) for n in among if at <= n.start < at + len(text)] == alone
    assert [text[number.start : number.end] for number in numbers(text, language)] == [words for words, _, _ in alone]


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text("ab", min_size=5, max_size=8), st.text("abé1|-", max_size=1), st.integers(0, 8), st.booleans())
def test_names_that_look_alike_have_a_spelling_in_common(name: str, letter: str, at: int, swap: bool) -> None:
    other = name[:at] + name[at : at + 2][::-1] + name[at + 2 :] if swap else name[:at] + letter + name[at + 1 :]
    if look_alike(spellings(name)[0], spellings(other)[0]):
        assert {*spellings(name)} & {*spellings(other)}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_folded_as_all_else_is(text: str) -> None:
    assert folded(text) == folded(f"{text} é").removesuffix("e").rstrip()
