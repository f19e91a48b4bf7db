"""Frames of every kind get, row by row, exactly what ``decide`` says of a single case."""

from __future__ import annotations

import inspect
import shutil
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest

from populations import CITED, POLICY, SHOW, frame_of, library, row_by_row, rows_of
from rudong_rules import CaseError, MisuseError, periods
from rudong_rules.frame import decide_frame, decider, troubles, with_records
from rudong_rules.scenarios import Located

CLEARED: dict[str, Any] = {"employment": "established", "report_untrue": True, "fault_exists": False}
"""Enough for 予以澄清."""
DECISIONS = tuple(POLICY.questions)
CASES: list[dict[str, Any]] = [located.case for located in library() if not located.scenario.as_of]
"""The cases of the library; records, findings with their sources and choices among them."""


def groups() -> dict[tuple[str, tuple[tuple[str, str | None], ...]], list[Located]]:
    """The scenarios that are decided alike."""
    found = defaultdict(list)
    for located in library():
        readings = tuple(sorted(located.scenario.readings.items()))
        found[located.scenario.as_of, readings].append(located)
    return found


def plain(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with lists in place of arrays."""
    return [{k: v.tolist() if hasattr(v, "tolist") else v for k, v in row.items()} for row in rows]


def test_every_scenario_gets_in_a_frame_what_decide_says() -> None:
    for (day_text, readings), found in groups().items():  # Compiling once for each is what takes the time.
        day = periods.day(day_text) if day_text else None
        cases = [located.case for located in found]
        decisions = tuple(dict.fromkeys(located.scenario.decision for located in found))
        decided = decide_frame(
            POLICY, frame_of(cases), decisions=decisions, show=CITED, readings=dict(readings), as_of=day
        )  # fmt: skip
        wanted = row_by_row(cases, decisions, show=CITED, readings=dict(readings), as_of=day)
        assert rows_of(decided, decisions, CITED) == wanted


def test_every_third_scenario_that_asks_for_facts_lacks_in_a_frame_what_decide_says() -> None:
    asking = [one for one in library() if one.scenario.expect.missing and not one.scenario.as_of][::3]
    for decision in dict.fromkeys(one.scenario.decision for one in asking):
        cases = [one.case for one in asking if one.scenario.decision == decision and not one.scenario.readings]
        if cases:
            decided = decide_frame(POLICY, frame_of(cases), decisions=[decision], show=["missing"])
            assert rows_of(decided, [decision], ["missing"]) == row_by_row(cases, [decision], show=["missing"])


def test_rows_worked_on_in_parts_get_what_they_get_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invalid and contradicted rows, which are decided one by one, at the same places."""
    given = frame_of(CASES[::40])
    whole = POLICY.decide_frame(given, show=CITED)
    monkeypatch.setattr(decider, "_PIECE", 7)
    assert given.height > 3 * 7
    assert POLICY.decide_frame(given, show=CITED).equals(whole)


# --- kinds -----------------------------------------------------------------------------------------------------------


def test_each_kind_of_frame_comes_back_as_it_is_with_the_same_answers() -> None:
    given = frame_of(CASES[::25])
    wanted = rows_of(POLICY.decide_frame(given, show=CITED), DECISIONS, CITED)
    table = given.to_arrow()

    lazy = decide_frame(POLICY, given.lazy(), show=CITED)
    assert isinstance(lazy, pl.LazyFrame)
    assert rows_of(lazy.collect(engine="streaming"), DECISIONS, CITED) == wanted

    arrow = decide_frame(POLICY, table, show=CITED)
    assert type(arrow) is type(table)
    assert arrow.select(list(wanted[0])).to_pylist() == wanted

    pandas = decide_frame(POLICY, given.to_pandas(use_pyarrow_extension_array=True), show=CITED)
    assert type(pandas).__module__.startswith("pandas")
    rows = plain(pandas[list(wanted[0])].drop(columns="problem").to_dict("records"))
    assert rows == [{k: v for k, v in row.items() if k != "problem"} for row in wanted]

    with duckdb.connect() as connection:
        related = decide_frame(POLICY, connection.from_arrow(table), show=CITED)
        assert isinstance(related, duckdb.DuckDBPyRelation)
        assert related.select(*wanted[0]).to_arrow_table().to_pylist() == wanted


def test_a_relation_can_be_joined_on_its_own_connection() -> None:
    with duckdb.connect() as connection:
        connection.sql(
            "CREATE TABLE staff AS SELECT 7 AS person, 'established' AS employment,"
            "true AS report_untrue, false AS fault_exists"
        )
        decided = decide_frame(POLICY, connection.table("staff"), decisions=["tolerance"], keep=["person"])
        joined = decided.set_alias("decided").join(connection.table("staff"), "person")
        assert joined.select("tolerance_outcome").fetchall() == [("name_cleared",)]


def test_a_table_of_the_user_is_never_taken_for_the_verdicts() -> None:
    """DuckDB finds a Python variable only where the catalogue has nothing of that name, in any case of letters."""
    with duckdb.connect() as connection:
        connection.sql("CREATE TABLE decided AS SELECT 'established' AS employment, true AS report_untrue")
        facts = connection.sql("SELECT *, false AS fault_exists FROM decided")
        decided = decide_frame(POLICY, facts, "tolerance")
        connection.sql("CREATE VIEW Rudong_Rules_Decided AS SELECT 'mine' AS whose")
        assert decided.select("tolerance_outcome").fetchall() == [("name_cleared",)]
        with pytest.raises(MisuseError, match="called rudong_rules_decided: rename it"):
            decide_frame(POLICY, facts, "tolerance")


@pytest.mark.parametrize("index", [[0, 0], [("a", 1), ("a", 1)]])
def test_rows_of_one_index_keep_their_own_verdicts(index: list[Any]) -> None:
    """Two tables put together repeat their numbers: a row is itself by its place."""
    pandas = pytest.importorskip("pandas")
    facts = {"employment": ["established"] * 2, "other_assessment_excellent": [True, False]}
    labels = pandas.MultiIndex.from_tuples(index) if isinstance(index[0], tuple) else index
    decided = decide_frame(POLICY, pandas.DataFrame(facts, index=labels), "training_priority")
    assert decided["training_priority_outcome"].to_list() == ["priority", "undetermined"]
    assert decided.index.to_list() == index


def test_pandas_without_nulls_of_its_own_is_read_by_value() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "employment": ["established", None],
            "report_untrue": [True, None],
            "fault_exists": [False, None],
            "assessment_year": [2024.0, float("nan")],
            "as_of": [pandas.Timestamp("2025-01-02"), pandas.NaT],
        },
        index=[5, 9],
    )
    decided = decide_frame(POLICY, frame, decisions=["tolerance"])
    assert decided["tolerance_outcome"].to_list() == ["name_cleared", "undetermined"]
    assert decided.index.to_list() == [5, 9]


def test_a_decimal_is_the_exact_number_that_it_is() -> None:
    shares = [Decimal("0.20"), Decimal("-0.20"), None]
    frame = pl.DataFrame({"excellent_count": [12, 13, 12], "excellent_share_limit": shares})
    decided = decide_frame(POLICY, frame, decisions=["honours"])
    assert decided["honours_outcome"].to_list() == ["undetermined", "invalid", "undetermined"]
    assert "'-0.20' is below 0" in decided["problem"][1]


def test_a_frame_without_rows_or_without_facts_is_decided_too() -> None:
    empty = pl.DataFrame(schema={"employment": pl.String, "other_exclusion": pl.Boolean})
    assert decide_frame(POLICY, empty, show=SHOW).height == 0
    nothing = pl.DataFrame({"person": [1, 2]})
    decided = decide_frame(POLICY, nothing, decisions=["tolerance"], show=SHOW, keep=["person"])
    assert rows_of(decided, ["tolerance"]) == row_by_row([{}, {}], ["tolerance"])


def test_chinese_labels_name_facts_and_options() -> None:
    frame = pl.DataFrame({"用工性质": ["在编干警"], "report_untrue": [True], "fault_exists": [False]})
    decided = decide_frame(POLICY, frame, decisions=["tolerance"])
    assert decided["tolerance_outcome"].to_list() == ["name_cleared"]


def test_an_option_that_a_column_cannot_hold_is_denied_only_where_another_is_given() -> None:
    column = pl.Series("employment", [None, "contract_clerk"], dtype=pl.Enum(["contract_clerk"]))
    frame = pl.DataFrame({"employment": column, "exercises_functions": [False, False]})
    outcomes = decide_frame(POLICY, frame, decisions=["tolerance"])["tolerance_outcome"].to_list()
    assert outcomes == ["undetermined", "out_of_scope"]


def in_columns(cases: list[dict[str, Any]]) -> list[str]:
    """The outcomes on tolerance of cases decided as one frame, which are as of each decided alone."""
    wanted = row_by_row(cases, ["tolerance"], show=SHOW)
    decided = decide_frame(POLICY, frame_of(cases), decisions=["tolerance"], show=SHOW)
    assert rows_of(decided, ["tolerance"], SHOW) == wanted
    return [row["tolerance_outcome"] for row in wanted]


def test_a_finding_that_denies_what_follows_from_another_is_a_contradiction_in_its_own_row() -> None:
    barred = {"employment": "established", "report_untrue": False, "pretext_service": True, "no_study": True}
    barred |= {"no_collective": True}
    cases: list[dict[str, Any]] = [
        {**barred, "dictatorial": True, "arbitrary": False},
        {**barred, "dictatorial": True, "arbitrary": None},
        {**barred, "dictatorial": None, "arbitrary": False},
    ]
    assert in_columns(cases) == ["contradicted", "not_tolerated", "undetermined"]


def test_findings_that_exclude_each_other_are_a_contradiction_in_their_own_row() -> None:
    barred = {"employment": "established", "report_untrue": False, "pretext_service": True, "no_study": True}
    barred |= {"dictatorial": True}
    cases: list[dict[str, Any]] = [
        {**barred, "no_collective": True, "collective_by_procedure": True},
        {**barred, "no_collective": True, "collective_by_procedure": False},
        {**barred, "no_collective": True, "collective_by_procedure": None},
        {**barred, "no_collective": None, "collective_by_procedure": True},
        # A cell with its source is read row by row, together with what it excludes.
        {**barred, "no_collective": {"value": True, "determined_by": "院党组"}, "collective_by_procedure": True},
    ]
    assert in_columns(cases[:4]) == ["contradicted", "not_tolerated", "not_tolerated", "undetermined"]
    assert in_columns(cases[4:]) == ["contradicted"]


def test_what_a_pole_implies_is_a_contradiction_in_its_own_row_and_its_denial_is_not_the_other_pole() -> None:
    tolerated = next(
        one.case for one in library()
        if one.scenario.expect.outcome == "may_tolerate" and not one.scenario.readings and one.case.get("public_spirit")
    )  # fmt: skip
    cases: list[dict[str, Any]] = [
        {**tolerated, "look_3_motive": True, "public_spirit": False},
        {**tolerated, "look_3_motive": True, "public_spirit": None},
        {**tolerated, "look_3_motive": None, "public_spirit": False},
        {**tolerated, "look_3_motive": None, "public_spirit": None},
    ]
    assert in_columns(cases) == ["contradicted", "may_tolerate", "not_met", "undetermined"]


def test_a_contradiction_between_organs_comes_out_in_its_own_row() -> None:
    sides = [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]
    cases = [
        {"employment": "established", "report_untrue": sides, "fault_exists": False},
        {"employment": "established", "report_untrue": True, "fault_exists": False},
    ]
    decided = decide_frame(POLICY, frame_of(cases), decisions=["tolerance"], show=CITED)
    assert rows_of(decided, ["tolerance"], CITED) == row_by_row(cases, ["tolerance"], show=CITED)
    assert decided["tolerance_outcome"].to_list() == ["contradicted", "name_cleared"]
    assert str(troubles(decided)) == "2 rows: 0 invalid, 1 contradicted\nrow 0: contradicted: tolerance"


def test_a_column_that_is_kept_is_no_decision_whatever_it_is_called() -> None:
    own = {"appeal_outcome": ["contradicted", "upheld"], "notes_outcome": [None, "contradicted"]}
    frame = pl.DataFrame({"employment": ["established", "nobody"], **own})
    said = troubles(decide_frame(POLICY, frame, "tolerance", keep=own))
    assert (said.invalid, said.contradicted, [row for row, _ in said.first]) == (1, 0, [1])


@pytest.mark.parametrize(
    "frame", [None, pl.DataFrame({"appeal_outcome": ["upheld"]}), pl.DataFrame({"a_outcome": [""], "problem": [""]})]
)
def test_a_frame_that_was_not_decided_is_told_so(frame: Any) -> None:
    with pytest.raises(CaseError, match="no frame that decide_frame returned\n  hint: decide it"):
        troubles(frame)


# --- rows that are refused -------------------------------------------------------------------------------------------


def test_invalid_rows_say_why_and_stop_no_other() -> None:
    votes = {"year": 2024, "unfit_votes": 9, "votes": 5}
    cases: list[dict[str, Any]] = [
        {"employment": "established", "report_untrue": True, "fault_exists": False},
        {"employment": "contractor", "report_untrue": True, "fault_exists": False},
        {"employment": "established", "assessments": {"entries": [votes]}},
        {"employment": "established", "excellent_count": -1},
        {"employment": "established", "as_of": "2025-02-30"},
        {"employment": "established", "report_untrue": True, "fault_exists": False},
    ]
    decided = decide_frame(POLICY, frame_of(cases), decisions=["tolerance"], show=CITED)
    assert rows_of(decided, ["tolerance"], CITED) == row_by_row(cases, ["tolerance"], show=CITED)
    assert decided["tolerance_outcome"].to_list() == ["name_cleared", *["invalid"] * 4, "name_cleared"]
    said = troubles(decided, first=2)
    assert (said.rows, said.invalid, said.contradicted) == (6, 4, 0)
    assert str(said).splitlines()[0] == "6 rows: 4 invalid, 0 contradicted"
    assert [number for number, _ in said.first] == [1, 2]
    assert "不称职票" in said.first[1][1] or "9" in said.first[1][1]


BAD_COLUMNS: list[tuple[Any, str]] = [
    (
        pl.DataFrame({"employmnt": ["established"]}),
        "column employmnt: unknown-fact: there is no fact 'employmnt'\n  hint: did you mean employment?",
    ),
    (
        pl.DataFrame({"xyzzy": [1]}),
        "column xyzzy: unknown-fact: there is no fact 'xyzzy'\n  hint: name columns that are no facts in keep=[…]",
    ),
    (
        pl.DataFrame({"report_untrue": ["yes"]}),
        "column report_untrue: wrong-type: String for the finding "
        "report_untrue (the report is untrue or a false accusation)\n"
        "  hint: make it Boolean, null where unknown; rudong-rules batch reads 是 and 否 in CSV",
    ),
    (
        pl.DataFrame({"report_untrue": [1]}),
        "column report_untrue: wrong-type: Int64 for the finding "
        "report_untrue (the report is untrue or a false accusation)\n"
        "  hint: make it Boolean, null where unknown; or a struct value, determined_by, …",
    ),
    (
        pl.DataFrame({"assessments": [3]}),
        "column assessments: wrong-type: Int64 for the record assessments (annual assessments)\n"
        "  hint: make it a list of structs, one entry each",
    ),
    (
        pl.DataFrame({"employment": ["established"], "用工性质": ["established"]}),
        "column 用工性质: fact-twice: '用工性质' gives employment (Kind of employment) once more\n"
        "  hint: keep one column",
    ),
    (
        pl.DataFrame({"incentives_issued_on": [3]}),
        "column incentives_issued_on: wrong-type: Int64 for the date "
        "incentives_issued_on (Day on which the incentive rules were "
        "issued)\n  hint: make it a date",
    ),
]


@pytest.mark.parametrize(("frame", "message"), BAD_COLUMNS, ids=lambda one: one[:30] if isinstance(one, str) else "")
def test_a_column_that_cannot_be_read_is_refused_with_its_message(frame: pl.DataFrame, message: str) -> None:
    with pytest.raises(CaseError) as caught:
        decide_frame(POLICY, frame)
    assert str(caught.value) == message


def test_all_that_is_wrong_with_the_question_is_said_at_once() -> None:
    with pytest.raises(CaseError) as caught:
        decide_frame(
            POLICY, pl.DataFrame(), decisions=["tolerence"], show=["cite"], as_of=datetime(2025, 1, 1, 8)  # type: ignore[list-item]
        )  # fmt: skip
    assert [problem.code for problem in caught.value.problems] == ["bad-date", "unknown-decision", "unknown-column"]
    assert caught.value.problems[2].hint == "expected one of modality, cites, missing, cautions, notes"


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(CaseError, match="is no frame that is known here") as caught:
        decide_frame(POLICY, [{"employment": "established"}])
    assert "不能处理 builtins.list：不是数据表\n  提示：传入 polars、" in caught.value.text("zh")


# --- Spark -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session with two workers, on the real Spark."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is no `java` on the path")
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        build = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = (
            build.config("spark.sql.shuffle.partitions", "2").config("spark.driver.host", "127.0.0.1").getOrCreate()
        )
        yield session
        session.stop()
    monkeypatch.undo()


@pytest.mark.filterwarnings("ignore")
def test_spark_decides_the_whole_library_in_one_frame(spark: Any, tmp_path: Any) -> None:
    given = frame_of(CASES).with_row_index("number")
    given.write_parquet(tmp_path / "cases.parquet")
    frame = spark.read.parquet(str(tmp_path / "cases.parquet")).repartition(2)
    decided = decide_frame(POLICY, frame, show=CITED, keep=["number"]).cache()
    assert type(decided).__module__.startswith("pyspark")
    wanted = rows_of(decide_frame(POLICY, given, show=CITED, keep=["number"]), DECISIONS, CITED)
    rows = [row.asDict() for row in decided.select("number", *wanted[0]).orderBy("number").collect()]
    assert [row.pop("number") for row in rows] == list(range(given.height))
    assert rows == wanted
    said = troubles(decided)
    assert (said.rows, said.invalid) == (given.height, 0)


@pytest.mark.filterwarnings("ignore")
def test_on_spark_nothing_is_computed_before_it_is_asked_for(spark: Any) -> None:
    frame = spark.createDataFrame(
        [("established", True, False)], "employment string, report_untrue boolean, fault_exists boolean"
    )
    group = "lazy"
    spark.sparkContext.setJobGroup(group, "deciding")
    decided = decide_frame(POLICY, frame, decisions=["tolerance"])
    assert list(spark.sparkContext.statusTracker().getJobIdsForGroup(group)) == []
    assert [row.tolerance_outcome for row in decided.collect()] == ["name_cleared"]
    assert len(list(spark.sparkContext.statusTracker().getJobIdsForGroup(group))) == 1


def test_as_of_leaves_out_what_came_later() -> None:
    event = {"value": True, "determined_by": "甲", "determined_on": "2025-03-01"}
    cases = [{"employment": "established", "report_untrue": [event], "fault_exists": False}]
    for day, outcome in ((date(2025, 2, 1), "undetermined"), (date(2025, 3, 1), "name_cleared")):
        decided = decide_frame(POLICY, frame_of(cases), decisions=["tolerance"], as_of=day)
        assert decided["tolerance_outcome"].to_list() == [outcome]


def test_a_single_name_is_one_name() -> None:
    frame = frame_of([CLEARED, {}]).with_columns(person=pl.lit("甲"))
    wanted = decide_frame(POLICY, frame, decisions=["tolerance"], show=["cites"], keep=["person"])
    for decided in (
        decide_frame(POLICY, frame, decisions="tolerance", show="cites", keep="person"),
        POLICY.decide_frame(frame, "容错认定", show="cites", keep="person"),
    ):
        assert decided.equals(wanted)
    listed = pl.DataFrame({"person": ["甲"]})
    long = pl.DataFrame({"person": ["甲"], "year": [2025]})
    assert with_records(listed, {"assessments": long}, on="person", complete="assessments").equals(
        with_records(listed, {"assessments": long}, on="person", complete=["assessments"])
    )


def test_the_method_says_what_it_takes() -> None:
    method, function = inspect.signature(type(POLICY).decide_frame), inspect.signature(decide_frame)
    assert [*method.parameters.values()][1:] == [*function.parameters.values()][1:]


def test_the_day_of_a_frame_may_be_text() -> None:
    frame = frame_of([CLEARED])
    day = date(2026, 1, 1)
    assert decide_frame(POLICY, frame, as_of="2026-01-01").equals(decide_frame(POLICY, frame, as_of=day))
    with pytest.raises(CaseError, match="'2026/1/1' is no date"):
        decide_frame(POLICY, frame, as_of="2026/1/1")
