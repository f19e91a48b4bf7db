"""The rules that are looked at: a part of a policy's program, and what the facts of a case make known in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..facts import Asked, Facts
from ..logic import Test
from ..policy import Policy
from ..program import Program, Rail, Rails, bits, false_rail, reading_of, true_rail


@dataclass(frozen=True, eq=False)
class Rules:
    """A program of a policy, and what the facts of a case make known in it."""

    policy: Policy
    program: Program
    asked: Asked

    @classmethod
    def of(
        cls, policy: Policy, atoms: Iterable[str], whole: Program | None = None, facts: Facts | None = None
    ) -> Rules:
        """Return the part of a program on which the atoms depend, and what facts make known in it.

        Program and facts are the policy's own by default.
        """
        whole, facts = whole or policy.program, facts or policy.rails
        roots = [rail for name in atoms for rail in (2 * whole.index[name], 2 * whole.index[name] + 1)]
        program = whole.slice(roots).compact()
        return cls(policy, program, facts.asked(program))

    @classmethod
    def of_decision(cls, policy: Policy, decision: str) -> Rules:
        """Return what a decision of the policy rests on, its duties and profile included."""
        question = policy.questions[decision]
        return cls(policy, question.program, question.asked)

    def with_gates(self, program: Program) -> Rules:
        """Return the same facts for another program over the same atoms."""
        return Rules(self.policy, program, self.asked)

    def rail(self, atom: str, value: bool = True) -> Rail:
        """Return the rail of an atom.  Raises KeyError when the program does not use it."""
        return 2 * self.program.index[atom] | (not value)

    @cached_property
    def derived(self) -> Rails:
        """The rails that gates derive, as one set."""
        return bits(self.program.by_head)

    @cached_property
    def inputs(self) -> tuple[int, ...]:
        """The atoms that no gate derives."""
        return tuple(atom for atom in self.program.index.values() if not self.derived >> 2 * atom & 3)

    @cached_property
    def true_rails(self) -> Rails:
        """The true rails of all atoms, as one set."""
        return bits(true_rail(atom) for atom in self.program.index.values())

    @cached_property
    def tests(self) -> dict[str, Test]:
        """The questions about lists and numbers that the program asks, by atom."""
        return {self.program.atoms[(true.bit_length() - 1) >> 1]: test for true, _, test in self.asked.tests}

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The readings on which the program depends, in the order of the policy."""
        used = set(map(reading_of, self.program.index))
        return tuple(name for name in self.policy.rules.readings if name in used)


def goal_rails(rules: Rules, goals: Iterable[tuple[str, bool]]) -> tuple[Rail, ...]:
    """Return the rails of goals: atoms with the value that must be known of them."""
    return tuple(true_rail(rules.program.index[n]) if v else false_rail(rules.program.index[n]) for n, v in goals)


def is_reading(atom: str) -> bool:
    """Return whether an atom is an option of a reading."""
    return atom.startswith("reading:")
