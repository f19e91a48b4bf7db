"""Which unknown facts can still settle a goal, each with the further facts that it takes beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations
from types import MappingProxyType

from .prepared import prepare
from .program import Gate, Program, Rail, Rails, bits, false_rail, members, opposite, true_rail


def settling(
    program: Program,
    known: Rails,
    goals: tuple[Rail, ...],
    inputs: Iterable[int],
    choices: Iterable[Iterable[int]] = (),
    implied: Mapping[Rail, Rails] = MappingProxyType({}),
    among: Iterable[int] | None = None,
    ranks: Mapping[Rail, int] = MappingProxyType({}),
) -> dict[int, tuple[Rails, ...]]:
    """Return the unknown input atoms that can still settle one of ``goals``, with the rails that it takes in all.

    ``inputs`` are the atoms that facts can make known; looked at are those ``among`` them, or all.  An atom that is
    returned settles a goal together with some set of further facts that does not without it: the set is built and
    checked on the program itself, one for each rail of the atom that settles something.  Of the atoms of one of the
    ``choices`` exactly one holds; ``implied`` gives the rails that hold wherever a rail of an input does.  The search
    takes the cheapest ways first, of equal ones the lowest in ``ranks`` (or number), and gives up after a while, so an
    atom that matters only in a roundabout way may be left out, and a set may be larger than the smallest.
    """
    inputs = tuple(inputs)
    search = _Search(program, known, goals, inputs, choices, implied, ranks)
    found: dict[int, tuple[Rails, ...]] = {}
    if search.model & search.goals:
        return found
    for atom in inputs if among is None else among:
        if known >> (2 * atom) & 3 == 0:
            sets = tuple(one for rail in (2 * atom, 2 * atom + 1) if (one := search.settled_with(rail)))
            if sets:
                found[atom] = sets
    return found


def fewest(sets: Mapping[int, Iterable[Rails]], choices: Iterable[tuple[int, ...]]) -> dict[int, int]:
    """Return of each atom with its sets of rails, as :func:`settling` finds them, how many answers the smallest takes.

    One answers all atoms of a choice; with 1 the atom settles a goal alone.
    """
    return {atom: min(_answers(choices, rails) for rails in own) for atom, own in sets.items()}


def _answers(choices: Iterable[Iterable[int]], rails: Rails) -> int:
    """Return how many answers make rails known that can be together: one answers all of a choice."""
    count = 0
    for choice in choices:
        both = bits(rail for atom in choice for rail in (true_rail(atom), false_rail(atom)))
        count += bool(rails & both)
        rails &= ~both
    return count + rails.bit_count()


_FAR = 1 << 30
_TRIES = 400
"""How many gates a search for one fact goes through before it gives up."""


class _Search:
    """Looks for small sets of unknown facts that settle a goal and need a given one."""

    def __init__(
        self,
        program: Program,
        known: Rails,
        goals: tuple[Rail, ...],
        inputs: Iterable[int],
        choices: Iterable[Iterable[int]],
        implied: Mapping[Rail, Rails],
        ranks: Mapping[Rail, int],
    ) -> None:
        self.known, self.goals = known, bits(goals)
        # No fact takes an option of a reading that is left open.
        self.leaves = sum(3 << 2 * atom for atom in inputs)
        self.gates = program.by_head
        self.ranks = [ranks.get(rail, rail) for rail in range(2 * len(program.atoms))]
        every = (1 << 2 * len(program.atoms)) - 1
        self.true_rails = every // 3
        self.prepared = prepare(program, known, every & ~bits(self.gates) & ~self._opposite(known))
        self.model = self.prepared.always
        self.parents: dict[Rail, list[Gate]] = {}
        for gate in program.gates:
            spared = self._spared(gate)
            for rail in gate.body:
                if rail not in spared:
                    self.parents.setdefault(rail, []).append(gate)
        self.costs: dict[Rail, int] = {}
        for gate in program.gates:
            # Bodies come before heads, so that no cost is far to find.
            for rail in (*gate.body, gate.head):
                self._cost(rail)
        self.facts: dict[Rail, Rails] = {}
        self.ways: dict[Rail, list[tuple[Rail, Rails | None]]] = {}
        self.choices = [bits(true_rail(atom) for atom in choice) for choice in choices]
        # To take one option is to deny the others.
        self.implied = {
            **implied,
            **{rail: (one ^ 1 << rail) << 1 & every for one in self.choices for rail in members(one)},
        }
        self.implying = bits(self.implied)
        self.settling: dict[Rails, bool] = {}

    def _spared(self, gate: Gate) -> set[Rail]:
        """Return the rails of a gate that needs one of them to which another comes with no more than they take.

        Once a reading is taken, what all its options say settles nothing that the option taken does not settle alone.
        """
        takes: dict[Rail, Rails] = {}
        for rail in gate.body if gate.need == 1 else ():
            gates = self.gates.get(rail, ())
            if len(gates) == 1 and gates[0].need == len(gates[0].body):
                takes[rail] = bits(gates[0].body) & ~self.model
        pairs = permutations(takes.items(), 2)
        return {rail for (rail, most), (other, less) in pairs if less & most == less and (less != most or other < rail)}

    def _cost(self, rail: Rail) -> int:
        """How many facts it takes to make a rail hold, shared ones counted each time; _FAR when none can."""
        if rail not in self.costs:
            if self.model >> rail & 1:
                cost = 0
            elif rail in self.gates:
                cost = min(self._price(gate.need, gate.body) for gate in self.gates[rail])
            else:
                cost = 1 if self.leaves >> rail & 1 and not self.model >> opposite(rail) & 1 else _FAR
            self.costs[rail] = cost
        return self.costs[rail]

    def _price(self, need: int, body: Iterable[Rail]) -> int:
        """How many facts it takes to make so many rails of a body hold."""
        costs = sorted(map(self._cost, body))[:need]
        return min(_FAR, sum(costs)) if len(costs) == need else _FAR

    def _facts(self, rail: Rail) -> Rails:
        """Return the cheapest facts that make a rail hold, which some do."""
        if rail not in self.facts:
            if self.model >> rail & 1:
                facts = 0
            elif rail in self.gates:
                # Of gates that cost the same none comes first for being written first.
                gate = min(self.gates[rail], key=lambda gate: (self._price(gate.need, gate.body), self._ranked(gate)))
                facts = self._cheapest(gate.need, gate.body)
            else:
                facts = 1 << rail
            self.facts[rail] = facts
        return self.facts[rail]

    def _ranked(self, gate: Gate) -> list[int]:
        return sorted(map(self.ranks.__getitem__, gate.body))

    def _cheapest(self, need: int, body: Iterable[Rail]) -> Rails:
        """Return the cheapest facts that make so many rails of a body hold."""
        facts = 0
        for _, _, rail in sorted((self._cost(rail), self.ranks[rail], rail) for rail in body)[:need]:
            facts |= self._facts(rail)
        return facts

    def settled_with(self, rail: Rail) -> Rails:
        """Return a set that settles a goal with ``rail`` in it and does not without; nothing if none is found."""
        if rail in self.gates or self.costs.get(rail, _FAR) != 1:
            return 0
        if self._settles(1 << rail):
            return 1 << rail
        budget = [_TRIES]
        for chosen in self._above(rail, 1 << rail, budget):
            if self._settles(chosen) and not self._settles(chosen & ~(1 << rail)):
                return chosen
        return 0

    def _settles(self, added: Rails) -> bool:
        """Return whether further facts settle a goal: not two options of one choice, nor all of them denied.

        Nor may anything that follows from them be known to be otherwise.
        """
        if added not in self.settling:
            self.settling[added] = self._settled(added)
        return self.settling[added]

    def _settled(self, added: Rails) -> bool:
        for rail in members(added & self.implying):
            added |= self.implied[rail]
        known = self.known | added
        if self._opposite(added) & known:
            return False
        if any((known & one).bit_count() > 1 or known >> 1 & one == one for one in self.choices):
            return False
        return bool(self.prepared.model(self.prepared.closed(added)) & self.goals)

    def _opposite(self, rails: Rails) -> Rails:
        return (rails & self.true_rails) << 1 | rails >> 1 & self.true_rails

    def _above(self, rail: Rail, chosen: Rails, budget: list[int]) -> Iterable[Rails]:
        """Yield sets of facts that carry ``rail`` up to a goal, cheapest ways first."""
        if self.goals >> rail & 1:
            yield chosen
            return
        for head, others in self._ways(rail):
            budget[0] -= 1
            if budget[0] < 0:
                return
            if others is not None and not self._opposite(chosen | others) & (chosen | others):
                yield from self._above(head, chosen | others, budget)

    def _ways(self, rail: Rail) -> list[tuple[Rail, Rails | None]]:
        """Return the open rails that may follow from a rail, each with the other facts it takes; None: out of reach."""
        if rail not in self.ways:
            gates = [gate for gate in self.parents.get(rail, ()) if not self.model >> gate.head & 1]
            gates.sort(key=lambda gate: (self._price(gate.need, gate.body), self.ranks[gate.head]))
            self.ways[rail] = [(gate.head, self._others(gate, rail)) for gate in gates]
        return self.ways[rail]

    def _others(self, gate: Gate, rail: Rail) -> Rails | None:
        others = [other for other in gate.body if other != rail]
        return self._cheapest(gate.need - 1, others) if self._price(gate.need - 1, others) < _FAR else None
