"""The search for a case in which things hold at once: assert, solve, turn the model into a case, replay it.

search = Search(policy)                                        # or Search(base, head)
answer = search.find([Side(rules, (("tolerance=may_tolerate", True),), readings=defaults)])
answer.status     # "impossible": proven for every case · "found": answer.witness replays · "unknown": answer.why
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Literal

import z3

from ..bilingual import Because, say
from ..logic import Test
from ..policy import Policy
from ..program import Rails, members
from .days import FIRST_YEAR, LAST_YEAR
from .domain import domain, facts_of, partial_domain, partial_facts
from .entries import SymbolicEntries
from .figures import UnsupportedError
from .formulas import Formulas
from .rules import Rules, goal_rails
from .seen import Seen
from .terms import Term, answered, conj, disj, known_false, variable
from .units import reading_units, units
from .witness import CaseFacts, Clash, Readings, Side, Stuck, Witness, resting, smallest

Status = Literal["impossible", "found", "unknown"]
SIZES = (2, 4)
"""How many entries the lists of a case may have at first, and then."""
TRIES = 6
"""How many models are turned into cases before the search gives up."""
TRIES_UNANSWERED = 30
"""The same where a question is to be without an answer: each model that is not confirmed rules out few questions."""


@dataclass(frozen=True)
class Answer:
    """What came of a search; ``why`` says what is unknown."""

    status: Status
    witness: Witness | None = None
    why: Because = ""


class Search:
    """Looks for cases that one policy, or several, can read.  Keeps what it has worked out; not for several threads."""

    def __init__(self, *policies: Policy, typical: Mapping[str, Any] | None = None, timeout_ms: int = 5_000) -> None:
        self.policies = policies
        self.typical = dict(typical or {})
        self.timeout_ms = timeout_ms
        self._domain = [conj(domain(*policies))]
        self._solver = self._new_solver()
        self._formulas: dict[Any, Formulas] = {}
        self._entries: dict[tuple[int, int, bool], SymbolicEntries] = {}
        self._tied: set[str] = set()
        self._seen = Seen()

    def _new_solver(self) -> Any:
        solver = z3.SimpleSolver()
        solver.set("timeout", self.timeout_ms)
        solver.set("random_seed", 0)
        solver.add(*self._domain)
        return solver

    def formulas(
        self, rules: Rules, readings: Mapping[str, str | None], facts: Mapping[str, Any] | None = None
    ) -> Formulas:
        """Return the formulas of some rules; worked out once."""
        used = tuple((name, readings[name]) for name in rules.readings if name in readings)
        key = (rules, used, tuple(sorted((facts or {}).items())))
        if key not in self._formulas:
            self._formulas[key] = Formulas(rules, facts_of(rules, readings, facts))
        return self._formulas[key]

    def derive(self, rules: Rules, base: Side, changed: Rails) -> None:
        """Work the formulas of rules out that differ from those of a side in the ``changed`` rails and what follows."""
        used = tuple((name, base.readings[name]) for name in rules.readings if name in base.readings)
        made = self.formulas(base.rules, base.readings, base.facts)
        given = facts_of(rules, base.readings, base.facts)
        self._formulas[rules, used, tuple(sorted(base.facts.items()))] = Formulas(rules, given, made, changed)

    def goal(self, sides: Sequence[Side]) -> Term:
        """Return what must be true of the facts for every goal of every side to hold."""
        parts: list[Term] = []
        for side in sides:
            parts.append(side.term(self.formulas(side.rules, side.readings, side.facts)))
        return conj(parts)

    def find(self, *alternatives: Sequence[Side], small: bool = True, lists: bool = True) -> Answer:
        """Return a case in which all sides of one of the alternatives hold, or that there is none.

        The case is as small as may be, unless it is not asked to be ``small``: then one found before will do.  Without
        ``lists`` none is made whose lists and numbers answer questions, which is what takes long.

        "impossible" holds for all cases, complete or not, and lists of any length.  "unknown" when time is out, or when
        only questions about lists and numbers leave it open and no case was found that answers them so.
        """
        if not small and (shown := self._seen.showing(alternatives)):
            return Answer("found", shown)
        goals = [self.goal(sides) for sides in alternatives]
        wanted = disj(goals)
        if wanted is False:
            return Answer("impossible")
        tests = self._tests(alternatives)
        self._tie(tests)
        self._solver.push()
        try:
            self._solver.add(wanted)
            found = self._solver.check()
            if found == z3.unsat:
                return Answer("impossible")
            if found == z3.unknown:
                return Answer("unknown", why=say("out_of_time"))
            if not tests:
                return self._shown(self._solver.model(), alternatives, goals, (), small) or Answer(
                    "unknown", why=say("not_confirmed")
                )
        finally:
            self._solver.pop()
        if not lists:
            return Answer("unknown", why=say("out_of_time"))
        return self._with_entries(alternatives, goals, tests, small)

    def find_unanswered(self, side: Stuck) -> Answer:
        """Return a case that gives all that is asked about and on which a side holds; "unknown" where none is found."""
        tests, goal = self._tests([[side]]), self.goal([side])
        return self._with_entries([[side]], [goal], tests, True) if tests and goal is not False else Answer("unknown")

    def theory(self, rules: Rules) -> list[Term]:
        """Return what is true of complete facts, and that each test is true or false."""
        return [*self._domain, *(known_false(name) == z3.Not(variable(name)) for name in rules.tests)]

    def find_contradiction(self, rules: Rules) -> Answer:
        """Return a case of facts that nobody contradicts, and of which something is both true and false."""
        facts = {**units(rules), **reading_units(rules)}
        formulas = Formulas(rules, partial_facts(rules, {}, facts))
        both = [conj([formulas[rail], formulas[rail + 1]]) for rail in members(rules.derived) if not rail & 1]
        solver = self._new_solver()
        solver.add(*self.theory(rules), *partial_domain(facts.values(), rules.program.atoms), disj(both))
        found = solver.check()
        if found == z3.unsat:
            return Answer("impossible")
        if found == z3.sat:
            model = solver.model()
            sides = [Clash(rules, ())]
            return self._shown(model, [sides], [True], (), True) or Answer("unknown", why=say("not_confirmed"))
        return Answer("unknown", why=say("out_of_time"))

    def _tests(self, alternatives: Sequence[Sequence[Side]]) -> dict[str, Rules]:
        """Return the questions about lists and numbers on which the goals depend, each with rules that ask it."""
        found: dict[str, Rules] = {}
        for sides in alternatives:
            for side in sides:
                formulas = self.formulas(side.rules, side.readings, side.facts)
                for name in formulas.inputs(goal_rails(side.rules, side.goals)):
                    if name in side.rules.tests:
                        found.setdefault(name, side.rules)
        return found

    def _tie(self, tests: Mapping[str, Rules]) -> None:
        """Let the two variables of each test be each other's negation."""
        for name in tests:
            if name not in self._tied:
                self._tied.add(name)
                self._solver.add(known_false(name) == z3.Not(variable(name)))

    def _with_entries(
        self, alternatives: Sequence[Sequence[Side]], goals: Sequence[Term], tests: Mapping[str, Rules], small: bool
    ) -> Answer:
        """Look for a case whose lists and numbers answer the tests as the goals ask."""
        why: Because = ""
        complete = any(side.complete for sides in alternatives for side in sides)
        for size in SIZES:
            solver = self._new_solver()
            solver.add(disj(goals))
            used: dict[SymbolicEntries, list[Test]] = {}
            for name, rules in tests.items():
                entries = self._entries_of(rules.policy, size, complete)
                try:
                    true, false = entries.test(rules.tests[name])
                except UnsupportedError as error:
                    solver.add(known_false(name) == z3.Not(variable(name)))
                    why = say("not_understood", what=error.args[0])
                else:
                    solver.add(variable(name) == true, known_false(name) == false)
                    used.setdefault(entries, []).append(rules.tests[name])
            for one, other in permutations(used, 2):
                one.ask_like(other)
            for entries, asked in used.items():
                if complete:
                    entries.dated()
                solver.add(*entries.sound(asked))
            fewer = [entries.at_most(count) for entries in used for count in range(size)]
            for _ in range(TRIES_UNANSWERED if complete else TRIES):
                # The shortest lists first.
                found = next((r for few in fewer if (r := solver.check(few)) == z3.sat), None) or solver.check()
                if found != z3.sat:
                    break
                model = solver.model()
                shown = self._shown(model, alternatives, goals, tuple(used), small)
                if shown:
                    return shown
                why = say("none_confirmed")
                solver.add(disj(_otherwise(model, tests, complete)))
            if found == z3.unknown:
                why = say("out_of_time")
        return Answer("unknown", why=why or say("no_entries", most=SIZES[-1], first=FIRST_YEAR, last=LAST_YEAR))

    def _entries_of(self, policy: Policy, size: int, complete: bool) -> SymbolicEntries:
        key = (self.policies.index(policy), size, complete)
        if key not in self._entries:
            self._entries[key] = SymbolicEntries(policy, size)
        return self._entries[key]

    def _shown(
        self, model: Any, alternatives: Sequence[Sequence[Side]], goals: Sequence[Term],
        entries: Sequence[SymbolicEntries], small: bool,
    ) -> Answer | None:  # fmt: skip
        """Return the case of a model, made small, if the engine confirms it."""
        for sides, goal in zip(alternatives, goals, strict=True):
            if goal is not True and (goal is False or not z3.is_true(model.eval(goal, model_completion=True))):
                continue
            case: CaseFacts = {}
            for one in entries:
                case |= one.case(model)
            readings: Readings = {}
            for side in sides:
                case |= _plain_facts(model, side.rules)
                readings |= _readings(model, side)
            witness = Witness(case, readings)
            if witness.holds(sides):
                witness = smallest(witness, sides, self.typical) if small else resting(witness, sides)
                self._seen.add(sides, witness)
                return Answer("found", witness)
        return None


def _otherwise(model: Any, tests: Mapping[str, Rules], complete: bool) -> list[Term]:
    """Return what differs from a model: answers, or of complete cases an answer where the model has none."""
    if complete:
        return [answered(n) for n in tests if z3.is_false(model.eval(answered(n), model_completion=True))]
    return [v != model.eval(v, model_completion=True) for v in map(variable, tests)]


def _plain_facts(model: Any, rules: Rules) -> CaseFacts:
    """Return the findings and choices that a model gives, of those that some rules use."""

    def true(atom: str) -> bool:
        return bool(z3.is_true(model.eval(variable(atom), model_completion=True)))

    found: CaseFacts = {name: true(name) for name in rules.asked.findings if name in rules.program.index}
    for name, options in rules.asked.choices.items():
        if name in rules.asked.looked_up or any(f"{name}={option}" in rules.program.index for option in options):
            found[name] = next(option for option in options if true(f"{name}={option}"))
    return found


def _readings(model: Any, side: Side) -> Readings:
    """Return the options that a model takes of the readings which the side leaves to it."""
    options = side.rules.policy.rules.readings
    return {
        name: option
        for name in side.rules.readings
        if name not in side.readings
        for option in options[name].options
        if z3.is_true(model.eval(variable(f"reading:{name}={option}"), model_completion=True))
    }
