"""What comes of a whole grid in one pass: each rail is an integer with a bit for every combination of the values.

A grid can be decided so where each axis says by itself which rails its values make known — bare findings, choices that
no measure reads, and readings — and no case contradicts itself.  All else is decided row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

from .many import Cases, least_models
from .program import Rail, Rails, members, opposite, true_rail
from .questions import Question

READING = "reading:"
"""What stands before the name of a reading that is an axis."""
OPEN = ("contradicted", "undetermined")
"""The states of a case that comes to no outcome, and might."""
WARNED = "※"
"""Beside the outcome of a case of which the verdict warns; ⚠ is the sign of an outcome in a grid."""


class Came(NamedTuple):
    """What comes of one case of a grid: its outcome, or the status where there is none, and what it is warned of."""

    outcome: str
    cautions: tuple[str, ...]


Axis = Sequence[Rails]
"""For each value the rails that it makes known."""


def axis_of(question: Question, name: str, values: Sequence[Any]) -> Axis | None:
    """Return what the values of a fact (by id) or of a ``reading:ID`` make known; None where a row must be read."""
    if name.startswith(READING):
        return [question.reading_rails({name.removeprefix(READING): value}) for value in values]
    asked = question.asked
    if name in asked.findings and name not in asked.bare.true:
        return None  # What contradicts it may show in no rail.
    told: Mapping[Any, Rails] | None = asked.findings.get(name) or asked.choices.get(name)
    kind = bool if name in asked.findings else str
    if told is None or name in asked.looked_up:
        return None
    if any(value is not None and value.__class__ is not kind for value in values):
        return None
    return [0 if value is None else told[value] for value in values]


def all_cases(question: Question, known: Rails, axes: Sequence[Axis]) -> list[Came] | None:
    """Return what comes of every combination; the last axis turns fastest.  None where one contradicts itself.

    ``known`` are the rails of what is the same throughout.
    """
    size = prod(map(len, axes))
    every = (1 << size) - 1
    told: dict[Rail, Cases] = dict.fromkeys(members(known), every)
    inner = size
    for axis in axes:
        period, inner = inner, inner // len(axis)
        for place, rails in enumerate(axis):
            # So many cases in a row, once in every period.
            where = ((1 << inner) - 1 << place * inner) * (every // ((1 << period) - 1))
            for rail in members(rails):
                told[rail] = told.get(rail, 0) | where
    if any(where & told.get(opposite(rail), 0) for rail, where in told.items()):
        return None
    model = least_models(question.program, told, every)
    found = ["undetermined" if question.rungs else "profile"] * size
    left = every
    for name, rail in question.rungs:
        for case in members(left & model.get(rail, 0)):
            found[case] = name
        left &= ~model.get(rail, 0)
    warned = {name: model.get(true_rail(question.program.index[name]), 0) for name in question.cautions}
    held = {name: where for name, where in warned.items() if where}
    return [
        Came(outcome, tuple(name for name, where in held.items() if where >> case & 1))
        for case, outcome in enumerate(found)
    ]
