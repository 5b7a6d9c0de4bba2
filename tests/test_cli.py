"""The command line: what is said, where, and the exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier import __version__
from dossier.cli import main
from dossier.commands import COMMANDS

REPOSITORY = Path(__file__).parents[1]
SITE = """\
title: A small dossier
base_url: https://dossier.example/
languages: [en]
repository: https://code.example/dossier
contact: desk@dossier.example
licence: CC0
publisher: The editors
"""
COMPANIES = """\
companies:
  - id: alder
    name: Alder
"""
SOURCES = """\
sources:
  - id: report
    type: article-newspaper
    title: A report
    publisher: The Herald
    language: en
    role: reporting
    url: https://herald.example/report
    accessed: 2026-01-02
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier without errors or warnings, built as of one day."""
    folder = tmp_path / "root"
    (folder / "data").mkdir(parents=True)
    (folder / "data/site.yaml").write_text(SITE)
    (folder / "data/companies.yaml").write_text(COMPANIES)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    return folder


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """`build.py` in a process of its own, from a folder that is not its own."""
    command = [sys.executable, str(REPOSITORY / "build.py"), *map(str, arguments)]
    return subprocess.run(command, cwd="/", env={**os.environ, **environment}, capture_output=True, text=True)


def test_no_argument_builds_and_the_closing_line_says_what_was_done(root: Path, run: Run) -> None:
    code, out, err = run("--root", root)
    files = [path for path in (root / "output").rglob("*") if path.is_file() and path.name != ".dossier-output"]
    assert (code, err) == (0, "")
    assert out.startswith(f"{root}/output: {len(files)} files written, 0 kept, 0 removed in ")
    assert (root / "output/companies/alder/index.html").is_file()
    code, out, _ = run("--root", root)
    assert "nothing has changed" in out


@pytest.mark.parametrize("before", [True, False])
def test_options_may_stand_before_or_after_the_command(root: Path, run: Run, before: bool) -> None:
    options = ["--root", root, "--output", root / "site"]
    code, out, err = run(*options, "check") if before else run("check", *options)
    assert (code, out, err) == (0, "No errors, no warnings.\n", "")
    assert not (root / "site").exists()


def test_errors_are_printed_and_the_old_site_stays(root: Path, run: Run) -> None:
    run("--root", root)
    before = sorted(root.joinpath("output").rglob("*"))
    (root / "data/companies.yaml").write_text(COMPANIES + "    nam: Alder\n")
    (root / "data/sources.yaml").write_text(SOURCES)
    for arguments in ([], ["--strict"]):
        code, out, err = run("--root", root, *arguments)
        assert code == 1
        assert "data/companies.yaml:4:5: error E106 'nam' is not a key of a company\n    4 |     nam: Alder\n" in out
        assert "Nothing was written" in err
        assert sorted(root.joinpath("output").rglob("*")) == before
        assert ("warning W113" in out) is (arguments == ["--strict"]), "a build prints what it fails by"
    code, out, _ = run("--root", root, "check")
    assert code == 1
    assert "error E106" in out
    assert "warning W113" in out


def test_warnings_are_counted_and_only_strict_fails_by_them(root: Path, run: Run) -> None:
    (root / "data/sources.yaml").write_text(SOURCES)
    code, out, _ = run("--root", root)
    assert code == 0
    assert "warnings in 1 file: run 'build.py check' to see them.\n" in out
    assert "W113" not in out
    assert run("--root", root, "check")[0] == 0
    for strict in (["check", "--strict"], ["--strict", "check"], ["--strict"]):
        code, out, _ = run("--root", root, "--output", root / "other", *strict)
        assert code == 1
        assert "data/sources.yaml:2:9: warning W113" in out
    assert not (root / "other").exists()


def test_formats_are_all_of_standard_output(root: Path, run: Run) -> None:
    (root / "data/sources.yaml").write_text(SOURCES)
    found = json.loads(run("--root", root, "check", "--format", "json")[1])
    assert {each["code"] for each in found} == {"W113", "W210"}
    sarif = json.loads(run("--root", root, "check", "--format", "sarif")[1])
    assert {each["ruleId"] for each in sarif["runs"][0]["results"]} == {"W113", "W210"}
    assert "E201" in {each["id"] for each in sarif["runs"][0]["tool"]["driver"]["rules"]}
    lines = run("--root", root, "check", "--format", "github")[1].splitlines()
    assert [line[:29] for line in lines] == ["::warning file=data/sources.y"] * 2 + ["2 warnings in 1 file."]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "invalid choice: 'chekc'"),
        (["--strcit"], "unrecognized arguments: --strcit"),
        (["check", "--format", "xml"], "invalid choice: 'xml'"),
        (["serve", "--port", "80000"], "'80000' is not a port"),
        (["serve", "--strict"], "--strict"),
        (["--strict", "serve"], "--strict belongs to a build"),
        (["serve", "--host", "0.0.0.0"], "for this machine only"),
        (["explain", "E2011"], "there is no rule 'E2011'. Did you mean 'E201'?"),
        (["--root", "nowhere"], "nowhere/data is not there"),
        (["--root", "nowhere", "check"], "nowhere/data is not there"),
        (["--output", "root"], "own sources"),
        (["--output", "root/data/site"], "own sources"),
        (["serve", "--output", "root/data/site"], "own sources"),
        (["--output", "/dev/null"], "is a file"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(root: Path, run: Run, arguments: list[str], message: str) -> None:
    given = arguments if "--root" in arguments else ["--root", root, *arguments]
    code, out, err = run(*given)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert err.startswith("build.py")
    assert message in err
    assert not (root.parent / "nowhere").exists()


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1.5", " 1", "1e9", "٣", "999999999999"])
def test_a_date_that_is_none_is_refused(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    for arguments in ([], ["check"], ["serve"]):
        code, out, err = run("--root", root, *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "SOURCE_DATE_EPOCH" in err


def test_a_severity_that_is_lowered_is_said_at_every_run(root: Path, run: Run) -> None:
    lowered = "policy: {severity: [{rule: E304, severity: warning, reason: The clock here is slow}]}\n"
    (root / "data/site.yaml").write_text(SITE + lowered)
    said = "E304 future-date is a warning here (data/site.yaml:8:28): The clock here is slow\n"
    assert run("--root", root)[2] == said
    assert run("--root", root, "check")[2] == said


def test_a_slip_in_a_roots_own_template_is_one_finding(root: Path, run: Run) -> None:
    (root / "templates/pages").mkdir(parents=True)
    (root / "templates/pages/company.html").write_text("<p>\n{{ page.nonsense }}\n")
    code, out, _ = run("--root", root)
    assert code == 1
    assert out.startswith("templates/pages/company.html:2:1: error UndefinedError: ")
    assert not (root / "output").exists()


def test_our_own_bug_is_a_traceback(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("dossier.pipeline.linked_up", broken)
    with pytest.raises(KeyError, match="a bug"):
        run("--root", root)


def test_explain_says_what_a_rule_asks_for(run: Run) -> None:
    code, out, _ = run("explain", "e106")
    assert code == 0
    assert out.startswith("E106 unknown-field (error, shape)\n\nEvery key is one the record has.\n")
    assert run("explain", "unknown-field")[1] == out
    assert "E106  error    Every key is one the record has.\n" in run("explain")[1]


def test_help_teaches_and_offers_only_what_is_there(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert "build.py check --format github" in out
    for command in COMMANDS:
        assert run(command, "--help")[0] == 0


def test_the_version_is_the_projects(run: Run) -> None:
    assert run("--version")[1] == f"dossier {__version__}\n"
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__


def test_build_py_runs_from_any_folder_and_a_link(root: Path, tmp_path: Path) -> None:
    done = program("--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "link.py").symlink_to(REPOSITORY / "build.py")
    done = subprocess.run([sys.executable, "link.py", "--version"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"dossier {__version__}\n")


def test_a_reader_that_leaves_early_is_no_error(root: Path) -> None:
    """More than a pipe holds, and nobody to read it."""
    (root / "data/companies.yaml").write_text(COMPANIES + "".join(f"    k{n}: x\n" for n in range(4000)))
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "check", "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.wait(60) == 1
    assert process.stderr.read() == b""
    process.stderr.close()


def test_interrupting_is_quiet(root: Path) -> None:
    code = (
        "import sys, dossier.pipeline, time, dossier.cli\n"
        "def slow(*_): print('busy', flush=True); time.sleep(60)\n"
        "dossier.pipeline.files_of = slow\n"
        "sys.exit(dossier.cli.main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", code, "--root", str(root), "check"]
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A run in the background hands down that interrupts are ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout
    assert process.stdout.readline() == "busy\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")


def test_an_encoding_without_accents_is_no_crash(root: Path) -> None:
    (root / "data/companies.yaml").write_text(COMPANIES + "    prénom: été\n", encoding="utf-8")
    done = program("--root", root, "check", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "'pr\\xe9nom' is not a key" in done.stdout


def test_checking_imports_neither_templates_nor_server(root: Path) -> None:
    code = (
        "import sys, dossier.cli\n"
        "early = {'yaml', 'jinja2', 'markdown_it', 'babel'} & sys.modules.keys()\n"
        f"dossier.cli.main(['--root', {str(root)!r}, 'check'])\n"
        "late = {'jinja2', 'babel', 'starlette', 'watchdog'} & sys.modules.keys()\n"
        "print(early, late)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "set() set()", done.stdout + done.stderr
