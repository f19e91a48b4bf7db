"""A program as columns: one column an atom, true, false or null; one expression a gate.

The columns of a frame know no contradiction (:mod:`~rudong_rules.frame.known` takes it out), so the two rails of an
atom fit into one nullable Boolean column, and where the gates of both are duals of each other, three-valued "and" and
"or" work out both at once.  The few others, of readings left open and of facts that can only be known one way, are
columns of their own for each rail, true where it holds.

Polars and narwhals share the little of their interface that is used here, so ``api`` may be either module: polars on
its own frames, narwhals on whatever frame it has wrapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_, or_
from typing import Any

from ..program import Gate, Program, Rail, Rails

Stage = list[Any]
"""Expressions that read only columns of earlier stages."""
Value = bool | Rail
"""What is known of a rail before any row is seen: it holds, it cannot hold, or it is as the column of a rail says.

To be told apart by ``is``: True equals the rail 1."""


def holds(rail: Rail) -> str:
    """Return the name of the column that says whether a rail holds."""
    return f"rail {rail}"


def state(atom: int) -> str:
    """Return the name of the column that says what is known of an atom: true, false or null."""
    return f"atom {atom}"


class Sheet:
    """A program under the rails that are the same for every row: what is left to work out row by row.

    ``known`` are the rails that hold in every row, ``given`` those that the columns of a frame may make known; all
    other inputs are unknown throughout.
    """

    def __init__(self, program: Program, known: Rails, given: Rails) -> None:
        self.program = program
        self._values: dict[Rail, Value] = {}
        self._same: dict[tuple[tuple[int, tuple[Rail, ...]], ...], Rail] = {}
        self._left: dict[Rail, list[Gate]] = {}
        for rail in range(2 * len(program.atoms)):
            if known >> rail & 1:
                self._values[rail] = True
            elif rail not in program.by_head:
                self._values[rail] = rail if given >> rail & 1 else False
        for head, gates in program.by_head.items():
            if head not in self._values:
                self._values[head] = self._fold(head, gates)

    def value(self, rail: Rail) -> Value:
        """Return what is known of a rail before any row is seen."""
        return self._values[rail]

    def _fold(self, head: Rail, gates: list[Gate]) -> Value:
        left: list[Gate] = []
        for gate in gates:
            values = [self._values[rail] for rail in gate.body]
            body = tuple(value for value in values if not isinstance(value, bool))
            need = gate.need - sum(value is True for value in values)
            if need <= 0:
                return True
            if need == 1:
                body = self._absorbed(body)
            if need in (1, len(body)):  # Of "all" and "any" a rail may be dropped that stands there twice.
                distinct = tuple(dict.fromkeys(body))
                need, body = (1 if need == 1 else len(distinct)), distinct
            if need <= len(body):
                left.append(Gate(head, need, body))
        if not left:
            return False
        if len(left) == 1 and len(left[0].body) == 1:
            return left[0].body[0]
        key = tuple((gate.need, tuple(sorted(gate.body))) for gate in left)
        if key not in self._same:
            self._same[key], self._left[head] = head, left
        return self._same[key]

    def _absorbed(self, body: tuple[Rail, ...]) -> tuple[Rail, ...]:
        """Return a body of which any will do without what holds only with another one of it: a, or a and b, is a."""
        inside = set(body)
        return tuple(rail for rail in body if not inside & self._conjuncts(rail))

    def _conjuncts(self, rail: Rail) -> set[Rail]:
        """Return what all must hold for a rail to hold, as far as one gate says so."""
        gates = self._left.get(rail, ())
        return set(gates[0].body) if len(gates) == 1 and gates[0].need == len(gates[0].body) else set()

    def forward(self, goals: Iterable[Rail], api: Any) -> Iterator[Stage]:
        """Yield what to add, stage by stage, so that the columns ``holds`` of ``goals`` say whether they hold.

        The columns ``state`` of the input atoms stand there before.
        """
        wanted = [value for goal in goals if not isinstance(value := self._values[goal], bool)]
        kept = self._needed(wanted)
        whole = self._whole(kept)

        def named(rail: Rail) -> str:
            return state(rail >> 1) if rail >> 1 in whole or rail not in kept else holds(rail)

        def column(rail: Rail) -> Any:
            return ~api.col(named(rail)) if rail & 1 and named(rail) != holds(rail) else api.col(named(rail))

        depth: dict[str, int] = {}
        stages: dict[int, Stage] = {}
        for head, gates in kept.items():
            name = named(head)
            if name in depth:
                continue  # Worked out with the other rail.
            depth[name] = 1 + max(depth.get(named(rail), 0) for gate in gates for rail in gate.body)
            value = reduce(or_, (_enough(gate.need, [column(rail) for rail in gate.body], api) for gate in gates))
            value = ~value if head & 1 and name != holds(head) else value
            stages.setdefault(depth[name], []).append(value.alias(name))
        yield from (stages[level] for level in sorted(stages))
        yield [column(rail).fill_null(False).alias(holds(rail)) for rail in dict.fromkeys(wanted)]

    def inputs(self, goals: Iterable[Rail]) -> list[int]:
        """Return the input atoms whose columns ``forward`` reads for the same goals."""
        wanted = [value for goal in goals if not isinstance(value := self._values[goal], bool)]
        kept = self._needed(wanted)
        read = {*wanted, *(rail for gates in kept.values() for gate in gates for rail in gate.body)}
        return sorted({rail >> 1 for rail in read - kept.keys()})

    def _needed(self, wanted: Iterable[Rail]) -> dict[Rail, list[Gate]]:
        """Return the gates on which rails rest, by head, bodies before heads."""
        reached, kept = set(wanted), list[tuple[Rail, list[Gate]]]()
        for head, gates in reversed(self._left.items()):
            if head in reached:
                kept.append((head, gates))
                reached.update(rail for gate in gates for rail in gate.body)
        return dict(reversed(kept))

    def _whole(self, kept: dict[Rail, list[Gate]]) -> set[int]:
        """Return the atoms whose rails are duals, down to the inputs."""
        found: set[int] = set()
        for head, gates in kept.items():
            below = [rail for gate in gates for rail in gate.body]
            if _duals(gates, kept.get(head ^ 1, [])) and all(r >> 1 in found or r not in kept for r in below):
                found.add(head >> 1)
        return found


def _duals(gates: list[Gate], others: list[Gate]) -> bool:
    """Return whether the gates of a rail and of its opposite are duals: n of k rails, k - n + 1 of their opposites."""
    if len(gates) != 1 or len(others) != 1:
        return False
    (gate,), (other,) = gates, others
    opposites = {rail ^ 1 for rail in gate.body}
    return other.need == len(gate.body) - gate.need + 1 and opposites == set(other.body)


def _enough(need: int, body: list[Any], api: Any) -> Any:
    """Return true where at least ``need`` of the columns are, false where that many can no longer be, or else null."""
    if need == len(body):
        return reduce(and_, body)
    if need == 1:
        return reduce(or_, body)
    too_few = _count([~column for column in body], api) > len(body) - need
    return api.when(_count(body, api) >= need).then(True).otherwise(api.when(too_few).then(False))


def _count(body: list[Any], api: Any) -> Any:
    """Return how many of the columns are true."""
    return reduce(lambda total, one: total + one, (column.fill_null(False).cast(api.Int16) for column in body))


class Backward:
    """``derivation.support`` for all rows at once: a derived rail is needed where something needed rests on it.

    As there, the first gate that holds is taken, and of its body the first rails that hold, as many as it needs.
    ``reads`` are the rails whose columns must stand before; ``stages`` adds columns, named ``prefix`` and rail;
    ``needed`` names, in the order of ``support``, the column of each of the ``cited`` rails that may be needed.
    """

    def __init__(self, sheet: Sheet, goals: tuple[Rail, ...], cited: frozenset[Rail], prefix: str, api: Any) -> None:
        self._sheet, self._api = sheet, api
        self.reads: set[Rail] = set()
        program = sheet.program
        cone = _above(program, cited)
        masks: dict[Rail, list[Any]] = {goal: [self._held(goal)] for goal in goals if goal in cone}
        place: dict[Rail, int] = dict.fromkeys(masks, 0)
        stages: dict[int, Stage] = {}
        self.needed: list[tuple[Rail, str]] = []
        for head, gates in program.backwards:
            mine = [mask for mask in masks.pop(head, ()) if mask is not None]
            if not mine:
                continue
            name = f"{prefix} {head}"
            level = place[head]
            stages.setdefault(level, []).append(reduce(or_, mine).alias(name))
            if head in cited:
                self.needed.append((head, name))
            for rail, mask in self._premises([gate for gate, _ in gates], api.col(name)):
                if rail in cone and mask is not None:
                    masks.setdefault(rail, []).append(mask)
                    place[rail] = max(place.get(rail, 0), level + 1)
        self.stages = [stages[level] for level in sorted(stages)]

    def _held(self, rail: Rail) -> Any:
        """Return the column of a rail; None for one that cannot hold, a literal for one that always does."""
        value = self._sheet.value(rail)
        if isinstance(value, bool):
            return self._api.lit(True) if value else None
        self.reads.add(rail)
        return self._api.col(holds(value))

    def _premises(self, gates: list[Gate], needed: Any) -> Iterator[tuple[Rail, Any]]:
        """Yield each premise with where it is taken: ``needed`` says where the head is."""
        left = needed
        for nth, gate in enumerate(gates):
            held = [(rail, column) for rail in gate.body if (column := self._held(rail)) is not None]
            if len(held) < gate.need:
                continue
            here = left
            if nth + 1 < len(gates):
                fits = (
                    _enough(gate.need, [column for _, column in held], self._api) if gate.need else self._api.lit(True)
                )
                here, left = left & fits, left & ~fits
            yield from self._taken(gate, held, here)

    def _taken(self, gate: Gate, held: list[tuple[Rail, Any]], here: Any) -> Iterator[tuple[Rail, Any]]:
        if gate.need == len(held):
            yield from ((rail, here) for rail, _ in held)
        elif gate.need == 1:
            for rail, column in held:
                yield rail, here & column
                here = here & ~column
        elif gate.need:
            for nth, (rail, column) in enumerate(held):
                before = [other for _, other in held[:nth]]
                early = _count(before, self._api) < gate.need if nth >= gate.need else self._api.lit(True)
                yield rail, here & column & early


def _above(program: Program, cited: frozenset[Rail]) -> set[Rail]:
    """Return the derived rails that are cited or may rest on one that is."""
    cone = {rail for rail in cited if rail in program.by_head}
    for gate in program.gates:
        if any(rail in cone for rail in gate.body):
            cone.add(gate.head)
    return cone
