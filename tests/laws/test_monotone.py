"""More facts never withdraw a conclusion: what is possible only narrows, and what is settled stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from laws.strategies import POLICY, Asked, Facts, asked, settled
from rudong_rules.engines.fixpoint import least_model


@st.composite
def _less_of(draw: st.DrawFn, case: Facts) -> Facts:
    """Draw a part of what a case says: facts left out, entries left out of lists, columns left out of entries."""
    chances = draw(st.binary(min_size=len(case), max_size=len(case)))
    rarity = draw(st.sampled_from([250, 200, 128]))
    less = {name: value for chance, (name, value) in zip(chances, case.items(), strict=True) if chance < rarity}
    for name, record in POLICY.rules.vocabulary.records.items():
        if name in less:
            required = {column for column, body in record.fields.items() if body.required}
            less[name] = draw(_less_of_list(less[name], required))
    return less


@st.composite
def _less_of_list(draw: st.DrawFn, listed: dict[str, Any], required: set[str]) -> dict[str, Any]:
    """Draw a part of a list.  A list that leaves entries out is not complete."""
    kept = [entry for entry in listed["entries"] if draw(st.integers(0, 3)) < 3]
    complete = listed["complete"] and len(kept) == len(listed["entries"]) and draw(st.booleans())
    entries = [
        {column: value for column, value in entry.items() if column in required or draw(st.integers(0, 7)) < 7}
        for entry in kept
    ]
    return {"complete": complete, "entries": entries}


@st.composite
def _grown(draw: st.DrawFn, questions: st.SearchStrategy[Asked]) -> tuple[Asked, Asked]:
    """Draw a question, and the same with more facts and more readings chosen."""
    more = draw(questions)
    less = replace(more, case=draw(_less_of(more.case)))
    if draw(st.booleans()):
        left_open = draw(st.sets(st.sampled_from(sorted(more.readings)), max_size=5))
        less = replace(less, readings=less.readings | dict.fromkeys(left_open))
    return less, more


@given(_grown(asked()))
def test_more_facts_only_narrow_what_is_possible(pair: tuple[Asked, Asked]) -> None:
    less, more = (question.decide() for question in pair)
    assert set(more.possible) <= set(less.possible)


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # Of what is settled a third is so with less.
@given(_grown(settled()))
def test_more_facts_never_withdraw_an_outcome(pair: tuple[Asked, Asked]) -> None:
    less, more = (question.decide() for question in pair)
    assume(less.outcome is not None)
    assert more.outcome == less.outcome


@given(_grown(asked()))
def test_more_facts_never_withdraw_a_conclusion(pair: tuple[Asked, Asked]) -> None:
    known = [question.known() for question in pair]
    assert known[0][1] & ~known[1][1] == 0
    less, more = (least_model(program, rails) for program, rails in known)
    assert less & ~more == 0


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # Of what is settled a third is so with less.
@given(_grown(settled()))
def test_what_is_settled_is_never_asked_again(pair: tuple[Asked, Asked]) -> None:
    less, more = (question.decide() for question in pair)
    assume(less.outcome is not None)
    assert not more.missing
