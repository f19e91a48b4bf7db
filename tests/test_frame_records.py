"""Long tables, a row for each entry, become record columns of a frame of persons, or it is said why not."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from populations import POLICY, SHOW, row_by_row, rows_of
from rudong_rules import CaseError
from rudong_rules.frame import decide_frame, with_records

LONG = pl.DataFrame({"person": [1], "year": [2023]})
"""Assessments, a row each."""


def test_a_list_that_is_called_complete_under_a_wrong_name_is_refused() -> None:
    """It would say of nobody that there is nothing."""
    staff, long = pl.DataFrame({"person": [1]}), pl.DataFrame({"person": [1], "year": [2023]})
    with pytest.raises(CaseError, match="no table 'assesments'\n  hint: did you mean assessments"):
        with_records(staff, {"assessments": long}, on="person", complete="assesments")


@pytest.mark.parametrize(
    ("tables", "on", "told"),
    [
        ([LONG], "person", "with_records: wrong-type: a list is not a mapping\n  hint: write {record: table}, as in"),
        ({"assessments": LONG}, "persn", "table assessments: unknown-column: there is no column 'persn'\n  hint: "),
        ({"assessments": LONG}, "persn", "with_records: unknown-column: there is no column 'persn'\n  hint: did you"),
        ({"assessments": LONG}, ["person"], "with_records: unknown-column: there is no column a list\n  hint: "),
        ({"assessments": LONG.drop("person")}, "person", "table assessments: unknown-column: there is no column 'pers"),
        ({"assessments": LONG.select("person")}, "person", "no-columns: there is no column beside 'person'"),
        ({"assessments": LONG.with_columns(person=pl.lit("1"))}, "person",
         "table assessments: wrong-type: column 'person' is String, and Int64 in the frame"),
        ({"age": LONG}, "person", "with_records: column-twice: the result would have two columns age"),
        ({"assessments": [LONG]}, "person", "table assessments: unknown-frame: a list is no table that fits in memory"),
    ],
)  # fmt: skip
def test_tables_that_do_not_fit_are_told(tables: Any, on: Any, told: str) -> None:
    with pytest.raises(CaseError) as caught:
        with_records(pl.DataFrame({"person": [1], "age": [40]}), tables, on=on)
    assert told in str(caught.value)


def test_a_table_of_no_record_is_refused_when_the_frame_is_decided() -> None:
    wide = with_records(pl.DataFrame({"person": [1]}), {"asessments": LONG}, on="person")
    with pytest.raises(CaseError, match="there is no fact 'asessments'\n  hint: did you mean assessments"):
        decide_frame(POLICY, wide, keep=["person"])


def test_a_table_may_be_named_by_the_label_of_the_record() -> None:
    staff, decided = pl.DataFrame({"person": [1, 2]}), []
    for name in ("assessments", POLICY.rules.vocabulary.records["assessments"].label):
        wide = with_records(staff, {name: LONG}, on="person", complete=name)
        decided.append(decide_frame(POLICY, wide, ["honours"], keep=["person"]).drop(name))
    assert decided[0].equals(decided[1])


def test_a_frame_of_pandas_keeps_its_index() -> None:
    pandas = pytest.importorskip("pandas")
    staff = pandas.DataFrame({"person": [2, 1]}, index=pandas.Index(["乙", "甲"], name="who"))
    wide = with_records(staff, {"assessments": LONG.to_pandas()}, on="person")
    assert (list(wide.index), wide.index.name, list(wide["person"])) == (["乙", "甲"], "who", [2, 1])
    assert wide["assessments"].loc["乙"] is None
    assert [one["year"] for one in wide["assessments"].loc["甲"]] == [2023]


def test_long_tables_keyed_by_person_are_records() -> None:
    staff = pl.DataFrame({"person": [1, 2, 3], "assessment_year": [2024, 2024, 2024]})
    long = pl.DataFrame({"person": [1, 1, 3], "year": [2023, 2024, 2024], "grade": ["basic", "basic", "competent"]})
    entries = [
        [{"year": 2023, "grade": "basic"}, {"year": 2024, "grade": "basic"}],
        [],
        [{"year": 2024, "grade": "competent"}],
    ]  # fmt: skip
    for complete in (True, False):
        wide = with_records(staff, {"assessments": long}, on="person", complete=["assessments"] if complete else [])
        decided = decide_frame(POLICY, wide, decisions=["adjustment"], show=SHOW, keep=["person"])
        cases = [
            {"assessment_year": 2024, "assessments": {"complete": complete, "entries": one}} for one in entries
        ]  # fmt: skip
        assert rows_of(decided, ["adjustment"]) == row_by_row(cases, ["adjustment"])
    lazy = with_records(staff.lazy(), {"assessments": long.lazy()}, on="person")
    assert isinstance(lazy, pl.LazyFrame)
