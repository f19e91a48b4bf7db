"""Laws: of the readings left open, those that a verdict names are all that make a difference, and it says which."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from laws.strategies import POLICY, Asked, asked
from rudong_rules import Verdict


def under(question: Asked, verdict: Verdict, name: str) -> dict[str, Verdict]:
    """Return the verdict under each option of a reading, all else unchanged."""
    options = POLICY.rules.readings[name].options
    return {
        option: POLICY.decide(
            question.case, question.decision, as_of=question.as_of, readings={**verdict.chosen, name: option}
        )
        for option in options
    }


def shown(verdict: Verdict) -> dict[str, Any]:
    """Return what a verdict says of its outcome, its conclusions, its duties and its periods, by name."""
    profile = {fact.name: fact.state for fact in verdict.profile}
    duties = {
        name: [
            verdict.state(verdict.question.program.index[f"duty:{name}:{state}"])
            for state in ("owed", "done", "breached")
        ]
        for name in verdict.question.decision.duties
    }
    periods = {name: [one for one in verdict.periods if one.id == name] for name in verdict.question.decision.periods}
    return {"outcome": verdict.outcome, **profile, **duties, **periods}


@given(asked(disputed=True))
def test_a_reading_that_is_not_named_makes_no_difference(question: Asked) -> None:
    verdict = question.decide()
    named = {one.id for one in verdict.left_open}
    assert all(verdict.chosen[name] is None for name in named)
    for name in (one for one, option in verdict.chosen.items() if option is None and one not in named):
        assert all(shown(one) == shown(verdict) for one in under(question, verdict, name).values())


@given(asked(disputed=True))
def test_each_option_comes_to_what_it_says_and_what_turns_is_named(question: Asked) -> None:
    verdict = question.decide()
    for one in verdict.left_open:
        found = under(question, verdict, one.id)
        assert {way.option: way.outcome and way.outcome.outcome for way in one.options} == {
            option: other.outcome for option, other in found.items()
        }
        first, *others = [shown(other) for other in found.values()]
        turning = {name for name in first if name != "outcome" and any(other[name] != first[name] for other in others)}
        assert {thing.name for thing in one.turns} == turning
