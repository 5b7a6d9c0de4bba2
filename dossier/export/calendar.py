"""Days by which an answer is due, as a calendar (RFC 5545). Part of `export`, and of invitations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dossier.frozen import dataclass
from dossier.values import HIDDEN

_MOST = 75
"""Bytes that a line may have before it is folded (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Due:
    """An answer that is due: an id that never changes, the day as `2026-12-15`, and what the entry says."""

    uid: str
    day: str
    summary: str
    description: str
    url: str


def as_calendar(dues: Iterable[Due], today: date) -> bytes:
    """One all-day entry an answer. A calendar has at least one entry: without any, none may be made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dossier//reply deadlines//EN", "CALSCALE:GREGORIAN"]
    for due in dues:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(due.uid)}",
            f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{date.fromisoformat(due.day):%Y%m%d}",
            f"SUMMARY:{_text(due.summary)}",
            f"DESCRIPTION:{_text(due.description)}",
            f"URL:{_address(due.url)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _text(words: str) -> str:
    """A text value: a line end, or a character that parts values, must not end it (RFC 5545, 3.3.11)."""
    words = HIDDEN.sub(" ", words.replace("\r\n", "\n").replace("\r", "\n"))
    for character in "\\;,":
        words = words.replace(character, f"\\{character}")
    return words.replace("\n", "\\n")


def _address(url: str) -> str:
    return "".join(character for character in HIDDEN.sub("", url) if not character.isspace())


def _folded(line: str) -> Iterator[str]:
    """The line in parts of 75 bytes at most; no character is cut, and each part but the first begins with a blank."""
    part = ""
    size = 0
    for character in line:
        length = len(character.encode())
        if size + length > _MOST:
            yield part
            part, size = " ", 1
        part += character
        size += length
    yield part
