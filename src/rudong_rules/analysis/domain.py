"""What facts are: which variables stand for them, complete or not, and what is true of them in every case."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import z3

from ..policy import Policy
from ..program import Rail, members
from .rules import Rules, is_reading
from .terms import Term, exactly_one, known_false, told, truth, variable

Value = bool | str
InputTerms = Callable[[Rail], Term]
"""What must be true for the rail of an input to hold."""


def facts_of(rules: Rules, readings: Mapping[str, str | None], facts: Mapping[str, Value] | None = None) -> InputTerms:
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
        return truth(name, not rail & 1)

    return given


def partial_facts(rules: Rules, readings: Mapping[str, str | None], loose: Container[str]) -> InputTerms:
    """Return the rails of facts of which the ``loose`` ones may be unknown; see :func:`partial_domain`."""
    complete = facts_of(rules, readings)

    def given(rail: Rail) -> Term:
        name = rules.program.atoms[rail >> 1]
        found = complete(rail)
        if found is True or found is False or _fact(name) not in loose:
            return found
        return told(name, not rail & 1)

    return given


def _fact(atom: str) -> str:
    """Return the fact or reading behind an input, a test for itself."""
    if is_reading(atom):
        return atom.partition("=")[0]
    return atom if " " in atom or "(" in atom else atom.partition("=")[0]


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
        known = told(name, not rail & 1)
        yield known == z3.Or(tellers)
        yield z3.Implies(known, truth(name, not rail & 1))


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
                    yield z3.Implies(truth(name, value), truth(other, not rail & 1))
