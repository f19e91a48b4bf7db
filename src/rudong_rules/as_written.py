"""Whether two policies say the same of a decision as written, words for people aside."""

from __future__ import annotations

from typing import Any

from .expressions import words_in
from .policy import Policy
from .program import Program, Rail, false_rail, members, reading_of, true_rail
from .questions import shown_atoms
from .vocabulary import Assertion, Schema, Vocabulary

_WORDS = frozenset((
    "label", "en", "question", "clause", "quote", "determined_by", "determined_by_en", "poles", "outside", "reason",
    "reason_en", "who", "who_en", "named",
))  # fmt: skip
"""The fields of our own schemas that decide nothing: they are for people, or stand written out where they are used."""


def same_as_written(base: Policy, head: Policy, decision: str) -> bool:
    """Return whether a decision has the same outcomes, and the same gates over the same facts and default readings."""
    shown = shown_atoms(decision, base.rules.decisions[decision])
    if shown != shown_atoms(decision, head.rules.decisions[decision]) or told_otherwise(base, head, decision):
        return False
    numbers: dict[Any, int] = {}
    sides = []
    for policy in (base, head):
        program = policy.questions[decision].program
        shape = _shape(policy, program, numbers)
        sides.append([shape[rail] for name in shown for rail in _both(program.index[name])])
    return sides[0] == sides[1]


def told_otherwise(base: Policy, head: Policy, decision: str) -> list[Assertion]:
    """Return the answers to findings that tell a decision one thing in one policy and another in the other.

    A finding tells what it implies and excludes, whether or not the decision asks for it itself.  What only one side of
    the decision reads does not count: there the gates differ.
    """
    read = base.questions[decision].program.index.keys() & head.questions[decision].program.index.keys()

    def told(policy: Policy) -> dict[Assertion, frozenset[str]]:
        question = policy.questions[decision]
        atoms, name_of = question.program.atoms, question.program.rail_name
        return {
            (name, value): frozenset(name_of(rail) for rail in members(rails) if atoms[rail >> 1] in read)
            for name, by_value in question.asked.findings.items()
            for value, rails in by_value.items()
        }

    old, new = told(base), told(head)
    return [said for said in {**old, **new} if old.get(said, frozenset()) != new.get(said, frozenset())]


def force_otherwise(base: Policy, head: Policy, decision: str) -> list[str]:
    """Return the outcomes, conclusions and duties of a decision in both that have another force: 可以 and not 应当.

    The force of an outcome or duty is its modality, of a duty also that it is standing, of a conclusion its caution.
    """

    def forces(policy: Policy) -> dict[str, Any]:
        rules, body = policy.rules, policy.rules.decisions[decision]
        outcomes = {f"{decision}={name}": rung.modality for name, rung in body.ladder.items()}
        told = {name: rules.conclusions[name].caution for name in body.profile if name in rules.conclusions}
        return {**outcomes, **told, **{n: (rules.duties[n].modality, rules.duties[n].standing) for n in body.duties}}

    old, new = forces(base), forces(head)
    return [name for name in old if name in new and old[name] != new[name]]


def periods_otherwise(base: Policy, head: Policy, decision: str) -> list[str]:
    """Return the periods of a decision that only one policy shows, or of other entries or between other days."""

    def said(policy: Policy, name: str) -> str:
        rules = policy.rules
        if name not in rules.decisions[decision].periods:
            return ""
        period = rules.periods[name]
        defaults = {reading: rules.readings[reading].default for reading, _ in period.readings()}
        behind = _behind([period.of, period.where], rules.vocabulary)
        return repr((bare(period), defaults, behind))

    shown = dict.fromkeys(name for policy in (base, head) for name in policy.rules.decisions[decision].periods)
    return [name for name in shown if said(base, name) != said(head, name)]


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
                shape[rail] = number((program.atoms[atom], rail & 1, meaning(policy, program.atoms[atom])))
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


def meaning(policy: Policy, atom: str) -> str:
    """Return all that decides what a fact, a reading or a question makes of an input, in one text."""
    rules, vocabulary = policy.rules, policy.rules.vocabulary
    if name := reading_of(atom):
        reading = rules.readings[name]
        return repr((list(reading.options), reading.default))
    test = rules.tests.get(atom)
    if test is None:
        name = atom.partition("=")[0]
        thing = vocabulary.findings.get(name) or vocabulary.scalars.get(name)
        return repr(bare(thing)) if thing is not None else ""
    return repr((test, *_behind([test.left, test.right], vocabulary)))


def _behind(expression: Any, vocabulary: Vocabulary) -> tuple[Any, ...]:
    """Return the measures, tables, numbers and lists that an expression names, without the words for people."""
    words = _words(expression, vocabulary)
    measures = {name: value for name, value in vocabulary.defined().items() if name in words}
    tables = {name: table for name, table in vocabulary.tables.items() if name in words}
    facts = {**vocabulary.scalars, **vocabulary.records}
    return measures, tables, [bare(thing) for name, thing in facts.items() if name in words]


def _words(expression: Any, vocabulary: Vocabulary) -> set[str]:
    """Return every word in an expression, in the measures that it names and in what their lists compute."""
    found: set[str] = set()
    waiting = [expression]
    while waiting:
        for word in set(words_in(waiting.pop())) - found:
            found.add(word)
            if word in vocabulary.measures:
                waiting.append(vocabulary.measures[word].value)
            elif word in vocabulary.records:
                waiting += [column.value for column in vocabulary.records[word].computed.values()]
    return found


def bare(thing: Any) -> Any:
    """Return what is written as plain data without the words for people.

    Only fields of a schema are left out: what a policy names itself (a column in a ``where``) may be called like one.
    """
    if isinstance(thing, Schema):
        return {name: bare(getattr(thing, name)) for name in type(thing).model_fields if name not in _WORDS}
    if isinstance(thing, dict):
        return {key: bare(value) for key, value in thing.items()}
    return [bare(one) for one in thing] if isinstance(thing, list | tuple) else thing
