"""Measure expressions as data: checked against the vocabulary, traced to the facts they read, and printed.

An expression is a literal (``3``, ``1/3``, ``2026-01-31``), the name of a scalar or measure, ``as_of``, or one operator
with its arguments.  :func:`kind_of` refuses everything that :mod:`measures` could not evaluate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from .answers import QUESTIONS
from .bounds import COMPARISONS, number
from .complaints import nearest
from .errors import did_you_mean, shown
from .measures import NUMBERS
from .source import KEY, Loc
from .vocabulary import Record, RecordField, Vocabulary

Kind = Literal["number", "date", "question"]
Expression = Any
MAX_PARTS = 1_000
MAX_NESTED = 60
"""How many parts and levels a measure may have once the measures that it names are written out."""


class MeasureError(ValueError):
    """An expression that is not a measure; the message says what was expected, ``loc`` where in the expression.

    ``measure`` names the measure, itself named in the expression, in which the mistake is made; ``cycle`` those that
    are defined by each other.
    """

    def __init__(self, message: str, hint: str = "", loc: Loc = ()) -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message, self.hint, self.loc = message, hint, loc
        self.measure = ""
        self.cycle: tuple[str, ...] = ()
        self.too_large = False


@dataclass(frozen=True)
class Names:
    """What an expression may name: scalars and entry fields by kind, choices, records, measures and tables.

    ``checked`` remembers the kind of each measure that was found sound, with its parts and levels.
    """

    kinds: Mapping[str, Kind]
    choices: Mapping[str, Iterable[str]]
    records: Mapping[str, Record]
    measures: Mapping[str, Expression]
    tables: Mapping[str, Mapping[str, int | str]]
    checked: dict[str, tuple[Kind, int, int]] = field(default_factory=dict, compare=False, repr=False)

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


def kind_of(expression: Expression, names: Names, path: tuple[str, ...] = (), *, readings: bool = False) -> Kind:
    """Return whether an expression is a number, a date or a question.

    ``path`` are the measures of which it is a part; with ``readings`` a ``where`` may ask by reading (:mod:`wheres`),
    whose names are not looked up.  Raises MeasureError for one that is no measure over ``names``, for a measure that is
    defined by itself, and for one that is too large to evaluate.
    """
    return _Check(names, path, readings=readings).kind(expression, ())


# operator → how many parts it takes (0: any number), what they are, what it gives ("same": as its parts)
_LISTS: dict[str, tuple[int, str, str]] = {
    "sum": (0, "number", "number"), "difference": (2, "number", "number"), "ratio": (2, "number", "number"),
    "product": (0, "number", "number"),
    "min": (0, "same", "same"), "max": (0, "same", "same"),
    "years_between": (2, "date", "number"), "months_between": (2, "date", "number"),
    "days_between": (2, "date", "number"), "year_of": (1, "date", "number"),
}  # fmt: skip

_WHERES = ("where", "among", "first", "then", "without", "with")
"""The arguments that choose entries."""

# operator → the keys that it needs and those that it may have
_KEYS: dict[str, tuple[set[str], set[str]]] = {
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
# operator or argument → the types that the column which it names may have
_COLUMNS: dict[str, tuple[str, ...]] = {
    "total": ("int", "fraction"), "latest": ("int", "fraction", "date"), "earliest": ("int", "fraction", "date"),
    "year": ("int", "date"), "date": ("date",), "took_part": ("choices",),
}  # fmt: skip
_COMPARED: dict[str, Kind] = {"int": "number", "fraction": "number", "date": "date"}
_NO_CYCLE = "let one of them rest on scalars and records alone"
_A_MEASURE = "write a whole number, 1/3, YYYY-MM-DD or a name"
_MAX_WINDOW = 1_200


@dataclass
class _Check:
    """Refuses what is no measure; ``path`` are the measures whose definitions are being looked into.

    ``parts`` counts what was looked at, measures that are named written out; ``deepest`` is the most levels met.
    """

    names: Names
    path: tuple[str, ...] = ()
    level: int = 0
    parts: int = 0
    deepest: int = 0
    readings: bool = False

    def kind(self, expression: Expression, loc: Loc) -> Kind:
        self.level += 1
        self._spend(1, self.level, loc)
        kind = self._kind(expression, loc)
        self.level -= 1
        return kind

    def _spend(self, parts: int, level: int, loc: Loc) -> None:
        self.parts += parts
        self.deepest = max(self.deepest, level)
        if self.parts > MAX_PARTS or self.deepest > MAX_NESTED:
            limits = f"{MAX_PARTS:,} parts or {MAX_NESTED} levels"
            error = MeasureError(f"written out, the measure has more than {limits}", "ask for less at once", loc)
            error.too_large = True
            raise error

    def _kind(self, expression: Expression, loc: Loc) -> Kind:
        if isinstance(expression, str) and expression in self.names.kinds:
            return self.names.kinds[expression]
        if isinstance(expression, str) and expression in self.names.measures:
            return self._named(expression, loc)
        if not isinstance(expression, dict):
            return self._literal(expression, loc)
        if len(expression) != 1:
            raise MeasureError("expected one operator with its arguments", "", loc)
        ((operator, arguments),) = expression.items()
        here = (*loc, operator)
        if operator in _LISTS:
            return self._listed(operator, arguments, here)
        if operator not in _KEYS:
            hint = nearest(operator, (*NUMBERS, *QUESTIONS))
            raise MeasureError(f"unknown operator {operator!r}", hint, (*here, KEY))
        self._keys(operator, arguments, here)
        return self._keyed(operator, arguments, here)

    def _named(self, name: str, loc: Loc) -> Kind:
        """Return the kind of another measure.  A mistake in it is told where it is made; here it has no place."""
        if name in self.path:
            circle = " → ".join((*self.path, name))
            error = MeasureError(f"measures are defined by each other: {circle}", _NO_CYCLE, loc)
            error.cycle = self.path[self.path.index(name) :]
            raise error
        if name not in self.names.checked:
            inner = _Check(self.names, (*self.path, name), self.level, 0, self.level)
            try:
                kind = inner.kind(self.names.measures[name], loc)
            except MeasureError as error:
                # Only a measure that is too large is in order where it is defined, and not where it is named.
                error.measure, error.loc = "" if error.too_large else name, loc
                raise
            self.names.checked[name] = kind, inner.parts, inner.deepest - self.level
        kind, parts, levels = self.names.checked[name]
        self._spend(parts, self.level + levels, loc)
        return kind

    def _literal(self, literal: Any, loc: Loc) -> Kind:
        try:
            return "date" if isinstance(number(literal), date) else "number"
        except ValueError:
            hint = did_you_mean(literal, (*self.names.kinds, *self.names.measures)) or _A_MEASURE
            what = f"{shown(literal)} is neither a number, a date, a scalar nor a measure"
            raise MeasureError(what, hint, loc) from None

    def _listed(self, operator: str, parts: Any, loc: Loc) -> Kind:
        count, wanted, given = _LISTS[operator]
        if not isinstance(parts, list) or not parts or (count and len(parts) != count):
            raise MeasureError(f"{operator} takes a list of {count or 'some'} measures", "", loc)
        kinds = [self.kind(part, (*loc, place)) for place, part in enumerate(parts)]
        for place, kind in enumerate(kinds):
            if kind != (kinds[0] if wanted == "same" else wanted) or kind == "question":
                what = "numbers or dates alike" if wanted == "same" else f"{wanted}s"
                raise MeasureError(f"{operator} takes {what}; this is a {kind}", "", (*loc, place))
        return kinds[0] if given == "same" else given  # type: ignore[return-value]

    def _keys(self, operator: str, arguments: Any, loc: Loc) -> None:
        required, optional = _KEYS[operator]
        takes = ", ".join(sorted(required | optional))
        if not isinstance(arguments, dict):
            raise MeasureError(f"{operator} takes {takes}; it is given {shown(arguments)}", "", loc)
        for key in sorted(required - set(arguments)):
            raise MeasureError(f"{operator} needs {key!r}", f"add {key}:", loc)
        for key in sorted(set(arguments) - required - optional):
            raise MeasureError(f"{operator} does not take {key!r}", f"it takes {takes}", (*loc, key, KEY))

    def _keyed(self, operator: str, arguments: Mapping[str, Any], loc: Loc) -> Kind:
        if operator == "lookup":
            return self._looked_up(arguments, loc)
        if operator in ("add", "next_month"):
            self._must(arguments, "to", "date", f"{operator} takes a date under 'to'", loc)
            for unit in ("years", "months", "days"):
                self._must(arguments, unit, "number", f"add takes a number of {unit}", loc)
            return "date"
        source = "of" if "of" in arguments else "in"
        name = arguments[source]
        record = self.names.records.get(name) if isinstance(name, str) else None
        if record is None:
            hint = nearest(name, self.names.records)
            raise MeasureError(f"{operator}: {shown(name)} is not a record", hint, (*loc, source))
        for key in _WHERES:
            self._where(arguments.get(key, {}), record, (*loc, key))
        column = self._columns(operator, arguments, record, loc)
        self._must(arguments, "at", "number", f"{operator} takes a year under 'at'", loc)
        given: Kind = "date" if column and column.type == "date" else "number"
        self._must(arguments, "none", given, f"{operator}: 'none' must be a {given}", loc)
        return "question" if operator in QUESTIONS else given

    def _must(self, arguments: Mapping[str, Any], key: str, wanted: Kind, otherwise: str, loc: Loc) -> None:
        """Refuse an argument of another kind."""
        if key in arguments and (found := self.kind(arguments[key], (*loc, key))) != wanted:
            raise MeasureError(f"{otherwise}; this is a {found}", "", (*loc, key))

    def _columns(self, operator: str, arguments: Mapping[str, Any], record: Record, loc: Loc) -> RecordField | None:
        """Check every column that is named, and return the one whose value is the answer."""
        found = None
        if operator in ("total", "latest", "earliest"):
            found = _column(record, arguments["field"], _COLUMNS[operator], (*loc, "field"))
            if operator == "total" and (found.min is None or found.min < 0):
                raise MeasureError(f"field {arguments['field']!r} may be negative", "give it min: 0", (*loc, "field"))
        if operator == "took_part":
            field_ = arguments.get("field", "participants")
            _options(_column(record, field_, _COLUMNS[operator], (*loc, "field")), arguments["who"], (*loc, "who"))
        if "year" in arguments:
            _column(record, arguments["year"], _COLUMNS["year"], (*loc, "year"))
            if arguments.get("missing", "breaks") not in ("breaks", "skips"):
                raise MeasureError(f"{operator}: missing is 'breaks' or 'skips'", "", (*loc, "missing"))
        if "then" in arguments or operator == "most_within":
            _column(record, arguments.get("date", "date"), _COLUMNS["date"], (*loc, "date"))
        window = arguments.get("window", 1)
        if window != "calendar_year" and (type(window) is not int or not 1 <= window <= _MAX_WINDOW):
            what = f"the window is calendar_year or a number of months up to {_MAX_WINDOW:,}"
            raise MeasureError(f"most_within: {what}", "", (*loc, "window"))
        return found

    def _looked_up(self, arguments: Mapping[str, Any], loc: Loc) -> Kind:
        name, key = arguments["table"], arguments["key"]
        if not isinstance(name, str) or name not in self.names.tables:
            raise MeasureError(f"there is no table {shown(name)}", nearest(name, self.names.tables), (*loc, "table"))
        if not isinstance(key, str) or key not in self.names.choices:
            raise MeasureError(f"lookup: {shown(key)} is no choice", nearest(key, self.names.choices), (*loc, "key"))
        table, options = self.names.tables[name], self.names.choices[key]
        for row in table:
            if options and row not in options:
                hint = nearest(row, options)
                raise MeasureError(f"table {name!r} has a row {row!r} that {key!r} cannot be", hint, (*loc, "table"))
        kinds = {self._literal(cell, (*loc, "table")) for cell in table.values()}
        if len(kinds) != 1:
            raise MeasureError(f"table {name!r} mixes numbers and dates, or is empty", "", (*loc, "table"))
        return kinds.pop()

    def _where(self, where: Any, record: Record, loc: Loc) -> None:
        if not isinstance(where, dict):
            raise MeasureError("expected fields and the values they must have", "write {field: value}", loc)
        for name, wanted in where.items():
            here = (*loc, name)
            if name == "by_reading" and self.readings:
                self._by_reading(wanted, where, record, here)
                continue
            if name == "any_of":
                if not isinstance(wanted, list) or not wanted:
                    raise MeasureError("any_of takes a list of alternatives", "write [{field: value}, …]", here)
                for nth, one in enumerate(wanted):
                    replace(self, readings=False)._where(one, record, (*here, nth))
                continue
            column = _column(record, name, (*_COMPARED, "choice", "choices", "bool", "text"), (*here, KEY))
            if isinstance(wanted, dict) and set(wanted) == {"all_of"} and column.type == "choices":
                if not isinstance(wanted["all_of"], list):
                    raise MeasureError("all_of takes a list of options", "write [one, another]", (*here, "all_of"))
                _options(column, wanted["all_of"], (*here, "all_of"))
            elif isinstance(wanted, dict) and wanted:
                self._compared(name, column, wanted, here)
            elif column.type in ("choice", "choices"):
                _options(column, wanted, here)
            else:
                _equal(name, column, wanted, here)

    def _by_reading(self, readings: Any, where: Mapping[str, Any], record: Record, loc: Loc) -> None:
        """Check what each option of each reading asks for beside the other fields of ``where``."""
        each = list(readings.values()) if isinstance(readings, dict) else []
        if not each or not all(isinstance(one, dict) for one in each):
            hint = "write by_reading: {reading: {option: {field: value}, other: false}}"
            raise MeasureError("by_reading takes readings and what each of their options asks for", hint, loc)
        asked = {*where, *readings}
        for reading, options in readings.items():
            for option, fields in options.items():
                here = (*loc, reading, option)
                if fields is not False:
                    self._where(fields, record, here)
                if twice := sorted(asked & _names_in(fields)):
                    what = f"{'field' if twice[0] in where or twice[0] not in readings else 'reading'} {twice[0]!r}"
                    raise MeasureError(f"{what} is asked for twice", "leave it out of one", (*here, twice[0], KEY))
            asked |= set().union(*map(_names_in, options.values()))

    def _compared(self, name: str, column: RecordField, wanted: Mapping[str, Any], loc: Loc) -> None:
        for sign, right in wanted.items():
            if sign not in COMPARISONS or column.type not in _COMPARED:
                what = f"field {name!r} cannot be compared with {sign!r}"
                hint = nearest(sign, COMPARISONS) if column.type in _COMPARED else f"write {name}: and a value"
                raise MeasureError(what, hint, (*loc, sign, KEY))
            if (found := self.kind(right, (*loc, sign))) != _COMPARED[column.type]:
                what = f"field {name!r} is compared with what is not a {_COMPARED[column.type]}"
                raise MeasureError(f"{what}; this is a {found}", "", (*loc, sign))


def _names_in(where: Any) -> set[str]:
    """Return the fields and readings that stand in a ``where``, those inside its readings too."""
    inside = where.get("by_reading", {}) if isinstance(where, dict) else {}
    parts = (fields for options in inside.values() for fields in options.values())
    return {*(where or ()), *inside} - {"by_reading"} | set().union(*map(_names_in, parts))


def _column(record: Record, name: Any, types: tuple[str, ...], loc: Loc) -> RecordField:
    column = record.columns.get(name) if isinstance(name, str) else None
    if column is None:
        raise MeasureError(f"{record.en} has no field {shown(name)}", nearest(name, record.columns), loc)
    if column.type not in types:
        raise MeasureError(f"field {name!r} is of type {column.type}", f"expected {' or '.join(types)}", loc)
    return column


def _equal(name: str, column: RecordField, wanted: Any, loc: Loc) -> None:
    """Refuse a value that no entry can have in the column."""
    what = f"field {name!r} is of type {column.type}"
    if column.type in ("fraction", "date"):
        raise MeasureError(f"{what}, which is compared", f"write {name}: {{equals: …}}", loc)
    for place, value in _each(wanted):
        if type(value) is not {"bool": bool, "int": int}.get(column.type, str):
            raise MeasureError(f"{what}; {shown(value)} does not fit", "", (*loc, *place))


def _options(column: RecordField, wanted: Any, loc: Loc) -> None:
    for place, option in _each(wanted):
        if not isinstance(option, str) or option not in column.options:
            raise MeasureError(f"{shown(option)} is no option", nearest(option, column.options), (*loc, *place))


def _each(wanted: Any) -> Iterator[tuple[Loc, Any]]:
    """Yield one value, or each of a list with its place; an empty list is one value, and never fits."""
    if isinstance(wanted, list) and wanted:
        yield from (((place,), value) for place, value in enumerate(wanted))
    else:
        yield (), wanted


def inputs(expression: Expression, measures: Mapping[str, Expression]) -> set[str]:
    """Return the names of the scalars, choices and records that an expression reads, ``as_of`` included."""
    if isinstance(expression, str):
        if expression in measures:
            return inputs(measures[expression], measures)
        return set() if _is_literal(expression) else {expression}
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
        found |= _where_inputs(arguments.get(key, {}), measures)
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


def _is_literal(text: str) -> bool:
    try:
        number(text)
    except ValueError:
        return False
    return True


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
        if name == "any_of":
            return f"any_of({'; '.join(map(_show_where, wanted))})"
        if isinstance(wanted, dict):
            tests = (f"{name} {COMPARISONS.get(sign, sign)} {show(right)}" for sign, right in wanted.items())
            return " ".join(tests)
        return f"{name}={'|'.join(map(str, wanted)) if isinstance(wanted, list) else wanted}"

    return ", ".join(one(name, wanted) for name, wanted in where.items())
