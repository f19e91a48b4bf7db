"""Minimal sets of facts that make a rail hold, found bottom-up on the gates of a program.

Sets are those of :mod:`learnable`: bits, each of which rules out a value of an input.  A set is minimal when no other
says less, what follows from it taken in: 负面影响 is not asked to be 重大 where the lesser is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from .engines.fixpoint import least_model
from .learnable import Bits as Bits
from .learnable import Inputs as Inputs
from .program import Rail, Rails, bits, members, opposite

LIMIT = 64
"""How many sets are kept for one rail, and how many of each of two families are combined at most, squared."""
SIZES = (1 << 30, 3, 1)
"""The bits that a set may have, one after the other until there are no more than LIMIT sets in any part."""
MENDED = 10
"""How many sets that no case can be are made such that one can, the smallest first."""
_TRIES = 400
"""How many cases are decided in search of one set where no small one is found."""


class _TooManyError(Exception):
    """There are more sets than LIMIT in some part."""


@dataclass(frozen=True)
class Family:
    """Minimal sets, those of fewest inputs first; every one of them when ``complete``."""

    sets: tuple[Bits, ...]
    complete: bool


def additions(inputs: Inputs, goal: Rail, limit: int = LIMIT) -> Family:
    """Return the minimal sets of what is not known that make the goal hold.

    Where they are too many, every one of at most 3 bits or 1 is returned, and where there is none, one set, which is
    minimal all the same; it may be missing only after _TRIES.
    """
    if least_model(inputs.program, inputs.closed(inputs.known | inputs.fixed)) >> opposite(goal) & 1:
        return Family((), True)
    inputs = replace(inputs, program=inputs.program.slice([goal]))

    def find(most: int) -> tuple[list[Bits], bool]:
        return _antichain(filter(inputs.coherent, _Search(inputs, limit, most, changing=False).sets(goal))), True

    return _family(inputs, goal, inputs, find)


def changes(inputs: Inputs, goal: Rail, limit: int = LIMIT) -> Family:
    """Return the minimal sets of what is known otherwise, and of what is not known beside, that make the goal hold.

    Where they are too many, as in :func:`additions`.
    """
    inputs = replace(inputs, program=inputs.program.slice([goal]))
    blank = replace(inputs, known=0)
    found = _family(inputs, goal, blank, lambda most: _changed(inputs, goal, limit, most))
    sets = (s for s in found.sets if any(inputs.contradicts(s & group, group) for group in inputs.touched(s)))
    return Family(tuple(sets), found.complete)


def _family(inputs: Inputs, goal: Rail, start: Inputs, find: Callable[[int], tuple[list[Bits], bool]]) -> Family:
    """Return what ``find`` finds within the largest size at which sets are not too many, or one set from ``start``."""
    with suppress(_TooManyError):
        sets, complete = find(SIZES[0])
        if sets or complete:
            return Family(_weakest(inputs, sets), complete)
    one, sure = _reached(inputs, start, goal)
    if one is None:
        return Family((), sure)
    for most in SIZES[1:]:
        with suppress(_TooManyError):
            sets, _ = find(most)
            if sets:
                # What is weaker may be larger than what was looked for.
                return Family(_weakest(inputs, (_weakened(inputs, goal, one) for one in sets)), False)
            break
    return Family((_shrunk(inputs, goal, one),), False)


def _changed(inputs: Inputs, goal: Rail, limit: int, most: int) -> tuple[list[Bits], bool]:
    """Return the minimal sets that change or add, and whether they are all.

    Beside a set that no case can be, what it clashes with is given up too, one way of it and for the first MENDED sets;
    others are not looked for.
    A fact that is given up must not be needed as it was.  Which facts that concerns is found out by deciding again:
    the search is repeated with the eyes on them until every set that it finds does what it says.
    """
    watched: Bits = 0
    while True:
        search = _Search(inputs, limit, most, changing=True, watched=watched)
        found = _antichain(inputs.projected(one) for one in search.sets(goal))
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
            coherent += [_shrunk(inputs, goal, one) for one in mended if one is not None]
            return _antichain(coherent), not left_out
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
    return _spare(core, [1 << rail for rail in members(core)], lambda one: not inputs.together.possible(own | one))


def _reached(inputs: Inputs, start: Inputs, goal: Rail) -> tuple[Bits | None, bool]:
    """Return some set that makes the goal hold, what is known now tried first, and whether there is none without it."""
    used = {atom for atom in start.program.index.values() if atom in start.groups}
    groups = list(dict.fromkeys(group for atom, group in start.groups.items() if atom in used))
    groups.sort(key=lambda group: not group & inputs.base)
    (prepared, may), tries = inputs.prepared, _TRIES
    told, possible = inputs.together.rails, inputs.together.possible

    def said(value: Bits, group: Bits) -> tuple[Bits, Rails, Rails]:
        """Return a value, the rails of it and of what it implies, and all that follows from its own alone."""
        own = start.rails(value) & start.both_rails(group)
        return value, inputs.closed(own), prepared.closed(own & may)

    values = [[said(value, group) for value in _values(inputs, start, group)] for group in groups]
    # From a place on, all that any value may still bring about.
    ahead = [prepared.always]
    for every in reversed(values):
        follows = ahead[-1]
        for _, _, brought in every:
            follows |= brought
        ahead.append(follows)
    ahead.reverse()

    def reach(place: int, learnt: Bits, given: Rails, follows: Rails) -> Bits | None:
        """Give the inputs from a place on values; ``given`` is known by now, ``follows`` what follows from it."""
        nonlocal tries
        if place == len(groups):
            return learnt if inputs.holds(goal, inputs.projected(learnt)) else None
        for value, known, closed in values[place]:
            tries -= 1
            if tries < 0 or inputs.clash(given | known) or (known & told and not possible(given | known)):
                continue
            if prepared.model(follows | closed | ahead[place + 1]) >> goal & 1:
                found = reach(place + 1, learnt | value, given | known, follows | closed)
                if found is not None:
                    return found
        return None

    found = reach(0, 0, start.fixed, prepared.always)
    return None if found is None else inputs.projected(found), tries >= 0


def _values(inputs: Inputs, start: Inputs, group: Bits) -> list[Bits]:
    """Return the values that an input may have, as bits: the one that is known first, and "no" before "yes"."""
    if group.bit_length() - 1 >> 1 in inputs.chosen:
        every = [group & ~(1 << rail) for rail in members(group)]
    else:
        every = [1 << rail for rail in members(group)]
    may = [one for one in reversed(every) if not start.contradicts(one, group)]
    return sorted(may, key=lambda one: inputs.contradicts(one, group))


class _Search:
    """Computes the family of a rail from those of the rails below it."""

    def __init__(self, inputs: Inputs, limit: int, most: int, changing: bool, watched: Bits = 0) -> None:
        self.inputs, self.limit, self.most = inputs, limit, most
        self.changing, self.watched = changing, watched
        self.groups = list(dict.fromkeys(inputs.groups.values()))
        # A choice that is known is always watched: of what is known of it some may be kept while the rest is given up.
        for choice in inputs.choices:
            self.watched |= inputs.groups[choice[0]] & -(changing)

    def sets(self, goal: Rail) -> list[Bits]:
        """Return the minimal sets of a goal."""
        program = self.inputs.program.slice([goal])
        found: dict[Rail, list[Bits]] = {}
        derived = program.by_head
        for gate in program.gates:
            for rail in gate.body:
                if rail not in found and rail not in derived:
                    found[rail] = self._leaf(rail)
            own = self._at_least(gate.need, [found[rail] for rail in gate.body])
            before = found.get(gate.head)
            found[gate.head] = own if not before else self._any([before, own])
        return found[goal] if goal in found else self._leaf(goal)

    def _leaf(self, rail: Rail) -> list[Bits]:
        if self.inputs.fixed >> rail & 1:
            return [0]
        ways = (self._learnt(one) for one in (rail, *self.inputs.tellers.get(rail, ())))
        return _antichain(way for way in ways if way is not None)

    def _learnt(self, rail: Rail) -> Bits | None:
        """Return what must be learnt for the rail of an input to hold, and known otherwise; None where it cannot."""
        inputs = self.inputs
        if inputs.fixed >> opposite(rail) & 1 or rail >> 1 not in inputs.groups:
            return None
        own, group, denying = inputs.bits(rail), inputs.groups[rail >> 1], inputs.denying(rail)
        if not self.changing and (denying or inputs.contradicts(own, group)):
            return None
        return (own if self.changing and group & self.watched else own & ~inputs.base) | inputs.opposites(denying)

    def _at_least(self, need: int, parts: list[list[Bits]]) -> list[Bits]:
        """Return the minimal sets that make so many of the parts hold."""
        need -= sum(part[:1] == [0] for part in parts)
        parts = sorted((part for part in parts if part and part[0]), key=len)
        if need <= 0:
            return [0]
        if need > len(parts):
            return []
        if need == 1:
            return self._any(parts)
        # After each part, the sets that make 0, 1, … of the parts so far hold, as far as enough may still come.
        ways: list[list[Bits]] = [[0], *[[] for _ in range(need)]]
        for nth, part in enumerate(parts):
            first = max(1, need - (len(parts) - 1 - nth))
            for held in range(min(need, nth + 1), first - 1, -1):
                both = self._both(ways[held - 1], part)
                ways[held] = self._any([ways[held], both]) if ways[held] else both
        return ways[need]

    def _any(self, families: list[list[Bits]]) -> list[Bits]:
        return self._cut(_antichain(one for family in families for one in family))

    def _both(self, left: list[Bits], right: list[Bits]) -> list[Bits]:
        """Return the minimal unions of a set of each family."""
        if left == [0]:
            return right
        if len(left) * len(right) > self.limit * self.limit // 4:
            raise _TooManyError
        some, others = reduce(or_, left, 0), reduce(or_, right, 0)
        shared = [group for group in self.groups if some & group and others & group]
        every = [one | other for one in left for other in right]
        if self.most < SIZES[0]:
            every = [one for one in every if (one & ~self.inputs.base).bit_count() <= self.most]
        if not shared:
            # Sets over different inputs: no union contradicts itself, none holds another.
            every.sort(key=int.bit_count)
            return self._cut(every)
        taken = 0 if self.changing else self.inputs.base
        return self._cut(_antichain(one for one in every if all((one | taken) & group != group for group in shared)))

    def _cut(self, family: list[Bits]) -> list[Bits]:
        if len(family) > self.limit:
            raise _TooManyError
        return family


def _antichain(sets: Iterable[Bits]) -> list[Bits]:
    """Return the sets that hold no other one, those of fewest bits first."""
    kept: list[Bits] = []
    for one in sorted(set(sets), key=lambda one: (one.bit_count(), one)):
        if not any(smaller & one == smaller for smaller in kept):
            kept.append(one)
    return kept


def _shrunk(inputs: Inputs, goal: Rail, learnt: Bits) -> Bits:
    """Return a set without what can be spared, first whole inputs, then single bits of a choice."""
    learnt = _spare(learnt, inputs.touched(learnt), lambda one: inputs.holds(goal, one))
    return _weakened(inputs, goal, learnt)


def _spare(whole: Bits, parts: Sequence[Bits], enough: Callable[[Bits], bool]) -> Bits:
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


def _weakened(inputs: Inputs, goal: Rail, learnt: Bits) -> Bits:
    """Return a set in which nothing stands where a part of what follows from it would do, and nothing can be spared."""
    unknown = reduce(or_, inputs.groups.values(), 0) & ~inputs.base
    said = {rail: inputs.closed(1 << rail) for rail in members(inputs.closed(learnt) & unknown | learnt)}
    learnt = bits(said)
    # What more follows from goes first: once it is spared, nothing that is left brings what it said with it.
    for rail in sorted(said, key=lambda rail: (-said[rail].bit_count(), rail)):
        if inputs.holds(goal, learnt & ~(1 << rail)):
            learnt &= ~(1 << rail)
    return learnt


def _weakest(inputs: Inputs, sets: Iterable[Bits]) -> tuple[Bits, ...]:
    """Return the sets of which none says all that another says, those of fewest inputs first."""
    kept: list[Bits] = []
    said = {one: inputs.closed(one) for one in sets}
    for one in sorted(said, key=lambda one: (said[one].bit_count(), one.bit_count(), one)):
        if not any(weaker & said[one] == weaker for weaker in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (len(inputs.touched(one)), one.bit_count(), one)))
