"""Which of some rails a goal rests on: the walk of ``derivation.support`` without its steps, for what is asked most.

Most rails have one gate and need its whole body: what they rest on is known before any case.  Only where there is a
choice, between gates or between the rails of a body, does the model of the case decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from typing import NamedTuple

from .derivation import premises
from .program import Gate, Program, Rail, Rails, members

Places = int
"""A set of positions among rails, one bit each."""


class Rest(NamedTuple):
    """What a rail rests on in every case: ``places`` of rails cared for, and ``choices`` that depend on the case."""

    places: Places = 0
    choices: tuple[Rail, ...] = ()


@dataclass(frozen=True, slots=True)
class Resting:
    """How goals rest on the rails ``cared`` for, heads before bodies: a place is a position among these.

    ``rests`` holds those rails and what may rest on one of them; ``gates`` are the gates of each choice, and ``ways``
    the bodies of which any one will do for it, first the one written first, with what each rests on.  A choice that
    needs some of several has too many ways to list.
    """

    cared: tuple[Rail, ...]
    rests: Mapping[Rail, Rest]
    gates: Mapping[Rail, tuple[tuple[Gate, Rails], ...]]
    ways: Mapping[Rail, tuple[tuple[Rails, Rest], ...]]

    def rails(self, places: Places) -> list[Rail]:
        """Return the rails at these places, heads before bodies."""
        return [self.cared[place] for place in members(places)]

    def on(self, model: Rails, goals: Iterable[Rail]) -> Places:
        """Return the places of the rails cared for among those that ``support`` returns for ``goals``, in its order.

        ``goals`` hold in ``model``, the least model of known rails none of which heads a gate.
        """
        places = 0
        chosen: set[Rail] = set()
        ahead = [self.rests[rail] for rail in goals if rail in self.rests]
        while ahead:
            rest = ahead.pop()
            places |= rest.places
            for choice in rest.choices:
                if choice not in chosen:
                    chosen.add(choice)
                    for body, below in self.ways.get(choice, ()):
                        if model & body == body:
                            ahead.append(below)
                            break
                    else:
                        held = premises(self.gates[choice], model)
                        ahead += [self.rests[rail] for rail in held if rail in self.rests]
        return places


def resting(program: Program, cared: Iterable[Rail]) -> Resting:
    """Return how the goals of a program come to rest on the derived rails cared for."""
    own = frozenset(cared)
    ordered = tuple(rail for rail, _ in program.backwards if rail in own)
    place = {rail: 1 << nth for nth, rail in enumerate(ordered)}
    rests: dict[Rail, Rest] = {}
    choices: dict[Rail, tuple[tuple[Gate, Rails], ...]] = {}
    for rail, gates in reversed(program.backwards):
        itself = Rest(place.get(rail, 0))
        below = [rests[one] for gate, _ in gates for one in gate.body if one in rests]
        if below and (len(gates) > 1 or gates[0][0].need < len(gates[0][0].body)):
            choices[rail] = gates
            rests[rail] = itself._replace(choices=(rail,))
        elif below or rail in own:
            rests[rail] = _joined([itself, *below])
    few = {
        rail: tuple(chain.from_iterable(_ways(gate, body, rests) for gate, body in gates))
        for rail, gates in choices.items()
        if all(gate.need in (1, len(gate.body)) for gate, _ in gates)
    }
    return Resting(ordered, rests, choices, few)


def _ways(gate: Gate, body: Rails, rests: Mapping[Rail, Rest]) -> Iterator[tuple[Rails, Rest]]:
    """Yield the ways in which a gate can hold that needs its whole body or one rail of it."""
    if gate.need == len(gate.body):
        yield body, _joined([rests[rail] for rail in gate.body if rail in rests])
    else:
        for rail in gate.body:
            yield 1 << rail, rests.get(rail, Rest())


def _joined(rests: Sequence[Rest]) -> Rest:
    """Return what rests on all of these."""
    places = reduce(or_, (rest.places for rest in rests), 0)
    choices = dict.fromkeys(choice for rest in rests for choice in rest.choices)
    return Rest(places, tuple(choices))
