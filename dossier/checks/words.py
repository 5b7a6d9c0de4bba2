"""What rules ask of a text: how many words, what stands outside quotation marks, how words are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dossier.patterns import regex

QUOTED = regex(r"«[^»]{0,600}»|“[^”]{0,600}”|\"(?:[^\"\n]|\n(?!\n)){0,600}\"")
"""What stands between quotation marks, of English or of French."""
_ADDRESS = regex(r"(?<=\])\([^()\s]{1,2000}\)")
_MARK = regex(r"\[@[^\[\]\n]*\]")


def count_words(text: str) -> int:
    """Words as white space parts them; punctuation that stands alone is none."""
    return sum(word.isalnum() or any(character.isalnum() for character in word) for word in text.split())


def outside_quotes(text: str) -> str:
    """The text with all that stands between « », “ ” or " ", and the addresses of links, blanked out, so that places in
    it stay the same."""
    if "](" in text:
        text = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
    if "«" in text or "“" in text or '"' in text:
        text = QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    return text


def without_marks(text: str) -> str:
    """The text with its citation marks blanked out, so that places in it stay the same."""
    return _MARK.sub(lambda mark: " " * len(mark[0]), text) if "[@" in text else text


def once(text: str, places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The first place of each of these words in a text: what is said twice in one text is one finding."""
    return tuple({text[start:end].casefold(): (start, end) for start, end in reversed(list(places))}.values())


def _roughly() -> bytes:
    """What each byte of a text in UTF-8 becomes before it is cut into rough words: ASCII letters and digits stay, what
    begins or is part of a Latin letter with an accent is left out, all else is a blank (so are the ends of × and ÷)."""
    kept = {byte: byte for byte in range(128) if chr(byte).isalnum()}
    return bytes(kept.get(byte, 32) for byte in range(256))


_ROUGHLY = _roughly()
_LEFT_OUT = bytes((0xC3, 0xC5, *(byte for byte in range(0x80, 0xC0) if byte not in (0x97, 0xB7))))


def rough_words(text: str) -> list[bytes]:
    """The words of a text in lower case and without letters that are not ASCII: enough to see quickly that a word is
    not among them, since this takes a third of the time of a pattern."""
    return text.lower().encode("utf-8", "surrogatepass").translate(_ROUGHLY, _LEFT_OUT).split()


class WordList:
    """Words to look for, whole and in any case. An underscore stands for a blank, an apostrophe for both kinds."""

    def __init__(self, words: str) -> None:
        entries = sorted(words.split(), key=len, reverse=True)
        escaped = (re.escape(entry).replace("_", r"\s+").replace("'", "['’]") for entry in entries)
        self.pattern = regex(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)", re.IGNORECASE)
        self._beginnings = frozenset(rough_words(re.split("[_']", entry)[0])[0] for entry in entries)

    def found_in(self, text: str) -> Iterator[re.Match[str]]:
        """Where they stand in a text, outside its quotes."""
        if self.may_be_in(text):
            yield from self.pattern.finditer(outside_quotes(text))

    def may_be_in(self, text: str) -> bool:
        """False where none of them stands in a text."""
        return not self._beginnings.isdisjoint(rough_words(text))
