"""Whether the two rails miss something: a case left undetermined though however it goes on, one outcome comes.

A condition that asks for all of several things is exact when each of them is; one that asks for any of several things
that share no fact, too.  What remains are conditions whose alternatives share facts (the *cores*), and there only facts
that are read both ways (``p or not p``) can be missed: one with a value of which the core reads nothing is no better
left out than with that value.  The other facts are *loose*, and few.  The search is for loose facts left out: a case of
which the rail is not known while every completion has it; a completion that has it not becomes a clause that keeps all
cases away which it completes.  Questions about lists and numbers count as facts of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import product
from math import prod
from operator import or_
from typing import Any

import z3

from ..bilingual import say
from ..derivation import derive
from ..engines.fixpoint import least_model
from ..program import Rail, Rails, bits, opposite
from .claims import Proof
from .domain import partial_domain, partial_facts
from .formulas import Formulas
from .rules import Rules
from .search import Search
from .terms import declared, told, truths, variable
from .units import Unit, units
from .witness import CaseFacts, Side

ROUNDS = 200
"""How many completions are looked at before the search gives up."""
TRIES = 4
"""How many gaps are tried to be given as a case."""
COMBINATIONS = 1_024
"""How many values the facts left out may have for a case to be checked on the engine."""


def inexact(
    search: Search, rules: Rules, outcomes: Sequence[tuple[str, bool]], readings: Mapping[str, str | None]
) -> Proof:
    """Return whether the two rails are exact for the outcomes of a decision; refuted with a case that they miss."""
    every, result = _Exactness(search, rules, readings), Proof("proven")
    for name, _ in outcomes:
        found = every.of_outcome(name)
        if found.status == "refuted":
            return found
        result = found if found.status == "unknown" else result
    return result


class _Exactness:
    """The exactness of rails of one program."""

    def __init__(self, search: Search, rules: Rules, readings: Mapping[str, str | None]) -> None:
        self.search, self.rules = search, rules
        self.side = Side(rules, (), readings)
        self.complete = search.formulas(rules, readings)
        self.units = units(rules)
        self._exact: dict[Rail, bool] = {}

    def of_outcome(self, name: str) -> Proof:
        """Return whether an outcome is exact."""
        goal = self.rules.rail(name)
        cores = [core for core in dict.fromkeys(self._cores(goal)) if not self._is_exact(core)]
        return _Gap(self, goal, cores).proof() if cores else Proof("proven")

    def _is_exact(self, core: Rail) -> bool:
        if core not in self._exact:
            self._exact[core] = _Gap(self, core, []).proof(witness=False).status == "proven"
        return self._exact[core]

    def _cores(self, rail: Rail) -> Iterator[Rail]:
        """Yield the conditions on whose exactness that of a rail rests."""
        bodies = self.complete.bodies.get(rail, [])
        if not bodies or self.complete[rail] is True or self.complete[rail] is False:
            return
        need, body = bodies[0]
        if len(bodies) == 1 and (need == len(body) or (need == 1 and self._apart(body))):
            for part in body:
                yield from self._cores(part)
        elif self.loose(rail):
            yield rail

    def _apart(self, body: Sequence[Rail]) -> bool:
        """Return whether no two of several conditions share a fact."""
        seen: set[str] = set()
        for rail in body:
            facts = self.facts(rail)
            if facts & seen:
                return False
            seen |= facts
        return True

    def facts(self, rail: Rail) -> set[str]:
        """Return the facts on which a rail depends."""
        _ = self.complete[rail]
        reads = self.complete.reads[rail]
        return {name for name, unit in self.units.items() if any(reads >> r & 1 for value in unit for r in value)}

    def loose(self, rail: Rail) -> set[str]:
        """Return the facts of which a rail reads something whatever their value is."""
        reads = self.complete.reads[rail]
        return {n for n, unit in self.units.items() if all(any(reads >> r & 1 for r in value) for value in unit)}


class _Gap:
    """The search for a case of which the two rails miss a rail, by way of one of the ``cores`` if there are any."""

    def __init__(self, exactness: _Exactness, goal: Rail, cores: Sequence[Rail]) -> None:
        self.exactness, self.goal, self.cores = exactness, goal, cores
        self.rules, self.side, self.term = exactness.rules, exactness.side, exactness.complete[goal]
        facts = exactness.facts(goal)
        self.units = {name: unit for name, unit in exactness.units.items() if name in facts}
        loose = set().union(*(exactness.loose(core) for core in cores)) if cores else exactness.loose(goal)
        self.loose = {name: unit for name, unit in self.units.items() if name in loose}
        self._loose_rails = bits(rail for unit in self.loose.values() for value in unit for rail in value)

    def proof(self, witness: bool = True) -> Proof:
        """Return a case that is missed, or that there is none."""
        if not self.loose:
            return Proof("proven")
        partial = Formulas(self.rules, partial_facts(self.rules, self.side.readings, self.loose))
        cases = self._solver(*partial_domain(self.loose.values(), self.rules.program.atoms))
        cases.add(self.term, z3.Not(partial[self.goal]))
        if self.cores:
            whole = self.exactness.complete
            cases.add(z3.Or([z3.And(whole[core], z3.Not(partial[core])) for core in self.cores]))
        others = self._solver(z3.Not(self.term))
        tries = 0
        for _ in range(ROUNDS):
            found = cases.check()
            if found == z3.unsat and not tries:
                return Proof("proven")
            if found != z3.sat:
                return Proof("unknown", why=say("gap_no_case" if tries else "out_of_time"))
            told = self._told(cases.model())
            again = others.check([self._literal(rail) for rail in told])
            if again == z3.unknown:
                return Proof("unknown", why=say("out_of_time"))
            if again == z3.sat:
                cases.add(z3.Or([self._against(rail) for rail in self._reason(others.model())]))
                continue
            shown = self._shown(told) if witness else Proof("refuted")
            tries += 1
            if shown or tries >= TRIES:
                return shown or Proof("unknown", why=say("gap_no_case"))
            cases.add(z3.Or([self._against(rail) for rail in told]))
        return Proof("unknown", why=say("gap_no_end", rounds=ROUNDS))

    def _solver(self, *terms: Any) -> Any:
        solver = z3.SimpleSolver()
        solver.set("timeout", self.exactness.search.timeout_ms)
        solver.add(*self.exactness.search.theory(self.rules), *terms)
        return solver

    def _literal(self, rail: Rail) -> Any:
        atom = variable(self.rules.program.atoms[rail >> 1])
        return z3.Not(atom) if rail & 1 else atom

    def _holds(self, rail: Rail, true: set[str]) -> bool:
        return (self.rules.program.atoms[rail >> 1] in true) is not bool(rail & 1)

    def _against(self, rail: Rail) -> Any:
        """Return that a case is told the opposite of a rail."""
        name = self.rules.program.atoms[rail >> 1]
        if self._loose_rails >> (rail & ~1) & 3:
            return told(name, bool(rail & 1))
        return self._literal(opposite(rail))

    @cached_property
    def _asked(self) -> dict[str, Any]:
        """The variables of the facts, and of what is told of the loose ones, by name."""
        atoms = {
            self.rules.program.atoms[rail >> 1] for unit in self.units.values() for value in unit for rail in value
        }
        return declared([*atoms, *(f"told {value}" for unit in self.loose.values() for value in unit)])

    def _told(self, model: Any) -> list[Rail]:
        """Return the rails that the case of a model makes known."""
        found: list[Rail] = []
        true = truths(model, self._asked)
        for name, unit in self.units.items():
            for value in unit:
                loose = name in self.loose
                if f"told {value}" in true if loose else all(self._holds(rail, true) for rail in value):
                    found += value
                    break
        return list(dict.fromkeys(found))

    def _reason(self, model: Any) -> list[Rail]:
        """Return facts of a completion because of which the rail does not hold; all of them when none are known."""
        rails = dict.fromkeys(rail for unit in self.units.values() for value in unit for rail in value)
        true = truths(model, self._asked)
        held = [rail for rail in rails if self._holds(rail, true)]
        known, other = bits(held) | self._by_reading, opposite(self.goal)
        reached = least_model(self.rules.program, known)
        if not reached >> other & 1:
            return held
        rests = bits(step.rail for step in derive(self.rules.program, reached, [other]))
        return [rail for rail in held if rests >> rail & 1]

    @property
    def _by_reading(self) -> Rails:
        return self.side.known({}, {}) or 0

    def _shown(self, told: list[Rail]) -> Proof | None:
        """Return the smallest case that the engine confirms, if it can be given as one."""
        kept = self._filled(dict.fromkeys(told))
        for name in sorted(self.units, key=lambda name: name in self.loose):
            for value in self.units[name]:
                fewer = {rail: None for rail in kept if rail not in value}
                if all(rail in kept for rail in value) and self._missed(bits(fewer) | self._by_reading):
                    kept = fewer
        atoms = self.rules.program.atoms
        goals = tuple((atoms[rail >> 1], not rail & 1) for rail in kept)
        answer = self.exactness.search.find([Side(self.rules, goals, self.side.readings)])
        case: CaseFacts = answer.witness.case if answer.witness else {}
        known = self.side.known(case, {})
        if answer.status != "found" or known is None or not self._missed(known):
            return None
        decision, _, outcome = atoms[self.goal >> 1].partition("=")
        return Proof("refuted", case, {}, decision, say("gap_missed", outcome=outcome))

    def _filled(self, told: dict[Rail, None]) -> dict[Rail, None]:
        """Return a gap with as many loose facts told as it bears."""
        for unit in self.loose.values():
            if _is_told(unit, bits(told)):
                continue
            for value in unit:
                more = told | dict.fromkeys(value)
                if not least_model(self.rules.program, bits(more) | self._by_reading) >> self.goal & 1:
                    told = more
                    break
        return told

    def _missed(self, known: Rails) -> bool:
        """Return whether the engine does not know a rail that it knows for all values of the loose facts left out."""
        left_out = [unit for unit in self.loose.values() if not _is_told(unit, known)]
        if least_model(self.rules.program, known) >> self.goal & 1 or prod(map(len, left_out)) > COMBINATIONS:
            return False
        return all(
            least_model(self.rules.program, known | reduce(or_, map(bits, values), 0)) >> self.goal & 1
            for values in product(*left_out)
        )


def _is_told(unit: Unit, known: Rails) -> bool:
    """Return whether a value of a fact is known: all that it makes known, for another fact may make a part known."""
    return any(value and not bits(value) & ~known for value in unit)
