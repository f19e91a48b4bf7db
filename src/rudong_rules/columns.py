"""Which columns of an entry can still matter to questions about its list, given what the entry says already.

An entry of which it is known that no question counts it (a leave, to questions about merits) lacks nothing, whatever
else is not said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .expressions import WHERES, as_where, words_in
from .measures import View
from .selecting import Entry, matches
from .vocabulary import Vocabulary

_MEASURED = ("none", "at", "to", "years", "months", "days")
"""The arguments that are measures themselves."""
DATED = "=dated"
"""What stands for the column by which entries count on a day; no id holds an equals sign."""
_RUNS = ("longest_run", "run_ending")
"""The operators to which an entry matters by its year even where it does not fit."""


def wanted(record: str, entry: Entry, questions: Iterable[Any], view: View, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the columns of a record, not known of the entry, that can matter to one of the questions.

    Questions are measures, as numbers or with an answer of their own; computed columns are traced to those that they
    are computed from.  ``view`` is the case in which the entry stands or will stand.
    """
    found: set[str] = set()
    for expression in questions:
        found.update(_wanted(expression, record, entry, view))
    return frozenset(name for name in _given(record, found, vocabulary) if entry.get(name) is None)


def _wanted(expression: Any, record: str, entry: Entry, view: View) -> Iterator[str]:
    if isinstance(expression, str):
        if expression in view.measures:
            yield from _wanted(view.measures[expression], record, entry, view)
        return
    if not isinstance(expression, dict):
        return
    ((operator, arguments),) = expression.items()
    if isinstance(arguments, list):
        for part in arguments:
            yield from _wanted(part, record, entry, view)
        return
    for key, part in arguments.items():
        for inner in _compared(part) if key in WHERES else [part] if key in _MEASURED else ():
            yield from _wanted(inner, record, entry, view)
    if record not in (arguments.get("of"), arguments.get("in")):
        return
    chosen = {key: where for key, where in as_where(arguments).items() if key in WHERES}
    open_ = [where for where in chosen.values() if matches(entry, where, view) is not False]
    if open_ or not chosen or operator in _RUNS:
        yield from (str(arguments[key]) for key in ("field", "year", "date") if key in arguments)
        if "then" in arguments:
            yield str(arguments.get("date", "date"))
            yield view.records[record].ordered_by
        yield DATED
    for where in open_:
        yield from _columns_in(where, entry, view)


def _compared(where: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the measures with which columns are compared."""
    for name, asked in where.items():
        if name == "any_of":
            for one in asked:
                yield from _compared(one)
        elif isinstance(asked, dict) and "all_of" not in asked:
            yield from asked.values()


def _columns_in(where: Mapping[str, Any], entry: Entry, view: View) -> Iterator[str]:
    """Yield the columns that decide whether the entry fits, but for alternatives that are settled."""
    for name, asked in where.items():
        if name != "any_of":
            yield name
            continue
        fits = [matches(entry, one, view) for one in asked]
        if True not in fits:
            for one, fit in zip(asked, fits, strict=True):
                if fit is None:
                    yield from _columns_in(one, entry, view)


def _given(record: str, names: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the columns that are given, by which those named are given or computed."""
    body = vocabulary.records[record]
    for name in names:
        if name == DATED:
            name = body.dated_by
        if name in body.fields:
            yield name
        elif name in body.computed:
            yield from (one for one in body.fields if one in words_in(body.computed[name].value))
