"""What is said to settle an outcome alone: of a comparison, only what can answer it without what else it reads."""

from __future__ import annotations

from typing import Any

import rudong_rules
from rudong_rules import Interview

POLICY = rudong_rules.load()
TRANSFER: dict[str, Any] = {
    "kind": "transfer", "matter": "unfit", "decided_on": "2025-03-20", "revoked": False, "with_discipline": False,
}  # fmt: skip
WHOLE = {**TRANSFER, "on_exempted_error": False}


def sizes(decision: str, **case: Any) -> dict[str, int]:
    return {one.name: one.settles_with for one in POLICY.decide(case, decision).missing}


def listed(*entries: dict[str, Any], complete: bool = False) -> dict[str, Any]:
    return {"complete": complete, "entries": list(entries)}


def test_a_day_does_not_settle_alone_while_the_entry_lacks_what_the_comparison_reads() -> None:
    found = sizes("promotion_bar", adjustments=listed(TRANSFER))
    # That the list is complete and its adjustment on a protected matter would do without any day.
    assert (found["adjustments"], found["as_of"]) == (1, 2)
    assert list(found) == sorted(found, key=found.__getitem__)


def test_a_day_settles_alone_what_is_known_but_for_it() -> None:
    assert sizes("promotion_bar", adjustments=listed(WHOLE))["as_of"] == 1
    assert sizes("mobility_in_force", mobility_issued_on="2025-01-01") == {"as_of": 1}


def test_two_days_that_are_compared_need_each_other() -> None:
    assert sizes("mobility_in_force") == {"mobility_issued_on": 2, "as_of": 2}


def test_a_list_that_may_be_empty_settles_alone() -> None:
    assert sizes("promotion_bar")["adjustments"] == 1


def test_an_interview_does_not_ask_for_a_day_that_settles_nothing() -> None:
    def asked(*entries: dict[str, Any]) -> list[str]:
        return [one.fact for one in Interview(POLICY, "promotion_bar", {"adjustments": listed(*entries)})]

    assert "as_of" not in asked(TRANSFER)
    assert "as_of" in asked(WHOLE)
    assert "as_of" in asked(TRANSFER, {**WHOLE, "decided_on": "2025-06-20"})


def test_an_option_of_a_choice_settles_alone_what_its_other_options_leave_open() -> None:
    assert sizes("assessment_lead") == {"assessment_kind": 1, "staff_category": 2, "civil_servant": 2}


def test_a_list_is_one_fact_however_many_questions_are_put_to_it() -> None:
    decided: dict[str, Any] = {"event": "decided", "date": "2025-03-10", "collective": True}
    found = sizes("adjustment_procedure", adjustment_matter="unfit", adjustment_events=listed(decided))
    # Some thirty questions about the log, the recognition and how the post is filled are three facts.
    assert found == {"adjustment_events": 1, "elected_or_by_law": 2, "unfit_recognition": 3}


def test_no_fact_takes_more_facts_than_the_decision_reads() -> None:
    for name, question in POLICY.questions.items():
        assert all(size <= len(question.facts) for size in sizes(name).values())
