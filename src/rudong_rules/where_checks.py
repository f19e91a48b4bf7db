"""What a ``where`` must be to choose entries of a record: its columns, each with what it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any

from .as_typed import truth
from .bilingual import Hint, Text, say
from .bounds import COMPARISONS, OF_NUMBERS, literal
from .complaints import nearest
from .errors import shown
from .expressions import Expression, MeasureError, ValueKind
from .source import KEY, Loc
from .vocabulary import Record, RecordField

KindAt = Callable[[Expression, Loc], ValueKind]
"""Returns the kind of an expression at a place.  Raises MeasureError when it is no measure."""
_COMPARED: dict[str, ValueKind] = {"int": "number", "fraction": "number", "date": "date"}


def check_where(where: Any, record: Record, kind: KindAt, loc: Loc, *, readings: bool = False) -> None:
    """Refuse what chooses no entries of a record.  ``kind`` looks at the other side of a comparison.

    With ``readings`` a reading may choose among what is asked for (:mod:`wheres`).  Raises MeasureError.
    """
    if not isinstance(where, dict):
        raise MeasureError(say("where_fields"), say("write_field"), loc)
    for name, wanted in where.items():
        here = (*loc, name)
        if name == "by_reading" and readings:
            _by_reading(wanted, where, record, kind, here)
            continue
        if name == "any_of":
            if not isinstance(wanted, list) or not wanted:
                raise MeasureError(say("takes_alternatives"), say("write_alternatives"), here)
            for nth, one in enumerate(wanted):
                check_where(one, record, kind, (*here, nth))
            continue
        column = column_of(record, name, (*_COMPARED, "choice", "choices", "bool", "text"), (*here, KEY))
        if isinstance(wanted, dict) and set(wanted) == {"all_of"} and column.type == "choices":
            if not isinstance(wanted["all_of"], list):
                raise MeasureError(say("takes_options"), say("write_list"), (*here, "all_of"))
            check_options(column, wanted["all_of"], (*here, "all_of"))
        elif isinstance(wanted, dict) and wanted:
            _compared(name, column, wanted, kind, here)
        elif column.type in ("choice", "choices"):
            check_options(column, wanted, here)
        else:
            _equal(name, column, wanted, here)


def _by_reading(readings: Any, where: Mapping[str, Any], record: Record, kind: KindAt, loc: Loc) -> None:
    """Check what each option of each reading asks for beside the other fields of ``where``."""
    each = list(readings.values()) if isinstance(readings, dict) else []
    if not each or not all(isinstance(one, dict) for one in each):
        raise MeasureError(say("takes_readings"), say("write_readings"), loc)
    asked = {*where, *readings}
    for reading, options in readings.items():
        for option, fields in options.items():
            here = (*loc, reading, option)
            if fields is not False:
                check_where(fields, record, kind, here, readings=True)
            if twice := sorted(asked & fields_in(fields)):
                key = "field_twice" if twice[0] in where or twice[0] not in readings else "reading_twice"
                raise MeasureError(say(key, name=twice[0]), say("leave_out_of_one"), (*here, twice[0], KEY))
        asked |= set().union(*map(fields_in, options.values()))


def fields_in(where: Any) -> set[str]:
    """Return the fields and readings that stand in a ``where``, those inside its readings too."""
    inside = where.get("by_reading", {}) if isinstance(where, dict) else {}
    parts = (fields for options in inside.values() for fields in options.values())
    return {*(where or ()), *inside} - {"by_reading"} | set().union(*map(fields_in, parts))


def _compared(name: str, column: RecordField, wanted: Mapping[str, Any], kind: KindAt, loc: Loc) -> None:
    for sign, right in wanted.items():
        if sign not in COMPARISONS or column.type not in _COMPARED:
            what = say("not_compared_with", name=name, sign=sign)
            hint = nearest(sign, COMPARISONS) if column.type in _COMPARED else say("write_value", name=name)
            raise MeasureError(what, hint, (*loc, sign, KEY))
        if (found := kind(right, (*loc, sign))) != _COMPARED[column.type]:
            wanted_kind = say(f"kind_{_COMPARED[column.type]}")
            what = say("compared_with_other", name=name, wanted=wanted_kind, kind=say(f"kind_{found}"))
            raise MeasureError(what, "", (*loc, sign))
        if found == "number" and sign in OF_NUMBERS:
            raise MeasureError(*dates_alone(sign), (*loc, sign, KEY))
    said = {sign: value for sign, right in wanted.items() if (value := literal(right)) is not None}
    for one, other in combinations(said, 2):
        if _apart(COMPARISONS[one], said[one], COMPARISONS[other], said[other]):
            told = [f"{COMPARISONS[sign]} {wanted[sign]}" for sign in (one, other)]
            message = say("nothing_between", name=name, one=told[0], other=told[1])
            raise MeasureError(message, say("mend_one"), (*loc, other))


def _apart(sign: str, value: Any, other_sign: str, other: Any) -> bool:
    """Return whether nothing compares so with both of two literals: one asks for more than the other allows."""
    pairs = ((sign, value), (other_sign, other))
    least, most = ([pair for pair in pairs if pair[0] in signs] for signs in (">≥=", "<≤="))
    return any(
        low > high or (low == high and (above == ">" or below == "<")) for above, low in least for below, high in most
    )


def dates_alone(sign: str) -> tuple[Text, Text]:
    """Return what is said of a comparison of days that is written of numbers, and how it is called of these."""
    return say("dates_alone", sign=sign), say("write_so", form=OF_NUMBERS[sign])


def column_of(record: Record, name: Any, types: tuple[str, ...], loc: Loc) -> RecordField:
    """Return a column of one of some types.  Raises MeasureError where the record has none of that name."""
    column = record.columns.get(name) if isinstance(name, str) else None
    if column is None:
        message = say("no_field", record=say("in_both", zh=record.label, en=record.en), name=shown(name))
        named = isinstance(name, str) and name in record.named
        raise MeasureError(message, say("name_alone", name=name) if named else nearest(name, record.columns), loc)
    if column.type not in types:
        raise MeasureError(say("field_of_type", name=name, type=column.type), say("expected_type", either=types), loc)
    return column


def _equal(name: str, column: RecordField, wanted: Any, loc: Loc) -> None:
    """Refuse a value that no entry can have in the column."""
    if column.type in ("fraction", "date"):
        compared = say("field_is_compared", name=name, type=column.type)
        raise MeasureError(compared, say("write_so", form=f"{name}: {{equals: …}}"), loc)
    for place, value in _each(wanted):
        if type(value) is not {"bool": bool, "int": int}.get(column.type, str):
            message = say("does_not_fit", name=name, type=column.type, value=shown(value))
            meant = truth(value, column.label) if isinstance(value, str) and column.type == "bool" else None
            hint: Hint = "" if meant is None else say("write_so", form=str(meant).lower())
            raise MeasureError(message, hint, (*loc, *place))


def check_options(column: RecordField, wanted: Any, loc: Loc) -> None:
    """Refuse what is no option of a column, nor a list of them.  Raises MeasureError."""
    for place, option in _each(wanted):
        if not isinstance(option, str) or option not in column.options:
            message = say("no_column_option", value=shown(option))
            raise MeasureError(message, nearest(option, column.options), (*loc, *place))


def _each(wanted: Any) -> Iterator[tuple[Loc, Any]]:
    """Yield one value, or each of a list with its place; an empty list is one value, and never fits."""
    if isinstance(wanted, list) and wanted:
        yield from (((place,), value) for place, value in enumerate(wanted))
    else:
        yield (), wanted
