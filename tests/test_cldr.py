"""What is known of English and French without Babel is what Babel says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, get_currency_name
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier import cldr
from dossier.language import LOCALES, NBSP, _messages, language

CODES = ["en", "fr"]
BABEL = {code: Locale.parse(f"{code}_{cldr.TERRITORY[code]}") for code in CODES}


@pytest.mark.parametrize("code", CODES)
def test_names_are_those_of_the_cldr(code: str) -> None:
    babel = BABEL[code]
    for form in ("format", "stand-alone"):
        assert [babel.months[form]["wide"][month] for month in range(1, 13)] == cldr.MONTHS[code]
    assert {name: Locale.parse(name).get_display_name(babel) for name in cldr.LANGUAGES[code]} == cldr.LANGUAGES[code]
    assert {name: babel.territories[name] for name in cldr.COUNTRIES[code]} == cldr.COUNTRIES[code]
    names = {name: get_currency_name(name, count=2, locale=babel) for name in cldr.CURRENCIES[code]}
    assert names == cldr.CURRENCIES[code]


def test_both_languages_know_the_same() -> None:
    for table in (cldr.LANGUAGES, cldr.COUNTRIES, cldr.CURRENCIES):
        assert table["en"].keys() == table["fr"].keys()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("items", [[], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]])
def test_lists_are_those_of_the_cldr(code: str, items: list[str]) -> None:
    assert language(code, "en").listed(items) == format_list(items, locale=BABEL[code])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 10**12), st.decimals(0, 10**12, places=4), st.sampled_from(CODES), st.sampled_from([*cldr.SIGNS]))
def test_numbers_are_those_of_the_cldr(number: int, value: Decimal, code: str, currency: str) -> None:
    words, babel = language(code, "en"), BABEL[code]
    assert words.number(number) == format_decimal(number, locale=babel)
    for each, cents in ((value, "0.00##"), (Decimal(number), "0")):
        shape = babel.currency_formats["standard"].pattern.replace("0.00", "0" if each % 1 == 0 else cents)
        said = format_currency(each, currency, locale=babel, currency_digits=False, format=shape)
        assert words.money(each, currency) == said.replace("\u202f", NBSP)


def test_a_catalogue_is_read_as_babel_reads_it() -> None:
    with (LOCALES / "fr/LC_MESSAGES/dossier.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="fr") if message.id]
    assert {one.id if isinstance(one.id, str) else one.id[0]: one.string for one in messages} == _messages("fr")


PO = r"""msgid ""
msgstr "Language: xx\n"

# A note.
#, fuzzy
msgid "doubtful"
msgstr "no"

#~ msgid "gone"
#~ msgstr "no"

msgid ""
"two "
"lines, \"quoted\"\\"
msgstr ""
"d'une\n"
"\tligne"

#, python-format
msgid "%(n)s claim"
msgid_plural "%(n)s claims"
msgstr[0] "%(n)s un"
msgstr[1] "%(n)s deux"

msgid "open"
msgstr ""
"""


def test_what_a_catalogue_may_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "xx/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "dossier.po").write_text(PO, "utf-8")
    monkeypatch.setattr("dossier.language.LOCALES", tmp_path)
    _messages.cache_clear()
    held = {
        'two lines, "quoted"\\': "d'une\n\tligne",
        "%(n)s claim": ("%(n)s un", "%(n)s deux"),
        "open": "",
    }
    try:
        assert _messages("xx") == held
        assert language("xx", "en").gettext("open") == "open"
    finally:
        _messages.cache_clear()
        language.cache_clear()
