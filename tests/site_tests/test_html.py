"""Every page of every built site keeps every rule of the page contract, and every rule is shown to catch its breach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.site_tests import evidence_rules, markup_rules, safety_rules, tree_rules
from tests.site_tests.broken_pages import BROKEN
from tests.site_tests.published import Page, Site
from tests.site_tests.small_site import small_site

PAGE_RULES: tuple[Callable[[Page, Site], Iterator[str]], ...] = (
    markup_rules.parses,
    markup_rules.conforms,
    markup_rules.one_h1,
    markup_rules.headings_without_gaps,
    markup_rules.language_said,
    markup_rules.landmarks,
    markup_rules.skip_link,
    markup_rules.ids_unique,
    markup_rules.words_in_their_language,
    safety_rules.no_other_host,
    safety_rules.nothing_inline,
    safety_rules.strict_policy,
    evidence_rules.references_ascend,
    evidence_rules.references_lead_back,
    evidence_rules.citations_ascend,
    evidence_rules.claims_are_anchored,
    tree_rules.links_resolve,
    tree_rules.links_work_anywhere,
    tree_rules.canonical,
    tree_rules.languages_point_at_each_other,
    tree_rules.interface_is_translated,
)
SITE_RULES: tuple[Callable[[Site], Iterator[str]], ...] = (
    safety_rules.styles_fetch_nothing_foreign,
    safety_rules.scripts_name_no_host,
    safety_rules.policy_in_headers,
    evidence_rules.claims_have_one_place,
    tree_rules.titles_differ,
    tree_rules.every_page_is_found,
)
RULES = {rule.__name__: rule for rule in (*PAGE_RULES, *SITE_RULES)}


def complaints(rule: str, site: Site) -> list[str]:
    for each in SITE_RULES:
        if each.__name__ == rule:
            return list(each(site))
    (found,) = [each for each in PAGE_RULES if each.__name__ == rule]
    return [f"{path}:{complaint}" for path, page in site.pages.items() for complaint in found(page, site)]


@pytest.mark.xdist_group("html")
@pytest.mark.parametrize("rule", RULES)
def test_every_page_keeps_the_rule(rule: str, built_site: Site) -> None:
    found = complaints(rule, built_site)
    assert not found, f"{RULES[rule].__doc__}\n" + "\n".join(found[:40]) + f"\n{len(found)} in all"


@pytest.mark.xdist_group("html")
def test_there_are_pages_and_claims_to_check(built_site: Site) -> None:
    assert {built_site.home(language) for language in built_site.languages} <= {*built_site.pages}
    assert "404.html" in built_site.pages
    assert any(page.select("[data-claim]") for page in built_site.pages.values())


@pytest.mark.parametrize("rule", RULES)
def test_the_good_site_keeps_the_rule(rule: str) -> None:
    assert complaints(rule, small_site()) == []


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "said"), BROKEN, ids=[f"{each[0]}-{each[4]}" for each in BROKEN]
)
def test_the_rule_catches_its_breach(rule: str, path: str, old: str, new: str, said: str) -> None:
    found = complaints(rule, small_site(path, old, new))
    assert any(said in each for each in found), f"the rule said {found}"


def test_every_rule_has_a_bad_case() -> None:
    assert {each[0] for each in BROKEN} == {*RULES}
