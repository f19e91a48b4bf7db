"""Arithmetic of numbers and days as formulas: figures in, a figure out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import mul
from typing import Any

import z3

from ..bilingual import say
from .days import MONTH, USED, YEAR, civil, new_day, year_of
from .figures import Figure, UnsupportedError
from .terms import Term, conj, disj

WHOLES = (1, 2, 3, 4, 5, 6, 10, 12, 100)
"""The wholes of which a share is taken: with few of them, shares are linear."""


def _all(figures: Sequence[Figure]) -> tuple[list[Any], Term]:
    return [value for value, _ in figures], conj([known for _, known in figures])


def _sum(figures: Sequence[Figure]) -> Figure:
    values, known = _all(figures)
    return z3.Sum(values), known


def _difference(figures: Sequence[Figure]) -> Figure:
    (left, right), known = _all(figures)
    return left - right, known


def _product(figures: Sequence[Figure]) -> Figure:
    """A product of which one factor at most is not the same in every case: it stays linear."""
    values, known = _all(figures)
    if sum(not _is_given(value) for value in values) > 1:
        raise UnsupportedError(say("a_product"))
    return reduce(mul, values), known


def _is_given(value: Any) -> bool:
    """Return whether a number is one in every case, or one of a few by a choice."""
    if z3.is_app_of(value, z3.Z3_OP_ITE):
        return all(map(_is_given, value.children()[1:]))
    return bool(z3.is_int_value(value) or z3.is_rational_value(value))


def _min(figures: Sequence[Figure]) -> Figure:
    values, known = _all(figures)
    return reduce(lambda a, b: z3.If(a <= b, a, b), values), known


def _max(figures: Sequence[Figure]) -> Figure:
    values, known = _all(figures)
    return reduce(lambda a, b: z3.If(a >= b, a, b), values), known


def _ratio(figures: Sequence[Figure]) -> Figure:
    """A share of one of a few wholes."""
    (part, whole), known = _all(figures)
    real = z3.ToReal(part) if z3.is_int(part) else part
    share = real / WHOLES[0]
    for one in WHOLES[1:]:
        share = z3.If(whole == one, real / one, share)
    return share, conj([known, part >= 0, disj([whole == one for one in WHOLES])])


def _year_of(figures: Sequence[Figure]) -> Figure:
    day, known = figures[0]
    return year_of(day), known


def _between(unit: int) -> Callable[[Sequence[Figure]], Figure]:
    def between(figures: Sequence[Figure]) -> Figure:
        (start, end), known = _all(figures)
        return z3.If(end >= start, (end - start) / unit, -((start - end) / unit)), known

    return between


def _days_between(figures: Sequence[Figure]) -> Figure:
    (start, end), known = _all(figures)
    return civil(end) - civil(start), known


def next_month(figure: Figure) -> Figure:
    """Return the first day of the month after a day."""
    day, known = figure
    return (day / MONTH + 1) * MONTH, known


def later(start: Figure, lengths: Mapping[str, Figure]) -> Figure:
    """Return the day so many years, months and then days after another."""
    day, known = start
    for unit, length in (("years", YEAR), ("months", MONTH)):
        if unit in lengths:
            count, told = lengths[unit]
            day, known = day + length * count, conj([known, told])
    if "days" in lengths:
        count, told = lengths["days"]
        day, exists = _days_later(day, count)
        known = conj([known, told, exists])
    return day, known


def _days_later(start: Any, count: Any) -> Figure:
    """Within the month a day so many days later is a sum; beyond it, the day of which the calendar says so."""
    if z3.is_int_value(count) and abs(count.as_long()) < USED:
        return start + count, z3.And(start % MONTH + count >= 0, start % MONTH + count < USED)
    found, bounds = new_day(f"{z3.FreshInt('day')}")
    return found, conj([*bounds, civil(found) == civil(start) + count])


ARITHMETIC: Mapping[str, Callable[[Sequence[Figure]], Figure]] = {
    "sum": _sum, "difference": _difference, "product": _product, "ratio": _ratio, "min": _min, "max": _max,
    "year_of": _year_of, "months_between": _between(MONTH), "years_between": _between(YEAR),
    "days_between": _days_between,
}  # fmt: skip
"""What the operators with a list of parts come to."""
