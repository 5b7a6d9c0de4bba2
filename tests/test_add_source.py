"""A page's address to a record: pages of this machine that say it well, badly, wrongly, not at all, or to do harm."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dossier.commands import Asked
from dossier.commands.add_source import GIVEN, run
from dossier.described import described
from dossier.fetch import Client
from dossier.load import read_yaml
from dossier.newly import standing
from dossier.same_page import cleaned
from dossier.wayback import Wayback
from tests import given
from tests.pages.made import REPORT, pdf_of
from tests.web import Clock, Reply, Web, web

PAGES = Path(__file__).parent / "pages/sources"
TODAY = date(2026, 11, 22)
PRESS = """\
# The press; comments stay.
sources:
  # The first
  - id: older
    type: article-newspaper
    title: Older bread   # as printed
    publisher: pond-post
    issued: 2026-01-02
    accessed: 2026-11-20
    url: https://www.pondpost.example/older/?a=1&utm_source=x
    language: en
    role: reporting

# The end.
"""
RECORDS = """\
sources:
  - {id: notice, type: webpage, title: Notice, publisher: Ministry, accessed: 2026-11-20, url: "https://w.example/n",
     language: en, role: record}
"""
PUBLISHERS = """\
publishers:
  - {id: cp, name: {en: The Canadian Press, fr: La Presse Canadienne}}
  - {id: daily-quack, name: The Daily Quack}
  - {id: pond-post, name: The Pond Post}
"""


@pytest.fixture
def here() -> Iterator[Web]:
    with web() as opened:
        yield opened


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"site": given.SITE, "publishers": PUBLISHERS, "sources/press": PRESS, "sources/records": RECORDS}
    for name, text in files.items():
        (tmp_path / f"data/{name}.yaml").parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"data/{name}.yaml").write_text(text)
    return tmp_path


def page(here: Web, name: str, path: str) -> str:
    """The address at which a page of `pages/sources` is served."""
    markup = (PAGES / f"{name}.html").read_text().replace("{here}", here.url(""))
    here.answers[path] = Reply(markup.encode())
    return here.url(path)


Add = Callable[..., tuple[int, str, str]]


@pytest.fixture
def add(here: Web, root: Path, capsys: pytest.CaptureFixture[str]) -> Add:
    """The command, asking the web of this machine alone."""

    def add(url: str, ask: Callable[[str], str] | None = None, **options: Any) -> tuple[int, str, str]:
        clock = Clock()
        client = Client("dossier/0", allow_local=True, sleep=clock.sleep, monotonic=clock.monotonic)
        archive = Wayback(client, client, here.url("/archive"), here.url("/archive"))
        given_ = {"url": url, "yes": True, "into": None, **dict.fromkeys(GIVEN), **options}
        asked = Asked(root, root / "output", False, Namespace(**given_))
        capsys.readouterr()
        code = run(asked, standing(root), TODAY, client, archive, ask)
        return code, *capsys.readouterr()

    return add


def written(root: Path, file: str = "press") -> dict[str, Any]:
    """The last record of a file, as it is read; its `url` without the port, which differs from run to run."""
    document, problems = read_yaml((root / f"data/sources/{file}.yaml").read_bytes(), "x.yaml")
    assert not problems
    from dossier.layout import said

    found: dict[str, Any] = said(document.root)["sources"][-1]
    found["url"] = found["url"].partition("127.0.0.1:")[2].partition("/")[2]
    return found


def test_a_newspaper_in_english(here: Web, add: Add, root: Path) -> None:
    url = page(here, "english", "/news/bread?id=7&fbclid=abc")
    code, out, err = add(url)
    assert (code, err) == (0, "")
    assert written(root) == {
        "id": "daily-quack-2026-11-18-bakery-sold-bread-to-the-ministry",
        "type": "article-newspaper",
        "title": "Bakery sold bread to the Ministry of Waterfowl",
        "author": ["Marie Canard", "John Drake"],
        "publisher": "daily-quack",
        "issued": "2026-11-18",
        "accessed": "2026-11-22",
        "url": "news/bread?id=7",
        "language": "en",
        "role": "reporting",
    }
    rows = dict(line.strip().split(maxsplit=1) for line in out.splitlines() if line.startswith("  ") and "(" in line)
    assert rows["title"] == "Bakery sold bread to the Ministry of Waterfowl  (JSON-LD NewsArticle headline)"
    assert rows["author"] == "Marie Canard, John Drake  (JSON-LD NewsArticle author)"
    assert rows["url"].endswith("/news/bread?id=7  (link rel=canonical)")
    assert rows["role"] == "reporting  (a guess by its type: give --role if it is none)"
    assert "data/sources/press.yaml:14: written" in out


def test_all_else_in_the_file_stays_byte_for_byte(here: Web, add: Add, root: Path) -> None:
    assert add(page(here, "english", "/news/bread"))[0] == 0
    text = (root / "data/sources/press.yaml").read_text()
    head, _, tail = PRESS.partition("\n# The end.\n")
    assert text.startswith(head)
    assert text.endswith("\n# The end.\n" + tail)
    assert (root / "data/sources/records.yaml").read_text() == RECORDS


def test_a_newspaper_in_french_that_says_it_is_english(here: Web, add: Add, root: Path) -> None:
    _, out, _ = add(page(here, "french", "/pain"), role="reporting")
    record = written(root)
    assert record["title"] == "La boulangerie vend du pain aux canards"
    assert record["author"] == ["Marie Canard", "Jean Colvert"]
    assert (record["language"], record["issued"], record["publisher"]) == ("fr", "2026-11", "Le Quotidien de l’étang")
    assert "! html lang says 'en', and the words are those of 'fr'." in out


def test_the_story_of_an_agency(here: Web, add: Add, root: Path) -> None:
    add(page(here, "wire", "/wire"))
    record = written(root)
    assert (record["wire"], record["publisher_of_record"], record["publisher"]) == ("cp", "cp", "Pond City News")
    assert (record["author"], record["issued"]) == (["Mallard Jones"], "2026-11-20")


def test_an_agency_in_the_dateline(here: Web, add: Add, root: Path) -> None:
    add(page(here, "dateline", "/dateline"))
    record = written(root)
    assert (record["wire"], record["issued"], record["publisher"]) == ("Reuters", "2026-11-19", "127.0.0.1")


def test_a_page_of_a_government(here: Web, add: Add, root: Path) -> None:
    add(page(here, "government", "/contract"), role="record")
    record = written(root, "records")
    assert (record["type"], record["role"], record["issued"]) == ("webpage", "record", "2026-10-01")
    assert (record["title"], record["publisher"]) == ("Contract for bread", "Ministry of Waterfowl")
    assert "author" not in record
    assert record["language"] == "en"


def test_a_pdf(here: Web, add: Add, root: Path) -> None:
    here.answers["/report.pdf"] = Reply(pdf_of(REPORT), headers=(("Content-Type", "application/pdf"),))
    code, out, _ = add(here.url("/report.pdf"), publisher="daily-quack", into="data/sources/records.yaml")
    record = written(root, "records")
    assert code == 0
    assert (record["type"], record["title"], record["publisher"]) == ("report", "A report", "daily-quack")
    assert "title                A report  (the PDF's title)" in out
    assert "role                 summary  (a guess, the most careful one: give --role)" in out


def test_behind_a_wall(here: Web, add: Add, root: Path) -> None:
    add(page(here, "paywall", "/price"))
    record = written(root)
    assert (record["availability"], record["read"], record["publisher"]) == ("paywalled", "excerpt", "pond-post")


def test_a_page_that_says_nothing_of_itself(here: Web, add: Add, root: Path) -> None:
    code, _, err = add(page(here, "bare", "/bare"))
    assert (code, err) == (2, "build.py: these are missing: --title\n")
    assert (root / "data/sources/press.yaml").read_text() == PRESS
    assert add(here.url("/bare"), title="Bread", issued="2026-11")[0] == 0
    assert written(root)["title"] == "Bread"


def test_what_a_page_says_wrong_gives_way(here: Web, add: Add, root: Path) -> None:
    _, out, _ = add(page(here, "wrong", "/ducks"))
    record = written(root)
    assert (record["title"], record["issued"], record["url"]) == ("Ducks fed again", "2026-11-02", "ducks")
    assert record["language"] == "en"
    assert "author" not in record
    for note in (
        "! JSON-LD NewsArticle headline says “Your headline here”, which the page does not show: not taken.",
        "! JSON-LD NewsArticle datePublished says “2031-05-01”, which cannot be its date: not taken.",
        "! meta citation_date says “1970-01-01”, which cannot be its date: not taken.",
        "! meta og:url names another page, https://elsewhere.example/ducks, and is not taken.",
    ):
        assert note in out


def test_a_page_that_wants_to_do_harm(here: Web, add: Add, root: Path) -> None:
    code, out, _ = add(page(here, "hostile", "/evil"))
    record = written(root)
    assert code == 0
    assert record["title"] == 'Fine words": {evil} claims: - id: evil # no'
    assert record["author"] == ["[31mRed Duck", "- id: evil"]
    assert record["publisher"] == "'x' url: https://evil.example/ claims: [&a, *a] !!python/object"
    assert (record["role"], record["issued"], record["url"]) == ("reporting", "2026-11-02", "evil")
    assert not {"\x1b", "\x07", "\u202e"} & {*out}
    document, _ = read_yaml((root / "data/sources/press.yaml").read_bytes(), "x.yaml")
    assert [*document.root.entries] == ["sources"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "markup",
    [
        b"<title>" + b"words " * 170_000 + b"</title><h1>" + b"x" * 1_000_000,
        b'<meta name="author" content="'
        + b"a" * 1_000_000
        + b'"><title>T</title>'
        + b"<div class=byline>" * 60_000
        + b"deep " * 200_000,
        b'<script type="application/ld+json">' + b"[" * 400_000,
        b'<script type="application/ld+json">' + b'{"@graph":[' * 500 + b"]}" * 500 + b"</script>",
        b'<script type="application/ld+json">[' + b'{"@graph":[1,2,3,4]},' * 40_000 + b"1]</script>",
        b"<meta name=date content=2026-11-20>" * 100_000,
        b"<h1>" * 100_000 + b"deep",
    ],
)
def test_what_is_too_much_is_soon_done_with(markup: bytes) -> None:
    started = time.perf_counter()
    found = described(markup, "text/html")
    assert time.perf_counter() - started < 5
    assert all(len(each.value) <= 300 for values in found.told.values() for each in values)
    assert all(len(values) <= 50 for values in found.told.values())


@pytest.mark.parametrize(
    "url",
    [
        "https://www.pondpost.example/older/?a=1&utm_source=x",
        "http://pondpost.example/older?a=1",
        "https://m.pondpost.example/older/?fbclid=1&a=1#top",
        "https://PONDPOST.example/older/amp/?a=1",
    ],
)
def test_a_page_that_is_there_already_is_not_asked_for(here: Web, add: Add, url: str) -> None:
    assert add(url) == (0, "The dossier has this page: older (data/sources/press.yaml:4:5)\n", "")
    assert here.asked == []


def test_an_archived_copy_is_noted(here: Web, add: Add, root: Path) -> None:
    url = page(here, "english", "/news/bread?id=7")
    found = {"available": True, "status": "200", "timestamp": "20261120000000"}
    asked = f"/archive/wayback/available?url={quote(url, safe='')}&timestamp=20261122"
    here.answers[asked] = Reply(json.dumps({"archived_snapshots": {"closest": found}}).encode())
    add(url)
    (copy,) = written(root)["archives"]
    assert copy == {"url": here.url(f"/archive/web/20261120000000/{url}"), "captured": "2026-11-20"}


def test_nobody_is_passed_over(here: Web, add: Add, root: Path) -> None:
    url = page(here, "english", "/news/bread")
    assert add(url, yes=False)[0] == 2
    asked: list[str] = []
    code, out, _ = add(url, ask=lambda question: asked.append(question) or "", yes=False)  # type: ignore[func-returns-value]
    assert (code, asked) == (0, ["Write it to data/sources/press.yaml? [y/N] "])
    assert out.endswith("Nothing was written.\n")
    assert (root / "data/sources/press.yaml").read_text() == PRESS
    assert add(url, ask=lambda _: "y", yes=False)[0] == 0
    assert written(root)["publisher"] == "daily-quack"


def test_a_page_that_is_not_given(here: Web, add: Add) -> None:
    code, out, err = add(here.url("/gone"))
    assert (code, out) == (1, "")
    assert err == (
        "The page was not had: there is no such page (404). Its record can be written with 'build.py new source'.\n"
    )


@pytest.mark.parametrize("into", ["../x.yaml", "data/none.yaml", "/etc/passwd", "data/site.yaml/.."])
def test_no_other_file_is_written(here: Web, add: Add, into: str) -> None:
    code, _, err = add(page(here, "english", "/news/bread"), into=into)
    assert code == 2
    assert err.startswith(f"build.py: nothing was written: there is no data file {into}")


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://a.example/x?utm_medium=1&b=2&fbclid=3#c", "https://a.example/x?b=2"),
        ("https://a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", ""),
        ("https://u:p@a.example/", ""),
        ("https://[::1", ""),
        ("https://a.example/\u202ex", ""),
    ],
)
def test_addresses(url: str, wanted: str) -> None:
    assert cleaned(url) == wanted
