"""The words of one language: translations, dates, money, lists. Part of `plan` and `render`.

Catalogues are gettext's (`locale/<code>/LC_MESSAGES/dossier.po`), read as they are: what is compiled is a built file.
French follows Canadian usage (Office québécois de la langue française, « Espacement »): a no-break space before the
colon, inside guillemets and before $ and %, none before ; ! ?.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from dossier import french
from dossier.dates import Edtf, Point
from dossier.values import Text

LOCALES = Path(__file__).parent / "locale"
_DOLLARS = {"USD": "US", "CAD": "C", "AUD": "A", "NZD": "NZ"}
_DOLLARS_FR = {"USD": "US", "CAD": "CA", "AUD": "AU", "NZD": "NZ"}
NBSP = "\u00a0"


@dataclass(frozen=True)
class Language:
    """One language of the site. Methods give text for readers; none of them gives markup."""

    code: str
    locale: Locale
    messages: dict[str, str | tuple[str, ...]]
    default: str

    @property
    def tag(self) -> str:
        """The BCP 47 tag for `lang`, with the territory whose usage dates and money follow."""
        here = self.locale.territory if self.locale.language == self.code else None
        return f"{self.code}-{here}" if here else self.code

    @property
    def own_name(self) -> str:
        try:
            name = Locale.parse(self.code, sep="-").get_display_name() or self.code
        except (UnknownLocaleError, ValueError):
            return self.code
        return name[0].upper() + name[1:]

    def gettext(self, message: str) -> str:
        found = self.messages.get(message)
        return found if isinstance(found, str) and found else message

    def ngettext(self, one: str, many: str, count: int) -> str:
        found = self.messages.get(one)
        if isinstance(found, tuple) and all(found):
            # CLDR's French has a third form for millions; gettext's catalogues have two.
            return found[0 if (count < 2 if self.code == "fr" else count == 1) else 1]
        return one if count == 1 else many

    def count(self, one: str, many: str, count: int) -> str:
        """A number with its noun: `count("%(n)s claim", "%(n)s claims", 3)`."""
        return self.ngettext(one, many, count) % {"n": self.number(count)}

    def text(self, text: Text | None) -> str:
        """The text in this language; where it has none, in the language it has."""
        if text is None:
            return ""
        said = text.get(self.code)
        if said is None:
            return text.get(self.default) or text.versions[0][1]
        return self.typeset(said)

    def typeset(self, words: str) -> str:
        """Words of this language as they are set. Not for quotes, which stay as their source has them."""
        return french.bound(words) if self.code == "fr" else words

    def number(self, value: int | Decimal) -> str:
        return format_decimal(value, locale=self.locale)

    def money(self, value: Decimal, currency: str) -> str:
        """US$7,234,926.20 and 7 234 926,20 $ US: cents only where the source gave them, no-break spaces throughout."""
        whole = value == value.to_integral_value()
        digits = format_decimal(value, format="#,##0" if whole else "#,##0.00##", locale=self.locale)
        digits = digits.replace("\u202f", NBSP)
        if self.code == "fr" and currency in _DOLLARS_FR:
            return f"{digits}{NBSP}${NBSP}{_DOLLARS_FR[currency]}"
        if self.code == "en" and currency in _DOLLARS:
            return f"{_DOLLARS[currency]}${digits}"
        shape = self.locale.currency_formats["standard"].pattern.replace("0.00", "0" if whole else "0.00##")
        said = format_currency(value, currency, locale=self.locale, currency_digits=False, format=shape)
        return said.replace("\u202f", NBSP)

    def listed(self, items: Iterable[str]) -> str:
        return format_list(list(items), locale=self.locale)

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
            return format_date(point.earliest, "LLLL y" if self.code != "fr" else "MMMM y", locale=self.locale)
        said = format_date(point.earliest, "d MMMM y", locale=self.locale)
        return re.sub(r"^1 ", f"1er{NBSP}", said) if self.code == "fr" else said

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
        try:
            return Locale.parse(code, sep="-").get_display_name(self.locale) or code
        except (UnknownLocaleError, ValueError):
            return code

    def country(self, code: str) -> str:
        return str(self.locale.territories.get(code, code))

    def quoted(self, words: str, language: str) -> str:
        """A quote between the marks of its own language."""
        words = words.strip()
        for left, right in ("“”", "«»"):
            if words.startswith(left) and words.endswith(right) and left not in words[1:] and len(words) > 2:
                words = words[1:-1].strip()
        return f"«{NBSP}{words}{NBSP}»" if language.startswith("fr") else f"“{words}”"


@lru_cache
def _messages(code: str) -> dict[str, str | tuple[str, ...]]:
    path = LOCALES / code / "LC_MESSAGES" / "dossier.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    return {
        (message.id if isinstance(message.id, str) else message.id[0]): message.string
        if isinstance(message.string, str)
        else tuple(message.string or ())
        for message in catalogue
        if message.id and not message.fuzzy
    }


@lru_cache
def language(code: str, default: str) -> Language:
    """The language `code`, on a site whose first language is `default`. Unknown codes get English words."""
    try:
        locale = Locale.parse({"en": "en_CA", "fr": "fr_CA"}.get(code, code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en_CA")
    return Language(code, locale, _messages(code), default)
