"""A data file in stretches: each record of its lists as it is typed, found without reading the file as YAML.

Of a file that was edited a hundred times most records were typed once. So the past reads each stretch once, wherever
and whenever it stands. Only files written as nearly all are can be cut: top-level keys alone on their lines, and lists
whose dashes stand in one column. In such a file no value can go on over a dash in that column, since it would have to
be indented further. `tests/test_stretches.py` holds what comes of it to what comes of whole files.
"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.patterns import regex

_SECTION = regex(r"\n(?=[^\s#-]|-\S)")
_KEY = regex(r"([a-z_]+):[ ]*(?:#[^\n]*)?(?=\n)")
_ABOUT = regex(r"about: ([a-z0-9-]{2,80})(?:[ ]*|\n[ ]*(?:#[^\n]*)?)*")
_LEAD = regex(r"(?:\n[ ]*(?:#[^\n]*)?(?=\n))*\n([ ]*)- ")
_NOTHING = regex(r"(?:\n|[ ]|#[^\n]*(?=\n|\Z))*")


def stretches(text: str) -> tuple[str, list[str]] | None:
    """What a file is about ('' for nothing), and each of its records as the only one of its list; None where the file
    cannot be cut."""
    about, found, met = "", list[str](), set[str]()
    for section in _SECTION.split("\n" + text):
        key = _KEY.match(section)
        if key is None:
            named = _ABOUT.fullmatch(section)
            if named and "about" not in met:
                about = named[1]
                met.add("about")
            elif not _NOTHING.fullmatch(section):
                return None
            continue
        lead = _LEAD.match(section, key.end())
        if lead is None or key[1] in met or key[1] == "about":
            return None
        met.add(key[1])
        found += _items(key[1], section[lead.start(1) :], lead[1])
    return (about, found) if found else None


def _items(key: str, items: str, indent: str) -> Iterator[str]:
    for item in f"\n{items}".split(f"\n{indent}- ")[1:]:
        yield f"{key}:\n{indent}- {item}\n"
