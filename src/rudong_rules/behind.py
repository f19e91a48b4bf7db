"""What the answer about lists and numbers rests on, in words: the entries that fit, the number that came out."""

from __future__ import annotations

from datetime import date
from typing import Any

from .answers import answer, entries_behind, nothing_asked
from .bounds import Bounds, compare
from .events import entry_words
from .expressions import Expression
from .logic import Test
from .measures import NUMBERS, View, bounds
from .selecting import select
from .verdict_data import Source
from .vocabulary import Vocabulary

NOTHING_ASKED = ("没有“每次”所指的这样的记录", "there is no such entry as “every” asks of")
"""What a yes about each entry of a kind rests on where there is none: nothing happened that it tells of."""


def behind(test: Test, view: View, vocabulary: Vocabulary) -> tuple[Source, ...]:
    """Return the entries, with their days, and the number on which an answer rests; nothing while it is not known."""
    if test.sign:
        left, right = bounds(test.left, view), bounds(test.right, view)
        said = compare(left, test.sign, right)
        found = [_entries(test.left, view, vocabulary), _number(test, left, right, vocabulary)]
    else:
        said = answer(test.left, view)
        found = [_entries(test.left, view, vocabulary)]
        if said and nothing_asked(test.left, view):
            found = [NOTHING_ASKED]
    if said is None:
        return ()
    return tuple(Source(value=str(said).lower(), entry=zh, entry_en=en) for zh, en in found if zh)


def _entries(expression: Expression, view: View, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return in words the entries that a question or a count is about."""
    if isinstance(expression, str):
        measure = view.measures.get(expression)
        return _entries(measure, view, vocabulary) if measure is not None else ("", "")
    if not isinstance(expression, dict):
        return "", ""
    ((operator, arguments),) = expression.items()
    if not isinstance(arguments, dict) or not {"of", "in"} & arguments.keys():
        return "", ""
    record = vocabulary.records[arguments.get("of") or arguments["in"]]
    entries = select(arguments, view)[0] if operator in NUMBERS else entries_behind(expression, view)
    return entry_words(record, entries) if entries else ("", "")


def _number(test: Test, left: Bounds, right: Bounds, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return in words what was compared, as far as it is known exactly and not written in the question itself."""
    named = {*vocabulary.scalars, *vocabulary.measures, "as_of"}
    compared = [
        _written(side.value)
        for one, side in ((test.left, left), (test.right, right))
        if (isinstance(one, dict) or one in named) and side.value is not None
    ]
    return (f"实为 {'，对照 '.join(compared)}", f"is {', against '.join(compared)}") if compared else ("", "")


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
