"""`check --fix`: what can only have been meant one way is mended; all else stays byte for byte."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier import fix as module
from dossier.cli import main
from dossier.commands import check as command
from dossier.fix import Fixed, fix
from dossier.rulebook import CASES
from tests.site_tests.tools import ROOT
from tests.test_load import folder

HEAD = "claims:\n  - id: alder-rye\n"


def fixed(typed: str | bytes, path: str = "data/x.yaml") -> str | None:
    raw = typed.encode() if isinstance(typed, str) else typed
    found = fix(raw, path, ("en", "fr"), 2.0)
    if found is None:
        return None
    assert found.before == raw
    assert found.what
    again = fix(found.after, path, ("en", "fr"), 2.0)
    assert again is None, "what is mended once stays as it is"
    return found.after.decode()


# As it was typed, and as it is mended.
MENDED = [
    ("a: b  \nc: d \n", "a: b\nc: d\n"),
    ("a: b", "a: b\n"),
    ("a: b\r\nc: d\r\n", "a: b\nc: d\n"),
    ("\ufeffa: b\n", "a: b\n"),
    ("a:\n\t- b: c\n\t  d: e\n", "a:\n  - b: c\n    d: e\n"),
    ("a:\n  - b: c\n\td: e\n", "a:\n  - b: c\n    d: e\n"),
    ("a:\tb\t # c\td\n", "a: b # c d\n"),
    ("a: “b: c”\n", 'a: "b: c"\n'),
    ("a: “b: c” # d\n", 'a: "b: c" # d\n'),
    ("a: b: c  # d\n", 'a: "b: c"  # d\n'),
    ('a: b: "c"\n', "a: 'b: \"c\"'\n"),
    ("a: 'b': c\n", None),  # a quotation mark closed too early, or a key: nobody knows
    ("a: Unit #5\n", 'a: "Unit #5"\n'),
    ("a: Unit #5 # b\n", 'a: "Unit #5" # b\n'),
    ("a: @b\n", 'a: "@b"\n'),
    ("a: b\nc:\u00a0d\ne: f\n", "a: b\nc: d\ne: f\n"),
    ("a:\n\u00a0\u00a0b: c: d\n", 'a:\n  b: "c: d"\n'),
    (HEAD + "    date: 2025/11/28 # c\n", HEAD + "    date: 2025-11-28 # c\n"),
    (HEAD + "    date: 28 Nov 2025\n", HEAD + "    date: 2025-11-28\n"),
    (HEAD + "    date: Nov. 28, 2025\n", HEAD + "    date: 2025-11-28\n"),
    (HEAD + "    date: November 28th 2025\n", HEAD + "    date: 2025-11-28\n"),
    (HEAD + "    date: '1er décembre 2025'\n", HEAD + "    date: 2025-12-01\n"),
    (HEAD + "    date: 28/11/2025\n", HEAD + "    date: 2025-11-28\n"),
    (HEAD + "    date: “2025-11-28”\n", HEAD + "    date: 2025-11-28\n"),
    (HEAD + "    withdrawn: {date: 2025/1/5, reason: “x”}\n", None),  # mended, it would be wrong still
    (HEAD + "    amount: {kind: “unclear”, value: 1, currency: CAD}\n",
     HEAD + "    amount: {kind: unclear, value: 1, currency: CAD}\n"),
    (HEAD + "    kind: “order”\n    mode: ‘alleged’\n", HEAD + "    kind: order\n    mode: alleged\n"),
    # What has two readings, or none.
    (HEAD + "    date: 03/04/2025\n", None),
    (HEAD + "    date: 28/11/25\n", None),
    (HEAD + "    date: 2025-11-31\n", None),
    (HEAD + "    date: 2025/13/40\n", None),
    (HEAD + "    date: next Tuesday\n", None),
    (HEAD + "    statement: “Words” and “more words”\n", None),
    (HEAD + "    statement: “All of it is a quote”\n", None),
    ("a: b #c\n", None),
    ("a: Unit #x\n", None),
    ("id: b name: c\n", None),  # two keys in a line
    ("a:\n  - id:x\n    b: c\n", None),
    ('a: "b\nc: d\n', None),
    ("a: b: c\nd: [e\n", None),  # one of two slips alone is not mended, since nothing could be compared
    ("a: b\n  c: d\n", None),
    # What is right already, or where a blank says something.
    ("a: b\n", None),
    ("a: |\n  b  \n  c\n", None),
    ("a: |\n  b", None),
    ("", None),
    ("a: b\u202e\n", None),
    (b"a: caf\xe9  \n", None),
    ("a: b\n---\nc: d  \n", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), MENDED, ids=[repr(typed)[-50:] for typed, _ in MENDED])
def test_a_file_is_mended_as_it_was_meant_or_not_at_all(typed: str | bytes, meant: str | None) -> None:
    assert fixed(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("---\r\ntitle: x\r\n---\r\nA line  \r\nbreak\r\n", "---\ntitle: x\n---\nA line  \nbreak\n"),
        ("---\ntitle: x\n---\nwords", "---\ntitle: x\n---\nwords\n"),
        ("---\ntitle: x\n---\nwords  \n", None),
        ("no front matter", None),
    ],
)
def test_of_a_prose_page_only_line_ends_are_mended(typed: str, meant: str | None) -> None:
    assert fixed(typed, "content/a.en.md") == meant


def test_our_own_data_needs_no_mending() -> None:
    files = [*(ROOT / "data").rglob("*.yaml"), *(ROOT / "content").glob("*.md")]
    assert len(files) > 10
    found = [fix(each.read_bytes(), each.relative_to(ROOT).as_posix(), ("en", "fr"), 2.0) for each in files]
    assert [each.path for each in found if each] == []


def test_a_mended_line_leaves_comments_and_layout(tmp_path: Path) -> None:
    """In a large file of ours, one slip of each kind: nothing else of it moves."""
    whole = (ROOT / "data/sources/press.yaml").read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(whole) if line.startswith("    issued: 20"))
    broken = [*whole]
    broken[at] = "    issued: Dec. 2, 2025   # as printed"
    broken[at - 1] += "   "
    found = fixed("\n".join(broken))
    assert found is not None
    after = found.split("\n")
    assert after[at] == "    issued: 2025-12-02   # as printed"
    assert [n for n, (one, other) in enumerate(zip(whole, after, strict=True)) if one != other] == [at]


def _slips(draw: random.Random, text: str) -> str:
    """The file with a few slips that can be undone."""
    lines = text.split("\n")
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(lines))
        line = lines[at]
        date = re.fullmatch(r"(.*: )(20[0-9]{2})-([0-9]{2})-([0-9]{2})", line)
        quoted = re.fullmatch(r"( *(?:- )?[a-z_]+: )\"([A-Z][^\"\\\\']*: [^\"\\\\']*)\"", line)
        if date:
            year, month, day = date[2], date[3], date[4]
            forms = [f"{year}/{month}/{day}", f"{int(day)} {MONTHS[int(month) - 1]}. {year}"]
            lines[at] = date[1] + draw.choice(forms)
        elif quoted and not re.search(r" #|[a-z]: |[:]$", quoted[2]):
            lines[at] = quoted[1] + quoted[2]
        elif line.startswith("    ") and draw.random() < 0.3:
            lines[at] = f"\t{line[2:]}"
        elif not re.search(r"[>|]-?$", lines[at - 1]):
            lines[at] += " " * draw.randint(1, 3)
    broken = "\n".join(lines)
    if draw.random() < 0.3:
        broken = broken.replace("\n", "\r\n")
    return ("\ufeff" if draw.random() < 0.2 else "") + (broken.rstrip() if draw.random() < 0.2 else broken)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def test_slips_in_our_own_files_are_undone_to_the_byte() -> None:
    """Or the file is left alone; never does it come to say something else."""
    draw = random.Random(5)
    texts = [each.read_text("utf-8") for each in sorted((ROOT / "data").rglob("*.yaml")) if each.stat().st_size < 9_000]
    assert len(texts) > 3
    undone = tried = 0
    for _ in range(120):
        text = draw.choice(texts)
        broken = _slips(draw, text)
        if broken == text:
            continue
        tried += 1
        found = fix(broken.encode(), "data/x.yaml", ("en", "fr"), 2.0)
        if found is not None:
            undone += 1
            # Blanks inside a text of several lines stay: in Markdown they can mean something.
            assert re.sub(" +$", "", found.after.decode(), flags=re.MULTILINE) == text
    assert undone > 0.8 * tried > 80


BROKEN = {
    "data/cedar.yaml": "companies:\r\n  - id: cedar\r\n    name: Cedar: cakes\r\n    # a remark\r\n",
    "data/dogwood.yaml": "companies:\n  - id: dogwood  \n    name: Dogwood Pies",
    "data/elm.yaml": 'companies:\n  - id: elm\n    name: "Elm Eclairs\n',
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(CASES / "base", tmp_path / "root")
    return folder(tmp_path / "root", dict(BROKEN))


def check(root: Path, *more: str) -> int:
    return main(["--root", str(root), "check", *more])


def contents(root: Path) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in BROKEN}


def test_without_fix_and_in_a_preview_nothing_is_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in root.rglob("*")}
    assert check(root) == 1
    capsys.readouterr()
    assert check(root, "--fix", "--preview") == 0
    said = capsys.readouterr()
    assert said.err == "2 files would change; nothing is written.\n"
    assert check(root, "--preview") == 0
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in root.rglob("*")} == before


def test_a_preview_is_a_diff_that_git_applies(root: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert check(root, "--fix", "--preview") == 0
    diff = capfdbinary.readouterr().out
    done = subprocess.run(["git", "apply", "-"], input=diff, cwd=root, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    by_git = contents(root)
    folder(root, dict(BROKEN))
    check(root, "--fix")
    assert contents(root) == by_git


def test_fix_mends_says_what_and_checks_what_is_left(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root, "--fix") == 1
    said = capsys.readouterr()
    assert said.err.splitlines()[:2] == [
        "data/cedar.yaml: mended: line ends of Windows made plain; line 3: a colon followed by a space stands inside a "
        "value",
        "data/dogwood.yaml: mended: blanks at line ends removed; the last line ended",
    ]
    assert re.findall(r"^(\S+): error", said.out, re.MULTILINE) == ["data/elm.yaml:3:11"]
    assert contents(root) == {
        "data/cedar.yaml": b'companies:\n  - id: cedar\n    name: "Cedar: cakes"\n    # a remark\n',
        "data/dogwood.yaml": b"companies:\n  - id: dogwood\n    name: Dogwood Pies\n",
        "data/elm.yaml": BROKEN["data/elm.yaml"].encode(),
    }


def test_fix_follows_no_link(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("a: b  \n")
    (root / "data/link.yaml").symlink_to(outside)
    check(root, "--fix")
    assert outside.read_text() == "a: b  \n"
    assert (root / "data/link.yaml").is_symlink()


@pytest.mark.parametrize(
    ("part", "typed"),
    [("_trimmed", "a: b  \n"), ("_readable", "a: b: c\n"), ("_readable", "\ta: b\n"), ("_trimmed", "a: b: c  \n")],
)
def test_a_mend_that_would_say_something_else_is_not_made(
    part: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part of the mending is made to lose a letter: what stands behind it notices."""
    sound = getattr(module, part)
    assert fixed(typed)
    monkeypatch.setattr(module, part, lambda *given: sound(*given).replace("b", ""))
    assert fixed(typed) is None


def test_a_file_that_changed_in_the_meantime_is_left_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def slowly(folder_of: Path) -> Iterator[tuple[Path, Fixed]]:
        yield from module.fixes(folder_of)
        (root / "data/cedar.yaml").write_text("companies: []\n")

    monkeypatch.setattr(command, "fixes", slowly)
    check(root, "--fix")
    assert contents(root)["data/cedar.yaml"] == b"companies: []\n"
    assert "data/cedar.yaml: left as it is, since it changed in the meantime" in capsys.readouterr().err
