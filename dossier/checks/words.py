"""What rules ask of a text: how many words, what stands outside quotation marks, how words are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_QUOTED = re.compile(r"«[^»]{0,600}»|“[^”]{0,600}”|\"(?:[^\"\n]|\n(?!\n)){0,600}\"")
_ADDRESS = re.compile(r"(?<=\])\([^()\s]{1,2000}\)")
_MARK = re.compile(r"\[@[^\[\]\n]*\]")


def count_words(text: str) -> int:
    """Words as white space parts them; punctuation that stands alone is none."""
    return sum(word.isalnum() or any(character.isalnum() for character in word) for word in text.split())


def outside_quotes(text: str) -> str:
    """The text with all that stands between « », “ ” or " ", and the addresses of links, blanked out, so that places in
    it stay the same."""
    if "](" in text:
        text = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def without_marks(text: str) -> str:
    """The text with its citation marks blanked out, so that places in it stay the same."""
    return _MARK.sub(lambda mark: " " * len(mark[0]), text) if "[@" in text else text


def folded(text: str) -> str:
    """Words without case, accents or kinds of apostrophe and blank, for comparison alone."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def once(text: str, places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The first place of each of these words in a text: what is said twice in one text is one finding."""
    return tuple({text[start:end].casefold(): (start, end) for start, end in reversed(list(places))}.values())


class WordList:
    """Words to look for, whole and in any case. An underscore stands for a blank, an apostrophe for both kinds."""

    def __init__(self, words: str) -> None:
        entries = sorted(words.split(), key=len, reverse=True)
        escaped = (re.escape(entry).replace("_", r"\s+").replace("'", "['’]") for entry in entries)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)", re.IGNORECASE)
        beginnings = {re.split("[_']", entry)[0] for entry in entries}
        self._beginnings = [b for b in beginnings if not any(b != o and b.startswith(o) for o in beginnings)]

    def found_in(self, text: str) -> Iterator[re.Match[str]]:
        """Where they stand in a text, outside its quotes."""
        lowered = text.lower()
        # Most texts hold none: looking for beginnings first is many times as fast as the pattern.
        for beginning in self._beginnings:
            if beginning in lowered:
                yield from self._pattern.finditer(outside_quotes(text))
                return
