"""Gates between columns of bits, a bit a row: what holds in which rows, many rows at once.

A circuit is built once and run on many batches.  What is the same in every row is folded away while it is built, and
what is alike is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Node = int
"""What holds in some rows: NEVER, ALWAYS, or a number that the circuit has given it."""
NEVER, ALWAYS = 0, 1
Words = npt.NDArray[np.uint64]
"""Bits of rows: of row n, bit n % 64 of word n // 64.  Bits beyond the last row say nothing."""
_BLOCK = 1 << 12
"""Words that are worked on at a time, so that what is made stays near the processor: 262,144 rows."""


_Apply = Callable[[Any, Any], Any]


class _Join(NamedTuple):
    """How several are joined: ``neutral`` ones change nothing, one that is ``decisive`` settles all."""

    apply: _Apply
    neutral: Node
    decisive: Node


_ALL, _ANY = _Join(np.bitwise_and, ALWAYS, NEVER), _Join(np.bitwise_or, NEVER, ALWAYS)
_Step = tuple[_Apply, Node, Node]


class Circuit:
    """Nodes, each an input or made of two others."""

    def __init__(self) -> None:
        self._made: dict[_Step, Node] = {}
        self._inputs: dict[str, Node] = {}
        self._parts: dict[_Join, dict[Node, frozenset[Node]]] = {_ALL: {}, _ANY: {}}

    def given(self, name: str) -> Node:
        """Return the node of an input."""
        if name not in self._inputs:
            self._inputs[name] = self._new()
        return self._inputs[name]

    def all_of(self, nodes: Iterable[Node]) -> Node:
        """Return where all nodes hold: everywhere where there are none."""
        return self._joined(_ALL, _ANY, nodes)

    def any_of(self, nodes: Iterable[Node]) -> Node:
        """Return where one of the nodes holds, or more: nowhere where there are none."""
        return self._joined(_ANY, _ALL, nodes)

    def without(self, node: Node, other: Node) -> Node:
        """Return where a node holds and another does not."""
        if other == NEVER or node == NEVER:
            return node
        if other in (node, ALWAYS):
            return NEVER
        if node in self._parts[_ALL].get(other, ()):
            return self._step(np.bitwise_xor, node, other)  # It lies within the node.
        return self.all_of((node, self._step(np.bitwise_xor, other, ALWAYS)))

    def at_least(self, need: int, nodes: Sequence[Node]) -> Node:
        """Return where at least ``need`` of the nodes hold; a node that stands twice counts twice."""
        need -= nodes.count(ALWAYS)
        open_ = [node for node in nodes if node not in (NEVER, ALWAYS)]
        if need > len(open_):
            return NEVER
        if need <= 1:
            return self.any_of(open_) if need == 1 else ALWAYS
        if need == len(open_):
            return self.all_of(open_)
        enough = [ALWAYS, *[NEVER] * need]
        for node in open_:
            for count in range(need, 0, -1):
                enough[count] = self.any_of((enough[count], self.all_of((enough[count - 1], node))))
        return enough[need]

    def plan(self, wanted: Sequence[Node]) -> Plan:
        """Return the steps on which nodes rest."""
        return Plan(self._made, self._inputs, wanted)

    def _joined(self, join: _Join, other: _Join, nodes: Iterable[Node]) -> Node:
        parts = {*nodes} - {join.neutral}
        if join.decisive in parts:
            return join.decisive
        # a, and a or b, is a; a, and a and b, is the latter.
        mine, inside = self._parts[join], self._parts[other]
        parts -= {one for part in parts if part in mine for one in mine[part]}
        kept = sorted(part for part in parts if part not in inside or inside[part].isdisjoint(parts))
        if not kept:
            return join.neutral
        found = kept[0]
        for part in kept[1:]:
            found = self._step(join.apply, found, part)
        if len(kept) > 1:
            mine[found] = frozenset(kept)
        return found

    def _step(self, apply: _Apply, one: Node, two: Node) -> Node:
        step = apply, one, two
        node = self._made.get(step)
        if node is None:
            self._made[step] = node = self._new()
        return node

    def _new(self) -> Node:
        return 2 + len(self._inputs) + len(self._made)


class Plan:
    """The steps of a circuit on which the nodes ``wanted`` rest, in order.

    What a step makes is written over what is not read any more.
    """

    def __init__(self, made: dict[_Step, Node], inputs: Mapping[str, Node], wanted: Sequence[Node]) -> None:
        read, kept, given = {*wanted}, list[tuple[Node, _Step, list[Node]]](), {NEVER, ALWAYS, *inputs.values()}
        for step, node in reversed(made.items()):
            if node in read:
                over = [one for one in dict.fromkeys(step[1:]) if one not in read and one not in given]
                read.update(step[1:])
                kept.append((node, step, over))
        self._inputs = {name: node for name, node in inputs.items() if node in read}
        place = {NEVER: 0, ALWAYS: 1} | {node: at for at, node in enumerate(self._inputs.values(), 2)}
        self._first, self._steps, free = len(place), list[tuple[Any, int, int, int]](), list[int]()
        self._size = len(place)
        for node, (apply, one, two), over in reversed(kept):
            if free:
                place[node] = free.pop()
            else:
                place[node], self._size = self._size, self._size + 1
            self._steps.append((apply, place[one], place[two], place[node]))
            free += [place[done] for done in over]
        self._wanted = [place[node] for node in wanted]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs that are read."""
        return tuple(self._inputs)

    def run(self, given: Mapping[str, Words], size: int) -> list[Words]:
        """Return what is wanted, in that order, given so many words of every input by name."""
        found = [np.empty(size, np.uint64) for _ in self._wanted]
        never, always = np.zeros(_BLOCK, np.uint64), np.full(_BLOCK, ~np.uint64(0))
        made = [np.empty(_BLOCK, np.uint64) for _ in range(self._first, self._size)]
        for start in range(0, size, _BLOCK):
            block = slice(start, start + _BLOCK)
            read = [given[name][block] for name in self._inputs]
            here = slice(min(size - start, _BLOCK))
            words = [never[here], always[here], *read, *(one[here] for one in made)]
            for apply, one, two, into in self._steps:
                apply(words[one], words[two], words[into])
            for whole, place in zip(found, self._wanted, strict=True):
                whole[block] = words[place]
        return found
