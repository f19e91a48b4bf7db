"""A program as formulas: for every rail, what must be true of the facts for it to hold.

    rules = Rules.of_decision(policy, "tolerance")            # a program and what facts make known in it
    formulas = Formulas(rules, facts_of(rules, readings))     # readings: {id: option}; the others stay variables
    formulas[true_rail(rules.program.index["tolerance=may_tolerate"])]   # a z3 formula, True or False
    solver.add(*domain(policy))                               # choices exclusive, readings too, findings that imply

The variables are named like the atoms (``gain_self``, ``loss=none``, ``reading:veto=guideline``), so formulas of two
policies share the facts that both know.  Facts are complete here: a finding is true or false, a choice has one option.
That loses nothing when one asks whether rails can hold, because further facts never take a rail away.  A question about
lists and numbers (a *test*) has two variables, known true and known false (:func:`known_false`): without more said they
are each other's negation, which allows more than any case can show; ``entries`` says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..program import Rail, Rails, members
from .domain import InputTerms
from .rules import Rules
from .terms import Term, at_least, disj


class Formulas:
    """The formulas of all rails of a program; ``reads`` says on which input rails each depends, as a set."""

    def __init__(self, rules: Rules, given: InputTerms, base: Formulas | None = None, changed: Rails = 0) -> None:
        """Work the formulas out; with a ``base``, only those that differ from it because ``changed`` rails do."""
        self.rules = rules
        self._given = given
        self._terms: dict[Rail, Term] = {}
        self.reads: dict[Rail, Rails] = {}
        self.bodies: dict[Rail, list[tuple[int, tuple[Rail, ...]]]] = {}
        self._all: dict[Rail, frozenset[int]] = {}
        for head, need, body in rules.program.gates:
            if base is not None and not changed >> head & 1 and not any(changed >> rail & 1 for rail in body):
                if head not in self._terms:
                    self._terms[head], self.reads[head] = base[head], base.reads[head]
                continue
            changed |= 1 << head if base is not None else 0
            body = self._absorbed(body) if need == 1 else body
            parts = [self[rail] for rail in body]
            term = at_least(need, parts)
            self.bodies.setdefault(head, []).append((need, body))
            if head in self._terms:
                term = disj([self._terms[head], term])
            self._terms[head] = term
            if need == len(body):
                self._all[head] = frozenset(id(part) for part in parts if part is not True)
            reads = self.reads.get(head, 0)
            if term is not True and term is not False:
                for rail, part in zip(body, parts, strict=True):
                    if part is not True and part is not False:
                        reads |= self.reads[rail]
            self.reads[head] = reads

    def __getitem__(self, rail: Rail) -> Term:
        """Return what must be true for a rail to hold."""
        if rail not in self._terms:
            # An inner condition may have a gate for one rail alone; the other then never holds.
            input_ = not self.rules.derived >> (rail & ~1) & 3
            term = self._terms[rail] = self._given(rail) if input_ else False
            self.reads[rail] = 0 if term is True or term is False else 1 << rail
        return self._terms[rail]

    def _absorbed(self, body: tuple[Rail, ...]) -> tuple[Rail, ...]:
        """Return the rails of an any-gate without those that hold only where another one does.

        An option of a reading that is taken, and the agreement of all options: the first alone says it.
        """
        alone = {id(self[rail]) for rail in body if self[rail] is not True and self[rail] is not False}
        return tuple(rail for rail in body if not (rail in self._all and self._all[rail] - {id(self[rail])} & alone))

    def inputs(self, rails: Iterable[Rail]) -> Iterator[str]:
        """Yield the names of the inputs on which rails depend."""
        read = 0
        for rail in rails:
            _ = self[rail]
            read |= self.reads[rail]
        yield from dict.fromkeys(self.rules.program.atoms[rail >> 1] for rail in members(read))
