"""EDTF level 1, with the `edtf` package as judge over every shape a date may have here."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.dates import FIRST, LAST, Edtf, parse_edtf

with warnings.catch_warnings():
    # Its grammar uses names that its parser library wants renamed.
    warnings.simplefilter("ignore")
    judge = import_module("edtf")


def ruling(text: str) -> Any:
    """The judge's date, or None. It prints what it tries."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return judge.parse_edtf(text)
        except judge.EDTFParseException:
            return None


def accepted(text: str) -> Edtf | None:
    try:
        return parse_edtf(text)
    except ValueError:
        return None


def _single() -> Iterator[str]:
    years = ("2024", "1900", "0001", "9999")
    for year, rest in product(years, ("", "-01", "-02", "-12", "-02-28", "-12-31", "-XX", "-04-XX", "-XX-XX")):
        yield year + rest
    yield from ("2024-02-29", "2000-02-29", "198X", "202X", "19XX", "20XX")
    yield from (f"2024-{season}" for season in (21, 22, 23))
    yield from (point + mark for point, mark in product(("2024", "2024-05", "2024-05-17"), "?~%"))


SINGLE = tuple(_single())
ENDS = ("2019", "2021-08", "2023-02-28", "2024~", "2024-06?")
INTERVALS = (*(f"{one}/{other}" for one, other in product(ENDS, ENDS) if one < other),
             *(f"{end}/.." for end in ENDS), *(f"../{end}" for end in ENDS),
             *(f"{end}/" for end in ENDS[:2]), *(f"/{end}" for end in ENDS[:2]), "2024-21/2024-23")  # fmt: skip


def _day(moment: Any, otherwise: date) -> date:
    """A bound as the judge gives it: a time, or an infinite number for an open end."""
    return otherwise if isinstance(moment, float) else date(moment.tm_year, moment.tm_mon, moment.tm_mday)


@pytest.mark.parametrize("text", SINGLE)
def test_a_date_allows_the_days_the_judge_allows(text: str) -> None:
    ours, theirs = parse_edtf(text), ruling(text)
    assert theirs is not None
    assert (ours.earliest, ours.latest) == (_day(theirs.lower_strict(), FIRST), _day(theirs.upper_strict(), LAST))
    assert ours.start is not None
    assert ours.start.approximate == (theirs.is_approximate or theirs.is_uncertain_and_approximate)
    assert ours.start.uncertain == (theirs.is_uncertain or theirs.is_uncertain_and_approximate)
    assert not ours.interval
    assert str(ours) == text


@pytest.mark.parametrize("text", INTERVALS)
def test_an_interval_allows_the_days_the_judge_allows(text: str) -> None:
    ours, theirs = parse_edtf(text), ruling(text)
    assert theirs is not None
    assert ours.interval
    assert ours.open_end == text.endswith("..")
    # To an end that is not known the judge gives ten years; here it is not known.
    if not text.startswith("/"):
        assert ours.earliest == _day(theirs.lower_strict(), FIRST)
    if not text.endswith("/"):
        assert ours.latest == _day(theirs.upper_strict(), LAST)


# Neither side takes these.
INVALID = """
    2024-13 2024-00 2024-02-30 2024-04-31 2024-01-32 2024-01-00 2024-XX-00 2024-05-1 2024-5 2024-5-1 24 201 20245
    2024/05/01 2024.05.01 20240501 2024-W10 2024-150 2024-21-01 2024-20 2024~~ 2024?~ 2024-/2025 2024//2025
    2024/2025/2026 / 2024/unknown 2024/open unknown .. X2024 2O24 May-2024 17.05.2024 2024-05-17T 2024--05
    ２０２４ ٢٠٢٤ 2024-０５ 2024/2025~~ 198x 19xx
""".split()


@pytest.mark.parametrize("text", ["", *INVALID, "May 2024", "17 mai 2024", "2024\n", "2024-05-17 or so"])
def test_what_is_no_date_is_refused_by_both(text: str) -> None:
    assert accepted(text) is None
    # The judge strips white space before it looks; the reader of fields does so here.
    assert text != text.strip() or ruling(text) is None


# Deliberate differences, each with its reason.
NARROWER = {
    "2025/2024": "Interval",  # the end lies before the start
    "2024-05/2024-03": "Interval",
    "../..": "Level1Interval",  # says nothing
    "1999-02-29": "Date",  # not a leap year
    "0000": "Date",  # Python's calendar begins with year 1 and ends with 9999
    "-2024": "Date",
    "Y20245": "LongYear",
    "2024-05-17T10:10:10Z": "DateAndTime",  # the site prints days
    "2XXX": "Unspecified",  # level 1 leaves at most two digits open
    "XXXX": "PartialUnspecified",  # level 2 from here on
    "198X-05": "PartialUnspecified",
    "2024-XX-05": "PartialUnspecified",
    "2024-25": "Level2Season",
    "[2023,2024]": "OneOfASet",
    "{2023,2024}": "MultipleDates",
    "2024?-05": "PartialUncertainOrApproximate",
    "?2024": "PartialUncertainOrApproximate",
}


@pytest.mark.parametrize(("text", "theirs"), NARROWER.items())
def test_what_the_judge_takes_and_we_do_not(text: str, theirs: str) -> None:
    assert accepted(text) is None
    assert type(ruling(text)).__name__ == theirs


@pytest.mark.parametrize("text", ["2024-21~", "2024-24?", "2024-23%"])
def test_a_season_may_be_doubtful_though_the_judge_has_none(text: str) -> None:
    point = parse_edtf(text).start
    assert ruling(text) is None
    assert point is not None
    assert (point.approximate, point.uncertain) == (text[-1] in "~%", text[-1] in "?%")


def test_a_winter_reaches_into_the_next_year_though_the_judge_s_does_not() -> None:
    assert parse_edtf("2024-24").latest == date(2025, 2, 28)
    assert parse_edtf("2023-24").latest == date(2024, 2, 29)
    assert parse_edtf("9999-24").latest == LAST
    assert _day(ruling("2024-24").upper_strict(), LAST) == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-13", "there is no month 13"),
        ("2024-00", "there is no month 00"),
        ("2024-02-30", "2024-02 has 29 days"),
        ("2024-01-00", "2024-01 has 31 days"),
        ("2024-XX-05", "a day needs its month"),
        ("2024-XX-00", "a day needs its month"),
        ("198X-05", "a year with open digits takes no month"),
        ("2024-21-01", "a season takes no day"),
        ("0000", "years begin at 0001"),
        ("../..", "an interval needs a beginning or an end"),
        ("/", "an interval needs a beginning or an end"),
        ("2025/2024", "the end lies before the start"),
        ("May 2024", "'May 2024' is not a date"),
        ("2024/May", "'May' is not a date"),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        parse_edtf(text)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("text", "known_latest", "open_end"),
    [
        ("2024", date(2024, 12, 31), False),
        ("2024-08/..", date(2024, 8, 31), True),
        ("2024-08/", date(2024, 8, 31), False),
        ("../2024-08", date(2024, 8, 31), False),
        ("2024-08/2025", date(2025, 12, 31), False),
    ],
)
def test_an_open_end_says_nothing_about_the_future(text: str, known_latest: date, open_end: bool) -> None:
    parsed = parse_edtf(text)
    assert (parsed.known_latest, parsed.open_end) == (known_latest, open_end)


def _written(number: st.SearchStrategy[int], width: int) -> st.SearchStrategy[str]:
    return number.map(lambda value: f"{value:0{width}}")


_TWO = st.sampled_from(["XX", "00"]) | _written(st.integers(1, 32), 2)
_YEARS = _written(st.integers(0, 9999), 4) | st.sampled_from(["198X", "19XX", "00XX", "000X", "99XX"])
_POINTS = st.builds(
    lambda year, parts, mark: "-".join((year, *parts)) + mark,
    _YEARS, st.lists(_TWO, max_size=2), st.sampled_from(["", "~", "?", "%"]),
)  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True)
@given(_POINTS | st.tuples(_POINTS, _POINTS).map("/".join) | st.text("0123456789-/X~?%. ", max_size=12))
def test_a_date_that_is_taken_holds_together(text: str) -> None:
    parsed = accepted(text)
    if parsed is not None:
        assert FIRST <= parsed.earliest <= parsed.latest <= LAST
        assert parsed.known_latest <= parsed.latest
        assert parsed.text == text
        assert parsed.start or parsed.end


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dates())
def test_every_day_of_the_calendar_is_itself(day: date) -> None:
    parsed = parse_edtf(day.isoformat())
    assert parsed.earliest == parsed.latest == day
