"""A program prepared for cases that have much in common: the same least model by a fraction of the gates.

What holds in every case is worked out beforehand.  So is what follows from one more rail alone: it is added together
with that rail.  Only the gates that need several more rails at once are left for the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .engines.fixpoint import least_model
from .program import Program, Rail, Rails, members


class Stage(NamedTuple):
    """Gates that need their whole body, which are most, then gates that need a part of it.

    A head stands with all that follows from it alone.
    """

    whole: tuple[tuple[Rails, Rails], ...]
    part: tuple[tuple[Rails, int, Rails], ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A program for cases in which some rails are always known, and beyond them only some others may be.

    ``always`` is the model of the first; ``alone`` gives, for each of the others, it and all that follows from it with
    ``always`` and without any third; ``stages`` are the gates that need several, every body before its head.
    """

    always: Rails
    alone: Mapping[Rail, Rails]
    stages: tuple[Stage, ...]

    def closed(self, known: Rails) -> Rails:
        """Return what always holds and what follows from each known rail alone.

        Closing sets of rails and joining them is the same as closing them joined.  Raises KeyError for a rail that the
        program is not prepared for.
        """
        found = self.always
        for rail in members(known & ~found):
            found |= self.alone[rail]
        return found

    def model(self, closed: Rails) -> Rails:
        """Return the least model of what is known and always known, given the former :meth:`closed`."""
        model = closed
        for whole, part in self.stages:
            for head, body in whole:
                if model & body == body:
                    model |= head
            for head, need, body in part:
                if (model & body).bit_count() >= need:
                    model |= head
        return model


def prepare(program: Program, always: Rails, may: Rails) -> Prepared:
    """Return a program prepared for cases that make ``always`` known and of all other rails only some of ``may``."""
    least = least_model(program, always)
    most = least_model(program, always | may)
    alone: dict[Rail, Rails] = {}
    together: list[tuple[Rails, int, Rails]] = []
    # Heads before bodies: what follows from a head is known before it is added to what follows from its body.
    for head, gates in program.backwards:
        follows = alone.setdefault(head, 1 << head)
        for gate, body in gates if most & ~least & 1 << head else ():
            need, further = gate.need - (body & least).bit_count(), body & most & ~least
            if need == 1:
                for rail in members(further):
                    alone[rail] = alone.get(rail, 1 << rail) | follows
            elif need <= further.bit_count():
                together.append((follows, need, further))
    ready = {rail: alone.get(rail, 1 << rail) for rail in members(may & ~least)}
    return Prepared(least, ready, tuple(_stages(reversed(together))))


def _stages(gates: Iterable[tuple[Rails, int, Rails]]) -> Iterator[Stage]:
    whole: list[tuple[Rails, Rails]] = []
    part: list[tuple[Rails, int, Rails]] = []
    for head, need, body in gates:
        if need < body.bit_count():
            part.append((head, need, body))
        else:
            if part:
                yield Stage(tuple(whole), tuple(part))
                whole, part = [], []
            whole.append((head, body))
    yield Stage(tuple(whole), tuple(part))
