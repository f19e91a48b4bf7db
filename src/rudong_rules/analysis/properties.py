"""The properties, each a few lines: what would have to hold at once for the claim to be shown or broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import product
from typing import Any

from ..bilingual import Because, say
from ..compiler import compile_rules
from ..facts import Facts
from ..policy import Policy
from ..program import Gate, Program, bits
from ..questions import shown_atoms
from .claims import Claim, Proof, rungs_above
from .exactness import inexact
from .rules import Rules
from .search import Answer, Search
from .witness import Gap, Readings, Side, Stuck

_TOLD = 3
"""How many questions without an answer are named."""
Alternatives = list[Sequence[Side]]
ANY: Readings = {}
"""No reading is taken: the search may choose."""
_BY_EXAMPLE = ("dead_rule", "redundant_rule", "shadowed_rule")
"""Claims shown by any case: nobody looks at it."""


class Prover:
    """Proves claims about one policy.  Keeps formulas; not for several threads at once."""

    def __init__(self, policy: Policy, timeout_ms: int = 5_000) -> None:
        self.policy = policy
        self.search = Search(policy, typical=policy.rules.checks.typical, timeout_ms=timeout_ms)
        self.defaults: Readings = {name: reading.default for name, reading in policy.rules.readings.items()}
        self._rules: dict[str, Rules] = {}
        self._above: dict[str, dict[str, tuple[str, ...]]] = {}

    def prove(self, claim: Claim) -> Proof:
        """Return what comes of a claim."""
        return _PROPERTIES[claim.property](self, claim)

    def rules(self, decision: str) -> Rules:
        """Return what a decision rests on."""
        if decision not in self._rules:
            self._rules[decision] = Rules.of_decision(self.policy, decision)
        return self._rules[decision]

    def above(self, decision: str, rule: str) -> tuple[str, ...]:
        """Return the outcomes above the first one that rests on a rule; none where no outcome does."""
        if decision not in self._above:
            self._above[decision] = rungs_above(self.policy, decision)
        return self._above[decision].get(rule, ())

    # --- the skeleton ------------------------------------------------------------------------------------------------

    def _can(
        self, ways: Callable[[Readings], Alternatives], claim: Claim, under: Sequence[Readings] | None = None
    ) -> Proof:
        """Prove that something can happen, by default readings or else by others; or ``under`` some alone.

        One reading at a time is taken otherwise before the search may choose: with readings taken it is far shorter.
        """
        small = claim.property not in _BY_EXAMPLE
        answer, under_which = Answer("impossible"), self.defaults
        for readings in under or (self.defaults, *self._near(claim.decisions[0]), ANY):
            found = self.search.find(*ways(readings), small=small)
            if found.status == "found" or answer.status == "impossible":
                answer, under_which = found, readings
            if found.status == "found":
                break
        status = {"found": "proven", "impossible": "refuted", "unknown": "unknown"}[answer.status]
        other = answer.status == "found" and under_which is not self.defaults
        return self._proof(status, answer, claim, "", other, under_which)

    def _near(self, decision: str) -> Iterator[Readings]:
        """Yield the default readings of a decision with one of them taken otherwise."""
        for name in self.rules(decision).readings:
            for option in self.policy.rules.readings[name].options:
                if option != self.defaults[name]:
                    yield {**self.defaults, name: option}

    def _cannot(
        self, ways: Callable[[Readings], Alternatives], claim: Claim, why: Because = "", default: bool = False
    ) -> Proof:
        """Prove that something cannot happen under any readings; a case by default readings comes first."""
        answer = self.search.find(*ways(self.defaults))
        other = answer.status == "impossible" and not default
        if other:
            answer = self.search.find(*ways(ANY))
        status = {"found": "refuted", "impossible": "proven", "unknown": "unknown"}[answer.status]
        return self._proof(status, answer, claim, why, other and answer.status == "found")

    def _proof(
        self, status: Any, answer: Answer, claim: Claim, why: Because, other: bool, under: Readings = ANY
    ) -> Proof:
        decision = claim.decisions[0] if claim.decisions else ""
        if answer.witness is None or (status == "proven" and claim.property in _BY_EXAMPLE):
            return Proof(status, decision=decision, why=answer.why, only_other_readings=other)
        every = {**under, **answer.witness.readings}
        taken = {n: o for n, o in every.items() if o is not None and o != self.defaults[n]}
        return Proof(status, answer.witness.case, taken, decision, why, other)

    # --- what each claim asks ----------------------------------------------------------------------------------------

    def holds(self, claim: Claim) -> Proof:
        """Some case comes to the outcome; the rule holds in some case."""
        rules = self.rules(claim.decisions[0])
        return self._can(lambda readings: [[Side(rules, ((claim.subject, True),), readings)]], claim)

    def gap(self, claim: Claim) -> Proof:
        """Every complete case has an outcome."""
        rules, outcomes = self.rules(claim.subject), self._outcomes(claim.subject)
        proof = self._cannot(lambda readings: [[Gap(rules, outcomes, readings)]], claim)
        if proof.status != "proven":
            return proof
        # So much for the cases that answer every question; a table or a list may have no answer.
        stuck = Stuck(rules, outcomes, self.defaults)
        answer = self.search.find_unanswered(stuck)
        if answer.witness is None:
            return proof
        names = stuck.unanswered(answer.witness.case, answer.witness.readings)
        return self._proof("refuted", answer, claim, say("nothing_answers", names=tuple(names[:_TOLD])), False)

    def redundant(self, claim: Claim) -> Proof:
        """In some case something that a verdict shows is different without the rule."""
        return self._first(claim, lambda decision: self._without(decision, claim.subject))

    def _without(self, decision: str, rule: str) -> Callable[[Readings], Alternatives]:
        rules = self.rules(decision)
        fewer = rules.with_gates(_without(rules.program, rule))

        def ways(readings: Readings) -> Alternatives:
            self.search.derive(fewer, Side(rules, (), readings), bits([rules.rail(rule), rules.rail(rule, False)]))
            return list(self._differ(decision, rules, readings, fewer, readings, Side))

        return ways

    def shadowed(self, claim: Claim) -> Proof:
        """In some case the rule holds, and no outcome above those that it bears on."""
        on_ladder = [one for one in claim.decisions if self.above(one, claim.subject)]

        def ways(decision: str) -> Callable[[Readings], Alternatives]:
            above = self.above(decision, claim.subject)
            goals = ((claim.subject, True), *((f"rung:{decision}={outcome}", False) for outcome in above))
            return lambda readings: [[Side(self.rules(decision), goals, readings)]]

        return self._first(claim, ways, on_ladder)

    def _first(
        self, claim: Claim, ways: Callable[[str], Callable[[Readings], Alternatives]], among: Sequence[str] = (),
        under: Sequence[Readings] | None = None,
    ) -> Proof:  # fmt: skip
        """Return the proof by the first decision in which it can be given."""
        proof = Proof("refuted")
        for decision in among or claim.decisions:
            found = self._can(ways(decision), Claim(claim.property, claim.subject, claim.place, (decision,)), under)
            if found.status == "proven":
                return found
            proof = found if found.status == "unknown" else proof
        return proof

    def contradiction(self, claim: Claim) -> Proof:
        """On facts that nobody contradicts, nothing is both true and false."""
        answer = self.search.find_contradiction(self.rules(claim.subject))
        status = {"found": "refuted", "impossible": "proven", "unknown": "unknown"}[answer.status]
        return self._proof(status, answer, claim, say("both_true_and_false"), False)

    def clash(self, claim: Claim) -> Proof:
        """No case requires or allows by one decision what it forbids by another."""
        ladders = self.policy.rules.decisions

        def ways(readings: Readings) -> Alternatives:
            return [
                [Side(self.rules(one), ((f"{one}={a}", True),), readings),
                 Side(self.rules(other), ((f"{other}={b}", True),), readings)]
                for one, other in product(claim.decisions, repeat=2)
                for a, b in product(ladders[one].ladder, ladders[other].ladder)
                if one != other
                and ladders[one].ladder[a].modality in ("shall", "may")
                and ladders[other].ladder[b].modality == "must_not"
            ]  # fmt: skip

        return self._cannot(ways, claim, say("forbids_and_allows"))

    def matters(self, claim: Claim) -> Proof:
        """In some case it makes a difference which of two options of a reading is taken."""
        reading, _, pair = claim.subject.partition("=")
        one, other = pair.split("|")
        if any(reading == name for period in self.policy.rules.periods.values() for name, _ in period.readings()):
            periods = Proof("proven", why=say("read_by_a_period"))
        else:
            periods = Proof("refuted")

        def ways(kind: type[Side], outcomes: bool, decision: str) -> Callable[[Readings], Alternatives]:
            def sides(readings: Readings) -> Alternatives:
                left, right = ({**readings, reading: option} for option in (one, other))
                rules = self.rules(decision)
                return list(self._differ(decision, rules, left, rules, right, kind, outcomes))

            return sides

        # An outcome tells more than a conclusion; two options differ too where one leaves open what the other settles.
        laddered = [name for name in claim.decisions if self.policy.rules.decisions[name].ladder]
        # What can be shown only under other readings than the defaults comes last.
        for under, (kind, outcomes) in product((self.defaults, ANY), ((Side, True), (Side, False), (Gap, False))):
            found = self._first(claim, partial(ways, kind, outcomes), laddered if outcomes else (), [under])
            if found.status == "proven":
                return self._told(found, reading, one, other)
        return periods if periods.status == "proven" else found

    def _told(self, found: Proof, reading: str, one: str, other: str) -> Proof:
        """Return a proof that says what comes of its case under two options of a reading."""
        ladder = self.policy.rules.decisions[found.decision].ladder
        told = []
        for option in (one, other):
            taken = {**found.readings, reading: option}
            verdict = self.policy.decide(found.case or {}, found.decision, readings=taken)
            what = verdict.outcome or verdict.status if ladder else say("a_profile")
            told.append(say("option_comes_to", option=option, what=what))
        return replace(found, why=say("each_said", each=tuple(told)))

    def invariant(self, claim: Claim) -> Proof:
        """No case breaks the invariant."""
        checks = self.policy.rules.checks
        invariant = checks.invariants[claim.subject]
        default = invariant.readings == "default"
        if invariant.more:
            found = self._cannot(lambda readings: self._worse(claim.subject, readings), claim, "", default)
            return found if found.case is None else self._compared(found, found.case, claim.subject)
        rules = Rules.of(self.policy, [f"check:{claim.subject}"], self._checked, self._facts)
        goal = (f"check:{claim.subject}", invariant.never is not None)
        return self._cannot(
            lambda readings: [[Side(rules, (goal,), readings)]], claim, say("invariant_broken"), default
        )

    def _worse(self, name: str, readings: Readings) -> Alternatives:
        """Return the pairs of a better outcome before and a worse one after."""
        invariant = self.policy.rules.checks.invariants[name]
        rules, order = self.rules(invariant.decision), invariant.best_first
        before, after = ({fact: values[end] for fact, values in invariant.more.items()} for end in (0, 1))
        return [
            [Side(rules, ((f"{invariant.decision}={better}", True),), readings, before),
             Side(rules, ((f"{invariant.decision}={worse}", True),), readings, after)]
            for nth, better in enumerate(order) for worse in order[nth + 1 :]
        ]  # fmt: skip

    def _compared(self, proof: Proof, found: dict[str, Any], name: str) -> Proof:
        """Return a proof that says what comes of its case before and after what an invariant changes."""
        invariant = self.policy.rules.checks.invariants[name]
        told = []
        for end in (0, 1):
            case = {**found, **{fact: values[end] for fact, values in invariant.more.items()}}
            verdict = self.policy.decide(case, invariant.decision, readings=proof.readings)
            told.append(verdict.outcome or verdict.status)
        return replace(proof, why=say("worse_after", before=told[0], after=told[1]))

    def exact(self, claim: Claim) -> Proof:
        """No case is undetermined though every completion of it comes to the same outcome; by default readings."""
        return inexact(self.search, self.rules(claim.subject), self._outcomes(claim.subject), self.defaults)

    # --- what verdicts show ------------------------------------------------------------------------------------------

    def _outcomes(self, decision: str) -> tuple[tuple[str, bool], ...]:
        return tuple((f"{decision}={outcome}", True) for outcome in self.policy.rules.decisions[decision].ladder)

    def _differ(
        self, decision: str, left: Rules, taken: Readings, right: Rules, otherwise: Readings,
        kind: type[Side], outcomes: bool = False,
    ) -> Iterator[Sequence[Side]]:  # fmt: skip
        """Yield every way in which rules or readings show something different: outcomes, conclusions, states of duties.

        ``kind`` says whether that is the opposite (Side), or that it can never be known (Gap); ``outcomes`` that only
        outcomes count.
        """
        body = self.policy.rules.decisions[decision]
        for name in [f"{decision}={outcome}" for outcome in body.ladder] if outcomes else shown_atoms(decision, body):
            for value in (True,) if outcomes else (True, False):
                goal = ((name, value),)
                if kind is Side:
                    yield Side(left, goal, taken), Side(right, ((name, not value),), otherwise)
                else:
                    yield Side(left, goal, taken), kind(right, goal, otherwise)
                    yield kind(left, goal, taken), Side(right, goal, otherwise)

    @cached_property
    def _checked(self) -> Program:
        """The program of the policy with the conditions of its invariants."""
        checks = self.policy.rules.checks
        return compile_rules(self.policy.rules, {f"check:{name}": c for name, c in checks.conditions.items()})

    @cached_property
    def _facts(self) -> Facts:
        rules = self.policy.rules
        return Facts(rules.vocabulary, {**rules.tests, **rules.checks.tests})


def _without(program: Program, rule: str) -> Program:
    """Return a program in which a rule is known never to hold."""
    atom = program.index[rule]
    gates = tuple(gate for gate in program.gates if gate.head >> 1 != atom)
    return Program(program.atoms, (Gate(2 * atom, 1, ()), Gate(2 * atom + 1, 0, ()), *gates), program.index)


_PROPERTIES: dict[str, Callable[[Prover, Claim], Proof]] = {
    "unreachable": Prover.holds, "ladder_gap": Prover.gap, "inexact": Prover.exact,
    "contradiction": Prover.contradiction, "dead_rule": Prover.holds, "redundant_rule": Prover.redundant,
    "shadowed_rule": Prover.shadowed, "idle_reading": Prover.matters, "modality_clash": Prover.clash,
    "invariant": Prover.invariant,
}  # fmt: skip
"""The proof of each claim, by what is found when it fails."""
