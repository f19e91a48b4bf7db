"""A decision made ready for cases: its part of the program, and what verdicts on it share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .glossary import Glossary
from .program import Program, Rail, Rails, bits, false_rail, true_rail
from .ruleset import Decision, RuleSet

DUTY_STATES = ("due", "done", "breached", "owed")


@dataclass(frozen=True)
class Question:
    """A decision made ready for cases: its part of the program, and what verdicts on it share.

    ``rungs`` pairs each outcome of the ladder with its true rail, highest first; ``inputs`` are the atoms that facts
    make known, in the order in which questions are asked; ``whole`` numbers the atoms of the whole program.
    """

    name: str
    rules: RuleSet
    glossary: Glossary
    program: Program
    rungs: tuple[tuple[str, Rail], ...]
    inputs: tuple[int, ...]
    whole: Mapping[str, int]

    @property
    def decision(self) -> Decision:
        """The decision as written."""
        return self.rules.decisions[self.name]

    @cached_property
    def outcomes(self) -> Rails:
        """The true rails of all outcomes, as one set."""
        return bits(rail for _, rail in self.rungs)


def question(name: str, rules: RuleSet, glossary: Glossary, whole: Program) -> Question:
    """Return a decision with the part of the program that its outcomes, profile and duties depend on."""
    decision = rules.decisions[name]
    roots = [f"{name}={outcome}" for outcome in decision.ladder] + decision.profile
    roots += [f"duty:{duty}:{state}" for duty in decision.duties for state in DUTY_STATES]
    atoms = [whole.index[root] for root in roots]
    program = whole.slice(rail for atom in atoms for rail in (true_rail(atom), false_rail(atom)))
    rungs = tuple((outcome, true_rail(whole.index[f"{name}={outcome}"])) for outcome in decision.ladder)
    scalars = rules.vocabulary.scalars
    choices = [f"{name}={option}" for name, s in scalars.items() if s.type == "choice" for option in s.options]
    asked = (*choices, *rules.vocabulary.findings, *rules.tests)
    inputs = tuple(program.index[atom] for atom in asked if atom in program.index)
    return Question(name, rules, glossary, program, rungs, inputs, whole.index)
