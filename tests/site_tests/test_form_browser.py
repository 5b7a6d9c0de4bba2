"""The form of drafts in Chromium: by keyboard alone, in French; hostile words; the draft after a reload."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from dossier.dates import parse_edtf
from dossier.load import read_yaml
from dossier.pipeline import examine
from dossier.reading import is_empty
from dossier.values import HIDDEN, MOST_QUOTED, RESERVED
from dossier.values import ID as NAME
from dossier.values import URL as ADDRESS
from tests.site_tests.browser_checks import barriers_in_every_light, lost_focus, unseen, visit
from tests.site_tests.published import Site
from tests.site_tests.tools import ROOT

FRENCH, ENGLISH = "fr/contribuer/brouillon/index.html", "contribute/draft/index.html"
TODAY = date(2026, 11, 23)


def go_to(page: Page, control: str) -> None:
    """To a control by the Tab key, from wherever one is: forwards, and at the end of the page from its beginning."""
    for _ in range(400):
        if page.evaluate("document.activeElement?.id ?? ''") == control:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to #{control}")


def fill(page: Page, **words: str) -> None:
    """Type into controls, by the ids they have with `_` for `-`; in a select, go down to the value.

    The draft is written anew for each letter: after the first five the rest comes at once, as from a clipboard."""
    for control, text in words.items():
        go_to(page, control.replace("_", "-"))
        if page.evaluate("document.activeElement.tagName") == "SELECT":
            choose(page, text)
        else:
            page.keyboard.type(text[:5])
            page.keyboard.insert_text(text[5:])


def choose(page: Page, value: str) -> None:
    """Go down in a select until it has a value."""
    for _ in range(60):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no such value: {value}")


def text_of(page: Page) -> str:
    return page.locator("#draft_text").text_content() or ""


def test_a_claim_by_keyboard_in_french_passes_the_check(browser: Browser, built_dossier: Site, tmp_path: Path) -> None:
    with visit(browser, built_dossier, FRENCH, locale="fr-CA") as visited:
        page = visited.page
        for name in ("sources", "responses"):
            go_to(page, f"draft-on-{name}")
            page.keyboard.press("Space")
        fill(
            page,
            claims_id="roshel-essai",
            claims_company="roshel",
            claims_kind="order",
            claims_mode="reported",
            claims_date="2026-01",
            claims_counterparty="ice",
            claims_statement_en="The Example Gazette reported: \u201cice\u201d asked for tents # not vehicles.",
            claims_statement_fr="Selon The Example Gazette, « ice » a demandé des tentes\u00a0: rien d’autre.",
            claims_citations_0_source="example-gazette-2026",
            claims_citations_0_quote='an order: "tents" # for winter',
            claims_citations_0_translation_fr="une commande de tentes pour l’hiver",
            claims_verified="2026-11-22",
            claims_reply="roshel-essai-reponse",
            sources_id="example-gazette-2026",
            sources_type="article-newspaper",
            sources_title="Tents: a \\ history",
            sources_publisher="The Example Gazette",
            sources_issued="2026-02-01",
            sources_accessed="2026-11-22",
            sources_url="https://gazette.example/tents",
            sources_language="en",
            sources_role="reporting",
        )
        for control in ("sources-more", "sources-archives-add"):
            go_to(page, control)
            page.keyboard.press("Enter")
        fill(
            page,
            sources_archives_0_url="https://web.archive.org/web/2026/https://gazette.example/tents",
            sources_archives_0_captured="2026-02-02",
        )
        fill(
            page,
            responses_id="roshel-essai-reponse",
            responses_company="roshel",
            responses_status="none-found",
            responses_date="2026-11-22",
            responses_statement_en="No reply found so far.",
            responses_statement_fr="Aucune réponse à ce jour.",
        )
        assert page.locator("#draft_todo li").all_text_contents() == []
        expect(page.locator("#draft_left")).to_contain_text("Il ne reste rien à faire")
        link = urlsplit(page.locator("#draft_open").get_attribute("href") or "")
        assert parse_qs(link.query) == {"filename": ["roshel-essai.yaml"], "value": [text_of(page)]}
        assert link.path.endswith("/new/main/data/dossiers")
        draft = text_of(page)
        page.reload()
        assert text_of(page) == draft, "the draft is there after a reload"
        assert visited.troubles == []
        for folder in ("data", "content"):
            shutil.copytree(ROOT / folder, tmp_path / folder)
        (tmp_path / "data/dossiers/roshel-essai.yaml").write_text(draft, "utf-8")
        examined = examine(tmp_path, TODAY)
        assert examined.stands, [str(each) for each in examined.problems if each.severity == "error"]
        mine = [each for each in examined.problems if "roshel-essai" in each.span.file]
        assert [each.rule.name for each in mine] == [], draft
        assert examined.register
        assert examined.register.claims["roshel-essai"].citations[0].quote == 'an order: "tents" # for winter'
        go_to(page, "draft_delete")
        page.on("dialog", lambda dialog: dialog.accept())
        page.keyboard.press("Enter")
        expect(page.locator("#draft_text")).to_be_empty()
        page.reload()
        assert text_of(page) == ""


HOSTILE = (
    "a: b", "- a", "# no", 'say "so"', "it's", "back\\slash", "</script><b>x", "🙂 smile", "non\u00a0breaking",
    "[x] {y}", "a #b", "null", "~", "NO", "1.10", "2026-01", "true", "@x", "`x`", "%x", "? x", "! x", "& x", "* x",
    "| x", "> x", "key:", ":", "::", "a:b", "'", '"', "\\", "é", "« x »", "a, b", "--- x", "...",
    "word " * 60 + "end: #x", "\u00a0" + "x" * 150, "a" * 200 + " b: c", "x\u2028y", "tab\there",
)  # fmt: skip


def test_hostile_words_read_back_as_they_were_typed(browser: Browser, built_dossier: Site) -> None:
    with visit(browser, built_dossier, ENGLISH) as visited:
        page = visited.page
        for typed in HOSTILE:
            for control in ("claims-statement-en", "claims-statement-fr", "claims-citations-0-quote", "claims-id"):
                page.evaluate(
                    """([id, value]) => { const e = document.getElementById(id); e.value = value;
                    e.dispatchEvent(new Event('input')); }""",
                    [control, typed],
                )
            wanted = re.sub(r"[ \t\r\n]+", " ", typed).strip("\ufeff \t\n\u00a0\u2028")
            text = text_of(page)
            held = yaml.load(text, yaml.BaseLoader)["claims"][0]
            found = [held["id"], *held["statement"].values(), held["citations"][0]["quote"]]
            assert found == [wanted] * 4, text
            if not HIDDEN.search(wanted):
                document, problems = read_yaml(text.encode(), "data/x.yaml")
                assert not problems, (text, problems)
                node: Any = document.root
                value = node.entries["claims"].items[0].entries["id"]
                assert (value.text, is_empty(value)) == (wanted, False)
        page.evaluate("document.querySelector('#claims-note-en').closest('details').open = true")
        page.locator("#claims-note-en").fill("One: two\n\n- three # four\n  deeper\nfive ")
        held = yaml.load(text_of(page), yaml.BaseLoader)["claims"][0]
        assert held["note"] == {"en": "One: two\n\n- three # four\n  deeper\nfive"}
        assert visited.troubles == []


VALUES = {
    "id": ("ab", "a", "a" * 80, "a" * 81, "Ab", "a_b", "a b", "é-x", "ref-12", "2026-01-02", "reply-any",
           "claims", "-"),
    "url": ("https://x", "HTTP://x", "ftp://x", "https://", "https://a b", "javascript:x", "//x"),
    "date": (
        "2026", "2026-01", "2026-13", "2026-02-29", "2024-02-29", "1900-02-29", "2026-00", "2026-01-00", "202X", "20XX",
        "2XXX", "202X-01", "2026-21", "2026-21-01", "2026-XX-01", "2026-01-XX", "2026-01~", "2026?", "2026%", "0000",
        "2024-08/..", "../2024", "../..", "/", "2024/2023", "2024-01/2024-02-03", "2024/", "2026-1-2", "1/2/2026", "x",
        "2026-24", "9999-24", "2024/2025/2026",
    ),
    "quote": ("one " * 25, "one " * 26, "one – " * 25, "word\u00a0word " * 13, "… " * 40),
}  # fmt: skip


def right_in_python(kind: str, value: str) -> bool:
    value = " ".join(value.split(" ")).strip()
    if kind == "date":
        try:
            parse_edtf(value)
        except ValueError:
            return False
        return True
    if kind == "quote":
        from dossier.checks.words import count_words

        return count_words(value) <= MOST_QUOTED
    return bool(ADDRESS.fits(value) if kind == "url" else NAME.fits(value) and not RESERVED.fullmatch(value))


TOLD = """
([id, values]) => values.map(value => {
    const control = document.getElementById(id);
    control.focus();
    control.value = value;
    control.dispatchEvent(new Event('input', {bubbles: true}));
    control.blur();
    return [document.getElementById(`${id}-error`).textContent, control.getAttribute('aria-invalid')];
})
"""
"""What is said of each value, when the control is left."""


def test_browser_and_program_agree(browser: Browser, built_dossier: Site) -> None:
    controls = {"id": "claims-id", "url": "sources-url", "date": "claims-date", "quote": "claims-citations-0-quote"}
    with visit(browser, built_dossier, ENGLISH) as visited:
        page = visited.page
        page.locator("#draft-on-sources").check()
        for kind, values in VALUES.items():
            for value, (said, invalid) in zip(values, page.evaluate(TOLD, [controls[kind], values]), strict=True):
                assert (said == "") is right_in_python(kind, value), f"{kind} {value!r}: {said!r}"
                assert (invalid == "true") is (said != "")
        page.locator("#claims-id").fill("roshel")
        page.locator("#claims-company").fill("nobody-here")
        page.locator("#claims-company").blur()
        assert page.locator("#claims-id-error").text_content() == "This name is taken: choose another."
        assert "No record" in (page.locator("#claims-company-error").text_content() or "")


@pytest.mark.parametrize("path", [FRENCH, ENGLISH])
def test_the_page_has_no_barriers(browser: Browser, built_dossier: Site, path: str) -> None:
    with visit(browser, built_dossier, path) as visited:
        page = visited.page
        for name in ("sources", "responses", "corrections"):
            page.locator(f"#draft-on-{name}").check()
        page.locator("#claims-id").fill("A")
        page.locator("#claims-id").blur()
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        page.locator("#claims-citations-0-quote").fill("a quote")
        found = [*barriers_in_every_light(page), *lost_focus(page), *unseen(page), *visited.troubles]
        assert found == []
    with visit(browser, built_dossier, path, java_script_enabled=False) as visited:
        assert not visited.page.locator("#draft_").is_visible()
        assert visited.page.locator("noscript p").is_visible()
        assert [*unseen(visited.page), *visited.troubles] == []


def test_the_scripts_are_small_and_ask_no_one(built_dossier: Site) -> None:
    (script,) = [text for path, text in built_dossier.scripts.items() if path.startswith("assets/draft.")]
    assert len(script.encode()) < 20_000
    assert not re.search(r"fetch\(|XMLHttpRequest|sendBeacon|WebSocket|innerHTML|eval\(|import\(", script)
    page = built_dossier.pages[FRENCH]
    policy = page.select("meta[http-equiv]")[0].attr("content") or ""
    assert "script-src 'self'; connect-src 'none'" in policy
    others = [each for path, each in built_dossier.pages.items() if path not in (FRENCH, ENGLISH)]
    assert others
    assert not any("/draft." in each.text for each in others)
    assert all(bool(each.select("script")) is ("script-src" in each.text) for each in others)
    told = next(text for path, text in built_dossier.scripts.items() if path.startswith("assets/ids."))
    ids = json.loads(told.removeprefix("globalThis.draftIds=").rstrip(";\n"))
    assert "roshel" in ids["companies"]
