"""Measures: numbers and dates computed from the scalars and records of a case.

A measure is known as far as the facts go, within :class:`~rudong_rules.bounds.Bounds` that more facts only narrow, so a
comparison that is decided stays decided: two events in a list that may be incomplete are known to be *at least* two,
and never known to be fewer than three.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import periods
from .arithmetic import ARITHMETIC, later, next_month
from .bounds import UNKNOWN, Bounds, literal, number
from .expressions import Expression
from .runs import longest_run, run_ending
from .selecting import Entries, known_in, select


@dataclass(frozen=True, slots=True)
class View:
    """The scalars, choices and records of one case as measures see them; ``as_of`` is open when it is not given."""

    scalars: Mapping[str, Bounds]
    choices: Mapping[str, str]
    records: Mapping[str, Entries]
    measures: Mapping[str, Expression]
    tables: Mapping[str, Mapping[str, int | str]]
    as_of: Bounds = UNKNOWN

    def bounds(self, expression: Expression) -> Bounds:
        """Return what is known of a measure: see :func:`bounds`."""
        return bounds(expression, self)


# --- operators -------------------------------------------------------------------------------------------------------


def _over(function: Callable[[list[Bounds]], Bounds]) -> Callable[[list[Expression], View], Bounds]:
    return lambda parts, view: function([bounds(part, view) for part in parts])


def _add(arguments: Mapping[str, Any], view: View) -> Bounds:
    lengths = {unit: bounds(arguments[unit], view) for unit in ("years", "months", "days") if unit in arguments}
    return later(bounds(arguments["to"], view), lengths)


def _next_month(arguments: Mapping[str, Any], view: View) -> Bounds:
    return next_month(bounds(arguments["to"], view))


def _lookup(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The entry of a table for a choice, or unknown while the choice is."""
    key = view.choices.get(arguments["key"])
    cell = view.tables[arguments["table"]].get(key) if key is not None else None
    return UNKNOWN if cell is None else Bounds.exactly(number(cell))


def _count(arguments: Mapping[str, Any], view: View) -> Bounds:
    fitting, possible, complete = select(arguments, view)
    return Bounds(len(fitting), len(fitting) + len(possible) if complete else None)


def _total(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The sum of a field that is never negative."""
    fitting, possible, complete = select(arguments, view)
    name = arguments["field"]
    low = sum(known_in(fitting, name))
    exact = complete and not possible and all(entry.get(name) is not None for entry in fitting)
    return Bounds(low, low if exact else None)


def _latest(arguments: Mapping[str, Any], view: View) -> Bounds:
    return _extreme(arguments, view, max)


def _earliest(arguments: Mapping[str, Any], view: View) -> Bounds:
    found = _extreme(arguments, view, min)
    return Bounds(found.high, found.low)


def _extreme(arguments: Mapping[str, Any], view: View, pick: Callable[[list[Any]], Any]) -> Bounds:
    """Bounds of the largest value (of the smallest, the other way round).

    No entry at all is the value of ``none`` once the list is complete; without ``none``, and before, it is unknown.
    Where it is open whether any entry fits, the value lies between that of ``none`` and theirs.
    """
    fitting, possible, complete = select(arguments, view)
    name = arguments["field"]
    known = known_in(fitting, name)
    if not known:
        may = known_in(possible, name)
        if not complete or fitting or len(may) < len(possible) or "none" not in arguments:
            return UNKNOWN
        none = bounds(arguments["none"], view)
        ends = [none.low, none.high, *may]
        return UNKNOWN if None in ends else Bounds(max(ends) if pick is min else min(ends), pick(ends))
    near = pick(known)
    closed = complete and len(known) == len(fitting) and len(known_in(possible, name)) == len(possible)
    return Bounds(near, pick([near, *known_in(possible, name)]) if closed else None)


def _most_within(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The largest number of fitting entries within one calendar year, or within any window of so many months.

    When ``distinct``, entries of one day count once.
    """
    fitting, possible, complete = select(arguments, view)
    name, window = arguments["date"], arguments["window"]

    def most(days: list[date]) -> int:
        days = sorted(set(days)) if arguments.get("distinct") else days
        return (
            periods.most_in_calendar_year(days) if window == "calendar_year" else periods.most_in_window(days, window)
        )

    known, may = known_in(fitting, name), known_in(possible, name)
    undated = len(fitting) + len(possible) - len(known) - len(may)
    return Bounds(max(most(known), min(len(fitting), 1)), most(known + may) + undated if complete else None)


NUMBERS: dict[str, Callable[[Any, View], Bounds]] = {
    **{name: _over(function) for name, function in ARITHMETIC.items()},
    "add": _add, "next_month": _next_month, "lookup": _lookup, "count": _count, "total": _total,
    "latest": _latest, "earliest": _earliest, "longest_run": longest_run, "run_ending": run_ending,
    "most_within": _most_within,
}  # fmt: skip
"""The operators whose value is a number or a date."""


def bounds(expression: Expression, view: View) -> Bounds:
    """Return what is known of a number or date: a name, a literal, or an operator with its arguments.

    The expression must have passed :func:`measure_checks.kind_of`.
    """
    if isinstance(expression, dict):
        ((operator, arguments),) = expression.items()
        return NUMBERS[operator](arguments, view)
    if expression == "as_of":
        return view.as_of
    if expression in view.scalars:
        return view.scalars[expression]
    if expression in view.measures:
        return bounds(view.measures[expression], view)
    value = literal(expression)
    return UNKNOWN if value is None else Bounds.exactly(value)
