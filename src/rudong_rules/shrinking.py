"""What can be spared of a set of facts that makes a goal hold: whole inputs, single values, and what others say too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_

from .learnable import Bits, Inputs
from .program import Rail, bits, members


def spare(whole: Bits, parts: Sequence[Bits], enough: Callable[[Bits], bool]) -> Bits:
    """Return what is left of a whole that is enough once no part of it can be spared; many at once are tried first."""
    size = len(parts)
    while size:
        for start in range(0, len(parts), size):
            without = whole & ~reduce(or_, parts[start : start + size])
            if without != whole and enough(without):
                whole = without
        parts = [part for part in parts if part & whole]
        size //= 2
    return whole


def shrunk(inputs: Inputs, goal: Rail, learnt: Bits) -> Bits:
    """Return a set without what can be spared, first whole inputs, then single bits of a choice."""
    learnt = spare(learnt, inputs.touched(learnt), lambda one: inputs.holds(goal, one))
    return weakened(inputs, goal, learnt)


def weakened(inputs: Inputs, goal: Rail, learnt: Bits) -> Bits:
    """Return a set in which nothing stands where a part of what follows from it would do, and nothing can be spared."""
    unknown = reduce(or_, inputs.groups.values(), 0) & ~inputs.base
    said = {rail: inputs.closed(1 << rail) for rail in members(inputs.closed(learnt) & unknown | learnt)}
    learnt = bits(said)
    # What more follows from goes first: once it is spared, nothing that is left brings what it said with it.
    for rail in sorted(said, key=lambda rail: (-said[rail].bit_count(), rail)):
        if inputs.holds(goal, learnt & ~(1 << rail)):
            learnt &= ~(1 << rail)
    return learnt


def weakest(inputs: Inputs, sets: Iterable[Bits]) -> tuple[Bits, ...]:
    """Return the sets of which none says all that another says, those of fewest inputs first."""
    kept: list[Bits] = []
    said = {one: inputs.closed(one) for one in sets}
    for one in sorted(said, key=lambda one: (said[one].bit_count(), one.bit_count(), one)):
        if not any(weaker & said[one] == weaker for weaker in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (len(inputs.touched(one)), one.bit_count(), one)))
