"""What a visitor has to fetch before a page can be read, as a server sends it (`gzip -9`)."""

from __future__ import annotations

import gzip
import re

from tests.site_tests.published import Site

COMPANY = re.compile(r"(?:companies|fr/entreprises)/[a-z0-9-]+/index\.html")
MOST_OF_PAGE, MOST_OF_STYLE, MOST_OF_SCRIPTS = 20_000, 14_000, 20_000


def sent(body: bytes) -> int:
    return len(gzip.compress(body, 9))


def test_the_page_of_a_company_is_light(built_dossier: Site) -> None:
    """Where one grows over it: take from it what is said twice, not what shows where a claim comes from."""
    weights = {path: sent(body) for path, body in built_dossier.files.items() if COMPANY.fullmatch(path)}
    assert len(weights) >= 10
    assert {path: weight for path, weight in weights.items() if weight >= MOST_OF_PAGE} == {}


def test_the_style_is_light(built_dossier: Site) -> None:
    assert sum(sent(text.encode()) for text in built_dossier.styles.values()) < MOST_OF_STYLE


def test_all_scripts_but_the_search_are_light(built_dossier: Site) -> None:
    """What a script reads is not among them: it comes when it is asked for."""
    scripts = {
        path: sent(text.encode())
        for path, text in built_dossier.scripts.items()
        if text.startswith("'use strict'") and "/search." not in path
    }
    assert any("/copy." in path for path in scripts)
    assert sum(scripts.values()) < MOST_OF_SCRIPTS, scripts
    assert max(weight for path, weight in scripts.items() if "/copy." in path) < 1_000


def test_how_a_page_is_cited_weighs_little(built_dossier: Site) -> None:
    """There can be tens of thousands of pages of sources."""
    pages = [text.text for path, text in built_dossier.pages.items() if path.startswith("sources/")]
    assert len(pages) > 50
    for page in pages:
        bare = re.sub(r'<details class="citing__more">.*?</details>|<meta name="DC\..*?>\n', "", page, flags=re.DOTALL)
        assert len(bare) < len(page)
        assert sent(page.encode()) - sent(bare.encode()) < 700
