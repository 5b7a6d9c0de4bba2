"""The workflows and forms in `.github/`: what a stranger's pull request or issue can reach, and that their files are
what GitHub reads. Judges: zizmor for security, check-jsonschema with GitHub's own schemas for shape."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dossier.issue_forms import forms
from tests.repository import Repository

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / ".github"
WORKFLOWS = {path.name: path for path in sorted((GITHUB / "workflows").glob("*.yml"))}
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
IGNORED = {"comment.yml": ["dangerous-triggers"]}
"""What zizmor is told to pass over, each with its reason beside it in the file."""
WRITING = {
    ("comment.yml", "write"): {"pull-requests"},
    ("publish.yml", "publish"): {"pages", "id-token"},
    ("weekly.yml", "tell"): {"issues"},
    ("form.yml", "write"): {"contents", "issues", "pull-requests"},
}
"""The jobs that may write, and what. None of them runs a program of ours."""


def read(name: str) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(WORKFLOWS[name].read_text("utf-8"))
    return loaded


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name in WORKFLOWS:
        yield from ((name, job, told) for job, told in read(name)["jobs"].items())


def scripts() -> Iterator[tuple[str, str, str]]:
    for name, job, told in jobs():
        yield from ((name, job, step["run"]) for step in told["steps"] if "run" in step)


def judge(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a judge that stands beside this Python."""
    program = Path(sys.executable).with_name(command[0])
    assert program.is_file(), f"absent: {command[0]}; 'make test' installs it"
    environment = {"PATH": os.environ["PATH"], "NO_COLOR": "1", "HOME": os.environ.get("HOME", "/")}
    return subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False, env=environment)


def test_zizmor_finds_nothing() -> None:
    found = judge("zizmor", "--offline", "--strict-collection", str(GITHUB))
    assert found.returncode == 0, found.stdout + found.stderr
    assert "No findings to report" in found.stdout
    assert f"({sum(map(len, IGNORED.values()))} ignored" in found.stdout


def test_zizmor_would_find_a_slip(tmp_path: Path) -> None:
    """The judge judges: an issue's title in a script."""
    slip = (
        WORKFLOWS["form.yml"].read_text("utf-8").replace("run: make", "run: echo '${{ github.event.issue.title }}' &&")
    )
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/form.yml").write_text(slip, "utf-8")
    found = judge("zizmor", "--offline", str(tmp_path))
    assert found.returncode != 0
    assert "template-injection" in found.stdout


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", "workflows/*.yml"),
        ("custom.github-workflows-require-timeout", "workflows/*.yml"),
        ("vendor.github-issue-forms", "ISSUE_TEMPLATE/[!c]*.yml"),
        ("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_files_fit_the_schemas_of_github(schema: str, files: str) -> None:
    paths = [str(path) for path in sorted(GITHUB.glob(files))]
    assert paths
    found = judge("check-jsonschema", "--builtin-schema", schema, *paths)
    assert found.returncode == 0, found.stdout


def test_what_is_passed_over_is_listed_here() -> None:
    found = {
        name: re.findall(r"zizmor: ignore\[([\w-]+)\]", path.read_text("utf-8")) for name, path in WORKFLOWS.items()
    }
    assert {name: rules for name, rules in found.items() if rules} == IGNORED


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_to_commits(name: str) -> None:
    lines = [line.strip().removeprefix("- ") for line in WORKFLOWS[name].read_text("utf-8").splitlines()]
    used = [line for line in lines if line.startswith("uses:")]
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


def test_one_action_has_one_commit() -> None:
    used = {use for path in WORKFLOWS.values() for use in re.findall(r"uses: (\S+)", path.read_text("utf-8"))}
    assert len(used) == len({use.partition("@")[0] for use in used})


def test_only_the_listed_jobs_may_write() -> None:
    found = {}
    for name, job, told in jobs():
        assert read(name)["permissions"] == {}, "nothing is allowed that a job does not ask for"
        writing = {what for what, right in told["permissions"].items() if right != "read"}
        if writing:
            found[name, job] = writing
    assert found == WRITING


@pytest.mark.parametrize(("name", "job"), WRITING)
def test_a_job_that_may_write_runs_no_program_of_ours(name: str, job: str) -> None:
    steps = read(name)["jobs"][job]["steps"]
    assert not [step for step in steps if "checkout" in step.get("uses", "")]
    assert not [step for step in steps if re.search(r"build\.py|make |python", step.get("run", ""))]


def test_a_pull_request_meets_no_secret() -> None:
    for name, path in WORKFLOWS.items():
        text = path.read_text("utf-8")
        assert "pull_request_target" not in text
        assert "secrets" not in re.sub(r"^ *#.*$", "", text, flags=re.MULTILINE), name
    assert "github.token" not in WORKFLOWS["check.yml"].read_text("utf-8")
    assert all(
        told["with"]["persist-credentials"] is False
        for _, _, job in jobs()
        for told in job["steps"]
        if "checkout" in told.get("uses", "")
    )


@pytest.mark.parametrize(
    ("name", "job", "script"), [pytest.param(*each, id=f"{each[0]}:{each[1]}") for each in scripts()]
)
def test_no_text_is_put_into_a_script_and_bash_can_read_it(name: str, job: str, script: str) -> None:
    assert "${{" not in script
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0


def script(name: str, step: str) -> str:
    (found,) = [
        each["run"] for told in read(name)["jobs"].values() for each in told["steps"] if each.get("name") == step
    ]
    return str(found)


def run(text: str, folder: Path, gh: str, **told: str) -> subprocess.CompletedProcess[str]:
    """A step's script, as the runner starts it. GitHub is far away: `gh` is what it would answer."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    (programs / "gh").write_text(f"#!/bin/sh\n{gh}\n", "utf-8")
    (programs / "gh").chmod(0o755)
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "RUNNER_TEMP": str(folder), **told}
    environment |= {"GITHUB_REPOSITORY": "puddle/dossier"}
    bash = shutil.which("bash") or "bash"
    return subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
        cwd=told.get("GITHUB_WORKSPACE", folder), env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("left", "head", "is_taken"),
    [
        ("12", "c0ffee", True),
        ("12", "deadbeef", False),
        ("0", "c0ffee", False),
        ("1/../2", "c0ffee", False),
        ("$(id)", "c0ffee", False),
        ("12\n13", "c0ffee", False),
        ("12345678", "c0ffee", False),
        ("", "c0ffee", False),
    ],
)
def test_a_number_is_taken_only_if_github_confirms_it(left: str, head: str, is_taken: bool, tmp_path: Path) -> None:
    (tmp_path / "left").mkdir()
    (tmp_path / "left/number").write_text(left, "utf-8")
    done = run(script("comment.yml", "Find out which pull request it is"), tmp_path, f"echo {head}", HEAD="c0ffee")
    assert (done.returncode == 0) is is_taken, done.stdout + done.stderr
    assert (tmp_path / "comment/number").exists() is is_taken


def test_a_number_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "left").mkdir()
    (tmp_path / "other").write_text("12", "utf-8")
    (tmp_path / "left/number").symlink_to(tmp_path / "other")
    done = run(script("comment.yml", "Find out which pull request it is"), tmp_path, "echo c0ffee", HEAD="c0ffee")
    assert done.returncode != 0


WRITE = "Write the comment, or the one that is there anew"


@pytest.mark.parametrize(("there", "asked"), [("", "POST"), ("77", "PATCH")])
def test_the_comment_is_written_once(there: str, asked: str, tmp_path: Path) -> None:
    (tmp_path / "comment").mkdir()
    (tmp_path / "comment/number").write_text("12", "utf-8")
    (tmp_path / "comment/comment.md").write_text("Nothing changes.\n", "utf-8")
    gh = f'echo "$@" >> "$RUNNER_TEMP/asked"; case "$*" in *--paginate*) echo "{there}";; esac'
    done = run(script("comment.yml", WRITE), tmp_path, gh, RUN="https://github.example/run/1")
    assert done.returncode == 0, done.stderr
    last = (tmp_path / "asked").read_text("utf-8").splitlines()[-1]
    assert f"--method {asked} " in last
    assert last.count(f"issues/comments/{there}") == (1 if there else 0)
    assert (tmp_path / "comment/body.md").read_text("utf-8").startswith("<!-- dossier: what changes -->\nNothing")


def test_a_comment_too_long_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "comment").mkdir()
    (tmp_path / "comment/number").write_text("12", "utf-8")
    (tmp_path / "comment/comment.md").write_text("x" * 250_001, "utf-8")
    done = run(script("comment.yml", WRITE), tmp_path, 'echo "$@" >> "$RUNNER_TEMP/asked"', RUN="r")
    assert done.returncode != 0
    assert not (tmp_path / "asked").exists()


def test_a_form_that_makes_no_file_is_answered(tmp_path: Path) -> None:
    (tmp_path / "form").mkdir()
    (tmp_path / "form/code").write_text("1", "utf-8")
    (tmp_path / "form/said").write_text("“Kind” is empty.\n@everybody\n", "utf-8")
    step = script("form.yml", "Open the pull request, or say what could not be read")
    done = run(step, tmp_path, 'echo "$@" >> "$RUNNER_TEMP/asked"', ISSUE="12", BASE="main")
    assert done.returncode == 0, done.stderr
    assert "issues/12/comments" in (tmp_path / "asked").read_text("utf-8")
    assert "\n    @everybody\n" in (tmp_path / "form/body.md").read_text("utf-8"), "code, and so no mention"


@pytest.fixture
def merge(tmp_path: Path) -> Repository:
    """A small dossier with the program in it, and the merge of a pull request: an agency is misspelt in a claim."""
    repository = Repository(tmp_path / "workspace")
    root = tmp_path / "workspace"
    shutil.copytree(ROOT / "tests/sites/bakeries", root, dirs_exist_ok=True)
    for name in ("dossier", "templates"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", root)
    (root / ".gitignore").write_text(".venv\n__pycache__\n", "utf-8")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "Base")
    repository.git("switch", "--quiet", "--create", "proposal")
    file = next(path for path in sorted((root / "data").rglob("*.yaml")) if "statement:" in path.read_text("utf-8"))
    text = file.read_text("utf-8")
    # A slip for the reviewer, and one that can be mended: blanks at the end of the line.
    file.write_text(re.sub(r"kind: (order|contract|service)$", "kind: bribe  ", text, count=1, flags=re.M), "utf-8")
    repository.git("commit", "--quiet", "--all", "--message", "Proposal")
    repository.git("switch", "--quiet", "-")
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "proposal")
    return repository


def runner(tmp_path: Path) -> dict[str, str]:
    """The environment and the folder of the branch's program, as the first steps of Check leave them."""
    workspace = tmp_path / "workspace"
    subprocess.run(
        ["git", "worktree", "add", "--quiet", "--detach", str(tmp_path / "base"), "HEAD^1"], cwd=workspace, check=True
    )
    (tmp_path / "base/.venv").symlink_to(ROOT / ".venv")
    (tmp_path / "review").mkdir()
    return {"GITHUB_WORKSPACE": str(workspace), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}


def test_check_runs_the_branch_s_program_on_the_proposal(merge: Repository, tmp_path: Path) -> None:
    told = runner(tmp_path)
    # What the proposal's own program would say is of no account.
    (tmp_path / "workspace/build.py").write_text("raise SystemExit('a stranger ran')", "utf-8")
    checked = run(script("check.yml", "Check"), tmp_path, "exit 1", **told)
    assert checked.returncode == 1, checked.stderr
    assert "::error file=data/" in checked.stdout
    assert "bribe" in checked.stdout
    assert "stranger" not in checked.stdout + checked.stderr
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert "bribe" in summary
    assert all(line.startswith("    ") for line in summary.splitlines() if line.strip()), "all of it is code"


def test_what_changes_is_said_for_the_reviewer(merge: Repository, tmp_path: Path) -> None:
    told = runner(tmp_path)
    done = run(script("check.yml", "Say what changes, claim by claim"), tmp_path, "exit 1", **told)
    assert done.returncode == 0, done.stderr
    review = (tmp_path / "review/review.md").read_text("utf-8")
    assert review
    assert (tmp_path / "summary.md").read_text("utf-8") == review


def test_comment_reads_the_proposal_as_data(merge: Repository, tmp_path: Path) -> None:
    """From the host's own reference, with the main branch's program; a proposal that moved on is left alone."""
    (tmp_path / "comment").mkdir()
    (tmp_path / "comment/number").write_text("12", "utf-8")
    host, main = tmp_path / "host.git", tmp_path / "main"
    proposal = merge.git("rev-parse", "HEAD^2").strip()
    subprocess.run(["git", "clone", "--quiet", "--bare", tmp_path / "workspace", host], check=True)
    subprocess.run(["git", "update-ref", "refs/pull/12/merge", "HEAD"], cwd=host, check=True)
    subprocess.run(["git", "clone", "--quiet", host, main], check=True)
    subprocess.run(["git", "reset", "--quiet", "--hard", "HEAD^1"], cwd=main, check=True)
    (main / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/make").write_text("#!/bin/sh\n", "utf-8")  # the environment is there already
    (tmp_path / "bin/make").chmod(0o755)
    step = script("comment.yml", "Read the pull request as data")
    done = run(step, tmp_path, "exit 1", GITHUB_WORKSPACE=str(main), HEAD=proposal)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "comment/comment.md").read_text("utf-8").strip()
    assert [each["body"] for each in json.loads((tmp_path / "comment/review.json").read_text("utf-8"))["comments"]]
    moved = run(step, tmp_path, "exit 1", GITHUB_WORKSPACE=str(main), HEAD="0" * 40)
    assert moved.returncode == 1
    assert "moved on" in moved.stdout


def test_a_form_becomes_a_checked_file(merge: Repository, tmp_path: Path) -> None:
    (tmp_path / "workspace/.venv").symlink_to(ROOT / ".venv")
    form = next(form for form in forms(("en", "fr")) if form.file == "propose-source.yml")
    answers = "\n\n".join(f"### {each.label}\n\n{(each.options or ('2026-13-45 $(id)',))[0]}" for each in form.fields)
    (tmp_path / "event.json").write_text(json.dumps({"issue": {"number": 12, "body": answers}}), "utf-8")
    told = {"GITHUB_WORKSPACE": str(tmp_path / "workspace"), "GITHUB_EVENT_PATH": str(tmp_path / "event.json")}
    done = run(script("form.yml", "Read the form, and check what it makes"), tmp_path, "exit 1", **told)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "form/code").read_text("utf-8") == "0"
    assert '"2026-13-45 $(id)"' in (tmp_path / "form/file.yaml").read_text("utf-8")
    assert "data/proposals/issue-12.yaml:" in (tmp_path / "form/said").read_text("utf-8"), "what the checker found"
