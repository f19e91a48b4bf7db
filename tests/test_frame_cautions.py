"""What verdicts warn of is a column: the same cautions in the same order as a single case gets."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from populations import POLICY, frame_of, library, row_by_row, rows_of
from rudong_rules.frame import decide_frame
from rudong_rules.frame.circuit import ALWAYS, Circuit
from rudong_rules.frame.gates import Sheet
from rudong_rules.frame.ladders import Cautions, ladder_of
from rudong_rules.program import true_rail

CASES: list[dict[str, Any]] = [located.case for located in library() if not located.scenario.as_of][::3]
"""Every third case of the library; all of it is decided under its own decision in test_frame."""
DECISIONS = tuple(POLICY.questions)


@pytest.fixture(scope="module")
def wanted() -> list[dict[str, Any]]:
    return row_by_row(CASES, DECISIONS, show=["cautions"])


@pytest.mark.parametrize("decision", DECISIONS)
def test_each_decision_alone_warns_in_a_frame_of_what_decide_warns(decision: str, wanted: list[dict[str, Any]]) -> None:
    """With no other column that could bring in what its cautions read."""
    decided = decide_frame(POLICY, frame_of(CASES), [decision], show="cautions")
    columns = ["problem", f"{decision}_outcome", f"{decision}_cautions"]
    assert decided.select(columns).to_dicts() == [{name: row[name] for name in columns} for row in wanted]


def test_these_cases_hold_most_cautions(wanted: list[dict[str, Any]]) -> None:
    told = {name for row in wanted for column, names in row.items() if column.endswith("_cautions") for name in names}
    assert len(told) > 12


@pytest.mark.parametrize(("option", "warned"), [("exclusion", ["recognition_against_text"]), ("guideline", [])])
def test_a_row_is_warned_under_the_readings_taken(option: str, warned: list[str]) -> None:
    case = {"employment": "established", "report_untrue": False, "political_problem": True, "recognition": "exempted"}
    decided = decide_frame(POLICY, frame_of([case]), ["disposition"], show="cautions", readings={"veto": option})
    assert decided["disposition_cautions"].to_list() == [warned]


def test_contradicted_and_invalid_rows_are_warned_as_single_cases_are() -> None:
    against = {"employment": "established", "criminal_liability": True, "report_untrue": False}
    both = [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]
    cases: list[dict[str, Any]] = [
        {**against, "recognition": "exempted", "fault_exists": both}, {**against, "recognition": "pardoned"},
        {"employment": "established", "report_untrue": both, "fault_exists": False},
    ]  # fmt: skip
    decisions = ("disposition", "tolerance")
    decided = decide_frame(POLICY, frame_of(cases), decisions, show="cautions")
    assert rows_of(decided, decisions, ["cautions"]) == row_by_row(cases, decisions, show=["cautions"])
    assert decided["disposition_cautions"].to_list()[:2] == [["recognition_against_text"], []]
    assert set(decided["tolerance_outcome"]) == {"not_tolerated", "invalid", "contradicted"}


def test_what_holds_in_every_row_stands_in_every_list_and_what_never_does_is_no_column() -> None:
    ladder = ladder_of(POLICY.questions["disposition"], POLICY.program.index)
    first, *others = ladder.question.cautions
    sheet = Sheet(POLICY.program, {true_rail(POLICY.program.index[first]): ALWAYS}, Circuit())
    cautions = Cautions(ladder, sheet)
    assert others
    (warned,) = cautions.rows
    assert cautions.rows[warned] == ALWAYS
    words = pl.DataFrame({warned: [True, True]}).select(cautions.patterns.words)
    assert cautions.patterns.lists(words).to_list() == [[first], [first]]
