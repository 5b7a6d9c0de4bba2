"""A page of the web as a source: its record put together from what the page says, each value with where it comes from.

What a page says of itself is a stranger's word. A value that nothing else in the page speaks for gives way to one that
something does, one that no data file may hold is left out, and a person sees all of it before anything is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from dossier.added import Value
from dossier.answers import Answer, Refusal
from dossier.described import Described, Told, described, plain
from dossier.frozen import dataclass, field
from dossier.model import Publisher, Source
from dossier.newly import Standing, faults, keys, missing
from dossier.page_text import PageText, Unreadable, looks_empty, text_of
from dossier.patterns import regex
from dossier.same_page import cleaned, path_of, site_of, source_at
from dossier.wayback import Capture, Wayback
from dossier.wires import agency, is_agency

NEAR = 183
"""Days: a copy in an archive that is further from today may show another text."""
_DAY = regex(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?![\d])")
_EPOCH = date(1970, 1, 1)
_BY = regex(r"^(?:by|par|de)\s*:?\s+", re.IGNORECASE)
_OFFICIAL = regex(r"(?:^|\.)(?:gc\.ca|canada\.ca|parl\.ca|gov|mil|gov\.[a-z]{2}|gouv\.[a-z.]+|[a-z]{2}\.gov)$")
_KINDS = (
    (r"citation .*|ScholarlyArticle", "article-journal"),
    (r"BlogPosting|LiveBlogPosting", "post-weblog"),
    (r"Report|GovernmentDocument|.*Document", "report"),
    (r".*NewsArticle|Article|.*Article|article", "article-newspaper"),
)
_WORDS = {
    "en": frozenset("the of and to in is that for was with by said from has".split()),
    "fr": frozenset("le la les des et du une est que pour dans qui sur par au".split()),
}


@dataclass(slots=True)
class Draft:
    """A record being put together: its values, where each comes from, and what a person should know."""

    values: dict[str, Value] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def known(url: str, stood: Standing) -> Source | None:
    """The source that has this page already, however its address is written."""
    return source_at([url], stood.records.sources)


def drafted(
    stood: Standing, url: str, answer: Answer, today: date, given: Mapping[str, str], archive: Wayback | None
) -> Draft:
    """The record of a page that was fetched from `url`. What is `given` by key goes before what the page says. An
    archived copy is looked up where there is an `archive`."""
    draft = _Draft(stood, url, answer, today)
    draft.fill(dict(given))
    if archive is not None:
        draft.archived(archive)
    for name in missing(Source, draft.values):
        draft.notes.append(f"The page does not say its {name}: give it with --{name}.")
    return Draft(draft.values, draft.where, draft.notes)


class _Draft(Draft):
    def __init__(self, stood: Standing, url: str, answer: Answer, today: date) -> None:
        super().__init__()
        self.stood, self.asked, self.answer, self.as_of = stood, url, answer, today
        self.page, self.text = _read(answer, self.notes)
        self.is_pdf = self.text.kind == "pdf"
        self.site = ""

    def fill(self, given: dict[str, str]) -> None:
        for key, text in given.items():
            self.put(key, text, "given")
        self.put("url", *self.url())
        self.site = site_of(str(self.values.get("url", "")))
        self.put("publisher", *self.publisher())
        self.put("title", *self.title())
        self.wire()
        if authors := self.authors():
            self.put("author", [each.value for each in authors], authors[0].where)
        self.put("issued", *self.issued())
        self.put("language", *self.language())
        self.put("type", *self.kind())
        self.put("role", *self.role())
        self.put("accessed", self.as_of.isoformat(), "today")
        if self.page.is_walled or (not self.is_pdf and looks_empty(self.text.text)):
            why = "the page says that one has to pay" if self.page.is_walled else "the page shows next to no text"
            self.put("availability", "paywalled" if self.page.is_walled else "", why)
            self.put("read", "excerpt", why)
        else:
            self.notes.append("'read' is taken as whole: give --read excerpt if you did not read all of it.")

    def put(self, key: str, value: Value, where: str) -> None:
        """Keep a value, unless there is one, or a data file would not take it."""
        if not value or key in self.values:
            return
        if wrong := faults(self.stood, keys(Source)[key], value):
            self.notes.append(f"{key} is left out ({where}): {wrong[0][0]}.")
            return
        self.values[key] = value
        self.where[key] = where

    def url(self) -> tuple[str, str]:
        """The page's own address for itself, if it is one of this page."""
        final = self.answer.url
        if path_of(final) != path_of(self.asked) or site_of(final) != site_of(self.asked):
            self.notes.append(f"The address led to {final[:300]}")
        for each in self.page.of("url"):
            found = cleaned(each.value)
            if site_of(found) == site_of(final) and (path_of(found) or not path_of(final)):
                return found, each.where
            self.notes.append(f"{each.where} names another page, {each.value[:200]}, and is not taken.")
        return cleaned(final), "the address"

    def publisher(self) -> tuple[str, str]:
        mine = Counter(
            each.publisher for each in self.stood.records.sources if each.url and site_of(each.url) == self.site
        )
        if mine:
            name, number = mine.most_common(1)[0]
            return name, f"{number:,} source{'' if number == 1 else 's'} of {self.site} in the data"
        for each in self.page.of("publisher"):
            return self.record_of((each.value,)) or each.value, each.where
        return self.site, "the host: the page names no publisher"

    def record_of(self, names: tuple[str, ...]) -> str:
        """The id of the publisher in the data that bears one of these names; '' for none."""
        wanted = {name.casefold() for name in names}
        return next((each.id for each in self.stood.records.publishers if wanted & _names(each)), "")

    def title(self) -> tuple[str, str]:
        heads = [each.value for each in (*self.page.of("heading"), *self.page.of("named"))]
        if self.is_pdf:
            lines = self.text.text.splitlines()
            return (
                (plain(self.text.title), "the PDF's title") if self.text.title else (plain(lines[0]), "its first line")
            )
        found = [Told(self.without_site(each.value), each.where) for each in self.page.of("title")]
        for each in found:
            if not heads or any(_agree(each.value, head) for head in heads):
                for other in found[: found.index(each)]:
                    self.notes.append(f"{other.where} says “{other.value}”, which the page does not show: not taken.")
                return each.value, each.where
        seen = [*self.page.of("heading"), *self.page.of("named"), *found]
        return (self.without_site(seen[0].value), seen[0].where) if seen else ("", "")

    def without_site(self, title: str) -> str:
        """A title without the site's name at its end, where a bar or a dash parts them."""
        head, mark, tail = re.fullmatch(r"(.*?)(?:(\s+[|•·–—-]\s+)([^|•]*))?", title).groups("")  # type: ignore[union-attr]
        names = [each.value for each in self.page.of("publisher")] + [self.site]
        return head if mark and head and any(_agree(tail, name) for name in names) else title

    def authors(self) -> list[Told]:
        found: list[Told] = []
        makers = {each.value.casefold() for each in self.page.of("publisher")}
        told = self.page.of("author")
        for each in [one for one in told if one.where == told[0].where] if told else []:
            for name in re.split(r"\s+(?:and|et)\s+|\s*[;|]\s*", _BY.sub("", each.value)):
                name = re.sub(r",.*", "", name).strip() if _has_agency(name) else name.strip()
                if name and not is_agency(name) and name.casefold() not in makers and len(name) <= 80:
                    found.append(Told(name, each.where))
        return list({each.value: each for each in found}.values())

    def wire(self) -> None:
        """Whose story it is, where the page read is not its own."""
        if found := agency(self.page, self.text.text):
            names, where = found
            name = self.record_of(names) or names[0]
            if name != self.values.get("publisher"):
                self.put("wire", name, where)
                self.put("publisher_of_record", name, where)

    def issued(self) -> tuple[str, str]:
        days: list[tuple[str, str]] = []
        for each in self.page.of("issued"):
            day = _day(each.value)
            if day is None or day[1] > self.as_of or day[1] == _EPOCH:
                self.notes.append(f"{each.where} says “{each.value[:60]}”, which cannot be its date: not taken.")
            else:
                days.append((day[0], each.where))
        careful = [each for each in days if each[1] != "the first time element"]
        if others := sorted({day for day, _ in careful if careful[0][0][:10] != day}):
            self.notes.append(f"The page names other dates too: {', '.join(others[:3])}.")
        return days[0] if days else ("", "")

    def language(self) -> tuple[str, str]:
        told = [(each.value[:2].lower(), each.where) for each in self.page.of("language")]
        told = [each for each in told if re.fullmatch("[a-z]{2}", each[0])]
        words = Counter(re.findall(r"[a-zà-ÿ]+", self.text.text[:20_000].lower()))
        counts = {code: sum(words[word] for word in known) for code, known in _WORDS.items()}
        most = max(counts, key=lambda code: counts[code])
        if counts[most] >= 15 and counts[most] > 3 * min(counts.values()) and (not told or told[0][0] in counts):
            if told and told[0][0] != most:
                self.notes.append(f"{told[0][1]} says '{told[0][0]}', and the words are those of '{most}'.")
                return most, "the words of the page"
            return told[0] if told else (most, "the words of the page")
        return told[0] if told else ("", "")

    def kind(self) -> tuple[str, str]:
        if self.is_pdf:
            return "report", "a PDF"
        for each in self.page.of("kind"):
            for pattern, kind in _KINDS:
                if re.fullmatch(pattern, each.value):
                    return kind, each.where
        if self.values.get("wire"):
            return "article-newspaper", "an agency's story"
        return "webpage", "nothing in the page says more"

    def role(self) -> tuple[str, str]:
        if _OFFICIAL.search(self.site):
            return "record", "a guess by its host: give --role if it is none"
        if self.values.get("type") in ("article-newspaper", "article-magazine"):
            return "reporting", "a guess by its type: give --role if it is none"
        # The role that carries least: a wrong guess must not make a claim look better founded.
        return "summary", "a guess, the most careful one: give --role"

    def archived(self, archive: Wayback) -> None:
        url = str(self.values.get("url", self.asked))
        found = archive.existing(url, self.as_of)
        issued = _day(str(self.values.get("issued", "")))
        if isinstance(found, Capture):
            if abs((self.as_of - found.captured).days) <= NEAR and (issued is None or found.captured >= issued[1]):
                copy = {"url": found.url, "captured": found.captured.isoformat()}
                self.put("archives", [copy], "the Wayback Machine")
                return
            self.notes.append(f"The archive has a copy of {found.captured}, which may show another text: not taken.")
        elif isinstance(found, Refusal):
            self.notes.append(f"The archive was not to be asked: {found.reason}.")
        self.notes.append("There is no archived copy yet: 'build.py archive' makes one.")


def _read(answer: Answer, notes: list[str]) -> tuple[Described, PageText]:
    """What the page says of itself, and its text; without one where it has none."""
    try:
        text = text_of(answer.body, answer.content_type)
    except Unreadable as why:
        notes.append(f"The text could not be read: {why}.")
        text = PageText("", "html", "", "")
    if text.kind != "html":
        return Described(), text
    return described(answer.body, answer.content_type), text


def _names(publisher: Publisher) -> set[str]:
    return {publisher.id, *(words.casefold() for _, words in publisher.name)}


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _agree(one: str, other: str) -> bool:
    """Whether one of two titles or names holds the other, whatever its quote marks and dashes."""
    short, long = sorted((_folded(one), _folded(other)), key=len)
    return bool(short) and (short == long or (len(short) >= 4 and f" {short} " in f" {long} "))


def _has_agency(name: str) -> bool:
    return any(is_agency(part.strip()) for part in name.split(","))


def _day(text: str) -> tuple[str, date] | None:
    """A date as EDTF has it, no more precise than it was written, and its first day."""
    match = _DAY.match(text.strip())
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    try:
        day = date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    return day.isoformat()[: (4, 7, 10)[len(parts) - 1]], day


def shown(draft: Draft) -> Iterator[str]:
    """A line a value, with where it comes from; then what a person should know."""
    for key in keys(Source):
        if key in draft.values:
            value = draft.values[key]
            text = value if isinstance(value, str) else ", ".join(map(_shown, value))
            yield f"  {key:<20} {text}  ({draft.where.get(key, 'proposed')})"
    yield from (f"  ! {note}" for note in draft.notes)


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else str(next(iter(value.values()), ""))
