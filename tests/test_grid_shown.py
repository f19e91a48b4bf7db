"""Grids as people see them: in either language, what is not said by name, and a sign where a verdict warns."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars
import pytest

import pages
import rudong_rules
from rudong_rules.scenario_grid import ScenarioGrid
from rudong_rules.trials import attempt, read_all, scenario_files

ROOT = Path(__file__).parents[1]
POLICY = rudong_rules.load()
BASE: dict[str, Any] = {"employment": "established", "report_untrue": False}
AXES: dict[str, list[Any]] = {
    "recognition": ["exempted", "refused", None], "criminal_liability": [True, None],
    "reading:veto": ["exclusion", None],
}  # fmt: skip
AGAINST = POLICY.glossary.describe("recognition_against_text")


@pytest.fixture(scope="module")
def grid() -> ScenarioGrid:
    return POLICY.scenarios(BASE, AXES, "disposition")


def test_a_grid_says_what_each_verdict_warns_of(grid: ScenarioGrid) -> None:
    for row in grid:
        facts = {name: row[name] for name in ("recognition", "criminal_liability") if row[name] is not None}
        verdict = POLICY.decide({**BASE, **facts}, "disposition", readings={"veto": row["reading:veto"]})
        assert row["cautions"] == [one.name for one in verdict.cautions]
    assert [row["cautions"] for row in grid[::4]][:2] == [["recognition_against_text"], []]
    assert grid.frame().schema["cautions"] == polars.List(polars.String)
    assert POLICY.scenarios({}, {"fault_exists": [True]}, "tolerance").frame().schema["cautions"] == polars.List(
        polars.String
    )
    grid[0]["cautions"].append("mine")
    assert grid[0]["cautions"] == ["recognition_against_text"]


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        ({"as_of": date(2026, 1, 1)}, 4), ({"as_of": "2026-01-01"}, 4), ({"as_of": date(2026, 1, 2)}, 0),
        ({"criminal_liability": "是"}, 4), ({"criminal_liability": "not known"}, 4), ({"criminal_liability": None}, 4),
        ({"recognition": "不予容错"}, 4), ({"recognition": "refused"}, 4), ({"recognition": "是"}, 0),
        ({"recognition": "refused", "criminal_liability": "yes"}, 2), ({"outcome": "不予容错"}, 0),
    ],
)  # fmt: skip
def test_rows_are_found_by_what_their_values_are_called(wanted: dict[str, Any], rows: int) -> None:
    axes = {
        "as_of": ["2026-01-01", date(2026, 3, 1)], "criminal_liability": [True, None],
        "recognition": ["exempted", "refused"],
    }  # fmt: skip
    assert len(POLICY.scenarios(BASE, axes, "disposition").where(**wanted)) == rows


def test_a_value_that_is_written_by_its_label_is_english_in_english() -> None:
    by_label = POLICY.scenarios(BASE, {"recognition": ["予以容错，免除相关责任", "不予容错"]}, "disposition")
    by_id = POLICY.scenarios(BASE, {"recognition": ["exempted", "refused"]}, "disposition")
    assert by_label.to_html("en") == by_id.to_html("en")
    assert "tolerated and exempted" in by_label.to_html("en")


def test_a_warning_shows_in_text_where_its_column_does_not_fit(grid: ScenarioGrid) -> None:
    head, *lines = str(grid).splitlines()
    assert "注意" not in head
    assert ["※" in line for line in lines[: len(grid)]] == [bool(row["cautions"]) for row in grid]


def test_every_scenario_that_is_warned_is_warned_in_a_grid_by_either_way() -> None:
    """With a bare finding as axis in one pass where the case allows it, with the day as axis row by row."""
    seen = 0
    for located in read_all(scenario_files([ROOT / "tests" / "scenarios"], ROOT)):
        verdict = attempt(located, POLICY, "fixpoint").verdict
        if verdict is not None and verdict.cautions:
            seen += 1
            names = [one.name for one in verdict.cautions]
            readings = dict(located.scenario.readings)
            day = {"as_of": verdict.as_of} if verdict.as_of else {}
            case = {**located.case, **day}
            finding = next((name for name, cell in case.items() if isinstance(cell, bool)), None)
            for axis in filter(None, (finding, "as_of" if day else None)):
                (row,) = POLICY.scenarios(case, {axis: case[axis]}, verdict.decision, readings=readings)
                assert (row["cautions"], row["outcome"]) == (names, verdict.outcome or verdict.status), located.span
    assert seen > 15


def test_a_profile_is_warned_in_one_pass_too() -> None:
    case = {"mobility_issued_on": "2024-07-01", "as_of": "2024-06-01"}
    (row,) = POLICY.scenarios(case, {"collective_by_procedure": True}, "integrity_of_process")
    assert (row["outcome"], row["cautions"]) == ("profile", ["mobility_not_yet_in_force"])


@pytest.mark.parametrize(
    ("lang", "told", "against", "unsaid"),
    [
        ("zh", "党组已认定：免除相关责任（注意：{}）", AGAINST.label, ("未查明", "未定")),
        ("en", "exempted by the party group (Note: {})", AGAINST.en, ("not known", "left open")),
    ],
)
def test_a_cell_that_is_warned_has_a_sign_and_says_of_what(
    grid: ScenarioGrid, lang: Any, told: str, against: str, unsaid: tuple[str, str]
) -> None:
    page = grid.to_html(lang)
    pages.closed(page)
    warned = sum(bool(row["cautions"]) for row in grid)
    assert warned == page.count(f'title="{told.format(against)}"') == page.count(f'aria-label="{told.format(against)}"')
    assert page.count("※</span>") == warned
    assert f"<li>※ {against}</li>" in page
    assert all(f">{one}<" in page or f"{one} ·" in page or f"· {one}" in page for one in unsaid)
    drawn = grid.chart(lang).to_dict()
    assert drawn["title"]["subtitle"] == [f"※ {against}"]
    values = drawn["data"]["values"]
    assert [one["cautions"] for one in values] == [against if row["cautions"] else "" for row in grid]
    assert [one["sign"].endswith("※") for one in values] == [bool(row["cautions"]) for row in grid]


def test_a_grid_is_english_where_english_is_asked_for(grid: ScenarioGrid) -> None:
    page = grid.to_html("en").partition("</style>")[2]
    drawn = str(grid.chart("en").to_dict())
    for shown in (page, drawn):
        assert not [char for char in shown if "一" <= char <= "鿿"]
        assert "Conclusion of the party group" in shown
    assert grid.heads("en")[:2] == ["Conclusion of the party group", "bears criminal responsibility"]
    with pytest.raises(ValueError, match="fr"):
        grid.to_html("fr")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="fr"):
        grid.chart("fr")  # type: ignore[arg-type]


def test_panels_of_a_chart_stand_in_the_order_of_their_values(grid: ScenarioGrid) -> None:
    assert grid.chart().to_dict()["facet"]["column"]["sort"] == ["经认定即排除容错", "未定"]


def test_nothing_is_said_of_cautions_where_there_are_none() -> None:
    plain = POLICY.scenarios({}, {"fault_exists": [True, False]}, "tolerance")
    assert "※" not in plain.to_html()
    assert "title" not in plain.chart().to_dict()


def test_what_is_not_said_has_a_name_in_plain_rows_too(grid: ScenarioGrid) -> None:
    assert str(grid).splitlines()[len(grid)].split()[:3] == ["未查明", "未查明", "未定"]
    lines = grid._repr_markdown_().splitlines()
    assert lines[-1].startswith("| 未查明 | 未查明 | 未定 | undetermined |")
    assert f"| {AGAINST.label} |" in lines[2]
    many = POLICY.scenarios(BASE, {**AXES, "fault_exists": [True, None]}, "disposition")
    for lang, unsaid in (("zh", "未查明"), ("en", "not known")):
        assert f"<td>{unsaid}</td>" in many.to_html(lang)  # type: ignore[arg-type]


def test_a_grid_opens_in_a_browser(grid: ScenarioGrid, browser: Any, tmp_path: Path) -> None:
    with pages.opened(grid.to_html("en"), browser, tmp_path) as tab:
        assert tab.locator("table.heat .tile").count() == len(grid)
        assert tab.locator("table.heat .tile", has_text="※").count() == sum(bool(row["cautions"]) for row in grid)
