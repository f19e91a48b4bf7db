"""Laws of comparing two policies: what is called equal is, on every case, and every case that is shown tells them apart."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from laws.small_policies import FINDINGS, LINKS, OPTIONS, READINGS, RULES, build, policies
from rudong_rules.comparison import compare
from rudong_rules.differences import state
from rudong_rules.logic import AtLeast, Condition, Constant, Not
from rudong_rules.policy import Policy

CASES: list[dict[str, Any]] = [
    {name: value for name, value in zip((*FINDINGS, "kind"), values, strict=True) if value is not None}
    for values in product(*[(True, False, None)] * len(FINDINGS), (*OPTIONS, None))
]


@st.composite
def edits(draw: st.DrawFn) -> tuple[Policy, Policy]:
    """Draw a policy, and it with another link between two findings, a rule of its own written otherwise, or another."""
    base, other = draw(policies()), draw(policies())
    conditions: dict[str, Condition] = dict(base.rules.conditions)
    name = f"rule:{draw(st.sampled_from(RULES))}"
    whole: Condition = conditions[name]
    rules = [whole, Not(Not(whole)), AtLeast(1, (whole, Constant(False))), other.rules.conditions[name]]
    conditions[name] = draw(st.sampled_from(rules))
    return base, build(conditions, Constant(False), draw(st.sampled_from(LINKS)))


def said(policy: Policy, case: dict[str, Any], reading: str | None) -> object:
    verdict = policy.decide(case, "d", readings={"how": reading})
    return verdict.outcome, verdict.status, verdict.possible


@given(edits())
def test_what_is_called_equal_is_and_what_is_shown_differs(both: tuple[Policy, Policy]) -> None:
    base, head = both
    (one,) = compare(base, head)
    if one.status == "equal":
        for case, reading in product(CASES, (*READINGS, None)):
            assert said(base, case, reading) == said(head, case, reading)
    for pair in one.pairs:
        assert (state(base, pair.case, pair, "d"), state(head, pair.case, pair, "d")) == (pair.was, pair.now)
