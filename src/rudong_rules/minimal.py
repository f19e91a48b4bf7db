"""Minimal sets of facts that make a rail hold, found bottom-up on the gates of a program.

What may be learnt of an input is a set of *bits*, each of which rules out a value: of a yes/no question one of its two
rails, of a choice the denial of an option.  An option is the denial of all others, so that what is known together is
the union of bits, what follows from what is inclusion, and a set is consistent while it leaves each input a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from .engines.fixpoint import least_model
from .program import Program, Rail, Rails, bits, false_rail, members, opposite, true_rail

Bits = int
LIMIT = 64
"""How many sets are kept for one rail; beyond it the smallest are, and the family says that it is not complete."""
_PRODUCT = 32
"""How many sets of each of two families are combined; beyond it as in LIMIT."""
SMALL = 3
"""The size up to which sets are looked for where all of them are too many."""
_ANY = 1 << 30
_SHRUNK = 8
"""How many sets of a family that is not complete are made minimal one by one, and returned."""


@dataclass(frozen=True)
class Inputs:
    """What is known of the inputs of a program.

    ``known`` are the rails of facts, ``fixed`` rails that no change can undo; ``atoms`` the inputs that may be learnt
    or changed; of the atoms of each of ``choices`` exactly one holds, and one of them may be outside the program.
    """

    program: Program
    known: Rails
    fixed: Rails
    atoms: tuple[int, ...]
    choices: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def groups(self) -> dict[int, Bits]:
        """The bits of the values that exclude each other, by every atom that they belong to."""
        found = {atom: 1 << true_rail(atom) | 1 << false_rail(atom) for atom in self.atoms}
        for choice in self.choices:
            found |= dict.fromkeys(choice, bits(false_rail(atom) for atom in choice))
        return found

    @cached_property
    def chosen(self) -> frozenset[int]:
        """The atoms that are options of a choice."""
        return frozenset(atom for choice in self.choices for atom in choice)

    @cached_property
    def base(self) -> Bits:
        """What is known, as bits."""
        found = 0
        for rail in members(self.known):
            atom = rail >> 1
            if atom not in self.chosen:
                found |= 1 << rail
            else:
                found |= self.bits(rail)
        return found

    def bits(self, rail: Rail) -> Bits:
        """Return the bits that make the rail of an input hold."""
        atom = rail >> 1
        if atom in self.chosen and not rail & 1:
            return self.groups[atom] & ~(1 << false_rail(atom))
        return 1 << rail

    def rails(self, learnt: Bits) -> Rails:
        """Return the rails that hold once something is learnt, and what it contradicts is given up."""
        kept, own = self.known, 1 << 2 * len(self.program.atoms)
        for group in self.touched(learnt):
            now = learnt & group
            if self.contradicts(now, group):
                kept &= ~(group | group << 1 | group >> 1)
            else:
                now |= self.base & group
            kept |= now
            left = group & ~now
            atom = left.bit_length() - 1 >> 1
            if left.bit_count() == 1 and atom in self.chosen:
                kept |= 1 << true_rail(atom)
        return (kept | self.fixed) & (own - 1)

    def touched(self, learnt: Bits) -> list[Bits]:
        """Return the groups of which something is learnt."""
        return list(dict.fromkeys(self.groups[rail >> 1] for rail in members(learnt)))

    def contradicts(self, learnt: Bits, group: Bits) -> bool:
        """Return whether what is learnt of a group leaves none of the values that are known to be possible."""
        return (learnt | self.base) & group == group

    def holds(self, goal: Rail, learnt: Bits) -> bool:
        """Return whether the goal holds once something is learnt: the case decided again."""
        return bool(least_model(self.program, self.rails(learnt)) >> goal & 1)


@dataclass(frozen=True)
class Family:
    """Minimal sets, those of fewest inputs first; every one of them when ``complete``."""

    sets: tuple[Bits, ...]
    complete: bool


def additions(inputs: Inputs, goal: Rail, limit: int = LIMIT) -> Family:
    """Return the minimal sets of what is not known that make the goal hold.

    Where they are not all found, every set of at most SMALL bits is returned; where there is none, or these are too
    many, some minimal sets.
    """
    if least_model(inputs.program, inputs.known | inputs.fixed) >> opposite(goal) & 1:
        return Family((), True)
    return _family(inputs, goal, lambda most: _added(inputs, goal, limit, most))


def changes(inputs: Inputs, goal: Rail, limit: int = LIMIT) -> Family:
    """Return the minimal sets of what is known otherwise, and of what is not known beside, that make the goal hold.

    Where they are not all found, as in :func:`additions`.
    """
    found = _family(inputs, goal, lambda most: _changed(inputs, goal, limit, most))
    sets = (s for s in found.sets if any(inputs.contradicts(s & group, group) for group in inputs.touched(s)))
    return Family(tuple(sets), found.complete)


def _family(inputs: Inputs, goal: Rail, find: Callable[[int], tuple[list[Bits], bool]]) -> Family:
    """Return what ``find`` finds without bound on the size of sets, or else with one."""
    sets, complete = find(_ANY)
    if complete:
        return Family(_ordered(inputs, sets), True)
    small, exact = find(SMALL)
    if not small or not exact:
        small = _antichain([*small, *(_shrunk(inputs, goal, one) for one in sets[:_SHRUNK])])
        small = [one for one in small if _minimal(inputs, goal, one)]
    return Family(_ordered(inputs, small), False)


def _added(inputs: Inputs, goal: Rail, limit: int, most: int) -> tuple[list[Bits], bool]:
    search = _Search(inputs, limit, most, changing=False)
    found = search.sets(goal)
    return found, search.complete


def _changed(inputs: Inputs, goal: Rail, limit: int, most: int) -> tuple[list[Bits], bool]:
    """Return sets, and whether they are all.

    A fact that is given up must not be needed as it was.  Which facts that concerns is found out by deciding again:
    the search is repeated with the eyes on them until every set that it finds does what it says.
    """
    watched: Bits = 0
    while True:
        search = _Search(inputs, limit, most, changing=True, watched=watched)
        found = _antichain(search.projected(one) for one in search.sets(goal))
        wrong = [one for one in found if not inputs.holds(goal, one)]
        more = watched
        for one in wrong:
            for group in inputs.touched(one):
                more |= group if inputs.contradicts(one & group, group) else 0
        if more == watched or not search.complete:
            return [one for one in found if one not in wrong], search.complete and not wrong
        watched = more


class _Search:
    """Computes the family of a rail from those of the rails below it."""

    def __init__(self, inputs: Inputs, limit: int, most: int, changing: bool, watched: Bits = 0) -> None:
        self.inputs, self.limit, self.most = inputs, limit, most
        self.changing, self.watched = changing, watched
        self.complete = True
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

    def projected(self, learnt: Bits) -> Bits:
        """Return a set without what is kept as it is known."""
        found = 0
        for group in self.inputs.touched(learnt):
            own = learnt & group
            found |= own if self.inputs.contradicts(own, group) else own & ~self.inputs.base
        return found

    def _leaf(self, rail: Rail) -> list[Bits]:
        inputs = self.inputs
        if inputs.fixed >> rail & 1:
            return [0]
        if inputs.fixed >> opposite(rail) & 1 or rail >> 1 not in inputs.groups:
            return []
        own, group = inputs.bits(rail), inputs.groups[rail >> 1]
        if self.changing and group & self.watched:
            return [own]
        if not self.changing and inputs.contradicts(own, group):
            return []
        return [own & ~inputs.base]

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
        if len(left) * len(right) > _PRODUCT * _PRODUCT:
            self.complete = False
            left, right = left[:_PRODUCT], right[:_PRODUCT]
        shared = [g for g in self.groups if _meets(left, g) and _meets(right, g)]
        every = [one | other for one in left for other in right]
        if self.most < _ANY:
            every = [one for one in every if (one & ~self.inputs.base).bit_count() <= self.most]
        if not shared:
            # Sets over different inputs: no union contradicts itself, none holds another.
            every.sort(key=int.bit_count)
            return self._cut(every)
        taken = 0 if self.changing else self.inputs.base
        return self._cut(_antichain(one for one in every if all((one | taken) & group != group for group in shared)))

    def _cut(self, family: list[Bits]) -> list[Bits]:
        if len(family) > self.limit:
            self.complete = False
        return family[: self.limit]


def _meets(family: list[Bits], group: Bits) -> bool:
    return any(one & group for one in family)


def _antichain(sets: Iterable[Bits]) -> list[Bits]:
    """Return the sets that hold no other one, those of fewest bits first."""
    kept: list[Bits] = []
    for one in sorted(set(sets), key=lambda one: (one.bit_count(), one)):
        if not any(smaller & one == smaller for smaller in kept):
            kept.append(one)
    return kept


def _shrunk(inputs: Inputs, goal: Rail, learnt: Bits) -> Bits:
    """Return a set without what can be spared, first whole inputs, then single bits of a choice."""
    for group in inputs.touched(learnt):
        if inputs.holds(goal, learnt & ~group):
            learnt &= ~group
    for rail in members(learnt):
        if inputs.holds(goal, learnt & ~(1 << rail)):
            learnt &= ~(1 << rail)
    return learnt


def _minimal(inputs: Inputs, goal: Rail, learnt: Bits) -> bool:
    """Return whether the goal holds with a set and without any one input of it does not."""
    groups = inputs.touched(learnt)
    return inputs.holds(goal, learnt) and not any(inputs.holds(goal, learnt & ~group) for group in groups)


def _ordered(inputs: Inputs, sets: Iterable[Bits]) -> tuple[Bits, ...]:
    return tuple(sorted(sets, key=lambda one: (len(inputs.touched(one)), one.bit_count(), one)))
