"""Quotes sought in pages: a table of outcomes in `pages/quotes.txt`, and what must hold for every text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dossier.page_text import text_of
from dossier.quotes import MOST_PLACES, PASSAGE, TOGETHER, digest, find, normalised, parts, text_digest
from dossier.wording import read
from tests.pages.made import REPORT, pdf_of

PAGES = Path(__file__).parent / "pages"
KINDS = {"html": "text/html", "txt": "text/plain", "pdf": "application/pdf"}


@cache
def page_of(name: str) -> str:
    body = pdf_of(REPORT) if name == "report.pdf" else (PAGES / name).read_bytes()
    return text_of(body, KINDS[name.rpartition(".")[2]]).text


def table() -> list[tuple[str, str, str]]:
    lines = [line for line in (PAGES / "quotes.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split(maxsplit=2) for line in lines]
    unescaped = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})")
    return [
        (name, state, unescaped.sub(lambda each: chr(int(each[1] or each[2], 16)), quote))
        for name, state, quote in rows
    ]


@pytest.mark.parametrize(("name", "state", "quote"), table())
def test_the_table_of_outcomes(name: str, state: str, quote: str) -> None:
    text = page_of(name)
    found = find(quote, text)
    assert found.state == state, found
    if state == "exact":
        assert find(text[found.start : found.end], text).state == "exact"
    elif state == "missing":
        assert (found.start, found.end) == (0, 0)


def test_the_table_is_long_and_of_every_kind() -> None:
    states = [state for _, state, _ in table()]
    assert len(states) >= 100
    assert set(states) == {"exact", "parts", "missing"}


NOT_IN = [
    ("500", "1500"), ("500", "1,500"), ("500", "1 500"), ("500", "1\xa0500"), ("500", "1\u202f500"), ("500", "1'500"),
    ("500", "1’500"), ("500", "5000"), ("500", "500.5"), ("500", "500,5"), ("500", "500²"), ("500", "500½"),
    ("500", "500 ½"), ("500", "500%"), ("500", "500 %"), ("500", "500 per cent"), ("500", "500 million"),
    ("500", "500-million"), ("500", "500 000"), ("500", "-500"), ("500", "−500"), ("500", "(-500)"),
    ("$500", "-$500"), ("500", "-$500"), ("$500", "US$500"), ("$500", "C$500"), ("500 $", "500 $ US"),
    ("500", "500/600"), ("500", "500–600"), ("600", "500–600"), ("600", "500 - 600"), ("600", "$500-$600"),
    ("500", "12:500"), ("500", ".500"), ("500", "<500"), ("500", "≥500"), ("500", "500⁄3"), ("500", "500⃣"),
    ("7.2 million", "17.2 million"), ("US$8", "US$80"), ("20", "2,020"), ("5 million", ".5 million"),
    ("5 million", "1.5 million"), ("1", "1½"), ("½", "1½"), ("½ mile", "1 ½ mile"), ("1/2 mile", "1 1/2 mile"),
    ("5002", "500²"), ("5002", "500₂"), ("11/2", "1½"), ("12", "1②"), ("51", "㏠5"), ("15", "⒈5"),
    ("20242025", "2024-\n2025"), ("2024", "2024-\n2025"), ("6'", '6"'), ("6'", "6″"), ("500,", "500,000"),
    (",000", "500,000"), ("-11", "2025-11"), ("five", "five hundred"), ("cinq", "cinq mille"),
    ("people", "people\u0301"), ("can", "can't"), ("can", "can’t"), ("profit", "non-profit"), ("non", "non-profit"),
    ("profit", "non-\nprofit"), ("violent", "non\u2011violent"), ("at", "atoms"), ("at", "the hat"), ("é", "été"),
    ("a b", "a c b"), ("500", "500\u0338"), ("word", "wo rd"), ("wo rd", "word"), ("tm", "™"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "text"), NOT_IN)
@pytest.mark.parametrize("around", ["{}", "In all {} were seen.", "Seen:\n{}\nin all."])
def test_a_figure_or_word_is_not_cut_out_of_another(quote: str, text: str, around: str) -> None:
    assert find(quote, around.format(text)).state == "missing"


IN = [
    ("500", "500."), ("500", "(500)"), ("500", "500, and"), ("500", "“500”"), ("500", "‘500’"), ("500", "$500"),
    ("500", "in 2020 500 people"), ("500", "about 500 people"), ("500 people", "the plant—500 people—closed"),
    ("500 people", "the plant--500 people--closed"), ("500", "…500"), ("10 %", "10%"), ("10%", "10\u202f%"),
    ("10%", "10 %"), ("5 million", "５ million"), ("office", "oﬃce"), ("CO2", "CO₂"), ("m2", "m²"),
    ("café", "cafe\u0301"), ("cafe\u0301", "café"), ("STRASSE", "Straße"), ("ΣΑΣ", "σας"),
    ("cooperate", "co\xadoperate"), ("cooperate", "co\u200boperate"), ("government", "govern-\nment"),
    ("government", "govern\xad\nment"), ("government", "govern-  \r\n  ment"), ("Toronto-based", "Toronto-\nbased"),
    ("pre- and post-war", "pre-\nand post-war"), ("COVID-19", "COVID-\n19"),
    ("the long-term government plan", "the long-\nterm govern-\nment plan"), ("« mot »", "“mot”"),
    ("“mot”", "«\u202fmot\u202f»"), ("'mot'", "‹mot›"), ("``word''", "“word”"), ("l'eau", "l’eau"),
    ("entreprise", "l’entreprise"), ("a — b", "a – b"), ("a - b", "a − b"), ("a b", "a\u3000b"),
    ("a b", "a \u200b b"), ("a b", "a\n\n\tb"), ("Roshel", "Roshel™"), ("东西", "买东西吗"),
    ("Who?", "“Who?” he asked"), ("Hangul 각", "Hangul \u1100\u1161\u11a8"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "text"), IN)
def test_what_printers_choose_makes_no_difference(quote: str, text: str) -> None:
    for around in ("{}", "It was {} there."):
        found = find(quote, around.format(text))
        assert found.state == "exact"
        assert found.end - found.start <= len(text)


def test_the_place_is_that_in_the_text_as_it_was() -> None:
    text = "  A\u00a0b  ﬁve “vé\xadhi-\ncules”  ½ ß end "
    found = find('"véhicules"', text)
    assert text[found.start : found.end] == "“vé\xadhi-\ncules”"
    found = find("five", text)
    assert text[found.start : found.end] == "ﬁve"
    found = find("ss end", text)
    assert text[found.start : found.end] == "ß end"


def test_parts_stand_in_order_and_close_together() -> None:
    near, far = "word " * (TOGETHER // 5 - 5), "word " * (TOGETHER // 5 + 5)
    assert find("first … last", f"the first {near} last").state == "parts"
    assert find("first … last", f"the first {far} last").state == "missing"
    assert find("last … first", f"the first {near} last").state == "missing"
    # The first place of a part may be too early to go on from.
    text = f"the first {far} first {near} last"
    found = find("first … last", text)
    assert text[found.start : found.end] == f"first {near} last"


def test_an_ellipsis_that_the_page_has_is_exact() -> None:
    assert find("well … yes", "He said: well ... yes.").state == "exact"
    assert find("he [sic] said", "Then he [sic] said").state == "exact"


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("a b", [("a b", False, False)]),
        ("a … b", [("a", False, False), ("b", False, False)]),
        ("dispute[s] it", [("dispute", False, True), ("it", False, False)]),
        ("[h]e said", [("e said", True, False)]),
        ("in [20]25", [("in [20]25", False, False)]),
        ("a . . . b (…) c", [("a", False, False), ("b", False, False), ("c", False, False)]),
        ("… ! …", []),
    ],
)
def test_the_parts_of_a_quote(quote: str, found: list[tuple[str, bool, bool]]) -> None:
    assert [(part.words, part.loose_start, part.loose_end) for part in parts(quote)] == found


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("The agency awarded a sole-source contract for 30 armored vehicles", "contract for 20 armoured vehicles"),
        ("le ministère a versé plus de 26 millions", ""),
        (
            "We strongly deny the allegations and want to defend ourselves",
            "dispute the allegations and intend to defend",
        ),
    ],
)
def test_the_nearest_passage_is_shown_in_the_words_of_the_page(quote: str, nearest: str) -> None:
    found = find(quote, page_of("news.html"))
    assert found.state == "missing"
    assert nearest in found.nearest
    assert bool(nearest) is bool(found.nearest)
    assert len(found.nearest) <= PASSAGE


def test_digests() -> None:
    assert digest("« L’eau »") == digest('"l\'eau"') != digest("l'eau")
    assert re.fullmatch("[0-9a-f]{32}", digest("x"))
    assert text_digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    assert digest("\ud800")


words = st.text("abcdefghijklmnopqrstuvwxyzéàçÉœßﬁ’", min_size=1, max_size=9).filter(
    lambda word: (
        word[0] != "’" != word[-1] and not re.fullmatch("[kmb]|mn|bn|us|ca|cent|cents|mille|dix|un|one|a", word)
    )
)
figures = st.from_regex(r"\$?[1-9][0-9]{3}(,[0-9]{3})?(\.[0-9]{2})?%?", fullmatch=True)
tokens = st.one_of(words, words, words.map(lambda word: f"“{word}”"), words.map("{},".format), figures)
spaces = st.sampled_from([" ", " ", " ", "\n", "\xa0", "  ", " \u202f", "\t"])


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and a piece of it that was cut out between words."""
    tokens_drawn = draw(st.lists(tokens, min_size=1, max_size=40))
    gaps = [draw(spaces) for _ in tokens_drawn]
    start = draw(st.integers(0, len(tokens_drawn) - 1))
    end = draw(st.integers(start + 1, len(tokens_drawn)))
    text = "".join(token + gap for token, gap in zip(tokens_drawn, gaps, strict=True))
    quote = "".join(tokens_drawn[k] + gaps[k] for k in range(start, end))
    return quote, text


@settings(max_examples=200, deadline=None, derandomize=True)
@given(cut_texts())
def test_what_was_cut_out_between_words_is_found(cut: tuple[str, str]) -> None:
    quote, text = cut
    found = find(quote, text)
    assert found.state == "exact"
    assert normalised(text[found.start : found.end]) == normalised(quote)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(cut_texts(), st.data())
def test_a_quote_with_another_digit_is_never_found(cut: tuple[str, str], data: st.DataObject) -> None:
    quote, text = cut
    places = [at for at, sign in enumerate(quote) if sign.isdigit()]
    assume(places)
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("0123456789"))
    changed = quote[:at] + other + quote[at + 1 :]
    assume(other != quote[at])
    # A short quote so changed may be another piece of the text: then it is no other figure.
    assume(normalised(changed) not in normalised(text))
    assert find(changed, text).state == "missing"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.sampled_from(["{:,}", "{}", "${:,}", "{:,} %"]),
    st.text(max_size=3),
)
def test_one_figure_is_found_only_where_that_figure_stands(one: int, other: int, form: str, after: str) -> None:
    text = f"It said {form.format(other)}{after}"
    found = find(form.format(one), text)
    assert found.state == "missing" or one == other


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=80), st.text(max_size=20))
@example("…", "")
def test_any_text_is_read_and_every_place_lies_in_it(text: str, quote: str) -> None:
    wording = read(text)
    assert len(wording.starts) == len(wording.origins) == len(wording.ends)
    for place in range(len(wording.plain)):
        assert 0 <= wording.begins(place) <= wording.stops(place + 1) <= len(text)
    found = find(quote, text)
    assert 0 <= found.start <= found.end <= len(text)


HOSTILE = {
    "one letter": ("a" * 300, "a" * 1_000_000),
    "one letter within a word": ("a" * 299, "a" * 1_000_000),
    "one word": ("a a", "aa " * 300_000),
    "many parts": ("a … " * 11 + "b", "a " * 500_000),
    "too many parts": ("a … " * 5_000 + "b", "a " * 500_000),
    "torn lines": ("ab" * 100, "a-\nb" * 250_000),
    "unseen blanks": ("a b", " \u200b" * 500_000),
    "accents": ("a" + "\u0301" * 1_000, "a" + "\u0301" * 1_000_000),
    "dots": ("a" + " ." * 5_000 + " b", "a" + " ." * 500_000),
    "quote marks": ("a“b", "'" * 1_000_000),
    "raised": ("a2", "²" * 1_000_000),
    "brackets": ("[" * 5_000 + "a", "[" * 1_000_000),
    "like it everywhere": ("the quick brown fox " * 50, "the quick brown fix " * 50_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_it_slow(name: str) -> None:
    """Ten seconds on a slow machine that does other work; each takes under two."""
    quote, text = HOSTILE[name]
    start = process_time()
    find(quote, text)
    assert process_time() - start < 10


def test_a_place_is_given_up_at_last() -> None:
    assert find("a", "aa " * (MOST_PLACES + 10) + "a").state == "missing"
