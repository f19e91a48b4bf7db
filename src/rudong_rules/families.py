"""Families of minimal sets of facts that make a rail hold, worked out bottom-up on the gates of a program."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from .learnable import Bits, Inputs
from .program import Rail, opposite

UNLIMITED = 1 << 30
"""More bits than any set has."""


class TooManyError(Exception):
    """There are more sets in some part than were asked for."""


class Families:
    """Computes the family of each rail from those of the rails below it.

    A family of more than ``limit`` sets, or of unions beyond counting, is refused (TooManyError); unions of more than
    ``most`` bits are left out.  When ``changing``, what is known may be given up: of ``watched`` inputs a set then says
    what they are even where it is what is known.
    """

    def __init__(self, inputs: Inputs, limit: int, most: int, changing: bool, watched: Bits = 0) -> None:
        self.inputs, self.limit, self.most = inputs, limit, most
        self.changing, self.watched = changing, watched
        self.groups = list(dict.fromkeys(inputs.groups.values()))
        # A choice that is known is always watched: of what is known of it some may be kept while the rest is given up.
        for choice in inputs.choices if changing else ():
            self.watched |= inputs.groups[choice[0]]

    def of(self, goal: Rail) -> list[Bits]:
        """Return the minimal sets of a goal; all of the program is looked at, so it should bear on the goal."""
        program = self.inputs.program
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
        return antichain(way for way in ways if way is not None)

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
        open_ = [part for part in parts if part != [0]]
        need -= len(parts) - len(open_)
        if need <= 0:
            return [0]
        parts = sorted((part for part in open_ if part), key=len)
        if need > len(parts):
            return []
        if need == 1:
            return self._any(parts) if len(parts) > 1 else parts[0]
        # After each part, the sets that make 0, 1, … of the parts so far hold, as far as enough may still come.
        ways: list[list[Bits]] = [[0], *[[] for _ in range(need)]]
        for nth, part in enumerate(parts):
            first = max(1, need - (len(parts) - 1 - nth))
            for held in range(min(need, nth + 1), first - 1, -1):
                both = self._both(ways[held - 1], part)
                ways[held] = self._any([ways[held], both]) if ways[held] else both
        return ways[need]

    def _any(self, families: list[list[Bits]]) -> list[Bits]:
        return self._cut(antichain(one for family in families for one in family))

    def _both(self, left: list[Bits], right: list[Bits]) -> list[Bits]:
        """Return the minimal unions of a set of each family."""
        if left == [0]:
            return right
        if len(left) * len(right) > self.limit * self.limit // 4:
            raise TooManyError
        some, others = reduce(or_, left, 0), reduce(or_, right, 0)
        shared = [group for group in self.groups if some & group and others & group]
        every = [one | other for one in left for other in right]
        if self.most < UNLIMITED:
            every = [one for one in every if (one & ~self.inputs.base).bit_count() <= self.most]
        if not shared:
            # Sets over different inputs: no union contradicts itself, none holds another.
            every.sort(key=int.bit_count)
            return self._cut(every)
        taken = 0 if self.changing else self.inputs.base
        return self._cut(antichain(one for one in every if all((one | taken) & group != group for group in shared)))

    def _cut(self, family: list[Bits]) -> list[Bits]:
        if len(family) > self.limit:
            raise TooManyError
        return family


def antichain(sets: Iterable[Bits]) -> list[Bits]:
    """Return the sets that hold no other one, those of fewest bits first."""
    kept: list[Bits] = []
    for one in sorted(set(sets), key=lambda one: (one.bit_count(), one)):
        if not any(smaller & one == smaller for smaller in kept):
            kept.append(one)
    return kept
