"""A grid is a value: it is nobody else's, comes back from a pickle, and some of its rows are a grid too."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import rudong_rules
from good import GOOD, THIRD_LEAVE, copy_of_good
from rudong_rules import CaseError, ScenarioGrid
from rudong_rules.grids import Point

LEAVE = rudong_rules.load(GOOD)
OPEN: dict[str, Any] = {name: value for name, value in THIRD_LEAVE.items() if name != "days_asked"}
"""A case on which the decision is open."""
DAYS = {"as_of": ["2025-06-30", "2025-07-31"], "ill": [True, False]}


@pytest.fixture
def grid() -> ScenarioGrid:
    return LEAVE.scenarios(OPEN, DAYS, "grant", readings={"third_leave": "does_not"})


def test_what_is_done_to_case_and_values_afterwards_changes_no_row() -> None:
    case, values = copy.deepcopy(OPEN), {"leaves": [copy.deepcopy(OPEN["leaves"]), None]}
    readings = {"third_leave": "does_not"}
    by_case = LEAVE.scenarios(case, DAYS, "grant", readings=readings)
    by_value = LEAVE.scenarios(OPEN, values, "grant")
    told = [LEAVE.scenarios(OPEN, DAYS, "grant", readings=readings), LEAVE.scenarios(OPEN, values, "grant")]
    expected = [[dict(row) for row in one] for one in told]
    assert all(any(row["missing"] for row in rows) for rows in expected)
    for leaves in (case["leaves"], values["leaves"][0]):
        leaves["entries"][0]["kind"] = "nonsense"
    readings["third_leave"] = "nonsense"
    assert [by_case.records(), by_value.records()] == expected


def test_what_is_done_to_a_value_of_a_row_changes_no_row() -> None:
    leaves = copy.deepcopy(OPEN["leaves"])
    grid = LEAVE.scenarios(OPEN, {"leaves": [leaves]}, "grant")
    grid[0]["leaves"]["entries"].clear()
    assert grid[0]["leaves"] == OPEN["leaves"]


def test_entries_that_come_one_by_one_are_read_once_for_all_rows() -> None:
    entries = THIRD_LEAVE["leaves"]["entries"]
    plain = LEAVE.scenarios(THIRD_LEAVE, {"days_asked": [1, 2, 3]}, "grant")

    def one_by_one() -> dict[str, Any]:
        return {"complete": True, "entries": (entry for entry in entries)}

    in_case = LEAVE.scenarios({**THIRD_LEAVE, "leaves": one_by_one()}, {"days_asked": [1, 2, 3]}, "grant")
    on_axis = LEAVE.scenarios(THIRD_LEAVE, {"leaves": [one_by_one()], "days_asked": [1, 2, 3]}, "grant")
    assert {row["outcome"] for row in plain} == {"refused"}
    for grid in (in_case, on_axis):
        assert [(row["outcome"], row["missing"]) for row in grid] == [("refused", 0)] * 3


def test_a_grid_comes_back_from_a_pickle(grid: ScenarioGrid) -> None:
    shown = LEAVE.scenarios(OPEN, {"ill": [True, None], "reading:third_leave": ["counts", None]}, "grant")
    for one in (grid, shown, grid[:1]):
        again = pickle.loads(pickle.dumps(one))
        assert isinstance(again, ScenarioGrid)
        assert again.records() == one.records()
        assert again.to_html() == one.to_html()
        assert again == one


@pytest.mark.parametrize("axes", [{"ill": []}, {"病": ()}, {"ill": [True], "as_of": iter(())}])
def test_an_axis_without_values_is_refused(axes: dict[str, Any]) -> None:
    with pytest.raises(CaseError) as caught:
        LEAVE.scenarios(THIRD_LEAVE, axes, "grant")
    (problem,) = caught.value.problems
    name = [*axes][-1]
    assert problem.text("en") == (
        f"grid: none-named: the axis '{name}' has no values\n"
        "  hint: write at least one value; None is for what is not known"
    )
    assert f"“{name}”一项没有写任何取值" in problem.text("zh")
    assert "至少写一个值；None 表示未查明" in problem.text("zh")


def test_a_fact_that_a_result_is_called_by_too_is_asked_for_by_its_label(tmp_path: Path) -> None:
    """What an axis varies and what comes of it are never one column."""
    called_so = [
        ("leave/vocabulary.yaml", "findings:\n  ill:\n", "findings:\n  missing:\n"),
        ("leave/rules.yaml", "    when: ill\n", "    when: missing\n"),
    ]
    policy = rudong_rules.load(copy_of_good(tmp_path / "policies", called_so))
    with pytest.raises(CaseError) as caught:
        policy.scenarios({}, {"missing": [True, False]}, "grant")
    assert caught.value.problems[0].text("en") == (
        "grid: column-twice: the result would have two columns missing\n  hint: name the fact by its Chinese label"
    )
    grid = policy.scenarios({}, {"因病需要治疗": [True, False]}, "grant")
    assert [row["因病需要治疗"] for row in grid] == [True, False]


def test_all_that_is_wrong_with_case_and_values_is_told_together() -> None:
    axes = {"days_asked": ["x", 1.5, 2], "as_of": ["2025-02-30"], "reading:third_leave": ["nonsense"], "bogus": [None]}
    for case, wrong in (({"bogus_too": 1}, ["unknown-fact"]), ({}, [])):
        with pytest.raises(CaseError) as caught:
            LEAVE.scenarios(case, axes, "grant")
        codes = [problem.code for problem in caught.value.problems]
        told = [*wrong, "unknown-fact", "wrong-type", "wrong-type", "bad-date", "unknown-option"]
        assert sorted(codes) == sorted(told)
    with pytest.raises(CaseError, match=r"case\.请假天数: wrong-type"):
        LEAVE.scenarios({}, {"请假天数": ["x"]}, "grant")
    with pytest.raises(CaseError, match="ill"):
        LEAVE.scenarios({"ill": "perhaps"}, {"days_asked": [1]}, "grant")


def test_some_rows_of_a_grid_are_a_grid(grid: ScenarioGrid) -> None:
    parts = (grid[:2], grid[::3], grid.where(ill=True), grid.where(outcome="nothing"), grid.find(grid[0]["outcome"]))
    for part in parts:
        assert type(part) is ScenarioGrid
        assert part.heads("en") == grid.heads("en")
        assert len(part.chart().to_dict()["data"]["values"]) == len(part)
        assert part.to_html().count("<span") == len(part) + len({row["label"] for row in part})
    corners = grid[::3]._repr_html_()  # Of two by two, so that two cells are empty.
    assert corners.count("<td></td>") == 2


def test_words_are_found_without_searching_for_what_is_missing(grid: ScenarioGrid) -> None:
    with patch.object(Point, "_missing", property(lambda _: pytest.fail("searched for"))):
        assert len(grid.find("nothing like it")) == 0
        assert len(grid.find("2025-07")) == 2
        assert len(grid.where(ill=True)) == 2
    assert grid.find("2025-07").records() == grid.where(as_of="2025-07-31").records()
    assert any(row["missing"] for row in grid)


@pytest.mark.parametrize(
    "names", [("ill", "因病需要治疗"), ("as_of", "日期"), ("reading:third_leave", "reading:“满三次”是否连同本次计算？")]
)
def test_an_axis_is_given_once_by_whichever_name(names: tuple[str, str]) -> None:
    value: Any = "2025-06-30" if names[0] == "as_of" else None
    by_id, by_label = (LEAVE.scenarios(THIRD_LEAVE, {name: value}, "grant") for name in names)
    assert [[*row.values()] for row in by_id] == [[*row.values()] for row in by_label]
    assert by_id.to_html() == by_label.to_html()
    with pytest.raises(CaseError) as caught:
        LEAVE.scenarios(THIRD_LEAVE, dict.fromkeys(names, value), "grant")
    (problem,) = caught.value.problems
    assert problem.text("en") == f"grid: axis-twice: '{names[1]}' is given twice\n  hint: give it once"
    assert f"“{names[1]}”写了两次" in problem.text("zh")


def test_an_axis_that_is_no_text_is_no_fact() -> None:
    with pytest.raises(CaseError, match="grid: unknown-fact: there is no fact 1\n"):
        LEAVE.scenarios({}, {1: [True]}, "grant")  # type: ignore[dict-item]
