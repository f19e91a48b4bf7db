"""Cases that are drawn from the vocabulary of any policy are ones that it accepts, and shrink to what is small."""

from __future__ import annotations

import sys
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

import rudong_rules
from good import GOOD
from rudong_rules import CaseError, Policy, RudongRulesError, what_if
from rudong_rules.strategies import _value, _within, cases
from rudong_rules.vocabulary import Record, Scalar

COUNTY = Path(__file__).parent.parent / "examples" / "another_county" / "policies"
POLICIES = {"shipped": rudong_rules.load(), "leave": rudong_rules.load(GOOD), "county": rudong_rules.load(COUNTY)}
each_policy = pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
_slow = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@each_policy
@given(data=st.data())
@_slow
def test_every_case_is_one_that_the_policy_accepts(policy: Policy, data: st.DataObject) -> None:
    case = data.draw(cases(policy))
    read = policy.reader.read(case)
    assert policy.reader.read(read) is read
    policy.decide(case, next(iter(policy.questions)))


@given(data=st.data())
@_slow
def test_a_list_is_told_from_any_other_in_both_languages(data: st.DataObject) -> None:
    """Also one that does not write that it has no entries."""
    before, after = (data.draw(cases(POLICIES["leave"], "grant")).get("leaves") for _ in range(2))
    found = what_if(POLICIES["leave"], {"leaves": before}, "grant", {"leaves": after})
    (change,) = found.changes
    for said, told in ((before, change.before), (after, change.after)):
        assert (told is None) == (said is None)
        if said is not None and told is not None:
            assert told.label.startswith(f"{len(said.get('entries', ()))} 项，")
            assert told.en.endswith("not complete") != said.get("complete", False)
    assert found.to_text("zh") != found.to_text("en")


@pytest.mark.parametrize("lacking", ["entries", "complete"])
def test_what_a_list_says_without_being_told_is_not_always_written(lacking: str) -> None:
    leaves = cases(POLICIES["leave"], "grant").map(lambda case: case.get("leaves"))
    assert find(leaves, lambda one: one is not None and lacking not in one) is not None


def test_what_a_column_implies_is_not_denied_beside_it() -> None:
    policy = POLICIES["shipped"]
    told = {"kind": "removal", "revoked_on": "2024-01-01", "on_exempted_error": True}
    denied = {"revoked": False, "on_tolerated_error": False}
    entry = _within(policy.rules.vocabulary.records["adjustments"], told | denied)
    assert entry == told | {"revoked": True, "on_tolerated_error": True}
    policy.reader.read({"adjustments": [entry]})
    neither = {"kind": "removal", "on_exempted_error": False, "on_tolerated_error": False}
    policy.reader.read({"adjustments": [neither]})


@pytest.mark.parametrize("limits", list(permutations([("c", "b"), ("d", "b"), ("b", "a")])))
def test_in_whatever_order_limits_are_written_none_is_broken(limits: list[tuple[str, str]]) -> None:
    fields = {name: {"type": "int", "label": name, "en": name} for name in "abcd"}
    bounds = [{"field": part, "at_most": whole} for part, whole in limits]
    record = Record.model_validate({"label": "票", "en": "votes", "question": "？", "fields": fields, "limits": bounds})
    assert _within(record, {"a": 1, "b": 3, "c": 2, "d": 4}) == {"a": 1, "b": 1, "c": 1, "d": 1}


@pytest.mark.parametrize("kind", ["int", "fraction"])
@pytest.mark.parametrize(
    ("low", "high"),
    [(None, None), (0, 1), (0, None), (7, 7), (60, 100), (100_000, None), (None, -100_000), (-9, -3), (-100, 100)],
)
def test_numbers_are_drawn_from_all_that_their_bounds_allow(kind: Any, low: int | None, high: int | None) -> None:
    """An amount of money may begin above what is drawn where nothing bounds it."""
    named: Any = {"label": "金额", "en": "amount"}
    scalar = Scalar(**named, type=kind, question="多少？", min=low, max=high)
    drawn: list[Fraction] = []

    @given(_value(scalar))
    @settings(max_examples=100, database=None)
    def collect(value: int | str) -> None:
        drawn.append(Fraction(value))

    collect()
    assert low is None or min(drawn) >= low
    assert high is None or max(drawn) <= high
    assert len(set(drawn)) > (1 if low != high else 0)


@each_policy
@given(data=st.data())
@_slow
def test_a_complete_case_gives_every_fact_of_its_decision(policy: Policy, data: st.DataObject) -> None:
    decision = data.draw(st.sampled_from(list(policy.questions)))
    case = data.draw(cases(policy, decision, complete=True))
    policy.reader.read(case)
    question = policy.questions[decision]
    behind = {n for atom in question.inputs for n in policy.glossary.facts_behind(question.program.atoms[atom])}
    assert behind - {"as_of"} <= set(case)
    assert all(value["complete"] for name, value in case.items() if name in policy.rules.vocabulary.records)


@each_policy
@given(data=st.data())
@_slow
def test_an_incomplete_case_leaves_something_out(policy: Policy, data: st.DataObject) -> None:
    case = data.draw(cases(policy, complete=False))
    policy.reader.read(case)
    assert set(policy.glossary.facts) - set(case)


@given(data=st.data())
@_slow
def test_a_case_for_a_decision_gives_no_fact_that_it_does_not_use(data: st.DataObject) -> None:
    case = data.draw(cases(POLICIES["shipped"], "工作纪律"))  # integrity_of_process, by its label
    unused = {"gain_self", "events", "assessment_year"}
    assert not unused & set(case)


@each_policy
def test_the_smallest_case_says_nothing(policy: Policy) -> None:
    assert find(cases(policy), lambda case: True, settings=_slow) == {}


def test_a_case_shrinks_to_the_facts_that_matter() -> None:
    policy = POLICIES["leave"]

    def refused(case: dict[str, Any]) -> bool:
        return policy.decide(case, "grant").outcome == "may_grant"

    small = find(cases(policy, "grant"), refused, settings=settings(max_examples=5_000, derandomize=True))
    assert len(small) <= 5
    assert small["employment"] in ("established", "temporary") or isinstance(small["employment"], dict)


def test_a_decision_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(CaseError, match="no decision 'gran'\n  hint: did you mean grant"):
        cases(POLICIES["leave"], "gran")


def test_without_hypothesis_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "rudong_rules.strategies")
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(RudongRulesError, match="pip install hypothesis"):
        import rudong_rules.strategies  # noqa: F401
