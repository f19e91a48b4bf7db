"""Which of some rails a goal rests on: the walk of ``derivation.support`` without its steps, for what is asked most.

Most rails have one gate and need its whole body: what they rest on is known before any case.  Only where there is a
choice, between gates or between the rails of a body, does the model of the case decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .derivation import premises
from .program import Gate, Program, Rail, Rails


class Rest(NamedTuple):
    """What a rail rests on in every case: ``rails`` of those cared for, and ``choices`` that depend on the case."""

    rails: frozenset[Rail]
    choices: tuple[Rail, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """``rests`` holds the derived rails cared for and those that may rest on one; ``gates`` those of each choice."""

    rests: Mapping[Rail, Rest]
    gates: Mapping[Rail, tuple[tuple[Gate, Rails], ...]]

    def on(self, model: Rails, goals: Iterable[Rail]) -> set[Rail]:
        """Return the rails cared for among those that ``support`` returns for ``goals``.

        ``goals`` hold in ``model``, the least model of known rails none of which heads a gate.
        """
        found: set[Rail] = set()
        chosen: set[Rail] = set()
        ahead = [rail for rail in goals if rail in self.rests]
        while ahead:
            rest = self.rests[ahead.pop()]
            found |= rest.rails
            for choice in rest.choices:
                if choice not in chosen:
                    chosen.add(choice)
                    ahead += [rail for rail in premises(self.gates[choice], model) if rail in self.rests]
        return found


def resting(program: Program, cared: Iterable[Rail]) -> Resting:
    """Return how the goals of a program come to rest on the derived rails cared for."""
    own = frozenset(cared)
    rests: dict[Rail, Rest] = {}
    choices: dict[Rail, tuple[tuple[Gate, Rails], ...]] = {}
    for rail, gates in reversed(program.backwards):
        below = [rests[one] for gate, _ in gates for one in gate.body if one in rests]
        if below or rail in own:
            rails = own & {rail}
            if below and (len(gates) > 1 or gates[0][0].need < len(gates[0][0].body)):
                choices[rail] = gates
                rests[rail] = Rest(rails, (rail,))
            else:
                every = dict.fromkeys(choice for rest in below for choice in rest.choices)
                rests[rail] = Rest(rails.union(*(rest.rails for rest in below)), tuple(every))
    return Resting(rests, choices)
