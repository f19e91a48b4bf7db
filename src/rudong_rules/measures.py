"""Measures: numbers and dates computed from the scalars and records of a case.

A measure is known as far as the facts go, within :class:`~rudong_rules.bounds.Bounds` that more facts only narrow, so a
comparison that is decided stays decided: two events in a list that may be incomplete are known to be *at least* two,
and never known to be fewer than three.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from . import periods
from .bounds import COMPARISONS, UNKNOWN, Bounds, Value, compare, number

Expression = Any
Entry = Mapping[str, Any]
MAYBE = "?"
"""The key of an entry of which it is not known whether it counts on the day."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a record that count at the day in question, and whether the list is known to hold them all.

    ``ordered_by`` names the field that tells the order of entries of one day; no two entries agree in all ``unique``
    fields; up to the day ``until`` no entry is left out, though later ones may be.
    """

    items: tuple[Entry, ...] = ()
    complete: bool = False
    ordered_by: str = ""
    unique: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class View:
    """The scalars, choices and records of one case as measures see them; ``as_of`` is open when it is not given."""

    scalars: Mapping[str, Bounds]
    choices: Mapping[str, str]
    records: Mapping[str, Entries]
    measures: Mapping[str, Expression]
    tables: Mapping[str, Mapping[str, int | str]]
    as_of: Bounds = UNKNOWN


# --- selecting entries -----------------------------------------------------------------------------------------------


def matches(entry: Entry, where: Mapping[str, Any], view: View) -> bool | None:
    """Return whether an entry fits ``where``; None if that is not known.

    ``where`` maps a field to a value, a list of values or a comparison; under ``any_of`` stand alternatives to fit.
    """
    answer: bool | None = None if MAYBE in entry else True
    for name, wanted in where.items():
        if name == "any_of":
            fits = [matches(entry, one, view) for one in wanted]
            one = True if True in fits else None if None in fits else False
        else:
            one = _fits(entry.get(name), wanted, view)
        if one is False:
            return False
        answer = answer if one else None
    return answer


def _fits(actual: Any, wanted: Any, view: View) -> bool | None:
    if actual is None:
        return None
    if isinstance(wanted, dict):
        if "all_of" in wanted:
            return set(wanted["all_of"]) <= set(actual)
        tests = [compare(Bounds.exactly(actual), COMPARISONS[op], bounds(right, view)) for op, right in wanted.items()]
        return False if False in tests else None if None in tests else True
    options = wanted if isinstance(wanted, list) else [wanted]
    if isinstance(actual, tuple):
        return any(option in actual for option in options)
    return actual in options


def select(arguments: Mapping[str, Any], view: View, key: str = "where") -> tuple[list[Entry], list[Entry], bool]:
    """Return the entries that fit, those that may fit too, and whether there can be no others."""
    entries = view.records.get(arguments.get("of") or arguments["in"], Entries())
    where = arguments.get(key, {})
    fitting, possible = [], []
    for entry in entries.items:
        fit = matches(entry, where, view)
        if fit:
            fitting.append(entry)
        elif fit is None:
            possible.append(entry)
    return fitting, possible, entries.complete or where.get("any_of") == [] or _pinned(where, entries, view)


def _pinned(where: Mapping[str, Any], entries: Entries, view: View) -> bool:
    """Return whether ``where`` asks for one entry that is there: no two entries agree in all ``unique`` fields."""
    wanted = {}
    for name in entries.unique:
        value = where.get(name)
        at = bounds(value["equals"], view) if isinstance(value, dict) and set(value) == {"equals"} else UNKNOWN
        if at.low is None or at.low != at.high:
            return False
        wanted[name] = at.low
    return bool(wanted) and any(all(entry.get(n) == value for n, value in wanted.items()) for entry in entries.items)


def _field(entries: list[Entry], name: str) -> list[Any]:
    return [entry[name] for entry in entries if entry.get(name) is not None]


# --- operators: numbers and dates ------------------------------------------------------------------------------------


def _sum(parts: list[Expression], view: View) -> Bounds:
    every = [bounds(part, view) for part in parts]
    return Bounds(_fold(sum, [b.low for b in every]), _fold(sum, [b.high for b in every]))


def _fold(function: Callable[[list[Any]], Value], values: list[Any]) -> Value:
    return None if None in values else function(values)


def _difference(parts: list[Expression], view: View) -> Bounds:
    left, right = (bounds(part, view) for part in parts)
    return Bounds(
        None if left.low is None or right.high is None else left.low - right.high,
        None if left.high is None or right.low is None else left.high - right.low,
    )


def _product(parts: list[Expression], view: View) -> Bounds:
    """A number times others; while an end is open, known only as far as no factor can be negative."""
    found = Bounds.exactly(1)
    for factor in (bounds(part, view) for part in parts):
        ends = [_fold(math.prod, [a, b]) for a in (found.low, found.high) for b in (factor.low, factor.high)]
        if None not in ends:
            found = Bounds(min(ends), max(ends))
        elif None in (found.low, factor.low) or min(found.low, factor.low) < 0:
            return UNKNOWN
        else:
            found = Bounds(ends[0])
    return found


def _ratio(parts: list[Expression], view: View) -> Bounds:
    """A share of a positive whole; unknown while the whole may be zero or the part negative."""
    part, whole = (bounds(one, view) for one in parts)
    if whole.low is None or whole.low <= 0 or part.low is None or part.low < 0:
        return UNKNOWN
    return Bounds(
        Fraction(part.low) / whole.high if whole.high is not None else Fraction(0),
        None if part.high is None else Fraction(part.high) / whole.low,
    )


def _min(parts: list[Expression], view: View) -> Bounds:
    every = [bounds(part, view) for part in parts]
    return Bounds(_fold(min, [b.low for b in every]), min((b.high for b in every if b.high is not None), default=None))


def _max(parts: list[Expression], view: View) -> Bounds:
    every = [bounds(part, view) for part in parts]
    return Bounds(max((b.low for b in every if b.low is not None), default=None), _fold(max, [b.high for b in every]))


def _count(arguments: Mapping[str, Any], view: View) -> Bounds:
    fitting, possible, complete = select(arguments, view)
    return Bounds(len(fitting), len(fitting) + len(possible) if complete else None)


def _total(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The sum of a field that is never negative."""
    fitting, possible, complete = select(arguments, view)
    name = arguments["field"]
    low = sum(_field(fitting, name))
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
    known = _field(fitting, name)
    if not known:
        may = _field(possible, name)
        if not complete or fitting or len(may) < len(possible) or "none" not in arguments:
            return UNKNOWN
        none = bounds(arguments["none"], view)
        ends = [none.low, none.high, *may]
        return UNKNOWN if None in ends else Bounds(max(ends) if pick is min else min(ends), pick(ends))
    near = pick(known)
    closed = complete and len(known) == len(fitting) and len(_field(possible, name)) == len(possible)
    return Bounds(near, pick([near, *_field(possible, name)]) if closed else None)


def _longest_run(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The longest run of consecutive years whose entries fit; an unlisted year breaks the run or is skipped."""
    fitting, possible, complete = select(arguments, view)
    name, entries = arguments["year"], view.records.get(arguments["of"], Entries()).items
    skips = arguments.get("missing", "breaks") == "skips"
    dated = [entry.get(name) is not None for entry in (entries if skips else (*fitting, *possible))]
    closed = complete and all(dated)
    years = _years(fitting, name)
    may = years + _years(possible, name)
    if closed and skips:
        listed = sorted(set(_years(list(entries), name)))
        place = {year: index for index, year in enumerate(listed)}
        years, may = [place[year] for year in years], [place[year] for year in may]
    low = max(periods.longest_run(years), min(len(fitting), 1))
    if closed:
        return Bounds(low, periods.longest_run(may))
    # An entry of an unknown year may close any gap.
    return Bounds(low, len(set(may)) + dated.count(False) if complete else None)


def _run_ending(arguments: Mapping[str, Any], view: View) -> Bounds:
    """How many consecutive years up to the year ``at`` fit; only years ``among`` count, others are as good as missing.

    A missing year before ``at`` breaks the run or is skipped; while the list may be incomplete it is not known to be
    missing.
    """
    at = bounds(arguments["at"], view)
    entries = view.records.get(arguments["of"], Entries())
    name, skips = arguments["year"], arguments.get("missing", "breaks") == "skips"
    if at.low is None or at.low != at.high:
        return UNKNOWN
    closed = entries.complete and all(entry.get(name) is not None for entry in entries.items)
    fits, missing = _fit_by_year(arguments, view, at.low, final=closed or entries.unique == (name,))
    first = min((*fits, *missing), default=at.low)
    where = arguments.get("where", {})

    def unlisted(year: int) -> bool | None:
        """Whether an entry of this year would fit, were there one."""
        return matches({name: year}, where, view) if name in where else None

    def length(hopeful: bool) -> int | None:
        """Count back from the year; an open question counts when ``hopeful``.  None when nothing ends the count."""
        run, year = 0, at.low
        while year >= first:
            absent = year not in fits and (closed or year in missing)
            fit = False if absent else fits[year] if year in fits else unlisted(year)
            if absent and skips and year != at.low:
                year -= 1
                continue
            if fit is False or (fit is None and not hopeful):
                return run
            run, year = run + 1, year - 1
        if closed or not hopeful:
            return run
        while year >= 1 and unlisted(1) is False and unlisted(year) is not False:
            run, year = run + 1, year - 1
        return run if year >= 1 and unlisted(year) is False else None

    return Bounds(length(False), length(True))


def _fit_by_year(
    arguments: Mapping[str, Any], view: View, at: int, final: bool
) -> tuple[dict[int, bool | None], set[int]]:
    """Return whether each year that counts, or may, has an entry that fits; and the listed years that do not count.

    Unless the years are ``final`` another entry may still be added to one of them.
    """
    entries, name = view.records.get(arguments["of"], Entries()), arguments["year"]
    among, where = arguments.get("among", {}), arguments.get("where", {})
    found: dict[int, list[bool | None]] = {}
    missing: set[int] = set()
    for entry in entries.items:
        if entry.get(name) is None:
            continue
        counts = matches(entry, among, view)
        if counts is False:
            missing.add(_year(entry[name]))
        else:
            fit = matches(entry, where, view)
            # Whether it does not fit or does not count, the year breaks the run; a skipped year would not.
            breaks = arguments.get("missing", "breaks") == "breaks" or _year(entry[name]) == at
            certain = counts or (fit is False and breaks)
            found.setdefault(_year(entry[name]), []).append(fit if certain else None)
    open_end: list[bool | None] = [] if final else [None]
    fits = {
        year: True if True in answers else None if None in answers + open_end else False
        for year, answers in found.items()
    }
    return fits, (missing - set(fits)) if final else set()


def _year(value: date | int) -> int:
    return value.year if isinstance(value, date) else value


def _years(entries: list[Entry], name: str) -> list[int]:
    return [_year(value) for value in _field(entries, name)]


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

    known, may = _field(fitting, name), _field(possible, name)
    undated = len(fitting) + len(possible) - len(known) - len(may)
    return Bounds(max(most(known), min(len(fitting), 1)), most(known + may) + undated if complete else None)


def _between(unit: Callable[[date, date], int]) -> Callable[[list[Expression], View], Bounds]:
    def measure(parts: list[Expression], view: View) -> Bounds:
        start, end = (bounds(part, view) for part in parts)
        return Bounds(
            None if start.high is None or end.low is None else unit(start.high, end.low),
            None if start.low is None or end.high is None else unit(start.low, end.high),
        )

    return measure


def _add(arguments: Mapping[str, Any], view: View) -> Bounds:
    start = bounds(arguments["to"], view)
    lengths = {unit: bounds(arguments[unit], view) for unit in ("years", "months", "days") if unit in arguments}
    return Bounds(
        _moved(start.low, {unit: length.low for unit, length in lengths.items()}, date.max),
        _moved(start.high, {unit: length.high for unit, length in lengths.items()}, date.min),
    )


def _moved(day: date | None, lengths: Mapping[str, Any], beyond: date | None) -> date | None:
    """Return a date moved on; ``beyond`` where the calendar ends, None where nothing is known."""
    if day is None or None in lengths.values():
        return None
    try:
        return periods.add(day, **{unit: int(length) for unit, length in lengths.items()})
    except OverflowError:
        forward = sum(int(length) * {"years": 366, "months": 31}.get(unit, 1) for unit, length in lengths.items()) > 0
        return beyond if forward is (beyond == date.max) else None


def _next_month(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The first day of the month after a date."""
    day = bounds(arguments["to"], view)
    return Bounds(
        *(
            None if one is None else _moved(one.replace(day=1), {"months": 1}, beyond)
            for one, beyond in ((day.low, date.max), (day.high, date.min))
        )
    )


def _year_of(parts: list[Expression], view: View) -> Bounds:
    day = bounds(parts[0], view)
    return Bounds(*(None if one is None else one.year for one in (day.low, day.high)))


def _lookup(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The entry of a table for a choice, or unknown while the choice is."""
    key = view.choices.get(arguments["key"])
    cell = view.tables[arguments["table"]].get(key) if key is not None else None
    return UNKNOWN if cell is None else Bounds.exactly(number(cell))


NUMBERS: dict[str, Callable[[Any, View], Bounds]] = {
    "sum": _sum, "difference": _difference, "product": _product, "ratio": _ratio, "min": _min, "max": _max,
    "count": _count, "total": _total, "latest": _latest, "earliest": _earliest,
    "longest_run": _longest_run, "run_ending": _run_ending, "most_within": _most_within,
    "years_between": _between(periods.full_years), "months_between": _between(periods.full_months),
    "days_between": _between(lambda start, end: (end - start).days), "year_of": _year_of,
    "add": _add, "next_month": _next_month, "lookup": _lookup,
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
    try:
        return Bounds.exactly(number(expression))
    except ValueError:
        return UNKNOWN
