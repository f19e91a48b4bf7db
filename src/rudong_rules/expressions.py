"""Measure expressions as data: how they are written, what they read, how they print.

An expression is a literal (``3``, ``1/3``, ``2026-01-31``), the name of a scalar or measure, ``as_of``, or one operator
with its arguments: a list of expressions, or keys.  What is not written so is a :class:`MeasureError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from .bilingual import Hint, Text, say
from .bounds import COMPARISONS, literal
from .source import Loc

ValueKind = Literal["number", "date", "question"]
Expression = Any

LISTS: dict[str, tuple[int, str, str]] = {
    "sum": (0, "number", "number"), "difference": (2, "number", "number"), "ratio": (2, "number", "number"),
    "product": (0, "number", "number"),
    "min": (0, "same", "same"), "max": (0, "same", "same"),
    "years_between": (2, "date", "number"), "months_between": (2, "date", "number"),
    "days_between": (2, "date", "number"), "year_of": (1, "date", "number"),
}  # fmt: skip
"""The operators over a list: how many parts (0: any number), what they are, what comes of them ("same": as parts)."""
WHERES = ("where", "among", "first", "then", "without", "with")
"""The arguments that choose entries."""
_EXPRESSIONS = ("of", "in", "key", "to", "at", "years", "months", "days", "none")
"""The arguments that are expressions."""
KEYED: dict[str, tuple[set[str], set[str]]] = {
    "count": ({"of"}, {"where"}), "total": ({"of", "field"}, {"where"}),
    "latest": ({"of", "field"}, {"where", "none"}), "earliest": ({"of", "field"}, {"where", "none"}),
    "longest_run": ({"of", "year"}, {"where", "missing"}),
    "run_ending": ({"of", "year", "at"}, {"where", "among", "missing"}),
    "most_within": ({"of", "date", "window"}, {"where", "distinct"}),
    "add": ({"to"}, {"years", "months", "days"}), "next_month": ({"to"}, set()), "lookup": ({"table", "key"}, set()),
    "happened": ({"in"}, {"where"}), "took_part": ({"in", "who"}, {"where", "field"}),
    **dict.fromkeys(
        ("happened_before", "preceded", "followed"), ({"in", "first", "then"}, {"date", "without", "with"})
    ),
}  # fmt: skip
"""The operators with keys: those that each needs and those that it may have."""


class MeasureError(ValueError):
    """An expression that is not a measure; the message says what was expected, ``loc`` where in the expression.

    Where an ``operator`` expected it, the message names that first; ``said`` does without.
    ``measure`` names the measure, itself named in the expression, in which the mistake is made; ``cycle`` those that
    are defined by each other.
    """

    def __init__(self, said: Text, hint: Hint = "", loc: Loc = (), operator: str = "") -> None:
        self.said, self.hint, self.loc = said, hint, loc
        self.message = say("of_operator", operator=operator, said=said) if operator else said
        super().__init__(f"{self.message}; {hint}" if hint else self.message)
        self.measure = ""
        self.cycle: tuple[str, ...] = ()
        self.too_large = False


def as_where(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the arguments of a question about participants as those of one about entries; any others as they are."""
    if "who" not in arguments:
        return arguments
    where = arguments.get("where", {}) | {participants_of(arguments): arguments["who"]}
    return {"in": arguments["in"], "where": where}


def participants_of(arguments: Mapping[str, Any]) -> str:
    """Return the column that says who took part."""
    return str(arguments.get("field", "participants"))


def inputs(expression: Expression, measures: Mapping[str, Expression]) -> set[str]:
    """Return the names of the scalars, choices and records that an expression reads, ``as_of`` included."""
    if isinstance(expression, str):
        if expression in measures:
            return inputs(measures[expression], measures)
        return {expression} if literal(expression) is None else set()
    if isinstance(expression, list):
        return set().union(*(inputs(part, measures) for part in expression)) if expression else set()
    if not isinstance(expression, dict):
        return set()
    ((operator, arguments),) = expression.items()
    if operator not in KEYED:
        return inputs(arguments, measures)
    found: set[str] = set()
    for key, argument in arguments.items():
        if key in WHERES:
            found |= _where_inputs(argument, measures)
        elif key in _EXPRESSIONS:
            found |= inputs(argument, measures)
    return found


def _where_inputs(where: Mapping[str, Any], measures: Mapping[str, Expression]) -> set[str]:
    found: set[str] = set()
    for name, wanted in where.items():
        if name == "any_of":
            found |= set().union(*(_where_inputs(one, measures) for one in wanted))
        elif name == "by_reading":
            each = (fields for options in wanted.values() for fields in options.values() if fields)
            found |= set().union(*(_where_inputs(one, measures) for one in each))
        elif isinstance(wanted, dict) and "all_of" not in wanted:
            found |= inputs(list(wanted.values()), measures)
    return found


def show(expression: Expression) -> str:
    """Return an expression in one line: ``happened(in=events, where(event=opened))``; equal ones print alike."""
    if isinstance(expression, list):
        return ", ".join(map(show, expression))
    if not isinstance(expression, dict):
        return str(expression)
    ((operator, arguments),) = expression.items()
    if operator not in KEYED:
        return f"{operator}({show(arguments)})"
    parts = [
        f"{key}({_show_where(value)})" if isinstance(value, dict) and key in WHERES else f"{key}={show(value)}"
        for key, value in arguments.items()
    ]
    return f"{operator}({', '.join(parts)})"


def _show_where(where: Mapping[str, Any]) -> str:
    def one(name: str, wanted: Any) -> str:
        if name == "any_of":
            return f"any_of({'; '.join(map(_show_where, wanted))})"
        if isinstance(wanted, dict):
            tests = (f"{name} {COMPARISONS.get(sign, sign)} {show(right)}" for sign, right in wanted.items())
            return " ".join(tests)
        return f"{name}={'|'.join(map(str, wanted)) if isinstance(wanted, list) else wanted}"

    return ", ".join(one(name, wanted) for name, wanted in where.items())


def words_in(data: Any) -> Iterator[str]:
    """Yield every text in nested data, as it stands."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            waiting += reversed(list(one.values()) if isinstance(one, dict) else one)
