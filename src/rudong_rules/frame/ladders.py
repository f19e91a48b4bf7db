"""A decision in columns: the code of its outcome, the clauses that the outcome rests on, and what is warned of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from ..program import Rail, false_rail, true_rail
from ..questions import Question
from .circuit import NEVER
from .gates import Sheet
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
        """The facts that the decision uses or notes, in the order in which questions are asked."""
        # A finding may be used only for what follows from it.
        told = [name for name, values in self.question.asked.findings.items() if any(values.values())]
        return tuple(dict.fromkeys((*self.question.read, *told)))

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of the columns that say in which rows each rung holds."""
        return tuple(f"{self.name}={state}" for state in self.states[1 : len(self.rungs) + 1])

    @property
    def kind(self) -> pl.Enum:
        """The type of the outcome column."""
        return pl.Enum(self.states)

    @property
    def outcome(self) -> pl.Expr:
        """The state that the first rung stands for which holds, the first state where none does."""
        found: pl.Expr = pl.lit(self.states[0], dtype=self.kind)
        for state, row in reversed(list(zip(self.states[1:], self.rows, strict=False))):
            found = pl.when(row).then(pl.lit(state, dtype=self.kind)).otherwise(found)
        return found


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

    ``rows`` names the columns that say where each of them is needed.
    """

    def __init__(self, ladder: Ladder, sheet: Sheet) -> None:
        question, index = ladder.question, sheet.program.index
        cited: dict[Rail, tuple[str, ...]] = {}
        for rail, refs in enumerate(question.cites):
            atom = index.get(question.program.atoms[rail >> 1])
            if refs and atom is not None:
                cited[2 * atom | (rail & 1)] = refs
        clauses = question.rules.clauses
        self._own = [clauses.get(f"outcome:{ladder.name}={state}", ()) for state in ladder.states]
        if not ladder.rungs:
            self._own[0] = clauses[f"decisions:{ladder.name}"]
        # All that it may ever cite, so that the type of the column does not turn on what else is asked or given.
        every = [*self._own, *question.cites]
        needed = list(sheet.resting(ladder.goals, frozenset(cited)))
        self._refs = [cited[rail] for rail, _ in needed]
        self.rows = {f"{ladder.name} needs {rail}": node for rail, node in needed}
        self.kind = pl.Enum(list(dict.fromkeys(ref for refs in every for ref in refs)))
        self.patterns = Patterns(
            f"{ladder.name} cites", list(self.rows), self.kind, self._listed, f"{ladder.name}_outcome"
        )

    def _listed(self, code: int, held: list[int]) -> list[str]:
        return list(dict.fromkeys([*self._own[code], *(ref for place in held for ref in self._refs[place])]))


class Cautions:
    """What a decision warns of, in columns: which of its cautions hold, as patterns of rows.

    ``rows`` names the columns that say where each of them does.
    """

    def __init__(self, ladder: Ladder, sheet: Sheet) -> None:
        names = ladder.question.cautions
        index = sheet.program.index
        held = {name: sheet.held[true_rail(index[name])] for name in names}
        # In the order of the profile, as a verdict lists them.
        self._names = [name for name in names if held[name] != NEVER]
        self.rows = {f"{ladder.name} warns {name}": held[name] for name in self._names}
        self.kind = pl.Enum(list(names))
        self.patterns = Patterns(f"{ladder.name} cautions", list(self.rows), self.kind, self._listed)

    def _listed(self, code: int, held: list[int]) -> list[str]:
        return [self._names[place] for place in held]
