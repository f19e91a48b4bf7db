"""Steps of a program → trees for people: inner conditions folded into what they belong to, shared steps once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType

from .derivation import others, support
from .engines.fixpoint import least_model
from .explain_data import Node
from .program import Program, Rail, Rails, bits, is_part, members, opposite, true_rail
from .questions import is_inner
from .verdict import Verdict

Premises = Callable[[Rail], Iterable[Rail]]
Count = Callable[[Rail], int]
MANY = 12
"""So many open steps below another are written out in brief: what an outcome takes is told by the minimal sets."""
NONE: Mapping[Rail, Rail] = MappingProxyType({})


def trees(
    verdict: Verdict, goals: Iterable[Rail], premises: Premises, model: Rails, reasons: Mapping[Rail, Rail] = NONE,
    folded: Count = lambda rail: 0,
) -> tuple[Node, ...]:  # fmt: skip
    """Return the tree of each goal; ``model`` says what holds of the grounds that are only counted.

    ``reasons`` names, for goals of which only a part is to be told, the rail of that part; ``folded`` says how many
    premises of a rail are only counted.
    """
    question, seen = verdict.question, set[Rail]()
    shown_again: dict[Rail, tuple[Node, ...]] = {}
    atoms, glossary = question.program.atoms, question.glossary

    def below(rail: Rail) -> tuple[Node, ...]:
        found: dict[str, Node] = {}
        rail = reasons.get(rail, rail)
        taken = tuple(premises(rail))
        for one in taken:
            for node in build(one):
                found.setdefault(node.name, node)
        *first, last = found.values() or (None,)
        also = others(question.program, model, rail, taken) if last else 0
        return (*first, last.model_copy(update={"also": last.also + also})) if last else ()

    def build(rail: Rail) -> tuple[Node, ...]:
        if rail not in seen:
            nodes = made(rail, again=False)
            seen.add(rail)
            return nodes
        # Whatever is below has been written out by now, so that this comes out alike each time.
        if rail not in shown_again:
            shown_again[rail] = made(rail, again=True)
        return shown_again[rail]

    def made(rail: Rail, again: bool) -> tuple[Node, ...]:
        name = atoms[rail >> 1]
        if is_inner(name):
            return below(rail)
        state = verdict.state(rail >> 1)
        thing = glossary.step(name, state)
        because = () if again else below(rail)
        node = Node(
            name=name, label=thing.label, en=thing.en, kind=thing.kind, state=state,
            clauses=glossary.names(thing.clauses), question=thing.question, because=because,
            sources=verdict.given.sources(name) if thing.kind == "fact" else (),
            above=again and bool(premises(rail)), open=folded(rail),
        )  # fmt: skip
        return (node,)

    return tuple(node for goal in goals for node in build(goal))


def one_ground(program: Program, model: Rails, goals: Iterable[Rail]) -> Premises:
    """Return the premises of each rail in the derivation that a verdict has too."""
    found = dict(support(program, model, goals))
    return lambda rail: found.get(rail, ())


def every_ground(program: Program, model: Rails) -> Premises:
    """Return all premises that hold, of all gates that hold."""

    def premises(rail: Rail) -> list[Rail]:
        gates = program.by_head.get(rail, ())
        held = [(gate, [one for one in gate.body if model >> one & 1]) for gate in gates]
        return list(dict.fromkeys(one for gate, own in held if len(own) >= gate.need for one in own))

    return premises


def chosen_grounds(program: Program, model: Rails) -> Premises:
    """Return the premises that hold, without those that only options of readings that were not taken rest on."""
    every, options = every_ground(program, model), _options(program)

    def premises(rail: Rail) -> list[Rail]:
        found = list(every(rail))
        return [one for one in found if options(one) & model] or found

    return premises


def _options(program: Program) -> Callable[[Rail], Rails]:
    """Return what tells under which options of readings a part of a condition is asked."""
    every = bits(true_rail(atom) for name, atom in program.index.items() if name.startswith("reading:"))

    def options(rail: Rail) -> Rails:
        inner = is_part(program.atoms[rail >> 1])
        return bits(one for gate in program.by_head.get(rail, ()) for one in gate.body) & every if inner else 0

    return options


def open_ends(program: Program, model: Rails) -> Premises:
    """Return the premises that are not known to hold, of rails that do not."""

    def premises(rail: Rail) -> list[Rail]:
        if model >> rail & 1 or model >> opposite(rail) & 1:
            return []
        gates = program.by_head.get(rail, ())
        return list(dict.fromkeys(one for gate in gates for one in gate.body if not model >> one & 1))

    return premises


def chosen_ends(program: Program, model: Rails) -> Premises:
    """Return the open ends; of an option of a reading that was not taken the option alone, not what it asks."""
    every, options = open_ends(program, model), _options(program)

    def premises(rail: Rail) -> list[Rail]:
        found = {one: options(one) for one in every(rail)}
        if not any(under & model for under in found.values()):
            return list(found)
        # What all options agree on is asked beside them, and is no more than what the one that was taken asks.
        kept = ([one] if under & model else members(under) for one, under in found.items())
        return list(dict.fromkeys(one for some in kept for one in some))

    return premises


def many(program: Program, premises: Premises) -> Count:
    """Return how many steps stand below one where they are more than MANY, and 0 where they are not."""

    def below(rail: Rail) -> set[Rail]:
        found: set[Rail] = set()
        for one in premises(rail):
            found |= below(one) if is_inner(program.atoms[one >> 1]) else {one}
        return found

    @cache
    def count(rail: Rail) -> int:
        steps = 0 if is_inner(program.atoms[rail >> 1]) else len(below(rail))
        return steps if steps > MANY else 0

    return count


def steps_in(nodes: Iterable[Node]) -> int:
    """Return how many steps some trees write out."""
    return sum(0 if node.above else 1 + steps_in(node.because) for node in nodes)


def sufficient(program: Program, known: Rails, goals: Iterable[Rail]) -> Rails:
    """Return rails among ``known``, none of which can be spared, that make all goals hold.

    Of the rails that the verdict's own derivation rests on, later ones are spared first.
    """
    wanted = bits(goals)
    used = {one for _, premises in support(program, least_model(program, known), members(wanted)) for one in premises}
    kept = known & (bits(used) | wanted)
    for rail in sorted(members(kept), reverse=True):
        if least_model(program, kept & ~(1 << rail)) & wanted == wanted:
            kept &= ~(1 << rail)
    return kept
