"""Minimal sets: every one is found, each does what it says, none says all that another says; against trying all sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product

from hypothesis import assume, given
from hypothesis import strategies as st

from programs import Drawn, drawn, model_by_definition
from rudong_rules.learnable import Bits, Inputs
from rudong_rules.minimal import additions, changes
from rudong_rules.program import Rail, Rails, bits, members
from rudong_rules.vocabulary import Assertion, Finding, Vocabulary


@st.composite
def questions(draw: st.DrawFn, *, linked: bool = False) -> tuple[Inputs, Rail]:
    """A random program with consistent facts, perhaps a choice among its first inputs, and a goal.

    When ``linked``, some inputs imply or exclude others.
    """
    found: Drawn = draw(drawn(two_railed=True, inputs=5 if linked else 6, derived=6))
    size = 0 if linked else draw(st.sampled_from([0, 0, 2, 3]))
    choices = (tuple(range(size)),) if 0 < size <= len(found.inputs) else ()
    inside = choices[0] if choices else ()
    known = 0
    option = draw(st.sampled_from([None, *inside]))
    for atom in found.inputs:
        if atom in inside:
            rail = None if option is None else 2 * atom + (atom != option)
        else:
            rail = draw(st.sampled_from([None, 2 * atom, 2 * atom + 1]))
        known |= 0 if rail is None else 1 << rail
    goal = draw(st.integers(2 * len(found.inputs), 2 * len(found.program.atoms) - 1))
    implied = draw(_links(found.inputs)) if linked else {}
    inputs = Inputs(found.program, known, 0, found.inputs, choices, implied)
    if not inputs.coherent(0):
        inputs = replace(inputs, known=0)
    return inputs, goal


@st.composite
def _links(draw: st.DrawFn, atoms: tuple[int, ...]) -> dict[Rail, Rails]:
    """What one input says of others: a chain of what implies the next, and some that exclude others."""
    chain = draw(st.permutations(atoms))[: draw(st.integers(1, 4))]
    implies = dict(pairwise(chain))
    one = st.sampled_from(atoms)
    excludes = draw(st.dictionaries(one, st.lists(one, max_size=2), max_size=2))
    reserved = draw(st.sets(one, max_size=2))
    findings = {
        str(atom): Finding(
            label="…", en="…", question="…", clause="1", quote="…", determined_by="甲" if atom in reserved else "",
            implies=[str(implies[atom])] if atom in implies else [],
            excludes=[str(other) for other in excludes.get(atom, ()) if other != atom],
        )
        for atom in atoms
    }  # fmt: skip
    follows = Vocabulary(findings=findings).follows()
    assume(not any((name, False) in follows[name, True] for name in findings))
    told = {_rail(said): bits(_rail(one) for one in (said, *others)) for said, others in follows.items()}
    return {rail: rails for rail, rails in told.items() if rails.bit_count() > 1}


def _rail(said: Assertion) -> Rail:
    return 2 * int(said[0]) + (not said[1])


def knowledge(inputs: Inputs) -> Iterator[Bits]:
    """All that may be known of the inputs together: of each any set of values ruled out, but not all."""
    every = []
    for group in dict.fromkeys(inputs.groups.values()):
        parts = [bits(part) for part in _subsets(list(members(group)))]
        every.append([part for part in parts if part != group])
    for taken in product(*every):
        yield sum(taken)


def _subsets(rails: list[Rail]) -> Iterator[list[Rail]]:
    for mask in range(1 << len(rails)):
        yield [rail for nth, rail in enumerate(rails) if mask >> nth & 1]


def model(inputs: Inputs, known: Bits) -> Rails:
    """The least model of what is known: an option holds once all others are denied."""
    facts = known
    for choice in inputs.choices:
        left = [atom for atom in choice if not known >> 2 * atom + 1 & 1]
        facts |= 1 << 2 * left[0] if len(left) == 1 else 0
    return model_by_definition(inputs.program, _with_what_follows(inputs, facts))


def _with_what_follows(inputs: Inputs, facts: Rails) -> Rails:
    for rail, rails in inputs.implied.items():
        facts |= rails if facts >> rail & 1 else 0
    return facts


def _gives_up_none(inputs: Inputs, known: Bits) -> bool:
    """Whether every fact is kept or changed: to know less of an input than before is no way to anything."""
    groups = set(inputs.groups.values())
    return all(known & inputs.base & g == inputs.base & g or (known | inputs.base) & g == g for g in groups)


def denies_itself(inputs: Inputs, known: Bits) -> bool:
    """Whether something known denies what follows from something else."""
    facts = _with_what_follows(inputs, known)
    chosen = {atom for choice in inputs.choices for atom in choice}
    return any(facts >> 2 * atom & 3 == 3 for atom in inputs.atoms if atom not in chosen)


def by_trying(inputs: Inputs, goal: Rail) -> tuple[set[Bits], set[Bits]]:
    """The minimal sets that only add and those that change, found by trying everything that may be known."""
    good = set()
    for known in knowledge(inputs):
        if _gives_up_none(inputs, known) and not denies_itself(inputs, known) and model(inputs, known) >> goal & 1:
            learnt = 0
            for group in dict.fromkeys(inputs.groups.values()):
                own, base = known & group, inputs.base & group
                learnt |= own if (own | base) == group else own & ~base
            good.add(learnt)
    said = {one: _with_what_follows(inputs, one) for one in good}
    minimal = {one for one in good if not any(_says_less(said[other], said[one], other, one) for other in good)}
    changing = {one for one in minimal if any((one | inputs.base) & g == g for g in inputs.groups.values())}
    return minimal - changing, changing


def _says_less(said: Bits, more: Bits, one: Bits, other: Bits) -> bool:
    """Whether one set says part of what another does, or the same in fewer words."""
    return said & more == said and (said != more or (one != other and one & other == one))


@given(questions())
def test_every_minimal_set_is_found_and_no_other(question: tuple[Inputs, Rail]) -> None:
    _every_set_and_no_other(*question)


@given(questions(linked=True))
def test_what_follows_from_a_fact_is_a_way_and_what_it_denies_is_none(question: tuple[Inputs, Rail]) -> None:
    _every_set_and_no_other(*question)


def _every_set_and_no_other(inputs: Inputs, goal: Rail) -> None:
    added, changed = additions(inputs, goal), changes(inputs, goal)
    wanted = by_trying(inputs, goal)
    assert added.complete
    assert changed.complete
    assert (set(added.sets), set(changed.sets)) == wanted


@given(questions(), st.data())
def test_what_nothing_further_answers_would_have_to_be_different(
    question: tuple[Inputs, Rail], data: st.DataObject
) -> None:
    inputs, goal = question
    open_ = [one for one in inputs.atoms if one not in inputs.chosen and not inputs.known >> 2 * one & 3]
    stuck = data.draw(st.frozensets(st.sampled_from(open_), max_size=2)) if open_ else frozenset()
    added, changed = by_trying(inputs, goal)
    beyond = {one for one in added if {rail >> 1 for rail in members(one)} & stuck}
    limited = replace(inputs, stuck=stuck)
    found = set(additions(limited, goal).sets), set(changes(limited, goal).sets)
    assert found == (added - beyond, changed | beyond)


@given(st.one_of(questions(), questions(linked=True)))
def test_where_sets_are_too_many_those_found_are_minimal(question: tuple[Inputs, Rail]) -> None:
    inputs, goal = question
    added, _ = by_trying(inputs, goal)
    found = additions(inputs, goal, limit=2)
    assert set(found.sets) <= added
    assert bool(found.sets) == bool(added)
    for learnt in changes(inputs, goal, limit=2).sets:
        assert inputs.holds(goal, learnt)
        assert not any(inputs.holds(goal, learnt & ~group) for group in inputs.touched(learnt))
