"""Every word of the interface is translated: nothing missing, doubtful, left over, or with other blanks to fill."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from dossier.plan.draft_form import docs

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "gettext": None, "say": None, "ngettext": (1, 2), "count": (1, 2)}
"""The names that mark a message, and which of their arguments it is where there are more."""

Message = str | tuple[str, ...]


@cache
def printed() -> frozenset[Message]:
    """Every message that the templates and the program may print."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=lambda folder: not _is_hidden(folder))
    messages = {message if isinstance(message, str) else (*map(str, message),) for _, _, message, _, _ in found}
    return frozenset(messages | docs())


def _is_hidden(folder: str) -> bool:
    return Path(folder).name.startswith(".") or Path(folder).name in ("node_modules", "output", "tests")


def catalogue(language: str) -> Catalog:
    with (ROOT / "dossier" / "locale" / language / "LC_MESSAGES" / "dossier.po").open("rb") as file:
        return read_po(file, locale=language)


def complaints(wanted: frozenset[Message], found: Catalog) -> list[str]:
    held = {message.id: message for message in found if message.id}
    said = [f"not translated: {message!r}" for message in wanted - {*held}]
    said += [f"no longer printed: {message!r}" for message in {*held} - wanted]
    said += [f"no longer printed: {message.id!r}" for message in found.obsolete.values()]
    for key in wanted & {*held}:
        message = held[key]
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.fuzzy:
            said.append(f"marked as doubtful: {key!r}")
        if not all(texts):
            said.append(f"not translated: {key!r}")
        blanks = {*_blanks(" ".join(key) if isinstance(key, tuple) else key)}
        said += [f"other blanks to fill: {text!r}" for text in texts if text and {*_blanks(text)} != blanks]
    return sorted(said)


def _blanks(text: str) -> list[str]:
    # A translation may ask for a form of a value: `%(on_date)s` fills the blank of `%(date)s`.
    return [blank.rpartition("_")[2] for blank in re.findall(r"%\((\w+)\)[a-z]|%[a-z]", text)]


@pytest.mark.parametrize("language", ["fr"])
def test_every_message_is_translated(language: str) -> None:
    """After a change of words in a template or in dossier/plan, change them in the catalogue too."""
    assert complaints(printed(), catalogue(language)) == []


def test_messages_are_found() -> None:
    assert {"Skip to the content", ("%(n)s claim", "%(n)s claims")} <= printed()


@pytest.mark.parametrize(
    ("translation", "flags", "said"),
    [
        ("Il y a %(n)s sources", (), []),
        ("", (), ["not translated: '%(n)s sources'"]),
        ("Il y a des sources", (), ["other blanks to fill: 'Il y a des sources'"]),
        ("Il y a %(n)s sources", ("fuzzy",), ["marked as doubtful: '%(n)s sources'"]),
    ],
)
def test_what_is_wrong_is_found(translation: str, flags: tuple[str, ...], said: list[str]) -> None:
    found = Catalog(locale="fr")
    found.add("%(n)s sources", translation, flags=flags)
    assert complaints(frozenset({"%(n)s sources"}), found) == said
    assert complaints(frozenset(), found) == ["no longer printed: '%(n)s sources'"]
    assert complaints(frozenset({"%(n)s sources", "New"}), found) == sorted(["not translated: 'New'", *said])
