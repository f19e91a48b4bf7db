"""Days as numbers for the solver.

A day is a number on a calendar of months of 31 days, of which the first 28 are used: there, adding months and years is
adding numbers.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import z3

from .terms import Term

MONTH, YEAR = 31, 372
USED = 28
"""The days of a month that are used."""
FIRST_YEAR, LAST_YEAR = 2015, 2030
"""The years in which days are looked for, unless a rule names others."""


def as_number(day: date) -> int:
    """Return a day as its number on the calendar of months of 31 days."""
    return day.year * YEAR + (day.month - 1) * MONTH + day.day - 1


def as_day(value: int) -> date:
    """Return the day of a number whose day of the month exists."""
    return date(value // YEAR, value % YEAR // MONTH + 1, value % MONTH + 1)


def literal(value: Any) -> Any:
    if isinstance(value, date):
        return z3.IntVal(as_number(value))
    return z3.RealVal(str(value)) if isinstance(value, Fraction) and value.denominator != 1 else z3.IntVal(int(value))


def civil(day: Any) -> Any:
    """Return the number of a day on the civil calendar, of the years 1901 to 2099: every fourth one is a leap year."""
    year, month = day / YEAR, day % YEAR / MONTH
    before: Any = z3.IntVal(0)
    for nth, days in enumerate((31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334), 1):
        before = z3.If(month >= nth, z3.IntVal(days), before)
    leap = z3.If(z3.And(month >= 2, year % 4 == 0), z3.IntVal(1), z3.IntVal(0))
    return 365 * year + (year - 1) / 4 + before + leap + day % MONTH


def is_day(term: Any) -> list[Term]:
    return [term >= FIRST_YEAR * YEAR, term < (LAST_YEAR + 1) * YEAR, term % MONTH < USED]
