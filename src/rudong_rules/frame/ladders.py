"""A decision in columns: the code of its outcome, the clauses that the outcome rests on, and what is warned of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..program import Rail, false_rail, true_rail
from ..questions import Question
from .gates import Backward, Sheet, Stage, holds
from .patterns import Patterns


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
    """The clauses that a decision cites, in columns: which cited rails the outcome rests on, as patterns of rows.

    ``reads`` are the rails whose columns must stand before; ``stages`` adds further columns.
    """

    def __init__(self, ladder: Ladder, sheet: Sheet, index: Mapping[str, int]) -> None:
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
        backward = Backward(sheet, ladder.goals, frozenset(cited), f"{ladder.name} needs", pl)
        self.reads, self.stages = frozenset(backward.reads), backward.stages
        self._refs = [cited[rail] for rail, _ in backward.needed]
        self.kind = pl.Enum(list(dict.fromkeys(ref for refs in every for ref in refs)))
        columns = [name for _, name in backward.needed]
        self.patterns = Patterns(f"{ladder.name} cites", columns, self.kind, self._listed, f"{ladder.name}_outcome")

    def _listed(self, code: int, held: list[int]) -> list[str]:
        return list(dict.fromkeys([*self._own[code], *(ref for place in held for ref in self._refs[place])]))


class Cautions:
    """What a decision warns of, in columns: which of its cautions hold, as patterns of rows; parts as of Citations."""

    def __init__(self, ladder: Ladder, sheet: Sheet, index: Mapping[str, int]) -> None:
        names = ladder.question.cautions
        values = [(name, sheet.value(true_rail(index[name]))) for name in names]
        # In the order of the profile, as a verdict lists them.
        self._told = [(name, value) for name, value in values if value is not False]
        columns = [(name, holds(value)) for name, value in self._told if not isinstance(value, bool)]
        self._place = {name: place for place, (name, _) in enumerate(columns)}
        self.reads = frozenset(true_rail(index[name]) for name in names)
        self.stages: list[Stage] = []
        self.kind = pl.Enum(list(names))
        self.patterns = Patterns(f"{ladder.name} cautions", [name for _, name in columns], self.kind, self._listed)

    def _listed(self, code: int, held: list[int]) -> list[str]:
        return [name for name, value in self._told if value is True or self._place[name] in held]
