"""What of a frame gives facts: its columns, in forms that the reader of cases takes, and its rows as cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

import polars as pl

from ..bilingual import Text, listed, say
from ..case_model import MAX_DIGITS
from ..complaints import nearest
from ..errors import CaseError, Problem, Span, did_you_mean, shown
from ..policy import Policy
from ..vocabulary import Vocabulary

_TOO_LARGE = 10**MAX_DIGITS
"""A whole number that is refused, as all beyond it are."""


def facts_of(
    policy: Policy, schema: Mapping[str, pl.DataType], keep: Iterable[str], kept_by: str = "keep_no_facts"
) -> dict[str, str]:
    """Return the fact that each column gives, by column.  Raises CaseError with every column that gives none.

    A column bears the id or the Chinese label of a fact; those in ``keep`` are passed on unread, which ``kept_by`` is
    the message to say.
    """
    vocabulary, names = policy.rules.vocabulary, policy.reader.names
    found: dict[str, str] = {}
    problems = []
    unread = set(keep)
    for name in unread - set(schema):
        problems.append(Problem(Span("keep"), "unknown-column", say("no_column", name=name), nearest(name, schema)))
    for name, kind in schema.items():
        span = Span(say("column", name=name))
        if name in unread:
            continue
        fact = names.get(name)
        if fact is None:
            problems.append(_no_fact(policy, name, kept_by))
        elif fact in found.values():
            message = say("gives_once_more", name=name, fact=policy.reader.labels.called[fact])
            problems.append(Problem(span, "fact-twice", message, say("keep_one_column")))
        else:
            found[name] = fact
            wrong = _wrong_type(vocabulary, fact, kind)
            if wrong:
                message = say(wrong[0], kind=str(kind), fact=policy.reader.labels.called[fact])
                problems.append(Problem(span, "wrong-type", message, wrong[1]))
    if problems:
        raise CaseError(problems)
    return found


def _no_fact(policy: Policy, name: str, kept_by: str = "keep_no_facts") -> Problem:
    hint = did_you_mean(name, policy.reader.labels.written) or say(kept_by)
    return Problem(Span(say("column", name=name)), "unknown-fact", say("no_fact", word=shown(name)), hint)


def refused(policy: Policy, name: str, kind: str) -> Problem:
    """Return what is wrong with a column of something that is no column for polars: what it should be instead."""
    fact = policy.reader.names.get(name)
    wrong = None if fact is None else _wrong_type(policy.rules.vocabulary, fact, pl.Object())
    if fact is None or wrong is None:
        return _no_fact(policy, name)
    message = say(wrong[0], kind=kind, fact=policy.reader.labels.called[fact])
    return Problem(Span(say("column", name=name)), "wrong-type", message, say("in_one_form", hint=wrong[1]))


def _wrong_type(vocabulary: Vocabulary, fact: str, kind: pl.DataType) -> tuple[str, Text] | None:
    """Return the message of what a column is for and a hint of what it should hold, where no cell can be read."""
    nested = isinstance(kind, pl.Struct | pl.List | pl.Array)
    if kind == pl.Null:
        return None
    if fact == "title":
        return None if kind == pl.String else ("for_title", say("make_text"))
    day = kind in (pl.Date, pl.String) or isinstance(kind, pl.Datetime)
    if fact == "as_of":
        return None if day else ("for_day", say("make_date"))
    if fact in vocabulary.findings:
        hint = say("make_boolean_of_text" if kind == pl.String else "make_boolean")
        return None if kind == pl.Boolean or nested else ("for_finding", hint)
    if fact in vocabulary.records:
        return None if nested else ("for_record", say("make_list"))
    scalar = vocabulary.scalars[fact]
    if scalar.type == "choice":
        options = tuple(listed(name, option.label, option.en) for name, option in scalar.options.items())
        return None if is_text(kind) or nested else ("for_choice", say("make_option", names=options))
    if scalar.type == "date":
        return None if day else ("for_date", say("make_date"))
    whole = isinstance(kind, pl.Decimal) and kind.scale == 0
    exact = whole or (scalar.type == "fraction" and (kind == pl.String or kind.is_decimal()))
    fits = kind.is_integer() or kind.is_float() or exact
    return None if fits else ("for_number", say("make_whole" if scalar.type == "int" else "make_fraction"))


def readable(frame: pl.DataFrame, facts: Mapping[str, str]) -> pl.DataFrame:
    """Return the columns that give facts, by id, in forms that the reader takes.

    A float that is whole is a whole number, and midnight a day: frames that know no null for the one, or no date, hold
    them so.  A decimal, which is exact, is written out, or is a whole number where it has no places.
    """
    columns = []
    schema = frame.schema
    for name, fact in facts.items():
        kind, column = schema[name], pl.col(name)
        if isinstance(kind, pl.Datetime):
            column = pl.when(column.dt.time() == time()).then(column.dt.strftime("%Y-%m-%d")).otherwise(
                column.cast(pl.String)
            )  # fmt: skip
        elif kind.is_float():
            column = column.fill_nan(None)
        elif isinstance(kind, pl.Decimal) and kind.scale == 0:
            column = column.clip(-_TOO_LARGE, _TOO_LARGE).cast(pl.Int64)
        elif kind.is_decimal():
            column = column.cast(pl.String)
        columns.append(column.alias(fact))
    # A frame without columns forgets how many rows it has.
    return frame.select(columns) if columns else pl.DataFrame({"title": [None] * frame.height})


def infinite(column: pl.Expr, kind: Any) -> pl.Expr | None:
    """Return where a column of a type holds an infinite number, in lists and structs too; None where it never does.

    Text of JSON has null for it, which would be a fact that is not known.
    """
    if kind.is_float():
        return column.is_infinite()
    if isinstance(kind, pl.Array):
        return infinite(column.arr.to_list(), pl.List(kind.inner))
    if isinstance(kind, pl.List):
        inside = infinite(pl.element(), kind.inner)
        return None if inside is None else column.list.eval(inside).list.any()
    if isinstance(kind, pl.Struct):
        found = (infinite(column.struct.field(one.name), one.dtype) for one in kind.fields)
        some = [one for one in found if one is not None]
        return pl.any_horizontal(some) if some else None
    return None


def is_text(kind: pl.DataType) -> bool:
    """Return whether the cells of a column are text."""
    return kind in (pl.String, pl.Categorical) or isinstance(kind, pl.Enum)


def decoded(row: Mapping[str, Any], encoded: Iterable[str] = ()) -> dict[str, Any]:
    """Return a row as a case: without nulls, cells of JSON text read; one that is no JSON stays as it is."""
    case = {name: _plain(value) for name, value in row.items() if value is not None}
    for name in encoded:
        if isinstance(case.get(name), str):
            try:
                case[name] = json.loads(case[name])
            except ValueError:
                continue
    return case


def _plain(value: Any) -> Any:
    """Return a cell as it would stand in a case: nulls inside records are left out, a whole float is a number.

    What is not a number is null, as in text of JSON.
    """
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None and one == one}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
