"""Whether a fact can answer a comparison alone, or what it needs beside it: a comparison may read several facts.

A comparison is answered alone by a fact if it is with one of the values that are tried: the days about every day and
year of the case, a list as it stands and complete, every option, numbers and days at their bounds.  What is answered by
another value only is not found, and then said to need what else is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from .bounds import Bounds
from .facts import answered
from .given import Given
from .lacking import lacks
from .measures import View
from .program import Rails
from .questions import Question
from .vocabulary import Record, Scalar

_DAYS = 200
"""How many days are tried."""
_FAR = 10**9
"""A number beyond what is counted in a case."""


def needs(given: Given, question: Question, atom: int, fact: str) -> int:
    """Return how many further facts it takes to answer an atom that may read ``fact``: 0 if the fact can alone."""
    name = question.program.atoms[atom]
    others = [one for one in open_facts(given, question, atom) if one != fact]
    return 0 if not others or alone(given, question, name, fact) else len(others)


def unanswerable(given: Given, question: Question, known: Rails) -> frozenset[int]:
    """Return the atoms of the questions that are not answered although all that they read is given.

    A table that lacks an option has no answer, nor has the latest of no entries: further facts are of no help.
    """
    tests = ((true.bit_length() - 1) >> 1 for true, _, _ in question.asked.tests)
    return frozenset(atom for atom in tests if not known >> 2 * atom & 3 and not open_facts(given, question, atom))


def open_facts(given: Given, question: Question, atom: int) -> tuple[str, ...]:
    """Return the facts behind an atom of which something can still be learnt that bears on it."""
    name, view = question.program.atoms[atom], given.view()
    behind = question.glossary.facts_behind(name)
    if name not in question.rules.tests:
        return behind

    def is_open(fact: str) -> bool:
        if fact not in view.records:
            return not given.gives(fact)
        return not view.records[fact].complete or bool(lacks(given, question, fact, (atom,)))

    return tuple(filter(is_open, behind))


def alone(given: Given, question: Question, atom: str, fact: str) -> bool:
    """Return whether a fact is found to answer an atom without what else is open."""
    test = question.rules.tests.get(atom)
    return test is None or any(answered(test, view) is not None for view in _tried(given, question, fact))


def _tried(given: Given, question: Question, fact: str) -> Iterator[View]:
    """Yield the case as measures see it once a fact has one value, and another."""
    view, vocabulary = given.view(), question.rules.vocabulary
    if fact == "as_of":
        yield from map(given.view_on, islice(_days(view), _DAYS))
    elif fact in vocabulary.records:
        yield from _lists(view, fact, vocabulary.records[fact])
    else:
        scalar = vocabulary.scalars[fact]
        for option in scalar.options:
            yield replace(view, choices={**view.choices, fact: option})
        for end in () if scalar.options else _ends(scalar):
            yield replace(view, scalars={**view.scalars, fact: end})


def _lists(view: View, fact: str, record: Record) -> Iterator[View]:
    """Yield a list that is complete with the entries that it has, and with the yes/no columns that they lack."""
    own = view.records[fact]
    unsure = [name for name, column in record.fields.items() if column.type == "bool"]
    for value in (None, True, False):
        items = tuple(
            {**entry, **{name: value for name in unsure if value is not None and entry.get(name) is None}}
            for entry in own.items
        )
        yield replace(view, records={**view.records, fact: replace(own, items=items, complete=True)})


def _days(view: View) -> Iterator[date]:
    """Yield the days about every day and year that the case names, and the first and the last there are."""
    yield from (date.min, date.max)
    ends = [end for bounds in view.scalars.values() for end in (bounds.low, bounds.high)]
    cells = [value for entries in view.records.values() for entry in entries.items for value in entry.values()]
    for value in dict.fromkeys((*ends, *(cell for cell in cells if isinstance(cell, date | int)))):
        if isinstance(value, date) and date.min < value < date.max:
            yield from (value, value - timedelta(1), value + timedelta(1))
        elif isinstance(value, int) and 1900 <= value < 2200:
            yield from (date(value, 1, 1), date(value + 1, 1, 1))


def _ends(scalar: Scalar) -> tuple[Bounds, Bounds]:
    if scalar.type == "date":
        return Bounds.exactly(date.min), Bounds.exactly(date.max)
    low = scalar.min if scalar.min is not None else -_FAR
    high = scalar.max if scalar.max is not None else _FAR
    return Bounds.exactly(low), Bounds.exactly(high)
