"""The rules keep their own order: one module each, codes that tell group and severity, a page that cannot drift."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dossier.checks
from dossier.checks import CHECKS, OF_ALL
from dossier.problems import Rule
from dossier.rulebook import CASES, GROUPS, PAGE, RULES, read_cases, rules_page

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_page_is_as_generated() -> None:
    assert PAGE.read_text("utf-8") == rules_page(read_cases(CASES)), (
        "docs/rules.md is not what the rules and their cases say: run 'make docs' (python -m dossier.rulebook)"
    )


@every_rule
def test_page_has_a_section_for_the_rule(rule: Rule) -> None:
    page = rules_page(read_cases(CASES))
    assert page.count(f"\n### {rule.code} {rule.name}\n") == 1
    for words in (rule.sentence, rule.why, rule.remedy):
        assert words in page


@every_rule
def test_code_tells_severity_and_group(rule: Rule) -> None:
    letter, digit = rule.code[0], int(rule.code[1])
    assert re.fullmatch(r"[EW]\d{3}", rule.code)
    assert rule.severity == {"E": "error", "W": "warning"}[letter]
    assert rule.group == list(GROUPS)[digit - 1]


@every_rule
def test_rule_is_stated_in_sentences(rule: Rule) -> None:
    for words in (rule.sentence, rule.why, rule.remedy):
        assert re.fullmatch(r"[A-Z'«].*[.!:»}]", words), words
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


def test_codes_and_names_are_used_once() -> None:
    assert len({rule.code[1:] for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_every_check_is_one_module_named_after_its_rule() -> None:
    folder = Path(dossier.checks.__path__[0])
    found = {file.stem for file in folder.glob("*.py") if re.search(r"^RULE = ", file.read_text("utf-8"), re.MULTILINE)}
    modules = (*CHECKS, *OF_ALL)
    assert found == {module.RULE.name.replace("-", "_") for module in modules}
    assert [module.__name__.rpartition(".")[2] for module in modules] == [
        module.RULE.name.replace("-", "_") for module in modules
    ]


def test_checks_stand_in_the_order_of_their_codes() -> None:
    codes = [module.RULE.code[1:] for module in CHECKS]
    assert codes == sorted(codes)
