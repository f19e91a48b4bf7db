"""A thing is exercised by a scenario only when what the scenario expects rests on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

import rudong_rules
from good import GOOD, THIRD_LEAVE
from rudong_rules.exercised import Coverage, coverage
from rudong_rules.scenarios import read_scenarios, verdict_of

LEAVE = rudong_rules.load(GOOD)
HERE = Path(__file__).parent


def covered(tmp_path: Path, expect: dict[str, Any], **more: Any) -> Coverage:
    """What one scenario on a third leave exercises."""
    scenario = {"point": "A third leave.", "decision": "grant", "case": THIRD_LEAVE, "expect": expect, **more}
    path = tmp_path / "s.yaml"
    path.write_text(yaml.safe_dump({"scenarios": [scenario]}, allow_unicode=True), encoding="utf-8")
    located = read_scenarios(path, "s.yaml")
    return coverage(LEAVE, [(one, verdict_of(one, LEAVE)) for one in located])


def exercised(found: Coverage) -> set[tuple[str, str]]:
    return {(item.id, state) for item in found.items for state, place in item.states.items() if place}


def test_without_scenarios_nothing_is_exercised() -> None:
    found = coverage(LEAVE, [])
    assert exercised(found) == set()
    assert found.percent == 0
    assert found.count()[1] > 20


def test_an_outcome_exercises_what_its_derivation_rests_on_and_no_more(tmp_path: Path) -> None:
    found = exercised(covered(tmp_path, {"outcome": "refused"}))
    assert {("grant=refused", "true"), ("grant=may_grant", "false")} <= found
    assert ("third_leave=counts", "true") in found
    assert ("third_leave=does_not", "true") not in found
    assert not {one for one in found if one[1] == "unknown"}


def test_a_reading_left_open_is_exercised_as_unknown(tmp_path: Path) -> None:
    found = exercised(covered(tmp_path, {"outcome": "undetermined"}, readings={"third_leave": None}))
    assert {(f"third_leave={option}", "unknown") for option in ("counts", "does_not")} <= found
    assert ("grant=refused", "unknown") in found


def test_a_state_that_only_occurs_shows_nothing(tmp_path: Path) -> None:
    found = exercised(covered(tmp_path, {"cites_not": ["一"]}))
    assert found == set()


def test_a_state_that_a_thing_cannot_have_is_not_asked_for() -> None:
    states = {(item.section, item.id): set(item.states) for item in coverage(LEAVE, []).items}
    assert states["readings", "third_leave=counts"] == {"true", "unknown"}
    assert LEAVE.rules.duties["notify"].breached is None
    assert states["duties", "notify:breached"] == {"false"}


def test_counts_add_up() -> None:
    found = coverage(LEAVE, [])
    sections = [found.count(section) for section in ("clauses", "rules", "outcomes", "duties", "readings")]
    assert sum(every for _, every in sections) == found.count()[1]
