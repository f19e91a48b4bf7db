"""A missing fact that is a list says which entries lack which columns."""

from __future__ import annotations

import json
from typing import Any

import pytest

import rudong_rules
from rudong_rules.verdict_data import Fact, VerdictData

POLICY = rudong_rules.load()
UNFIT = {
    "as_of": "2026-02-01", "adjustment_matter": "unfit", "department_head": True, "assessment_year": 2025,
    "finding_source": "annual",
}  # fmt: skip
YEARS: list[dict[str, Any]] = [
    {"year": 2025, "grade": "competent", "determined_on": "2026-01-10"},
    {"year": 2024, "grade": "basic", "determined_on": "2025-01-10", "unfit_votes": 3, "votes": 30},
]

BARRED = {
    "kind": "transfer", "matter": "unfit", "decided_on": "2025-03-01", "announced_on": "2025-03-05",
    "removed_on": "2025-03-10", "on_exempted_error": False, "on_tolerated_error": False, "revoked": False,
    "with_discipline": False,
}  # fmt: skip


def missing(case: dict[str, Any], decision: str, fact: str) -> Fact:
    (found,) = (one for one in POLICY.decide(case, decision).missing if one.name == fact)
    return found


def assessed(years: list[dict[str, Any]], complete: bool = True) -> dict[str, Any]:
    return {**UNFIT, "assessments": {"complete": complete, "entries": years}}


def test_the_columns_that_an_entry_lacks_are_named() -> None:
    found = missing(assessed(YEARS), "adjustment", "assessments")
    assert found.question == "年度考核 2025 年：不称职票数、计票基数？"
    assert found.en == "annual assessments 2025: votes for incompetent, number of votes that the share is taken of"
    assert [(one.entry, one.column) for one in found.lacks] == [("2025 年", "unfit_votes"), ("2025 年", "votes")]


def test_the_list_is_still_asked_for_while_it_may_hold_more() -> None:
    found = missing(assessed(YEARS, complete=False), "adjustment", "assessments")
    assert (
        found.question
        == "历年年度考核的等次和测评得票如何？是否齐全？已列各项尚缺：年度考核 2025 年：不称职票数、计票基数"
    )
    assert found.en.startswith("annual assessments; lacking: annual assessments 2025: votes for incompetent")


def test_what_is_given_is_lacking_no_more() -> None:
    one = missing(assessed([{**YEARS[0], "unfit_votes": 5}, YEARS[1]]), "adjustment", "assessments")
    assert [lack.column for lack in one.lacks] == ["votes"]
    whole = [{**YEARS[0], "unfit_votes": 5, "votes": 15}, YEARS[1]]
    assert all(not fact.lacks for fact in POLICY.decide(assessed(whole), "adjustment").missing)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (
            {"kind": "demotion", "decided_on": "2025-03-01", "matter": "unfit"},
            "组织调整 降职 2025-03-01：仅以容错免责事项为由",
        ),
        ({"kind": "demotion"}, "组织调整 降职：调整事由、党组决定日期、"),
    ],
)
def test_an_entry_is_called_by_what_it_is_and_its_day(entry: dict[str, Any], told: str) -> None:
    case = {"as_of": "2026-01-01", "adjustments": {"complete": True, "entries": [entry]}}
    assert missing(case, "promotion_bar", "adjustments").question.startswith(told)


def test_of_many_entries_the_first_are_named() -> None:
    entries = [{"kind": "demotion", "decided_on": f"2025-0{month}-01", "matter": "unfit"} for month in range(1, 6)]
    case = {"as_of": "2026-01-01", "adjustments": {"complete": True, "entries": entries}}
    found = missing(case, "promotion_bar", "adjustments")
    assert found.question.endswith("；另有 2 项也有欠缺？")
    assert len({one.entry for one in found.lacks}) == 5


def test_a_list_that_is_not_given_lacks_nothing_and_writes_nothing_of_it() -> None:
    assert missing(UNFIT, "adjustment", "assessments").question == POLICY.glossary.question("assessments")
    written = POLICY.decide(assessed(YEARS), "adjustment").to_json()
    rows = {row["name"]: row for row in json.loads(written)["missing"]}
    assert rows["assessments"]["lacks"][0]["label"] == "不称职票数"
    assert all("lacks" not in row for name, row in rows.items() if name != "assessments")
    assert VerdictData.model_validate_json(written) == POLICY.decide(assessed(YEARS), "adjustment").data


def logged(**orders: int) -> dict[str, Any]:
    """A log in which the talk and the proposal, and what was verified and heard, are of one day each."""
    days = {"verified": "05", "public_heard": "05", "talk_before": "10", "proposed": "10", "decided": "12"}
    steps: list[dict[str, Any]] = [{"event": event, "date": f"2026-03-{day}"} for event, day in days.items()]
    steps[2]["talk_content"] = ["reasons", "heard"]
    steps[3] |= {"proposed_by": "political_department", "proposal_content": ["reason", "method"]}
    steps[4]["collective"] = True
    for step in steps:
        if step["event"] in orders:
            step["order"] = orders[step["event"]]
    views = {"event": "views_heard", "date": "2026-03-11"}
    log = {"complete": True, "entries": [*steps, views]}
    return {"as_of": "2026-04-01", "adjustment_matter": "unfit", "adjustment_events": log}


def test_steps_of_one_day_lack_their_order_where_it_matters() -> None:
    found = missing(logged(), "adjustment_procedure", "adjustment_events")
    talk, proposal = "提出建议前与本人谈话 2026-03-10", "提出调整建议 2026-03-10"
    assert found.question == f"调整程序记录 {talk}：当日次序；调整程序记录 {proposal}：当日次序？"
    # What was verified and whom they heard come before the proposal alike, in whatever order.
    assert {(one.entry, one.column) for one in found.lacks} == {(talk, "order"), (proposal, "order")}


def test_rules_do_not_lack_an_answer_where_the_order_within_a_day_is_not_given() -> None:
    assert POLICY.decide(logged(), "adjustment_procedure").unanswered == ()
    assert not any("没有给出答案" in note.label for note in POLICY.decide(logged(), "adjustment_procedure").notes)


def test_the_order_of_a_step_is_lacking_while_the_other_of_its_day_has_one() -> None:
    found = missing(logged(talk_before=1), "adjustment_procedure", "adjustment_events")
    assert [(one.entry, one.column) for one in found.lacks] == [("提出调整建议 2026-03-10", "order")]


def test_with_their_order_steps_of_one_day_lack_nothing() -> None:
    verdict = POLICY.decide(logged(talk_before=1, proposed=2), "adjustment_procedure")
    assert verdict.outcome == "owed"
    assert verdict.missing == ()


@pytest.mark.parametrize(
    ("case", "decision", "asked", "given"),
    [
        ({"adjustments": {"complete": True, "entries": [BARRED]}}, "promotion_bar", "as_of", "adjustments"),
        ({"assessments": {"complete": True, "entries": []}}, "honours", "assessment_year", "assessments"),
    ],
)
def test_a_list_that_lacks_nothing_is_not_asked_for_beside_what_is_open(
    case: dict[str, Any], decision: str, asked: str, given: str
) -> None:
    """The day, or the year, is all that a question about the list still lacks."""
    named = [one.name for one in POLICY.decide(case, decision).missing]
    assert asked in named
    assert given not in named
    open_list = {given: {**case[given], "complete": False}}
    assert given in [one.name for one in POLICY.decide(open_list, decision).missing]
