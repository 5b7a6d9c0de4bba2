"""The editorial rules, one a module: what a dossier owes its readers, and those it is about.

To add one: write `checks/<name>.py` with `RULE` and `check`, list it in `CHECKS`, write `tests/cases/<code>-<name>.md`,
run `make docs`. A check changes nothing and reads neither files nor the clock. It goes through the records it judges
and looks up what else it needs, by id or by a way back of the register, so that files can be judged one by one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dossier.checks import (
    accessed_before_issued,
    after_its_sources,
    bad_identifier,
    ceiling_wording,
    dead_source,
    derivation_cycle,
    foreign_reply,
    french_conditional,
    future_date,
    long_quote,
    look_alike_name,
    missing_quote,
    missing_reply,
    missing_translation,
    much_quoted,
    no_archive,
    not_asked,
    odd_file,
    old_reply,
    one_sided_difference,
    private_person,
    retracted_support,
    short_deadline,
    silent_change,
    source_address,
    stale_claim,
    tracking_parameters,
    typed_count,
    unattributed_claim,
    unbacked_number,
    uncited_reply,
    uncited_summary,
    uneven_hedge,
    uneven_quotes,
    unknown_currency,
    unknown_figure,
    unread_source,
    unshown_reply,
    unsupported_claim,
    unused_source,
    vanished_id,
    verdict_words,
    versions_differ,
    weak_support,
)
from dossier.checks.own import within
from dossier.problems import Problem, in_order
from dossier.register import Records, Register
from dossier.shape import SHAPE_RULES

CHECKS = (
    bad_identifier,
    unused_source,
    odd_file,
    source_address,
    unknown_figure,
    unsupported_claim,
    missing_quote,
    unread_source,
    weak_support,
    derivation_cycle,
    retracted_support,
    uncited_summary,
    long_quote,
    one_sided_difference,
    no_archive,
    much_quoted,
    dead_source,
    tracking_parameters,
    accessed_before_issued,
    after_its_sources,
    future_date,
    stale_claim,
    unknown_currency,
    ceiling_wording,
    unbacked_number,
    missing_reply,
    uncited_reply,
    short_deadline,
    not_asked,
    foreign_reply,
    private_person,
    old_reply,
    unshown_reply,
    unattributed_claim,
    verdict_words,
    versions_differ,
    missing_translation,
    french_conditional,
    uneven_quotes,
    uneven_hedge,
    silent_change,
    typed_count,
    look_alike_name,
)
"""Every rule with a judgement of its own, in the order of their codes."""


OF_ALL: tuple[Any, ...] = (vanished_id,)
"""Rules about the dossier as a whole, which no file can be judged by."""

RULES = {rule.code: rule for rule in (*SHAPE_RULES, *(module.RULE for module in (*CHECKS, *OF_ALL)))}
"""Every rule of a dossier by its code, those that reading enforces first."""


def check(register: Register, today: date) -> tuple[Problem, ...]:
    """All findings of all rules. What a record in `register.lost` alone would cause is left unsaid: each rule skips a
    claim whose sources, reply or other side are not there."""
    return in_order(problem for module in CHECKS for problem in module.check(register, today))


def check_whole(register: Register, today: date) -> tuple[Problem, ...]:
    """The findings of the rules about the dossier as a whole."""
    return in_order(problem for module in OF_ALL for problem in module.check(register, today))


def check_file(register: Register, mine: Records, today: date) -> tuple[Problem, ...]:
    """The findings of all rules in one file, which holds `mine` of the register. Those of all files are what `check`
    finds (see `own.py`)."""
    return check(within(register, mine), today)
