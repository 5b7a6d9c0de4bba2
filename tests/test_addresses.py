"""Where pages stand, and the way from one to another."""

from __future__ import annotations

from posixpath import dirname, join, normpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.addresses import SECTIONS, Addresses, relative

ENGLISH_FIRST = Addresses("en", {("about", "fr"): "qui", ("changes", "en"): "news"})
FRENCH_FIRST = Addresses("fr")


@pytest.mark.parametrize(
    ("addresses", "language", "parts", "path"),
    [
        (ENGLISH_FIRST, "en", (), "index.html"),
        (ENGLISH_FIRST, "fr", (), "fr/index.html"),
        (ENGLISH_FIRST, "en", ("companies",), "companies/index.html"),
        (ENGLISH_FIRST, "fr", ("companies",), "fr/entreprises/index.html"),
        (ENGLISH_FIRST, "en", ("companies", "crust"), "companies/crust/index.html"),
        (ENGLISH_FIRST, "fr", ("companies", "crust"), "fr/entreprises/crust/index.html"),
        (ENGLISH_FIRST, "fr", ("agencies", "ministry"), "fr/organismes/ministry/index.html"),
        (ENGLISH_FIRST, "fr", ("demands",), "fr/demandes/index.html"),
        (ENGLISH_FIRST, "fr", ("timeline",), "fr/chronologie/index.html"),
        (ENGLISH_FIRST, "fr", ("sources", "companies"), "fr/sources/companies/index.html"),
        (ENGLISH_FIRST, "en", ("about",), "about/index.html"),
        (ENGLISH_FIRST, "fr", ("about",), "fr/qui/index.html"),
        (ENGLISH_FIRST, "en", ("changes",), "news/index.html"),
        (FRENCH_FIRST, "fr", ("companies", "crust"), "entreprises/crust/index.html"),
        (FRENCH_FIRST, "en", ("companies", "crust"), "en/companies/crust/index.html"),
        (FRENCH_FIRST, "de", ("companies",), "de/companies/index.html"),
    ],
)
def test_a_page_stands_under_its_language_in_the_words_of_it(
    addresses: Addresses, language: str, parts: tuple[str, ...], path: str
) -> None:
    assert addresses.page(language, *parts) == path


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_no_two_sections_share_a_word(language: str) -> None:
    paths = {ENGLISH_FIRST.page(language, section) for section in SECTIONS}
    assert len(paths) == len(SECTIONS)


@pytest.mark.parametrize(
    ("origin", "target", "link"),
    [
        ("index.html", "index.html", "index.html"),
        ("index.html", "companies/crust/index.html", "companies/crust/index.html"),
        ("companies/crust/index.html", "index.html", "../../index.html"),
        ("companies/crust/index.html", "companies/oven/index.html", "../oven/index.html"),
        ("companies/crust/index.html", "fr/entreprises/crust/index.html", "../../fr/entreprises/crust/index.html"),
        ("companies/index.html", "companies/crust/index.html#order", "crust/index.html#order"),
        ("companies/crust/index.html", "companies/crust/index.html#order", "#order"),
        ("companies/crust/index.html", "companies/crust/index.html", "index.html"),
        ("fr/index.html", "data/claims.csv", "../data/claims.csv"),
        ("404.html", "companies/index.html", "companies/index.html"),
    ],
)
def test_a_link_is_relative_to_the_page_it_stands_on(origin: str, target: str, link: str) -> None:
    assert relative(origin, target) == link


_PARTS = st.lists(st.sampled_from(["companies", "sources", "about", "crust", "a"]), max_size=3)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(["en", "fr"]), _PARTS, st.sampled_from(["en", "fr"]), _PARTS)
def test_a_link_leads_where_it_should_from_anywhere(
    language: str, parts: list[str], other: str, others: list[str]
) -> None:
    origin, target = ENGLISH_FIRST.page(language, *parts), ENGLISH_FIRST.page(other, *others)
    assert normpath(join(dirname(origin), relative(origin, target))) == target
    assert relative(origin, target).endswith("index.html")
