"""Dates and names as French says them, after the words that the catalogue puts before them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dossier import french
from dossier.dates import parse_edtf
from dossier.language import language

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-05-01", f"1er{NBSP}mai 2026"),
        ("2026-05-11", "11 mai 2026"),
        ("2026-05", "mai 2026"),
        ("2026", "2026"),
        ("2026-02-04~", "vers le 4 février 2026"),
        ("2026-01~", "vers janvier 2026"),
        ("2026?", "2026 (date incertaine)"),
        ("2026%", "peut-être vers 2026"),
        ("198X", "années 1980"),
        ("198X~", "vers les années 1980"),
        ("19XX", "entre 1900 et 1999"),
        ("2026-22", "été 2026"),
        ("2024-08/..", "depuis août 2024"),
        ("2024-08-03/..", "depuis le 3 août 2024"),
        ("2024-08-03~/..", "depuis le 3 août 2024 environ"),
        ("2024-22/..", "depuis l’été 2024"),
        ("../2026-05-04", "jusqu’au 4 mai 2026"),
        ("../2026-05", "jusqu’en mai 2026"),
        ("../2026-22", "jusqu’à l’été 2026"),
        ("../198X", "jusqu’aux années 1980"),
        ("2024-08/2026-08", "d’août 2024 à août 2026"),
        ("2024-08-03/2024-09-04", "du 3 août 2024 au 4 septembre 2024"),
        ("2020/2024~", "de 2020 à 2024 environ"),
    ],
)
def test_a_date(typed: str, said: str) -> None:
    assert language("fr", "en").date(parse_edtf(typed)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-05-01", f"le 1er{NBSP}mai 2026"),
        ("2026-05", "en mai 2026"),
        ("2026", "en 2026"),
        ("2026?", "en 2026 (date incertaine)"),
        ("2026-21", "au printemps 2026"),
        ("2026-22", "à l’été 2026"),
        ("202X", "dans les années 2020"),
        ("19XX", "entre 1900 et 1999"),
        ("2026-02-04~", "vers le 4 février 2026"),
        ("2024-08/..", "depuis août 2024"),
    ],
)
def test_a_date_after_what_was_done_then(typed: str, said: str) -> None:
    assert language("fr", "en").on(parse_edtf(typed)) == said
    assert language("en", "en").on(parse_edtf(typed)) == language("en", "en").date(parse_edtf(typed))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Roshel", "de Roshel"),
        ("ARS Global", "d’ARS Global"),
        ("Équiterre", "d’Équiterre"),
        ("Hootsuite", "de Hootsuite"),
        ("Le Devoir", "du Devoir"),
        ("Les Affaires", "des Affaires"),
        ("La Presse", "de La Presse"),
    ],
)
def test_whose(name: str, said: str) -> None:
    assert language("fr", "en").of(name) == said
    assert language("en", "en").of(name) == name


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        ("7234926.20", "USD", "7~234~926,20~$~US"),
        ("1000", "CAD", "1~000~$~CA"),
        ("1000000", "EUR", "1~000~000~€"),
        ("1000.5", "EUR", "1~000,50~€"),
    ],
)
def test_money(value: str, currency: str, said: str) -> None:
    assert language("fr", "en").money(Decimal(value), currency) == said.replace("~", NBSP)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("2,8 M$ US, soit 7 234 926,20 $ US", "2,8\u00a0M$\u00a0US, soit 7\u00a0234\u00a0926,20\u00a0$\u00a0US"),
        ("trois millions : « oui »; non", "trois millions\u00a0: «\u00a0oui\u00a0»; non"),
        ("300 millions de dollars, 19 % des voix", "300\u00a0millions de dollars, 19\u00a0% des voix"),
        ("en 2026, 20 véhicules", "en 2026, 20 véhicules"),
        ("le 4 mai 2026 : rien", "le 4 mai 2026\u00a0: rien"),
    ],
)
def test_what_holds_together(typed: str, set_: str) -> None:
    assert french.bound(typed) == set_
    assert french.bound(set_) == set_
