"""Why not an outcome that is open: whether facts can bring it about, which ones, or what else it takes."""

from __future__ import annotations

from typing import Any

import pytest

import rudong_rules
from rudong_rules import why_not
from rudong_rules.explanations import WhyNot
from rudong_rules.wording import Lang

POLICY = rudong_rules.load()
DECIDED: dict[str, Any] = {
    "adjustment_matter": "unfit",
    "adjustment_events": {
        "complete": False,
        "entries": [{"event": "decided", "date": "2025-03-10", "collective": True}],
    },
}
BEYOND: dict[str, Any] = {
    "adjustment_matter": "unfit", "as_of": "2024-03-10", "unfit_recognition": "unfit",
    "adjustment_events": {"complete": True, "entries": [{"event": "started", "date": "2024-03-01"}]},
}  # fmt: skip
THREE_YEARS: dict[str, Any] = {
    "assessment_year": 2025,
    "assessments": {
        "complete": True,
        "entries": [{"year": year, "grade": "excellent"} for year in (2023, 2024, 2025)],
    },
    "honours": {"complete": True},
    "merit_consent": "pending",
    "commendation_consent": "pending",
}


def asked(case: dict[str, Any], decision: str, outcome: str, **how: Any) -> WhyNot:
    found = why_not(POLICY, case, decision, outcome, **how)
    assert WhyNot.model_validate_json(found.model_dump_json()) == found
    return found


def test_a_log_that_may_lack_entries_does_not_end_in_nothing_found() -> None:
    found = asked(DECIDED, "adjustment_procedure", "in_order")
    assert (found.state, found.standing, found.unknown.complete) == ("unknown", "possible_by_facts", False)
    (way,) = found.unknown.ways
    assert {fact for need in way.needs for fact in need.facts} >= {"adjustment_events", "unfit_recognition"}
    assert found.keeps_known
    assert all(not need.now for need in way.needs)


@pytest.mark.parametrize(
    ("lang", "standing", "nothing"),
    [
        ("zh", "尚未排除：未查明的事实如下列任一组，即得此结论", "已知的事实都不须改变"),
        ("en", "Not ruled out: any set below of unknown facts brings it about", "nothing that is known has to change"),
    ],
)
def test_where_unknown_facts_are_enough_it_says_that_nothing_known_has_to_change(
    lang: Lang, standing: str, nothing: str
) -> None:
    found = asked({}, "mobility_in_force", "in_force")
    assert (found.different.ways, found.keeps_known) == ((), True)
    for shown in (found.to_text(lang), found.to_markdown(lang), found.to_html(lang)):
        assert standing in shown
        assert nothing in shown


def test_where_no_fact_is_enough_it_says_so() -> None:
    case = {"report_bad_effect": True, "facts_established": True}
    found = asked(case, "rights_protection", "clear_name")
    assert (found.standing, found.left_open, found.bearing) == ("not_by_facts", (), ())
    assert "尚未排除；但未查明的事实无论如何都不足以得此结论" in found.to_text()
    assert "no unknown facts bring it about, however they turn out" in found.to_html("en")


def test_where_a_reading_is_left_open_it_says_which() -> None:
    found = asked(THREE_YEARS, "honours", "both_proposable", readings={"merit_absorbs": None})
    assert found.standing == "needs_a_reading"
    assert [one.name for one in found.left_open] == ["merit_absorbs"]
    (reading,) = found.left_open
    for shown in (found.to_text(), found.to_html()):
        assert "存疑的解释" in shown
        assert reading.label in shown.replace("\n", "").replace("  ", "")


def test_where_none_is_found_it_says_what_bears_on_it() -> None:
    found = asked(BEYOND, "adjustment_procedure", "in_order", as_of="2024-03-11")
    assert (found.standing, found.unknown.ways) == ("possible_somehow", ())
    assert "adjustment_events" in [fact.name for fact in found.bearing]
    for shown in (found.to_text(), found.to_markdown(), found.to_html()):
        assert "与此结论有关、尚未查明的事实" in shown
        assert "尚未排除，仍有可能" in shown


def test_of_what_is_ruled_out_nothing_of_this_is_said() -> None:
    found = asked({"mobility_issued_on": "2025-01-01", "as_of": "2025-06-01"}, "mobility_in_force", "not_yet")
    assert (found.state, found.standing) == ("false", "")
    assert "尚未排除" not in found.to_text()
