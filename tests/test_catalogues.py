"""The catalogues as text: typography of Canadian French (OQLF, « Espacement »), and a header gettext can read.

That every message is there, and with its blanks, is for test_translations.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parents[1] / "dossier" / "locale"
FRENCH = LOCALES / "fr" / "LC_MESSAGES" / "dossier.po"
NBSP = "\u00a0"

RULES = {
    "a narrow no-break space": re.compile("\u202f"),
    "a straight apostrophe or quote mark": re.compile("['\"]"),
    "an English quote mark": re.compile("[“”]"),
    "three dots": re.compile(r"\.\.\."),
    "no no-break space inside guillemets": re.compile(f"«(?!{NBSP})|(?<!{NBSP})»"),
    "no no-break space before a colon": re.compile(f"(?<!{NBSP}):"),
    "no no-break space before a dollar or per cent sign": re.compile(f"(?<!{NBSP})(?:\\$|%%)"),
    "a space before ; ! or ?": re.compile(r"\s[;!?]"),
    "a no-break space where none is needed": re.compile(f"{NBSP}(?![:$»]|%%)(?<!«{NBSP})"),
    "two spaces, or a space at an end": re.compile(rf"[ {NBSP}]{{2}}|^ |(?<!:) $"),
}


def faults(text: str) -> list[str]:
    return [what for what, pattern in RULES.items() if pattern.search(text)]


def french() -> list[str]:
    with FRENCH.open("rb") as file:
        found = [message for message in read_po(file, locale="fr") if message.id]
    return [text for each in found for text in ([each.string] if isinstance(each.string, str) else each.string or ())]


def test_french_typography() -> None:
    assert {text: faults(text) for text in french() if faults(text)} == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Pourquoi\u202f?", "a narrow no-break space"),
        ("l'origine", "a straight apostrophe or quote mark"),
        ("la mention “Rapporté”", "an English quote mark"),
        ("et ainsi de suite...", "three dots"),
        ("la mention «Rapporté»", "no no-break space inside guillemets"),
        ("Source : %(name)s", "no no-break space before a colon"),
        ("Source: %(name)s", "no no-break space before a colon"),
        ("%(money)s $ US", "no no-break space before a dollar or per cent sign"),
        ("%(share)s %% de l’échelle", "no no-break space before a dollar or per cent sign"),
        ("Pourquoi ?", "a space before ; ! or ?"),
        (f"un{NBSP}lien", "a no-break space where none is needed"),
        ("un lien ", "two spaces, or a space at an end"),
    ],
)
def test_each_rule_finds_its_fault(text: str, fault: str) -> None:
    assert fault in faults(text)


@pytest.mark.parametrize("text", [f"«{NBSP}Rapporté{NBSP}»{NBSP}: 5{NBSP}$, 3{NBSP}%%; pourquoi?", f"{NBSP}: "])
def test_what_is_right_is_let_through(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize("path", sorted(LOCALES.rglob("*.po")), ids=lambda path: path.parts[-3])
def test_the_header_says_how_to_read_the_file(path: Path) -> None:
    head = path.read_text("utf-8").partition("\n\n")[0]
    assert "charset=utf-8" in head.lower()
    assert "Plural-Forms: nplurals=" in head


def test_messages_are_sorted_and_name_no_lines() -> None:
    text = FRENCH.read_text("utf-8")
    assert not re.search(r"^#(?:[:~|]|, (?!python-format$))", text, re.MULTILINE)
    with FRENCH.open("rb") as file:
        ids = [each.id if isinstance(each.id, str) else each.id[0] for each in read_po(file) if each.id]
    assert ids == sorted(ids)
