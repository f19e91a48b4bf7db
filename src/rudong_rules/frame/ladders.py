"""A decision in columns: the code of its outcome, and the clauses that the outcome rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

from ..program import Rail, false_rail, true_rail
from ..questions import Question
from .gates import Backward, Sheet, holds

_CODE_BITS = 8
_WORD_BITS = 64
_MEMO = 200_000


@dataclass(frozen=True)
class Ladder:
    """A decision on the whole program: ``rungs`` and ``goals`` are rails there.

    ``states`` are what its outcome column may say, by code: first what is said while no rung holds, then the outcomes,
    then what only rows say that are decided one by one.
    """

    question: Question
    states: tuple[str, ...]
    rungs: tuple[Rail, ...]
    goals: tuple[Rail, ...]

    @property
    def name(self) -> str:
        """The id of the decision."""
        return self.question.name

    @property
    def modalities(self) -> list[str]:
        """The modality of each state."""
        ladder = self.question.decision.ladder
        return [ladder[state].modality if state in ladder else "none" for state in self.states]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that the decision uses, in the order in which questions are asked."""
        # A finding may be used only for what follows from it.
        told = [name for name, values in self.question.asked.findings.items() if any(values.values())]
        return tuple(dict.fromkeys((*self.question.facts, *told)))

    def code(self, sheet: Sheet, api: Any) -> Any:
        """Return the code of the first rung that holds, 0 where none does."""
        code = api.lit(0, dtype=api.UInt8)
        for place, rail in reversed(list(enumerate(self.rungs, 1))):
            value = sheet.value(rail)
            if value is True:
                code = api.lit(place, dtype=api.UInt8)
            elif value is not False:
                code = api.when(api.col(holds(value))).then(api.lit(place, dtype=api.UInt8)).otherwise(code)
        return code


def ladder_of(question: Question, index: Mapping[str, int]) -> Ladder:
    """Return a decision with its rails in the program whose atoms ``index`` numbers."""
    atoms = question.program.atoms
    rungs = tuple(true_rail(index[atoms[rail >> 1]]) for _, rail in question.rungs)
    if rungs:
        states = ("undetermined", *(name for name, _ in question.rungs), "contradicted", "invalid")
        return Ladder(question, states, rungs, rungs)
    profile = [index[name] for name in question.decision.profile]
    goals = tuple(rail for atom in profile for rail in (true_rail(atom), false_rail(atom)))
    return Ladder(question, ("profile", "invalid"), (), goals)


class Citations:
    """The clauses that a decision cites, in columns: which cited rails the outcome rests on, packed into whole numbers.

    ``stages`` adds the columns and ``words`` packs them; equal words cite the same clauses, so that the list of each
    distinct pattern is made once.
    """

    def __init__(self, ladder: Ladder, sheet: Sheet, index: Mapping[str, int]) -> None:
        self._ladder = ladder
        question = ladder.question
        cited: dict[Rail, tuple[str, ...]] = {}
        for rail, refs in enumerate(question.cites):
            if refs:
                cited[2 * index[question.program.atoms[rail >> 1]] | (rail & 1)] = refs
        clauses = question.rules.clauses
        self._own = [clauses.get(f"outcome:{ladder.name}={state}", ()) for state in ladder.states]
        if not ladder.rungs:
            self._own[0] = clauses[f"decisions:{ladder.name}"]
        every = [*self._own, *cited.values()]
        self.kind = pl.Enum(list(dict.fromkeys(ref for refs in every for ref in refs)))
        backward = Backward(sheet, ladder.goals, frozenset(cited), f"{ladder.name} needs", pl)
        self.reads, self.stages = backward.reads, backward.stages
        self._refs = [cited[rail] for rail, _ in backward.needed]
        self.words = list(self._packed([name for _, name in backward.needed]))
        self._names = [word.meta.output_name() for word in self.words]
        self._memo: dict[tuple[int, ...], list[str]] = {}

    def _packed(self, columns: list[str]) -> Any:
        """Yield whole numbers that hold the code of the outcome and then a bit for each column."""
        room = _WORD_BITS - _CODE_BITS
        for nth, start in enumerate(range(0, max(1, len(columns)), room)):
            part = columns[start : start + room]
            octets = [
                _octet(part[at : at + 8]).cast(pl.UInt64) * (1 << (_CODE_BITS + at)) for at in range(0, len(part), 8)
            ]
            code = pl.col(f"{self._ladder.name}_outcome").cast(pl.UInt64)
            yield reduce(or_, octets, code).alias(f"{self._ladder.name} word {nth}")

    def lists(self, codes: pl.DataFrame) -> pl.Series:
        """Return the lists of cited clauses of rows with their words."""
        words = codes.select(self._names)
        distinct = words.unique()
        cited = pl.Series("cited", [self._decoded(row) for row in distinct.iter_rows()], dtype=pl.List(self.kind))
        places = distinct.with_row_index("place")
        place = words.join(places, on=self._names, how="left", maintain_order="left")["place"]
        return cited.gather(place)

    def _decoded(self, words: tuple[int, ...]) -> list[str]:
        if words not in self._memo:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            room, first = _WORD_BITS - _CODE_BITS, self._own[words[0] & (1 << _CODE_BITS) - 1]
            held = (refs for nth, refs in enumerate(self._refs) if words[nth // room] >> (_CODE_BITS + nth % room) & 1)
            self._memo[words] = list(dict.fromkeys([*first, *(ref for refs in held for ref in refs)]))
        return self._memo[words]


def _octet(columns: list[str]) -> Any:
    """Return up to eight Boolean columns as one small number."""
    return reduce(or_, (pl.col(name).cast(pl.UInt8) * (1 << bit) for bit, name in enumerate(columns)))
