"""The table of companies and two of them side by side, in Chromium: by keyboard, from an address, from a disk."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.site_tests.browser_checks import NARROW, barriers, lost_focus, overflow, unseen, visit
from tests.site_tests.building import run_build
from tests.site_tests.published import Site
from tests.site_tests.test_form_browser import go_to

COMPANIES, COMPARE = "companies/index.html", "companies/compare/index.html"
COMPARE_FR = "fr/entreprises/comparer/index.html"
HOSTILE = """\
companies:
  - {id: sum, name: "=1+1, \\"sum\\"", aliases: ["<b>bold</b>"]}
  - {id: plus, name: +plus}
  - {id: eclair, name: Éclair}
  - {id: zebra, name: Zebra, apart: Elsewhere.}
"""


def shown(page: Page) -> list[str]:
    """The ids of the companies in sight, as they stand."""
    found: list[str] = page.evaluate("[...document.querySelectorAll('.companies tr[id]:not([hidden])')].map(e => e.id)")
    return found


def saved(page: Page) -> tuple[str, str]:
    """What the button saves: the name of the file, and its text."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_text("utf-8")


def test_what_is_shown_is_sorted_narrowed_saved_and_linked(browser: Browser, built_dossier: Site) -> None:
    with visit(browser, built_dossier, COMPANIES) as visited:
        page = visited.page
        rows = {row.attr("id"): row for row in built_dossier.pages[COMPANIES].select(".companies tr[id]")}
        every = [*rows]
        assert shown(page) == every
        page.get_by_role("button", name="Claims, by label").focus()
        page.keyboard.press("Enter")
        assert page.locator("th[aria-sort=descending]").text_content() == "Claims, by label"
        counts = [int(rows[name].select("[data-sort]")[0].attr("data-sort") or "") for name in shown(page)]
        assert counts[:-1] == sorted(counts[:-1], reverse=True), "each part is sorted by itself"
        assert shown(page)[-1] == every[-1], "what is kept apart stays apart"
        page.keyboard.press("Enter")
        assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
        page.get_by_role("combobox", name="Agency", exact=True).select_option("ice")
        page.get_by_role("combobox", name="Label", exact=True).select_option("disputed")
        wanted = [
            name for name, row in rows.items()
            if row.select("a[data-key=ice]") and row.select("[data-key=disputed]")
        ]  # fmt: skip
        assert sorted(shown(page)) == sorted(filter(None, wanted))
        assert 0 < len(wanted) < len(every)
        expect(page.get_by_role("status")).to_have_text(
            f"{len(wanted)} of {len(every)} companies shown. Sorted by: Claims, by label."
        )
        page.get_by_text("Columns").click()
        page.get_by_role("checkbox", name="Place").uncheck()
        before = shown(page)
        assert page.url.endswith("?agency=ice&label=disputed&sort=label&hide=place")
        page.reload()
        assert shown(page) == before
        name, text = saved(page)
        assert (name, text[0]) == ("companies.csv", "\ufeff")
        head, *told = csv.reader(io.StringIO(text[1:]))
        assert "Place" not in head
        assert [head[0], head[-1]] == ["Company", "Address"]
        addresses = [f"{built_dossier.base_url}companies/{each}/index.html" for each in before]
        assert [line[-1] for line in told] == addresses
        assert "Disputed" in told[0][head.index("Claims, by label")].split(" | ")[0]
        page.get_by_role("button", name="Show all").click()
        expect(page.get_by_role("status")).to_have_text(f"{len(every)} of {len(every)} companies shown.")
        assert shown(page) == every
        assert page.url == built_dossier.base_url + COMPANIES
        page.get_by_role("searchbox", name="Name").fill("montreal THOMSON")
        assert shown(page) == []
        page.get_by_role("searchbox", name="Name").fill("garda")
        assert shown(page) == ["gardaworld"]
        assert [*barriers(page), *lost_focus(page, 30), *visited.troubles] == []


def test_an_address_with_nonsense_shows_everything(browser: Browser, built_dossier: Site) -> None:
    address = f"{COMPANIES}?agency=nobody&kind=%22%3E&sort=-__proto__&hide=company.constructor&q="
    with visit(browser, built_dossier, address) as visited:
        assert len(shown(visited.page)) == len(built_dossier.pages[COMPANIES].select(".companies tr[id]"))
        assert visited.page.get_by_role("columnheader", name="Company").is_visible()
        picked = visited.page.locator(".finder select").evaluate_all("all => all.map(each => each.selectedIndex)")
        assert picked == [0, 0, 0, 0, 0]
        assert visited.troubles == []


def test_two_companies_by_keyboard_in_french(browser: Browser, built_dossier: Site) -> None:
    with visit(browser, built_dossier, COMPARE_FR, locale="fr-CA") as visited:
        page = visited.page
        held = built_dossier.pages[COMPARE_FR].select(".glance")
        assert page.locator(".glance:visible").count() == len(held)
        for control, key in (("a", "R"), ("b", "H")):
            page.locator(f"select[name={control}]").evaluate("each => each.id = 'now'")
            go_to(page, "now")
            page.keyboard.press(key)
            page.evaluate("document.activeElement.removeAttribute('id')")
        pair = page.get_by_role("table", name="Roshel et Hootsuite")
        assert pair.get_by_role("columnheader").all_text_contents() == ["Roshel", "Hootsuite"]
        said = [each.text for each in held[0].select("dt")]
        assert pair.get_by_role("rowheader").all_text_contents() == said
        for column, name in enumerate(("roshel", "hootsuite"), 1):
            (glance,) = [each for each in held if each.attr("id") == name]
            cells = page.locator(f".pair tbody tr > :nth-child({column + 1})").all_text_contents()
            assert cells == [each.text for each in glance.select("dd")]
        expect(page.get_by_role("status")).to_have_text("Côte à côte ci-dessous\u00a0: Roshel et Hootsuite.")
        assert page.locator(".glance:visible").count() == 0
        assert page.url.endswith("?a=roshel&b=hootsuite")
        page.reload()
        assert pair.is_visible()
        found = [*barriers(page), *unseen(page, "table *"), *lost_focus(page, 20)]
        page.set_viewport_size(NARROW)
        assert [*found, *overflow(page), *barriers(page)] == []
        page.locator("select[name=b]").select_option("roshel")
        assert page.locator(".glance:visible").count() == 1, "a company beside itself stands alone"
        assert visited.troubles == []


def test_nothing_of_it_needs_a_script(browser: Browser, built_dossier: Site) -> None:
    for path, rows in ((COMPANIES, ".companies tbody tr"), (COMPARE, ".glance")):
        with visit(browser, built_dossier, path, java_script_enabled=False) as visited:
            assert visited.page.locator(rows).count() > 3
            assert visited.page.locator(f"{rows}:visible").count() == visited.page.locator(rows).count()
            assert visited.page.locator(".finder:visible").count() == 0


def test_hostile_names_from_a_disk(browser: Browser, tmp_path: Path) -> None:
    """A page from disk does all that others do, and what a spreadsheet would run is defused."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/companies.yaml").write_text(HOSTILE, "utf-8")
    (tmp_path / "data/site.yaml").write_text(
        "title: T\nbase_url: https://t.example/\nlanguages: [en]\nrepository: https://code.example/t\n"
        "contact: a@t.example\nlicence: CC0\npublisher: P\n", "utf-8"
    )  # fmt: skip
    result = run_build(tmp_path, tmp_path / "site", {"SOURCE_DATE_EPOCH": "1795305600"})
    assert result.returncode == 0, result.stderr
    context = browser.new_context()
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto((tmp_path / "site" / COMPANIES).as_uri())
    page.get_by_role("searchbox", name="Name").fill("eclair")
    assert shown(page) == ["eclair"]
    assert page.url.endswith("?q=eclair")
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("button", name="Company").click()
    page.get_by_role("button", name="Company").click()
    assert shown(page) == ["eclair", "sum", "plus", "zebra"]
    _, text = saved(page)
    rows = [*csv.reader(io.StringIO(text.removeprefix("\ufeff")))]
    assert [each[0] for each in rows[1:]] == ["Éclair", '\'=1+1, "sum"', "'+plus", "Zebra"]
    assert all(each[-1].startswith("file:") for each in rows[1:])
    page.goto((tmp_path / "site" / COMPARE).as_uri() + "?a=sum&b=plus")
    assert page.locator(".pair thead th").all_text_contents() == ['=1+1, "sum"', "+plus"]
    assert page.locator(".pair tbody td").nth(0).text_content() == "Also <b>bold</b>"
    page.locator("select[name=a]").select_option("eclair")
    assert page.locator(".pair thead th").first.text_content() == "Éclair"
    assert troubles == []
    context.close()
