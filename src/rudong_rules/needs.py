"""What may be learnt of the facts of a verdict, and what a set of them says in words: of each the values left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .explain_data import Need, Value, Way, Ways
from .learnable import Bits, Inputs
from .minimal import Family
from .program import members, true_rail
from .verdict import Verdict

CONTRADICTED = Value(value="contradicted", label="相互矛盾", en="contradicted")
"""What is known of a fact that is both asserted and denied."""


def inputs_of(verdict: Verdict) -> Inputs:
    """Return what is known of the inputs of a decision's program: facts that may change, and what may not."""
    question = verdict.question
    facts = sum(3 << 2 * atom for atom in question.inputs)
    known, silent = verdict.known.sound, question.asked.silent
    outside = len(question.program.atoms)
    # The options that the program does not use are one atom outside it, for each choice another.
    choices = tuple(
        tuple(outside + nth if atom == outside else atom for atom in choice)
        for nth, choice in enumerate(question.choices)
    )
    # What only follows from another fact is not given up alone; from one that this decision does not ask, not at all.
    case, findings = verdict.given.case, question.rules.vocabulary.findings
    names = {atom: question.program.atoms[atom] for atom in question.inputs}
    told = sum(3 << 2 * a for a, n in names.items() if n not in findings or getattr(case, n, None) is not None)
    inputs = Inputs(
        question.program, known & told & ~silent, known & ~facts | silent, question.inputs, choices, question.implied,
        question.together, verdict.unanswerable,
    )  # fmt: skip
    return replace(inputs, fixed=inputs.fixed | known & facts & ~inputs.closed(inputs.known))


def ways(verdict: Verdict, inputs: Inputs, family: Family) -> Ways:
    """Return what each set of a family says of the facts."""
    denied = verdict.question.contradicted(verdict.known.claimed)

    def way(learnt: Bits) -> Way:
        # Where findings about several facts contradict each other, a set says of each what it would have to be.
        whole = learnt | inputs.closed(learnt) & denied
        return Way(needs=tuple(_need(verdict, inputs, whole & group, group) for group in inputs.touched(whole)))

    return Ways(ways=tuple(map(way, family.sets)), complete=family.complete)


def _need(verdict: Verdict, inputs: Inputs, learnt: Bits, group: Bits) -> Need:
    """Return what a set says of one input: the values that it leaves, and those that are known to be possible."""
    question, base = verdict.question, inputs.base & group
    changed = inputs.contradicts(learnt, group)
    atom = (group & -group).bit_length() - 1 >> 1
    glossary = question.glossary
    if atom not in inputs.chosen:
        name = question.program.atoms[atom]
        thing = glossary.describe(name)
        values = [Value(value="true", label="是", en="yes"), Value(value="false", label="否", en="no")]
        said = [values[rail & 1] for rail in members(learnt)]
        now = [values[rail & 1] for rail in members(base)]
        contradicted = verdict.state(atom) == "contradicted"
        label, en, asked = thing.label, thing.en, thing.question
    else:
        name = question.program.atoms[atom].partition("=")[0]
        scalar = question.rules.vocabulary.scalars[name]
        ruled_out = learnt if changed else learnt | base
        said = [_option(scalar.options, o) for o in scalar.options if not _denied(inputs, group, ruled_out, name, o)]
        now = [_option(scalar.options, o) for o in scalar.options if not _denied(inputs, group, base, name, o)]
        now = now if base else []
        contradicted = any(fact.name.startswith(f"{name}=") for fact in verdict.contradictions)
        label, en, asked = scalar.label, scalar.en, scalar.question
    return Need(
        name=name, label=label, en=en, values=tuple(said), now=(CONTRADICTED,) if contradicted else tuple(now),
        question=asked,
        facts=glossary.facts_behind(question.program.atoms[atom]),
    )  # fmt: skip


def _option(options: Mapping[str, Any], name: str) -> Value:
    return Value(value=name, label=options[name].label, en=options[name].en)


def _denied(inputs: Inputs, group: Bits, learnt: Bits, choice: str, option: str) -> bool:
    """Return whether an option is denied; those that the program does not use are, together, its last atom."""
    atom = inputs.program.index.get(f"{choice}={option}", group.bit_length() - 1 >> 1)
    return bool(learnt & group & 2 << true_rail(atom))
