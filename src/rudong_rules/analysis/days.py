"""Days as numbers for the solver.

A day is a number on a calendar of months of 31 days, of which the first 28 are used: there, adding months and years is
adding numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import z3

from .terms import Term

FIRST_YEAR, LAST_YEAR = 2015, 2030
"""The years in which days are looked for."""
MONTH, YEAR, FOUR_YEARS = 31, 372, 1488
USED = 28
"""The days of a month that are used."""


def as_number(day: date) -> int:
    """Return a day as its number on the calendar of months of 31 days."""
    return day.year * YEAR + (day.month - 1) * MONTH + day.day - 1


def as_day(value: int) -> date:
    """Return the day of a number whose day of the month exists."""
    return date(value // YEAR, value % YEAR // MONTH + 1, value % MONTH + 1)


def constant(value: Any) -> Any:
    """Return a number, or a day as its number, as z3 writes it."""
    if isinstance(value, date):
        return z3.IntVal(as_number(value))
    return z3.RealVal(str(value)) if isinstance(value, Fraction) and value.denominator != 1 else z3.IntVal(int(value))


def new_day(name: str) -> tuple[Any, list[Term]]:
    """Return a day of which nothing is known yet, and what is true of its parts.

    It is a sum of numbers of its own for each part: a number that had to be divided for them would be far harder.
    """
    fours, year, month, place = (z3.Int(f"{name}.{part}") for part in ("fours", "year", "month", "day"))
    day = z3.Sum([FOUR_YEARS * fours, YEAR * year, MONTH * month, place])
    within = (fours, FIRST_YEAR // 4, LAST_YEAR // 4), (year, 0, 3), (month, 0, 11), (place, 0, USED - 1)
    bounds = [bound for part, least, most in within for bound in (part >= least, part <= most)]
    return day, [*bounds, day >= FIRST_YEAR * YEAR, day < (LAST_YEAR + 1) * YEAR]


def _parts(day: Any) -> tuple[Any, Any, Any, Any]:
    """Return how often four years, and what year of the next four, month and day a day lies after the first of all."""
    if z3.is_app_of(day, z3.Z3_OP_ADD) and day.num_args() == 4:
        fours, year, month, place = day.children()
        if [_factor(one) for one in (fours, year, month)] == [FOUR_YEARS, YEAR, MONTH]:
            return fours.arg(1), year.arg(1), month.arg(1), place
    return day / FOUR_YEARS, day % FOUR_YEARS / YEAR, day % YEAR / MONTH, day % MONTH


def _factor(term: Any) -> int | None:
    """Return the number that a term multiplies something by."""
    given = z3.is_app_of(term, z3.Z3_OP_MUL) and z3.is_int_value(term.arg(0))
    return int(term.arg(0).as_long()) if given else None


def _of_parts(day: Any, found: Callable[[Any, Any, Any, Any], Any]) -> Any:
    """Return what is found of the parts of a day; of one day or another, by the condition between them."""
    if z3.is_app_of(day, z3.Z3_OP_ITE):
        condition, one, other = day.children()
        return z3.If(condition, _of_parts(one, found), _of_parts(other, found))
    return found(*_parts(day))


def year_of(day: Any) -> Any:
    """Return the year of a day."""
    return _of_parts(day, lambda fours, year, month, place: 4 * fours + year)


def civil(day: Any) -> Any:
    """Return the number of a day on the civil calendar, of the years 1901 to 2099: every fourth one is a leap year."""
    return _of_parts(day, _civil)


def _civil(fours: Any, year: Any, month: Any, place: Any) -> Any:
    before: Any = z3.IntVal(0)
    for nth, days in enumerate((31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334), 1):
        before = z3.If(month >= nth, z3.IntVal(days), before)
    leap = z3.If(z3.And(year == 0, month < 2), z3.IntVal(0), z3.IntVal(1))
    return 1461 * fours + 365 * year + before + leap + place
