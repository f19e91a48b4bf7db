"""A prepared program has the least model of the whole one, and goals rest on what its derivation says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import Drawn, drawn, model_by_definition, program_of, rails, shown
from rudong_rules.derivation import support
from rudong_rules.engines.fixpoint import least_model
from rudong_rules.prepared import prepare
from rudong_rules.program import bits, members
from rudong_rules.resting import resting


@given(drawn(two_railed=False), st.data())
def test_a_prepared_program_has_the_model_of_the_whole(case: Drawn, data: st.DataObject) -> None:
    some = st.sets(st.integers(0, 2 * len(case.program.atoms) - 1)).map(bits)
    always, may = data.draw(some), case.known | data.draw(some)
    prepared = prepare(case.program, always, may)
    assert prepared.model(prepared.closed(case.known)) == model_by_definition(case.program, always | case.known)


@given(drawn(two_railed=False), st.data())
def test_closing_rails_apart_or_together_is_the_same(case: Drawn, data: st.DataObject) -> None:
    prepared = prepare(case.program, bits(data.draw(st.sets(st.integers(0, 3)))), case.known)
    every = list(members(case.known))
    some = bits(data.draw(st.sets(st.sampled_from(every)))) if every else 0
    assert prepared.closed(some) | prepared.closed(case.known & ~some) == prepared.closed(case.known)


PROGRAM = program_of(
    "+b 1 +a", "+c 2 +b +r", "+d 2 +c +e", "+g 1 +d", "+s 2 +e +f +r2", "-s 2 -e -f -r2", "+x 2 +s +never",
    "+h 2 +g +s", "+p 1 +b", "+p 1 +d", "+k 2 +e +f +never",
)  # fmt: skip


def test_only_gates_that_need_several_more_rails_are_left() -> None:
    prepared = prepare(PROGRAM, rails(PROGRAM, "+r"), rails(PROGRAM, "+a +e +f +r2 -e"))
    assert shown(PROGRAM, prepared.always) == {"+r"}
    assert shown(PROGRAM, prepared.closed(rails(PROGRAM, "+a"))) == {"+r", "+a", "+b", "+c", "+p"}
    first, second = prepared.stages
    assert [shown(PROGRAM, head | body) for head, body in first.whole] == [{"+c", "+e", "+d", "+g", "+p"}]
    assert [(shown(PROGRAM, head), need) for head, need, _ in first.part] == [({"+s"}, 2)]
    assert [(shown(PROGRAM, head), shown(PROGRAM, body)) for head, body in second.whole] == [
        ({"+h"}, {"+g", "+s"}),
        ({"+k"}, {"+e", "+f"}),
    ]
    assert second.part == ()


def test_a_rail_for_which_a_program_is_not_prepared_is_refused() -> None:
    prepared = prepare(PROGRAM, rails(PROGRAM, "+r"), rails(PROGRAM, "+a"))
    with pytest.raises(KeyError):
        prepared.closed(rails(PROGRAM, "+e"))


@given(drawn(two_railed=False), st.data())
def test_goals_rest_on_the_rails_that_their_derivation_says(case: Drawn, data: st.DataObject) -> None:
    heads = {gate.head for gate in case.program.gates}
    known = bits(rail for rail in members(case.known) if rail not in heads)
    model = least_model(case.program, known)
    cared = data.draw(st.sets(st.sampled_from(sorted(heads))))
    goals = data.draw(st.sets(st.sampled_from(sorted(members(model))))) if model else set()
    found = [rail for rail, _ in support(case.program, model, goals)]
    below = resting(case.program, cared)
    assert below.rails(below.on(model, goals)) == [rail for rail in found if rail in cared]


@pytest.mark.parametrize(("facts", "found"), [("+a", "+b +p"), ("+a +e", "+b +p")])
def test_of_two_gates_that_hold_the_first_written_counts(facts: str, found: str) -> None:
    model = least_model(PROGRAM, rails(PROGRAM, facts))
    below = resting(PROGRAM, members(rails(PROGRAM, "+b +d +p")))
    assert bits(below.rails(below.on(model, members(rails(PROGRAM, "+p"))))) == rails(PROGRAM, found)


def test_what_needs_no_choice_is_known_before_any_case() -> None:
    below = resting(PROGRAM, members(rails(PROGRAM, "+b +d +s")))
    (goal,) = members(rails(PROGRAM, "+h"))
    assert bits(below.rails(below.rests[goal].places)) == rails(PROGRAM, "+b +d +s")
    assert below.rests[goal].choices == ()
