"""The page of the search, and the files that its script reads."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from dossier.addresses import relative
from dossier.pages import File
from dossier.plan.agencies import agency_link
from dossier.plan.companies import sort_key
from dossier.plan.data_script import data_script
from dossier.plan.edition import Edition
from dossier.plan.hand_in import APART
from dossier.plan.lines import Lines
from dossier.plan.paging import letters, part_of_letter
from dossier.plan.registers import alphabet
from dossier.plan.vocabulary import KIND, LABEL, REGION, REPLY
from dossier.searching import MOST_NAMED, STOPS, SearchPage, shards_of_entries
from dossier.views import Link

FOLDER = "search/data"
"""Where the files of the index stand: their names are always the same, so that the script knows them."""


def parts_of_index(lines: Lines, code: str) -> list[str]:
    """The letters that the index without a script has pages for: none where the first page holds it all."""
    lengths = lines.lengths(f"search-index/{code}")
    return list(letters(lengths)) if sum(lengths.values()) > MOST_NAMED else []


def search_page(edition: Edition, lines: Lines, breadth: int, letter: str = "") -> tuple[SearchPage, tuple[File, ...]]:
    """The page, or a letter of its index; with what its script is told."""
    family = f"search-index/{edition.code}"
    lengths = lines.lengths(family)
    parts = parts_of_index(lines, edition.code)
    path = ("search", part_of_letter(letter)) if letter else ("search",)
    here = edition.path(*path)
    lists = [letter] if letter else [] if parts else letters(lengths)
    companies = [each for name in lists for each in lines.of(f"{family}/{name}", here)]
    title = edition.say("Search")
    named = f"{title}, {letter}" if letter else title
    register, language = edition.register, edition.language
    agencies: tuple[Link, ...] = ()
    demands: tuple[Link, ...] = ()
    if not letter:
        ordered = sorted(register.agencies.values(), key=lambda each: (sort_key(edition.agency_name(each)), each.id))
        agencies = tuple(agency_link(edition, here, each) for each in ordered)
        at = edition.path("demands")
        demands = tuple(
            Link(language.text(each.title or each.text), relative(here, f"{at}#{each.id}"))
            for each in register.demands.values()
        )
    found = {each: relative(here, edition.path("search", part_of_letter(each))) for each in parts}
    more = [link for name, link in _more(edition, here) if name in edition.sections or name == "sources"]
    page = SearchPage(
        frame=edition.frame(*path, title=named, scripts=() if letter else ("search",)),
        title=named,
        trail=(Link(title, relative(here, edition.path("search"))),) if letter else (),
        lede=edition.say("Companies, claims, quotes, replies, sources, agencies, demands and events, by their words."),
        letters=alphabet(found) if parts else (),
        companies=tuple(companies),
        agencies=agencies,
        demands=demands,
        more=() if letter else tuple(more),
        is_part=bool(letter),
    )
    if letter:
        return page, ()
    file = data_script("searchForm", f"search-{edition.code}", _form(edition, here, breadth))
    page.frame.reads = (file.path,)
    return page, (file,)


def _more(edition: Edition, here: str) -> Iterator[tuple[str, Link]]:
    yield "sources", Link(edition.say("All sources"), relative(here, edition.path("sources")))
    yield "timeline", Link(edition.say("The whole timeline"), relative(here, edition.path("timeline")))


def _form(edition: Edition, here: str, breadth: int) -> dict[str, object]:
    """What the script is told: where the index stands, and its words."""
    say = edition.say
    things = {
        "company": say("Company"), "source": say("Source"), "agency": say("Agency"), "demand": say("Demand"),
        "event": say("Event"),
    }  # fmt: skip
    agencies = edition.register.agencies.values()
    return {
        "code": edition.code,
        "root": relative(here, "x").removesuffix("x"),
        "folder": f"{FOLDER}/{edition.code}",
        "words": breadth,
        "entries": shards_of_entries(breadth),
        "stops": sorted(STOPS),
        "filters": [
            ["kind", say("Kind"), things | {code: say(word) for code, word in KIND.items()}],
            ["agency", say("Agency"), {each.id: edition.agency_name(each, short=True) for each in agencies}],
            ["label", say("Label"), {code: say(word) for code, word in LABEL.items()}],
            ["province", say("Province"), {code: say(word) for code, word in REGION.items()}],
            ["year", say("Year"), {}],
            ["reply", say("Reply"), {code: say(word) for code, (word, _) in REPLY.items()}],
        ],
        "say": {
            "any": say("Any"),
            "found": say("Entries found: %(n)s."),
            "none": say("Nothing found."),
            "some": say("Nothing has all of these words. Entries with some of them: %(n)s."),
            "meant": say("Did you mean:"),
            "beside": say("In a quote, a note or the reply:"),
            "reply": say("reply: %(status)s"),
            "more": say("Show more"),
            "lost": say("A part of the index could not be read. Load the page again; the index below needs no script."),
        },
    }


def index_file(edition: Edition, lines: Lines, name: str) -> File:
    """One file of the index, by its name: `entries-3`, `marks-0`, `words-3`. A script, since a page from disk may read
    no other; it hands what it holds to the script of the page."""
    kind, _, number = name.partition("-")
    family = f"search-{kind}/{edition.code}/{number}"
    path = f"{FOLDER}/{edition.code}/{name}.js"
    begins, ends = f"searchPart({json.dumps(name)},", ");\n"
    if kind != "words":
        told = f"[{','.join(lines.texts(family))}]"
    elif (kept := lines.since(family, path)) is None or not (
        told := respelt(kept[0].decode("utf-8", "replace").removeprefix(begins).removesuffix(ends), kept[1])
    ):
        told = _words(lines.places(family))
    return File(path, f"{begins}{told}{ends}".encode())


def respelt(told: str, altered: Mapping[str, bool]) -> str:
    """What `_words` made, after places have come and gone; '' where that takes more than other words of the same units.
    A file holds words of thousands of units: to read them all for the sake of one takes longer than all its pages."""
    head, _, body = told.partition('],{"')
    keys = head.removeprefix('[["').split('","')
    pieces = body.removesuffix('"}]').split('","')  # each a word, '":"' and its posts: in order, as words are
    old, new = (dict(_parted(place) for place in altered if altered[place] is there) for there in (False, True))
    if old.keys() != new.keys() or not old.keys() <= set(keys):
        return ""
    moved: dict[str, dict[int, tuple[str, str]]] = {}
    for key in old:
        number, was, now = keys.index(key), old[key], new[key]
        for word in was.keys() | now.keys():
            if was.get(word) != now.get(word):
                moved.setdefault(word, {})[number] = was.get(word, ""), now.get(word, "")
    for word, units in moved.items():
        begins = f'{word}":"'
        at = bisect_left(pieces, begins)
        stood = at < len(pieces) and pieces[at].startswith(begins)
        posts = _posts(pieces[at].removeprefix(begins)) if stood else {}
        for number, (before, after) in units.items():
            if posts.pop(number, "") != before:
                return ""
            if after:
                posts[number] = after
        order = sorted(posts)
        steps = [f"{number - last}:{posts[number]}" for last, number in zip([0, *order], order, strict=False)]
        pieces[at : at + stood] = [begins + ",".join(steps)] if steps else []
    return "".join((head, '],{"', '","'.join(pieces), '"}]')) if pieces else ""


def _parted(place: str) -> tuple[str, dict[str, str]]:
    """A unit's key, and where each of its words stands in it."""
    key, _, words = place.partition("|")
    return key.replace(APART, "~"), dict(each.split("=", 1) for each in words.split(";"))


def _posts(told: str) -> dict[int, str]:
    """Where a word stands, by the number of the unit."""
    found, number = {}, 0
    for each in told.split(","):
        step, _, posts = each.partition(":")
        number += int(step)
        found[number] = posts
    return found


def _words(places: Iterator[str]) -> str:
    """Lines by entry turned into lines by word: which units have it (each as the distance from the one before), in
    which of their entries, and what it weighs there."""
    keys: list[str] = []
    found: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for number, place in enumerate(places):
        key, _, words = place.partition("|")
        keys.append(key.replace(APART, "~"))
        for each in words.split(";"):
            word, _, posts = each.partition("=")
            found.setdefault(word, []).append(f"{number - last.get(word, 0)}:{posts}")
            last[word] = number
    held = {word: ",".join(found[word]) for word in sorted(found)}
    return json.dumps((keys, held), ensure_ascii=False, separators=(",", ":"))


def names_of_files(breadth: int) -> Iterator[str]:
    """The files of the index in one language."""
    yield from (f"entries-{number}" for number in range(shards_of_entries(breadth)))
    if breadth > 1:
        yield "marks-0"
        yield from (f"words-{number}" for number in range(breadth))
