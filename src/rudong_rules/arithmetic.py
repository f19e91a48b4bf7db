"""Arithmetic of numbers and days of which bounds are known: bounds in, bounds out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from . import periods
from .bounds import UNKNOWN, Bounds, Value

Parts = Sequence[Bounds]


def _sum(parts: Parts) -> Bounds:
    return Bounds(_fold(sum, [b.low for b in parts]), _fold(sum, [b.high for b in parts]))


def _fold(function: Callable[[list[Any]], Value], values: list[Any]) -> Value:
    return None if None in values else function(values)


def _difference(parts: Parts) -> Bounds:
    left, right = parts
    return Bounds(
        None if left.low is None or right.high is None else left.low - right.high,
        None if left.high is None or right.low is None else left.high - right.low,
    )


def _product(parts: Parts) -> Bounds:
    """A number times others; while an end is open, known only as far as no factor can be negative."""
    found = Bounds.exactly(1)
    for factor in parts:
        ends = [_fold(math.prod, [a, b]) for a in (found.low, found.high) for b in (factor.low, factor.high)]
        if None not in ends:
            found = Bounds(min(ends), max(ends))
        elif None in (found.low, factor.low) or min(found.low, factor.low) < 0:
            return UNKNOWN
        else:
            found = Bounds(ends[0])
    return found


def _ratio(parts: Parts) -> Bounds:
    """A share of a positive whole; unknown while the whole may be zero or the part negative."""
    part, whole = parts
    if whole.low is None or whole.low <= 0 or part.low is None or part.low < 0:
        return UNKNOWN
    return Bounds(
        Fraction(part.low) / whole.high if whole.high is not None else Fraction(0),
        None if part.high is None else Fraction(part.high) / whole.low,
    )


def _min(parts: Parts) -> Bounds:
    return Bounds(_fold(min, [b.low for b in parts]), min((b.high for b in parts if b.high is not None), default=None))


def _max(parts: Parts) -> Bounds:
    return Bounds(max((b.low for b in parts if b.low is not None), default=None), _fold(max, [b.high for b in parts]))


def _between(unit: Callable[[date, date], int]) -> Callable[[Parts], Bounds]:
    def measure(parts: Parts) -> Bounds:
        start, end = parts
        return Bounds(
            None if start.high is None or end.low is None else unit(start.high, end.low),
            None if start.low is None or end.high is None else unit(start.low, end.high),
        )

    return measure


def later(start: Bounds, lengths: Mapping[str, Bounds]) -> Bounds:
    """Return the day so many ``years``, ``months`` and ``days`` after another.

    After a part of a year or a month it lies between two days: those after the whole numbers below and above.
    """
    return Bounds(
        _moved(start.low, {unit: length.low for unit, length in lengths.items()}, math.floor, date.max),
        _moved(start.high, {unit: length.high for unit, length in lengths.items()}, math.ceil, date.min),
    )


def _moved(day: date | None, lengths: Mapping[str, Any], whole: Callable[[Any], int], beyond: date) -> date | None:
    """Return a date moved on; ``beyond`` where the calendar ends, None where nothing is known."""
    if day is None or None in lengths.values():
        return None
    steps = {unit: whole(length) for unit, length in lengths.items()}
    try:
        return periods.add(day, **steps)
    except OverflowError:
        forward = sum(step * {"years": 366, "months": 31}.get(unit, 1) for unit, step in steps.items()) > 0
        return beyond if forward is (beyond == date.max) else None


def next_month(day: Bounds) -> Bounds:
    """Return the first day of the month after a date."""
    first = Bounds(*(one and one.replace(day=1) for one in (day.low, day.high)))
    return later(first, {"months": Bounds.exactly(1)})


def _year_of(parts: Parts) -> Bounds:
    (day,) = parts
    return Bounds(*(one and one.year for one in (day.low, day.high)))


ARITHMETIC: dict[str, Callable[[Parts], Bounds]] = {
    "sum": _sum, "difference": _difference, "product": _product, "ratio": _ratio, "min": _min, "max": _max,
    "years_between": _between(periods.full_years), "months_between": _between(periods.full_months),
    "days_between": _between(lambda start, end: (end - start).days), "year_of": _year_of,
}  # fmt: skip
"""The operators over a list of numbers or dates."""
