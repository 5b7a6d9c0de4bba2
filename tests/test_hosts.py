"""Addresses at the hosts of repositories, as their own documentation has them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from dossier.hosts import MOST, Kind, host_of

PATH = "data/dossiers/é b.yaml"
BEHIND = "data/dossiers/%C3%A9%20b.yaml"


@pytest.mark.parametrize(
    ("repository", "name", "view", "edit", "new"),
    [
        ("https://github.com/o/r.git", "GitHub", "/o/r/blob/main/", "/o/r/edit/main/", "/o/r/new/main/data"),
        ("https://GitHub.com/o/r/", "GitHub", "/o/r/blob/main/", "/o/r/edit/main/", "/o/r/new/main/data"),
        ("https://gitlab.com/a/b/c", "GitLab", "/a/b/c/-/blob/main/", "/a/b/c/-/edit/main/", "/a/b/c/-/new/main/data"),
        ("https://gitlab.example.org/a/b", "GitLab", "/a/b/-/blob/main/", "/a/b/-/edit/main/", "/a/b/-/new/main/data"),
        ("https://codeberg.org/o/r", "Codeberg", "/o/r/src/branch/main/", "/o/r/_edit/main/", "/o/r/_new/main/data"),
        ("https://gitea.example/o/r", "Forgejo", "/o/r/src/branch/main/", "/o/r/_edit/main/", "/o/r/_new/main/data"),
    ],
)
def test_each_host_has_its_own_addresses(repository: str, name: str, view: str, edit: str, new: str) -> None:
    host = host_of(repository)
    assert host
    assert host.name == name
    assert host.view(PATH, 12).endswith(f"{view}{BEHIND}#L12")
    assert host.view(PATH).endswith(BEHIND)
    assert host.edit(PATH).endswith(edit + BEHIND)
    assert urlsplit(host.new_file_pattern("data")).path.lower() == new


@pytest.mark.parametrize("kind", ["github", "gitlab", "forgejo"])
def test_the_kind_can_be_told_and_the_branch(kind: Kind) -> None:
    assert host_of("https://code.example/o/r") is None
    host = host_of("https://code.example:8443/o/r", kind, "a/b c")
    assert host
    assert host.kind == kind
    assert host.edit("x.yaml").startswith("https://code.example:8443/o/r/")
    assert host.edit("x.yaml").endswith("/a/b%20c/x.yaml")


@pytest.mark.parametrize(
    "repository",
    [
        "https://github.com/o", "https://github.com", "https://u:p@github.com/o/r", "ssh://github.com/o/r",
        "https://github.com/o/r?x=y", "https://notgithub.com/o/r", "https://codeberg.org.example/o/r",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_repository_has_no_host(repository: str) -> None:
    assert host_of(repository) is None


def test_a_new_file_is_filled_in_and_nothing_escapes_its_blank() -> None:
    host = host_of("https://github.com/o/r")
    assert host
    text = 'a: "b" & c=d # e\n{name} é\n'
    address = host.new_file("data/dossiers", "x&value=y.yaml", text)
    assert address
    assert parse_qs(urlsplit(address).query) == {"filename": ["x&value=y.yaml"], "value": [text]}
    assert not urlsplit(address).fragment


def test_what_a_host_does_not_take_is_left_to_be_pasted() -> None:
    github, gitlab = host_of("https://github.com/o/r"), host_of("https://gitlab.com/o/r")
    assert github
    assert gitlab
    assert (github.fills, gitlab.fills) == (True, False)
    assert gitlab.new_file("data", "x.yaml", "a") is None
    room = MOST - len(github.new_file("data", "x.yaml", "") or "")
    assert len(github.new_file("data", "x.yaml", "a" * room) or "") == MOST
    assert github.new_file("data", "x.yaml", "a" * (room + 1)) is None


def test_an_issue_has_its_words_as_long_as_they_fit() -> None:
    github, gitlab = host_of("https://github.com/o/r"), host_of("https://gitlab.com/o/r")
    assert github
    assert gitlab
    assert github.new_issue("A & b", "c\nd") == "https://github.com/o/r/issues/new?title=A%20%26%20b&body=c%0Ad"
    query = parse_qs(urlsplit(gitlab.new_issue("A", "b")).query)
    assert query == {"issue[title]": ["A"], "issue[description]": ["b"]}
    assert github.new_issue("A", "é" * MOST) == "https://github.com/o/r/issues/new?title=A"
    assert len(github.new_issue("é" * MOST)) < MOST
