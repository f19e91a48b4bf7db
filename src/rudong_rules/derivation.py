"""Least model → derivation: why a rail holds, rebuilt once outside the engines; which unknown facts still matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from .engines.fixpoint import least_model
from .program import Gate, Program, Rail, Rails, bits, members, opposite, true_rail


class Step(NamedTuple):
    """A rail and the rails it rests on; a step without premises is a known fact, a chosen reading or a constant."""

    rail: Rail
    premises: tuple[Rail, ...]


def support(program: Program, model: Rails, goals: Iterable[Rail]) -> list[tuple[Rail, tuple[Rail, ...]]]:
    """Return the derived rails that ``goals`` rest on, heads before premises, each with its premises.

    Among the gates and premises that hold, the first written is taken, so a model has one derivation.  Raises
    ValueError for a goal that does not hold in ``model``.
    """
    needed = set(goals)
    if bits(needed) & ~model:
        raise ValueError("a goal does not hold in the model")
    found = []
    for rail, gates in program.backwards:
        if rail in needed:
            taken = premises(gates, model)
            found.append((rail, taken))
            needed.update(taken)
    return found


def premises(gates: Iterable[tuple[Gate, Rails]], model: Rails) -> tuple[Rail, ...]:
    """Return the premises that hold of the first gate that does, the first written, as many as it needs."""
    for gate, body in gates:
        held = model & body
        if held.bit_count() >= gate.need:
            return gate.body if gate.need == len(gate.body) else _first(gate, held)
    return ()


def _first(gate: Gate, held: Rails) -> tuple[Rail, ...]:
    found: list[Rail] = []
    for rail in gate.body:
        if len(found) == gate.need:
            break
        if held >> rail & 1:
            found.append(rail)
    return tuple(found)


def derive(program: Program, model: Rails, goals: Iterable[Rail]) -> list[Step]:
    """Return the steps that lead to ``goals``, premises first, each rail once; as in :func:`support`."""
    wanted = tuple(goals)
    found = support(program, model, wanted)
    derived = {rail for rail, _ in found}
    steps: dict[Rail, Step] = {}
    for rail, premises in reversed(found):
        for premise in premises:
            if premise not in steps and premise not in derived:
                steps[premise] = Step(premise, ())
        steps[rail] = Step(rail, premises)
    for goal in wanted:
        steps.setdefault(goal, Step(goal, ()))
    return list(steps.values())


def relevant(
    program: Program,
    known: Rails,
    goals: tuple[Rail, ...],
    inputs: Iterable[int],
    choices: Iterable[Iterable[int]] = (),
    implied: Mapping[Rail, Rails] = MappingProxyType({}),
) -> dict[int, int]:
    """Return the unknown input atoms that can still settle one of ``goals``, with how many facts that takes in all.

    An atom that is returned settles a goal together with some set of further facts that does not without it: the set is
    built and checked on the program itself.  Of the atoms of one of the ``choices`` exactly one holds; ``implied``
    gives the rails that hold wherever a rail of an input does.  1 means that the atom can settle a goal alone.  The
    search takes the cheapest ways first and gives up after a while, so an atom that matters only in a roundabout way
    may be left out, and a size may be larger than the smallest.
    """
    search = _Search(program, known, goals, choices, implied)
    found: dict[int, int] = {}
    if search.model & search.goals:
        return found
    for atom in inputs:
        if known >> (2 * atom) & 3 == 0:
            sizes = [size for rail in (2 * atom, 2 * atom + 1) if (size := search.size(rail))]
            if sizes:
                found[atom] = min(sizes)
    return found


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
        choices: Iterable[Iterable[int]],
        implied: Mapping[Rail, Rails],
    ) -> None:
        self.program, self.known = program, known
        self.goals = bits(goals)
        self.model = least_model(program, known)
        self.gates = program.by_head
        self.parents: dict[Rail, list[Gate]] = {}
        for gate in program.gates:
            for rail in gate.body:
                self.parents.setdefault(rail, []).append(gate)
        self.cost: dict[Rail, int] = {}
        for gate in program.gates:
            for rail in (*gate.body, gate.head):
                self._price(rail)
        self.choices = [bits(true_rail(atom) for atom in choice) for choice in choices]
        self.implied = implied

    def _price(self, rail: Rail) -> int:
        """How many facts it takes to make a rail hold, shared ones counted each time; _FAR when none can."""
        if rail in self.cost:
            return self.cost[rail]
        if self.model >> rail & 1:
            price = 0
        elif rail in self.gates:
            price = min(self._gate_price(gate) for gate in self.gates[rail])
        elif self.model >> opposite(rail) & 1:
            price = _FAR
        else:
            price = 1
        self.cost[rail] = price
        return price

    def _gate_price(self, gate: Gate) -> int:
        prices = sorted(self._price(rail) for rail in gate.body)[: gate.need]
        return min(_FAR, sum(prices)) if len(prices) == gate.need else _FAR

    def size(self, rail: Rail) -> int:
        """Return the size of a set that settles a goal with ``rail`` and does not without it; 0 if none is found."""
        if self.cost.get(rail, _FAR) != 1:
            return 0
        if self._settles(1 << rail):
            return 1
        budget = [_TRIES]
        for chosen in self._above(rail, frozenset([rail]), budget):
            added = bits(chosen)
            if self._settles(added) and not self._settles(added & ~(1 << rail)):
                return len(chosen)
        return 0

    def _settles(self, added: Rails) -> bool:
        """Return whether further facts settle a goal: not two options of one choice, nor all of them denied.

        Nor may anything that follows from them be known to be otherwise.
        """
        for rail in members(added):
            added |= self.implied.get(rail, 0)
        if any((self.known | added) >> opposite(rail) & 1 for rail in members(added)):
            return False
        known = self.known | added
        if any((known & one).bit_count() > 1 or known >> 1 & one == one for one in self.choices):
            return False
        return bool(least_model(self.program, known) & self.goals)

    def _above(self, rail: Rail, chosen: frozenset[Rail], budget: list[int]) -> Iterable[frozenset[Rail]]:
        """Yield sets of facts that carry ``rail`` up to a goal, cheapest ways first."""
        if self.goals >> rail & 1:
            yield chosen
            return
        ways = [gate for gate in self.parents.get(rail, ()) if not self.model >> gate.head & 1]
        ways.sort(key=lambda gate: self._gate_price(gate))
        for gate in ways:
            budget[0] -= 1
            if budget[0] < 0:
                return
            need = gate.need - 1
            others = sorted((self.cost[other], other) for other in gate.body if other != rail)[:need]
            if len(others) < need or any(price >= _FAR for price, _ in others):
                continue
            facts = chosen
            for _, other in others:
                facts = self._facts(other, facts)
            if not any(opposite(fact) in facts for fact in facts):
                yield from self._above(gate.head, facts, budget)

    def _facts(self, rail: Rail, chosen: frozenset[Rail]) -> frozenset[Rail]:
        """Return ``chosen`` with the cheapest facts that make ``rail`` hold."""
        if self.model >> rail & 1:
            return chosen
        if rail not in self.gates:
            return chosen | {rail}
        gate = min(self.gates[rail], key=self._gate_price)
        for _, other in sorted((self.cost[other], other) for other in gate.body)[: gate.need]:
            chosen = self._facts(other, chosen)
        return chosen
