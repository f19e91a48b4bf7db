"""Periods, windows and runs: pure date logic on the civil calendar.

A period in years or months ends on the day with the same number as its first day, or on the month's last day where
that day does not exist (Civil Code art. 202, by analogy): one month from 31 January ends on 28 or 29 February.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from dateutil.relativedelta import relativedelta

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(text: str) -> date:
    """Return the day that YYYY-MM-DD writes.  Raises ValueError for anything else, ISO weeks included."""
    if not _DAY.fullmatch(text):
        raise ValueError("not written as YYYY-MM-DD")
    return date.fromisoformat(text)


def of_midnight(value: Any) -> Any:
    """Return the day of a midnight without a zone, which is how databases give days; all else as it is."""
    # The day that pandas has for none (NaT) is a datetime too, and unequal to itself.
    dated = isinstance(value, datetime) and value == value
    return value.date() if dated and value.tzinfo is None and value.time() == time() else value


def add(start: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """Return the corresponding day ``years``, ``months`` and ``days`` after ``start`` (before it when negative).

    Raises OverflowError when the result lies outside the years 1 to 9999.

    >>> add(date(2024, 2, 29), years=1)
    datetime.date(2025, 2, 28)
    """
    try:
        moved: date = start + relativedelta(years=years, months=months, days=days)
    except ValueError as error:
        raise OverflowError(str(error)) from None
    return moved


def full_months(start: date, end: date) -> int:
    """Return how many whole months have passed from ``start`` to ``end``; negative when ``end`` comes first.

    >>> full_months(date(2025, 1, 31), date(2025, 2, 28))
    1
    """
    if end < start:
        return -full_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add(start, months=months) <= end else months - 1


def full_years(start: date, end: date) -> int:
    """Return how many whole years have passed from ``start`` to ``end``; negative when ``end`` comes first."""
    months = full_months(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def longest_run(years: Iterable[int]) -> int:
    """Return the length of the longest run of consecutive numbers.

    >>> longest_run([2021, 2023, 2024])
    2
    """
    known = set(years)
    best = 0
    for first in known:
        if first - 1 not in known:
            length = 1
            while first + length in known:
                length += 1
            best = max(best, length)
    return best


def most_in_calendar_year(days: Sequence[date]) -> int:
    """Return the largest number of days that fall into one calendar year."""
    return max(Counter(day.year for day in days).values(), default=0)


def most_in_window(days: Sequence[date], months: int) -> int:
    """Return the largest number of days that fall into some window of ``months`` months, its last day excluded."""
    ordered = sorted(days)
    best = last = 0
    for place, first in enumerate(ordered):
        try:
            end = add(first, months=months)
        except OverflowError:
            return max(best, len(ordered) - place)
        while last < len(ordered) and ordered[last] < end:
            last += 1
        best = max(best, last - place)
    return best
