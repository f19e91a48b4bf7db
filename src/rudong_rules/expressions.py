"""Measure expressions as data: checked against the vocabulary, traced to the facts they read, and printed.

An expression is a literal (``3``, ``1/3``, ``2026-01-31``), the name of a scalar or measure, ``as_of``, or one operator
with its arguments.  :func:`kind_of` refuses everything that :mod:`measures` could not evaluate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .errors import did_you_mean
from .measures import COMPARISONS, NUMBERS, QUESTIONS, number
from .vocabulary import Record, RecordField, Vocabulary

Kind = Literal["number", "date", "question"]
Expression = Any


class MeasureError(ValueError):
    """An expression that is not a measure; the message says what was expected."""


@dataclass(frozen=True)
class Names:
    """What an expression may name: scalars and entry fields by kind, choices, records, measures and tables."""

    kinds: Mapping[str, Kind]
    choices: Mapping[str, Iterable[str]]
    records: Mapping[str, Record]
    measures: Mapping[str, Expression]
    tables: Mapping[str, Mapping[str, int | str]]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Names:
        """Return the names of a vocabulary."""
        kinds: dict[str, Kind] = {"as_of": "date"}
        choices: dict[str, Iterable[str]] = {}
        for name, scalar in vocabulary.scalars.items():
            if scalar.type == "choice":
                choices[name] = scalar.options
            else:
                kinds[name] = "date" if scalar.type == "date" else "number"
        measures = {name: measure.value for name, measure in vocabulary.measures.items()}
        return cls(kinds, choices, vocabulary.records, measures, vocabulary.tables)

    def within(self, record: Record) -> Names:
        """Return the names that a computed field of ``record`` may use: those of the entry come first."""
        kinds, choices = dict(self.kinds), dict(self.choices)
        for name, column in record.fields.items():
            if column.type in ("int", "fraction", "date"):
                kinds[name] = "date" if column.type == "date" else "number"
            elif column.type == "choice":
                choices[name] = column.options
        return Names(kinds, choices, self.records, self.measures, self.tables)


def kind_of(expression: Expression, names: Names, path: tuple[str, ...] = ()) -> Kind:
    """Return whether an expression is a number, a date or a question.

    Raises MeasureError for one that is no measure over ``names``, or a measure that is defined by itself.
    """
    if isinstance(expression, str) and expression in names.kinds:
        return names.kinds[expression]
    if isinstance(expression, str) and expression in names.measures:
        if expression in path:
            raise MeasureError(f"measures are defined by each other: {' → '.join((*path, expression))}")
        return kind_of(names.measures[expression], names, (*path, expression))
    if not isinstance(expression, dict):
        return _literal_kind(expression, names)
    if len(expression) != 1:
        raise MeasureError("expected one operator with its arguments")
    ((operator, arguments),) = expression.items()
    if operator in _LISTS:
        return _list_kind(operator, arguments, names, path)
    if operator not in _KEYS:
        known = (*NUMBERS, *QUESTIONS)
        raise MeasureError(f"unknown operator {operator!r}; {did_you_mean(str(operator), known) or _one_of(known)}")
    _check_keys(operator, arguments)
    return _keyed_kind(operator, arguments, names, path)


def _literal_kind(literal: Any, names: Names) -> Kind:
    try:
        return "date" if isinstance(number(literal), date) else "number"
    except (ValueError, ZeroDivisionError):
        hint = did_you_mean(str(literal), (*names.kinds, *names.measures))
        message = f"{literal!r} is neither a number, a date, a scalar nor a measure"
        raise MeasureError(f"{message}; {hint}" if hint else message) from None


# operator → how many parts it takes (0: any number), what they are, what it gives ("same": as its parts)
_LISTS: dict[str, tuple[int, str, str]] = {
    "sum": (0, "number", "number"), "difference": (2, "number", "number"), "ratio": (2, "number", "number"),
    "min": (0, "same", "same"), "max": (0, "same", "same"),
    "years_between": (2, "date", "number"), "months_between": (2, "date", "number"),
    "days_between": (2, "date", "number"), "year_of": (1, "date", "number"),
}  # fmt: skip


def _list_kind(operator: str, parts: Any, names: Names, path: tuple[str, ...]) -> Kind:
    count, wanted, given = _LISTS[operator]
    if not isinstance(parts, list) or not parts or (count and len(parts) != count):
        raise MeasureError(f"{operator} takes a list of {count or 'some'} measures")
    kinds = [kind_of(part, names, path) for part in parts]
    for kind in kinds:
        expected = kinds[0] if wanted == "same" else wanted
        if kind != expected or kind == "question":
            raise MeasureError(f"{operator} takes {'numbers or dates alike' if wanted == 'same' else wanted + 's'}")
    return kinds[0] if given == "same" else given  # type: ignore[return-value]


_WHERES = ("where", "among", "first", "then")
"""The arguments that choose entries."""

# operator → the keys that it needs and those that it may have
_KEYS: dict[str, tuple[set[str], set[str]]] = {
    "count": ({"of"}, {"where"}), "total": ({"of", "field"}, {"where"}),
    "latest": ({"of", "field"}, {"where", "none"}), "earliest": ({"of", "field"}, {"where", "none"}),
    "longest_run": ({"of", "year"}, {"where", "missing"}),
    "run_ending": ({"of", "year", "at"}, {"where", "among", "missing"}),
    "most_within": ({"of", "date", "window"}, {"where"}),
    "add": ({"to"}, {"years", "months", "days"}), "next_month": ({"to"}, set()), "lookup": ({"table", "key"}, set()),
    "happened": ({"in"}, {"where"}), "took_part": ({"in", "who"}, {"where", "field"}),
    **dict.fromkeys(("happened_before", "preceded", "followed"), ({"in", "first", "then"}, {"date"})),
}  # fmt: skip


def _check_keys(operator: str, arguments: Any) -> None:
    required, optional = _KEYS[operator]
    if not isinstance(arguments, dict):
        raise MeasureError(f"{operator} takes {', '.join(sorted(required | optional))}")
    for key in sorted(required - set(arguments)):
        raise MeasureError(f"{operator} needs {key!r}")
    for key in sorted(set(arguments) - required - optional):
        raise MeasureError(f"{operator} does not take {key!r}; it takes {', '.join(sorted(required | optional))}")


def _keyed_kind(operator: str, arguments: Mapping[str, Any], names: Names, path: tuple[str, ...]) -> Kind:
    if operator == "lookup":
        return _lookup_kind(arguments, names)
    if operator in ("add", "next_month"):
        if kind_of(arguments["to"], names, path) != "date":
            raise MeasureError(f"{operator} takes a date under 'to'")
        for unit in ("years", "months", "days"):
            if unit in arguments and kind_of(arguments[unit], names, path) != "number":
                raise MeasureError(f"add takes a number of {unit}")
        return "date"
    name = arguments.get("of", arguments.get("in"))
    record = names.records.get(name) if isinstance(name, str) else None
    if record is None:
        raise MeasureError(f"{operator}: {name!r} is not a record; {_one_of(names.records)}")
    for key in _WHERES:
        _check_where(arguments.get(key, {}), record, names, path)
    columns: dict[str, tuple[str, ...]] = {
        "total": ("int", "fraction"), "latest": ("int", "fraction", "date"), "earliest": ("int", "fraction", "date"),
    }  # fmt: skip
    column = _column(record, arguments["field"], columns[operator]) if operator in columns else None
    if operator == "took_part":
        _check_options(_column(record, arguments.get("field", "participants"), ("choices",)), arguments["who"])
    if "year" in arguments:
        _column(record, arguments["year"], ("int", "date"))
        if arguments.get("missing", "breaks") not in ("breaks", "skips"):
            raise MeasureError(f"{operator}: missing is 'breaks' or 'skips'")
        if "at" in arguments and kind_of(arguments["at"], names, path) != "number":
            raise MeasureError(f"{operator} takes a year under 'at'")
    if operator == "most_within":
        _column(record, arguments["date"], ("date",))
        window = arguments["window"]
        if window != "calendar_year" and (type(window) is not int or window < 1):
            raise MeasureError("most_within: the window is calendar_year or a number of months")
    if "then" in arguments:
        _column(record, arguments.get("date", "date"), ("date",))
    given: Kind = "date" if column and column.type == "date" else "number"
    if "none" in arguments and kind_of(arguments["none"], names, path) != given:
        raise MeasureError(f"{operator}: 'none' must be a {given}")
    return "question" if operator in QUESTIONS else given


def _lookup_kind(arguments: Mapping[str, Any], names: Names) -> Kind:
    table = names.tables.get(arguments["table"])
    if table is None:
        raise MeasureError(f"there is no table {arguments['table']!r}; {_one_of(names.tables)}")
    if arguments["key"] not in names.choices:
        raise MeasureError(f"lookup: {arguments['key']!r} is no choice; {_one_of(names.choices)}")
    for cell in table:
        if cell not in names.choices[arguments["key"]]:
            raise MeasureError(f"table {arguments['table']!r} has a row {cell!r} that {arguments['key']!r} cannot be")
    kinds = {_literal_kind(cell, names) for cell in table.values()}
    if len(kinds) != 1:
        raise MeasureError(f"table {arguments['table']!r} mixes numbers and dates, or is empty")
    return kinds.pop()


def _column(record: Record, name: Any, types: tuple[str, ...]) -> RecordField:
    column = record.columns().get(name) if isinstance(name, str) else None
    if column is None:
        raise MeasureError(
            f"{record.en} has no field {name!r}; {did_you_mean(str(name), record.columns())}".rstrip("; ")
        )
    if column.type not in types:
        raise MeasureError(f"field {name!r} is of type {column.type}; expected {' or '.join(types)}")
    return column


def _check_where(where: Any, record: Record, names: Names, path: tuple[str, ...]) -> None:
    if not isinstance(where, dict):
        raise MeasureError("expected fields and the values they must have")
    for name, wanted in where.items():
        column = _column(record, name, ("int", "fraction", "date", "choice", "choices", "bool", "text"))
        if isinstance(wanted, dict) and set(wanted) == {"all_of"} and column.type == "choices":
            _check_options(column, wanted["all_of"])
        elif isinstance(wanted, dict):
            expected = {"int": "number", "fraction": "number", "date": "date"}.get(column.type)
            for sign, right in wanted.items():
                if sign not in COMPARISONS or expected is None:
                    raise MeasureError(f"field {name!r} cannot be compared with {sign!r}; {_one_of(COMPARISONS)}")
                if kind_of(right, names, path) != expected:
                    raise MeasureError(f"field {name!r} is compared with what is not a {expected}")
        elif column.type in ("choice", "choices"):
            _check_options(column, wanted)
        elif any(not _fits(column, value) for value in (wanted if isinstance(wanted, list) else [wanted])):
            raise MeasureError(f"field {name!r} is of type {column.type}; {wanted!r} does not fit")


def _fits(column: RecordField, value: Any) -> bool:
    return isinstance(value, {"bool": bool, "int": int}.get(column.type, str))


def _check_options(column: RecordField, wanted: Any) -> None:
    for option in wanted if isinstance(wanted, list) else [wanted]:
        if option not in column.options:
            hint = did_you_mean(str(option), column.options) or _one_of(column.options)
            raise MeasureError(f"{option!r} is no option; {hint}")


def _one_of(known: Iterable[str]) -> str:
    return f"expected one of {', '.join(known)}"


def inputs(expression: Expression, measures: Mapping[str, Expression]) -> set[str]:
    """Return the names of the scalars, choices and records that an expression reads, ``as_of`` included."""
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
    for key in ("of", "in", "key", "to", "at", "years", "months", "days", "none"):
        if key in arguments:
            found |= inputs(arguments[key], measures)
    for key in _WHERES:
        for wanted in arguments.get(key, {}).values():
            if isinstance(wanted, dict):
                found |= inputs(list(wanted.values()), measures)
    return found


def show(expression: Expression) -> str:
    """Return an expression in one line: ``happened(in=events, where(event=opened))``; equal ones print alike."""
    if isinstance(expression, list):
        return ", ".join(map(show, expression))
    if not isinstance(expression, dict):
        return str(expression)
    ((operator, arguments),) = expression.items()
    if operator not in _KEYS:
        return f"{operator}({show(arguments)})"
    parts = [
        f"{key}({_show_where(value)})" if isinstance(value, dict) and key in _WHERES else f"{key}={show(value)}"
        for key, value in arguments.items()
    ]
    return f"{operator}({', '.join(parts)})"


def _show_where(where: Mapping[str, Any]) -> str:
    def one(name: str, wanted: Any) -> str:
        if isinstance(wanted, dict):
            tests = (f"{name} {COMPARISONS.get(sign, sign)} {show(right)}" for sign, right in wanted.items())
            return " ".join(tests)
        return f"{name}={'|'.join(map(str, wanted)) if isinstance(wanted, list) else wanted}"

    return ", ".join(one(name, wanted) for name, wanted in where.items())
