"""Two policies compared by what they decide: proven equal, or for each pair of outcomes that changes a small case.

A decision on which nothing it rests on changed is equal as it stands.  For the others both programs become formulas
over the same facts, of which any may be unknown and any reading open: that they never differ is proven for every case,
complete or not.  Where they can, each pair of outcomes is looked for, and a case counts once both engines confirm it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .bilingual import say
from .errors import CaseError, RudongRulesError
from .expressions import inputs
from .policy import Policy
from .program import Program, Rail, false_rail, true_rail
from .questions import DUTY_STATES

if TYPE_CHECKING:
    from .analysis.formulas import Rules
    from .analysis.search import Search

Status = Literal["equal", "changed", "unproven", "added", "removed"]
OPEN = "undetermined"
"""The outcome of a case that has none."""
_WORDS = ("label", "en", "question", "quote", "clause", "determined_by", "determined_by_en", "poles")
Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """What changes: an outcome (``atom`` is the decision's id) or a conclusion or duty (its name) was and is now.

    ``case`` shows it, decided for the readings in ``readings`` besides each side's defaults; None where only the
    formulas say that it may happen, and no case was found.
    """

    atom: str
    was: str
    now: str
    case: Case | None
    readings: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comes of one decision.  ``changed`` always has a case that shows it; ``why`` says what is not proven."""

    decision: str
    status: Status
    pairs: tuple[Pair, ...] = ()
    why: str = ""


def compare(base: Policy, head: Policy, timeout_ms: int = 2_000) -> list[Comparison]:
    """Return what comes of every decision of either policy.  Without z3 what is not equal as written is unproven."""
    found = []
    prover: _Prover | None = None
    for name in dict.fromkeys((*base.questions, *head.questions)):
        if name not in head.questions or name not in base.questions:
            found.append(Comparison(name, "added" if name in head.questions else "removed"))
        elif same_as_written(base, head, name):
            found.append(Comparison(name, "equal"))
        else:
            try:
                prover = prover or _Prover(base, head, timeout_ms)
            except RudongRulesError as error:
                found.append(Comparison(name, "unproven", why=str(error)))
                continue
            found.append(prover.compare(name))
    return found


def readable(policy: Policy, case: Mapping[str, Any]) -> Case:
    """Return the facts of a case that a policy knows: what the other one asks besides is no fact to it."""
    return {name: value for name, value in case.items() if name in policy.reader.names}


def state(policy: Policy, case: Mapping[str, Any], pair: Pair, decision: str) -> str:
    """Return what a policy says of the atom of a pair: an outcome, or true, false, unknown.  Raises CaseError."""
    readings = {name: option for name, option in pair.readings.items() if name in policy.rules.readings}
    verdict = policy.decide(readable(policy, case), decision, readings=readings)
    if pair.atom == decision:
        return verdict.outcome or OPEN
    return verdict.fact(pair.atom).state


# --- as written ------------------------------------------------------------------------------------------------------


def goals(policy: Policy, decision: str) -> list[str]:
    """Return the atoms that a verdict on a decision shows: outcomes, profile and duties."""
    body = policy.rules.decisions[decision]
    duties = [f"duty:{duty}:{state}" for duty in body.duties for state in DUTY_STATES]
    return [*(f"{decision}={outcome}" for outcome in body.ladder), *body.profile, *duties]


def same_as_written(base: Policy, head: Policy, decision: str) -> bool:
    """Return whether a decision has the same outcomes, and the same gates over the same facts and default readings."""
    if goals(base, decision) != goals(head, decision):
        return False
    numbers: dict[Any, int] = {}
    sides = []
    for policy in (base, head):
        program = policy.questions[decision].program
        shape = _shape(policy, program, numbers)
        sides.append([shape[rail] for name in goals(policy, decision) for rail in _both(program.index[name])])
    return sides[0] == sides[1]


def _both(atom: int) -> tuple[Rail, Rail]:
    return true_rail(atom), false_rail(atom)


def _shape(policy: Policy, program: Program, numbers: dict[Any, int]) -> dict[Rail, int]:
    """Number the rails of a program so that two rails have one number exactly when they are built alike."""
    shape: dict[Rail, int] = {}

    def number(key: Any) -> int:
        return numbers.setdefault(key, len(numbers))

    for atom in program.index.values():
        if not any(rail in program.by_head for rail in _both(atom)):
            for rail in _both(atom):
                shape[rail] = number((program.atoms[atom], rail & 1, _meaning(policy, program.atoms[atom])))
    for gate in program.gates:
        for rail in gate.body:
            shape.setdefault(rail, number("never"))
        if gate.head not in shape or shape[gate.head] == number("never"):
            gates = program.by_head[gate.head]
            bodies = tuple((one.need, tuple(shape.get(rail, number("never")) for rail in one.body)) for one in gates)
            shape[gate.head] = number(bodies)
    for atom in program.index.values():
        for rail in _both(atom):
            shape.setdefault(rail, number("never"))
    return shape


def _meaning(policy: Policy, atom: str) -> str:
    """Return all that decides what a fact makes of an input, in one text."""
    rules, vocabulary = policy.rules, policy.rules.vocabulary
    if atom.startswith("reading:"):
        reading = rules.readings[atom.removeprefix("reading:").partition("=")[0]]
        return repr((list(reading.options), reading.default))
    test = rules.tests.get(atom)
    if test is None:
        name = atom.partition("=")[0]
        thing = vocabulary.findings.get(name) or vocabulary.scalars.get(name)
        return repr(_bare(thing.model_dump())) if thing is not None else ""
    defined = {name: measure.value for name, measure in vocabulary.measures.items()}
    facts = inputs(test.left, defined) | inputs(test.right, defined)
    # The tables and measures of a policy are few: all of them are taken to matter.
    things = [(vocabulary.scalars.get(name) or vocabulary.records.get(name)) for name in sorted(facts)]
    return repr((test, defined, vocabulary.tables, [_bare(thing.model_dump()) for thing in things if thing]))


def _bare(data: Any) -> Any:
    """Return data without the words for people."""
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items() if key not in _WORDS or isinstance(value, dict)}
    return [_bare(one) for one in data] if isinstance(data, list | tuple) else data


# --- as formulas -----------------------------------------------------------------------------------------------------


class _Prover:
    """Proves and refutes that two policies decide alike."""

    def __init__(self, base: Policy, head: Policy, timeout_ms: int) -> None:
        try:
            from .analysis.search import Search
        except ImportError as error:
            raise RudongRulesError(say("proofs_need")) from error
        self.base, self.head, self.timeout_ms = base, head, timeout_ms
        self.search: Search = Search(base, head, timeout_ms=timeout_ms)

    def compare(self, decision: str) -> Comparison:
        """Return what comes of a decision of both that is not the same as written."""
        sides = self._rules(self.base, decision), self._rules(self.head, decision)
        status, differing = self._differences(decision, sides)
        if status == "equal":
            return Comparison(decision, "equal")
        pairs = tuple(self._pairs(decision, sides, differing))
        shown = [pair for pair in pairs if pair.case is not None]
        if shown:
            return Comparison(decision, "changed", pairs)
        own = [set(goals(policy, decision)) for policy in (self.base, self.head)]
        if own[0] != own[1]:
            return Comparison(
                decision, "changed", pairs, f"it shows other things: {', '.join(sorted(own[0] ^ own[1]))}"
            )
        return Comparison(decision, "unproven", pairs, say("not_told_apart"))

    def _rules(self, policy: Policy, decision: str) -> Rules:
        """Return the rules of a decision; a question that means something else in the other policy is another atom."""
        from .analysis.formulas import Rules

        rules = Rules.of_decision(policy, decision)
        if policy is self.base:
            return rules
        other = {
            name: f"{name} (head)"
            for name in rules.tests
            if name in self.base.rules.tests and _meaning(self.base, name) != _meaning(self.head, name)
        }
        program = rules.program
        atoms = tuple(other.get(name, name) for name in program.atoms)
        renamed = Program(atoms, program.gates, {other.get(name, name): n for name, n in program.index.items()})
        return rules.with_gates(renamed)

    def _differences(self, decision: str, sides: tuple[Rules, Rules]) -> tuple[str, list[str]]:
        """Return ``equal`` when no case tells the two apart, or else the atoms on which they may differ."""
        import z3

        from .analysis.formulas import Formulas

        solver = z3.SimpleSolver()
        solver.set("timeout", self.timeout_ms)
        made = [Formulas(rules, _told(rules)) for rules in sides]
        solver.add(*_sound([*sides], self.search.policies))
        differing, sure = [], _same_defaults(self.base, self.head, sides)
        for name in dict.fromkeys((*goals(self.base, decision), *goals(self.head, decision))):
            if not all(name in goals(policy, decision) for policy in (self.base, self.head)):
                differing.append(name)
                continue
            unlike = []
            for value in (True, False):
                old, new = (one[rules.rail(name, value)] for one, rules in zip(made, sides, strict=True))
                if old is not new:
                    unlike.append(z3.Xor(_term(old), _term(new)))
            if unlike and solver.check(z3.Or(unlike)) != z3.unsat:
                differing.append(name)
        return ("equal", []) if sure and not differing else ("open", differing)

    def _pairs(self, decision: str, sides: tuple[Rules, Rules], differing: Iterable[str]) -> Iterator[Pair]:
        """Yield every pair of values that changes, with a case where one is found."""
        old, new = ([*policy.rules.decisions[decision].ladder] for policy in (self.base, self.head))
        atoms = [(decision, was, now) for was in old for now in new if was != now]
        for name in differing:
            if (
                not name.startswith(f"{decision}=")
                and name in sides[0].program.index
                and name in sides[1].program.index
            ):
                atoms += [(name, "true", "false"), (name, "false", "true")]
        known = []
        for atom, was, now in atoms:
            case, readings = self._witness(decision, sides, atom, was, now)
            if case is not None:
                known.append(pair := Pair(atom, was, now, case, readings))
                yield pair
        yield from self._opened(decision, sides, known, old, new)

    def _witness(
        self, decision: str, sides: tuple[Rules, Rules], atom: str, was: str, now: str
    ) -> tuple[Case | None, dict[str, str | None]]:
        from .analysis.witness import Side

        def side(rules: Rules, value: str, default: bool) -> Side:
            goal = (f"{decision}={value}", True) if atom == decision else (atom, value == "true")
            taken = {n: r.default for n, r in rules.policy.rules.readings.items()} if default else {}
            return Side(rules, (goal,), taken)

        for default in (True, False):
            answer = self.search.find([side(sides[0], was, default), side(sides[1], now, default)])
            if answer.witness is not None:
                return answer.witness.case, answer.witness.readings
            if not _readings_matter(sides):
                break
        return None, {}

    def _opened(
        self, decision: str, sides: tuple[Rules, Rules], known: list[Pair], old: list[str], new: list[str]
    ) -> Iterator[Pair]:
        """Yield the outcomes that need more facts than they did, or fewer: the least that one side needs, on the other.

        A case with which one side has its outcome and none less is given to the other.
        """
        from .analysis.witness import Side

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
    from .analysis.formulas import told_false, told_true

    def given(rail: Rail) -> Any:
        name = rules.program.atoms[rail >> 1]
        return told_false(name) if rail & 1 else told_true(name)

    return given


def _sound(sides: list[Rules], policies: Iterable[Policy]) -> Iterator[Any]:
    """Yield what is true of what is told in every case: no atom both ways, no choice two options, none denied all.

    It allows more than cases can show, so what never differs here never differs.
    """
    import z3

    from .analysis.formulas import told_false, told_true

    atoms = dict.fromkeys(name for rules in sides for n in rules.inputs for name in (rules.program.atoms[n],))
    for name in atoms:
        yield z3.Not(z3.And(told_true(name), told_false(name)))
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
                others = [told_true(other) for other in both if other != one]
                yield z3.Implies(told_true(one), z3.And([told_false(other) for other in both if other != one]))
                yield z3.Implies(told_false(one), z3.Or(others))


def _term(term: Any) -> Any:
    import z3

    return z3.BoolVal(term) if isinstance(term, bool) else term


def _same_defaults(base: Policy, head: Policy, sides: tuple[Rules, Rules]) -> bool:
    used = {name for rules in sides for name in rules.readings}
    return all(
        name in base.rules.readings
        and name in head.rules.readings
        and base.rules.readings[name].default == head.rules.readings[name].default
        for name in used
    )


def _readings_matter(sides: tuple[Rules, Rules]) -> bool:
    return any(rules.readings for rules in sides)
