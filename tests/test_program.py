"""Programs: sets of rails, slices, compact numbering, and conditions compiled to gates without repetition."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import Drawn, drawn, program_of, rails, shown
from rudong_rules.compiler import compile_rules
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.logic import AtLeast, Atom, Condition
from rudong_rules.program import Program, bits, false_rail, members, opposite, true_rail
from rudong_rules.ruleset import Rule, RuleSet
from rudong_rules.vocabulary import Vocabulary

# --- rails and programs ----------------------------------------------------------------------------------------------


@given(st.sets(st.integers(0, 400)))
def test_a_set_of_rails_holds_its_members(found: set[int]) -> None:
    assert list(members(bits(found))) == sorted(found)


def test_an_atom_has_two_rails_each_the_opposite_of_the_other() -> None:
    assert (true_rail(7), false_rail(7), opposite(14), opposite(15)) == (14, 15, 15, 14)


def test_a_program_prints_itself() -> None:
    program = program_of("+h 2 +a -b", "-h 1 -a +b", "+k 2 +a +b +h", "+t 0", "-t 1")
    assert str(program).splitlines() == [
        "+h ⇐ all(+a, -b)", "-h ⇐ any(-a, +b)", "+k ⇐ 2 of 3(+a, +b, +h)", "+t ⇐ all()", "-t ⇐ any()",
    ]  # fmt: skip
    assert program == Program(program.atoms, program.gates, {})


@given(drawn(two_railed=False), st.data())
def test_a_slice_keeps_what_its_roots_depend_on_and_nothing_else(case: Drawn, data: st.DataObject) -> None:
    roots = data.draw(st.sets(st.integers(0, 2 * len(case.program.atoms) - 1), min_size=1))
    part = case.program.slice(roots)
    whole = least_model(case.program, case.known)
    assert least_model(part, case.known) & bits(roots) == whole & bits(roots)
    assert part.atoms == case.program.atoms
    used = {rail >> 1 for gate in part.gates for rail in (gate.head, *gate.body)} | {rail >> 1 for rail in roots}
    assert set(part.index.values()) == used
    needed = {rail for gate in part.gates for rail in gate.body} | roots
    assert all(gate.head in needed for gate in part.gates)


@given(drawn(two_railed=False), st.data())
def test_a_compact_program_is_the_same_with_smaller_numbers(case: Drawn, data: st.DataObject) -> None:
    part = case.program.slice(data.draw(st.sets(st.integers(0, 2 * len(case.program.atoms) - 1), min_size=1)))
    small = part.compact()
    assert str(small) == str(part)
    assert small.index == {name: atom for atom, name in enumerate(small.atoms)}
    assert set(small.index) == set(part.index)
    words = {word for word in shown(part, case.known) if word[1:] in part.index}
    model = shown(part, least_model(part, rails(part, " ".join(words))))
    assert shown(small, least_model(small, rails(small, " ".join(words)))) == model


@given(drawn(two_railed=False), st.data())
def test_more_facts_never_withdraw_a_rail(case: Drawn, data: st.DataObject) -> None:
    more = bits(data.draw(st.sets(st.integers(0, 2 * len(case.program.atoms) - 1))))
    before = least_model(case.program, case.known)
    assert before & least_model(case.program, case.known | more) == before


def compiled(condition: Condition) -> Program:
    """The program of one rule ``h`` with that condition."""
    rule = Rule.model_validate({"label": "h", "en": "h", "clause": "", "when": True})
    parts: dict[str, Any] = {field.name: {} for field in fields(RuleSet)}
    parts |= {"vocabulary": Vocabulary(), "rules": {"h": rule}, "conditions": {"rule:h": condition}}
    return compile_rules(RuleSet(**parts))


@pytest.mark.parametrize(
    ("need", "names", "known", "holds"),
    [
        (2, "a a", "+a", "+h"), (2, "a a", "-a", "-h"), (2, "a a", "", ""), (3, "a a b", "+a", ""),
        (3, "a a b", "+a +b", "+h"),
        (3, "a a b", "-b", "-h"), (2, "a a b", "+a", "+h"), (2, "a a b", "+b", ""), (2, "a a b", "-b", ""),
        (2, "a a b", "-a", "-h"),
        (1, "a a", "+a", "+h"), (1, "a a", "-a", "-h"),
    ],
)  # fmt: skip
def test_a_condition_written_twice_counts_twice(need: int, names: str, known: str, holds: str) -> None:
    program = compiled(AtLeast(need, tuple(map(Atom, names.split()))))
    assert all(len(set(gate.body)) == len(gate.body) for gate in program.gates)
    assert shown(program, least_model(program, rails(program, known))) & {"+h", "-h"} == set(holds.split())
