"""A column that is none for pyarrow or polars is told by its name, with what it should be, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest

from populations import POLICY
from rudong_rules import CaseError
from rudong_rules.frame import decide_frame, with_records

pandas = pytest.importorskip("pandas")

TOLD: dict[str, Any] = {"value": True, "determined_by": "甲"}
UNTRUE = "report_untrue (the report is untrue or a false accusation)"
FINDING = "make it Boolean, null where unknown; or a struct value, determined_by, …; every cell in one form"


def refused(frame: Any, **more: Any) -> CaseError:
    with pytest.raises(CaseError) as caught:
        decide_frame(POLICY, frame, ["tolerance"], **more)
    return caught.value


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ([[TOLD], TOLD], "list, dict"), ([True, TOLD], "bool, dict"), ([True, None, "是"], "bool, str"),
        ([float("nan"), [TOLD], TOLD], "list, dict"), ([True, {1}], "bool, set"),
    ],
)  # fmt: skip
def test_cells_of_several_kinds_are_told_with_their_column_and_the_mend(cells: list[Any], kinds: str) -> None:
    error = refused(pandas.DataFrame({"report_untrue": cells}))
    assert str(error) == (
        f"column report_untrue: wrong-type: {kinds} side by side for the finding {UNTRUE}\n  hint: {FINDING}"
    )
    assert error.text("zh").splitlines() == [
        "“report_untrue”列: wrong-type: 认定事项 反映问题失实或受到诬告（report_untrue） 不能是 混在一起的 "
        + kinds.replace(", ", "、"),
        "  提示：改为是非（Boolean），未查明的为空；或含 value、determined_by 等的结构；各单元格用同一种形式",
    ]


@pytest.mark.parametrize(
    ("fact", "cells", "said"),
    [
        ("年度考核", [[{"year": 2024}], {"complete": True, "entries": []}], "list, dict side by side for the record"),
        ("assessments", [[{"year": 2024}], [{"year": "2024"}]], "list (Could not convert '2024' with type str"),
        ("employment", ["established", 1], "str, int side by side for the choice"),
        ("excellent_count", [2**70, 1], "int (Python int too large"),
        ("excellent_share_limit", [Decimal("0.2"), "1/3"], "Decimal, str side by side for the number"),
        ("as_of", [date(2024, 1, 1), "2024-01-01"], "date, str side by side for the day"),
        ("report_untrue", [1j], "complex (Unsupported numpy type"),
    ],
)
def test_every_kind_of_fact_is_told_so(fact: str, cells: list[Any], said: str) -> None:
    (problem,) = refused(pandas.DataFrame({fact: cells})).problems
    assert said in problem.message
    assert problem.hint.endswith("; every cell in one form")


def test_every_such_column_is_told_at_once_and_one_that_is_no_fact_as_such() -> None:
    frame = pandas.DataFrame({"report_untrue": [[TOLD], TOLD], "fault_exists": [True, "x"], "extra": [[1], {}]})
    error = refused(frame)
    assert sorted(problem.code for problem in error.problems) == ["unknown-fact", "wrong-type", "wrong-type"]


def test_what_is_kept_may_hold_anything() -> None:
    frame = pandas.DataFrame({"report_untrue": [True, None], "extra": [[1], {"a": object()}]}, index=[7, 7])
    decided = decide_frame(POLICY, frame, ["tolerance"], keep=["extra"])
    assert decided["extra"].to_list() == frame["extra"].to_list()
    assert decided["tolerance_outcome"].to_list() == ["undetermined"] * 2
    alone = decide_frame(POLICY, frame[["extra"]], ["tolerance"], keep=["extra"])
    assert alone["tolerance_outcome"].to_list() == ["undetermined"] * 2
    union = pa.UnionArray.from_sparse(pa.array([0, 0], pa.int8()), [pa.array([True, False])])
    table = pa.table({"report_untrue": [True, None], "extra": union})
    assert decide_frame(POLICY, table, ["tolerance"], keep="extra")["extra"].to_pylist() == [True, False]


UNION = pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array([True])])


@pytest.mark.parametrize(
    "column",
    [
        UNION, pa.array([(1, 2, 3)], pa.month_day_nano_interval()), pa.array([1], pa.decimal256(50)),
        pa.array([[1]], pa.list_view(pa.int64())), pa.StructArray.from_arrays([UNION], ["value"]),
    ],
    ids=lambda one: str(one.type),
)  # fmt: skip
def test_arrow_columns_that_polars_does_not_know_are_told(column: Any, capfd: pytest.CaptureFixture[str]) -> None:
    error = refused(pa.table({"report_untrue": column}))
    assert str(error) == f"column report_untrue: wrong-type: {column.type} for the finding {UNTRUE}\n  hint: {FINDING}"
    assert capfd.readouterr().err == ""  # Polars would tell of it itself, at length.


def test_a_relation_of_duckdb_is_told_so_too() -> None:
    with duckdb.connect() as connection:
        error = refused(connection.sql("SELECT union_value(a := true) AS report_untrue"))
    assert "sparse_union<a: bool=0> for the finding" in str(error)


TWICE: list[Callable[[], Any]] = [
    lambda: pandas.DataFrame([[True, True]], columns=["report_untrue", "report_untrue"]),
    lambda: pa.table([pa.array([True]), pa.array([True])], names=["report_untrue", "report_untrue"]),
]


@pytest.mark.parametrize("make", TWICE)
def test_two_columns_of_one_name_are_told(make: Callable[[], Any]) -> None:
    error = refused(make())
    assert str(error) == "column report_untrue: column-twice: two columns are called so\n  hint: keep one column"
    assert error.text("zh") == "“report_untrue”列: column-twice: 有两列同名\n  提示：只留一列"
    with pytest.raises(CaseError, match="two columns are called the same"):
        with_records(make(), {}, on="report_untrue")


def test_long_tables_are_told_so_too() -> None:
    long = pandas.DataFrame({"person": [1, 2], "year": [[1], {"a": 2}]})
    with pytest.raises(CaseError) as caught:
        with_records(pandas.DataFrame({"person": [1]}), {"assessments": long}, on="person")
    assert str(caught.value) == (
        "table assessments: wrong-type: column year: list, dict side by side\n  hint: give every cell one form"
    )
    assert caught.value.text("zh") == (
        "“assessments”表: wrong-type: “year”列不能是 混在一起的 list、dict\n  提示：各单元格用同一种形式"
    )
    wide = pa.table({"person": [1], "report_untrue": UNION})
    with pytest.raises(CaseError, match="with_records: wrong-type: column report_untrue: sparse_union"):
        with_records(wide, {}, on="person")


def test_a_frame_that_can_be_read_is_read_as_ever() -> None:
    frame = pl.DataFrame({"report_untrue": [True, None], "fault_exists": [False, False]})
    wanted = decide_frame(POLICY, frame, ["tolerance"])["tolerance_outcome"].to_list()
    for made in (frame.to_pandas(), frame.to_arrow()):
        assert list(map(str, decide_frame(POLICY, made, ["tolerance"])["tolerance_outcome"])) == wanted
