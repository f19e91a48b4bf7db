"""What may be learnt of the inputs of a program, or changed, and what a case can be with it.

What may be learnt of an input is a set of *bits*, each of which rules out a value: of a yes/no question one of its two
rails, of a choice the denial of an option.  An option is the denial of all others, so that what is known together is
the union of bits, what follows from what is inclusion, and a set is consistent while it leaves each input a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_

from .engines.fixpoint import least_model
from .prepared import Prepared, prepare
from .program import Program, Rail, Rails, bits, false_rail, members, true_rail
from .together import Together

Bits = int


@dataclass(frozen=True)
class Inputs:
    """What is known of the inputs of a program.

    ``known`` are the rails of facts, ``fixed`` rails that no change can undo; ``atoms`` the inputs that may be learnt
    or changed; of the atoms of each of ``choices`` exactly one holds, and one of them may be outside the program.
    ``implied`` gives the rails that hold wherever that of a yes/no input does, its own among them; what follows so is
    not among ``known``.  ``together`` says which answers about lists can stand together.  ``stuck`` are yes/no inputs
    that nothing further answers: what they read is given, and would have to be otherwise.
    """

    program: Program
    known: Rails
    fixed: Rails
    atoms: tuple[int, ...]
    choices: tuple[tuple[int, ...], ...] = ()
    implied: Mapping[Rail, Rails] = field(default_factory=dict)
    together: Together = field(default_factory=Together)
    stuck: frozenset[int] = frozenset()

    def answerable(self) -> Inputs:
        """Return the same without the inputs of which nothing further can be learnt."""
        return replace(self, atoms=tuple(atom for atom in self.atoms if atom not in self.stuck)) if self.stuck else self

    def towards(self, goal: Rail) -> Inputs:
        """Return the same of the part of the program on which a goal can come to rest, worked out once."""
        if goal not in self._towards:
            program = self.program.slice([goal])
            most = least_model(program, self.fixed | self._may(program))
            # Most gates ask for an option of a reading, and few options are taken.
            gates = tuple(gate for gate in program.gates if (bits(gate.body) & most).bit_count() >= gate.need)
            self._towards[goal] = replace(self, program=replace(program, gates=gates).slice([goal]))
        return self._towards[goal]

    @cached_property
    def _towards(self) -> dict[Rail, Inputs]:
        return {}

    @cached_property
    def tellers(self) -> dict[Rail, list[Rail]]:
        """The other rails wherever one of which holds, a rail does."""
        found: dict[Rail, list[Rail]] = {}
        for rail, rails in self.implied.items():
            for other in members(rails & ~(1 << rail)):
                found.setdefault(other, []).append(rail)
        return found

    def closed(self, known: Rails) -> Rails:
        """Return what is known with all that follows from it."""
        for rail in members(known & self._telling):
            known |= self.implied[rail]
        return known

    @cached_property
    def _telling(self) -> Rails:
        """The rails from which others follow."""
        return bits(self.implied)

    def denying(self, rail: Rail) -> Rails:
        """Return the facts about other inputs that cannot stand beside a rail, by what follows from them."""
        found = self.together.clashing(rail)
        for denied in members(self.opposites(self.closed(1 << rail))):
            found |= 1 << denied | bits(self.tellers.get(denied, ()))
        return found & self.known & ~(3 << (rail & ~1))

    def opposites(self, rails: Rails) -> Rails:
        """Return the other rails of the same atoms."""
        return (rails & self._trues) << 1 | rails >> 1 & self._trues

    def coherent(self, learnt: Bits) -> bool:
        """Return whether a case can say all that is known once something is learnt, without denying what follows."""
        known = self.closed(self.rails(learnt))
        return not self.clash(known) and self.together.possible(known)

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
    def _plain(self) -> Bits:
        """The bits of yes/no questions, each of which is the rail that it makes hold."""
        return bits(rail for atom in self.atoms if atom not in self.chosen for rail in members(self.groups[atom]))

    @cached_property
    def base(self) -> Bits:
        """What is known, as bits."""
        found = 0
        for rail in members(self.known):
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
        own = 1 << 2 * len(self.program.atoms)
        plain = learnt & self._plain
        kept = self.known & ~self.opposites(plain) | plain
        for group in self.touched(learnt & ~plain):
            now = learnt & group
            if self.contradicts(now, group):
                kept &= ~self.both_rails[group]
            else:
                now |= self.base & group
            kept |= now
            left = group & ~now
            if left.bit_count() == 1:
                kept |= 1 << true_rail(left.bit_length() - 1 >> 1)
        return (kept | self.fixed) & (own - 1)

    def touched(self, learnt: Bits) -> list[Bits]:
        """Return the groups of which something is learnt."""
        return list(dict.fromkeys(self.groups[rail >> 1] for rail in members(learnt)))

    def contradicts(self, learnt: Bits, group: Bits) -> bool:
        """Return whether what is learnt of a group leaves none of the values that are known to be possible."""
        return (learnt | self.base) & group == group

    def projected(self, learnt: Bits) -> Bits:
        """Return a set without what is kept as it is known."""
        found = 0
        for group in self.touched(learnt):
            own = learnt & group
            found |= own if self.contradicts(own, group) else own & ~self.base
        return found

    def holds(self, goal: Rail, learnt: Bits) -> bool:
        """Return whether the goal holds once something is learnt: the case decided again."""
        known = self.closed(self.rails(learnt))
        return not self.clash(known) and self.together.possible(known) and self.reaches(goal, known)

    def clash(self, known: Rails) -> bool:
        """Return whether something is both asserted and denied."""
        return bool(known & known >> 1 & self._trues)

    @cached_property
    def _trues(self) -> Rails:
        """The true rails of all atoms, and of one outside the program."""
        return sum(1 << 2 * atom for atom in range(len(self.program.atoms) + 1 + len(self.choices)))

    def reaches(self, goal: Rail, known: Rails) -> bool:
        """Return whether the goal holds once inputs are known, beside what no change can undo."""
        prepared, may = self.prepared
        return bool(prepared.model(prepared.closed(known & may)) >> goal & 1)

    @cached_property
    def prepared(self) -> tuple[Prepared, Rails]:
        """The program prepared for what no change can undo, and the rails that may be known beyond it."""
        may = self._may(self.program)
        return prepare(self.program, self.fixed, may), may

    def _may(self, program: Program) -> Rails:
        """Return the rails that may be known in a program beside what no change can undo."""
        every = sum(3 << 2 * atom for atom in program.index.values()) & ~bits(program.by_head)
        return every & ~self.opposites(self.fixed)

    @cached_property
    def both_rails(self) -> dict[Bits, Rails]:
        """Both rails of the atoms of each input, by its group, as far as the program has them."""
        every = (1 << 2 * len(self.program.atoms)) - 1
        groups = dict.fromkeys(self.groups.values())
        return {group: reduce(or_, (3 << (rail & ~1) for rail in members(group)), 0) & every for group in groups}
