"""The derivation as it is shown: inner conditions folded into their rule, and how many other grounds hold."""

from __future__ import annotations

from typing import Any

import rudong_rules
from good import GOOD

SHIPPED, LEAVE = rudong_rules.load(), rudong_rules.load(GOOD)
NOTHING_LOGGED: dict[str, Any] = {"adjustment_matter": "unfit", "adjustment_events": {"complete": True}}
GRANTED: dict[str, Any] = {
    "ill": True, "family_change": True, "employment": "established", "days_asked": 1,
    "leaves": {"complete": True, "entries": []}, "first_day": "2025-01-01", "hours_share": 0,
}  # fmt: skip


def steps(verdict: rudong_rules.Verdict) -> dict[str, tuple[bool, list[str], tuple[int, ...]]]:
    """Each step: its value, what it rests on, and how many other grounds hold beside each."""
    told = verdict.derivation
    return {one.name: (one.value, [told[nth].name for nth in one.because], one.also) for one in told}


def test_conditions_inside_a_rule_are_folded_into_it() -> None:
    found = steps(LEAVE.decide(GRANTED, "grant"))
    asked = [
        "days_asked > lookup(table=allowance, key=employment)",
        "reading:third_leave=counts",
        "leaves_in_a_year ≥ 2",
    ]
    assert found["too_much"] == (False, asked, (0, 0, 0))


def test_of_several_grounds_one_is_told_and_how_many_others_hold() -> None:
    """Illness and a change in the family; not too much, and long ago besides."""
    found = steps(LEAVE.decide(GRANTED, "grant"))
    assert found["ground"] == (True, ["sick"], (1,))
    assert found["grant=may_grant"] == (True, ["covered", "ground", "too_much"], (0, 0, 1))


def test_grounds_of_a_folded_condition_are_added_to_those_of_its_rule() -> None:
    verdict = SHIPPED.decide(NOTHING_LOGGED, "adjustment_procedure")
    value, _, also = steps(verdict)["duty:talk_before_proposal:due"]
    assert not value
    assert also == (1, 0, 0, 1)


def test_a_step_that_folded_conditions_share_stands_where_it_comes_first() -> None:
    """Another ground would do in place of three excellent years, of which only the first of two conditions tells."""
    years = [{"year": 2023, "grade": "competent"}, {"year": 2024, "grade": "excellent"}]
    case = {
        "assessment_year": 2024, "assessments": {"complete": True, "entries": years}, "honours": {"complete": True},
        "commendation_consent": "refused",
        "protected_matters": {
            "complete": True, "entries": [{"conclusion": "untrue", "decisive_for": ["g9_3", "commendation"]}]
        },
    }  # fmt: skip
    _, asked, also = steps(SHIPPED.decide(case, "honours"))["honours=refusal_unfounded"]
    assert asked == [
        "commendation_refused_on_protected_alone", "not_encouraged", "assessment_on_file", "excellent_three_years",
        "commendation_consented", "commendation_consent=pending", "commendation_consent=submitted",
    ]  # fmt: skip
    assert also == (0, 0, 0, 1, 0, 0, 0)


def test_a_duty_is_called_by_what_is_known_of_it() -> None:
    verdict = SHIPPED.decide(NOTHING_LOGGED, "adjustment_procedure")
    (label,) = {one.label for one in verdict.derivation if one.name == "duty:talk_before_proposal:due"}
    assert label.endswith("（义务未产生）")
    log = {
        "complete": True,
        "entries": [{"event": "proposed", "date": "2024-03-03", "proposed_by": "political_department"}],
    }
    verdict = SHIPPED.decide({"adjustment_matter": "unfit", "adjustment_events": log}, "adjustment_procedure")
    breached = [one for one in verdict.derivation if one.kind == "duty" and one.value]
    assert breached
    for one in breached:
        assert one.label == SHIPPED.questions["adjustment_procedure"].glossary.describe(one.name).label
