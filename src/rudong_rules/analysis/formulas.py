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

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from ..errors import RudongRulesError
from ..facts import Asked
from ..facts import Facts as FactsOf
from ..policy import Policy
from ..program import Program, Rail, Rails, bits, false_rail, members, true_rail
from ..ruleset import Test

try:
    import z3
except ImportError as error:
    raise RudongRulesError("proofs need z3: install rudong-rules with its extra [check]") from error

Term = Any  # z3.BoolRef | bool
Value = bool | str


@dataclass(frozen=True, eq=False)
class Rules:
    """A program of a policy, and what the facts of a case make known in it."""

    policy: Policy
    program: Program
    asked: Asked

    @classmethod
    def of(
        cls, policy: Policy, atoms: Iterable[str], whole: Program | None = None, facts: FactsOf | None = None
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
        used = {name.removeprefix("reading:").partition("=")[0] for name in self.program.index if is_reading(name)}
        return tuple(name for name in self.policy.rules.readings if name in used)


def is_reading(atom: str) -> bool:
    """Return whether an atom is an option of a reading."""
    return atom.startswith("reading:")


@lru_cache(maxsize=65_536)
def variable(atom: str) -> Any:
    """Return the variable of an atom."""
    return z3.Bool(atom)


def known_false(test: str) -> Any:
    """Return the variable that says that a test is known to be false."""
    return variable(f"not {test}")


@lru_cache(maxsize=4_096)
def answered(test: str) -> Any:
    """Return that a test is known to be true or to be false."""
    return z3.Or(variable(test), known_false(test))


def conj(parts: Sequence[Term]) -> Term:
    """Return the conjunction, with constants folded."""
    rest = []
    for part in parts:  # `in` would ask z3 for an equation each time
        if part is False:
            return False
        if part is not True:
            rest.append(part)
    return True if not rest else rest[0] if len(rest) == 1 else _made(z3.Z3_mk_and, rest)


def disj(parts: Sequence[Term]) -> Term:
    """Return the disjunction, with constants folded."""
    rest = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            rest.append(part)
    return False if not rest else rest[0] if len(rest) == 1 else _made(z3.Z3_mk_or, rest)


def _made(make: Callable[..., Any], parts: Sequence[Any]) -> Any:
    """Return the conjunction or disjunction of formulas; z3.And and z3.Or look at the sort of each part once more."""
    found = (z3.Ast * len(parts))(*(part.as_ast() for part in parts))
    context = parts[0].ctx
    return z3.BoolRef(make(context.ref(), len(parts), found), context)


def truths(model: Any) -> set[str]:
    """Return the names of the variables that are true in a model; asked of z3 itself, for there are many of them."""
    context, found = model.ctx.ref(), set()
    for nth in range(z3.Z3_model_get_num_consts(context, model.model)):
        declared = z3.Z3_model_get_const_decl(context, model.model, nth)
        value = z3.Z3_model_get_const_interp(context, model.model, declared)
        if value and z3.Z3_get_bool_value(context, value) == z3.Z3_L_TRUE:
            found.add(z3.Z3_get_symbol_string(context, z3.Z3_get_decl_name(context, declared)))
    return found


def at_least(need: int, parts: Sequence[Term]) -> Term:
    """Return that ``need`` of the parts are true, with constants folded."""
    need -= sum(part is True for part in parts)
    rest = [part for part in parts if part is not True and part is not False]
    if need <= 0:
        return True
    if need > len(rest):
        return False
    if need == len(rest):
        return conj(rest)
    return disj(rest) if need == 1 else z3.PbGe([(part, 1) for part in rest], need)


Given = Callable[[Rail], Term]
"""What must be true for the rail of an input to hold."""


def facts_of(rules: Rules, readings: Mapping[str, str | None], facts: Mapping[str, Value] | None = None) -> Given:
    """Return the rails of complete facts; the readings named are taken (None: left open), others are variables.

    ``facts`` are findings and choices that are what they are here, whatever they are elsewhere.
    """
    fixed = dict[str, Term]()
    scalars = rules.policy.rules.vocabulary.scalars
    for name, value in (facts or {}).items():
        if isinstance(value, bool):
            fixed[name] = value
        else:
            fixed |= {f"{name}={option}": option == value for option in scalars[name].options}
    for name, option in readings.items():
        for one in rules.policy.rules.readings[name].options if name in rules.policy.rules.readings else ():
            fixed[f"reading:{name}={one}"] = None if option is None else one == option

    def given(rail: Rail) -> Term:
        name = rules.program.atoms[rail >> 1]
        if name in fixed:
            return False if fixed[name] is None else fixed[name] is not bool(rail & 1)
        if name in rules.tests:
            return known_false(name) if rail & 1 else variable(name)
        return _negated(name) if rail & 1 else variable(name)

    return given


@lru_cache(maxsize=65_536)
def _negated(atom: str) -> Any:
    return z3.Not(variable(atom))


class Formulas:
    """The formulas of all rails of a program; ``reads`` says on which input rails each depends, as a set."""

    def __init__(self, rules: Rules, given: Given, base: Formulas | None = None, changed: Rails = 0) -> None:
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


def partial_facts(rules: Rules, readings: Mapping[str, str | None], loose: Container[str]) -> Given:
    """Return the rails of facts of which the ``loose`` ones may be unknown; see :func:`partial_domain`."""
    complete = facts_of(rules, readings)

    def given(rail: Rail) -> Term:
        name = rules.program.atoms[rail >> 1]
        found = complete(rail)
        if found is True or found is False or _fact(name) not in loose:
            return found
        return told_false(name) if rail & 1 else told_true(name)

    return given


def _fact(atom: str) -> str:
    """Return the fact or reading behind an input, a test for itself."""
    if is_reading(atom):
        return atom.partition("=")[0]
    return atom if " " in atom or "(" in atom else atom.partition("=")[0]


def told_true(atom: str) -> Any:
    """Return the variable that says that a fact which may be unknown is known to be true."""
    return variable(f"told {atom}")


def told_false(atom: str) -> Any:
    """Return the variable that says that a fact which may be unknown is known to be false."""
    return variable(f"told not {atom}")


def partial_domain(units: Iterable[Sequence[tuple[Rail, ...]]], atoms: Sequence[str]) -> Iterator[Term]:
    """Yield what facts that may be unknown are: of each, one value is told or none, and it is the true one.

    A unit lists the values of a fact or reading, each with the rails that it makes known; another fact may make some of
    them known too.
    """
    told_by: dict[Rail, list[Term]] = {}
    for values in units:
        chosen = {value: variable(f"told {value}") for value in values}
        yield z3.AtMost(*chosen.values(), 1)
        for value, one in chosen.items():
            for rail in value:
                told_by.setdefault(rail, []).append(one)
    for rail, tellers in told_by.items():
        name = atoms[rail >> 1]
        told = told_false(name) if rail & 1 else told_true(name)
        yield told == z3.Or(tellers)
        yield z3.Implies(told, _negated(name) if rail & 1 else variable(name))


def exactly_one(parts: Sequence[Term]) -> Term:
    """Return that one of the parts is true and no other."""
    return z3.And(z3.Or(list(parts)), *(z3.Not(z3.And(a, b)) for n, a in enumerate(parts) for b in parts[n + 1 :]))


def domain(*policies: Policy) -> list[Term]:
    """Return what is true of the facts of every case that all of the policies can read.

    A choice has exactly one of the options that all know, a reading too; a finding brings what follows from it.
    """
    found: list[Term] = []
    for kind in ("scalars", "readings"):
        options: dict[str, list[set[str]]] = {}
        for policy in policies:
            things: Any = policy.rules.readings if kind == "readings" else policy.rules.vocabulary.scalars
            for name, thing in things.items():
                if thing.options:
                    prefix = f"reading:{name}" if kind == "readings" else name
                    options.setdefault(prefix, []).append({f"{prefix}={option}" for option in thing.options})
        for known in options.values():
            both, every = sorted(set.intersection(*known)), set().union(*known)
            if both:
                found.append(exactly_one([variable(atom) for atom in both]))
            found += [z3.Not(variable(atom)) for atom in sorted(every - set(both))]
    for policy in policies:
        found += _implications(policy)
    return found


def _implications(policy: Policy) -> Iterator[Term]:
    """Yield what one finding says of another: the rails that it makes known besides its own."""
    asked = policy.rails.asked(policy.program)
    for name, by_value in asked.findings.items():
        for value, rails in by_value.items():
            for rail in members(rails):
                other = policy.program.atoms[rail >> 1]
                if other != name:
                    here = variable(name) if value else _negated(name)
                    yield z3.Implies(here, _negated(other) if rail & 1 else variable(other))


def goal_rails(rules: Rules, goals: Iterable[tuple[str, bool]]) -> tuple[Rail, ...]:
    """Return the rails of goals: atoms with the value that must be known of them."""
    return tuple(true_rail(rules.program.index[n]) if v else false_rail(rules.program.index[n]) for n, v in goals)
