"""Whether the two rails miss something: a case left undetermined though however it goes on, one outcome comes.

Only facts that an outcome reads both ways (``p or not p``) can do that.  A fact is *tame* for an outcome when it has a
value none of whose rails the outcome reads: leaving it out is then no better than that value, and the two rails are
exact in it.  The others are *loose*, and few.  The search is for loose facts left out: a case of which the engine does
not know the outcome, while every completion has it; a completion that has not is turned into a clause that keeps all
cases away which it completes.  Questions about lists and numbers count as facts of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import product
from math import prod
from operator import or_
from typing import Any

import z3

from ..derivation import derive
from ..engines.fixpoint import least_model
from ..program import Rail, Rails, bits, opposite
from .claims import Proof
from .formulas import Formulas, Rules, partial_domain, partial_facts, told_false, told_true, variable
from .search import Search
from .units import Unit, units
from .witness import Facts, Side

ROUNDS = 400
"""How many completions are looked at before the search gives up."""
COMBINATIONS = 256
"""How many values of facts that are left out a case may have for it to be checked on the engine."""


def inexact(
    search: Search, rules: Rules, outcomes: Sequence[tuple[str, bool]], readings: Mapping[str, str | None]
) -> Proof:
    """Return whether the two rails are exact for the outcomes of a decision; refuted with a case that they miss."""
    result = Proof("proven")
    for name, _ in outcomes:
        found = _Outcome(search, rules, name, readings).proof()
        if found.status == "refuted":
            return found
        result = found if found.status == "unknown" else result
    return result


class _Outcome:
    """The search for a case of which the two rails miss one outcome."""

    def __init__(self, search: Search, rules: Rules, name: str, readings: Mapping[str, str | None]) -> None:
        self.search, self.rules, self.name = search, rules, name
        self.side = Side(rules, (), readings)
        self.goal = rules.rail(name)
        self.complete = search.formulas(rules, readings)
        self.term = self.complete[self.goal]
        reads = self.complete.reads[self.goal]
        self.units = {n: unit for n, unit in units(rules).items() if any(reads >> r & 1 for v in unit for r in v)}
        self.loose = {n: u for n, u in self.units.items() if all(any(reads >> r & 1 for r in v) for v in u)}

    def proof(self) -> Proof:
        """Return a case that is missed, or that there is none."""
        if not self.loose or self.term is True or self.term is False:
            return Proof("proven")
        partial = Formulas(self.rules, partial_facts(self.rules, self.side.readings, self.loose))
        cases = self._solver(*partial_domain(self.loose.values(), self.rules.program.atoms))
        cases.add(self.term, z3.Not(partial[self.goal]))
        others = self._solver(z3.Not(self.term))
        for _ in range(ROUNDS):
            found = cases.check()
            if found != z3.sat:
                return Proof("proven") if found == z3.unsat else Proof("unknown", why="out of time")
            told = self._told(cases.model())
            again = others.check([self._literal(rail) for rail in told])
            if again == z3.unknown:
                return Proof("unknown", why="out of time")
            if again == z3.unsat:
                return self._shown(told)
            cases.add(z3.Or([self._against(rail) for rail in self._reason(others.model())]))
        return Proof("unknown", why=f"no answer after {ROUNDS} completions")

    def _solver(self, *terms: Any) -> Any:
        solver = z3.SimpleSolver()
        solver.set("timeout", self.search.timeout_ms)
        solver.add(*self.search.theory(self.rules), *terms)
        return solver

    def _literal(self, rail: Rail) -> Any:
        atom = variable(self.rules.program.atoms[rail >> 1])
        return z3.Not(atom) if rail & 1 else atom

    def _against(self, rail: Rail) -> Any:
        """Return that a case is told the opposite of a rail."""
        name = self.rules.program.atoms[rail >> 1]
        if any(rail in value for unit in self.loose.values() for value in unit):
            return told_true(name) if rail & 1 else told_false(name)
        return self._literal(opposite(rail))

    def _told(self, model: Any) -> list[Rail]:
        """Return the rails that the case of a model makes known."""
        found: list[Rail] = []
        for name, unit in self.units.items():
            for value in unit:
                term = variable(f"told {value}") if name in self.loose else z3.And([self._literal(r) for r in value])
                if z3.is_true(model.eval(term, model_completion=True)):
                    found += value
        return list(dict.fromkeys(found))

    def _reason(self, model: Any) -> list[Rail]:
        """Return facts of a completion because of which the outcome does not come; all of them when none are known."""
        rails = [r for n in self.units for v in self.units[n] for r in v]
        held = [r for r in dict.fromkeys(rails) if z3.is_true(model.eval(self._literal(r), model_completion=True))]
        known = bits(held) | self.side.known({}, {})  # type: ignore[operator]
        other = opposite(self.goal)
        reached = least_model(self.rules.program, known)
        if not reached >> other & 1:
            return held
        rests = bits(step.rail for step in derive(self.rules.program, reached, [other]))
        return [rail for rail in held if rests >> rail & 1]

    def _shown(self, told: list[Rail]) -> Proof:
        """Return the smallest case that the engine confirms."""
        by_reading = self.side.known({}, {}) or 0
        kept = dict.fromkeys(told)
        for rails in self._parts(told):
            fewer = [rail for rail in kept if rail not in rails]
            if len(fewer) < len(kept) and self._missed(bits(fewer) | by_reading):
                kept = dict.fromkeys(fewer)
        atoms = self.rules.program.atoms
        goals = tuple((atoms[rail >> 1], not rail & 1) for rail in kept)
        answer = self.search.find([Side(self.rules, goals, self.side.readings)])
        case: Facts = answer.witness.case if answer.witness else {}
        known = self.side.known(case, {})
        if answer.status != "found" or known is None or not self._missed(known):
            return Proof("unknown", why="the facts that leave a gap could not be given as a case")
        decision, _, outcome = self.name.partition("=")
        return Proof("refuted", case, {}, decision, f"undetermined, though every completion comes to {outcome}")

    def _parts(self, told: list[Rail]) -> Iterator[tuple[Rail, ...]]:
        """Yield what each fact makes known, tame facts first."""
        for name in sorted(self.units, key=lambda name: name in self.loose):
            for value in self.units[name]:
                if all(rail in told for rail in value):
                    yield value

    def _missed(self, known: Rails) -> bool:
        """Return whether the engine does not know an outcome that it knows for all values of the loose facts left out."""
        left_out = [u for u in self.loose.values() if not any(known >> rail & 1 for value in u for rail in value)]
        if least_model(self.rules.program, known) >> self.goal & 1 or prod(map(len, left_out)) > COMBINATIONS:
            return False
        return all(
            least_model(self.rules.program, known | reduce(or_, map(bits, values), 0)) >> self.goal & 1
            for values in product(*left_out)
        )

