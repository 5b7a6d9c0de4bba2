"""The words of one language: translations, dates, money, lists. Part of `plan` and `render`.

Catalogues are gettext's (`locale/<code>/LC_MESSAGES/dossier.po`), read as they are: what is compiled is a built file.
French follows Canadian usage (Office québécois de la langue française, « Espacement »): a no-break space before the
colon, inside guillemets and before $ and %, none before ; ! ?.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dossier import cldr, french
from dossier.dates import Edtf, Point
from dossier.patterns import regex
from dossier.values import Text

if TYPE_CHECKING:
    from babel import Locale

LOCALES = Path(__file__).parent / "locale"
_DOLLARS = {"USD": "US", "CAD": "C", "AUD": "A", "NZD": "NZ"}
_DOLLARS_FR = {"USD": "US", "CAD": "CA", "AUD": "AU", "NZD": "NZ"}
NBSP = "\u00a0"
KEPT = 20_000
"""Dates, sums and the like that one language keeps in words, of each kind: most come again."""

K = TypeVar("K")


class _Kept(dict[K, str]):
    """What was said of each key."""

    def __init__(self, say: Callable[[K], str]) -> None:
        self._say = say

    def __missing__(self, key: K) -> str:
        if len(self) >= KEPT:
            self.clear()
        said = self[key] = self._say(key)
        return said


class Language:
    """One language of the site. Methods give text for readers; none of them gives markup."""

    def __init__(self, code: str, messages: dict[str, str | tuple[str, ...]], default: str) -> None:
        self.code = code
        self.messages = messages
        self.default = default
        self.said = {message: said for message, said in messages.items() if isinstance(said, str) and said}
        """Messages without a number, as they are said; a message that is not among them is said as it is."""
        self._known = code in cldr.TERRITORY
        self._sums: _Kept[tuple[Decimal, str]] = _Kept(lambda asked: self._money(*asked))
        self._numbers = _Kept(self._number)
        self._counts: _Kept[tuple[str, str, int]] = _Kept(lambda asked: self._count(*asked))
        self._names = _Kept(self._name)
        self._dates: dict[str, str] = {}

    @cached_property
    def locale(self) -> Locale:
        """What Babel knows of the language; of one that it does not know, English."""
        from babel import Locale
        from babel.core import UnknownLocaleError

        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(_tag(self.code).replace("-", "_"))
        return Locale.parse("en_CA")

    @property
    def tag(self) -> str:
        """The BCP 47 tag for `lang`, with the territory whose usage dates and money follow."""
        if self._known:
            return _tag(self.code)
        here = self.locale.territory if self.locale.language == self.code else None
        return f"{self.code}-{here}" if here else self.code

    @cached_property
    def own_name(self) -> str:
        name = (cldr.LANGUAGES[self.code] if self._known else {}).get(self.code) or _display_name(self.code, None)
        return name if name == self.code else name[0].upper() + name[1:]

    def gettext(self, message: str) -> str:
        return self.said.get(message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        found = self.messages.get(one)
        if isinstance(found, tuple) and all(found):
            # CLDR's French has a third form for millions; gettext's catalogues have two.
            return found[0 if (count < 2 if self.code == "fr" else count == 1) else 1]
        return one if count == 1 else many

    def count(self, one: str, many: str, count: int) -> str:
        """A number with its noun: `count("%(n)s claim", "%(n)s claims", 3)`."""
        return self._counts[one, many, count]

    def _count(self, one: str, many: str, count: int) -> str:
        return self.ngettext(one, many, count) % {"n": self.number(count)}

    def text(self, text: Text | None) -> str:
        """The text in this language; where it has none, in the language it has."""
        if text is None:
            return ""
        for code, said in text.versions:
            if code == self.code:
                return self.typeset(said)
        return text.get(self.default) or text.versions[0][1]

    def typeset(self, words: str) -> str:
        """Words of this language as they are set. Not for quotes, which stay as their source has them."""
        return french.bound(words) if self.code == "fr" else words

    def number(self, value: int) -> str:
        return self._numbers[value]

    def _number(self, value: int) -> str:
        if self._known:
            return f"{value:,}".replace(",", cldr.GROUP[self.code])
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale)

    def money(self, value: Decimal, currency: str) -> str:
        """US$7,234,926.20 and 7 234 926,20 $ US: cents only where the source gave them, no-break spaces throughout."""
        return self._sums[value, currency]

    def _money(self, value: Decimal, currency: str) -> str:
        whole = value == value.to_integral_value()
        if self._known:
            units, _, cents = f"{value:,.4f}".partition(".")
            digits = units.replace(",", cldr.GROUP[self.code])
            if not whole:
                digits += cldr.POINT[self.code] + cents.rstrip("0").ljust(2, "0")
            sign = cldr.SIGNS.get(currency)
            if self.code == "fr" and (sign or currency in _DOLLARS_FR):
                return f"{digits}{NBSP}{sign or f'${NBSP}{_DOLLARS_FR[currency]}'}"
            if self.code == "en" and (sign or currency in _DOLLARS):
                return f"{sign or f'{_DOLLARS[currency]}$'}{digits}"
        from babel.numbers import format_currency

        shape = self.locale.currency_formats["standard"].pattern.replace("0.00", "0" if whole else "0.00##")
        said = format_currency(value, currency, locale=self.locale, currency_digits=False, format=shape)
        return said.replace("\u202f", NBSP)

    def currency(self, code: str) -> str:
        """The name of a currency as it follows a number: US dollars."""
        if self._known and code in cldr.CURRENCIES[self.code]:
            return cldr.CURRENCIES[self.code][code]
        from babel.numbers import get_currency_name

        return get_currency_name(code, count=2, locale=self.locale)

    def listed(self, items: Iterable[str]) -> str:
        words = list(items)
        if self._known:
            *first, last = words or [""]
            return f"{', '.join(first)}{cldr.AND[self.code]}{last}" if first else last
        from babel.lists import format_list

        return format_list(words, locale=self.locale)

    def _month(self, month: int, alone: bool) -> str:
        if self._known:
            return cldr.MONTHS[self.code][month - 1]
        return str(self.locale.months["stand-alone" if alone else "format"]["wide"][month])

    def _point(self, point: Point) -> str:
        if point.century:
            return self.gettext("between %(first)s and %(last)s") % {
                "first": point.year // 100 * 100,
                "last": point.year // 100 * 100 + 99,
            }
        if point.decade:
            return self.gettext("the %(year)ss") % {"year": point.year}
        if point.month is None:
            return str(point.year)
        if point.month > 12:
            seasons = {
                21: self.gettext("spring %(year)s"),
                22: self.gettext("summer %(year)s"),
                23: self.gettext("fall %(year)s"),
                24: self.gettext("winter %(year)s"),
            }
            return seasons[point.month] % {"year": point.year}
        if point.day is None:
            return f"{self._month(point.month, alone=True)} {point.year}"
        day = f"1er{NBSP}" if point.day == 1 and self.code == "fr" else f"{point.day} "
        return f"{day}{self._month(point.month, alone=False)} {point.year}"

    def point(self, point: Point) -> str:
        """One end of a date in words, with its doubt."""
        said = self._point(point)
        the_date = french.the(point, said)
        if point.approximate and point.uncertain:
            return self.gettext("perhaps about %(date)s") % {"date": said, "the_date": the_date}
        if point.approximate:
            return self.gettext("about %(date)s") % {"date": said, "the_date": the_date}
        return self.gettext("%(date)s, uncertain") % {"date": said} if point.uncertain else said

    def date(self, date: Edtf | None) -> str:
        """A date in words, no more precise than it is; '' for none.

        Messages may take a date in the forms that French needs: `the_date` (« le 4 mai »), `until_date`, `of_start`,
        `to_end` (« du 4 mai au 6 mai »).
        """
        if date is None:
            return ""
        said = self._dates.get(date.text)
        if said is None:
            if len(self._dates) >= KEPT:
                self._dates.clear()
            said = self._dates[date.text] = self._date(date)
        return said

    def _date(self, date: Edtf) -> str:
        if not date.interval:
            assert date.start
            return self.point(date.start)
        start = french.end(date.start, self._point(date.start)) if date.start else ""
        end = french.end(date.end, self._point(date.end)) if date.end else ""
        if date.end is None:
            assert date.start
            return self.gettext("since %(date)s") % {"date": self.point(date.start), "the_date": start}
        if date.start is None:
            return self.gettext("until %(date)s") % {"date": self.point(date.end), "until_date": french.until(end)}
        return self.gettext("%(start)s to %(end)s") % {
            "start": self.point(date.start),
            "of_start": french.after("de", start),
            "end": self.point(date.end),
            "to_end": french.after("à", end),
        }

    def on(self, date: Edtf) -> str:
        """The date as it follows what was done then: for messages that take `on_date` beside `date`."""
        point = date.start
        if self.code != "fr" or date.interval or point is None or point.approximate:
            return self.date(date)
        return french.on(point, self.date(date))

    def of(self, name: str) -> str:
        """A name as the owner of something: for messages that take `of_company` beside `company`."""
        return french.after("de", name) if self.code == "fr" else name

    def language_name(self, code: str) -> str:
        return self._names[code]

    def _name(self, code: str) -> str:
        known = cldr.LANGUAGES[self.code].get(code) if self._known else None
        return known or _display_name(code, self.locale)

    def country(self, code: str) -> str:
        known = cldr.COUNTRIES[self.code].get(code) if self._known else None
        return known or str(self.locale.territories.get(code, code))

    def quoted(self, words: str, language: str) -> str:
        """A quote between the marks of its own language."""
        words = words.strip()
        for left, right in ("“”", "«»") if words[:1] in ("“", "«") else ():
            if words.startswith(left) and words.endswith(right) and left not in words[1:] and len(words) > 2:
                words = words[1:-1].strip()
        return f"«{NBSP}{words}{NBSP}»" if language.startswith("fr") else f"“{words}”"


def _tag(code: str) -> str:
    return f"{code}-{cldr.TERRITORY[code]}" if code in cldr.TERRITORY else code


def _display_name(code: str, locale: Locale | None) -> str:
    """The name of a language in another, or in itself."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    with suppress(UnknownLocaleError, ValueError):
        return Locale.parse(code, sep="-").get_display_name(locale) or code
    return code


_ENTRY = regex(r'^(msg\w+(?:\[\d\])?)((?:\s+"(?:[^"\\\n]|\\.)*")+)', re.MULTILINE)
_STRING = regex(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = regex(r"\\(.)")


@lru_cache
def _messages(code: str) -> dict[str, str | tuple[str, ...]]:
    """The messages of a catalogue with their translations: two where there is a number. Doubtful ones are left out."""
    path = LOCALES / code / "LC_MESSAGES" / "dossier.po"
    if not path.is_file():
        return {}
    found: dict[str, str | tuple[str, ...]] = {}
    for entry in path.read_text("utf-8").split("\n\n"):
        parts = {
            key: _ESCAPED.sub(
                lambda escape: {"n": "\n", "t": "\t"}.get(escape[1], escape[1]), "".join(_STRING.findall(text))
            )
            for key, text in _ENTRY.findall(entry)
        }
        if parts.get("msgid") and "#, fuzzy" not in entry:
            plural = "msgid_plural" in parts
            found[parts["msgid"]] = (parts["msgstr[0]"], parts["msgstr[1]"]) if plural else parts["msgstr"]
    return found


@lru_cache
def language(code: str, default: str) -> Language:
    """The language `code`, on a site whose first language is `default`. Unknown codes get English words."""
    return Language(code, _messages(code), default)


def forget() -> None:
    """Read translations anew when they are next needed."""
    language.cache_clear()
    _messages.cache_clear()
