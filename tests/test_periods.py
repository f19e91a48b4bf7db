"""Calendar arithmetic: the corresponding day, whole months and years, runs and windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rudong_rules import periods
from rudong_rules.periods import day

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
near = st.dates(date(2023, 12, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024-W01-1",
        "20240131",
        "2024-1-31",
        "2024-02-30",
        "2023-02-29",
        "0000-01-01",
        "２０２４-01-31",
        "2024-01-31 ",
        "",
    ],
)
def test_only_a_day_that_exists_and_is_written_in_full_is_a_day(text: str) -> None:
    assert day("2024-02-29") == date(2024, 2, 29)
    with pytest.raises(ValueError, match=r"^not written as YYYY-MM-DD$|range"):
        day(text)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2024-01-15", {"months": 1}, "2024-02-15"), ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2025-01-31", {"months": 1}, "2025-02-28"), ("2025-01-29", {"months": 1}, "2025-02-28"),
        ("2024-02-29", {"months": 1}, "2024-03-29"), ("2024-03-31", {"months": 1}, "2024-04-30"),
        ("2024-04-30", {"months": 1}, "2024-05-30"), ("2024-11-30", {"months": 3}, "2025-02-28"),
        ("2024-12-31", {"months": 2}, "2025-02-28"), ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2024-02-29", {"years": 4}, "2028-02-29"), ("2023-02-28", {"years": 1}, "2024-02-28"),
        ("2000-02-29", {"years": -100}, "1900-02-28"), ("2024-03-31", {"months": -1}, "2024-02-29"),
        ("2024-01-31", {"months": -11}, "2023-02-28"), ("2024-01-01", {"days": -1}, "2023-12-31"),
        ("2023-01-01", {"days": 364}, "2023-12-31"), ("2023-01-01", {"days": 365}, "2024-01-01"),
        ("2024-01-01", {"days": 365}, "2024-12-31"), ("2024-01-01", {"days": 366}, "2025-01-01"),
        ("2024-02-28", {"days": 1}, "2024-02-29"), ("2024-01-31", {"months": 1, "days": 1}, "2024-03-01"),
        ("2023-01-31", {"years": 1, "months": 1}, "2024-02-29"), ("2024-05-05", {"months": 25}, "2026-06-05"),
        ("2024-05-05", {}, "2024-05-05"), ("9999-11-30", {"months": 1}, "9999-12-30"),
    ],
)  # fmt: skip
def test_a_period_ends_on_the_corresponding_day_or_on_the_last_of_the_month(
    start: str, length: dict[str, int], end: str
) -> None:
    assert periods.add(day(start), **length) == day(end)


@pytest.mark.parametrize(
    "length",
    [
        {"years": 7976}, {"years": -2024}, {"years": 10**30}, {"months": 12 * 8000}, {"months": -(10**30)},
        {"days": 3_000_000}, {"days": -800_000}, {"days": 10**12}, {"years": 1, "days": 10**30},
    ],
)  # fmt: skip
def test_a_day_outside_the_calendar_is_an_overflow_and_nothing_else(length: dict[str, int]) -> None:
    with pytest.raises(OverflowError, match=r"out of range|too large"):
        periods.add(date(2024, 2, 29), **length)


@pytest.mark.parametrize(
    ("start", "end", "months", "years"),
    [
        ("2025-01-31", "2025-02-27", 0, 0), ("2025-01-31", "2025-02-28", 1, 0), ("2025-01-31", "2025-03-30", 1, 0),
        ("2025-01-31", "2025-03-31", 2, 0), ("2024-02-29", "2025-02-27", 11, 0), ("2024-02-29", "2025-02-28", 12, 1),
        ("2024-02-28", "2025-02-27", 11, 0), ("2024-02-28", "2025-02-28", 12, 1), ("2020-01-01", "2021-12-31", 23, 1),
        ("2020-01-01", "2022-01-01", 24, 2), ("2025-02-28", "2025-01-31", -1, 0), ("2025-02-28", "2024-02-29", -12, -1),
        ("2025-02-27", "2024-02-29", -11, 0), ("2024-06-01", "2024-06-01", 0, 0), ("9999-12-31", "9999-12-31", 0, 0),
        ("0001-01-31", "9999-12-31", 119987, 9998),
    ],
)  # fmt: skip
def test_whole_months_and_years_are_those_that_have_passed(start: str, end: str, months: int, years: int) -> None:
    assert periods.full_months(day(start), day(end)) == months
    assert periods.full_years(day(start), day(end)) == years


@pytest.mark.parametrize(
    ("years", "length"),
    [
        ([], 0), ([2020], 1), ([2021, 2023, 2024], 2), ([2024, 2022, 2023], 3), ([2020, 2020, 2020], 1),
        ([2019, 2020, 2022, 2023, 2024], 3), ([-1, 0, 1], 3), ([2020, 2022, 2024], 1),
    ],
)  # fmt: skip
def test_a_run_is_made_of_consecutive_years_in_any_order_each_once(years: list[int], length: int) -> None:
    assert periods.longest_run(years) == length


@pytest.mark.parametrize(
    ("dates", "window", "most"),
    [
        ([], 12, 0), (["2024-01-01"], 1, 1), (["2024-01-01", "2025-01-01"], 12, 1),
        (["2024-01-01", "2024-12-31"], 12, 2), (["2024-07-01", "2025-06-30"], 12, 2),
        (["2024-02-29", "2025-02-28"], 12, 1), (["2024-02-29", "2025-02-27"], 12, 2),
        (["2024-05-05", "2024-05-05"], 1, 2), (["2024-12-31", "2025-01-01", "2024-01-01"], 1, 2),
    ],
)  # fmt: skip
def test_the_last_day_of_a_window_lies_outside_it(dates: list[str], window: int, most: int) -> None:
    assert periods.most_in_window([day(text) for text in dates], window) == most


@pytest.mark.parametrize(
    ("dates", "most"),
    [([], 0), (["2024-12-31", "2025-01-01"], 1), (["2024-01-01", "2024-12-31", "2025-06-01"], 2)],
)
def test_a_calendar_year_ends_with_december(dates: list[str], most: int) -> None:
    assert periods.most_in_calendar_year([day(text) for text in dates]) == most


# --- laws ------------------------------------------------------------------------------------------------------------


@given(days, days)
def test_the_whole_months_fit_and_one_more_does_not(one: date, other: date) -> None:
    start, end = sorted((one, other))
    months = periods.full_months(start, end)
    assert periods.add(start, months=months) <= end < periods.add(start, months=months + 1)
    years = periods.full_years(start, end)
    assert periods.add(start, years=years) <= end < periods.add(start, years=years + 1)


@given(days, days)
def test_time_backwards_is_time_forwards_with_a_minus(start: date, end: date) -> None:
    assert periods.full_months(start, end) == -periods.full_months(end, start)
    assert periods.full_years(start, end) == -periods.full_years(end, start)


@given(days, st.integers(-1200, 1200))
def test_so_many_months_after_a_day_so_many_whole_months_have_passed(start: date, months: int) -> None:
    end = periods.add(start, months=months)
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
    if months >= 0:
        assert periods.full_months(start, end) == months


@given(near, near, near, st.integers(-30, 30))
def test_later_days_never_have_earlier_ends_nor_fewer_months(one: date, two: date, fixed: date, months: int) -> None:
    early, late = sorted((one, two))
    assert periods.add(early, months=months) <= periods.add(late, months=months)
    for count in (periods.full_months, periods.full_years):
        assert count(fixed, early) <= count(fixed, late)
        assert count(early, fixed) >= count(late, fixed)


@given(st.lists(st.integers(-4, 12)))
def test_the_longest_run_is_the_one_found_by_walking_along(years: list[int]) -> None:
    best = run = 1 if years else 0
    for before, after in pairwise(sorted(set(years))):
        run = run + 1 if after == before + 1 else 1
        best = max(best, run)
    assert periods.longest_run(years) == best


@given(st.lists(near, max_size=6), st.integers(1, 6))
def test_no_window_beginning_on_any_day_holds_more(dates: Sequence[date], months: int) -> None:
    starts = [date(2023, 6, 1) + timedelta(days=n) for n in range(700)] if dates else []
    brute = max((sum(first <= d < periods.add(first, months=months) for d in dates) for first in starts), default=0)
    assert periods.most_in_window(dates, months) == brute


def test_a_window_may_end_beyond_the_calendar() -> None:
    assert periods.most_in_window([date(9999, 12, 31)], 12) == 1
    assert periods.most_in_window([date(9000, 1, 1), date(9999, 12, 1), date(9999, 12, 31)], 12) == 2
