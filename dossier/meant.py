"""What a typed value was probably meant to be, where only one reading of it is possible."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from itertools import takewhile

from dossier.dates import parse_edtf
from dossier.document import Document, Node, Scalar
from dossier.values import CURRENCY, ID, URL

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan january janv janvier",
            "feb february févr fév février fevrier",
            "mar march mars",
            "apr april avr avril",
            "may mai",
            "jun june juin",
            "jul july juil juillet",
            "aug august août aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december déc décembre decembre",
        ),
        1,
    )
    for month in names.split()
}
_CURRENCIES = {
    "us$": "USD", "$us": "USD", "$ us": "USD", "us dollars": "USD", "c$": "CAD", "ca$": "CAD", "can$": "CAD",
    "$ca": "CAD", "$ ca": "CAD", "cdn": "CAD", "cdn$": "CAD", "a$": "AUD", "€": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "us": "USD",
}  # fmt: skip


def bare(text: str) -> str:
    """The text without curly quotation marks around it."""
    found = re.fullmatch(r"[“”„‘’]([^“”„‘’]+)[“”‘’]", text)
    return found[1].strip() if found else text


def meant_date(text: str) -> str:
    """The same date as EDTF, where only one reading of it is possible; else ''. 03/04/2025 has two readings."""
    typed, text = text, " ".join(bare(text[:100]).split())
    found = ""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        found = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    elif match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})", text):
        found = f"{match[1]}-{int(match[2]):02}"
    elif match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        first, second = int(match[1]), int(match[2])
        if (first > 12) != (second > 12) or first == second:
            found = f"{match[3]}-{min(first, second):02}-{max(first, second):02}"
    elif match := re.fullmatch(r"(?:le )?(\d{1,2})(?:st|nd|rd|th|er)? ([^\W\d]+)\.?,? (\d{4})", text, re.IGNORECASE):
        found = _named(match[3], match[2], match[1])
    elif match := re.fullmatch(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", text, re.IGNORECASE):
        found = _named(match[3], match[1], match[2])
    elif match := re.fullmatch(r"([^\W\d]+)\.?,? (\d{4})", text):
        found = _named(match[2], match[1], "")
    elif text != typed:
        found = text
    try:
        parse_edtf(found)
    except ValueError:
        return ""
    return found


def _named(year: str, month: str, day: str) -> str:
    number = _MONTHS.get(month.casefold())
    return "" if number is None else f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def date_hint(text: str) -> str:
    """What to write for something that is no date; '' where nobody can know."""
    if found := meant_date(text):
        return f"Did you mean {found}?"
    if (match := re.fullmatch(r"(\d{4})-(\d\d)-\d\d", text)) and "01" <= match[2] <= "12" and match[1] > "0000":
        month = f"{match[1]}-{match[2]}"
        return f"Write a day from {month}-01 to {month}-{monthrange(int(match[1]), int(match[2]))[1]}."
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        first, second, year = (int(part) for part in match.groups())
        if 1 <= first <= 12 and 1 <= second <= 12:
            return f"Write {year:04}-{second:02}-{first:02} or {year:04}-{first:02}-{second:02}, whichever is meant."
    return ""


def meant_id(text: str) -> str:
    """The text as an id; '' where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", text[:200].casefold().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    found = re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "").replace("’", "")).strip("-")
    return found if ID.fits(found) else ""


def meant_url(text: str) -> str:
    """An address whose beginning is misspelt or left out, or that holds blanks; else ''."""
    text = bare(text).strip("<>")
    rest = re.sub(r"^(?:h?t{1,3}ps?|https?)(?::/{0,3}|;//?|//)", "", text, flags=re.IGNORECASE)
    if rest == text and ":" in text.split("/")[0]:
        return ""
    if not re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)", rest):
        return ""
    scheme = "http" if re.match(r"h?t+p\b", text, re.IGNORECASE) and text != rest else "https"
    found = f"{scheme}://{'%20'.join(rest.split())}"
    return found if URL.fits(found) else ""


def meant_code(text: str) -> str:
    """A code of two or three capitals for what was typed; else ''."""
    plain = bare(text)
    found = _CURRENCIES.get(plain.casefold(), plain.upper())
    return found if CURRENCY.fits(found) or re.fullmatch("[A-Z]{2}", found) else ""


def meant_truth(text: str) -> str:
    """'true' or 'false' for another word that says so; else ''."""
    plain = bare(text).casefold()
    if plain in ("true", "yes", "y", "on", "oui", "vrai", "1"):
        return "true"
    return "false" if plain in ("false", "no", "n", "off", "non", "faux", "0") else ""


def as_keys(node: Node) -> str:
    """What to do where a colon without a space after it makes one value of a key and its value."""
    typed = re.fullmatch(r"([a-z_]{2,40}):(\S.{0,60})", node.text) if isinstance(node, Scalar) else None
    return f"Put a space after the colon: {typed[1]}: {typed[2]}" if typed else ""


def as_list(document: Document, node: Node) -> str:
    """What to write for a single value or record where a list belongs."""
    line, column = node.start
    lines = document.lines()[line - 1 : line + 12]
    typed = lines[0][column - 1 :] if lines else ""
    if isinstance(node, Scalar):
        typed = typed[: node.end[1] - column] if node.end[0] == line else ""
        if typed and len(typed) <= 60 and ": " not in typed and "," not in typed:
            return f"Put brackets around it: [{typed}]"
        return "Begin each item with '- ' on a line of its own, or write [one, two]."
    if typed.startswith("{"):
        whole = typed[: node.end[1] - column] if node.end[0] == line else ""
        return f"Put brackets around it: [{whole if len(whole) <= 60 else '{…}'}]"
    inside = list(takewhile(lambda each: not each[: column - 1].strip(), lines))
    if len(inside) == len(lines) > 12:
        return "Begin it with a hyphen and a space, and indent its other lines alike."
    margin = " " * (column - 1)
    new = [f"{margin}{'  ' if number else '- '}{each[column - 1 :]}".rstrip() for number, each in enumerate(inside)]
    return "\n".join(["Begin it with a hyphen, and indent its other lines alike:", *new]).rstrip()
