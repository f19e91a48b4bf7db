"""What a policy holds can be looked through; a grid of cases says what deciding each of them says."""

from __future__ import annotations

import builtins
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import polars
import pytest
from rich.cells import cell_len

import rudong_rules
from good import GOOD, THIRD_LEAVE
from rudong_rules import CaseError
from rudong_rules.scenario_grid import ScenarioGrid
from rudong_rules.source import read_document
from rudong_rules.table import Table

CASES = Path(__file__).parents[1] / "examples" / "cases"
POLICY, LEAVE = rudong_rules.load(), rudong_rules.load(GOOD)
GRID: dict[str, list[Any]] = {
    "ill": [True, False, None], "as_of": [date(2025, 6, 30), "2024-06-30"], "reading:third_leave": ["does_not", None],
}  # fmt: skip


@pytest.fixture(scope="module")
def grid() -> ScenarioGrid:
    return LEAVE.scenarios(THIRD_LEAVE, GRID, "grant")


def test_a_grid_says_what_deciding_each_case_says(grid: ScenarioGrid) -> None:
    assert len(grid) == 12
    for row in grid:
        case = {name: value for name, value in {**THIRD_LEAVE, "ill": row["ill"]}.items() if value is not None}
        day = date.fromisoformat(str(row["as_of"]))
        verdict = LEAVE.decide(case, "grant", as_of=day, readings={"third_leave": row["reading:third_leave"]})
        assert (row["outcome"], row["modality"]) == (verdict.outcome or verdict.status, verdict.modality)
        assert row["missing"] == len(verdict.missing)
        assert row["cautions"] == [one.name for one in verdict.cautions]
    assert len({row["outcome"] for row in grid}) > 1


def test_days_after_that_of_the_case_leave_open_what_its_lists_do_not_reach() -> None:
    case = read_document(CASES / "15_career_of_five_years.yaml").data
    days = [date(2026, 6, 30), date(2027, 3, 1)]
    grid = POLICY.scenarios(case, {"as_of": days}, "promotion_bar")
    assert [row["outcome"] for row in grid] == ["not_above_former", "undetermined"]


def test_a_grid_is_a_frame_and_records_without_polars(grid: ScenarioGrid, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = LEAVE.scenarios(THIRD_LEAVE, {"ill": [True, False]}, "grant")
    assert isinstance(plain.frame(), polars.DataFrame)
    assert plain.frame().to_dicts() == plain.records()
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name in ("polars", "altair"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    assert [row["ill"] for row in plain.records()] == [True, False]
    with pytest.raises(ImportError, match=r"install rudong-rules with its extra \[frame\]"):
        plain.frame()
    with pytest.raises(ImportError, match=r"install rudong-rules with its extra \[notebook\]"):
        plain.chart()


def test_a_chart_says_each_outcome_by_colour_and_by_sign(grid: ScenarioGrid) -> None:
    drawn = grid.chart().to_dict()
    values = drawn["data"]["values"]
    assert [one["outcome"].partition(" ")[2] for one in values] == [row["label"] for row in grid]
    assert len({one["sign"] for one in values}) == len({row["label"] for row in grid})
    assert {one["axis0"] for one in values} == {"是", "否", "未查明"}


def test_a_grid_that_is_too_large_is_refused() -> None:
    with pytest.raises(CaseError, match="the grid holds 10001 cases"):
        LEAVE.scenarios({}, {"ill": [True] * 10_001}, "grant")


def test_a_grid_replaces_what_the_base_says_by_id_or_by_label() -> None:
    label = LEAVE.glossary.facts["ill"].label
    base = {**THIRD_LEAVE, "ill": True}
    by_id, by_label = (LEAVE.scenarios(base, {name: [True, False]}, "grant") for name in ("ill", label))
    assert [row["outcome"] for row in by_id] == [row["outcome"] for row in by_label]
    assert by_label[0][label] is True


def test_every_fact_and_every_clause_can_be_looked_up() -> None:
    facts, clauses = POLICY.facts, POLICY.clauses
    assert {row["name"] for row in facts} == set(POLICY.glossary.facts)
    assert [row["ref"] for row in clauses] == [c.ref for r in POLICY.regulations.values() for c in r.clauses]
    (row,) = facts.where(name="gain_self")
    assert (row["clauses"], "tolerance" in row["decisions"]) == (("容错 三（一）2",), True)
    assert set(row["decisions"]) <= set(POLICY.decisions)
    decisions = "、".join(row["decisions"]).replace("_", "\\_")
    assert f"| 容错 三（一）2 | {decisions} |" in facts.where(name="gain_self")._repr_markdown_()
    assert facts.find("tolerance、disposition")[0]["name"] == "employment"
    assert facts.frame().filter(polars.col("decisions").list.contains("tolerance")).height > 10
    assert clauses.where(ref="tolerance:3.1.2")[0]["encoded_by"]
    assert facts.frame().schema["decisions"] == polars.List(polars.String)
    (row,) = facts.where(name="look_1_line")
    assert (row["question"], row["yes"], row["no"]) == ("是失误错误还是违纪违法？", "失误错误", "违纪违法")
    found = clauses.find("诬告")
    assert 0 < len(found) < len(clauses)
    assert all("诬告" in str(dict(row)) for row in found)
    with pytest.raises(KeyError, match="no column 'nonsense'\\n  hint: expected one of name, label"):
        facts.where(nonsense=1)


def test_words_are_found_in_capitals_or_not() -> None:
    found = POLICY.facts.find("assessment")
    assert len(found) > len([row for row in found if "Assessment" in str(dict(row))]) > 0
    for words in ("Assessment", "ASSESSMENT"):
        assert POLICY.facts.find(words).records() == found.records()


def test_what_is_done_to_a_row_that_was_handed_out_changes_no_table() -> None:
    table = Table({"a": ("甲", "A")}, [{"a": 1}])
    rows: list[Any] = [table[0], *table, *table.records()]
    for row in rows:
        row["a"] = 2
    assert table.records() == [{"a": 1}]


def test_a_table_is_printed_in_columns_that_fit() -> None:
    lines = str(POLICY.facts.find("考核")).splitlines()
    assert lines[0].split()[:3] == ["名称", "事实", "英文"]
    assert any(line.startswith("assessments") and "年度考核" in line for line in lines)
    assert max(map(cell_len, lines[:-1])) <= 118
    assert lines[-1].startswith("另有栏目：")
    assert "……另有" in str(POLICY.facts)
    assert str(POLICY.facts.find("nothing at all")).splitlines()[0].startswith("名称")
    assert "……" not in str(LEAVE.facts)
    hostile = Table({"a": ("甲", "a")}, [{"a": "x\x1b[31m\ny"}])
    assert str(hostile).splitlines() == ["甲", "x [31m y"]


@pytest.mark.parametrize("shown", [POLICY, POLICY.facts, POLICY.clauses, POLICY.clause("tolerance:3.1.2")])
def test_what_is_looked_through_shows_itself(shown: Any) -> None:
    assert "<" in shown._repr_html_()
    assert "容错" in shown._repr_html_()
    assert "容错" in shown._repr_markdown_()


def test_a_grid_shows_itself_as_a_heat_map_without_anything_else(grid: ScenarioGrid) -> None:
    shown = grid._repr_html_()
    labels = [str(row["label"]) for row in grid]
    for label in set(labels):
        assert shown.count(f'aria-label="{label}"') == labels.count(label) + 1
    assert "<script" not in shown


def test_the_days_of_a_grid_may_be_text_and_one_that_is_none_is_told_with_the_mend() -> None:
    days = LEAVE.scenarios(THIRD_LEAVE, {"as_of": ["2025-01-01", date(2025, 6, 30)]}, "grant")
    same = LEAVE.scenarios(THIRD_LEAVE, {"as_of": [date(2025, 1, 1), "2025-06-30"]}, "grant")
    assert [row["outcome"] for row in days] == [row["outcome"] for row in same]
    mends = {"2026/1/1": "write YYYY-MM-DD: 2026-01-01", "2026-02-30": "pass YYYY-MM-DD", 5: "pass YYYY-MM-DD"}
    for value, mend in mends.items():
        with pytest.raises(CaseError, match=f"is no date\n  hint: {mend}"):
            LEAVE.scenarios(THIRD_LEAVE, {"as_of": [value]}, "grant")


@pytest.mark.parametrize(
    ("name", "value"),
    [("as_of", "2025-01-01"), ("as_of", date(2025, 1, 1)), ("ill", True), ("days_asked", 3), ("ill", None),
     ("ill", {"value": False, "determined_by": "医生"}), ("reading:third_leave", None)],
)  # fmt: skip
def test_a_single_value_of_a_grid_is_one_value(name: str, value: Any) -> None:
    one, several = (LEAVE.scenarios(THIRD_LEAVE, {name: values}, "grant") for values in (value, [value]))
    assert one.records() == several.records()


def test_a_grid_replaces_a_reading_by_whichever_name_it_was_chosen() -> None:
    question = LEAVE.rules.readings["third_leave"].question
    named = [f"reading:{name}" for name in ("third_leave", question)]
    open_ = {name: value for name, value in THIRD_LEAVE.items() if name != "ill"}
    options = ["counts", "does_not"]
    plain = LEAVE.scenarios(open_, {named[0]: options}, "grant")
    assert plain[1]["missing"]  # What is missing is searched for by deciding the case again.
    for axis in named:
        for name in ("third_leave", question):
            grid = LEAVE.scenarios(open_, {axis: options}, "grant", readings={name: "does_not"})
            assert [[*row.values()] for row in grid] == [[*row.values()] for row in plain]
            assert grid._repr_html_() == plain._repr_html_()
    with pytest.raises(CaseError, match="is given twice"):
        LEAVE.scenarios(open_, dict.fromkeys(named, options), "grant")
    with pytest.raises(CaseError, match="did you mean third_leave"):
        LEAVE.scenarios(open_, {"reading:third_leav": options}, "grant")


def test_each_outcome_of_a_grid_is_told_as_a_verdict_tells_it() -> None:
    profile = POLICY.scenarios({}, {"gain_self": [True]}, "six_looks")
    assert [row["label"] for row in profile] == ["只作分析，不作结论"]
    both = [{"value": True, "determined_by": "甲"}, {"value": False, "determined_by": "乙"}]
    told = LEAVE.scenarios(
        THIRD_LEAVE, {"ill": [both, None], "days_asked": [1]}, "grant", readings={"third_leave": "does_not"}
    )
    assert [row["label"] for row in told] == ["事实相互矛盾，不下结论", "尚不能得出结论"]


def test_a_grid_stands_on_a_case_that_was_read() -> None:
    grids = (LEAVE.scenarios(base, GRID, "grant") for base in (THIRD_LEAVE, LEAVE.Case.model_validate(THIRD_LEAVE)))
    assert next(grids).records() == next(grids).records()


def test_values_that_are_lists_and_facts_with_their_source_show_themselves() -> None:
    told = {"value": True, "determined_by": "医生"}
    lists = [[], {"complete": True, "entries": []}]
    for axes in ({"ill": [True, told], "leaves": lists}, {"leaves": lists, "ill": [told, False]}):
        grid = LEAVE.scenarios(THIRD_LEAVE, axes, "grant")
        assert len(grid) == 4
        assert grid._repr_html_().count("<td>") == 4
        assert "医生" in str(grid.chart().to_dict())


def test_a_number_is_called_by_its_digits() -> None:
    """1 is equal to True, and is no yes."""
    grid = LEAVE.scenarios(THIRD_LEAVE, {"days_asked": [1, 2]}, "grant")
    assert [row["axis0"] for row in grid.chart().to_dict()["data"]["values"]] == ["1", "2"]


def test_an_option_of_a_reading_that_is_no_text_is_refused() -> None:
    with pytest.raises(CaseError, match="unknown-option"):
        LEAVE.scenarios(THIRD_LEAVE, {"reading:third_leave": [["counts"]]}, "grant")


@pytest.mark.parametrize("axes", [{}, dict.fromkeys(("ill", "family_change", "employment", "as_of"), None)])
def test_a_chart_has_one_to_three_axes(axes: dict[str, Any]) -> None:
    grid = LEAVE.scenarios(THIRD_LEAVE, axes, "grant")
    assert "<table" in grid._repr_html_()
    with pytest.raises(ValueError, match="one to three axes"):
        grid.chart()


def test_the_columns_of_a_table_cannot_be_changed() -> None:
    columns: Any = LEAVE.facts.columns
    for change in ("clear", "popitem"):
        with pytest.raises(AttributeError):
            getattr(columns, change)()
    with pytest.raises(TypeError):
        columns["name"] = ("", "")
    with pytest.raises(AttributeError):
        LEAVE.facts.columns = {}  # type: ignore[misc]
    assert LEAVE.facts.heads()[0] == "名称"
    assert pickle.loads(pickle.dumps(LEAVE.facts)).heads() == LEAVE.facts.heads()


def test_tables_are_equal_by_columns_and_rows(grid: ScenarioGrid) -> None:
    facts = LEAVE.facts
    assert facts[:3] == facts[:3] == pickle.loads(pickle.dumps(facts[:3]))
    assert len({facts[:3], facts[:3], facts[:2]}) == 2
    assert facts.find("病") == facts.where(name="ill")
    assert facts[:3] != facts[:2]
    assert facts[:0] != LEAVE.clauses[:0]
    assert facts != facts.records()
    row = {"a": 1, "b": 2}
    one, other = (Table({name: (name, name) for name in names}, [row]) for names in ("ab", "ba"))
    assert one != other
    assert grid == LEAVE.scenarios(THIRD_LEAVE, GRID, "grant")
    assert grid != LEAVE.scenarios(THIRD_LEAVE, {**GRID, "ill": [False, True, None]}, "grant")
    assert grid[:0] != Table(grid.columns, [])
