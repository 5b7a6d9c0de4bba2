"""`build.py new`: by flags, by questions on a real terminal, and what is never written."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.added import NotAdded, with_record
from dossier.cli import main
from dossier.dialogue import ASKED, ONLY_WHERE, TODAY
from dossier.layout import said
from dossier.load import read_yaml
from dossier.model import COLLECTIONS, Claim, Company, Response, Source
from dossier.newly import KINDS, keys, missing, proposed_id, put
from dossier.values import HIDDEN
from tests.folders import tree

REPOSITORY = Path(__file__).parents[1]
SITE = """\
title: A small dossier
base_url: https://dossier.example/
languages: [en, fr]
repository: https://code.example/dossier
contact: desk@dossier.example
licence: CC0
publisher: The editors
"""
REGISTER = """\
# The register.
companies:
  - id: alder
    name: Alder   # the bakery
  - {id: birch, name: Birch}
agencies:
  - {id: weather, name: {en: Weather, fr: Météo}}
"""
ALDER = """\
# What is said of Alder.
about: alder

claims:
  - id: alder-oven
    kind: order
    mode: reported
    statement: {en: The Herald reported an oven., fr: "Selon le Herald, un four."}
    citations: [{source: herald-oven, quote: an oven}]
    reply: alder-none
    # note: to come

responses:
  - {id: alder-none, status: none-found, date: 2026-05-01}
"""
SOURCES = """\
sources:
  - id: herald-oven
    type: article-newspaper
    title: An oven
    publisher: Herald
    language: en
    role: reporting
    url: https://herald.example/oven
    accessed: 2026-05-01
    issued: 2026-04-30
"""
RECORDS = """\
sources:
  - id: register-entry
    type: webpage
    title: An entry
    publisher: Register
    language: en
    role: record
    url: https://register.example/1
    accessed: 2026-05-01
"""
CLAIM = """\
  - id: alder-contract-2026-03
    kind: contract
    mode: reported
    date: 2026-03
    amount: {value: 1200, currency: CAD, kind: ceiling}
    statement:
      en: "The Herald reported: a contract up to $1,200."
      fr: Selon le Herald, un contrat, au plus 1200 $.
    citations:
      - source: herald-oven
        quote: "up to \\"$1,200\\""
      - source: register-entry
        quote: "an entry"
        intent: context
    verified: 2026-05-02
    reply: [alder-none]
"""
FLAGS = (
    "claim --company alder --kind contract --mode reported --date 2026-03 --amount.value 1200 --amount.currency CAD"
    " --amount.kind ceiling --citations.source herald-oven --citations.source register-entry"
    " --citations.intent context --reply alder-none --verified 2026-05-02"
).split()
FLAGS.insert(FLAGS.index("register-entry") - 1, "--citations.quote")
FLAGS.insert(FLAGS.index("--citations.quote") + 1, 'up to "$1,200"')
FLAGS += ["--citations.quote", "an entry", "--statement.fr", "Selon le Herald, un contrat, au plus 1200 $."]
FLAGS += ["--statement", "The Herald reported: a contract up to $1,200."]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, words in {
        "site.yaml": SITE,
        "companies.yaml": REGISTER,
        "about/alder.yaml": ALDER,
        "sources/press.yaml": SOURCES,
        "sources/records.yaml": RECORDS,
    }.items():
        (tmp_path / "data" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / path).write_text(words, "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    return tmp_path


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main(["--root", str(root), "new", *map(str, arguments)])
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


def test_a_claim_by_flags_stands_with_its_company_and_all_else_stays(root: Path, run: Run) -> None:
    before = tree(root / "data")
    assert run(*FLAGS, "--yes") == (0, "data/about/alder.yaml:13: written\nNo errors, no warnings.\n", "")
    after = tree(root / "data")
    assert after.pop("about/alder.yaml").decode() == before.pop("about/alder.yaml").decode().replace(
        "    # note: to come\n", f"    # note: to come\n\n{CLAIM}"
    )
    assert after == before


def test_only_findings_about_the_new_record_are_told(root: Path, run: Run) -> None:
    (root / "data/about/birch.yaml").write_text("claims:\n  - {id: birch-x, company: birch, kind: rumour}\n")
    flags = [flag for flag in FLAGS if flag not in ("--reply", "alder-none")]
    code, out, _ = run(*flags, "--yes")
    assert code == 1
    assert "error E501 'alder-contract-2026-03' is adverse and names no reply" in out
    assert "rumour" not in out


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_terminal_the_missing_flags_are_named_in_one_line(kind: str, root: Path, run: Run) -> None:
    before = tree(root)
    code, out, err = run(kind)
    assert (code, out, err.count("\n")) == (2, "", 1)
    cls = COLLECTIONS[KINDS[kind]]
    named = set(re.findall(r"--([\w.]+)", err))
    assert named == {*missing(cls, {}), "yes"}
    assert all(path.split(".")[0] in keys(cls) for path in named - {"yes"})
    assert tree(root) == before


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("claim --company aldr", "--company: there is no company 'aldr'. Did you mean 'alder'?"),
        ("claim --kind contrakt", "Did you mean 'contract'?"),
        ("claim --date 2026/3/1", "Did you mean 2026-03-01?"),
        ("claim --id alder-oven", "the id 'alder-oven' is taken"),
        ("claim --id Alder", "'Alder' is not lower-case letters"),
        ("claim --citations.source herald-ovn", "Did you mean 'herald-oven'?"),
        ("claim --amount.value 1,200", "Write 1200."),
        ("claim --kind order --kind other", "--kind is given twice"),
        ("source --url ftp://a.example", "is not an address"),
        ("source --title a\x1bb", "a control or hidden character"),
        ("source --titel x", "unrecognized arguments: --titel"),
        ("letter", "invalid choice: 'letter'"),
    ],
)
def test_a_wrong_flag_is_named_and_nothing_is_written(flags: str, said: str, root: Path, run: Run) -> None:
    before = tree(root)
    code, _, err = run(*flags.split(), "--yes")
    assert code == 2
    assert said in err
    assert err.count("\n") == 1
    assert tree(root) == before


SOURCE = "source --type webpage --title Rye --publisher Register --language en --accessed 2026-05-02 --yes".split()


@pytest.mark.parametrize(("role", "file", "line"), [("record", "records", 11), ("reporting", "press", 12)])
def test_a_source_stands_beside_those_of_its_role(role: str, file: str, line: int, root: Path, run: Run) -> None:
    _, out, _ = run(*SOURCE, "--role", role, "--url", "https://register.example/2")
    assert out.startswith(f"data/sources/{file}.yaml:{line}: written\n")
    text = (root / f"data/sources/{file}.yaml").read_text()
    assert text.startswith(SOURCES if file == "press" else RECORDS)
    assert "\n\n  - id: register-rye\n    type: webpage\n" in text


def test_the_first_record_of_a_company_begins_its_file(root: Path, run: Run) -> None:
    code, out, _ = run("response", "--company", "birch", "--status", "none-found", "--date", "2026-05-02", "--yes")
    assert code == 0
    assert "data/dossiers/birch.yaml:4: written\n" in out
    assert (root / "data/dossiers/birch.yaml").read_text() == (
        "about: birch\n\nresponses:\n  - id: birch-none-found\n    status: none-found\n    date: 2026-05-02\n"
    )


def test_a_company_among_companies_and_an_id_that_is_free(root: Path, run: Run) -> None:
    run("company", "--name", "Alder", "--yes")
    text = (root / "data/companies.yaml").read_text()
    assert text == REGISTER.replace("agencies:", "\n  - id: alder-2\n    name: Alder\nagencies:")


def test_a_dossier_in_one_language_types_plain_texts(root: Path, run: Run) -> None:
    (root / "data/site.yaml").write_text(SITE.replace("[en, fr]", "[en]"))
    run("company", "--name", "Cedar", "--sector", "Bread: rye", "--yes")
    assert '    name: Cedar\n    sector: "Bread: rye"\n' in (root / "data/companies.yaml").read_text()


def test_a_file_with_a_slip_is_not_touched(root: Path, run: Run) -> None:
    file = root / "data/about/alder.yaml"
    file.write_text(file.read_text() + "    id: twice\n  bad\n")
    before = tree(root)
    assert run(*FLAGS, "--yes") == (
        2,
        "",
        "build.py: nothing was written: data/about/alder.yaml cannot be read: see 'build.py check'\n",
    )
    assert tree(root) == before


def test_nothing_is_written_through_a_link(root: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("other")
    (root / "data/dossiers").symlink_to(outside)
    code, _, err = run("response", "--company", "birch", "--status", "none-found", "--date", "2026-05-02", "--yes")
    assert (code, err) == (2, "build.py: nothing was written: the file is a link to another place\n")
    assert not [*outside.iterdir()]


def test_windows_line_ends_and_a_missing_last_one() -> None:
    raw = "\ufeffabout: alder\r\nclaims:\r\n- {id: a1}".encode()
    added = with_record(raw, "data/a.yaml", "claims", {"id": "b1", "kind": "order"}, ("en",), 2.0)
    assert added.content == raw + b"\r\n\r\n- id: b1\r\n  kind: order\r\n"
    assert (added.first, added.last) == (5, 6)


@pytest.mark.parametrize(
    "raw", [b"claims: [{id: a1}]\n", b"claims: []\n", b"claims:\n", b"- a\n", b"claims:\n\t- a\n", b"\xff"]
)
def test_where_it_cannot_be_put_it_is_said(raw: bytes) -> None:
    with pytest.raises(NotAdded):
        with_record(raw, "data/a.yaml", "claims", {"id": "b1"}, ("en",), 2.0)


@pytest.mark.parametrize("damage", ["  - id: b2", "    id: b1", "  - id: b1\nagencies:", '  - "id'])
def test_a_record_that_would_be_read_otherwise_is_not_added(damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.added.typed", lambda *_: [damage])
    with pytest.raises(NotAdded):
        with_record(SOURCES.encode(), "data/a.yaml", "sources", {"id": "b1"}, ("en",), 2.0)


ANY = st.text(min_size=1, max_size=300).filter(lambda text: not any(HIDDEN.search(line) for line in text.split("\n")))


@settings(max_examples=300, deadline=None)
@given(title=ANY, quote=ANY, author=st.lists(ANY, min_size=1, max_size=3), text=ANY)
def test_whatever_is_answered_is_read_back(title: str, quote: str, author: list[str], text: str) -> None:
    values = {"id": "b1", "title": title, "author": author, "note": {"en": text}, "citations": [{"quote": quote}]}
    raw = SOURCES.encode()
    added = with_record(raw, "data/a.yaml", "sources", values, ("en", "fr"), 2.0)
    assert added.content.startswith(raw)
    read, problems = read_yaml(added.content, "data/a.yaml", 2.0)
    assert not problems
    found = said(read.root)["sources"]
    assert found[1] == values
    assert len(found) == 2


def test_a_hidden_character_is_named() -> None:
    with pytest.raises(NotAdded, match="a character that no file may hold"):
        with_record(b"", "data/a.yaml", "sources", {"id": "b1", "author": ["a\u202eb"]}, ("en",), 2.0)


def test_ids_say_what_the_record_is() -> None:
    none: frozenset[str] = frozenset()
    assert proposed_id("company", {"name": "Éclair & Fils"}, none) == "eclair-fils"
    assert proposed_id("source", {"publisher": "CBC News", "issued": "2026-01-02", "title": "A b c"}, none) == (
        "cbc-news-2026-01-02-a-b-c"
    )
    assert proposed_id("company", {"name": "東京"}, none) == "company"
    assert proposed_id("response", {"company": "alder", "status": "declined"}, frozenset({"alder-declined"})) == (
        "alder-declined-2"
    )
    assert len(proposed_id("company", {"name": "x" * 500}, none)) <= 80


def test_flags_of_one_citation_are_told_from_those_of_the_next() -> None:
    values: dict[str, object] = {}
    for path, text in [("source", "a"), ("quote", "x"), ("source", "a"), ("translation.fr", "y"), ("source", "c")]:
        assert put(values, Claim, ["citations", *path.split(".")], text, "en")
    assert values == {
        "citations": [{"source": "a", "quote": "x"}, {"source": "a", "translation": {"fr": "y"}}, {"source": "c"}]
    }


def test_the_questions_are_about_keys_there_are() -> None:
    for cls, names in ASKED.items():
        assert set(names) <= keys(cls).keys()
    every = {name for cls in (Company, Claim, Source, Response) for name in keys(cls)}
    assert {name for pair in ONLY_WHERE for name in pair} | set(TODAY) <= every


class Terminal:
    """`build.py new` on a terminal of its own."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.own, theirs = pty.openpty()
        command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "new", *arguments]
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "dumb"},
            # A run in the background hands down that interrupts are ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(theirs)
        self.shown = ""

    def until(self, words: str) -> str:
        """What is shown up to these words, which come within half a minute."""
        late = time.monotonic() + 30
        while words not in self.shown:
            ready, _, _ = select.select([self.own], [], [], max(0.0, late - time.monotonic()))
            assert ready, f"{words!r} did not come after {self.shown[-600:]!r}"
            try:
                read = os.read(self.own, 4096)
            except OSError:
                read = b""
            assert read, f"it ended before {words!r}: {self.shown[-600:]!r}"
            self.shown += read.decode("utf-8", "replace").replace("\r\n", "\n")
        before, _, self.shown = self.shown.partition(words)
        return before

    def answer(self, prompt: str, typed: str) -> str:
        shown = self.until(f"{prompt}")
        os.write(self.own, f"{typed}\n".encode())
        return shown

    def end(self) -> tuple[int, str]:
        rest = self.shown
        while True:
            try:
                read = os.read(self.own, 4096)
            except OSError:
                break
            if not read:
                break
            rest += read.decode("utf-8", "replace").replace("\r\n", "\n")
        code = self.process.wait(30)
        os.close(self.own)
        return code, rest


@pytest.fixture
def opened(root: Path) -> Iterator[Callable[..., Terminal]]:
    terminals: list[Terminal] = []

    def opened(*arguments: str) -> Terminal:
        terminals.append(Terminal(root, *arguments))
        return terminals[-1]

    yield opened
    for each in terminals:
        each.process.kill()
        each.process.wait()


def test_a_claim_by_questions(root: Path, opened: Callable[..., Terminal]) -> None:
    before = tree(root / "data")
    terminal = opened("claim", "--company", "alder")
    shown = terminal.answer("title (en)> ", "")
    assert "A short heading." in shown
    terminal.answer("title (fr)> ", "")
    assert "1 contract   2 order" in terminal.answer("kind> ", "contrakt")
    assert "Did you mean 'contract'?" in terminal.answer("kind> ", "1")
    terminal.answer("mode> ", "reported")
    terminal.answer("date> ", "3/2026")
    assert "E301" not in terminal.answer("date> ", "2026-03")
    terminal.answer("counterparty> ", "")
    terminal.answer("amount.value> ", "$1,200")
    assert "Write 1200." in terminal.answer("amount.value> ", "1200")
    terminal.answer("amount.currency> ", "CAD")
    terminal.answer("amount.kind> ", "ceiling")
    terminal.answer("statement (en)> ", "")
    assert "there is no value here" in terminal.answer(
        "statement (en)> ", "The Herald reported: a contract up to $1,200."
    )
    terminal.answer("statement (fr)> ", "Selon le Herald, un contrat, au plus 1200 $.")
    terminal.answer("citations.source> ", "oven")
    assert "With 'oven' in them: herald-oven" in terminal.answer("citations.source> ", "herald-oven")
    terminal.answer("citations.quote> ", 'up to "$1,200"')
    terminal.answer("citations.locator> ", "")
    terminal.answer("Another of 'citations'? [y/N] ", "")
    terminal.answer("verified [2026-11-22]> ", "")
    terminal.answer("reply> ", "alder-none")
    terminal.answer("another> ", "")
    terminal.answer("id [alder-contract-2026-03]> ", "")
    assert "  - id: alder-contract-2026-03" in terminal.answer("Write it to data/about/alder.yaml? [Y/n] ", "")
    code, rest = terminal.end()
    assert "data/about/alder.yaml:13: written" in rest
    assert code == 0, rest
    after = tree(root / "data")
    cited = (
        CLAIM[: CLAIM.index("      - source: register-entry")] + "    verified: 2026-11-22\n    reply: [alder-none]\n"
    )
    new = before["about/alder.yaml"].decode().replace("    # note: to come\n", f"    # note: to come\n\n{cited}")
    assert after == {**before, "about/alder.yaml": new.encode()}


@pytest.mark.parametrize("how", ["ctrl-c", "ctrl-d", "no"])
def test_whoever_stops_leaves_nothing(how: str, root: Path, opened: Callable[..., Terminal]) -> None:
    before = tree(root)
    terminal = opened("company", "--name", "Cedar")
    terminal.answer("sector (en)> ", "Bread")
    if how == "ctrl-c":
        terminal.until("sector (fr)> ")
        for _ in range(20):  # one that comes between the prompt and the reading is seen with the next
            terminal.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                terminal.process.wait(2)
                break
    elif how == "ctrl-d":
        terminal.until("sector (fr)> ")
        os.write(terminal.own, b"\x04")
    else:
        for prompt in ("sector (fr)", "headquarters.city", "headquarters.region", "headquarters.country", "website"):
            terminal.answer(f"{prompt}> ", "")
        terminal.answer("nexus.kind> ", "")
        terminal.answer("summary (en)> ", "")
        terminal.answer("summary (fr)> ", "")
        terminal.answer("id [cedar]> ", "")
        terminal.answer("Write it to data/companies.yaml? [Y/n] ", "n")
    code, rest = terminal.end()
    assert code == {"ctrl-c": 130, "ctrl-d": 2, "no": 0}[how], rest
    assert "Traceback" not in rest
    assert tree(root) == before
