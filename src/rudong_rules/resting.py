"""Which of some rails a goal rests on: the walk of ``derivation.support`` without its steps, for what is asked most.

Most rails have one gate and need its whole body: what they rest on is known before any case.  Only where there is a
choice, between gates or between the rails of a body, does the model of the case decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from .derivation import premises
from .program import Gate, Program, Rail, Rails, members


class Rest(NamedTuple):
    """What a rail rests on in every case: ``places`` of rails cared for, and ``choices`` that depend on the case."""

    places: int
    choices: tuple[Rail, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """How goals rest on the rails ``cared`` for, heads before bodies: a place is a bit, the first one the lowest.

    ``rests`` holds those rails and what may rest on one of them; ``gates`` are the gates of each choice.
    """

    cared: tuple[Rail, ...]
    rests: Mapping[Rail, Rest]
    gates: Mapping[Rail, tuple[tuple[Gate, Rails], ...]]

    def on(self, model: Rails, goals: Iterable[Rail]) -> list[Rail]:
        """Return the rails cared for among those that ``support`` returns for ``goals``, in the order of that.

        ``goals`` hold in ``model``, the least model of known rails none of which heads a gate.
        """
        found = 0
        chosen: set[Rail] = set()
        ahead = [self.rests[rail] for rail in goals if rail in self.rests]
        while ahead:
            rest = ahead.pop()
            found |= rest.places
            for choice in rest.choices:
                if choice not in chosen:
                    chosen.add(choice)
                    for rail in premises(self.gates[choice], model):
                        if rail in self.rests:
                            ahead.append(self.rests[rail])
        return [self.cared[place] for place in members(found)]


def resting(program: Program, cared: Iterable[Rail]) -> Resting:
    """Return how the goals of a program come to rest on the derived rails cared for."""
    own = frozenset(cared)
    ordered = tuple(rail for rail, _ in program.backwards if rail in own)
    place = {rail: 1 << nth for nth, rail in enumerate(ordered)}
    rests: dict[Rail, Rest] = {}
    choices: dict[Rail, tuple[tuple[Gate, Rails], ...]] = {}
    for rail, gates in reversed(program.backwards):
        below = [rests[one] for gate, _ in gates for one in gate.body if one in rests]
        if below or rail in own:
            if below and (len(gates) > 1 or gates[0][0].need < len(gates[0][0].body)):
                choices[rail] = gates
                rests[rail] = Rest(place.get(rail, 0), (rail,))
            else:
                every = dict.fromkeys(choice for rest in below for choice in rest.choices)
                rests[rail] = Rest(reduce(or_, (rest.places for rest in below), place.get(rail, 0)), tuple(every))
    return Resting(ordered, rests, choices)
