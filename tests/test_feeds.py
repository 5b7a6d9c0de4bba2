"""Feeds: Atom as RFC 4287 has it, JSON Feed as jsonfeed.org has it, and what of a dossier they tell."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
import turbohtml

from dossier.addresses import feed_of, relative
from dossier.built import held
from dossier.export import files_of_feed
from dossier.feed import KINDS, MOST, Feed
from dossier.frozen import replace
from dossier.pipeline import build, examine
from dossier.plan import Planner, sections_of
from dossier.plan.lines import Lines
from dossier.plan.news import tag
from dossier.published import LOCK_FILE, Locked, meaning, written
from dossier.register import Register
from tests.edits import SITES
from tests.given import TODAY, register

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
TAG = re.compile(r"tag:[a-z0-9.-]+,2026:[A-Za-z0-9./%_~-]*")

DATA = """\
companies: [{id: crust, name: Crust & Co}]
agencies: [{id: rolls, name: {en: Institute of Rolls, fr: Institut des petits pains}}]
sources:
  - {id: alpha, type: webpage, title: Alpha, publisher: A, language: en, role: reporting, url: "https://a.example/",
     accessed: 2026-01-01, issued: 2026-01-01}
responses:
  - {id: says-no, company: crust, status: responded, date: 2026-03, position: disputes,
     statement: {en: "We [never](../../about/index.html) sold *any* [@alpha].", fr: Nous ne l’avons pas fait.},
     citations: [{source: alpha, quote: words}]}
claims:
  - {id: buns, company: crust, kind: order, mode: reported, date: 2026-01, counterparty: rolls, reply: says-no,
     statement: {en: "The Institute ordered buns, Alpha reported.", fr: L’Institut a commandé des brioches.},
     citations: [{source: alpha, quote: words}], verified: 2026-02-03}
"""
WITHDRAWN = "withdrawn: {date: 2026-05-06, reason: wrong, note: {en: It was another bakery., fr: Une autre.}}"


def locked(made: Register, first: str = "2026-02-01", since: str = "", **others: str) -> Register:
    """The register as if its claims and replies had been published on a day; `others` since when one is as it is."""
    lock = {
        each.id: Locked(each.id, collection, first, others.get(each.id, since or first), meaning(each))
        for collection in ("claims", "responses")
        for each in getattr(made, collection).values()
        if meaning(each)
    }
    return replace(made, published=lock)


def feeds(made: Register, today: date = TODAY) -> dict[str, Feed]:
    """Every feed of a dossier by its path."""
    held: dict[str, dict[str, str]] = {}
    lines = Lines(
        lambda name: (text for _, text in sorted(held.get(name, {}).items())),
        lambda beginning: {name: len(mine) for name, mine in held.items() if name.startswith(beginning)},
        lambda name: iter(sorted(held.get(name, ()))),
    )
    planner = Planner(made, today, lines, sections_of(made), lambda collection: getattr(made, collection))
    found: dict[str, Feed] = {}
    for unit in (*planner.records(), *planner.sums()):
        planned = planner.plan(unit)
        for name, place, told in planned.lines:
            assert place not in held.setdefault(name, {})
            held[name][place] = told
        found |= {feed.path: feed for feed in planned.feeds}
    for unit in planner.lists():
        found |= {feed.path: feed for feed in planner.plan(unit).feeds}
    return found


def titles(feed: Feed) -> list[str]:
    return [f"{entry.published} {entry.title}" for entry in feed.entries]


def files(site: str, tmp_path: Path, today: date = TODAY) -> dict[str, bytes]:
    """A sample site with a lock, built whole."""
    root = tmp_path / "root"
    for folder in ("data", "content", "templates"):
        if (SITES / site / folder).is_dir():
            shutil.copytree(SITES / site / folder, root / folder)
    found = examine(root, today).register
    assert found
    lock = locked(found, "2026-01-10", "2026-01-10").published
    (root / LOCK_FILE).write_text(written(lock.values()), "utf-8")
    built = build(root, today)
    assert built.files is not None, [str(problem) for problem in built.problems if problem.severity == "error"]
    return {file.path: file.content for file in map(held, built.files)}


@pytest.fixture(scope="module", params=["bakeries", "french-first", "minimal", "one-language"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return files(request.param, tmp_path_factory.mktemp("feeds"))


def _one(element: ElementTree.Element, name: str) -> str:
    found = element.findall(ATOM + name)
    assert len(found) == 1, f"{len(found)} elements {name}"
    assert found[0].text, name
    return found[0].text


def _alternate(element: ElementTree.Element) -> str:
    (link,) = (each for each in element.findall(ATOM + "link") if each.get("rel") == "alternate")
    assert link.get("type") == "text/html"
    return link.get("href") or ""


def atom_feeds(site: dict[str, bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    yield from ((path, ElementTree.fromstring(site[path])) for path in site if path.endswith("feed.xml"))


def test_every_atom_feed_is_read_without_complaint(site: dict[str, bytes]) -> None:
    for path in [path for path in site if path.endswith("feed.xml")]:
        read = feedparser.parse(site[path], response_headers={"content-type": "application/atom+xml; charset=utf-8"})
        assert read.bozo == 0, (path, read.get("bozo_exception"))
        assert read.version == "atom10"
        assert len(read.entries) == site[path].count(b"<entry>")


def test_every_atom_feed_has_what_rfc_4287_asks_for(site: dict[str, bytes]) -> None:
    for path, feed in atom_feeds(site):
        assert feed.tag == ATOM + "feed"
        assert {each.tag for each in feed.iter()} <= {
            ATOM + name for name in (
                "feed id title subtitle link updated author name rights entry published category content".split()
            )
        }  # fmt: skip
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") in ("en-CA", "fr-CA", "en", "fr")
        assert TAG.fullmatch(_one(feed, "id"))
        (self,) = (each for each in feed.findall(ATOM + "link") if each.get("rel") == "self")
        assert (self.get("href") or "").endswith(f"/{path}")
        assert TIME.fullmatch(_one(feed, "updated"))
        assert all((_one(feed, "title"), _one(feed, "rights"), _alternate(feed)))
        (author,) = feed.findall(ATOM + "author")
        assert _one(author, "name")
        for entry in feed.findall(ATOM + "entry"):
            assert TAG.fullmatch(_one(entry, "id"))
            assert _one(entry, "title")
            assert TIME.fullmatch(_one(entry, "published"))
            assert _one(entry, "published") <= _one(entry, "updated") <= _one(feed, "updated")
            (content,) = entry.findall(ATOM + "content")
            assert content.get("type") == "html"
            assert content.text


def test_every_json_feed_has_what_version_1_1_asks_for_and_says_what_atom_says(site: dict[str, bytes]) -> None:
    for path, atom in atom_feeds(site):
        feed = json.loads(site[path.removesuffix(".xml") + ".json"])
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"].endswith("/" + path.removesuffix(".xml") + ".json")
        assert (feed["title"], feed["home_page_url"]) == (_one(atom, "title"), _alternate(atom))
        assert [author["name"] for author in feed["authors"]] == [_one(atom.findall(ATOM + "author")[0], "name")]
        assert isinstance(feed["items"], list)
        entries = atom.findall(ATOM + "entry")
        assert len(feed["items"]) == len(entries)
        for item, entry in zip(feed["items"], entries, strict=True):
            assert {type(item[key]) for key in ("id", "url", "title", "content_html")} == {str}
            assert [item["id"], item["url"], item["title"], item["content_html"]] == [
                _one(entry, "id"), _alternate(entry), _one(entry, "title"), _one(entry, "content"),
            ]  # fmt: skip
            assert [item["date_published"], item["date_modified"]] == [
                _one(entry, "published"), _one(entry, "updated"),
            ]  # fmt: skip


def test_entries_come_latest_first_and_an_id_names_one_entry_of_the_site(site: dict[str, bytes]) -> None:
    by_id: dict[str, bytes] = {}
    for path, feed in atom_feeds(site):
        entries = feed.findall(ATOM + "entry")
        days = [_one(entry, "published") for entry in entries]
        assert days == sorted(days, reverse=True), path
        names = [_one(entry, "id") for entry in entries]
        assert len(set(names)) == len(names)
        for name, entry in zip(names, entries, strict=True):
            told = ElementTree.tostring(entry)
            assert by_id.setdefault(name, told) == told, f"{name} is told in two ways"
    names = [_one(feed, "id") for _, feed in atom_feeds(site)]
    assert len(set(names)) == len(names)
    assert not set(names) & by_id.keys()


def test_links_of_entries_lead_to_something_on_the_site(site: dict[str, bytes]) -> None:
    pages = {path: turbohtml.parse(body.decode()) for path, body in site.items() if path.endswith(".html")}
    base = re.search(rb"Sitemap: (.*)sitemap.xml", site["robots.txt"])
    assert base
    for path, feed in atom_feeds(site):
        for element in (feed, *feed.findall(ATOM + "entry")):
            href, _, fragment = _alternate(element).removeprefix(base[1].decode()).partition("#")
            assert f"{href}index.html" in pages, path
            if fragment:
                assert pages[f"{href}index.html"].select(f"[id='{fragment}']"), (path, href, fragment)


def test_pages_offer_feeds_that_are_there(site: dict[str, bytes]) -> None:
    endings = {kind: ending for _, kind, ending in KINDS}
    met = set()
    for path, body in site.items():
        if not path.endswith(".html") or path == "404.html":
            continue
        page = turbohtml.parse(body.decode())
        for link in page.select("link[rel=alternate][type]"):
            href, kind = link.attr("href") or "", link.attr("type") or ""
            target = "/".join([*path.split("/")[:-1], *href.split("/")])
            while "/../" in f"/{target}":
                target = re.sub(r"(?:^|(?<=/))[^/]+/\.\./", "", target, count=1)
            assert target in site, (path, href)
            assert target.endswith(endings[kind])
            assert link.attr("title")
            met.add(target)
        # A card stands in the pages of others, where nobody looks for a feed.
        is_card = path.endswith(("/card/index.html", "/fiche/index.html"))
        assert is_card or page.select("link[rel=alternate][type='application/atom+xml']"), path
    assert met == {path for path in site if path.endswith(("feed.xml", "feed.json"))}


def test_a_page_with_a_feed_of_its_own_says_so_to_people(site: dict[str, bytes]) -> None:
    told = {
        path
        for path, body in site.items()
        if path.endswith("index.html")
        and 'href="feed.xml"' in str(turbohtml.parse(body.decode()).select("main")[0].html)
    }
    assert {feed_of(path) + ".xml" for path in told} == {
        path for path in site if path.endswith("/feed.xml") and path.removesuffix("feed.xml") not in ("fr/", "en/")
    }


def test_the_server_is_told_what_kind_of_file_a_feed_is(site: dict[str, bytes]) -> None:
    kinds: dict[str, str] = {}
    pattern = ""
    for line in site["_headers"].decode().splitlines():
        if not line.startswith(" "):
            pattern = line
        elif line.strip().startswith("Content-Type: "):
            kinds[pattern] = line.partition(": ")[2]
    for path in site:
        found = {kind for pattern, kind in kinds.items() if fnmatch(f"/{path}", pattern)}
        name = path.rpartition("/")[2]
        wanted = {f"{kind}; charset=utf-8" for _, kind, ending in KINDS if name == f"feed{ending}"}
        assert found == wanted, path


def test_the_404_page_offers_the_feed_from_anywhere(site: dict[str, bytes]) -> None:
    (link,) = turbohtml.parse(site["404.html"].decode()).select("link[rel=alternate][type]")
    assert re.fullmatch(r"https://.*/feed\.xml", link.attr("href") or "")


def test_a_build_on_another_day_gives_the_same_feeds(tmp_path: Path) -> None:
    one, other = (
        {
            path: body
            for path, body in files("bakeries", tmp_path / day, date.fromisoformat(day)).items()
            if "feed." in path
        }
        for day in ("2026-11-22", "2026-11-29")
    )
    assert one == other
    assert len(one) > 8


# What is told.


def test_without_a_lock_a_claim_has_no_day_on_which_it_was_new() -> None:
    made = register(DATA)
    assert titles(feeds(made)["feed"]) == ["2026-03-01 Reply – Crust & Co: Order by Institute of Rolls, January 2026"]


def test_a_claim_is_told_on_the_day_it_was_first_locked_with_what_is_known_of_a_reply() -> None:
    found = feeds(locked(register(DATA)))
    reply, claim = found["companies/crust/feed"].entries
    assert claim.title == "New claim – Crust & Co: Order by Institute of Rolls, January 2026"
    assert claim.id == "tag:dossier.example,2026:/en/buns/new/2026-02-01"
    assert claim.url == "https://dossier.example/companies/crust/#buns"
    assert claim.html == (
        "<p>The Institute ordered buns, Alpha reported.</p><p>Reply – Answered, disputes</p>"
        '<p>We <a href="https://dossier.example/about/index.html">never</a> sold <em>any</em>.</p>'
    )
    assert (claim.published, claim.updated) == ("2026-02-01", "2026-03-01")
    assert reply.title.startswith("Reply – ")
    for path in ("feed", "agencies/rolls/feed"):
        assert found[path].entries == found["companies/crust/feed"].entries
    assert found["corrections/feed"].entries == ()


def test_a_feed_speaks_the_language_of_its_page() -> None:
    feed = feeds(locked(register(DATA)))["fr/entreprises/crust/feed"]
    assert feed.lang == "fr-CA"
    assert feed.page == "https://dossier.example/fr/entreprises/crust/"
    claim = feed.entries[1]
    assert claim.title.startswith("Nouvelle affirmation – Crust & Co\u00a0: ")
    assert claim.html.startswith("<p>L’Institut a commandé des brioches.</p>")
    assert {entry.id for each in ("feed", "fr/feed") for entry in feeds(locked(register(DATA)))[each].entries} == {
        f"tag:dossier.example,2026:/{code}/{name}"
        for code in ("en", "fr")
        for name in ("buns/new/2026-02-01", "says-no/reply/2026-03-01")
    }


def test_ids_stay_when_wording_and_titles_change() -> None:
    other = DATA.replace("ordered buns", "ordered forty buns").replace("Crust & Co", "Crust")
    one, two = feeds(locked(register(DATA))), feeds(locked(register(other)))
    assert {path: [entry.id for entry in feed.entries] for path, feed in one.items()} == {
        path: [entry.id for entry in feed.entries] for path, feed in two.items()
    }
    assert one["feed"].entries != two["feed"].entries


def test_a_changed_wording_is_told_unless_a_correction_of_that_day_tells_it() -> None:
    feed = feeds(locked(register(DATA), buns="2026-04-05"))["feed"]
    assert [each.split(" – ")[0] for each in titles(feed)] == [
        "2026-04-05 Wording changed", "2026-03-01 Reply", "2026-02-01 New claim",
    ]  # fmt: skip
    assert feed.entries[2].updated == "2026-04-05"
    correction = "corrections: [{id: mended, target: buns, date: 2026-04-05, kind: correction, text: {en: A, fr: B}}]\n"
    found = feeds(locked(register(DATA + correction), buns="2026-04-05"))
    assert [each.split(" – ")[0] for each in titles(found["feed"])] == [
        "2026-04-05 Correction", "2026-03-01 Reply", "2026-02-01 New claim",
    ]  # fmt: skip
    assert found["agencies/rolls/feed"].entries == found["feed"].entries
    assert found["companies/crust/feed"].entries == found["feed"].entries
    assert found["corrections/feed"].entries == found["feed"].entries[:1]


def test_a_withdrawn_claim_says_so_and_is_not_said_again() -> None:
    gone = DATA.replace("verified: 2026-02-03", WITHDRAWN)
    feed = feeds(locked(register(gone)))["feed"]
    assert [each.split(" – ")[0] for each in titles(feed)] == [
        "2026-05-06 Withdrawn", "2026-03-01 Reply", "2026-02-01 New claim, since withdrawn",
    ]  # fmt: skip
    said = "<p>Withdrawn, 6 May 2026. Reason: wrong.</p><p>It was another bakery.</p>"
    assert [feed.entries[0].html, feed.entries[2].html] == [said, said]
    assert feed.entries[2].updated == "2026-05-06"
    assert all("ordered buns" not in entry.html for entry in feed.entries)


def test_demands_removals_and_corrections_of_other_records_are_told() -> None:
    more = """\
demands:
  - {id: less-flour, by: {name: The union, organization: true}, addressed_to: rolls, date: 2026-01-02, status: refused,
     title: {en: Less flour, fr: Moins de farine}, text: {en: Less., fr: Moins.},
     citations: [{source: alpha, quote: words}],
     history: [{date: 2026-01-02, status: open}, {date: 2026-06-07, status: refused, note: {en: No., fr: Non.}},
               {date: 2026-06-07, status: refused}]}
tombstones: [{id: old-roll, date: 2026-06-08, reason: {en: It was a bun., fr: Une brioche.}}]
corrections: [{id: renamed, target: rolls, date: 2026-06-09, kind: update, text: {en: A new name., fr: Un nom.}}]
"""
    found = feeds(register(DATA + more))
    assert titles(found["feed"])[:4] == [
        "2026-06-09 Update – Institute of Rolls",
        "2026-06-08 Removed – old-roll",
        "2026-06-07 Refused – Less flour",
        "2026-06-07 Refused – Less flour",
    ]
    assert [entry.id.partition("/en/")[2] for entry in found["feed"].entries[2:4]] == [
        "less-flour/refused/2026-06-07", "less-flour/refused-2/2026-06-07",
    ]  # fmt: skip
    assert [entry.html for entry in found["feed"].entries[:4]] == [
        "<p>A new name.</p>", "<p>It was a bun.</p>", "<p>No.</p>", "<p>Less flour</p>",
    ]  # fmt: skip
    assert [each[11:] for each in titles(found["agencies/rolls/feed"])][:3] == [
        "Update – Institute of Rolls", "Refused – Less flour", "Refused – Less flour",
    ]  # fmt: skip


def test_a_feed_has_the_latest_hundred() -> None:
    claims = "".join(
        f"  - {{id: bun-{n}, company: crust, kind: profile, mode: reported, counterparty: rolls, statement: Bun {n}.,"
        " citations: [{source: alpha, quote: words}]}\n"
        for n in range(130)
    )
    made = locked(register(DATA + claims), **{f"bun-{n}": "2026-07-08" for n in range(120)})
    for path in ("feed", "companies/crust/feed", "agencies/rolls/feed"):
        feed = feeds(made)[path]
        assert len(feed.entries) == MOST
        assert {entry.published for entry in feed.entries} == {"2026-07-08"}


def test_a_feed_without_entries_is_as_old_as_the_last_day_known() -> None:
    quiet = DATA.replace("status: responded", "status: none-found")
    found = feeds(register(quiet))
    assert {path: feed.updated for path, feed in found.items() if not path.startswith("fr/")} == {
        "companies/crust/feed": "2026-02-03",
        "agencies/rolls/feed": TODAY.isoformat(),
        "corrections/feed": TODAY.isoformat(),
        "feed": TODAY.isoformat(),
    }
    assert feeds(locked(register(quiet), "2026-02-09"))["corrections/feed"].updated == "2026-02-09"


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "A & B <b>&amp;</b>", "]]><entry/>", "\"'`\\ \\u0000", "é–\U0001f35e &#0;"],
)
def test_a_hostile_name_is_a_name(name: str) -> None:
    text = DATA.replace("name: Crust & Co", f"name: {json.dumps(name, ensure_ascii=False)}")
    said = json.dumps(f"{name} ordered buns", ensure_ascii=False)
    text = text.replace('"The Institute ordered buns, Alpha reported."', said)
    found = feeds(locked(register(text)))
    for path in ("feed", "companies/crust/feed"):
        atom, as_json = (file.content for file in files_of_feed(found[path], lambda _: True))
        read = feedparser.parse(atom)
        assert read.bozo == 0
        claim = ElementTree.fromstring(atom).findall(ATOM + "entry")[1]
        assert name in _one(claim, "title")
        shown = turbohtml.parse(_one(claim, "content"))
        assert not shown.select("script, b, entry")
        assert name in shown.select("p")[0].text
        item = json.loads(as_json)["items"][1]
        assert name in item["title"]
        assert item["content_html"] == _one(claim, "content")


@pytest.mark.parametrize(
    ("base", "beginning"),
    [
        ("https://dossier.example/", "tag:dossier.example,2026:/en/"),
        ("https://Dossier.example:8000/a/b", "tag:dossier.example,2026:a/b/en/"),
        ("https://pâté.example/é ü/", "tag:xn--pt-pia3a.example,2026:%C3%A9%20%C3%BC/en/"),
    ],
)
def test_ids_begin_with_the_host_of_the_site(base: str, beginning: str) -> None:
    assert tag(base, "en") == beginning
    assert TAG.fullmatch(beginning)


def test_dates_that_are_no_day_count_from_their_first() -> None:
    def day(typed: str) -> Any:
        made = register(DATA.replace("date: 2026-03,", f'date: "{typed}",'))
        return feeds(made)["feed"].entries[0].published

    typed = ["2026-03-04", "2026-03", "2026~", "2025-01/2026-02", "2025-06/..", "../2026-01"]
    assert [day(each) for each in typed] == [
        "2026-03-04", "2026-03-01", "2026-01-01", "2026-02-01", "2025-06-01", "2026-01-01",
    ]  # fmt: skip


def test_where_a_feed_stands() -> None:
    assert feed_of("index.html") == "feed"
    assert relative("fr/entreprises/crust/index.html", feed_of("fr/index.html") + ".xml") == "../../feed.xml"
    paths: Iterable[str] = feeds(register(DATA))
    assert sorted(paths) == [
        "agencies/rolls/feed", "companies/crust/feed", "corrections/feed", "feed",
        "fr/corrections/feed", "fr/entreprises/crust/feed", "fr/feed", "fr/organismes/rolls/feed",
    ]  # fmt: skip
