"""Minimal sets of facts that make a rail hold.

Sets are those of :mod:`learnable`: bits, each of which rules out a value of an input.  A set is minimal when no other
says less, what follows from it taken in: 负面影响 is not asked to be 重大 where the lesser is enough.  All are found by
their :mod:`families`; where these are too large, the small ones, or one by :mod:`backtracking`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from .backtracking import some_set
from .engines.fixpoint import least_model
from .families import UNLIMITED, Families, TooManyError, antichain
from .learnable import Bits, Inputs
from .program import Rail, Rails, bits, members, opposite
from .shrinking import shrunk, spare, weakened, weakest

LIMIT = 64
"""How many sets are kept for one rail, and how many of each of two families are combined at most, squared."""
SIZES = (UNLIMITED, 3, 1)
"""The bits that a set may have, one after the other until there are no more than LIMIT sets in any part."""
MENDED = 10
"""How many sets that no case can be are made such that one can, the smallest first."""


@dataclass(frozen=True)
class Family:
    """Minimal sets, those of fewest inputs first; every one of them when ``complete``."""

    sets: tuple[Bits, ...]
    complete: bool


def additions(
    inputs: Inputs, goal: Rail, limit: int = LIMIT, others: Callable[[], Iterable[Rails]] = tuple
) -> Family:  # fmt: skip
    """Return the minimal sets of what is not known that make the goal hold.

    Where they are too many, every one of at most 3 bits or 1 is returned, and where there is none, one set, which is
    minimal all the same; it may be missing only after ``backtracking.TRIES``, where none of the rails of ``others``,
    which may make it hold, do.
    """
    if least_model(inputs.program, inputs.closed(inputs.known | inputs.fixed)) >> opposite(goal) & 1:
        return Family((), True)
    inputs = inputs.answerable().towards(goal)

    def find(most: int) -> tuple[list[Bits], bool]:
        return antichain(filter(inputs.coherent, Families(inputs, limit, most, changing=False).of(goal))), True

    found = _family(inputs, goal, inputs, find)
    if not found.sets and not found.complete:
        sets = (_bits_of(inputs, rails) for rails in others())
        one = next((one for one in sets if inputs.holds(goal, one)), None)
        found = Family((shrunk(inputs, goal, one),), False) if one is not None else found
    return found


def _bits_of(inputs: Inputs, rails: Rails) -> Bits:
    found = 0
    for rail in members(rails):
        found |= inputs.bits(rail) if rail >> 1 in inputs.groups else 0
    return found


def changes(inputs: Inputs, goal: Rail, limit: int = LIMIT) -> Family:
    """Return the minimal sets of what is known otherwise, and of what is not known beside, that make the goal hold.

    What an input that is stuck reads would have to be otherwise.  Where they are too many, as in :func:`additions`.
    """
    inputs = inputs.towards(goal)
    stuck = {inputs.groups[atom] for atom in inputs.stuck}
    blank = replace(inputs, known=0)
    found = _family(inputs, goal, blank, lambda most: _changed(inputs, goal, limit, most))
    sets = (
        one
        for one in found.sets
        if any(group in stuck or inputs.contradicts(one & group, group) for group in inputs.touched(one))
    )
    return Family(tuple(sets), found.complete)


def _family(inputs: Inputs, goal: Rail, start: Inputs, find: Callable[[int], tuple[list[Bits], bool]]) -> Family:
    """Return what ``find`` finds within the largest size at which sets are not too many, or one set from ``start``."""
    with suppress(TooManyError):
        sets, complete = find(SIZES[0])
        if sets or complete:
            return Family(weakest(inputs, sets), complete)
    for most in SIZES[1:]:
        with suppress(TooManyError):
            sets, _ = find(most)
            if sets:
                # What is weaker may be larger than what was looked for.
                return Family(weakest(inputs, (weakened(inputs, goal, one) for one in sets)), False)
            break
    one, sure = some_set(inputs, start, goal)
    if one is None:
        return Family((), sure)
    return Family((shrunk(inputs, goal, one),), False)


def _changed(inputs: Inputs, goal: Rail, limit: int, most: int) -> tuple[list[Bits], bool]:
    """Return the minimal sets that change or add, and whether they are all.

    Beside a set that no case can be, what it clashes with is given up too, one way of it and for the first MENDED sets;
    others are not looked for.
    A fact that is given up must not be needed as it was.  Which facts that concerns is found out by deciding again:
    the search is repeated with the eyes on them until every set that it finds does what it says.
    """
    watched: Bits = 0
    while True:
        families = Families(inputs, limit, most, changing=True, watched=watched)
        found = antichain(inputs.projected(one) for one in families.of(goal))
        more = watched
        for one in found:
            if not inputs.holds(goal, one):
                for group in inputs.touched(one):
                    more |= group if inputs.contradicts(one, group) else 0
        if more == watched:
            coherent = list(filter(inputs.coherent, found))
            blank = replace(inputs, known=0)
            left_out = [one for one in found if one not in coherent and blank.coherent(one)]
            mended = (_mended(inputs, goal, one) for one in left_out[:MENDED])
            coherent += [shrunk(inputs, goal, one) for one in mended if one is not None]
            return antichain(coherent), not left_out
        watched = more


def _mended(inputs: Inputs, goal: Rail, learnt: Bits, most: int = 3) -> Bits | None:
    """Return a set with as little more as may be of what is known about lists given up, so that a case can be so.

    None if no more than ``most`` given up are enough.
    """
    sets = [learnt]
    for given_up in range(most + 1):
        if given_up:
            more = (one | 1 << opposite(rail) for one in sets for rail in members(_in_the_way(inputs, one)))
            sets = list(dict.fromkeys(more))
        found = next((one for one in sets if inputs.holds(goal, one)), None)
        if found is not None:
            return found
    return None


def _in_the_way(inputs: Inputs, learnt: Bits) -> Rails:
    """Return what is known about lists that cannot stand beside a set, none of it to be spared; 0 where all can."""
    if inputs.together.possible(inputs.closed(inputs.rails(learnt))):
        return 0
    touched = bits(rail for group in inputs.touched(learnt) for rail in members(group))
    core = inputs.known & inputs.together.rails & ~touched
    own = inputs.closed(inputs.rails(learnt)) & ~core
    return spare(core, [1 << rail for rail in members(core)], lambda one: not inputs.together.possible(own | one))
