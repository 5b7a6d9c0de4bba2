"""The search in Chromium: what readers type and what comes first; from disk; by keyboard; a large index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dossier import searching
from dossier.pages import File
from dossier.pipeline import build
from dossier.searching import STOPS, breadth_of, shard_of, weights, words_of
from tests.site_tests.browser_checks import barriers_in_every_light, barriers_of_forced_colours, lost_focus, visit
from tests.site_tests.published import Site
from tests.site_tests.tools import ROOT

PAGES = {"en": "search/index.html", "fr": "fr/recherche/index.html"}
SCRIPTS = ROOT / "templates/scripts/search"

# The language, what is typed, the first result, or one of the first three where there are several as good.
QUERIES = [
    ("en", "Roshel", "companies/roshel/", 1),
    ("en", "thomson reuters", "companies/thomson-reuters/", 1),
    ("en", "ice", "agencies/ice/", 1),
    ("en", "armoured vehicle", "#roshel-order-20", 3),
    ("en", "7,234,926.20", "#roshel-order-value-usd", 1),
    ("en", "$7.2 million", "#roshel-order-value-usd", 1),
    ("en", "Talkwal", "#hootsuite-talkwalker", 3),
    ("en", "“bulk order”", "#roshel-order-20", 1),
    ("en", "sole-source justification", "#roshel-sole-source", 1),
    ("en", "export permits", "#deny-export-permits", 1),
    ("en", "Kyle Duggan", "sources/cp-2025-12-02-roshel-order/", 1),
    ("en", "contracting subsidies", "#cancel-federal-subsidies", 1),
    ("en", "Bill C-233", "#bill-c-233", 1),
    ("fr", "vehicules blindes", "#roshel-order-20", 1),
    ("fr", "enquêteurs de l’ICE", "#ice-offices-in-canada", 1),
    ("fr", "tribunaux", "#surprise-site-paused", 1),
    ("fr", "7 234 926,20 $", "#roshel-order-value-usd", 1),
    ("fr", "licence d'exportation", "#deny-export-permits", 3),
    ("fr", "bulk order", "#roshel-order-20", 1),
    ("fr", "ASFC", "agencies/cbsa/", 1),
    ("fr", "pétitions", "#petition-e7146", 1),
    ("fr", "poursuite congédiements", "#tr-dismissal-lawsuit", 1),
]


def search(page: Page, query: str) -> list[str]:
    """Type, and wait until the results are those of what was typed: their addresses."""
    page.locator("#search_q").fill(query)
    expect(page.locator("#search_results")).to_have_attribute("data-query", query)
    found: list[str] = page.locator(".search__link").evaluate_all(
        "links => links.map(each => each.getAttribute('href'))"
    )
    return found


def leads(href: str, wanted: str) -> bool:
    """Whether an address is the wanted place: a fragment, or a folder in English or French."""
    place = wanted.removesuffix("/").rpartition("/")[2] if not wanted.startswith("#") else wanted
    return href.endswith((f"/{place}/index.html", place))


@contextmanager
def searching_in(browser: Browser, site: Site, code: str, query: str = "", **options: Any) -> Iterator[Page]:
    with visit(browser, site, PAGES[code] + query, **options) as visited:
        expect(visited.page.locator("#search_")).to_be_visible()
        yield visited.page
        assert visited.troubles == []


def bakeries(shard: int) -> Site:
    """A small site, built here: with so few companies a shard that its index is a large one's, or with many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "UNITS_A_SHARD", shard)
        built = build(ROOT / "tests/sites/bakeries", date(2026, 11, 22))
    assert built.files is not None
    files = {file.path: file.content for file in built.files if isinstance(file, File)}
    return Site("https://bakeries.example/site/", ("en", "fr"), files)


@pytest.mark.parametrize("code", PAGES)
def test_what_readers_type_and_what_comes_first(browser: Browser, built_dossier: Site, code: str) -> None:
    wrong = []
    with searching_in(browser, built_dossier, code) as page:
        for language, query, wanted, within in QUERIES:
            if language == code:
                found = search(page, query)[:within]
                if not any(leads(href, wanted) for href in found):
                    wrong.append((query, wanted, found))
    assert wrong == []


def test_a_claim_is_told_by_its_own_sentence(browser: Browser, built_dossier: Site) -> None:
    """A quote that was found stands below it, said to be one; the answer is named beside the label."""
    with searching_in(browser, built_dossier, "fr") as page:
        search(page, "bulk order")
        first = page.locator("li:has(.search__link)").first
        said, beside = first.locator(".search__words").all_inner_texts()
        assert "a rapporté La Presse Canadienne" in said
        assert beside.startswith("Dans une citation, une note ou la réponse\u00a0: ")
        assert "bulk order" in beside
        assert first.locator(".search__words [lang=en] mark").count()
        assert "réponse\u00a0:" in first.locator(".label__count").inner_text()


def test_a_large_index_finds_what_a_small_one_finds(browser: Browser) -> None:
    said = []
    queries = (
        "golden",
        "cakes",
        "cake cloud",
        '"no cakes"',
        "1,200,000",
        "Ministry of Weather",
        "farin",
        "zzzz",
        "bred",
    )
    for site in (bakeries(1000), bakeries(2)):
        with searching_in(browser, site, "en") as page:
            found = [(query, search(page, query), page.locator("#search_said").text_content(),
                      page.locator("#search_meant").text_content() or "") for query in queries]  # fmt: skip
            first = search(page, "institute")[0]
            assert first.endswith("sources/retracted-report/index.html"), (
                "the withdrawn claim that says it stands lower"
            )
            search(page, "gold")
            page.locator("#search_kind").select_option("order")
            said.append((found, page.locator("#search_agency option").all_text_contents()))
    small, large = said
    assert large == small
    assert all(links for query, links, _, _ in small[0] if query not in ("zzzz", "bred"))
    assert "bread" in small[0][-1][3].lower()


def test_from_disk_by_keyboard_and_with_a_slip(browser: Browser, built_dossier: Site) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    # From the home page: the field there leads here, with what was typed.
    page.goto((built_dossier.folder / "index.html").as_uri())
    page.locator("form[role=search] input").fill("rosell")
    page.keyboard.press("Enter")
    expect(page.locator("#search_q")).to_have_value("rosell")
    expect(page.locator("#search_said")).to_have_text("Nothing found.")
    page.get_by_role("button", name="Roshel", exact=True).click()
    expect(page.locator("#search_q")).to_have_value("Roshel")
    expect(page.locator("#search_results")).to_have_attribute("data-query", "Roshel")
    assert page.evaluate("document.activeElement.id") == "search_q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search_q"
    page.keyboard.press("Escape")
    expect(page.locator("#search_found")).to_be_hidden()
    page.keyboard.type("senator order usd value dollars")
    expect(page.locator("#search_results li").first).to_contain_text("dollars")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/companies/roshel/index.html#*")
    assert page.locator(":target").get_attribute("data-claim")
    assert troubles == []
    context.close()


def test_filters_count_and_the_address_keeps_what_is_asked(browser: Browser, built_dossier: Site) -> None:
    with searching_in(browser, built_dossier, "en", "?q=contract&agency=ice&label=reported") as page:
        said = page.locator("#search_said")
        expect(said).to_have_text(re.compile(r"Entries found: \d+\."))
        number = int(re.findall(r"\d+", said.text_content() or "")[0])
        chosen = page.locator("#search_label option:checked").text_content()
        assert chosen == f"Reported ({number})"
        assert page.locator("#search_agency option:checked").text_content() == f"ICE ({number})"
        years = page.locator("#search_year option:not([value=''])").all_text_contents()
        assert sum(int(each.partition("(")[2].rstrip(")")) for each in years) == number
        page.locator("#search_year").select_option(years[0][:4])
        expect(said).to_have_text(f"Entries found: {years[0].partition('(')[2].rstrip(')')}.")
        asked = parse_qs(urlsplit(page.url).query)
        assert asked == {"q": ["contract"], "agency": ["ice"], "label": ["reported"], "year": [years[0][:4]]}
        page.locator("#search_year").select_option("")
        first = page.locator(".search__link")
        before = first.count()
        page.locator("#search_more").click()
        assert first.count() == min(number, 2 * before)
        assert (
            page.evaluate("[...document.querySelectorAll('.search__link')].indexOf(document.activeElement)") == before
        )


def test_the_page_keeps_the_rules_with_results_and_without_script(browser: Browser, built_dossier: Site) -> None:
    with searching_in(browser, built_dossier, "fr", "?q=contrat") as page:
        expect(page.locator("#search_results li")).to_have_count(10)
        assert page.locator("#search_results mark").count() > 10
        assert [*barriers_in_every_light(page), *barriers_of_forced_colours(page), *lost_focus(page)] == []
    with visit(browser, built_dossier, PAGES["fr"], java_script_enabled=False) as visited:
        assert not visited.page.locator("#search_").is_visible()
        assert visited.page.locator("noscript p").is_visible()
    page_ = built_dossier.pages[PAGES["en"]]
    index = {built_dossier.target(page_.path, each.attr("href") or "") for each in page_.select(".index a")}
    for path, each in built_dossier.pages.items():
        if re.fullmatch(r"companies/[^/]+/index.html", path) and each.select("[data-claim]"):
            assert (path, "") in index
            assert {(path, claim.attr("data-claim")) for claim in each.select("[data-claim]")} <= index


def test_a_file_that_cannot_be_read_is_said(browser: Browser, built_dossier: Site) -> None:
    files = {path: body for path, body in built_dossier.files.items() if path != "search/data/en/entries-0.js"}
    site = Site(built_dossier.base_url, built_dossier.languages, files)
    with visit(browser, site, PAGES["en"]) as visited:
        visited.page.locator("#search_q").fill("roshel")
        expect(visited.page.locator("#search_said")).to_contain_text("could not be read")


HOSTILE = [
    "", "😀 ok", "İstanbul ΣΑΣ ß ﬁn", "1,234,567.890 12 345 678,9 1.2.3", "a.b.c U.S.A. U.S.", "ÀÉ ICE",
    "e\u0301 \u0301", "constructor __proto__", "中文字 اللغة ไทย", "x" * 300, "３４ ² ½ Ⅻ", "l’été d'ICE qu'ON",
]  # fmt: skip


def test_the_browser_finds_the_words_that_the_build_finds(browser: Browser, built_dossier: Site) -> None:
    texts = [*HOSTILE]
    for code in PAGES:
        told = built_dossier.scripts[f"search/data/{code}/entries-0.js"].partition(",")[2].removesuffix(");\n")
        texts += [text[1] for _, _, entries in json.loads(told) for entry in entries for text in entry[6]]
    texts = [*dict.fromkeys(texts), *(text[:40].upper() for text in texts[:200])]
    assert len(texts) > 1000
    names = ["roshel", "cp-2025-12-02", "co", "é", "ﬁ"]
    script = f"""([texts, names, stops]) => {{ {source()}
        const out = new Set(stops);
        return [texts.map(text => tokens(text, out).map(([word]) => word)),
                texts.slice(0, 200).map(text => Object.fromEntries(
                    weigh([[8, text], [4, text + ' ' + text], [3, 'bread']], out))),
                names.map(name => shardOf(name, 16))]; }}"""
    page = browser.new_page()
    words, weighed, shards = page.evaluate(script, [texts, names, sorted(STOPS)])
    page.close()
    assert words == [list(words_of(text)) for text in texts]
    assert weighed == [weights([(8, text, ""), (4, f"{text} {text}", ""), (3, "bread", "")]) for text in texts[:200]]
    assert shards == [shard_of(name, 16) for name in names]


def source() -> str:
    """The parts of the script that know of words, as they are sent."""
    parts = sorted(SCRIPTS.glob("[0-4]-*.js"))
    assert len(parts) == 5
    return "\n".join(part.read_text("utf-8") for part in parts)


SAME = {
    "en": ["contract contracts contracting contracted", "vehicle vehicles", "company companies", "agency agencies",
           "investigate investigated investigating"],
    "fr": ["tribunal tribunaux", "contrat contrats", "attribue attribuer attribuee attribuees attribues",
           "vehicule vehicules", "entreprise entreprises", "autorite autorites", "federal federaux federale"],
}  # fmt: skip


def test_forms_of_a_word_have_one_stem_and_the_stemmers_are_as_published(browser: Browser) -> None:
    page = browser.new_page()
    script = f"([code, words]) => {{ {source()} return words.map(word => stem(code, word)); }}"
    for code, groups in SAME.items():
        for group in groups:
            assert len({*page.evaluate(script, [code, group.split()])}) == 1, group
    page.close()
    for name in ("1-snowball-base", "2-snowball-english", "3-snowball-french"):
        text = (SCRIPTS / f"{name}.js").read_text("utf-8")
        assert name == "1-snowball-base" or "by Snowball 3.0.1" in text.partition("\n")[0]
    assert "Dr Martin Porter" in (SCRIPTS / "0-snowball.js").read_text("utf-8")


def test_what_a_visitor_downloads(built_dossier: Site) -> None:
    """The figures of docs/search.md, as bounds: the script, what it is told, and the index of this dossier."""
    import gzip

    def size(beginning: str) -> int:
        (text,) = [text for path, text in built_dossier.scripts.items() if path.startswith(beginning)]
        return len(gzip.compress(text.encode(), 9))

    assert size("assets/search.") < 14_500
    assert size("assets/search-fr.") < 2_000
    assert size("search/data/fr/entries-0.js") < 70_000
    assert breadth_of(6, 150) == 1
    script = next(text for path, text in built_dossier.scripts.items() if path.startswith("assets/search."))
    assert "THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS" in script, "the licence of the stemmers goes with them"
    assert not re.search(r"fetch\(|XMLHttpRequest|sendBeacon|WebSocket|innerHTML|eval\(|import\(", script)
    assert not (Path(built_dossier.folder) / "search/data/en/words-0.js").exists()
