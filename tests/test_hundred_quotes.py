"""A hundred quotes against a web of this machine, from snapshot to what a page says: pages in HTML, PDF and plain text,
one behind a redirect, and a run that is killed in the middle."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unicodedata import category

import pytest

from dossier.copies import read_copies, state_of
from dossier.fetch import Client
from dossier.register import Register
from dossier.snapshot import run as snapshot
from dossier.verify import run as verify
from tests import given
from tests.pages.made import REPORT, pdf_of
from tests.test_quotes import KINDS, PAGES, table
from tests.web import Reply, Web, moved, web

REPO = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)
ROWS = [row for row in table() if not any(category(sign) == "Cf" for sign in row[2])]
"""Those that can be typed in a data file: characters that cannot be seen are refused there."""
SOURCES = {"news": "news.html", "presse": "presse.html", "notice": "notice.txt", "report": "report.pdf"}

FILLING = b"\nThe office keeps its files until the matter they are about has ended, and a while after that.\n"
"""A page of less text is taken for a paywall."""

KILLED = """\
import sys
from datetime import date
from pathlib import Path
from dossier.fetch import Client
from dossier.snapshot import run
from tests import given
root = Path(sys.argv[1])
register = given.register((root / "dossier.txt").read_text("utf-8"))
client = Client("dossier/0", pause=0, allow_local=True)
run(root, register, root / ".snapshots", date(2026, 11, 23), print, client=client)
"""


@pytest.fixture
def here() -> Iterator[Web]:
    with web() as opened:
        for source, name in SOURCES.items():
            body = pdf_of(REPORT) if name == "report.pdf" else (PAGES / name).read_bytes()
            body += FILLING if name == "notice.txt" else b""
            kind = KINDS[name.rpartition(".")[2]]
            opened.answers[f"/{source}"] = Reply(body, headers=(("Content-Type", kind),))
        opened.answers["/moved"] = moved("/news")
        yield opened


def dossier(here: Web) -> str:
    """The sources, and a claim for each row of the table. The first source stands behind a redirect."""
    lines = ["companies: [{id: acme, name: Acme}]", "sources:"]
    for source in SOURCES:
        path = "/moved" if source == "news" else f"/{source}"
        language = "fr" if source == "presse" else "en"
        lines.append(
            f"  - {{id: {source}, type: webpage, title: {source}, publisher: A paper, url: '{here.url(path)}', "
            f"accessed: 2026-11-20, language: {language}, role: reporting}}"
        )
    lines.append("claims:")
    of = {name: source for source, name in SOURCES.items()}
    for number, (name, _, quote) in enumerate(ROWS):
        lines.append(
            f"  - {{id: claim-{number}, company: acme, kind: other, mode: reported, statement: A paper said so., "
            f"citations: [{{source: {of[name]}, quote: {json.dumps(quote)}}}]}}"
        )
    return "\n".join(lines) + "\n"


def outcomes(register: Register, root: Path) -> list[tuple[str, str, str]]:
    """The table again, with what was found: source's file, state, quote (its blanks as data files are read)."""
    copies, problems = read_copies((root / "data/snapshots.lock").read_text("utf-8"))
    assert problems == []
    rows = []
    for claim in register.claims.values():
        citation = claim.citations[0]
        assert citation.quote is not None
        state = state_of(copies, citation.source, citation.quote)
        said = "parts" if state.in_parts else {"verified": "exact"}.get(state.kind, state.kind)
        rows.append((SOURCES[citation.source], said, citation.quote))
    return rows


def test_a_hundred_quotes_from_the_web_to_a_verdict(here: Web, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = dossier(here)
    (tmp_path / "dossier.txt").write_text(text, "utf-8")
    good = here.answers["/notice"]
    here.answers["/notice"] = here.silence
    running = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], cwd=REPO, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while "/notice" not in here.pages and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    here.answers["/notice"] = good
    before = read_copies((tmp_path / "data/snapshots.lock").read_text("utf-8"))[0]
    had = [source for source in SOURCES if before.of(source)]
    assert had
    assert "notice" not in had

    register = given.register(text)
    said: list[str] = []
    here.asked.clear()
    client = Client("dossier/0", pause=0, allow_local=True)
    taken = snapshot(tmp_path, register, tmp_path / ".snapshots", TODAY, said.append, client=client)
    assert taken.exit_code == 0, said
    assert not [source for source in had if f"/{source}" in here.pages], "what was copied is not asked for again"

    assert verify(tmp_path, register, tmp_path / ".snapshots", said.append).exit_code == 1
    found = outcomes(register, tmp_path)
    assert len(found) >= 100
    assert found == [(name, state, " ".join(quote.split())) for name, state, quote in ROWS]
    assert Counter(state for _, state, _ in found).keys() == {"exact", "parts", "missing"}
