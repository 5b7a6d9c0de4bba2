"""Questions for a new record, one after the other on a terminal. An answer is judged at once, and asked for again.

A blank answer takes what is proposed, or leaves out what need not be said. The end of input and Ctrl-C end it all.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import date

from dossier.added import Value
from dossier.model import Amount, Citation, Claim, Company, Part, Response, Source
from dossier.newly import Key, Standing, faults, keys, proposed_id
from dossier.report import visible
from dossier.terminal import say

MOST = 12
"""Ids that are listed as choices; of more, those that hold what was typed are named."""
ASKED: dict[type[Part], tuple[str, ...]] = {
    Company: ("sector", "headquarters", "website", "nexus", "summary"),
    Claim: ("title", "date", "counterparty", "amount", "verified", "reply"),
    Source: ("author", "issued", "accessed", "url", "derived_from", "read"),
    Response: ("position", "statement", "citations", "reason", "deadline"),
    Citation: ("quote", "locator"),
    Amount: (),
}
"""Keys that are asked for beside those that must be there. The others are for a flag, or for an editor."""
ONLY_WHERE = {
    ("reason", "status"): ("not-asked",),
    ("deadline", "status"): ("invited",),
    ("citations", "status"): ("responded", "declined"),
}
"""Keys that are asked for where another has one of these values."""
TODAY = ("verified", "accessed")
"""Dates that are today's more often than not. An answer's date is, too."""

Ask = Callable[[str], str]


class Dialogue:
    """`ask` shows a prompt and gives what was typed. It raises `EOFError` at the end of input."""

    def __init__(self, stood: Standing, day: date, ask: Ask) -> None:
        self.stood = stood
        self.day = day
        self.ask = ask

    def fill(self, kind: str, cls: type[Part], values: dict[str, Value]) -> None:
        """Ask for what is not answered yet; the id last, since it is made of the rest."""
        for key in keys(cls).values():
            if key.name == "id" or key.name in values or not self.is_asked(key, values):
                continue
            self.answer(key, values)
        if "id" not in values:
            key = keys(cls)["id"]
            self.head(key, "id", "")
            values["id"] = self.word(key, "id", proposed_id(kind, values, self.stood.taken))

    def is_asked(self, key: Key, values: dict[str, Value]) -> bool:
        for (name, other), wanted in ONLY_WHERE.items():
            if key.name == name and other in values and values[other] not in wanted:
                return False
        asked = ASKED.get(key.owner)
        return key.required or asked is None or key.name in asked

    def answer(self, key: Key, values: dict[str, Value], above: str = "") -> bool:
        """Ask for the value of one key. Returns whether there is one."""
        name = f"{above}{key.name}"
        if key.inner is None or key.holds == "parts":
            self.head(key, name, "" if key.required else "Enter leaves it out")
        value: Value
        if key.holds == "text":
            value = self.texts(key, name)
        elif key.holds == "words":
            value = self.words(key, name)
        elif key.holds == "word":
            value = self.word(key, name, self.proposal(key, values), required=key.required)
        elif key.holds == "part":
            value = self.part(key, f"{name}.", key.required)
        else:
            value = self.parts(key, f"{name}.")
        if value:
            values[key.name] = value
        return bool(value)

    def head(self, key: Key, name: str, more: str) -> None:
        example = f" For example: {key.example}" if key.example else ""
        say("")
        say(textwrap.fill(f"{name}: {key.doc}{example}" + (f" ({more}.)" if more else ""), 100))
        choices = self.choices(key)
        if choices:
            shown = (f"{number} {word}" for number, word in enumerate(choices, 1))
            listed = textwrap.fill("   ".join(each.replace(" ", "\x00") for each in shown), 100)
            say(textwrap.indent(listed.replace("\x00", " "), "  "))

    def choices(self, key: Key) -> list[str]:
        if key.choices or key.ref is None:
            return [*key.choices]
        known = sorted(self.stood.ids.known(key.ref))
        return known if len(known) <= MOST else []

    def proposal(self, key: Key, values: dict[str, Value]) -> str:
        if key.name in TODAY or (key.owner is Response and key.name == "date"):
            return self.day.isoformat()
        return ""

    def word(self, key: Key, name: str, proposal: str = "", required: bool = True, in_list: bool = False) -> str:
        choices = self.choices(key)
        prompt = f"{name} [{proposal}]> " if proposal else f"{name}> "
        while True:
            typed = " ".join(self.ask(prompt).split()) or proposal
            if typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= len(choices):
                typed = choices[int(typed[:4]) - 1]
            if not typed and not required:
                return ""
            if not self.refused(key, [typed] if in_list else typed):
                return typed

    def refused(self, key: Key, value: Value) -> bool:
        found = faults(self.stood, key, value)
        for message, remedy in found:
            say(visible(f"  {message}. {remedy}".rstrip()))
        typed = value[0] if isinstance(value, list) else value
        if found and key.ref and isinstance(typed, str) and len(typed) > 1:
            near = [each for each in sorted(self.stood.ids.known(key.ref)) if typed.casefold() in each][:MOST]
            if near:
                say(visible(f"  With '{typed}' in them: {', '.join(near)}"))
        return bool(found)

    def texts(self, key: Key, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for code in self.stood.languages:
            required = key.required and not found and code == self.stood.languages[0]
            while True:
                typed = self.ask(f"{name} ({code})> " if len(self.stood.languages) > 1 else f"{name}> ").strip()
                if not typed and not required:
                    break
                if not self.refused(key, {code: typed}):
                    found[code] = typed
                    break
        return found

    def words(self, key: Key, name: str) -> list[str]:
        """A list, an answer a line."""
        found: list[str] = []
        while typed := self.word(key, name, required=key.required and not found, in_list=True):
            if typed in found:
                say(f"  '{visible(typed)}' is in the list.")
            else:
                found.append(typed)
                name = "another"
        return found

    def part(self, key: Key, above: str, required: bool) -> dict[str, Value]:
        """A record inside another. One that need not be there is left out by leaving out its first key."""
        assert key.inner is not None
        values: dict[str, Value] = {}
        for each in keys(key.inner).values():
            if not self.is_asked(each, values):
                continue
            if not required and not values and each.required:
                self.head(each, f"{above}{each.name}", f"Enter leaves out '{key.name}'")
                if not (typed := self.word(each, f"{above}{each.name}", required=False)):
                    return {}
                values[each.name] = typed
                continue
            self.answer(each, values, above)
        return values

    def parts(self, key: Key, above: str) -> list[dict[str, Value]]:
        found: list[dict[str, Value]] = []
        while True:
            if key.required and not found:
                made = self.part(key, above, True)
            elif found and not self.yes(f"Another of '{key.name}'? [y/N] "):
                return found
            else:
                made = self.part(key, above, bool(found))
            if not made:
                return found
            found.append(made)

    def yes(self, question: str, default: bool = False) -> bool:
        typed = self.ask(question).strip().casefold()
        return typed in ("y", "yes", "o", "oui") if typed else default
