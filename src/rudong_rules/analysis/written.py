"""The values of a model of the solver, as a case writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import z3

from ..vocabulary import Record, RecordField, Scalar
from .days import FIRST_YEAR, as_day


def written_entry(model: Any, record: Record, columns: Mapping[str, Any], texts: Sequence[str]) -> dict[str, Any]:
    """Return an entry with the columns that were asked about, and some value in every other one that it must have.

    A column whose value would imply what the entry denies is left out.
    """
    fields = record.fields
    found = {name: written(model, term, fields[name], texts) for name, term in columns.items()}
    for name, column in fields.items():
        if column.required and name not in found:
            found[name] = _any(column)
    denied = {name for name, _ in record.denied(found)}
    return {name: found[name] for name in fields if name in found and name not in denied}


def _any(kind: RecordField) -> Any:
    """Return some value for a column that nobody asked about."""
    match kind.type:
        case "choice":
            return next(iter(kind.options))
        case "choices":
            return []
        case "date":
            return f"{FIRST_YEAR}-01-01"
        case "bool":
            return False
        case "text":
            return "…"
        case _:
            return max(kind.min if kind.min is not None else 0, 0)


def written(model: Any, term: Any, kind: Scalar | RecordField, texts: Sequence[str]) -> Any:
    """Return the value that a model gives to a scalar or column, as a case writes it."""
    if isinstance(term, dict):
        return [option for option, holds in term.items() if model.eval(holds, model_completion=True)]
    value = value_of(model, term)
    match kind.type:
        case "date":
            return as_day(value).isoformat()
        case "choice":
            return list(kind.options)[value]
        case "text":
            return ("…", *texts)[value]
        case "fraction":
            return str(value)
    return value


def value_of(model: Any, term: Any) -> Any:
    """Return the value of a variable in a model, exactly."""
    found = model.eval(term, model_completion=True)
    if z3.is_bool(found):
        return z3.is_true(found)
    return Fraction(found.numerator_as_long(), found.denominator_as_long()) if z3.is_real(found) else found.as_long()
