"""Least model → derivation: why a rail holds, rebuilt once outside the engines; what can still matter to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .program import Gate, Program, Rail, Rails, bits, is_part, members, opposite


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


def others(program: Program, model: Rails, rail: Rail, taken: Iterable[Rail]) -> int:
    """Return how many premises that were not taken would do in place of some that were: grounds that hold as well.

    0 where a reading chooses among them: what another option would rest on is no ground.
    """
    mine = tuple(taken)
    for gate in program.by_head.get(rail, ()):
        spare = bits(gate.body) & model & ~bits(mine)
        if spare and gate.need <= len(mine) and not any(_read(program, one) for one in gate.body):
            return spare.bit_count()
    return 0


def _read(program: Program, rail: Rail) -> bool:
    """Return whether a condition is that a reading takes an option, alone or with what follows then."""
    name = program.atoms[rail >> 1]
    inside = (one for gate in program.by_head.get(rail, ()) for one in gate.body) if is_part(name) else ()
    return name.startswith("reading:") or any(_read(program, one) for one in inside)


def open_atoms(program: Program, model: Rails, goals: Iterable[Rail]) -> set[int]:
    """Return the atoms on which ``goals`` can still come to rest beyond ``model``: no other can make a difference.

    A gate leads nowhere once too few rails of its body can still hold, and nowhere new when one rail of its body
    brings about its head without the others.
    """
    left: dict[Rail, list[tuple[int, Rails]]] = {}
    follows: dict[Rail, Rails] = {}
    for head, gates in program.backwards:
        own = follows.setdefault(head, 1 << head)
        left[head] = []
        for gate, body in gates:
            further = bits(rail for rail in members(body & ~model) if not model >> opposite(rail) & 1)
            need = gate.need - (body & model).bit_count()
            if 0 < need <= further.bit_count():
                left[head].append((need, further))
            if need == 1:
                for rail in members(further):
                    follows[rail] = follows.get(rail, 1 << rail) | own
    needed = bits(goals) & ~model
    for head, _ in program.backwards:
        if needed >> head & 1:
            for need, further in left[head]:
                if need == 1 or not any(follows.get(rail, 0) >> head & 1 for rail in members(further)):
                    needed |= further
    return {rail >> 1 for rail in members(needed)}


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
