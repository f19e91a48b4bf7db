"""Measures: numbers, dates and yes/no questions computed from the scalars and records of a case.

A measure is known as far as the facts go.  A number or date is a pair of :class:`Bounds`; a yes/no is True, False or
None.  More facts only narrow the bounds, so a comparison that is decided stays decided: two events in a list that may
be incomplete are known to be *at least* two, and never known to be fewer than three.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from . import periods

Number = int | Fraction
Value = Any  # Number | date; the two never meet in one measure
Expression = Any
Entry = Mapping[str, Any]


class MeasureError(ValueError):
    """An expression that is not a measure; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of a number or date: not below ``low``, not above ``high``; None where nothing is known."""

    low: Value = None
    high: Value = None

    @classmethod
    def exactly(cls, value: Value) -> Bounds:
        """Return bounds that leave one value."""
        return cls(value, value)


UNKNOWN = Bounds()


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a record that count at the day in question, and whether the list is known to hold them all."""

    items: tuple[Entry, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """The scalars, choices and records of one case as measures see them; ``as_of`` is open when it is not given."""

    scalars: Mapping[str, Bounds]
    choices: Mapping[str, str]
    records: Mapping[str, Entries]
    measures: Mapping[str, Expression]
    tables: Mapping[str, Mapping[str, int | str]]
    as_of: Bounds = UNKNOWN


def number(text: Any) -> Number | date:
    """Return the literal that ``text`` writes: an integer, an exact fraction (``1/3``, ``0.25``) or a date.

    Raises ValueError for anything else, floats included.
    """
    if isinstance(text, bool | float):
        raise ValueError(f"{text!r} is not exact")
    if isinstance(text, int | Fraction | date):
        return text
    if not isinstance(text, str) or len(text) > 64:
        raise ValueError("not a number")
    if len(text) == 10 and text[4] == "-":
        return date.fromisoformat(text)
    if "e" in text.lower():
        raise ValueError("not a plain number")
    return Fraction(text)


# --- comparing -------------------------------------------------------------------------------------------------------

COMPARISONS: dict[str, str] = {
    "more_than": ">", "at_least": "≥", "less_than": "<", "at_most": "≤", "equals": "=",
    "after": ">", "on_or_after": "≥", "before": "<", "on_or_before": "≤",
}  # fmt: skip
"""The comparisons that conditions may use, and how each is printed; the last four read better with dates."""


def compare(left: Bounds, sign: str, right: Bounds) -> bool | None:
    """Return whether ``left sign right`` for all values within the bounds (True), for none (False), or None."""
    if sign == "<":
        return compare(right, ">", left)
    if sign == "≤":
        return compare(right, "≥", left)
    if sign == "=":
        same = left.low is not None and left == right and left.low == left.high
        apart = compare(left, ">", right) or compare(right, ">", left)
        return True if same else False if apart else None
    never = left.high is not None and right.low is not None
    always = left.low is not None and right.high is not None
    if sign == ">":
        if always and left.low > right.high:
            return True
        return False if never and left.high <= right.low else None
    if always and left.low >= right.high:
        return True
    return False if never and left.high < right.low else None


# --- selecting entries -----------------------------------------------------------------------------------------------


def matches(entry: Entry, where: Mapping[str, Any], view: View) -> bool | None:
    """Return whether an entry fits ``where`` (field → value, values, or comparison); None if that is not known."""
    answer: bool | None = True
    for name, wanted in where.items():
        one = _fits(entry.get(name), wanted, view)
        if one is False:
            return False
        answer = answer if one else None
    return answer


def _fits(actual: Any, wanted: Any, view: View) -> bool | None:
    if actual is None:
        return None
    if isinstance(wanted, dict):
        tests = [compare(Bounds.exactly(actual), COMPARISONS[op], _bounds(right, view)) for op, right in wanted.items()]
        return False if False in tests else None if None in tests else True
    options = wanted if isinstance(wanted, list) else [wanted]
    if isinstance(actual, tuple):
        return any(option in actual for option in options)
    return actual in options


def _select(arguments: Mapping[str, Any], view: View, key: str = "where") -> tuple[list[Entry], list[Entry], bool]:
    """Return the entries that fit, those that may fit too, and whether there can be no others."""
    entries = view.records.get(arguments.get("of") or arguments["in"], Entries())
    fitting, possible = [], []
    for entry in entries.items:
        fit = matches(entry, arguments.get(key, {}), view)
        if fit:
            fitting.append(entry)
        elif fit is None:
            possible.append(entry)
    return fitting, possible, entries.complete


def _field(entries: list[Entry], name: str) -> list[Any]:
    return [entry[name] for entry in entries if entry.get(name) is not None]


# --- operators: numbers and dates ------------------------------------------------------------------------------------


def _sum(parts: list[Expression], view: View) -> Bounds:
    every = [_bounds(part, view) for part in parts]
    return Bounds(_fold(sum, [b.low for b in every]), _fold(sum, [b.high for b in every]))


def _fold(function: Callable[[list[Any]], Value], values: list[Any]) -> Value:
    return None if None in values else function(values)


def _difference(parts: list[Expression], view: View) -> Bounds:
    left, right = (_bounds(part, view) for part in parts)
    return Bounds(
        None if left.low is None or right.high is None else left.low - right.high,
        None if left.high is None or right.low is None else left.high - right.low,
    )


def _ratio(parts: list[Expression], view: View) -> Bounds:
    """A share of a positive whole; unknown while the whole may be zero or the part negative."""
    part, whole = (_bounds(one, view) for one in parts)
    if whole.low is None or whole.low <= 0 or part.low is None or part.low < 0:
        return UNKNOWN
    return Bounds(
        Fraction(part.low) / whole.high if whole.high is not None else Fraction(0),
        None if part.high is None else Fraction(part.high) / whole.low,
    )


def _min(parts: list[Expression], view: View) -> Bounds:
    every = [_bounds(part, view) for part in parts]
    return Bounds(_fold(min, [b.low for b in every]), min((b.high for b in every if b.high is not None), default=None))


def _max(parts: list[Expression], view: View) -> Bounds:
    every = [_bounds(part, view) for part in parts]
    return Bounds(max((b.low for b in every if b.low is not None), default=None), _fold(max, [b.high for b in every]))


def _count(arguments: Mapping[str, Any], view: View) -> Bounds:
    fitting, possible, complete = _select(arguments, view)
    return Bounds(len(fitting), len(fitting) + len(possible) if complete else None)


def _total(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The sum of a field that is never negative."""
    fitting, possible, complete = _select(arguments, view)
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
    """Bounds of the largest value (of the smallest, the other way round).  No entry at all is unknown, not a value."""
    fitting, possible, complete = _select(arguments, view)
    name = arguments["field"]
    known = _field(fitting, name)
    if not known:
        return UNKNOWN
    near = pick(known)
    closed = complete and len(known) == len(fitting) and len(_field(possible, name)) == len(possible)
    return Bounds(near, pick([near, *_field(possible, name)]) if closed else None)


def _longest_run(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The longest run of consecutive years whose entries fit; an unlisted year breaks the run or is skipped."""
    fitting, possible, complete = _select(arguments, view)
    name = arguments["year"]
    years = _field(fitting, name)
    closed = complete and all(entry.get(name) is not None for entry in (*fitting, *possible))
    may = years + _field(possible, name)
    if closed and arguments.get("missing", "breaks") == "skips":
        listed = sorted(set(_field(list(view.records[arguments["of"]].items), name)))
        place = {year: index for index, year in enumerate(listed)}
        years, may = [place[year] for year in years], [place[year] for year in may]
    return Bounds(periods.longest_run(years), periods.longest_run(may) if closed else None)


def _most_within(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The largest number of fitting entries within one calendar year, or within any window of so many months."""
    fitting, possible, complete = _select(arguments, view)
    name, window = arguments["date"], arguments["window"]

    def most(days: list[date]) -> int:
        return (
            periods.most_in_calendar_year(days) if window == "calendar_year" else periods.most_in_window(days, window)
        )

    known, may = _field(fitting, name), _field(possible, name)
    closed = complete and len(known) == len(fitting) and len(may) == len(possible)
    return Bounds(most(known), most(known + may) if closed else None)


def _between(unit: Callable[[date, date], int]) -> Callable[[list[Expression], View], Bounds]:
    def measure(parts: list[Expression], view: View) -> Bounds:
        start, end = (_bounds(part, view) for part in parts)
        return Bounds(
            None if start.high is None or end.low is None else unit(start.high, end.low),
            None if start.low is None or end.high is None else unit(start.low, end.high),
        )

    return measure


def _add(arguments: Mapping[str, Any], view: View) -> Bounds:
    start = _bounds(arguments["to"], view)
    length = {unit: arguments[unit] for unit in ("years", "months", "days") if unit in arguments}
    return Bounds(*(None if day is None else _moved(day, length) for day in (start.low, start.high)))


def _moved(day: date, length: Mapping[str, int]) -> date | None:
    try:
        return periods.add(day, **length)
    except OverflowError:
        return None


def _lookup(arguments: Mapping[str, Any], view: View) -> Bounds:
    """The entry of a table for a choice, or unknown while the choice is."""
    key = view.choices.get(arguments["key"])
    cell = view.tables[arguments["table"]].get(key) if key is not None else None
    return UNKNOWN if cell is None else Bounds.exactly(number(cell))


# --- operators: yes or no --------------------------------------------------------------------------------------------


def _happened(arguments: Mapping[str, Any], view: View) -> bool | None:
    fitting, possible, complete = _select(arguments, view)
    return True if fitting else False if complete and not possible else None


def _took_part(arguments: Mapping[str, Any], view: View) -> bool | None:
    where = {**arguments.get("where", {}), arguments.get("field", "participants"): arguments["who"]}
    return _happened({"in": arguments["in"], "where": where}, view)


def _happened_before(arguments: Mapping[str, Any], view: View) -> bool | None:
    """Whether some ``first`` event lies before some ``then`` event; on one and the same day the order is not known."""
    firsts, maybe_firsts, complete = _select(arguments, view, "first")
    thens, maybe_thens, _ = _select(arguments, view, "then")
    name = arguments.get("date", "date")
    first_days, then_days = _field(firsts, name), _field(thens, name)
    if first_days and then_days and min(first_days) < max(then_days):
        return True
    every_first, every_then = firsts + maybe_firsts, thens + maybe_thens
    if not complete:
        return None
    undated = any(entry.get(name) is None for entry in (*every_first, *every_then))
    if not every_first or not every_then:
        return False
    return None if undated or min(_field(every_first, name)) <= max(_field(every_then, name)) else False


NUMBERS: dict[str, Callable[[Any, View], Bounds]] = {
    "sum": _sum, "difference": _difference, "ratio": _ratio, "min": _min, "max": _max,
    "count": _count, "total": _total, "latest": _latest, "earliest": _earliest,
    "longest_run": _longest_run, "most_within": _most_within,
    "years_between": _between(periods.full_years), "months_between": _between(periods.full_months),
    "days_between": _between(lambda start, end: (end - start).days), "add": _add, "lookup": _lookup,
}  # fmt: skip
"""The operators whose value is a number or a date."""

QUESTIONS: dict[str, Callable[[Any, View], bool | None]] = {
    "happened": _happened, "happened_before": _happened_before, "took_part": _took_part,
}  # fmt: skip
"""The operators that answer yes or no."""

_KEYS: dict[str, tuple[set[str], set[str]]] = {
    "count": ({"of"}, {"where"}), "total": ({"of", "field"}, {"where"}),
    "latest": ({"of", "field"}, {"where"}), "earliest": ({"of", "field"}, {"where"}),
    "longest_run": ({"of", "year"}, {"where", "missing"}), "most_within": ({"of", "date", "window"}, {"where"}),
    "add": ({"to"}, {"years", "months", "days"}), "lookup": ({"table", "key"}, set()),
    "happened": ({"in"}, {"where"}), "took_part": ({"in", "who"}, {"where", "field"}),
    "happened_before": ({"in", "first", "then"}, {"date"}),
}  # fmt: skip
_PAIRS = {"difference", "ratio", "years_between", "months_between", "days_between"}


def _bounds(expression: Expression, view: View) -> Bounds:
    """Return the bounds of an expression: a name, a literal, or an operator with its arguments."""
    if isinstance(expression, dict):
        ((operator, arguments),) = expression.items()
        return NUMBERS[operator](arguments, view)
    if expression == "as_of":
        return view.as_of
    if expression in view.scalars:
        return view.scalars[expression]
    if expression in view.measures:
        return _bounds(view.measures[expression], view)
    try:
        return Bounds.exactly(number(expression))
    except ValueError:
        return UNKNOWN


def bounds(expression: Expression, view: View) -> Bounds:
    """Return what is known of a number or date.  The expression must have passed :func:`check`."""
    return _bounds(expression, view)


def answer(expression: Expression, view: View) -> bool | None:
    """Return True, False or None (not known) for a yes/no expression.  It must have passed :func:`check`."""
    ((operator, arguments),) = expression.items()
    return QUESTIONS[operator](arguments, view)


def is_question(expression: Expression) -> bool:
    """Return whether an expression answers yes or no rather than with a number or date."""
    return isinstance(expression, dict) and len(expression) == 1 and next(iter(expression)) in QUESTIONS


def inputs(expression: Expression, measures: Mapping[str, Expression]) -> set[str]:
    """Return the names of the scalars and records that an expression reads, ``as_of`` included."""
    if isinstance(expression, str):
        return inputs(measures[expression], measures) if expression in measures else {expression}
    if isinstance(expression, list):
        return set().union(*(inputs(part, measures) for part in expression)) if expression else set()
    if not isinstance(expression, dict):
        return set()
    ((operator, arguments),) = expression.items()
    if operator not in _KEYS:
        return inputs(arguments, measures)
    found: set[str] = set()
    for key in ("of", "in", "key", "to"):
        if key in arguments:
            found |= inputs(arguments[key], measures)
    for key in ("where", "first", "then"):
        for wanted in arguments.get(key, {}).values():
            if isinstance(wanted, dict):
                found |= inputs(list(wanted.values()), measures)
    return found


def check(expression: Expression, known: Mapping[str, str]) -> None:
    """Raise MeasureError unless the expression is a measure over the ``known`` names (name → kind)."""
    if isinstance(expression, str) and known.get(expression) in ("number", "measure"):
        return
    if not isinstance(expression, dict):
        try:
            number(expression)
        except ValueError:
            raise MeasureError(f"{expression!r} is neither a number, a date, a scalar nor a measure") from None
        return
    if len(expression) != 1:
        raise MeasureError("expected one operator with its arguments")
    ((operator, arguments),) = expression.items()
    if operator not in NUMBERS and operator not in QUESTIONS:
        raise MeasureError(f"unknown operator {operator!r}; expected one of {', '.join((*NUMBERS, *QUESTIONS))}")
    if operator not in _KEYS:
        if not isinstance(arguments, list) or (operator in _PAIRS and len(arguments) != 2) or not arguments:
            raise MeasureError(f"{operator} takes a list of {'two' if operator in _PAIRS else 'some'} measures")
        for part in arguments:
            check(part, known)
        return
    _check_keys(operator, arguments)
    for key in ("of", "in"):
        if key in arguments and known.get(arguments[key]) != "record":
            raise MeasureError(f"{operator}: {arguments[key]!r} is not a record")
    if "to" in arguments:
        check(arguments["to"], known)


def _check_keys(operator: str, arguments: Any) -> None:
    required, optional = _KEYS[operator]
    if not isinstance(arguments, dict):
        raise MeasureError(f"{operator} takes {', '.join(sorted(required | optional))}")
    for key in sorted(required - set(arguments)):
        raise MeasureError(f"{operator} needs {key!r}")
    for key in sorted(set(arguments) - required - optional):
        raise MeasureError(f"{operator} does not take {key!r}; it takes {', '.join(sorted(required | optional))}")
