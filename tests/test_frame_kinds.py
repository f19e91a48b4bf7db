"""What frames of other kinds hold that no case does: infinite numbers, columns without a type, names in capitals."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from populations import POLICY, frame_of
from rudong_rules import CaseError
from rudong_rules.frame import decide_frame, decider

ENTRY = {"year": 2023.0, "grade": "competent", "votes": 10.0}
BESIDE = {"look_3_motive": [True], "public_spirit": [False]}
"""Facts that contradict each other, so that the row is decided by itself."""


@pytest.mark.parametrize("number", [float("inf"), float("-inf")])
def test_an_infinite_number_is_refused_as_a_single_case_refuses_it(number: float) -> None:
    decided = decide_frame(POLICY, pl.DataFrame({"excellent_count": [number, 2.0]}), "promotion")
    assert decided["promotion_outcome"].to_list() == ["invalid", "undetermined"]
    with pytest.raises(CaseError) as single:
        POLICY.decide({"excellent_count": number}, "promotion")
    assert decided["problem"][0] == str(single.value)


@pytest.mark.parametrize("kind", [pl.List, lambda inner: pl.Array(inner, 1)], ids=["list", "array"])
@pytest.mark.parametrize("beside", [{}, BESIDE], ids=["alone", "beside what is contradicted"])
def test_an_infinite_number_in_a_list_is_refused_whatever_else_is_asked(beside: dict[str, Any], kind: Any) -> None:
    frame = pl.DataFrame({"assessments": [[{**ENTRY, "unfit_votes": float("inf")}]], **beside})
    inner = frame.schema["assessments"].inner  # type: ignore[attr-defined]
    frame = frame.cast({"assessments": kind(inner)})
    for decisions in ("promotion", ["promotion", "tolerance"]):
        decided = decide_frame(POLICY, frame, decisions)
        assert decided["promotion_outcome"].to_list() == ["invalid"]
        assert "inf is not a whole number" in decided["problem"][0]


@pytest.mark.parametrize("beside", [{}, BESIDE], ids=["alone", "beside what is contradicted"])
def test_what_is_no_number_in_a_list_is_null_whatever_else_is_asked(beside: dict[str, Any]) -> None:
    frame = pl.DataFrame({"assessments": [[{**ENTRY, "unfit_votes": float("nan")}]], **beside})
    decided = decide_frame(POLICY, frame, ["promotion", "tolerance"])
    assert decided["problem"].to_list() == [None]
    assert decided["promotion_outcome"].to_list() == ["undetermined"]


def test_the_type_of_a_column_does_not_turn_on_what_else_is_asked_or_given() -> None:
    frame = frame_of([{"employment": "established", "other_exclusion": True, "report_untrue": False}])
    every = decide_frame(POLICY, frame, show=["cites", "cautions"])
    for name in POLICY.questions:
        alone = decide_frame(POLICY, frame.select("employment"), name, show="cites")
        assert alone.schema[f"{name}_cites"] == every.schema[f"{name}_cites"]


def test_rows_of_nothing_but_bits_get_in_pieces_what_they_get_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pl.DataFrame(
        {"other_exclusion": [bool(n % 3) for n in range(150)], "report_untrue": [n % 5 == 0 for n in range(150)]}
    ).with_columns(employment=pl.lit("established"))
    whole = decide_frame(POLICY, frame, "tolerance")
    assert whole["tolerance_outcome"].n_unique() > 1
    monkeypatch.setattr(decider, "_BITS", 64)
    assert decide_frame(POLICY, frame, "tolerance").equals(whole)


@pytest.mark.parametrize("rows", [slice(1, None), slice(0)], ids=["null throughout", "no row"])
def test_objects_of_pandas_of_which_there_are_none_are_facts_that_are_not_known(rows: slice) -> None:
    frame = pd.DataFrame(
        {"employment": ["established"] * 2, "report_untrue": [True, None], "fault_exists": [False, None]}, dtype=object
    )
    decided = decide_frame(POLICY, frame.iloc[rows], "tolerance")
    assert decided["tolerance_outcome"].to_list() == ["undetermined"] * len(frame.iloc[rows])
    assert decide_frame(POLICY, frame, "tolerance")["tolerance_outcome"].to_list() == ["name_cleared", "undetermined"]


def test_a_pandas_frame_of_many_columns_made_one_by_one_is_decided_without_a_warning() -> None:
    frame = pd.DataFrame(index=[7, 7])
    for name in list(POLICY.rules.vocabulary.findings)[:99]:  # With one more pandas warns of the next.
        frame[name] = [True, False]
    decided = decide_frame(POLICY, frame, "tolerance", show=["modality", "cites"])
    assert list(decided.index) == [7, 7]
    assert list(decided.columns[: len(frame.columns)]) == list(frame.columns)


def test_a_sum_of_duckdb_is_a_whole_number() -> None:
    connection = duckdb.connect()
    told = connection.sql("SELECT sum(n) AS excellent_count FROM (VALUES (1), (2)) AS t(n)")
    assert decide_frame(POLICY, told, "promotion").fetchall()[0][1] is None
    large = connection.sql("SELECT 10::HUGEINT ** 30 AS excellent_count, 1 AS n").select(
        "excellent_count::DECIMAL(38, 0) AS excellent_count"
    )
    (row,) = decide_frame(POLICY, large, "promotion").fetchall()
    assert row[2] == "invalid"


def test_an_engine_that_takes_capitals_for_small_letters_is_told_of_columns_called_alike() -> None:
    relation = duckdb.connect().sql('SELECT 1 AS "Problem", 2 AS "Tolerance_Outcome", true AS fault_exists')
    with pytest.raises(CaseError) as refused:
        decide_frame(POLICY, relation, "tolerance", keep=["Problem", "Tolerance_Outcome"])
    assert [problem.span.file for problem in refused.value.problems] == ["column Problem", "column Tolerance_Outcome"]
    same = pl.DataFrame({"Problem": [1], "fault_exists": [True]})
    assert decide_frame(POLICY, same, "tolerance", keep="Problem").columns[:3] == ["Problem", "fault_exists", "problem"]


def test_readings_that_are_all_taken_as_by_default_are_the_default() -> None:
    assert POLICY.readings(dict(POLICY.readings())) is POLICY.readings()
