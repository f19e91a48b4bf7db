"""What an expression must be to be a measure: each part of the kind that its operator takes, all of it small enough.

:func:`kind_of` refuses everything that :mod:`measures` could not evaluate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .answers import QUESTIONS
from .bilingual import Hint, say
from .bounds import in_parts, literal
from .complaints import nearest
from .errors import did_you_mean, shown
from .expressions import KEYED, LISTS, WHERES, Expression, MeasureError, ValueKind, participants_of
from .measures import NUMBERS
from .source import KEY, Loc
from .vocabulary import Record, RecordField, Vocabulary
from .where_checks import check_options, check_where, column_of, fields_in

MAX_PARTS = 1_000
MAX_NESTED = 60
"""How many parts and levels a measure may have once the measures that it names are written out."""


@dataclass(frozen=True)
class Terms:
    """What an expression may name: scalars and entry fields by kind, choices, records, measures and tables.

    ``checked`` remembers the kind of each measure that was found sound, with its parts and levels.
    """

    kinds: Mapping[str, ValueKind]
    choices: Mapping[str, Iterable[str]]
    records: Mapping[str, Record]
    measures: Mapping[str, Expression]
    tables: Mapping[str, Mapping[str, int | str]]
    checked: dict[str, tuple[ValueKind, int, int]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Terms:
        """Return the names of a vocabulary."""
        kinds: dict[str, ValueKind] = {"as_of": "date"}
        choices: dict[str, Iterable[str]] = {}
        for name, scalar in vocabulary.scalars.items():
            if scalar.type == "choice":
                choices[name] = scalar.options
            else:
                kinds[name] = "date" if scalar.type == "date" else "number"
        return cls(kinds, choices, vocabulary.records, vocabulary.defined(), vocabulary.tables)

    def within(self, record: Record) -> Terms:
        """Return the names that a computed field of ``record`` may use: those of the entry come first."""
        kinds, choices = dict(self.kinds), dict(self.choices)
        for name, column in record.fields.items():
            if column.type in ("int", "fraction", "date"):
                kinds[name] = "date" if column.type == "date" else "number"
            elif column.type == "choice":
                choices[name] = column.options
        return Terms(kinds, choices, self.records, self.measures, self.tables)


def kind_of(expression: Expression, names: Terms, path: tuple[str, ...] = (), *, readings: bool = False) -> ValueKind:
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
_MAX_WINDOW = 1_200
# operator, kind of what it does not take → what is meant
_INSTEAD: dict[tuple[str, str], str] = {
    ("sum", "date"): "{add: {to: …, days: …}}", ("difference", "date"): "{days_between: […, …]}",
    ("years_between", "number"): "{difference: […, …]}", ("months_between", "number"): "{difference: […, …]}",
    ("days_between", "number"): "{difference: […, …]}",
}  # fmt: skip


@dataclass
class _Check:
    """Refuses what is no measure; ``path`` are the measures whose definitions are being looked into.

    ``parts`` counts what was looked at, measures that are named written out; ``deepest`` is the most levels met.
    """

    names: Terms
    path: tuple[str, ...] = ()
    level: int = 0
    parts: int = 0
    deepest: int = 0
    readings: bool = False

    def kind(self, expression: Expression, loc: Loc) -> ValueKind:
        self.level += 1
        self._spend(1, self.level, loc)
        kind = self._kind(expression, loc)
        self.level -= 1
        return kind

    def _spend(self, parts: int, level: int, loc: Loc) -> None:
        self.parts += parts
        self.deepest = max(self.deepest, level)
        if self.parts > MAX_PARTS or self.deepest > MAX_NESTED:
            message = say("measure_too_large", parts=MAX_PARTS, levels=MAX_NESTED)
            error = MeasureError(message, say("ask_less"), loc)
            error.too_large = True
            raise error

    def _kind(self, expression: Expression, loc: Loc) -> ValueKind:
        if isinstance(expression, str) and expression in self.names.kinds:
            return self.names.kinds[expression]
        if isinstance(expression, str) and expression in self.names.measures:
            return self._named(expression, loc)
        if not isinstance(expression, dict):
            return self._literal(expression, loc)
        if len(expression) != 1:
            raise MeasureError(say("one_operator"), say("one_in_the_other") if expression else "", loc)
        ((operator, arguments),) = expression.items()
        here = (*loc, operator)
        if operator in LISTS:
            return self._listed(operator, arguments, here)
        if operator not in KEYED:
            hint = nearest(operator, (*NUMBERS, *QUESTIONS))
            raise MeasureError(say("no_operator", name=operator), hint, (*here, KEY))
        self._keys(operator, arguments, here)
        return self._keyed(operator, arguments, here)

    def _named(self, name: str, loc: Loc) -> ValueKind:
        """Return the kind of another measure.  A mistake in it is told where it is made; here it has no place."""
        if name in self.path:
            message = say("measures_cycle", path=" → ".join((*self.path, name)))
            error = MeasureError(message, say("rest_on_scalars"), loc)
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

    def _literal(self, written: Any, loc: Loc) -> ValueKind:
        value = literal(written)
        if value is None:
            hint = did_you_mean(written, (*self.names.kinds, *self.names.measures)) or say("write_measure")
            raise MeasureError(say("no_measure", value=shown(written)), hint, loc)
        return "date" if isinstance(value, date) else "number"

    def _listed(self, operator: str, parts: Any, loc: Loc) -> ValueKind:
        count, wanted, given = LISTS[operator]
        if not isinstance(parts, list) or not parts or (count and len(parts) != count):
            key = "takes_list_of" if count else "takes_list"
            raise MeasureError(say(key, operator=operator, count=count), say("write_list"), loc)
        kinds = [self.kind(part, (*loc, place)) for place, part in enumerate(parts)]
        for place, kind in enumerate(kinds):
            if kind != (kinds[0] if wanted == "same" else wanted) or kind == "question":
                what = say({"same": "alike", "number": "numbers"}.get(wanted, "dates"))
                message = say("takes_kind", operator=operator, what=what, kind=say(f"kind_{kind}"))
                # Of a date and a number together only a sum tells what is meant: a later day.
                alike = operator == "sum" or len(set(kinds)) == 1
                instead = _INSTEAD.get((operator, kind), "") if alike else ""
                hint: Hint = say("write_so", form=instead) if instead else ""
                raise MeasureError(message, hint, (*loc, place))
        return kinds[0] if given == "same" else given  # type: ignore[return-value]

    def _keys(self, operator: str, arguments: Any, loc: Loc) -> None:
        required, optional = KEYED[operator]
        takes = tuple(sorted(required | optional))
        if not isinstance(arguments, dict):
            message = say("takes_keys", operator=operator, names=takes, value=shown(arguments))
            raise MeasureError(message, say("write_mapping"), loc)
        for key in sorted(required - set(arguments)):
            raise MeasureError(say("needs_key", operator=operator, key=key), say("add", name=key), loc)
        for key in sorted(set(arguments) - required - optional):
            message = say("takes_no_key", operator=operator, key=key)
            raise MeasureError(message, say("it_takes", names=takes), (*loc, key, KEY))

    def _keyed(self, operator: str, arguments: Mapping[str, Any], loc: Loc) -> ValueKind:
        if operator == "lookup":
            return self._looked_up(arguments, loc)
        if operator in ("add", "next_month"):
            self._must(arguments, "to", "date", loc, "takes_date", instead="{sum: […, …]}", operator=operator)
            for unit in ("years", "months", "days"):
                self._must(arguments, unit, "number", loc, "takes_units", unit=unit)
                if in_parts(arguments.get(unit)):
                    message = say("takes_whole_units", unit=unit, value=shown(arguments[unit]))
                    raise MeasureError(message, say("write_smaller_unit"), (*loc, unit))
            return "date"
        source = "of" if "of" in arguments else "in"
        name = arguments[source]
        record = self.names.records.get(name) if isinstance(name, str) else None
        if record is None:
            hint = nearest(name, self.names.records)
            raise MeasureError(say("no_record", name=shown(name)), hint, (*loc, source), operator)
        # No reading stands in an alternative.
        readings = self.readings and "any_of" not in loc
        for key in WHERES:
            check_where(arguments.get(key, {}), record, self.kind, (*loc, key), readings=readings)
        column = self._columns(operator, arguments, record, loc)
        self._must(arguments, "at", "number", loc, "takes_year", operator=operator)
        given: ValueKind = "date" if column and column.type == "date" else "number"
        wanted = say(f"kind_{given}")
        self._must(arguments, "none", given, loc, "none_must_be", operator=operator, wanted=wanted)
        return "question" if operator in QUESTIONS else given

    def _must(
        self, arguments: Mapping[str, Any], key: str, kind: ValueKind, loc: Loc, otherwise: str, instead: str = "",
        **values: str,
    ) -> None:  # fmt: skip
        """Refuse an argument of another kind; ``otherwise`` is the message that says so, with its values, ``instead``
        what is to be written of a number."""
        if key in arguments and (found := self.kind(arguments[key], (*loc, key))) != kind:
            hint: Hint = say("write_so", form=instead) if instead and found == "number" else ""
            raise MeasureError(say(otherwise, kind=say(f"kind_{found}"), **values), hint, (*loc, key))

    def _columns(self, operator: str, arguments: Mapping[str, Any], record: Record, loc: Loc) -> RecordField | None:
        """Check every column that is named, and return the one whose value is the answer."""
        found = None
        if operator in ("total", "latest", "earliest"):
            found = column_of(record, arguments["field"], _COLUMNS[operator], (*loc, "field"))
            if operator == "total" and (found.min is None or found.min < 0):
                message = say("may_be_negative", name=arguments["field"])
                raise MeasureError(message, say("give_min"), (*loc, "field"))
        if operator == "took_part":
            name = participants_of(arguments)
            column = column_of(record, name, _COLUMNS[operator], (*loc, "field"))
            check_options(column, arguments["who"], (*loc, "who"))
            if name in fields_in(arguments.get("where", {})):
                raise MeasureError(say("field_twice", name=name), say("leave_out_of_one"), (*loc, "where", name, KEY))
        if "year" in arguments:
            column_of(record, arguments["year"], _COLUMNS["year"], (*loc, "year"))
            if arguments.get("missing", "breaks") not in ("breaks", "skips"):
                raise MeasureError(say("breaks_or_skips"), "", (*loc, "missing"), operator)
        if "then" in arguments or operator == "most_within":
            column_of(record, arguments.get("date", "date"), _COLUMNS["date"], (*loc, "date"))
        window = arguments.get("window", 1)
        if window != "calendar_year" and (type(window) is not int or not 1 <= window <= _MAX_WINDOW):
            raise MeasureError(say("window", most=_MAX_WINDOW), "", (*loc, "window"), operator)
        if not isinstance(arguments.get("distinct", False), bool):
            # In our YAML ``no`` is a text, and would count as yes.
            message = say("distinct", value=shown(arguments["distinct"]))
            raise MeasureError(message, "", (*loc, "distinct"), operator)
        return found

    def _looked_up(self, arguments: Mapping[str, Any], loc: Loc) -> ValueKind:
        name, key = arguments["table"], arguments["key"]
        if not isinstance(name, str) or name not in self.names.tables:
            message = say("no_such_table", name=shown(name))
            raise MeasureError(message, nearest(name, self.names.tables), (*loc, "table"))
        if not isinstance(key, str) or key not in self.names.choices:
            message = say("not_a_choice", name=shown(key))
            raise MeasureError(message, nearest(key, self.names.choices), (*loc, "key"), "lookup")
        table, options = self.names.tables[name], self.names.choices[key]
        for row in table:
            if options and row not in options:
                message = say("row_of_no_option", name=name, row=row, of=key)
                raise MeasureError(message, nearest(row, options), (*loc, "table"))
        kinds = {self._literal(cell, (*loc, "table")) for cell in table.values()}
        if len(kinds) != 1:
            raise MeasureError(say("table_mixed", name=name), "", (*loc, "table"))
        return kinds.pop()
