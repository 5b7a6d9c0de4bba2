"""What the form of drafts is made of is what the model and the rules say."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
import yaml

from dossier.checks import check_file, check_whole
from dossier.frozen import fields
from dossier.model import COLLECTIONS
from dossier.pages import CSP, DraftPage
from dossier.plan import Planner, draft_form
from dossier.plan.draft_form import LEFT_OUT, NEEDED, PAST, RECORDS, USUAL, described, drafted, for_browsers
from dossier.plan.drafts import MOST_IDS, ids_known
from dossier.plan.edition import Edition
from dossier.plan.lines import Lines
from dossier.reading import keys_of
from dossier.register import Register
from dossier.values import ID, URL
from tests.given import SITE, TODAY, data, pages, register

FILE = "companies: [{id: crust, name: Golden Crust}]"


def edition(site: str = SITE, code: str = "en") -> Edition:
    made = planner(register(FILE, site)).editions
    return next(each for each in made if each.code == code)


def planner(given: Register) -> Planner:
    def names(collection: str) -> list[str]:
        return [*getattr(given, collection)]

    return Planner(given, TODAY, Lines(lambda _: iter(()), lambda _: {}, lambda _: iter(())), frozenset(), names)


def form(site: str = SITE, code: str = "en") -> Any:
    return json.loads(json.dumps(described(edition(site, code))))


def test_every_key_of_the_model_is_in_the_form_and_no_other() -> None:
    for name, record in form()["records"].items():
        cls: Any = COLLECTIONS[name]
        assert {each["n"] for each in record["f"]} == set(keys_of(cls)) - LEFT_OUT.get(name, set())
        required = {each["n"] for each in record["f"] if each.get("r")}
        assert required == {key for key, _, default, _ in drafted(name) if not isinstance(default, tuple | str | bool)
                            and default is not None}  # fmt: skip


def test_keys_named_here_are_keys_of_the_model() -> None:
    citation = next(each for each in form()["records"]["claims"]["f"] if each["n"] == "citations")
    known = {name: {field.name for field in fields(COLLECTIONS[name])} for name in RECORDS}
    known["citations"] = {each["n"] for each in citation["f"]}
    for name, keys in [*LEFT_OUT.items(), *USUAL.items()]:
        assert keys <= known[name]
    for need in NEEDED:
        assert {need["key"], *need.get("when", ()), *need.get("unless", ())} <= known[need["in"]]
    assert set(PAST) <= {"captured"}.union(*known.values())


CITED = "citations: [{source: s1, quote: a quote}]"
SOURCE = "id: s1, type: article, title: T, publisher: P, language: en, role: reporting"
RULES: list[tuple[str, str, str, str]] = [
    (
        "claims",
        "reply",
        f"{{id: c1, company: crust, kind: KIND, mode: recorded, statement: S, {CITED}}}",
        "missing-reply",
    ),
    ("sources", "url", f"{{{SOURCE}, read: READ, accessed: 2026-01-02}}", "source-address"),
    ("sources", "accessed", f"{{{SOURCE}, read: READ, url: 'https://x.example/'}}", "source-address"),
    ("responses", "citations", "{id: r1, company: crust, status: STATUS, date: 2026-01-02}", "uncited-reply"),
    ("responses", "reason", "{id: r1, company: crust, status: STATUS, date: 2026-01-02}", "not-asked"),
    ("responses", "deadline", "{id: r1, company: crust, status: STATUS, date: 2026-01-02}", "short-deadline"),
]


@pytest.mark.parametrize(("collection", "key", "record", "rule"), RULES, ids=[f"{each[0]}-{each[1]}" for each in RULES])
def test_a_key_is_needed_where_its_rule_says_so(collection: str, key: str, record: str, rule: str) -> None:
    (need,) = [each for each in NEEDED if (each["in"], each["key"]) == (collection, key)]
    conditions = need.get("when") or need["unless"]
    by = next(iter(conditions))
    words = next(each["w"] for each in form()["records"][collection]["f"] if each["n"] == by)
    assert len(words) > 1
    for word, _ in words:
        typed = record.replace(by.upper(), word)
        text = f"{FILE}\n{collection}: [{typed}]\n"
        if collection == "claims":
            text += f"sources: [{{{SOURCE}, accessed: 2026-01-02, url: 'https://x.example/'}}]\n"
        given = data(text, SITE.replace("[en, fr]", "[en]"))
        assert given.register, given.said
        found = [*check_file(given.register, given.records, date(2026, 1, 5)), *check_whole(given.register, TODAY)]
        is_needed = (word in conditions[by]) is ("when" in need)
        said = [each.message for each in found if each.rule.name == rule]
        assert bool(said) is is_needed, (word, said)


def test_patterns_are_those_of_the_model_and_plain_enough_for_browsers() -> None:
    told = form()
    assert told["shapes"]["id"]["p"] == ID.pattern
    assert told["shapes"]["url"]["p"] == r"[hH][tT][tT][pP][sS]?://\S+"
    assert for_browsers(URL.pattern) == told["shapes"]["url"]["p"]
    every = [told["reserved"], told["point"], told["hidden"], *(each["p"] for each in told["shapes"].values())]
    assert not any(re.search(r"\(\?[^:=!]|\\[AZ]|\*\+|\+\+", pattern) for pattern in every)


def test_the_form_speaks_the_language_of_its_page() -> None:
    english, french = form(), form(code="fr")
    assert english["say"] != french["say"]
    for name in RECORDS:
        pairs = zip(english["records"][name]["f"], french["records"][name]["f"], strict=True)
        assert [one["n"] for one, other in pairs if one["d"] == other["d"]] == []


def new_file(repository: str, more: str = "") -> str:
    page = pages(FILE, SITE.replace("https://code.example/dossier", repository) + more)["contribute/draft/index.html"]
    assert isinstance(page, DraftPage)
    return page.new


def test_the_host_is_data() -> None:
    assert form()["host"] is None
    assert new_file("https://code.example/o/r") == ""
    told = new_file("https://code.example/o/r", "host: {kind: gitlab, branch: b}\n")
    assert told == "https://code.example/o/r/-/new/b/data/dossiers?file_name={name}"
    told = new_file("https://github.com/o/r")
    assert told == "https://github.com/o/r/new/main/data/dossiers?filename={name}&value={text}"
    host = form(SITE.replace("https://code.example/dossier", "https://gitlab.com/o/r"))["host"]
    assert (host["name"], host["fills"]) == ("GitLab", False)


def test_of_a_collection_too_long_no_id_is_told() -> None:
    assert ids_known(lambda name: [name] * (MOST_IDS + (name == "claims")))["claims"] is None
    assert len(ids_known(lambda name: [name] * MOST_IDS)["claims"] or ()) == MOST_IDS


def test_the_page_alone_runs_the_form_and_no_page_may_run_what_it_does_not_name() -> None:
    made = pages(FILE)
    running = {path for path, page in made.items() if "draft" in page.frame.scripts}
    assert running == {"contribute/draft/index.html", "fr/contribuer/brouillon/index.html"}
    for path, page in made.items():
        assert ("script-src" in page.frame.csp) == bool(page.frame.scripts), path
    assert made["sources/index.html"].frame.csp == made["data/index.html"].frame.csp == CSP


def test_the_template_is_yaml_with_every_key_that_is_required() -> None:
    page = pages(FILE)["contribute/draft/index.html"]
    assert isinstance(page, DraftPage)
    held = yaml.safe_load(re.sub(r">-", "words", page.blank))
    for name in RECORDS:
        required = {each["n"] for each in form()["records"][name]["f"] if each.get("r")}
        assert required <= set(held[name][0])
    assert draft_form.docs() >= {"The agency on the other side."}
