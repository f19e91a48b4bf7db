"""What the vocabulary says cannot be: refused wherever it stands; a year after the day does not count."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

import rudong_rules
from rudong_rules.frame import decide_frame

POLICY = rudong_rules.load()
EXCELLENT = {"complete": True, "entries": [{"year": year, "grade": "excellent"} for year in (2024, 2025, 2026)]}


@pytest.mark.parametrize(
    ("own", "as_of", "counting"),
    [
        ("2026-12-31", None, 3), ("2025-12-31", None, 2), (None, None, 3), ("2026-12-31", date(2025, 12, 31), 2),
        (None, date(2025, 12, 31), 2), (None, date(2023, 12, 31), 0),
    ],
)  # fmt: skip
def test_an_assessment_of_a_year_after_the_day_does_not_count(
    own: str | None, as_of: date | None, counting: int
) -> None:
    view = POLICY.decide({"assessments": EXCELLENT, "as_of": own}, "honours", as_of=as_of).given.view()
    assert len(view.records["assessments"].items) == counting


def test_a_dated_entry_counts_by_its_date_alone() -> None:
    entries = [{"kind": "award", "for_year": 2025, "granted_on": "2026-01-05"}]
    view = POLICY.decide({"honours": entries, "as_of": "2026-01-05"}, "honours").given.view()
    assert len(view.records["honours"].items) == 1


def test_a_frame_refuses_what_breaks_a_limit_as_a_single_case_does() -> None:
    rows: dict[str, Any] = {"excellent_count": [7, 5, 7], "assessed_count": [5, 5, None]}
    for decision in ("honours", "tolerance"):
        decided = decide_frame(POLICY, pl.DataFrame(rows), decisions=[decision])
        assert [problem is None for problem in decided["problem"]] == [False, True, True]
        assert "7 is more than assessed_count (Number assessed in the year) 5" in decided["problem"][0]
