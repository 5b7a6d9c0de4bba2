"""Dates, money and lists in words, in English and in French, and what happens where a language has no words.

The grammar that French needs around them is in `test_french.py`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.dates import parse_edtf
from dossier.language import Language, language
from dossier.values import Text
from tests.given import ENGLISH, FRENCH

# In the tables below `_` stands for a no-break space.
NBSP = "\u00a0"

# A date as typed, and as the two editions say it: no more precise than it was typed.
DATES = [
    ("2025-11-28", "28 November 2025", "28 novembre 2025"),
    ("2025-11-01", "1 November 2025", "1er_novembre 2025"),
    ("2025-11", "November 2025", "novembre 2025"),
    ("2025", "2025", "2025"),
    ("0999", "999", "999"),
    ("2025-11-XX", "November 2025", "novembre 2025"),
    ("2025-XX-XX", "2025", "2025"),
    ("198X", "the 1980s", "années 1980"),
    ("19XX", "between 1900 and 1999", "entre 1900 et 1999"),
    ("190X", "the 1900s", "années 1900"),
    ("2025-21", "spring 2025", "printemps 2025"),
    ("2025-23", "fall 2025", "automne 2025"),
    ("2025-24", "winter 2025", "hiver 2025"),
    ("2025-11~", "about November 2025", "vers novembre 2025"),
    ("2025-11-28?", "28 November 2025, uncertain", "28 novembre 2025 (date incertaine)"),
    ("2025%", "perhaps about 2025", "peut-être vers 2025"),
    ("2024-08/..", "since August 2024", "depuis août 2024"),
    ("2024-08/", "since August 2024", "depuis août 2024"),
    ("../2024-08", "until August 2024", "jusqu’en août 2024"),
    ("/2024", "until 2024", "jusqu’en 2024"),
    ("2024-08/2025-01-05", "August 2024 to 5 January 2025", "d’août 2024 au 5 janvier 2025"),
    ("2024~/2025?", "about 2024 to 2025, uncertain", "de 2024 environ à 2025 (date incertaine)"),
]


@pytest.mark.parametrize(("typed", "english", "french"), DATES)
def test_a_date_is_said_no_more_precisely_than_it_was_typed(typed: str, english: str, french: str) -> None:
    assert ENGLISH.date(parse_edtf(typed)) == english
    assert FRENCH.date(parse_edtf(typed)) == french.replace("_", NBSP)


def test_no_date_is_no_words() -> None:
    assert ENGLISH.date(None) == FRENCH.date(None) == ""


@settings(max_examples=100, derandomize=True)
@given(st.dates(), st.sampled_from(["", "~", "?", "%"]), st.sampled_from([4, 7, 10]))
def test_words_for_a_date_hold_what_was_typed_and_no_day_besides(day: date, mark: str, length: int) -> None:
    typed = day.isoformat()[:length]
    for words in (ENGLISH, FRENCH):
        said = words.date(parse_edtf(typed + mark)).replace(NBSP, " ")
        numbers = [int(each.removesuffix("er")) for each in said.replace(",", "").split() if each[0].isdigit()]
        assert numbers == [day.day, day.year] if length == 10 else [day.year]


MONEY = [
    ("7234926.20", "USD", "US$7,234,926.20", "7_234_926,20_$_US"),
    ("7234926.2", "USD", "US$7,234,926.20", "7_234_926,20_$_US"),
    ("10000000", "CAD", "C$10,000,000", "10_000_000_$_CA"),
    ("1000", "AUD", "A$1,000", "1_000_$_AU"),
    ("1000", "NZD", "NZ$1,000", "1_000_$_NZ"),
    ("0.5", "CAD", "C$0.50", "0,50_$_CA"),
    ("0", "CAD", "C$0", "0_$_CA"),
    ("99.999", "CAD", "C$99.999", "99,999_$_CA"),
    ("12.00", "CAD", "C$12", "12_$_CA"),
    ("3000", "EUR", "€3,000", "3_000_€"),
    ("3000.5", "EUR", "€3,000.50", "3_000,50_€"),
    ("3000", "GBP", "£3,000", "3_000_£"),
    ("3000", "XXX", "¤3,000", "3_000_¤"),
    ("0.0001", "EUR", "€0.0001", "0,0001_€"),
    ("0.5", "JPY", "JP¥0.50", "0,50_¥"),
]


@pytest.mark.parametrize(("value", "currency", "english", "french"), MONEY)
def test_money_is_said_as_its_readers_write_it(value: str, currency: str, english: str, french: str) -> None:
    assert ENGLISH.money(Decimal(value), currency) == english
    assert FRENCH.money(Decimal(value), currency) == french.replace("_", NBSP)


@settings(max_examples=200, derandomize=True)
@given(st.decimals(0, 10**14, places=4), st.sampled_from(["USD", "CAD", "EUR", "JPY", "GBP"]))
def test_no_digit_of_a_sum_is_lost(value: Decimal, currency: str) -> None:
    for words in (ENGLISH, FRENCH):
        said = words.money(value, currency)
        point = "." if words is ENGLISH else ","
        assert Decimal("".join(c if c.isdigit() else "." for c in said if c.isdigit() or c == point)) == value
        assert " " not in said


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (0, "0 claims", "0 affirmation"),
        (1, "1 claim", "1 affirmation"),
        (2, "2 claims", "2 affirmations"),
        (1200, "1,200 claims", "1_200 affirmations"),
        (1_000_000, "1,000,000 claims", "1_000_000 affirmations"),
    ],
)
def test_a_number_comes_with_its_noun(number: int, english: str, french: str) -> None:
    assert ENGLISH.count("%(n)s claim", "%(n)s claims", number) == english
    assert FRENCH.count("%(n)s claim", "%(n)s claims", number) == french.replace("_", NBSP)


@pytest.mark.parametrize(
    ("items", "english", "french"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b"], "a and b", "a et b"), (["a", "b", "c"], "a, b and c", "a, b et c")],
)
def test_a_list_is_said_in_a_line(items: list[str], english: str, french: str) -> None:
    assert ENGLISH.listed(items).replace(", and", " and") == english
    assert FRENCH.listed(items) == french


BOTH = Text((("en", "bread"), ("fr", "pain")))


@pytest.mark.parametrize(
    ("words", "text", "said"),
    [
        (ENGLISH, BOTH, "bread"),
        (FRENCH, BOTH, "pain"),
        (FRENCH, Text((("en", "bread"),)), "bread"),
        (ENGLISH, Text((("fr", "pain"),)), "pain"),
        (language("de", "fr"), BOTH, "pain"),
        (language("de", "es"), BOTH, "bread"),
        (FRENCH, None, ""),
    ],
)
def test_a_text_is_said_in_the_language_it_has(words: Language, text: Text | None, said: str) -> None:
    assert words.text(text) == said


@pytest.mark.parametrize(
    ("quote", "of", "said"),
    [("bread", "en", "“bread”"), (" pain ", "fr", "«_pain_»"), ("pain", "fr-CA", "«_pain_»"), ("Brot", "de", "“Brot”")],
)
def test_a_quote_stands_between_the_marks_of_its_own_language(quote: str, of: str, said: str) -> None:
    assert ENGLISH.quoted(quote, of) == FRENCH.quoted(quote, of) == said.replace("_", NBSP)


@pytest.mark.parametrize(
    ("code", "tag", "own_name", "name_in_french", "country_in_french"),
    [
        ("en", "en-CA", "English", "anglais", "Canada"),
        ("fr", "fr-CA", "Français", "français", "Canada"),
        ("de", "de", "Deutsch", "allemand", "Canada"),
        ("pt-BR", "pt-BR", "Português (Brasil)", "portugais (Brésil)", "Canada"),
        ("zz", "zz", "zz", "zz", "Canada"),
    ],
)
def test_a_language_names_itself(
    code: str, tag: str, own_name: str, name_in_french: str, country_in_french: str
) -> None:
    words = language(code, "en")
    assert (words.tag, words.own_name) == (tag, own_name)
    assert FRENCH.language_name(code) == name_in_french
    assert FRENCH.country("CA") == country_in_french


@pytest.mark.parametrize("code", ["de", "pt-BR", "zz"])
def test_a_language_without_a_catalogue_speaks_english(code: str) -> None:
    assert language(code, "en").gettext("Companies") == "Companies"
    assert language(code, "en").ngettext("%(n)s claim", "%(n)s claims", 2) == "%(n)s claims"


def test_a_country_nobody_knows_is_its_code() -> None:
    assert ENGLISH.country("QQ") == "QQ"
    assert ENGLISH.country("BE") == "Belgium"
    assert FRENCH.country("BE") == "Belgique"
