"""`build.py diff`: a change of three claims, a source and a reply, as a reviewer sees it; what strangers may try."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from dossier.cli import main
from dossier.consequences import difference
from dossier.difference import Side
from dossier.pipeline import examine
from dossier.review import LONGEST, apart, as_markdown
from dossier.stats import stats
from tests import given
from tests.repository import Repository
from tests.test_stats import DOSSIERS, TODAY

HERE = Path(__file__).parent
SOURCE = """\
  - {{id: {id}, type: article-newspaper, title: {title}, publisher: {publisher}, language: en, role: reporting,
     issued: 2025-12-30, url: "https://{id}.example/", accessed: 2025-12-31{more}}}
"""
CLAIM = """\
  - id: {id}
    kind: service
    mode: reported
    date: 2025-12
    amount: {{value: {value}, currency: CAD, kind: unclear}}
    statement: {{en: "{en}", fr: "Elle a vendu du pain pour {value} $, selon The Daily Quack."}}
    citations: [{cited}]
    verified: 2026-01-01
    reply: {reply}
"""
REPLY = "  - {{id: {id}, status: {status}, date: 2026-01-01{more}}}\n"


def source(name: str, title: str, publisher: str, more: str = "") -> str:
    return SOURCE.format(id=name, title=title, publisher=publisher, more=more)


def claim(name: str, what: str, value: str, *sources: str, reply: str = "silent") -> str:
    cited = ", ".join(f"{{source: {each}, quote: sold {value} of bread}}" for each in sources)
    text = f"It sold {what} for {value} dollars, The Daily Quack reported."
    return CLAIM.format(id=name, value=value, en=text, cited=cited, reply=reply)


def pond(claims: str, replies: str) -> str:
    return f"about: pond\ncompanies:\n  - {{id: pond, name: Pond Bread}}\nclaims:\n{claims}responses:\n{replies}"


SILENT = REPLY.format(id="silent", status="none-found", more="")
ASKED = REPLY.format(id="about-rye", status="none-found", more="")
ANSWERED = REPLY.format(
    id="about-rye", status="responded",
    more=", position: disputes, statement: {en: It denies it., fr: Elle le nie.},\n"
    "     citations: [{source: quack, quote: never sold rye}]",
)  # fmt: skip
SOURCES = "sources:\n" + source("quack", "Ducks fed", "The Daily Quack") + source("echo", "Bread sold", "Pond Echo")
DRAKE = source("drake", "More bread", "The Drake")
OATS, RYE = claim("oats", "oats", "1000", "quack"), claim("rye", "rye", "2000", "quack", reply="about-rye")
SEED, BRAN = claim("seed", "seeds", "3000", "drake"), claim("bran", "bran", "4000", "echo")
BOTH = claim("oats", "oats", "1000", "quack", "echo")
SPELT = claim("rye", "spelt and rye", "2500", "quack", reply="about-rye")
CORRECTED = """\
corrections:
  - {id: rye-corrected, date: 2026-01-10, target: rye, kind: correction, raised_by: reader,
     text: {en: The grain was misread., fr: Le grain a été mal lu.}}
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(tmp_path: Path) -> Repository:
    """Three claims, three sources, two replies, committed; the change of them is in the files as they stand."""
    made = Repository(tmp_path / "repository", "dossier")
    made.commit("2026-01-02", pond=pond(OATS + RYE + SEED, SILENT + ASKED), sources=SOURCES + DRAKE)
    made.write("pond", pond(BRAN + BOTH + SPELT + SEED, ANSWERED + SILENT))
    made.write("sources", SOURCES + source("drake", "More bread", "The Drake", ", derived_from: unknown"))
    made.write("changes", CORRECTED)
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, here: Repository) -> Run:
    """The command line in the dossier's folder, on 1 February 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769947200")

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["--root", str(here.root), "diff", *arguments])
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(("form", "file"), [("text", "change.txt"), ("markdown", "change.md")])
def test_as_a_reviewer_sees_it(here: Repository, run: Run, form: str, file: str) -> None:
    code, out, err = run("main", "--format", form)
    assert (code, err) == (0, "")
    expected = (HERE / "reviews" / file).read_text("utf-8")
    # How many pages there are to change is up to the site; the next test counts them.
    out = re.sub(r"\b\d+ pages change\b", "26 pages change", out)
    assert out.replace(here.git("rev-parse", "HEAD")[:12], "c0ffeec0ffee") == expected


def test_the_pages_that_change_are_counted(here: Repository, run: Run) -> None:
    pages = json.loads(run("main", "--format", "json")[1])["pages"]
    assert {"index.html", "companies/pond/index.html", "fr/entreprises/pond/index.html"} <= {*pages["changed"]}
    assert (pages["added"], pages["removed"]) == ([], [])
    assert "404.html" not in pages["changed"]
    assert f"\n{len(pages['changed'])} pages change.\n" in run("main")[1]


def test_two_commits_say_the_same_as_the_files(here: Repository, run: Run) -> None:
    stands = json.loads(run("main", "--format", "json")[1])
    here.commit("2026-01-20")
    both = json.loads(run("HEAD~1", "HEAD", "--format", "json")[1])
    assert stands.pop("notes") != both.pop("notes")
    assert stands == both
    assert run("HEAD")[1].splitlines()[2:] == ["No record says anything else.", "0 pages change."]


def test_the_other_way_round_it_is_the_opposite(here: Repository, run: Run) -> None:
    here.commit("2026-01-20")
    there, back = (json.loads(run(*each, "--format", "json")[1]) for each in (("HEAD~1", "HEAD"), ("HEAD", "HEAD~1")))
    assert {each["claim"]: each["before"] for each in there["consequences"]} == {
        each["claim"]: each["after"] for each in back["consequences"]
    }
    assert there["pages"]["added"] == back["pages"]["removed"]
    assert there["pages"]["changed"] == back["pages"]["changed"]
    assert there["new"] == back["mended"]


def test_a_source_that_goes_takes_the_origin_along(here: Repository, run: Run) -> None:
    here.write("sources", SOURCES)
    out = run("main")[1]
    assert "  drake was removed, so seed: reported -> alleged, no link left, no origin left\n" in out
    assert "Pages are not counted: an error keeps one of the two sites from being built." in out
    assert re.search(r"^  data/pond\.yaml:\d+:\d+: error E\d+ .*drake", out, re.MULTILINE)


def test_a_cause_is_found_at_the_other_end_of_a_lineage(here: Repository, run: Run) -> None:
    mirror = source("mirror", "Bread again", "The Mirror", ", derived_from: drake")
    seed = claim("seed", "seeds", "3000", "mirror")
    here.commit("2026-01-20", pond=pond(OATS + seed, SILENT), sources=SOURCES + DRAKE + mirror, changes=None)
    here.write("sources", SOURCES + DRAKE.replace("}", ", derived_from: unknown}") + mirror)
    assert "  drake was changed, so seed: reported -> alleged, no origin left\n" in run("HEAD")[1]


def test_what_cannot_be_read_is_not_called_removed(here: Repository, run: Run) -> None:
    here.write("pond", pond(BOTH.replace("mode: reported", "mode: shouted") + RYE + SEED, SILENT + ASKED))
    out = run("main")[1]
    assert "\nclaim oats set aside, since it cannot be read  data/pond.yaml:5:5\n" in out
    assert "removed" not in out


def test_order_layout_and_file_change_nothing(here: Repository, run: Run) -> None:
    here.write("sources", SOURCES)
    here.write("other/drake", f"# moved\n\nsources:\n{DRAKE}")
    here.write("pond", "\n\n" + pond(SEED + RYE + OATS.replace("service\n", "'service'  # so\n"), ASKED + SILENT))
    (here.root / "data/changes.yaml").unlink()
    out = json.loads(run("main", "--format", "json")[1])
    assert (out["records"], out["consequences"], out["new"], out["mended"]) == ([], [], [], [])


@pytest.mark.parametrize("name", ["", "nope", "--help", "main..HEAD", "main:dossier", "HEAD^{tree}", "-", "a\nb"])
def test_what_is_no_commit_is_said_in_a_line(run: Run, name: str) -> None:
    code, out, err = run("--", name)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"build\.py: there is no commit called .* here: name a branch, .*\n", err)


def test_without_a_repository(tmp_path: Path, run: Run, here: Repository) -> None:
    (here.folder / ".git").rename(here.folder / "gone")
    assert run("main")[0] == 2


def test_a_base_without_a_dossier_is_empty(here: Repository, run: Run) -> None:
    here.git("checkout", "--quiet", "--orphan", "bare")
    here.git("rm", "-r", "-f", "--quiet", "--cached", ".")
    here.git("commit", "--quiet", "--allow-empty", "-m", "x")
    code, out, _ = run("HEAD")
    assert code == 0
    assert "There is no dossier that can be read at" in out
    assert "\nclaim seed added" in out


def blob(here: Repository, words: bytes) -> str:
    done = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], cwd=here.folder, input=words, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def tree(here: Repository, *rows: tuple[str, str, str]) -> str:
    """A tree of rows of mode, id and name, whatever git would say to them."""
    raw = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(identity) for mode, identity, name in rows)
    command = ["git", "hash-object", "-w", "-t", "tree", "--stdin", "--literally"]
    return subprocess.run(command, cwd=here.folder, input=raw, capture_output=True, check=True).stdout.decode().strip()


def test_a_tree_made_by_hand_leads_nowhere(
    here: Repository, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    evil, link = blob(here, b"claims: []\n"), blob(here, b"/etc/passwd")
    above = tree(here, ("100644", evil, "escaped.yaml"))
    folder = tree(
        here, ("40000", tree(here, ("40000", tree(here, ("40000", above, "..")), "..")), ".."),
        ("120000", link, "link.yaml"), ("100644", blob(here, given.SITE.encode()), "site.yaml"),
    )  # fmt: skip
    top = tree(here, ("40000", tree(here, ("40000", folder, "data")), "dossier"))
    commit = here.git("commit-tree", top, "-m", "x")
    code, out, _ = run(commit)
    assert code == 0
    assert re.search(r"^Links to other files at .* are left out: 1\.$", out, re.MULTILINE)
    assert not [*tmp_path.rglob("escaped.yaml")]


def test_attributes_of_a_commit_hide_nothing(here: Repository, run: Run) -> None:
    (here.folder / ".gitattributes").write_text("* export-ignore export-subst filter=evil text eol=crlf\n")
    here.git("config", "filter.evil.smudge", "touch evil")
    here.commit("2026-01-20")
    assert "\nclaim bran added" in run("HEAD~1", "HEAD")[1]
    assert not [*here.folder.rglob("evil")]


HOSTILE = (
    "@octocat &lt;b&gt;<img src=//evil.example/x> ![x](//evil.example) [a](//evil.example) https://evil.example #1"
)


def hostile(number: int, padding: str = "") -> str:
    words = f"{HOSTILE} ``` ~~~ | GH-7 www.evil.example {padding}"
    text = source(f"s{number}", json.dumps(words), "'@all `````` <script>'")
    return text.replace("issued", "note: '```\n\n     # Heading\n\n     @team'\n     , issued")


def test_nothing_typed_becomes_markup(here: Repository, run: Run) -> None:
    folder = here.root / "data/`@x` <b>"
    folder.mkdir()
    fences = source("fences", "'```'", "The Fence")
    (folder / "s.yaml").write_text("sources:\n" + "".join(map(hostile, range(3))) + fences)
    here.commit("2026-01-20")
    text = (folder / "s.yaml").read_text().replace("The Fence", "'@octocat'")
    (folder / "s.yaml").write_text(text + hostile(4))
    out = run("main", "--format", "markdown")[1]
    assert "\n  ```\n- publisher: [-The Fence-]\n+ publisher: {+@octocat+}\n" in out
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(out)
    met = {token.type for token in tokens} | {inner.type for token in tokens for inner in token.children or ()}
    assert not met & {"html_inline", "html_block", "link_open", "image", "text_special"}
    plain = " ".join(
        inner.content for token in tokens for inner in token.children or () if inner.type not in ("code_inline",)
    )
    assert not re.search(r"[@<`#]|evil", plain)
    assert {token.tag for token in tokens if token.type == "heading_open"} == {"h3", "h4"}


def test_a_comment_is_never_too_long(here: Repository, run: Run) -> None:
    here.write("many", "sources:\n" + "".join(hostile(number, "word " * 500) for number in range(300)))
    started = time.perf_counter()
    out = run("main", "--format", "markdown")[1]
    assert 40_000 < len(out) <= LONGEST
    assert re.search(r"\nand \d+ more \(sources: \d+, replies: 1, corrections: 1\)\n\Z", out)
    assert time.perf_counter() - started < 30
    assert len(json.loads(run("main", "--format", "json")[1])["records"]) == 306


def test_what_is_shown_of_two_wordings() -> None:
    assert apart("a b c", "a x c") == ("a [-b-] c", "a {+x+} c")
    assert apart("a b", "a b c") == ("a b", "a b {+c+}")
    far = " ".join("efghijklmnopqrstuvw")
    assert apart(f"a {far} b", f"x {far} b y")[0] == "[-a-] e f g h i j … r s t u v w b".replace("r s", "s")
    assert apart("dit : oui", "dit\u00a0: oui") == ("[-dit :-] oui", "{+dit\u00a0:+} oui")
    long = [f"Sentence {number} is here." for number in range(5_000)]
    other = [*long[:4_000], "And this.", *long[4_001:]]
    started = time.perf_counter()
    assert apart(" ".join(long), " ".join(other))[1] == f"… {long[3_999]} {{+And this.+}} {long[4_001]} …"
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("name", sorted(DOSSIERS))
def test_counts_are_those_of_stats(name: str) -> None:
    examined = examine(DOSSIERS[name], TODAY)
    assert examined.register
    side = Side(examined.register, examined.problems, {})
    found = difference(side, side)
    counts = {each: (before, after) for each, before, after in found.counts}
    same = stats(examined.register, TODAY)
    for key, number in (("claims", same["claims"]["live"]), ("links", same["links"]), ("origins", same["origins"])):
        assert counts[key] == (number, number)
    assert all(counts[f"{label} claims"] == (number, number) for label, number in same["labels"].items())
    assert not any((found.records, found.consequences, found.new))
    assert as_markdown(found).startswith("### What changes in the dossier\n\n**No record says anything else.**")


def test_nothing_is_written_into_the_dossier(here: Repository, run: Run) -> None:
    before = sorted(os.walk(here.root))
    run("main")
    assert sorted(os.walk(here.root)) == before
