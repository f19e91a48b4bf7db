"""Whether two policies decide alike: proven for every case, complete or not, or refuted by small cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import z3

from ..as_written import meaning, told_otherwise
from ..bilingual import say
from ..differences import OPEN, Comparison, Pair, Turned, readable, state
from ..errors import CaseError
from ..policy import Policy
from ..program import Program, Rail
from ..questions import shown_atoms
from ..vocabulary import Assertion
from .formulas import Formulas
from .rules import Rules
from .search import Search, Status
from .terms import told
from .witness import Side

Sides = tuple[Rules, Rules]
"""The rules of one decision in both policies."""
IN_VAIN = 4
"""How often a decision is searched for cases with lists and none is found; each may take half a minute.

What is left is settled without lists, or listed as not settled.
"""


class Prover:
    """Proves and refutes that two policies decide alike."""

    def __init__(self, base: Policy, head: Policy, timeout_ms: int) -> None:
        self.base, self.head, self.timeout_ms = base, head, timeout_ms
        self.search = Search(base, head, timeout_ms=timeout_ms)

    def compare(self, decision: str) -> Comparison:
        """Return what comes of a decision of both that is not the same as written."""
        sides = self._rules(self.base, decision), self._rules(self.head, decision)
        old, new = (shown_atoms(decision, policy.rules.decisions[decision]) for policy in (self.base, self.head))
        otherwise = told_otherwise(self.base, self.head, decision)
        differing = self._differing(sides, old, new)
        if not differing and not otherwise and self._same_defaults(sides):
            return Comparison(decision, "equal")
        told_pairs = self._told_pairs(decision, otherwise, [name for name in old if name in new])
        found, unsettled = self._pairs(decision, sides, differing)
        if pairs := (*found, *told_pairs):
            return Comparison(decision, "changed", pairs, unsettled=unsettled)
        if other := sorted({*old} ^ {*new}):
            return Comparison(decision, "changed", why=say("shows_other_things", names=tuple(other)))
        if names := tuple(dict.fromkeys(name for name, _ in otherwise)):
            return Comparison(decision, "unproven", why=say("told_otherwise", names=names))
        return Comparison(decision, "unproven", why=say("not_told_apart"), unsettled=unsettled)

    def _rules(self, policy: Policy, decision: str) -> Rules:
        """Return the rules of a decision; a question that means something else in the other policy is another atom."""
        rules = Rules.of_decision(policy, decision)
        if policy is self.base:
            return rules
        other = {
            name: f"{name} (head)"
            for name in rules.tests
            if name in self.base.rules.tests and meaning(self.base, name) != meaning(self.head, name)
        }
        program = rules.program
        atoms = tuple(other.get(name, name) for name in program.atoms)
        renamed = Program(atoms, program.gates, {other.get(name, name): n for name, n in program.index.items()})
        return rules.with_gates(renamed)

    def _differing(self, sides: Sides, old: list[str], new: list[str]) -> list[str]:
        """Return the atoms, of those that one side shows, that the other does not show or some case may tell apart.

        Both sides are told alike here, however they are: what a finding tells one side alone is not seen.
        """
        solver = z3.SimpleSolver()
        solver.set("timeout", self.timeout_ms)
        made = [Formulas(rules, _told(rules)) for rules in sides]
        solver.add(*_sound(sides, self.search.policies))
        differing = []
        for name in dict.fromkeys((*old, *new)):
            if name not in old or name not in new:
                differing.append(name)
                continue
            unlike = []
            for value in (True, False):
                was, now = (one[rules.rail(name, value)] for one, rules in zip(made, sides, strict=True))
                if was is not now:
                    unlike.append(z3.Xor(_term(was), _term(now)))
            if unlike and solver.check(z3.Or(unlike)) != z3.unsat:
                differing.append(name)
        return differing

    def _same_defaults(self, sides: Sides) -> bool:
        """Return whether both policies take the readings on which either side depends alike."""
        old, new = self.base.rules.readings, self.head.rules.readings
        used = {name for rules in sides for name in rules.readings}
        return all(name in old and name in new and old[name].default == new[name].default for name in used)

    def _pairs(self, decision: str, sides: Sides, differing: Iterable[str]) -> tuple[list[Pair], tuple[Turned, ...]]:
        """Return the pairs of values of which a case is found that shows it, and those that may be or not."""
        old, new = ([*policy.rules.decisions[decision].ladder] for policy in (self.base, self.head))
        groups = [[(decision, was, now) for now in new if was != now] for was in old]
        for name in differing:
            if not name.startswith(f"{decision}=") and all(name in rules.program.index for rules in sides):
                groups += [[(name, "true", "false")], [(name, "false", "true")]]
        found, unsettled, in_vain = list[Pair](), list[Turned](), 0
        for left in groups:
            status: Status = "impossible"
            while left:
                pair, status = self._sought(decision, sides, left, lists=in_vain < IN_VAIN)
                if pair is None:
                    break
                found.append(pair)
                left.remove((pair.atom, pair.was, pair.now))
            if left and status == "unknown":
                in_vain += 1
                for one in left:  # Each by itself may be impossible all the same, or shown by a case without lists.
                    pair, status = self._sought(decision, sides, [one], lists=False)
                    if pair is not None:
                        found.append(pair)
                    elif status == "unknown":
                        unsettled.append(one)
        return [*found, *self._opened(decision, sides, old, new)], tuple(unsettled)

    def _sought(self, decision: str, sides: Sides, turned: Sequence[Turned], lists: bool) -> tuple[Pair | None, Status]:
        """Return a pair of values out of some of one atom that are alike before, with a case that shows it, or None.

        And what came of the search.  It is by the default readings where a case is found so.
        """

        def side(rules: Rules, atom: str, value: str, default: bool) -> Side:
            goal = (f"{decision}={value}", True) if atom == decision else (atom, value == "true")
            taken = {n: r.default for n, r in rules.policy.rules.readings.items()} if default else {}
            return Side(rules, (goal,), taken)

        status: Status = "impossible"
        for default in (True, False) if any(rules.readings for rules in sides) else (True,):
            both = [
                [side(sides[0], atom, was, default), side(sides[1], atom, now, default)] for atom, was, now in turned
            ]
            answer = self.search.find(*both, lists=lists)
            if answer.witness is not None:
                pair = Pair(*turned[0], answer.witness.case, answer.witness.readings)
                return replace(pair, now=state(self.head, pair.case, pair, decision)), "found"
            if answer.status == "unknown":
                status = "unknown"
        return None, status

    def _told_pairs(self, decision: str, otherwise: Iterable[Assertion], shown: Sequence[str]) -> list[Pair]:
        """Return what a finding alone changes that tells one side what it does not tell the other."""
        found: dict[tuple[str, str, str], Pair] = {}
        for name, value in otherwise:
            for atom in shown:
                pair = Pair(atom, "", "", {name: value}, {})
                was, now = (state(policy, pair.case, pair, decision) for policy in (self.base, self.head))
                if was != now:
                    found.setdefault((atom, was, now), replace(pair, was=was, now=now))
                    break
        return list(found.values())

    def _opened(self, decision: str, sides: Sides, old: list[str], new: list[str]) -> Iterator[Pair]:
        """Yield the outcomes that need more facts than they did, or fewer: the least that one side needs, on the other.

        A case with which one side has its outcome and none less is given to the other.
        """
        seen: set[tuple[str, str]] = set()
        for mine, values, other in ((0, old, 1), (1, new, 0)):
            policies = self.base, self.head
            for value in values:
                rules = sides[mine]
                taken = {name: reading.default for name, reading in rules.policy.rules.readings.items()}
                answer = self.search.find([Side(rules, ((f"{decision}={value}", True),), taken)])
                if answer.witness is None:
                    continue
                case = answer.witness.case
                try:
                    said = policies[other].decide(readable(policies[other], case), decision).outcome or OPEN
                except CaseError:
                    continue
                was, now = (value, said) if mine == 0 else (said, value)
                if was != now and OPEN in (was, now) and (was, now) not in seen:
                    seen.add((was, now))
                    yield Pair(decision, was, now, case, {})


def _told(rules: Rules) -> Callable[[Rail], Any]:
    """Return the rails of facts and readings of which each may be unknown."""

    def given(rail: Rail) -> Any:
        name = rules.program.atoms[rail >> 1]
        return told(name, not rail & 1)

    return given


def _sound(sides: Sides, policies: Iterable[Policy]) -> Iterator[Any]:
    """Yield what is true of what is told in every case: no atom both ways, no choice two options, none denied all.

    It allows more than cases can show, so what never differs here never differs.
    """
    atoms = dict.fromkeys(name for rules in sides for n in rules.inputs for name in (rules.program.atoms[n],))
    for name in atoms:
        yield z3.Not(z3.And(told(name, True), told(name, False)))
    options: dict[str, list[list[str]]] = {}
    for policy in policies:
        for name, scalar in policy.rules.vocabulary.scalars.items():
            if scalar.options:
                options.setdefault(name, []).append([f"{name}={option}" for option in scalar.options])
        for name, reading in policy.rules.readings.items():
            options.setdefault(f"reading:{name}", []).append([f"reading:{name}={option}" for option in reading.options])
    for known in options.values():
        both = [one for one in known[0] if all(one in other for other in known)]
        for one in both:
            if one in atoms:
                others = [told(other, True) for other in both if other != one]
                yield z3.Implies(told(one, True), z3.And([told(other, False) for other in both if other != one]))
                yield z3.Implies(told(one, False), z3.Or(others))


def _term(term: Any) -> Any:
    return z3.BoolVal(term) if isinstance(term, bool) else term
