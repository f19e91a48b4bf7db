"""What cannot be true of a case although each value is one: facts beyond their limits, entries twice, days to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from .bilingual import Text, listed, say
from .bounds import number
from .case_model import CaseBase, Determination
from .source import Loc
from .vocabulary import Record, Scalar, Vocabulary

Wrong = tuple[Loc, str, Text, Text]
"""A place by id, a code, a message and a hint."""


def impossible(vocabulary: Vocabulary, case: CaseBase) -> Iterator[Wrong]:
    """Yield all that cannot be true of a case."""
    yield from _future(case)
    yield from _beyond(vocabulary.scalars, case)
    yield from _in_lists(vocabulary.records, case)


def _future(case: CaseBase) -> Iterator[Wrong]:
    """Yield every determination that is dated after the case's own day."""
    if case.as_of is None:
        return
    for name in case.model_fields_set:
        given = getattr(case, name)
        several: Iterable[Any] = enumerate(given) if isinstance(given, tuple) else [(None, given)]
        for nth, one in several:
            if isinstance(one, Determination) and one.determined_on and one.determined_on > case.as_of:
                loc: Loc = (name, "determined_on") if nth is None else (name, nth, "determined_on")
                message = say("future", day=one.determined_on, as_of=case.as_of)
                yield loc, "future", message, say("mend_day")


def _beyond(scalars: Mapping[str, Scalar], case: CaseBase) -> Iterator[Wrong]:
    """Yield every single value that is above what it cannot be above."""
    for name, scalar in scalars.items():
        if scalar.limit and name in case.model_fields_set:
            value, most = getattr(case, name), getattr(case, scalar.limit.at_most)
            if None not in (value, most) and scalar.limit.broken(_value(value), _value(most)):
                other = scalars.get(scalar.limit.at_most)
                whole = listed(scalar.limit.at_most, other.label, other.en) if other else say("as_of")
                yield (name,), "impossible", *_above(value, whole, most)


def _in_lists(records: Mapping[str, Record], case: CaseBase) -> Iterator[Wrong]:
    """Yield what cannot be true of the entries of the lists."""
    for name, record in records.items():
        told, seen = getattr(case, name), dict[tuple[Any, ...], int]()
        for nth, entry in enumerate(told.entries if told else ()):
            key = tuple(getattr(entry, column) for column in record.unique)
            if key and None not in key and seen.setdefault(key, nth) != nth:
                cells = zip(record.unique, key, strict=True)
                what = tuple(say("cell", id=one, label=record.fields[one].label, value=value) for one, value in cells)
                message = say("entry_twice", what=what, place=seen[key] + 1)
                yield (name, "entries", nth), "entry-twice", message, say("keep_one")
            for column, message, hint in _in_entry(record, vars(entry)):
                yield (name, "entries", nth, column), "impossible", message, hint


def _in_entry(record: Record, entry: Mapping[str, Any]) -> Iterator[tuple[str, Text, Text]]:
    """Yield each column of an entry that cannot be beside another one, with what is said of it."""

    def called(column: str) -> Text:
        return listed(column, record.fields[column].label, record.fields[column].en)

    for limit in record.limits:
        part, whole = entry[limit.field], entry[limit.at_most]
        if None not in (part, whole) and limit.broken(_value(part), _value(whole)):
            yield limit.field, *_above(part, called(limit.at_most), whole)
    for column, denied in record.denied(entry):
        key = "denied_by_yes" if entry[column] is True else "denied_by_value"
        yield denied, say(key, said=called(column)), say("mend_one")


def _above(value: Any, whole: str, most: Any) -> tuple[Text, Text]:
    """Return what is said of a value above another one, and how to mend it."""
    if isinstance(value, date):
        return say("day_after_day", value=value, whole=whole, most=most), say("mend_days")
    if isinstance(most, date):
        return say("year_after_day", value=value, whole=whole, most=most), say("mend_days")
    return say("part_above_whole", value=value, whole=whole, most=most), say("mend_numbers")


def _value(given: Any) -> Any:
    return given if isinstance(given, date) else number(given)
