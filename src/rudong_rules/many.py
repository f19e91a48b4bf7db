"""Many least models in one pass: each rail is an integer whose bit ``c`` says that the rail holds in case ``c``."""

from __future__ import annotations

from collections.abc import Mapping

from .program import Program, Rail

Cases = int


def least_models(program: Program, known: Mapping[Rail, Cases], every: Cases) -> dict[Rail, Cases]:
    """Return in which cases each rail holds; ``known`` tells where facts make it known, ``every`` is all cases."""
    held = dict(known)
    for head, need, body in program.gates:
        found = [held.get(rail, 0) for rail in body]
        # After each rail, the cases in which 0, 1, … of the rails so far hold.
        at_least = [every, *[0] * need]
        for nth, own in enumerate(found, 1):
            for count in range(min(nth, need), 0, -1):
                at_least[count] |= at_least[count - 1] & own
        held[head] = held.get(head, 0) | at_least[need]
    return held
