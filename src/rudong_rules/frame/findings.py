"""Findings that are Boolean columns: which rails each row makes known, and which findings contradict each other.

A column says what its finding is, and what follows from that.  Where one column denies what another implies, both
findings are contradicted: neither says anything then, nor is anything said by what they imply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..program import Program, Rail, Rails, members
from ..vocabulary import Assertion
from .circuit import NEVER, Circuit, Node


class Findings:
    """Says what columns tell of one program.

    ``said`` is where each answer is given, yes and no of every column; ``told`` are the rails that each answer makes
    known, ``follows`` the answers that follow from each.  ``rails`` says where each rail is known, ``denied`` where
    some finding is contradicted.
    """

    def __init__(
        self, said: Mapping[Assertion, Node], program: Program, told: Mapping[str, Mapping[bool, Rails]],
        follows: Mapping[Assertion, Iterable[Assertion]], circuit: Circuit,
    ) -> None:  # fmt: skip
        tellers: dict[Rail, list[Assertion]] = {}
        claims: dict[Assertion, list[Assertion]] = {}
        for answer in said:
            for rail in members(told[answer[0]][answer[1]]):
                tellers.setdefault(rail, []).append(answer)
            for one in (answer, *follows[answer]):
                claims.setdefault(one, []).append(answer)
        both = {
            name: circuit.all_of(circuit.any_of(said[one] for one in each) for each in (yes, claims[name, False]))
            for (name, value), yes in claims.items()
            if value and (name, False) in claims and _may_differ((*yes, *claims[name, False]), told)
        }  # fmt: skip
        sound = {answer: circuit.without(node, both.get(answer[0], NEVER)) for answer, node in said.items()}
        self.rails: dict[Rail, Node] = {
            rail: circuit.without(
                circuit.any_of(sound[answer] for answer in answers), both.get(program.atoms[rail >> 1], NEVER)
            )
            for rail, answers in tellers.items()
        }
        self.denied = circuit.any_of(both.values())


def _may_differ(claims: Sequence[Assertion], told: Mapping[str, Mapping[bool, Rails]]) -> bool:
    """Return whether answers come from several columns, and any of them makes something known."""
    return len({name for name, _ in claims}) > 1 and any(told[name][value] for name, value in claims)
