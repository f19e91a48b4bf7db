"""A program as a circuit: where each rail holds, and which rails the goals rest on in which rows.

The columns of a frame know no contradiction: :mod:`~rudong_rules.frame.known` takes it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..program import Gate, Program, Rail
from .circuit import NEVER, Circuit, Node


class Sheet:
    """A program on a circuit: ``held`` says where each rail holds, by its number, in the least model of every row.

    ``known`` says where the rails are known that rest on nothing; those that are not there are known nowhere.
    """

    def __init__(self, program: Program, known: Mapping[Rail, Node], circuit: Circuit) -> None:
        self.program, self._circuit = program, circuit
        self.held = [known.get(rail, NEVER) for rail in range(2 * len(program.atoms))]
        for head, gates in program.by_head.items():
            enough = [circuit.at_least(gate.need, [self.held[rail] for rail in gate.body]) for gate in gates]
            self.held[head] = circuit.any_of((self.held[head], *enough))

    def resting(self, goals: Iterable[Rail], cited: frozenset[Rail]) -> Iterator[tuple[Rail, Node]]:
        """Yield the ``cited`` rails on which goals rest, with where: ``derivation.support`` for all rows at once.

        They come in its order.  As there, the first gate that holds is taken, and of its body the first rails that
        hold, as many as it needs.
        """
        cone = _above(self.program, cited)
        found = {goal: [self.held[goal]] for goal in goals if goal in cone}
        for head, gates in self.program.backwards:
            taken = found.pop(head, None)
            here = self._circuit.any_of(taken) if taken else NEVER
            if here == NEVER:
                continue
            if head in cited:
                yield head, here
            for rail, where in self._premises([gate for gate, _ in gates], here):
                if rail in cone:
                    found.setdefault(rail, []).append(where)

    def _premises(self, gates: Iterable[Gate], here: Node) -> Iterator[tuple[Rail, Node]]:
        """Yield each premise of a head with where it is taken, of the rows ``here``, in which the head holds."""
        bodies = [(need, [rail for rail in body if self.held[rail] != NEVER]) for _, need, body in gates]
        enough = [(self._enough(need, body), need, body) for need, body in bodies]
        *others, last = [one for one in enough if one[0] != NEVER]
        for holds, need, body in others:
            yield from self._taken(need, body, self._circuit.all_of((here, holds)))
            here = self._circuit.without(here, holds)
        # Where none of the others holds, this one does.
        _, need, body = last
        yield from self._taken(need, body, here)

    def _taken(self, need: int, body: Sequence[Rail], here: Node) -> Iterator[tuple[Rail, Node]]:
        """Yield the first ``need`` rails of a body that hold with where they are, of rows in which so many hold."""
        if need == len(body):
            yield from ((rail, here) for rail in body)
            return
        for nth, rail in enumerate(body):
            held = self._circuit.all_of((here, self.held[rail]))
            yield rail, self._circuit.without(held, self._enough(need, body[:nth]))

    def _enough(self, need: int, body: Sequence[Rail]) -> Node:
        return self._circuit.at_least(need, [self.held[rail] for rail in body])


def _above(program: Program, cited: frozenset[Rail]) -> set[Rail]:
    """Return the derived rails that are cited or may rest on one that is."""
    cone = {rail for rail in cited if rail in program.by_head}
    for gate in program.gates:
        if not cone.isdisjoint(gate.body):
            cone.add(gate.head)
    return cone
