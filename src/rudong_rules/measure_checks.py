"""What an expression must be to be a measure: each part of the kind that its operator takes, all of it small enough.

:func:`kind_of` refuses everything that :mod:`measures` could not evaluate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .answers import QUESTIONS
from .bounds import number
from .complaints import nearest
from .errors import did_you_mean, shown
from .expressions import KEYED, LISTS, WHERES, Expression, Kind, MeasureError
from .measures import NUMBERS
from .source import KEY, Loc
from .vocabulary import Record, RecordField, Vocabulary
from .where_checks import check_options, check_where, column_of

MAX_PARTS = 1_000
MAX_NESTED = 60
"""How many parts and levels a measure may have once the measures that it names are written out."""


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
        return cls(kinds, choices, vocabulary.records, vocabulary.defined(), vocabulary.tables)

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


# operator or argument → the types that the column which it names may have
_COLUMNS: dict[str, tuple[str, ...]] = {
    "total": ("int", "fraction"), "latest": ("int", "fraction", "date"), "earliest": ("int", "fraction", "date"),
    "year": ("int", "date"), "date": ("date",), "took_part": ("choices",),
}  # fmt: skip
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
        if operator in LISTS:
            return self._listed(operator, arguments, here)
        if operator not in KEYED:
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
        count, wanted, given = LISTS[operator]
        if not isinstance(parts, list) or not parts or (count and len(parts) != count):
            raise MeasureError(f"{operator} takes a list of {count or 'some'} measures", "", loc)
        kinds = [self.kind(part, (*loc, place)) for place, part in enumerate(parts)]
        for place, kind in enumerate(kinds):
            if kind != (kinds[0] if wanted == "same" else wanted) or kind == "question":
                what = "numbers or dates alike" if wanted == "same" else f"{wanted}s"
                raise MeasureError(f"{operator} takes {what}; this is a {kind}", "", (*loc, place))
        return kinds[0] if given == "same" else given  # type: ignore[return-value]

    def _keys(self, operator: str, arguments: Any, loc: Loc) -> None:
        required, optional = KEYED[operator]
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
        # No reading stands in an alternative.
        readings = self.readings and "any_of" not in loc
        for key in WHERES:
            check_where(arguments.get(key, {}), record, self.kind, (*loc, key), readings=readings)
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
            found = column_of(record, arguments["field"], _COLUMNS[operator], (*loc, "field"))
            if operator == "total" and (found.min is None or found.min < 0):
                raise MeasureError(f"field {arguments['field']!r} may be negative", "give it min: 0", (*loc, "field"))
        if operator == "took_part":
            field_ = arguments.get("field", "participants")
            check_options(
                column_of(record, field_, _COLUMNS[operator], (*loc, "field")), arguments["who"], (*loc, "who")
            )
        if "year" in arguments:
            column_of(record, arguments["year"], _COLUMNS["year"], (*loc, "year"))
            if arguments.get("missing", "breaks") not in ("breaks", "skips"):
                raise MeasureError(f"{operator}: missing is 'breaks' or 'skips'", "", (*loc, "missing"))
        if "then" in arguments or operator == "most_within":
            column_of(record, arguments.get("date", "date"), _COLUMNS["date"], (*loc, "date"))
        window = arguments.get("window", 1)
        if window != "calendar_year" and (type(window) is not int or not 1 <= window <= _MAX_WINDOW):
            what = f"the window is calendar_year or a number of months up to {_MAX_WINDOW:,}"
            raise MeasureError(f"most_within: {what}", "", (*loc, "window"))
        if not isinstance(arguments.get("distinct", False), bool):
            # In our YAML ``no`` is a text, and would count as yes.
            what = f"distinct is true or false, not {shown(arguments['distinct'])}"
            raise MeasureError(f"most_within: {what}", "", (*loc, "distinct"))
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
